//! Question banks: bytes in, a [`Bank`] out, with every [`Problem`] found on the way.
//!
//! Reading does not touch the database; [`plan`] compares a bank with the questions of a deck.

pub mod advice;
mod archive;
mod base64;
mod both_ways;
pub mod by_hand;
mod collect;
mod contents;
mod declare;
mod decode;
mod defect;
mod evidence;
mod foreign;
mod format;
mod front;
pub mod history;
pub mod identity;
mod lines;
pub mod media;
mod options;
pub mod plan;
pub mod print;
mod problem;
mod question;
mod read;
mod source;
mod twice;
mod word_list;
mod xml;

pub use contents::Bank;
pub use declare::read_key_file;
pub use evidence::{Decision, Reason};
pub use format::formats;
pub use front::{Front, KeyRule, parse_key_rule};
pub use options::{KeyBase, ReadOptions};
pub use problem::{Problem, Refusal, Severity};
pub use question::{BankOption, BankQuestion, Media};

use source::Source;

/// Reads a bank. Questions without an answer come as drafts ([`crate::model::KeyOrigin::Missing`]).
///
/// # Errors
/// If the whole file cannot be used: it cannot be decoded, holds no questions, more than two thirds of them are broken, or a
/// declared key contradicts its marks. The hint then names other options that read the file, if any do.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Bank, Refusal> {
    read::once(bytes, options).map_err(|refusal| advice::tried(refusal, bytes, options))
}
