//! JSON as it is written everywhere: exact for programs, harmless in a terminal.

use std::io;

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter};

use crate::error::Error;
use crate::model::limits::steers;

/// Writes what would steer a terminal as `\u…`, which says the same.
struct HarmlessJson;

impl Formatter for HarmlessJson {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, char)) = rest.char_indices().find(|(_, char)| steers(*char)) {
            CompactFormatter.write_string_fragment(writer, &rest[..at])?;
            for unit in char.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + char.len_utf8()..];
        }
        CompactFormatter.write_string_fragment(writer, rest)
    }
}

/// A value as JSON in one line, without the end of the line.
///
/// # Errors
/// A fault of the program, if the value cannot be written.
pub fn json_text(value: &(impl Serialize + ?Sized)) -> Result<String, Error> {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, HarmlessJson);
    let written = value.serialize(&mut serializer);
    written.map_err(|error| Error::fault(format!("cannot write JSON: {error}")))?;
    String::from_utf8(bytes).map_err(|error| Error::fault(format!("cannot write JSON: {error}")))
}

/// A line of JSON.
///
/// # Errors
/// A fault of the program, if the value cannot be written.
pub fn json_line(value: &(impl Serialize + ?Sized)) -> Result<String, Error> {
    Ok(json_text(value)? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_written_as_a_number_and_read_back() {
        let text = "a\u{202e}b\u{9b}c\u{7f}\u{e0041}\u{1b}]52\u{7}\n\"ü日";
        let line = json_text(&serde_json::json!({ text: [text] })).expect("JSON");
        assert!(!line.contains(|char: char| steers(char)), "{line}");
        assert!(line.contains("a\\u202eb\\u009bc\\u007f\\udb40\\udc41"), "{line}");
        assert!(line.contains("ü日"), "the rest stays as it is");
        let read: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(read[text][0], text);
    }
}
