//! When a card comes back after an answer.

use uuid::Uuid;

use super::within_bounds;
use crate::chance::Chance;
use crate::memory::{Answered, Elapsed, Evidence, Model, Replayer};
use crate::model::{CardMemory, CardState, Confidence, Due, MemoryState, Moment, Rating, Settings, StudyDay};

const DAY_MS: f64 = 86_400_000.0;

/// Decides when cards come back.
#[derive(Clone, Copy, Debug)]
pub struct Scheduler<'a, M> {
    /// What the model makes of an answer.
    pub replayer: &'a Replayer<M>,
    /// The settings of the card's deck.
    pub settings: &'a Settings,
    /// The person's `RETAIN_SEED`, 0 without one.
    pub seed: u64,
}

/// What an answer leads to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outcome {
    /// When the card comes back.
    pub due: Due,
    /// Days until then; a fraction in learning steps.
    pub interval_days: f64,
    /// What the model made of the answer.
    pub answered: Answered,
}

impl<M: Model> Scheduler<'_, M> {
    /// What such an answer to this card leads to. Nothing is changed.
    pub fn outcome(&self, card: &CardMemory, uid: Uuid, evidence: &Evidence, at: Moment, day: StudyDay) -> Outcome {
        let answered = self.replayer.judge(card, evidence, at.utc_ms, day);
        match self.step_wait(card, evidence.rating) {
            Some(wait) => {
                Outcome { due: Due::At(at.utc_ms.saturating_add(wait)), interval_days: wait as f64 / DAY_MS, answered }
            }
            None => {
                let days = self.interval(card, uid, evidence, at, day, &answered);
                Outcome { due: Due::Day(day.plus(days)), interval_days: f64::from(days), answered }
            }
        }
    }

    /// The wait of the step that this rating leads to, in milliseconds; none where the card leaves the steps.
    fn step_wait(&self, card: &CardMemory, rating: Rating) -> Option<i64> {
        let steps = match card.state {
            CardState::New | CardState::Learning => &self.settings.learning_steps,
            CardState::Review | CardState::Relearning => &self.settings.relearning_steps,
        };
        let step = usize::from(card.step);
        match (rating, card.state) {
            (Rating::Again, _) => steps.first().copied(),
            (_, CardState::Review) | (Rating::Easy, _) => None,
            (Rating::Hard, _) if step == 0 => match steps[..] {
                [] => None,
                // Longer than again and shorter than good.
                [only] => Some(only + (only / 2).min(DAY_MS as i64)),
                [first, second, ..] => Some(i64::midpoint(first, second.max(first))),
            },
            (Rating::Hard, _) => steps.get(step).or(steps.last()).copied(),
            (Rating::Good, _) => steps.get(step + 1).copied(),
        }
    }

    fn interval(
        &self,
        card: &CardMemory,
        uid: Uuid,
        evidence: &Evidence,
        at: Moment,
        day: StudyDay,
        answered: &Answered,
    ) -> u32 {
        let place = self.settings.fuzz.then(|| Chance::derived("fuzz", uid, card.repetitions, self.seed).unit());
        let maximum = self.settings.maximum_interval;
        let raw = |state: MemoryState| self.replayer.model.interval_days(state, self.settings.desired_retention);
        let last = match (card.state, card.due, card.last_day) {
            (CardState::Review, Some(Due::Day(due)), Some(last)) => due.since(last),
            _ => 0,
        };
        // Where the model lengthens an interval, fuzz does not shorten it again.
        let fuzzed = |interval: f64, minimum: u32| {
            let floor =
                if interval > f64::from(last) { last.saturating_add(1).min(interval.round() as u32) } else { 1 };
            within_bounds(interval, minimum.max(floor).max(1), maximum, place)
        };
        if evidence.rating == Rating::Again {
            return within_bounds(raw(answered.after), 1, maximum, place);
        }
        let elapsed =
            Elapsed { days: card.elapsed_days(day), ms: card.last_at.map_or(0, |last| (at.utc_ms - last).max(0)) };
        let next = self.replayer.model.next_states(card.memory, elapsed);
        let in_review = card.state == CardState::Review;
        let hard = fuzzed(raw(next.after(Rating::Hard)), 1);
        let good = fuzzed(raw(next.after(Rating::Good)), if in_review { hard + 1 } else { hard });
        match (evidence.rating, evidence.confidence) {
            (Rating::Hard, _) => hard,
            (Rating::Easy, _) => fuzzed(raw(next.after(Rating::Easy)), good + 1),
            // Luck only ever shortens the interval of a good answer.
            (_, Confidence::Model) if answered.known_probability.is_some_and(|known| known < 1.0) => {
                within_bounds(raw(answered.after), 1, maximum, place).min(good)
            }
            _ => good,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::memory::Fsrs6;
    use crate::model::Guess;

    const NOW: Moment = Moment { utc_ms: 1_795_000_000_000, offset_minutes: 60 };
    const TODAY: StudyDay = StudyDay(20_775);

    fn replayer() -> Replayer<Fsrs6> {
        Replayer { model: Fsrs6::default(), prior_knowledge: 0.3, luck_aware: true }
    }

    fn evidence(rating: Rating) -> Evidence {
        let confidence = if rating == Rating::Good { Confidence::Model } else { Confidence::Stated };
        Evidence { right: rating != Rating::Again, rating, confidence, guess: Guess::NONE }
    }

    fn in_review(stability: f32, interval: u32, ago: u32) -> CardMemory {
        let last = StudyDay(TODAY.0 - ago as i32);
        CardMemory {
            state: CardState::Review,
            memory: Some(MemoryState { stability, difficulty: 5.0 }),
            due: Some(Due::Day(last.plus(interval))),
            last_day: Some(last),
            last_at: Some(NOW.utc_ms - i64::from(ago) * 86_400_000),
            repetitions: 3,
            ..CardMemory::NEW
        }
    }

    fn outcomes(card: &CardMemory, settings: &Settings) -> [Outcome; 4] {
        let replayer = replayer();
        let scheduler = Scheduler { replayer: &replayer, settings, seed: 0 };
        Rating::ALL.map(|rating| scheduler.outcome(card, Uuid::NAMESPACE_OID, &evidence(rating), NOW, TODAY))
    }

    #[test]
    fn a_new_card_goes_through_the_steps() {
        let minutes = outcomes(&CardMemory::NEW, &Settings::default()).map(|outcome| match outcome.due {
            Due::At(ms) => (ms - NOW.utc_ms) as f64 / 60_000.0,
            Due::Day(_) => f64::NAN,
        });
        assert_eq!(minutes[..3], [1.0, 5.5, 10.0]);
        assert!(minutes[3].is_nan(), "easy leaves the steps");
        let second = CardMemory { state: CardState::Learning, step: 1, ..CardMemory::NEW };
        assert!(matches!(outcomes(&second, &Settings::default())[2].due, Due::Day(_)));
    }

    #[test]
    fn without_steps_a_card_goes_by_days_at_once() {
        let mut settings = Settings::default();
        settings.set("learning-steps", "none").expect("a value");
        settings.set("relearning-steps", "none").expect("a value");
        for outcome in
            outcomes(&CardMemory::NEW, &settings).into_iter().chain(outcomes(&in_review(20.0, 20, 20), &settings))
        {
            assert!(matches!(outcome.due, Due::Day(day) if day > TODAY));
        }
    }

    #[test]
    fn the_interval_history_of_the_reference_schedulers() {
        // py-fsrs `test_review_card` and ts-fsrs `ivl_history`: good ×6, again ×2, good ×5, each answered when due, without fuzz.
        let settings = Settings { fuzz: false, ..Settings::default() };
        let replayer = replayer();
        let scheduler = Scheduler { replayer: &replayer, settings: &settings, seed: 0 };
        let (mut card, mut at, mut intervals) = (CardMemory::NEW, NOW, Vec::new());
        for number in [3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3] {
            let rating = Rating::from_number(number).expect("a rating");
            let day = at.study_day(Default::default());
            let outcome = scheduler.outcome(&card, Uuid::NAMESPACE_OID, &evidence(rating), at, day);
            let review = crate::model::Review {
                id: crate::model::LogId(Uuid::nil()),
                card: crate::model::CardId(1),
                at,
                day,
                rating,
                kind: card.state.into(),
                confidence: evidence(rating).confidence,
                right: rating != Rating::Again,
                picked: Vec::new(),
                shown: Vec::new(),
                order_seed: 0,
                guess: Guess::NONE,
                took_ms: 0,
                device: String::new(),
                due: outcome.due,
            };
            replayer.answer(&mut card, &review);
            intervals.push(outcome.interval_days as u32);
            at = match outcome.due {
                Due::At(ms) => Moment { utc_ms: ms, ..at },
                Due::Day(due) => at.plus_ms(i64::from(due.since(day)) * 86_400_000),
            };
        }
        assert_eq!(intervals, [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]);
    }

    #[test]
    fn luck_shortens_the_interval_of_a_good_answer() {
        let replayer = replayer();
        let settings = Settings::default();
        let scheduler = Scheduler { replayer: &replayer, settings: &settings, seed: 0 };
        let card = in_review(30.0, 30, 90);
        let lucky = Evidence { guess: Guess::one_of(2), ..evidence(Rating::Good) };
        let days = |evidence| scheduler.outcome(&card, Uuid::NAMESPACE_OID, &evidence, NOW, TODAY).interval_days;
        assert!(days(lucky) < days(evidence(Rating::Good)));
        assert_eq!(days(Evidence { confidence: Confidence::Stated, ..lucky }), days(evidence(Rating::Good)));
    }

    proptest! {
        #[test]
        fn intervals_grow_with_the_rating(stability in 0.1..5_000.0_f32, interval in 1_u32..3_000, late in -20_i32..400, fuzz: bool) {
            let ago = interval.saturating_add_signed(late).max(1);
            let settings = Settings { fuzz, ..Settings::default() };
            let [_, hard, good, easy] = outcomes(&in_review(stability, interval, ago), &settings).map(|outcome| outcome.interval_days);
            prop_assert!(hard >= 1.0);
            prop_assert!(good > hard || good == f64::from(settings.maximum_interval));
            prop_assert!(easy > good || easy == f64::from(settings.maximum_interval));
        }
    }
}
