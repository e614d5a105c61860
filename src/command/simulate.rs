//! `retain simulate`: what days in the future would cost and give.

use std::path::{Path, PathBuf};

use clap::Args as Arguments;

use super::output::{Destination, TableFormat, is_table};
use super::progress::bars;
use super::{Context, number};
use crate::error::{Done, Result};
use crate::model::StudyDay;
use crate::stats::Cell;
use crate::study::{SimulationRequest, best_retention};
use crate::ui::broken_stream;
use crate::ui::csv::TableWriter;
use crate::ui::paint::Paint;
use crate::ui::simulation::{CURVE, SIMULATION, by_text, curve_rows, curve_text, rows, text};

/// What the next days would cost and give.
#[derive(Arguments, Debug)]
pub struct Args {
    /// The deck (with the decks in it); all where none is named
    deck: Option<String>,
    /// How many days
    #[arg(long, value_name = "N", default_value = "365", value_parser = number::days(1, 3_650))]
    days: u32,
    /// Desired retentions to compare, such as `0.85,0.9,0.95` (default: what the settings say)
    #[arg(long, value_name = "R,…", value_delimiter = ',', value_parser = number::share(0.70, 0.99))]
    retention: Vec<f64>,
    /// This many new cards a day, instead of what the settings say
    #[arg(long, value_name = "N", value_parser = number::whole(0, 9_999))]
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
    format: Option<TableFormat>,
    /// The file, `-` for standard output (the default); a table, CSV unless it is called `.json`
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Begin CSV with a mark by which Excel knows its letters (UTF-8)
    #[arg(long)]
    bom: bool,
    /// Replace a file that this command did not write
    #[arg(long, requires = "output")]
    force: bool,
}

impl Args {
    /// The table that is asked for, if any, and where it goes.
    fn table(&self, context: &Context) -> Result<Option<(TableFormat, Destination)>> {
        if self.format.is_none() && !self.csv && self.output.is_none() && !self.bom {
            return Ok(None);
        }
        let said = self.format.or(self.csv.then_some(TableFormat::Csv));
        let format = TableFormat::chosen(said, self.output.as_deref())?;
        format.mark(self.bom)?;
        let path = self.output.as_deref().unwrap_or(Path::new("-"));
        let to = Destination::find(context, path, self.force, |found| {
            is_table(found, SIMULATION) || is_table(found, CURVE)
        })?;
        Ok(Some((format, to)))
    }
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let trainer = context.trainer()?;
    let written = args.table(context)?;
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
        match written {
            None => context.print(&by_text(&by, paint))?,
            Some(to) => table(context, args, CURVE, &to, curve_rows(&by.points))?,
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
        match written {
            None => context.print(&curve_text(&points, args.days as usize, paint))?,
            Some(to) => table(context, args, CURVE, &to, curve_rows(&points))?,
        }
        return Ok(Done::Whole);
    }
    let ahead = trainer.simulate(&request, &mut watch)?;
    drop(watch);
    match written {
        None => context.print(&text(&ahead, paint))?,
        Some(to) => table(context, args, SIMULATION, &to, rows(&ahead))?,
    }
    Ok(Done::Whole)
}

fn table(
    context: &Context,
    args: &Args,
    columns: &'static [&'static str],
    (format, to): &(TableFormat, Destination),
    rows: impl Iterator<Item = Vec<Cell>>,
) -> Result<()> {
    let mark = format.mark(args.bom)?;
    to.write(|out| {
        out.write_all(mark.as_bytes()).map_err(broken_stream)?;
        let mut table = TableWriter::new(columns, format.written(false), out)?;
        for row in rows {
            table.row(row)?;
        }
        table.finish()
    })?;
    to.name().map_or(Ok(()), |name| context.talk(&format!("wrote {name}")))
}
