use fsrs::{DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview};
use uuid::Uuid;

use super::*;
use crate::memory::{
    Elapsed, Evidence, FitExtent, Incumbent, Prediction, Predictor, Trial, consider, consider_against, metrics,
    predictions, published,
};
use crate::model::{Confidence, DeckId, Guess, Rating};

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
        let histories = answered(&somebody(), 60, ways);
        let first = fit(&histories, u32::MAX, &mut go_on).expect("a fit").parameters;
        let second = fit(&histories, u32::MAX, &mut go_on).expect("a fit").parameters;
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
        let fitted = fit(&histories, u32::MAX, &mut go_on).expect("a fit").parameters;
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
    assert_eq!(early, fit(&past, u32::MAX, &mut go_on).expect("a fit"));
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
fn a_fit_that_predicts_better_is_adopted() {
    let verdict = consider(&answered(&somebody(), 400, 0), &Fsrs6::default(), &mut go_on).expect("a verdict");
    assert!(verdict.gain > 0.0 && verdict.parameters.is_some(), "{verdict:?}");
    assert!((verdict.loss_before - verdict.loss_fitted - verdict.gain).abs() < 1e-9);
    assert_eq!(verdict.loss_before, verdict.loss_default);
}

#[test]
fn parameters_are_not_judged_by_answers_that_they_have_seen() {
    let histories = answered(&somebody(), 200, 0);
    let model = Fsrs6::new(&fit(&histories, u32::MAX, &mut go_on).expect("a fit").parameters).expect("parameters");
    let now = 1 + histories.iter().flat_map(|history| &history.trials).map(|trial| trial.order).max().expect("answers");
    let against = |until| {
        let incumbent = Incumbent { model: &model, fitted_to: Some(FitExtent { until, now }) };
        consider_against(People::all(), &histories, &incumbent, &mut go_on).expect("a verdict")
    };
    let plain = consider(&histories, &model, &mut go_on).expect("a verdict");
    // What was fitted before the answers that judge is held against as it is.
    assert_eq!(against(1), plain);
    // What was fitted to them knows them already: what the same fit knew before them does worse.
    let later = against(now - now / 20);
    assert!(later.stood_in && !plain.stood_in);
    assert!(later.loss_before > plain.loss_before, "{} {}", later.loss_before, plain.loss_before);
    assert!(later.gain > plain.gain && later.loss_fitted == plain.loss_fitted);
    // A second fit to the same answers is as good as the first, and the same.
    let again = against(now);
    assert_eq!((again.gain, again.worse, again.parameters), (0.0, false, None));
}

/// The surprise at the answers of cards that a fit has not seen, in nats.
fn surprise(parameters: &[f32], answering: Option<Answering>, cards: &[History]) -> f64 {
    let model = Fsrs6::new(parameters).expect("parameters");
    metrics::log_loss(&predictions(&Predictor { model: &model, answering }, cards, 0, u32::MAX)).expect("answers")
}

#[test]
fn most_of_what_is_to_be_learnt_is_learnt_with_options_too() {
    // A person of the benchmark who is not among those that the fit knows of.
    let person = published().iter().find(|person| person.person == 1).expect("a person");
    let people = People::from_published(published().iter().filter(|other| other.person != person.person));
    let truth: Vec<f32> = person.parameters.iter().map(|parameter| *parameter as f32).collect();
    let truth = Fsrs6::new(&truth).expect("parameters");
    for (ways, wanted) in [(0, 0.6), (4, 0.5)] {
        let histories = answered(&truth, 80, ways);
        let (fit, _) = fit_of(&people, &histories, u32::MAX, None, &mut go_on).expect("a fit");
        let others = answered(&truth, 400, ways);
        let of = |parameters: &[f32]| surprise(parameters, Some(fit.answering), &others);
        let gap = of(&DEFAULT_PARAMETERS) - of(truth.parameters());
        let closed = (of(&DEFAULT_PARAMETERS) - of(&fit.parameters)) / gap;
        assert!(closed > wanted, "{ways} options: {closed} of {gap}");
    }
}

#[test]
fn how_a_person_answers_is_learnt() {
    // Four in ten questions are known before, nine lucky answers in ten are called a guess, and one known answer in thirty.
    let model = Fsrs6::default();
    let guess = Guess::from_ways(4);
    let mut chance = Chance::derived("a test", Uuid::nil(), 1, 1);
    let mut luck = |share: f64| f64::from(chance.unit()) < share;
    let mut histories = Vec::new();
    for card in 0..250 {
        let mut history = History { deck: DeckId(1), prior_knowledge: 0.3, luck_aware: true, trials: Vec::new() };
        let mut state = None;
        for (at, days) in [0, 1, 3, 8].into_iter().enumerate() {
            let elapsed = Elapsed::whole_days(days);
            let knows = luck(state.map_or(0.4, |state| model.retrievability(state, elapsed)));
            let right = knows || luck(0.25);
            let guessed = right && luck(if knows { 1.0 / 30.0 } else { 0.9 });
            let rating = if right && !guessed { Rating::Good } else { Rating::Again };
            let confidence = if guessed { Confidence::Guessed } else { Confidence::Model };
            let evidence = Evidence { right, rating, confidence, guess };
            let order = 1_000 * u32::try_from(at).unwrap_or(0) + card;
            history.trials.push(Trial { evidence, elapsed_days: days, order, predicted: days > 0 });
            state = Some(model.next_state(state, elapsed, if knows { Rating::Good } else { Rating::Again }));
        }
        histories.push(history);
    }
    let found = fit(&histories, u32::MAX, &mut go_on).expect("a fit").answering;
    assert!((found.prior_knowledge - 0.4).abs() < 0.08, "{found:?}");
    assert!((found.owns_up - 0.9).abs() < 0.2, "{found:?}");
    assert!((found.false_alarm - 1.0 / 30.0).abs() < 0.02, "{found:?}");
    assert!((0.75..1.35).contains(&found.luck) && found.slip < 0.02, "{found:?}");
}

#[test]
fn predictions_are_those_of_the_crate() {
    let histories = answered(&somebody(), 150, 0);
    let ours = predictions(&Predictor::new(&Fsrs6::default()), &histories, 0, u32::MAX);
    let items = items(&histories);
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

/// The items of the crate: for each predicted answer the history through it, in the order of time.
fn items(histories: &[History]) -> Vec<FSRSItem> {
    let review =
        |trial: &Trial| FSRSReview { rating: trial.evidence.rating.number().into(), delta_t: trial.elapsed_days };
    let mut items: Vec<(u32, FSRSItem)> = Vec::new();
    for history in histories {
        for (at, trial) in history.trials.iter().enumerate().filter(|(_, trial)| trial.predicted) {
            items.push((trial.order, FSRSItem { reviews: history.trials[..=at].iter().map(review).collect() }));
        }
    }
    items.sort_by_key(|(order, _)| *order);
    items.into_iter().map(|(_, item)| item).collect()
}
