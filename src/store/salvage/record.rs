//! A row as SQLite writes it: the [record format](https://www.sqlite.org/fileformat2.html#record_format).

use rusqlite::types::Value;

/// No table has more columns.
const MOST_COLUMNS: usize = 64;

/// The number at the beginning of some bytes, and how many bytes it has.
pub(super) fn varint(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0_u64;
    for (at, &byte) in bytes.iter().take(9).enumerate() {
        if at == 8 {
            return Some((value << 8 | u64::from(byte), 9));
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if byte < 0x80 {
            return Some((value, at + 1));
        }
    }
    None
}

/// The values of a record; `None` if these bytes are not exactly one.
pub(super) fn values_in(record: &[u8]) -> Option<Vec<Value>> {
    let (header, mut at) = varint(record)?;
    let header = usize::try_from(header).ok().filter(|header| *header <= record.len())?;
    let mut body = header;
    let mut values = Vec::new();
    while at < header {
        let (kind, length) = varint(&record[at..header])?;
        at += length;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => usize::try_from(kind).ok()?,
            5 => 6,
            6 | 7 => 8,
            10 | 11 => return None,
            kind => usize::try_from((kind - 12) / 2).ok()?,
        };
        let cell = record.get(body..body.checked_add(length)?)?;
        body += length;
        values.push(value(kind, cell)?);
        if values.len() > MOST_COLUMNS {
            return None;
        }
    }
    (body == record.len() && !values.is_empty()).then_some(values)
}

/// A value of this serial type.
fn value(kind: u64, cell: &[u8]) -> Option<Value> {
    Some(match kind {
        0 => Value::Null,
        8 => Value::Integer(0),
        9 => Value::Integer(1),
        1..=6 => {
            let negative = cell.first().is_some_and(|byte| *byte >= 0x80);
            let begin = if negative { -1_i64 } else { 0 };
            Value::Integer(cell.iter().fold(begin, |number, byte| number << 8 | i64::from(*byte)))
        }
        7 => Value::Real(f64::from_be_bytes(cell.try_into().ok()?)),
        kind if kind % 2 == 0 => Value::Blob(cell.to_vec()),
        _ => Value::Text(String::from_utf8(cell.to_vec()).ok()?),
    })
}
