//! The questions in scope with the answers to them.

use std::collections::HashMap;

use crate::error::Result;
use crate::model::{CardId, QuestionId};
use crate::schedule::is_leech;
use crate::stats::items::ItemRecord;
use crate::store::Reader;
use crate::study::decks::Decks;
use crate::study::log_walk::each_answer;
use crate::study::scope::Scope;

/// Every question in scope, drafts too, with its answers on the days in scope; by identity and deck.
pub(super) fn records(reader: Reader<'_>, decks: &Decks, scope: &Scope) -> Result<Vec<ItemRecord>> {
    let mut records = Vec::new();
    for entry in decks.all().iter().filter(|entry| scope.has_deck(entry.deck.id)) {
        let questions = reader.questions(Some(entry.deck.id.0))?.into_iter();
        let wanted = questions.filter(|question| scope.has_question(question));
        records.extend(wanted.map(|question| ItemRecord::new(question, entry.deck.name.clone())));
    }
    let owners = owners(reader, decks, &mut records)?;
    // The first answer to a question is the first ever, also if it is out of the days in scope.
    each_answer(reader, decks, &scope.ever(), |fact| {
        if let Some(record) = owners.get(&fact.review.card).map(|place| &mut records[*place]) {
            record.tally.add(&record.key, fact, scope.has_day(fact.review.day));
        }
        Ok(())
    })?;
    // A bank that was imported again after its deck got another name has the same identities in both.
    records.sort_by(|one, other| (one.question.uid, &one.deck).cmp(&(other.question.uid, &other.deck)));
    Ok(records)
}

/// The record that each card belongs to. Records with a leech, or with a sure and wrong answer, are marked.
fn owners(reader: Reader<'_>, decks: &Decks, records: &mut [ItemRecord]) -> Result<HashMap<CardId, usize>> {
    let places: HashMap<QuestionId, usize> =
        records.iter().enumerate().map(|(place, record)| (record.question.id, place)).collect();
    let mut owners = HashMap::new();
    let surely_wrong = reader.surely_wrong()?;
    reader.each_card(|row| {
        if let Some(place) = places.get(&row.question) {
            owners.insert(row.card, *place);
            let threshold = decks.entry(row.deck)?.settings.leech_threshold;
            records[*place].leech |= threshold.is_some_and(|threshold| is_leech(row.memory.lapses, threshold));
            records[*place].surely_wrong |= surely_wrong.contains(&row.card);
        }
        Ok(())
    })?;
    Ok(owners)
}
