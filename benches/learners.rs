//! Are fits honest? Fifty learners, each with a memory of its own, answer; the fit that would be adopted is held against the
//! defaults on other cards of the same learner.
//!
//! `cargo bench --bench learners` (or `-- LEARNERS SEED`). Each learner's memory is FSRS-6 under other parameters than the defaults.
//! Questions have no options (free recall), or 2, 4 or 5; who does not know, guesses.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops where something is off")]

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use retain::memory::{Elapsed, Evidence, Fsrs6, History, Model, NoFit, Trial, consider, fit, metrics, predictions};
use retain::model::{Confidence, DeckId, Guess, MemoryState, Rating};

const PRIOR: f64 = 0.3;
/// A fit may be so much worse than the defaults, in nats.
const TOLERANCE: f64 = 0.002;

struct Chance(ChaCha8Rng);

impl Chance {
    fn unit(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / 4_294_967_296.0
    }

    /// A normal variable (Box and Muller).
    fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.unit()).ln()).sqrt() * (std::f64::consts::TAU * self.unit()).cos()
    }
}

/// Parameters that differ from the defaults as those of people do: initial stabilities by a factor of two or so, the others by a
/// fifth.
fn somebody(chance: &mut Chance) -> Fsrs6 {
    let mut parameters = Fsrs6::default().parameters().to_vec();
    let level = 0.6 * chance.normal();
    for parameter in &mut parameters[..4] {
        *parameter *= (level + 0.3 * chance.normal()).exp() as f32;
    }
    parameters[..4].sort_by(f32::total_cmp);
    for parameter in &mut parameters[4..] {
        *parameter *= (0.2 * chance.normal()).exp() as f32;
    }
    parameters[20] = (0.1542 * (0.4 * chance.normal()).exp()).clamp(0.1, 0.8) as f32;
    Fsrs6::new(&parameters).unwrap()
}

/// What a learner answers to so many questions until so many answers to predict are there, when the cards are shown as the
/// defaults say.
fn answers(truth: &Fsrs6, ways: u32, wanted: usize, chance: &mut Chance) -> Vec<History> {
    let planner = Fsrs6::default();
    let guess = Guess::from_ways(ways);
    let cards = (wanted / 6).max(10);
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    let mut histories = Vec::new();
    for card in 0..cards {
        let mut history = History { deck: DeckId(1), prior_knowledge: PRIOR, luck_aware: true, trials: Vec::new() };
        let mut day = (chance.unit() * 120.0).floor();
        let (mut true_state, mut planned): (Option<MemoryState>, Option<MemoryState>) = (None, None);
        let mut elapsed_days = 0;
        while day < 400.0 {
            let elapsed = Elapsed::whole_days(elapsed_days);
            let recall = true_state.map_or(PRIOR, |state| truth.retrievability(state, elapsed));
            let knows = chance.unit() < recall;
            let lucky = !knows && chance.unit() < guess.probability();
            let mood = chance.unit();
            let known_rating = match mood {
                mood if ways == 0 && mood < 0.1 => Rating::Hard,
                mood if ways == 0 && mood > 0.9 => Rating::Easy,
                _ => Rating::Good,
            };
            let right = knows || lucky;
            let evidence = Evidence {
                right,
                rating: if right { known_rating } else { Rating::Again },
                confidence: Confidence::Model,
                guess,
            };
            all.push((day + chance.unit(), card, history.trials.len()));
            history.trials.push(Trial { evidence, elapsed_days, order: 0, predicted: elapsed_days > 0 });
            let real = if knows { known_rating } else { Rating::Again };
            true_state = Some(truth.next_states(true_state, elapsed).after(real));
            let expected = planned.map_or(PRIOR, |state| planner.retrievability(state, elapsed));
            let known = evidence.known_probability(expected, true);
            let after = planner.next_states(planned, elapsed).weighed(evidence.rating, known);
            planned = Some(after);
            // People come a little late, and a day off now and then.
            let late = if chance.unit() < 0.3 { (chance.unit() * 4.0).floor() } else { 0.0 };
            let wait = (planner.interval_days(after, 0.9).round().max(1.0) + late).min(1_000.0);
            elapsed_days = wait as u32;
            day += wait;
        }
        histories.push(history);
    }
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut predicted = 0;
    let mut last = u32::MAX;
    for (order, (_, card, at)) in (0..).zip(all) {
        let trial = &mut histories[card].trials[at];
        trial.order = order;
        predicted += usize::from(trial.predicted);
        if predicted == wanted {
            last = order;
            break;
        }
    }
    for history in &mut histories {
        let kept = history.trials.iter().skip(1).take_while(|trial| trial.order > 0 && trial.order <= last).count();
        history.trials.truncate(kept + 1);
    }
    histories.retain(|history| history.trials.len() > 1);
    histories
}

fn loss(model: &Fsrs6, cards: &[History]) -> f64 {
    metrics::log_loss(&predictions(model, cards, 0, u32::MAX)).unwrap()
}

/// Two decks of one person, whose memory of the second is another: the first is `histories`, and the second follows it.
fn decks(first: &[History], second: &[History]) -> (Vec<History>, Vec<History>) {
    let place = |histories: &[History], deck: i64| -> Vec<History> {
        let mut histories = histories.to_vec();
        for history in &mut histories {
            history.deck = DeckId(deck);
            // The answers of both go on side by side.
            history.trials.iter_mut().for_each(|trial| trial.order = trial.order * 2 + deck as u32);
        }
        histories
    };
    let second = place(second, 1);
    let all = place(first, 0).into_iter().chain(second.iter().cloned()).collect();
    (all, second)
}

/// A deck's own fit right after one for all decks.
fn own_fits(learners: u64, seed: u64) {
    println!(
        "\na deck's own fit right after one for all decks; log loss on other cards of the deck, less that of the fit for all"
    );
    println!("options  adopted     mean     worst");
    let mut worst = f64::MIN;
    for ways in [0, 4] {
        let mut adopted = Vec::new();
        for learner in 0..learners {
            let mut chance = Chance(ChaCha8Rng::seed_from_u64(seed * 7_000_003 + learner * 131 + u64::from(ways)));
            let (one, other) = (somebody(&mut chance), somebody(&mut chance));
            let count = (500.0 * 8.0_f64.powf(chance.unit())) as usize;
            let (all, own) =
                decks(&answers(&one, ways, 3_000, &mut chance), &answers(&other, ways, count, &mut chance));
            let cards = answers(&other, ways, 20_000, &mut chance);
            let mut go_on = |_, _| true;
            let model = Fsrs6::new(&fit(&all, u32::MAX, &mut go_on).unwrap()).unwrap();
            if let Some(parameters) = consider(&own, &model, &mut go_on).unwrap().parameters {
                adopted.push(loss(&Fsrs6::new(&parameters).unwrap(), &cards) - loss(&model, &cards));
            }
        }
        let options = if ways == 0 { "none".to_owned() } else { ways.to_string() };
        let mean = adopted.iter().sum::<f64>() / adopted.len().max(1) as f64;
        let most = adopted.iter().copied().fold(f64::MIN, f64::max);
        println!("{options:>7}  {:>3}/{learners:<3}  {mean:>+.4}  {most:>+.4}", adopted.len());
        worst = worst.max(most);
    }
    assert!(worst <= TOLERANCE, "an own fit that was adopted is worse than the one for all decks: {worst:+.4}");
}

fn main() {
    let numbers: Vec<u64> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let (learners, seed) = (numbers.first().copied().unwrap_or(50), numbers.get(1).copied().unwrap_or(2026));
    println!(
        "{learners} learners, seed {seed}; log loss on other cards, fit less defaults (below 0 the fit is better)\n"
    );
    println!("options  answers  adopted  adopted fits: mean     worst  |  every fit: mean     worst  |  truth: mean");
    let mut worst_of_all = f64::MIN;
    for ways in [0, 2, 4, 5] {
        for (from, to) in [(100, 400), (400, 1_500), (1_500, 10_000)] {
            let (mut adopted, mut every, mut bound) = (Vec::new(), Vec::new(), Vec::new());
            for learner in (0..learners).filter(|learner| {
                (learner % 3) as usize == [100, 400, 1_500].iter().position(|low| *low == from).unwrap()
            }) {
                let mut chance = Chance(ChaCha8Rng::seed_from_u64(seed * 1_000_003 + learner * 101 + u64::from(ways)));
                let truth = somebody(&mut chance);
                let count = (f64::from(from) * (f64::from(to) / f64::from(from)).powf(chance.unit())) as usize;
                let seen = answers(&truth, ways, count, &mut chance);
                let others = answers(&truth, ways, 20_000, &mut chance);
                let default = loss(&Fsrs6::default(), &others);
                let mut go_on = |_, _| true;
                match fit(&seen, u32::MAX, &mut go_on) {
                    Ok(parameters) => every.push(loss(&Fsrs6::new(&parameters).unwrap(), &others) - default),
                    Err(NoFit::TooFew) => every.push(0.0),
                    Err(error) => panic!("{error:?}"),
                }
                if let Ok(verdict) = consider(&seen, &Fsrs6::default(), &mut go_on)
                    && let Some(parameters) = verdict.parameters
                {
                    adopted.push(loss(&Fsrs6::new(&parameters).unwrap(), &others) - default);
                }
                bound.push(loss(&truth, &others) - default);
            }
            let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
            let worst = |values: &[f64]| values.iter().copied().fold(f64::MIN, f64::max);
            let told = |values: &[f64]| {
                if values.is_empty() {
                    format!("{:>9}  {:>8}", "–", "–")
                } else {
                    format!("{:>9.4}  {:>8.4}", mean(values), worst(values))
                }
            };
            let options = if ways == 0 { "none".to_owned() } else { ways.to_string() };
            println!(
                "{options:>7}  {from:>5}+   {:>3}/{:<3}       {}  |       {}  |     {:.4}",
                adopted.len(),
                bound.len(),
                told(&adopted),
                told(&every),
                mean(&bound)
            );
            worst_of_all = worst_of_all.max(worst(&adopted));
        }
    }
    println!("\nthe worst adopted fit: {worst_of_all:+.4} nats beside the defaults (to be held: +{TOLERANCE})");
    assert!(worst_of_all <= TOLERANCE, "an adopted fit is worse than the defaults");
    own_fits(learners, seed);
}
