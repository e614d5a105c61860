//! A bank as it was read.

use super::identity::Fingerprint;
use super::{BankQuestion, Decision, Front, Problem};

/// A bank as it was read: the questions that can be used, and the problems of the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bank {
    /// The format that explained the file, as `import --format` names it (`text`).
    pub format: &'static str,
    /// The encoding that it was read in (`utf-8`, `utf-8-bom`, `utf-16le`, `windows-1252` …).
    pub encoding: String,
    /// The contents of the front matter block.
    pub front: Front,
    /// The questions, in the order of the file. Rejected ones are not among them.
    pub questions: Vec<BankQuestion>,
    /// Their fingerprints.
    pub prints: Vec<Fingerprint>,
    /// Everything worth telling, in the order of the lines.
    pub problems: Vec<Problem>,
    /// Questions that occur above in the same words. They are reported and left out.
    pub duplicates: Vec<BankQuestion>,
    /// How many questions were rejected.
    pub rejected: usize,
    /// The decisions on how the file was read.
    pub evidence: Vec<Decision>,
}
