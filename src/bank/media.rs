//! Pictures and sounds in the texts of a question.

use std::collections::HashSet;

use super::BankQuestion;
use crate::bank::word_set::WordSet;
use crate::model::Markup;

/// Extensions of media files. No other file is copied.
static ENDINGS: WordSet =
    WordSet::of_phrases("png, jpg, jpeg, gif, webp, svg, bmp, avif, mp3, ogg, oga, opus, wav, m4a, flac, mp4, webm");

/// The extension of a media file, in lower case; `None` if it is not media.
pub fn ending(name: &str) -> Option<&'static str> {
    let name = name.split(['?', '#']).next().unwrap_or_default();
    let (_, end) = name.rsplit_once('.')?;
    ENDINGS.iter().find(|known| known.eq_ignore_ascii_case(end))
}

/// The media next to the bank that the texts of a question name: Markdown's `![alt](path)` and the `src` of HTML.
/// Addresses on the network are ignored. Each name occurs once, in the order of the texts.
pub fn linked(question: &BankQuestion) -> Vec<String> {
    named(question, is_beside)
}

/// The media elsewhere on this computer that the texts of a question name: by absolute paths and by `file:`. They are not copied.
pub fn elsewhere(question: &BankQuestion) -> Vec<String> {
    named(question, is_elsewhere)
}

/// The media next to the bank that a question names in the way of Markdown or HTML, although its texts are plain.
pub fn unmarked(question: &BankQuestion) -> Vec<String> {
    if question.markup == Markup::Plain { names(question, is_beside) } else { Vec::new() }
}

fn named(question: &BankQuestion, fits: fn(&str) -> bool) -> Vec<String> {
    if question.markup == Markup::Plain { Vec::new() } else { names(question, fits) }
}

fn names(question: &BankQuestion, fits: fn(&str) -> bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if !question.shown_texts().any(|text| may_name(text)) {
        return names;
    }
    let held: HashSet<&str> = question.media.iter().map(|held| held.name.as_str()).collect();
    let mut seen = HashSet::new();
    for name in question.shown_texts().flat_map(|text| targets(text)).filter(|name| fits(name)) {
        if !held.contains(name) && seen.insert(name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// A path below or next to the bank, of a file that is media.
fn is_beside(name: &str) -> bool {
    ending(name).is_some() && scheme(name).is_none() && !name.starts_with(['/', '\\']) && !name.contains('\0')
}

/// A file of this computer by its whole path. Two slashes begin an address on the network.
fn is_elsewhere(name: &str) -> bool {
    let is_path = match scheme(name) {
        Some(scheme) => scheme.eq_ignore_ascii_case("file") || scheme.len() == 1,
        None => name.starts_with(['/', '\\']) && !name.starts_with("//"),
    };
    is_path && ending(name).is_some()
}

/// What is before the first colon of an address: `https`, `file`, or the letter of a drive.
fn scheme(name: &str) -> Option<&str> {
    name.split(['/', '\\', '?', '#']).next()?.split_once(':').map(|(scheme, _)| scheme)
}

/// Whether a text has the characters by which it could name a file. Most have not, and need no other look.
fn may_name(text: &str) -> bool {
    text.as_bytes().contains(&b'!') || text.as_bytes().contains(&b'=')
}

/// The targets after `](` following a `!`, and in `src="…"`.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    let markdown = text.split("![").skip(1).filter_map(|rest| {
        let (_, target) = rest.split_once("](")?;
        let target = target.trim_start();
        match target.strip_prefix('<') {
            Some(inner) => inner.split_once('>').map(|(name, _)| name),
            // A title may follow the path.
            None => target.split([')', ' ', '\n', '"']).next(),
        }
    });
    let html = text.split("src=").skip(1).filter_map(|rest| {
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        rest[1..].split_once(quote).map(|(name, _)| name)
    });
    markdown.chain(html).map(str::trim).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::{BankOption, Media};

    fn question(stem: &str) -> BankQuestion {
        BankQuestion { stem: stem.into(), markup: Markup::Markdown, ..BankQuestion::default() }
    }

    #[test]
    fn media_beside_the_bank_are_found_once() {
        let mut question =
            question("![a](images/a.png) and ![b](<b c.JPG> \"B\") and <img alt='' src='d.svg'> ![a](images/a.png)");
        question.options.push(BankOption { text: "![e](e.png?raw=true \"E\")".into(), ..BankOption::default() });
        assert_eq!(linked(&question), ["images/a.png", "b c.JPG", "d.svg", "e.png?raw=true"]);
        question.media.push(Media { name: "d.svg".into(), bytes: [1].into() });
        assert_eq!(linked(&question).len(), 3);
    }

    #[test]
    fn plain_texts_have_no_media_but_may_look_so() {
        let plain =
            BankQuestion { markup: Markup::Plain, ..question("![a](a.png) and ![b](https://example.org/b.png)") };
        assert_eq!((linked(&plain), unmarked(&plain)), (Vec::new(), vec!["a.png".to_owned()]));
        assert_eq!(unmarked(&question("![a](a.png)")), Vec::<String>::new());
    }

    #[test]
    fn nothing_else_is_taken() {
        for stem in [
            "![a](https://example.org/a.png)",
            "![a](//example.org/a.png)",
            "![a](/etc/a.png)",
            "![a](data:image/png;base64,AA==)",
            "![a](C:\\a.png)",
            "![a](secret.txt)",
            "[a](a.png)",
            "![a](",
            "<img src=a.png>",
        ] {
            assert_eq!(linked(&question(stem)), Vec::<String>::new(), "{stem}");
        }
        for (stem, name) in [
            ("![a](/etc/a.png)", Some("/etc/a.png")),
            ("![a](C:\\a.png)", Some("C:\\a.png")),
            ("![a](file:///etc/a.png)", Some("file:///etc/a.png")),
            ("<img src='\\\\host\\a.png'>", Some("\\\\host\\a.png")),
            ("![a](https://example.org/a.png)", None),
            ("![a](//example.org/a.png)", None),
            ("![a](/etc/passwd)", None),
        ] {
            assert_eq!(elsewhere(&question(stem)).first().map(String::as_str), name, "{stem}");
        }
        let plain = BankQuestion { markup: Markup::Plain, ..question("![a](a.png)") };
        assert_eq!(linked(&plain), Vec::<String>::new());
    }
}
