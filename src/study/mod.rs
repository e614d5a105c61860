//! The trainer: what can be done and asked of a database of questions and answers, without a terminal.
//!
//! [`Trainer`] is the door. A front end opens one, plans a day, and drives a [`Session`](crate::session::Session) against its [`World`]:
//! what the person does goes into the session, and what the session asks for is done by the world. This one answers one card:
//!
//! ```
//! use retain::clock::Clock;
//! use retain::model::Moment;
//! use retain::session::{Action, GivenAnswer, Limits, Next, Phase, Session, StatedRating, Step};
//! use retain::study::{ReviewRequest, Trainer, World, unwatched};
//!
//! fn drive(session: &mut Session, world: &mut World<'_>, mut step: Step) -> retain::error::Result<()> {
//!     while let Next::Request(request) = step.next {
//!         let reply = world.perform(request)?;
//!         step = session.reply(world.now(), reply);
//!     }
//!     Ok(())
//! }
//!
//! # fn main() -> retain::error::Result<()> {
//! # let folder = tempfile::tempdir().expect("a folder");
//! let clock = Clock::fixed(Moment { utc_ms: 1_764_500_000_000, offset_minutes: 60 });
//! let mut trainer = Trainer::open(&folder.path().join("retain.db"), clock, Some(1))?;
//! trainer.import(b"Which planet is red?\n- A. Venus\n- B. Mars *\n", "planets.txt", &mut unwatched)?;
//! let request = ReviewRequest::default();
//! let (decks, plan) = (trainer.decks()?, trainer.plan_day(&request)?);
//! let limits = Limits { answers: None, ms: None };
//! let mut session = Session::new(plan.agenda.clone(), limits, plan.today, 1);
//! let mut world = trainer.review_world(&decks, &plan, request);
//! let first = session.begin(world.now());
//! drive(&mut session, &mut world, first)?;
//! let Phase::Asking(showing) = session.phase() else { panic!("a question") };
//! let given = GivenAnswer::Picked(showing.right_places());
//! let graded = session.act(world.now(), Action::Answer { given, took_ms: Some(4_000), sure: None });
//! drive(&mut session, &mut world, graded)?;
//! let rated = session.act(world.now(), Action::Rate(StatedRating::GoOn));
//! drive(&mut session, &mut world, rated)?;
//! assert_eq!(trainer.home()?.answered, 1);
//! # Ok(())
//! # }
//! ```

mod anki;
mod anki_note;
mod anki_out;
mod answer_intake;
mod backup;
mod beliefs;
mod card;
mod card_changes;
mod check;
mod clock_behind;
mod completion;
mod day;
mod deck_change;
mod deck_list;
mod deck_name;
mod decks;
mod did_you_mean;
mod due_moves;
mod everything;
mod exam;
mod fit;
mod idle;
mod import;
mod in_order;
mod intake_rules;
mod last_list;
mod ledger;
mod leeches;
mod log_walk;
mod media_file;
mod own_file;
mod parameter_history;
mod places;
mod present;
mod printed_bank;
mod progress;
mod purge;
mod rebuild;
mod rescue;
mod scope;
mod score;
mod search;
mod settings;
mod simulate;
mod subjects;
mod survey;
mod tables;
mod today;
mod trainer;
mod undo;
mod walked;
mod whatif;
mod work_ahead;
mod world;

pub use anki::{AnkiDeckFigures, AnkiImported, AnkiKindFigures, AnkiNotice, UnpackedPackage};
pub use anki_out::{AnkiExportRequest, AnkiExported};
pub use answer_intake::{LeftEntries, TakenInAnswers, is_rescue_file};
pub use backup::{BackupFailure, BackupOrders, ListedBackup, RestorePlan, Restored, WatchMaker, WhichBackup};
pub use card::{
    Added, CardDetails, CardFilter, CardFilterState, Edited, NamedCard, NamedCards, SHORT_ID, UNFLAGGED, short_id,
};
pub use check::{Finding, Health, Mended, Remedy};
pub use clock_behind::ClockBehind;
pub use completion::NameSource;
pub use day::{DayPlan, ReviewRequest, Since, Work, WorkByDeck, parse_since};
pub use deck_change::{Merged, Shelved};
pub use deck_list::{DeckSettings, DeckSummary};
pub use deck_name::is_number_of_deck;
pub use decks::{DeckEntry, Decks};
pub(crate) use did_you_mean::closest;
pub use due_moves::{MoveFigures, MovePlan, MoveRequest, Moved};
pub use everything::{AcceptFlaws, EverythingExported, EverythingImported, PeoplesTable, is_everything};
pub use exam::{ExamDraw, ExamRequest, ExamRules, ExamSitting, PastExam};
pub use fit::{
    EvaluatedMethod, EvaluationFigures, EvaluationVerdict, FitAttempt, FitRequest, FitReverted, FitSuggestion,
    NowInUse, PastFit, RecallGroup,
};
pub use idle::IdleReason;
pub use import::{Batch, EnteredHistory, ImportOptions, Imported, TakenBack};
pub use intake_rules::IntakeConsent;
pub use ledger::{Ledger, Promise};
pub use leeches::{Confusion, LeechReport};
pub use media_file::{MediaAbsence, open_media, open_ordinary};
pub use own_file::{LONGEST_LINE, OwnFile, column_names};
pub use places::{FileGroup, Places};
pub use present::Present;
pub use progress::{Progress, Watch, unwatched};
pub use purge::Purge;
pub use search::{Browsed, CardPreview, FoundCard, SEARCH_STATES, SearchFindings, filter_text};
pub use settings::{PresetChange, PresetSummary, PresetValue, is_setting};
pub use simulate::{
    CostByDay, Course, DaysAhead, ExamPlan, ExamWay, RetentionCost, SimulatedDay, SimulationRequest, TopicPlan,
    best_retention,
};
pub use survey::StatsRequest;
pub use tables::{RowSink, Table};
pub use today::{DeckToday, ExamAhead, Home};
pub use trainer::Trainer;
pub use undo::{PastDeed, Reversed};
pub use whatif::{MemoryStep, WhatIf, memory_after};
pub use work_ahead::WorkAhead;
pub use world::World;

/// Whether a file is notes in plain text that this program wrote.
pub use crate::anki::out::is_our_text as is_own_text;
/// Whether a package of Anki is one that this program wrote.
pub use crate::anki::out::is_ours as is_own_package;
/// Whether a file is a package of Anki.
pub use crate::anki::package::is_package as is_anki_package;
/// Fewer answers than this a day or more after the answer before are too few for a fit.
pub use crate::memory::FEWEST_ITEMS;
/// The longest look ahead of plans that move due dates, in days.
pub use crate::schedule::LOAD_DAYS;
/// How a file is read, as it was said.
pub use crate::store::ReadingOptions;
/// Which backups are kept, why, and where.
pub use crate::store::{
    BackupFacts, BackupFile, BackupPolicy, BackupReason, Generations, free_name_in, refuse_logs_at,
};
/// What a file is, looked at from outside.
pub(crate) use walked::KEPT_WALK;
pub use walked::KeepingRules;

pub use crate::store::{COMPANIONS, companion, is_backup, is_database};
