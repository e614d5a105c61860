//! Packages of Anki and notes in plain text go out: questions as notes, with their cards, answers, decks, presets and media.

mod cards;
mod media;
mod notes;
mod presets;
mod report;
mod text;
mod work;

use std::path::Path;

pub use report::{AnkiExportRequest, AnkiExported};
pub(super) use text::export_anki_text;

use crate::anki::out::{OutArchive, OutGeneration};
use crate::error::{Error, Result};
use crate::private;
use crate::store::Store;
use crate::study::present::Present;
use crate::study::progress::Watch;
use work::PackageExport;

/// Writes a package into the file at this path.
pub(super) fn export_anki(
    store: &Store,
    path: &Path,
    request: &AnkiExportRequest<'_>,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<AnkiExported> {
    let beside = store.path().parent().unwrap_or(Path::new("."));
    export_within(store, beside, path, request, present, watch).map_err(|error| {
        // SQLite only says that it cannot open its file.
        if !private::is_full(beside) {
            return error;
        }
        Error::person("the package cannot be written: the disk is full")
            .named("disk-full")
            .hint("make room where the database is")
            .caused_by(error)
    })
}

/// Writes a package, with a temporary folder in `beside`.
fn export_within(
    store: &Store,
    beside: &Path,
    path: &Path,
    request: &AnkiExportRequest<'_>,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<AnkiExported> {
    let generation = if request.legacy { OutGeneration::Legacy } else { OutGeneration::Latest };
    let folder = private::temporary_folder(beside).map_err(|error| {
        Error::person(format!("the package cannot be written: {error}")).hint("make room where the database is")
    })?;
    let mut export = PackageExport::prepare(store.reader(), request, present)?;
    let database = folder.path().join("collection");
    export.write(&database, generation, watch)?;
    let note = folder.path().join("note");
    export.write_note_for_old(&note)?;
    let mut archive = OutArchive::create(path, generation)?;
    archive.collection(&database, &note)?;
    export.media(&mut archive, &store.path().with_file_name("media"), watch)?;
    archive.finish()?;
    Ok(export.report)
}
