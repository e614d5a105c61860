//! XML as data: elements are objects, those that repeat are lists.

use roxmltree::Node;
use serde_json::{Map, Value};

use crate::bank::Refusal;
use crate::bank::xml::Xml;

/// Elements of a text that is set, not of data.
const SET: [&str; 19] = [
    "b", "i", "u", "em", "strong", "sub", "sup", "br", "code", "span", "p", "tt", "a", "img", "math", "pre", "small",
    "mark", "kbd",
];
/// The first elements of pages, which are no data.
const PAGE: [&str; 14] =
    ["html", "body", "div", "p", "ul", "ol", "table", "section", "article", "main", "span", "h1", "h2", "svg"];

/// Whether a text is XML: it declares so, or it is one element that no page begins with.
pub(super) fn explains(text: &str) -> bool {
    let start = text.trim_start_matches(|char: char| char.is_whitespace() || char == '\u{feff}');
    let Some(rest) = start.strip_prefix('<') else { return false };
    let name: String = rest.chars().take_while(|char| char.is_alphanumeric() || "-_".contains(*char)).collect();
    let page = PAGE.contains(&name.to_lowercase().as_str());
    let element = || !name.is_empty() && !page && start.trim_end().ends_with('>') && start.contains("</");
    match () {
        () if start.starts_with("<?xml") => Xml::open(text, "")
            .map_or(true, |xml| !PAGE.contains(&xml.document.root_element().tag_name().name().to_lowercase().as_str())),
        () => element() && Xml::open(text, "").is_ok(),
    }
}

pub(super) fn value(text: &str) -> Result<Value, Refusal> {
    let xml = Xml::open(text, "correct it there; nothing is imported from data that cannot be read whole")?;
    Ok(element(xml.document.root_element()))
}

/// An element as a value. A document is at most as deep as `Xml` allows.
fn element(node: Node<'_, '_>) -> Value {
    let texts = || node.descendants().filter_map(|inner| inner.text().filter(|_| inner.is_text()));
    let own = || node.children().filter(Node::is_text).filter_map(|text| text.text());
    let mut inner = node.children().filter(Node::is_element).peekable();
    let set = inner.peek().is_some()
        && node.children().filter(Node::is_element).all(|one| SET.contains(&one.tag_name().name()));
    if (inner.peek().is_none() || set) && node.attributes().len() == 0 {
        return Value::String(texts().collect::<String>().trim().to_owned());
    }
    let mut fields = Map::new();
    for attribute in node.attributes() {
        fields.insert(attribute.name().to_owned(), Value::String(attribute.value().to_owned()));
    }
    let text = if set { texts().collect::<String>() } else { own().collect() };
    if !text.trim().is_empty() {
        fields.insert("text".to_owned(), Value::String(text.trim().to_owned()));
    }
    if set {
        return Value::Object(fields);
    }
    let names: Vec<&str> = node.children().filter(Node::is_element).map(|one| one.tag_name().name()).collect();
    // `<options><option>…</option><option>…</option></options>`
    let alike = names.len() > 1 && names.iter().all(|name| *name == names[0]);
    if alike && fields.is_empty() {
        return Value::Array(inner.map(element).collect());
    }
    for one in inner {
        let (name, value) = (one.tag_name().name(), element(one));
        match fields.get_mut(name) {
            Some(Value::Array(items)) if names.iter().filter(|other| **other == name).take(2).count() > 1 => {
                items.push(value);
            }
            Some(first) => *first = Value::Array(vec![first.take(), value]),
            None => {
                fields.insert(name.to_owned(), value);
            }
        }
    }
    Value::Object(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_objects_and_lists() {
        let read = value(
            "<?xml version=\"1.0\"?>\n<quiz><question id=\"1\"><text>What is <b>it</b>?</text><options><option correct=\"yes\">x</option><option>y</option></options></question><question id=\"2\"><note/></question></quiz>",
        );
        let wanted = serde_json::json!([
            {"id": "1", "text": "What is it?", "options": [{"correct": "yes", "text": "x"}, "y"]},
            {"id": "2", "note": ""},
        ]);
        assert_eq!(read.ok(), Some(wanted));
        assert!(explains("<stock><item>x</item></stock>"));
        assert!(
            !explains("<p>What?</p>")
                && !explains("<question> Which?\n<variant> a")
                && !explains("<html><body/></html>")
        );
    }
}
