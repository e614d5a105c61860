//! Cards of two paragraphs, or of two lines: front, blank line, back, and more blank lines between cards; or every other paragraph
//! asks.

use super::line::{QaLine, asks, holds_options, joined};
use super::prose::are_terms;
use super::{QaCard, QaReading};
use crate::bank::lines::label::question_number;
use crate::bank::lines::mark;

/// A paragraph: its lines, and the number of blank lines above it.
struct QaParagraph<'a, 't> {
    lines: &'t [QaLine<'a>],
    blanks: usize,
}

/// Reads a file whose paragraphs, or whose lines, come in twos.
pub(super) fn read_paragraphs(lines: &[QaLine<'_>]) -> Option<QaReading> {
    let paragraphs = paragraphs(lines);
    apart(&paragraphs).or_else(|| in_turn(&paragraphs)).or_else(|| two_lines(&paragraphs))
}

fn paragraphs<'a, 't>(lines: &'t [QaLine<'a>]) -> Vec<QaParagraph<'a, 't>> {
    let mut found = Vec::new();
    let (mut start, mut blanks) = (0, 0);
    let parts = |line: &QaLine<'_>| line.is_blank() || line.is_rule() || line.heading().is_some();
    for (at, line) in lines.iter().enumerate() {
        if !parts(line) {
            continue;
        }
        if start < at {
            found.push(QaParagraph { lines: &lines[start..at], blanks });
            blanks = 0;
        }
        // A rule and a heading part more than a blank line does.
        blanks += if line.is_blank() { 1 } else { 2 };
        start = at + 1;
        if line.heading().is_some() {
            found.push(QaParagraph { lines: &lines[at..=at], blanks });
            blanks = 2;
        }
    }
    if start < lines.len() {
        found.push(QaParagraph { lines: &lines[start..], blanks });
    }
    found
}

impl QaParagraph<'_, '_> {
    fn text(&self) -> String {
        joined(self.lines)
    }

    fn heading(&self) -> Option<String> {
        self.lines.first().and_then(QaLine::heading).map(|(_, text)| text.to_owned())
    }
}

fn pair(topic: Option<&String>, line: usize, front: &str, back: String) -> QaCard {
    let front = question_number(front).map_or(front, |(_, rest)| rest);
    let front = mark::bold(front).unwrap_or(front).to_owned();
    QaCard { line, topic: topic.cloned(), front, back, explanation: None }
}

/// Groups of two paragraphs, with more than one blank line between the groups.
fn apart(paragraphs: &[QaParagraph<'_, '_>]) -> Option<QaReading> {
    let mut reading =
        QaReading { layout: "pairs of paragraphs, parted by several blank lines", ..QaReading::default() };
    let mut topic = None;
    let mut at = 0;
    while at < paragraphs.len() {
        let mut end = at + 1;
        while paragraphs.get(end).is_some_and(|paragraph| paragraph.blanks < 2) {
            end += 1;
        }
        let group = &paragraphs[at..end];
        match group {
            [one] if one.heading().is_some() => topic = one.heading(),
            [front, back] => {
                reading.pairs.push(pair(topic.as_ref(), front.lines[0].number, &front.text(), back.text()));
            }
            _ => reading.stray.push(group[0].lines[0].number),
        }
        at = end;
    }
    sound(reading, true)
}

/// Every other paragraph asks.
fn in_turn(paragraphs: &[QaParagraph<'_, '_>]) -> Option<QaReading> {
    let mut reading =
        QaReading { layout: "paragraphs that ask and paragraphs that answer, in turn", ..QaReading::default() };
    let mut topic = None;
    let mut open: Option<(usize, String)> = None;
    for paragraph in paragraphs {
        let (line, text) = (paragraph.lines[0].number, paragraph.text());
        match (paragraph.heading(), open.take()) {
            (Some(heading), before) => {
                reading.stray.extend(before.map(|(line, _)| line));
                topic = Some(heading);
            }
            (None, before) if asks(&text) => {
                reading.stray.extend(before.map(|(line, _)| line));
                open = Some((line, text));
            }
            (None, Some((line, front))) => reading.pairs.push(pair(topic.as_ref(), line, &front, text)),
            (None, None) => reading.stray.push(line),
        }
    }
    reading.stray.extend(open.map(|(line, _)| line));
    sound(reading, false)
}

/// Paragraphs of two lines each.
fn two_lines(paragraphs: &[QaParagraph<'_, '_>]) -> Option<QaReading> {
    let mut reading = QaReading { layout: "pairs of lines, parted by blank lines", ..QaReading::default() };
    let mut topic = None;
    for paragraph in paragraphs {
        match paragraph.lines {
            [_] if paragraph.heading().is_some() => topic = paragraph.heading(),
            [front, back] if !front.code => {
                let back = back.text.trim().to_owned();
                reading.pairs.push(pair(topic.as_ref(), front.number, front.text.trim(), back));
            }
            lines => reading.stray.push(lines[0].number),
        }
    }
    sound(reading, true)
}

/// The reading, if nearly everything is a card and every front asks or names a thing.
fn sound(reading: QaReading, terms: bool) -> Option<QaReading> {
    let pairs = || reading.pairs.iter().map(|pair| (pair.front.as_str(), pair.back.as_str()));
    let all = reading.pairs.len();
    let asking = pairs().filter(|(front, back)| asks(front) && !asks(back)).count();
    let options =
        pairs().any(|(front, back)| holds_options(front) || holds_options(back) || back.starts_with(['-', '*', '•']));
    let asked = asking >= 2 && asking * 10 >= all * 9;
    let kind = asked || (terms && all > 2 && are_terms(pairs()));
    (kind && !options && reading.stray.len() * 5 <= all).then_some(reading)
}
