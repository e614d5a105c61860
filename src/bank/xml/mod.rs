//! XML for the formats that use it: opened strictly, without entities of a document type, with line numbers.

pub(super) mod bounds;
mod repair;

use roxmltree::{Document, Node, ParsingOptions};

use super::{Refusal, decode};
use crate::model::limits::XML_ELEMENTS;

/// Elements, and texts, comments and instructions between them.
const MOST_NODES: u32 = XML_ELEMENTS.most as u32 * 3;
pub(super) use repair::{repair, tag_end};

/// A document that was opened.
pub(super) struct Xml<'a> {
    /// The text without the declaration.
    pub(super) text: &'a str,
    pub(super) document: Document<'a>,
    /// The start of each line of `text`, in bytes.
    starts: Vec<usize>,
    /// Lines of the declaration, which come before.
    skipped: usize,
}

impl<'a> Xml<'a> {
    /// Opens a document. `hint` is the advice if it is broken. Fails if it is not well-formed, declares entities, or is
    /// larger or deeper than any bank.
    pub(super) fn open(text: &'a str, hint: &str) -> Result<Self, Refusal> {
        let refuse = |message: String| Refusal::new(message, hint);
        let body = below_declaration(text);
        let head = &text[..text.len() - body.len()];
        let skipped = lines_ended(head);
        // A document type may declare elements. Entities could hide anything.
        let prologue = &body[..root_start(body).unwrap_or(body.len())];
        if let Some(at) = prologue.find("<!ENTITY") {
            let line = skipped + lines_ended(&prologue[..at]) + 1;
            return Err(refuse(format!("line {line}: the document type declares entities, which are not read")));
        }
        if let Err((limit, at)) = bounds::hold(body.as_bytes()) {
            let line = skipped + lines_ended(body.get(..at).unwrap_or_default()) + 1;
            let message = format!("line {line}: more than {} {}", limit.figure(), limit.counts);
            return Err(Refusal::new(message, "no bank is built like that; get the file again, or export it again"));
        }
        let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
        let document = Document::parse_with_options(body, options).map_err(|error| {
            let at = error.pos();
            let what = error.to_string();
            let what = what.rsplit_once(" at ").map_or(what.as_str(), |(what, _)| what);
            let row = at.row as usize + skipped;
            refuse(format!("line {row}, column {}: this is no well-formed XML: {what}", at.col))
        })?;
        let mut at = 0;
        let starts = decode::lines(body)
            .map(|line| {
                let start = at;
                at += line.len();
                at += if body[at..].starts_with("\r\n") { 2 } else { 1 };
                start
            })
            .collect();
        Ok(Self { text: body, document, starts, skipped })
    }

    /// The line in which a node begins, from 1.
    pub(super) fn line(&self, node: Node<'_, '_>) -> usize {
        let start = node.range().start;
        self.skipped + self.starts.partition_point(|line| *line <= start).max(1)
    }
}

/// The text below the declaration. Its encoding no longer applies, and it is often broken.
fn below_declaration(text: &str) -> &str {
    let trimmed = text.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}');
    match trimmed.strip_prefix("<?xml") {
        Some(rest) if rest.starts_with(char::is_whitespace) => rest.split_once("?>").map_or(trimmed, |(_, body)| body),
        _ => trimmed,
    }
}

/// Where the root element begins: after comments, instructions and the document type.
fn root_start(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text[at..].find('<')?;
        let rest = &text[at..];
        at += if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.starts_with("<?") {
            rest.find("?>")? + 2
        } else if rest.starts_with("<!") {
            document_type(rest)?
        } else {
            return Some(at);
        };
    }
}

/// The length of a document type. Brackets, quotes and comments in it do not end it.
fn document_type(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut inner) = (2, false);
    loop {
        at += match *bytes.get(at)? {
            b'<' if text[at..].starts_with("<!--") => text[at..].find("-->")? + 3,
            quote @ (b'"' | b'\'') => bytes[at + 1..].iter().position(|byte| *byte == quote)? + 2,
            b'>' if !inner => return Some(at + 1),
            sign => {
                inner = sign == b'[' || inner && sign != b']';
                1
            }
        };
    }
}

/// How many lines end in a text: by LF, CRLF or CR.
fn lines_ended(text: &str) -> usize {
    text.matches('\n').count() + text.matches('\r').count() - text.matches("\r\n").count()
}

/// The name of the root element, without its prefix; `None` if the text is not XML.
pub(super) fn root_name(text: &str) -> Option<&str> {
    let body = below_declaration(text);
    if !body.trim_start().starts_with('<') {
        return None;
    }
    let rest = &body[root_start(body)? + 1..];
    let end = rest.find(|char: char| char.is_whitespace() || matches!(char, '>' | '/'))?;
    let name = &rest[..end];
    Some(name.rsplit_once(':').map_or(name, |(_, local)| local))
}

pub(super) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.has_tag_name(name))
}

/// The whole text of an element, trimmed.
pub(super) fn content(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect::<String>().trim().to_owned()
}

pub(super) fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::limits::XML_DEPTH;

    fn open(text: &str) -> Result<(usize, String), String> {
        let xml = Xml::open(text, "fix it").map_err(|refusal| refusal.message)?;
        let last = xml.document.descendants().next_back().expect("a node");
        Ok((xml.line(last), xml.document.root_element().tag_name().name().to_owned()))
    }

    #[test]
    fn lines_count_from_the_top_of_the_file() {
        assert_eq!(open("\n<?xml version=\"1.0\"encoding=\"x\"?>\n<a>\n <b/></a>"), Ok((4, "a".into())));
        assert_eq!(open("<a>\r\n\r\n<b/></a>"), Ok((3, "a".into())));
        assert_eq!(open("<a>\r\r<b/></a>"), Ok((3, "a".into())));
        let broken = open("<?xml version='1.0'?>\n\n<a>\n<b></a>").expect_err("broken");
        assert!(broken.starts_with("line 4, column 4: this is no well-formed XML: expected 'b' tag"), "{broken}");
    }

    #[test]
    fn a_document_type_may_stand_but_not_declare_entities() {
        assert_eq!(open("<!DOCTYPE a SYSTEM \"a.dtd\" [ <!-- ]> --> <!ELEMENT a (b)> ]>\n<a/>"), Ok((2, "a".into())));
        let bomb = open("<?xml version='1.0'?>\n<!DOCTYPE a [\n<!ENTITY x 'y'> ]><a>&x;</a>").expect_err("an entity");
        assert_eq!(bomb, "line 3: the document type declares entities, which are not read");
    }

    #[test]
    fn deep_documents_are_refused_and_not_walked() {
        let deep = |levels: usize| "<a>".repeat(levels) + &"</a>".repeat(levels);
        assert!(open(&deep(XML_DEPTH.most as usize)).is_ok());
        let refused = open(&deep(100_000)).expect_err("too deep");
        assert_eq!(refused, "line 1: more than 200 elements of XML within elements");
    }

    #[test]
    fn the_root_is_found_behind_what_may_stand_above() {
        for (text, root) in [
            ("<?xml version='1.0'?><!-- <b> --><?go?><!DOCTYPE q [<!ELEMENT q ANY> ] ><q:quiz x='1'/>", Some("quiz")),
            ("  <a/>", Some("a")),
            ("a < b and <c>", None),
            ("<!-- open", None),
        ] {
            assert_eq!(root_name(text), root, "{text}");
        }
    }
}
