//! Marks on a right option: a star before or after it, a ticked box, bold, `(correct)`, a tick.

/// An option's text without its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::bank) struct Marked<'a> {
    pub(in crate::bank) text: &'a str,
    pub(in crate::bank) right: bool,
    /// Whether the only mark is bold type, which marks nothing where every option is bold.
    pub(in crate::bank) bold: bool,
}

const WORDS: [&str; 5] = ["(correct)", "(right)", "(correct answer)", "[correct]", "(true answer)"];
const TICKS: [char; 4] = ['✓', '✔', '✅', '☑'];

/// Takes the marks off the text of an option.
pub(in crate::bank) fn take(text: &str) -> Marked<'_> {
    let mut marked = Marked { text: text.trim(), right: false, bold: false };
    if let Some(inner) = bold(marked.text) {
        return Marked { text: inner, right: true, bold: true };
    }
    for word in WORDS {
        let at = marked.text.len().saturating_sub(word.len());
        if marked.text.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(word)) && at > 0 {
            marked = Marked { text: marked.text[..at].trim_end(), right: true, bold: false };
        }
    }
    let ticked = marked.text.trim_matches(|char| TICKS.contains(&char) || char == '\u{fe0f}').trim();
    if ticked.len() < marked.text.len() && !ticked.is_empty() {
        marked = Marked { text: ticked, right: true, bold: false };
    }
    if let Some(inner) = marked.text.strip_suffix('*').filter(|inner| !inner.ends_with('*') && !inner.trim().is_empty())
    {
        marked = Marked { text: inner.trim_end(), right: true, bold: false };
    } else if let Some(inner) =
        marked.text.strip_prefix('*').filter(|inner| !inner.contains('*') && !inner.trim().is_empty())
    {
        marked = Marked { text: inner.trim_start(), right: true, bold: false };
    }
    marked
}

/// The text within bold type that covers all of it.
pub(in crate::bank) fn bold(text: &str) -> Option<&str> {
    ["**", "__"].into_iter().find_map(|sign| {
        let inner = text.strip_prefix(sign)?.strip_suffix(sign)?;
        (!inner.trim().is_empty() && !inner.contains(sign)).then(|| inner.trim())
    })
}

/// A box at the beginning: `[x]` ticked, `[ ]` not.
pub(in crate::bank) fn boxed(text: &str) -> Option<(bool, &str)> {
    let (ticked, rest) = match text.get(..3)? {
        "[x]" | "[X]" => (true, &text[3..]),
        "[ ]" => (false, &text[3..]),
        _ => return None,
    };
    rest.starts_with(' ').then(|| (ticked, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off() {
        for text in
            ["right *", "right*", "*right", "**right**", "right (correct)", "right (Correct)", "✓ right", "right ✔️"]
        {
            let marked = take(text);
            assert_eq!((marked.text, marked.right), ("right", true), "{text}");
        }
        for text in ["wrong", "a * b", "2 * 3 * 4", "**bold** word", "(correct)", "*"] {
            let marked = take(text);
            assert_eq!((marked.text, marked.right), (text, false), "{text}");
        }
        assert_eq!(boxed("[x] a"), Some((true, "a")));
        assert_eq!(boxed("[ ] a"), Some((false, "a")));
        assert_eq!(boxed("[X]a"), None);
    }
}
