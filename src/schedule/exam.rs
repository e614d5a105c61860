//! The queue of a deck before its exam: the cards with the greatest gain in recall on the day of the exam per second.
//!
//! After an answer today, T − t days before the exam, recall on that day is r(S_good, T − t) if the card is known (R) and
//! r(S_again, T − t) if not. Without the answer it is r(S, T − last), or the prior knowledge for a new card. The gain counts (1 − g)
//! times in the score of the exam, because luck answers a share g of the unknown questions. Its price is the time of the answer.

use super::{Allowance, Habits};
use crate::memory::{Elapsed, Model, Replayer};
use crate::model::{CardId, CardState, DeckId, Guess, MemoryState, Rating, Settings, StudyDay};

/// A gain below a tenth of a point of the score is ignored: with time to spare, the same few cards would be asked every day.
const LEAST_GAIN: f64 = 0.001;

/// Days until the exam of a deck, if it is in the future. On the day itself and afterwards the deck is an ordinary one.
pub fn days_to_exam(settings: &Settings, today: StudyDay) -> Option<u32> {
    settings.exam.map(|exam| exam.since(today)).filter(|days| *days > 0)
}

/// The gain in recall on the day of the exam, `days_left` from now, by an answer now.
///
/// `memory` is `None` if the card is new; then it is known with probability `prior`. Its last answer was `elapsed_days` ago.
pub fn gain<M: Model>(model: &M, memory: Option<MemoryState>, elapsed_days: u32, days_left: u32, prior: f64) -> f64 {
    outlook(model, memory, elapsed_days, days_left, prior).1
}

/// From how many days before the exam on an answer to a new card gains anything, `days_left` at the most: farther away what is learnt now is
/// forgotten by then.
pub fn days_of_gain<M: Model>(model: &M, days_left: u32, prior: f64) -> u32 {
    (1..=days_left).rev().find(|days| gain(model, None, 0, *days, prior) >= LEAST_GAIN).unwrap_or(0)
}

/// How likely the card is known now, and the gain. Only the needed states are computed: there may be very many cards.
fn outlook<M: Model>(
    model: &M,
    memory: Option<MemoryState>,
    elapsed_days: u32,
    days_left: u32,
    prior: f64,
) -> (f64, f64) {
    let now = Elapsed::whole_days(elapsed_days);
    let on_the_day = |state, days| model.retrievability(state, Elapsed::whole_days(days));
    let known = memory.map_or(prior, |state| model.retrievability(state, now));
    let without = memory.map_or(prior, |state| on_the_day(state, elapsed_days.saturating_add(days_left)));
    let after = |rating| on_the_day(model.next_state(memory, now, rating), days_left);
    (known, known * after(Rating::Good) + (1.0 - known) * after(Rating::Again) - without)
}

/// A card that could be asked today.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExamCandidate {
    /// Its number.
    pub card: CardId,
    /// The deck of its question.
    pub deck: DeckId,
    /// New or in review.
    pub state: CardState,
    /// The gain in the score on the day of the exam: what the card would add to it as the only question.
    pub gain: f64,
    /// The seconds that asking it takes.
    pub seconds: f64,
}

/// A card before its gain and cost are known; then it is a [`ExamCandidate`].
#[derive(Clone, Copy, Debug)]
pub struct ExamProspect {
    /// Its number.
    pub card: CardId,
    /// The deck of its question.
    pub deck: DeckId,
    /// Stability and difficulty; `None` if the card is new.
    pub memory: Option<MemoryState>,
    /// Whole days since its last answer.
    pub elapsed_days: u32,
    /// The chance of being right by luck.
    pub guess: Guess,
}

impl ExamProspect {
    /// Computes what asking the card today gains and costs. A new card is known with the prior knowledge of the person.
    pub fn weigh<M: Model>(
        &self,
        replayer: &Replayer<M>,
        settings: &Settings,
        habits: &Habits,
        days_left: u32,
    ) -> ExamCandidate {
        let prior = replayer.answering.prior_knowledge;
        let (known, gain) = outlook(&replayer.model, self.memory, self.elapsed_days, days_left, prior);
        // When `luck-aware` is off, recall means right answers, and a point of it is a point of the score.
        let luck = if settings.luck_aware { self.guess.probability() } else { 0.0 };
        let state = if self.memory.is_some() { CardState::Review } else { CardState::New };
        ExamCandidate {
            card: self.card,
            deck: self.deck,
            state,
            gain: (1.0 - luck) * gain,
            seconds: habits.expected_seconds(state, known),
        }
    }
}

/// The time that is left on a day for the cards of an exam; `None` if only the limits of the decks count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExamTime(Option<f64>);

impl ExamTime {
    /// What is left of the `minutes-per-day` of these settings after `spent_seconds`.
    pub fn left_after(settings: &Settings, spent_seconds: f64) -> Self {
        Self(settings.minutes_per_day.map(|minutes| (f64::from(minutes) * 60.0 - spent_seconds).max(0.0)))
    }

    /// Reserves time for cards that are asked in any case.
    pub fn set_aside(&mut self, seconds: f64) {
        self.0 = self.0.map(|left| (left - seconds).max(0.0));
    }

    /// How many answers of `seconds` each fit at most; `None` if only the limits of the decks count.
    pub fn answers(&self, seconds: f64) -> Option<u32> {
        self.0.map(|left| (left / seconds.max(0.1)).floor() as u32)
    }

    fn admit(&mut self, card: &ExamCandidate, allowance: &mut Allowance) -> bool {
        match &mut self.0 {
            Some(left) if card.seconds <= *left => {
                *left -= card.seconds;
                true
            }
            Some(_) => false,
            None => allowance.take_review(card.deck),
        }
    }
}

/// The cards that fit, those with the greatest gain per second first. Cards that would gain less than a tenth of a point are left out.
pub fn choose(candidates: Vec<ExamCandidate>, time: ExamTime, allowance: &mut Allowance) -> Vec<ExamCandidate> {
    choose_some(candidates, time, allowance).0
}

/// The same, and whether all cards with a gain fit.
pub(super) fn choose_some(
    mut candidates: Vec<ExamCandidate>,
    mut time: ExamTime,
    allowance: &mut Allowance,
) -> (Vec<ExamCandidate>, bool) {
    let worth = |card: &ExamCandidate| card.gain / card.seconds.max(0.1);
    candidates.retain(|card| card.gain >= LEAST_GAIN);
    candidates.sort_unstable_by(|a, b| worth(b).total_cmp(&worth(a)).then(a.card.cmp(&b.card)));
    let gaining = candidates.len();
    candidates.retain(|card| time.admit(card, allowance));
    let all = candidates.len() == gaining;
    (candidates, all)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::memory::Fsrs6;
    use crate::model::Deck;
    use crate::schedule::DeckLimit;

    const DECK: DeckId = DeckId(1);

    fn allowance(reviews_per_day: u32) -> Allowance {
        Allowance::new(&[DeckLimit {
            deck: Deck { id: DECK, name: "A".into() },
            new_per_day: 0,
            reviews_per_day,
            new_ignores_review_limit: false,
            new_done: 0,
            reviews_done: 0,
        }])
    }

    /// FSRS-6: r(S, t) = (1 + (0.9^(−1/w20) − 1)·t/S)^(−w20), with the default w20 = 0.1542.
    fn recall(stability: f64, days: f64) -> f64 {
        let factor = 0.9_f64.powf(-1.0 / 0.1542) - 1.0;
        (1.0 + factor * days / stability).powf(-0.1542)
    }

    #[test]
    fn the_gain_of_a_new_card_by_hand() {
        // Published first stabilities: good 2.3065, again 0.212.
        let by_hand = 0.3 * recall(2.3065, 40.0) + 0.7 * recall(0.212, 40.0) - 0.3;
        assert!((gain(&Fsrs6::default(), None, 0, 40, 0.3) - by_hand).abs() < 1e-5);
    }

    #[test]
    fn the_gain_of_a_review_by_hand() {
        // Published formulas of FSRS-6 with the default parameters, for S = 10 and D = 5, asked after 12 days, 30 days before.
        let (s, d, r) = (10.0_f64, 5.0_f64, recall(10.0, 12.0));
        let (w8, w9, w10) = (1.8722_f64, 0.1666_f64, 0.796_f64);
        let good = s * (1.0 + w8.exp() * (11.0 - d) * s.powf(-w9) * ((w10 * (1.0 - r)).exp() - 1.0));
        let (w11, w12, w13, w14) = (1.4835_f64, 0.0614_f64, 0.2629_f64, 1.6483_f64);
        let again = w11 * d.powf(-w12) * ((s + 1.0).powf(w13) - 1.0) * (w14 * (1.0 - r)).exp();
        let by_hand = r * recall(good, 30.0) + (1.0 - r) * recall(again, 30.0) - recall(s, 42.0);
        let state = MemoryState { stability: 10.0, difficulty: 5.0 };
        assert!((gain(&Fsrs6::default(), Some(state), 12, 30, 0.3) - by_hand).abs() < 1e-4, "{by_hand}");
    }

    #[test]
    fn a_point_of_recall_is_worth_what_luck_leaves_of_it() {
        let state = MemoryState { stability: 10.0, difficulty: 5.0 };
        let weighed = |card, guess, settings: &Settings| {
            let prospect =
                ExamProspect { card: CardId(card), deck: DECK, memory: Some(state), elapsed_days: 12, guess };
            let replayer = Replayer {
                model: Fsrs6::default(),
                prior_knowledge: 0.3,
                luck_aware: true,
                answering: crate::memory::Answering::USUAL,
            };
            prospect.weigh(&replayer, settings, &Habits::default(), 30)
        };
        let settings = Settings::default();
        let recall = gain(&Fsrs6::default(), Some(state), 12, 30, 0.3);
        let [typed, five, two] = [(1, Guess::NONE), (2, Guess::one_of(5)), (3, Guess::one_of(2))]
            .map(|(card, guess)| weighed(card, guess, &settings));
        assert!((typed.gain - recall).abs() < 1e-12);
        assert!((five.gain - 0.8 * recall).abs() < 1e-12);
        assert!((two.gain - 0.5 * recall).abs() < 1e-12);
        // Alike but for luck: where luck helps least, knowing helps most.
        let order = choose(vec![two, five, typed], ExamTime(None), &mut allowance(2));
        assert_eq!(order.iter().map(|card| card.card.0).collect::<Vec<_>>(), [1, 2]);
        let right = Settings { luck_aware: false, ..Settings::default() };
        assert!((weighed(3, Guess::one_of(2), &right).gain - recall).abs() < 1e-12);
        // A gain of 0.15 points of recall with two options is one of 0.075 points of the score, and is left out.
        let slight = |gain| ExamCandidate { gain, ..two };
        assert!(choose(vec![slight(0.5 * 0.0015)], ExamTime(None), &mut allowance(2)).is_empty());
        assert_eq!(choose(vec![slight(0.5 * 0.0021)], ExamTime(None), &mut allowance(2)).len(), 1);
    }

    #[test]
    fn the_day_of_the_exam_and_those_after_it_are_ordinary() {
        let settings = Settings { exam: Some(StudyDay(100)), ..Settings::default() };
        assert_eq!(
            [98, 99, 100, 101].map(|day| days_to_exam(&settings, StudyDay(day))),
            [Some(2), Some(1), None, None]
        );
        assert_eq!(days_to_exam(&Settings::default(), StudyDay(1)), None);
    }

    #[test]
    fn a_quick_card_comes_before_a_slow_one_of_the_same_gain() {
        let card = |card, gain, seconds| ExamCandidate {
            card: CardId(card),
            deck: DECK,
            state: CardState::Review,
            gain,
            seconds,
        };
        let cards = vec![card(1, 0.2, 20.0), card(2, 0.2, 10.0), card(3, 0.0, 1.0), card(4, 0.5, 60.0)];
        let order =
            |room| choose(cards.clone(), room, &mut allowance(9)).iter().map(|card| card.card.0).collect::<Vec<_>>();
        assert_eq!(order(ExamTime(None)), [2, 1, 4]);
        assert_eq!(order(ExamTime(Some(30.0))), [2, 1]);
        // What does not fit makes way for what does.
        assert_eq!(order(ExamTime(Some(15.0))), [2]);
    }

    proptest! {
        #[test]
        fn the_queue_is_within_the_time_and_leaves_nothing_better(
            cards in prop::collection::vec((-0.1..0.9_f64, 1.0..60.0_f64), 0..80),
            minutes in prop::option::of(1_u32..20), limit in 0_u32..50,
        ) {
            let cards: Vec<ExamCandidate> = (0..).zip(&cards).map(|(card, (gain, seconds))| ExamCandidate {
                card: CardId(card), deck: DECK, state: CardState::Review, gain: *gain, seconds: *seconds,
            }).collect();
            let settings = Settings { minutes_per_day: minutes, ..Settings::default() };
            let chosen = choose(cards.clone(), ExamTime::left_after(&settings, 0.0), &mut allowance(limit));
            let mut ids: Vec<i64> = chosen.iter().map(|card| card.card.0).collect();
            ids.sort_unstable();
            ids.dedup();
            prop_assert_eq!(ids.len(), chosen.len());
            prop_assert!(chosen.iter().all(|card| cards.contains(card) && card.gain >= LEAST_GAIN));
            let worth = |card: &ExamCandidate| card.gain / card.seconds;
            prop_assert!(chosen.windows(2).all(|pair| worth(&pair[0]) >= worth(&pair[1])));
            let able = cards.iter().filter(|card| card.gain >= LEAST_GAIN).count();
            match minutes {
                None => prop_assert_eq!(chosen.len(), able.min(limit as usize)),
                Some(minutes) => {
                    let spent: f64 = chosen.iter().map(|card| card.seconds).sum();
                    prop_assert!(spent <= f64::from(minutes) * 60.0 + 1e-6);
                    // Whoever was left out had no room at the end.
                    let left = f64::from(minutes) * 60.0 - spent;
                    prop_assert!(cards.iter().all(|card| card.gain < LEAST_GAIN || chosen.contains(card) || card.seconds > left - 1e-6));
                }
            }
        }
    }
}
