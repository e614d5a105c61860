//! XML that is nearly well-formed: elements that are not closed, characters that are not escaped, named characters of
//! HTML, attributes as in HTML.
//!
//! One item that was cut by hand must not cost all the others.

use std::collections::HashMap;

use super::{document_type, lines_ended};

/// With more slips than this it is not XML.
const MOST_SLIPS: usize = 100;
/// No character has a longer name.
const LONGEST_NAME: usize = 32;

/// The text as it was meant, and the line of the first slip, from 1; `None` if that is unclear.
pub(in crate::bank) fn repair(text: &str) -> Option<(String, usize)> {
    let mut repairer = Repairer {
        text,
        repaired: String::with_capacity(text.len() + 64),
        slips: Vec::new(),
        open: Vec::new(),
        named: HashMap::new(),
    };
    repairer.run()?;
    let first = *repairer.slips.first()?;
    Some((repairer.repaired, lines_ended(&text[..first]) + 1))
}

struct Repairer<'a> {
    text: &'a str,
    repaired: String,
    /// The places of the slips, in bytes.
    slips: Vec<usize>,
    open: Vec<&'a str>,
    /// How many elements of each name are open.
    named: HashMap<&'a str, usize>,
}

impl<'a> Repairer<'a> {
    fn run(&mut self) -> Option<()> {
        let mut at = 0;
        while at < self.text.len() {
            let next = self.text[at..].find('<').map_or(self.text.len(), |found| at + found);
            self.characters(at, &self.text[at..next]);
            at = next;
            let rest = &self.text[at..];
            if rest.is_empty() {
                break;
            }
            let whole = [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")]
                .iter()
                .find(|(start, _)| rest.starts_with(start))
                .map(|(_, end)| rest.find(end).map(|found| found + end.len()));
            let length = match whole {
                Some(length) => length?,
                None if rest.starts_with("<!") => document_type(rest)?,
                None => self.tag(at)?,
            };
            if whole.is_some() || rest.starts_with("<!") {
                self.repaired += &rest[..length];
            }
            at += length;
            if self.slips.len() > MOST_SLIPS {
                return None;
            }
        }
        if !self.open.is_empty() {
            self.slips.push(self.text.trim_end().len());
        }
        while let Some(name) = self.open.pop() {
            self.repaired += &format!("</{name}>");
        }
        Some(())
    }

    /// A tag, or a character that is not a tag; its length.
    fn tag(&mut self, at: usize) -> Option<usize> {
        let rest = &self.text[at..];
        let closes = rest.starts_with("</");
        let name_at = if closes { 2 } else { 1 };
        let name = &rest[name_at..];
        if !name.starts_with(|char: char| char.is_alphabetic() || char == '_') {
            self.slips.push(at);
            self.repaired += "&lt;";
            return Some(1);
        }
        let name = &name
            [..name.find(|char: char| char.is_whitespace() || matches!(char, '>' | '/' | '<')).unwrap_or(name.len())];
        // A tag that is cut off is the end of the readable text.
        let Some(length) = tag_end(rest) else {
            self.slips.push(at);
            return Some(rest.len());
        };
        if closes {
            self.close(at, name);
        } else {
            match attributes(&rest[name_at + name.len()..length]) {
                Some(repaired) => {
                    self.slips.push(at);
                    self.characters(at, &format!("<{name}{repaired}"));
                }
                None => self.characters(at, &rest[..length]),
            }
            if !rest[..length].ends_with("/>") {
                self.open.push(name);
                *self.named.entry(name).or_default() += 1;
            }
        }
        Some(length)
    }

    /// Closes an element, and those in it that were left open; one that is not open is not closed.
    fn close(&mut self, at: usize, name: &'a str) {
        if self.named.get(name).is_none_or(|open| *open == 0) {
            return self.slips.push(at);
        }
        while let Some(last) = self.open.pop() {
            self.repaired += &format!("</{last}>");
            self.named.entry(last).and_modify(|open| *open -= 1);
            if last == name {
                return;
            }
            self.slips.push(at);
        }
    }

    /// Text and tags: `&` must begin the name of a character.
    fn characters(&mut self, from: usize, text: &str) {
        for (place, piece) in text.split('&').enumerate() {
            if place == 0 {
                self.repaired += piece;
                continue;
            }
            let name = piece.bytes().take(LONGEST_NAME).position(|byte| byte == b';').map(|end| &piece[..end]);
            match name {
                Some("amp" | "lt" | "gt" | "quot" | "apos") => self.repaired += &format!("&{piece}"),
                Some(name) if name.starts_with('#') => self.repaired += &format!("&{piece}"),
                _ => {
                    self.slips.push(from);
                    let written = name.map_or_else(String::new, |name| format!("&{name};"));
                    let meant = html_escape::decode_html_entities(&written);
                    if meant == written {
                        self.repaired += &format!("&amp;{piece}");
                    } else {
                        let rest = &piece[written.len() - 1..];
                        meant.chars().for_each(|char| self.repaired += &format!("&#{};", u32::from(char)));
                        self.repaired += rest;
                    }
                }
            }
        }
    }
}

/// The attributes of a tag, with its end, if values are missing or unquoted as in HTML; `None` if all is well.
fn attributes(written: &str) -> Option<String> {
    let end = if written.ends_with("/>") { "/>" } else { ">" };
    let mut rest = written.strip_suffix(end)?.trim_start();
    let (mut repaired, mut slips) = (String::new(), 0);
    while !rest.is_empty() {
        let name = &rest[..rest.find(|char: char| char.is_whitespace() || char == '=').unwrap_or(rest.len())];
        let value = rest[name.len()..].trim_start();
        let (value, after) = match value.strip_prefix('=').map(str::trim_start) {
            Some(quoted) if quoted.starts_with(['"', '\'']) => {
                let close = quoted[1..].find(&quoted[..1])? + 2;
                quoted.split_at(close)
            }
            Some(bare) => {
                slips += 1;
                bare.split_at(bare.find(char::is_whitespace).unwrap_or(bare.len()))
            }
            None => {
                slips += 1;
                ("", value)
            }
        };
        let quoted = value.starts_with(['"', '\'']);
        repaired += &if quoted { format!(" {name}={value}") } else { format!(" {name}=\"{value}\"") };
        rest = after.trim_start();
    }
    (slips > 0).then(|| repaired + end)
}

/// The end of the tag at the beginning of a text. Quoted characters do not end it.
pub(in crate::bank) fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            None if byte == b'>' => return Some(at + 1),
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_repaired() {
        for (text, repaired) in [
            ("<a>\n<b><c x='>'></b></a>", Some(("<a>\n<b><c x='>'></c></b></a>", 2))),
            ("<a></b></a>", Some(("<a></a>", 1))),
            ("<a>1 < 2 & 3 &lt; &nbsp;&x; &#65;</a>", Some(("<a>1 &lt; 2 &amp; 3 &lt; &#160;&amp;x; &#65;</a>", 1))),
            ("<a>\n<b c  d=1 e = '2' f=3/></a>", Some(("<a>\n<b c=\"\" d=\"1\" e='2' f=\"3\"/></a>", 2))),
            ("<a>\n<b c>&</a>", Some(("<a>\n<b c=\"\">&amp;</b></a>", 2))),
            ("<a><b>cut\n", Some(("<a><b>cut\n</b></a>", 1))),
            ("<a><b>cut <c d='", Some(("<a><b>cut </b></a>", 1))),
            ("<a><![CDATA[<b> & ]]><!-- <c> & --></a>", None),
            ("<a><![CDATA[", None),
        ] {
            let found = repair(text);
            assert_eq!(found.as_ref().map(|(text, line)| (text.as_str(), *line)), repaired, "{text}");
        }
        assert_eq!(repair(&"<<".repeat(MOST_SLIPS)), None, "something else than XML");
    }
}
