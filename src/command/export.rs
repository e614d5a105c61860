//! `retain export`: tables as CSV or JSON Lines, to standard output or atomically to a file.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args as Arguments, ValueEnum};

use super::{Context, output};
use crate::error::{Done, Error, Result};
use crate::model::StudyDay;
use crate::study::{StatsRequest, Table, Trainer};
use crate::ui::csv::{Format, TableWriter};

/// Export a table.
#[derive(Arguments, Debug)]
pub struct Args {
    /// The table
    #[arg(required_unless_present = "all", conflicts_with = "all", value_parser = table_parser())]
    table: Option<Table>,
    /// All tables, each a file in the folder that `-o` names
    #[arg(long, requires = "output")]
    all: bool,
    /// The file, or with `--all` the folder (default: standard output)
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The format
    #[arg(long, value_enum, default_value_t = ExportFormat::Csv)]
    format: ExportFormat,
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
    /// Only answers from this study day on; of `forecast`, only days from then on
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<StudyDay>,
    /// Only answers up to this study day; of `forecast`, days up to then (default: 30 days)
    #[arg(long, value_name = "YYYY-MM-DD")]
    to: Option<StudyDay>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ExportFormat {
    /// CSV (RFC 4180)
    Csv,
    /// JSON Lines
    Json,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let trainer = context.trainer()?;
    let (table, path) = match (args.table, &args.output) {
        (Some(table), Some(path)) => (table, path),
        (Some(table), None) => {
            write(&trainer, args, table, BufWriter::new(io::stdout().lock()))?;
            return Ok(Done::Whole);
        }
        (None, folder) => return every(context, &trainer, args, folder.as_deref().unwrap_or(Path::new("."))),
    };
    output::to_file(path, |out| write(&trainer, args, table, out))?;
    context.talk(&format!("wrote {}", path.display()))?;
    Ok(Done::Whole)
}

/// Every table as a file of the folder, which is made if it is not there.
fn every(context: &Context, trainer: &Trainer, args: &Args, folder: &Path) -> Result<Done> {
    fs::create_dir_all(folder).map_err(|error| {
        Error::person(format!("{}: the folder cannot be made: {error}", folder.display()))
            .hint("name another with `-o FOLDER`")
    })?;
    let end = match args.format {
        ExportFormat::Csv => "csv",
        ExportFormat::Json => "jsonl",
    };
    for &(table, name, ..) in Table::ALL {
        output::to_file(&folder.join(format!("{name}.{end}")), |out| write(trainer, args, table, out))?;
    }
    context.talk(&format!("wrote {} tables into {}", Table::ALL.len(), folder.display()))?;
    Ok(Done::Whole)
}

fn write(trainer: &Trainer, args: &Args, table: Table, out: impl Write) -> Result<()> {
    let request =
        StatsRequest { deck: args.deck.as_deref(), topics: &args.topic, tags: &args.tag, from: args.from, to: args.to };
    let format = match args.format {
        ExportFormat::Csv if args.raw => Format::RawCsv,
        ExportFormat::Csv => Format::Csv,
        ExportFormat::Json => Format::Json,
    };
    // A request that is refused prints no header either.
    let (mut out, mut writer) = (Some(out), None);
    trainer.export(table, &request, &mut |row| {
        if let Some(out) = out.take() {
            writer = Some(TableWriter::new(table.columns(), format, out)?);
        }
        writer.as_mut().map_or(Ok(()), |writer| writer.row(row))
    })?;
    match (writer, out) {
        (Some(writer), _) => writer.finish(),
        (None, Some(out)) => TableWriter::new(table.columns(), format, out)?.finish(),
        (None, None) => Ok(()),
    }
}

/// Takes the name of a table.
fn table_parser() -> impl TypedValueParser<Value = Table> {
    let names = Table::ALL.iter().map(|(_, name, row, _)| PossibleValue::new(*name).help(*row));
    PossibleValuesParser::new(names).try_map(|name| Table::named(&name).ok_or("there is no such table"))
}
