//! The fields of an object, each as what it holds.

use serde_json::{Map, Value};

use super::learned::Learned;
use super::name::{FieldRole, words};
use super::value::value_text;

/// An object of which each field is known by its name, or by what it holds.
pub(super) struct View<'a> {
    pub(super) fields: Vec<(FieldRole, &'a str, &'a Value)>,
}

impl<'a> View<'a> {
    pub(super) fn new(map: &'a Map<String, Value>, learned: &Learned) -> Self {
        let mut fields = Vec::with_capacity(map.len());
        // `a` is the answer to `q`, but an option next to `b`.
        let letter = |name: &str, letter: &str| name.trim_start_matches(':').eq_ignore_ascii_case(letter);
        let lettered = map.keys().any(|name| letter(name, "b"));
        for (name, value) in map.iter().filter(|(_, value)| !value.is_null()) {
            let field = match learned.field(name) {
                Some(field) => field,
                None if lettered && letter(name, "a") => FieldRole::Option(0),
                // `{q, c, a, e}`: choices, the answer, and why
                None if !lettered && letter(name, "c") && value.is_array() => FieldRole::Options,
                None if !lettered && letter(name, "e") && value.is_string() => FieldRole::Explanation,
                None => FieldRole::from_name(name),
            };
            match value {
                // `question: {stem, choices}`
                Value::Object(inner) if field == FieldRole::Question && is_whole(inner) => {
                    let inner = inner.iter().map(|(name, value)| (FieldRole::from_name(name), name.as_str(), value));
                    fields.extend(inner);
                }
                // `fields: {Front, Back}`
                Value::Object(inner)
                    if is_wrapper(name)
                        && inner.keys().any(|name| {
                            matches!(FieldRole::from_name(name), FieldRole::Question | FieldRole::Front)
                        }) =>
                {
                    fields.extend(inner.iter().map(|(name, value)| (FieldRole::from_name(name), name.as_str(), value)));
                }
                _ => fields.push((field, name.as_str(), value)),
            }
        }
        Self { fields }
    }

    /// The values of the fields of this kind.
    pub(super) fn all(&self, field: FieldRole) -> impl Iterator<Item = &(FieldRole, &'a str, &'a Value)> {
        self.fields.iter().filter(move |(own, ..)| *own == field)
    }

    /// The first text of the fields of this kind.
    pub(super) fn text(&self, field: FieldRole) -> Option<String> {
        self.all(field).find_map(|(.., value)| value_text(value))
    }

    /// The name and value of the first field with one of these names.
    pub(super) fn named(&self, names: impl IntoIterator<Item = &'static str>) -> Option<(&'a str, &'a Value)> {
        let own: Vec<String> = self.fields.iter().map(|(_, own, _)| words(own).concat()).collect();
        let at = names.into_iter().find_map(|name| own.iter().position(|own| own == name))?;
        Some((self.fields[at].1, self.fields[at].2))
    }

    /// Whether the kind that the object names contains one of these words.
    pub(super) fn is_kind(&self, wanted: impl IntoIterator<Item = &'static str>) -> bool {
        let kind = self.text(FieldRole::Kind).unwrap_or_default().to_lowercase();
        let kind: String = kind.chars().filter(|char| char.is_alphanumeric()).collect();
        wanted.into_iter().any(|word| kind.contains(word))
    }

    /// What the object asks, and whether its name says that it is a question.
    pub(super) fn stem(&self) -> Option<(String, bool)> {
        let single = |value: &Value| value_text(value).filter(|_| !value.is_boolean());
        let asked =
            self.all(FieldRole::Question).filter(|(.., value)| value.is_string()).find_map(|(.., value)| single(value));
        let asked = asked.or_else(|| self.all(FieldRole::Question).find_map(|(.., value)| single(value)));
        match asked {
            // `"question": 3, "text": "What …"`
            Some(number) if number.parse::<f64>().is_ok() && self.text(FieldRole::Text).is_some() => {}
            Some(text) => return Some((text, true)),
            None => {}
        }
        // Of several texts the one that asks, or that is more than a word.
        let text = self
            .all(FieldRole::Text)
            .filter(|(.., value)| !value.is_boolean())
            .filter_map(|(_, name, value)| Some((*name, value_text(value)?)));
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
        matches!(FieldRole::from_name(name), FieldRole::Question | FieldRole::Text)
            && (value.is_string() || value.is_object())
    };
    fields.iter().any(asks) && fields.values().any(|value| value.is_array() || value.is_object())
}
