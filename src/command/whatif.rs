//! `retain whatif`: the memory and the intervals after a history, step by step: to learn the model, and to check it.

use std::path::{Path, PathBuf};

use clap::Args as Arguments;

use super::{Context, number};
use crate::error::{Done, Error, Result};
use crate::study::{WhatIf, memory_after};
use crate::ui::whatif;

/// Show the memory after a history of answers.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Ratings of the answers, 1–4, as `3,3,1`
    #[arg(long, value_delimiter = ',', required = true, value_name = "1-4,…", value_parser = rating)]
    ratings: Vec<u8>,
    /// Days since the answer before, as `0,1,8`; the first is 0
    #[arg(long, value_delimiter = ',', required = true, value_name = "DAYS,…", value_parser = number::whole(0, u32::MAX))]
    days: Vec<u32>,
    /// The probability of a right answer by luck
    #[arg(long, default_value = "0", value_name = "G", value_parser = number::share(0.0, 1.0))]
    guess: f64,
    /// Who says how much knowledge each answer shows: `model`, `stated` or `guessed`
    #[arg(long, value_delimiter = ',', value_name = "WHO,…")]
    confidence: Vec<String>,
    /// A file with a JSON array of 17, 19 or 21 parameters
    #[arg(long, value_name = "FILE")]
    parameters: Option<PathBuf>,
    /// The recall at which a card is due
    #[arg(long, default_value = "0.9", value_name = "R", value_parser = number::share(0.01, 0.99))]
    retention: f64,
    /// A line of JSON for each answer
    #[arg(long)]
    json: bool,
}

/// A rating by its number.
fn rating(text: &str) -> std::result::Result<u8, String> {
    let number = text.trim().parse().ok().filter(|number| (1..=4).contains(number));
    number.ok_or_else(|| "ratings are 1 again, 2 hard, 3 good, 4 easy, with commas between them".into())
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let parameters = args.parameters.as_deref().map(read_parameters).transpose()?;
    let steps = memory_after(&WhatIf {
        ratings: &args.ratings,
        days: &args.days,
        guess: args.guess,
        confidence: &args.confidence,
        parameters: parameters.as_deref(),
        retention: args.retention,
    })
    .map_err(|error| match &args.parameters {
        Some(path) if error.code() == "no-parameters" => unusable(path),
        _ => error,
    })?;
    context.print(&if args.json { whatif::json(&steps)? } else { whatif::text(&steps) })?;
    Ok(Done::Whole)
}

fn read_parameters(path: &Path) -> Result<Vec<f32>> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::person(format!("{}: {error}", path.display())).hint("check the path"))?;
    serde_json::from_str(&text).map_err(|_| unusable(path))
}

fn unusable(path: &Path) -> Error {
    Error::person(format!("{}: these are not parameters", path.display()))
        .hint("the file holds a JSON array of 17, 19 or 21 numbers")
}
