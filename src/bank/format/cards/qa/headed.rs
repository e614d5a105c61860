//! Cards under headings: a heading asks or names something, and the text below it answers. Bold lines and numbered
//! questions count as headings.

use super::line::{QaLine, asks, holds_options, joined};
use super::prose::{are_terms, tells};
use super::sign::{SideSign, sign};
use super::{QaCard, QaReading};
use crate::bank::lines::label::question_number;
use crate::bank::lines::mark;

/// The levels of what heads a text: headings have theirs, bold lines and numbers come below all of them.
const BOLD: usize = 7;
const NUMBER: usize = 8;

/// A heading and the text below it.
struct HeadedText<'a, 't> {
    line: usize,
    level: usize,
    text: &'a str,
    body: &'t [QaLine<'a>],
}

/// Reads a file in which the headings of one level ask or name what the text below them explains.
pub(super) fn read_headed(lines: &[QaLine<'_>]) -> Option<QaReading> {
    [BOLD - 1, BOLD, NUMBER].into_iter().find_map(|deepest| under(lines, deepest))
}

fn under(lines: &[QaLine<'_>], deepest: usize) -> Option<QaReading> {
    let (parts, first) = parts(lines, deepest);
    let level = match deepest {
        BOLD | NUMBER => deepest,
        // The level with the most texts below it.
        _ => (1..BOLD)
            .rev()
            .max_by_key(|level| parts.iter().filter(|part| part.level == *level && has_body(part)).count())?,
    };
    let mut reading = QaReading { layout: "headings and the texts below them", ..QaReading::default() };
    reading
        .stray
        .extend(lines[..first].iter().find(|line| !line.is_blank() && !line.is_rule()).map(|line| line.number));
    let mut topic = None;
    let (mut asking, mut lists, mut answered) = (0_usize, 0_usize, 0_usize);
    for part in &parts {
        if part.level != level {
            topic = Some(part.text.to_owned());
            reading.stray.extend(has_body(part).then_some(part.line + 1));
            continue;
        }
        let front = question_number(part.text).map_or(part.text, |(_, rest)| rest);
        let mut pair = QaCard { line: part.line, topic: topic.clone(), front: front.to_owned(), ..QaCard::default() };
        pair.back = back(part.body);
        asking += usize::from(asks(front));
        lists += usize::from(is_list(part.body));
        answered += usize::from(is_answered_below(part.body));
        reading.pairs.push(pair);
    }
    drop_links(&mut reading.pairs);
    let whole = reading.whole();
    let all = reading.pairs.len();
    let numbered = deepest == NUMBER;
    let options = reading.pairs.iter().any(|pair| holds_options(&pair.back) || holds_options(&pair.front));
    // A person's account of something may have questions as headings.
    let spoken = reading.pairs.iter().filter(|pair| tells(&pair.back)).count() * 4 > all;
    let asked = !spoken && asking * 10 >= all * if numbered || all < 4 { 8 } else { 6 };
    let named = !numbered && are_terms(reading.pairs.iter().map(|pair| (pair.front.as_str(), pair.back.as_str())));
    let sound = whole >= 2
        && whole * 10 >= all * 8
        && !options
        && lists * 2 <= all
        && answered * 4 <= all
        && reading.stray.len() <= whole;
    (sound && (asked || named)).then_some(reading)
}

fn has_body(part: &HeadedText<'_, '_>) -> bool {
    part.body.iter().any(|line| !line.is_blank() && !line.is_rule())
}

/// Splits the lines at their headings; also gives the place of the first one.
fn parts<'a, 't>(lines: &'t [QaLine<'a>], deepest: usize) -> (Vec<HeadedText<'a, 't>>, usize) {
    let mut heads: Vec<(usize, usize, &'a str)> = Vec::new();
    let mut numbers = 0;
    for (at, line) in lines.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &lines[before]);
        let apart = before.is_none_or(|line| line.is_blank() || line.is_rule() || line.heading().is_some());
        let bold =
            || mark::bold(line.text.trim()).filter(|_| !line.code && apart && deepest >= BOLD).map(|text| (BOLD, text));
        let number = || {
            let (number, text) = question_number(line.text).filter(|_| !line.code && deepest == NUMBER)?;
            (number == numbers + 1 && !text.is_empty()).then_some((NUMBER, text))
        };
        if let Some((level, text)) = line.heading().or_else(bold).or_else(number) {
            numbers += usize::from(level == NUMBER);
            heads.push((at, level, text));
        }
    }
    let ends = heads.iter().skip(1).map(|head| head.0).chain([lines.len()]);
    let part = |((at, level, text), end): (&(usize, usize, &'a str), usize)| HeadedText {
        line: lines[*at].number,
        level: *level,
        text,
        body: &lines[at + 1..end],
    };
    let first = heads.first().map_or(lines.len(), |head| head.0);
    (heads.iter().zip(ends).map(part).collect(), first)
}

/// The text below a heading, without a word that says that it is the answer, and without the tags of a fold.
fn back(body: &[QaLine<'_>]) -> String {
    let tag = |line: &&QaLine<'_>| {
        let lower = line.text.trim().to_lowercase();
        !line.code && ["<details", "</details", "<summary", "<p>", "</p>"].iter().any(|tag| lower.starts_with(tag))
    };
    let mut kept: Vec<QaLine<'_>> = body.iter().filter(|line| !tag(line)).copied().collect();
    if let Some(first) = kept.iter_mut().find(|line| !line.is_blank())
        && let Some((SideSign::Back, rest)) = sign(first.text, None)
    {
        first.text = rest;
    }
    joined(&kept)
}

/// Whether an answer is named below other text, which then belongs to the question.
fn is_answered_below(body: &[QaLine<'_>]) -> bool {
    let texts = body.iter().filter(|line| !line.is_blank() && !line.code);
    texts.skip(1).any(|line| matches!(sign(line.text, None), Some((SideSign::Back, rest)) if !rest.is_empty()))
}

/// Whether a body is a list of several items and nothing else, as options are.
fn is_list(body: &[QaLine<'_>]) -> bool {
    let apart = body.first().is_some_and(QaLine::is_blank);
    let (mut items, mut short, mut all) = (0, 0, 0);
    for line in body.iter().filter(|line| !line.is_blank() && !line.is_rule()) {
        all += 1;
        items += usize::from(line.bullet().is_some());
        short += usize::from(!apart && line.text.trim().chars().count() < 50 && !line.text.trim().ends_with('.'));
    }
    all > 1 && (items == all || short == all && all > 2)
}

/// Links back to the top end many texts and belong to none.
fn drop_links(pairs: &mut [QaCard]) {
    let upward = |line: &str| line.contains('⬆') || line.contains('↑') || line.to_lowercase().contains("top](#");
    let is_link = |line: &str| line.contains("](#") && line.trim_start_matches(['*', '_', ' ']).starts_with('[');
    let with = pairs.iter().filter(|pair| pair.back.lines().last().is_some_and(is_link)).count();
    if with * 2 > pairs.len() || pairs.iter().any(|pair| pair.back.lines().last().is_some_and(upward)) {
        for pair in pairs {
            let is_out = |last: &str| is_link(last) || last.trim().is_empty();
            while let Some((above, _)) = pair.back.rsplit_once('\n').filter(|(_, last)| is_out(last)) {
                pair.back = above.trim_end().to_owned();
            }
        }
    }
}
