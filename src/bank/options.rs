//! Options for reading a bank.

use super::KeyRule;

/// How to read a bank.
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    /// The format, if the person names it.
    pub format: Option<String>,
    /// The rule that declares the right options, if the person gives one.
    pub key: Option<KeyRule>,
    /// How the keys of records are written, if the person gives it.
    pub key_base: Option<KeyBase>,
    /// The names of the columns of a table without a header, if the person gives them.
    pub columns: Option<String>,
    /// Whether each card is asked both ways: from its front, and from its back.
    pub both_ways: bool,
}

/// How the keys of a file are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr)]
pub enum KeyBase {
    /// Places from 0.
    #[strum(serialize = "0")]
    Zero,
    /// Places from 1.
    #[strum(serialize = "1")]
    One,
    /// Letters.
    #[strum(serialize = "letter")]
    Letter,
    /// The text of the option.
    #[strum(serialize = "text")]
    Text,
}

impl KeyBase {
    /// The one that `--key-base` names.
    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    /// Its name, as `--key-base` takes it.
    pub fn name(self) -> &'static str {
        self.into()
    }
}
