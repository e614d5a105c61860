//! What every front end of a review session does.

use crate::error::Result;
use crate::model::Moment;
use crate::session::{Event, Notice, Session, Summary};

/// A front end of a review session: the terminal, plain lines, or JSON Lines.
pub trait FrontEnd {
    /// Shows where the session stands (a question, or the feedback on an answer) and waits for what the person does.
    ///
    /// # Errors
    /// When the terminal or the pipe fails. The end of the input is no error: it is [`Event::Quit`].
    fn act(&mut self, session: &Session, now: Moment) -> Result<Event>;

    /// Tells what happened between two questions.
    ///
    /// # Errors
    /// When the terminal or the pipe fails.
    fn tell(&mut self, notice: &Notice, now: Moment) -> Result<()>;

    /// Shows what the session came to.
    ///
    /// # Errors
    /// When the terminal or the pipe fails.
    fn finish(&mut self, summary: &Summary, now: Moment) -> Result<()>;
}
