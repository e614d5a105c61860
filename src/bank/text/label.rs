//! Labels: `A.`, `b)`, `(C)`, `[D]`, `1.`, full-width and look-alike ones; bullets; numbers of questions.

/// The place (from 0) that a letter stands for: A is 0. Full-width letters and the Cyrillic and Greek letters that look like
/// Latin ones count as the letter they look like.
pub(in crate::bank) fn place_of_letter(letter: char) -> Option<usize> {
    let plain = match letter {
        'Ａ'..='Ｚ' => char::from_u32(u32::from(letter) - 0xfee0)?,
        'ａ'..='ｚ' => char::from_u32(u32::from(letter) - 0xfee0)?,
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

/// The value of a digit, full-width ones too.
fn digit(char: char) -> Option<u32> {
    match char {
        '０'..='９' => Some(u32::from(char) - u32::from('０')),
        _ => char.to_digit(10),
    }
}

/// A label at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) struct Label<'a> {
    /// The place that it names, from 0.
    pub(in crate::bank) place: usize,
    /// Whether it is a number rather than a letter.
    pub(in crate::bank) number: bool,
    /// Whether it is a letter in lower case.
    pub(in crate::bank) lower: bool,
    /// Whether a space (or a sign that needs none) sets it off from the text.
    pub(in crate::bank) set_off: bool,
    /// What follows.
    pub(in crate::bank) rest: &'a str,
}

/// Reads a label: an optional opening bracket, a letter or a number, and a closing sign.
pub(in crate::bank) fn label(text: &str) -> Option<Label<'_>> {
    let open = text.chars().next().filter(|char| "([（［【".contains(*char));
    let inner = open.map_or(text, |open| &text[open.len_utf8()..]);
    let first = inner.chars().next()?;
    let (place, number, after) = match place_of_letter(first) {
        Some(place) => (place, false, &inner[first.len_utf8()..]),
        None => {
            let digits: usize = inner.chars().take_while(|char| digit(*char).is_some()).map(char::len_utf8).sum();
            let value = inner[..digits]
                .chars()
                .try_fold(0_usize, |value, char| value.checked_mul(10)?.checked_add(digit(char)? as usize))?;
            if digits == 0 || value == 0 || value > 99 {
                return None;
            }
            (value - 1, true, &inner[digits..])
        }
    };
    let close = after.chars().next()?;
    let fits = match open {
        Some('(' | '（') => ")）".contains(close),
        Some(_) => "]］】".contains(close),
        None => ".):．）：、。".contains(close),
    };
    if !fits {
        return None;
    }
    let mut rest = &after[close.len_utf8()..];
    // `(A).` and `[A]:` end twice.
    if open.is_some() && rest.starts_with(['.', ':']) {
        rest = &rest[1..];
    }
    let set_off = rest.is_empty() || rest.starts_with(' ') || !close.is_ascii() || open.is_some() || close == ')';
    Some(Label { place, number, lower: first.is_lowercase(), set_off, rest: rest.trim_start() })
}

/// The text behind a bullet, where there is one.
pub(in crate::bank) fn bullet(text: &str) -> Option<&str> {
    let sign = text.chars().next()?;
    let rest = &text[sign.len_utf8()..];
    match sign {
        '-' | '*' | '+' if rest.starts_with(' ') => Some(rest.trim_start()),
        '•' | '–' | '—' | '－' | '◦' | '▪' | '‣' | '●' | '○' | '\u{f0b7}' | '\u{f0a7}' => {
            Some(rest.trim_start())
        }
        _ => None,
    }
}

/// A number of a question at the beginning of a line (`1.`, `2)`, `Q3:`, `Question 4.`), and what follows.
pub(in crate::bank) fn question_number(text: &str) -> Option<(usize, &str)> {
    let lower = text.get(..9).or(text.get(..1)).unwrap_or_default().to_ascii_lowercase();
    let word = if lower.starts_with("question ") { 9 } else { usize::from(lower.starts_with('q')) };
    // `Q. 1` is a number too.
    let inner = text.get(word..)?.trim_start_matches(['#', ' ', if word == 1 { '.' } else { ' ' }]);
    let digits: usize = inner.chars().take_while(char::is_ascii_digit).count();
    if digits == 0 || digits > 6 {
        return None;
    }
    let number = inner[..digits].parse().ok()?;
    let after = &inner[digits..];
    let close = after.chars().next();
    let rest = match close {
        Some('.' | ')' | ':' | '．' | '）' | '：' | '、') => &after[close.map_or(0, char::len_utf8)..],
        Some(' ') | None if word > 0 => after,
        _ => return None,
    };
    // `3.5 volts` begins with no number of a question.
    let set_off =
        rest.is_empty() || rest.starts_with(' ') || close.is_some_and(|close| !close.is_ascii() || close == ')');
    set_off.then(|| (number, rest.trim_start()))
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
        ] {
            let label = label(text).expect(text);
            assert_eq!((label.place, label.rest), (place, "x"), "{text}");
        }
        assert_eq!(label("Apple. x"), None);
        assert_eq!(label("(A. x"), None);
        assert!(!label("e.g. this").expect("looks like one").set_off);
    }

    #[test]
    fn numbers_of_questions() {
        for (text, number) in
            [("1. x", 1), ("12) x", 12), ("Q3: x", 3), ("Question 4. x", 4), ("q5 x", 5), ("Q. 6 x", 6), ("7．x", 7)]
        {
            assert_eq!(question_number(text), Some((number, "x")), "{text}");
        }
        for text in ["3.5 volts", "Quick", "2024 was", "Question: x"] {
            assert_eq!(question_number(text), None, "{text}");
        }
    }
}
