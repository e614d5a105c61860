//! `retain stats`: how it goes, on the screen, as JSON or as a report.

use std::path::{Path, PathBuf};

use clap::Args as Arguments;

use super::output::{Destination, is_report};
use super::{Context, number};
use crate::error::{Done, Error, Result};
use crate::model::StudyDay;
use crate::study::StatsRequest;
use crate::ui::paint::Paint;
use crate::ui::{broken_stream, decks, fits, overview, overview_json, report, screen, words};

/// Show how it goes: what you know, what you keep getting wrong, what is due next, and how sure that is.
#[derive(Arguments, Debug)]
#[command(
    after_help = "Without days: answers, retention, hours and ratings of the last 30 days; topics, questions and calibration \
                        of everything up to today. Cards are as they stand today."
)]
pub struct Args {
    /// Only this deck and the decks in it
    deck: Option<String>,
    /// The last N study days, today among them
    #[arg(long, value_name = "N", value_parser = number::days(1, 36_500), conflicts_with_all = ["from", "to"])]
    days: Option<u32>,
    /// From this study day on
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<StudyDay>,
    /// Up to this study day
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<StudyDay>,
    /// Only questions of this topic, or of any of several
    #[arg(long)]
    topic: Vec<String>,
    /// Only questions with this tag, or with any of several
    #[arg(long)]
    tag: Vec<String>,
    /// The same figures as one line of JSON
    #[arg(long)]
    json: bool,
    /// The same figures as a report: one file for a browser, with pictures and tables; `-` is standard output
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    html: Option<PathBuf>,
    /// Replace a file that this command did not write
    #[arg(long, requires = "html")]
    force: bool,
}

/// The ends of names of files that no browser opens as a page.
const NO_PAGE: [&str; 12] = ["xlsx", "xls", "xlsm", "ods", "csv", "tsv", "json", "jsonl", "pdf", "docx", "odt", "png"];

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    if let (Some(from), Some(to)) = (args.from, args.to)
        && to < from
    {
        return Err(Error::person(format!("the last day {to} is before the first day {from}"))
            .hint("give `--from` the earlier day and `--to` the later one"));
    }
    let trainer = context.trainer()?;
    let today = trainer.present()?.today;
    if let Some(from) = args.from.filter(|from| *from > today) {
        return Err(Error::person(format!("the first day {from} is in the future: today is {today}"))
            .hint("`retain export forecast` has the days ahead"));
    }
    let first = |days: u32| StudyDay(today.0.saturating_sub(i32::try_from(days - 1).unwrap_or(i32::MAX)));
    let request = StatsRequest {
        deck: args.deck.as_deref(),
        topics: &args.topic,
        tags: &args.tag,
        from: args.days.map(first).or(args.from),
        to: args.to,
    };
    let ending = args.html.as_deref().and_then(Path::extension).unwrap_or_default().to_string_lossy().to_lowercase();
    if NO_PAGE.contains(&ending.as_str()) {
        return Err(Error::person(format!("the report is a page for a browser, not a file of the kind `.{ending}`"))
            .named("no-such-format")
            .hint("name a file that ends in `.html`; `retain export` writes tables, `retain stats --json` is for programs"));
    }
    let find = |path: &PathBuf| Destination::find(context, path, args.force, is_report);
    let to = args.html.as_ref().map(find).transpose()?;
    let figures = overview::without_markup(trainer.overview(&request)?);
    if args.json {
        context.print(&overview_json::line(&figures)?)?;
        return Ok(Done::Whole);
    }
    if let Some(to) = to {
        let page = report::html(&figures);
        to.write(|out| out.write_all(page.as_bytes()).map_err(broken_stream))?;
        to.name().map_or(Ok(()), |name| context.talk(&format!("wrote {name}")))?;
        return Ok(Done::Whole);
    }
    if overview::is_empty(&figures)
        && let Some(reason) = trainer.idle_reason(args.deck.as_deref())?
    {
        context.print(&format!("{}.\n", words::sentence(&decks::idle(&reason))))?;
        return Ok(Done::Whole);
    }
    context.print(&overview::text(&figures, Paint::new(context.color_out()), screen::columns()))?;
    context.talk(&trainer.fit_suggestion()?.map_or_else(String::new, fits::suggestion))?;
    Ok(Done::Whole)
}
