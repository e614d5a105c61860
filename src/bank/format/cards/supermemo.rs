//! SuperMemo: its texts of `Q:` and `A:` lines, its XML, and the XML that its cards from handhelds are converted to.

use std::collections::HashMap;

use roxmltree::{Node, NodeId};

use super::{CardCollector, NO_BACK, card, characters, markup, named};
use crate::bank::collect::Collected;
use crate::bank::defect::Defect;
use crate::bank::format::FormatFit;
use crate::bank::source::Source;
use crate::bank::xml::{Xml, content, root_name};
use crate::bank::{BankQuestion, Refusal};

/// A path of titles is no longer than this, in bytes.
const LONGEST_PATH: usize = 400;

pub(in crate::bank) fn explains(source: &Source<'_>) -> Option<FormatFit> {
    let xml = matches!(root_name(&source.text), Some("SuperMemoCollection" | "smconv_pl"));
    let sides = ["Q:", "A:", "I:", "O:"].iter().any(|sign| source.text.trim_start().starts_with(sign));
    (xml || (sides && is_text(source.lines()))).then_some(FormatFit::Sure)
}

/// Whether all lines are questions, answers and SuperMemo's notes, and its authorship shows: in a note, or in a side of
/// several lines.
pub(super) fn is_text(lines: &[String]) -> bool {
    let mut own = false;
    let mut above = ' ';
    for line in lines {
        let sign = match line.split_at_checked(2) {
            Some(("Q:" | "A:" | "I:" | "O:", _)) => line.chars().next().unwrap_or_default(),
            _ if line.trim().is_empty() => ' ',
            _ => return false,
        };
        let noted = sign == 'I' && line.contains("REP=");
        own |= noted || (sign == above && "QA".contains(sign));
        above = sign;
    }
    own
}

/// Reads the file. Fails when it is XML and not well-formed.
pub(in crate::bank) fn read_supermemo(source: &Source<'_>) -> Result<Collected, Refusal> {
    let mut cards = CardCollector::new(source.lines());
    if !source.text.trim_start().starts_with('<') {
        lines(&mut cards, source.lines(), source.skip);
        return Ok(cards.finish());
    }
    let xml = Xml::open(&source.text, "export the cards from SuperMemo again")?;
    if xml.document.root_element().has_tag_name("smconv_pl") {
        converted(&mut cards, &xml);
    } else {
        collection(&mut cards, &xml);
    }
    Ok(cards.finish())
}

/// `Q:` and `A:` lines; each side may have several, and a blank line ends the card.
fn lines(cards: &mut CardCollector<'_>, lines: &[String], skip: usize) {
    let mut open: Option<(usize, String, Option<String>)> = None;
    for (number, line) in (1..).zip(lines).skip(skip) {
        let (sign, text) = line.split_at_checked(2).unwrap_or((line, ""));
        let text = characters(text.trim());
        match (sign, &mut open) {
            ("Q:", Some((_, side, None))) | ("A:", Some((_, _, Some(side)))) => {
                side.extend(["\n", &text]);
            }
            ("Q:", _) => {
                close(cards, open.take());
                open = Some((number, text, None));
            }
            ("A:", Some((_, _, back))) => *back = Some(text),
            ("A:", None) => cards.reject(number, Defect::NoFrontAbove),
            ("I:" | "O:", _) => {}
            _ if line.trim().is_empty() => close(cards, open.take()),
            _ => cards.stray(number),
        }
    }
    close(cards, open);
}

fn close(cards: &mut CardCollector<'_>, open: Option<(usize, String, Option<String>)>) {
    match open {
        Some((line, front, Some(back))) => {
            let markup = markup([front.as_str(), back.as_str()]);
            cards.card(BankQuestion { markup, ..card(line, &front, &back) });
        }
        Some((line, _, None)) => cards.reject(line, NO_BACK),
        None => {}
    }
}

/// `<card>` with its fields, below `<cards>`; the category is its topic, and the header names the deck.
fn converted(cards: &mut CardCollector<'_>, xml: &Xml<'_>) {
    for node in xml.document.descendants().filter(|node| node.has_tag_name("card")) {
        let fields: Vec<Node<'_, '_>> =
            named(node, "card_fields").flat_map(|fields| named(fields, "card_field")).collect();
        let field = |index: &str| {
            fields
                .iter()
                .find(|field| field.attribute("idx") == Some(index))
                .map(|field| content(*field))
                .unwrap_or_default()
        };
        let (front, back) = (field("1"), field("2"));
        let category = node.attribute("category").map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned);
        // Cards that were never filed are in a category of this name.
        let topic = category.clone().filter(|name| name != "Unfiled");
        let markup = markup([front.as_str(), back.as_str()]);
        cards.card(BankQuestion { topic, category, markup, ..card(xml.line(node), &front, &back) });
    }
    let header = xml.document.descendants().find(|node| node.has_tag_name("header"));
    cards.deck = header.and_then(|header| header.attribute("name")).map(|name| name.trim().to_owned());
    cards.deck = cards.deck.take().filter(|name| !name.is_empty());
}

/// `<SuperMemoElement>`s within each other: items are cards, topics without an answer are what they are filed under.
fn collection(cards: &mut CardCollector<'_>, xml: &Xml<'_>) {
    let mut paths: HashMap<NodeId, String> = HashMap::new();
    for node in xml.document.descendants().filter(|node| node.has_tag_name("SuperMemoElement")) {
        let (mut id, mut title, mut front, mut back) = (None, String::new(), String::new(), String::new());
        let mut topic = false;
        for child in node.children() {
            match child.tag_name().name() {
                "ID" => id = Some(content(child)).filter(|id| !id.is_empty()),
                "Title" => title = content(child),
                "Type" => topic |= content(child) == "Topic",
                "Content" => {
                    front = named(child, "Question").map(content).collect();
                    back = named(child, "Answer").map(content).collect();
                }
                _ => {}
            }
        }
        let above = node.parent().and_then(|parent| paths.get(&parent.id())).cloned().unwrap_or_default();
        if !(front.is_empty() && back.is_empty() || topic && back.is_empty()) {
            let filed = Some(above.clone()).filter(|path| !path.is_empty());
            let markup = markup([front.as_str(), back.as_str()]);
            let question = card(xml.line(node), &front, &back);
            cards.card(BankQuestion { id, topic: filed, markup, ..question });
        }
        let path = match (above.is_empty(), title.is_empty()) {
            (true, _) => title,
            (false, false) if above.len() + title.len() < LONGEST_PATH => format!("{above}::{title}"),
            _ => above,
        };
        paths.insert(node.id(), path);
    }
}
