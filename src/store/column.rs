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

wrapped!(CardId, DeckId, LogId, PresetId, QuestionId, StudyDay);

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
        u32::column_result(value).map(Self::from_ways)
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
