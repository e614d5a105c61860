//! Due cards by priority, sorted lazily: of a backlog of tens of thousands only a few hundred have a place today.

use std::cmp::Ordering;

use super::DueCard;
use crate::model::{ReviewOrder, StudyDay};

/// This many are sorted at first; each time they were not enough, four times as many.
const FIRST: usize = 512;

/// Due cards, those first that should have a place.
pub(super) struct PriorityHeap {
    due: Vec<DueCard>,
    order: ReviewOrder,
    today: StudyDay,
    /// How many of them were returned so far.
    given: usize,
    /// How many of them are sorted.
    sorted: usize,
    at_once: usize,
}

impl PriorityHeap {
    pub(super) fn new(due: Vec<DueCard>, order: ReviewOrder, today: StudyDay) -> Self {
        Self { due, order, today, given: 0, sorted: 0, at_once: FIRST }
    }

    /// How many were not returned yet.
    pub(super) fn left(&self) -> usize {
        self.due.len() - self.given
    }

    fn sort_some(&mut self) {
        let (order, today) = (self.order, self.today);
        let rest = &mut self.due[self.sorted..];
        let count = self.at_once.min(rest.len());
        if count < rest.len() {
            rest.select_nth_unstable_by(count, |a, b| by_priority(a, b, order, today));
        }
        rest[..count].sort_unstable_by(|a, b| by_priority(a, b, order, today));
        self.sorted += count;
        self.at_once *= 4;
    }
}

impl Iterator for PriorityHeap {
    type Item = DueCard;

    fn next(&mut self) -> Option<DueCard> {
        if self.given == self.sorted {
            self.sort_some();
        }
        let card = self.due[..self.sorted].get(self.given).copied();
        self.given += usize::from(card.is_some());
        card
    }
}

/// Which of two cards comes first: no two are equal. Sure and wrong answers come before all others. In a random order or deck by deck,
/// the risk of forgetting decides who has a place.
fn by_priority(a: &DueCard, b: &DueCard, order: ReviewOrder, today: StudyDay) -> Ordering {
    let need = |card: &DueCard| match order {
        ReviewOrder::Risk | ReviewOrder::Random | ReviewOrder::Deck => card.retrievability,
        ReviewOrder::Due => f64::from(card.due.0),
        ReviewOrder::Difficulty => -f64::from(card.difficulty),
        ReviewOrder::Overdue => {
            let late = f64::from(today.0) - f64::from(card.due.0);
            -late / f64::from(card.due.since(card.last).max(1))
        }
    };
    let surely_wrong = b.surely_wrong.cmp(&a.surely_wrong);
    surely_wrong
        .then(need(a).total_cmp(&need(b)))
        .then(a.retrievability.total_cmp(&b.retrievability))
        .then(a.card.cmp(&b.card))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{CardId, DeckId};

    const TODAY: StudyDay = StudyDay(20_000);

    fn card((number, (recall, difficulty, late)): (i64, (u8, u8, u8))) -> DueCard {
        DueCard {
            card: CardId(number),
            question: None,
            deck: DeckId(1),
            deck_place: 0,
            topic: 1,
            retrievability: f64::from(recall) / 255.0,
            difficulty: f32::from(difficulty),
            due: StudyDay(TODAY.0 - i32::from(late)),
            last: StudyDay(TODAY.0 - 300),
            surely_wrong: number % 7 == 0,
        }
    }

    proptest! {
        #[test]
        fn a_few_at_a_time_come_as_all_at_once_would(
            cards in prop::collection::vec((0_u8..5, 0_u8..5, 0_u8..5), 0..200),
            at_once in 1_usize..40,
            order in prop::sample::select(vec![
                ReviewOrder::Risk, ReviewOrder::Due, ReviewOrder::Difficulty, ReviewOrder::Overdue,
            ]),
        ) {
            let cards: Vec<DueCard> = (1..).zip(cards).map(card).collect();
            let mut sorted = cards.clone();
            sorted.sort_by(|a, b| by_priority(a, b, order, TODAY));
            let mut needs = PriorityHeap { at_once, ..PriorityHeap::new(cards, order, TODAY) };
            let half: Vec<DueCard> = needs.by_ref().take(sorted.len() / 2).collect();
            prop_assert_eq!(needs.left(), sorted.len() - half.len());
            let all: Vec<DueCard> = half.into_iter().chain(needs).collect();
            prop_assert_eq!(all, sorted);
        }
    }
}
