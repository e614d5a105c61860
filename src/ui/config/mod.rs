//! The settings of the program itself: how its screen looks, its keys, the editor, the voice, and what somebody always types. They are in a
//! file of the person's own next to the database. Settings of decks are in the database instead, because the schedule follows from them.
//!
//! ```
//! use retain::ui::config::Config;
//!
//! let config = Config::parse("config.toml", "theme = \"light\"\n[keys]\nundo = \"z\"\n");
//! assert!(config.problems().is_empty());
//! assert_eq!(config.value("keys.undo"), Some("z"));
//! ```

mod change;
mod setting;
pub mod table;

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml_edit::{Document, Item, TableLike};

use super::tui::{KeyMap, ReviewCommand};
use crate::bank::{Problem, Severity};
use crate::study::closest;
pub use change::named;
pub use setting::{ProgramSetting, program_settings};

/// The name of the file, next to the database.
pub const CONFIG_FILE: &str = "config.toml";
/// The variable that names another file.
pub const CONFIG_VARIABLE: &str = "RETAIN_CONFIG";
/// Tables of the file.
const TABLES: [&str; 3] = ["keys", "defaults", "backups"];

/// The settings file as it was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    path: PathBuf,
    text: Option<String>,
    values: BTreeMap<String, ConfigValue>,
    problems: Vec<Problem>,
}

/// A value of the file.
#[derive(Clone, Debug, PartialEq)]
struct ConfigValue {
    text: String,
    line: usize,
    span: Range<usize>,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigOrigin {
    /// Nobody set it.
    Default,
    /// A line of the settings file.
    File(usize),
    /// A variable of the environment.
    Environment(&'static str),
    /// A flag of the command line.
    Flag(&'static str),
}

impl Config {
    /// Reads the file. No file is an empty one; what is wrong with it is kept as problems.
    pub fn load(path: &Path) -> Self {
        match fs::read(path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Self::parse(path, text.strip_prefix('\u{feff}').unwrap_or(&text)),
                Err(_) => Self::unreadable(path, "the file is not UTF-8", "save it in UTF-8"),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => Self { path: path.into(), ..Self::default() },
            Err(error) => Self::unreadable(
                path,
                &format!("the file cannot be read: {error}"),
                "make it readable, or name another one with `RETAIN_CONFIG`",
            ),
        }
    }

    fn unreadable(path: &Path, why: &str, hint: &str) -> Self {
        let problem = Problem {
            line: 1,
            column: 1,
            width: 1,
            severity: Severity::Error,
            code: "unreadable",
            message: why.into(),
            hint: Some(hint.into()),
            excerpt: String::new(),
        };
        Self { path: path.into(), problems: vec![problem], ..Self::default() }
    }

    /// Reads the text of a file.
    pub fn parse(path: impl Into<PathBuf>, text: &str) -> Self {
        let mut config = Self { path: path.into(), text: Some(text.to_owned()), ..Self::default() };
        match Document::parse(text) {
            Ok(document) => {
                config.add(document.as_table(), "");
                config.check_keys();
            }
            Err(error) => {
                let span = error.span().unwrap_or(0..0);
                let message = error.message().lines().collect::<Vec<_>>().join(", ");
                config.report(span, "syntax", message, "a line is `name = \"text\"`, and `#` begins a comment".into());
            }
        }
        config.problems.sort_by_key(|problem| (problem.line, problem.column));
        config
    }

    /// Adds the entries of a table, whose name is `prefix` with a full stop.
    fn add(&mut self, table: &dyn TableLike, prefix: &str) {
        for (key, item) in table.iter() {
            let name = format!("{prefix}{key}");
            let place = table.key(key).and_then(toml_edit::Key::span).or_else(|| item.span()).unwrap_or(0..0);
            if let (Some(inner), true) = (item.as_table_like(), prefix.is_empty() && TABLES.contains(&key)) {
                self.add(inner, &format!("{key}."));
                continue;
            }
            if prefix.is_empty() && TABLES.contains(&key) {
                let example = if key == "keys" { "undo = \"z\"" } else { "minutes = 20" };
                let message = format!("`{key}` is a table, with a line for each of its settings");
                self.report(place, "not-a-table", message, format!("write `[{key}]`, and below it `{example}`"));
                continue;
            }
            let known = program_settings().into_iter().find(|setting| setting.name == name);
            match known {
                Some(setting) => self.add_value(&setting, item, place),
                None => {
                    let mut hint = unknown_hint(&name);
                    if !hint.contains("did you mean") {
                        hint += "; if this is the file of another program, name another one with `RETAIN_CONFIG`";
                    }
                    self.report(place, "unknown-setting", format!("there is no setting `{name}`"), hint);
                }
            }
        }
    }

    fn add_value(&mut self, setting: &ProgramSetting, item: &Item, place: Range<usize>) {
        let span = item.span().unwrap_or(place.clone());
        match setting.check_written(item.as_value()) {
            Ok(text) => {
                let line = self.line_at(span.start);
                self.values.insert(setting.name.clone(), ConfigValue { text, line, span: place.start..span.end });
            }
            Err((why, hint)) => {
                let message = format!("`{}`: {why}", setting.name);
                self.report(span, "bad-value", message, hint);
            }
        }
    }

    /// Two commands cannot have one letter.
    fn check_keys(&mut self) {
        let keys = self.keys();
        let place_of =
            |config: &Self, command: ReviewCommand| config.values.get(&format!("keys.{}", command.name())).cloned();
        for (at, command) in ReviewCommand::IN_REVIEW.into_iter().enumerate() {
            for other in ReviewCommand::IN_REVIEW.into_iter().take(at) {
                if keys.letter(command) != keys.letter(other) {
                    continue;
                }
                // The later line is the one to change.
                let (own, others) = (place_of(self, command), place_of(self, other));
                let (set, kept) = match (&own, &others) {
                    (Some(own), Some(others)) if own.span.start < others.span.start => (others, command),
                    (Some(own), _) => (own, other),
                    (None, Some(others)) => (others, command),
                    (None, None) => continue,
                };
                let message = format!("`{}` is the key of `{}`, too", keys.letter(kept), kept.name());
                let hint = format!("choose another letter, or give `{}` another one: `{0} = \"…\"`", kept.name());
                self.report(set.span.clone(), "key-taken", message, hint);
            }
        }
        // A mock exam has commands of its own, whose letters are fixed.
        let exam = ReviewCommand::offered(true);
        for command in exam.iter().filter(|command| ReviewCommand::IN_REVIEW.contains(command)) {
            let fixed = exam.iter().filter(|other| !ReviewCommand::IN_REVIEW.contains(other));
            let taken = fixed.copied().find(|other| keys.letter(*other) == keys.letter(*command));
            if let Some((taken, place)) = taken.zip(place_of(self, *command)) {
                let message = format!("`{}` is a key of mock exams (`{}`)", keys.letter(taken), taken.name());
                self.report(place.span, "key-taken", message, "choose another letter".into());
            }
        }
    }

    fn line_at(&self, offset: usize) -> usize {
        let text = self.text.as_deref().unwrap_or_default();
        text.get(..offset).unwrap_or(text).matches('\n').count() + 1
    }

    fn report(&mut self, span: Range<usize>, code: &'static str, message: String, hint: String) {
        let text = self.text.as_deref().unwrap_or_default();
        let start = (0..=span.start.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let begin = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let row = text[begin..].lines().next().unwrap_or_default();
        let column = text[begin..start].chars().count() + 1;
        let marked = text.get(start..span.end).unwrap_or_default().lines().next().unwrap_or_default();
        self.problems.push(Problem {
            line: self.line_at(start),
            column,
            width: marked.chars().count().max(1),
            severity: Severity::Error,
            code,
            message,
            hint: Some(hint),
            excerpt: row.chars().take(column + 200).collect(),
        });
    }

    /// Whether nothing in it is a mistake.
    pub fn is_usable(&self) -> bool {
        self.problems.iter().all(|problem| problem.severity == Severity::Warning)
    }

    /// The same without what runs a command or says where backups are and which of them go: for a file next to a database that may be somebody
    /// else's. What is left out is a problem of the file.
    #[must_use]
    pub fn without_commands(mut self) -> Self {
        let is_risky = |name: &str| ["editor", "say"].contains(&name) || name.starts_with("backups.");
        let risky: Vec<String> = self.values.keys().filter(|name| is_risky(name)).cloned().collect();
        for name in risky {
            let Some(value) = self.values.remove(&name) else { continue };
            let message = format!("`{name}` is not used: this file lies next to a database that `--db` names");
            let hint = "if the file is yours, name it with `RETAIN_CONFIG`, or the database with `RETAIN_DB`".into();
            self.report(value.span, "not-trusted", message, hint);
            if let Some(problem) = self.problems.last_mut() {
                problem.severity = Severity::Warning;
            }
        }
        self.problems.sort_by_key(|problem| (problem.line, problem.column));
        self
    }

    /// Where the file is, or would be.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether there is a file.
    pub fn exists(&self) -> bool {
        self.text.is_some() || !self.problems.is_empty()
    }

    /// What is wrong with the file, in the order of its lines.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// A value of the file.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(|value| value.text.as_str())
    }

    /// A value, and where it comes from: a flag goes before the environment, that before the file, and that before the default.
    pub fn resolve(
        &self,
        setting: &ProgramSetting,
        flag: Option<(&'static str, String)>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> (String, ConfigOrigin) {
        if let Some((flag, value)) = flag {
            return (value, ConfigOrigin::Flag(flag));
        }
        let named = |names: &'static [&'static str]| {
            let set = names.iter().find_map(|name| Some((variable(name)?, ConfigOrigin::Environment(name))));
            set.map(|(value, origin)| (setting.check(&value).unwrap_or(value), origin))
        };
        let of_file =
            || self.values.get(&setting.name).map(|value| (value.text.clone(), ConfigOrigin::File(value.line)));
        named(setting.variables)
            .or_else(of_file)
            .or_else(|| named(setting.fallbacks))
            .unwrap_or_else(|| (setting.default.clone(), ConfigOrigin::Default))
    }

    /// The letters of the commands of a review.
    pub fn keys(&self) -> KeyMap {
        let mut keys = KeyMap::default();
        for command in ReviewCommand::IN_REVIEW {
            let letter = self.value(&format!("keys.{}", command.name())).and_then(|text| text.chars().next());
            if let Some(letter) = letter {
                keys.set(command, letter);
            }
        }
        keys
    }
}

/// What to do about a name that is no setting of the program.
pub fn unknown_hint(name: &str) -> String {
    if crate::model::Settings::keys().any(|key| key == name) {
        return format!("this is a setting of decks: `retain deck set --default {name}=…`");
    }
    let settings = program_settings();
    let near = closest(name, settings.iter().map(|setting| setting.name.as_str())).or_else(|| {
        // `undo` alone is a key, and `minutes` a default.
        let inner =
            settings.iter().find(|setting| setting.name.split_once('.').is_some_and(|(_, inner)| inner == name));
        inner.map(|setting| setting.name.as_str())
    });
    match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`retain config` lists all".into(),
    }
}

#[cfg(test)]
mod tests;
