//! Values of the model as columns: identities as they are, enumerations by their numbers.

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};

use super::fault::Nonsense;
use crate::model::{
    CardId, CardState, Confidence, DeckId, DeedKind, ExamEnding, Guess, KeyOrigin, Kind, LogId, Markup, PresetId,
    QuestionId, Rating, ReviewKind, StudyDay,
};

macro_rules! wrapped {
    ($($name:ident),+) => {$(
        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                FromSql::column_result(value).map(Self)
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                self.0.to_sql()
            }
        }
    )+};
}

wrapped!(CardId, DeckId, LogId, PresetId, QuestionId);

impl FromSql for StudyDay {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(Self::within_calendar)
    }
}

impl ToSql for StudyDay {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

/// The nearest number that there can be. A check reports the number itself.
pub(super) fn nearest(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

macro_rules! numbered {
    ($($name:ident: $what:literal),+ $(,)?) => {$(
        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Self::from_number(u8::column_result(value)?).ok_or_else(|| FromSqlError::other(Nonsense($what)))
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.number().into())
            }
        }
    )+};
}

numbered!(
    CardState: "a state of a card",
    Confidence: "a confidence",
    KeyOrigin: "an origin of a key",
    Kind: "a kind of question",
    Markup: "a markup",
    Rating: "a rating",
    ReviewKind: "a kind of answer",
);

impl FromSql for Guess {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        i64::column_result(value).map(|ways| Self::from_ways(nearest(ways)))
    }
}

impl ToSql for Guess {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.ways().into())
    }
}

impl FromSql for DeedKind {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(|_| FromSqlError::other(Nonsense("a kind of deed")))
    }
}

impl FromSql for ExamEnding {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(|_| FromSqlError::other(Nonsense("an end of an exam")))
    }
}
