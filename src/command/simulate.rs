//! `retain simulate`: what the days to come would cost and give.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::{Args as Arguments, ValueEnum};
use indicatif::ProgressBar;

use super::decks::Decks;
use super::future::Present;
use super::{Context, output};
use crate::error::{Done, Error, Result};
use crate::model::{Settings, StudyDay};
use crate::stats::Cell;
use crate::ui::csv::{Format, TableWriter};
use crate::ui::paint::Paint;
use crate::ui::simulation::{
    ByDay, CURVE, Course, Outlook, Point, SIMULATION, SimulatedDay, by_text, curve_rows, curve_text, rows, text,
};
use crate::ui::{progress, simulation};

/// The retentions among which the recommended one is looked for: the range of the open FSRS tools.
const CURVE_OF: [f64; 11] = [0.70, 0.725, 0.75, 0.775, 0.80, 0.825, 0.85, 0.875, 0.90, 0.925, 0.95];
const BY_DAY: [f64; 3] = [0.85, 0.90, 0.95];
/// As many cards are simulated for each point of a curve, at the least.
const CARDS_FOR_A_POINT: usize = 1_000;
/// As many for a course, of which one is shown.
const CARDS_FOR_A_COURSE: usize = 3_000;
const NO_LIMIT: u32 = 9_999;

/// What the days to come would cost and give.
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
    /// So many new cards a day, instead of what the settings say
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
    format: Option<Shape>,
    /// The file (default: standard output); a table, CSV unless said otherwise
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shape {
    /// CSV (RFC 4180)
    Csv,
    /// JSON Lines
    Json,
}

impl Args {
    fn table(&self) -> Option<Format> {
        match (self.format, self.csv || self.output.is_some()) {
            (Some(Shape::Json), _) => Some(Format::Json),
            (Some(Shape::Csv), _) | (None, true) => Some(Format::Csv),
            (None, false) => None,
        }
    }
}

fn retention(text: &str) -> std::result::Result<f64, String> {
    let number: f64 = text.trim().parse().map_err(|_| "it is a number from 0.70 to 0.99".to_owned())?;
    if (0.70..=0.99).contains(&number) { Ok(number) } else { Err("it is a number from 0.70 to 0.99".into()) }
}

/// Runs the command.
///
/// # Errors
/// When there is no such deck, it has no cards, the day has passed, or the database or the file fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let store = context.store()?;
    let reader = store.reader();
    let decks = Decks::read(reader)?;
    let entries = decks.named(args.deck.as_deref())?;
    let present = Present::read(context, reader, &decks, &entries, true)?;
    if present.cards().is_empty() {
        return Err(Error::person("there are no cards to simulate").hint("begin with `retain import FILE`"));
    }
    if let Some(day) = args.by {
        return by_day(context, args, &present, day);
    }
    if args.recommend {
        return recommend(context, args, &present);
    }
    let mut retentions: Vec<Option<f64>> = args.retention.iter().copied().map(Some).collect();
    if retentions.is_empty() {
        retentions.push(None);
    }
    let bar = bar(context, args.days, retentions.len(), present.runs(CARDS_FOR_A_COURSE));
    let courses = retentions.into_iter().map(|retention| course(&present, args, retention, &bar)).collect();
    bar.finish_and_clear();
    let outlook = Outlook {
        deck: args.deck.clone(),
        cards: present.cards().len(),
        unseen: present.unseen(),
        known: present.known_on(present.today),
        exam: entries.iter().filter_map(|entry| entry.settings.exam).filter(|exam| *exam > present.today).min(),
        courses,
    };
    match args.table() {
        None => context.print(&text(&outlook, Paint::new(context.color_out())))?,
        Some(format) => table(context, args, SIMULATION, format, rows(&outlook))?,
    }
    Ok(Done::Whole)
}

fn bar(context: &Context, days: u32, courses: usize, runs: u32) -> ProgressBar {
    progress::bar(u64::from(days) * courses as u64 * u64::from(runs), "simulating", context.quiet)
}

/// The course of the days, of several that chance could take the one whose minutes are nearest to their mean: one alone may lie far from
/// what is to be expected, and a mean of them would ask for fractions of cards.
fn course(present: &Present<'_>, args: &Args, retention: Option<f64>, bar: &ProgressBar) -> Course {
    let courses: Vec<Course> =
        (0..present.runs(CARDS_FOR_A_COURSE)).map(|run| run_of(present, args, retention, run, bar)).collect();
    let minutes = |course: &Course| course.days.iter().map(|day| day.minutes).sum::<f64>();
    let mean = courses.iter().map(minutes).sum::<f64>() / courses.len() as f64;
    let off = |course: &Course| (minutes(course) - mean).abs();
    let nearest = courses.into_iter().min_by(|one, other| off(one).total_cmp(&off(other)));
    nearest.unwrap_or(Course { retention, days: Vec::new() })
}

fn run_of(present: &Present<'_>, args: &Args, retention: Option<f64>, run: u32, bar: &ProgressBar) -> Course {
    let adjust = |settings: &mut Settings| {
        settings.desired_retention = retention.unwrap_or(settings.desired_retention);
        settings.new_per_day = args.new.unwrap_or(settings.new_per_day);
    };
    let mut simulation = present.simulation(adjust, run);
    let mut days = Vec::with_capacity(args.days as usize);
    for _ in 0..args.days {
        let day = simulation.today();
        let figures = simulation.day();
        days.push(SimulatedDay {
            day,
            new: figures.new,
            learning: figures.learning,
            reviews: figures.reviews,
            minutes: figures.seconds / 60.0,
            known: simulation.known_on(day.plus(1)),
        });
        bar.inc(1);
    }
    Course { retention, days }
}

/// What a retention costs over some days, as a mean over several runs. The exam queue, which knows no retention, is left out.
fn point(present: &Present<'_>, retention: f64, days: u32, adjust: impl Fn(&mut Settings), bar: &ProgressBar) -> Point {
    let runs = present.runs(CARDS_FOR_A_POINT);
    let adjust = |settings: &mut Settings| {
        settings.desired_retention = retention;
        settings.exam = None;
        adjust(settings);
    };
    let end = present.today.plus(days);
    let (mut seconds, mut longest, mut known) = (0.0, 0.0_f64, 0.0);
    for run in 0..runs {
        let mut simulation = present.simulation(adjust, run);
        for _ in 0..days {
            let figures = simulation.day();
            seconds += figures.seconds;
            longest = longest.max(figures.seconds / 60.0);
            bar.inc(1);
        }
        known += simulation.known_on(end);
    }
    let runs = f64::from(runs);
    let (minutes, known) = (seconds / 60.0 / runs, known / runs);
    // What would be known anyway was not learnt in these minutes.
    let anyway = present.known_on(end);
    let per_minute = (minutes > 0.0).then(|| (known - anyway) / minutes);
    Point { retention, minutes: minutes / f64::from(days.max(1)), longest, known, per_minute }
}

fn recommend(context: &Context, args: &Args, present: &Present<'_>) -> Result<Done> {
    let curve = if args.retention.is_empty() { CURVE_OF.to_vec() } else { args.retention.clone() };
    let bar = bar(context, args.days, curve.len(), present.runs(CARDS_FOR_A_POINT));
    let adjust = |settings: &mut Settings| settings.new_per_day = args.new.unwrap_or(settings.new_per_day);
    let points: Vec<Point> =
        curve.into_iter().map(|retention| point(present, retention, args.days, adjust, &bar)).collect();
    bar.finish_and_clear();
    match args.table() {
        None => context.print(&curve_text(&points, args.days as usize, Paint::new(context.color_out())))?,
        Some(format) => table(context, args, CURVE, format, curve_rows(&points))?,
    }
    Ok(Done::Whole)
}

fn by_day(context: &Context, args: &Args, present: &Present<'_>, day: StudyDay) -> Result<Done> {
    let days = day.since(present.today);
    if days == 0 {
        return Err(Error::person(format!("{day} is not ahead")).hint("name a day after today"));
    }
    if days > 3_650 {
        return Err(Error::person(format!("{day} is more than ten years ahead")).hint("name a day before that"));
    }
    let new_per_day = present.unseen().div_ceil(days as usize);
    let adjust = |settings: &mut Settings| {
        settings.new_per_day = u32::try_from(new_per_day).unwrap_or(NO_LIMIT);
        settings.reviews_per_day = u32::MAX;
        settings.new_ignores_review_limit = true;
    };
    let usual = if args.recommend { &CURVE_OF[..] } else { &BY_DAY[..] };
    let curve = if args.retention.is_empty() { usual.to_vec() } else { args.retention.clone() };
    let bar = bar(context, days, curve.len(), present.runs(CARDS_FOR_A_POINT));
    let points = curve.into_iter().map(|retention| point(present, retention, days, adjust, &bar)).collect();
    bar.finish_and_clear();
    let by = ByDay { day, new_per_day, cards: present.cards().len(), points };
    match args.table() {
        None => context.print(&by_text(&by, Paint::new(context.color_out())))?,
        Some(format) => table(context, args, CURVE, format, curve_rows(&by.points))?,
    }
    if args.recommend {
        let best = simulation::best(&by.points).map_or(String::new(), |best| {
            format!("most knowledge per minute until then: desired-retention={:.3}\n", best.retention)
        });
        context.talk(&best)?;
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
