//! What a session came to.

use crate::model::Due;

/// What comes after the session, as the database knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outlook {
    /// When the next card is due; none where no card waits.
    pub next_due: Option<Due>,
    /// Cards due on the next study day.
    pub due_tomorrow: usize,
    /// New cards that were never shown.
    pub new_left: usize,
}

/// A session that has ended.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Answers given and not taken back.
    pub answered: usize,
    /// Of these, right ones (right guesses among them).
    pub right: usize,
    /// Of these, right ones that the person called guesses.
    pub guessed: usize,
    /// Of these, first answers to new cards.
    pub new: usize,
    /// Milliseconds spent on them.
    pub took_ms: u64,
    /// Whether the person stopped before everything was asked.
    pub stopped: bool,
    /// What comes next.
    pub outlook: Outlook,
}
