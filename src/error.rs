//! Kinds of failure, hints and exit codes.

use std::fmt;

/// The result of everything that can fail for a reason to tell a person.
pub type Result<T> = std::result::Result<T, Error>;

/// Whose problem a failure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
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
    kind: ErrorKind,
    code: Option<&'static str>,
    message: String,
    hints: Vec<String>,
    report: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// A failure that the person can fix.
    pub fn person(message: impl Into<String>) -> Self {
        let message = message.into();
        Self { kind: ErrorKind::Person, code: None, message, hints: Vec::new(), report: None, source: None }
    }

    /// A command line that makes no sense.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Usage, ..Self::person(message) }
    }

    /// A fault of the program.
    pub fn fault(message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::Fault, ..Self::person(message) }
    }

    /// Whoever read our output went away.
    pub fn broken_pipe() -> Self {
        Self { kind: ErrorKind::BrokenPipe, ..Self::person("the reader of the output went away") }
    }

    /// Names the failure for programs; a name never changes.
    #[must_use]
    pub fn named(mut self, code: &'static str) -> Self {
        self.code = Some(code);
        self
    }

    /// A database whose rows do not fit together: a row names another one that is not there.
    pub fn inconsistent(what: impl fmt::Display) -> Self {
        Self::person(format!("{what}: the database is damaged"))
            .named("database-damaged")
            .hint("`retain check` says what is wrong, and what to do")
    }

    /// Says before the message what it is about, such as a path.
    #[must_use]
    pub fn about(mut self, what: impl fmt::Display) -> Self {
        self.message = format!("{what}: {}", self.message);
        self
    }

    /// Keeps the failure that led to this one.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Changes every hint.
    #[must_use]
    pub fn map_hints(mut self, change: impl Fn(&str) -> String) -> Self {
        self.hints.iter_mut().for_each(|hint| *hint = change(hint));
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

    /// The name of the failure for programs, such as `no-such-deck`; it never changes. A failure without a name of its own has that of its
    /// kind.
    pub fn code(&self) -> &'static str {
        self.code.unwrap_or(match self.kind {
            ErrorKind::Person => "refused",
            ErrorKind::Usage => "usage",
            ErrorKind::Fault => "fault",
            ErrorKind::BrokenPipe => "broken-pipe",
        })
    }

    /// Whose problem it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The exit code of the program: 1 for the person's problem, 2 for usage, 70 for a fault, 0 where the reader went away.
    pub fn exit_code(&self) -> u8 {
        match self.kind {
            ErrorKind::Person => 1,
            ErrorKind::Usage => 2,
            ErrorKind::Fault => 70,
            ErrorKind::BrokenPipe => 0,
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

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    #[test]
    fn a_failure_has_a_name_and_keeps_its_source() {
        let failure = Error::person("no deck is called `x`").named("no-such-deck").caused_by(std::fmt::Error);
        assert_eq!((failure.code(), failure.exit_code()), ("no-such-deck", 1));
        assert!(failure.source().is_some_and(<dyn std::error::Error>::is::<std::fmt::Error>));
        assert_eq!([Error::usage("").code(), Error::fault("").code()], ["usage", "fault"]);
    }
}

/// The outcome of a command that did not fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// All of it.
    Whole,
    /// A part: some questions were rejected (exit code 3).
    InPart,
    /// There was nothing to report, and the exit code says so: nothing is due.
    Nothing,
}
