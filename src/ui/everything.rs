//! Everything as a folder: what was written, and what was made of it.

use std::path::Path;

use super::rich::harmless;
use super::words::{count, size};
use crate::model::shell_path;
use crate::study::{EverythingExported, EverythingImported};

fn missing(files: u64) -> String {
    match files {
        0 => String::new(),
        files => format!(
            "\nwarning: {} that questions name {} not there",
            count(files, "media file"),
            if files == 1 { "is" } else { "are" }
        ),
    }
}

/// What was exported.
pub fn exported(exported: &EverythingExported, folder: &Path) -> String {
    let EverythingExported { questions, answers, media, missing_media, bytes, ref left_out } = *exported;
    let left_out: String = left_out.iter().map(|file| format!("\nwarning: left out {}", harmless(file))).collect();
    let folder = harmless(&folder.display().to_string()).to_string();
    format!(
        "wrote everything into {folder}: {}, {}, {} ({}){}{left_out}\n`retain --db NEW.db import {}` makes an equal database of it",
        count(questions, "question"),
        count(answers, "answer"),
        count(media, "media file"),
        size(bytes),
        missing(missing_media),
        shell_path(&folder)
    )
}

/// What a check would condemn in what is to be made.
pub fn flaws(flaws: &[String]) -> String {
    const LISTED: usize = 10;
    let listed: String = flaws.iter().take(LISTED).map(|flaw| format!("\n  {}", harmless(flaw))).collect();
    let more = flaws.len().saturating_sub(LISTED);
    let more = if more > 0 { format!("\n  … and {more} more") } else { String::new() };
    format!(
        "warning: the database is not sound: it was not when it was exported, or the folder was changed since:{listed}{more}\n\
         hint: `retain check` says what can be done about it"
    )
}

/// What was imported; with `dry_run`, what would be.
pub fn imported(imported: &EverythingImported, db: &Path, dry_run: bool) -> String {
    let EverythingImported { questions, answers, media, missing_media } = *imported;
    let begin = if dry_run { "every file is as it was written; an import would make" } else { "made" };
    format!(
        "{begin} {}: {}, {}, {}{}",
        harmless(&db.display().to_string()),
        count(questions, "question"),
        count(answers, "answer"),
        count(media, "media file"),
        missing(missing_media)
    )
}
