//! What all formats of lines share: conventions that are decided once for the whole file, classified lines, blocks (a
//! question with its parts), keys, marks, and the words that introduce lines.
//!
//! Lines become [`line::BankLine`]s by the conventions, these become blocks, and [`check`] makes questions or problems
//! of blocks.

pub(in crate::bank) mod alphabet;
pub(in crate::bank) mod announce;
pub(in crate::bank) mod answer;
pub(in crate::bank) mod answer_above;
pub(in crate::bank) mod answer_lines;
mod bare;
mod below;
pub(in crate::bank) mod block;
pub(in crate::bank) mod check;
mod check_options;
pub(in crate::bank) mod checker;
pub(in crate::bank) mod convention;
pub(in crate::bank) mod fence;
pub(in crate::bank) mod gather;
mod gatherer;
pub(in crate::bank) mod inline;
pub(in crate::bank) mod key;
mod keyed;
pub(in crate::bank) mod label;
pub(in crate::bank) mod layout;
mod lead;
pub(in crate::bank) mod line;
mod list;
pub(in crate::bank) mod mark;
mod marks;
mod minority;
mod naming;
mod order;
mod outline;
pub(in crate::bank) mod pieces;
pub(in crate::bank) mod section;
pub(in crate::bank) mod shape;
pub(in crate::bank) mod statement;
pub(in crate::bank) mod stem_key;
pub(in crate::bank) mod tidy;
pub(in crate::bank) mod title;
mod titled;
pub(in crate::bank) mod topic;
pub(in crate::bank) mod usual;
pub(in crate::bank) mod verdict;
mod words;

pub(in crate::bank) use alphabet::place_of_letter;
pub(in crate::bank) use answer::{answer_pairs, letters_of};
pub(in crate::bank) use key::{NamedLine, named};
pub(in crate::bank) use words::{ANSWER, EXPLANATION, QUESTION};
