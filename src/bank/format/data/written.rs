//! Numbers as they are written: `1.10` is no `1.1`, and `007` no `7`. Such a number is kept as a text; one that would be written
//! the same way stays a number.

use serde::de::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};
use serde_saphyr::Spanned;

use super::visitor::{AnyVisitor, Assembled};

/// A number, unless its text is written otherwise.
fn number(number: Option<Number>, written: &str) -> Value {
    match number {
        Some(number) if written.is_empty() || number.to_string() == written => Value::Number(number),
        _ if written.is_empty() => Value::Null,
        _ => Value::String(written.to_owned()),
    }
}

/// JSON with quotes around the numbers that would be written differently; `None` if there are none. The text has to be
/// valid.
pub(super) fn quoted(json: &str) -> Option<String> {
    let mut out = String::new();
    let (mut from, mut at, mut inside) = (0, 0, false);
    let bytes = json.as_bytes();
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' if inside => at += 1,
            b'"' => inside = !inside,
            b'-' | b'0'..=b'9' if !inside => {
                let is_part = |byte: &&u8| byte.is_ascii_digit() || b"+-.eE".contains(*byte);
                let end = at + bytes[at..].iter().take_while(is_part).count();
                let written = json.get(at..end).unwrap_or_default();
                let alike = written.parse::<Number>().is_ok_and(|number| number.to_string() == written);
                if !alike {
                    out += json.get(from..at).unwrap_or_default();
                    out += &format!("\"{written}\"");
                    from = end;
                }
                at = end - 1;
            }
            _ => {}
        }
        at += 1;
    }
    (from > 0).then(|| out + json.get(from..).unwrap_or_default())
}

/// A value of YAML that knows its place in the text.
pub(super) struct YamlNode(Spanned<RawYaml>);

enum RawYaml {
    Value(Value),
    Number(Option<Number>),
    List(Vec<YamlNode>),
    Fields(Vec<(String, YamlNode)>),
}

impl YamlNode {
    pub(super) fn value(self, text: &str) -> Value {
        let span = self.0.defined.span();
        match self.0.value {
            RawYaml::Value(value) => value,
            RawYaml::List(items) => Value::Array(items.into_iter().map(|item| item.value(text)).collect()),
            RawYaml::Fields(fields) => {
                Value::Object(fields.into_iter().map(|(name, node)| (name, node.value(text))).collect::<Map<_, _>>())
            }
            RawYaml::Number(found) => {
                let place = span.byte_offset().zip(span.byte_len()).and_then(|(from, count)| {
                    let from = usize::try_from(from).ok()?;
                    text.get(from..from.checked_add(usize::try_from(count).ok()?)?)
                });
                let written = place.unwrap_or_default().trim();
                // A tag or an anchor may precede the number.
                let bare = written.starts_with(|char: char| char.is_ascii_digit() || "+-.".contains(char));
                number(found, if bare { written } else { "" })
            }
        }
    }
}

impl<'de> Deserialize<'de> for YamlNode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Spanned::deserialize(deserializer).map(YamlNode)
    }
}

impl<'de> Deserialize<'de> for RawYaml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyVisitor::new())
    }
}

impl Assembled<'_> for RawYaml {
    type Inner = YamlNode;

    fn of_plain(value: Value) -> Self {
        Self::Value(value)
    }

    fn of_number(number: Option<Number>) -> Self {
        Self::Number(number)
    }

    fn of_list(items: Vec<YamlNode>) -> Self {
        Self::List(items)
    }

    fn of_fields(fields: Vec<(String, YamlNode)>) -> Self {
        Self::Fields(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse::yaml;
    use super::*;

    #[test]
    fn numbers_of_yaml_are_kept_as_written() {
        let text = "ö: 1\na: [1.9, 1.10, 010, 007, 0x1F, 1_000, 1e3, -2, 0.5, 3, .5]\nb: &x 2.50\nc: *x\nd: '1'\n";
        let wanted = serde_json::json!({
            "ö": 1,
            "a": [1.9, "1.10", "010", "007", "0x1F", "1_000", "1e3", -2, 0.5, 3, ".5"],
            "b": "2.50", "c": "2.50", "d": "1",
        });
        assert_eq!(yaml(text), Ok(vec![wanted]));
    }

    #[test]
    fn numbers_of_json_are_kept_as_written() {
        assert_eq!(
            quoted(r#"{"a": [1.10, 1.1, -0.50], "b 1.10 \" 1.0": 1e3, "c": 12345678901234567890123}"#).as_deref(),
            Some(r#"{"a": ["1.10", 1.1, "-0.50"], "b 1.10 \" 1.0": "1e3", "c": "12345678901234567890123"}"#)
        );
        assert_eq!(quoted(r#"{"a": [1, 2.5, 1.0, "1.10"]}"#), None);
    }
}
