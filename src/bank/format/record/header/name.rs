//! The name of a column in words: without accents, marks and the hints in brackets behind it.

use unicode_normalization::UnicodeNormalization as _;

use super::lexicon::{Lexicon, is_cjk};
use super::words::{ALPHABETS, COUNTED};
use crate::bank::KeyBase;

/// A name in words, and the option that its letter or number names.
#[derive(Debug)]
pub(super) struct ColumnName {
    /// All words in one, without what does not matter.
    pub(super) whole: String,
    pub(super) words: Vec<String>,
    /// The place of an option, and the base of its number; without a base if a letter names it.
    pub(super) place: Option<(usize, Option<KeyBase>)>,
}

/// Small letters without accents.
pub(super) fn fold(text: &str) -> String {
    let bare = text.nfkd().filter(|char| !matches!(char, '\u{300}'..='\u{36f}')).nfc();
    let mut folded = String::new();
    for char in bare.flat_map(char::to_lowercase) {
        match char {
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            'æ' => folded.push_str("ae"),
            '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
    folded
}

impl ColumnName {
    pub(super) fn parse(name: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut before = ' ';
        for char in name.nfkc() {
            let starts = char.is_alphanumeric()
                && (!before.is_alphanumeric()
                    || char.is_numeric() != before.is_numeric()
                    || (before.is_lowercase() && char.is_uppercase()));
            if starts {
                words.push(String::new());
            }
            // Signs of vowels and accents belong to the letter before them.
            if let Some(word) = words.last_mut().filter(|_| char.is_alphanumeric() || !char.is_ascii()) {
                word.push(char);
            }
            before = char;
        }
        let words: Vec<String> = words.iter().map(|word| fold(word)).filter(|word| !word.is_empty()).collect();
        let mut place = words.iter().rev().find_map(|word| counted(word));
        if place.is_none() {
            place = words.last().and_then(|word| glued(word));
        }
        Self { whole: words.join(" "), words, place }
    }

    /// Whether a word of the name is in the list.
    pub(super) fn has(&self, list: &Lexicon) -> bool {
        list.matches(&self.words, &self.whole)
    }

    /// Whether the name says that there are several (`options`, `opciones`, `варианты`).
    pub(super) fn is_plural(&self) -> bool {
        self.words.iter().any(|word| {
            word.len() > 9 && word.ends_with("en")
                || word.len() > 4 && word.ends_with(['s', 'i', 'ы', 'y', 'и']) && !word.ends_with("ss")
                || ["optionen", "antworten", "varianter", "svaralternativ", "opties", "opcije"].contains(&word.as_str())
        }) || ["选项", "選択肢", "보기"].contains(&self.whole.as_str())
    }
}

/// The place that a word names: a number, a number in letters, or a letter.
fn counted(word: &str) -> Option<(usize, Option<KeyBase>)> {
    if word.len() <= 2
        && let Ok(number) = word.parse::<usize>()
    {
        return Some((number, Some(KeyBase::One)));
    }
    letter(word).or_else(|| {
        let place = COUNTED.iter().position(|words| words.split(' ').any(|known| known == word))?;
        Some((place + 1, Some(KeyBase::One)))
    })
}

/// The place that a letter of any alphabet counts.
pub(in crate::bank::format::record) fn place_of_letter(char: char) -> Option<usize> {
    let small = char.to_lowercase().next()?;
    ALPHABETS.iter().find_map(|letters| letters.chars().position(|letter| letter == small))
}

/// The place that a letter names.
fn letter(word: &str) -> Option<(usize, Option<KeyBase>)> {
    let mut chars = word.chars();
    let (first, rest) = (chars.next()?, chars.next());
    let place = place_of_letter(first)?;
    rest.is_none().then_some((place, None))
}

/// The letter at the end of a word of a script without blanks (`选项a`).
fn glued(word: &str) -> Option<(usize, Option<KeyBase>)> {
    let last = word.chars().next_back()?;
    let rest = &word[..word.len() - last.len_utf8()];
    (is_cjk(rest) && (last.is_ascii_lowercase() || matches!(last, 'ア'..='カ')))
        .then(|| letter(last.encode_utf8(&mut [0; 4])))?
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;

    #[test]
    fn words_of_the_lists_are_folded() {
        let lists = [
            &words::QUESTION,
            &words::STEM,
            &words::OPTION,
            &words::ANSWER,
            &words::RIGHT,
            &words::KEY,
            &words::WRONG,
            &words::EXPLANATION,
            &words::TOPIC,
            &words::TAGS,
            &words::NUMBER,
            &words::ASIDE,
            &words::GRADE,
        ];
        let counted = COUNTED.iter().flat_map(|list| list.split_whitespace());
        for word in lists.iter().flat_map(|list| list.words()).chain(counted) {
            assert_eq!(fold(word), word);
        }
    }

    #[test]
    fn names_are_words_and_a_place() {
        for (name, whole, place) in [
            ("Texto_Pregunta", "texto pregunta", None),
            ("Opción C", "opcion c", Some((2, None))),
            ("Ans1", "ans 1", Some((1, Some(KeyBase::One)))),
            ("correctAnswer", "correct answer", None),
            ("選択肢2", "選択肢 2", Some((2, Some(KeyBase::One)))),
            ("选项B", "选项b", Some((1, None))),
            ("option_three", "option three", Some((3, Some(KeyBase::One)))),
            ("Вариант б", "вариант б", Some((1, None))),
        ] {
            let found = ColumnName::parse(name);
            assert_eq!((found.whole.as_str(), found.place), (whole, place), "{name}");
        }
    }
}
