//! What tables need about a question in addition to its [`ItemAnswers`].

use super::{ItemAnswers, ItemKey};
use crate::stats::Fact;

/// The answers to one question, with their times and the options that were shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemTally {
    /// The answers that count.
    pub item: ItemAnswers,
    /// Practice answers, which count only as work.
    pub practice: u32,
    /// Whether an answer that counts was seen, also on other days than the requested ones.
    begun: bool,
    /// Milliseconds of answers that have a time.
    times: Vec<u32>,
    /// By number of the option: how often it was shown and picked.
    options: Vec<(u32, u32)>,
}

impl ItemTally {
    /// Counts an answer, in the order of the log. `asked`: whether its day is requested. Other days must be passed too, because the very
    /// first answer may be among them.
    pub fn add(&mut self, key: &ItemKey, fact: &Fact<'_>, asked: bool) {
        if fact.undone {
            return;
        }
        let Some(expected) = fact.expected else {
            self.practice += u32::from(asked);
            return;
        };
        let first = !self.begun;
        self.begun = true;
        if !asked {
            return;
        }
        let review = fact.review;
        if first {
            self.item.first_right = Some(review.right);
        }
        self.item.add(key, review, expected, fact.lapse);
        if review.took_ms > 0 {
            self.times.push(review.took_ms);
        }
        if key.options {
            self.show(&review.shown, &review.picked);
        }
    }

    fn show(&mut self, shown: &[u8], picked: &[u8]) {
        let most = shown.iter().chain(picked).max().map_or(0, |most| usize::from(*most) + 1);
        if self.options.len() < most {
            self.options.resize(most, (0, 0));
        }
        for (number, (shows, picks)) in (0..=u8::MAX).zip(&mut self.options) {
            let was_picked = picked.contains(&number);
            *shows += u32::from(was_picked || shown.contains(&number));
            *picks += u32::from(was_picked);
        }
    }

    /// All answers, practice included.
    pub fn answers(&self) -> u32 {
        self.item.answers + self.practice
    }

    /// How often an option was shown and picked.
    pub fn option(&self, number: u8) -> (u32, u32) {
        self.options.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// The median time in seconds; `None` without times.
    pub fn median_seconds(&self) -> Option<f64> {
        let mut times = self.times.clone();
        times.sort_unstable();
        let upper = *times.get(times.len() / 2)?;
        let lower = times[(times.len() - 1) / 2];
        Some((f64::from(lower) + f64::from(upper)) / 2_000.0)
    }
}
