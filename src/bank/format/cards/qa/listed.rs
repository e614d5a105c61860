//! Cards whose backs are marked by a bullet, an arrow or by standing further in: a paragraph that asks and `- its answer`.

use super::line::{QaLine, asks, holds_options, joined};
use super::prose::are_terms;
use super::{QaCard, QaReading};
use crate::bank::lines::label::question_number;
use crate::bank::lines::mark;

/// Reads a file in which texts and single items of a list take turns.
pub(super) fn read_listed(lines: &[QaLine<'_>]) -> Option<QaReading> {
    [deeper as fn(&QaLine<'_>) -> bool, bulleted].into_iter().find_map(|is_back| turns(lines, is_back))
}

/// An indented line.
fn deeper(line: &QaLine<'_>) -> bool {
    line.indent() >= 2 && !line.code
}

/// An item of a list at the margin.
fn bulleted(line: &QaLine<'_>) -> bool {
    line.bullet().is_some() && line.indent() < 2
}

fn turns(lines: &[QaLine<'_>], is_back: fn(&QaLine<'_>) -> bool) -> Option<QaReading> {
    let mut reading = QaReading { layout: "texts and an item below each", ..QaReading::default() };
    let mut topic = None;
    let (mut front, mut back): (Vec<QaLine<'_>>, Vec<QaLine<'_>>) = (Vec::new(), Vec::new());
    let (mut single, mut units) = (0_usize, 0_usize);
    let mut close =
        |reading: &mut QaReading, front: &mut Vec<QaLine<'_>>, back: &mut Vec<QaLine<'_>>, topic: &Option<String>| {
            let (front, back) = (std::mem::take(front), std::mem::take(back));
            let Some(first) = front.iter().find(|line| !line.is_blank()) else { return };
            let items = back.iter().filter(|line| is_back(line)).count();
            if items == 0 {
                reading.stray.push(first.number);
                return;
            }
            units += 1;
            single += usize::from(items == 1);
            let text = joined(&front);
            let text = first.bullet().filter(|_| front.len() == 1).map_or(text, str::to_owned);
            let text = question_number(&text).map_or(text.as_str(), |(_, rest)| rest);
            let front = mark::bold(text).unwrap_or(text).to_owned();
            let back = items_of(&back);
            reading.pairs.push(QaCard { line: first.number, topic: topic.clone(), front, back, explanation: None });
        };
    for line in lines {
        if line.is_rule() {
            close(&mut reading, &mut front, &mut back, &topic);
        } else if let Some((_, text)) = line.heading() {
            close(&mut reading, &mut front, &mut back, &topic);
            topic = Some(text.to_owned());
        } else if is_back(line) && front.iter().any(|line| !line.is_blank()) {
            back.push(*line);
        } else if line.is_blank() {
            if back.is_empty() {
                front.push(*line);
            }
        } else if back.is_empty() || line.code {
            if back.is_empty() { front.push(*line) } else { back.push(*line) }
        } else {
            close(&mut reading, &mut front, &mut back, &topic);
            front.push(*line);
        }
    }
    close(&mut reading, &mut front, &mut back, &topic);
    let pairs = || reading.pairs.iter().map(|pair| (pair.front.as_str(), pair.back.as_str()));
    let asking = pairs().filter(|(front, _)| asks(front)).count();
    let options = pairs().any(|(front, back)| holds_options(front) || holds_options(back));
    let all = reading.pairs.len();
    let kind = (asking >= 2 && asking * 2 >= all) || (all > 2 && are_terms(pairs()));
    let sound = single * 10 >= units * 9 && reading.stray.len() * 5 <= all && !options && all > 1;
    (kind && sound).then_some(reading)
}

fn items_of(lines: &[QaLine<'_>]) -> String {
    let mut bare: Vec<QaLine<'_>> = lines.to_vec();
    for line in &mut bare {
        if let Some(text) = line.bullet() {
            line.text = text;
        }
    }
    joined(&bare)
}
