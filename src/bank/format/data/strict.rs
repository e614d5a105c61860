//! JSON as it is written: a name that occurs twice in an object is not lost. Objects under one name become a list;
//! anything else is reported.

use serde::de::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};

use super::visitor::{AnyVisitor, Assembled};

/// The field that holds a repeated name.
pub(super) const TWICE: &str = "\u{1}twice";

/// A value whose objects keep repeated names.
pub(super) struct Strict(pub(super) Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyVisitor::new())
    }
}

impl Assembled<'_> for Strict {
    type Inner = Strict;

    fn of_plain(value: Value) -> Self {
        Self(value)
    }

    fn of_number(number: Option<Number>) -> Self {
        Self(number.map_or(Value::Null, Value::Number))
    }

    fn of_list(items: Vec<Strict>) -> Self {
        Self(Value::Array(items.into_iter().map(|Strict(value)| value).collect()))
    }

    fn of_fields(entries: Vec<(String, Strict)>) -> Self {
        let mut fields = Map::new();
        // Names under which lists of objects were made.
        let mut gathered: Vec<String> = Vec::new();
        for (name, Strict(value)) in entries {
            match fields.get_mut(&name) {
                None => {
                    fields.insert(name, value);
                }
                Some(Value::Array(list)) if gathered.contains(&name) => list.push(value),
                Some(first) if first.is_object() && value.is_object() => {
                    *first = Value::Array(vec![first.take(), value]);
                    gathered.push(name);
                }
                Some(first) if *first == value => {}
                Some(_) => {
                    fields.insert(TWICE.to_owned(), Value::String(name));
                }
            }
        }
        Self(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_twice_is_kept_or_told() {
        let read = |json: &str| serde_json::from_str::<Strict>(json).map(|strict| strict.0).unwrap_or_default();
        assert_eq!(read(r#"{"q": {"a": 1}, "q": {"a": 2}, "q": {"a": 3}}"#)["q"].as_array().map(Vec::len), Some(3));
        assert_eq!(read(r#"{"q": "x", "q": "y", "n": null, "f": 1.5, "i": -1, "b": [true]}"#)[TWICE], "q");
        assert_eq!(read(r#"{"q": "x", "q": "x"}"#).get(TWICE), None);
    }
}
