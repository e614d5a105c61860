//! Questions as a bank has them.

use std::sync::Arc;

use uuid::Uuid;

use crate::model::{Choice, KeyOrigin, Kind, Markup, Question};

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
    /// The deck that the file names for this question alone.
    pub deck: Option<String>,
    /// The category that the file names in its own way (`$course$/top/Sea`), if the topic is made of it.
    pub category: Option<String>,
    /// The question itself.
    pub stem: String,
    /// The options, in the order of the bank.
    pub options: Vec<BankOption>,
    /// The origin of the key.
    pub key: KeyOrigin,
    /// The rule that declared it, in words, if there is one (`key: first` in the bank).
    pub key_rule: Option<String>,
    /// Why the right answer is right.
    pub explanation: Option<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// How its texts are written.
    pub markup: Markup,
    /// Pictures and sounds that the file itself holds for it.
    pub media: Vec<Media>,
    /// What a note of ours in a package of Anki says it is.
    pub note: Option<Box<NoteIdentity>>,
}

/// What a question is by its note in a package of Anki.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteIdentity {
    /// Its identity, which no other question has.
    pub uid: Option<Uuid>,
    /// What the note is known by, if that is not the id of the question.
    pub guid: Option<String>,
}

/// A picture or sound that a bank holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Media {
    /// The name by which the texts of the question refer to it (`@@PLUGINFILE@@/map.png`, `images/map.png`).
    pub name: String,
    /// Its contents, which the questions that name it share.
    pub bytes: Arc<[u8]>,
}

impl BankQuestion {
    /// A question of a deck as a bank has it, under this id.
    pub fn of_known(question: Question, id: Option<String>) -> Self {
        let Question { kind, stem, explanation, topic, tags, key, key_rule, markup, choices, .. } = question;
        let option = |choice: Choice| BankOption {
            text: choice.text,
            correct: choice.correct,
            feedback: choice.feedback,
            pinned: choice.pinned,
            weight: choice.weight,
            pair: choice.pair,
            tolerance: choice.tolerance,
        };
        Self {
            id,
            kind,
            topic,
            stem,
            options: choices.into_iter().map(option).collect(),
            key,
            key_rule,
            explanation,
            tags,
            markup,
            ..Self::default()
        }
    }

    /// What packages of Anki know it by.
    pub fn guid(&self) -> Option<&str> {
        self.note.as_ref().and_then(|note| note.guid.as_deref()).or(self.id.as_deref())
    }

    /// All its texts, and its id.
    pub fn texts(&self) -> impl Iterator<Item = &String> {
        let around = [self.id.as_ref(), self.topic.as_ref(), self.key_rule.as_ref()];
        around.into_iter().flatten().chain(&self.tags).chain(self.shown_texts())
    }

    /// What is shown of it: the stem, the explanation, and the texts of its options.
    pub(super) fn shown_texts(&self) -> impl Iterator<Item = &String> {
        let options = self.options.iter().flat_map(|option| {
            [Some(&option.text), option.feedback.as_ref(), option.pair.as_ref()].into_iter().flatten()
        });
        [&self.stem].into_iter().chain(&self.explanation).chain(options)
    }

    /// The places of the right options, from 0.
    pub fn correct(&self) -> Vec<usize> {
        (0..self.options.len()).filter(|&place| self.options[place].correct).collect()
    }
}

/// An option as a bank has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BankOption {
    /// Its text.
    pub text: String,
    /// Whether picking it is right.
    pub correct: bool,
    /// The comment for somebody who picked it.
    pub feedback: Option<String>,
    /// Whether it keeps its place when options are shuffled.
    pub pinned: bool,
    /// The share of the mark, 1 for all of it; `None` if right and wrong decide.
    pub weight: Option<f64>,
    /// The other half, if it is one half of a pair.
    pub pair: Option<String>,
    /// How far a number may be off.
    pub tolerance: Option<f64>,
}

impl BankOption {
    /// An option that is right or wrong, without feedback or a share of the mark.
    pub(super) fn new(text: impl Into<String>, correct: bool) -> Self {
        Self { text: text.into(), correct, ..Self::default() }
    }

    /// One half of a pair with the other one.
    pub(super) fn paired(text: impl Into<String>, pair: impl Into<String>) -> Self {
        Self { pair: Some(pair.into()), ..Self::new(text, true) }
    }

    /// The options of a statement: the words for true and for false, the right one by whether it holds.
    pub(super) fn verdicts(words: (&str, &str), holds: bool) -> Vec<Self> {
        vec![Self::new(words.0, holds), Self::new(words.1, !holds)]
    }
}
