//! A question as one object of data has it, and how it is answered.

use crate::bank::defect::Defect;
use crate::bank::format::record::Record;

/// A question as one object has it, before the keys of the file are understood.
#[derive(Clone, Debug, Default)]
pub(super) struct DataItem {
    /// Its texts. Of an order the options are in the right one; of a match they are the first halves.
    pub(super) record: Record,
    pub(super) shape: AnswerShape,
    /// A line of its text, by which it is found in the file.
    pub(super) anchor: String,
    /// Its depth in the data, if it is unknown.
    pub(super) depth: usize,
}

/// How an object is answered.
#[derive(Clone, Debug, Default)]
pub(super) enum AnswerShape {
    /// By picking from options. `ids` are their own names; `answers` are the fields that answer.
    Choice { ids: Vec<String>, answers: Vec<(String, Vec<String>)> },
    /// By a text: the back of a card, or what is to be typed.
    Typed { back: String, card: bool },
    /// By true or false. `word` is the text that answers, if it is one.
    Truth { right: bool, word: Option<String> },
    /// By putting the options in order.
    Order { written: bool },
    /// By pairing the options with these.
    Match(Vec<String>),
    /// By filling the gaps of its text.
    Cloze,
    /// A text that is not graded.
    Open,
    /// Not at all: a question without an answer.
    #[default]
    Bare,
    /// It cannot be used.
    Broken(Defect),
    /// An object among questions that is none.
    Unknown,
}

impl AnswerShape {
    /// Whether it is a question that can be asked, or could be if its key were known.
    pub(super) fn asks(&self) -> bool {
        !matches!(self, AnswerShape::Bare | AnswerShape::Broken(_) | AnswerShape::Unknown | AnswerShape::Open)
    }
}
