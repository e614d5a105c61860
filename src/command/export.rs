//! `retain export`: tables as CSV or JSON Lines, to standard output or whole to a file.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args as Arguments;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::Context;
use super::interrupt::Interrupt;
use super::output::{Destination, TableFormat, is_table};
use super::progress::bars;
use crate::error::{Done, Error, Result};
use crate::model::StudyDay;
use crate::private;
use crate::study::{StatsRequest, Table, Trainer};
use crate::ui::csv::TableWriter;
use crate::ui::{self, broken_stream};

/// What is exported besides tables.
const EVERYTHING: &str = "everything";

/// Export a table, or everything.
#[derive(Arguments, Debug)]
pub struct Args {
    /// The table; or `everything`: all there is, as a folder of text that `import` makes an equal database of
    #[arg(required_unless_present = "all", conflicts_with = "all", value_parser = table_parser())]
    table: Option<ExportSubject>,
    /// All tables, each a file in the folder that `-o` names
    #[arg(long, requires = "output")]
    all: bool,
    /// The file, or with `--all` the folder; `-` is standard output (the default). The end of its name says the format: `.csv` or `.json`
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The format (default: as the file is called, else CSV)
    #[arg(long, value_enum)]
    format: Option<TableFormat>,
    /// Begin CSV with a mark by which Excel knows its letters (UTF-8)
    #[arg(long)]
    bom: bool,
    /// Replace a file that this command did not write
    #[arg(long, requires = "output")]
    force: bool,
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

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ExportSubject {
    Table(Table),
    Everything,
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    let table = match args.table {
        Some(ExportSubject::Table(table)) => table,
        Some(ExportSubject::Everything) => return everything(context, args),
        None => return every(context, args, args.output.as_deref().unwrap_or(Path::new("."))),
    };
    let path = args.output.as_deref().unwrap_or(Path::new("-"));
    let format = TableFormat::chosen(args.format, args.output.as_deref())?;
    format.mark(args.bom)?;
    let trainer = context.trainer()?;
    let to = destination(context, args, table, path)?;
    to.write(|out| write(&trainer, args, table, format, out))?;
    to.name().map_or(Ok(()), |name| context.talk(&format!("wrote {name}")))?;
    Ok(Done::Whole)
}

fn destination(context: &Context, args: &Args, table: Table, path: &Path) -> Result<Destination> {
    Destination::find(context, path, args.force, |found| is_table(found, table.columns()))
}

/// Every table as a file of the folder, which is made if it is not there.
fn every(context: &Context, args: &Args, folder: &Path) -> Result<Done> {
    let format = args.format.unwrap_or(TableFormat::Csv);
    format.mark(args.bom)?;
    if folder == Path::new("-") {
        return Err(Error::usage("`--all` writes files, and `-` is standard output").hint("name a folder: `-o FOLDER`"));
    }
    let trainer = context.trainer()?;
    private::create_folder(folder).map_err(|error| {
        Error::person(format!("{}: the folder cannot be made: {error}", folder.display()))
            .hint("name another with `-o FOLDER`")
    })?;
    let end = match format {
        TableFormat::Csv => "csv",
        TableFormat::Json => "jsonl",
    };
    // All of them are looked at before the first is written.
    let files: Vec<(Table, Destination)> = Table::ALL
        .iter()
        .map(|&(table, name, ..)| {
            Ok((table, destination(context, args, table, &folder.join(format!("{name}.{end}")))?))
        })
        .collect::<Result<_>>()?;
    for (table, to) in files {
        to.write(|out| write(&trainer, args, table, format, out))?;
    }
    context.talk(&format!("wrote {} tables into {}", Table::ALL.len(), folder.display()))?;
    Ok(Done::Whole)
}

/// All there is, as a folder.
fn everything(context: &Context, args: &Args) -> Result<Done> {
    let narrowed = args.deck.is_some()
        || !args.topic.is_empty()
        || !args.tag.is_empty()
        || args.from.is_some()
        || args.to.is_some();
    if narrowed || args.format.is_some() || args.bom || args.raw {
        return Err(
            Error::usage("everything is exported whole, and in one format").hint("leave out all options but `-o`")
        );
    }
    let folder = args.output.as_deref().filter(|folder| *folder != Path::new("-")).ok_or_else(|| {
        Error::usage("an export of everything goes into a folder")
            .hint("name one: `retain export everything -o FOLDER`")
    })?;
    let trainer = context.trainer_to_copy()?;
    let mut watch = bars(context, Some(Interrupt::listen()?));
    let reviews = Table::named("reviews").ok_or_else(|| Error::fault("there is no table of answers"))?;
    let mut write = |out: &mut dyn Write| write(&trainer, args, reviews, TableFormat::Csv, out);
    let exported = trainer.export_everything(folder, args.force, &mut write, &mut watch)?;
    drop(watch);
    context.talk(&ui::everything::exported(&exported, folder))?;
    Ok(Done::Whole)
}

fn write(trainer: &Trainer, args: &Args, table: Table, format: TableFormat, out: &mut dyn Write) -> Result<()> {
    let request =
        StatsRequest { deck: args.deck.as_deref(), topics: &args.topic, tags: &args.tag, from: args.from, to: args.to };
    let mark = format.mark(args.bom)?;
    let format = format.written(args.raw);
    // A request that is refused prints no header either.
    let (mut out, mut writer) = (Some(out), None);
    let begun = |out: &mut Option<_>| -> Result<Option<TableWriter<_>>> {
        let Some(out): Option<&mut dyn Write> = out.take() else { return Ok(None) };
        out.write_all(mark.as_bytes()).map_err(broken_stream)?;
        Ok(Some(TableWriter::new(table.columns(), format, out)?))
    };
    trainer.export(table, &request, &mut |row| {
        if writer.is_none() {
            writer = begun(&mut out)?;
        }
        writer.as_mut().map_or(Ok(()), |writer| writer.row(row))
    })?;
    match writer {
        Some(writer) => writer.finish(),
        None => begun(&mut out)?.map_or(Ok(()), TableWriter::finish),
    }
}

/// Takes the name of a table.
fn table_parser() -> impl TypedValueParser<Value = ExportSubject> {
    let names = Table::ALL.iter().map(|(_, name, row, _)| PossibleValue::new(*name).help(*row));
    let everything = PossibleValue::new(EVERYTHING).help("all there is, as a folder of text");
    PossibleValuesParser::new(names.chain([everything])).try_map(|name| match &*name {
        EVERYTHING => Ok(ExportSubject::Everything),
        name => Table::named(name).map(ExportSubject::Table).ok_or("there is no such table"),
    })
}
