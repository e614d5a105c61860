//! Histories of learners.

use std::fmt::Write as _;

use fsrs::{FSRS, MemoryState};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

const DAY_MS: u64 = 86_400_000;
/// 2026-01-01T08:00:00Z.
const START_MS: u64 = 1_767_254_400_000;

/// How a learner studies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogShape {
    /// Every day, what is due.
    Steady,
    /// Nothing for three weeks, then all of it in one, several times a day.
    Bursts,
    /// Every day, and forgets half of it.
    Lapses,
}

impl LogShape {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Steady, Self::Bursts, Self::Lapses];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Steady => "steady",
            Self::Bursts => "bursts",
            Self::Lapses => "lapses",
        }
    }

    /// The day on which a card is answered that is due on this one.
    fn studied(self, due: u64) -> u64 {
        match self {
            Self::Bursts if due % 28 < 21 => due - due % 28 + 21,
            _ => due,
        }
    }
}

/// A history of at most this many answers over this many cards and days, in the open FSRS schema, in the order of the cards: `g0`, `g1` and so on.
pub fn history(shape: LogShape, cards: usize, answers: usize, days: u64, seed: u64) -> String {
    let model = FSRS::default();
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut unit = move || f64::from(chance.next_u32()) / f64::from(u32::MAX);
    let mut text = String::from("card_id,review_time,review_rating,review_state,review_duration\n");
    let each = answers / cards.max(1);
    for card in 0..cards {
        let mut day = shape.studied((unit() * days as f64 * 0.5) as u64);
        let mut state: Option<MemoryState> = None;
        let mut last = day;
        for answer in 0..each {
            let elapsed = day - last;
            let recall = match (shape, state) {
                (LogShape::Lapses, _) => 0.5,
                (_, Some(state)) => f64::from(fsrs::current_retrievability(state, elapsed as f32, 0.1542)),
                (_, None) => 0.6,
            };
            let rating: u32 = match unit() {
                luck if luck > recall => 1,
                luck if luck < recall * 0.1 => 2,
                luck if luck > recall * 0.9 => 4,
                _ => 3,
            };
            let at = START_MS + day * DAY_MS + (unit() * 36_000_000.0) as u64;
            let kind = if answer == 0 { 0 } else { 2 };
            let _ = writeln!(text, "g{card},{at},{rating},{kind},{}", 2_000 + (unit() * 9_000.0) as u64);
            let Ok(next) = model.next_states(state, 0.9, u32::try_from(elapsed).unwrap_or(0)) else { break };
            let after = [&next.again, &next.hard, &next.good, &next.easy][rating as usize - 1];
            state = Some(after.memory);
            last = day;
            day = shape.studied(day + (after.interval.round() as u64).clamp(1, 30));
            // What has yet to come is no history.
            if day >= days {
                break;
            }
        }
    }
    text
}
