//! `retain export`: tables as CSV or JSON Lines, to standard output or atomically to a file.

mod items;

use std::collections::HashSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args as Arguments, ValueEnum};

use super::decks::Decks;
use super::facts::{self, Scope};
use super::subjects::meant;
use super::{Context, output};
use crate::error::{Done, Error, Result};
use crate::model::{DeckId, StudyDay};
use crate::stats::items::{CHOICES, QUESTIONS, choice_rows, question_row};
use crate::stats::{
    CARDS, CardSnapshot, Cell, DAILY, DECKS, Daily, DeckFigures, REVIEWS, REVLOG, TOPICS, Topics, card_row, deck_rows,
    review_row, revlog_row,
};
use crate::store::{Reader, Store, Subjects};
use crate::ui::csv::{Format, TableWriter};

/// Export a table.
#[derive(Arguments, Debug)]
pub struct Args {
    /// The table
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    table: Option<Table>,
    /// All tables, each a file in the folder that `-o` names
    #[arg(long, requires = "output")]
    all: bool,
    /// The file, or with `--all` the folder (default: standard output)
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The format
    #[arg(long, value_enum, default_value_t = Shape::Csv)]
    format: Shape,
    /// Texts as they are, also those that a spreadsheet would run as a formula
    #[arg(long)]
    raw: bool,
    /// Only this deck and the decks in it
    #[arg(long)]
    deck: Option<String>,
    /// Only questions of this topic, or of any of several
    #[arg(long)]
    topic: Vec<String>,
    /// Only questions with this tag, or with any of several
    #[arg(long)]
    tag: Vec<String>,
    /// Only answers from this study day on
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<StudyDay>,
    /// Only answers up to this study day
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<StudyDay>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Table {
    /// A row per study day and deck
    Stats,
    /// A row per card
    Cards,
    /// A row per question
    Questions,
    /// A row per option of a question
    Choices,
    /// A row per answer
    Reviews,
    /// A row per answer that counts, in the open FSRS schema
    Revlog,
    /// A row per deck and topic
    Topics,
    /// A row per deck
    Decks,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shape {
    /// CSV (RFC 4180)
    Csv,
    /// JSON Lines
    Json,
}

/// Runs the command.
///
/// # Errors
/// When there is no such deck, or the database or the file fails.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let store = context.store()?;
    let (table, path) = match (args.table, &args.output) {
        (Some(table), Some(path)) => (table, path),
        (Some(table), None) => {
            write(context, &store, args, table, BufWriter::new(io::stdout().lock()))?;
            return Ok(Done::Whole);
        }
        (None, folder) => return every(context, &store, args, folder.as_deref().unwrap_or(Path::new("."))),
    };
    output::to_file(path, |out| write(context, &store, args, table, out))?;
    context.talk(&format!("wrote {}", path.display()))?;
    Ok(Done::Whole)
}

/// Every table as a file of the folder, which is made where it is not there.
fn every(context: &Context, store: &Store, args: &Args, folder: &Path) -> Result<Done> {
    fs::create_dir_all(folder).map_err(|error| {
        Error::person(format!("{}: the folder cannot be made: {error}", folder.display()))
            .hint("name another with `-o FOLDER`")
    })?;
    let end = match args.format {
        Shape::Csv => "csv",
        Shape::Json => "jsonl",
    };
    for table in Table::value_variants() {
        let name = table.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
        output::to_file(&folder.join(format!("{name}.{end}")), |out| write(context, store, args, *table, out))?;
    }
    context.talk(&format!("wrote {} tables into {}", Table::value_variants().len(), folder.display()))?;
    Ok(Done::Whole)
}

fn write(context: &Context, store: &Store, args: &Args, table: Table, out: impl Write) -> Result<()> {
    let reader = store.reader();
    let decks = Decks::read(reader)?;
    let letters = matches!(table, Table::Reviews);
    let deck = args.deck.as_deref();
    let ids: Vec<DeckId> = decks.named(deck)?.iter().map(|entry| entry.deck.id).collect();
    let about = meant(reader, &ids, &args.topic, &args.tag, deck)?;
    let scope = Scope { from: args.from, to: args.to, letters, ..Scope::new(&decks, deck)? }.about(reader, about)?;
    let format = match args.format {
        Shape::Csv if args.raw => Format::RawCsv,
        Shape::Csv => Format::Csv,
        Shape::Json => Format::Json,
    };
    let (now, today) = context.today(reader)?;
    match table {
        Table::Stats => {
            let mut daily = Daily::default();
            facts::each(reader, &decks, &scope, |fact| {
                daily.add(fact);
                Ok(())
            })?;
            rows(DAILY, format, out, daily.rows())
        }
        Table::Cards => {
            let mut cards = facts::cards(context, reader, &decks, &scope)?;
            cards.sort_by_key(|card| card.uid);
            rows(CARDS, format, out, cards.iter().map(|card| card_row(card, now)))
        }
        Table::Questions => {
            let records = items::records(reader, &decks, &scope)?;
            rows(QUESTIONS, format, out, records.iter().map(question_row))
        }
        Table::Choices => {
            let records = items::records(reader, &decks, &scope)?;
            rows(CHOICES, format, out, records.iter().flat_map(choice_rows))
        }
        Table::Topics => {
            let mut topics = Topics::default();
            for card in facts::cards(context, reader, &decks, &scope)? {
                topics.add_card(&card, today);
            }
            facts::each(reader, &decks, &scope, |fact| {
                topics.add(fact);
                Ok(())
            })?;
            rows(TOPICS, format, out, topics.rows())
        }
        Table::Decks => {
            let cards = facts::cards(context, reader, &decks, &scope)?;
            rows(DECKS, format, out, deck_rows(&figures(reader, &decks, &scope, &cards)?, &cards, today).into_iter())
        }
        Table::Reviews => {
            let mut table = TableWriter::new(REVIEWS, format, out)?;
            facts::each(reader, &decks, &scope, |fact| table.row(review_row(fact)))?;
            table.finish()
        }
        Table::Revlog => {
            let mut table = TableWriter::new(REVLOG, format, out)?;
            facts::each(reader, &decks, &scope, |fact| revlog_row(fact).map_or(Ok(()), |row| table.row(row)))?;
            table.finish()
        }
    }
}

fn rows(
    columns: &'static [&'static str],
    format: Format,
    out: impl Write,
    rows: impl Iterator<Item = Vec<Cell>>,
) -> Result<()> {
    let mut table = TableWriter::new(columns, format, out)?;
    for row in rows {
        table.row(row)?;
    }
    table.finish()
}

fn figures(reader: Reader<'_>, decks: &Decks, scope: &Scope, cards: &[CardSnapshot]) -> Result<Vec<DeckFigures>> {
    // Of some topics or tags, what has cards is counted; of whole decks drafts too.
    let all = scope.about == Subjects::default();
    let asked = |deck: &str| {
        let of_deck = cards.iter().filter(|card| card.deck == deck);
        of_deck.map(|card| card.question).collect::<HashSet<_>>().len()
    };
    decks
        .all()
        .iter()
        .filter(|entry| scope.decks.as_ref().is_none_or(|decks| decks.contains(&entry.deck.id)))
        .map(|entry| {
            Ok(DeckFigures {
                name: entry.deck.name.clone(),
                questions: if all { reader.question_count(entry.deck.id)? } else { asked(&entry.deck.name) },
                desired_retention: entry.settings.desired_retention,
                exam: entry.settings.exam,
            })
        })
        .collect()
}
