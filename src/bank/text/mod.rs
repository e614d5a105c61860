//! Loose text: topics, questions and labelled options as people write them.
//!
//! Lines become [`line::Line`]s under conventions that are decided once for the whole file; lines become blocks (a question with
//! what belongs to it); blocks become questions or problems. Markdown and the dialects of signs make the same blocks.

mod alphabet;
pub(super) mod block;
pub(super) mod check;
pub(super) mod convention;
mod inline;
pub(super) mod key;
mod keyed;
pub(super) mod label;
mod layout;
mod lead;
mod line;
mod list;
pub(super) mod mark;
mod topic;
mod words;

pub(super) use alphabet::place_of_letter;
pub(super) use key::{Named, letters_of, named, pairs as answer_pairs};

use super::{BankQuestion, Problem};
use alphabet::Alphabet;
use convention::Convention;
use layout::Layout;

/// The questions of a text, before a declared key is applied.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) questions: Vec<BankQuestion>,
    pub(super) problems: Vec<Problem>,
    pub(super) rejected: usize,
    /// Questions that stand above already, in the same words.
    pub(super) duplicates: Vec<BankQuestion>,
    /// Whether each question has an id, and the same id alone is the same question.
    pub(super) by_id: bool,
    /// The files of an archive, each with the place of its first question.
    pub(super) members: Vec<(usize, String)>,
    /// The deck that the file names in its own way.
    pub(super) deck: Option<String>,
}

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
