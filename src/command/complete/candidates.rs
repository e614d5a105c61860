//! What can come next.

use std::path::Path;

use clap::{Arg, ValueHint};

use super::walk::TypedPlace;
use crate::clock::Clock;
use crate::command::help;
use crate::model::Settings;
use crate::study::{NameSource, SEARCH_STATES, Trainer, filter_text};
use crate::ui::config::program_settings;

/// The names of a database. It is only looked at; without one, or if it cannot be read, there are none.
pub(super) struct KnownNames(Option<Trainer>);

impl KnownNames {
    pub(super) fn new(db: &Path, clock: Clock) -> Self {
        Self(Trainer::look(db, clock).ok())
    }

    fn all(&self, source: NameSource, begin: &str) -> Vec<(String, String)> {
        self.0.as_ref().and_then(|trainer| trainer.names(source, begin).ok()).unwrap_or_default()
    }
}

/// What can come next: values with what they are, and whether names of files can come, too.
#[derive(Debug, Default)]
pub(super) struct Candidates {
    pub(super) values: Vec<(String, String)>,
    files: bool,
}

impl Candidates {
    /// The first line for a script.
    pub(super) fn head(&self) -> &'static str {
        if self.files { "files" } else { "words" }
    }

    /// What begins as the word does.
    pub(super) fn find(command: &clap::Command, before: &[String], word: &str, names: &KnownNames) -> Self {
        let place = TypedPlace::find(command, before);
        let mut found = Self::default();
        if let Some(option) = place.option {
            found.add_values(option, &place, word, names);
        } else if let Some((name, value)) = word.strip_prefix("--").and_then(|rest| rest.split_once('=')) {
            if let Some(option) = place.option_of(name) {
                found.add_values(option, &place, value, names);
                found.values.iter_mut().for_each(|(value, _)| *value = format!("--{name}={value}"));
            }
        } else if word.starts_with('-') && !place.only_values {
            found.add_options(&place);
        } else {
            if place.given.is_empty() && !place.only_values {
                let commands = place.command.get_subcommands().filter(|inner| !inner.is_hide_set());
                found.values.extend(commands.map(|inner| (inner.get_name().to_owned(), words(inner.get_about()))));
            }
            if let Some(argument) = place.argument() {
                found.add_values(argument, &place, word, names);
            }
        }
        found.keep(word);
        found
    }

    fn add_options(&mut self, place: &TypedPlace<'_>) {
        let options = place.command.get_arguments().filter(|arg| !arg.is_hide_set());
        self.values.extend(options.filter_map(|arg| Some((format!("--{}", arg.get_long()?), words(arg.get_help())))));
    }

    /// The values of an option or an argument.
    fn add_values(&mut self, arg: &Arg, place: &TypedPlace<'_>, word: &str, names: &KnownNames) {
        let known = arg.get_possible_values();
        if !known.is_empty() {
            let known = known.iter().filter(|value| !value.is_hide_set());
            self.values.extend(known.map(|value| (value.get_name().to_owned(), words(value.get_help()))));
            return;
        }
        if matches!((&place.path[..], arg.get_id().as_str()), (["search" | "browse"], "words")) {
            return self.add_filters(word, names);
        }
        let mut add = |source| self.values.extend(names.all(source, word));
        match (&place.path[..], arg.get_id().as_str()) {
            (["deck", "set"], "words") => {
                if place.given.is_empty() {
                    add(NameSource::AllDecks);
                }
                self.add_pairs(word);
            }
            (["preset", "create" | "set"], "pairs") => self.add_pairs(word),
            (["config"], "words") => self.add_program_settings(&place.given),
            (["help"], "words") => self.add_help(place),
            (["preset", _], "name") => add(NameSource::Presets),
            (["deck", "restore"], "deck") => add(NameSource::DeletedDecks),
            (["deck", "unarchive"], "deck") => add(NameSource::ArchivedDecks),
            (["deck", "archive" | "postpone" | "advance"], "deck") | (["card", "move"], "to") => add(NameSource::Decks),
            (["deck", _], "deck" | "from" | "into") => add(NameSource::AllDecks),
            (_, "deck" | "decks") => add(NameSource::Decks),
            (_, "topic") => add(NameSource::Topics),
            (_, "tag") | (["card", "tag"], "add" | "remove") => add(NameSource::Tags),
            (["card", "restore"], "cards") => add(NameSource::DeletedCards),
            (_, "card" | "cards") => add(NameSource::Cards),
            (_, "key") => {
                self.values.push(("first".into(), "the first option is right where none is marked".into()));
                self.values.push(("last".into(), "the last option is right where none is marked".into()));
                self.files = true;
            }
            (["backup"], "file") => {
                self.values.push(("list".into(), "all backups, with what is in them".into()));
                self.files = true;
            }
            (["restore"], "which") => {
                self.values.push(("latest".into(), "the newest backup".into()));
                self.files = true;
            }
            (["review"], "what") => {
                add(NameSource::Decks);
                self.files = true;
            }
            _ => {
                let hint = arg.get_value_hint();
                self.files |= matches!(hint, ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath);
                let named = arg.get_value_names().unwrap_or_default();
                self.files |= named.iter().any(|name| ["PATH", "FILE"].iter().any(|path| name.contains(path)));
            }
        }
    }

    /// `deck:`, and after it the names of decks; the other filters of a search so, too.
    fn add_filters(&mut self, word: &str, names: &KnownNames) {
        const FILTERS: [(&str, &str); 5] = [
            ("deck", "a deck, and the decks in it"),
            ("topic", "a topic"),
            ("tag", "a tag"),
            ("is", "a state: new, due, suspended, a leech, …"),
            ("due", "when cards come back: a number of days, today, overdue"),
        ];
        let Some((filter, value)) = word.split_once(':') else {
            self.values.extend(FILTERS.map(|(filter, what)| (format!("{filter}:"), what.to_owned())));
            return;
        };
        let plain = |words: &[&str]| words.iter().map(|word| ((*word).to_owned(), String::new())).collect();
        let found: Vec<(String, String)> = match filter.to_lowercase().as_str() {
            "deck" => names.all(NameSource::AllDecks, value),
            "topic" => names.all(NameSource::Topics, value),
            "tag" => names.all(NameSource::Tags, value),
            "is" => plain(&SEARCH_STATES),
            "due" => plain(&["today", "tomorrow", "overdue", "<7", ">30"]),
            _ => Vec::new(),
        };
        // The shell's own marks are enough for blanks; what a search reads itself needs those of a search.
        let is_plain = |char: char| !matches!(char, '"' | '“' | '”' | '„' | '«' | '»' | '\\' | '*');
        let written = |name: &str| match name.chars().all(is_plain) {
            true => format!("{filter}:{name}"),
            false => filter_text(filter, name),
        };
        self.values.extend(found.into_iter().map(|(name, what)| (written(&name), what)));
    }

    /// `key=`, and after it the values that are words.
    fn add_pairs(&mut self, word: &str) {
        let Some((key, _)) = word.split_once('=') else {
            let meaning = |key| Settings::meaning(key).unwrap_or_default().to_owned();
            self.values.extend(Settings::keys().map(|key| (format!("{key}="), meaning(key))));
            return;
        };
        let mut values = vec!["inherit".to_owned()];
        if let Ok(default) = Settings::default().get(key) {
            values.insert(0, default);
        }
        // What is allowed is said in words; those that are values are set apart by commas.
        let allowed = Settings::allowed(key).unwrap_or_default();
        let mut single = |text: &str| {
            let text = text.trim().trim_matches('`');
            if !text.is_empty() && text.chars().all(|char| char.is_ascii_alphanumeric() || char == '-') {
                values.push(text.to_owned());
            }
        };
        allowed.split([',', ';']).flat_map(|part| part.split(" or ")).for_each(&mut single);
        self.values.extend(values.into_iter().map(|value| (format!("{key}={value}"), String::new())));
    }

    fn add_program_settings(&mut self, given: &[&str]) {
        let settings = program_settings();
        let setting = given.first().and_then(|name| settings.iter().find(|setting| setting.name == *name));
        match setting {
            None => self.values.extend(settings.iter().map(|setting| (setting.name.clone(), setting.meaning.clone()))),
            Some(setting) if given.len() == 1 => {
                let quoted = setting.takes.split('`').skip(1).step_by(2).filter(|word| setting.check(word).is_ok());
                self.values.extend(quoted.map(|word| (word.to_owned(), String::new())));
                let switches =
                    ["on", "off"].into_iter().filter(|word| setting.takes == "on or off" && !word.is_empty());
                self.values.extend(switches.map(|word| (word.to_owned(), String::new())));
            }
            Some(_) => {}
        }
    }

    fn add_help(&mut self, place: &TypedPlace<'_>) {
        let command = place.given.iter().try_fold(place.root, |command, word| command.find_subcommand(word));
        let inner = command.into_iter().flat_map(clap::Command::get_subcommands).filter(|inner| !inner.is_hide_set());
        self.values.extend(inner.map(|inner| (inner.get_name().to_owned(), words(inner.get_about()))));
        if matches!(place.given[..], [] | ["page"]) {
            self.values.extend(help::page_names().map(|(name, what)| (name.to_owned(), what.to_owned())));
        }
    }

    /// Keeps what begins as the word does, letter case aside, each once.
    fn keep(&mut self, word: &str) {
        let begin = word.to_lowercase();
        let mut seen = std::collections::BTreeSet::new();
        self.values.retain(|(value, _)| value.to_lowercase().starts_with(&begin) && seen.insert(value.clone()));
    }
}

fn words(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}
