//! org-drill: headings with the tag `:drill:`. The text below the heading asks and its subheadings answer; or
//! `[text||hint]` is left out; or each subheading is a side that is asked from the others.

use super::{CardCollector, Deletions, Signs, card, cloze, reverse};
use crate::bank::collect::Collected;
use crate::bank::defect::Defect;
use crate::bank::format::FormatFit;
use crate::bank::source::Source;
use crate::bank::word_set::WordSet;
use crate::bank::{BankOption, BankQuestion};

/// Types that leave parts of the text out.
static CLOZES: WordSet = WordSet::new(
    "multicloze hide1cloze hide2cloze show1cloze show2cloze hide1_firstmore show1_lastmore show1_firstless hidefirst \
    hidelast",
);
/// The first heading with the tag occurs within this many bytes.
const HEAD: usize = 1 << 20;
/// A path of headings is no longer than this, in bytes.
const LONGEST_PATH: usize = 400;
/// What to do about a card of a type that is not read.
const KNOWN: &str = "known are simple, twosided, multisided and the types of clozes";
/// A card of several sides that has one.
const ONE_SIDE: Defect = Defect::NoBack("write each side below a subheading of its own");

/// A heading with the tag, and what belongs to it.
#[derive(Debug, Default)]
pub(super) struct OrgCard {
    pub(super) line: usize,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) topic: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) id: Option<String>,
    /// The type of card that its properties name, in lower case.
    pub(super) kind: String,
    /// Subheadings with their texts.
    pub(super) sides: Vec<(String, String)>,
}

impl OrgCard {
    /// A question with what its heading says of it; `more` explains it.
    pub(super) fn filed(&self, question: BankQuestion, more: &[&str]) -> BankQuestion {
        let explanation = Some(more.join("\n\n")).filter(|text| !text.is_empty());
        let (id, topic, tags) = (self.id.clone(), self.topic.clone(), self.tags.clone());
        BankQuestion { id, topic, tags, explanation, ..question }
    }
}

struct OpenHeading {
    level: usize,
    /// The titles down to it.
    path: String,
    /// The item that its text belongs to, and whether it is that item's own heading.
    item: Option<(usize, bool)>,
}

/// Whether a heading has the tag.
pub(in crate::bank) fn explains(source: &Source<'_>) -> Option<FormatFit> {
    tagged(source, "drill").then_some(FormatFit::Sure)
}

/// Whether a heading has this tag.
pub(super) fn tagged(source: &Source<'_>, tag: &str) -> bool {
    let has = |line: &str| heading(line).is_some_and(|(.., tags)| tags.contains(&tag));
    let head = &source.text[..source.text.floor_char_boundary(HEAD)];
    head.contains(&format!(":{tag}:")) && source.body().iter().any(|line| has(line))
}

/// The level, the title and the tags of a heading.
fn heading(line: &str) -> Option<(usize, &str, Vec<&str>)> {
    let level = line.bytes().take_while(|byte| *byte == b'*').count();
    let text = line[level..].strip_prefix(' ').filter(|_| level > 0)?.trim();
    let (title, tags) = match text.rsplit_once(char::is_whitespace) {
        Some((title, last)) if is_tags(last) => (title, last),
        None if is_tags(text) => ("", text),
        _ => (text, ""),
    };
    let mut title = title.trim();
    for word in ["TODO ", "DONE "] {
        title = title.strip_prefix(word).unwrap_or(title).trim_start();
    }
    Some((level, title, tags.split(':').filter(|tag| !tag.is_empty()).collect()))
}

fn is_tags(word: &str) -> bool {
    word.len() > 2 && word.starts_with(':') && word.ends_with(':') && !word.contains("::")
}

/// The headings with this tag, each with what belongs to it.
pub(super) fn items(lines: &[String], skip: usize, tag: &str) -> Vec<OrgCard> {
    let mut items: Vec<OrgCard> = Vec::new();
    let mut open: Vec<OpenHeading> = Vec::new();
    let mut drawer = false;
    for (number, line) in (1..).zip(lines).skip(skip) {
        if let Some((level, title, tags)) = heading(line) {
            drawer = false;
            while open.pop_if(|above| above.level >= level).is_some() {}
            let above = open.last();
            let filed = above.map_or("", |above| above.path.as_str());
            let item = if tags.contains(&tag) {
                let tags = tags.into_iter().filter(|own| *own != tag).map(str::to_owned).collect();
                let topic = Some(filed.to_owned()).filter(|path| !path.is_empty());
                items.push(OrgCard { line: number, title: title.to_owned(), topic, tags, ..OrgCard::default() });
                Some((items.len() - 1, true))
            } else {
                above.and_then(|above| above.item).map(|(item, own)| {
                    match items[item].sides.last_mut().filter(|_| !own) {
                        Some((_, text)) => text.extend(["\n", title, "\n"]),
                        None => items[item].sides.push((title.to_owned(), String::new())),
                    }
                    (item, false)
                })
            };
            let path = match filed {
                "" => title.to_owned(),
                _ if title.is_empty() || filed.len() + title.len() > LONGEST_PATH => filed.to_owned(),
                _ => format!("{filed}::{title}"),
            };
            open.push(OpenHeading { level, path, item });
            continue;
        }
        let Some((item, own)) = open.last().and_then(|above| above.item) else { continue };
        let text = line.trim();
        if drawer {
            drawer = !text.eq_ignore_ascii_case(":END:");
            if own {
                property(&mut items[item], text);
            }
        } else if is_drawer(text) {
            drawer = true;
        } else if !is_note(text) {
            let item = &mut items[item];
            let to = if own { Some(&mut item.body) } else { item.sides.last_mut().map(|(_, text)| text) };
            if let Some(to) = to {
                to.extend([line, "\n"]);
            }
        }
    }
    items
}

fn property(item: &mut OrgCard, text: &str) {
    let Some((key, value)) = text.strip_prefix(':').and_then(|rest| rest.split_once(':')) else { return };
    let value = value.trim();
    match key.to_ascii_uppercase().as_str() {
        "ID" if !value.is_empty() => item.id = Some(value.to_owned()),
        "DRILL_CARD_TYPE" | "FC_TYPE" => item.kind = value.trim_matches('"').to_ascii_lowercase(),
        _ => {}
    }
}

fn is_drawer(text: &str) -> bool {
    let name = text.strip_prefix(':').and_then(|rest| rest.strip_suffix(':')).unwrap_or_default();
    !name.is_empty()
        && !name.eq_ignore_ascii_case("END")
        && name.chars().all(|char| char.is_alphanumeric() || "-_".contains(char))
}

/// Dates and comments, which are no part of the text.
fn is_note(text: &str) -> bool {
    text == "#" || ["# ", "SCHEDULED:", "DEADLINE:", "CLOSED:"].iter().any(|begin| text.starts_with(begin))
}

pub(in crate::bank) fn read_org_drill(source: &Source<'_>) -> Collected {
    let mut cards = CardCollector::new(source.lines());
    for item in items(source.lines(), source.skip, "drill") {
        add_card(&mut cards, item);
    }
    cards.finish()
}

fn add_card(cards: &mut CardCollector<'_>, item: OrgCard) {
    let body = item.body.trim();
    let sides: Vec<&str> = item.sides.iter().map(|(title, text)| or(text.trim(), title)).collect();
    let filed = |question: BankQuestion, more: &[&str]| item.filed(question, more);
    if body.is_empty() && sides.is_empty() {
        // Skeletons are filled in later.
        return cards.collector.warn(item.line, &Defect::EmptyBack);
    }
    let deletions = Deletions::count_in(body, Signs::Org);
    match item.kind.as_str() {
        kind if CLOZES.contains(kind) => cards.cloze(filed(cloze(item.line, body), &sides), deletions),
        "twosided" | "multisided" if sides.len() < 2 => cards.reject(item.line, ONE_SIDE),
        "twosided" if body.is_empty() => cards.both_ways(filed(card(item.line, sides[0], sides[1]), &sides[2..])),
        "twosided" => both_ways(cards, body, &filed(card(item.line, sides[0], sides[1]), &sides[2..])),
        "multisided" => {
            for (place, side) in sides.iter().enumerate() {
                let others = [&sides[..place], &sides[place + 1..]].concat();
                let question = filed(card(item.line, &below(body, side), &others.join("\n\n")), &[]);
                let id =
                    question.id.as_ref().map(|id| if place == 0 { id.clone() } else { format!("{id}.{}", place + 1) });
                cards.card(BankQuestion { id, ..question });
            }
        }
        "" | "nil" | "simple" | "simpletyped" if deletions.count > 0 => {
            cards.cloze(filed(cloze(item.line, body), &sides), deletions);
        }
        "" | "nil" | "simple" | "simpletyped" => {
            let answer = item.sides.iter().position(|(title, _)| title.eq_ignore_ascii_case("answer")).unwrap_or(0);
            let more: Vec<&str> =
                sides.iter().enumerate().filter(|(at, _)| *at != answer).map(|(_, side)| *side).collect();
            match sides.get(answer) {
                Some(back) => cards.card(filed(card(item.line, or(body, &item.title), back), &more)),
                None => cards.card(filed(card(item.line, &item.title, body), &[])),
            }
        }
        kind => cards.reject(item.line, Defect::KindNotRead { name: kind.to_owned(), hint: KNOWN }),
    }
}

/// Both sides are asked below the text of the heading.
fn both_ways(cards: &mut CardCollector<'_>, body: &str, question: &BankQuestion) {
    let under = |question: BankQuestion| BankQuestion { stem: below(body, &question.stem), ..question };
    let back: Vec<BankOption> = question.options.clone();
    cards.card(under(BankQuestion { options: back, ..question.clone() }));
    cards.card(under(reverse(question)));
}

fn below(body: &str, side: &str) -> String {
    if body.is_empty() { side.to_owned() } else { format!("{body}\n\n{side}") }
}

fn or<'t>(text: &'t str, other: &'t str) -> &'t str {
    if text.is_empty() { other } else { text }
}
