//! Cards whose backs are folded away: `<details><summary>Answer</summary> … </details>` below the question, or the question itself
//! in the `<summary>`.

use super::line::{QaLine, asks, holds_options, joined};
use super::sign::{SideSign, sign};
use super::{QaCard, QaReading};
use crate::bank::format::tags::without_tags;
use crate::bank::lines::label::question_number;
use crate::bank::lines::mark;

/// A fold: its lines, its summary and its content.
struct FoldedCard {
    from: usize,
    to: usize,
    summary: String,
    inside: String,
}

/// Reads a file whose answers are folded away.
pub(super) fn read_folded(lines: &[QaLine<'_>]) -> Option<QaReading> {
    let folds = folds(lines);
    if folds.len() < 2 {
        return None;
    }
    // A summary that most folds share is a word for the answer; otherwise summaries ask.
    let same = folds.iter().filter(|fold| fold.summary == folds[0].summary).count();
    let above = same * 2 > folds.len()
        || folds.iter().all(|fold| matches!(sign(&fold.summary, None), Some((SideSign::Back, _))));
    let mut reading = QaReading { layout: "questions and their folded answers", ..QaReading::default() };
    let (mut topic, mut from) = (None, 0);
    for fold in &folds {
        let between = &lines[from..fold.from];
        let heads: Vec<usize> = (0..between.len()).filter(|at| between[*at].heading().is_some()).collect();
        let start = heads.last().map_or(0, |at| at + 1);
        let text = joined(&between[start..]);
        let heading = heads.last().and_then(|at| between[*at].heading());
        let own = above && text.is_empty();
        for at in heads.iter().take(heads.len() - usize::from(own && !heads.is_empty())) {
            topic = between[*at].heading().map(|(_, text)| text.to_owned());
        }
        let front = match (above, own) {
            (true, true) => heading.map_or("", |(_, text)| text).to_owned(),
            (true, false) => text.clone(),
            (false, _) => fold.summary.clone(),
        };
        let text = |line: &&QaLine<'_>| !line.is_blank() && !line.is_rule();
        if !above {
            let stray = between.iter().filter(text).find(|line| line.heading().is_none());
            reading.stray.extend(stray.map(|line| line.number));
        }
        let asked = between.iter().skip(if own { start.saturating_sub(1) } else { start }).find(text).filter(|_| above);
        let line = asked.map_or(lines[fold.from].number, |line| line.number);
        let front = question_number(&front).map_or(front.as_str(), |(_, rest)| rest);
        let (front, back) = (unsigned(front), fold.inside.clone());
        reading.pairs.push(QaCard { line, topic: topic.clone(), front, back, explanation: None });
        from = fold.to + 1;
    }
    let options = reading.pairs.iter().any(|pair| holds_options(&pair.front) || holds_options(&pair.back));
    let asking = above || folds.iter().filter(|fold| asks(&fold.summary)).count() * 2 > folds.len();
    let whole = reading.whole();
    (!options && asking && whole > 1 && whole * 10 >= reading.pairs.len() * 8).then_some(reading)
}

/// A front without the word that announces it and without bold type around it.
fn unsigned(front: &str) -> String {
    let text = match sign(front, Some(("q", "a"))) {
        Some((SideSign::Front, rest)) if !rest.is_empty() && !front.contains('\n') => rest,
        _ => front,
    };
    mark::bold(text).unwrap_or(text).trim().to_owned()
}

fn folds(lines: &[QaLine<'_>]) -> Vec<FoldedCard> {
    let mut folds = Vec::new();
    let mut open: Option<(usize, String, Vec<QaLine<'_>>)> = None;
    for (at, line) in lines.iter().enumerate() {
        let lower = line.text.to_lowercase();
        if line.code {
            if let Some((_, _, inside)) = &mut open {
                inside.push(*line);
            }
            continue;
        }
        if open.is_none() && lower.contains("<details") {
            open = Some((at, String::new(), Vec::new()));
        }
        let Some((from, summary, inside)) = &mut open else { continue };
        let mut rest = line.text;
        // Lower case may have another length.
        let whole = lower.find("<summary").zip(lower.find("</summary>")).filter(|_| line.text.len() == lower.len());
        if let Some((start, end)) = whole.filter(|(start, end)| start < end) {
            *summary = untagged(&line.text[start..end]);
            rest = &line.text[end + "</summary>".len()..];
        }
        let bare = untagged(rest);
        let kept = !bare.is_empty() || line.is_blank();
        // A line without tags keeps its indentation.
        if kept && !rest.contains('<') {
            inside.push(QaLine { text: rest, ..*line });
        } else if kept {
            let start = rest.find(bare.as_str());
            inside.extend(start.map(|start| QaLine { text: &rest[start..start + bare.len()], ..*line }));
        }
        if lower.contains("</details>") {
            let text = joined(inside);
            let inside = match sign(text.lines().next().unwrap_or_default(), Some(("q", "a"))) {
                Some((SideSign::Back, first)) => {
                    let more = text.split_once('\n').map_or("", |(_, more)| more);
                    format!("{first}\n{more}").trim().to_owned()
                }
                _ => text,
            };
            folds.push(FoldedCard { from: *from, to: at, summary: summary.clone(), inside });
            open = None;
        }
    }
    folds
}

/// Beginnings of the tags that folds are made of.
const TAGS: [&str; 12] = ["details", "summary", "b>", "strong", "p>", "br", "h1", "h2", "h3", "h4", "i>", "em>"];

/// A text without the tags that folds are made of.
fn untagged(text: &str) -> String {
    let is_fold = |rest: &str| {
        let name = rest.to_ascii_lowercase();
        TAGS.iter().any(|tag| name.starts_with(tag))
    };
    without_tags(text, is_fold).trim().to_owned()
}
