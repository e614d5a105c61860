//! A deck as the bank that imports again as the same questions.

use std::collections::{HashMap, HashSet};

use super::decks::Decks;
use crate::bank::{Bank, BankQuestion, Front};
use crate::error::{Error, Result};
use crate::model::{Deck, DeckId, Question, QuestionId};
use crate::store::{KnownQuestion, Reader};

/// The questions of a deck; the decks in it are banks of their own.
pub(super) fn printed_bank(reader: Reader<'_>, deck: &str) -> Result<(String, Bank)> {
    let decks = Decks::load(reader)?;
    let deck = &decks.exactly(deck)?.deck;
    let bank = bank_of(reader, deck)?;
    if bank.questions.is_empty() { Err(no_questions(deck, &decks)) } else { Ok((deck.name.clone(), bank)) }
}

fn no_questions(deck: &Deck, decks: &Decks) -> Error {
    let error = Error::person(format!("`{}` has no questions of its own", deck.name));
    let inner = decks.all().iter().map(|entry| &entry.deck);
    let mut inner = inner.filter(|other| other.is_within(&deck.name) && other.name.len() > deck.name.len());
    match inner.next() {
        Some(inner) => {
            error.hint(format!("the decks in it are banks of their own: `retain bank print {}`", inner.name))
        }
        None => error.hint("import a bank into it with `retain import FILE`"),
    }
}

/// A question at its place in the bank that a deck makes.
pub(super) struct BankPlace {
    pub(super) question: QuestionId,
    /// The id that a bank gives it; `None` if it is known by its identity.
    pub(super) id: Option<String>,
    /// The numbers of the banks that hold it.
    pub(super) banks: Vec<i64>,
}

/// The questions of a deck in the order of the banks that they came from.
pub(super) fn bank_order(reader: Reader<'_>, deck: DeckId) -> Result<Vec<BankPlace>> {
    let mut ranks: HashMap<i64, usize> = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut placed = Vec::new();
    let own = reader.questions_in(deck)?;
    // Questions come by number, which is when they were first imported; a bank may have got new ones in between.
    for KnownQuestion { id: question, uid, placements, .. } in reader.known_questions(deck)? {
        if !own.contains(&question) {
            continue;
        }
        let banks: Vec<i64> = placements.iter().map(|(source, _)| *source).collect();
        for source in &banks {
            let next = ranks.len();
            ranks.entry(*source).or_insert(next);
        }
        let place = placements.first().map(|(source, at)| (ranks[source], at.position));
        // Two banks may mean two questions by one id: the first one has it, as when a bank is imported.
        let id = placements.into_iter().filter_map(|(_, at)| at.external_id).find(|id| !taken.contains(id));
        taken.insert(id.clone().unwrap_or_else(|| uid.to_string()));
        placed.push((place.is_none(), place, BankPlace { question, id, banks }));
    }
    placed.sort_by_key(|(nowhere, place, _)| (*nowhere, *place));
    Ok(placed.into_iter().map(|(.., place)| place).collect())
}

/// The questions of a deck as a bank has them, in the order of the banks that they came from.
pub(super) fn bank_of(reader: Reader<'_>, deck: &Deck) -> Result<Bank> {
    let questions = reader.questions(Some(deck.id.0))?.into_iter();
    let mut questions: HashMap<QuestionId, Question> = questions.map(|question| (question.id, question)).collect();
    let named = bank_order(reader, deck.id)?.into_iter().filter_map(|BankPlace { question, id, .. }| {
        let question = questions.remove(&question)?;
        let id = id.unwrap_or_else(|| question.uid.to_string());
        Some(BankQuestion::of_known(question, Some(id)))
    });
    Ok(Bank {
        front: Front { deck: Some(deck.name.clone()), ..Front::default() },
        questions: named.collect(),
        ..Bank::default()
    })
}
