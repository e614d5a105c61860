//! Loose text: topics, questions and labelled options as people write them.

use crate::bank::collect::Read;
use crate::bank::lines::convention::Convention;
use crate::bank::lines::layout::Layout;
use crate::bank::lines::{block, check, inline, line, topic};
use crate::bank::source::Source;

/// Reads the lines of a text.
pub(super) fn read(source: &Source<'_>) -> Read {
    let tidy = source.tidy();
    let convention = Convention::of(&tidy.lines);
    let layout = Layout::of(&tidy.lines, convention);
    let classified = line::classify(&inline::pieces(tidy, convention), &layout);
    let mut blocks = block::gather(&classified, convention);
    topic::split(&mut blocks);
    let mut read = check::questions(blocks, source.lines(), convention, source.single());
    tidy.tell(&mut read);
    read
}

#[cfg(test)]
mod tests;
