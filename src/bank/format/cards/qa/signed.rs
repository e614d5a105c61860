//! Cards whose sides are signed: `Q:` / `A:`, `**Question:**` / `**Answer:**`, a heading `Question 3` and a line `Answer:`.

use super::line::{QaLine, holds_options, joined};
use super::sign::{SideSign, letters, sign, topic};
use super::{QaCard, QaReading};
use crate::bank::format::cards::hashcards::names_option;
use crate::bank::lines::label::bullet;
use crate::bank::lines::mark;

/// A card on its way: which lines each of its sides has.
#[derive(Default)]
struct OpenCard<'a> {
    pair: QaCard,
    heading: usize,
    front: Vec<QaLine<'a>>,
    back: Option<Vec<QaLine<'a>>>,
    explanation: Option<Vec<QaLine<'a>>>,
}

impl<'a> OpenCard<'a> {
    /// The side that the next line continues.
    fn last(&mut self) -> &mut Vec<QaLine<'a>> {
        self.explanation.as_mut().or(self.back.as_mut()).unwrap_or(&mut self.front)
    }
}

/// Reads a file whose lines sign both sides of nearly all cards.
pub(super) fn read_signed(lines: &[QaLine<'_>]) -> Option<QaReading> {
    let letters = letters(lines.iter().filter(|line| !line.code).map(|line| line.text));
    let mut reading = QaReading { layout: "cards with signed sides", ..QaReading::default() };
    let mut topic_now: Option<String> = None;
    let mut open: Option<OpenCard<'_>> = None;
    let mut astray = false;
    let (mut fronts, mut backs) = (0_usize, 0_usize);
    for line in lines {
        let found = Some(line.text).filter(|_| !line.code).and_then(|text| sign(text, letters));
        let level = line.heading().map(|(level, _)| level);
        match (found, &mut open) {
            (Some((SideSign::Front, rest)), _)
                if !rest.is_empty() || level.is_some() || mark::bold(line.text.trim()).is_some() =>
            {
                close(&mut reading, open.take(), &mut topic_now);
                fronts += 1;
                let pair = QaCard { line: line.number, topic: topic_now.clone(), ..QaCard::default() };
                let mut card = OpenCard { pair, heading: level.unwrap_or(0), ..OpenCard::default() };
                card.front.extend((!rest.is_empty()).then_some(QaLine { text: rest, ..*line }));
                open = Some(card);
            }
            (Some((SideSign::Back, rest)), Some(card)) => {
                backs += usize::from(card.back.is_none());
                let side = card.back.get_or_insert_default();
                side.extend((!rest.is_empty()).then_some(QaLine { text: rest, ..*line }));
            }
            (Some((SideSign::Explanation, rest)), Some(card)) if card.back.is_some() => {
                let side = card.explanation.get_or_insert_default();
                side.extend((!rest.is_empty()).then_some(QaLine { text: rest, ..*line }));
            }
            _ if line.is_rule() => {
                close(&mut reading, open.take(), &mut topic_now);
                astray = false;
                continue;
            }
            (_, card) => match (line.heading(), card) {
                (Some((level, _)), Some(card)) if card.heading > 0 && level > card.heading => card.last().push(*line),
                (Some((_, text)), _) => {
                    close(&mut reading, open.take(), &mut topic_now);
                    topic_now = Some(text.to_owned());
                }
                (None, _) if topic(line.text).is_some() => {
                    close(&mut reading, open.take(), &mut topic_now);
                    topic_now = topic(line.text).map(str::to_owned);
                }
                (None, Some(card)) => card.last().push(*line),
                (None, None) => {
                    if !line.is_blank() && !astray {
                        reading.stray.push(line.number);
                        astray = true;
                        continue;
                    }
                }
            },
        }
        astray &= !line.is_blank();
    }
    close(&mut reading, open, &mut topic_now);
    let whole = reading.whole();
    let chosen = |pair: &QaCard| names_option(&pair.front, &pair.back) || starts_options(&pair.back);
    let plain = !reading.pairs.iter().any(|pair| holds_options(&pair.front) || chosen(pair));
    // Fronts with a list each offer a choice.
    let items = |pair: &&QaCard| pair.front.lines().filter(|line| bullet(line.trim()).is_some()).count() > 1;
    let plain = plain && reading.pairs.iter().filter(items).count() * 4 <= whole;
    let few = whole > 1 || (whole == 1 && reading.stray.is_empty());
    (plain && few && whole * 10 >= fronts.max(backs) * 8 && reading.stray.len() <= whole).then_some(reading)
}

/// Whether a back begins with options: then the sign of the answer was the label of the first one.
fn starts_options(back: &str) -> bool {
    let head: Vec<&str> = back.lines().take(4).collect();
    let head = head.join("\n");
    ["", "A. ", "a. "].iter().any(|label| holds_options(&format!("{label}{head}")))
}

fn close(reading: &mut QaReading, open: Option<OpenCard<'_>>, topic: &mut Option<String>) {
    let Some(OpenCard { mut pair, front, back, explanation, .. }) = open else { return };
    let mut back = back.unwrap_or_default();
    // A line alone behind a blank one, above the next card, may be the title of what follows.
    let side = explanation.is_none().then_some(&mut back);
    if let Some(title) = side.and_then(title) {
        *topic = Some(title);
    }
    pair.front = mark::bold(&joined(&front)).map_or_else(|| joined(&front), str::to_owned);
    pair.back = joined(&back);
    pair.explanation = explanation.map(|lines| joined(&lines)).filter(|text| !text.is_empty());
    reading.pairs.push(pair);
}

/// Takes a title off the end of a back.
fn title(back: &mut Vec<QaLine<'_>>) -> Option<String> {
    let last = back.iter().rposition(|line| !line.is_blank())?;
    let line = back[last];
    let apart = last > 1 && back[last - 1].is_blank() && last + 1 < back.len();
    let text = line.text.trim();
    let short = text.chars().count() < 60 && text.split_whitespace().count() < 7;
    let words = [
        "lesson", "lektion", "unit", "chapter", "kapitel", "part", "section", "topic", "lección", "leçon", "тема",
        "урок",
    ];
    let named =
        words.iter().any(|word| text.to_lowercase().trim_start_matches(['=', '-', '*', '[', ' ']).starts_with(word));
    if line.code || !apart || !short || !named || text.ends_with(['.', '?', '!', ',']) {
        return None;
    }
    back.truncate(last);
    Some(text.trim_matches(['=', '-', '*', '_', '[', ']', ':', ' ']).to_owned())
}
