//! Deeds: what a person did that can be taken back.

use super::{CardId, LogId, Moment, MoveKind};

/// The kind of a deed. Its name is what the database and programs call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum DeedKind {
    /// An answer in a review or a mock exam.
    Answer,
    /// A card left the schedule.
    Suspend,
    /// A card came back into the schedule.
    Unsuspend,
    /// A card was put off until tomorrow.
    Bury,
    /// A card that was put off came back.
    Unbury,
    /// A card was made new again.
    Reset,
    /// A card got a due date by hand.
    Due,
    /// A card was flagged, or its flag was removed.
    Flag,
    /// A question was edited by hand.
    Edit,
    /// Questions were added by hand.
    Add,
    /// Tags of questions changed.
    Tag,
    /// Questions went to another deck.
    Transfer,
    /// Questions, or decks with their questions, were deleted.
    Delete,
    /// What was deleted is back.
    Restore,
    /// Settings of a deck or of all decks.
    Settings,
    /// Presets and the decks that share them.
    Preset,
    /// A deck got another name.
    Rename,
    /// An empty deck was made.
    Create,
    /// The questions of a deck went to another one.
    Merge,
    /// Decks were archived.
    Archive,
    /// Archived decks are in use again.
    Unarchive,
    /// What was deleted was erased: nothing before it can be taken back.
    Purge,
    /// Due dates that moved together.
    Moves,
    /// Parameters fitted on request.
    Fit,
    /// Banks or histories were imported.
    Import,
    /// An import was taken back by `retain import --undo`.
    ImportUndo,
    /// A deed was taken back.
    Undo,
    /// A deed that was taken back was brought back.
    Redo,
}

impl DeedKind {
    /// Its name.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether it changes only the log, and nothing that has to be kept to take it back.
    pub fn is_of_the_log(self) -> bool {
        matches!(
            self,
            Self::Answer | Self::Suspend | Self::Unsuspend | Self::Bury | Self::Unbury | Self::Reset | Self::Due
        )
    }
}

impl From<MoveKind> for DeedKind {
    fn from(kind: MoveKind) -> Self {
        match kind {
            MoveKind::Suspend => Self::Suspend,
            MoveKind::Unsuspend => Self::Unsuspend,
            MoveKind::Bury(_) => Self::Bury,
            MoveKind::Unbury => Self::Unbury,
            MoveKind::Due(_) => Self::Due,
            MoveKind::Forget => Self::Reset,
        }
    }
}

/// Something that a person did.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// Its identity, in the order of the log.
    pub id: LogId,
    /// When.
    pub at: Moment,
    /// What it was.
    pub kind: DeedKind,
    /// The same in words; empty for an answer.
    pub title: String,
    /// The card that it was about; `None` if it was not about one card.
    pub card: Option<CardId>,
    /// The number of the command that imported; `None` if it was no import.
    pub batch: Option<i64>,
    /// Whether it was taken back.
    pub undone: bool,
}
