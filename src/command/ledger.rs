//! The ledger: the one place where the log and the memory that follows from it are written together.

use super::context::DEVICE;
use super::decks::Decks;
use crate::error::{Error, Result};
use crate::memory::Evidence;
use crate::model::{
    CardId, CardMemory, CardState, Confidence, Due, LeechAction, LogEntry, LogId, Moment, Move, MoveKind, Rating,
    Review, ReviewKind, Settings, StudyDay, Undo,
};
use crate::schedule::{Outcome, called_leech};
use crate::session::{Answer, Leech, Recorded, Undone, Verdict};
use crate::store::{ImportMove, Reader, Store, Writer};

/// Why a leech is suspended, as the log keeps it.
const LEECH: &str = "a leech";

/// Writes to the log.
#[derive(Debug)]
pub(super) struct Ledger<'a> {
    pub(super) store: &'a mut Store,
    pub(super) decks: &'a Decks,
    pub(super) seed: u64,
}

impl Ledger<'_> {
    /// Writes an answer and the memory that follows, durably, as one transaction.
    ///
    /// The card's memory is read within the transaction, so that the answer of another process a moment ago counts.
    pub(super) fn record(&mut self, answer: &Answer, now: Moment) -> Result<Recorded> {
        let mut writer = self.store.writer()?;
        let (mut memory, deck) = current(writer.reader(), self.decks, answer.card)?;
        let entry = self.decks.of(deck)?;
        let day = now.study_day(entry.settings.day_start);
        let evidence = evidence(answer, answer.verdict);
        let uid = card_uid(writer.reader(), answer.card)?;
        let outcome = entry.scheduler(self.seed).outcome(&memory, uid, &evidence, now, day);
        let lapses = memory.lapses;
        let review = Review {
            id: writer.next_id(now.utc_ms),
            card: answer.card,
            at: now,
            day,
            rating: evidence.rating,
            kind: kind_of(&memory, day),
            confidence: evidence.confidence,
            right: answer.right,
            picked: answer.picked.clone(),
            shown: answer.shown.clone(),
            order_seed: answer.order_seed,
            guess: answer.guess,
            took_ms: answer.took_ms,
            device: DEVICE.into(),
            due: outcome.due,
        };
        entry.replayer.answer(&mut memory, &review);
        writer.append_review(&review)?;
        writer.put_memory(answer.card, &memory, entry.parameters)?;
        let leech = leech(&entry.settings, lapses, memory.lapses);
        if leech.is_some_and(|leech| leech.suspended) {
            relocate(&mut writer, self.decks, answer.card, MoveKind::Suspend, LEECH, now)?;
        }
        writer.commit()?;
        Ok(Recorded { review: review.id, due: review.due, state: memory.state, leech })
    }

    /// What this answer would lead to under each verdict.
    pub(super) fn outcomes(&self, answer: &Answer, now: Moment) -> Result<Vec<(Verdict, Outcome)>> {
        let reader = self.store.reader();
        let (memory, deck) = current(reader, self.decks, answer.card)?;
        let entry = self.decks.of(deck)?;
        let day = now.study_day(entry.settings.day_start);
        let uid = card_uid(reader, answer.card)?;
        let outcome = |verdict| {
            // What hard, good and easy lead to is shown after a wrong answer too, though it can no longer be said.
            let evidence = match verdict {
                Verdict::GoOn => evidence(answer, verdict),
                _ => evidence(&Answer { right: true, ..answer.clone() }, verdict),
            };
            (verdict, entry.scheduler(self.seed).outcome(&memory, uid, &evidence, now, day))
        };
        Ok(Verdict::ALL.map(outcome).to_vec())
    }

    /// Takes back the last answer that was given here; none where there is none.
    pub(super) fn take_back(&mut self, now: Moment) -> Result<Option<Undone>> {
        let mut writer = self.store.writer()?;
        let Some((review, card)) = writer.reader().last_answer()? else {
            return Ok(None);
        };
        withdraw(&mut writer, self.decks, review, card, now)?;
        if suspended_as_leech(&writer.reader().log_of(card)?, review) {
            note_move(&mut writer, self.decks, card, MoveKind::Unsuspend, "no leech: the lapse was taken back", now)?;
        }
        let memory = refold(&mut writer, self.decks, card)?;
        writer.commit()?;
        Ok(Some(Undone { review, card, state: memory.state }))
    }

    /// Changes a card's schedule without an answer.
    pub(super) fn relocate(&mut self, card: CardId, kind: MoveKind, why: &str, now: Moment) -> Result<CardMemory> {
        let mut writer = self.store.writer()?;
        let memory = relocate(&mut writer, self.decks, card, kind, why, now)?;
        writer.commit()?;
        Ok(memory)
    }
}

/// Changes a card's schedule without an answer, within a transaction.
pub(super) fn relocate(
    writer: &mut Writer<'_>,
    decks: &Decks,
    card: CardId,
    kind: MoveKind,
    why: &str,
    now: Moment,
) -> Result<CardMemory> {
    note_move(writer, decks, card, kind, why, now)?;
    refold(writer, decks, card)
}

/// What this answer makes of the card, where it was one lapse too many.
fn leech(settings: &Settings, before: u32, after: u32) -> Option<Leech> {
    let called = settings.leech_threshold.is_some_and(|threshold| called_leech(after, threshold));
    (called && after > before)
        .then(|| Leech { lapses: after, suspended: settings.leech_action == LeechAction::Suspend })
}

/// Whether the answer suspended its card, and nothing put it back since.
fn suspended_as_leech(log: &[LogEntry], answer: LogId) -> bool {
    let moves = log.iter().rev().filter_map(|entry| match entry {
        LogEntry::Move(change) if change.id > answer => Some(change),
        _ => None,
    });
    let mut moves = moves.filter(|change| matches!(change.kind, MoveKind::Suspend | MoveKind::Unsuspend));
    moves.next().is_some_and(|last| last.kind == MoveKind::Suspend && last.why == LEECH)
}

/// Appends a move. The memory of its card is to be remade.
fn note_move(
    writer: &mut Writer<'_>,
    decks: &Decks,
    card: CardId,
    kind: MoveKind,
    why: &str,
    now: Moment,
) -> Result<LogId> {
    let entry = decks.of(deck_of(writer.reader(), card)?)?;
    let day = now.study_day(entry.settings.day_start);
    let change = Move { id: writer.next_id(now.utc_ms), card, at: now, day, kind, why: why.into() };
    writer.append_move(&change, DEVICE)?;
    Ok(change.id)
}

/// Changes a card's schedule for an import, which remembers it to take it back.
pub(super) fn relocate_for(
    import: i64,
    writer: &mut Writer<'_>,
    decks: &Decks,
    card: CardId,
    kind: MoveKind,
    why: &str,
    now: Moment,
) -> Result<()> {
    let due = match (kind, current(writer.reader(), decks, card)?.0.due) {
        (MoveKind::Due(_), Some(Due::Day(day))) => Some(day),
        _ => None,
    };
    let id = note_move(writer, decks, card, kind, why, now)?;
    writer.keep_move(import, ImportMove { id, card, due })?;
    refold(writer, decks, card).map(|_| ())
}

/// Marks an answer as taken back, within a transaction. The memory of its card is to be remade.
pub(super) fn withdraw(writer: &mut Writer<'_>, decks: &Decks, review: LogId, card: CardId, now: Moment) -> Result<()> {
    let entry = decks.of(deck_of(writer.reader(), card)?)?;
    let undo = Undo { id: writer.next_id(now.utc_ms), review, at: now };
    writer.append_undo(&undo, now.study_day(entry.settings.day_start), DEVICE)
}

/// Remakes the memory of one card from its log.
pub(super) fn refold(writer: &mut Writer<'_>, decks: &Decks, card: CardId) -> Result<CardMemory> {
    let entry = decks.of(deck_of(writer.reader(), card)?)?;
    let log = writer.reader().log_of(card)?;
    let memory = entry.replayer.fold(&log);
    writer.put_memory(card, &memory, entry.parameters)?;
    Ok(memory)
}

/// What is remembered of a card under today's parameters.
fn current(reader: Reader<'_>, decks: &Decks, card: CardId) -> Result<(CardMemory, crate::model::DeckId)> {
    let row = reader.memory(card)?.ok_or_else(|| no_such_card(card))?;
    let entry = decks.of(row.deck)?;
    let memory =
        if row.parameters == entry.parameters { row.memory } else { entry.replayer.fold(&reader.log_of(card)?) };
    Ok((memory, row.deck))
}

fn card_uid(reader: Reader<'_>, card: CardId) -> Result<uuid::Uuid> {
    reader.card_identity(card)?.ok_or_else(|| no_such_card(card))
}

fn deck_of(reader: Reader<'_>, card: CardId) -> Result<crate::model::DeckId> {
    reader.deck_of(card)?.ok_or_else(|| no_such_card(card))
}

fn no_such_card(card: CardId) -> Error {
    Error::fault(format!("the card {} is not there", card.0)).hint("run `retain check`")
}

/// The situation in which a card is answered now.
fn kind_of(memory: &CardMemory, day: StudyDay) -> ReviewKind {
    match (memory.state, memory.due) {
        (CardState::Review, Some(Due::Day(due))) if due > day => ReviewKind::Ahead,
        (state, _) => state.into(),
    }
}

/// What an answer says under a verdict (design: a right guess is rated again, for the memory was not there).
fn evidence(answer: &Answer, verdict: Verdict) -> Evidence {
    let (rating, confidence) = match (answer.right, verdict) {
        (false, _) => (Rating::Again, Confidence::Model),
        (true, Verdict::GoOn) => (Rating::Good, Confidence::Model),
        (true, Verdict::Guessed) => (Rating::Again, Confidence::Guessed),
        (true, Verdict::Hard) => (Rating::Hard, Confidence::Stated),
        (true, Verdict::Good) => (Rating::Good, Confidence::Stated),
        (true, Verdict::Easy) => (Rating::Easy, Confidence::Stated),
    };
    Evidence { right: answer.right, rating, confidence, guess: answer.guess }
}
