//! Questions as notes in plain text. A text has no answers and no media, and its notes are of the types that every Anki has.

use std::collections::{HashMap, HashSet};

use super::media::OutMedia;
use super::report::{AnkiExportRequest, AnkiExported};
use crate::anki::out::{OutRow, OutText, text_header, text_row};
use crate::bank::BankQuestion;
use crate::error::{Error, Result};
use crate::model::{DeckId, KeyOrigin, QuestionId, asked_places};
use crate::store::Store;
use crate::study::anki_note::{plain_kind, plain_sides, tags};
use crate::study::decks::Decks;
use crate::study::progress::{Steps, Watch};

/// Gives the lines to `sink`, one after the other.
pub(in crate::study) fn export_anki_text(
    store: &Store,
    request: &AnkiExportRequest<'_>,
    sink: &mut dyn FnMut(&[u8]) -> Result<()>,
    watch: &mut Watch<'_>,
) -> Result<AnkiExported> {
    let reader = store.reader();
    let decks = Decks::load(reader)?;
    let chosen: HashMap<DeckId, String> =
        decks.named(request.deck)?.into_iter().map(|entry| (entry.deck.id, entry.deck.name.clone())).collect();
    if chosen.is_empty() {
        return Err(Error::person("there are no decks to export").hint("begin with `retain import FILE`"));
    }
    let mut report = AnkiExported { is_text: true, ..AnkiExported::default() };
    let mut answers: HashMap<QuestionId, u64> = HashMap::new();
    for card in reader.packaged_cards()? {
        *answers.entry(card.question).or_default() += u64::from(card.memory.repetitions);
    }
    let ids = reader.packaged_ids()?;
    let with_media = reader.questions_with_media()?;
    let mut media = OutMedia::default();
    let mut used: HashSet<DeckId> = HashSet::new();
    let (mut seen, mut named) = (HashSet::new(), HashSet::new());
    sink(text_header().as_bytes())?;
    let mut steps = Steps::new(watch, "writing the notes", answers.len() as u64);
    reader.each_packaged(|row| {
        steps.step()?;
        let Some(deck) = chosen.get(&row.deck) else { return Ok(()) };
        if row.question.key == KeyOrigin::Missing {
            report.leave_out("questions without a key: nobody is asked them here either", 1);
            return Ok(());
        }
        let (number, uid) = (row.question.id, row.question.uid);
        let cards = asked_places(row.question.kind, &row.question.stem).len() as u64;
        if cards == 0 {
            report.leave_out("questions without a card", 1);
            return Ok(());
        }
        let files = if with_media.contains(&number) { media.of_question(reader, number)? } else { Vec::new() };
        named.extend(files.iter().map(|(_, name)| name.clone()));
        let question = BankQuestion::of_known(row.question, None);
        let own = ids.get(&number).map(|(id, _)| id.clone()).filter(|id| !seen.contains(id));
        let guid = own.unwrap_or_else(|| uid.to_string());
        seen.insert(guid.clone());
        let kind = plain_kind(&question);
        let made = OutRow {
            guid,
            kind: kind.name(),
            fields: plain_sides(&question, &OutText { markup: question.markup, media: &files }),
            tags: tags(&question.tags, question.topic.as_deref()),
        };
        sink(&text_row(&made, deck)?)?;
        report
            .leave_out("questions of other kinds: they are front and back there", u64::from(kind.is_poorer(&question)));
        report.leave_out(
            "answers, with memory and due dates: a package has them",
            answers.get(&number).copied().unwrap_or(0),
        );
        report.notes += 1;
        report.cards += cards;
        used.insert(row.deck);
        Ok(())
    })?;
    report.leave_out("pictures and sounds: a text names them, a package has them", named.len() as u64);
    report.decks = used.len() as u64;
    Ok(report)
}
