//! Note types for multiple choice, by the names of their fields: `Question`, `QType`, `Q_1` … and `Answers` of "AllInOne (kprim, mc, sc)" and
//! of anki-mc, `optionA` … and `answer` of anki-eco, and others that are made alike.

use super::super::template::{plain, says_something};
use super::form::{CardForm, OptionText};
use super::html::tidy;
use crate::model::letter;

/// What fields with options are called before their number or letter.
const OPTIONS: [&str; 8] = ["q", "option", "choice", "opt", "answer", "a", "alternative", "possibleanswer"];
/// What fields with wrong options are called before their number.
const WRONG: [&str; 4] = ["incorrect", "wrong", "distractor", "wronganswer"];
/// What fields are called that say of an option why.
const COMMENTS: [&str; 3] = ["note", "feedback", "comment"];
/// What the field with the key is called.
const KEYS: [&str; 10] = [
    "answers",
    "answer",
    "correct",
    "key",
    "correctanswer",
    "correctanswers",
    "correctoption",
    "correctoptions",
    "solution",
    "rightanswer",
];
/// What the field with the question is called.
const STEMS: [&str; 4] = ["question", "stem", "frage", "prompt"];
/// Fields that are settings, and not to be shown.
const SETTINGS: [&str; 6] = ["title", "options", "shuffle", "id", "fixed", "retain"];

/// Which field holds what, by place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ChoiceFields {
    stem: usize,
    title: Option<usize>,
    /// Each option, with the field that comments on it.
    options: Vec<(usize, Option<usize>)>,
    /// Whether the key is itself the right option, and the others are wrong.
    wrong_only: bool,
    key: usize,
    kind: Option<usize>,
    /// The letters of the options that keep their places.
    fixed: Option<usize>,
    extra: Vec<usize>,
}

/// A name without what does not matter in it.
fn bare(name: &str) -> String {
    name.chars().filter(|char| char.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// The place that a name such as `q1` or `optiona` has behind one of these words, from 0.
fn place(name: &str, words: &[&str]) -> Option<usize> {
    words.iter().find_map(|word| {
        let rest = name.strip_prefix(word)?;
        if let Ok(number) = rest.parse::<usize>() {
            return number.checked_sub(1).filter(|place| *place < 52);
        }
        let [letter @ b'a'..=b'z'] = rest.as_bytes() else { return None };
        Some(usize::from(letter - b'a'))
    })
}

impl ChoiceFields {
    /// The fields of a note type for multiple choice; `None` if it is another.
    pub(super) fn find(names: &[String]) -> Option<Self> {
        let names: Vec<String> = names.iter().map(|name| bare(name)).collect();
        let named = |words: &[&str]| names.iter().position(|name| words.contains(&name.as_str()));
        let stem = named(&STEMS)?;
        let key = named(&KEYS)?;
        let kind = names.iter().position(|name| name.starts_with("qtype"));
        let placed = |words: &[&str]| {
            let mut found: Vec<(usize, usize)> = Vec::new();
            for (at, name) in names.iter().enumerate().filter(|(at, _)| *at != stem && *at != key) {
                found.extend(place(name, words).map(|place| (place, at)));
            }
            found.sort_unstable();
            found
        };
        let (mut options, mut wrong_only) = (placed(&OPTIONS), false);
        if options.len() < 2 {
            options = placed(&WRONG);
            wrong_only = true;
        }
        if options.len() < if wrong_only { 1 } else { 2 } {
            return None;
        }
        let comments = placed(&COMMENTS);
        let comment = |place: usize| comments.iter().find(|(own, _)| *own == place).map(|(_, at)| *at);
        let options: Vec<(usize, Option<usize>)> =
            options.into_iter().map(|(place, at)| (at, comment(place).filter(|_| !wrong_only))).collect();
        let taken = |at: &usize| {
            [stem, key].contains(at)
                || kind == Some(*at)
                || options.iter().any(|(option, comment)| option == at || *comment == Some(*at))
                || SETTINGS.contains(&names[*at].as_str())
        };
        let extra = (0..names.len()).filter(|at| !taken(at)).collect();
        let (title, fixed) = (named(&["title"]), named(&["fixed"]));
        Some(Self { stem, title, options, wrong_only, key, kind, fixed, extra })
    }

    /// The note as a question; `None` if its key does not say which of its options are right.
    pub(super) fn form(&self, names: &[String], values: &[String]) -> Option<CardForm> {
        let value = |at: usize| values.get(at).map_or("", String::as_str);
        let mut options: Vec<(usize, OptionText)> = Vec::new();
        let fixed = self.fixed.map(|at| plain(value(at)).to_ascii_uppercase()).unwrap_or_default();
        let fixed: Vec<&str> = fixed.split([' ', ',']).collect();
        for (place, (at, comment)) in self.options.iter().enumerate() {
            if says_something(value(*at)) {
                let feedback = comment.map(|at| tidy(value(at))).filter(|text| says_something(text));
                let pinned = fixed.contains(&letter(place).as_str());
                options.push((place, OptionText { text: tidy(value(*at)), right: false, feedback, pinned }));
            }
        }
        let key = plain(value(self.key));
        if self.wrong_only {
            let right = OptionText { text: tidy(value(self.key)), right: true, ..OptionText::default() };
            options.insert(0, (0, right));
            if key.is_empty() && !says_something(value(self.key)) {
                return None;
            }
        } else {
            let right = rights(&key, &options)?;
            options.iter_mut().for_each(|(place, option)| option.right = right.contains(place));
        }
        if options.len() < 2 {
            return None;
        }
        let options: Vec<OptionText> = options.into_iter().map(|(_, option)| option).collect();
        let mut stem = tidy(value(self.stem));
        if let Some(title) = self.title.map(value).filter(|title| says_something(title)) {
            stem = format!("{}<br>{stem}", tidy(title));
        }
        let mut extra = Vec::new();
        for at in self.extra.iter().filter(|at| says_something(value(**at))) {
            let name = names.get(*at).map_or("", String::as_str);
            let is_named = bare(name).starts_with("source");
            extra.push(if is_named { format!("{name}: {}", tidy(value(*at))) } else { tidy(value(*at)) });
        }
        let extra = extra.join("<br>");
        let right = options.iter().filter(|option| option.right).count();
        if right == 0 {
            return Some(all_wrong(&stem, &options, &extra));
        }
        let single = match self.kind.map(|at| plain(value(at))).as_deref() {
            Some("2") => right == 1,
            Some("0" | "1") => false,
            _ => right == 1,
        };
        Some(CardForm::Choice { stem, options, single, extra })
    }
}

/// A question none of whose options is right: it is shown as a card.
fn all_wrong(stem: &str, options: &[OptionText], extra: &str) -> CardForm {
    let list: String = options.iter().map(|option| format!("<li>{}</li>", option.text)).collect();
    let back = if extra.is_empty() { "none of them".to_owned() } else { format!("none of them<br>{extra}") };
    CardForm::Sides { front: format!("{stem}<ol>{list}</ol>"), back }
}

/// The places of the right options, by a row of 0 and 1, by letters, by numbers, or by their text.
fn rights(key: &str, options: &[(usize, OptionText)]) -> Option<Vec<usize>> {
    let parts: Vec<&str> = key.split([' ', ',', ';', '|', '\n', '/']).filter(|part| !part.is_empty()).collect();
    let last = options.last().map(|(place, _)| *place)?;
    let is_row = |parts: &[&str]| parts.len() > 1 && parts.iter().all(|part| matches!(*part, "0" | "1"));
    let row = |parts: &[&str]| -> Vec<usize> { (0..parts.len()).filter(|place| parts[*place] == "1").collect() };
    if is_row(&parts) && parts.len() >= options.len() {
        return Some(row(&parts));
    }
    let digits: Vec<&str> = key.split("").filter(|digit| !digit.is_empty()).collect();
    if is_row(&digits) && digits.len() >= options.len() {
        return Some(row(&digits));
    }
    let letters: Option<Vec<usize>> = key
        .chars()
        .filter(|char| char.is_alphanumeric())
        .map(|char| char.is_ascii_uppercase().then(|| usize::from(char as u8 - b'A')).filter(|place| *place <= last))
        .collect();
    let lower = || match key.as_bytes() {
        [letter @ b'a'..=b'z'] => Some(vec![usize::from(letter - b'a')]).filter(|places| places[0] <= last),
        _ => None,
    };
    let numbers = || -> Option<Vec<usize>> {
        parts.iter().map(|part| part.parse::<usize>().ok()?.checked_sub(1).filter(|place| *place <= last)).collect()
    };
    let by_text = || {
        let same = |(_, option): &&(usize, OptionText)| plain(&option.text).eq_ignore_ascii_case(key);
        options.iter().find(same).map(|(place, _)| vec![*place])
    };
    let found = by_text().filter(|_| key.chars().count() > 1);
    let found = found.or(letters).or_else(lower).or_else(numbers).or_else(by_text)?;
    let there = |place: &usize| options.iter().any(|(own, _)| own == place);
    (!found.is_empty() && found.iter().all(there)).then_some(found)
}
