//! What a collection that goes out is made of.

use crate::anki::messages::PresetConfig;

/// The generation of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutGeneration {
    /// Schema 11, with JSON: every Anki since 2.1 reads it.
    Legacy,
    /// Schema 18, packed by Zstandard: Anki 23.10 and later.
    Latest,
}

/// What holds for the whole collection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutCollection {
    /// The start of day 0 of due dates, seconds since 1970.
    pub created_s: i64,
    /// When it is written, milliseconds since 1970.
    pub now_ms: i64,
    /// Minutes east of Greenwich.
    pub offset_minutes: i32,
    /// The hour at which days begin.
    pub rollover: u8,
    /// The decks.
    pub decks: Vec<OutDeck>,
    /// The presets.
    pub presets: Vec<OutPreset>,
}

/// A deck.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutDeck {
    /// Its number.
    pub id: i64,
    /// Its whole name, with `::` between the parts.
    pub name: String,
    /// The number of its preset.
    pub preset: i64,
}

/// A preset.
#[derive(Clone, Debug, PartialEq)]
pub struct OutPreset {
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What it sets.
    pub config: PresetConfig,
}

/// A note.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutNote {
    /// Its number.
    pub id: i64,
    /// What it is known by.
    pub guid: String,
    /// The number of its type.
    pub kind: i64,
    /// When its text was changed last, seconds since 1970.
    pub changed_s: i64,
    /// Its tags, without blanks in them.
    pub tags: Vec<String>,
    /// Its fields, as HTML.
    pub fields: Vec<String>,
}

/// A card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OutCard {
    /// Its number.
    pub id: i64,
    /// Its note.
    pub note: i64,
    /// Its deck.
    pub deck: i64,
    /// The place of its template, or the number of its deletion from 0.
    pub ordinal: u32,
    /// When it was changed last, seconds since 1970.
    pub changed_s: i64,
    /// 0 new, 1 learning, 2 review, 3 relearning.
    pub kind: u8,
    /// −1 suspended, −3 buried, 0 new, 1 learning, 2 review.
    pub queue: i8,
    /// A place, a day since day 0, or seconds since 1970.
    pub due: i64,
    /// Days.
    pub interval: u32,
    /// Answers.
    pub repetitions: u32,
    /// Times that it was forgotten.
    pub lapses: u32,
    /// Steps that are left.
    pub steps_left: u32,
    /// Its flag, 0 for none.
    pub flag: u8,
    /// What FSRS keeps, as JSON.
    pub data: String,
}

/// An entry of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutAnswer {
    /// When, milliseconds since 1970: moved on by the database if another entry has it.
    pub at_ms: i64,
    /// The card.
    pub card: i64,
    /// The button, 1–4; 0 if it is no answer.
    pub ease: u8,
    /// Days, or seconds below 0.
    pub interval: i32,
    /// The same before it.
    pub interval_before: i32,
    /// 0 of a reset and of practice.
    pub factor: i32,
    /// Milliseconds taken.
    pub took_ms: u32,
    /// 0 learning, 1 review, 2 relearning, 3 filtered, 4 manual.
    pub kind: u8,
}
