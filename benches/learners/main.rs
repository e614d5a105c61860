//! Are the figures true of people who are not like the published parameters?
//!
//! `cargo bench --bench learners` (or `-- LEARNERS SEED`). The learners have the memories of people of the open SRS benchmark, each
//! unknown to the fit that judges it (leave one out). Three things are shown: how much of what can be learnt a fit learns, on cards
//! that it has not seen; how often the expected score's interval holds the true score; and how far an honest model is called off.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops where something is off")]

mod life;

use life::{Card, Chance, Person, Style, live, until};
use retain::memory::{
    Answering, Draws, Elapsed, Fsrs6, History, Learner, Model, People, Predictor, evaluate, fit_of, metrics, posterior,
    predictions, published,
};
use retain::stats::{Score, ScoreDraws};

/// A fit may be so much worse than the published parameters, in nats.
const TOLERANCE: f64 = 0.002;
const HORIZONS: [u32; 3] = [1, 30, 90];
const LEARNERS_OF_A_PERSON: usize = 64;

fn go_on(_: usize, _: usize) -> bool {
    true
}

/// Every so many people, so that there are about so many.
fn some(count: usize) -> impl Iterator<Item = (u64, &'static retain::memory::Published)> {
    (0..).zip(published().iter().step_by((published().len() / count.max(1)).max(1)))
}

fn without(person: u32) -> People {
    People::from_published(published().iter().filter(|other| other.person != person))
}

fn loss(model: &Fsrs6, answering: Answering, cards: &[History]) -> f64 {
    let predictor = Predictor { model, answering: Some(answering) };
    metrics::log_loss(&predictions(&predictor, cards, 0, u32::MAX)).unwrap()
}

fn options(ways: u32) -> String {
    if ways == 0 { "none".into() } else { ways.to_string() }
}

fn fits(count: usize, seed: u64) -> bool {
    println!(
        "how much of the gap in log loss between the published and the true parameters a fit closes, on other cards\n"
    );
    println!("options  rating    answers  closed  gap     worse by {TOLERANCE}  at worst  share of the way");
    let mut held = true;
    for ways in [0, 2, 4] {
        for &style in Style::of(ways) {
            for answers in [100, 350, 1_600] {
                let (mut gap, mut closed, mut worse, mut worst, mut way, mut all) = (0.0, 0.0, 0, f64::MIN, 0.0, 0.0);
                for (number, known) in some(count) {
                    let mut chance = Chance::new(seed * 1_000_003 + number * 101 + u64::from(ways));
                    let person = Person::of(known, style, ways, &mut chance);
                    let (cards, _) = live(&person, (answers / 5).max(15), 10, 2 * answers, &mut chance);
                    let (others, _) = live(&person, 600, 50, 6_000, &mut chance);
                    let others = until(&others, usize::MAX);
                    let seen = until(&cards, answers);
                    let Ok((fit, _)) = fit_of(&without(known.person), &seen, u32::MAX, None, &mut go_on) else {
                        continue;
                    };
                    let usual = Answering { prior_knowledge: person.prior, ..fit.answering };
                    let published = loss(&Fsrs6::default(), usual, &others);
                    let fitted = loss(&Fsrs6::new(&fit.parameters).unwrap(), usual, &others);
                    gap += published - loss(&person.truth, usual, &others);
                    closed += published - fitted;
                    worse += usize::from(fitted > published + TOLERANCE);
                    worst = worst.max(fitted - published);
                    way += fit.share;
                    all += 1.0;
                }
                println!(
                    "{:>7}  {:<8}  {answers:>7}  {:>5.0} %  {:.4}  {worse:>5} of {all:<3}      {worst:>+.4}   {:.2}",
                    options(ways),
                    style.name(),
                    100.0 * closed / gap,
                    gap / all,
                    way / all
                );
                if ways == 4 && style != Style::Careless {
                    let (wanted, most) = if answers == 1_600 { (0.75, 0.0) } else { (0.64, all / 20.0) };
                    held &= answers == 100 || closed / gap >= wanted && worse as f64 <= most;
                }
            }
        }
    }
    held
}

/// The true score on a day, and what is expected of it.
fn scores(person: &Person, cards: &[Card], mode: &Learner, learners: &[Learner], day: i32) -> (f64, Score) {
    let guess = retain::model::Guess::from_ways(person.ways).probability();
    let right = |known: f64, luck: f64| known + (1.0 - known) * luck;
    let (mut draws, mut truth) = (ScoreDraws::default(), 0.0);
    for card in cards {
        let elapsed = |last: i32| Elapsed::whole_days(u32::try_from(day - last).unwrap_or(0));
        truth += match card.truth {
            Some((state, last)) => right(person.truth.retrievability(state, elapsed(last)), guess),
            None => right(person.prior, guess),
        };
        let since = card.truth.map_or(Elapsed::whole_days(0), |(_, last)| elapsed(last));
        let each = |learner: &Learner| right(learner.recall(&card.history, since), learner.answering.luck_of(guess));
        let doubt = (1.0 - mode.answering.luck_of(guess)).powi(2) * mode.doubt(&card.history, since);
        draws.add(learners.iter().map(each), 0.0, doubt);
    }
    (truth / cards.len() as f64, draws.score(0.0, cards.len()).unwrap())
}

fn intervals(count: usize, seed: u64) -> bool {
    println!(
        "\nhow often the interval of the expected score (\"9 in 10\") holds the true score, 1, 30 and 90 days ahead\n"
    );
    println!("options  rating    answers  held                mean error             half width");
    let mut held = [0.0; 3];
    let mut all = 0.0;
    for ways in [0, 2, 4] {
        for &style in Style::of(ways) {
            for answers in [50, 200, 1_000, 5_000] {
                // What takes long is tried on fewer people.
                let people = if answers > 1_000 { count / 3 } else { count };
                let (mut inside, mut error, mut width, mut tried) = ([0.0; 3], [0.0; 3], [0.0; 3], 0.0);
                for (number, known) in some(people) {
                    let mut chance = Chance::new(seed * 7_000_003 + number * 131 + u64::from(ways));
                    let person = Person::of(known, style, ways, &mut chance);
                    let (cards, today) = live(&person, (answers / 6).max(30), 10, answers, &mut chance);
                    let histories: Vec<History> =
                        cards.iter().map(|card| card.history.clone()).filter(|one| !one.trials.is_empty()).collect();
                    let found = posterior(&without(known.person), &histories, u32::MAX, None, &mut go_on).unwrap();
                    let mut of_learners = retain::chance::Chance::derived("learners", uuid::Uuid::nil(), 0, seed);
                    let learners = Draws::sample(&found, LEARNERS_OF_A_PERSON, &mut of_learners);
                    for (at, horizon) in HORIZONS.into_iter().enumerate() {
                        let day = today + i32::try_from(horizon).unwrap();
                        let (truth, score) = scores(&person, &cards, &found.learner(), learners.learners(), day);
                        inside[at] += f64::from(u8::from((score.low..=score.high).contains(&truth)));
                        error[at] += (score.mean - truth).abs();
                        width[at] += (score.high - score.low) / 2.0;
                    }
                    tried += 1.0;
                }
                let three = |sums: [f64; 3]| sums.map(|sum| format!("{:.3}", sum / tried)).join("  ");
                println!(
                    "{:>7}  {:<8}  {answers:>7}  {}  {}  {}",
                    options(ways),
                    style.name(),
                    three(inside),
                    three(error),
                    three(width)
                );
                for (sum, inside) in held.iter_mut().zip(inside) {
                    *sum += inside;
                }
                all += tried;
            }
        }
    }
    let held = held.map(|sum| sum / all);
    println!("    all                    {:.3}  {:.3}  {:.3}", held[0], held[1], held[2]);
    // In whole points, of some 1,200 lives.
    held.iter().all(|held| (87.0..=93.0).contains(&(100.0 * held).round()))
}

fn honesty(seed: u64) -> bool {
    println!(
        "\nhow far an evaluation says that predictions are off, of somebody whose memory is the published model\n"
    );
    println!("options  rating    off (points of recall)  by chance  AUC");
    let mut held = true;
    for ways in [0, 2, 4] {
        for style in [Style::Silent, Style::Honest] {
            let mut chance = Chance::new(seed * 11_000_003 + u64::from(ways));
            let person = Person { truth: Fsrs6::default(), prior: 0.3, style, ways };
            let (cards, _) = live(&person, 500, 15, 6_000, &mut chance);
            let model = Fsrs6::default();
            let found = evaluate(&until(&cards, usize::MAX), |_| &model, &mut go_on).unwrap();
            let in_use = &found.methods[0].1;
            let told = metrics::honesty(&metrics::calibration(in_use, 10)).unwrap();
            let off = (told.off.powi(2) - told.chance.powi(2)).max(0.0).sqrt();
            let auc = metrics::auc(in_use).unwrap_or(f64::NAN);
            println!(
                "{:>7}  {:<8}  {:>22.1}  {:>9.1}  {auc:.2}",
                options(ways),
                style.name(),
                100.0 * off,
                100.0 * told.chance
            );
            held &= off <= 0.03;
        }
    }
    held
}

fn main() {
    let numbers: Vec<u64> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let (count, seed) = (numbers.first().copied().unwrap_or(60), numbers.get(1).copied().unwrap_or(2026));
    let count = usize::try_from(count).unwrap();
    println!("{count} learners of {}, seed {seed}\n", published().len());
    let held = [honesty(seed), fits(count, seed), intervals(count, seed)];
    assert!(held.iter().all(|held| *held), "a figure does not hold: honesty, fits, intervals are {held:?}");
}
