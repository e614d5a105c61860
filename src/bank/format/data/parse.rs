//! Parses texts in a notation of data; errors are reported with their place.

use serde_json::Value;

use super::near;
use super::notation::Notation;
use super::strict::Strict;
use super::written::{YamlNode, quoted};
use super::xml;
use crate::bank::Refusal;
use crate::model::limits::YAML_DEPTH;

/// What a text says, document by document: one of JSON, a line each of JSON Lines.
#[derive(Debug, Default)]
pub(super) struct Documents {
    /// The documents, each with its line if the notation gives one.
    pub(super) values: Vec<(Option<usize>, Value)>,
    /// Lines of JSON Lines that are broken, each with what is wrong.
    pub(super) broken: Vec<(usize, String)>,
}

/// Parses a text. Fails when it cannot be read whole; of JSON Lines, when no line can.
pub(super) fn documents(text: &str, notation: Notation) -> Result<Documents, Refusal> {
    let one = |value: Value| Documents { values: vec![(None, value)], broken: Vec::new() };
    match notation {
        Notation::JsonLines => json_lines(text),
        Notation::Json => json(text).map(one).map_err(|error| {
            let message = json_error(&error, None);
            let line = text.lines().nth(error.line().saturating_sub(1)).unwrap_or_default();
            match near::json_hint(&message, line, error.column()) {
                Some(hint) => hinted(message, hint),
                None => refusal(message),
            }
        }),
        Notation::Yaml => yaml(text).map_err(|message| hinted(message, YAML)).map(|values| Documents {
            values: values.into_iter().map(|value| (None, value)).collect(),
            broken: Vec::new(),
        }),
        Notation::Toml => toml(text).map(one).map_err(|message| hinted(message, TOML)),
        Notation::Xml => xml::value(text).map(one),
    }
}

const YAML: &str = "put a text that holds `: `, ` #`, a quote or a bracket between quotes, and indent with blanks, not with tabs; \
    nothing is imported from data that cannot be read whole";
const TOML: &str = "put texts between quotes, as `question = \"…\"`, and lists between brackets; nothing is imported from data \
    that cannot be read whole";

/// A refusal that says what is to be done in the file.
fn hinted(message: String, hint: &str) -> Refusal {
    Refusal::new(message, hint)
}

fn refusal(message: String) -> Refusal {
    let hint = "correct it there; nothing is imported from data that cannot be read whole";
    Refusal::new(message, hint)
}

/// `line 2, column 14: this is no JSON: trailing comma`
fn json_error(error: &serde_json::Error, line: Option<usize>) -> String {
    let why = error.to_string();
    let why = why.split(" at line ").next().unwrap_or_default();
    format!("line {}, column {}: this is no JSON: {why}", line.unwrap_or(error.line()), error.column())
}

/// A value of JSON whose numbers are kept as they are written.
fn json(text: &str) -> serde_json::Result<Value> {
    let Strict(value) = serde_json::from_str(text)?;
    match quoted(text) {
        Some(quoted) => serde_json::from_str(&quoted).map(|Strict(value)| value),
        None => Ok(value),
    }
}

fn json_lines(text: &str) -> Result<Documents, Refusal> {
    let mut documents = Documents::default();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match json(line) {
            Ok(value) => documents.values.push((Some(number), value)),
            Err(error) => documents.broken.push((number, json_error(&error, Some(number)))),
        }
    }
    match documents.broken.first() {
        Some((_, why)) if documents.values.len() < documents.broken.len() => Err(refusal(why.clone())),
        _ => Ok(documents),
    }
}

/// What a text in YAML says. Its aliases may repeat no more than a text of this size could say itself.
pub(super) fn yaml(text: &str) -> Result<Vec<Value>, String> {
    let limits = serde_saphyr::alias_limits! { max_total_replayed_events: 10_000 + text.len() / 2 };
    let budget = serde_saphyr::budget! { max_depth: YAML_DEPTH.most as usize };
    let options = serde_saphyr::options! { alias_limits: limits, budget: budget, strict_booleans: true };
    let documents = serde_saphyr::from_multiple_with_options::<YamlNode>(text, options).map_err(|error| {
        let place = error.location().map(|at| format!("line {}, column {}: ", at.line(), at.column()));
        format!("{}this is no YAML", place.unwrap_or_default())
    })?;
    Ok(documents.into_iter().map(|node| node.value(text)).filter(|document| !document.is_null()).collect())
}

pub(super) fn toml(text: &str) -> Result<Value, String> {
    toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        format!("line {}: this is no TOML: {}", before.matches('\n').count() + 1, error.message())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_broken_is_told_with_its_line() {
        let json = documents("[{\"a\": 1},\n]", Notation::Json).expect_err("a comma too many");
        assert_eq!(json.message, "line 2, column 1: this is no JSON: trailing comma");
        let lines = documents("{\"a\": 1}\n{\"a\"\n\n{\"a\": 2}\n", Notation::JsonLines).expect("two lines");
        assert_eq!(lines.values.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [Some(1), Some(4)]);
        assert_eq!(lines.broken[0].0, 2);
        assert!(documents("a: [1\nb: 2\n", Notation::Yaml).expect_err("no end").message.contains("this is no YAML"));
        assert!(documents("a = \n", Notation::Toml).expect_err("no value").message.starts_with("line 1"));
    }

    #[test]
    fn documents_of_yaml_stand_one_below_another() {
        let read = documents("q: one\na: x\n---\nq: two\na: y\n", Notation::Yaml).expect("two documents");
        assert_eq!(read.values.len(), 2);
    }
}
