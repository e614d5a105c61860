//! Options as readers make them.

use crate::bank::BankOption;
use crate::bank::lines::block::RawOption;

impl BankOption {
    /// An option that is right or wrong, without feedback or a share of the mark.
    pub(super) fn new(text: impl Into<String>, correct: bool) -> Self {
        Self { text: text.into(), correct, ..Self::default() }
    }

    /// One half of a pair with the other one.
    pub(super) fn paired(text: impl Into<String>, pair: impl Into<String>) -> Self {
        Self { pair: Some(pair.into()), ..Self::new(text, true) }
    }
}

impl RawOption {
    /// An option of a block; `place`: the one that its label names.
    pub(super) fn new(line: usize, place: Option<usize>, text: impl Into<String>, right: bool) -> Self {
        Self { line, place, text: text.into(), right, bold: false, feedback: None }
    }
}
