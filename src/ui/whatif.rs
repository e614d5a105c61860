//! The memory after a history, for people and as JSON Lines.

use serde::Serialize;

use super::json_line;
use crate::error::Result;
use crate::study::MemoryStep;

#[derive(Serialize)]
struct StepLine {
    rating: u8,
    elapsed_days: u32,
    retrievability: Option<f64>,
    known_probability: Option<f64>,
    stability: f32,
    difficulty: f32,
    interval_days: f64,
}

/// A line of JSON for each answer.
///
/// # Errors
/// When it cannot be written as JSON, which is a fault of the program.
pub fn json(steps: &[MemoryStep]) -> Result<String> {
    let line = |step: &MemoryStep| {
        json_line(&StepLine {
            rating: step.rating.number(),
            elapsed_days: step.elapsed_days,
            retrievability: step.retrievability,
            known_probability: step.known_probability,
            stability: step.stability,
            difficulty: step.difficulty,
            interval_days: step.interval_days,
        })
    };
    steps.iter().map(line).collect()
}

/// A table for people.
pub fn text(steps: &[MemoryStep]) -> String {
    let mut text = String::from("answer  rating  days   recall   known  stability  difficulty  next interval\n");
    let share = |value: Option<f64>| value.map_or("–".into(), |value| format!("{:.1} %", value * 100.0));
    for (number, step) in (1..).zip(steps) {
        text += &format!(
            "{number:>6}  {:<6}  {:>4}  {:>7}  {:>6}  {:>9.4}  {:>10.4}  {:>8.2} days\n",
            step.rating.to_string(),
            step.elapsed_days,
            share(step.retrievability),
            share(step.known_probability),
            step.stability,
            step.difficulty,
            step.interval_days,
        );
    }
    text
}
