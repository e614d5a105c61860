//! Changing the file: a value is written where it belongs, and everything else in the file stays as it is, comments included.

use toml_edit::{Document, DocumentMut, Item, Table, TableLike};

use super::{Config, ProgramSetting, program_settings};
use crate::error::{Error, Result};

impl Config {
    /// The text of the file with another value.
    ///
    /// # Errors
    /// If the value is none for this setting, if two commands would have one key, or if the file cannot be read as it is.
    pub fn with_value(&self, setting: &ProgramSetting, value: &str) -> Result<String> {
        let value = setting.check(value).map_err(|why| {
            let refused = Error::person(format!("`{}`: {why}", setting.name))
                .named("bad-value")
                .hint(format!("it takes {}", setting.takes));
            match value.trim() {
                "" | "none" => refused.hint(format!("`retain config {} --unset` removes it", setting.name)),
                _ => refused,
            }
        })?;
        let mut document = self.document()?;
        let mut new = setting.written(&value);
        let table = match setting.name.split_once('.') {
            None => document.as_table_mut() as &mut dyn TableLike,
            Some((table, _)) => {
                let entry = document.entry(table).or_insert_with(|| Item::Table(Table::new()));
                entry.as_table_like_mut().ok_or_else(|| self.broken())?
            }
        };
        let name = setting.name.rsplit('.').next().unwrap_or_default();
        match table.get_mut(name) {
            Some(Item::Value(old)) => {
                *new.decor_mut() = old.decor().clone();
                *old = new;
            }
            _ => drop(table.insert(name, Item::Value(new))),
        }
        self.checked(document.to_string(), &setting.name)
    }

    /// The text of the file without a value; `None` if it has none of this name. A comment above it stays.
    ///
    /// # Errors
    /// If two commands would have one key, or if the file cannot be read as it is.
    pub fn without(&self, name: &str) -> Result<Option<String>> {
        if self.text.is_none() && self.exists() {
            return Err(self.broken());
        }
        let text = self.text.as_deref().unwrap_or_default();
        let document = Document::parse(text).map_err(|_| self.broken())?;
        let (table, key) = match name.split_once('.') {
            None => (Some(document.as_table() as &dyn TableLike), name),
            Some((table, key)) => (document.get(table).and_then(Item::as_table_like), key),
        };
        let Some(table) = table else { return Ok(None) };
        let Some((start, item)) = table.key(key).and_then(toml_edit::Key::span).zip(table.get(key)) else {
            return Ok(None);
        };
        let end = item.span().map_or(start.end, |span| span.end);
        let begin = text[..start.start].rfind('\n').map_or(0, |at| at + 1);
        let after = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        let (before, rest) = (text[begin..start.start].trim(), text[end..after].trim());
        let alone = !before.contains(['{', ',', '=']) && (rest.is_empty() || rest.starts_with('#'));
        let left = if alone && item.is_value() {
            format!("{}{}", &text[..begin], &text[after..])
        } else {
            let mut document = document.into_mut();
            let table = match name.split_once('.') {
                None => Some(document.as_table_mut() as &mut dyn TableLike),
                Some((table, _)) => document.get_mut(table).and_then(Item::as_table_like_mut),
            };
            table.and_then(|table| table.remove(key));
            document.to_string()
        };
        self.checked(left, name).map(Some)
    }

    /// The file as it can be changed.
    fn document(&self) -> Result<DocumentMut> {
        if self.text.is_none() && self.exists() {
            return Err(self.broken());
        }
        self.text.as_deref().unwrap_or_default().parse().map_err(|_| self.broken())
    }

    fn broken(&self) -> Error {
        Error::person(format!("{}: the settings file cannot be read, so nothing was written", self.path.display()))
            .named("settings-file")
            .hint("`retain config` shows what is wrong with it")
    }

    /// The text, if it has no problem that the file does not have already.
    fn checked(&self, text: String, name: &str) -> Result<String> {
        let changed = Self::parse(&self.path, &text);
        let known = |message: &str| self.problems.iter().any(|problem| problem.message == message);
        match changed.problems.into_iter().find(|problem| !known(&problem.message)) {
            None => Ok(text),
            Some(problem) => {
                let refusal = Error::person(format!("`{name}`: {}", problem.message)).named(problem.code);
                Err(match problem.hint {
                    _ if problem.code == "key-taken" => {
                        refusal.hint("choose another letter, or give the other command another one first")
                    }
                    Some(hint) => refusal.hint(hint),
                    None => refusal,
                })
            }
        }
    }
}

/// The setting of this name.
///
/// # Errors
/// If there is none.
pub fn named(name: &str) -> Result<ProgramSetting> {
    program_settings().into_iter().find(|setting| setting.name == name.to_lowercase()).ok_or_else(|| {
        Error::person(format!("there is no setting `{name}` of the program"))
            .named("no-such-setting")
            .hint(super::unknown_hint(name))
    })
}
