//! The numbers and letters that lists show.

/// How a list counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Counting {
    #[default]
    Decimal,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    LowerRussian,
    UpperRussian,
    /// It shows a sign, or nothing.
    Nothing,
}

impl Counting {
    /// The counting that Word calls so.
    pub(super) fn of_word(name: &str) -> Self {
        match name {
            "lowerLetter" => Self::LowerLetter,
            "upperLetter" => Self::UpperLetter,
            "lowerRoman" => Self::LowerRoman,
            "upperRoman" => Self::UpperRoman,
            "russianLower" => Self::LowerRussian,
            "russianUpper" => Self::UpperRussian,
            "none" | "bullet" => Self::Nothing,
            _ => Self::Decimal,
        }
    }

    /// The counting whose first number is written so in OpenDocument and HTML (`1`, `a`, `I`).
    pub(super) fn of_first(first: &str) -> Self {
        match first {
            "" => Self::Nothing,
            "a" | "lower-alpha" | "lower-latin" => Self::LowerLetter,
            "A" | "upper-alpha" | "upper-latin" => Self::UpperLetter,
            "i" | "lower-roman" => Self::LowerRoman,
            "I" | "upper-roman" => Self::UpperRoman,
            "none" | "disc" | "circle" | "square" => Self::Nothing,
            other if other.starts_with('А') => Self::UpperRussian,
            other if other.starts_with('а') => Self::LowerRussian,
            _ => Self::Decimal,
        }
    }

    /// How a number is written, from 1.
    pub(super) fn write(self, number: usize) -> String {
        match self {
            Self::Decimal => number.to_string(),
            Self::LowerLetter => letters(number, "abcdefghijklmnopqrstuvwxyz"),
            Self::UpperLetter => letters(number, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::UpperRoman => roman(number),
            Self::LowerRussian => letters(number, "абвгдежзиклмнопрстуфхцчшщэюя"),
            Self::UpperRussian => letters(number, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"),
            Self::Nothing => String::new(),
        }
    }
}

/// Letters repeat (`aa`) after the last one, as in Word; after this many rounds numbers follow.
const MOST_LETTERS: usize = 5;

fn letters(number: usize, alphabet: &str) -> String {
    let count = alphabet.chars().count();
    let place = number.saturating_sub(1);
    match alphabet.chars().nth(place % count) {
        Some(letter) if number > 0 && place / count < MOST_LETTERS => letter.to_string().repeat(place / count + 1),
        _ => number.to_string(),
    }
}

fn roman(number: usize) -> String {
    const VALUES: [usize; 13] = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1];
    const SIGNS: [&str; 13] = ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"];
    if number == 0 || number > 4000 {
        return number.to_string();
    }
    let (mut left, mut out) = (number, String::new());
    for (value, sign) in VALUES.into_iter().zip(SIGNS) {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

/// The meaning of a character of a symbol font (Wingdings, Symbol), by its place in the font.
pub(super) fn symbol(char: char) -> Option<char> {
    let place = u32::from(char);
    Some(match if (0xf000..=0xf0ff).contains(&place) { place - 0xf000 } else { return None } {
        0xfe | 0x52 => '☑',
        0xfd | 0x54 | 0x78 | 0x51 => '☒',
        0xa8 | 0x6f | 0x71 | 0x72 | 0xa3 => '☐',
        0xfc => '✓',
        0xfb => '✗',
        0xe0 => '→',
        _ => '•',
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_lists_show_them() {
        for (counting, number, shown) in [
            (Counting::Decimal, 12, "12"),
            (Counting::LowerLetter, 2, "b"),
            (Counting::UpperLetter, 28, "BB"),
            (Counting::LowerRoman, 9, "ix"),
            (Counting::UpperRoman, 44, "XLIV"),
            (Counting::LowerRussian, 4, "г"),
            (Counting::Nothing, 3, ""),
            (Counting::LowerLetter, 1000, "1000"),
        ] {
            assert_eq!(counting.write(number), shown);
        }
    }
}
