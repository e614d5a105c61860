//! `retain due`: how much is due, for prompts and status bars.

use std::path::{Path, PathBuf};

use clap::Args as Arguments;

use super::output::{Destination, is_calendar};
use super::{Context, number};
use crate::error::{Done, Error, Result};
use crate::study::ReviewRequest;
use crate::ui::{broken_stream, calendar, due};

/// Days of a calendar, if nobody says how many.
const DAYS: u32 = 30;

/// Print how much is due today; the exit code is 1 if nothing is.
#[derive(Arguments, Debug)]
pub struct Args {
    /// Only this deck and the decks in it
    deck: Option<String>,
    /// What to print: text with `{cards}`, `{due}`, `{new}`, `{learning}` or `{exam}`
    #[arg(long, value_name = "TEXT", default_value = due::PLAIN, conflicts_with_all = ["json", "ics", "output"])]
    format: String,
    /// A line of JSON, for programs
    #[arg(long, conflicts_with_all = ["ics", "output"])]
    json: bool,
    /// The coming days as a calendar: an event a day with cards and minutes, and the days of exams
    #[arg(long)]
    ics: bool,
    /// How many days the calendar has, today included (default: 30)
    #[arg(long, value_name = "N", value_parser = number::days(1, 365))]
    days: Option<u32>,
    /// The file of the calendar, such as `retain.ics`; `-` for standard output (the default)
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that this command did not write
    #[arg(long, requires = "output")]
    force: bool,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    if args.ics || args.output.is_some() {
        return write_calendar(context, args);
    }
    if let Some(days) = args.days {
        return Err(Error::usage("`--days` is for a calendar").hint(format!(
            "write `retain due --ics --days {days}`; `retain export forecast` has the coming days as a table"
        )));
    }
    let request = ReviewRequest { deck: args.deck.clone(), ..ReviewRequest::default() };
    let work = context.trainer()?.work_today(&request)?;
    context.print(&if args.json { due::json(&work)? } else { due::text(&work, &args.format)? })?;
    Ok(if work.cards() == 0 { Done::Nothing } else { Done::Whole })
}

/// Writes the coming days as a calendar.
fn write_calendar(context: &Context, args: &Args) -> Result<Done> {
    let path = args.output.as_deref().unwrap_or(Path::new("-"));
    let ending = path.extension().map(|end| end.to_string_lossy().to_lowercase());
    if !args.ics && ending.is_some_and(|end| end != "ics" && end != "ical") {
        return Err(Error::usage(format!("{}: `retain due` writes a calendar", path.display()))
            .hint("name a file that ends in `.ics`; `retain export forecast -o FILE` writes a table"));
    }
    let trainer = context.trainer()?;
    let to = Destination::find(context, path, args.force, is_calendar)?;
    let work = trainer.work_ahead(args.deck.as_deref(), args.days.unwrap_or(DAYS))?;
    let text = calendar::calendar(&work, trainer.now());
    to.write(|out| out.write_all(text.as_bytes()).map_err(broken_stream))?;
    to.name().map_or(Ok(()), |name| context.talk(&format!("wrote {name}")))?;
    Ok(Done::Whole)
}
