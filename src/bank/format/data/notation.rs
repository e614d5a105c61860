//! The notations that data is written in.

/// Formats of data, by their names for `--format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub(in crate::bank) enum Notation {
    Json,
    #[strum(serialize = "jsonl")]
    JsonLines,
    Yaml,
    Toml,
    Xml,
}

impl Notation {
    /// What people call it.
    pub(super) fn name(self) -> String {
        if self == Self::JsonLines { "JSON Lines".into() } else { <&str>::from(self).to_uppercase() }
    }
}
