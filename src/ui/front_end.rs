//! The interface of all front ends of a review session.

use crate::error::{Error, Result};
use crate::model::{CardId, Moment};
use crate::session::{Action, Notice, Session, Summary};

/// A request of the person.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// To do this in the session.
    Act(Action),
    /// To see the details of the card: its answers, its memory, the place of its question.
    About,
    /// To edit the shown question.
    Edit,
}

/// What a front end without a screen showed last, so that it is shown once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LastShown {
    /// The question of this card.
    Question(CardId),
    /// The feedback on the answer to it, and whether it was overruled.
    Feedback(CardId, bool),
    /// The end of a mock exam, which asks whether to hand it in.
    Overview,
}

/// The details of a card, for a person who asks.
#[derive(Clone, Debug, PartialEq)]
pub struct CardPage {
    /// Its source, its state and its flag, as lines of text.
    pub facts: String,
    /// Its answers: a header, then a line for each.
    pub answers: String,
    /// The curve of forgetting: see [`crate::stats::CardHistory::curve`].
    pub curve: Vec<(f64, f64)>,
    /// All details, as `retain card show --json` prints them.
    pub json: serde_json::Value,
}

/// A front end of a review session: the terminal, plain lines, or JSON Lines.
pub trait FrontEnd {
    /// Shows the phase of the session (a question, or the feedback on an answer) and waits for a request.
    ///
    /// # Errors
    /// If the terminal or the pipe fails, as for all methods. The end of the input is no error but [`Action::Quit`].
    fn act(&mut self, session: &Session, now: Moment) -> Result<Wish>;

    /// Shows what happened between two questions.
    ///
    /// # Errors
    /// See [`FrontEnd::act`].
    fn notify(&mut self, notice: &Notice, now: Moment) -> Result<()>;

    /// Shows that something cannot be done yet, and waits a moment before it is tried again; `tries` were made in vain before. False if it is
    /// not to be tried again.
    ///
    /// # Errors
    /// See [`FrontEnd::act`].
    fn hold_on(&mut self, session: &Session, error: &Error, tries: u32) -> Result<bool>;

    /// Shows the details of the card until the person has seen them.
    ///
    /// # Errors
    /// See [`FrontEnd::act`].
    fn about(&mut self, about: &CardPage) -> Result<()>;

    /// Lets the person edit this text; `problems` are those of their last attempt. `None` if it is to stay as it is.
    ///
    /// # Errors
    /// See [`FrontEnd::act`]; or if the editor fails.
    fn edit(&mut self, text: &str, problems: Option<&str>) -> Result<Option<String>>;

    /// Shows the summary of the session.
    ///
    /// # Errors
    /// See [`FrontEnd::act`].
    fn finish(&mut self, summary: &Summary, now: Moment) -> Result<()>;
}
