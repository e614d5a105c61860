//! Kinds of failure, hints and exit codes.

use std::fmt;

/// The result of everything that can fail for a reason to tell a person.
pub type Result<T> = std::result::Result<T, Error>;

/// Whose problem a failure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The person can fix it: a bad bank, no such deck, a full disk.
    Person,
    /// The command line is off.
    Usage,
    /// A fault of the program.
    Fault,
    /// Whoever read our output went away: no failure, there is only nobody left to talk to.
    BrokenPipe,
}

/// What happened and what to do about it.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    message: String,
    hints: Vec<String>,
    report: Option<String>,
}

impl Error {
    /// A failure that the person can fix.
    pub fn person(message: impl Into<String>) -> Self {
        Self { kind: Kind::Person, message: message.into(), hints: Vec::new(), report: None }
    }

    /// A command line that makes no sense.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { kind: Kind::Usage, ..Self::person(message) }
    }

    /// A fault of the program.
    pub fn fault(message: impl Into<String>) -> Self {
        Self { kind: Kind::Fault, ..Self::person(message) }
    }

    /// Whoever read our output went away.
    pub fn broken_pipe() -> Self {
        Self { kind: Kind::BrokenPipe, ..Self::person("the reader of the output went away") }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Puts a finished report (such as a list of problems with carets) before the message.
    #[must_use]
    pub fn after_report(mut self, report: String) -> Self {
        self.report = Some(report);
        self
    }

    /// What happened, in one line.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it.
    pub fn hints(&self) -> &[String] {
        &self.hints
    }

    /// What is printed before the message.
    pub fn report(&self) -> Option<&str> {
        self.report.as_deref()
    }

    /// Whose problem it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The exit code of the program: 1 for the person's problem, 2 for usage, 70 for a fault, 0 where the reader went away.
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            Kind::Person => 1,
            Kind::Usage => 2,
            Kind::Fault => 70,
            Kind::BrokenPipe => 0,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        for hint in &self.hints {
            write!(f, "\nhint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// The outcome of a command that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// All of it.
    Whole,
    /// A part: some questions were rejected (exit code 3).
    InPart,
}
