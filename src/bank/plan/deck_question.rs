//! The questions of a deck, as far as matching needs them.

use uuid::Uuid;

use crate::bank::identity::Fingerprint;
use crate::error::Result;
use crate::model::{Kind, Question, QuestionId};

/// A question of the deck, without its texts. Most questions of most imports are decided by their fingerprints alone.
#[derive(Clone, Debug)]
pub struct DeckQuestion {
    /// Its number.
    pub id: QuestionId,
    /// Its identity.
    pub uid: Uuid,
    /// What it asks for.
    pub kind: Kind,
    /// The fingerprint of its whole content ([`crate::bank::identity::content`]), if known.
    pub content: Option<u64>,
    /// The banks that hold it.
    pub placements: Vec<Placement>,
}

/// A question in a bank.
#[derive(Clone, Debug)]
pub struct Placement {
    /// Whether the bank is the one that is imported.
    pub here: bool,
    /// The bank's id for the question.
    pub id: Option<String>,
    /// Its fingerprint in that bank.
    pub print: Fingerprint,
    /// The fingerprint of its whole content in that bank, if known.
    pub content: Option<u64>,
}

impl DeckQuestion {
    /// Whether content is not new: the question has it, or the bank had it last time, no matter what others made of the
    /// question since. A bank at another place is new, unless any bank had this content.
    pub(super) fn has_content(&self, content: u64) -> bool {
        let here = self.placements.iter().find(|placement| placement.here);
        let said = match here {
            Some(here) => here.content == Some(content),
            None => self.placements.iter().any(|placement| placement.content == Some(content)),
        };
        said || self.content == Some(content)
    }
}

/// Loads the texts of questions of the deck, in the order of the ids.
pub type LoadQuestions<'a> = dyn FnMut(&[QuestionId]) -> Result<Vec<Question>> + 'a;
