//! Loose text: topics, questions and labelled options as people write them.

use crate::bank::collect::Read;
use crate::bank::lines::convention::Convention;
use crate::bank::lines::layout::Layout;
use crate::bank::lines::{answer_lines, block, check, inline, line, stem_key, topic, usual};
use crate::bank::source::Source;

/// Reads the lines of a text.
pub(super) fn read(source: &Source<'_>) -> Read {
    let tidy = source.tidy();
    let (rewritten, unusual) = usual::rewrite(tidy);
    let tidy = rewritten.as_ref().unwrap_or(tidy);
    let convention = Convention::of(&tidy.lines);
    let layout = Layout::of(&tidy.lines, convention);
    let pieces = inline::pieces(tidy, convention);
    let answers = answer_lines::find(&pieces, &layout);
    let classified = line::classify(&pieces, &layout, &answers);
    let mut blocks = block::gather(&classified, convention);
    let keys_in_stems = stem_key::take(&mut blocks, convention.labels);
    topic::split(&mut blocks);
    let mut read = check::questions(blocks, source.lines(), convention, source.single());
    read.evidence.extend(unusual.into_iter().chain(answers.evidence).chain(keys_in_stems));
    tidy.tell(&mut read);
    read
}

/// The places of the lines of the options of each question that loose text seems to hold.
pub(super) fn options(source: &Source<'_>) -> Vec<Vec<usize>> {
    let tidy = source.tidy();
    let convention = Convention::of(&tidy.lines);
    let layout = Layout::of(&tidy.lines, convention);
    let blocks = block::gather(&line::classify(&inline::pieces(tidy, convention), &layout), convention);
    let places = |block: &block::Block| block.options.iter().map(|option| option.line - 1).collect();
    blocks.questions.iter().map(places).filter(|options: &Vec<usize>| options.len() > 1).collect()
}

#[cfg(test)]
mod tests;
