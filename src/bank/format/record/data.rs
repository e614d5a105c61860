//! Data: JSON, JSON Lines, YAML and TOML, in the shapes that quizzes and benchmarks have.

use serde_json::{Map, Value};

use super::header::{Column, folded};
use super::{Record, RecordOption};
use crate::bank::Refusal;

/// Formats of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) enum Notation {
    Json,
    JsonLines,
    Yaml,
    Toml,
}

/// The notation of a text, where it is data.
pub(in crate::bank) fn notation(text: &str) -> Option<Notation> {
    let start = text.trim_start();
    let mut lines = start.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next()?.trim();
    if start.starts_with('{') && first.ends_with('}') && serde_json::from_str::<Value>(first).is_ok() {
        return Some(if lines.next().is_some() { Notation::JsonLines } else { Notation::Json });
    }
    // `[Topic]` and `[1] What?` are text.
    let opens = start.get(1..).unwrap_or_default().trim_start().starts_with(['{', '[', '"', '}']);
    if start.starts_with(['{', '[']) && opens && (start.contains("\":") || start.contains("\" :")) {
        return Some(if start.starts_with("[[") { Notation::Toml } else { Notation::Json });
    }
    let field = |line: &str| {
        let name = line.trim().trim_start_matches("- ").split(':').next().unwrap_or_default().trim_matches(['"', '\'']);
        line.contains(':')
            && (matches!(Column::of(name), Column::Question | Column::Topic | Column::Id) || is_list(name))
    };
    if is_toml(text) {
        return Some(Notation::Toml);
    }
    let named = first.ends_with(':') && text.lines().nth(1).is_some_and(|line| line.trim_start().starts_with("- "));
    let dashed = named || first == "---" || first.starts_with('#') || first.starts_with("- ") || field(first);
    let listed = text.lines().any(|line| line.trim_start().starts_with("- ") && field(line));
    (dashed && listed && yaml_value(text).is_ok()).then_some(Notation::Yaml)
}

/// What a text in YAML says. Its aliases may repeat no more than a text of this size could say itself.
fn yaml_value(text: &str) -> Result<Value, serde_saphyr::Error> {
    let limits = serde_saphyr::alias_limits! { max_total_replayed_events: 10_000 + text.len() / 2 };
    serde_saphyr::from_str_with_options(text, serde_saphyr::options! { alias_limits: limits, strict_booleans: true })
}

/// Whether a text is TOML with a list of tables: it begins with a key or a table, and some line is `[[name]]`. A test of Bash
/// (`[[ -f x ]]`) in the code of a quiz is none.
fn is_toml(text: &str) -> bool {
    let name = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
    };
    let table = |line: &str| {
        line.strip_prefix('[').and_then(|line| line.strip_suffix(']')).is_some_and(|inner| name(inner.trim()))
    };
    let list = |line: &str| line.strip_prefix('[').and_then(|line| line.strip_suffix(']')).is_some_and(table);
    let key = |line: &str| line.split_once('=').is_some_and(|(key, _)| name(key.trim()));
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    lines.peek().is_some_and(|first| table(first) || list(first) || key(first)) && lines.any(list)
}

/// Reads the records of a text.
pub(in crate::bank) fn read(text: &str, notation: Notation) -> Result<Vec<Record>, Refusal> {
    let refuse = |message: String| Refusal {
        message,
        hint: Some("mend it there; nothing is imported from data that cannot be read whole".into()),
        problems: Vec::new(),
    };
    let mut records = Vec::new();
    match notation {
        Notation::JsonLines => {
            for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
                let value = serde_json::from_str(line)
                    .map_err(|error| refuse(format!("line {number}, column {}: this is no JSON", error.column())))?;
                let before = records.len();
                gather(&value, None, &mut records);
                records[before..].iter_mut().for_each(|record| record.line = number);
            }
            return Ok(records);
        }
        Notation::Json => {
            let value = serde_json::from_str(text).map_err(|error| {
                refuse(format!("line {}, column {}: this is no JSON", error.line(), error.column()))
            })?;
            gather(&value, None, &mut records);
        }
        Notation::Yaml => {
            let value = yaml_value(text).map_err(|error| {
                let place = error.location().map(|at| format!("line {}, column {}: ", at.line(), at.column()));
                refuse(format!("{}this is no YAML", place.unwrap_or_default()))
            })?;
            gather(&value, None, &mut records);
        }
        Notation::Toml => {
            let value: Value = toml::from_str(text).map_err(|error| {
                let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
                refuse(format!("line {}: this is no TOML: {}", before.matches('\n').count() + 1, error.message()))
            })?;
            gather(&value, None, &mut records);
        }
    }
    find_lines(text, &mut records);
    Ok(records)
}

/// Names of lists that say nothing of what is in them.
fn is_list(name: &str) -> bool {
    let names = [
        "questions",
        "question",
        "results",
        "items",
        "data",
        "quiz",
        "quizzes",
        "rows",
        "cards",
        "list",
        "entries",
        "exam",
        "test",
    ];
    names.contains(&folded(name).as_str())
}

/// Walks the data; every object that asks and has options is a record. Lists under a name are topics.
fn gather(value: &Value, topic: Option<&str>, records: &mut Vec<Record>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| gather(item, topic, records)),
        Value::Object(fields) => {
            if let Some(record) = record(fields, topic) {
                records.push(record);
                return;
            }
            let own =
                ["topic", "category", "title", "name", "section"].iter().find_map(|name| text(fields.get(*name)?));
            for (name, inner) in fields {
                let named = (!is_list(name)).then_some(name.as_str());
                let here = own.as_deref().or(named.filter(|_| inner.is_array())).or(topic);
                gather(inner, here, records);
            }
        }
        _ => {}
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(if *truth { "True" } else { "False" }.into()),
        _ => None,
    }
}

fn field<'a>(fields: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| {
        fields.iter().find(|(own, value)| folded(own) == *name && !value.is_null()).map(|(_, value)| value)
    })
}

fn record(fields: &Map<String, Value>, topic: Option<&str>) -> Option<Record> {
    // `question: {stem, choices}`
    if let Some(Value::Object(inner)) = fields.get("question") {
        let mut merged = fields.clone();
        merged.remove("question");
        merged.extend(inner.clone());
        return record(&merged, topic);
    }
    let columns: Vec<(Column, &str, &Value)> =
        fields.iter().map(|(name, value)| (Column::of(name), name.as_str(), value)).collect();
    let asked = |names: &[&str]| field(fields, names).and_then(text);
    let stem = columns
        .iter()
        .find(|(column, _, value)| *column == Column::Question && value.is_string())
        .and_then(|(.., value)| text(value))
        .or_else(|| asked(&["text", "title", "statement"]).filter(|_| option_list(fields).is_some()))?;
    let mut record = Record { stem, topic: topic.map(str::to_owned), ..Record::default() };
    if let Some(passage) = asked(&["passage", "context"]).filter(|passage| !passage.is_empty()) {
        record.stem = format!("{passage}\n\n{}", record.stem);
    }
    let list = option_list(fields);
    if let Some((_, list)) = list {
        record.options = options(list)?;
    }
    let ids = list.map(|(_, list)| ids(list)).unwrap_or_default();
    let mut lettered: Vec<(usize, String)> = Vec::new();
    let mut wrong: Vec<String> = Vec::new();
    for (column, name, value) in &columns {
        if list.is_some_and(|(taken, _)| taken == *name) {
            continue;
        }
        match column {
            Column::Option(place, _) if list.is_none() => lettered.extend(text(value).map(|text| (*place, text))),
            Column::Wrong => match value {
                Value::Array(items) => wrong.extend(items.iter().filter_map(text)),
                other => wrong.extend(text(other)),
            },
            Column::Answer => match value {
                Value::Array(items) => record.answer.extend(items.iter().filter_map(text)),
                other => record.answer.extend(text(other).filter(|answer| !answer.is_empty())),
            },
            Column::Explanation => record.explanation = text(value).unwrap_or_default(),
            Column::Topic => record.topic = text(value).or(record.topic.take()),
            Column::Tags => match value {
                Value::Array(items) => record.tags = items.iter().filter_map(text).collect(),
                other => record.tags.extend(text(other)),
            },
            Column::Id => record.id = text(value),
            _ => {}
        }
    }
    let named = |answer: &String| ids.iter().position(|id| id == answer);
    if let Some(places) = record.answer.iter().map(named).collect::<Option<Vec<_>>>() {
        // Options that are named by an identity need no other key.
        record.answer.clear();
        places.into_iter().for_each(|place| record.options[place].flagged = true);
    }
    lettered.sort_by_key(|(place, _)| *place);
    record.options.extend(lettered.iter().map(|(_, text)| RecordOption::of(text, false)));
    if !wrong.is_empty() && record.options.is_empty() {
        // Open Trivia DB writes HTML entities; so its texts, and only those, are unescaped.
        let plain = |text: &str| html_escape::decode_html_entities(text).into_owned();
        record.stem = plain(&record.stem);
        record.options.extend(record.answer.drain(..).map(|text| RecordOption::of(&plain(&text), true)));
        record.options.extend(wrong.iter().map(|text| RecordOption::of(&plain(text), false)));
        record.topic = record.topic.map(|topic| plain(&topic));
    }
    // A question with an answer and nothing to pick from is told as one without options.
    (!record.options.is_empty() || (list.is_none() && !record.answer.is_empty())).then_some(record)
}

/// The field that holds the options, by its name.
fn option_list(fields: &Map<String, Value>) -> Option<(&str, &Value)> {
    let names = [
        "options",
        "choices",
        "answeroptions",
        "alternatives",
        "possibleanswers",
        "answerchoices",
        "answers",
        "responses",
        "opciones",
        "antworten",
        "réponses",
        "respuestas",
        "risposte",
        "opções",
        "варианты",
        "选项",
        "mcoptions",
        "endings",
        "a",
    ];
    names.iter().find_map(|name| {
        fields
            .iter()
            .find(|(own, value)| folded(own) == *name && matches!(value, Value::Array(_) | Value::Object(_)))
            .map(|(own, value)| (own.as_str(), value))
    })
}

fn options(list: &Value) -> Option<Vec<RecordOption>> {
    match list {
        Value::Array(items) => items.iter().map(option).collect(),
        Value::Object(fields) => {
            // `{"text": […], "label": […]}`
            if let Some(Value::Array(texts)) = fields.get("text") {
                return texts.iter().map(option).collect();
            }
            let flags = fields.values().all(Value::is_boolean);
            let option = |(name, value): (&String, &Value)| match value {
                Value::Bool(right) if flags => Some(RecordOption::of(name, *right)),
                Value::Null => None,
                other => Some(RecordOption::of(&text(other)?, false)),
            };
            Some(fields.iter().filter_map(option).collect())
        }
        _ => None,
    }
}

/// The identities that options have of their own (`{"id": "o2", "text": …}`), where all of them have one.
fn ids(list: &Value) -> Vec<String> {
    let id = |item: &Value| text(field(item.as_object()?, &["id", "key", "letter", "identifier", "optionid"])?);
    let items = list.as_array().map(|items| items.iter().map(id).collect::<Option<Vec<_>>>());
    items.flatten().unwrap_or_default()
}

fn option(item: &Value) -> Option<RecordOption> {
    // What is not there is told as an empty option.
    if item.is_null() {
        return Some(RecordOption::default());
    }
    let Value::Object(fields) = item else {
        return text(item).map(|text| RecordOption::of(&text, false));
    };
    let said = field(
        fields,
        &["text", "answer", "option", "content", "body", "value", "answertext", "choice", "label", "title"],
    )
    .and_then(text)?;
    let right = field(
        fields,
        &["correct", "iscorrect", "right", "isright", "istrue", "isanswer", "score", "fraction", "weight"],
    );
    let flagged = match right {
        Some(Value::Bool(right)) => *right,
        Some(Value::Number(weight)) => weight.as_f64().is_some_and(|weight| weight > 0.0),
        Some(Value::String(word)) => matches!(word.to_lowercase().as_str(), "true" | "yes" | "1" | "correct"),
        _ => false,
    };
    let feedback = field(fields, &["feedback", "explanation", "rationale", "comment"]).and_then(text);
    Some(RecordOption { feedback: feedback.filter(|text| !text.is_empty()), ..RecordOption::of(&said, flagged) })
}

/// How far from the record before a stem is looked for, in bytes.
const NEAR: usize = 1 << 16;

/// Finds each record's line by the beginning of its stem, going down the text once.
pub(super) fn find_lines(text: &str, records: &mut [Record]) {
    let (mut from, mut line) = (0_usize, 1);
    for record in records {
        let first = record.stem.lines().last().unwrap_or_default();
        let escaped = serde_json::to_string(first).unwrap_or_default();
        let written = escaped.trim_matches('"');
        // A stem that is written otherwise is not looked for in the whole rest.
        let near = text.floor_char_boundary(from.saturating_add(NEAR));
        let found =
            [written, first].into_iter().filter(|text| !text.is_empty()).find_map(|stem| text[from..near].find(stem));
        if let Some(at) = found {
            line += text[from..from + at].matches('\n').count();
            from += at;
        }
        record.line = line;
    }
}
