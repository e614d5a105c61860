//! The order of the shown choices of a question.

use uuid::Uuid;

use crate::chance::Chance;
use crate::model::Choice;

/// The choices in the order of a showing: a shuffle derived from the card and `order_seed`, with pinned choices in their place.
///
/// `seed` is the person's `RETAIN_SEED`, 0 without one.
pub fn order_of(choices: &[Choice], card: Uuid, order_seed: u32, seed: u64) -> Vec<&Choice> {
    order_within(choices, |_| false, card, order_seed, seed)
}

/// The same, but a choice whose place is `bound` keeps it, and no choice moves past it, so that "all of the above" stays true.
pub(super) fn order_within(
    choices: &[Choice],
    bound: impl Fn(usize) -> bool,
    card: Uuid,
    order_seed: u32,
    seed: u64,
) -> Vec<&Choice> {
    let held = |place: usize| choices[place].pinned || bound(place);
    let mut free: Vec<usize> = (0..choices.len()).filter(|place| !held(*place)).collect();
    Chance::derived("order of choices", card, order_seed, seed).shuffle(&mut free);
    let group = |place: usize| (0..place).filter(|place| bound(*place)).count();
    let mut next = |place: usize| {
        let found = free.iter().position(|other| group(*other) == group(place))?;
        Some(free.remove(found))
    };
    let order = (0..choices.len()).filter_map(|place| if held(place) { Some(place) } else { next(place) });
    order.map(|place| &choices[place]).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn choices(pinned: &[bool]) -> Vec<Choice> {
        (0_u8..)
            .zip(pinned)
            .map(|(number, &pinned)| Choice {
                number,
                position: number,
                text: format!("choice {number}"),
                correct: number == 0,
                pinned,
                ..Choice::default()
            })
            .collect()
    }

    proptest! {
        #[test]
        fn an_order_is_a_permutation_that_leaves_pinned_choices_in_place(
            pinned in prop::collection::vec(any::<bool>(), 0..12), count: u32, seed: u64,
        ) {
            let choices = choices(&pinned);
            let order = order_of(&choices, Uuid::NAMESPACE_OID, count, seed);
            let mut numbers: Vec<u8> = order.iter().map(|choice| choice.number).collect();
            for (place, choice) in choices.iter().enumerate().filter(|(_, choice)| choice.pinned) {
                prop_assert_eq!(numbers[place], choice.number);
            }
            numbers.sort_unstable();
            prop_assert_eq!(numbers, choices.iter().map(|choice| choice.number).collect::<Vec<_>>());
        }
    }
}
