//! Types with gaps such as `[[1]]` in the text, filled from lists: `gapselect` and `ddwtos`. They become gaps of a
//! cloze, which contain their options.

use roxmltree::Node;

use super::{content, text};
use crate::bank::defect::Defect;
use crate::bank::xml::child;

/// A choice for gaps, and the group of gaps that it is offered to.
struct Offer {
    text: String,
    group: String,
}

/// The text of a question with its gaps written out: `[[1]]` becomes `{1:MULTICHOICE:=right~wrong}`.
pub(super) fn stem(stem: &str, node: Node<'_, '_>) -> Result<String, Defect> {
    let offers: Vec<Offer> = node
        .children()
        .filter(|inner| inner.has_tag_name("selectoption") || inner.has_tag_name("dragbox"))
        .map(|offer| Offer { text: text(offer), group: child(offer, "group").map(content).unwrap_or_default() })
        .collect();
    let (mut written, mut rest, mut gaps) = (String::with_capacity(stem.len()), stem, 0);
    while let Some((before, after)) = rest.split_once("[[") {
        written.push_str(before);
        let gap =
            after.split_once("]]").and_then(|(number, after)| Some((number.trim().parse::<usize>().ok()?, after)));
        let Some((number, after)) = gap else {
            written.push_str("[[");
            rest = after;
            continue;
        };
        let right = number.checked_sub(1).and_then(|place| offers.get(place)).ok_or(Defect::GapWithoutAnswer)?;
        written.push_str(&gap_of(right, &offers));
        gaps += 1;
        rest = after;
    }
    written.push_str(rest);
    if gaps == 0 { Err(Defect::NoNamedGaps) } else { Ok(written) }
}

/// A gap that is filled from all choices of the group of the right one.
fn gap_of(right: &Offer, offers: &[Offer]) -> String {
    let mut offered: Vec<&str> = Vec::new();
    let mut gap = String::from("{1:MULTICHOICE:");
    for offer in offers.iter().filter(|offer| offer.group == right.group) {
        if offered.contains(&offer.text.as_str()) {
            continue;
        }
        gap.push_str(if offered.is_empty() { "" } else { "~" });
        gap.push_str(if offer.text == right.text { "=" } else { "" });
        gap.push_str(&escaped(&offer.text));
        offered.push(&offer.text);
    }
    gap + "}"
}

/// Text within a gap, with a backslash before its signs.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        if matches!(char, '}' | '~' | '#') {
            escaped.push('\\');
        }
        escaped.push(char);
    }
    // A sign at the beginning would say that the choice is right, or what it is worth.
    match escaped.strip_prefix(['=', '%']) {
        Some(rest) if escaped.starts_with('=') => format!("&#61;{rest}"),
        Some(rest) => format!("&#37;{rest}"),
        None => escaped,
    }
}
