//! What XML may be like before anything parses it: a parser compares the attributes of an element with each other, and copies the namespaces
//! in scope, so a small file can keep it busy for hours.

use crate::model::limits::{Limit, XML_ATTRIBUTES, XML_DEPTH, XML_ELEMENTS, XML_NAMESPACES, XML_SCOPE};

/// A start tag, as it is written.
#[derive(Clone, Copy, Debug)]
pub(in crate::bank) struct StartTag<'a> {
    /// Where it begins in the text, in bytes.
    pub(in crate::bank) at: usize,
    /// All of it, from `<` to `>`.
    pub(in crate::bank) bytes: &'a [u8],
}

/// A step through the tags of a text.
enum Tag<'a> {
    Start(StartTag<'a>),
    End,
}

impl<'a> StartTag<'a> {
    /// The name without its prefix.
    pub(in crate::bank) fn local_name(&self) -> &'a [u8] {
        let name = self.bytes[1..].split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')).next();
        name.unwrap_or_default().rsplit(|byte| *byte == b':').next().unwrap_or_default()
    }

    fn is_empty_element(&self) -> bool {
        self.bytes.ends_with(b"/>")
    }

    /// How many attributes it has, and how many of them declare namespaces.
    fn attributes(&self) -> (u64, u64) {
        let (mut all, mut namespaces, mut at) = (0, 0, 1);
        while let Some(quote) = self.bytes[at..].iter().position(|byte| matches!(byte, b'"' | b'\'')) {
            let name = &self.bytes[at..at + quote];
            let start = name.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(0);
            // Before the first one there is the name of the element.
            let declares = name[start..].starts_with(b"xmlns") || name.windows(6).any(|part| part == b" xmlns");
            all += 1;
            namespaces += u64::from(declares);
            at += quote + 1;
            let quote = self.bytes[at - 1];
            at += self.bytes[at..].iter().position(|byte| *byte == quote).map_or(self.bytes.len() - at, |end| end + 1);
        }
        (all, namespaces)
    }
}

/// The tags of a text, from its beginning.
struct Tags<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        loop {
            self.at += find(&self.bytes[self.at..], b"<")?;
            let rest = &self.bytes[self.at..];
            let (length, tag) = match rest {
                [b'<', b'!', b'-', b'-', ..] => (4 + find(&rest[4..], b"-->")? + 3, None),
                [b'<', b'!', b'[', ..] => (3 + find(&rest[3..], b"]]>")? + 3, None),
                [b'<', b'?', ..] => (2 + find(&rest[2..], b"?>")? + 2, None),
                // Whoever parses it finds the end of a document type; what is in it are no elements.
                [b'<', b'!', ..] => (find(rest, b">")? + 1, None),
                [b'<', b'/', ..] => (find(rest, b">")? + 1, Some(Tag::End)),
                _ => {
                    let length = tag_length(rest)?;
                    (length, Some(Tag::Start(StartTag { at: self.at, bytes: &rest[..length] })))
                }
            };
            self.at += length;
            if let Some(tag) = tag {
                return Some(tag);
            }
        }
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    let first = *part.first()?;
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == first)?;
        if bytes[at..].starts_with(part) {
            return Some(at);
        }
        at += 1;
    }
}

/// The length of a start tag: a sign within quotes does not end it.
fn tag_length(bytes: &[u8]) -> Option<usize> {
    let mut quote = None;
    for (place, byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(place + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// The first element of this name, without its prefix.
pub(in crate::bank) fn first_element<'a>(bytes: &'a [u8], name: &[u8]) -> Option<StartTag<'a>> {
    Tags { bytes, at: 0 }.find_map(|tag| match tag {
        Tag::Start(tag) if tag.local_name() == name => Some(tag),
        _ => None,
    })
}

/// Fails with the limit that a text goes beyond, and the place. A text that is not well-formed may pass: its parser fails.
pub(in crate::bank) fn hold(bytes: &[u8]) -> Result<(), (&'static Limit, usize)> {
    // The namespaces in scope, for each open element.
    let mut open: Vec<u64> = Vec::new();
    let (mut copied, mut elements) = (0, 0);
    for tag in (Tags { bytes, at: 0 }) {
        let Tag::Start(tag) = tag else {
            open.pop();
            continue;
        };
        elements += 1;
        if elements > XML_ELEMENTS.most {
            return Err((&XML_ELEMENTS, tag.at));
        }
        let (attributes, namespaces) = tag.attributes();
        if attributes > XML_ATTRIBUTES.most {
            return Err((&XML_ATTRIBUTES, tag.at));
        }
        let scope = open.last().copied().unwrap_or(0) + namespaces;
        // Each name is looked for among those in scope.
        if scope > XML_SCOPE.most {
            return Err((&XML_SCOPE, tag.at));
        }
        if namespaces > 0 {
            copied += scope;
        }
        if copied > XML_NAMESPACES.most {
            return Err((&XML_NAMESPACES, tag.at));
        }
        if !tag.is_empty_element() {
            open.push(scope);
        }
        if open.len() as u64 > XML_DEPTH.most {
            return Err((&XML_DEPTH, tag.at));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beyond(text: &str) -> Option<&'static str> {
        hold(text.as_bytes()).err().map(|(limit, _)| limit.name)
    }

    #[test]
    fn attributes_are_counted_with_their_quotes() {
        let tag = |text: &'static str| StartTag { at: 0, bytes: text.as_bytes() }.attributes();
        assert_eq!(tag("<a>"), (0, 0));
        assert_eq!(tag("<a b='x > y' c=\"it's\"\n xmlns:d='e'/>"), (3, 1));
        assert_eq!(tag("<a xmlns='x' b='xmlns='>"), (2, 1));
        assert_eq!(tag("<a b='open>"), (1, 0));
    }

    #[test]
    fn what_keeps_a_parser_busy_is_refused() {
        let attributes = |count: usize| (0..count).map(|at| format!(" a{at}=''")).collect::<String>();
        assert_eq!(beyond(&format!("<a{}/>", attributes(256))), None);
        assert_eq!(beyond(&format!("<a{}/>", attributes(257))), Some("xml-attributes"));
        assert_eq!(beyond(&("<a>".repeat(200) + &"</a>".repeat(200))), None);
        assert_eq!(beyond(&"<a>".repeat(201)), Some("xml-depth"));
        let scopes = |depth: usize, each: usize| -> String {
            let many = |depth: usize| (0..each).map(|at| format!(" xmlns:n{depth}x{at}='u'")).collect::<String>();
            (0..depth).map(|depth| format!("<a{}>", many(depth))).collect()
        };
        assert_eq!(beyond(&scopes(1, 256)), None);
        assert_eq!(beyond(&scopes(2, 128)), None);
        assert_eq!(beyond(&scopes(20, 200)), Some("xml-scope"));
        assert_eq!(
            beyond(&(scopes(127, 2) + "<b xmlns='c' xmlns:d='e'/><b xmlns='c' xmlns:d='e' xmlns:f='g'/>")),
            Some("xml-scope")
        );
        assert_eq!(beyond(&(scopes(1, 255) + &"<b xmlns='c'/>".repeat(4_000))), Some("xml-namespaces"));
        // Formulas and pieces of HTML name theirs each time.
        assert_eq!(beyond(&(scopes(1, 40) + &"<b xmlns='c'/>".repeat(20_000))), None);
        assert_eq!(beyond(&"<a xmlns='b'/>".repeat(100_000)), None);
        assert_eq!(beyond(&"<a/>".repeat(5_000_001)), Some("xml-elements"));
    }

    #[test]
    fn what_is_no_element_does_not_count() {
        let text = "<!DOCTYPE a [<!ELEMENT a (b)>]><?go <a> ?><!-- <a><a> --><a><![CDATA[<a><a>]]><b/></a>";
        assert_eq!(beyond(text), None);
        assert_eq!(first_element(text.as_bytes(), b"b").map(|tag| tag.bytes), Some(&b"<b/>"[..]));
        assert_eq!(first_element(b"<x:sst n='>'>", b"sst").map(|tag| tag.bytes.len()), Some(13));
        assert!(first_element(b"<a", b"a").is_none());
    }
}
