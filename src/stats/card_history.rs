//! The history of one card: its answers, and how recall rose with each and fell in between.

use super::promised_days;
use crate::memory::{BeliefFold, Elapsed, Model, Replayer};
use crate::model::{
    CardMemory, Confidence, Due, Flag, LogEntry, MemoryState, Moment, MoveKind, Rating, Review, ReviewKind, StudyDay,
};

/// The most points between two answers: more than a terminal can draw.
const POINTS: u32 = 128;
/// The least days that the curve continues after today.
const LEAST_AHEAD: u32 = 7;
/// The most days that the curve continues after today: a century would be unreadable.
const MOST_AHEAD: u32 = 3_650;

/// An answer of a card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardAnswer {
    /// When it was given.
    pub at: Moment,
    /// The study day on which it was given.
    pub day: StudyDay,
    /// The situation, for example a review or a learning step.
    pub kind: ReviewKind,
    /// The rating that counts.
    pub rating: Rating,
    /// The source of the rating.
    pub confidence: Confidence,
    /// Whether the answer was right.
    pub right: bool,
    /// Milliseconds from showing to answering.
    pub took_ms: u32,
    /// The numbers of the choices picked, in the order picked.
    pub picked: Vec<u8>,
    /// The memory after it; `None` if it was taken back.
    pub after: Option<MemoryState>,
    /// The probability of recall before it, 0–1; `None` for a first answer, or if it was taken back.
    pub retrievability_before: Option<f64>,
    /// The probability that a right answer was known, 0–1; `None` for a wrong one, or if it was taken back.
    pub known_probability: Option<f64>,
    /// The promised interval in days; a fraction for learning steps.
    pub interval_days: f64,
    /// Whether it was taken back, so that it does not count.
    pub undone: bool,
}

/// The history of a card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardHistory {
    /// Its answers in the order given, including those that were taken back.
    pub answers: Vec<CardAnswer>,
    /// The result of its log: state, due date, stability, difficulty, lapses.
    pub memory: CardMemory,
    /// The probability of recall today, 0–1; `None` while it is new.
    pub retrievability: Option<f64>,
    /// The curve of forgetting: days from today (negative in the past) and the probability of recall (0–1), in the order of time. An
    /// answer is two points on one day, before and after it. After the card was made new again, recall is 0 until the next answer. The
    /// curve continues beyond the due date. It is empty without answers that count.
    pub curve: Vec<(f64, f64)>,
    /// The path and the line of its question in a bank.
    pub source: Option<(String, u32)>,
    /// The id of its question in the bank.
    pub bank_id: Option<String>,
    /// Its flag, if it has one.
    pub flag: Option<Flag>,
}

impl CardHistory {
    /// The history from the whole log of a card in the order of events, each entry with whether it was taken back. Source, id and flag
    /// are left empty.
    pub fn new<M: Model>(log: &[(LogEntry, bool)], replayer: &Replayer<M>, today: StudyDay) -> Self {
        let mut memory = CardMemory::NEW;
        let mut answers = Vec::new();
        let mut belief = BeliefFold::default();
        let mut curve = Curve { model: &replayer.model, today, points: Vec::new() };
        for (entry, undone) in log {
            let before = memory;
            match entry {
                LogEntry::Review(review) if *undone => answers.push(answer(review, true)),
                LogEntry::Review(review) => {
                    let answered = replayer.answer(&mut memory, review);
                    let recall = belief.answer(replayer, review);
                    if !review.practice {
                        curve.fall(&before, review.day);
                        curve.rise(before.memory.is_some(), review.day);
                    }
                    let plain = answer(review, false);
                    // Practice neither changes the memory nor is predicted by it.
                    answers.push(match answered {
                        Some(answered) => CardAnswer {
                            after: Some(answered.after),
                            retrievability_before: recall,
                            known_probability: answered.known_probability,
                            ..plain
                        },
                        None => plain,
                    });
                }
                LogEntry::Move(change) => {
                    belief.moved(change);
                    if change.kind == MoveKind::Forget {
                        curve.fall(&before, change.day);
                        curve.forget(&before, change.day);
                    }
                    replayer.apply(&mut memory, entry);
                }
            }
        }
        curve.fall(&memory, curve.today.plus(ahead(&memory, today)));
        let elapsed = Elapsed::whole_days(memory.elapsed_days(today));
        let retrievability = memory.memory.map(|state| replayer.model.retrievability(state, elapsed));
        Self { answers, memory, retrievability, curve: curve.points, source: None, bank_id: None, flag: None }
    }
}

/// How far the curve continues after today, in days: half an interval beyond the due date, to show the cost of waiting.
fn ahead(memory: &CardMemory, today: StudyDay) -> u32 {
    match (memory.due, memory.last_day) {
        (Some(Due::Day(due)), Some(last)) => {
            let end = due.plus(due.since(last) / 2);
            end.since(today).clamp(LEAST_AHEAD, MOST_AHEAD)
        }
        _ => LEAST_AHEAD,
    }
}

fn answer(review: &Review, undone: bool) -> CardAnswer {
    CardAnswer {
        at: review.at,
        day: review.day,
        kind: review.kind,
        rating: review.rating,
        confidence: review.confidence,
        right: review.right,
        took_ms: review.took_ms,
        picked: review.picked.clone(),
        after: None,
        retrievability_before: None,
        known_probability: None,
        interval_days: promised_days(review),
        undone,
    }
}

struct Curve<'a, M> {
    model: &'a M,
    today: StudyDay,
    points: Vec<(f64, f64)>,
}

impl<M: Model> Curve<'_, M> {
    /// Adds a point on this day; if a clock went back, on the day of the last point.
    fn push(&mut self, day: StudyDay, recall: f64) {
        let x = f64::from(day.0) - f64::from(self.today.0);
        let point = (self.points.last().map_or(x, |last| last.0.max(x)), recall);
        if self.points.last() != Some(&point) {
            self.points.push(point);
        }
    }

    /// Lets recall fall from the last answer to this day.
    fn fall(&mut self, memory: &CardMemory, until: StudyDay) {
        let (Some(state), Some(last)) = (memory.memory, memory.last_day) else {
            return;
        };
        let days = until.since(last);
        let step = days.div_ceil(POINTS).max(1);
        let mut elapsed = 0;
        while elapsed < days {
            elapsed = (elapsed + step).min(days);
            let recall = self.model.retrievability(state, Elapsed::whole_days(elapsed));
            self.push(last.plus(elapsed), recall);
        }
    }

    /// Lifts recall to 1 after an answer; from 0 if the card had been made new again.
    fn rise(&mut self, remembered: bool, day: StudyDay) {
        if !remembered && !self.points.is_empty() {
            self.push(day, 0.0);
        }
        self.push(day, 1.0);
    }

    fn forget(&mut self, memory: &CardMemory, day: StudyDay) {
        if memory.memory.is_some() {
            self.push(day, 0.0);
        }
    }
}

#[cfg(test)]
mod tests;
