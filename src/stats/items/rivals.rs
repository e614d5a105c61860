//! Keys that may be wrong.

use super::{Item, ItemKey};
use crate::stats::wilson;

/// A right option that loses to a wrong one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rivals {
    /// The number of the option that the key calls right.
    pub keyed: u8,
    /// How often it was picked, and the other was not.
    pub keyed_times: u32,
    /// The number of the option that wins.
    pub other: u8,
    /// How often that was picked, and the keyed one was not.
    pub other_times: u32,
}

impl Item {
    /// The wrong option that beats a right one, so that the key may be wrong: of the answers that picked one of the two, the lower end
    /// of the 95 % interval (Wilson) of those that picked the wrong one is above one half. Of several pairs the one with the highest
    /// lower end, then the first in the bank, by the wrong option and then by the right one.
    pub fn suspect_key(&self, key: &ItemKey) -> Option<Rivals> {
        if self.misled == 0 {
            return None;
        }
        let mut found: Option<(f64, [usize; 2], Rivals)> = None;
        for (other, keyed) in key.wrong.iter().flat_map(|other| key.correct.iter().map(move |keyed| (other, keyed))) {
            let both = self.picks.both(keyed, other);
            let keyed_times = self.keyed + self.picks.of(keyed) - both;
            let other_times = self.picks.of(other) - both;
            // Who does not win does not surely win: most pairs end here.
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
