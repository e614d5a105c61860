//! What is known of one card: its answers, and how recall rose with each and fell in between.

use super::promised_days;
use crate::memory::{BeliefFold, Elapsed, Model, Replayer};
use crate::model::{
    CardMemory, Confidence, Due, Flag, LogEntry, MemoryState, Moment, MoveKind, Rating, Review, ReviewKind, StudyDay,
};

/// So many points at most between two answers: more than a terminal can draw.
const POINTS: u32 = 128;
/// The curve goes on for so many days at least.
const LEAST_AHEAD: u32 = 7;
/// And at most so far, in days: a hundred years are no picture.
const MOST_AHEAD: u32 = 3_650;

/// An answer of a card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardAnswer {
    /// When.
    pub at: Moment,
    /// The study day.
    pub day: StudyDay,
    /// The situation.
    pub kind: ReviewKind,
    /// The grade that counts.
    pub rating: Rating,
    /// Who says how much knowledge it shows.
    pub confidence: Confidence,
    /// Whether it was right.
    pub right: bool,
    /// Milliseconds from showing to answering.
    pub took_ms: u32,
    /// The numbers of the choices picked, in the order picked.
    pub picked: Vec<u8>,
    /// The memory after it; none where it was taken back.
    pub after: Option<MemoryState>,
    /// The probability of recall before it, 0–1; none for a first answer, and where it was taken back.
    pub retrievability_before: Option<f64>,
    /// How far a right answer counted as known, 0–1; none for a wrong one, and where it was taken back.
    pub known_probability: Option<f64>,
    /// The interval that was promised, in days; a fraction for learning steps.
    pub interval_days: f64,
    /// Whether it was taken back. Such an answer counts for nothing.
    pub undone: bool,
}

/// What is known of a card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardHistory {
    /// Its answers in the order given, those that were taken back too.
    pub answers: Vec<CardAnswer>,
    /// What follows from its log: state, due date, stability, difficulty, lapses.
    pub memory: CardMemory,
    /// The probability of recall today, 0–1; none while it is new.
    pub retrievability: Option<f64>,
    /// The curve of forgetting, a saw-tooth: days from today (negative in the past) and the probability of recall (0–1), in the order
    /// of time. An answer is two points at one day, before and after it. Where the card was made new again, recall is 0 until the next
    /// answer. It goes on beyond the due date; empty where there are no answers that count.
    pub curve: Vec<(f64, f64)>,
    /// Where a bank holds its question: path and line.
    pub source: Option<(String, u32)>,
    /// The bank's own id for its question.
    pub bank_id: Option<String>,
    /// Its flag.
    pub flag: Option<Flag>,
}

impl CardHistory {
    /// From the whole log of a card in the order of events, each entry with whether it was taken back. Source, id and flag are to be
    /// added.
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
                    // Practice changes no memory, and is foretold by none.
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

/// How far beyond today the curve goes, in days: half an interval beyond the due date, to show what waiting would cost.
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
    /// A point at this day; where a clock went back, at the day before it.
    fn push(&mut self, day: StudyDay, recall: f64) {
        let x = f64::from(day.0) - f64::from(self.today.0);
        let point = (self.points.last().map_or(x, |last| last.0.max(x)), recall);
        if self.points.last() != Some(&point) {
            self.points.push(point);
        }
    }

    /// Recall falls from the last answer to this day.
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

    /// An answer lifts recall to 1; from 0 where the card had been made new again.
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
