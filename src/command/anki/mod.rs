//! `retain anki`: packages of Anki.

mod export;
mod import;

use std::path::Path;

use clap::{Args as Arguments, Subcommand};

use super::Context;
use crate::error::{Done, Result};
pub(super) use import::{PackageImport, import_package};

/// Bring cards from Anki and back, with the whole history.
#[derive(Arguments, Debug)]
pub struct Args {
    #[command(subcommand)]
    action: AnkiAction,
}

#[derive(Debug, Subcommand)]
enum AnkiAction {
    /// Import a package: decks, cards, pictures, presets, and every answer
    Import(import::Args),
    /// Write a package that Anki imports: decks, notes, pictures, presets, and every answer
    Export(export::Args),
}

/// Runs the command.
pub fn run(context: &Context, args: &Args) -> Result<Done> {
    match &args.action {
        AnkiAction::Import(args) => import::run(context, args),
        AnkiAction::Export(args) => export::run(context, args),
    }
}

/// Whether a file is a package of Anki, or says so by its name.
pub(super) fn is_package(path: &Path) -> bool {
    let named =
        path.extension().is_some_and(|end| ["apkg", "colpkg"].iter().any(|known| end.eq_ignore_ascii_case(known)));
    (named && path.is_file()) || crate::study::is_anki_package(path)
}
