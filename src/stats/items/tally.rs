//! What tables say of a question beside its [`Item`].

use super::{Item, ItemKey};
use crate::stats::Fact;

/// The answers to one question, with their times and the options that were shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemTally {
    /// What counts.
    pub item: Item,
    /// Practice, which is work and nothing else.
    pub practice: u32,
    /// Whether an answer that counts was seen, also on a day that is not asked for.
    begun: bool,
    /// Milliseconds, of answers that have a time.
    times: Vec<u32>,
    /// By number: in how many answers it was shown, and in how many picked.
    options: Vec<(u32, u32)>,
}

impl ItemTally {
    /// Counts an answer, in the order of the log. `asked` says whether its day is asked for: the other days must be told too, for the
    /// very first answer may be among them.
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

    /// All answers, practice too.
    pub fn answers(&self) -> u32 {
        self.item.answers + self.practice
    }

    /// In how many answers an option was shown, and in how many it was picked.
    pub fn option(&self, number: u8) -> (u32, u32) {
        self.options.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// The middle of the times in seconds, the mean of the middle two where they are even in number; none without times.
    pub fn median_seconds(&self) -> Option<f64> {
        let mut times = self.times.clone();
        times.sort_unstable();
        let upper = *times.get(times.len() / 2)?;
        let lower = times[(times.len() - 1) / 2];
        Some((f64::from(lower) + f64::from(upper)) / 2_000.0)
    }
}
