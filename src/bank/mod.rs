//! Question banks: bytes in, a [`Bank`] out.
//!
//! [`read`] takes the bytes of a file, in any of the [`formats`], and [`ReadOptions`]. By default the format, the encoding and the
//! conventions are detected. The [`Bank`] holds the questions that can be used, and a [`Problem`] with line and hint for every
//! other one. A file that cannot be used as a whole is a [`Refusal`].
//!
//! [`mod@print`] turns a bank into text again, and [`plan`] compares it with the questions of a deck. This room touches neither
//! the database nor the terminal.
//!
//! ```
//! use retain::bank::{ReadOptions, read};
//!
//! let text = b"1. Which planet is red?\nA. Venus\nB. Mars *\n\n2. Which are primes?\nA. 2 *\nB. 3 *\nC. 4\n";
//! let bank = read(text, &ReadOptions::default()).expect("a bank");
//! let mut answers = Vec::new();
//! for question in &bank.questions {
//!     let right: Vec<&str> = question.correct().into_iter().map(|place| question.options[place].text.as_str()).collect();
//!     answers.push(format!("{} {}", question.stem, right.join(", ")));
//! }
//! println!("{}", answers.join("\n"));
//! assert_eq!(answers, ["Which planet is red? Mars", "Which are primes? 2, 3"]);
//! assert!(bank.problems.is_empty());
//! ```

pub mod advice;
mod archive;
mod assembled;
mod base64;
mod both_ways;
pub mod by_hand;
mod collect;
mod contents;
mod decision;
mod declare;
mod decode;
mod defect;
mod foreign;
mod format;
mod front;
mod guard;
pub mod history;
pub mod identity;
mod lines;
pub mod media;
mod on_cores;
mod options;
pub mod plan;
pub mod print;
mod problem;
mod question;
mod read;
mod size;
mod source;
mod twice;
mod word_set;
mod xml;

pub use assembled::{assembled, is_sound, pin};
pub use contents::Bank;
pub use decision::{Decision, Reason};
pub use declare::read_key_file;
pub use format::formats;
pub use front::{Front, KeyRule, parse_key_rule};
pub use guard::expects_panic;
pub use options::{KeyBase, ReadOptions};
pub use problem::{Problem, Refusal, Severity};
pub use question::{BankOption, BankQuestion, Media, NoteIdentity};

use source::Source;

/// Reads a bank. Questions without an answer come as drafts ([`crate::model::KeyOrigin::Missing`]).
///
/// # Errors
/// If the whole file cannot be used: it cannot be decoded, holds no questions, more than two thirds of them are broken, or a
/// declared key contradicts its marks. The hint then names other options that read the file, if any do.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Bank, Refusal> {
    read::once(bytes, options).map_err(|refusal| advice::tried(refusal, bytes, options))
}
