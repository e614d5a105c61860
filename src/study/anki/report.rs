//! What came of the import of a package.

/// What came of it, or would.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnkiImported {
    /// Whether nothing was written.
    pub dry_run: bool,
    /// The decks, by name.
    pub decks: Vec<AnkiDeckFigures>,
    /// The note types, by name.
    pub kinds: Vec<AnkiKindFigures>,
    /// Notes of the package.
    pub notes: u64,
    /// Answers that are new in the log.
    pub answers: u64,
    /// Answers that were there already.
    pub known_answers: u64,
    /// Resets that are new in the log.
    pub resets: u64,
    /// Cards that were suspended, buried or moved to another day, as in Anki.
    pub moved: u64,
    /// Cards that were flagged.
    pub flagged: u64,
    /// Files of media that were copied or were there already.
    pub media: u64,
    /// Names of media that the package does not hold.
    pub missing_media: Vec<String>,
    /// Presets that were made, each with its decks.
    pub presets: Vec<String>,
    /// Questions that were rejected: they are among what is not carried.
    pub rejected: u64,
    /// What is not carried, and why.
    pub left_out: Vec<AnkiNotice>,
    /// What else the person should know.
    pub notices: Vec<String>,
}

/// A deck of a package.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnkiDeckFigures {
    /// Its name here.
    pub name: String,
    /// Questions that are new.
    pub new: usize,
    /// Questions that changed.
    pub edited: usize,
    /// Questions that are as they were.
    pub unchanged: usize,
}

/// The notes of a type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnkiKindFigures {
    /// The name of the type.
    pub name: String,
    /// What they become, in words.
    pub becomes: &'static str,
    /// How many there are.
    pub notes: u64,
}

/// Something that is not carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnkiNotice {
    /// What it is, and why.
    pub what: String,
    /// How often.
    pub count: u64,
}

impl AnkiNotice {
    /// Counts something that is not carried, either way.
    pub(in crate::study) fn add(notices: &mut Vec<Self>, what: &str, count: u64) {
        if count == 0 {
            return;
        }
        match notices.iter_mut().find(|notice| notice.what == what) {
            Some(known) => known.count += count,
            None => notices.push(Self { what: what.to_owned(), count }),
        }
    }
}

impl AnkiImported {
    /// Says something once.
    pub(super) fn notice(&mut self, what: String) {
        if !self.notices.contains(&what) {
            self.notices.push(what);
        }
    }

    /// Counts something that is not carried.
    pub(super) fn leave_out(&mut self, what: &str, count: u64) {
        AnkiNotice::add(&mut self.left_out, what, count);
    }
}
