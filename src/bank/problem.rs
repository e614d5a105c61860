//! Problems of a bank, and where they are.

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// A question was rejected.
    Error,
    /// An oddity; the question was read nevertheless.
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
    /// The message, in lower case and without a full stop.
    pub message: String,
    /// The advice.
    pub hint: Option<String>,
    /// The text of the line, to show it with a caret; long lines are cut.
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

    /// A problem of the text of a line: the column is after its indentation.
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
    /// The message, in one line.
    pub message: String,
    /// The advice.
    pub hint: Option<String>,
    /// The problems that led to it, if there are any.
    pub problems: Vec<Problem>,
}

impl Refusal {
    /// A refusal that no single problem led to.
    pub(super) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: Some(hint.into()), problems: Vec::new() }
    }
}
