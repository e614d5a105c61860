//! Colouring of code: comments, strings, numbers and keywords, by what languages have in common.
//!
//! A grammar would see more. But Sublime's grammars with `syntect` take 25 ms for the first block of a language, and a frame has 5 ms.
//! This takes a hundredth of a millisecond, and cannot fail.

mod languages;

use super::block::StyledRun;
use super::face::TextFace;
use languages::{CodeLanguage, VALUES};

/// The lines of code in runs, coloured if the language is known.
pub(super) fn lines(code: &str, language: &str) -> Vec<Vec<StyledRun>> {
    let mut lines = vec![Vec::new()];
    match languages::named(language) {
        Some(language) => scan(code, language, |text, face| add(&mut lines, text, face)),
        None => add(&mut lines, code, TextFace::PLAIN),
    }
    lines
}

fn add(lines: &mut Vec<Vec<StyledRun>>, text: &str, face: TextFace) {
    let face = face.with(TextFace::BLOCK);
    for (number, part) in text.split('\n').enumerate() {
        if number > 0 {
            lines.push(Vec::new());
        }
        let Some(line) = lines.last_mut().filter(|_| !part.is_empty()) else { continue };
        match line.last_mut() {
            Some(last) if last.face == face => last.text.push_str(part),
            _ => line.push(StyledRun { text: part.to_owned(), face }),
        }
    }
}

/// Passes the pieces of the code to `add` in their order.
fn scan(code: &str, language: &CodeLanguage, mut add: impl FnMut(&str, TextFace)) {
    let mut at = 0;
    let mut before = '\n';
    // How far each quote was searched in vain: it is searched only once, so that the time stays linear.
    let mut open = [0; 2];
    while let Some(first) = code[at..].chars().next() {
        let rest = &code[at..];
        let (length, face) = match language.quotes.find(first) {
            Some(quote) if !language.long.iter().any(|long| rest.starts_with(long)) => {
                let length = if open[quote] > at { None } else { closed(rest, first) };
                if length.is_none() && open[quote] <= at {
                    open[quote] = at + rest.find('\n').unwrap_or(rest.len());
                }
                length.map_or((1, TextFace::PLAIN), |length| (length, TextFace::STRING))
            }
            _ => piece(rest, first, before, language),
        };
        let (text, _) = rest.split_at(length);
        add(text, face);
        before = text.chars().next_back().unwrap_or(first);
        at += length;
    }
}

/// The length in bytes and the face of the first piece of `rest`.
fn piece(rest: &str, first: char, before: char, language: &CodeLanguage) -> (usize, TextFace) {
    let to_end = || rest.find('\n').unwrap_or(rest.len());
    if let Some((open, close)) = language.block.iter().find(|(open, _)| rest.starts_with(open)) {
        let end = rest[open.len()..].find(close).map_or(rest.len(), |end| open.len() + end + close.len());
        return (end, TextFace::COMMENT);
    }
    // `$#`, `a#b` and `&#160;` are no comments.
    let begins = |sign: &&&str| {
        rest.starts_with(**sign) && (**sign != "#" || before.is_whitespace() || "();[]{".contains(before))
    };
    if language.line.iter().any(|sign| begins(&sign)) {
        return (to_end(), TextFace::COMMENT);
    }
    if let Some(quote) = language.long.iter().find(|quote| rest.starts_with(**quote)) {
        let end = rest[quote.len()..].find(quote).map_or(rest.len(), |end| 2 * quote.len() + end);
        return (end, TextFace::STRING);
    }
    if first == '\'' && language.characters {
        // `'\u{10ffff}'` is the longest.
        let near = rest.char_indices().nth(12).map_or(rest, |(end, _)| &rest[..end]);
        let length = closed(near, '\'').filter(|length| {
            let inside = &rest[1..length - 1];
            inside.starts_with('\\') || inside.chars().count() == 1
        });
        return length.map_or((1, TextFace::PLAIN), |length| (length, TextFace::STRING));
    }
    if first.is_ascii_digit() {
        let mut chars = rest.char_indices().peekable();
        while let Some((at, char)) = chars.next() {
            let digit = |next: Option<&(usize, char)>| next.is_some_and(|(_, char)| char.is_ascii_digit());
            if !(char.is_ascii_alphanumeric() || char == '_' || char == '.' && digit(chars.peek())) {
                return (at, TextFace::NUMBER);
            }
        }
        return (rest.len(), TextFace::NUMBER);
    }
    if first.is_alphabetic() || first == '_' {
        let end = rest.find(|char: char| !(char.is_alphanumeric() || char == '_')).unwrap_or(rest.len());
        return (end, word(&rest[..end], language));
    }
    (first.len_utf8(), TextFace::PLAIN)
}

/// The length of a string within a line, with its quotes.
fn closed(rest: &str, quote: char) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    loop {
        match chars.next()? {
            (_, '\n') => return None,
            (_, '\\') => {
                chars.next().filter(|(_, char)| *char != '\n')?;
            }
            (at, char) if char == quote => return Some(at + char.len_utf8()),
            _ => {}
        }
    }
}

fn word(word: &str, language: &CodeLanguage) -> TextFace {
    let same = |known: &str| known == word || language.any_case && known.eq_ignore_ascii_case(word);
    if language.words.split_ascii_whitespace().any(same) {
        TextFace::KEYWORD
    } else if VALUES.split_ascii_whitespace().any(|known| known == word) {
        TextFace::NUMBER
    } else {
        TextFace::PLAIN
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The code with the pieces that are something in brackets behind a letter.
    fn marked(code: &str, language: &str) -> String {
        let mark = |run: &StyledRun| {
            let kinds =
                [(TextFace::COMMENT, 'c'), (TextFace::STRING, 's'), (TextFace::NUMBER, 'n'), (TextFace::KEYWORD, 'k')];
            match kinds.iter().find(|(face, _)| run.face.has(*face)) {
                Some((_, kind)) => format!("{kind}⟨{}⟩", run.text),
                None => run.text.clone(),
            }
        };
        let lines: Vec<String> = lines(code, language).iter().map(|line| line.iter().map(mark).collect()).collect();
        lines.join("\n")
    }

    #[test]
    fn pieces_of_code_are_told() {
        for (language, code, pieces) in [
            ("rust", "let a: &'a str = \"x\\\"y\"; // no", "k⟨let⟩ a: &'a k⟨str⟩ = s⟨\"x\\\"y\"⟩; c⟨// no⟩"),
            ("rs", "'x' '\\n' 1..2 0x1f 1.5", "s⟨'x'⟩ s⟨'\\n'⟩ n⟨1⟩..n⟨2⟩ n⟨0x1f⟩ n⟨1.5⟩"),
            ("python", "def f(): # no\n  \"\"\"a\n  b\"\"\"", "k⟨def⟩ f(): c⟨# no⟩\n  s⟨\"\"\"a⟩\ns⟨  b\"\"\"⟩"),
            ("sql", "SELECT 'it' -- x", "k⟨SELECT⟩ s⟨'it'⟩ c⟨-- x⟩"),
            ("bash", "echo \"$#\" $# # n", "k⟨echo⟩ s⟨\"$#\"⟩ $# c⟨# n⟩"),
            ("c", "/* a\nb */ int x;", "c⟨/* a⟩\nc⟨b */⟩ k⟨int⟩ x;"),
            ("json", "{\"a\": null}", "{s⟨\"a\"⟩: n⟨null⟩}"),
            ("html", "<p>it's</p><!-- x -->", "<p>it's</p>c⟨<!-- x -->⟩"),
            ("python", "'a \"b\"", "'a s⟨\"b\"⟩"),
            ("", "let x = 1", "let x = 1"),
        ] {
            assert_eq!(marked(code, language), pieces);
        }
    }

    proptest! {
        #[test]
        fn no_code_is_lost(code in "(\"|'|\\\\|/\\*|#|//|\n|[a-z0-9. ]|\\PC){0,60}", language in "(rust|python|sql|html|lua)") {
            let shown: Vec<String> = lines(&code, &language).iter().map(|line| super::super::block::text(line)).collect();
            prop_assert_eq!(shown.join("\n"), code);
        }
    }
}
