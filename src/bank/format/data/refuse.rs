//! The refusal of data without questions: the keys that it has, and which of them could be the question.

use serde_json::Value;

use super::learned::Learned;
use super::notation::Notation;
use crate::bank::Refusal;

/// More keys are not named.
const MOST_KEYS: usize = 12;
/// More values are not looked through for them.
const MOST_VALUES: usize = 2_000;

/// The refusal of data without questions.
pub(super) fn no_questions<'a>(
    notation: Notation,
    values: impl Iterator<Item = &'a Value>,
    learned: &Learned,
) -> Refusal {
    let keys = keys(values);
    let quoted: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    let seen =
        if keys.is_empty() { "it has no keys".to_owned() } else { format!("its keys are {}", quoted.join(", ")) };
    let hint = match (&learned.question, &learned.options) {
        (Some(question), Some(options)) => format!(
            "`{question}` could be the question and `{options}` its options, but no field says which is right; add one that is called `answer`"
        ),
        _ => "if it is a bank, name its fields `question`, `options` and `answer`, or `front` and `back`".to_owned(),
    };
    let message = format!("no questions were found in this {}; {seen}", notation.name());
    Refusal::new(message, hint)
}

/// The first keys of objects, each once.
fn keys<'a>(values: impl Iterator<Item = &'a Value>) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    let mut rest: std::collections::VecDeque<&Value> = values.take(MOST_VALUES).collect();
    let mut seen = 0;
    while let Some(value) = rest.pop_front() {
        seen += 1;
        if seen > MOST_VALUES || keys.len() >= MOST_KEYS {
            break;
        }
        match value {
            Value::Array(items) => rest.extend(items.iter().take(MOST_VALUES)),
            Value::Object(fields) => {
                for name in fields.keys() {
                    let name: String = name.chars().take(40).collect();
                    if keys.len() < MOST_KEYS && !keys.contains(&name) {
                        keys.push(name);
                    }
                }
                rest.extend(fields.values().take(MOST_VALUES));
            }
            _ => {}
        }
    }
    keys
}
