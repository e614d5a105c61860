//! Cards in text as people write them: `Q:` and `A:`, a heading and its paragraph, a question and `- its answer`, a
//! front and a back with a blank line between them, `dog = Hund`. The lines of the whole file decide which of these it
//! is; prose is none of them.

mod folded;
mod headed;
mod line;
mod listed;
mod paragraphs;
mod prose;
mod sided;
mod sign;
mod signed;

use super::{CardCollector, NO_BACK, card, hashcards};
use crate::bank::collect::Collected;
use crate::bank::defect::Defect;
use crate::bank::format::{FormatFit, aiken, gift, markdown, signs, text2qti};
use crate::bank::lines::key::announces_options;
use crate::bank::source::Source;
use crate::bank::{BankQuestion, Decision};
use crate::model::Markup;
use line::{QaLine, lines};

#[derive(Clone, Debug, Default, PartialEq)]
struct QaCard {
    line: usize,
    topic: Option<String>,
    front: String,
    back: String,
    explanation: Option<String>,
}

/// What a file is under one layout.
#[derive(Debug, Default)]
struct QaReading {
    /// The layout, in a few words.
    layout: &'static str,
    pairs: Vec<QaCard>,
    /// The first lines of what belongs to no card.
    stray: Vec<usize>,
}

impl QaReading {
    /// The cards that have both sides.
    fn whole(&self) -> usize {
        self.pairs.iter().filter(|pair| !pair.front.is_empty() && !pair.back.is_empty()).count()
    }
}

/// A layout: its cards, if the whole file is written in it.
type QaLayout = fn(&[QaLine<'_>]) -> Option<QaReading>;

/// The layouts, those with the plainest signs first.
const LAYOUTS: [QaLayout; 6] = [
    signed::read_signed,
    folded::read_folded,
    headed::read_headed,
    listed::read_listed,
    paragraphs::read_paragraphs,
    sided::read_sided,
];

/// Whether the text consists of cards.
pub(in crate::bank) fn explains(source: &Source<'_>) -> Option<FormatFit> {
    let body = source.body();
    let others = [signs::explains, markdown::explains, aiken::explains, gift::explains, text2qti::explains];
    // What repeats one of several options is no side of a card.
    if source.tidy().keyed_below
        || hashcards::explains(source).is_some()
        || others.iter().any(|explains| explains(body))
    {
        return None;
    }
    found(source.lines(), source.skip).map(|_| FormatFit::Likely)
}

fn found(all: &[String], skip: usize) -> Option<QaReading> {
    let lines = lines(all, skip);
    // Announced options, or answers in boxes, mean that questions have more than two sides.
    let boxed = |text: &str| text.starts_with("??? ") || text.starts_with("!!! ") || text.starts_with("???+ ");
    if lines.iter().any(|line| !line.code && (announces_options(line.text) || boxed(line.text.trim_start()))) {
        return None;
    }
    LAYOUTS.iter().find_map(|layout| layout(&lines))
}

pub(in crate::bank) fn read_qa(source: &Source<'_>) -> Collected {
    let mut cards = CardCollector::new(source.lines());
    let Some(reading) = found(source.lines(), source.skip) else { return cards.finish() };
    let texts = || reading.pairs.iter().flat_map(|pair| [pair.front.as_str(), pair.back.as_str()]);
    let marked = texts().any(|text| ["**", "```", "`", "](", "- [", "| "].iter().any(|sign| text.contains(sign)));
    let markup = if marked { Markup::Markdown } else { Markup::Plain };
    let evidence = Decision::new("format", reading.layout).because(
        match (reading.whole(), reading.stray.len()) {
            (cards, 0) => format!("cards with both sides: {cards}"),
            (cards, other) => format!("cards with both sides: {cards}; lines of something else: {other}"),
        },
        reading.pairs.iter().map(|pair| pair.line),
    );
    reading.stray.iter().for_each(|line| cards.stray(*line));
    for QaCard { line, topic, front, back, explanation } in reading.pairs {
        match (front.is_empty(), back.is_empty()) {
            (true, _) => cards.reject(line, Defect::NoFront),
            (_, true) => cards.reject(line, NO_BACK),
            _ => cards.card(BankQuestion { topic, explanation, markup, ..card(line, &front, &back) }),
        }
    }
    let mut read = cards.finish();
    read.problems.sort_by_key(|problem| problem.line);
    read.evidence.push(evidence);
    read
}

#[cfg(test)]
mod tests;
