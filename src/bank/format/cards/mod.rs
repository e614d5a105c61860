//! Flashcards: a front and a back, or a text with deletions. The back of a card is its one option; the deletions of a cloze stay
//! in its text, in the signs of its format.

pub(in crate::bank) mod anki;
pub(in crate::bank) mod hashcards;
pub(in crate::bank) mod mnemosyne;
pub(in crate::bank) mod obsidian;
pub(in crate::bank) mod org;
pub(in crate::bank) mod org_fc;
pub(in crate::bank) mod qa;
pub(in crate::bank) mod supermemo;
mod tabbed;
pub(in crate::bank) mod table;

#[cfg(test)]
mod tests;

use roxmltree::Node;

use crate::bank::both_ways::reverse;
use crate::bank::collect::{Collected, Collector};
use crate::bank::defect::Defect;
use crate::bank::{BankOption, BankQuestion};
use crate::model::cloze::{Deletions, Signs};
use crate::model::{KeyOrigin, Kind, Markup};

/// A card that shows `front` and asks for `back`.
fn card(line: usize, front: &str, back: &str) -> BankQuestion {
    let back = BankOption::new(back.trim(), true);
    let stem = front.trim().to_owned();
    BankQuestion {
        line,
        kind: Kind::Card,
        stem,
        options: vec![back],
        key: KeyOrigin::Marked,
        ..BankQuestion::default()
    }
}

/// A text with deletions.
fn cloze(line: usize, text: &str) -> BankQuestion {
    let stem = text.trim().to_owned();
    BankQuestion { line, kind: Kind::Cloze, stem, key: KeyOrigin::Marked, ..BankQuestion::default() }
}

/// Collects cards, and reports those that lack a side or a deletion.
struct CardCollector<'a> {
    collector: Collector<'a>,
    deck: Option<String>,
}

/// A card without a back, and what to do about it.
const NO_BACK: Defect = Defect::NoBack("write its back");

impl<'a> CardCollector<'a> {
    fn new(lines: &'a [String]) -> Self {
        Self { collector: Collector::new(lines), deck: None }
    }

    /// Takes a card. One with an empty back is kept: its bank may mean to fill it in.
    fn card(&mut self, question: BankQuestion) {
        if question.stem.is_empty() {
            return self.reject(question.line, Defect::NoFront);
        }
        if question.options.iter().all(|back| back.text.is_empty()) {
            self.collector.warn(question.line, &Defect::EmptyBack);
        }
        self.collector.add(question.line, Ok(question));
    }

    /// Takes a card, and the one that asks the other way round.
    fn both_ways(&mut self, question: BankQuestion) {
        let reverse = reverse(&question);
        let whole = !question.stem.is_empty();
        self.card(question);
        if whole {
            self.card(reverse);
        }
    }

    /// Takes a text with these deletions.
    fn cloze(&mut self, question: BankQuestion, deletions: Deletions) {
        match deletions {
            Deletions { count: 0, broken: false } => return self.reject(question.line, Defect::NoDeletions),
            Deletions { count: 0, broken: true } => return self.reject(question.line, Defect::BrokenDeletion),
            Deletions { broken: true, .. } => self.collector.warn(question.line, &Defect::BrokenDeletion),
            Deletions { .. } => {}
        }
        self.collector.add(question.line, Ok(question));
    }

    fn reject(&mut self, line: usize, why: Defect) {
        self.collector.add(line, Err(why));
    }

    /// Tells of a line that belongs to no card.
    fn stray(&mut self, line: usize) {
        self.collector.warn(line, &Defect::StrayText);
    }

    fn finish(self) -> Collected {
        Collected { deck: self.deck, ..self.collector.finish() }
    }
}

/// The children of an element of this name.
fn named<'a, 'i>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.has_tag_name(name))
}

/// Which side of a card a field holds, by its name.
fn side(name: &str) -> Option<CardSide> {
    let name = name.trim().to_lowercase();
    let is = |names: &str| names.split(' ').any(|known| known == name && !name.is_empty());
    match () {
        () if is(FRONTS) => Some(CardSide::Front),
        () if is(BACKS) => Some(CardSide::Back),
        () => None,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CardSide {
    Front,
    Back,
}

/// Names of the front and of the back in several languages, without those that other fields have as well.
const FRONTS: &str = "front question term vorderseite frage begriff recto anverso pregunta fronte domanda frente pergunta \
                      вопрос 正面";
const BACKS: &str =
    "back answer definition rückseite antwort verso réponse reverso respuesta retro risposta resposta ответ 背面";

/// The markup of texts whose format does not name it: HTML if one of them has an element or an entity.
fn markup<'t>(texts: impl IntoIterator<Item = &'t str>) -> Markup {
    if texts.into_iter().any(is_html) { Markup::Html } else { Markup::Plain }
}

fn is_html(text: &str) -> bool {
    let last = text.rfind('>').unwrap_or(0);
    let element = |(at, _): (usize, &str)| {
        let name = text[at + 1..].trim_start_matches('/');
        at < last && name.starts_with(|char: char| char.is_ascii_alphabetic())
    };
    let entity = |rest: &str| {
        let name = rest.bytes().take(32).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
        name >= 2 && rest[name..].starts_with(';')
    };
    text.match_indices('<').any(element) || text.split('&').skip(1).any(entity)
}

/// The text with `&#33267;` and `&#x81f3;` as the characters that they are; other entities are the text's own.
fn characters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split("&#");
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.bytes().take(9).position(|byte| byte == b';');
        let found = end.and_then(|end| {
            let number = &part[..end];
            let value = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            Some((char::from_u32(value).filter(|char| !char.is_control())?, &part[end + 1..]))
        });
        match found {
            Some((char, rest)) => {
                out.push(char);
                out.push_str(rest);
            }
            None => {
                out.push_str("&#");
                out.push_str(part);
            }
        }
    }
    out
}
