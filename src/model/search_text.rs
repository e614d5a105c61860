//! Texts as a search sees them: what is a word, and which words are the same.
//!
//! An index splits texts at everything that is no letter and no number. Two things need help. Chinese, Japanese, Thai and some other scripts put no
//! blanks between words, so that a whole sentence would be one word: each of their letters becomes a word here, and what
//! people type becomes a phrase of such words. And signs such as `+`, `∫` or an emoji would vanish: each becomes a word, so `C++` is found.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether a character is a word by itself.
fn is_alone(char: char) -> bool {
    match char {
        '+' | '#' => true,
        '\0'..='\x7f' => false,
        // Punctuation of all scripts, and what joins and modifies other characters.
        '\u{80}'..='\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{ad}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}' => false,
        '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{fe00}'..='\u{fe0f}' => false,
        _ if is_combining_mark(char) => false,
        _ if has_no_blanks(char) => true,
        _ => !char.is_alphanumeric() && !char.is_whitespace() && !char.is_control(),
    }
}

/// Whether a character is of a script that puts no blanks between words.
fn has_no_blanks(char: char) -> bool {
    matches!(char,
        // Thai, Lao, Myanmar, Khmer.
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        // Radicals, kana, bopomofo, and Chinese characters.
        | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3021}'..='\u{312f}' | '\u{31a0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The text with blanks around every character that is a word by itself, in the usual forms of its letters (NFKC).
pub fn spaced(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| byte >= 0x80 || byte == b'+' || byte == b'#') {
        return Cow::Borrowed(text);
    }
    let mut spaced = String::with_capacity(text.len() + 16);
    for char in text.nfkc() {
        if is_alone(char) {
            spaced.extend([' ', char, ' ']);
        } else {
            match full_fold(char) {
                Some(folded) => spaced.push_str(folded),
                None if is_vowel_sign(char) => {}
                None if has_marks(char) => spaced.extend(char.nfkd().filter(|char| !is_combining_mark(*char))),
                None => spaced.push(char),
            }
        }
    }
    Cow::Owned(spaced)
}

/// The full case folding of a letter, where it is not just the small letter: `STRASSE` is `Straße` in capitals, and a final sigma is a sigma. Letters
/// with a stroke and joined letters, which have no mark that comes off, are those that people type instead.
fn full_fold(char: char) -> Option<&'static str> {
    Some(match char {
        'ß' | 'ẞ' => "ss",
        'ς' => "σ",
        'և' => "եւ",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'ø' | 'Ø' => "o",
        'ħ' | 'Ħ' => "h",
        'ı' => "i",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'þ' | 'Þ' => "th",
        _ => return None,
    })
}

/// Whether a character is a Greek or Cyrillic letter that may have marks on it: the index takes them off Latin letters alone. `ΛΟΓΟΣ` has none in
/// capitals, and few people write `ё`.
fn has_marks(char: char) -> bool {
    matches!(char, '\u{370}'..='\u{52f}' | '\u{1f00}'..='\u{1fff}')
}

/// Whether a character is a sign over or under a Hebrew or Arabic letter that texts for learners have, and what people type has not.
fn is_vowel_sign(char: char) -> bool {
    matches!(char, '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}')
        && is_combining_mark(char)
}

/// Whether a text has anything that can be found.
pub fn has_words(text: &str) -> bool {
    text.nfkc().any(|char| char.is_alphanumeric() || is_alone(char))
}

/// A character as it is compared: without marks on letters, in lower case.
fn folded(char: char) -> impl Iterator<Item = char> {
    let whole = full_fold(char);
    let alone =
        whole.is_none().then(|| char.nfkd().filter(|char| !is_combining_mark(*char)).flat_map(char::to_lowercase));
    whole.unwrap_or_default().chars().chain(alone.into_iter().flatten())
}

/// A name as it is compared: letter case and marks on letters do not count.
pub fn folded_name(name: &str) -> String {
    name.chars().flat_map(folded).collect()
}

/// A word or a phrase that was searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// As it was typed.
    pub text: String,
    /// Whether words that begin with it are meant, too.
    pub prefix: bool,
}

/// A text as words: what each says when it is compared, and where it is.
fn words(text: &str) -> Vec<(String, std::ops::Range<usize>)> {
    let mut words: Vec<(String, std::ops::Range<usize>)> = Vec::new();
    let mut open = false;
    for (at, char) in text.char_indices() {
        let end = at + char.len_utf8();
        if is_alone(char) {
            words.push((folded(char).collect(), at..end));
            open = false;
        } else if char.is_alphanumeric() || (open && is_combining_mark(char)) {
            match words.last_mut().filter(|_| open) {
                Some((word, place)) => {
                    word.extend(folded(char));
                    place.end = end;
                }
                None => words.push((folded(char).collect(), at..end)),
            }
            open = true;
        } else {
            open = false;
        }
    }
    words
}

/// Where a text has what was searched for, in bytes, in order and without overlaps.
pub fn places_found(text: &str, sought: &[Sought]) -> Vec<std::ops::Range<usize>> {
    let own = words(text);
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for sought in sought {
        let wanted: Vec<String> = words(&sought.text).into_iter().map(|(word, _)| word).collect();
        let Some((last, first)) = wanted.split_last() else { continue };
        for group in own.windows(wanted.len()) {
            let (end, begin) = (&group[group.len() - 1], &group[..group.len() - 1]);
            let ends = if sought.prefix { end.0.starts_with(last.as_str()) } else { end.0 == *last };
            if ends && begin.iter().map(|(word, _)| word).eq(first) {
                found.push(group[0].1.start..end.1.end);
            }
        }
    }
    found.sort_by_key(|place| (place.start, place.end));
    let mut apart: Vec<std::ops::Range<usize>> = Vec::new();
    for place in found {
        match apart.last_mut() {
            Some(last) if place.start < last.end => last.end = last.end.max(place.end),
            _ => apart.push(place),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_without_blanks_and_signs_are_words() {
        for (text, expected) in [
            ("plain words", "plain words"),
            ("C++", "C +  + "),
            ("在中国", " 在  中  国 "),
            ("Ärger", "Ärger"),
            ("Straße, GROẞ", "Strasse, GROss"),
            ("λόγος Ἀθῆναι", "λογοσ Αθηναι"),
            ("Łódź, œuvre, Ørsted", "lódź, oeuvre, orsted"),
            ("Ёлка, йод", "Елка, иод"),
            ("كِتَابٌ שָׁלוֹם", "كتاب שלום"),
            ("हिन्दी", "हिन्दी"),
            ("e\u{301}", "é"),
            ("ｆｕｌｌ", "full"),
            ("a 🎉", "a  🎉 "),
            ("“quoted” – so…", "“quoted” – so..."),
        ] {
            assert_eq!(spaced(text), expected, "{text}");
        }
    }

    #[test]
    fn some_texts_have_nothing_to_find() {
        for (text, expected) in
            [("", false), ("***", false), ("…", false), ("“”", false), ("🎉", true), ("中", true), ("a", true)]
        {
            assert_eq!(has_words(text), expected, "{text}");
        }
    }

    #[test]
    fn what_was_searched_for_is_found_in_a_text() {
        let found = |text: &str, sought: &[(&str, bool)]| -> Vec<String> {
            let sought: Vec<Sought> =
                sought.iter().map(|(text, prefix)| Sought { text: (*text).into(), prefix: *prefix }).collect();
            places_found(text, &sought).into_iter().map(|place| text[place].to_owned()).collect()
        };
        assert_eq!(found("Which CAFÉ is a café?", &[("cafe", false)]), ["CAFÉ", "café"]);
        assert_eq!(found("money, monday, lemon", &[("mon", true)]), ["money", "monday"]);
        assert_eq!(found("the red planet, planet red", &[("red planet", false)]), ["red planet"]);
        assert_eq!(found("我在中国学中文", &[("中", false), ("中国", false)]), ["中国", "中"]);
        assert_eq!(found("C++ and C", &[("c++", false)]), ["C++"]);
        assert_eq!(found("Straße, STRASSE", &[("strasse", false)]), ["Straße", "STRASSE"]);
        assert_eq!(found("Ὁ λόγος, ΛΟΓΟΣ", &[("λογος", false)]), ["λόγος", "ΛΟΓΟΣ"]);
        assert_eq!(found("Der Fluß fließt", &[("FLUSS", false), ("flies", true)]), ["Fluß", "fließt"]);
        assert!(found("anything", &[("***", false), ("", true)]).is_empty());
    }
}
