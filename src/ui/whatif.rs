//! The memory after a history, for people and as JSON Lines.

use serde::Serialize;

use super::json_line;
use super::table::{
    self, TextColumn,
    TextColumn::{Left, Right},
};
use crate::error::Result;
use crate::study::MemoryStep;

const COLUMNS: [TextColumn; 8] = [Right(6), Left(6), Right(4), Right(7), Right(6), Right(9), Right(10), Right(13)];

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
    let head = ["answer", "rating", "days", "recall", "known", "stability", "difficulty", "next interval"];
    let mut text = table::row(&COLUMNS, 2, head) + "\n";
    let share = |value: Option<f64>| value.map_or("–".into(), |value| format!("{:.1} %", value * 100.0));
    for (number, step) in (1_usize..).zip(steps) {
        let cells = [
            number.to_string(),
            step.rating.to_string(),
            step.elapsed_days.to_string(),
            share(step.retrievability),
            share(step.known_probability),
            format!("{:.4}", step.stability),
            format!("{:.4}", step.difficulty),
            format!("{:.2} days", step.interval_days),
        ];
        text += &(table::row(&COLUMNS, 2, cells) + "\n");
    }
    text
}
