//! Question banks: text or bytes in, a [`Bank`] out, with every [`Problem`] found on the way.
//!
//! Reading decides nothing about the database; [`plan`] compares what was read with the questions of a deck.

pub mod advice;
mod archive;
mod base64;
mod both_ways;
pub mod by_hand;
mod collect;
mod declare;
mod decode;
mod evidence;
mod fault;
mod foreign;
mod format;
mod front;
pub mod history;
pub mod identity;
mod lines;
pub mod media;
pub mod plan;
pub mod print;
mod problem;
mod read;
mod source;
mod twice;
mod xml;

use crate::model::{KeyOrigin, Kind, Markup};

pub use declare::read_key_file;
pub use evidence::{Evidence, Ground};
pub use format::{KeyBase, formats};
pub use front::parse_key_rule;
pub use problem::{Problem, Severity};
pub use read::{ReadOptions, read};

use identity::Fingerprint;
use source::Source;

/// A bank as it was read: the questions that can be used, and the problems of the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bank {
    /// The format that explained the file, as `import --format` names it (`text`).
    pub format: &'static str,
    /// The encoding that it was read in (`utf-8`, `utf-8-bom`, `utf-16le`, `windows-1252` …).
    pub encoding: String,
    /// What the front matter block says.
    pub front: Front,
    /// The questions, in the order of the file. Rejected ones are not among them.
    pub questions: Vec<BankQuestion>,
    /// Their fingerprints.
    pub prints: Vec<Fingerprint>,
    /// Everything worth telling, in the order of the lines.
    pub problems: Vec<Problem>,
    /// Questions that stand above in the same words; they are told, and left out.
    pub duplicates: Vec<BankQuestion>,
    /// How many questions were rejected.
    pub rejected: usize,
    /// What decided how the file was read.
    pub evidence: Vec<Evidence>,
}

/// The front matter block of a bank.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Front {
    /// The deck that the bank belongs in.
    pub deck: Option<String>,
    /// Which option is right where none is marked.
    pub key: Option<KeyRule>,
    /// The kind of all questions.
    pub kind: Option<Kind>,
    /// Tags of all questions.
    pub tags: Vec<String>,
    /// Whether options are shuffled; `false` pins them all.
    pub shuffle: Option<bool>,
    /// Whether the bank is written in the exact form.
    pub exact: bool,
    /// How the texts of all questions are written.
    pub markup: Option<Markup>,
    /// The rule that declared the marked answers of an exact bank, in words.
    pub declared: Option<String>,
}

/// A declared rule for the right option of questions without a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyRule {
    /// The first option.
    First,
    /// The last option.
    Last,
    /// The option in this place, from 0.
    Place(usize),
    /// By a file of lines such as `1. c`: place of the question in the bank (from 1) and places of its right options (from 0).
    Listed(Vec<(usize, Vec<usize>)>),
}

/// A question as a bank has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BankQuestion {
    /// The line of the stem, from 1.
    pub line: usize,
    /// The bank's own identity for it (`{#id}`).
    pub id: Option<String>,
    /// What it asks for.
    pub kind: Kind,
    /// The topic line above it.
    pub topic: Option<String>,
    /// The category that the file names in its own way (`$course$/top/Sea`), where the topic was made of it.
    pub category: Option<String>,
    /// The question itself.
    pub stem: String,
    /// The options, in the order of the bank.
    pub options: Vec<BankOption>,
    /// Where the right answer is known from.
    pub key: KeyOrigin,
    /// The rule that declared it, in words, where one did (`key: first` in the bank).
    pub key_rule: Option<String>,
    /// Why the right answer is right.
    pub explanation: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// How its texts are written.
    pub markup: Markup,
    /// Pictures and sounds that the file itself holds for it.
    pub media: Vec<Media>,
}

/// A picture or sound that a bank holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Media {
    /// The name by which the texts of the question refer to it (`@@PLUGINFILE@@/map.png`, `images/map.png`).
    pub name: String,
    /// What it is.
    pub bytes: Vec<u8>,
}

impl BankQuestion {
    /// Everything that it says, and its id.
    pub fn texts(&self) -> impl Iterator<Item = &String> {
        let options = self.options.iter().flat_map(|option| {
            [Some(&option.text), option.feedback.as_ref(), option.pair.as_ref()].into_iter().flatten()
        });
        let around = [self.id.as_ref(), self.topic.as_ref(), self.explanation.as_ref(), self.key_rule.as_ref()];
        [&self.stem].into_iter().chain(around.into_iter().flatten()).chain(&self.tags).chain(options)
    }

    /// The places of the right options, from 0.
    pub fn correct(&self) -> Vec<usize> {
        (0..self.options.len()).filter(|&place| self.options[place].correct).collect()
    }
}

/// An option as a bank has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BankOption {
    /// What it says.
    pub text: String,
    /// Whether picking it is right.
    pub correct: bool,
    /// What to say to somebody who picked it.
    pub feedback: Option<String>,
    /// Whether it keeps its place when options are shuffled.
    pub pinned: bool,
    /// The share of the mark, 1 for all of it; none where right and wrong say all.
    pub weight: Option<f64>,
    /// The other half, where it is one half of a pair.
    pub pair: Option<String>,
    /// How far a number may be off.
    pub tolerance: Option<f64>,
}

/// Why a whole file was not read.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// What happened, in one line.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The problems that led to it, where there are any.
    pub problems: Vec<Problem>,
}
