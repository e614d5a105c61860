//! Labels: `A.`, `b)`, `(C)`, `[D]`, `1.`, full-width and look-alike ones; bullets; numbers of questions.

use super::alphabet::{Alphabet, number};
use crate::bank::word_set::WordSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) struct Label<'a> {
    /// The place that it names, from 0.
    pub(in crate::bank) place: usize,
    /// Whether it is a number rather than a letter.
    pub(in crate::bank) number: bool,
    /// Whether it is a letter in lower case.
    pub(in crate::bank) lower: bool,
    /// Whether a space, or a sign that needs none, separates it from the text.
    pub(in crate::bank) set_off: bool,
    /// Whether a dash closes it, as `A - text`.
    pub(in crate::bank) dashed: bool,
    /// Its brackets or its closing sign.
    pub(in crate::bank) shape: LabelShape,
    /// The text after it.
    pub(in crate::bank) rest: &'a str,
}

/// How a label is set: its brackets or closing sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) struct LabelShape {
    open: Option<char>,
    close: char,
}

/// A longer token is not a label, in bytes: `xviii` is the longest, or a few full-width digits.
const LONGEST_TOKEN: usize = 8;

/// Reads a label in Latin letters or in numbers.
pub(in crate::bank) fn label(text: &str) -> Option<Label<'_>> {
    label_in(text, Alphabet::Latin).or_else(|| label_in(text, Alphabet::Numbers)).filter(|label| !label.dashed)
}

/// Reads a letter that labels a text and is set off from it.
pub(in crate::bank) fn lettered(text: &str) -> Option<Label<'_>> {
    label(text).filter(|label| !label.number && label.set_off)
}

/// The place of the letter that labels an option, which may be after a bullet.
pub(in crate::bank) fn place_of_item(text: &str) -> Option<usize> {
    lettered(bullet(text).unwrap_or(text)).map(|label| label.place)
}

/// Whether a text is only the bullet or the label of an option.
pub(in crate::bank) fn is_label_alone(text: &str) -> bool {
    let text = text.trim();
    let spaced = format!("{text} ");
    let bare = bullet(&spaced).unwrap_or(text).trim();
    !text.is_empty() && (bare.is_empty() || label(bare).is_some_and(|label| label.rest.is_empty()))
}

/// Reads a label in an alphabet: an optional opening bracket, a letter or a number, and a closing sign.
pub(in crate::bank) fn label_in(text: &str, alphabet: Alphabet) -> Option<Label<'_>> {
    let first = text.chars().next()?;
    if matches!(first, '①'..='⑳' | 'Ⓐ'..='ⓩ') {
        let (token, rest) = text.split_at(first.len_utf8());
        let rest = rest.strip_prefix(['.', ')']).unwrap_or(rest);
        let place = alphabet.place(token)?;
        return Some(Label {
            place,
            number: alphabet == Alphabet::Numbers,
            lower: false,
            set_off: true,
            dashed: false,
            shape: LabelShape { open: None, close: '①' },
            rest: rest.trim_start(),
        });
    }
    let open = Some(first).filter(|char| matches!(char, '(' | '[' | '（' | '［' | '【'));
    let inner = open.map_or(text, |open| &text[open.len_utf8()..]);
    // Most texts begin with a word, which labels nothing.
    if is_word(inner.as_bytes(), alphabet) {
        return None;
    }
    let end = inner.find(|char: char| !char.is_alphanumeric()).filter(|end| *end <= LONGEST_TOKEN)?;
    let place = alphabet.place(&inner[..end])?;
    let (lower, after) = (inner.starts_with(char::is_lowercase), &inner[end..]);
    // `A - text`, `A– text`
    let spaced = after.trim_start_matches(' ');
    let dashed = spaced.starts_with(['-', '–', '—', '/', '>', '|']) && open.is_none();
    let after = if dashed { spaced } else { after };
    let close = after.chars().next()?;
    let fits = match open {
        Some('(' | '（') => ")）".contains(close),
        Some(_) => "]］】".contains(close),
        None => dashed || ".):．）：、。﹒".contains(close),
    };
    let mut rest = &after[close.len_utf8()..];
    if !fits || (dashed && !rest.starts_with(' ')) {
        return None;
    }
    // `(A).`, `[A]:`, `A).` and `A.)` end twice.
    let twice: &[char] = if close == '.' { &[')'] } else { &['.', ':'] };
    if (open.is_some() || ".)）".contains(close)) && rest.starts_with(twice) {
        rest = &rest[1..];
    }
    let set_off = rest.is_empty() || rest.starts_with(' ') || !close.is_ascii() || open.is_some() || close == ')';
    Some(Label {
        place,
        number: alphabet == Alphabet::Numbers,
        lower,
        set_off,
        dashed,
        shape: LabelShape { open, close },
        rest: rest.trim_start(),
    })
}

/// Whether a text begins with characters of ASCII that are no label in this alphabet.
fn is_word(text: &[u8], alphabet: Alphabet) -> bool {
    match (alphabet, text) {
        (Alphabet::Numbers, [first, ..]) => first.is_ascii_alphabetic(),
        (Alphabet::Roman, [first, ..]) => first.is_ascii_alphanumeric() && !b"ivxIVX".contains(first),
        (_, [first, second, ..]) => first.is_ascii_alphanumeric() && second.is_ascii_alphanumeric(),
        _ => false,
    }
}

pub(in crate::bank) fn bullet(text: &str) -> Option<&str> {
    let sign = text.chars().next()?;
    let rest = &text[sign.len_utf8()..];
    match sign {
        '-' | '*' | '+' if rest.starts_with(' ') => Some(rest.trim_start()),
        '•' | '–' | '—' | '－' | '◦' | '▪' | '‣' | '●' | '○' | '·' | '∙' | '⁃' | '■' | '□' | '◆' | '◇' | '►' | '➢'
        | '➤' | '✧' | '❖' | '»' | '◉' => Some(rest.trim_start()),
        // Symbols of Word's own fonts.
        '\u{f020}'..='\u{f0ff}' => Some(rest.trim_start()),
        // A bullet of Word's that is set in Courier.
        'o' if rest.starts_with(' ') && rest.trim_start().starts_with(char::is_uppercase) => Some(rest.trim_start()),
        _ => None,
    }
}

/// Words before the number of a question.
static WORDS: WordSet = WordSet::of_phrases(
    "new question, question, q, frage, pregunta, domanda, pergunta, questão, вопрос, no., nr., item, mcq, ques, que, \
     aufgabe, câu, soal, pytanie, soru, vraag, питання, fråga, spørsmål, otázka, kérdés, ｑ, سؤال, السؤال, שאלה, \
     ερώτηση, प्रश्न, 問題, 问题, 题目, 設問, 問, 문제, 문항",
);

/// The number of a question at the beginning of a line (`1.`, `2)`, `Q3:`, `Question 4.`), and the rest.
pub(in crate::bank) fn question_number(text: &str) -> Option<(usize, &str)> {
    let first = text.chars().next().and_then(|char| char.to_lowercase().next())?;
    let begins = |word: &str| {
        let start = text.get(..word.len())?;
        (start.eq_ignore_ascii_case(word) || (!word.is_ascii() && start.to_lowercase() == word)).then_some(())
    };
    let word = WORDS
        .with_first_of(first.encode_utf8(&mut [0; 4]))
        .iter()
        .filter(|word| word.starts_with(first) && begins(word).is_some())
        .find(|word| text[word.len()..].starts_with(|char: char| char.is_numeric() || " .#№°º:".contains(char)))
        .map_or(0, |word| word.len());
    if let Some(counted) = text.strip_prefix('第') {
        return counted_number(counted);
    }
    // `Q. 1` is a number too, and so are `No. 1` and `#1`.
    let signs: &[char] = if word > 0 { &['#', '№', ' ', '.', '°', 'º'] } else { &['#', '№', ' '] };
    let inner = text.get(word..)?.trim_start_matches(signs);
    // `Question n° 1`, `Frage Nr. 1`
    let numbers: &[&str] = if word > 0 { &["n°", "nº", "No.", "no.", "Nr.", "nr."] } else { &[] };
    let inner =
        numbers.iter().find_map(|sign| inner.strip_prefix(sign)).map_or(inner, |inner| inner.trim_start_matches(' '));
    let word = word > 0 || inner.len() < text.len() && text.starts_with(['#', '№']);
    let end = inner.find(|char: char| number(char.encode_utf8(&mut [0; 4])).is_none()).unwrap_or(inner.len());
    if end == 0 || inner[..end].chars().count() > 6 {
        return None;
    }
    let (value, after) = (number(&inner[..end])?, &inner[end..]);
    let close = after.chars().next();
    let rest = match close {
        Some('.' | ')' | ':' | '．' | '）' | '：' | '、') => {
            let rest = &after[close.map_or(0, char::len_utf8)..];
            // `1).`, `1.)` and `1.-` end twice.
            let twice: &[char] = if close == Some('.') { &[')', '-'] } else { &['.'] };
            rest.strip_prefix(twice).unwrap_or(rest)
        }
        // `Question 1 :`
        Some(' ') if word && after.trim_start().starts_with([':', '：']) => after.trim_start_matches([' ', ':', '：']),
        Some(' ') | None if word => after.trim_start().strip_prefix(['-', '–']).unwrap_or(after),
        _ => return None,
    };
    // `3.5 volts` does not begin with the number of a question; `3.What` does.
    let set_off = !rest.starts_with(|char: char| char.is_ascii_digit() || char.is_lowercase())
        || close.is_some_and(|close| {
            !close.is_ascii() || close == ')' || word && close == ' ' && rest.len() + 1 < after.len()
        });
    set_off.then(|| (value, without_total(rest.trim_start(), word)))
}

/// The text after `Question 3 of 20` or `Question 3/20`.
fn without_total(rest: &str, word: bool) -> &str {
    let signs = ["of ", "von ", "de ", "di ", "из ", "van ", "av ", "/"];
    let total = signs.iter().find_map(|sign| rest.strip_prefix(sign)).filter(|_| word).map(str::trim_start);
    match total.map(|total| (total, total.trim_start_matches(|char: char| char.is_ascii_digit()))) {
        Some((total, after)) if after.len() < total.len() && !after.starts_with(char::is_alphanumeric) => {
            after.trim_start_matches([':', '.', ')', ' '])
        }
        _ => rest,
    }
}

/// `第1題`, `第２問：`, without the sign before it.
fn counted_number(text: &str) -> Option<(usize, &str)> {
    let end = text.find(|char: char| number(char.encode_utf8(&mut [0; 4])).is_none())?;
    let value = number(text.get(..end).filter(|digits| !digits.is_empty())?)?;
    let rest = text[end..].strip_prefix(['題', '题', '問', '问'])?;
    let set_off = rest.trim_start_matches(['.', ':', '．', '：', '、', ' ', '\u{3000}']);
    (rest.is_empty() || set_off.len() < rest.len()).then_some((value, set_off))
}

/// A number in brackets (`(1)`, `[2]`), which counts questions if nothing else does.
pub(in crate::bank) fn bracketed_number(text: &str) -> Option<(usize, &str)> {
    let label = label_in(text, Alphabet::Numbers).filter(|_| text.starts_with(['(', '[', '（', '【']))?;
    (!label.rest.is_empty()).then_some((label.place + 1, label.rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_all_kinds() {
        for (text, place) in [
            ("A. x", 0),
            ("b) x", 1),
            ("(C) x", 2),
            ("[D] x", 3),
            ("Ｅ．x", 4),
            ("В. x", 1),
            ("2) x", 1),
            ("(c)x", 2),
            ("d: x", 3),
            ("A). x", 0),
            ("b.) x", 1),
        ] {
            let label = label(text).expect(text);
            assert_eq!((label.place, label.rest), (place, "x"), "{text}");
        }
        assert_eq!(label("Apple. x"), None);
        assert_eq!(label("(A. x"), None);
        assert!(!label("e.g. this").expect("looks like one").set_off);
    }

    #[test]
    fn words_are_no_labels_in_any_alphabet() {
        for (alphabet, labels) in [
            (Alphabet::Latin, ["A. x", "(b) x", "Ｃ. x"]),
            (Alphabet::Numbers, ["1. x", "12) x", "１. x"]),
            (Alphabet::Roman, ["i. x", "(XVIII) x", "v) x"]),
            (Alphabet::Cyrillic, ["б. x", "(В) x", "г) x"]),
        ] {
            for text in labels {
                assert!(label_in(text, alphabet).is_some(), "{alphabet:?} {text}");
            }
            for text in ["Apple. x", "mix. x", "(ab) x", "1a. x"] {
                assert_eq!(label_in(text, alphabet), None, "{alphabet:?} {text}");
            }
        }
    }

    #[test]
    fn numbers_of_questions() {
        for (text, number) in [
            ("1. x", 1),
            ("12) x", 12),
            ("Q3: x", 3),
            ("Question 4. x", 4),
            ("q5 x", 5),
            ("Q. 6 x", 6),
            ("7．x", 7),
            ("8). x", 8),
            ("9.) x", 9),
            ("Question 4 : x", 4),
            ("Ｑ５．x", 5),
            ("سؤال 6: x", 6),
            ("問7 x", 7),
            ("第８問：x", 8),
            ("문제 9. x", 9),
            ("1.- x", 1),
            ("Question n°2 : x", 2),
            ("Frage Nr. 3: x", 3),
            ("Question 4 of 20 x", 4),
        ] {
            assert_eq!(question_number(text), Some((number, "x")), "{text}");
        }
        for text in ["3.5 volts", "Quick", "2024 was", "Question: x"] {
            assert_eq!(question_number(text), None, "{text}");
        }
    }
}
