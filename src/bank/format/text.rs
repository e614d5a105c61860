//! Loose text: topics, questions and labelled options as people write them.

mod paragraphs;

use crate::bank::Decision;
use crate::bank::collect::Collected;
use crate::bank::lines::alphabet::Labels;
use crate::bank::lines::block::{Blocks, QuestionBlock};
use crate::bank::lines::convention::Convention;
use crate::bank::lines::layout::Layout;
use crate::bank::lines::tidy::{Tidy, passage};
use crate::bank::lines::{
    announce, answer_above, answer_lines, check, gather, line, pieces, section, shape, statement, stem_key, topic,
    usual,
};
use crate::bank::source::Source;

pub(super) fn read_loose_text(source: &Source<'_>) -> Collected {
    let tidy = source.tidy();
    if let Some(order) = paragraphs::order(tidy) {
        return paragraphs::read_paragraphs(source, &order);
    }
    let (body, key) = section::take_key_section(tidy).map(|(body, list, why)| (body, (list, why))).unzip();
    let body = body.as_ref().unwrap_or(tidy);
    let convention = Convention::detect(&body.lines);
    let (rewritten, unusual) = usual::rewrite(body, convention);
    let mut convention = rewritten.as_ref().map_or(convention, |tidy| Convention::detect(&tidy.lines));
    let tidy = rewritten.as_ref().unwrap_or(body);
    let titles = key.as_ref().map_or(&[][..], |(list, _)| &list.titles[..]);
    let (mut blocks, mut evidence) = self::blocks(tidy, convention, titles);
    let of_section = key.as_ref().map_or(0, |(list, _)| list.entries.len());
    let listed = of_section + blocks.keys.iter().map(|list| list.entries.len()).sum::<usize>();
    // A list of answers counts numbered questions, not the options of one question.
    if convention.labels == Labels::Numbers
        && listed > blocks.questions.len()
        && blocks.questions.iter().all(|block| block.number.is_none())
    {
        convention = Convention { labels: Labels::Letters, ..convention };
        (blocks, evidence) = self::blocks(tidy, convention, titles);
    }
    if let Some((list, why)) = key {
        blocks.add_key(list);
        evidence.push(why);
    }
    evidence.extend(announce::take_off(&mut blocks.questions));
    evidence.extend(stem_key::take_keys(&mut blocks, convention.labels));
    topic::split(&mut blocks);
    passage::place(&tidy.passages, &mut blocks.questions);
    let mut read = check::questions(blocks, source.lines(), convention, source.single());
    read.evidence.extend(unusual.into_iter().chain(evidence));
    tidy.report_to(&mut read);
    read
}

/// The blocks of a text, and the evidence for them. `titles`: the titles of the parts of a list of answers, which head
/// questions.
fn blocks(tidy: &Tidy, convention: Convention, titles: &[String]) -> (Blocks, Vec<Decision>) {
    let layout = Layout::detect(tidy, convention);
    let pieces = pieces::pieces(tidy, convention);
    let answers = answer_lines::find(&pieces, &layout);
    let mut classified = line::classify(&pieces, &layout, &answers);
    let mut evidence: Vec<Decision> = answers.evidence.into_iter().collect();
    evidence.extend(shape::settle(&mut classified, convention));
    statement::part(&mut classified);
    section::head(&mut classified, titles);
    evidence.extend(answer_above::move_below(&mut classified));
    evidence.extend(layout.outline.evidence());
    (gather::gather(&classified, convention), evidence)
}

/// The places of the lines of the options of each question that loose text seems to hold.
pub(super) fn options(source: &Source<'_>) -> Vec<Vec<usize>> {
    let tidy = source.tidy();
    let (blocks, _) = blocks(tidy, Convention::detect(&tidy.lines), &[]);
    let places = |block: &QuestionBlock| block.options.iter().map(|option| option.line - 1).collect();
    blocks.questions.iter().map(places).filter(|options: &Vec<usize>| options.len() > 1).collect()
}

#[cfg(test)]
mod tests;
