//! Where cards are, and answers, as Anki keeps them.

use serde::Serialize;

use crate::anki::out::{OutAnswer, OutCard};
use crate::memory::Model;
use crate::model::{CardState, Due, LogId, Move, MoveKind, Review, ReviewKind, StudyDay};
use crate::store::PackagedCard;
use crate::study::decks::DeckEntry;
use crate::study::present::Present;

/// The ease of an entry that is no reset and no practice.
const FACTOR: i32 = 500;
/// The flags of Anki, from 1.
const FLAGS: [&str; 7] = ["red", "orange", "green", "blue", "pink", "turquoise", "purple"];

/// What the cards of a package have in common.
#[derive(Clone, Copy, Debug)]
pub(super) struct CardClock {
    /// Day 0 of due dates.
    pub(super) first: StudyDay,
    pub(super) present: Present,
}

impl CardClock {
    fn day(self, day: StudyDay) -> i64 {
        i64::from(day.0) - i64::from(self.first.0)
    }

    /// Whether a card waits for a later day.
    pub(super) fn is_buried(self, card: &PackagedCard) -> bool {
        !card.memory.suspended && card.memory.buried_until.is_some_and(|until| until > self.present.today)
    }

    /// A card as Anki keeps it, without its numbers, place and flag. `position` is its place among the new ones.
    pub(super) fn card(self, card: &PackagedCard, entry: &DeckEntry, position: i64) -> OutCard {
        let memory = &card.memory;
        let step_s = |due: Option<Due>| match due {
            Some(Due::At(ms)) => ms.saturating_add(999).div_euclid(1_000),
            _ => self.present.now.utc_ms / 1_000,
        };
        let (kind, queue, due) = match (memory.state, memory.due) {
            (CardState::New, _) => (0, 0, position),
            (CardState::Learning, due) => (1, 1, step_s(due)),
            (CardState::Relearning, due) => (3, 1, step_s(due)),
            (CardState::Review, Some(Due::Day(day))) => (2, 2, self.day(day)),
            (CardState::Review, _) => (2, 2, self.day(self.present.today)),
        };
        let interval = match (memory.state, memory.due, memory.last_day) {
            (CardState::Review, Some(Due::Day(day)), Some(last)) => day.0.saturating_sub(last.0).max(1).unsigned_abs(),
            (CardState::Review | CardState::Relearning, ..) => 1,
            _ => 0,
        };
        let settings = &entry.settings;
        let steps = match memory.state {
            CardState::Learning => settings.learning_steps.len(),
            CardState::Relearning => settings.relearning_steps.len(),
            _ => 0,
        };
        let steps_left = if steps == 0 { 0 } else { steps.saturating_sub(memory.step.into()).max(1) as u32 };
        let data = match memory.memory.filter(|_| memory.state != CardState::New) {
            Some(state) => {
                let decay = entry.replayer.model.parameters().last().copied().unwrap_or(0.5);
                let kept = FsrsData {
                    s: rounded(state.stability, 1e4),
                    d: rounded(state.difficulty, 1e3),
                    dr: (settings.desired_retention * 1e3).round() / 1e3,
                    decay: rounded(decay, 1e3),
                    lrt: memory.last_at.unwrap_or(0) / 1_000,
                };
                serde_json::to_string(&kept).unwrap_or_else(|_| "{}".into())
            }
            None => "{}".into(),
        };
        let changed_ms = if self.is_buried(card) {
            self.present.now.utc_ms
        } else {
            memory.through.map_or(0, LogId::utc_ms).max(memory.last_at.unwrap_or(0))
        };
        OutCard {
            kind,
            queue: match () {
                () if memory.suspended => -1,
                () if self.is_buried(card) => -3,
                () => queue,
            },
            due,
            interval,
            repetitions: memory.repetitions,
            lapses: memory.lapses,
            steps_left,
            data,
            changed_s: changed_ms / 1_000,
            ..OutCard::default()
        }
    }
}

/// What FSRS keeps of a card in Anki, by Anki's own names: stability, difficulty, desired retention, decay, and the last answer in seconds.
#[derive(Serialize)]
struct FsrsData {
    s: f64,
    d: f64,
    dr: f64,
    decay: f64,
    lrt: i64,
}

fn rounded(number: f32, parts: f64) -> f64 {
    (f64::from(number) * parts).round() / parts
}

/// The number of a flag, and whether its note is no more than its colour.
pub(super) fn flag(note: &str) -> (u8, bool) {
    match (1..).zip(FLAGS).find(|(_, name)| *name == note) {
        Some((number, _)) => (number, true),
        None => (1, note.is_empty()),
    }
}

/// An answer as Anki keeps it. `before` is the interval before it, and becomes that after it.
pub(super) fn answer(review: &Review, card: i64, before: &mut i32) -> OutAnswer {
    let interval = match review.due {
        Due::Day(day) => day.0.saturating_sub(review.day.0).max(1),
        Due::At(ms) => -i32::try_from(ms.saturating_sub(review.at.utc_ms) / 1_000).unwrap_or(i32::MAX).max(1),
    };
    let (kind, factor) = match review.kind {
        _ if review.practice => (3, 0),
        ReviewKind::New | ReviewKind::Learning => (0, 0),
        ReviewKind::Review | ReviewKind::Exam => (1, FACTOR),
        ReviewKind::Relearning => (2, FACTOR),
        ReviewKind::Ahead => (3, FACTOR),
    };
    let made = OutAnswer {
        at_ms: review.at.utc_ms,
        card,
        ease: review.rating.number(),
        interval,
        interval_before: *before,
        factor,
        took_ms: review.took_ms,
        kind,
    };
    if !review.practice {
        *before = interval;
    }
    made
}

/// A change without an answer; `None` if Anki keeps no entry of it.
pub(super) fn change(change: &Move, card: i64, before: &mut i32) -> Option<OutAnswer> {
    let (interval, factor) = match change.kind {
        MoveKind::Forget => (0, 0),
        MoveKind::Due(day) => (day.0.saturating_sub(change.day.0).max(1), FACTOR),
        _ => return None,
    };
    let made = OutAnswer {
        at_ms: change.at.utc_ms,
        card,
        ease: 0,
        interval,
        interval_before: *before,
        factor,
        took_ms: 0,
        kind: 4,
    };
    *before = interval;
    Some(made)
}
