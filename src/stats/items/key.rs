//! The parts of a question that an analysis of its answers needs.

use super::reading_ms;
use crate::model::{KeyOrigin, Question};

/// A set of choices of a question, by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChoiceSet([u64; 4]);

impl ChoiceSet {
    /// Adds a choice.
    pub fn insert(&mut self, number: u8) {
        self.0[usize::from(number / 64)] |= 1 << (number % 64);
    }

    /// Whether it contains this choice.
    pub fn contains(&self, number: u8) -> bool {
        self.0[usize::from(number / 64)] & (1 << (number % 64)) != 0
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.0 == [0; 4]
    }

    /// The number of its choices.
    pub fn len(&self) -> usize {
        self.0.iter().map(|part| part.count_ones() as usize).sum()
    }

    /// The choices in both sets.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self(std::array::from_fn(|part| self.0[part] & other.0[part]))
    }

    /// The choices by number.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        [0_u8, 64, 128, 192].into_iter().zip(self.0).flat_map(|(first, mut rest)| {
            std::iter::from_fn(move || {
                let place = u8::try_from(rest.trailing_zeros()).ok().filter(|_| rest != 0)?;
                rest &= rest - 1;
                Some(first + place)
            })
        })
    }
}

impl FromIterator<u8> for ChoiceSet {
    fn from_iter<T: IntoIterator<Item = u8>>(numbers: T) -> Self {
        let mut set = Self::default();
        numbers.into_iter().for_each(|number| set.insert(number));
        set
    }
}

/// The current key of a question, and what else an analysis of its answers needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemKey {
    /// Whether its kind has options to pick.
    pub options: bool,
    /// The right options; empty without a key.
    pub correct: ChoiceSet,
    /// The wrong options in use; empty without a key.
    pub wrong: ChoiceSet,
    /// The least milliseconds for reading its stem: [`reading_ms`].
    pub reading_ms: u32,
    /// The numbers in the bank's order; empty if they are ascending, as in most banks.
    order: Box<[u8]>,
}

impl ItemKey {
    /// The key of a question with options: the number of each in use and whether it is right, in the bank's order.
    pub fn new(reading_ms: u32, options: impl IntoIterator<Item = (u8, bool)>) -> Self {
        let mut key = Self { options: true, reading_ms, ..Self::default() };
        let mut order = Vec::new();
        for (number, right) in options {
            if right {
                key.correct.insert(number);
            } else {
                key.wrong.insert(number);
            }
            order.push(number);
        }
        if !order.is_sorted() {
            key.order = order.into();
        }
        // Without a key no option is wrong either.
        if key.correct.is_empty() {
            key.wrong = ChoiceSet::default();
        }
        key
    }

    /// The key of a question without options.
    pub fn free(reading_ms: u32) -> Self {
        Self { reading_ms, ..Self::default() }
    }

    /// The key of a question; a draft has no right options.
    pub fn from_question(question: &Question) -> Self {
        let reading_ms = reading_ms(&question.stem);
        if !question.kind.has_choices() {
            return Self::free(reading_ms);
        }
        let keyed = question.key != KeyOrigin::Missing;
        Self::new(reading_ms, question.choices.iter().map(|choice| (choice.number, keyed && choice.correct)))
    }

    /// The place of an option in the bank, for comparisons.
    pub(super) fn place(&self, number: u8) -> usize {
        self.order.iter().position(|other| *other == number).unwrap_or(usize::from(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_all_numbers() {
        let numbers = [0, 1, 63, 64, 127, 128, 200, 255];
        let set: ChoiceSet = numbers.iter().rev().copied().collect();
        assert_eq!(set.iter().collect::<Vec<_>>(), numbers);
        assert_eq!((set.len(), set.is_empty(), ChoiceSet::default().is_empty()), (8, false, true));
        assert!(set.contains(255) && set.contains(0) && !set.contains(65));
        let other: ChoiceSet = [1, 2, 255].into_iter().collect();
        assert_eq!(set.and(&other).iter().collect::<Vec<_>>(), [1, 255]);
        assert_eq!((0..=255).collect::<ChoiceSet>().iter().count(), 256);
    }

    #[test]
    fn a_draft_has_no_wrong_options() {
        let key = ItemKey::new(250, [(0, false), (1, false)]);
        assert!(key.options && key.correct.is_empty() && key.wrong.is_empty());
    }

    #[test]
    fn places_are_those_of_the_bank() {
        let key = ItemKey::new(250, [(4, false), (1, true), (2, false)]);
        assert_eq!([4, 1, 2].map(|number| key.place(number)), [0, 1, 2]);
        let key = ItemKey::new(250, [(1, true), (2, false), (4, false)]);
        assert!(key.order.is_empty() && key.place(1) < key.place(4));
    }
}
