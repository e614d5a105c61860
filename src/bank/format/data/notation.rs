//! The notations that data is written in.

/// Formats of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) enum Notation {
    Json,
    JsonLines,
    Yaml,
    Toml,
    Xml,
}

impl Notation {
    /// What people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Notation::Json => "JSON",
            Notation::JsonLines => "JSON Lines",
            Notation::Yaml => "YAML",
            Notation::Toml => "TOML",
            Notation::Xml => "XML",
        }
    }
}
