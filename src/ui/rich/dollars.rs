//! Finding formulas in a text: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`.

use std::borrow::Cow;

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum FormulaPiece<'a> {
    Words(Cow<'a, str>),
    Maths {
        /// The LaTeX between the signs.
        source: &'a str,
        /// With the signs.
        whole: &'a str,
        /// Whether it is a display formula.
        display: bool,
    },
}

/// The pairs of signs, except the single `$`, which has its own rules.
const PAIRS: [(&str, &str, bool); 5] =
    [("$$", "$$", true), (r"\[", r"\]", true), (r"\(", r"\)", false), ("[$$]", "[/$$]", true), ("[$]", "[/$]", false)];

/// Splits `text` at its formulas. The rule for `$` is pandoc's: no blank inside the signs, no digit after the closing one, and all in
/// one line; so `$5 and $10` is money. In `loose` text, where `$` may begin a variable, neither sign touches a letter or digit outside.
/// `\$` is a dollar sign.
pub(super) fn split(text: &str, loose: bool) -> Vec<FormulaPiece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut at = 0;
    // A missing closing sign is searched only once, so that the time stays linear.
    let mut missing = [false; PAIRS.len()];
    while let Some(found) = text[at..].find(['$', '\\', '[']) {
        at += found;
        let rest = &text[at..];
        let escaped = rest.starts_with(r"\$") || rest.starts_with(r"\\");
        if escaped && !loose {
            words(&mut pieces, &text[from..at]);
            // `\$` loses its backslash, `\\` is kept.
            from = at + usize::from(rest.starts_with(r"\$"));
        }
        if escaped {
            at += 2;
            continue;
        }
        let before = text[..at].chars().next_back();
        let length = match paired(rest, &mut missing) {
            Some((open, close, length, display)) => {
                words(&mut pieces, &text[from..at]);
                pieces.push(FormulaPiece::Maths {
                    source: &rest[open..length - close],
                    whole: &rest[..length],
                    display,
                });
                length
            }
            None => match single(rest, before, loose) {
                Some(length) => {
                    words(&mut pieces, &text[from..at]);
                    pieces.push(FormulaPiece::Maths {
                        source: &rest[1..length - 1],
                        whole: &rest[..length],
                        display: false,
                    });
                    length
                }
                None => {
                    at += 1;
                    continue;
                }
            },
        };
        at += length;
        from = at;
    }
    words(&mut pieces, &text[from..]);
    pieces
}

fn words<'a>(pieces: &mut Vec<FormulaPiece<'a>>, text: &'a str) {
    if text.is_empty() {
        return;
    }
    if let Some(FormulaPiece::Words(before)) = pieces.last_mut() {
        before.to_mut().push_str(text);
    } else {
        pieces.push(FormulaPiece::Words(Cow::Borrowed(text)));
    }
}

/// The lengths of the signs and of the whole, and whether it is a display formula.
fn paired(rest: &str, missing: &mut [bool]) -> Option<(usize, usize, usize, bool)> {
    let (number, (open, close, display)) = PAIRS
        .iter()
        .enumerate()
        .find(|(_, (open, ..))| rest.starts_with(open))
        .map(|(number, pair)| (number, *pair))?;
    if missing[number] {
        return None;
    }
    let Some(end) = rest[open.len()..].find(close) else {
        missing[number] = true;
        return None;
    };
    let inside = rest[open.len()..open.len() + end].trim();
    (!inside.is_empty()).then_some((open.len(), close.len(), open.len() + end + close.len(), display))
}

/// The length of a formula between single dollar signs.
fn single(rest: &str, before: Option<char>, loose: bool) -> Option<usize> {
    let inside = rest.strip_prefix('$')?;
    if loose && before.is_some_and(char::is_alphanumeric) {
        return None;
    }
    let mut bytes = inside.bytes().enumerate();
    let end = loop {
        match bytes.next()? {
            (_, b'\n') => return None,
            (_, b'\\') => {
                bytes.next();
            }
            (end, b'$') => break end,
            _ => {}
        }
    };
    let body = inside.get(..end)?;
    let after = inside[end + 1..].chars().next();
    let blank = body.is_empty() || body.starts_with(char::is_whitespace) || body.ends_with(char::is_whitespace);
    let touches = |after: char| after == '$' || after.is_ascii_digit() || loose && is_name(after);
    let followed = after.is_some_and(touches);
    (!blank && !followed).then_some(end + 2)
}

/// Whether a `$` before this character begins a variable or a shell command, and does not end a formula.
pub(super) fn is_name(after: char) -> bool {
    after.is_alphanumeric() || matches!(after, '_' | '{' | '(')
}

/// Whether `source` between `\\(` and `\\)` must be a formula, not a regular expression or escaped brackets: it has a command, or an
/// exponent or index after a letter, digit or bracket.
pub(super) fn is_certain(source: &str) -> bool {
    let mut before = ' ';
    let mut rest = source.chars();
    while let Some(char) = rest.next() {
        let next = || rest.clone().take(2);
        let scripted = matches!(char, '^' | '_') && (before.is_alphanumeric() || matches!(before, ')' | '}' | '\''));
        if scripted
            && next().next().is_some_and(|next| next.is_alphanumeric() || matches!(next, '{' | '\\' | '-' | '*'))
        {
            return true;
        }
        if char == '\\' && next().filter(char::is_ascii_alphabetic).count() == 2 {
            return true;
        }
        before = char;
    }
    false
}

/// Whether `source` looks like a formula rather than the name of a variable between two dollar signs.
pub(super) fn is_likely(source: &str) -> bool {
    source.len() <= 2 || source.contains(|char: char| char.is_ascii_digit() || "\\^_=+-*/<>{}()|!,".contains(char))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, loose: bool) -> String {
        let part = |piece: &FormulaPiece<'_>| match piece {
            FormulaPiece::Words(words) => words.to_string(),
            FormulaPiece::Maths { source, display: true, .. } => format!("⟦{source}⟧"),
            FormulaPiece::Maths { source, .. } => format!("⟨{source}⟩"),
        };
        split(text, loose).iter().map(part).collect()
    }

    #[test]
    fn formulas_are_found_and_money_is_not() {
        for (text, parts) in [
            ("$x$ and $y$", "⟨x⟩ and ⟨y⟩"),
            ("$5 and $10", "$5 and $10"),
            ("$5,$10", "$5,$10"),
            ("a $ b $ c", "a $ b $ c"),
            ("$$x$$ y", "⟦x⟧ y"),
            (r"\(x\) \[y\]", "⟨x⟩ ⟦y⟧"),
            ("[$]x[/$]", "⟨x⟩"),
            (r"\$5 and $x$", "$5 and ⟨x⟩"),
            (r"$\$5$", r"⟨\$5⟩"),
            ("$x\ny$", "$x\ny$"),
            ("$$", "$$"),
            ("$$$", "$$$"),
            ("$$$$", "$$$$"),
            (r"\( \)", r"\( \)"),
            (r"C:\\dir", r"C:\\dir"),
            ("[$", "[$"),
        ] {
            assert_eq!(shown(text, false), parts, "{text}");
        }
        assert_eq!(shown("a$b$ $b$c US$5 $(ls)/$(pwd)", true), "a$b$ $b$c US$5 $(ls)/$(pwd)");
    }

    #[test]
    fn regular_expressions_are_no_formulas() {
        for (source, certain) in [
            ("x^2", true),
            ("a_{i}", true),
            (r"\frac12", true),
            ("a+", false),
            (r"[0-9]\d", false),
            ("^a", false),
            ("s", false),
        ] {
            assert_eq!(is_certain(source), certain, "{source}");
        }
    }
}
