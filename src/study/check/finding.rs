//! What a check finds, and what can be done about it.

/// What can be done about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// It can be put right without a guess.
    Mend,
    /// A person gives the deck another name.
    Rename,
    /// The bank brings it again, when it is imported.
    Import,
    /// The log is not as it was sealed: a backup has what was lost, or the person knows that it is right as it is.
    Seal,
    /// The log and the schedule do not fit, and it cannot be known which of them is right.
    Undecided,
    /// The date of an answer was changed since it was given.
    Misdated,
    /// What was lost is in a backup, or nowhere.
    Backup,
}

impl Remedy {
    /// All of them, in the order in which they are named.
    pub const ALL: [Self; 7] =
        [Self::Mend, Self::Rename, Self::Import, Self::Seal, Self::Undecided, Self::Misdated, Self::Backup];

    /// What to do, in words.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Mend => "`retain check --mend` puts right what needs no guess, after a backup",
            Self::Rename => {
                "`retain deck list` numbers the decks, and `retain deck rename \"#1\" NAME` gives the first one another name"
            }
            Self::Import => {
                "pictures and sounds are not in backups: import their bank again (`retain import FILE`), which brings them"
            }
            Self::Seal => {
                "a backup from before has the answers as they were (`retain backup list`); if you know why they differ and the log \
                 is right as it is, `retain check --accept-log` says so"
            }
            Self::Undecided => {
                "the answers and the schedule do not fit, and it cannot be known which of them is right: keep this file, do not \
                 rebuild, and compare with a backup from before (`retain backup list`); if the log is right, `retain check \
                 --accept-log` makes the schedule follow it"
            }
            Self::Misdated => {
                "nothing of this program changes the date of an answer: a backup from before has it as it was (`retain backup list`); \
                 left as it is, it counts with the date that it has"
            }
            Self::Backup => {
                "only a backup puts this right: `retain backup list` shows them, and `retain restore WHICH` puts one in its place \
                 and keeps this file"
            }
        }
    }
}

/// What a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is, in a line.
    pub what: String,
    /// What can be done about it.
    pub remedy: Remedy,
}

impl Finding {
    pub(super) fn new(what: impl Into<String>, remedy: Remedy) -> Self {
        Self { what: what.into(), remedy }
    }
}
