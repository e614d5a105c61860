//! `retain import --undo`: what the last import changed is put back.

use serde::Serialize;

use super::apply::TAKEN_BACK;
use crate::error::{Error, Result};
use crate::model::{CardId, DeedKind, Moment, MoveKind, QuestionId, Shelf, UndoneEntry};
use crate::store::{ImportRow, NewDeed, Store, Writer};
use crate::study::decks::Decks;
use crate::study::ledger::{note_undo, refold, relocate};
use crate::study::progress::unwatched;
use crate::study::rebuild::remake_changed;

/// How the names of presets begin that came with packages of Anki.
pub(in crate::study) const ANKI_PRESETS: &str = "Anki: ";

/// What was taken back of the import of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TakenBack {
    /// The file.
    pub path: String,
    /// The deck.
    pub deck: String,
    /// Questions that it brought, and that are gone again.
    pub removed: u64,
    /// Questions that it brought and that were answered since: kept with their history, and suspended.
    pub kept: u64,
    /// Questions that are what they were before.
    pub restored: u64,
    /// Questions that it changed and that were edited by hand since: left as they are.
    pub edited: u64,
    /// Cards whose schedule it changed, and that are back where they were.
    pub rescheduled: u64,
    /// Answers that no longer count.
    pub answers: u64,
}
/// Takes back what the last command imported; with `dry_run`, only says what that would be.
pub(in crate::study) fn take_back_last(store: &mut Store, dry_run: bool, now: Moment) -> Result<Vec<TakenBack>> {
    let mut writer = store.writer()?;
    let imports = writer.reader().last_imports()?;
    if imports.is_empty() {
        return Err(Error::person("there is no import to take back").hint("imports are made by `retain import FILE`"));
    }
    let deed = NewDeed::new(DeedKind::ImportUndo, now);
    if !dry_run {
        writer.begin_deed(deed)?;
        writer.entitle(titles(&imports));
    }
    let all = take_back_imports(&mut writer, &imports, now)?;
    if !dry_run {
        writer.commit()?;
    }
    Ok(all)
}

/// The names of the files.
fn titles(imports: &[ImportRow]) -> String {
    imports.iter().rev().map(|import| import.path.as_str()).collect::<Vec<_>>().join(", ")
}

/// Takes back these imports, which are in the order of [`Reader::last_imports`](crate::store::Reader::last_imports); what came of each, in
/// the order in which they were made.
pub(in crate::study) fn take_back_imports(
    writer: &mut Writer<'_>,
    imports: &[ImportRow],
    now: Moment,
) -> Result<Vec<TakenBack>> {
    let decks = Decks::load(writer.reader())?;
    let mut all = Vec::new();
    // The newest first, so that each finds what it left.
    for import in imports {
        let taken =
            if import.history { history(writer, &decks, import, now)? } else { bank(writer, &decks, import, now)? };
        writer.forget_reading(&import.path)?;
        for deck in writer.end_taking_back(import.id, now.utc_ms)? {
            writer.shelve(deck, Shelf::Deleted, now.utc_ms)?;
        }
        if writer.remove_unused_presets(ANKI_PRESETS)? {
            remake_changed(writer, &decks, &mut unwatched)?;
        }
        all.push(taken);
    }
    all.reverse();
    Ok(all)
}

/// Questions are what they were; those that the import brought go, unless they were answered since.
fn bank(writer: &mut Writer<'_>, decks: &Decks, import: &ImportRow, now: Moment) -> Result<TakenBack> {
    let mut taken = TakenBack { path: import.path.clone(), deck: import.deck.clone(), ..TakenBack::default() };
    for change in writer.reader().last_moves_of_import(import.id)? {
        note_undo(writer, decks, UndoneEntry::Move(change.id), change.card, now)?;
        refold(writer, decks, change.card)?;
        taken.rescheduled += 1;
    }
    taken.edited = writer.keep_edited_since(import.id)?;
    let cards = writer.restore_before(import.id)?;
    for card in cards.gone {
        suspend(writer, decks, card, now)?;
    }
    for card in cards.back {
        if is_suspended(writer, card)? {
            relocate(writer, decks, card, MoveKind::Unsuspend, TAKEN_BACK, now)?;
        }
    }
    taken.restored = import.changed - taken.edited;
    for (card, logged) in writer.reader().cards_of_drafts_before(import.id)? {
        if logged { suspend(writer, decks, card, now)? } else { writer.remove_card(card)? }
    }
    for (question, logged, answered) in writer.reader().questions_of_import(import.id)? {
        if !answered {
            if logged {
                put_away(writer, decks, question, now)?;
            } else {
                writer.remove_question(question)?;
            }
            taken.removed += 1;
            continue;
        }
        for card in writer.reader().cards_of(question)? {
            suspend(writer, decks, card, now)?;
        }
        taken.kept += 1;
    }
    Ok(taken)
}

/// Answers stay in the log, marked as taken back.
fn history(writer: &mut Writer<'_>, decks: &Decks, import: &ImportRow, now: Moment) -> Result<TakenBack> {
    let mut taken = TakenBack { path: import.path.clone(), deck: import.deck.clone(), ..TakenBack::default() };
    let device = Writer::import_device(&import.path, import.id);
    let answers = writer.reader().answers_of_device(&device)?;
    for (review, card) in &answers {
        note_undo(writer, decks, UndoneEntry::Review(*review), *card, now)?;
    }
    let mut cards: Vec<CardId> = answers.iter().map(|(_, card)| *card).collect();
    for change in writer.reader().moves_of_import(import.id)? {
        note_undo(writer, decks, UndoneEntry::Move(change.id), change.card, now)?;
        cards.push(change.card);
    }
    cards.sort_unstable();
    cards.dedup();
    for card in cards {
        refold(writer, decks, card)?;
    }
    taken.answers = answers.len() as u64;
    Ok(taken)
}

/// Hides a question whose answers were all taken back: the log still names its cards.
fn put_away(writer: &mut Writer<'_>, decks: &Decks, question: QuestionId, now: Moment) -> Result<()> {
    if writer.reader().deletion_of(question)?.is_some() {
        return Ok(());
    }
    writer.hide_question(question, None, now.utc_ms)?;
    for card in writer.reader().cards_of(question)? {
        suspend(writer, decks, card, now)?;
    }
    Ok(())
}

fn suspend(writer: &mut Writer<'_>, decks: &Decks, card: CardId, now: Moment) -> Result<()> {
    if is_suspended(writer, card)? {
        return Ok(());
    }
    relocate(writer, decks, card, MoveKind::Suspend, TAKEN_BACK, now).map(|_| ())
}

fn is_suspended(writer: &Writer<'_>, card: CardId) -> Result<bool> {
    Ok(writer.reader().memory(card)?.is_some_and(|row| row.memory.suspended))
}
