//! Which options were picked, and which together.

use super::ChoiceSet;

/// Picks of answers that did not pick just what is right. Few questions have many options, so short sorted lists do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Picks {
    /// By option: in how many answers.
    of: Vec<(u8, u32)>,
    /// By right and wrong option: in how many answers both.
    both: Vec<((u8, u8), u32)>,
}

impl Picks {
    /// Counts an answer that picked these right and these wrong options.
    pub(super) fn add(&mut self, right: ChoiceSet, wrong: ChoiceSet) {
        for number in right.iter().chain(wrong.iter()) {
            count(&mut self.of, number);
        }
        for keyed in right.iter() {
            wrong.iter().for_each(|other| count(&mut self.both, (keyed, other)));
        }
    }

    /// In how many answers this option was picked.
    pub(super) fn of(&self, number: u8) -> u32 {
        counted(&self.of, number)
    }

    /// In how many answers this right and this wrong option were picked together.
    pub(super) fn both(&self, keyed: u8, other: u8) -> u32 {
        counted(&self.both, (keyed, other))
    }
}

fn count<K: Ord + Copy>(counts: &mut Vec<(K, u32)>, key: K) {
    match counts.binary_search_by_key(&key, |(key, _)| *key) {
        Ok(place) => counts[place].1 += 1,
        Err(place) => counts.insert(place, (key, 1)),
    }
}

fn counted<K: Ord + Copy>(counts: &[(K, u32)], key: K) -> u32 {
    counts.binary_search_by_key(&key, |(key, _)| *key).map_or(0, |place| counts[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_picked_together_counts_for_each_and_for_the_pair() {
        let mut picks = Picks::default();
        let set = |numbers: &[u8]| numbers.iter().copied().collect();
        picks.add(set(&[4]), set(&[2, 0]));
        picks.add(set(&[]), set(&[2]));
        picks.add(set(&[4, 5]), set(&[2]));
        assert_eq!([0, 1, 2, 4, 5].map(|number| picks.of(number)), [1, 0, 3, 2, 1]);
        assert_eq!([(4, 2), (4, 0), (5, 2), (5, 0)].map(|(keyed, other)| picks.both(keyed, other)), [2, 1, 1, 0]);
    }
}
