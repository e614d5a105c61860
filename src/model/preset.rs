//! Presets: sets of settings that decks share.

/// The number of a preset in its database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PresetId(pub i64);

impl PresetId {
    /// The preset that all decks fall back to. It is always there.
    pub const DEFAULT: PresetId = PresetId(1);
}

/// A set of settings that decks share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its number in the database.
    pub id: PresetId,
    /// Its name, in which case does not matter.
    pub name: String,
}
