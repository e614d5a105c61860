//! The ledger: the one place where the log and the memory that follows from it are written together.

use crate::error::{Error, Result};
use crate::memory::Evidence;
use crate::model::{
    CardId, CardMemory, CardState, Confidence, DeckId, Due, LeechAction, LogEntry, LogId, Moment, Move, MoveKind,
    Rating, Review, ReviewKind, Settings, StudyDay, Undo, UndoneEntry,
};
use crate::schedule::due_moves::DueMove;
use crate::schedule::{CardAtAnswer, LOAD_DAYS, Load, Outcome, called_leech};
use crate::session::{Answer, Leech, Recorded, StatedRating};
use crate::store::{ImportMove, NewDeed, Reader, ShiftRow, Store, Writer, confirm_clock};
use crate::study::beliefs;
use crate::study::decks::{DeckEntry, Decks};

/// What was shown to follow from an answer: what is shown is what is promised.
#[derive(Clone, Debug)]
pub struct Promise {
    memory: CardMemory,
    day: StudyDay,
    /// What follows under each verdict.
    pub outcomes: Vec<(StatedRating, Outcome)>,
}

impl Promise {
    /// The day that was promised, where nothing that it rests on has changed since. Steps count from the moment of the rating.
    fn due(&self, memory: &CardMemory, day: StudyDay, verdict: StatedRating) -> Option<Due> {
        let shown = self.outcomes.iter().find(|(other, _)| *other == verdict).map(|(_, outcome)| outcome.due);
        shown.filter(|due| matches!(due, Due::Day(_)) && self.memory == *memory && self.day == day)
    }
}

/// The name of this device in the log.
const DEVICE: &str = "this device";
/// Why a leech is suspended, as the log keeps it.
pub(super) const LEECH: &str = "a leech";

/// Writes to the log.
#[derive(Debug)]
pub struct Ledger<'a> {
    pub(super) store: &'a mut Store,
    pub(super) decks: &'a Decks,
    pub(super) seed: u64,
}

/// What moves that belong together are called.
#[derive(Clone, Debug)]
pub(super) struct MoveTitle {
    /// The command that takes them back together.
    pub(super) command: &'static str,
    /// The reason, as the log keeps it.
    pub(super) why: String,
}

impl Ledger<'_> {
    /// Writes an answer and the memory that follows, durably, as one transaction.
    ///
    /// The card's memory is read within the transaction, so that the answer of another process a moment ago counts; otherwise the
    /// day that was `promised` is kept.
    ///
    /// # Errors
    /// When there is no such card, or the answer cannot be written: then nothing is.
    pub fn record(&mut self, answer: &Answer, promised: Option<&Promise>, now: Moment) -> Result<Recorded> {
        let mut writer = self.store.writer()?;
        let recorded = append_answer(&mut writer, self.decks, self.seed, answer, promised, now)?;
        writer.commit()?;
        Ok(recorded)
    }

    /// What this answer would lead to under each verdict.
    ///
    /// # Errors
    /// When there is no such card, or the database cannot be read.
    pub fn outcomes(&self, answer: &Answer, now: Moment) -> Result<Promise> {
        let reader = self.store.reader();
        let (memory, deck) = current(reader, self.decks, answer.card)?;
        let entry = self.decks.entry(deck)?;
        let day = now.study_day(entry.settings.day_start);
        let uid = card_uid(reader, answer.card)?;
        // Nothing follows from practice, and so neither load nor belief matters.
        let (load, belief) = if answer.practice {
            (Load::default(), None)
        } else {
            let load = load_for(reader, answer.card, &memory, entry, day)?;
            (load, beliefs::of_card(reader, answer.card, &memory, entry)?)
        };
        let standing = CardAtAnswer { card: &memory, belief: belief.as_ref(), uid, at: now, day, load: &load };
        let scheduler = entry.scheduler(self.seed);
        let outcome = |verdict| {
            // What hard, good and easy lead to is shown after a wrong answer too, though it can no longer be said.
            let evidence = match verdict {
                StatedRating::GoOn => evidence(answer, verdict),
                _ => evidence(&Answer { right: true, ..answer.clone() }, verdict),
            };
            let outcome = scheduler.outcome_of(&standing, &evidence);
            (verdict, if answer.practice { outcome.with_due(due_still(&memory, day), now, day) } else { outcome })
        };
        Ok(Promise { memory, day, outcomes: StatedRating::ALL.map(outcome).to_vec() })
    }

    /// Changes a card's schedule without an answer.
    ///
    /// # Errors
    /// When there is no such card, or the database fails.
    pub fn relocate(&mut self, card: CardId, kind: MoveKind, why: &str, now: Moment) -> Result<CardMemory> {
        let mut writer = self.store.deed(NewDeed::on_card(kind.into(), now, card))?;
        let memory = relocate(&mut writer, self.decks, card, kind, why, now)?;
        writer.commit()?;
        Ok(memory)
    }
}

/// Appends an answer and keeps the memory that follows, within a transaction.
pub(super) fn append_answer(
    writer: &mut Writer<'_>,
    decks: &Decks,
    seed: u64,
    answer: &Answer,
    promised: Option<&Promise>,
    now: Moment,
) -> Result<Recorded> {
    let (mut memory, deck) = current(writer.reader(), decks, answer.card)?;
    let entry = decks.entry(deck)?;
    let day = now.study_day(entry.settings.day_start);
    confirm_clock(now)?;
    let evidence = evidence(answer, answer.verdict);
    let uid = card_uid(writer.reader(), answer.card)?;
    let due = match promised.filter(|_| !answer.practice).and_then(|promise| promise.due(&memory, day, answer.verdict))
    {
        Some(due) => due,
        None if answer.practice => due_still(&memory, day),
        None => {
            let reader = writer.reader();
            let load = load_for(reader, answer.card, &memory, entry, day)?;
            let belief = beliefs::of_card(reader, answer.card, &memory, entry)?;
            let standing = CardAtAnswer { card: &memory, belief: belief.as_ref(), uid, at: now, day, load: &load };
            entry.scheduler(seed).outcome_of(&standing, &evidence).due
        }
    };
    // What follows is no longer what was shown, and the person should know.
    let elsewhere = !answer.practice && promised.is_some_and(|promise| promise.memory != memory);
    let lapses = memory.lapses;
    let review = Review {
        id: writer.next_id(now.utc_ms),
        card: answer.card,
        at: now,
        day,
        rating: evidence.rating,
        kind: if answer.exam { ReviewKind::Exam } else { kind_of(&memory, day) },
        confidence: evidence.confidence,
        right: answer.right,
        overruled: answer.overruled,
        sure: answer.sure,
        typed: answer.typed.clone(),
        picked: answer.picked.clone(),
        shown: answer.shown.clone(),
        order_seed: answer.order_seed,
        guess: answer.guess,
        took_ms: answer.took_ms,
        device: DEVICE.into(),
        due,
        practice: answer.practice,
    };
    writer.append_review(&review)?;
    if entry.replayer.answer(&mut memory, &review).is_some() {
        writer.put_memory(answer.card, &memory, entry.parameters)?;
    }
    let leech = leech(&entry.settings, lapses, memory.lapses);
    if leech.is_some_and(|leech| leech.suspended) {
        relocate(writer, decks, answer.card, MoveKind::Suspend, LEECH, now)?;
    }
    Ok(Recorded { review: review.id, due: review.due, state: memory.state, leech, elsewhere })
}

/// Takes an answer back, with the suspension of the leech that it made. Whether it was practice.
pub(super) fn take_back_answer(
    writer: &mut Writer<'_>,
    decks: &Decks,
    review: LogId,
    card: CardId,
    now: Moment,
) -> Result<bool> {
    let log = writer.reader().log_of(card)?;
    let practice = log.iter().any(|entry| entry.id() == review && entry.is_practice());
    note_undo(writer, decks, UndoneEntry::Review(review), card, now)?;
    if let Some(suspension) = leech_move_after(&log, review) {
        note_undo(writer, decks, UndoneEntry::Move(suspension), card, now)?;
    }
    refold(writer, decks, card)?;
    Ok(practice)
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

/// The leech that this answer makes of the card, if it was one lapse too many.
fn leech(settings: &Settings, before: u32, after: u32) -> Option<Leech> {
    let called = settings.leech_threshold.is_some_and(|threshold| called_leech(after, threshold));
    (called && after > before)
        .then(|| Leech { lapses: after, suspended: settings.leech_action == LeechAction::Suspend })
}

/// The move by which this answer suspended its card as a leech, if nothing put it back since.
fn leech_move_after(log: &[LogEntry], answer: LogId) -> Option<LogId> {
    let moves = log.iter().rev().filter_map(|entry| match entry {
        LogEntry::Move(change) if change.id > answer => Some(change),
        _ => None,
    });
    let mut moves = moves.filter(|change| matches!(change.kind, MoveKind::Suspend | MoveKind::Unsuspend));
    moves.next().filter(|last| last.kind == MoveKind::Suspend && last.why == LEECH).map(|last| last.id)
}

/// Appends a move. The memory of its card is to be remade.
pub(super) fn note_move(
    writer: &mut Writer<'_>,
    decks: &Decks,
    card: CardId,
    kind: MoveKind,
    why: &str,
    now: Moment,
) -> Result<Move> {
    let entry = decks.entry(deck_of(writer.reader(), card)?)?;
    note_move_in(writer, entry, card, kind, why, now)
}

/// The same for a card whose deck is known.
pub(super) fn note_move_in(
    writer: &mut Writer<'_>,
    entry: &DeckEntry,
    card: CardId,
    kind: MoveKind,
    why: &str,
    now: Moment,
) -> Result<Move> {
    let day = now.study_day(entry.settings.day_start);
    let change = Move { id: writer.next_id(now.utc_ms), card, at: now, day, kind, why: why.into() };
    writer.append_move(&change, DEVICE)?;
    Ok(change)
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
    let Move { id, .. } = note_move(writer, decks, card, kind, why, now)?;
    writer.keep_move(import, ImportMove { id, card })?;
    refold(writer, decks, card).map(|_| ())
}

/// Moves due dates together, within a transaction; how many. A card that was answered or moved since the plan was made stays.
pub(super) fn shift(
    writer: &mut Writer<'_>,
    decks: &Decks,
    title: &MoveTitle,
    shifts: &[DueMove],
    takes_back: Option<ShiftRow>,
    now: Moment,
    step: &mut dyn FnMut() -> Result<()>,
) -> Result<usize> {
    let (mut first, mut last, mut moved) = (None, None, 0);
    for shift in shifts {
        step()?;
        let (mut memory, deck) = current(writer.reader(), decks, shift.card)?;
        if memory.suspended || memory.state != CardState::Review || memory.due != Some(Due::Day(shift.from)) {
            continue;
        }
        let entry = decks.entry(deck)?;
        let change = Move {
            id: writer.next_id(now.utc_ms),
            card: shift.card,
            at: now,
            day: now.study_day(entry.settings.day_start),
            kind: MoveKind::Due(shift.to),
            why: title.why.clone(),
        };
        writer.append_move(&change, DEVICE)?;
        first.get_or_insert(change.id);
        last = Some(change.id);
        moved += 1;
        // The fold of one more entry is the fold of them all.
        entry.replayer.apply(&mut memory, &LogEntry::Move(change));
        writer.put_memory(shift.card, &memory, entry.parameters)?;
    }
    // What could take nothing back is done with all the same.
    let ends = first.zip(last).or(takes_back.map(|row| (row.first, row.last)));
    if let Some((first, last)) = ends {
        writer.note_shift(title.command, first, last, takes_back.map(|row| row.id))?;
    }
    Ok(moved)
}

/// Appends that an entry of this card was taken back, within a transaction. The memory of the card is to be remade.
pub(super) fn note_undo(
    writer: &mut Writer<'_>,
    decks: &Decks,
    entry: UndoneEntry,
    card: CardId,
    now: Moment,
) -> Result<()> {
    let day = now.study_day(decks.entry(deck_of(writer.reader(), card)?)?.settings.day_start);
    let undo = Undo { id: writer.next_id(now.utc_ms), entry, at: now };
    writer.append_undo(&undo, day, DEVICE)
}

/// Remakes the memory of one card from its log.
pub(super) fn refold(writer: &mut Writer<'_>, decks: &Decks, card: CardId) -> Result<CardMemory> {
    let entry = decks.entry(deck_of(writer.reader(), card)?)?;
    let log = writer.reader().log_of(card)?;
    let memory = entry.replayer.fold(&log);
    writer.put_memory(card, &memory, entry.parameters)?;
    Ok(memory)
}

/// What is remembered of a card under today's parameters.
fn current(reader: Reader<'_>, decks: &Decks, card: CardId) -> Result<(CardMemory, DeckId)> {
    let row = reader.memory(card)?.ok_or_else(|| no_such_card(card))?;
    let entry = decks.entry(row.deck)?;
    let memory =
        if row.parameters == entry.parameters { row.memory } else { entry.replayer.fold(&reader.log_of(card)?) };
    Ok((memory, row.deck))
}

/// The work of the days on which a card may come back, without its own.
fn load_for(reader: Reader<'_>, card: CardId, memory: &CardMemory, entry: &DeckEntry, today: StudyDay) -> Result<Load> {
    let settings = &entry.settings;
    if !settings.fuzz {
        return Ok(Load::default());
    }
    let siblings = if settings.bury_siblings { reader.sibling_days(card)? } else { Vec::new() };
    if !settings.load_balance {
        return Ok(Load::new([], None, siblings));
    }
    let until = today.plus(LOAD_DAYS);
    let mut load = Load::new(reader.load(today.plus(1), until)?, Some(until), siblings);
    if let (CardState::Review, false, Some(Due::Day(own))) = (memory.state, memory.suspended, memory.due) {
        load.remove(own);
    }
    Ok(load)
}

fn card_uid(reader: Reader<'_>, card: CardId) -> Result<uuid::Uuid> {
    reader.card_identity(card)?.ok_or_else(|| no_such_card(card))
}

fn deck_of(reader: Reader<'_>, card: CardId) -> Result<DeckId> {
    reader.deck_of(card)?.ok_or_else(|| no_such_card(card))
}

fn no_such_card(card: CardId) -> Error {
    Error::inconsistent(format!("the card {} is not there", card.0))
}

/// When a card that was practised comes back: when it did before, and as a new card at any time.
fn due_still(memory: &CardMemory, day: StudyDay) -> Due {
    memory.due.unwrap_or(Due::Day(day))
}

/// The situation in which a card is answered now.
fn kind_of(memory: &CardMemory, day: StudyDay) -> ReviewKind {
    match (memory.state, memory.due) {
        (CardState::Review, Some(Due::Day(due))) if due > day => ReviewKind::Ahead,
        (state, _) => state.into(),
    }
}

/// What an answer says under a verdict (design: a right guess is rated again, for the memory was not there).
fn evidence(answer: &Answer, verdict: StatedRating) -> Evidence {
    let (rating, confidence) = match (answer.right, verdict) {
        (false, _) => (Rating::Again, Confidence::Model),
        // Who overrules the program has said what they knew.
        (true, StatedRating::GoOn) if answer.overruled => (Rating::Good, Confidence::Stated),
        (true, StatedRating::GoOn) => (Rating::Good, Confidence::Model),
        (true, StatedRating::Guessed) => (Rating::Again, Confidence::Guessed),
        (true, StatedRating::Hard) => (Rating::Hard, Confidence::Stated),
        (true, StatedRating::Good) => (Rating::Good, Confidence::Stated),
        (true, StatedRating::Easy) => (Rating::Easy, Confidence::Stated),
    };
    Evidence { right: answer.right, rating, confidence, guess: answer.guess }
}

#[cfg(test)]
mod tests;
