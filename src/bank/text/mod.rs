//! Loose text: topics, questions and labelled options as people write them.
//!
//! Lines become [`line::Line`]s under conventions that are decided once for the whole file; lines become blocks (a question with
//! what belongs to it); blocks become questions or problems.

mod block;
mod check;
mod convention;
mod key;
mod label;
mod line;
mod mark;
mod topic;

pub(super) use key::pairs as answer_pairs;
pub(super) use label::place_of_letter;

use super::{BankQuestion, Problem};
use convention::Convention;

/// The questions of a text, before a declared key is applied.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) questions: Vec<BankQuestion>,
    pub(super) problems: Vec<Problem>,
    pub(super) rejected: usize,
}

/// Reads the lines of a text. The first `skip` of them (the front matter) are left out, but counted. `single`: the bank says
/// that no question has several answers.
pub(super) fn read(lines: &[String], skip: usize, single: bool) -> Read {
    let convention = Convention::of(&lines[skip..]);
    let classified = line::classify(lines, skip, convention);
    let mut blocks = block::gather(&classified, convention);
    topic::split(&mut blocks.questions);
    check::questions(blocks, lines, convention, single)
}
