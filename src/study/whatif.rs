//! The memory and the intervals after a history, step by step: to learn the model, and to check it.

use crate::error::{Error, Result};
use crate::memory::{Elapsed, Fsrs6, Model, NextStates, known_probability};
use crate::model::{Confidence, MemoryState, Rating, Settings};

/// A history of answers to one card.
#[derive(Clone, Copy, Debug)]
pub struct WhatIf<'a> {
    /// Ratings of the answers, 1–4.
    pub ratings: &'a [u8],
    /// Days since the answer before; the first counts as 0.
    pub days: &'a [u32],
    /// The probability of a right answer by luck.
    pub guess: f64,
    /// Who says how much knowledge each answer shows, by name; one for all, or none for the model.
    pub confidence: &'a [String],
    /// 17, 19 or 21 parameters; the published ones if `None`.
    pub parameters: Option<&'a [f32]>,
    /// The recall at which a card is due.
    pub retention: f64,
}

/// The memory after an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemoryStep {
    /// The rating.
    pub rating: Rating,
    /// Days since the answer before.
    pub elapsed_days: u32,
    /// The recall before the answer; `None` at the first.
    pub retrievability: Option<f64>,
    /// The probability that the answer was known; `None` after a wrong one.
    pub known_probability: Option<f64>,
    /// Stability after it, in days.
    pub stability: f32,
    /// Difficulty after it, 1–10.
    pub difficulty: f32,
    /// Days until recall falls to the desired retention.
    pub interval_days: f64,
}

/// The memory after each answer of a history.
///
/// # Errors
/// When the history makes no sense.
pub fn memory_after(args: &WhatIf<'_>) -> Result<Vec<MemoryStep>> {
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
    let model = args.parameters.map_or_else(|| Ok(Fsrs6::default()), Fsrs6::new).map_err(|_| {
        Error::person("these are not parameters").named("no-parameters").hint("they are 17, 19 or 21 numbers")
    })?;
    let prior = Settings::default().prior_knowledge;
    let mut state: Option<MemoryState> = None;
    let mut steps = Vec::new();
    for ((&number, &days), confidence) in args.ratings.iter().zip(args.days).zip(confidence) {
        let rating = Rating::from_number(number).ok_or_else(|| {
            Error::usage(format!("`{number}` is not a rating")).hint("ratings are 1 again, 2 hard, 3 good, 4 easy")
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
        steps.push(MemoryStep {
            rating,
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
fn confidences(args: &WhatIf<'_>) -> Result<Vec<Confidence>> {
    let named: Vec<Confidence> = args
        .confidence
        .iter()
        .map(|name| {
            [Confidence::Model, Confidence::Stated, Confidence::Guessed]
                .into_iter()
                .find(|confidence| confidence.to_string() == *name)
                .ok_or_else(|| {
                    Error::usage(format!("`{name}` is not a confidence")).hint("it is `model`, `stated` or `guessed`")
                })
        })
        .collect::<Result<_>>()?;
    match named.len() {
        0 => Ok(vec![Confidence::Model; args.ratings.len()]),
        1 => Ok(vec![named[0]; args.ratings.len()]),
        count if count == args.ratings.len() => Ok(named),
        count => Err(Error::usage(format!("there are {} ratings and {count} confidences", args.ratings.len()))
            .hint("name one for each rating, or one for all")),
    }
}
