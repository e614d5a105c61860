//! The database: opening, migrations, transactions, queries. The only room that names `rusqlite`.
//!
//! Reading goes through [`Reader`], writing through [`Writer`], which is a transaction: its changes take effect together when
//! [`Writer::commit`] returns, and not at all otherwise.
//!
//! # Errors
//! Every function that returns a `Result` fails if the database cannot be read or written, or if it holds a value that no version
//! of this program writes. Functions that take a callback also pass on its failure. The message and the hint are ready to be shown.

mod answer_times;
mod backup;
mod bank;
mod card;
mod card_change;
mod card_log;
mod check;
mod choices;
mod column;
mod counted;
mod database_file;
mod deck;
mod deed;
mod deleted;
mod dump;
mod edit;
mod exam;
mod exam_log;
mod fault;
mod fit;
mod flag;
mod import_log;
mod journal;
mod leech;
mod load;
mod log;
mod log_id;
mod log_row;
mod log_scan;
mod media;
mod memory;
mod open;
mod owner;
mod preset;
mod purge;
mod query;
mod question;
mod question_change;
mod queue;
mod reading;
mod retake;
mod search;
mod search_index;
mod setting;
mod shelf;
mod shift;
mod source;
mod subject;
mod sureness;
mod today;
mod totals;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::Result;
use crate::model::LogId;

pub use backup::{
    BACKUP_FOLDER, BackupFacts, BackupFile, BackupPolicy, BackupReason, CommitHook, CopyPace, CopyWatch, Generations,
    PutInPlace, answers_missing_in, free_name_in, keep_backup_beside, put_in_place, today_began, verify,
};
pub use bank::{KnownQuestion, PlacedQuestion};
pub use card::{CardRow, LoadedCard};
pub use card_change::CardsAfter;
pub use choices::ChoiceChange;
pub use counted::{CountedAnswer, CountedLog, LogColumns};
pub use database_file::{COMPANIONS, companion, is_backup, is_database};
pub use deck::{DeckCounts, DeckSize};
pub use deed::{LiveEntry, LiveEntryKind, NewDeed};
pub use deleted::{DeletedCard, DeletedQuestion};
pub use dump::{Dump, DumpLoader, DumpTable};
pub use exam::{GradableRow, Subjects};
pub use exam_log::{ExamAnswerRow, ExamQuestionRow, ExamRow, NewExam};
pub use fit::FitRow;
pub use import_log::{ImportMark, ImportMove, ImportRow};
pub use journal::{RowsPutBack, TouchedRows};
pub use leech::FailureRow;
pub use log_scan::LoggedReview;
pub use memory::MemoryRow;
pub use owner::OwnerRow;
pub use purge::Erasable;
pub use question_change::QuestionChange;
pub use queue::{DueRow, NewRow, QueueFilter, StepRow};
pub use reading::ReadingOptions;
pub use retake::{MissesSince, RetakeRow};
pub use search::{FoundPart, FoundRow, SearchCondition, SearchTerm};
pub use setting::{SettingOwner, SettingRow};
pub use shift::{ReviewingRow, ShiftRow};
pub use source::{KinRow, SourceRow};
pub use subject::{SubjectChoice, SubjectRow};
pub use today::{AskedRow, Today, TodayRow};

/// An open database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    entropy: u128,
    hook: Option<CommitHook>,
    /// Why a backup is kept before the next change.
    reason: Option<BackupReason>,
}

/// Reads from a database, in or outside a transaction.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'c> {
    connection: &'c Connection,
}

/// A transaction that writes. Dropped without a commit, it leaves nothing behind.
#[derive(Debug)]
pub struct Writer<'c> {
    transaction: Transaction<'c>,
    ids: log_id::LogIdMint,
    /// The numbers of topics that were looked up so far.
    topics: HashMap<String, i64>,
    deed: Option<deed::OpenDeed>,
    hook: Option<&'c CommitHook>,
    reason: &'c mut Option<BackupReason>,
    /// The last entry of the log before this.
    before: Option<LogId>,
}

impl Store {
    /// Opens the database at `path`, or makes it. What cannot be written is opened to be read. `now_ms` names the copy that is kept before a migration; `seed` is the
    /// person's `RETAIN_SEED`. Fails also if the file is not a database of this program, or comes from a newer version.
    pub fn open(path: &Path, now_ms: i64, seed: Option<u64>) -> Result<Self> {
        Self::open_keeping(path, now_ms, seed, &BackupPolicy::default())
    }

    /// The same, where backups are kept as `policy` says.
    pub fn open_keeping(path: &Path, now_ms: i64, seed: Option<u64>, policy: &BackupPolicy) -> Result<Self> {
        Ok(Self::of_connection(open::open(path, now_ms, policy)?, path, seed))
    }

    fn of_connection(connection: Connection, path: &Path, seed: Option<u64>) -> Self {
        Self { connection, path: path.into(), entropy: crate::chance::entropy(seed), hook: None, reason: None }
    }

    /// Opens the database at `path` to look at it only. It is neither made nor upgraded.
    pub fn look(path: &Path) -> Result<Self> {
        Ok(Self::of_connection(open::look(path)?, path, None))
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Fails if the database can only be read.
    pub fn refuse_read_only(&self) -> Result<()> {
        open::refuse_read_only(&self.connection, &self.path)
    }

    /// Reads.
    pub fn reader(&self) -> Reader<'_> {
        Reader { connection: &self.connection }
    }

    /// Begins to write. No other process writes until the writer is dropped. Fails also if another process writes for longer than
    /// the busy timeout.
    pub fn writer(&mut self) -> Result<Writer<'_>> {
        self.refuse_read_only()?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let ids = log_id::LogIdMint::after_last(&transaction, self.entropy)?;
        let (hook, reason, before) = (self.hook.as_ref(), &mut self.reason, ids.last());
        Ok(Writer { transaction, ids, topics: HashMap::new(), deed: None, hook, reason, before })
    }

    /// Begins to write what a person does, so that it can be taken back.
    pub fn deed(&mut self, deed: NewDeed) -> Result<Writer<'_>> {
        let mut writer = self.writer()?;
        writer.begin_deed(deed)?;
        Ok(writer)
    }
}

impl Writer<'_> {
    /// Reads, and sees what was written so far.
    pub fn reader(&self) -> Reader<'_> {
        Reader { connection: &self.transaction }
    }

    /// Makes the changes durable. If it fails (a full disk), none of them takes effect.
    pub fn commit(mut self) -> Result<()> {
        // A backup is kept before a deed or an entry of the log, from what was committed until now.
        let is_deed = self.deed.is_some();
        let changes = if is_deed { self.end_deed()? } else { self.ids.last() != self.before };
        if let Some(hook) = self.hook.filter(|_| changes) {
            hook.call(self.reason.take());
        }
        Ok(self.transaction.commit()?)
    }
}
