//! Names and markup as QTI writes them, in all its versions.

use roxmltree::Node;

use crate::bank::xml::tag_end;

/// Whether an element has this name. Version 3 writes `qti-simple-choice` for the `simpleChoice` of version 2.
pub(super) fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && same(node.tag_name().name(), name)
}

/// Whether an element has one of these names.
pub(super) fn is_any(node: Node<'_, '_>, names: &[&str]) -> bool {
    names.iter().any(|name| is(node, name))
}

fn same(found: &str, name: &str) -> bool {
    let letters = found.strip_prefix("qti-").unwrap_or(found).bytes().filter(|byte| *byte != b'-');
    letters.map(|byte| byte.to_ascii_lowercase()).eq(name.bytes().map(|byte| byte.to_ascii_lowercase()))
}

/// The value of an attribute: `responseIdentifier` is `response-identifier` in version 3.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| same(attribute.name(), name)).map(|attribute| attribute.value().trim())
}

/// The elements of this name within an element, in their order.
pub(super) fn within<'a, 'i>(node: Node<'a, 'i>, name: &str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.descendants().skip(1).filter(move |inner| is(*inner, name))
}

/// What becomes of an element in the text around it.
pub(super) enum Keep {
    /// It stays, and so does what is in it as far as it is kept.
    Whole,
    /// What is in it stays.
    Inside,
    /// Something else takes its place.
    Instead(String),
}

/// The markup within an element as the source writes it, except for what `keep` replaces.
pub(super) fn inner(node: Node<'_, '_>, source: &str, keep: &dyn Fn(Node<'_, '_>) -> Keep) -> String {
    let mut markup = String::new();
    write(node, source, keep, &mut markup);
    tidy(&markup)
}

fn write(parent: Node<'_, '_>, source: &str, keep: &dyn Fn(Node<'_, '_>) -> Keep, markup: &mut String) {
    for node in parent.children() {
        let written = &source[node.range()];
        if let Some(text) = node.text().filter(|_| node.is_text()) {
            // CDATA and entities of XML are written as HTML would.
            if written.contains("<![CDATA[") {
                *markup += &escaped(text);
            } else {
                *markup += written;
            }
            continue;
        }
        if !node.is_element() {
            continue;
        }
        match keep(node) {
            Keep::Instead(other) => *markup += &other,
            Keep::Inside => write(node, source, keep, markup),
            Keep::Whole => {
                let tag = &written[..tag_end(written).unwrap_or(written.len())];
                *markup += tag;
                if node.has_children() {
                    write(node, source, keep, markup);
                }
                if !tag.ends_with("/>") {
                    *markup += written.rfind("</").map_or("", |close| &written[close..]);
                }
            }
        }
    }
}

/// Plain text escaped for HTML.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The markup with its white space collapsed, unless HTML keeps it.
pub(super) fn tidy(markup: &str) -> String {
    if markup.contains("<pre") {
        return markup.trim().to_owned();
    }
    let mut tidy = String::with_capacity(markup.len());
    for char in markup.trim().chars() {
        match char {
            ' ' | '\t' | '\n' | '\r' if tidy.ends_with(' ') => {}
            ' ' | '\t' | '\n' | '\r' => tidy.push(' '),
            _ => tidy.push(char),
        }
    }
    tidy
}

/// Whether HTML would read a plain text as something else.
pub(super) fn looks_like_markup(text: &str) -> bool {
    let after = |sign: char| text.split(sign).skip(1);
    after('<').any(|rest| rest.starts_with(|char: char| char.is_ascii_alphabetic() || matches!(char, '/' | '!')))
        || after('&').any(|rest| {
            let name = rest.find(|char: char| !char.is_ascii_alphanumeric() && char != '#').unwrap_or(rest.len());
            name > 0 && rest[name..].starts_with(';')
        })
}

/// The text without elements, for comparison.
pub(super) fn bare(markup: &str) -> String {
    let mut bare = String::new();
    for (place, piece) in markup.split('<').enumerate() {
        bare += if place == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) };
    }
    bare.trim().to_owned()
}
