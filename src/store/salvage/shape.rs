//! What a record must look like to be an entry of the log, a card, a question or a device.

use rusqlite::types::Value;
use uuid::Uuid;

use crate::store::log_table::LOG_TABLES;

/// What a column holds.
#[derive(Clone, Copy)]
enum ColumnShape {
    /// An identity of the log: UUIDv7.
    Id,
    IdOrNull,
    Bytes,
    Text,
    TextOrNull,
    /// An integer in a range.
    Within(i64, i64),
    IntegerOrNull,
}

use ColumnShape::{Bytes, Id, IdOrNull, IntegerOrNull, Text, TextOrNull, Within};

const ANY: ColumnShape = Within(i64::MIN, i64::MAX);
const NUMBER: ColumnShape = Within(0, i64::MAX);
const FLAG: ColumnShape = Within(0, 1);
const OFFSET: ColumnShape = Within(-1_440, 1_440);

/// The columns of a table of the log in the order of a record.
struct LogShape {
    /// Which of [`LOG_TABLES`] it is.
    table: usize,
    columns: &'static [(&'static str, ColumnShape)],
    /// How many of them a row has that was written first of all.
    fewest: usize,
}

const SHAPES: [LogShape; 4] = [
    LogShape {
        table: 0,
        columns: &[
            ("id", Id),
            ("card", NUMBER),
            ("at_ms", ANY),
            ("day", ANY),
            ("offset_minutes", OFFSET),
            ("rating", Within(1, 4)),
            ("kind", Within(0, 5)),
            ("confidence", Within(0, 2)),
            ("right", FLAG),
            ("picked", Bytes),
            ("shown", Bytes),
            ("order_seed", ANY),
            ("guess_ways", NUMBER),
            ("took_ms", NUMBER),
            ("device", NUMBER),
            ("due_day", IntegerOrNull),
            ("due_ms", IntegerOrNull),
            ("practice", FLAG),
            ("typed", TextOrNull),
            ("overruled", FLAG),
            ("sure", IntegerOrNull),
        ],
        fewest: 17,
    },
    LogShape {
        table: 1,
        columns: &[
            ("id", Id),
            ("card", NUMBER),
            ("at_ms", ANY),
            ("day", ANY),
            ("offset_minutes", OFFSET),
            ("kind", Within(0, 5)),
            ("until_day", IntegerOrNull),
            ("why", Text),
            ("device", NUMBER),
        ],
        fewest: 9,
    },
    LogShape {
        table: 2,
        columns: &[
            ("id", Id),
            ("review", IdOrNull),
            ("move", IdOrNull),
            ("undo", IdOrNull),
            ("at_ms", ANY),
            ("day", ANY),
            ("offset_minutes", OFFSET),
            ("device", NUMBER),
        ],
        fewest: 8,
    },
    // As the first schema had it.
    LogShape {
        table: 2,
        columns: &[
            ("id", Id),
            ("review", Id),
            ("at_ms", ANY),
            ("day", ANY),
            ("offset_minutes", OFFSET),
            ("device", NUMBER),
        ],
        fewest: 6,
    },
];

impl ColumnShape {
    fn fits(self, value: &Value) -> bool {
        match (self, value) {
            (IdOrNull | IntegerOrNull | TextOrNull, Value::Null)
            | (Bytes, Value::Blob(_))
            | (Text | TextOrNull, Value::Text(_))
            | (IntegerOrNull, Value::Integer(_)) => true,
            (Id | IdOrNull, Value::Blob(bytes)) => identity(bytes).is_some_and(|id| id.get_version_num() == 7),
            (Within(least, most), Value::Integer(number)) => (least..=most).contains(number),
            _ => false,
        }
    }
}

fn identity(bytes: &[u8]) -> Option<Uuid> {
    Uuid::from_slice(bytes).ok()
}

/// An entry of the log as it was found in a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ScannedEntry {
    /// Which of [`LOG_TABLES`] it is of.
    pub(super) table: usize,
    pub(super) id: [u8; 16],
    /// The number of the card; none for an undo.
    pub(super) card: Option<i64>,
    pub(super) device: i64,
    /// The other columns with their names.
    pub(super) columns: Vec<(&'static str, Value)>,
}

/// The entry of the log that these values are, if they are one.
pub(super) fn entry(values: Vec<Value>) -> Option<ScannedEntry> {
    let fits = |shape: &&LogShape| {
        (shape.fewest..=shape.columns.len()).contains(&values.len())
            && shape.columns.iter().zip(&values).all(|((_, column), value)| column.fits(value))
    };
    let shape = SHAPES.iter().find(fits)?;
    let id = match values.first()? {
        Value::Blob(bytes) => bytes.as_slice().try_into().ok()?,
        _ => return None,
    };
    let (mut card, mut device, mut columns) = (None, None, Vec::new());
    for ((name, _), value) in shape.columns.iter().zip(values) {
        match (*name, value) {
            ("card", Value::Integer(number)) => card = Some(number),
            ("device", Value::Integer(number)) => device = Some(number),
            (name, value) => columns.push((name, value)),
        }
    }
    let targets = ["review", "move", "undo"];
    let named = columns.iter().filter(|(name, value)| targets.contains(name) && *value != Value::Null).count();
    let is_undo = LOG_TABLES[shape.table].name == "undo";
    (!is_undo || named == 1).then_some(ScannedEntry { table: shape.table, id, card, device: device?, columns })
}

/// A row that says what a number means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ScannedName {
    Card(Uuid),
    Question(Uuid),
    Device(String),
}

/// What the number of this row means, if it is a row of cards, questions or devices.
pub(super) fn name(values: &[Value]) -> Option<ScannedName> {
    match values {
        [Value::Null, Value::Text(name)] => Some(ScannedName::Device(name.clone())),
        [Value::Null, Value::Blob(uid), Value::Integer(question), Value::Integer(_), rest @ ..] if rest.len() <= 1 => {
            identity(uid).filter(|_| *question > 0).map(ScannedName::Card)
        }
        [Value::Null, Value::Blob(uid), Value::Integer(_), Value::Integer(0..=9), Value::Text(_), rest @ ..]
            if rest.len() > 3 =>
        {
            identity(uid).map(ScannedName::Question)
        }
        _ => None,
    }
}
