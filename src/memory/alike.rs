//! Numbers for the bins of [`super::bin`], in tables, for a million answers at once.

use super::predict::step_place;

/// There are at most this many bins.
pub const ALIKE: usize = 32 * 32 * 32;
const EACH: usize = 32;

/// Tables of the bins of days elapsed, length and lapses.
#[derive(Clone, Debug, Default)]
pub struct AlikeTable {
    days: Vec<u8>,
    lengths: Vec<u8>,
    lapses: Vec<u8>,
}

impl AlikeTable {
    /// The number (below [`ALIKE`]) of the bin of an answer: days elapsed, answers a day or more apart through this one, lapses before
    /// it. Two answers have the same number if they have the same [`super::bin`].
    pub fn place(&mut self, elapsed_days: u32, long: u32, lapses: u32) -> u16 {
        let days = look_up(&mut self.days, elapsed_days, |days| step_place(f64::from(days.max(1)), 3.62));
        let length = look_up(&mut self.lengths, long, |long| step_place(f64::from(long) + 1.0, 1.89));
        let lapses = look_up(&mut self.lapses, lapses, |lapses| match lapses {
            0 => 0,
            lapses => step_place(f64::from(lapses), 1.73) + 1,
        });
        u16::try_from((days * EACH + length) * EACH + lapses).unwrap_or(u16::MAX)
    }
}

/// Larger values are computed each time: no interval lasts a hundred years.
const TABLE_END: u32 = 40_000;

fn look_up(places: &mut Vec<u8>, value: u32, place: impl Fn(u32) -> i32) -> usize {
    let find = |value: u32| u8::try_from(place(value)).unwrap_or(0).min(EACH as u8 - 1);
    if value > TABLE_END {
        return find(value).into();
    }
    while places.len() <= value as usize {
        places.push(find(u32::try_from(places.len()).unwrap_or(u32::MAX)));
    }
    places[value as usize].into()
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::memory::bin;

    #[test]
    fn numbers_tell_apart_what_bins_do() {
        let mut table = AlikeTable::default();
        let mut bins = HashMap::new();
        for days in (1..4_000).chain([36_500, 40_001, 50_000]) {
            bins.insert(table.place(days, 3, 2), bin(days, 3, 2));
            assert_eq!(bins[&table.place(days, 3, 2)], bin(days, 3, 2));
        }
        let all: std::collections::HashSet<_> = bins.values().collect();
        assert_eq!(all.len(), bins.len());
    }

    proptest! {
        #[test]
        fn the_same_where_the_bins_are(
            one in (1_u32..40_000, 1_u32..3_000, 0_u32..500),
            other in (1_u32..40_000, 1_u32..3_000, 0_u32..500),
        ) {
            let mut table = AlikeTable::default();
            let (a, b) = (table.place(one.0, one.1, one.2), table.place(other.0, other.1, other.2));
            prop_assert_eq!(a == b, bin(one.0, one.1, one.2) == bin(other.0, other.1, other.2));
            prop_assert!(usize::from(a) < ALIKE);
        }
    }
}
