//! Quizzes in Markdown: headings or numbers ask, boxes or lettered bullets are options, answers are in `<details>` or
//! admonitions. Texts keep their markup.

mod line;
mod roles;
mod scanner;
mod tail;

use std::collections::HashMap;

use crate::bank::collect::Collected;
use crate::bank::lines::alphabet::Labels;
use crate::bank::lines::block::QuestionBlock;
use crate::bank::lines::check;
use crate::bank::lines::convention::Convention;
use crate::bank::lines::tidy::passage;
use crate::bank::source::Source;
use crate::model::Markup;
use line::{admonition, fence, heading, lettered, numbered, opens_fold, ticked};
use roles::bullets_are_options;
use scanner::MarkdownScanner;

/// Whether the lines are such a quiz: boxes below headings, or answers that are folded away.
pub(in crate::bank) fn explains(lines: &[String]) -> bool {
    let boxes = lines.iter().filter(|line| ticked(line).is_some()).count();
    // Loose text has headings too, but they are topics there.
    let asks = |text: &str| numbered(text).is_some() || text.ends_with(['?', ':', '？', '：']);
    let headings = lines.iter().filter(|line| heading(line).is_some_and(|(_, text)| asks(text))).count();
    let folded = lines.iter().filter(|line| opens_fold(line) || admonition(line)).count();
    let options = lines.iter().filter(|line| lettered(line, 1).is_some()).count();
    let options = if bullets_are_options(lines) { 1 } else { options };
    (boxes >= 2 && headings > 0) || (folded > 0 && (boxes >= 2 || options > 0))
}

pub(in crate::bank) fn read_markdown(source: &Source<'_>) -> Collected {
    let tidy = source.tidy();
    let mut scanner = MarkdownScanner::new(tidy);
    (0..tidy.lines.len()).for_each(|at| scanner.line(at));
    scanner.end_question();
    let mut blocks = scanner.blocks;
    drop_boilerplate(&mut blocks.questions);
    passage::place(&tidy.passages, &mut blocks.questions);
    let convention = Convention { labels: Labels::Letters, parted: true, lower: None, marks: false };
    let mut read = check::questions(blocks, source.lines(), convention, source.single());
    read.questions.iter_mut().for_each(|question| question.markup = Markup::Markdown);
    tidy.report_to(&mut read);
    read
}

/// Lines that follow most questions in the same words say nothing of any of them.
fn drop_boilerplate(questions: &mut [QuestionBlock]) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for block in questions.iter() {
        let mut own: Vec<&str> = block
            .explanation
            .iter()
            .flat_map(|text| text.lines())
            .map(str::trim)
            // `**Explanation:**` heads what differs.
            .filter(|line| line.len() > 3 && !line.trim_end_matches(['*', '_']).ends_with([':', '：']))
            .collect();
        own.sort_unstable();
        own.dedup();
        for line in own {
            *counts.entry(line.to_owned()).or_default() += 1;
        }
    }
    let most = questions.len() / 2;
    counts.retain(|line, count| *count > most.max(2) && fence(line).is_none());
    if counts.is_empty() {
        return;
    }
    for block in questions {
        for text in &mut block.explanation {
            let kept: Vec<&str> = text.lines().filter(|line| !counts.contains_key(line.trim())).collect();
            *text = kept.join("\n");
        }
    }
}

#[cfg(test)]
mod tests;
