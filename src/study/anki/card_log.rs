//! The log of one card of a package: its answers as our log keeps them, and what follows from them.

use std::collections::{BTreeSet, HashSet};

use super::work::AnkiDays;
use crate::anki::collection::{AnkiCard, LogLine};
use crate::anki::history::{SortedLog, card_history};
use crate::error::Result;
use crate::model::{
    CardId, CardMemory, CardState, DAY_MS, Due, FIRST_MS, LONGEST_ANSWER_MS, LogEntry, LogId, Move, Rating, ReviewKind,
    StudyDay,
};
use crate::store::{ImportedAnswer, ImportedCardRow, Reader, Writer};
use crate::study::decks::{DeckEntry, Decks};

/// No interval is longer, in days.
const LONGEST_DAYS: u32 = 36_500;
/// Anki has room for one answer in each millisecond, so an answer of ours that comes back may be this much later. Nobody answers a card twice
/// in that time.
const SHIFTED_MS: i64 = 50;

/// What it takes to read the logs of cards.
pub(super) struct LogReading<'a> {
    pub(super) days: AnkiDays,
    pub(super) decks: &'a Decks,
    /// Answers that were taken back.
    pub(super) taken_back: HashSet<LogId>,
    /// The answers to all cards that are in the log, card by card; `None` if they are few, and looked up for each card.
    pub(super) logged: Option<Vec<(CardId, LogId, i64)>>,
    /// What is more than a day after this is in the future.
    pub(super) now_ms: i64,
}

/// The log of a card, as far as the database is not needed for it.
pub(super) struct CardPart {
    pub(super) history: SortedLog,
    /// What is not carried of it.
    pub(super) left_out: Vec<(&'static str, u64)>,
    /// What it comes to; `None` if that depends on what is logged.
    pub(super) read: Option<Result<CardRead>>,
}

/// What the log of a card comes to.
pub(super) struct CardRead {
    /// The answers that are new.
    pub(super) answers: Vec<ImportedAnswer>,
    /// How many were there already.
    pub(super) known: u64,
    /// What follows from its log, if nothing was logged of it before.
    pub(super) memory: CardMemory,
    /// Whether nothing was logged of it before.
    pub(super) fresh: bool,
    /// Whether something is new in its log.
    pub(super) changed: bool,
}

/// The answers to a card that are in the log.
pub(super) struct LoggedAnswers {
    ids: HashSet<LogId>,
    /// When they were given.
    moments: BTreeSet<i64>,
}

/// A card whose log is read.
struct CardInLog<'a> {
    row: &'a ImportedCardRow,
    entry: &'a DeckEntry,
    /// What follows from its log, if nothing was logged of it before.
    memory: CardMemory,
    /// What was logged of it before; `None` if nothing was.
    logged: Option<LoggedAnswers>,
    /// How often each button was pressed in this millisecond.
    repeats: (i64, [u32; 5]),
}

impl LogReading<'_> {
    /// Sorts the log of a card, and reads it if nothing was logged of it and nothing made it new again.
    pub(super) fn part(&self, row: &ImportedCardRow, anki: &AnkiCard, log: &[LogLine]) -> CardPart {
        let mut history = card_history(log);
        let left_out = self.left_out(&mut history, anki);
        let is_open = |resets: &[i64], last: &LogLine| resets.last().is_none_or(|at| *at < last.id);
        if let Some(last) = history.answers.last().filter(|last| anki.kind == 0 && is_open(&history.resets, last)) {
            // Old programs made a card new without an entry.
            history.resets.push(last.id + 1);
        }
        let is_alone = history.resets.is_empty() && (row.memory.through.is_none() || self.logged.is_some());
        let read = is_alone.then(|| self.card(row, anki, &history, self.known_of(row), |_| Ok(None)));
        CardPart { history, left_out, read }
    }

    /// The answers to a card that are in the log, if something is logged of it and they are at hand.
    pub(super) fn known_of(&self, row: &ImportedCardRow) -> Option<LoggedAnswers> {
        let logged = self.logged.as_ref().filter(|_| row.memory.through.is_some())?;
        let from = logged.partition_point(|(card, ..)| *card < row.card);
        let own = logged[from..].iter().take_while(|(card, ..)| *card == row.card);
        let (ids, moments) = own.map(|(_, id, at_ms)| (*id, *at_ms)).unzip();
        Some(LoggedAnswers { ids, moments })
    }

    /// Reads the log of a card. `reset` notes that it was made new again; `None` if that is known.
    pub(super) fn card(
        &self,
        row: &ImportedCardRow,
        anki: &AnkiCard,
        history: &SortedLog,
        logged: Option<LoggedAnswers>,
        mut reset: impl FnMut(i64) -> Result<Option<Move>>,
    ) -> Result<CardRead> {
        let entry = self.decks.entry(row.deck)?;
        let fresh = logged.is_none();
        let mut card = CardInLog { row, entry, memory: CardMemory::NEW, logged, repeats: (0, [0; 5]) };
        let (mut answers, mut known, mut changed) = (Vec::with_capacity(history.answers.len()), 0, false);
        let mut make_new = |card: &mut CardInLog<'_>, at_ms: i64| -> Result<bool> {
            let Some(change) = reset(at_ms)? else { return Ok(false) };
            card.entry.replayer.apply(&mut card.memory, &LogEntry::Move(change));
            Ok(true)
        };
        let mut resets = history.resets.iter().copied().peekable();
        let last = history.answers.len().saturating_sub(1);
        for (place, line) in history.answers.iter().enumerate() {
            while let Some(at) = resets.next_if(|at| *at < line.id) {
                changed |= make_new(&mut card, at)?;
            }
            match card.new_answer(line, (place == last).then_some(anki), self) {
                Some(answer) => {
                    answers.push(answer);
                    changed = true;
                }
                None => known += 1,
            }
        }
        for at in resets {
            changed |= make_new(&mut card, at)?;
        }
        Ok(CardRead { answers, known, memory: card.memory, fresh, changed })
    }

    /// Leaves out answers of no time; what of the log of a card is not carried.
    fn left_out(&self, history: &mut SortedLog, anki: &AnkiCard) -> Vec<(&'static str, u64)> {
        let mut left_out = Vec::new();
        let mut leave_out = |what, count| {
            if count > 0 {
                left_out.push((what, count));
            }
        };
        leave_out("moves and rescheduling by hand: only what follows from them is kept", history.moves);
        leave_out("answers in filtered decks that did not count in Anki either", history.cramming);
        let all = history.answers.len();
        let latest = self.now_ms.saturating_add(DAY_MS);
        history.answers.retain(|line| (FIRST_MS..=latest).contains(&line.id));
        history.resets.retain(|at| (FIRST_MS..=latest).contains(at));
        leave_out("answers before 1990 or in the future", (all - history.answers.len()) as u64);
        if history.truncated {
            leave_out("cards whose log begins in the middle: their memory begins with the first answer there is", 1);
        } else if history.answers.is_empty() && anki.memory.is_some() && anki.kind != 0 {
            leave_out("cards with a memory and no answers: they come in as new", 1);
        } else if history.answers.is_empty() && anki.kind == 2 {
            leave_out("cards with an interval and no answers: they come in as new", 1);
        }
        left_out
    }
}

impl LoggedAnswers {
    pub(super) fn load(reader: Reader<'_>, row: &ImportedCardRow) -> Result<Self> {
        let (ids, moments) = reader.answers_to(row.card)?.into_iter().unzip();
        Ok(Self { ids, moments })
    }

    /// Whether an answer was given in this millisecond, or shortly before.
    fn has_near(&self, at_ms: i64) -> bool {
        self.moments.range(at_ms.saturating_sub(SHIFTED_MS)..=at_ms).next().is_some()
    }
}

impl CardInLog<'_> {
    /// An answer as the log keeps it, if it is not there yet; and what follows from it is remembered. `anki` is the card, if nothing was
    /// answered since.
    fn new_answer(
        &mut self,
        line: &LogLine,
        anki: Option<&AnkiCard>,
        reading: &LogReading<'_>,
    ) -> Option<ImportedAnswer> {
        let rating = Rating::from_number(line.ease).unwrap_or(Rating::Good);
        let id = self.next_id(line.id, rating, reading);
        if let Some(logged) = &self.logged {
            // Every answer of this moment may have been taken back with an earlier import: then it comes again.
            let is_taken_back = || reading.taken_back.contains(&Writer::imported_id(self.row.uid, line.id, rating, 0));
            if logged.ids.contains(&id) || (logged.has_near(line.id) && !is_taken_back()) {
                return None;
            }
        }
        let day = reading.days.moment(line.id).study_day(reading.days.rollover);
        let answer = ImportedAnswer {
            id,
            card: self.row.card,
            at_ms: line.id,
            day,
            rating,
            kind: match (line.kind, self.memory.state) {
                (0, CardState::New) => ReviewKind::New,
                (0, _) => ReviewKind::Learning,
                (2, _) => ReviewKind::Relearning,
                (3, CardState::New) => ReviewKind::New,
                (3, CardState::Review) => ReviewKind::Ahead,
                _ => ReviewKind::Review,
            },
            order_seed: self.memory.repetitions,
            took_ms: line.took_ms.min(LONGEST_ANSWER_MS),
            due: promised(line, line.id, day, anki, reading.days),
        };
        if let Some(logged) = &mut self.logged {
            logged.ids.insert(id);
            logged.moments.insert(line.id);
        }
        self.entry.replayer.answer(&mut self.memory, &answer.review(reading.days.offset_minutes));
        Some(answer)
    }

    /// The identity of the next answer with this button in this millisecond. Answers come in the order of time.
    fn next_id(&mut self, at_ms: i64, rating: Rating, reading: &LogReading<'_>) -> LogId {
        if self.repeats.0 != at_ms {
            self.repeats = (at_ms, [0; 5]);
        }
        let repeat = &mut self.repeats.1[usize::from(rating.number())];
        loop {
            let id = Writer::imported_id(self.row.uid, at_ms, rating, *repeat);
            *repeat += 1;
            if !reading.taken_back.contains(&id) {
                return id;
            }
        }
    }
}

/// When the card was promised back: by the interval of the answer; of the last answer in a step by the card itself.
fn promised(line: &LogLine, at_ms: i64, day: StudyDay, anki: Option<&AnkiCard>, days: AnkiDays) -> Due {
    if let Some(anki) = anki.filter(|anki| matches!(anki.kind, 1 | 3)) {
        return Due::At(days.step_due(anki, at_ms));
    }
    let is_reviewed = anki.is_some_and(|anki| anki.kind == 2);
    match line.interval {
        days @ 1.. => Due::Day(day.plus(days.unsigned_abs().min(LONGEST_DAYS))),
        // The card is in review, whatever the entry says.
        0.. if is_reviewed || matches!(line.kind, 1 | 3) => Due::Day(day),
        seconds if is_reviewed => Due::Day(day.plus((seconds.unsigned_abs() / 86_400).min(LONGEST_DAYS))),
        seconds => Due::At(at_ms.saturating_add(i64::from(seconds.unsigned_abs()) * 1_000)),
    }
}
