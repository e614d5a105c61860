//! One object of data: what it asks, and how it is answered.

use serde_json::{Map, Value};

use super::learned::Learned;
use super::name::{Field, is_language, words};
use super::option::{self, Options};
use super::pairs;
use super::strict::TWICE;
use super::value::{named, said, same, scalar, truth};
use crate::bank::fault::Fault;
use crate::bank::format::record::{Record, RecordOption, inline};
use crate::bank::lines::label::label;
use crate::bank::lines::place_of_letter;
use crate::model::cloze::{Deletions, Signs};

/// A question as one object has it, before the keys of the file are understood.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// Its texts. Of an order the options are in the right one; of a match they are the first halves.
    pub(super) record: Record,
    pub(super) shape: Shape,
    /// A line of its text, by which it is found in the file.
    pub(super) anchor: String,
    /// How deep it stands, where it is unknown.
    pub(super) depth: usize,
}

/// How an object is answered.
#[derive(Clone, Debug, Default)]
pub(super) enum Shape {
    /// By picking from options. The names that they have of their own, and each field that answers.
    Choice { ids: Vec<String>, answers: Vec<(String, Vec<String>)> },
    /// By a text: the back of a card, or what is to be typed.
    Typed { back: String, card: bool },
    /// By true or false; the word that says so where it is a word.
    Truth { right: bool, word: Option<String> },
    /// By putting the options in order.
    Order { written: bool },
    /// By pairing the options with these.
    Match(Vec<String>),
    /// By filling the gaps of its text.
    Cloze,
    /// A text that nobody grades.
    Open,
    /// Not at all: a question without an answer.
    #[default]
    Bare,
    /// It cannot be used.
    Broken(Fault),
    /// An object among questions that is none.
    Unknown,
}

impl Shape {
    /// Whether it is a question that can be asked, or could be if its key were known.
    pub(super) fn asks(&self) -> bool {
        !matches!(self, Shape::Bare | Shape::Broken(_) | Shape::Unknown | Shape::Open)
    }
}

/// An object of which each field is known by its name, or by what it holds.
pub(super) struct View<'a> {
    pub(super) fields: Vec<(Field, &'a str, &'a Value)>,
}

impl<'a> View<'a> {
    pub(super) fn of(map: &'a Map<String, Value>, learned: &Learned) -> Self {
        let mut fields = Vec::with_capacity(map.len());
        // `a` is the answer to `q`, but an option beside `b`.
        let letter = |name: &str, letter: &str| name.trim_start_matches(':').eq_ignore_ascii_case(letter);
        let lettered = map.keys().any(|name| letter(name, "b"));
        for (name, value) in map.iter().filter(|(_, value)| !value.is_null()) {
            let field = match learned.field(name) {
                Some(field) => field,
                None if lettered && letter(name, "a") => Field::Option(0),
                // `{q, c, a, e}`: choices, the answer, and why
                None if !lettered && letter(name, "c") && value.is_array() => Field::Options,
                None if !lettered && letter(name, "e") && value.is_string() => Field::Explanation,
                None => Field::of(name),
            };
            match value {
                // `question: {stem, choices}`
                Value::Object(inner) if field == Field::Question && is_whole(inner) => {
                    let inner = inner.iter().map(|(name, value)| (Field::of(name), name.as_str(), value));
                    fields.extend(inner);
                }
                // `fields: {Front, Back}`
                Value::Object(inner)
                    if is_wrapper(name)
                        && inner.keys().any(|name| matches!(Field::of(name), Field::Question | Field::Front)) =>
                {
                    fields.extend(inner.iter().map(|(name, value)| (Field::of(name), name.as_str(), value)));
                }
                _ => fields.push((field, name.as_str(), value)),
            }
        }
        Self { fields }
    }

    /// The values of the fields of this kind.
    pub(super) fn all(&self, field: Field) -> impl Iterator<Item = &(Field, &'a str, &'a Value)> {
        self.fields.iter().filter(move |(own, ..)| *own == field)
    }

    /// The first text of the fields of this kind.
    pub(super) fn text(&self, field: Field) -> Option<String> {
        self.all(field).find_map(|(.., value)| said(value))
    }

    /// The value of the first field of one of these names.
    pub(super) fn named(&self, names: &[&str]) -> Option<(&'a str, &'a Value)> {
        names.iter().find_map(|name| {
            self.fields.iter().find(|(_, own, _)| words(own).concat() == *name).map(|(_, own, value)| (*own, *value))
        })
    }

    /// Whether the kind that the object names has one of these words in it.
    pub(super) fn is_kind(&self, wanted: &[&str]) -> bool {
        let kind = self.text(Field::Kind).unwrap_or_default().to_lowercase();
        let kind: String = kind.chars().filter(|char| char.is_alphanumeric()).collect();
        wanted.iter().any(|word| kind.contains(word))
    }

    /// What the object asks, and whether its name says that it is a question.
    fn stem(&self) -> Option<(String, bool)> {
        let single = |value: &Value| said(value).filter(|_| !value.is_boolean());
        let asked =
            self.all(Field::Question).filter(|(.., value)| value.is_string()).find_map(|(.., value)| single(value));
        let asked = asked.or_else(|| self.all(Field::Question).find_map(|(.., value)| single(value)));
        match asked {
            // `"question": 3, "text": "What …"`
            Some(number) if number.parse::<f64>().is_ok() && self.text(Field::Text).is_some() => {}
            Some(text) => return Some((text, true)),
            None => {}
        }
        // Of several texts the one that asks, or that is more than a word.
        let text = self
            .all(Field::Text)
            .filter(|(.., value)| !value.is_boolean())
            .filter_map(|(_, name, value)| Some((*name, said(value)?)));
        let rank = |(name, text): &(&str, String)| {
            let asks = text.ends_with(['?', '？', '؟', ':', '：', '_']);
            (asks, text.contains(char::is_whitespace) || !text.is_ascii(), words(name).concat() != "name", text.len())
        };
        text.max_by_key(rank).map(|(_, text)| (text, false))
    }
}

/// Names of objects that only hold what an object says.
fn is_wrapper(name: &str) -> bool {
    ["fields", "attributes", "data", "payload", "content", "card", "note"].contains(&words(name).concat().as_str())
}

/// Whether an object holds a question with its options, not only texts or other objects.
fn is_whole(fields: &Map<String, Value>) -> bool {
    let asks = |(name, value): (&String, &Value)| {
        matches!(Field::of(name), Field::Question | Field::Text) && (value.is_string() || value.is_object())
    };
    fields.iter().any(asks) && fields.values().any(|value| value.is_array() || value.is_object())
}

/// Reads an object; nothing where it asks nothing. `named`: the question, where it is the name of the object.
pub(super) fn read(map: &Map<String, Value>, named: Option<&str>, learned: &Learned) -> Vec<Item> {
    let view = View::of(map, learned);
    if let Some(mut card) = card(&view) {
        if map.contains_key(TWICE) {
            card.shape = Shape::Broken(Fault::FieldTwice);
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
        let of = |(text, right): (String, bool)| Item {
            record: Record { stem: format!("{}\n\n{text}", record.stem), id: None, ..record.clone() },
            shape: Shape::Truth { right, word: None },
            anchor: text.lines().last().unwrap_or_default().to_owned(),
            depth: 0,
        };
        return statements.into_iter().map(of).collect();
    }
    if let Some((firsts, shape)) = pairs::paired(&view).or_else(|| pairs::ordered(&view)) {
        record.options = firsts.iter().map(|text| RecordOption::of(text, false)).collect();
        return vec![Item { record, shape, anchor, depth: 0 }];
    }
    let twice = map.contains_key(TWICE).then_some(Fault::FieldTwice);
    if let Some(fault) = twice.or_else(|| pairs::fault(&view)) {
        return vec![Item { record, shape: Shape::Broken(fault), anchor, depth: 0 }];
    }
    if Deletions::of(&stem, Signs::Anki).count > 0 {
        return vec![Item { record, shape: Shape::Cloze, anchor, depth: 0 }];
    }
    let shape = choice(&view, &mut record).or_else(|| typed(&view, strict || named.is_some(), &record.stem));
    let open = ["essay", "open", "freetext", "freitext", "论述"];
    let shape = match shape {
        Some(shape) => shape,
        None if strict && view.is_kind(&open) => Shape::Open,
        None if strict => Shape::Bare,
        None => return Vec::new(),
    };
    vec![Item { record, shape, anchor, depth: 0 }]
}

/// What surrounds the question.
fn around(view: &View<'_>, stem: &str) -> Record {
    let mut record = Record { stem: stem.to_owned(), ..Record::default() };
    if let Some(passage) = view.text(Field::Passage).filter(|passage| *passage != record.stem) {
        record.stem = format!("{passage}\n\n{}", record.stem);
    }
    record.id = view.all(Field::Id).find_map(|(.., value)| scalar(value));
    record.explanation = view.text(Field::Explanation).unwrap_or_default();
    record.topic = view.all(Field::Topic).find_map(|(.., value)| scalar(value));
    for (.., value) in view.all(Field::Tags) {
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

/// Options and an answer, but no question: it is told. Anything else is no question at all.
fn nameless(view: &View<'_>) -> Option<Item> {
    let (_, options) = listed(view)?;
    let answered = view.all(Field::Answer).any(|(.., value)| scalar(value).is_some());
    let named = view.all(Field::Options).next().is_some();
    let anchor = options.options.first().map(|option| option.text.clone()).unwrap_or_default();
    let item = || Item { record: around(view, ""), shape: Shape::Broken(Fault::NoStem), anchor, depth: 0 };
    (named && answered && options.options.len() > 1).then(item)
}

/// A card: a front and a back, or two fields that are named after languages.
fn card(view: &View<'_>) -> Option<Item> {
    let of = |front: String, back: String| {
        let anchor = front.lines().next().unwrap_or_default().to_owned();
        Item { record: around(view, &front), shape: Shape::Typed { back, card: true }, anchor, depth: 0 }
    };
    if view.fields.iter().any(|(field, _, value)| {
        matches!(field, Field::Options) && (value.is_array() || value.is_object()) || *field == Field::Wrong
    }) {
        return None;
    }
    if let Some(front) = view.text(Field::Front) {
        let back = view.text(Field::Back).or_else(|| view.text(Field::Answer))?;
        return Some(of(front, back));
    }
    // The fields of a note: the front, the back, and what else it has.
    if let Some((_, Value::Array(parts))) = view.named(&["fields"])
        && let [front, back, ..] = &parts[..]
    {
        return Some(of(scalar(front)?, scalar(back)?));
    }
    if let (Some((front, true)), Some(back)) = (view.stem(), view.text(Field::Back)) {
        return (view.all(Field::Answer).next().is_none()).then(|| of(front, back));
    }
    let texts: Vec<_> = view.fields.iter().filter(|(_, _, value)| value.is_string()).collect();
    match texts[..] {
        [(_, one, front), (_, two, back)] if is_language(one) && is_language(two) => {
            Some(of(said(front)?, said(back)?))
        }
        _ => None,
    }
}

/// The options of an object, and the field that holds them.
fn listed<'a>(view: &View<'a>) -> Option<(&'a str, Options)> {
    let several = |value: &Value| option::options(value).filter(|found| found.options.len() > 1);
    let named = view.all(Field::Options).find_map(|(_, name, value)| Some((*name, option::options(value)?)));
    if let Some(found) = named.filter(|(_, found)| !found.options.is_empty()) {
        return Some(found);
    }
    let answers: Vec<_> = view.all(Field::Answer).collect();
    for (_, name, value) in answers.iter().filter(|(.., value)| value.is_array() || value.is_object()) {
        let Some(found) = several(value).filter(|_| !spans(value)) else { continue };
        let plural = words(name).concat().ends_with('s') && !words(name).iter().any(|word| word.starts_with("correct"));
        let other = answers.iter().any(|(_, own, _)| own != name);
        // What may be answered to a text that is to be read.
        if !found.flagged() && !other && view.all(Field::Passage).next().is_some() {
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
        .filter(|(field, _, value)| *field == Field::Other && (value.is_array() || value.is_object()));
    unknown.into_iter().find_map(|(_, name, value)| {
        let found = several(value)?;
        let holds =
            |text: &String| found.options.iter().any(|option| same(&option.text, text)) || found.ids.contains(text);
        (texts.iter().any(holds) || found.flagged()).then_some((*name, found))
    })
}

/// Whether a list is of places in a text, each with what stands there: all of them are right.
fn spans(value: &Value) -> bool {
    let place = |name: &String| words(name).iter().any(|word| ["start", "offset", "span"].contains(&word.as_str()));
    value
        .as_array()
        .is_some_and(|items| items.iter().filter_map(Value::as_object).any(|fields| fields.keys().any(place)))
}

/// A question with options, which are put into the record.
fn choice(view: &View<'_>, record: &mut Record) -> Option<Shape> {
    let mut taken = None;
    let mut ids = Vec::new();
    let mut lettered: Vec<(usize, &str, String)> = view
        .fields
        .iter()
        .filter_map(|(field, name, value)| match field {
            Field::Option(place) => Some((*place, *name, scalar(value)?)),
            _ => None,
        })
        .collect();
    let wrong: Vec<String> = view.all(Field::Wrong).flat_map(|(.., value)| texts(value)).collect();
    let answers = |taken: Option<&str>| answers(view, taken);
    if let Some((name, found)) = listed(view) {
        taken = Some(name);
        (record.options, ids) = (found.options, found.ids);
    } else if lettered.len() > 1 {
        lettered.sort_by_key(|(place, ..)| *place);
        ids = lettered.iter().map(|(_, name, _)| (*name).to_owned()).collect();
        record.options = lettered.iter().map(|(.., text)| RecordOption::of(text, false)).collect();
    } else if !wrong.is_empty() {
        return beside_wrong(answers(None), &wrong, record);
    } else {
        let (stem, options) = inline::split(&record.stem)
            .or_else(|| inline::in_line(&record.stem))
            .filter(|(_, options)| names_one(&answers(None), options))?;
        (record.stem, record.options) = (stem, options);
    }
    let mut answers = answers(taken);
    for (_, name, value) in view.all(Field::Answer).filter(|(_, name, _)| Some(*name) != taken) {
        if flags(value, record, &ids) {
            answers.retain(|(field, _)| field != name);
        }
    }
    if record.options.iter().any(|option| option.flagged) {
        let by_flag = answers.iter().all(|(_, said)| said.iter().all(|answer| truth(answer).is_some()));
        answers.retain(|_| !by_flag);
    }
    Some(Shape::Choice { ids, answers })
}

/// Whether answers name options that stand in the text of the question: else the text only holds a list.
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
fn beside_wrong(answers: Vec<(String, Vec<String>)>, wrong: &[String], record: &mut Record) -> Option<Shape> {
    let right: Vec<String> = answers.into_iter().flat_map(|(_, said)| said).collect();
    if right.is_empty() {
        return None;
    }
    let plain = |text: &str| html_escape::decode_html_entities(text).into_owned();
    record.stem = plain(&record.stem);
    record.topic = record.topic.take().map(|topic| plain(&topic));
    record.options.extend(right.iter().map(|text| RecordOption::of(&plain(text), true)));
    record.options.extend(wrong.iter().map(|text| RecordOption::of(&plain(text), false)));
    Some(Shape::Choice { ids: Vec::new(), answers: Vec::new() })
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(said).collect(),
        other => scalar(other).into_iter().collect(),
    }
}

/// What each field that answers says.
fn answers(view: &View<'_>, taken: Option<&str>) -> Vec<(String, Vec<String>)> {
    let said = view.all(Field::Answer).filter(|(_, name, _)| Some(*name) != taken).map(|(_, name, value)| {
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
    said.filter(|(_, texts)| !texts.is_empty() && texts.iter().all(|text| text != "-1")).collect()
}

/// Flags the options that a value names by flags of its own (`[false, true]`, `{"A": false, "B": true}`); whether it does.
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
        // `"answer": true` beside options that say true and false in any language
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

/// A question that is answered by a word, or by true or false.
fn typed(view: &View<'_>, strict: bool, stem: &str) -> Option<Shape> {
    let sure = |name: &str| strict || Field::surely_answers(name);
    let answer = view
        .all(Field::Answer)
        .filter(|(_, name, _)| sure(name))
        .find_map(|(_, _, value)| Some((*value, said(value)?)));
    let (value, text) = match answer {
        Some(found) => found,
        // `answers: [{text: …}]`, all of which are right
        None => {
            let listed = view.all(Field::Answer).find_map(|(.., value)| value.as_array());
            let mut backs: Vec<String> = listed.into_iter().flatten().filter_map(said).collect();
            backs.dedup();
            return (!backs.is_empty()).then(|| Shape::Typed { back: backs.join("\n"), card: false });
        }
    };
    let of_truth = view.is_kind(&[
        "truefalse",
        "boolean",
        "bool",
        "tf",
        "yesno",
        "判断",
        "判斷",
        "richtigfalsch",
        "wahrfalsch",
        "verdaderofalso",
        "verofalso",
        "vraifaux",
        "верно",
    ]);
    let right = match value {
        Value::Bool(right) => Some(*right),
        Value::Number(number) if of_truth => number.as_u64().filter(|number| *number < 2).map(|number| number == 1),
        Value::String(word) => {
            truth(word).filter(|_| of_truth || word.chars().count() > 1 || "√×✓✗✔✘对错是否".contains(word.as_str()))
        }
        _ => None,
    };
    if let Some(right) = right {
        return Some(Shape::Truth { right, word: value.as_str().map(|word| word.trim().to_owned()) });
    }
    // A place or a letter, and a list that may hold what it names.
    let lists = || {
        view.fields.iter().any(|(field, _, value)| {
            matches!(field, Field::Other | Field::Option(_)) && value.as_array().is_some_and(|items| items.len() > 1)
        })
    };
    if (value.is_number() || text.chars().count() == 1) && lists() {
        return Some(Shape::Broken(Fault::NoOptions("call the list of its options `options`")));
    }
    (text != stem).then_some(Shape::Typed { back: text, card: false })
}
