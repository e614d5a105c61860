//! `retain whatif`: the memory and the intervals after a history, step by step: to learn the model, and to check it.

use std::path::PathBuf;

use clap::Args as Arguments;
use serde::Serialize;

use super::Context;
use crate::error::{Done, Error, Result};
use crate::memory::{Elapsed, Fsrs6, Model, NextStates, known_probability};
use crate::model::{Confidence, MemoryState, Rating, Settings};

/// Show the memory after a history of answers.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Ratings of the answers, 1–4, as `3,3,1`
    #[arg(long, value_delimiter = ',', required = true, value_name = "1-4,…")]
    ratings: Vec<u8>,
    /// Days since the answer before, as `0,1,8`; the first is 0
    #[arg(long, value_delimiter = ',', required = true, value_name = "DAYS,…")]
    days: Vec<u32>,
    /// The probability of a right answer by luck
    #[arg(long, default_value_t = 0.0, value_name = "G")]
    guess: f64,
    /// Who says how much knowledge each answer shows: `model`, `stated` or `guessed`
    #[arg(long, value_delimiter = ',', value_name = "WHO,…")]
    confidence: Vec<String>,
    /// A file with a JSON array of 17, 19 or 21 parameters
    #[arg(long, value_name = "FILE")]
    parameters: Option<PathBuf>,
    /// The recall at which a card is due
    #[arg(long, default_value_t = 0.9, value_name = "R")]
    retention: f64,
    /// A line of JSON for each answer
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Step {
    rating: u8,
    elapsed_days: u32,
    retrievability: Option<f64>,
    known_probability: Option<f64>,
    stability: f32,
    difficulty: f32,
    interval_days: f64,
}

/// Runs the command.
///
/// # Errors
/// When the history makes no sense, or the parameters cannot be read.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let steps = steps(args)?;
    let mut text = String::new();
    if args.json {
        for step in &steps {
            let line =
                serde_json::to_string(step).map_err(|error| Error::fault(format!("cannot write JSON: {error}")))?;
            text += &format!("{line}\n");
        }
    } else {
        text += "answer  rating  days   recall   known  stability  difficulty  next interval\n";
        for (number, step) in (1..).zip(&steps) {
            let share = |value: Option<f64>| value.map_or("–".into(), |value| format!("{:.1} %", value * 100.0));
            text += &format!(
                "{number:>6}  {:<6}  {:>4}  {:>7}  {:>6}  {:>9.4}  {:>10.4}  {:>8.2} days\n",
                Rating::from_number(step.rating).map_or_else(String::new, |rating| rating.to_string()),
                step.elapsed_days,
                share(step.retrievability),
                share(step.known_probability),
                step.stability,
                step.difficulty,
                step.interval_days,
            );
        }
    }
    context.print(&text)?;
    Ok(Done::Whole)
}

fn steps(args: &Args) -> Result<Vec<Step>> {
    if args.ratings.len() != args.days.len() {
        return Err(Error::usage(format!("there are {} ratings and {} days", args.ratings.len(), args.days.len()))
            .hint("name one number of days for each rating; the first is 0"));
    }
    if !(0.0..1.0).contains(&args.guess) {
        return Err(Error::usage(format!("`--guess` cannot be {}", args.guess))
            .hint("it takes a number from 0 up to but not 1"));
    }
    if !(0.70..=0.99).contains(&args.retention) {
        return Err(Error::usage(format!("`--retention` cannot be {}", args.retention))
            .hint("it takes a number from 0.70 to 0.99"));
    }
    let confidence = confidences(args)?;
    let model = model(args)?;
    let prior = Settings::default().prior_knowledge;
    let mut state: Option<MemoryState> = None;
    let mut steps = Vec::new();
    for ((&number, &days), confidence) in args.ratings.iter().zip(&args.days).zip(confidence) {
        let rating = Rating::from_number(number).ok_or_else(|| {
            Error::usage(format!("`{number}` is no rating")).hint("ratings are 1 again, 2 hard, 3 good, 4 easy")
        })?;
        let days = if state.is_none() { 0 } else { days };
        let elapsed = Elapsed::whole_days(days);
        let recall = state.map(|state| model.retrievability(state, elapsed));
        let known = match (rating, confidence) {
            (_, Confidence::Guessed) => Some(0.0),
            (Rating::Again, _) => None,
            (_, Confidence::Stated) => Some(1.0),
            (_, Confidence::Model) => Some(known_probability(recall.unwrap_or(prior), args.guess)),
        };
        let next: NextStates = model.next_states(state, elapsed);
        let after = next.weighed(rating, known);
        state = Some(after);
        steps.push(Step {
            rating: number,
            elapsed_days: days,
            retrievability: recall,
            known_probability: known,
            stability: after.stability,
            difficulty: after.difficulty,
            interval_days: model.interval_days(after, args.retention),
        });
    }
    Ok(steps)
}

/// One for each rating; one alone is for all, and none means the model.
fn confidences(args: &Args) -> Result<Vec<Confidence>> {
    let said: Vec<Confidence> = args
        .confidence
        .iter()
        .map(|name| {
            [Confidence::Model, Confidence::Stated, Confidence::Guessed]
                .into_iter()
                .find(|confidence| confidence.to_string() == *name)
                .ok_or_else(|| {
                    Error::usage(format!("`{name}` is no confidence")).hint("it is `model`, `stated` or `guessed`")
                })
        })
        .collect::<Result<_>>()?;
    match said.len() {
        0 => Ok(vec![Confidence::Model; args.ratings.len()]),
        1 => Ok(vec![said[0]; args.ratings.len()]),
        count if count == args.ratings.len() => Ok(said),
        count => Err(Error::usage(format!("there are {} ratings and {count} confidences", args.ratings.len()))
            .hint("name one for each rating, or one for all")),
    }
}

fn model(args: &Args) -> Result<Fsrs6> {
    let Some(path) = &args.parameters else {
        return Ok(Fsrs6::default());
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::person(format!("{}: {error}", path.display())).hint("check the path"))?;
    let unusable = || {
        Error::person(format!("{}: these are no parameters", path.display()))
            .hint("the file holds a JSON array of 17, 19 or 21 numbers")
    };
    let numbers: Vec<f32> = serde_json::from_str(&text).map_err(|_| unusable())?;
    Fsrs6::new(&numbers).map_err(|_| unusable())
}
