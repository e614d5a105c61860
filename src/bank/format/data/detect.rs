//! Which notation a text is in, if it is data at all: JSON, JSON Lines, YAML, TOML or XML.

use serde_json::Value;

use super::name::{FieldRole, is_list};
use super::notation::Notation;
use super::{near, parse, xml};

pub(in crate::bank) fn notation(text: &str) -> Option<Notation> {
    if xml::explains(text) {
        return Some(Notation::Xml);
    }
    let sound = || {
        json(text)
            .or_else(|| is_toml(text).then_some(Notation::Toml))
            .or_else(|| is_yaml(text).then_some(Notation::Yaml))
    };
    let slip = || match () {
        () if near::json(text) => Some(Notation::Json),
        () if near::sections(text) => Some(Notation::Toml),
        () if near::yaml(text) && parse::yaml(text).is_err() => Some(Notation::Yaml),
        () => None,
    };
    sound().or_else(slip)
}

/// Whether a text is data that cannot be read.
pub(in crate::bank) fn is_broken(text: &str) -> bool {
    notation(text).is_some_and(|notation| notation != Notation::Xml && parse::documents(text, notation).is_err())
}

fn json(text: &str) -> Option<Notation> {
    let start = text.trim_start();
    if !start.starts_with(['{', '[']) {
        return None;
    }
    if near::json_lines(start) {
        return Some(Notation::JsonLines);
    }
    let mut lines = start.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next()?;
    let whole = |line: &str| line.ends_with(['}', ']']) && serde_json::from_str::<Value>(line).is_ok();
    if first.starts_with('{') && whole(first) {
        return Some(if lines.next().is_some() { Notation::JsonLines } else { Notation::Json });
    }
    // The first line of JSON Lines may be the broken one.
    if first.starts_with("{\"") && lines.next().is_some_and(|line| line.starts_with("{\"") && whole(line)) {
        return Some(Notation::JsonLines);
    }
    // `[Topic]` and `[1] What?` are text. `[{question: 'What?'` is nearly data, and is reported as broken.
    if start.get(1..).unwrap_or_default().trim_start().starts_with('{') && start.starts_with('[') && start.contains(':')
    {
        return Some(Notation::Json);
    }
    let opens = start.get(1..).unwrap_or_default().trim_start().starts_with(['{', '[', '"', '}']);
    if opens && (start.contains("\":") || start.contains("\" :")) {
        return Some(if start.starts_with("[[") && is_toml(text) { Notation::Toml } else { Notation::Json });
    }
    // A list of lists or of texts, and nothing that is not JSON.
    (opens && start.trim_end().ends_with([']', '}']) && serde_json::from_str::<Value>(start).is_ok())
        .then_some(Notation::Json)
}

/// Whether a text is TOML: it begins with a key or a table, and has a list of tables (`[[name]]`) or parses as a whole.
/// A test of Bash (`[[ -f x ]]`) in the code of a quiz does not count.
fn is_toml(text: &str) -> bool {
    let name = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
    };
    let quoted = |text: &str| text.len() > 2 && text.starts_with(['"', '\'']) && text.ends_with(['"', '\'']);
    let table = |line: &str| {
        line.strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
            .is_some_and(|inner| name(inner.trim()) || quoted(inner.trim()))
    };
    let list = |line: &str| line.strip_prefix('[').and_then(|line| line.strip_suffix(']')).is_some_and(table);
    let key = |line: &str| line.split_once('=').is_some_and(|(key, _)| name(key.trim()) || quoted(key.trim()));
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    let begins = lines.peek().is_some_and(|first| table(first) || list(first) || key(first));
    begins && (lines.any(list) || (text.contains('=') && parse::toml(text).is_ok()))
}

/// Whether a text is YAML: it can be read whole, and its shape is that of records, not of prose with colons.
fn is_yaml(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    let Some(first) = lines.next() else { return false };
    let named = |line: &str| {
        let line = line.trim().trim_start_matches("- ").trim_start_matches("? ").trim_start_matches(':');
        line.split_once(':').is_some_and(|(name, rest)| {
            !name.is_empty() && (rest.is_empty() || rest.starts_with(' ')) && name.len() < 200
        })
    };
    let first = first.trim_end();
    let begins = first == "---" || first.starts_with('%') || first.trim_start().starts_with('-') || named(first);
    // Fields below fields: without them a text is a list of words, or prose.
    let mut nested = || {
        lines.any(|line| line.starts_with([' ', '\t', '-']) && named(line)) || (first.starts_with("- ") && named(first))
    };
    // `What is it?: a boat`, `What is it?:` above a list
    let asking = || text.lines().filter(|line| line.contains("?:") && !line.starts_with([' ', '#', '-'])).count();
    if text.contains("?:") && asking() > 1 {
        let asks = |document: &Value| {
            document
                .as_object()
                .is_some_and(|fields| fields.keys().filter(|name| name.ends_with('?')).count() * 10 >= fields.len() * 6)
        };
        return parse::yaml(text).is_ok_and(|documents| !documents.is_empty() && documents.iter().all(asks));
    }
    if !begins {
        return false;
    }
    let nested = nested();
    // Documents below one another may each be a question; so may the whole of a file.
    let apart = text.contains(':') && (text.contains("\n---") || text.contains(": ["));
    if !(nested || apart) {
        return false;
    }
    if !nested {
        return parse::yaml(text).is_ok_and(|documents| !documents.is_empty() && documents.iter().all(asks));
    }
    parse::yaml(text).is_ok_and(|documents| !documents.is_empty() && documents.iter().all(records))
}

/// Whether a document of YAML is data: maps in lists or in maps, with names that are words.
fn records(document: &Value) -> bool {
    let (mut names, mut words) = (0_usize, 0_usize);
    let mut count = |fields: &serde_json::Map<String, Value>| {
        for name in fields.keys() {
            names += 1;
            words += usize::from(!name.contains(char::is_whitespace) && name.chars().count() < 40);
        }
    };
    let known = |name: &str| is_list(name) || FieldRole::from_name(name) != FieldRole::Other;
    match document {
        Value::Array(items) => {
            let maps = items.iter().filter_map(Value::as_object);
            let fields: Vec<_> = maps.collect();
            fields.iter().for_each(|fields| count(fields));
            let several = fields.iter().filter(|fields| fields.len() > 1 || fields.keys().any(|name| known(name)));
            several.count() * 2 > items.len() && words * 10 >= names * 8
        }
        Value::Object(fields) => {
            count(fields);
            let inner: Vec<&Value> = fields.values().filter(|value| holds_map(value)).collect();
            // `What is it?: {options: [a, b]}`
            let asked = || {
                inner
                    .iter()
                    .filter_map(|value| value.as_object())
                    .any(|fields| fields.keys().any(|name| FieldRole::from_name(name) != FieldRole::Other))
            };
            !inner.is_empty() && (words * 10 >= names * 8 || asked())
        }
        _ => false,
    }
}

/// Whether a document is a question with a list of options, or with at least two things more.
fn asks(document: &Value) -> bool {
    document.as_object().is_some_and(|fields| {
        let is = |wanted: FieldRole| fields.keys().any(|name| FieldRole::from_name(name) == wanted);
        let known = fields.keys().filter(|name| FieldRole::from_name(name) != FieldRole::Other).count();
        is(FieldRole::Question) && is(FieldRole::Answer) && (fields.values().any(Value::is_array) || known > 3)
    })
}

fn holds_map(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => items.iter().any(Value::is_object),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_told_from_text() {
        for (text, wanted) in [
            ("[{\"a\": 1}]", Some(Notation::Json)),
            ("{\"a\": 1}\n{\"a\": 2}\n", Some(Notation::JsonLines)),
            ("[\n  [\"dog\", \"Hund\"]\n]\n", Some(Notation::Json)),
            ("{\n  \"name\": \"boat\"\n", Some(Notation::Json)),
            ("[[q]]\ntext = \"x\"\n", Some(Notation::Toml)),
            ("title = \"x\"\n\n[\"What is it?\"]\noptions = [\"a\", \"b\"]\n", Some(Notation::Toml)),
            ("---\nname: build\njobs:\n  test:\n    steps:\n      - run: make\n", Some(Notation::Yaml)),
            ("- front: a\n  back: b\n", Some(Notation::Yaml)),
            ("What is it?:\n  options: [a, b]\n  answer: a\n", Some(Notation::Yaml)),
            ("<stock><item>x</item></stock>", Some(Notation::Xml)),
            ("dog = Hund\ncat = Katze\n", None),
            ("dog: Hund\ncat: Katze\n", None),
            ("[Topic]\nWhat is it?\nA. x\nB. y *\n", None),
            ("1. What is it?\n- A. x: y\n- B. z\nAnswer: B\n", None),
            ("The colours are:\n- red\n- blue\nAnswer: red\n", None),
            ("---\ndeck: x\n---\nWhat?\n- A. x *\n- B. y\n", None),
            ("- A. red: warm\n- B. blue: cold\n", None),
        ] {
            assert_eq!(notation(text), wanted, "{text}");
        }
    }
}
