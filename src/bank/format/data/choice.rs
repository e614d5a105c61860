//! Objects with options: which field lists them, and which says what is right.

use serde_json::Value;

use super::name::{FieldRole, words};
use super::option::{self, Options};
use super::question::AnswerShape;
use super::value::{named, same, scalar, truth, value_text};
use super::view::View;
use crate::bank::format::record::{Record, RecordOption, inline};
use crate::bank::lines::label::label;
use crate::bank::lines::{mark, place_of_letter};

/// The options of an object, and the field that holds them.
pub(super) fn listed<'a>(view: &View<'a>) -> Option<(&'a str, Options)> {
    let several = |value: &Value| option::options(value).filter(|found| found.options.len() > 1);
    let named = view.all(FieldRole::Options).find_map(|(_, name, value)| Some((*name, option::options(value)?)));
    if let Some(found) = named.filter(|(_, found)| !found.options.is_empty()) {
        return Some(found);
    }
    let answers: Vec<_> = view.all(FieldRole::Answer).collect();
    for (_, name, value) in answers.iter().filter(|(.., value)| value.is_array() || value.is_object()) {
        let Some(found) = several(value).filter(|_| !spans(value)).map(marked) else { continue };
        let plural = words(name).concat().ends_with('s') && !words(name).iter().any(|word| word.starts_with("correct"));
        let other = answers.iter().any(|(_, own, _)| own != name);
        // What may be answered to a text that is to be read.
        if !found.flagged() && !other && view.all(FieldRole::Passage).next().is_some() {
            continue;
        }
        if found.flagged() || ((plural || other) && !words(name).iter().any(|word| word.starts_with("correct"))) {
            return Some((name, found));
        }
    }
    // A list of texts of which one is the answer.
    let texts: Vec<String> = answers.iter().filter_map(|(.., value)| scalar(value)).collect();
    let unknown = view
        .fields
        .iter()
        .filter(|(field, _, value)| *field == FieldRole::Other && (value.is_array() || value.is_object()));
    unknown.into_iter().find_map(|(_, name, value)| {
        let found = several(value)?;
        let holds =
            |text: &String| found.options.iter().any(|option| same(&option.text, text)) || found.ids.contains(text);
        (texts.iter().any(holds) || found.flagged()).then_some((*name, found))
    })
}

/// Options of which some, but not all, carry a mark in their text (`Neon *`, `Neon (correct)`, `✓ Neon`).
fn marked(mut found: Options) -> Options {
    let bare = |text: &str| {
        let behind = mark::marked_by_word(text).filter(|(_, right)| *right).map(|(bare, _)| bare);
        behind.or_else(|| mark::tick(text)).or_else(|| mark::starred(text).map(|(_, bare)| bare)).map(str::to_owned)
    };
    let bares: Vec<Option<String>> = found.options.iter().map(|option| bare(&option.text)).collect();
    if bares.iter().any(Option::is_some) && bares.iter().any(Option::is_none) {
        for (option, bare) in found.options.iter_mut().zip(bares) {
            if let Some(text) = bare {
                (option.text, option.flagged) = (text, true);
            }
        }
    }
    found
}

/// Whether a list holds places in a text with the words at each: all of them are right.
fn spans(value: &Value) -> bool {
    let place = |name: &String| words(name).iter().any(|word| ["start", "offset", "span"].contains(&word.as_str()));
    value
        .as_array()
        .is_some_and(|items| items.iter().filter_map(Value::as_object).any(|fields| fields.keys().any(place)))
}

/// Puts the options of a question with choices into the record.
pub(super) fn choice(view: &View<'_>, record: &mut Record) -> Option<AnswerShape> {
    let mut taken = None;
    let mut ids = Vec::new();
    let mut lettered: Vec<(usize, &str, String)> = view
        .fields
        .iter()
        .filter_map(|(field, name, value)| match field {
            FieldRole::Option(place) => Some((*place, *name, scalar(value)?)),
            _ => None,
        })
        .collect();
    let wrong: Vec<String> = view.all(FieldRole::Wrong).flat_map(|(.., value)| texts(value)).collect();
    let answers = |taken: Option<&str>| answers(view, taken);
    if let Some((name, found)) = listed(view) {
        taken = Some(name);
        (record.options, ids) = (found.options, found.ids);
    } else if lettered.len() > 1 {
        lettered.sort_by_key(|(place, ..)| *place);
        ids = lettered.iter().map(|(_, name, _)| (*name).to_owned()).collect();
        record.options = lettered.iter().map(|(.., text)| RecordOption::new(text, false)).collect();
    } else if !wrong.is_empty() {
        return beside_wrong(answers(None), &wrong, record);
    } else {
        let (stem, options) = inline::split(&record.stem)
            .or_else(|| inline::in_line(&record.stem))
            .filter(|(_, options)| names_one(&answers(None), options))?;
        (record.stem, record.options) = (stem, options);
    }
    let mut answers = answers(taken);
    for (_, name, value) in view.all(FieldRole::Answer).filter(|(_, name, _)| Some(*name) != taken) {
        if flags(value, record, &ids) {
            answers.retain(|(field, _)| field != name);
        }
    }
    if record.options.iter().any(|option| option.flagged) {
        let by_flag = answers.iter().all(|(_, given)| given.iter().all(|answer| truth(answer).is_some()));
        answers.retain(|_| !by_flag);
    }
    Some(AnswerShape::Choice { ids, answers })
}

/// Whether answers name options within the text of the question; otherwise the text only contains a list.
fn names_one(answers: &[(String, Vec<String>)], options: &[RecordOption]) -> bool {
    let names = |text: &String| {
        let place = |char: char| {
            place_of_letter(char).or_else(|| char.to_digit(10)?.checked_sub(1).map(|place| place as usize))
        };
        let bare = text.chars().filter(|char| char.is_alphanumeric());
        let places =
            bare.clone().count() < 6 && bare.map(place).all(|place| place.is_some_and(|place| place < options.len()));
        places
            || options.iter().any(|option| same(&option.text, text))
            || label(text).is_some_and(|label| label.place < options.len())
    };
    !answers.is_empty() && answers.iter().all(|(_, texts)| texts.iter().all(names))
}

/// A right option and wrong ones. Such files write HTML entities, as Open Trivia DB does; so their texts are unescaped.
fn beside_wrong(answers: Vec<(String, Vec<String>)>, wrong: &[String], record: &mut Record) -> Option<AnswerShape> {
    let right: Vec<String> = answers.into_iter().flat_map(|(_, given)| given).collect();
    if right.is_empty() {
        return None;
    }
    let plain = |text: &str| html_escape::decode_html_entities(text).into_owned();
    record.stem = plain(&record.stem);
    record.topic = record.topic.take().map(|topic| plain(&topic));
    record.options.extend(right.iter().map(|text| RecordOption::new(&plain(text), true)));
    record.options.extend(wrong.iter().map(|text| RecordOption::new(&plain(text), false)));
    Some(AnswerShape::Choice { ids: Vec::new(), answers: Vec::new() })
}

pub(super) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(value_text).collect(),
        other => scalar(other).into_iter().collect(),
    }
}

/// What each field that answers says.
pub(super) fn answers(view: &View<'_>, taken: Option<&str>) -> Vec<(String, Vec<String>)> {
    let given = view.all(FieldRole::Answer).filter(|(_, name, _)| Some(*name) != taken).map(|(_, name, value)| {
        let texts = match value {
            // `{"index": 2, "text": "…"}`
            Value::Object(fields) => {
                named(fields, &["id", "key", "letter", "label", "index", "text", "value", "answer", "option"])
                    .and_then(scalar)
                    .into_iter()
                    .collect()
            }
            other => texts(other),
        };
        ((*name).to_owned(), texts)
    });
    // -1 is no place.
    given.filter(|(_, texts)| !texts.is_empty() && texts.iter().all(|text| text != "-1")).collect()
}

/// Flags the options that a value marks (`[false, true]`, `{"A": false, "B": true}`); false if the value is of another
/// form.
fn flags(value: &Value, record: &mut Record, ids: &[String]) -> bool {
    let count = record.options.len();
    match value {
        Value::Array(items) if items.len() == count && count > 1 => {
            let ones = items.iter().all(|item| matches!(item.as_u64(), Some(0 | 1))) && count > 2;
            if !(items.iter().all(Value::is_boolean) || ones) {
                return false;
            }
            for (option, item) in record.options.iter_mut().zip(items) {
                option.flagged |= item.as_bool().unwrap_or(item.as_u64() == Some(1));
            }
            true
        }
        Value::Object(fields) if !ids.is_empty() && !fields.is_empty() => {
            let flags: Option<Vec<(&String, bool)>> =
                fields.iter().map(|(name, value)| Some((name, option::flag(value)?))).collect();
            let Some(flags) = flags else { return false };
            for (name, right) in flags {
                // `answer_b_correct` is of `answer_b`.
                let place = ids.iter().position(|id| {
                    name == id || name.strip_prefix(id.as_str()).is_some_and(|rest| rest.starts_with('_'))
                });
                if let Some(place) = place {
                    record.options[place].flagged |= right;
                }
            }
            true
        }
        // `"answer": true` with options that mean true and false in any language
        Value::Bool(right) if count == 2 => {
            let says = |option: &RecordOption| truth(&option.text);
            let place = record.options.iter().position(|option| says(option) == Some(*right));
            match place {
                Some(place) if says(&record.options[1 - place]) == Some(!right) => record.options[place].flagged = true,
                _ => return false,
            }
            true
        }
        _ => false,
    }
}
