//! What every front end of a review session does.

use crate::error::Result;
use crate::model::Moment;
use crate::session::{Event, Notice, Session, Summary};

/// What the person wants.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Something that concerns the session.
    Event(Event),
    /// To see what is known of the card: its answers, its memory, where its question stands.
    About,
    /// To edit the question that is shown.
    Edit,
}

/// What is known of a card, for a person who asks.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// Where it comes from, how it stands, its flag: lines of words.
    pub facts: String,
    /// Its answers: a header, and a line for each.
    pub answers: String,
    /// The curve of forgetting: see [`crate::stats::CardHistory::curve`].
    pub curve: Vec<(f64, f64)>,
    /// All of it, as `retain card show --json` has it.
    pub json: serde_json::Value,
}

/// A front end of a review session: the terminal, plain lines, or JSON Lines.
pub trait FrontEnd {
    /// Shows where the session stands (a question, or the feedback on an answer) and waits for what the person wants.
    ///
    /// # Errors
    /// When the terminal or the pipe fails. The end of the input is no error: it is [`Event::Quit`].
    fn act(&mut self, session: &Session, now: Moment) -> Result<Wish>;

    /// Tells what happened between two questions.
    ///
    /// # Errors
    /// When the terminal or the pipe fails.
    fn tell(&mut self, notice: &Notice, now: Moment) -> Result<()>;

    /// Shows what is known of the card, until the person has seen it.
    ///
    /// # Errors
    /// When the terminal or the pipe fails.
    fn about(&mut self, about: &About) -> Result<()>;

    /// Lets the person edit this text; `problems` says what was wrong with it so far. None where it is to stay as it is.
    ///
    /// # Errors
    /// When the terminal, the pipe or the editor fails.
    fn edit(&mut self, text: &str, problems: Option<&str>) -> Result<Option<String>>;

    /// Shows what the session came to.
    ///
    /// # Errors
    /// When the terminal or the pipe fails.
    fn finish(&mut self, summary: &Summary, now: Moment) -> Result<()>;
}
