//! The door of the application.

use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::card::{self, CardDetails, CardFilter, Edited};
use super::check::{self, Health};
use super::day::{self, DayPlan, ReviewRequest};
use super::deck_list::{self, DeckSettings, DeckSummary};
use super::decks::Decks;
use super::due_moves::{self, MovePlan, MoveRequest};
use super::exam::{self, ExamDraw, ExamRequest};
use super::fit::{self, EvaluationFigures, FitAttempt, FitRequest, FitReverted, FitSuggestion, PastFit};
use super::import::{self, Batch, EnteredHistory, ImportOptions, Imported, TakenBack};
use super::ledger::{Ledger, Promise};
use super::leeches::{self, LeechReport};
use super::present::Present;
use super::printed_bank;
use super::progress::Watch;
use super::rebuild;
use super::settings::{self, PresetChange, PresetSummary};
use super::simulate::{self, CostByDay, DaysAhead, ExamPlan, RetentionCost, SimulationRequest};
use super::survey::{self, Basis, StatsRequest};
use super::tables::{self, RowSink, Table};
use super::today::{self, Home};
use super::world::World;
use crate::bank::history::HistoryAnswer;
use crate::bank::{self, Bank, ReadOptions, Refusal};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::model::{CardMemory, Moment, MoveKind, StudyDay};
use crate::session::{Answer, Recorded, Undone};
use crate::stats::CardSnapshot;
use crate::stats::overview::Overview;
use crate::store::{LoadedCard, Reader, ReadingOptions, Store};

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
}

/// Opening, and the present.
impl Trainer {
    /// Opens the database at this path, and makes it if it is not there. `seed` fixes all chance, for tests and replays.
    pub fn open(path: &Path, clock: Clock, seed: Option<u64>) -> Result<Self> {
        Ok(Self { store: Store::open(path, clock.now().utc_ms, seed)?, clock, seed })
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

    /// Draws the questions of a mock exam.
    pub fn draw_exam(&self, request: ExamRequest<'_>) -> Result<ExamDraw> {
        exam::draw(self.reader(), &self.decks()?, request, self.present()?)
    }

    /// The other side of a session that reviews a planned day. `decks` are those of [`Self::decks`].
    pub fn review_world<'a>(&'a mut self, decks: &'a Decks, plan: &DayPlan, request: ReviewRequest) -> World<'a> {
        let (clock, folder) = (self.clock, self.folder());
        World::new(self.ledger(decks), clock, folder, plan.decks.clone(), request)
    }

    /// The other side of a session that is a mock exam on the deck of this name, or on all.
    pub fn exam_world<'a>(&'a mut self, decks: &'a Decks, draw: &ExamDraw, deck: Option<&str>) -> World<'a> {
        let (clock, folder) = (self.clock, self.folder());
        let request = ReviewRequest { deck: deck.map(str::to_owned), ..ReviewRequest::default() };
        World::new(self.ledger(decks), clock, folder, draw.decks.clone(), request).of_exam()
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

    /// Takes back the last answer; `None` if there is none.
    pub fn undo(&mut self) -> Result<Option<Undone>> {
        let (decks, now) = (self.decks()?, self.now());
        self.ledger(&decks).take_back(now)
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
        let present = self.present()?;
        import::import_bank(&mut self.store, bank, source, options, batch, present, watch)
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
        let present = self.present()?;
        import::import_history(&mut self.store, answers, name, options, batch, present, watch)
    }

    /// Takes back what the last import changed; answers given since are kept.
    pub fn take_back_import(&mut self, dry_run: bool) -> Result<Vec<TakenBack>> {
        let now = self.now();
        import::take_back(&mut self.store, dry_run, now)
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

/// Single cards.
impl Trainer {
    /// The cards that a filter takes.
    pub fn cards(&self, filter: &CardFilter) -> Result<Vec<CardSnapshot>> {
        card::card_list(self.reader(), filter, self.present()?)
    }

    /// All that is known of a card.
    pub fn card(&self, uid: Uuid) -> Result<CardDetails> {
        let id = card::find_card(self.reader(), uid)?;
        let details = card::card_details(self.reader(), &self.decks()?, id, self.present()?)?;
        details.ok_or_else(|| Error::fault(format!("the card {uid} is gone")).hint("run `retain check`"))
    }

    /// The card that was answered, by its number.
    pub fn undone_card(&self, undone: &Undone) -> Result<Option<LoadedCard>> {
        self.reader().card(undone.card)
    }

    /// Changes a card's schedule without an answer.
    pub fn move_card(&mut self, uid: Uuid, kind: MoveKind, why: &str) -> Result<CardMemory> {
        let (decks, now) = (self.decks()?, self.now());
        let card = card::find_card(self.reader(), uid)?;
        self.ledger(&decks).relocate(card, kind, why, now)
    }

    /// Flags a card with a note, or takes its flag off; whether that changed anything.
    pub fn flag_card(&mut self, uid: Uuid, note: Option<&str>) -> Result<bool> {
        let now = self.now();
        let card = card::find_card(self.reader(), uid)?;
        card::flag_card(&mut self.store, card, note, now)
    }

    /// The text of a question to be edited. `uid` is that of a card or of a question.
    pub fn question_text(&self, uid: Uuid) -> Result<String> {
        card::text_of_question(self.reader(), card::find_question(self.reader(), uid)?)
    }

    /// Changes a question to what `text` says. `before` is the text that was handed out: if the question says something else by now, nothing
    /// is overwritten. A text that cannot be used changes nothing.
    pub fn edit_question(
        &mut self,
        uid: Uuid,
        before: Option<&str>,
        text: &str,
    ) -> Result<std::result::Result<Edited, Refusal>> {
        let (decks, now) = (self.decks()?, self.now());
        let question = card::find_question(self.reader(), uid)?;
        card::apply_edit(&mut self.store, &decks, question, before, text, now)
    }

    /// The leeches of a deck and the decks in it, or of all.
    pub fn leeches(&self, deck: Option<&str>) -> Result<Vec<LeechReport>> {
        leeches::leeches(self.reader(), deck)
    }
}

/// Decks and their settings.
impl Trainer {
    /// All decks with how many cards they hold.
    pub fn deck_list(&self) -> Result<Vec<DeckSummary>> {
        deck_list::deck_list(self.reader(), self.present()?)
    }

    /// The settings of a deck, and where each comes from.
    pub fn deck_settings(&self, deck: &str) -> Result<DeckSettings> {
        deck_list::deck_settings(self.reader(), deck, self.present()?)
    }

    /// Changes settings of a deck and the decks in it, or of the default, as `key=value` pairs; all of them or none. Returns what happened, a
    /// line each.
    pub fn change_settings(&mut self, deck: Option<&str>, pairs: &[String]) -> Result<String> {
        let present = self.present()?;
        settings::change_settings(&mut self.store, deck, pairs, present)
    }

    /// Gives a deck and the decks in it another name. Returns old and new names.
    pub fn rename_deck(&mut self, old: &str, new: &str) -> Result<Vec<(String, String)>> {
        settings::rename_deck(&mut self.store, old, new)
    }

    /// All presets.
    pub fn presets(&self) -> Result<Vec<PresetSummary>> {
        settings::all_presets(self.reader())
    }

    /// The preset of this name.
    pub fn preset(&self, name: &str) -> Result<PresetSummary> {
        settings::preset_named(self.reader(), name)
    }

    /// Changes presets, with all that follows. Returns what happened, a line each.
    pub fn change_presets(&mut self, change: PresetChange<'_>) -> Result<String> {
        let present = self.present()?;
        settings::change_presets(&mut self.store, change, present)
    }
}

/// Due dates that move together.
impl Trainer {
    /// Plans moves in a deck and the decks in it, or in all.
    pub fn plan_moves(&self, request: &MoveRequest, deck: Option<&str>) -> Result<MovePlan> {
        due_moves::plan_moves(self.reader(), request, deck, self.present()?)
    }

    /// Moves the cards of a plan; returns how many. A card that was answered or moved since stays as it is.
    pub fn carry_out(&mut self, plan: &MovePlan, watch: &mut Watch<'_>) -> Result<usize> {
        let present = self.present()?;
        due_moves::carry_out(&mut self.store, plan, present, watch)
    }

    /// Moves back what a command moved last; returns how many cards. With `dry_run`, how many would be moved.
    pub fn take_back_moves(&mut self, command: &'static str, dry_run: bool) -> Result<usize> {
        let present = self.present()?;
        due_moves::take_back(&mut self.store, command, dry_run, present)
    }
}

/// Figures and tables.
impl Trainer {
    /// All figures of the dashboard. Texts of questions are as they were written, with their markup.
    pub fn overview(&self, request: &StatsRequest<'_>) -> Result<Overview> {
        survey::overview(self.reader(), request, self.present()?)
    }

    /// Gives the rows of a table, one after the other; [`Table::columns`] names their columns.
    pub fn export(&self, table: Table, request: &StatsRequest<'_>, rows: &mut RowSink<'_>) -> Result<()> {
        tables::export(&mut Basis::new(self.reader(), request, self.present()?)?, table, rows)
    }
}

/// The memory model, and days in the future.
impl Trainer {
    /// Fits the memory model, and adopts what predicts better; with `dry_run`, only says what would be adopted.
    pub fn optimize(
        &mut self,
        request: FitRequest<'_>,
        dry_run: bool,
        watch: &mut Watch<'_>,
    ) -> Result<Vec<FitAttempt>> {
        let present = self.present()?;
        fit::optimize(&mut self.store, request, dry_run, present, watch)
    }

    /// Whether it is time to fit by itself: at the first use of a day, if answers have doubled and nobody said no.
    pub fn is_time_to_fit(&self) -> Result<bool> {
        fit::is_time_to_fit(self.reader(), self.present()?)
    }

    /// Fits the default of all decks; `None` if there are too few answers after all.
    pub fn fit_default(&mut self, watch: &mut Watch<'_>) -> Result<Option<FitAttempt>> {
        let present = self.present()?;
        fit::fit_default(&mut self.store, present, watch)
    }

    /// Takes back the last fit that was adopted, of one deck if it is named.
    pub fn revert_fit(&mut self, deck: Option<&str>, watch: &mut Watch<'_>) -> Result<FitReverted> {
        let present = self.present()?;
        fit::revert_fit(&mut self.store, deck, present, watch)
    }

    /// The fits so far, the last one first; of one deck if it is named.
    pub fn past_fits(&self, deck: Option<&str>) -> Result<Vec<PastFit>> {
        fit::past_fits(self.reader(), deck)
    }

    /// Whether to suggest a fit.
    pub fn fit_suggestion(&self) -> Result<Option<FitSuggestion>> {
        fit::suggestion(self.reader())
    }

    /// How well recall is predicted in a deck and the decks in it, or in all.
    pub fn evaluate(&self, deck: Option<&str>, watch: &mut Watch<'_>) -> Result<EvaluationFigures> {
        fit::evaluate_decks(self.reader(), deck, watch)
    }

    /// Simulates days in the future, once for each retention.
    pub fn simulate(&self, request: &SimulationRequest<'_>, watch: &mut Watch<'_>) -> Result<DaysAhead> {
        simulate::simulate(self.reader(), request, self.present()?, watch)
    }

    /// What each of several retentions costs and gives.
    pub fn compare_retentions(
        &self,
        request: &SimulationRequest<'_>,
        watch: &mut Watch<'_>,
    ) -> Result<Vec<RetentionCost>> {
        simulate::compare_retentions(self.reader(), request, self.present()?, watch)
    }

    /// What it costs to know everything by a day; with `wide`, over the range of retentions from which one is recommended.
    pub fn cost_by_day(
        &self,
        request: &SimulationRequest<'_>,
        day: StudyDay,
        wide: bool,
        watch: &mut Watch<'_>,
    ) -> Result<CostByDay> {
        simulate::cost_by_day(self.reader(), request, (day, wide), self.present()?, watch)
    }

    /// The ways to the exams of a deck and the decks in it, or of all, by day.
    pub fn exam_plans(&self, deck: Option<&str>, watch: &mut Watch<'_>) -> Result<Vec<ExamPlan>> {
        simulate::exam_plans(self.reader(), deck, self.present()?, watch)
    }
}

/// The database itself.
impl Trainer {
    /// Whether the database is sound, and memory agrees with the log.
    pub fn check(&self) -> Result<Health> {
        check::check(self.reader())
    }

    /// Remakes the memory of all cards from the log; returns how many there are.
    pub fn rebuild(&mut self, watch: &mut Watch<'_>) -> Result<usize> {
        rebuild::rebuild(&mut self.store, watch)
    }

    /// Keeps a copy of the database, also while others use it.
    pub fn backup(&self, file: &Path) -> Result<()> {
        self.store.copy_to(file)
    }
}
