//! Raised and lowered text (`10²`, `H₂O`), for which plain text has characters of its own.

/// The position of a text relative to its line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Script {
    #[default]
    Normal,
    Raised,
    Lowered,
}

/// Plain characters, and the same ones raised in their order.
const RAISED: [&str; 2] = ["0123456789+-−n()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ⁽⁾"];
/// Plain characters, and the same ones lowered in their order.
const LOWERED: [&str; 2] = ["0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"];

impl Script {
    /// The text as it is written in plain text.
    pub(super) fn write(self, text: &str) -> String {
        let ([plain, set], mark) = match self {
            Self::Normal => return text.to_owned(),
            Self::Raised => (RAISED, "^"),
            Self::Lowered => (LOWERED, "_"),
        };
        let sign = |char: char| plain.chars().zip(set.chars()).find(|(plain, _)| *plain == char).map(|(_, set)| set);
        let written: Option<String> = text.chars().map(sign).collect();
        match written {
            Some(written) => written,
            // `1st`, `x` above: endings of words are words.
            None if text.chars().count() > 3 || ["st", "nd", "rd", "th", "er", "re", "e", "o", "a"].contains(&text) => {
                text.to_owned()
            }
            None if text.trim().is_empty() => text.to_owned(),
            None => format!("{mark}{text}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_and_indices_stay_what_they_are() {
        assert_eq!(Script::Raised.write("2"), "²");
        assert_eq!(Script::Raised.write("-3"), "⁻³");
        assert_eq!(Script::Lowered.write("2"), "₂");
        assert_eq!(Script::Raised.write("k"), "^k");
        assert_eq!(Script::Raised.write("th"), "th");
        assert_eq!(Script::Normal.write("2"), "2");
    }
}
