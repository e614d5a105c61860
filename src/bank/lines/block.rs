//! Blocks: a question with its options and answers.

use super::list::KeyList;

/// Everything that was gathered from a file.
#[derive(Debug, Default)]
pub(in crate::bank) struct Blocks {
    pub(in crate::bank) questions: Vec<QuestionBlock>,
    pub(in crate::bank) keys: Vec<KeyList>,
    /// Lines that look like answers, but are not.
    pub(in crate::bank) asides: Vec<usize>,
    /// Text that belongs to no question: its paragraphs.
    pub(in crate::bank) stray: Vec<Stray>,
}

impl Blocks {
    /// Adds a list of answers for the questions that no list above it is for.
    pub(in crate::bank) fn add_key(&mut self, list: KeyList) {
        let from = self.keys.iter().map(|list| list.to).max().unwrap_or(0);
        self.keys.push(KeyList { from, to: self.questions.len(), ..list });
    }
}

/// Text without options.
#[derive(Debug)]
pub(in crate::bank) struct Stray {
    pub(in crate::bank) lines: Vec<StemLine>,
    /// Whether no question came before it.
    pub(in crate::bank) preamble: bool,
}

pub(super) fn push_line(text: &mut String, line: &str) {
    text.push('\n');
    text.push_str(line);
}

/// A line of a stem.
#[derive(Clone, Debug)]
pub(in crate::bank) struct StemLine {
    pub(in crate::bank) number: usize,
    pub(in crate::bank) text: String,
    /// Whether a blank line is before it.
    pub(in crate::bank) apart: bool,
}

/// A question as it is in the file.
#[derive(Debug, Default)]
pub(in crate::bank) struct QuestionBlock {
    pub(in crate::bank) stem: Vec<StemLine>,
    /// A text that it shares with other questions, which is shown above it.
    pub(in crate::bank) passage: Vec<StemLine>,
    /// How many lines of the stem are before the one with its number.
    pub(in crate::bank) numbered_at: Option<usize>,
    pub(in crate::bank) number: Option<usize>,
    /// Whether a word marks it as a question (`Question: …`).
    pub(in crate::bank) worded: bool,
    /// Whether it may also be an item of a list: it has neither options nor an answer, and its number is out of
    /// sequence.
    pub(in crate::bank) doubtful: bool,
    /// A heading or a `Topic:` line above it. The text is empty if a list ended the topic.
    pub(in crate::bank) heading: Option<String>,
    pub(in crate::bank) topic: Option<String>,
    /// A topic that is below its options, and is of no other question.
    pub(in crate::bank) own_topic: Option<String>,
    pub(in crate::bank) options: Vec<RawOption>,
    pub(in crate::bank) answers: Vec<(usize, String)>,
    pub(in crate::bank) explanation: Vec<String>,
    pub(in crate::bank) tags: Vec<String>,
    /// The identity that the bank gives it outside its text.
    pub(in crate::bank) id: Option<String>,
}

impl QuestionBlock {
    /// Adds a line to its last answer.
    pub(super) fn answer_more(&mut self, text: &str) {
        if let Some((_, answer)) = self.answers.last_mut() {
            push_line(answer, text);
        }
    }

    /// Whether a word that is alone heads its explanation, so that all lines below the word belong to it.
    pub(super) fn explains_below(&self) -> bool {
        self.explanation.iter().any(String::is_empty)
    }

    /// Whether only its number, or the word before it, marks it as a question.
    pub(in crate::bank) fn is_bare(&self) -> bool {
        self.options.is_empty() && self.answers.is_empty()
    }
}

/// An option as it is in the file.
#[derive(Debug)]
pub(in crate::bank) struct RawOption {
    pub(in crate::bank) line: usize,
    pub(in crate::bank) place: Option<usize>,
    pub(in crate::bank) text: String,
    pub(in crate::bank) right: bool,
    pub(in crate::bank) bold: bool,
    /// The comment for somebody who picked it.
    pub(in crate::bank) feedback: Option<String>,
}

impl RawOption {
    /// An option of a block; `place`: the one that its label names.
    pub(in crate::bank) fn new(line: usize, place: Option<usize>, text: impl Into<String>, right: bool) -> Self {
        Self { line, place, text: text.into(), right, bold: false, feedback: None }
    }
}
