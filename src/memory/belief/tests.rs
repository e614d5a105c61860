use proptest::prelude::*;

use super::filter::MAX_STATES;
use super::*;
use crate::memory::{Fsrs6, known_probability};
use crate::model::{Confidence, Guess, Rating};

/// Somebody who says nothing of guesses, and never slips.
const PLAIN: Answering =
    Answering { prior_knowledge: 0.3, luck: 1.0, owns_up: 0.0, false_alarm: 0.0, slip: 0.0, rates_luck: 0.0 };

fn replayer(luck_aware: bool) -> Replayer<Fsrs6> {
    Replayer { model: Fsrs6::default(), prior_knowledge: 0.3, luck_aware, answering: PLAIN }
}

fn evidence(right: bool, ways: u32) -> Evidence {
    let rating = if right { Rating::Good } else { Rating::Again };
    Evidence { right, rating, confidence: Confidence::Model, guess: Guess::from_ways(ways) }
}

fn days(days: u32) -> Elapsed {
    Elapsed::whole_days(days)
}

#[test]
fn a_first_answer_by_hand() {
    // R = 0.3, g = 1/2: known with 0.3 / (0.3 + 0.35) = 6/13. FSRS-6: S is 2.3065 after good, 0.212 after again, and
    // r(S, t) = (1 + (0.9^(−1/w20) − 1)·t/S)^(−w20) with w20 = 0.1542.
    let factor = 0.9_f64.powf(-1.0 / 0.1542) - 1.0;
    let recall = |stability: f64, days: f64| (1.0 + factor * days / stability).powf(-0.1542);
    let belief = Belief::default().after(&replayer(true), &evidence(true, 2), days(0));
    let expected = 6.0 / 13.0 * recall(2.3065, 3.0) + 7.0 / 13.0 * recall(0.212, 3.0);
    assert!((belief.recall(&Fsrs6::default(), days(3), 0.3) - expected).abs() < 1e-4);
    // The interval is where that recall is what is desired, and shorter than that of the state in between.
    let interval = belief.interval_days(&Fsrs6::default(), 0.8);
    let at = |days: f64| 6.0 / 13.0 * recall(2.3065, days) + 7.0 / 13.0 * recall(0.212, days);
    assert!(at(interval.floor()) >= 0.8 && at(interval.ceil()) < 0.8, "{interval}");
    // A right answer when it is asked next speaks for the state that was known.
    let known = known_probability(belief.recall(&Fsrs6::default(), days(3), 0.3), 0.5);
    let next = belief.after(&replayer(true), &evidence(true, 2), days(3));
    let sum: f64 =
        next.0.iter().filter(|possible| possible.state.stability > 1.0).map(|possible| possible.weight).sum();
    assert_eq!(next.0.len(), 4);
    assert!((sum - known).abs() < 1e-6, "{sum} {known}");
}

#[test]
fn what_is_believed_is_what_becomes_of_many_learners() {
    // A thousand learners who know three questions in ten, guess between two, and answer on the same days.
    let replayer = replayer(true);
    let mut chance = crate::chance::Chance::derived("a test", uuid::Uuid::nil(), 0, 1);
    let gaps = [0, 1, 2, 4];
    let mut groups: std::collections::HashMap<Vec<bool>, (f64, u32, Belief)> = std::collections::HashMap::new();
    for _ in 0..40_000 {
        let (mut truth, mut belief, mut answers) = (None, Belief::default(), Vec::new());
        for gap in gaps {
            let recall = truth.map_or(0.3, |state| replayer.model.retrievability(state, days(gap)));
            let knows = f64::from(chance.unit()) < recall;
            let right = knows || chance.unit() < 0.5;
            belief = belief.after(&replayer, &evidence(right, 2), days(gap));
            let rating = if knows { Rating::Good } else { Rating::Again };
            truth = Some(replayer.model.next_states(truth, days(gap)).after(rating));
            answers.push(right);
        }
        let recall = truth.map_or(0.0, |state| replayer.model.retrievability(state, days(5)));
        let group = groups.entry(answers).or_insert((0.0, 0, belief));
        group.0 += recall;
        group.1 += 1;
    }
    for (answers, (sum, count, belief)) in groups {
        if count > 1_000 {
            let believed = belief.recall(&replayer.model, days(5), 0.3);
            let mean = sum / f64::from(count);
            assert!((believed - mean).abs() < 0.01, "{answers:?}: {believed} {mean}");
        }
    }
}

#[test]
fn a_guess_that_was_owned_up_to_is_evidence_and_no_certainty() {
    // R = 0.9 after S days, g = 1/4. Known and called a guess: 0.9 · 0.05; lucky and called a guess: 0.1 · 0.25 · 0.6. So it was known
    // with 0.045 / 0.06.
    let guessed = Evidence { rating: Rating::Again, confidence: Confidence::Guessed, ..evidence(true, 4) };
    let before = Belief::certain(Some(MemoryState { stability: 10.0, difficulty: 5.0 }));
    let weights = |answering: Answering, evidence: &Evidence| -> Vec<f64> {
        let after = before.after(&Replayer { answering, ..replayer(true) }, evidence, days(10));
        after.0.iter().map(|possible| possible.weight).collect()
    };
    let honest = Answering { owns_up: 0.6, false_alarm: 0.05, ..PLAIN };
    let found = weights(honest, &guessed);
    assert!((found[1] - 0.75).abs() < 1e-6 && (found[0] - 0.25).abs() < 1e-6, "{found:?}");
    // Without false alarms, it is certain that the memory was not there.
    assert_eq!(weights(Answering { owns_up: 0.6, ..PLAIN }, &guessed), [1.0]);
    // To say nothing speaks for knowledge, of somebody who owns up: 0.9 · 0.95 against 0.1 · 0.25 · 0.4.
    let found = weights(honest, &evidence(true, 4));
    assert!((found[1] - 0.855 / 0.865).abs() < 1e-6, "{found:?}");
    // A wrong answer of somebody who slips: 0.9 · 0.01 against 0.1 · 0.75.
    let found = weights(Answering { slip: 0.01, ..PLAIN }, &evidence(false, 4));
    assert!((found[1] - 0.009 / 0.084).abs() < 1e-6, "{found:?}");
    // Luck that eliminates options: 0.9 against 0.1 · 0.5.
    let found = weights(Answering { luck: 2.0, ..PLAIN }, &evidence(true, 4));
    assert!((found[1] - 0.9 / 0.95).abs() < 1e-6, "{found:?}");
}

proptest! {
    #[test]
    fn without_luck_there_is_the_state_of_the_memory_bit_for_bit(
        answers in prop::collection::vec((0_u32..60, any::<bool>(), 0_u32..5), 1..30), luck_aware: bool, retention in 0.7..0.99_f64,
    ) {
        let replayer = replayer(luck_aware);
        let (mut belief, mut state) = (Belief::default(), None);
        for (gap, right, ways) in answers {
            // Luck is nothing where there is none, or where it is not reckoned with.
            let evidence = evidence(right, if luck_aware { 0 } else { ways });
            let gap = days(if state.is_none() { 0 } else { gap });
            belief = belief.after(&replayer, &evidence, gap);
            state = Some(replayer.model.next_states(state, gap).after(evidence.rating));
        }
        prop_assert_eq!(&belief, &Belief::certain(state));
        let expected = state.map(|state| replayer.model.interval_days(state, retention));
        prop_assert_eq!(Some(belief.interval_days(&replayer.model, retention)), expected);
    }

    #[test]
    fn beliefs_stay_few_and_add_up_and_their_intervals_hold_the_retention(
        answers in prop::collection::vec((0_u32..90, 0_u8..6, 1_u32..6), 1..40), retention in 0.7..0.99_f64,
    ) {
        let replayer = replayer(true);
        let mut belief = Belief::default();
        for (gap, kind, ways) in answers {
            let evidence = match kind {
                0 => evidence(false, ways),
                1 => Evidence { rating: Rating::Again, confidence: Confidence::Guessed, ..evidence(true, ways) },
                2 => Evidence { rating: Rating::Easy, confidence: Confidence::Stated, ..evidence(true, ways) },
                _ => evidence(true, ways),
            };
            belief = belief.after(&replayer, &evidence, days(gap));
            let sum: f64 = belief.0.iter().map(|possible| possible.weight).sum();
            prop_assert!((1..=MAX_STATES).contains(&belief.0.len()) && (sum - 1.0).abs() < 1e-9, "{belief:?}");
            prop_assert!(belief.0.iter().all(|possible| possible.state.stability.is_finite()));
        }
        let interval = belief.interval_days(&replayer.model, retention);
        let recall = |days: f64| belief.recall(&replayer.model, Elapsed::whole_days(days as u32), 0.3);
        prop_assert!((0.0..=36_501.0).contains(&interval));
        if belief.is_in_doubt() {
            prop_assert!(recall(interval.floor()) >= retention - 1e-9 && recall(interval.floor() + 1.0) <= retention + 1e-9);
        }
    }
}

#[test]
fn a_memory_is_drawn_by_its_probabilities() {
    assert_eq!(Belief::default().draw(0.5), None);
    // The states are in the order of their stability: forgotten with 7/13, known with 6/13.
    let belief = Belief::default().after(&replayer(true), &evidence(true, 2), days(0));
    let stability = |place| belief.draw(place).expect("a state").stability;
    assert!((stability(7.0 / 13.0 - 0.001) - 0.212).abs() < 1e-4);
    assert!((stability(7.0 / 13.0 + 0.001) - 2.3065).abs() < 1e-4);
    assert!((stability(0.999_999) - 2.3065).abs() < 1e-4);
}
