//! The lists that were shown last, beside the database: numbers name their lines until others are shown, whatever changes meanwhile.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::{DeckId, Moment};
use crate::private;

/// The list of cards and the list of decks that were shown last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LastList {
    /// When the cards were shown.
    pub(super) at_ms: i64,
    pub(super) offset_minutes: i32,
    /// Identities of cards, as exports write them.
    pub(super) cards: Vec<String>,
    /// Numbers of decks; `None` if no list of decks was shown yet.
    #[serde(default)]
    decks: Option<Vec<i64>>,
}

impl LastList {
    fn path(db: &Path) -> PathBuf {
        let mut name = db.file_name().unwrap_or_default().to_os_string();
        name.push(".list");
        db.with_file_name(name)
    }

    pub(super) fn load(db: &Path) -> Option<Self> {
        serde_json::from_str(&fs::read_to_string(Self::path(db)).ok()?).ok()
    }

    /// Keeps a list of cards.
    pub(super) fn keep_cards(db: &Path, cards: impl Iterator<Item = Uuid>, now: Moment) {
        let cards = cards.map(|uid| uid.to_string()).collect();
        let (at_ms, offset_minutes) = (now.utc_ms, now.offset_minutes);
        Self { at_ms, offset_minutes, cards, ..Self::load(db).unwrap_or_default() }.keep(db);
    }

    /// Keeps a list of decks.
    pub(super) fn keep_decks(db: &Path, decks: impl Iterator<Item = DeckId>) {
        let decks = Some(decks.map(|deck| deck.0).collect());
        Self { decks, ..Self::load(db).unwrap_or_default() }.keep(db);
    }

    /// The deck in this place of the last list of decks, from 1, if there is a list; `Err` with how many decks the list has if it has no such place.
    pub(super) fn deck(db: &Path, number: usize) -> Option<Result<DeckId, usize>> {
        let decks = Self::load(db)?.decks?;
        let deck = number.checked_sub(1).and_then(|place| decks.get(place));
        Some(deck.map(|deck| DeckId(*deck)).ok_or(decks.len()))
    }

    /// It is a convenience: where it cannot be written, numbers name nothing.
    fn keep(&self, db: &Path) {
        let Ok(text) = serde_json::to_string(self) else { return };
        let path = Self::path(db);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let written = tempfile::Builder::new().prefix(private::TEMPORARY).tempfile_in(folder).and_then(|file| {
            fs::write(file.path(), text)?;
            file.persist(&path).map_err(|error| error.error)
        });
        if written.is_err() {
            // An older list would give the numbers another meaning.
            let _ = fs::remove_file(&path);
        }
    }
}
