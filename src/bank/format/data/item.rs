//! One object of data: what it asks, and how it is answered.

use serde_json::{Map, Value};

use super::choice::{choice, listed};
use super::learned::Learned;
use super::name::{FieldRole, is_language};
use super::pairs;
use super::question::{AnswerShape, DataItem};
use super::strict::TWICE;
use super::value::{scalar, truth, value_text};
use super::view::View;
use crate::bank::defect::Defect;
use crate::bank::format::record::{Record, RecordOption};
use crate::bank::word_set::WordSet;
use crate::model::cloze::{Deletions, Signs};

/// The questions of an object, if it asks any. `named`: the name of the object, if that is the question.
pub(super) fn read_object(map: &Map<String, Value>, named: Option<&str>, learned: &Learned) -> Vec<DataItem> {
    let view = View::new(map, learned);
    if let Some(mut card) = card(&view) {
        if map.contains_key(TWICE) {
            card.shape = AnswerShape::Broken(Defect::FieldTwice);
        }
        return vec![card];
    }
    let (stem, strict) = match (view.stem(), named) {
        (None | Some((_, false)), Some(name)) => (name.trim().to_owned(), false),
        (Some(found), _) => found,
        (None, None) => return nameless(&view).into_iter().collect(),
    };
    let anchor = stem.lines().last().unwrap_or_default().to_owned();
    let mut record = around(&view, &stem);
    let statements = pairs::statements(&view);
    if !statements.is_empty() {
        let of = |(text, right): (String, bool)| DataItem {
            record: Record { stem: format!("{}\n\n{text}", record.stem), id: None, ..record.clone() },
            shape: AnswerShape::Truth { right, word: None },
            anchor: text.lines().last().unwrap_or_default().to_owned(),
            depth: 0,
        };
        return statements.into_iter().map(of).collect();
    }
    if let Some((firsts, shape)) = pairs::paired(&view).or_else(|| pairs::ordered(&view)) {
        record.options = firsts.iter().map(|text| RecordOption::new(text, false)).collect();
        return vec![DataItem { record, shape, anchor, depth: 0 }];
    }
    let twice = map.contains_key(TWICE).then_some(Defect::FieldTwice);
    if let Some(fault) = twice.or_else(|| pairs::fault(&view)) {
        return vec![DataItem { record, shape: AnswerShape::Broken(fault), anchor, depth: 0 }];
    }
    if Deletions::count_in(&stem, Signs::Anki).count > 0 {
        return vec![DataItem { record, shape: AnswerShape::Cloze, anchor, depth: 0 }];
    }
    let shape = choice(&view, &mut record).or_else(|| typed(&view, strict || named.is_some(), &record.stem));
    let shape = match shape {
        Some(shape) => shape,
        None if strict && view.is_kind(["essay", "open", "freetext", "freitext", "论述"]) => AnswerShape::Open,
        None if strict => AnswerShape::Bare,
        None => return Vec::new(),
    };
    vec![DataItem { record, shape, anchor, depth: 0 }]
}

/// What surrounds the question.
fn around(view: &View<'_>, stem: &str) -> Record {
    let mut record = Record { stem: stem.to_owned(), ..Record::default() };
    if let Some(passage) = view.text(FieldRole::Passage).filter(|passage| *passage != record.stem) {
        record.stem = format!("{passage}\n\n{}", record.stem);
    }
    record.id = view.all(FieldRole::Id).find_map(|(.., value)| scalar(value));
    record.explanation = view.text(FieldRole::Explanation).unwrap_or_default();
    record.topic = view.all(FieldRole::Topic).find_map(|(.., value)| scalar(value));
    for (.., value) in view.all(FieldRole::Tags) {
        match value {
            Value::Array(items) => record.tags.extend(items.iter().filter_map(scalar)),
            other => record.tags.extend(
                scalar(other)
                    .into_iter()
                    .flat_map(|tags| tags.split([',', ';']).map(|tag| tag.trim().to_owned()).collect::<Vec<_>>()),
            ),
        }
    }
    record.tags.retain(|tag| !tag.is_empty());
    record
}

/// Options and an answer without a question are reported; anything else is no question at all.
fn nameless(view: &View<'_>) -> Option<DataItem> {
    let (_, options) = listed(view)?;
    let answered = view.all(FieldRole::Answer).any(|(.., value)| scalar(value).is_some());
    let named = view.all(FieldRole::Options).next().is_some();
    let anchor = options.options.first().map(|option| option.text.clone()).unwrap_or_default();
    let item = || DataItem { record: around(view, ""), shape: AnswerShape::Broken(Defect::NoStem), anchor, depth: 0 };
    (named && answered && options.options.len() > 1).then(item)
}

/// A card: a front and a back, or two fields that are named after languages.
fn card(view: &View<'_>) -> Option<DataItem> {
    let of = |front: String, back: String| {
        let anchor = front.lines().next().unwrap_or_default().to_owned();
        DataItem { record: around(view, &front), shape: AnswerShape::Typed { back, card: true }, anchor, depth: 0 }
    };
    if view.fields.iter().any(|(field, _, value)| {
        matches!(field, FieldRole::Options) && (value.is_array() || value.is_object()) || *field == FieldRole::Wrong
    }) {
        return None;
    }
    if let Some(front) = view.text(FieldRole::Front) {
        let back = view.text(FieldRole::Back).or_else(|| view.text(FieldRole::Answer))?;
        return Some(of(front, back));
    }
    // The fields of a note: the front, the back, and what else it has.
    if let Some((_, Value::Array(parts))) = view.named(["fields"])
        && let [front, back, ..] = &parts[..]
    {
        return Some(of(scalar(front)?, scalar(back)?));
    }
    if let (Some((front, true)), Some(back)) = (view.stem(), view.text(FieldRole::Back)) {
        return (view.all(FieldRole::Answer).next().is_none()).then(|| of(front, back));
    }
    let texts: Vec<_> = view.fields.iter().filter(|(_, _, value)| value.is_string()).collect();
    match texts[..] {
        [(_, one, front), (_, two, back)] if is_language(one) && is_language(two) => {
            Some(of(value_text(front)?, value_text(back)?))
        }
        _ => None,
    }
}

/// Kinds that are answered by true or false.
static TRUTHS: WordSet = WordSet::new(
    "truefalse boolean bool tf yesno 判断 判斷 richtigfalsch wahrfalsch verdaderofalso verofalso vraifaux верно",
);

/// A question that is answered by a word, or by true or false.
fn typed(view: &View<'_>, strict: bool, stem: &str) -> Option<AnswerShape> {
    let sure = |name: &str| strict || FieldRole::surely_answers(name);
    let answer = view
        .all(FieldRole::Answer)
        .filter(|(_, name, _)| sure(name))
        .find_map(|(_, _, value)| Some((*value, value_text(value)?)));
    let (value, text) = match answer {
        Some(found) => found,
        // `answers: [{text: …}]`, all of which are right
        None => {
            let listed = view.all(FieldRole::Answer).find_map(|(.., value)| value.as_array());
            let mut backs: Vec<String> = listed.into_iter().flatten().filter_map(value_text).collect();
            backs.dedup();
            return (!backs.is_empty()).then(|| AnswerShape::Typed { back: backs.join("\n"), card: false });
        }
    };
    let of_truth = view.is_kind(TRUTHS.iter());
    let right = match value {
        Value::Bool(right) => Some(*right),
        Value::Number(number) if of_truth => number.as_u64().filter(|number| *number < 2).map(|number| number == 1),
        Value::String(word) => {
            truth(word).filter(|_| of_truth || word.chars().count() > 1 || "√×✓✗✔✘对错是否".contains(word.as_str()))
        }
        _ => None,
    };
    if let Some(right) = right {
        // What says that it is true or false leaves no doubt of its word.
        let word = value.as_str().filter(|_| !of_truth).map(|word| word.trim().to_owned());
        return Some(AnswerShape::Truth { right, word });
    }
    // A place or a letter, and a list that may hold what it names.
    let lists = || {
        view.fields.iter().any(|(field, _, value)| {
            matches!(field, FieldRole::Other | FieldRole::Option(_))
                && value.as_array().is_some_and(|items| items.len() > 1)
        })
    };
    if (value.is_number() || text.chars().count() == 1) && lists() {
        return Some(AnswerShape::Broken(Defect::NoOptions("call the list of its options `options`")));
    }
    (text != stem).then_some(AnswerShape::Typed { back: text, card: false })
}
