//! Marks on a right option: a star before or after it, a ticked box, bold, `(correct)`, a tick.

use crate::bank::word_set::WordSet;

/// Words that mark an option as right, in brackets or after an arrow.
static RIGHT: WordSet = WordSet::of_phrases(
    "correct, right, correct answer, right answer, true answer, answer, ans, x, *, ✓, ✔, richtig, korrekt, juste, \
     bonne réponse, correcto, correcta, respuesta correcta, corretto, corretta, esatta, correto, certa, правильно, \
     верно, 正确",
);
/// Words in brackets that mark an option as wrong.
const WRONG: [&str; 6] = ["incorrect", "wrong", "falsch", "incorrecto", "incorrecta", "неверно"];
const CROSSES: [char; 5] = ['✗', '✘', '❌', '☒', '❎'];
const TICKS: [char; 14] = ['✓', '✔', '✅', '☑', '√', '⭐', '🌟', '★', '👍', '💯', '🟢', '🎯', '👈', '◄'];
/// Ticks by the names that editors turn into pictures.
const SHORT_TICKS: [&str; 6] =
    [":white_check_mark:", ":heavy_check_mark:", ":ballot_box_with_check:", ":star:", ":+1:", ":thumbsup:"];
/// Crosses by such names.
const SHORT_CROSSES: [&str; 3] = [":x:", ":heavy_multiplication_x:", ":negative_squared_cross_mark:"];
/// A longer word in brackets is not a mark, in bytes.
const LONGEST_WORD: usize = 48;

/// The text without crosses at its ends. A mark of wrong options would reveal the answer just as well.
pub(in crate::bank) fn without_crosses(text: &str) -> &str {
    let text = SHORT_CROSSES.iter().fold(text, |text, cross| text.strip_suffix(cross).unwrap_or(text).trim_end());
    if text.is_ascii() {
        return text;
    }
    let bare = text.trim_matches(|char| CROSSES.contains(&char) || char == '\u{fe0f}').trim();
    // The variation selector of a picture may also follow a tick.
    if text.contains(CROSSES) { bare } else { text }
}

/// The text without ticks, or their names, at its ends.
pub(in crate::bank) fn without_ticks(text: &str) -> &str {
    let mut rest = text.trim();
    loop {
        let mut bare = rest.trim_matches(|char| TICKS.contains(&char) || char == '\u{fe0f}').trim();
        for tick in SHORT_TICKS {
            bare = bare.strip_suffix(tick).unwrap_or(bare).trim_end();
            bare = bare.strip_prefix(tick).unwrap_or(bare).trim_start();
        }
        if bare.len() == rest.len() {
            return rest;
        }
        rest = bare;
    }
}

/// The text without a star before or after it, and whether the star is after it.
pub(in crate::bank) fn starred(text: &str) -> Option<(bool, &str)> {
    let stars = text.trim_end_matches('*');
    let last = text.len() - stars.len();
    // `**` closes bold type, unless it is alone.
    let ends = last == 1 || (last > 1 && stars.ends_with(' ') && !stars.contains("**"));
    if ends && !stars.trim().is_empty() {
        return Some((true, stars.trim_end()));
    }
    let inner = text.strip_prefix('*').filter(|inner| !inner.contains('*') && !inner.trim().is_empty());
    inner.map(|inner| (false, inner.trim_start()))
}

/// The text before a word in brackets or after an arrow (`(correct)`, `<-- correct`), and whether the word means right.
pub(in crate::bank) fn marked_by_word(text: &str) -> Option<(&str, bool)> {
    let from = text.len().saturating_sub(LONGEST_WORD);
    let tail = &text[(from..=text.len()).find(|at| text.is_char_boundary(*at))?..];
    let (open, inner) = if let Some(inner) = tail.strip_suffix([')', ']', '}', '）']) {
        let at = inner.rfind(['(', '[', '{', '（'])?;
        (at, inner[at..].trim_start_matches(['(', '[', '{', '（']))
    } else {
        // Most options have none of the characters of arrows.
        if tail.bytes().all(|byte| byte.is_ascii() && byte != b'<' && byte != b'-') {
            return None;
        }
        let arrows = ["<--", "<-", "<==", "<=", "←", "⇐", "- ", "– ", "— "];
        let (at, arrow) =
            arrows.iter().filter_map(|arrow| Some((tail.rfind(arrow)?, arrow))).min_by_key(|(at, _)| *at)?;
        (at, tail[at..].strip_prefix(arrow)?)
    };
    let word = inner.trim().trim_end_matches(['!', '.']).to_lowercase();
    let before = text[..text.len() - tail.len() + open].trim_end();
    let right = match word.as_str() {
        word if RIGHT.contains(word) => true,
        word if WRONG.contains(&word) => false,
        _ => return None,
    };
    (!before.is_empty()).then_some((before, right))
}

pub(in crate::bank) fn tick(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(TICKS)?;
    Some(rest.trim_start_matches('\u{fe0f}').trim_start())
}

/// The text within bold type that covers all of it.
pub(in crate::bank) fn bold(text: &str) -> Option<&str> {
    ["**", "__"].into_iter().find_map(|sign| {
        let inner = text.strip_prefix(sign)?.strip_suffix(sign)?;
        (!inner.trim().is_empty() && !inner.contains(sign)).then(|| inner.trim())
    })
}

/// A box at the beginning: `[x]` ticked, `[ ]` not; round ones and drawn ones too.
pub(in crate::bank) fn boxed(text: &str) -> Option<(bool, &str)> {
    // The first byte of a bracket or of a drawn box.
    text.bytes().next().filter(|byte| matches!(byte, b'[' | b'(' | 0xe2))?;
    if let Some(rest) = text.strip_prefix(['☐', '☒', '☑']) {
        return Some((!text.starts_with('☐'), rest.trim_start()));
    }
    // Signs that fill a box.
    if let Some(inner) = text.strip_prefix(['[', '('])
        && let Some(rest) = inner.trim_start().strip_prefix(['•', '●', '√', '✓', '✔', '☑', '✅', '⬤', '◉'])
        && let Some(rest) = rest.trim_start_matches(['\u{fe0f}', ' ']).strip_prefix([']', ')'])
    {
        return rest.starts_with(' ').then(|| (true, rest.trim_start()));
    }
    let (ticked, rest) = match text.get(..3)? {
        "[x]" | "[X]" | "[*]" | "[✓]" | "(x)" | "(X)" | "(*)" => (true, &text[3..]),
        "[ ]" | "[_]" | "( )" => (false, &text[3..]),
        start if start.starts_with("[]") || start.starts_with("()") => (false, &text[2..]),
        _ => return None,
    };
    rest.starts_with(' ').then(|| (ticked, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_ticks_and_stars_are_taken_off() {
        for text in ["right (correct)", "right (Correct)", "right <-- correct", "right ← richtig", "right (верно)"]
        {
            assert_eq!(marked_by_word(text), Some(("right", true)), "{text}");
        }
        assert_eq!(marked_by_word("no (incorrect)"), Some(("no", false)));
        assert_eq!(marked_by_word("(correct)"), None);
        for text in ["✓ right", "right ✔️", "right ⭐", ":star: right", "right :white_check_mark:"] {
            assert_eq!(without_ticks(text), "right", "{text}");
        }
        for text in ["❌ wrong", "wrong ✗", "wrong :x:"] {
            assert_eq!(without_crosses(text), "wrong", "{text}");
        }
        for text in ["right *", "right*", "right **"] {
            assert_eq!(starred(text), Some((true, "right")), "{text}");
        }
        assert_eq!(without_crosses("right ✔\u{fe0f}"), "right ✔\u{fe0f}");
        assert_eq!(starred("*right"), Some((false, "right")));
        for text in ["a * b", "2 * 3 * 4", "**bold** word", "*"] {
            assert_eq!(starred(text), None, "{text}");
        }
    }

    #[test]
    fn no_arrow_before_a_word_is_passed_over() {
        for arrow in ["<--", "<-", "<==", "<=", "←", "⇐", "- ", "– ", "— "] {
            assert_eq!(marked_by_word(&format!("red {arrow} correct")), Some(("red", true)), "{arrow}");
        }
        assert_eq!(marked_by_word("red correct"), None);
    }

    #[test]
    fn boxes_are_ticked_or_not() {
        assert_eq!(boxed("( ) a"), Some((false, "a")));
        assert_eq!(boxed("☒ a"), Some((true, "a")));
        assert_eq!(boxed("[x] a"), Some((true, "a")));
        assert_eq!(boxed("[ ] a"), Some((false, "a")));
        assert_eq!(boxed("(•) a"), Some((true, "a")));
        assert_eq!(boxed("[ ✔ ] a"), Some((true, "a")));
        assert_eq!(boxed("[X]a"), None);
    }
}
