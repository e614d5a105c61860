//! What notes ask.

/// What a card or all cards of a note ask.
#[derive(Clone, Debug, PartialEq)]
pub enum CardForm {
    /// A front and a back.
    Sides {
        /// What is asked.
        front: String,
        /// What is shown then.
        back: String,
    },
    /// A word that is typed.
    Typed {
        /// What is asked.
        front: String,
        /// The right word, as plain text.
        answer: String,
        /// What else is shown then.
        extra: String,
    },
    /// A text with deletions `{{c1::…}}`; one for all cards of the note.
    Cloze {
        /// The text.
        text: String,
        /// What is shown besides.
        extra: String,
    },
    /// A question with options.
    Choice {
        /// The question.
        stem: String,
        /// The options.
        options: Vec<OptionText>,
        /// Whether only one may be picked.
        single: bool,
        /// What is shown then.
        extra: String,
    },
}

/// An option of a note.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OptionText {
    /// Its text.
    pub text: String,
    /// Whether it is right.
    pub right: bool,
    /// What is said of it.
    pub feedback: Option<String>,
    /// Whether it keeps its place.
    pub pinned: bool,
}

/// What a note type is for, as a preview says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoteUse {
    /// Two sides.
    Card,
    /// A word that is typed.
    Typed,
    /// A text with deletions.
    Cloze,
    /// Areas of a picture.
    Occlusion,
    /// A question with options.
    Choice,
}

impl NoteUse {
    /// What it becomes, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Card => "front and back",
            Self::Typed => "typed answer",
            Self::Cloze => "text with gaps",
            Self::Occlusion => "picture with areas, as text",
            Self::Choice => "multiple choice",
        }
    }
}
