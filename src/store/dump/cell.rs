//! A cell of a table as JSON, and back, exact to the bit.

use std::io::Write as _;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use serde_json::Value as Json;

use crate::store::range::EnteringNumber;

/// Writes a cell. `of_blobs` says that its column holds blobs.
pub(super) fn write(out: &mut Vec<u8>, cell: ValueRef<'_>, of_blobs: bool) {
    match cell {
        ValueRef::Null => out.extend(b"null"),
        ValueRef::Integer(number) => drop(write!(out, "{number}")),
        ValueRef::Real(number) if number.is_finite() => drop(serde_json::to_writer(out, &number)),
        ValueRef::Real(number) => drop(write!(out, "{{\"real\":\"{number}\"}}")),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) if !of_blobs => drop(serde_json::to_writer(out, text)),
            _ => object(out, "text", bytes),
        },
        ValueRef::Blob(bytes) if of_blobs => {
            out.push(b'"');
            hex(out, bytes);
            out.push(b'"');
        }
        ValueRef::Blob(bytes) => object(out, "blob", bytes),
    }
}

fn object(out: &mut Vec<u8>, kind: &str, bytes: &[u8]) {
    out.extend(b"{\"");
    out.extend(kind.as_bytes());
    out.extend(b"\":\"");
    hex(out, bytes);
    out.extend(b"\"}");
}

fn hex(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.extend(bytes.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]));
}

/// A cell as it is stored.
#[derive(Debug, PartialEq)]
pub(super) enum DumpCell {
    Plain(Value),
    /// A text that is not UTF-8.
    Bytes(Vec<u8>),
}

impl DumpCell {
    /// The number that it is.
    pub(super) fn number(&self) -> Option<EnteringNumber> {
        match self {
            Self::Plain(Value::Integer(number)) => Some(EnteringNumber::Whole(*number)),
            Self::Plain(Value::Real(number)) => Some(EnteringNumber::Real(*number)),
            _ => None,
        }
    }
}

impl rusqlite::ToSql for DumpCell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Plain(value) => ToSqlOutput::Borrowed(value.into()),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Text(bytes)),
        })
    }
}

/// What a cell of a line says; `None` if it says nothing that is ever written.
pub(super) fn parsed(json: Json, of_blobs: bool) -> Option<DumpCell> {
    let plain = |value| Some(DumpCell::Plain(value));
    match json {
        Json::Null => plain(Value::Null),
        Json::Number(number) => match number.as_i64() {
            Some(number) => plain(Value::Integer(number)),
            None if number.is_f64() => plain(Value::Real(number.as_f64()?)),
            None => None,
        },
        Json::String(text) if of_blobs => plain(Value::Blob(unhex(&text)?)),
        Json::String(text) => plain(Value::Text(text)),
        Json::Object(object) if object.len() == 1 => {
            let (kind, value) = object.iter().next()?;
            let value = value.as_str()?;
            match kind.as_str() {
                "text" => Some(DumpCell::Bytes(unhex(value)?)),
                "blob" => plain(Value::Blob(unhex(value)?)),
                "real" => plain(Value::Real(value.parse().ok()?)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The bytes that these digits say.
pub(in crate::store) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.chars().map(|char| char.to_digit(16).map(|digit| digit as u8)).collect::<Option<_>>()?;
    digits.len().is_multiple_of(2).then(|| digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn there_and_back(value: ValueRef<'_>, of_blobs: bool) -> DumpCell {
        let mut line = Vec::new();
        write(&mut line, value, of_blobs);
        parsed(serde_json::from_slice(&line).expect("JSON"), of_blobs).expect("a cell")
    }

    proptest! {
        #[test]
        fn every_cell_comes_back_to_the_bit(integer: i64, bits: u64, text: String, bytes: Vec<u8>) {
            for of_blobs in [false, true] {
                prop_assert_eq!(there_and_back(ValueRef::Integer(integer), of_blobs), DumpCell::Plain(Value::Integer(integer)));
                prop_assert_eq!(there_and_back(ValueRef::Blob(&bytes), of_blobs), DumpCell::Plain(Value::Blob(bytes.clone())));
                let real = f64::from_bits(bits);
                // SQLite keeps what is no number as null.
                if !real.is_nan() {
                    let DumpCell::Plain(Value::Real(back)) = there_and_back(ValueRef::Real(real), of_blobs) else { panic!("a real") };
                    prop_assert_eq!(back.to_bits(), bits);
                }
            }
            prop_assert_eq!(there_and_back(ValueRef::Text(text.as_bytes()), false), DumpCell::Plain(Value::Text(text.clone())));
            prop_assert_eq!(there_and_back(ValueRef::Text(text.as_bytes()), true), DumpCell::Bytes(text.into_bytes()));
        }
    }

    #[test]
    fn odd_numbers_and_texts_come_back() {
        for real in [0.0, -0.0, 5.0, 1e22, 1e-308, 5e-324, f64::MAX, f64::INFINITY, f64::NEG_INFINITY] {
            let DumpCell::Plain(Value::Real(back)) = there_and_back(ValueRef::Real(real), false) else {
                panic!("{real}")
            };
            assert_eq!(back.to_bits(), real.to_bits());
        }
        assert_eq!(there_and_back(ValueRef::Text(b"a\xffb\0"), false), DumpCell::Bytes(b"a\xffb\0".to_vec()));
        assert_eq!(there_and_back(ValueRef::Null, true), DumpCell::Plain(Value::Null));
        for odd in ["[]", "true", "{}", r#"{"text":"f"}"#, r#"{"text":"fg"}"#, r#"{"x":"ff"}"#, "18446744073709551615"]
        {
            assert_eq!(parsed(serde_json::from_str(odd).expect("JSON"), false), None, "{odd}");
        }
        assert_eq!(parsed(serde_json::from_str(r#""xyz""#).expect("JSON"), true), None);
    }
}
