//! The colours of code: comments, strings, numbers and keywords, told by what languages have in common.
//!
//! A grammar would see more; but Sublime's grammars by `syntect` take 25 ms for the first block of a language, and a frame has
//! 5 ms. This takes a hundredth of a millisecond, and cannot fail.

mod languages;

use super::block::Run;
use super::face::Face;
use languages::{Language, VALUES};

/// The lines of code in runs, coloured where the language is known.
pub(super) fn lines(code: &str, language: &str) -> Vec<Vec<Run>> {
    let mut lines = vec![Vec::new()];
    match languages::named(language) {
        Some(language) => read(code, language, |text, face| add(&mut lines, text, face)),
        None => add(&mut lines, code, Face::PLAIN),
    }
    lines
}

fn add(lines: &mut Vec<Vec<Run>>, text: &str, face: Face) {
    let face = face.with(Face::BLOCK);
    for (number, part) in text.split('\n').enumerate() {
        if number > 0 {
            lines.push(Vec::new());
        }
        let Some(line) = lines.last_mut().filter(|_| !part.is_empty()) else { continue };
        match line.last_mut() {
            Some(last) if last.face == face => last.text.push_str(part),
            _ => line.push(Run { text: part.to_owned(), face }),
        }
    }
}

/// Tells `say` the pieces of the code in their order.
fn read(code: &str, language: &Language, mut say: impl FnMut(&str, Face)) {
    let mut at = 0;
    let mut before = '\n';
    // Up to where a quote was looked for in vain: that is not done twice, so that the time stays linear.
    let mut open = [0; 2];
    while let Some(first) = code[at..].chars().next() {
        let rest = &code[at..];
        let (length, face) = match language.quotes.find(first) {
            Some(quote) if !language.long.iter().any(|long| rest.starts_with(long)) => {
                let length = if open[quote] > at { None } else { closed(rest, first) };
                if length.is_none() && open[quote] <= at {
                    open[quote] = at + rest.find('\n').unwrap_or(rest.len());
                }
                length.map_or((1, Face::PLAIN), |length| (length, Face::STRING))
            }
            _ => piece(rest, first, before, language),
        };
        let (text, _) = rest.split_at(length);
        say(text, face);
        before = text.chars().next_back().unwrap_or(first);
        at += length;
    }
}

/// The length of the piece at the begin of `rest`, in bytes, and what it is.
fn piece(rest: &str, first: char, before: char, language: &Language) -> (usize, Face) {
    let to_end = || rest.find('\n').unwrap_or(rest.len());
    if let Some((open, close)) = language.block.iter().find(|(open, _)| rest.starts_with(open)) {
        let end = rest[open.len()..].find(close).map_or(rest.len(), |end| open.len() + end + close.len());
        return (end, Face::COMMENT);
    }
    // `$#`, `a#b` and `&#160;` are no comments.
    let begins = |sign: &&&str| {
        rest.starts_with(**sign) && (**sign != "#" || before.is_whitespace() || "();[]{".contains(before))
    };
    if language.line.iter().any(|sign| begins(&sign)) {
        return (to_end(), Face::COMMENT);
    }
    if let Some(quote) = language.long.iter().find(|quote| rest.starts_with(**quote)) {
        let end = rest[quote.len()..].find(quote).map_or(rest.len(), |end| 2 * quote.len() + end);
        return (end, Face::STRING);
    }
    if first == '\'' && language.characters {
        // `'\u{10ffff}'` is the longest.
        let near = rest.char_indices().nth(12).map_or(rest, |(end, _)| &rest[..end]);
        let length = closed(near, '\'').filter(|length| {
            let inside = &rest[1..length - 1];
            inside.starts_with('\\') || inside.chars().count() == 1
        });
        return length.map_or((1, Face::PLAIN), |length| (length, Face::STRING));
    }
    if first.is_ascii_digit() {
        let mut chars = rest.char_indices().peekable();
        while let Some((at, char)) = chars.next() {
            let digit = |next: Option<&(usize, char)>| next.is_some_and(|(_, char)| char.is_ascii_digit());
            if !(char.is_ascii_alphanumeric() || char == '_' || char == '.' && digit(chars.peek())) {
                return (at, Face::NUMBER);
            }
        }
        return (rest.len(), Face::NUMBER);
    }
    if first.is_alphabetic() || first == '_' {
        let end = rest.find(|char: char| !(char.is_alphanumeric() || char == '_')).unwrap_or(rest.len());
        return (end, word(&rest[..end], language));
    }
    (first.len_utf8(), Face::PLAIN)
}

/// The length of a string within a line, with its signs.
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

fn word(word: &str, language: &Language) -> Face {
    let same = |known: &str| known == word || language.any_case && known.eq_ignore_ascii_case(word);
    if language.words.split_ascii_whitespace().any(same) {
        Face::KEYWORD
    } else if VALUES.split_ascii_whitespace().any(|known| known == word) {
        Face::NUMBER
    } else {
        Face::PLAIN
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The code with the pieces that are something in brackets behind a letter.
    fn marked(code: &str, language: &str) -> String {
        let mark = |run: &Run| {
            let kinds = [(Face::COMMENT, 'c'), (Face::STRING, 's'), (Face::NUMBER, 'n'), (Face::KEYWORD, 'k')];
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
