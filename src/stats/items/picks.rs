//! Counts of picked options, alone and together.

use super::ChoiceSet;

/// Picks of answers that did not pick exactly the right options. Few options are picked, so a short sorted list is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Picks {
    /// The number of answers that picked both options of a pair; a pair of the same option counts its picks.
    counts: Vec<((u8, u8), u32)>,
}

impl Picks {
    /// Counts an answer that picked this option alone.
    pub(super) fn add(&mut self, number: u8) {
        self.count((number, number));
    }

    /// Counts an answer that picked these right and these wrong options.
    pub(super) fn add_all(&mut self, right: ChoiceSet, wrong: ChoiceSet) {
        for number in right.iter().chain(wrong.iter()) {
            self.add(number);
        }
        for keyed in right.iter() {
            wrong.iter().for_each(|other| self.count((keyed, other)));
        }
    }

    /// The number of answers that picked this option.
    pub(super) fn times(&self, number: u8) -> u32 {
        self.both(number, number)
    }

    /// The number of answers that picked both this right and this wrong option.
    pub(super) fn both(&self, keyed: u8, other: u8) -> u32 {
        self.place((keyed, other)).map_or(0, |place| self.counts[place].1)
    }

    fn count(&mut self, pair: (u8, u8)) {
        match self.place(pair) {
            Ok(place) => self.counts[place].1 += 1,
            Err(place) => self.counts.insert(place, (pair, 1)),
        }
    }

    fn place(&self, pair: (u8, u8)) -> Result<usize, usize> {
        self.counts.binary_search_by_key(&pair, |(pair, _)| *pair)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_picked_together_counts_for_each_and_for_the_pair() {
        let mut picks = Picks::default();
        let set = |numbers: &[u8]| numbers.iter().copied().collect();
        picks.add_all(set(&[4]), set(&[2, 0]));
        picks.add(2);
        picks.add_all(set(&[4, 5]), set(&[2]));
        assert_eq!([0, 1, 2, 4, 5].map(|number| picks.times(number)), [1, 0, 3, 2, 1]);
        assert_eq!([(4, 2), (4, 0), (5, 2), (5, 0)].map(|(keyed, other)| picks.both(keyed, other)), [2, 1, 1, 0]);
    }
}
