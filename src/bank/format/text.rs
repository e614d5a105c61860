//! Loose text: topics, questions and labelled options as people write them.

use crate::bank::collect::Read;
use crate::bank::lines::convention::Convention;
use crate::bank::lines::layout::Layout;
use crate::bank::lines::{block, check, inline, line, topic};

/// Reads the lines of a text. The first `skip` of them (the front matter) are left out, but counted. `single`: the bank says
/// that no question has several answers.
pub(super) fn read(lines: &[String], skip: usize, single: bool) -> Read {
    let convention = Convention::of(&lines[skip..]);
    let layout = Layout::of(&lines[skip..], convention);
    let classified = line::classify(&inline::pieces(lines, skip, convention), &layout);
    let mut blocks = block::gather(&classified, convention);
    topic::split(&mut blocks);
    check::questions(blocks, lines, convention, single)
}

#[cfg(test)]
mod tests;
