//! Words that a line end cuts in two: `com-` / `puter`. The hyphen of a compound is kept: its front part has one
//! already, a capital or a digit follows, or the file has the compound elsewhere.

use std::collections::HashSet;

use super::super::label::{bullet, label};
use super::sheet::Sheet;

/// Words before which a hyphen stands for the next word (`Ein- und Ausgang`).
const JOINING: [&str; 14] = ["und", "oder", "bzw", "bis", "and", "or", "to", "et", "ou", "y", "o", "en", "of", "i"];

/// Joins words at line ends: the rest of the word goes up to its beginning.
pub(super) fn join(sheet: &mut Sheet<'_>) {
    let cuts: Vec<usize> =
        (0..sheet.lines.len()).filter(|at| sheet.is_text(*at) && cut(&sheet.lines[*at]).is_some()).collect();
    if cuts.is_empty() {
        return;
    }
    let known = compounds(sheet);
    for at in cuts {
        let Some(next) =
            (at + 1..sheet.lines.len()).find(|next| !sheet.gone[*next]).filter(|next| sheet.is_text(*next))
        else {
            continue;
        };
        let Some(front) = cut(&sheet.lines[at]) else { continue };
        let below = sheet.lines[next].trim_start();
        let Some(first) = below.chars().next().filter(|char| char.is_alphanumeric()) else { continue };
        let labelled = label(below).is_some()
            || bullet(below).is_some()
            || cut(below).is_some_and(|word| word.len() + 1 == below.len());
        let end = below.find(char::is_whitespace).unwrap_or(below.len());
        let word = &below[..end];
        let bare = word.trim_end_matches(|char: char| !char.is_alphanumeric());
        if labelled || JOINING.contains(&bare) {
            continue;
        }
        let compound = format!("{front}-{bare}").to_lowercase();
        let keeps = front.contains('-') || !first.is_lowercase() || known.contains(&compound);
        let line = sheet.lines[at].trim_end();
        let line = if keeps { line } else { &line[..line.len() - line.chars().last().map_or(0, char::len_utf8)] };
        let (joined, rest) = (format!("{line}{word}"), below[end..].trim_start().to_owned());
        sheet.lines[at] = joined;
        if rest.is_empty() {
            sheet.leave_out(next);
        } else {
            let indent = sheet.lines[next].len() - sheet.lines[next].trim_start().len();
            sheet.lines[next] = format!("{}{rest}", " ".repeat(indent));
        }
    }
}

/// The front part of a word that a hyphen ends, at the end of a line.
fn cut(line: &str) -> Option<&str> {
    let bare = line.trim_end().strip_suffix(['-', '\u{2010}', '¬'])?;
    let from = bare.rfind(char::is_whitespace).map_or(0, |at| at + bare[at..].chars().next().map_or(1, char::len_utf8));
    let word = &bare[from..];
    // `un-` and `re-` alone may be the subject of a question. A dash does not end a word.
    let said = from > 0 && word.chars().all(|char| char.is_alphanumeric() || char == '-' || char == '\'');
    (said && word.ends_with(char::is_alphanumeric)).then_some(word)
}

/// The compounds of the file, in lower case.
fn compounds(sheet: &Sheet<'_>) -> HashSet<String> {
    let lines = (0..sheet.lines.len()).filter(|at| !sheet.gone[*at]).map(|at| &sheet.lines[at]);
    let words = lines.flat_map(|line| line.split(|char: char| !char.is_alphanumeric() && char != '-'));
    words
        .filter(|word| word.trim_matches('-').contains('-'))
        .map(|word| word.trim_matches('-').to_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tidy;

    fn left(text: &str) -> Vec<String> {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        tidy(&lines, 0).lines
    }

    #[test]
    fn cut_words_are_joined() {
        assert_eq!(left("Which part of a com-\nputer is it?"), ["Which part of a computer", "is it?"]);
        assert_eq!(left("A. The Arbeits-\nspeicher\nB. x"), ["A. The Arbeitsspeicher", "B. x"]);
    }

    #[test]
    fn hyphens_of_compounds_stay() {
        assert_eq!(left("It is a well-\nknown fact; well-known."), ["It is a well-known", "fact; well-known."]);
        assert_eq!(left("The state-of-the-\nart one"), ["The state-of-the-art", "one"]);
        assert_eq!(left("The years 1939-\n1945 were"), ["The years 1939-1945", "were"]);
        assert_eq!(left("Die Ein-\nund Ausgabe"), ["Die Ein-", "und Ausgabe"]);
    }

    #[test]
    fn prefixes_as_options_stay() {
        for text in ["A. un-\nB. re-", "- un-\n- re-", "Which is it? un-\n\nnext", "x = a -\nb"] {
            assert_eq!(left(text), text.lines().collect::<Vec<_>>());
        }
    }
}
