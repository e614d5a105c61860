//! What the readers of XML share: a document, the lines of its elements, and their texts.

use roxmltree::{Document, Node, ParsingOptions};

use crate::bank::Refusal;

/// The offsets at which the lines of a text begin, without the first.
pub(super) struct LineStarts(Vec<usize>);

impl LineStarts {
    pub(super) fn new(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at + 1).collect())
    }

    /// The line of an element, from 1.
    pub(super) fn of_node(&self, node: Node<'_, '_>) -> usize {
        let start = node.range().start;
        self.0.partition_point(|begin| *begin <= start) + 1
    }
}

/// Parses a document.
///
/// # Errors
/// When it is not well-formed.
pub(super) fn parse<'t>(text: &'t str, program: &str) -> Result<Document<'t>, Refusal> {
    // No entities but XML's own: a document type can hide anything.
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    Document::parse_with_options(text.trim_start(), options).map_err(|error| {
        let at = error.pos();
        let before = text.len() - text.trim_start().len();
        let row = at.row as usize + text[..before].matches('\n').count();
        let what = error.to_string();
        let what = what.rsplit_once(" at ").map_or(what.as_str(), |(what, _)| what);
        Refusal::new(
            format!("line {row}, column {}: this is no well-formed XML: {what}", at.col),
            format!("export the cards from {program} again"),
        )
    })
}

/// The name of the root of a document, found without parsing it.
pub(super) fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        let inside = rest.strip_prefix('<')?;
        let end = match inside {
            _ if inside.starts_with('?') => "?>",
            _ if inside.starts_with("!--") => "-->",
            _ if inside.starts_with('!') => ">",
            _ => return inside.split(|char: char| char.is_whitespace() || char == '>' || char == '/').next(),
        };
        rest = inside.split_once(end)?.1.trim_start();
    }
}

/// The children of an element of this name.
pub(super) fn named<'d>(node: Node<'d, 'd>, name: &'d str) -> impl Iterator<Item = Node<'d, 'd>> {
    node.children().filter(move |child| child.has_tag_name(name))
}

/// The text within an element.
pub(super) fn content(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(Node::is_text).filter_map(|text| text.text());
    texts.collect::<String>().trim().to_owned()
}
