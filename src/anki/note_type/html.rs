//! The HTML of fields, as banks of ours write it.

use super::super::template::says_something;

/// Elements whose content is for browsers alone.
const UNSEEN: [&str; 2] = ["script", "style"];

/// HTML without scripts, styles and comments, with sounds and pictures as elements and formulas in the usual signs.
pub fn tidy(html: &str) -> String {
    let mut text = without_unseen(html);
    if text.contains("[sound:") {
        text = sounds(&text);
    }
    if text.contains("[$") || text.contains("[latex]") {
        for (old, new) in [
            ("[$$]", "\\["),
            ("[/$$]", "\\]"),
            ("[$]", "\\("),
            ("[/$]", "\\)"),
            ("[latex]", "\\["),
            ("[/latex]", "\\]"),
        ] {
            text = text.replace(old, new);
        }
    }
    if text.contains("<img") || text.contains("<IMG") {
        text = quoted_sources(&text);
    }
    trimmed(&text).to_owned()
}

/// Without blanks and line breaks at both ends.
fn trimmed(text: &str) -> &str {
    let mut text = text.trim();
    loop {
        let before = text.len();
        for end in ["<br>", "<br/>", "<br />", "&nbsp;"] {
            text = text.strip_prefix(end).unwrap_or(text).trim_start();
            text = text.strip_suffix(end).unwrap_or(text).trim_end();
        }
        if text.len() == before {
            return text;
        }
    }
}

fn without_unseen(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let unseen = UNSEEN.iter().find(|name| {
            let head = rest.get(1..=name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
            head && rest[name.len() + 1..].starts_with(['>', ' ', '\n', '\t', '\r'])
        });
        match unseen {
            Some(name) => {
                let closes = |at: &usize| {
                    rest.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name))
                };
                let end = rest.match_indices("</").map(|(at, _)| at).find(closes);
                rest = end.and_then(|end| rest[end..].find('>').map(|last| &rest[end + last + 1..])).unwrap_or("");
            }
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// `[sound:a.mp3]` as an element.
fn sounds(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("[sound:") {
        out.push_str(&rest[..at]);
        let inside = &rest[at + 7..];
        let Some(end) = inside.find(']') else {
            rest = &rest[at..];
            break;
        };
        let name = inside[..end].replace('"', "&quot;");
        out.push_str(&format!("<audio src=\"{name}\"></audio>"));
        rest = &inside[end + 1..];
    }
    out.push_str(rest);
    out
}

/// `<img src=a.png>` with quotes.
fn quoted_sources(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("src=").map(|at| at + 4) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if !rest.starts_with(['"', '\'']) {
            let end = rest.find([' ', '>', '\n', '\t']).unwrap_or(rest.len());
            out.push_str(&format!("\"{}\"", rest[..end].trim_end_matches('/')));
            rest = &rest[end..];
        }
    }
    out.push_str(rest);
    out
}

/// Whether a text is the same without HTML: line breaks aside, it has no elements, and no formulas.
pub fn is_plain(html: &str) -> bool {
    if html.contains("\\(") || html.contains("\\[") {
        return false;
    }
    let elements = html.split('<').skip(1);
    elements.filter(|rest| rest.starts_with(|char: char| char.is_ascii_alphabetic() || matches!(char, '/' | '!'))).all(
        |rest| {
            let name = rest.split('>').next().unwrap_or_default().trim_end_matches(['/', ' ']);
            matches!(name.to_ascii_lowercase().as_str(), "br" | "div" | "/div")
        },
    )
}

/// The names of the media that a text names, as they are in the media folder, each with what the text writes.
pub fn media_names(html: &str) -> Vec<(String, String)> {
    let mut names = Vec::new();
    for rest in html.split("src=").skip(1) {
        let Some(quote) = rest.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else { continue };
        let Some((written, _)) = rest[1..].split_once(quote) else { continue };
        let is_address = written.contains("://") || written.starts_with("data:") || written.starts_with("//");
        if says_something(written) && !is_address {
            let decoded = html_escape::decode_html_entities(written);
            names.push((unescaped(&decoded), written.to_owned()));
        }
    }
    names
}

/// `%20` and the like, decoded; the text as it is if that gives none.
fn unescaped(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).filter(|_| *first == b'%').and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_a_browser_needs_is_left_out() {
        for (html, tidied) in [
            ("a<script>if (1 < 2) x()</script>b<!-- c -->d<style>p{}</style>", "abd"),
            ("<br> a &nbsp;<br/>", "a"),
            ("x [sound:a b.mp3] y", "x <audio src=\"a b.mp3\"></audio> y"),
            ("[sound:a.mp3", "[sound:a.mp3"),
            ("[$]x^2[/$] [latex]y[/latex]", "\\(x^2\\) \\[y\\]"),
            ("<img src=a.png><img src='b.png'/>", "<img src=\"a.png\"><img src='b.png'/>"),
            ("1 < 2 <scripted>", "1 < 2 <scripted>"),
            ("<SCRIPT>x", ""),
        ] {
            assert_eq!(tidy(html), tidied, "{html}");
        }
    }

    #[test]
    fn plain_texts_are_told_from_html() {
        assert!(is_plain("a<br>b &lt; c") && is_plain("<div>a</div>") && is_plain("1 < 2"));
        assert!(!is_plain("<b>a</b>") && !is_plain("\\(x\\)") && !is_plain("<img src=\"a\">"));
    }

    #[test]
    fn media_are_found_by_the_name_of_their_file() {
        let html = "<img src=\"a%20b.png\"> <audio src='c&amp;d.mp3'></audio> <img src=\"https://example.org/x.png\">";
        let expected = [("a b.png", "a%20b.png"), ("c&d.mp3", "c&amp;d.mp3")];
        let found = media_names(html);
        let found: Vec<(&str, &str)> = found.iter().map(|(file, written)| (file.as_str(), written.as_str())).collect();
        assert_eq!(found, expected);
    }
}
