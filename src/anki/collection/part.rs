//! What a collection is made of.

use crate::anki::messages::PresetConfig;

/// A deck of Anki.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnkiDeck {
    /// Its whole name, with `::` between the parts.
    pub name: String,
    /// The number of its preset; `None` if it is filtered.
    pub preset: Option<i64>,
    /// A desired retention of its own, 0–1.
    pub desired_retention: Option<f32>,
}

/// A preset of Anki.
#[derive(Clone, Debug, PartialEq)]
pub struct AnkiPreset {
    /// Its name.
    pub name: String,
    /// What it sets.
    pub config: PresetConfig,
}

/// A note type.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NoteType {
    /// Its name.
    pub name: String,
    /// Whether its cards are deletions of a text.
    pub cloze: bool,
    /// Whether its cards are areas of a picture.
    pub occlusion: bool,
    /// The names of its fields, in order.
    pub fields: Vec<String>,
    /// Its templates, in order.
    pub templates: Vec<CardTemplate>,
}

/// A template of cards.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CardTemplate {
    /// Its name.
    pub name: String,
    /// The front.
    pub front: String,
    /// The back.
    pub back: String,
}

/// A note.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnkiNote {
    /// Its number.
    pub id: i64,
    /// What it is known by on every device.
    pub guid: String,
    /// The number of its note type.
    pub note_type: i64,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its fields, in order.
    pub fields: Vec<String>,
}

/// A card of Anki.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnkiCard {
    /// Its number.
    pub id: i64,
    /// Its note.
    pub note: i64,
    /// The deck where it is at home.
    pub deck: i64,
    /// The place of its template, or the number of its deletion from 0.
    pub ordinal: u32,
    /// When it was changed last, seconds since 1970.
    pub changed_s: i64,
    /// 0 new, 1 learning, 2 review, 3 relearning.
    pub kind: i64,
    /// −1 suspended, −2 and −3 buried, 0 new, 1 learning, 2 review, 3 learning by days.
    pub queue: i64,
    /// A place among the new ones, a day since the collection was made, or seconds since 1970.
    pub due: i64,
    /// Its flag, 0 for none.
    pub flag: u8,
    /// Stability and difficulty as Anki keeps them, if it does.
    pub memory: Option<(f64, f64)>,
}

/// An entry of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogLine {
    /// When, milliseconds since 1970.
    pub id: i64,
    /// The card.
    pub card: i64,
    /// The button, 1–4; 0 if it is no answer.
    pub ease: u8,
    /// 0 learning, 1 review, 2 relearning, 3 filtered, 4 manual, 5 rescheduled.
    pub kind: u8,
    /// The interval after it: days, or seconds below 0.
    pub interval: i32,
    /// The ease factor or difficulty after it, in thousandths.
    pub factor: i32,
    /// Milliseconds taken.
    pub took_ms: u32,
}
