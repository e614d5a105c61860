//! A deterministic bank and history of any size: questions of five options, and a learner who forgets as FSRS-6 says.

#![allow(unreachable_pub, reason = "shared by benchmarks")]

use std::fmt::Write as _;

use fsrs::{FSRS, MemoryState};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

const DAY_MS: u64 = 86_400_000;
/// 2026-01-01T08:00:00Z.
const START_MS: u64 = 1_767_254_400_000;

/// A bank of so many questions, as loose text with ids.
pub fn bank(questions: usize) -> String {
    let mut text = String::from("---\ndeck: Generated\n---\n");
    for number in 0..questions {
        let _ = writeln!(text, "Topic {}", number % 50);
        let _ = writeln!(text, "Which of these statements about item number {number} is the right one? {{#g{number}}}");
        for option in 0..5 {
            let mark = if option == number % 5 { " *" } else { "" };
            let letter = char::from(b'A' + option as u8);
            let _ = writeln!(text, "- {letter}. statement {option} about item {number} as it is made here{mark}");
        }
        text.push('\n');
    }
    text
}

/// A bank of so many questions, as a table with a header and the letter of the right option.
pub fn table(questions: usize) -> String {
    let mut text = String::from("topic,question,option_a,option_b,option_c,option_d,option_e,answer\n");
    for number in 0..questions {
        let _ = write!(
            text,
            "Topic {},Which of these statements about item number {number} is the right one?",
            number % 50
        );
        for option in 0..5 {
            let _ = write!(text, ",statement {option} about item {number} as it is made here");
        }
        let _ = writeln!(text, ",{}", char::from(b'A' + (number % 5) as u8));
    }
    text
}

/// A history of at most so many answers over so many cards and days, in the open FSRS schema, in the order of the cards.
pub fn history(cards: usize, answers: usize, days: u64, seed: u64) -> String {
    let model = FSRS::default();
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut unit = move || f64::from(chance.next_u32()) / f64::from(u32::MAX);
    let mut text = String::from("card_id,review_time,review_rating,review_state,review_duration\n");
    let each = answers / cards.max(1);
    for card in 0..cards {
        let mut day = (unit() * days as f64 * 0.5) as u64;
        let mut state: Option<MemoryState> = None;
        let mut last = day;
        for answer in 0..each {
            let elapsed = day - last;
            let recall =
                state.map_or(0.6, |state| f64::from(fsrs::current_retrievability(state, elapsed as f32, 0.1542)));
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
            day += (after.interval.round() as u64).clamp(1, 30);
            // What has yet to come is no history.
            if day >= days {
                break;
            }
        }
    }
    text
}
