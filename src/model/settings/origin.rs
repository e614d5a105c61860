//! Where a value of a setting comes from.

/// Whose value of a setting counts. A deck's own value counts over its preset's, both over those of the decks around it (the
/// nearest first), and those over the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingOrigin {
    /// The program's default: it was never set.
    Program,
    /// The default of this database.
    Default(SetWhen),
    /// A preset.
    Preset {
        /// The preset.
        name: String,
        /// The deck that it is assigned to: the deck itself, or one around it.
        deck: String,
        /// When and why it was set.
        set: SetWhen,
    },
    /// A deck's own: the deck itself, or one around it.
    Deck {
        /// The deck.
        name: String,
        /// When and why it was set.
        set: SetWhen,
    },
}

impl SettingOrigin {
    /// When and why it was set; `None` for the program's default.
    pub fn set(&self) -> Option<&SetWhen> {
        match self {
            Self::Program => None,
            Self::Default(set) | Self::Preset { set, .. } | Self::Deck { set, .. } => Some(set),
        }
    }
}

/// When a value was set, and on what evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetWhen {
    /// UTC milliseconds.
    pub at_ms: i64,
    /// In words: by hand, or the result of a fit.
    pub evidence: String,
}
