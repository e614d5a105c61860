//! `retain simulate`: what days in the future would cost and give.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::{Args as Arguments, ValueEnum};

use super::progress::bars;
use super::{Context, output};
use crate::error::{Done, Result};
use crate::model::StudyDay;
use crate::stats::Cell;
use crate::study::{SimulationRequest, best_retention};
use crate::ui::csv::{Format, TableWriter};
use crate::ui::paint::Paint;
use crate::ui::simulation::{CURVE, SIMULATION, by_text, curve_rows, curve_text, rows, text};

/// What the next days would cost and give.
#[derive(Arguments, Debug)]
pub struct Args {
    /// The deck (with the decks in it); all where none is named
    deck: Option<String>,
    /// How many days
    #[arg(long, value_name = "N", default_value_t = 365, value_parser = clap::value_parser!(u32).range(1..=3650))]
    days: u32,
    /// Desired retentions to compare, such as `0.85,0.9,0.95` (default: what the settings say)
    #[arg(long, value_name = "R,…", value_delimiter = ',', value_parser = retention)]
    retention: Vec<f64>,
    /// This many new cards a day, instead of what the settings say
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=9999))]
    new: Option<u32>,
    /// The desired retention that gives most knowledge per minute
    #[arg(long)]
    recommend: bool,
    /// What it would cost to know everything by this day
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with = "new")]
    by: Option<StudyDay>,
    /// CSV, the same as `--format csv`
    #[arg(long, conflicts_with = "format")]
    csv: bool,
    /// A table instead of a picture
    #[arg(long, value_enum)]
    format: Option<SimulationFormat>,
    /// The file (default: standard output); a table, CSV unless said otherwise
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SimulationFormat {
    /// CSV (RFC 4180)
    Csv,
    /// JSON Lines
    Json,
}

impl Args {
    fn table(&self) -> Option<Format> {
        match (self.format, self.csv || self.output.is_some()) {
            (Some(SimulationFormat::Json), _) => Some(Format::Json),
            (Some(SimulationFormat::Csv), _) | (None, true) => Some(Format::Csv),
            (None, false) => None,
        }
    }
}

fn retention(text: &str) -> std::result::Result<f64, String> {
    let number: f64 = text.trim().parse().map_err(|_| "it is a number from 0.70 to 0.99".to_owned())?;
    if (0.70..=0.99).contains(&number) { Ok(number) } else { Err("it is a number from 0.70 to 0.99".into()) }
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let trainer = context.trainer()?;
    let mut watch = bars(context, None);
    let request = SimulationRequest {
        deck: args.deck.as_deref(),
        days: args.days,
        retentions: &args.retention,
        new_per_day: args.new,
    };
    let paint = Paint::new(context.color_out());
    if let Some(day) = args.by {
        let by = trainer.cost_by_day(&request, day, args.recommend, &mut watch)?;
        drop(watch);
        match args.table() {
            None => context.print(&by_text(&by, paint))?,
            Some(format) => table(context, args, CURVE, format, curve_rows(&by.points))?,
        }
        if let Some(best) = best_retention(&by.points).filter(|_| args.recommend) {
            let retention = best.retention;
            context.talk(&format!("most knowledge per minute until then: desired-retention={retention:.3}\n"))?;
        }
        return Ok(Done::Whole);
    }
    if args.recommend {
        let points = trainer.compare_retentions(&request, &mut watch)?;
        drop(watch);
        match args.table() {
            None => context.print(&curve_text(&points, args.days as usize, paint))?,
            Some(format) => table(context, args, CURVE, format, curve_rows(&points))?,
        }
        return Ok(Done::Whole);
    }
    let ahead = trainer.simulate(&request, &mut watch)?;
    drop(watch);
    match args.table() {
        None => context.print(&text(&ahead, paint))?,
        Some(format) => table(context, args, SIMULATION, format, rows(&ahead))?,
    }
    Ok(Done::Whole)
}

fn table(
    context: &Context,
    args: &Args,
    columns: &'static [&'static str],
    format: Format,
    rows: impl Iterator<Item = Vec<Cell>>,
) -> Result<()> {
    let write = |out: &mut dyn Write| {
        let mut table = TableWriter::new(columns, format, out)?;
        for row in rows {
            table.row(row)?;
        }
        table.finish()
    };
    match &args.output {
        None => write(&mut BufWriter::new(io::stdout().lock())),
        Some(path) => {
            output::to_file(path, write)?;
            context.talk(&format!("wrote {}", path.display()))
        }
    }
}
