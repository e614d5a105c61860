//! `retain anki import`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args as Arguments;

use crate::command::Context;
use crate::command::progress::bars;
use crate::command::scratch::trainer_for;
use crate::error::{Done, Error, Result};
use crate::study::{Batch, ImportOptions, Trainer};
use crate::ui::anki_report;

/// Import a package of Anki.
#[derive(Arguments, Debug)]
pub(super) struct Args {
    /// A package that Anki exported: `.apkg` or `.colpkg`
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Put its decks within this one
    #[arg(long, value_name = "NAME")]
    deck: Option<String>,
    /// Show what would come in, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// JSON Lines, for programs
    #[arg(long)]
    json: bool,
}

/// How a package is imported.
#[derive(Clone, Copy, Debug)]
pub(in crate::command) struct PackageImport<'a> {
    /// The deck around its decks.
    pub(in crate::command) deck: Option<&'a str>,
    /// Whether nothing is changed.
    pub(in crate::command) dry_run: bool,
    /// Whether the report is for programs.
    pub(in crate::command) json: bool,
}

pub(super) fn run(context: &Context, args: &Args) -> Result<Done> {
    let how = PackageImport { deck: args.deck.as_deref(), dry_run: args.dry_run, json: args.json };
    let mut batch = Batch::default();
    let mut done = Done::Whole;
    for path in &args.files {
        if import_package(context, path, &how, &mut batch)?.1 == Done::InPart {
            done = Done::InPart;
        }
    }
    Ok(done)
}

/// Imports a package, and says what came of it; the deck that most of it went into, and whether it was all.
pub(in crate::command) fn import_package(
    context: &Context,
    path: &Path,
    how: &PackageImport<'_>,
    batch: &mut Batch,
) -> Result<(String, Done)> {
    let name = path.display().to_string();
    let source = fs::canonicalize(path)
        .map_err(|error| Error::person(format!("{name}: {error}")).hint("check the name of the file"))?;
    let source = source.display().to_string();
    let options = ImportOptions { deck: how.deck, dry_run: how.dry_run, ..ImportOptions::default() };
    let unpacked = if !how.dry_run && !context.has_database() {
        // What cannot be read makes no database.
        Some(Trainer::unpack_package(path).map_err(|error| error.about(&name))?)
    } else {
        None
    };
    let (mut trainer, _scratch) = trainer_for(context, how.dry_run)?;
    let mut watch = bars(context, None);
    let report = match unpacked {
        Some(package) => trainer.import_unpacked(package, &source, &options, batch, &mut watch),
        None => trainer.import_anki((&source, path), &options, batch, &mut watch),
    };
    let report = report.map_err(|error| error.about(&name))?;
    drop(watch);
    context.talk(&anki_report::lines(&name, &report))?;
    if how.json {
        context.print(&format!("{}\n", anki_report::json_line(&report)))?;
    }
    let most = report.decks.iter().max_by_key(|deck| deck.new + deck.edited + deck.unchanged);
    let done = if report.rejected > 0 { Done::InPart } else { Done::Whole };
    Ok((most.map(|deck| deck.name.clone()).unwrap_or_default(), done))
}
