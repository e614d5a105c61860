//! Alphabets: the letters and numbers of labels.

use crate::bank::word_set::WordSet;

/// The letters or numbers of the labels of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) enum Alphabet {
    /// A, B, C; full-width letters and the Cyrillic and Greek ones that look the same count as these.
    Latin,
    /// А, Б, В.
    Cyrillic,
    /// α, β, γ.
    Greek,
    /// أ, ب, ج.
    Arabic,
    /// ア, イ, ウ.
    Kana,
    /// 가, 나, 다.
    Hangul,
    /// 甲, 乙, 丙.
    Stems,
    /// א, ב, ג.
    Hebrew,
    /// क, ख, ग.
    Devanagari,
    /// ก, ข, ค.
    Thai,
    /// i, ii, iii.
    Roman,
    /// 1, 2, 3; full-width and circled ones too.
    Numbers,
}

/// Alphabets that are distinguished by their second letter, which no other one has.
pub(in crate::bank) const OWN: [Alphabet; 9] = [
    Alphabet::Cyrillic,
    Alphabet::Greek,
    Alphabet::Arabic,
    Alphabet::Kana,
    Alphabet::Hangul,
    Alphabet::Stems,
    Alphabet::Hebrew,
    Alphabet::Devanagari,
    Alphabet::Thai,
];

static ROMAN: WordSet =
    WordSet::of_phrases("i, ii, iii, iv, v, vi, vii, viii, ix, x, xi, xii, xiii, xiv, xv, xvi, xvii, xviii, xix, xx");

impl Alphabet {
    /// The place (from 0) that a label names.
    pub(in crate::bank) fn place(self, token: &str) -> Option<usize> {
        let mut chars = token.chars();
        let (first, more) = (chars.next()?, !chars.as_str().is_empty());
        match self {
            Alphabet::Roman => ROMAN.iter().position(|number| number.eq_ignore_ascii_case(token)),
            Alphabet::Numbers => number(token)?.checked_sub(1).filter(|place| *place < 99),
            _ if more => None,
            Alphabet::Latin => place_of_letter(first),
            // The letters of the others are none of ASCII, and nothing of ASCII is one of them in lower case.
            _ if first.is_ascii() => None,
            _ => self.letters().chars().position(|letter| first == letter || first.to_lowercase().eq([letter])),
        }
    }

    /// The letters in lower case; `None` if they are not counted one by one.
    fn letters(self) -> &'static str {
        match self {
            Alphabet::Cyrillic => "абвгдежзиклмнопрст",
            Alphabet::Greek => "αβγδεζηθικλμ",
            Alphabet::Arabic => "أبجدهوزحطي",
            Alphabet::Kana => "アイウエオカキクケコ",
            Alphabet::Hangul => "가나다라마바사아자차",
            Alphabet::Stems => "甲乙丙丁戊己庚辛壬癸",
            Alphabet::Hebrew => "אבגדהוזחטי",
            Alphabet::Devanagari => "कखगघङचछजझ",
            Alphabet::Thai => "กขคงจฉชซ",
            Alphabet::Latin | Alphabet::Roman | Alphabet::Numbers => "",
        }
    }
}

/// How the options of a file are labelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) enum Labels {
    /// `A.`, `b)` …
    Letters,
    /// `1.`, `2)` …
    Numbers,
    /// Letters or numbers of another alphabet: `а)`, `iv.` …
    Other(Alphabet),
    /// Bullets or boxes alone.
    Bullets,
}

impl Labels {
    /// The alphabet of the labels; `None` if there are none.
    pub(in crate::bank) fn alphabet(self) -> Option<Alphabet> {
        match self {
            Labels::Letters => Some(Alphabet::Latin),
            Labels::Numbers => Some(Alphabet::Numbers),
            Labels::Other(alphabet) => Some(alphabet),
            Labels::Bullets => None,
        }
    }
}

/// The place (from 0) of a letter: A is 0. Full-width letters, and the Cyrillic and Greek letters that look like Latin
/// ones, count as those.
pub(in crate::bank) fn place_of_letter(letter: char) -> Option<usize> {
    let plain = match letter {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(u32::from(letter) - 0xfee0)?,
        'Ⓐ'..='Ⓩ' => char::from_u32(u32::from(letter) - u32::from('Ⓐ') + u32::from('A'))?,
        'ⓐ'..='ⓩ' => char::from_u32(u32::from(letter) - u32::from('ⓐ') + u32::from('a'))?,
        'А' | 'а' | 'Α' | 'α' => 'A',
        'В' | 'в' | 'Β' => 'B',
        'С' | 'с' => 'C',
        'Е' | 'е' | 'Ε' => 'E',
        'Н' | 'н' | 'Η' => 'H',
        _ => letter,
    };
    let upper = plain.to_ascii_uppercase();
    upper.is_ascii_uppercase().then(|| usize::from(upper as u8 - b'A'))
}

/// The number that a token is, in plain, full-width or circled digits.
pub(in crate::bank) fn number(token: &str) -> Option<usize> {
    let mut chars = token.chars();
    if let (Some(circled @ '①'..='⑳'), "") = (chars.next(), chars.as_str()) {
        return Some((u32::from(circled) - u32::from('①') + 1) as usize);
    }
    token.chars().try_fold(0_usize, |value, char| value.checked_mul(10)?.checked_add(digit(char)? as usize))
}

/// The value of a digit, full-width ones too.
fn digit(char: char) -> Option<u32> {
    match char {
        '０'..='９' => Some(u32::from(char) - u32::from('０')),
        _ => char.to_digit(10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alphabets_count() {
        for (alphabet, token, place) in [
            (Alphabet::Latin, "C", 2),
            (Alphabet::Latin, "ｄ", 3),
            (Alphabet::Latin, "В", 1),
            (Alphabet::Cyrillic, "В", 2),
            (Alphabet::Cyrillic, "б", 1),
            (Alphabet::Greek, "γ", 2),
            (Alphabet::Roman, "IV", 3),
            (Alphabet::Roman, "ix", 8),
            (Alphabet::Numbers, "12", 11),
            (Alphabet::Numbers, "③", 2),
            (Alphabet::Hangul, "나", 1),
            (Alphabet::Hebrew, "ג", 2),
            (Alphabet::Devanagari, "ख", 1),
            (Alphabet::Thai, "ค", 2),
        ] {
            assert_eq!(alphabet.place(token), Some(place), "{token}");
        }
        for (alphabet, token) in [
            (Alphabet::Latin, "ab"),
            (Alphabet::Latin, ""),
            (Alphabet::Roman, "mix"),
            (Alphabet::Numbers, "0"),
            (Alphabet::Cyrillic, "Z"),
        ] {
            assert_eq!(alphabet.place(token), None, "{token}");
        }
    }
}
