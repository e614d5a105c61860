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

impl Problem {
    /// A problem of a whole line; `hint` may be empty. The text is shown from its first character on.
    pub(super) fn of_line(
        line: usize,
        text: &str,
        severity: Severity,
        code: &'static str,
        message: impl Into<String>,
        hint: &str,
    ) -> Self {
        let excerpt: String = text.chars().take(200).collect();
        let width = excerpt.chars().count().clamp(1, 160);
        let hint = Some(hint.to_owned()).filter(|hint| !hint.is_empty());
        Self { line, column: 1, width, severity, code, message: message.into(), hint, excerpt }
    }

    /// A problem of what a line says: the column is behind the spaces that indent it.
    pub(super) fn of_text(
        line: usize,
        text: &str,
        severity: Severity,
        code: &'static str,
        message: impl Into<String>,
        hint: &str,
    ) -> Self {
        let column = text.chars().take_while(|char| *char == ' ').count() + 1;
        let width = text.trim().chars().count().clamp(1, 160);
        Self { column, width, ..Self::of_line(line, text, severity, code, message, hint) }
    }
}

/// Why a whole file was not read.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// What happened, in one line.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The problems that led to it, where there are any.
    pub problems: Vec<Problem>,
}

impl Refusal {
    /// A refusal that no single problem led to.
    pub(super) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: Some(hint.into()), problems: Vec::new() }
    }
}
