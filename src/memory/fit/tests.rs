use fsrs::FSRS;

use super::*;
use crate::memory::{Evidence, Incumbent, Prediction, Seen, Trial, consider, consider_against, metrics, predictions};
use crate::model::{Confidence, DeckId, Guess};

/// Cards of somebody whose memory is this, answered when the defaults ask for them; one in `ways` is guessed right.
fn answered(truth: &Fsrs6, cards: u32, ways: u32) -> Vec<History> {
    let planner = Fsrs6::default();
    let mut chance = Chance::derived("a test", Uuid::nil(), cards, u64::from(ways));
    let guess = Guess::from_ways(ways);
    let mut histories = Vec::new();
    for card in 0..cards {
        let mut history = History { deck: DeckId(1), prior_knowledge: 0.3, luck_aware: true, trials: Vec::new() };
        let (mut state, mut planned, mut elapsed_days, mut day) = (None, None, 0, card % 40);
        while day < 200 {
            let elapsed = Elapsed::whole_days(elapsed_days);
            let recall = state.map_or(0.3, |state| truth.retrievability(state, elapsed));
            let knows = f64::from(chance.unit()) < recall;
            let right = knows || f64::from(chance.unit()) < guess.probability();
            let rating = |good| if good { Rating::Good } else { Rating::Again };
            let evidence = Evidence { right, rating: rating(right), confidence: Confidence::Model, guess };
            // Cards of a day in their order: the place is the same for all fits, which is what counts here.
            let order = day * 1_000 + card;
            history.trials.push(Trial { evidence, elapsed_days, order, predicted: elapsed_days > 0 });
            state = Some(truth.next_states(state, elapsed).after(rating(knows)));
            let after = planner.next_states(planned, elapsed).after(rating(right));
            planned = Some(after);
            elapsed_days = (planner.interval_days(after, 0.9).round() as u32).max(1);
            day += elapsed_days;
        }
        histories.push(history);
    }
    histories
}

/// Somebody who forgets faster than the defaults say.
fn somebody() -> Fsrs6 {
    let mut parameters = DEFAULT_PARAMETERS.to_vec();
    for parameter in &mut parameters[..4] {
        *parameter *= 0.2;
    }
    parameters[8] = 1.3;
    parameters[20] = 0.5;
    Fsrs6::new(&parameters).expect("parameters")
}

fn go_on(_: usize, _: usize) -> bool {
    true
}

fn bits(parameters: &[f32]) -> Vec<u32> {
    parameters.iter().map(|parameter| parameter.to_bits()).collect()
}

#[test]
fn the_same_answers_give_the_same_bits() {
    for ways in [0, 4] {
        let histories = answered(&somebody(), 120, ways);
        let first = fit(&histories, u32::MAX, &mut go_on).expect("a fit");
        let second = fit(&histories, u32::MAX, &mut go_on).expect("a fit");
        assert_eq!(bits(&first), bits(&second));
        assert_eq!(first.len(), 21);
        assert_ne!(bits(&first), bits(&DEFAULT_PARAMETERS));
    }
}

#[test]
fn fits_are_within_the_ranges_of_the_setting() {
    // Those who forget nothing, and those who forget everything, pull the parameters to their ends.
    for always in [None, Some(Rating::Easy), Some(Rating::Again)] {
        let mut histories = answered(&somebody(), 100, 0);
        for trial in histories.iter_mut().flat_map(|history| &mut history.trials) {
            trial.evidence.rating = always.unwrap_or(trial.evidence.rating);
        }
        let fitted = fit(&histories, u32::MAX, &mut go_on).expect("a fit");
        assert_ne!(fitted, DEFAULT_PARAMETERS, "{always:?}");
        let text = fitted.iter().map(f32::to_string).collect::<Vec<_>>().join(", ");
        assert_eq!(crate::model::Settings::default().set("parameters", &text), Ok(()), "{text}");
    }
}

#[test]
fn what_comes_later_does_not_matter() {
    let histories = answered(&somebody(), 120, 0);
    let place = 150_000;
    let mut past = histories.clone();
    for history in &mut past {
        history.trials.retain(|trial| trial.order < place);
    }
    let early = fit(&histories, place, &mut go_on).expect("a fit");
    assert_eq!(bits(&early), bits(&fit(&past, u32::MAX, &mut go_on).expect("a fit")));
}

#[test]
fn few_answers_give_no_fit() {
    let histories = answered(&somebody(), 1, 0);
    assert!(histories.iter().map(|history| history.predicted().count()).sum::<usize>() < FEWEST_ITEMS);
    assert_eq!(fit(&histories, u32::MAX, &mut go_on), Err(NoFit::TooFew));
    assert_eq!(fit(&[], u32::MAX, &mut go_on), Err(NoFit::TooFew));
}

#[test]
fn a_fit_stops_when_asked() {
    let histories = answered(&somebody(), 60, 0);
    assert_eq!(fit(&histories, u32::MAX, &mut |_, _| false), Err(NoFit::Stopped));
}

#[test]
fn few_answers_are_pulled_back_harder() {
    assert_eq!(gamma(64), 20.0);
    assert_eq!(gamma(1_500), 20.0);
    assert!((gamma(3_873) - 20.0_f64.sqrt()).abs() < 1e-3, "the middle of the logarithmic scale");
    assert_eq!(gamma(10_000), 1.0);
    assert_eq!(gamma(1_000_000), 1.0);
}

#[test]
fn a_fit_that_predicts_better_is_adopted_and_others_are_not() {
    let verdict = consider(&answered(&somebody(), 400, 0), &Fsrs6::default(), &mut go_on).expect("a verdict");
    assert!(verdict.gain > 0.0 && verdict.parameters.is_some(), "{verdict:?}");
    assert!((verdict.loss_before - verdict.loss_fitted - verdict.gain).abs() < 1e-9);
    assert_eq!(verdict.loss_before, verdict.loss_default);
    // Whoever is the default already cannot be predicted better.
    let verdict = consider(&answered(&Fsrs6::default(), 400, 0), &Fsrs6::default(), &mut go_on).expect("a verdict");
    assert_eq!(verdict.parameters, None, "{verdict:?}");
}

#[test]
fn parameters_are_not_judged_by_answers_that_they_have_seen() {
    let histories = answered(&somebody(), 300, 0);
    let model = Fsrs6::new(&fit(&histories, u32::MAX, &mut go_on).expect("a fit")).expect("parameters");
    let now = 1 + histories.iter().flat_map(|history| &history.trials).map(|trial| trial.order).max().expect("answers");
    let against = |until| {
        let incumbent = Incumbent { model: &model, seen: Some(Seen { until, now }) };
        consider_against(&histories, &incumbent, &mut go_on).expect("a verdict")
    };
    let plain = consider(&histories, &model, &mut go_on).expect("a verdict");
    // What was fitted before the answers that judge is held against as it is.
    assert_eq!(against(1), plain);
    // What was fitted to them knows them already: what the same fit knew before them does worse.
    let later = against(now - now / 20);
    assert!(later.stood_in && !plain.stood_in);
    assert!(later.loss_before > plain.loss_before, "{} {}", later.loss_before, plain.loss_before);
    assert!(later.gain > plain.gain && later.loss_fitted == plain.loss_fitted);
    // A second fit to the same answers is no better than the first.
    let again = against(now);
    assert_eq!((again.gain, again.parameters), (0.0, None));
}

#[test]
fn luck_is_taken_out_of_what_is_learnt() {
    let histories = answered(&somebody(), 200, 2);
    let cleaned = without_luck(&histories, &somebody());
    let again = |histories: &[History]| -> usize {
        histories.iter().flat_map(|history| &history.trials).filter(|trial| !trial.passed()).count()
    };
    assert!(again(&cleaned) > again(&histories), "lucky answers are rated again");
    let stays = |history: &History| history.trials.iter().map(|trial| trial.elapsed_days).sum::<u32>();
    assert_eq!(histories.iter().map(stays).sum::<u32>(), cleaned.iter().map(stays).sum::<u32>());
    // Nothing to be guessed: nothing to be taken out.
    let recalled = answered(&somebody(), 50, 0);
    assert_eq!(without_luck(&recalled, &somebody()), recalled);
}

#[test]
fn predictions_are_those_of_the_crate() {
    let histories = answered(&somebody(), 150, 0);
    let ours = predictions(&Fsrs6::default(), &histories, 0, u32::MAX);
    let (items, _, worth) = items(&histories, u32::MAX);
    assert_eq!(worth, items.len(), "no luck, whole answers");
    let theirs = FSRS::default().evaluate(items, |_| true).expect("an evaluation");
    // The crate weighs the items by recency.
    let weight = |at: usize| 0.25 + 0.75 * (at as f64 / (ours.len() as f64 - 1.0)).powi(3);
    let all: f64 = (0..ours.len()).map(weight).sum();
    let surprise = |(at, one): (usize, &Prediction)| weight(at) * metrics::surprise(one.probability, one.right);
    let loss: f64 = ours.iter().enumerate().map(surprise).sum::<f64>() / all;
    assert!((loss - f64::from(theirs.log_loss)).abs() < 1e-5, "{loss} {theirs:?}");
    let mut bins = std::collections::BTreeMap::<_, (f64, f64, f64)>::new();
    for (at, one) in ours.iter().enumerate() {
        let (sum, count, weights) = bins.entry(one.bin).or_default();
        *sum += one.probability - f64::from(u8::from(one.right));
        *count += 1.0;
        *weights += weight(at);
    }
    let squared: f64 = bins.values().map(|(sum, count, weights)| (sum / count).powi(2) * weights).sum();
    assert!(((squared / all).sqrt() - f64::from(theirs.rmse_bins)).abs() < 1e-5, "{theirs:?}");
}
