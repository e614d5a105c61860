//! Where the files are.

use std::path;

use serde_json::json;

use super::config::Config;
use super::rich::harmless;
use super::words;
use crate::error::Result;
use crate::study::{FileGroup, Places};

/// For people: a line each.
pub fn text(places: &Places, config: &Config) -> String {
    let database = match places.database.files {
        0 => "not made yet".to_owned(),
        _ => words::size(places.database.bytes),
    };
    let backups = match &places.newest_backup {
        Some(newest) => {
            format!("{}, the newest is {}", group(&places.backups), harmless(&newest.display().to_string()))
        }
        None => "none here; `retain backup` makes one".to_owned(),
    };
    let line = |what: &str, path: &std::path::Path, how: &str| {
        format!("{what:<10}{}  ({how})\n", harmless(&path.display().to_string()))
    };
    line("database", &places.database.path, &database)
        + &line("media", &places.media.path, &group(&places.media))
        + &line("backups", &places.backups.path, &backups)
        + &line("settings", &places.database.path, "of decks, in the database; `retain deck show DECK` shows them")
        + &line(
            "config",
            &path::absolute(config.path()).unwrap_or_else(|_| config.path().into()),
            settings_file(config),
        )
}

fn settings_file(config: &Config) -> &'static str {
    match (config.exists(), config.problems().is_empty()) {
        (_, false) => "settings of the program; something is wrong with it: see `retain config`",
        (true, _) => "settings of the program; `retain config` shows them",
        (false, _) => "settings of the program; not made yet: `retain config` shows what there is to set",
    }
}

fn group(group: &FileGroup) -> String {
    match group.files {
        0 => "no files".into(),
        files => format!("{}, {}", words::count(files, "file"), words::size(group.bytes)),
    }
}

/// For programs: one object.
///
/// # Errors
/// A fault of the program, if it cannot be written.
pub fn json(places: &Places, config: &Config) -> Result<String> {
    let group = |group: &FileGroup| json!({"path": group.path.display().to_string(), "files": group.files, "bytes": group.bytes});
    let mut backups = group(&places.backups);
    backups["newest"] = json!(places.newest_backup.as_ref().map(|path| path.display().to_string()));
    super::json_line(&json!({
        "database": group(&places.database),
        "media": group(&places.media),
        "backups": backups,
        "settings": {"path": places.database.path.display().to_string()},
        "config": {"path": config.path().display().to_string(), "exists": config.exists()},
    }))
}
