//! The settings of the program with their values and origins, for people and as JSON Lines.

use std::path::Path;

use serde_json::json;

use super::{ConfigOrigin, ProgramSetting};
use crate::error::Result;
use crate::ui::json_line;
use crate::ui::rich::harmless;
use crate::ui::table::{
    self, TextColumn,
    TextColumn::{Cut, Left},
};

/// The name, the value and the origin.
const COLUMNS: [TextColumn; 3] = [Left(17), Cut(24), Left(0)];

/// A setting with its value, and where that comes from.
pub type ConfigRow = (ProgramSetting, String, ConfigOrigin);

/// For people: a line each.
pub fn text(rows: &[ConfigRow], path: &Path) -> String {
    let line = |(setting, value, origin): &ConfigRow| {
        table::row(&COLUMNS, 1, [setting.name.clone(), harmless(value).to_string(), origin_words(origin, path)]) + "\n"
    };
    rows.iter().map(line).collect()
}

/// One setting for people: its value and origin, what it means, and what it takes.
pub fn one((setting, value, origin): &ConfigRow, path: &Path) -> String {
    format!("{}  ({})\n", harmless(value), origin_words(origin, path))
        + &format!("  {}\n  Takes {}.\n", setting.meaning, setting.takes)
}

/// For programs: an object a line.
///
/// # Errors
/// A fault of the program, if it cannot be written.
pub fn json(rows: &[ConfigRow], path: &Path) -> Result<String> {
    let line = |(setting, value, origin): &ConfigRow| {
        let (from, detail) = match origin {
            ConfigOrigin::Default => ("default", json!(null)),
            ConfigOrigin::File(line) => ("file", json!(format!("{}:{line}", path.display()))),
            ConfigOrigin::Environment(name) => ("environment", json!(name)),
            ConfigOrigin::Flag(flag) => ("flag", json!(flag)),
        };
        json_line(&json!({
            "setting": setting.name, "value": value, "origin": from, "place": detail, "default": setting.default,
            "meaning": setting.meaning, "takes": setting.takes,
        }))
    };
    rows.iter().map(line).collect()
}

/// An origin in words.
fn origin_words(origin: &ConfigOrigin, path: &Path) -> String {
    match origin {
        ConfigOrigin::Default => "default".into(),
        ConfigOrigin::File(line) => format!("{}:{line}", harmless(&path.display().to_string())),
        ConfigOrigin::Environment(name) => format!("environment: {name}"),
        ConfigOrigin::Flag(flag) => format!("flag: {flag}"),
    }
}

/// What a change came to. `over` is what goes before the file, if anything does.
pub fn changed(name: &str, value: Option<&str>, path: &Path, now: &(String, ConfigOrigin)) -> String {
    let file = harmless(&path.display().to_string()).to_string();
    let first = match value {
        Some(value) => format!("{name} is `{value}` in {file}", value = harmless(value)),
        None => format!("{name} is not set in {file} any more"),
    };
    match &now.1 {
        ConfigOrigin::Environment(variable) if value.is_some() => {
            format!("{first}\nbut the variable `{variable}` says `{}`, and goes before the file\n", harmless(&now.0))
        }
        ConfigOrigin::Flag(flag) if value.is_some() => {
            format!("{first}\nbut `{flag}` says `{}`, and goes before the file\n", harmless(&now.0))
        }
        _ if value.is_none() => format!("{first}: it is `{}` now\n", harmless(&now.0)),
        _ => first + "\n",
    }
}
