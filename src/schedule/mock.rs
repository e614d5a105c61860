//! Which questions a mock exam asks: as many of each topic as its share of the bank, at random within it.

use std::collections::{BTreeMap, HashSet};

use crate::chance::Chance;
use crate::model::{CardId, QuestionId};

/// A card that an exam may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Askable {
    /// Its number.
    pub card: CardId,
    /// Its question: an exam asks a question once, by the first of its cards.
    pub question: QuestionId,
    /// A number that is the same for cards of one topic.
    pub topic: Option<i64>,
}

/// The cards of an exam with this many questions (all cards if there are fewer), in the order to be asked. The same cards and the same
/// chance give the same exam, in any order of the cards.
///
/// A topic gets its share of the questions, rounded by the method of the largest remainder (Hare and Niemeyer), and at least
/// one question from half a share on, if there are enough for that. Between equal shares, chance decides.
pub fn draw_exam(cards: &[Askable], questions: usize, chance: &mut Chance) -> Vec<CardId> {
    let mut cards = cards.to_vec();
    cards.sort_unstable_by_key(|askable| askable.card);
    let mut seen = HashSet::new();
    cards.retain(|askable| seen.insert(askable.question));
    let mut by_topic: BTreeMap<Option<i64>, Vec<CardId>> = BTreeMap::new();
    for askable in &cards {
        by_topic.entry(askable.topic).or_default().push(askable.card);
    }
    let mut topics: Vec<Vec<CardId>> = by_topic.into_values().collect();
    chance.shuffle(&mut topics);
    let sizes: Vec<usize> = topics.iter().map(Vec::len).collect();
    let mut drawn = Vec::new();
    for (topic, places) in topics.iter_mut().zip(shares(&sizes, questions.min(cards.len()))) {
        chance.shuffle(topic);
        drawn.extend(topic.iter().take(places));
    }
    chance.shuffle(&mut drawn);
    drawn
}

/// How many of `places` each topic gets, given how many questions it has; `places` is no more than there are questions. Of equal
/// topics, the first ones get more.
fn shares(sizes: &[usize], places: usize) -> Vec<usize> {
    let all = sizes.iter().sum::<usize>().max(1);
    // In fractions of one place, so that nothing is rounded: a share is size × places, and a place is all.
    let share = |topic: usize| sizes[topic] * places;
    let mut got: Vec<usize> =
        (0..sizes.len()).map(|topic| (share(topic) / all).max(usize::from(2 * share(topic) >= all))).collect();
    let mut given: usize = got.iter().sum();
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    // The places left go to the largest remainders. A topic that got a place for less than a share has none.
    order.sort_by_key(|&topic| std::cmp::Reverse(share(topic).saturating_sub(got[topic] * all)));
    for &topic in order.iter().take(places.saturating_sub(given)) {
        got[topic] += 1;
        given += 1;
    }
    // Too many small topics: the others give up a place each, the smallest remainder first, and in the end the smallest topics.
    while given > places {
        let short = |topic: &usize| share(*topic).saturating_sub(got[*topic] * all);
        let large = (0..sizes.len()).rev().filter(|&topic| got[topic] > 1).min_by_key(short);
        let small = || (0..sizes.len()).rev().filter(|&topic| got[topic] > 0).min_by_key(|&topic| share(topic));
        let Some(topic) = large.or_else(small) else { break };
        got[topic] -= 1;
        given -= 1;
    }
    got
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn chance(count: u32) -> Chance {
        Chance::derived("mock exam", Uuid::NAMESPACE_OID, count, 0)
    }

    /// Topics of these sizes, each card of a question of its own.
    fn bank(sizes: &[usize]) -> Vec<Askable> {
        let topics = (0..).zip(sizes).flat_map(|(topic, size)| std::iter::repeat_n(Some(topic), *size));
        (1..)
            .zip(topics)
            .map(|(number, topic)| Askable { card: CardId(number), question: QuestionId(number), topic })
            .collect()
    }

    #[test]
    fn shares_are_those_of_the_published_examples() {
        // The apportionment by largest remainder of the English Wikipedia (votes of six parties, ten seats).
        assert_eq!(shares(&[47_000, 16_000, 15_800, 12_000, 6_100, 3_100], 10), [5, 2, 1, 1, 1, 0]);
        assert_eq!(shares(&[30, 20, 10], 6), [3, 2, 1]);
    }

    #[test]
    fn half_a_share_is_enough_for_one_question() {
        // Shares 7.2, 0.6, 0.6, 0.6: by remainders alone, the last topic would get nothing.
        assert_eq!(shares(&[24, 2, 2, 2], 9), [6, 1, 1, 1]);
        // Four topics with half a share or more, and two questions: the largest ones.
        assert_eq!(shares(&[4, 3, 3, 2], 2), [1, 1, 0, 0]);
        assert_eq!(shares(&[], 0), [0; 0]);
    }

    #[test]
    fn every_question_of_a_topic_comes_as_often_as_another() {
        // Chi-squared over 8 questions and 4,000 exams of two of them: the 0.999 quantile at 7 degrees of freedom is 24.3.
        let cards = bank(&[8, 24]);
        let mut counts = [0_u32; 8];
        for count in 0..4_000 {
            for card in draw_exam(&cards, 8, &mut chance(count)) {
                if let Some(counted) = counts.get_mut(card.0 as usize - 1) {
                    *counted += 1;
                }
            }
        }
        let chi: f64 = counts.iter().map(|&n| (f64::from(n) - 1_000.0).powi(2) / 1_000.0).sum();
        assert!(chi < 24.3, "{counts:?}");
    }

    proptest! {
        #[test]
        fn an_exam_is_as_large_as_asked_for_and_asks_nothing_twice(
            sizes in prop::collection::vec(0_usize..40, 0..30), wanted in 1_usize..400, twins in 0_usize..20, count: u32,
        ) {
            let mut cards = bank(&sizes);
            let questions = cards.len();
            // Further cards of questions that are there.
            for twin in 0..twins.min(questions) {
                let card = CardId(10_000 + cards[twin].card.0);
                cards.push(Askable { card, ..cards[twin] });
            }
            let drawn = draw_exam(&cards, wanted, &mut chance(count));
            prop_assert_eq!(drawn.len(), wanted.min(questions));
            let by_card: HashMap<CardId, Askable> = cards.iter().map(|askable| (askable.card, *askable)).collect();
            let asked: HashSet<QuestionId> = drawn.iter().map(|card| by_card[card].question).collect();
            prop_assert_eq!(asked.len(), drawn.len());
            prop_assert!(drawn.iter().all(|card| card.0 < 10_000), "the first card of a question asks it");
            // The order in which the database gives the cards is no matter.
            cards.reverse();
            prop_assert_eq!(draw_exam(&cards, wanted, &mut chance(count)), drawn);
        }

        #[test]
        fn a_topic_gets_its_share(sizes in prop::collection::vec(1_usize..60, 1..30), wanted in 1_usize..400) {
            let all: usize = sizes.iter().sum();
            let places = wanted.min(all);
            let got = shares(&sizes, places);
            prop_assert_eq!(got.iter().sum::<usize>(), places);
            let share = |topic: usize| (sizes[topic] * places) as f64 / all as f64;
            let halves = (0..sizes.len()).filter(|&topic| share(topic) >= 0.5 && share(topic) < 1.0).count();
            for (topic, &got) in got.iter().enumerate() {
                prop_assert!(got <= sizes[topic]);
                prop_assert!(got as f64 <= share(topic).ceil().max(1.0));
                // Each small topic takes no more than half a place from the others.
                prop_assert!(got as f64 >= share(topic).floor() - halves as f64);
            }
            let lower: usize = (0..sizes.len()).filter(|&topic| share(topic) >= 0.5).count();
            if lower <= places {
                prop_assert!((0..sizes.len()).all(|topic| share(topic) < 0.5 || got[topic] > 0));
            }
        }
    }
}
