//! Raised and lowered text (`10²`, `H₂O`), which plain text writes with signs of its own.

/// How far from the line a text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Script {
    #[default]
    Normal,
    Raised,
    Lowered,
}

const RAISED: [(char, char); 16] = [
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('−', '⁻'),
    ('n', 'ⁿ'),
    ('(', '⁽'),
    (')', '⁾'),
];
const LOWERED: [(char, char); 14] = [
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('(', '₍'),
    (')', '₎'),
];

impl Script {
    /// The text as it is written in plain text.
    pub(super) fn write(self, text: &str) -> String {
        let (signs, mark): (&[(char, char)], &str) = match self {
            Self::Normal => return text.to_owned(),
            Self::Raised => (&RAISED, "^"),
            Self::Lowered => (&LOWERED, "_"),
        };
        let sign = |char: char| signs.iter().find(|(plain, _)| *plain == char).map(|(_, sign)| *sign);
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
