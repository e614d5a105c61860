//! Mnemosyne: the XML of its first version (`<mnemosyne>`), `cards.xml` of its second (`<openSM2sync>`), and lines with tabs.

use std::collections::{HashMap, HashSet};

use roxmltree::Node;

use super::tabbed::{self, TabbedStyle};
use super::{CardCollector, Deletions, Signs, card, cloze, markup, named};
use crate::bank::collect::Collected;
use crate::bank::defect::Defect;
use crate::bank::format::FormatFit;
use crate::bank::source::Source;
use crate::bank::xml::{Xml, content, root_name};
use crate::bank::{BankQuestion, Refusal};

/// What Mnemosyne calls cards that are filed nowhere.
const UNFILED: [&str; 2] = ["<default>", "__UNTAGGED__"];

pub(in crate::bank) fn explains(source: &Source<'_>) -> Option<FormatFit> {
    matches!(root_name(&source.text), Some("mnemosyne" | "openSM2sync")).then_some(FormatFit::Sure)
}

/// Reads the file. Fails when it is XML and not well-formed.
pub(in crate::bank) fn read_mnemosyne(source: &Source<'_>) -> Result<Collected, Refusal> {
    if !source.text.trim_start().starts_with('<') {
        return Ok(tabbed::read_tabbed(source, TabbedStyle::Mnemosyne));
    }
    let xml = Xml::open(&source.text, "export the cards from Mnemosyne again")?;
    let mut cards = CardCollector::new(source.lines());
    if xml.document.root_element().has_tag_name("openSM2sync") {
        Log::from_xml(&xml).cards(&mut cards);
    } else {
        items(&mut cards, &xml);
    }
    Ok(cards.finish())
}

/// `<item>`s with `<Q>` and `<A>`; their category is their topic.
fn items(cards: &mut CardCollector<'_>, xml: &Xml<'_>) {
    for node in named(xml.document.root_element(), "item") {
        let text = |name| named(node, name).next().map(content).unwrap_or_default();
        let (front, back) = (text("Q"), text("A"));
        let category = Some(text("cat")).filter(|name| !name.is_empty());
        cards.card(BankQuestion {
            id: node.attribute("id").map(str::to_owned),
            topic: category.clone().filter(|name| !UNFILED.contains(&name.as_str())),
            category,
            markup: markup([front.as_str(), back.as_str()]),
            ..card(xml.line(node), &front, &back)
        });
    }
}

/// Types of entries of the log that say what there is.
const CARD: &str = "6";
const TAG: &str = "10";
const FACT: &str = "16";
const VIEW: &str = "19";

/// The sides of Mnemosyne's own card types: which parts of a fact a view shows and asks for.
const VIEWS: [(&str, &[&str], &[&str]); 8] = [
    ("1.1", &["f"], &["b"]),
    ("2.1", &["f"], &["b"]),
    ("2.2", &["b"], &["f"]),
    ("3.1", &["f"], &["p_1", "m_1", "n"]),
    ("3.2", &["m_1"], &["f", "p_1", "n"]),
    ("4.1", &["marked"], &["loc"]),
    ("4.2", &["loc", "blank"], &["marked"]),
    ("6.1", &["f"], &["p_1", "m_1", "n"]),
];

type MnemosyneFact = Vec<(String, String)>;

/// The entries of `cards.xml`.
struct Log<'d> {
    xml: &'d Xml<'d>,
    cards: Vec<Node<'d, 'd>>,
    tags: HashMap<&'d str, String>,
    /// Each with its line.
    facts: HashMap<&'d str, (usize, MnemosyneFact)>,
    views: HashMap<&'d str, [Vec<String>; 2]>,
}

impl<'d> Log<'d> {
    fn from_xml(xml: &'d Xml<'d>) -> Self {
        let mut log =
            Self { xml, cards: Vec::new(), tags: HashMap::new(), facts: HashMap::new(), views: HashMap::new() };
        for (id, keys, asked) in VIEWS {
            let list = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect();
            log.views.insert(id, [list(keys), list(asked)]);
        }
        for node in xml.document.root_element().children().filter(|node| node.has_tag_name("log")) {
            let id = node.attribute("o_id").unwrap_or_default();
            let text =
                |name: &str| node.children().find(|child| child.has_tag_name(name)).map(content).unwrap_or_default();
            match node.attribute("type") {
                Some(CARD) => log.cards.push(node),
                Some(TAG) => {
                    log.tags.insert(id, text("name"));
                }
                Some(FACT) => {
                    let parts = node.children().filter(Node::is_element);
                    // A name may not begin with a digit in XML, so that the log sets these signs before it.
                    let name = |part: Node<'_, '_>| part.tag_name().name().trim_start_matches("___").to_owned();
                    let fact = parts.map(|part| (name(part), content(part))).collect();
                    log.facts.insert(id, (xml.line(node), fact));
                }
                Some(VIEW) => {
                    log.views.insert(id, [keys(&text("q_fact_keys")), keys(&text("a_fact_keys"))]);
                }
                _ => {}
            }
        }
        log
    }

    fn cards(&self, cards: &mut CardCollector<'_>) {
        let mut clozes: HashSet<&str> = HashSet::new();
        for node in &self.cards {
            let of = |name: &str| node.attribute(name).unwrap_or_default();
            let fact_id = of("fact");
            let Some((line, fact)) = self.facts.get(fact_id) else {
                cards.reject(self.xml.line(*node), Defect::NoFact);
                continue;
            };
            let tags: Vec<String> = of("tags").split(',').filter_map(|tag| self.tags.get(tag)).cloned().collect();
            let tags: Vec<String> = tags.into_iter().filter(|tag| !UNFILED.contains(&tag.as_str())).collect();
            let part = |key: &str| fact.iter().find(|(name, _)| name == key).map(|(_, text)| text.as_str());
            let kept = BankQuestion {
                topic: tags.first().cloned(),
                markup: markup(fact.iter().map(|(_, text)| text.as_str())),
                tags,
                ..BankQuestion::default()
            };
            let sentence = part("f").filter(|_| of("fact_v").starts_with("6.2"));
            let text = sentence.or_else(|| part("text").filter(|_| part("f").is_none()));
            if let Some(text) = text {
                // Each deletion is a card of the log; here they are one question.
                if clozes.insert(fact_id) {
                    let of_text = cloze(*line, text);
                    let question = BankQuestion { id: Some(fact_id.to_owned()), ..filed(of_text, &kept) };
                    cards.cloze(question, Deletions::count_in(text, Signs::Brackets));
                }
                continue;
            }
            let (front, back) = match self.views.get(of("fact_v")) {
                Some([shown, asked]) => {
                    let side = |keys: &[String]| keys.iter().filter_map(|key| part(key)).collect::<Vec<_>>().join("\n");
                    (side(shown), side(asked))
                }
                None => {
                    let others = fact.iter().filter(|(name, _)| name != "f").map(|(_, text)| text.as_str());
                    (part("f").unwrap_or_default().to_owned(), others.collect::<Vec<_>>().join("\n"))
                }
            };
            let of_sides = card(*line, &front, &back);
            let id = Some(of("o_id").to_owned()).filter(|id| !id.is_empty());
            cards.card(BankQuestion { id, ..filed(of_sides, &kept) });
        }
    }
}

fn filed(question: BankQuestion, kept: &BankQuestion) -> BankQuestion {
    BankQuestion { topic: kept.topic.clone(), tags: kept.tags.clone(), markup: kept.markup, ..question }
}

/// The names in a list such as `['f', 'p_1']`.
fn keys(list: &str) -> Vec<String> {
    list.split(['\'', '"']).skip(1).step_by(2).map(str::to_owned).collect()
}
