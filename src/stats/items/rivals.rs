//! Keys that may be wrong.

use super::{ItemAnswers, ItemKey};
use crate::stats::wilson;

/// A right option that loses to a wrong one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rivals {
    /// The number of the right option according to the key.
    pub keyed: u8,
    /// How often it was picked without the other.
    pub keyed_times: u32,
    /// The number of the winning option.
    pub other: u8,
    /// How often that was picked without the keyed one.
    pub other_times: u32,
}

impl ItemAnswers {
    /// A wrong option that beats a right one, so that the key may be wrong. Among the answers that picked one of the two, the lower end
    /// of the 95 % interval (Wilson) of the wrong one is above one half. Among several pairs, the one with the highest lower end wins,
    /// then the first in the bank, by the wrong and then by the right option.
    pub fn suspect_key(&self, key: &ItemKey) -> Option<Rivals> {
        if self.misled == 0 {
            return None;
        }
        let mut found: Option<(f64, [usize; 2], Rivals)> = None;
        for (other, keyed) in key.wrong.iter().flat_map(|other| key.correct.iter().map(move |keyed| (other, keyed))) {
            let both = self.picks.both(keyed, other);
            let keyed_times = self.keyed + self.picks.times(keyed) - both;
            let other_times = self.picks.times(other) - both;
            // Without a majority there is no significant one: most pairs end here.
            if other_times <= keyed_times {
                continue;
            }
            let low = wilson(other_times as usize, (keyed_times + other_times) as usize).map_or(0.0, |(low, _)| low);
            let places = [key.place(other), key.place(keyed)];
            let first = found.is_none_or(|(best, before, _)| low > best || low == best && places < before);
            if low > 0.5 && first {
                found = Some((low, places, Rivals { keyed, keyed_times, other, other_times }));
            }
        }
        found.map(|(.., rivals)| rivals)
    }
}
