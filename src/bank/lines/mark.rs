//! Marks on a right option: a star before or after it, a ticked box, bold, `(correct)`, a tick.

/// An option's text without its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) struct Marked<'a> {
    pub(in crate::bank) text: &'a str,
    pub(in crate::bank) right: bool,
    /// Whether the only mark is bold type, which marks nothing where every option is bold.
    pub(in crate::bank) bold: bool,
}

/// Words that say in brackets, or behind an arrow, that an option is right.
const RIGHT: [&str; 26] = [
    "correct",
    "right",
    "correct answer",
    "right answer",
    "true answer",
    "answer",
    "ans",
    "x",
    "*",
    "✓",
    "✔",
    "richtig",
    "korrekt",
    "juste",
    "bonne réponse",
    "correcto",
    "correcta",
    "respuesta correcta",
    "corretto",
    "corretta",
    "esatta",
    "correto",
    "certa",
    "правильно",
    "верно",
    "正确",
];
/// Words that say in brackets that it is wrong.
const WRONG: [&str; 6] = ["incorrect", "wrong", "falsch", "incorrecto", "incorrecta", "неверно"];
const CROSSES: [char; 5] = ['✗', '✘', '❌', '☒', '❎'];
const TICKS: [char; 5] = ['✓', '✔', '✅', '☑', '√'];
/// A longer word in brackets is no mark, in bytes.
const LONGEST_WORD: usize = 48;

/// Takes the marks off the text of an option.
pub(in crate::bank) fn take(text: &str) -> Marked<'_> {
    let mut marked = Marked { text: text.trim(), right: false, bold: false };
    if let Some(inner) = bold(marked.text) {
        return Marked { text: inner, right: true, bold: true };
    }
    if let Some((inner, right)) = said(marked.text) {
        marked = Marked { text: inner, right, bold: false };
    }
    // A sign of what is wrong would give the answer away as well as one of what is right.
    let crossed = marked.text.trim_matches(|char| CROSSES.contains(&char) || char == '\u{fe0f}').trim();
    if crossed.len() < marked.text.len() && !crossed.is_empty() {
        marked = Marked { text: crossed, right: false, bold: false };
    }
    let ticked = marked.text.trim_matches(|char| TICKS.contains(&char) || char == '\u{fe0f}').trim();
    if ticked.len() < marked.text.len() && !ticked.is_empty() {
        marked = Marked { text: ticked, right: true, bold: false };
    }
    let stars = marked.text.trim_end_matches('*');
    let last = marked.text.len() - stars.len();
    // `**` closes bold type, unless it stands alone.
    let ends = last == 1 || (last > 1 && stars.ends_with(' ') && !stars.contains("**"));
    if ends && !stars.trim().is_empty() {
        marked = Marked { text: stars.trim_end(), right: true, bold: false };
    } else if let Some(inner) =
        marked.text.strip_prefix('*').filter(|inner| !inner.contains('*') && !inner.trim().is_empty())
    {
        marked = Marked { text: inner.trim_start(), right: true, bold: false };
    }
    marked
}

/// The text before a word in brackets or behind an arrow that says whether it is right (`(correct)`, `<-- correct`).
fn said(text: &str) -> Option<(&str, bool)> {
    let from = text.len().saturating_sub(LONGEST_WORD);
    let tail = &text[(from..=text.len()).find(|at| text.is_char_boundary(*at))?..];
    let (open, inner) = if let Some(inner) = tail.strip_suffix([')', ']', '}', '）']) {
        let at = inner.rfind(['(', '[', '{', '（'])?;
        (at, inner[at..].trim_start_matches(['(', '[', '{', '（']))
    } else {
        let arrows = ["<--", "<-", "<==", "<=", "←", "⇐", "- ", "– ", "— "];
        let (at, arrow) =
            arrows.iter().filter_map(|arrow| Some((tail.rfind(arrow)?, arrow))).min_by_key(|(at, _)| *at)?;
        (at, tail[at..].strip_prefix(arrow)?)
    };
    let word = inner.trim().trim_end_matches(['!', '.']).to_lowercase();
    let before = text[..text.len() - tail.len() + open].trim_end();
    let right = match word.as_str() {
        word if RIGHT.contains(&word) => true,
        word if WRONG.contains(&word) => false,
        _ => return None,
    };
    (!before.is_empty()).then_some((before, right))
}

/// What follows a tick at the beginning.
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
    if let Some(rest) = text.strip_prefix(['☐', '☒', '☑']) {
        return Some((!text.starts_with('☐'), rest.trim_start()));
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
    fn marks_are_taken_off() {
        for text in [
            "right *",
            "right*",
            "*right",
            "**right**",
            "right (correct)",
            "right (Correct)",
            "✓ right",
            "right ✔️",
            "right <-- correct",
            "right ← richtig",
            "right (верно)",
            "right [x]",
            "right **",
            "right - Correct!",
        ] {
            let marked = take(text);
            assert_eq!((marked.text, marked.right), ("right", true), "{text}");
        }
        for text in ["wrong", "a * b", "2 * 3 * 4", "**bold** word", "(correct)", "*"] {
            let marked = take(text);
            assert_eq!((marked.text, marked.right), (text, false), "{text}");
        }
        for text in ["❌ wrong", "wrong ✗", "✘ wrong"] {
            assert_eq!(take(text), Marked { text: "wrong", right: false, bold: false }, "{text}");
        }
        assert_eq!(take("no (incorrect)"), Marked { text: "no", right: false, bold: false });
        assert_eq!(boxed("( ) a"), Some((false, "a")));
        assert_eq!(boxed("☒ a"), Some((true, "a")));
        assert_eq!(boxed("[x] a"), Some((true, "a")));
        assert_eq!(boxed("[ ] a"), Some((false, "a")));
        assert_eq!(boxed("[X]a"), None);
    }
}
