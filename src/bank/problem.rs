//! What is wrong in a bank, and where.

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// A question was rejected.
    Error,
    /// Something is odd; the question was read all the same.
    Warning,
}

/// A problem at a place of a bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// How many characters it concerns, at least 1.
    pub width: usize,
    /// How bad it is.
    pub severity: Severity,
    /// A short name that does not change (`no-options`).
    pub code: &'static str,
    /// What is wrong, in lower case and without a full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The text of the line, to show it with a caret; cut where it is very long.
    pub excerpt: String,
}
