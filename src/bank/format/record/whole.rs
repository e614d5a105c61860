//! Records that say everything of a question, as `retain bank print` writes them: tables with the columns `id`, `kind`, `markup`
//! and `question`, and objects with `kind`, `markup` and `stem`. Nothing of them is guessed.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::table;
use crate::bank::collect::{Collected, Collector};
use crate::bank::defect::Defect;
use crate::bank::format::data::{Notation, line};
use crate::bank::format::exact::{attribute, by_default};
use crate::bank::lines::checker::kind_of;
use crate::bank::{BankOption, BankQuestion, Refusal};
use crate::model::phrase::keeps_place;
use crate::model::{KeyOrigin, Kind, Markup, letter};

/// A question as an object of JSON.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(in crate::bank) struct Object {
    id: Option<String>,
    /// The deck of the bank that was printed; every object says it, so that each can be moved elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    deck: Option<String>,
    kind: String,
    topic: Option<String>,
    stem: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    accept: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tolerance: Vec<Option<f64>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pairs: Vec<(String, Option<String>)>,
    /// The places of the right options, from 0; absent if the kind implies them.
    #[serde(skip_serializing_if = "Option::is_none")]
    correct: Option<Vec<usize>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    weights: Vec<Option<f64>>,
    explanation: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    feedback: Vec<Option<String>>,
    /// The places of the pinned options, from 0; absent if the texts imply them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pinned: Option<Vec<usize>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    markup: String,
    /// The rule that declared the right options, if one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    declared: Option<String>,
}

/// A value for each option; empty if no option has one.
fn of_options<T>(question: &BankQuestion, value: impl Fn(&BankOption) -> Option<T>) -> Vec<Option<T>> {
    let values: Vec<Option<T>> = question.options.iter().map(value).collect();
    if values.iter().all(Option::is_none) { Vec::new() } else { values }
}

impl Object {
    /// Of a question in a bank of this deck.
    pub(in crate::bank) fn from_question(question: &BankQuestion, deck: Option<&str>) -> Self {
        let choices = question.kind.has_choices();
        let texts = |wanted: bool| -> Vec<String> {
            question.options.iter().filter(|_| wanted).map(|option| option.text.clone()).collect()
        };
        let typed = matches!(question.kind, Kind::Short | Kind::Numeric);
        // The gaps of a cloze are paired with their answers as well.
        let paired = question.kind == Kind::Match || question.options.iter().any(|option| option.pair.is_some());
        let draft = choices && question.key == KeyOrigin::Missing;
        let correct = if draft { Vec::new() } else { question.correct() };
        Self {
            id: question.id.clone(),
            deck: deck.map(str::to_owned),
            kind: question.kind.to_string(),
            topic: question.topic.clone(),
            stem: question.stem.clone(),
            options: texts(!typed && !paired),
            accept: texts(typed && !paired),
            tolerance: of_options(question, |option| option.tolerance),
            pairs: if paired {
                question.options.iter().map(|option| (option.text.clone(), option.pair.clone())).collect()
            } else {
                Vec::new()
            },
            correct: (choices || !key_follows(question)).then_some(correct),
            weights: of_options(question, |option| option.weight),
            explanation: question.explanation.clone(),
            feedback: of_options(question, |option| option.feedback.clone()),
            pinned: pinned(question),
            tags: question.tags.clone(),
            markup: question.markup.name().into(),
            declared: declared(question).map(str::to_owned),
        }
    }

    /// The options that its lists give.
    fn listed(&mut self) -> Result<Vec<BankOption>, Defect> {
        let texts = self.options.drain(..).chain(self.accept.drain(..)).map(|text| (text, None));
        let both = texts.chain(self.pairs.drain(..));
        let mut options: Vec<BankOption> =
            both.map(|(text, pair)| BankOption { text, pair, ..BankOption::default() }).collect();
        let of_each = |given: usize| given == 0 || given == options.len();
        if ![self.tolerance.len(), self.weights.len(), self.feedback.len()].into_iter().all(of_each) {
            return Err(Defect::UnevenLists);
        }
        options.iter_mut().zip(self.tolerance.drain(..)).for_each(|(option, tolerance)| option.tolerance = tolerance);
        options.iter_mut().zip(self.weights.drain(..)).for_each(|(option, weight)| option.weight = weight);
        options.iter_mut().zip(self.feedback.drain(..)).for_each(|(option, feedback)| option.feedback = feedback);
        Ok(options)
    }

    fn question(self, line: usize, mut options: Vec<BankOption>) -> Result<BankQuestion, Defect> {
        let Object { id, topic, kind, markup, stem, correct, pinned, explanation, tags, declared, .. } = self;
        let named = correct.iter().chain(&pinned).flatten();
        if named.copied().any(|place| place >= options.len()) {
            return Err(Defect::NoSuchOption);
        }
        let marked = correct.as_ref().map_or(0, Vec::len);
        let kind = match kind.trim() {
            "" => kind_of(marked),
            kind => Kind::from_name(kind).ok_or(Defect::UnknownKind)?,
        };
        let markup = match markup.trim() {
            "" => Markup::Plain,
            markup => Markup::from_name(markup).ok_or(Defect::UnknownMarkup)?,
        };
        for (place, option) in options.iter_mut().enumerate() {
            option.correct =
                correct.as_ref().map_or_else(|| by_default(kind, option.weight), |correct| correct.contains(&place));
            option.pinned = pinned
                .as_ref()
                .map_or_else(|| kind.has_choices() && keeps_place(&option.text), |pinned| pinned.contains(&place));
        }
        let some = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let key = match () {
            () if kind.has_choices() && !options.iter().any(|option| option.correct) => KeyOrigin::Missing,
            () if declared.is_some() => KeyOrigin::Declared,
            () => KeyOrigin::Marked,
        };
        let question = BankQuestion {
            line,
            id: some(id),
            kind,
            topic: some(topic),
            stem: stem.trim().to_owned(),
            options,
            key,
            key_rule: declared.filter(|_| key == KeyOrigin::Declared),
            explanation: some(explanation),
            tags,
            markup,
            ..BankQuestion::default()
        };
        sound(&question)?;
        Ok(question)
    }
}

/// What a format that says everything must hold besides what every question must.
fn sound(question: &BankQuestion) -> Result<(), Defect> {
    match question.kind {
        kind if !kind.has_choices() => Ok(()),
        // In this format an empty option was meant to be one.
        _ if question.options.iter().any(|option| option.text.is_empty()) => Err(Defect::EmptyRight),
        Kind::Multiple => Ok(()),
        _ if question.correct().len() > 1 => Err(Defect::SeveralAnswers),
        _ => Ok(()),
    }
}

/// Whether the kind and the shares of the mark imply which options are right.
pub(in crate::bank) fn key_follows(question: &BankQuestion) -> bool {
    question.options.iter().all(|option| option.correct == by_default(question.kind, option.weight))
}

/// The places of the options that keep theirs; `None` if the texts imply them.
pub(in crate::bank) fn pinned(question: &BankQuestion) -> Option<Vec<usize>> {
    let choices = question.kind.has_choices();
    let odd = question.options.iter().any(|option| option.pinned != (choices && keeps_place(&option.text)));
    odd.then(|| (0..question.options.len()).filter(|place| question.options[*place].pinned).collect())
}

/// The rule that declared the right options, if one did.
pub(in crate::bank) fn declared(question: &BankQuestion) -> Option<&str> {
    question.key_rule.as_deref().filter(|_| question.key == KeyOrigin::Declared)
}

pub(in crate::bank) fn letters(places: &[usize]) -> String {
    if places.is_empty() {
        "none".into()
    } else {
        places.iter().map(|place| letter(*place)).collect::<Vec<_>>().join(", ")
    }
}

/// The places that letters name; `None` for an empty cell. An unknown letter names a place that no question has.
fn places(cell: &str) -> Option<Vec<usize>> {
    match cell.trim() {
        "" => None,
        "none" => Some(Vec::new()),
        cell => Some(cell.split([',', ' ', ';']).filter(|part| !part.is_empty()).map(place).collect()),
    }
}

fn place(letters: &str) -> usize {
    (0..=usize::from(u8::MAX)).find(|place| letter(*place).eq_ignore_ascii_case(letters)).unwrap_or(usize::MAX)
}

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The delimiter of a table that says everything.
fn delimiter(text: &str) -> Option<u8> {
    let head = text.lines().next()?;
    DELIMITERS.into_iter().find(|delimiter| {
        let names: Vec<&str> = head.split(char::from(*delimiter)).map(|name| name.trim().trim_matches('"')).collect();
        ["id", "kind", "markup", "question"].iter().all(|name| names.contains(name))
    })
}

/// Whether the text is a table that says everything.
pub(in crate::bank) fn is_table(text: &str) -> bool {
    delimiter(text).is_some()
}

/// Reads a table that says everything; `None` if it is another one. Fails when a quotation mark is never closed.
pub(in crate::bank) fn read_table(text: &str, lines: &[String]) -> Result<Option<Collected>, Refusal> {
    let Some(delimiter) = delimiter(text) else { return Ok(None) };
    table::unclosed(text, delimiter)?;
    let mut collector = Collector::by_id(lines);
    let mut names: Vec<String> = Vec::new();
    let mut deck = CommonDeck::default();
    for (line, row) in table::rows(text, delimiter) {
        if names.is_empty() {
            names = row.iter().map(|name| name.to_lowercase()).collect();
            continue;
        }
        let named = names.iter().position(|name| name == "deck").and_then(|at| row.get(at));
        deck.of_each(named.map(String::as_str));
        collector.add(line, from_row(&names, row).and_then(|(object, options)| object.question(line, options)));
    }
    Ok(Some(Collected { deck: deck.of_all(), ..collector.finish() }))
}

/// The deck that a bank names in each of its records.
#[derive(Debug, Default)]
struct CommonDeck {
    named: Option<String>,
    /// Whether a record names another one.
    mixed: bool,
}

impl CommonDeck {
    fn of_each(&mut self, deck: Option<&str>) {
        match (deck.map(str::trim).filter(|deck| !deck.is_empty()), &self.named) {
            (Some(deck), None) => self.named = Some(deck.to_owned()),
            (Some(deck), Some(named)) => self.mixed |= deck != named,
            (None, _) => {}
        }
    }

    /// The deck of the bank: what all records that name one agree on.
    fn of_all(self) -> Option<String> {
        self.named.filter(|_| !self.mixed)
    }
}

/// The object that a row is, and its options.
fn from_row(names: &[String], row: Vec<String>) -> Result<(Object, Vec<BankOption>), Defect> {
    let (mut fields, mut options) = (Object::default(), Vec::new());
    for (name, cell) in names.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
        match name.as_str() {
            "id" => fields.id = Some(cell),
            "topic" => fields.topic = Some(cell),
            "kind" => fields.kind = cell,
            "markup" => fields.markup = cell,
            "question" => fields.stem = cell,
            "correct" => fields.correct = places(&cell),
            "pinned" => fields.pinned = places(&cell),
            "explanation" => fields.explanation = Some(cell),
            "tags" => fields.tags = attribute::list(&cell),
            "declared" => fields.declared = Some(cell),
            _ => of_option(&mut options, name, cell)?,
        }
    }
    Ok((fields, options))
}

/// `option 2`, `feedback 2` …
fn of_option(options: &mut Vec<BankOption>, name: &str, cell: String) -> Result<(), Defect> {
    let Some((name, number)) = name.rsplit_once(' ') else { return Ok(()) };
    let Some(place) =
        number.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).filter(|place| *place < 256)
    else {
        return Ok(());
    };
    if options.len() <= place {
        options.resize(place + 1, BankOption::default());
    }
    let option = &mut options[place];
    let number = |cell: &str| {
        let number = cell.parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or(Defect::NoNumber("write weights and tolerances as `0.5`"))
    };
    match name {
        "option" => option.text = cell,
        "feedback" => option.feedback = Some(cell),
        "pair" => option.pair = Some(cell),
        "weight" => option.weight = Some(number(&cell)?),
        "tolerance" => option.tolerance = Some(number(&cell)?),
        _ => {}
    }
    Ok(())
}

/// Reads data that says everything; `None` if it is other data, or not JSON.
pub(in crate::bank) fn read_data(text: &str, notation: Notation, lines: &[String]) -> Option<Collected> {
    if !["\"kind\"", "\"markup\"", "\"stem\""].iter().all(|name| text.contains(name)) {
        return None;
    }
    let items: Vec<Value> = match notation {
        Notation::Json => serde_json::from_str(text).ok()?,
        Notation::JsonLines => {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            lines.map(|line| serde_json::from_str(line).ok()).collect::<Option<_>>()?
        }
        Notation::Yaml | Notation::Toml | Notation::Xml => return None,
    };
    let whole = |item: &Value| ["kind", "markup", "stem"].iter().all(|name| item[*name].is_string());
    let is_report = |item: &Value| matches!(item["type"].as_str(), Some("problem" | "summary"));
    let items: Vec<Value> = items.into_iter().filter(|item| !is_report(item)).collect();
    if items.is_empty() || !items.iter().all(whole) {
        return None;
    }
    let anchors =
        items.iter().map(|item| item["stem"].as_str().and_then(|stem| stem.lines().last()).unwrap_or_default());
    let places = line::lines(text, anchors);
    let mut collector = Collector::by_id(lines);
    let mut deck = CommonDeck::default();
    for (item, line) in items.into_iter().zip(places) {
        deck.of_each(item["deck"].as_str());
        let object = serde_json::from_value::<Object>(item).map_err(|_| Defect::BadRecord);
        let question = object.and_then(|mut object| {
            let options = object.listed()?;
            object.question(line, options)
        });
        collector.add(line, question);
    }
    Some(Collected { deck: deck.of_all(), ..collector.finish() })
}
