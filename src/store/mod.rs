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
mod bulk_index;
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
mod entry_fit;
mod exam;
mod exam_log;
mod fault;
mod file_watch;
mod fit;
mod flag;
mod hold;
mod import_log;
mod imported_answer;
mod imported_card;
mod inspect;
mod journal;
mod leech;
mod left_over;
mod load;
mod log;
mod log_extent;
mod log_id;
mod log_row;
mod log_scan;
mod log_seal;
mod log_table;
mod loose_entry;
mod media;
mod memory;
mod open;
mod owner;
mod packaged;
mod preset;
mod purge;
mod query;
mod question;
mod question_change;
mod queue;
mod range;
mod reading;
mod retake;
mod run_seal;
mod salvage;
mod schema_guard;
mod search;
mod search_health;
mod search_index;
mod search_statement;
mod second_name;
mod setting;
mod shelf;
mod shift;
mod side_by_side;
mod source;
mod stale_memory;
mod subject;
mod sureness;
mod today;
mod totals;
mod wal;
mod way_back;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use self::file_watch::FileWatch;
use self::hold::Hold;
use crate::error::Result;
use crate::model::{CardId, DeckId, LogId};

pub use answer_times::MisdatedAnswers;
pub use backup::{
    BACKUP_FOLDER, BackupFacts, BackupFile, BackupPolicy, BackupReason, CommitHook, CopyPace, CopyWatch, Generations,
    PutInPlace, answers_missing_in, free_name_in, keep_backup_beside, put_back, put_in_place, today_began, verify,
};
pub use bank::{KnownQuestion, PlacedQuestion};
pub use card::{CardRow, LoadedCard};
pub use card_change::CardsAfter;
pub use check::{CheckedQuestion, IntegrityProblems};
pub use choices::ChoiceChange;
pub use counted::{CountedAnswer, CountedLog, LogColumns};
pub use database_file::{COMPANIONS, companion, is_backup, is_cut_off, is_database};
pub use deck::{BegunCounts, DeckCounts, DeckSize};
pub use deed::{LiveEntry, NewDeed, confirm_clock};
pub use deleted::{DeletedCard, DeletedQuestion};
pub use dump::{Dump, DumpLoader, DumpTable};
pub use exam::{GradableRow, Subjects};
pub use exam_log::{ExamAnswerRow, ExamQuestionRow, ExamRow, NewExam, ReplacedAnswer};
pub use fit::FitRow;
pub use import_log::{ImportMark, ImportMove, ImportRow};
pub use imported_answer::{AnswersThere, ImportedAnswer};
pub use imported_card::{IdentityRow, ImportedCardRow};
pub use journal::{RowsPutBack, TouchedRows};
pub use leech::FailureRow;
pub use left_over::{refuse_leftover_of, refuse_logs_at};
pub use log_extent::LogExtent;
pub use log_scan::LoggedReview;
pub use log_seal::BrokenSeal;
pub use loose_entry::{LooseEntry, TakenIn};
pub use memory::MemoryRow;
pub use owner::OwnerRow;
pub use packaged::{PackagedCard, PackagedRow};
pub use purge::Erasable;
pub use question_change::QuestionChange;
pub use queue::{DueRow, NewRow, QueueFilter, StepRow};
pub use range::AbsurdRows;
pub use reading::ReadingOptions;
pub use retake::{MissesSince, RetakeRow};
pub use salvage::{Salvage, Salvaged};
pub use schema_guard::{CACHES, SchemaDifference};
pub use search::{FoundPart, FoundRow};
pub use search_statement::{SearchCondition, SearchTerm};
pub use setting::{SettingOwner, SettingRow, UnusableSetting};
pub use shift::{ReviewingRow, ShiftRow};
pub use source::{KinRow, SourceRow};
pub use stale_memory::StaleMemories;
pub use subject::{SubjectChoice, SubjectRow};
pub use today::{AskedRow, Today, TodayRow};
pub use way_back::{backups_to_go_back_to, salvage_hint};

/// What is kept of the database in memory while an import writes, in KiB: it writes at the ends of tables.
const IMPORT_KIB: i64 = 16_384;

/// An open database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    entropy: u128,
    hook: Option<CommitHook>,
    /// Why a backup is kept before the next change.
    reason: Option<BackupReason>,
    /// `None` if it can only be read. It goes after the connection, because it looks at what that leaves behind.
    watch: Option<FileWatch>,
    /// Set while a session uses it.
    hold: Option<Hold>,
    /// Whether SQLite does not look whether what rows name is there.
    unlinked: bool,
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
    watch: Option<&'c FileWatch>,
    hold: Option<&'c mut Hold>,
    ids: log_id::LogIdMint,
    /// The last entry of the log before this transaction.
    begun_after: Option<LogId>,
    /// Devices of imports whose answers were appended.
    imports: BTreeSet<i64>,
    /// Devices that were made.
    new_devices: BTreeSet<i64>,
    /// The seal over an import, as far as its answers.
    seal_begun: Option<log_seal::SealBegun>,
    /// The first entry of another log that was appended.
    taken_in: Option<LogId>,
    /// Whether all seals fitted before that.
    sealed_well: Option<bool>,
    /// The numbers of topics that were looked up so far.
    topics: HashMap<String, i64>,
    /// Cards that are new and whose memory is written later, each with its deck and the parameters; `None` if none is.
    delayed: Option<BTreeMap<CardId, (DeckId, i64)>>,
    /// The device that was looked up last, with its number.
    last_device: Option<(String, i64)>,
    deed: Option<deed::OpenDeed>,
    hook: Option<&'c CommitHook>,
    reason: &'c mut Option<BackupReason>,
    /// The last entry of the log before this.
    before: Option<LogId>,
}

impl Reader<'_> {
    /// The path of the file, after links; empty for a database in memory.
    pub fn path(&self) -> PathBuf {
        self.connection.path().map(PathBuf::from).unwrap_or_default()
    }
}

impl Store {
    /// Opens the database at `path`, or makes it. What cannot be written is opened to be read. `now_ms` names the copy that is kept before a migration; `seed` is the
    /// person's `RETAIN_SEED`. Fails also if the file is not a database of this program, or comes from a newer version.
    pub fn open(path: &Path, now_ms: i64, seed: Option<u64>) -> Result<Self> {
        Self::open_keeping(path, now_ms, seed, &BackupPolicy::default())
    }

    /// The same, where backups are kept as `policy` says.
    pub fn open_keeping(path: &Path, now_ms: i64, seed: Option<u64>, policy: &BackupPolicy) -> Result<Self> {
        let (connection, watch) = open::open(path, now_ms, policy)?;
        Ok(Self::of_connection(connection, path, seed, watch))
    }

    fn of_connection(connection: Connection, path: &Path, seed: Option<u64>, watch: Option<FileWatch>) -> Self {
        let entropy = crate::chance::entropy(seed);
        Self { connection, path: path.into(), entropy, hook: None, reason: None, watch, hold: None, unlinked: false }
    }

    /// Opens the database at `path` to look at it only. It is neither made nor upgraded.
    pub fn look(path: &Path) -> Result<Self> {
        Ok(Self::of_connection(open::look(path)?, path, None, None))
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What to say of a database with several names (hard links), which is only read: the newest answers may be with another name.
    pub fn several_names(&self) -> Option<String> {
        let names = second_name::names(&self.path);
        let is_only_read = names > 1 && self.connection.is_readonly(rusqlite::MAIN_DB).unwrap_or(false);
        is_only_read.then(|| {
            format!(
                "the database has {names} names (hard links), so it is only read; answers that were given under another name may be missing"
            )
        })
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
        self.link(true)?;
        self.begin_to_write()
    }

    /// Begins to write what an import brings by the hundred thousand. All that its rows name is theirs or was read in the same transaction, so SQLite
    /// does not look each of them up again, which takes a third of the time. Tests look before it is committed.
    pub fn import_writer(&mut self) -> Result<Writer<'_>> {
        self.link(false)?;
        let writer = self.begin_to_write()?;
        writer.keep_in_memory(IMPORT_KIB)?;
        Ok(writer)
    }

    /// Says whether SQLite looks whether what rows name is there.
    fn link(&mut self, look: bool) -> Result<()> {
        if self.unlinked == look {
            self.connection.pragma_update(None, "foreign_keys", look)?;
            self.unlinked = !look;
        }
        Ok(())
    }

    fn begin_to_write(&mut self) -> Result<Writer<'_>> {
        self.refuse_read_only()?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let ids = log_id::LogIdMint::after_last(&transaction, self.entropy)?;
        let begun_after = ids.last();
        let (watch, hold) = (self.watch.as_ref(), self.hold.as_mut());
        let (hook, reason) = (self.hook.as_ref(), &mut self.reason);
        Ok(Writer {
            transaction,
            watch,
            hold,
            ids,
            begun_after,
            imports: BTreeSet::new(),
            new_devices: BTreeSet::new(),
            seal_begun: None,
            taken_in: None,
            sealed_well: None,
            topics: HashMap::new(),
            delayed: None,
            last_device: None,
            deed: None,
            hook,
            reason,
            before: begun_after,
        })
    }

    /// Fails if the file is no longer the one at its path: what is written now would not be found there.
    pub fn confirm_place(&self) -> Result<()> {
        self.watch.as_ref().map_or(Ok(()), FileWatch::confirm)
    }

    /// A session begins: what it writes is kept at hand, and the file is watched until the store is dropped.
    pub fn hold(&mut self) -> Result<()> {
        if let Some(watch) = self.watch.as_ref().filter(|_| self.hold.is_none()) {
            watch.confirm()?;
            // The person sees that something is waited for, instead of a screen that is stuck.
            self.connection.busy_timeout(open::PATIENCE_OF_SESSION)?;
            self.hold = Some(Hold::begin(&self.connection, watch.path(), watch)?);
        }
        Ok(())
    }

    /// What was written to the log since [`Self::hold`], in its order, whether it can still be found in the file or not.
    pub fn held_entries(&self) -> &[LooseEntry] {
        self.hold.as_ref().map_or(&[], |hold| &hold.entries)
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
        self.write_delayed()?;
        // A backup is kept before a deed or an entry of the log, from what was committed until now.
        let is_deed = self.deed.is_some();
        let changes = if is_deed { self.end_deed()? } else { self.ids.last() != self.before };
        self.seal()?;
        #[cfg(debug_assertions)]
        self.confirm_links()?;
        let confirm = || self.watch.map_or(Ok(()), FileWatch::confirm);
        // Of a file that is gone, no backup can be kept.
        confirm()?;
        if let Some(hook) = self.hook.filter(|_| changes) {
            hook.call(self.reason.take());
        }
        let written = match &self.hold {
            Some(_) => self.reader().loose_entries_after(self.begun_after)?,
            None => Vec::new(),
        };
        confirm()?;
        self.transaction.commit()?;
        if let Some(watch) = self.watch {
            watch.wrote();
        }
        if let Some(hold) = self.hold {
            hold.entries.extend(written);
        }
        // Only what is at the path is found again.
        confirm()
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.hold = None;
        if let Some(watch) = &self.watch {
            watch.part_from(&self.connection);
        }
    }
}
