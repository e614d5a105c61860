//! What the person does in a session.

use super::{ExamAction, GivenAnswer, Loaded, StatedRating};

/// An action of the person, or time that passes.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The person answers.
    Answer {
        /// The answer as given.
        given: GivenAnswer,
        /// Milliseconds from showing to answering, if the front end measured them; otherwise the clock counts.
        took_ms: Option<u32>,
        /// Whether the person is sure; `None` if they did not say.
        sure: Option<bool>,
    },
    /// The person goes on after the feedback.
    Rate(StatedRating),
    /// The person says that the answer was graded wrongly; a second time, that it was graded rightly after all.
    Overrule,
    /// The person stops the clock, until the next action.
    Pause,
    /// The person flags the card with a note, or removes the flag.
    Flag(Option<String>),
    /// The person edited the shown question; `None` if its card is no longer to be asked.
    Edited(Option<Box<Loaded>>),
    /// Time passes; an exam may be over.
    Tick,
    /// The person takes back what they did last.
    Undo,
    /// The person wants to see this card later.
    Skip,
    /// The person does not want to see this card today.
    Bury,
    /// The person does not want to see this card again.
    Suspend,
    /// Something that is done in a mock exam only.
    Exam(ExamAction),
    /// The person stops. A mock exam can be gone on with later.
    Quit,
}
