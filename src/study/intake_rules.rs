//! What may enter a log from elsewhere.

/// What a person says of a file from which answers come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IntakeConsent {
    /// Days enter that were changed in the other database since they were sealed there.
    pub changed_days: bool,
    /// It is of this database, although nothing in it shows that.
    pub same_database: bool,
}

/// What may enter a log.
#[derive(Clone, Copy, Debug)]
pub(super) struct IntakeRules {
    /// Whether nothing is changed.
    pub dry_run: bool,
    /// What the person says of it.
    pub consent: IntakeConsent,
    /// The present, UTC milliseconds.
    pub now_ms: i64,
}
