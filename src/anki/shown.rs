//! What fields show, however Anki writes them. Its editor writes HTML in its own way, it composes letters, and an import
//! there may give a picture another name. None of this is an edit.

use std::borrow::Cow;
use std::fmt::Write as _;

use sha1_smol::Sha1;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Elements that only part lines: an editor puts one in the place of another.
const PARTS: [&str; 3] = ["div", "p", "br"];
/// The digits of the hash that Anki puts into the name of a file, if the name is taken.
const RENAMED: usize = 40;

/// A short hash of what these fields show.
pub fn shown_digest<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha1::new();
    for field in fields {
        hash.update(normal(field).as_bytes());
        hash.update(b"\x1f");
    }
    let mut text = String::with_capacity(20);
    for byte in &hash.digest().bytes()[..10] {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Whether two fields show the same.
pub fn same_shown(one: &str, other: &str) -> bool {
    one == other || normal(one) == normal(other)
}

/// The name of a file without the hash that Anki put into it, because another file had the name.
pub fn unrenamed(name: &str) -> Cow<'_, str> {
    let Some((stem, end)) = name.rsplit_once('.') else { return name.into() };
    match stem.len().checked_sub(RENAMED + 1) {
        Some(at) if is_hash(stem.as_bytes(), at) => format!("{}.{end}", &stem[..at]).into(),
        _ => name.into(),
    }
}

/// Whether `-` and the digits of a hash begin here.
fn is_hash(bytes: &[u8], at: usize) -> bool {
    bytes.get(at) == Some(&b'-')
        && bytes.get(at + 1..=at + RENAMED).is_some_and(|hash| hash.iter().all(u8::is_ascii_hexdigit))
}

/// A field with all that does not matter left out.
fn normal(field: &str) -> String {
    if is_normal(field) {
        return without_hashes(field.to_owned());
    }
    let composed: Cow<'_, str> = match is_nfc_quick(field.chars()) {
        IsNormalized::Yes => field.into(),
        _ => field.nfc().collect::<String>().into(),
    };
    let mut out = NormalText { text: String::with_capacity(composed.len()), blank: false };
    let mut rest = composed.as_ref();
    while let Some(open) = rest.find('<') {
        out.words(&rest[..open]);
        let inside = &rest[open + 1..];
        let is_element = inside.starts_with(|char: char| char.is_ascii_alphabetic() || matches!(char, '/' | '!'));
        match inside.find('>').filter(|_| is_element) {
            Some(end) => {
                out.element(&inside[..end]);
                rest = &inside[end + 1..];
            }
            None => {
                out.words("<");
                rest = inside;
            }
        }
    }
    out.words(rest);
    without_hashes(out.text)
}

/// Whether nothing of a field could be left out: most fields of most notes.
fn is_normal(field: &str) -> bool {
    let bytes = field.as_bytes();
    let is_word = |byte: &u8| matches!(byte, b' '..=b'~') && !matches!(byte, b'<' | b'&');
    bytes.iter().all(is_word) && bytes.first() != Some(&b' ') && bytes.last() != Some(&b' ') && !field.contains("  ")
}

struct NormalText {
    text: String,
    /// Whether a blank comes before the next word.
    blank: bool,
}

impl NormalText {
    fn words(&mut self, words: &str) {
        for char in html_escape::decode_html_entities(words).chars() {
            match char {
                '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
                _ if char.is_whitespace() => self.blank = !self.text.is_empty(),
                _ if char.is_control() => {}
                _ => {
                    if std::mem::take(&mut self.blank) && !self.text.ends_with('\n') {
                        self.text.push(' ');
                    }
                    self.text.push(char);
                }
            }
        }
    }

    /// An element without what is between it and the next one.
    fn element(&mut self, inside: &str) {
        let inside = inside.trim_end_matches(['/', ' ']);
        let name_end = inside.find(|char: char| char.is_whitespace()).unwrap_or(inside.len());
        let name = inside[..name_end].to_ascii_lowercase();
        if PARTS.contains(&name.trim_start_matches('/')) {
            // Where a line ends, by any of them.
            self.blank = false;
            if !self.text.is_empty() && !self.text.ends_with('\n') {
                self.text.push('\n');
            }
            return;
        }
        if std::mem::take(&mut self.blank) && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        // No field has this sign, so that `&lt;b&gt;` is not `<b>`.
        self.text.push('\u{1}');
        self.text.push_str(&name);
        let mut attributes: Vec<(String, String)> = attributes(&inside[name_end..]);
        attributes.sort();
        for (name, value) in attributes {
            self.text.push_str(&format!(" {name}={value}"));
        }
        self.text.push('\u{2}');
    }
}

/// Names in small letters, and values without quotation marks and entities.
fn attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|char: char| char.is_whitespace() || char == '=').unwrap_or(rest.len()).max(1);
        let end = (end..=rest.len()).find(|end| rest.is_char_boundary(*end)).unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let (written, left) = match after.chars().next().filter(|quote| matches!(quote, '"' | '\'')) {
                Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                None => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
            };
            value = html_escape::decode_html_entities(written).replace("%20", " ");
            rest = left.trim_start();
        }
        found.push((name, value));
    }
    found
}

/// Without the hashes that Anki put into names of files, and without an end of line at the end.
fn without_hashes(text: String) -> String {
    let mut text = text;
    text.truncate(text.trim_end_matches('\n').len());
    let bytes = text.as_bytes();
    let is_name = |at: usize| is_hash(bytes, at) && bytes.get(at + RENAMED + 1) == Some(&b'.');
    let found: Vec<usize> = text.match_indices('-').map(|(at, _)| at).filter(|at| is_name(*at)).collect();
    for at in found.into_iter().rev() {
        text.replace_range(at..=at + RENAMED, "");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_editor_writes_in_its_own_way_shows_the_same() {
        let hash = "0123456789abcdef0123456789abcdef01234567";
        for (one, other) in [
            ("a<br />b", "a<br>b"),
            ("a<br>b", "<div>a</div><div>b</div>"),
            ("<img src='a b.png' alt=\"x\" />", "<IMG alt=x src=\"a%20b.png\">"),
            ("a &gt; b &amp; c", "a > b & c"),
            ("a\n b", "a&nbsp; b"),
            ("e\u{301}", "\u{e9}"),
            ("a\u{0}b\u{200b}", "ab"),
            (" a<br>", "a"),
            ("<p>a</p>\n<ul>\n<li>b</li>\n</ul>", "<p>a</p><ul> <li>b</li> </ul>"),
            ("a b-c", "a  b-c"),
            (" a b", "a b"),
            ("a b ", "a b"),
        ] {
            assert!(same_shown(one, other), "{one} and {other}: {:?} {:?}", normal(one), normal(other));
        }
        assert!(same_shown("<img src=\"a.png\">", &format!("<img src=\"a-{hash}.png\">")));
        assert!(same_shown("[sound:a.mp3]", &format!("[sound:a-{hash}.mp3]")));
        assert_eq!(unrenamed(&format!("é-{hash}.png")), "é.png");
        assert_eq!(unrenamed(&hash[..39]), hash[..39]);
    }

    #[test]
    fn what_a_person_changed_shows_something_else() {
        for (one, other) in [
            ("a", "b"),
            ("a b", "ab"),
            ("<b>a</b>", "a"),
            ("&lt;b&gt;a&lt;/b&gt;", "<b>a</b>"),
            ("<img src=\"a.png\">", "<img src=\"b.png\">"),
            ("A", "a"),
            ("a<br>b", "a b"),
            ("x &lt; y", "x"),
        ] {
            assert!(!same_shown(one, other), "{one} and {other}");
        }
        assert_ne!(shown_digest(["a", ""]), shown_digest(["", "a"]));
        assert_ne!(shown_digest(["ab"]), shown_digest(["a", "b"]));
    }

    #[test]
    fn odd_fields_are_no_trouble() {
        for field in ["<", "<a", "<a =>", "<a ü=\"", "</>", "<!---->", "<br", "<img src=", "\u{1}<b ==a>", "<é>"] {
            assert!(same_shown(field, field) && normal(field).len() < 100, "{field}");
        }
    }
}
