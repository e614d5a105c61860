//! `retain anki export`.

use std::path::PathBuf;

use clap::Args as Arguments;

use crate::command::Context;
use crate::command::interrupt::Interrupt;
use crate::command::output::Destination;
use crate::command::progress::bars;
use crate::error::{Done, Error, Result};
use crate::study::{AnkiExportRequest, AnkiExported, is_own_package, is_own_text};
use crate::ui::{anki_report, broken_stream};

/// Ends of names that say something else than what is written.
const ELSEWISE: [&str; 10] = ["csv", "tsv", "json", "jsonl", "xlsx", "xls", "ods", "md", "html", "db"];

/// Write a package of Anki, or notes in plain text.
#[derive(Arguments, Debug)]
pub(super) struct Args {
    /// The package; its name should end in `.apkg`. Notes in plain text, without answers, if it ends in `.txt`
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Only this deck and the decks in it
    #[arg(value_name = "DECK")]
    deck: Option<String>,
    /// In the older form, for programs that do not read the newest
    #[arg(long)]
    legacy: bool,
    /// Replace a file that this command did not write
    #[arg(long)]
    force: bool,
}

pub(super) fn run(context: &Context, args: &Args) -> Result<Done> {
    if args.file.extension().is_some_and(|end| end.eq_ignore_ascii_case("txt")) {
        return text(context, args);
    }
    let end = args.file.extension().map(|end| end.to_string_lossy().to_lowercase());
    if let Some(end) = end.filter(|end| ELSEWISE.contains(&end.as_str())) {
        return Err(Error::usage(format!("{}: a package is no `.{end}` file", args.file.display()))
            .hint("name a package (`.apkg`), or notes in plain text (`.txt`); `retain export cards -o FILE.csv` writes a table"));
    }
    let trainer = context.trainer()?;
    let to = Destination::find(context, &args.file, args.force, is_own_package)?;
    let request = AnkiExportRequest { deck: args.deck.as_deref(), legacy: args.legacy };
    let mut watch = bars(context, Some(Interrupt::listen()?));
    let mut report = AnkiExported::default();
    to.write_by_path(|path| {
        report = trainer.export_anki(path, &request, &mut watch)?;
        Ok(())
    })?;
    drop(watch);
    context.talk(&anki_report::exported(to.name().as_deref(), &report))?;
    Ok(Done::Whole)
}

/// Notes in plain text.
fn text(context: &Context, args: &Args) -> Result<Done> {
    if args.legacy {
        let error = Error::person("notes in plain text have no older form");
        return Err(error.hint("leave out `--legacy`, or name a package: FILE.apkg"));
    }
    let trainer = context.trainer()?;
    let to = Destination::find(context, &args.file, args.force, is_own_text)?;
    let request = AnkiExportRequest { deck: args.deck.as_deref(), legacy: false };
    let mut watch = bars(context, Some(Interrupt::listen()?));
    let mut report = AnkiExported::default();
    to.write(|out| {
        let mut sink = |bytes: &[u8]| out.write_all(bytes).map_err(broken_stream);
        report = trainer.export_anki_text(&request, &mut sink, &mut watch)?;
        Ok(())
    })?;
    drop(watch);
    context.talk(&anki_report::exported(to.name().as_deref(), &report))?;
    Ok(Done::Whole)
}
