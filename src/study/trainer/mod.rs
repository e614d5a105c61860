//! The door of the application.

mod browsing;
mod changes;
mod figures;
mod whole;

use std::path::{Path, PathBuf};

use super::anki::{self, AnkiImported, UnpackedPackage};
use super::anki_out::{self, AnkiExportRequest, AnkiExported};
use super::backup::{BackupOrders, Keeper};
use super::clock_behind::{self, ClockBehind};
use super::completion::{self, NameSource};
use super::day::{self, DayPlan, ReviewRequest, Work};
use super::decks::Decks;
use super::exam::{self, ExamDraw, ExamRequest, ExamRules, ExamSitting, PastExam};
use super::idle::{self, IdleReason};
use super::import::{self, Batch, EnteredHistory, ImportOptions, Imported, TakenBack};
use super::ledger::{Ledger, Promise};
use super::places;
use super::present::Present;
use super::printed_bank;
use super::progress::Watch;
use super::today::{self, Home};
use super::undo::{self, PastDeed, Reversed};
use super::world::World;
use crate::bank::history::HistoryAnswer;
use crate::bank::{self, Bank, ReadOptions};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::model::Moment;
use crate::session::{Answer, Recorded};
use crate::store::{BackupPolicy, BackupReason, Reader, ReadingOptions, Store, confirm_clock};

/// An open database with its clock and its seed: everything that can be done and asked.
///
/// Each method reads what it needs and writes in one transaction; one that fails has changed nothing.
///
/// # Errors
/// Methods fail when the database does, when a watch stops them, or when a deck, card, topic, tag or name that they are given does not exist or
/// cannot be used. Errors are for people: a message, and hints what to do.
#[derive(Debug)]
pub struct Trainer {
    store: Store,
    clock: Clock,
    seed: Option<u64>,
    keeper: Option<Keeper>,
}

/// Opening, and the present.
impl Trainer {
    /// Opens the database at this path, and makes it if it is not there. `seed` fixes all chance, for tests and replays.
    pub fn open(path: &Path, clock: Clock, seed: Option<u64>) -> Result<Self> {
        Ok(Self { store: Store::open(path, clock.now().utc_ms, seed)?, clock, seed, keeper: None })
    }

    /// The same, and keeps backups from then on: before the first change of a study day, and before large changes.
    pub fn open_keeping(path: &Path, clock: Clock, seed: Option<u64>, orders: BackupOrders) -> Result<Self> {
        let mut store = Store::open_keeping(path, clock.now().utc_ms, seed, &orders.policy)?;
        let keeper = Keeper::begin(&mut store, clock, orders);
        Ok(Self { store, clock, seed, keeper: Some(keeper) })
    }

    /// Opens the database at this path, which must be there, and keeps backups from then on.
    pub fn open_existing_keeping(path: &Path, clock: Clock, seed: Option<u64>, orders: BackupOrders) -> Result<Self> {
        places::must_exist(path, &orders.policy)?;
        Self::open_keeping(path, clock, seed, orders)
    }

    /// What to say if there is no database at this path, but backups of one: a new one would hide that.
    pub fn lost_database(path: &Path, policy: &BackupPolicy) -> Option<Error> {
        places::lost_database(path, policy)
    }

    /// Opens the database at this path, which must be there. What cannot be written can still be read.
    pub fn open_existing(path: &Path, clock: Clock, seed: Option<u64>) -> Result<Self> {
        places::must_exist(path, &BackupPolicy::default())?;
        Self::open(path, clock, seed)
    }

    /// Opens the database at this path to copy it only, if it is not as this program makes it: nothing that is written in it is run.
    pub fn open_inert(path: &Path, clock: Clock, orders: BackupOrders) -> Result<Self> {
        let mut store = Store::open_inert(path)?;
        let keeper = Keeper::begin(&mut store, clock, orders);
        Ok(Self { store, clock, seed: None, keeper: Some(keeper) })
    }

    /// Opens the database at this path to look at it only: it is neither made nor upgraded.
    pub fn look(path: &Path, clock: Clock) -> Result<Self> {
        places::must_exist(path, &BackupPolicy::default())?;
        Ok(Self { store: Store::look(path)?, clock, seed: None, keeper: None })
    }

    /// Names that a shell offers, each with what it is. `begin` is what was typed of it.
    pub fn names(&self, source: NameSource, begin: &str) -> Result<Vec<(String, String)>> {
        completion::names(self.reader(), source, begin)
    }

    /// What to say of a database with several names, which is only read.
    pub fn several_names(&self) -> Option<String> {
        self.store.several_names()
    }

    /// Fails if the database can only be read, or if the clock says a time at which nothing can be saved.
    pub fn refuse_read_only(&self) -> Result<()> {
        confirm_clock(self.now())?;
        self.store.refuse_read_only()?;
        self.store.reader().confirm_identities()
    }

    /// Whether the clock is more than a day before the last answer.
    pub fn clock_behind(&self) -> Result<Option<ClockBehind>> {
        clock_behind::clock_behind(self.reader(), self.now())
    }

    /// The path of the database.
    pub fn path(&self) -> &Path {
        self.store.path()
    }

    /// The database, for what has no method here.
    pub fn reader(&self) -> Reader<'_> {
        self.store.reader()
    }

    /// The moment.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The moment with its study day.
    pub fn present(&self) -> Result<Present> {
        Present::at(self.now(), self.seed.unwrap_or(0), self.reader())
    }

    /// All decks with their settings.
    pub fn decks(&self) -> Result<Decks> {
        Decks::load(self.reader())
    }

    /// Today at a glance.
    pub fn home(&self) -> Result<Home> {
        today::home(self.reader(), self.present()?)
    }
}

/// Reviews and mock exams.
impl Trainer {
    /// The cards of today that are left, in the order to be asked.
    pub fn plan_day(&self, request: &ReviewRequest) -> Result<DayPlan> {
        day::choose(self.reader(), &self.decks()?, request, self.present()?)
    }

    /// How much is left of today.
    pub fn work_today(&self, request: &ReviewRequest) -> Result<Work> {
        let counts = day::count_day(self.reader(), &self.decks()?, request, self.present()?)?;
        Ok(counts.work.into_values().sum())
    }

    /// Why nothing can be asked of this deck and the decks in it, or of all; `None` if something can be, or only today nothing is.
    pub fn idle_reason(&self, deck: Option<&str>) -> Result<Option<IdleReason>> {
        idle::idle_reason(self.reader(), deck)
    }

    /// Draws the questions of a mock exam.
    pub fn draw_exam(&self, request: ExamRequest<'_>) -> Result<ExamDraw> {
        exam::draw(self.reader(), &self.decks()?, request, self.present()?)
    }

    /// The other side of a session that reviews a planned day. `decks` are those of [`Self::decks`].
    pub fn review_world<'a>(&'a mut self, decks: &'a Decks, plan: &DayPlan, request: ReviewRequest) -> World<'a> {
        self.begin_session();
        let (clock, folder) = (self.clock, self.folder());
        World::new(self.ledger(decks), clock, folder, plan.decks.clone(), request)
    }

    /// Begins a mock exam with the questions that were drawn. The first answer ends one that was left before.
    pub fn begin_exam(&mut self, request: ExamRequest<'_>, draw: &ExamDraw, rules: ExamRules) -> Result<ExamSitting> {
        let now = self.now();
        exam::begin_exam(&mut self.store, request, draw, rules, now)
    }

    /// The mock exam that was left and can be continued.
    pub fn unfinished_exam(&self) -> Result<Option<PastExam>> {
        exam::unfinished_exam(self.reader())
    }

    /// Continues the mock exam that was left; `None` if there is none.
    pub fn resume_exam(&mut self) -> Result<Option<ExamSitting>> {
        exam::resume_exam(&mut self.store)
    }

    /// All mock exams, the newest first.
    pub fn past_exams(&self) -> Result<Vec<PastExam>> {
        exam::past_exams(self.reader())
    }

    /// The other side of a session that is a mock exam.
    pub fn exam_world<'a>(&'a mut self, decks: &'a Decks, sitting: &ExamSitting) -> World<'a> {
        self.begin_session();
        let (clock, folder) = (self.clock, self.folder());
        let request = ReviewRequest { deck: sitting.deck.clone(), ..ReviewRequest::default() };
        World::new(self.ledger(decks), clock, folder, sitting.decks.clone(), request).of_exam(sitting.id)
    }

    /// What writes to the log, for many answers in a row.
    pub fn ledger<'a>(&'a mut self, decks: &'a Decks) -> Ledger<'a> {
        Ledger { store: &mut self.store, decks, seed: self.seed.unwrap_or(0) }
    }

    /// Writes an answer and the memory that follows, durably. `promised` is what was shown to follow from it.
    pub fn record(&mut self, answer: &Answer, promised: Option<&Promise>) -> Result<Recorded> {
        let (decks, now) = (self.decks()?, self.now());
        self.ledger(&decks).record(answer, promised, now)
    }

    fn folder(&self) -> PathBuf {
        self.path().parent().map(Path::to_path_buf).unwrap_or_default()
    }
}

/// Imports, and decks written back.
impl Trainer {
    /// Reads a bank and imports or updates it; `name` is its path, or a name in place of one.
    pub fn import(&mut self, bytes: &[u8], name: &str, watch: &mut Watch<'_>) -> Result<Imported> {
        let mut bank = bank::read(bytes, &ReadOptions::default()).map_err(|refusal| {
            let error = Error::person(format!("{name}: {}", refusal.message));
            refusal.hint.into_iter().fold(error, Error::hint)
        })?;
        let source = (name, Path::new(name));
        self.import_bank(&mut bank, source, &ImportOptions::default(), &mut Batch::default(), watch)
    }

    /// Imports or updates a bank. `source` is its absolute path, or `-` for a bank without one; `path` is the path as it was typed. Media
    /// that are not found are added to the bank's problems.
    pub fn import_bank(
        &mut self,
        bank: &mut Bank,
        source: (&str, &Path),
        options: &ImportOptions<'_>,
        batch: &mut Batch,
        watch: &mut Watch<'_>,
    ) -> Result<Imported> {
        self.announce_import(options, batch);
        let present = self.present()?;
        import::import_bank(&mut self.store, bank, source, options, batch, present, watch)
    }

    /// Unpacks a package of Anki where temporary files are: before a database is made for it. Fails if it cannot be read.
    pub fn unpack_package(path: &Path) -> Result<UnpackedPackage> {
        UnpackedPackage::unpack(path, &std::env::temp_dir(), "set `TMPDIR` to a folder with room")
    }

    /// Imports a package of Anki: questions, media, presets, answers, and where each card is. `source` is as for a bank.
    pub fn import_anki(
        &mut self,
        (source, path): (&str, &Path),
        options: &ImportOptions<'_>,
        batch: &mut Batch,
        watch: &mut Watch<'_>,
    ) -> Result<AnkiImported> {
        let beside = self.store.path().parent().map(Path::to_path_buf).unwrap_or_default();
        let package = UnpackedPackage::unpack(path, &beside, "make room where the database is")?;
        self.import_unpacked(package, source, options, batch, watch)
    }

    /// Imports a package of Anki that is unpacked.
    pub fn import_unpacked(
        &mut self,
        package: UnpackedPackage,
        source: &str,
        options: &ImportOptions<'_>,
        batch: &mut Batch,
        watch: &mut Watch<'_>,
    ) -> Result<AnkiImported> {
        self.announce_import(options, batch);
        let present = self.present()?;
        anki::import_anki(&mut self.store, package, source, options, batch, present, watch)
    }

    /// Writes a package of Anki into the file at this path, which is there and is emptied.
    pub fn export_anki(
        &self,
        path: &Path,
        request: &AnkiExportRequest<'_>,
        watch: &mut Watch<'_>,
    ) -> Result<AnkiExported> {
        anki_out::export_anki(&self.store, path, request, self.present()?, watch)
    }

    /// Gives notes in plain text, as Anki imports them, to `sink`, piece by piece.
    pub fn export_anki_text(
        &self,
        request: &AnkiExportRequest<'_>,
        sink: &mut dyn FnMut(&[u8]) -> Result<()>,
        watch: &mut Watch<'_>,
    ) -> Result<AnkiExported> {
        anki_out::export_anki_text(&self.store, request, sink, watch)
    }

    /// Enters the answers of a history into the log of the cards that they name, once. `name` is the file's.
    pub fn import_history(
        &mut self,
        answers: Vec<HistoryAnswer>,
        name: &str,
        options: &ImportOptions<'_>,
        batch: &mut Batch,
        watch: &mut Watch<'_>,
    ) -> Result<EnteredHistory> {
        self.announce_import(options, batch);
        let present = self.present()?;
        import::import_history(&mut self.store, answers, name, options, batch, present, watch)
    }

    /// Takes back what the last import changed; answers given since are kept.
    pub fn take_back_import(&mut self, dry_run: bool) -> Result<Vec<TakenBack>> {
        if !dry_run {
            self.announce(BackupReason::Cards);
        }
        let now = self.now();
        import::take_back_last(&mut self.store, dry_run, now)
    }

    /// How it was said before that the file at this path is to be read, and whether a bank of it is known.
    pub fn known_source(&self, source: &str) -> Result<(Option<ReadingOptions>, bool)> {
        Ok((self.reader().reading(source)?, !self.reader().sources_at(source)?.is_empty()))
    }

    /// The questions of a deck as a bank, with the deck's name.
    pub fn printed_bank(&self, deck: &str) -> Result<(String, Bank)> {
        printed_bank::printed_bank(self.reader(), deck)
    }
}

/// What was done, taken back and brought back.
impl Trainer {
    /// The last things that were done, the newest first, at most `count`; those that were taken back too.
    pub fn last_deeds(&self, count: u32) -> Result<Vec<PastDeed>> {
        undo::last_deeds(self.reader(), count)
    }

    /// What [`Self::undo`] would take back; `None` if there is nothing.
    pub fn next_undo(&self) -> Result<Option<PastDeed>> {
        undo::next_undo(self.reader())
    }

    /// How many changes of single cards [`Self::undo`] would pass over, because a version of the program made them that kept no deeds.
    pub fn passed_over_by_undo(&self) -> Result<u64> {
        undo::passed_over(self.reader(), self.next_undo()?.as_ref())
    }

    /// Whether the last thing that was done is a purge, which nothing before it is taken back after.
    pub fn is_after_purge(&self) -> Result<bool> {
        undo::is_after_purge(self.reader())
    }

    /// What [`Self::redo`] would bring back; `None` if nothing was taken back, or if something was done since.
    pub fn next_redo(&self) -> Result<Option<PastDeed>> {
        undo::next_redo(self.reader())
    }

    /// Takes back what was done last, an answer or anything else; `None` if there is nothing.
    pub fn undo(&mut self) -> Result<Option<Reversed>> {
        if self.next_undo()?.is_some_and(|next| next.is_wide()) {
            self.announce(BackupReason::Cards);
        }
        let now = self.now();
        undo::undo(&mut self.store, now, |_| true)
    }

    /// Brings back what was taken back last; `None` if there is nothing, or if something was done since.
    pub fn redo(&mut self) -> Result<Option<Reversed>> {
        let now = self.now();
        undo::redo(&mut self.store, now)
    }
}
