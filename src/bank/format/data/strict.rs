//! JSON as it is written: a name that occurs twice in an object is not lost. Objects under one name become a list;
//! anything else is reported.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The field that holds a repeated name.
pub(super) const TWICE: &str = "\u{1}twice";

/// A value whose objects keep repeated names.
pub(super) struct Strict(pub(super) Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor).map(Strict)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Value, E> {
        Ok(Value::Bool(truth))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(Strict(value)) = items.next_element()? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        // Names under which lists of objects were made.
        let mut gathered: Vec<String> = Vec::new();
        while let Some((name, Strict(value))) = items.next_entry::<String, Strict>()? {
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
        Ok(Value::Object(fields))
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
