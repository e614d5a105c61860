//! `retain`: a spaced-repetition trainer for question banks, as a library with three doors.
//!
//! # The bank: bytes to questions
//!
//! [`bank::read`] reads a file in any of the formats, and says with line and hint what it could not use.
//!
//! ```
//! use retain::bank::{ReadOptions, read};
//!
//! let bank = read(b"Which planet is red?\n- A. Venus\n- B. Mars *\n", &ReadOptions::default()).expect("a bank");
//! assert_eq!(bank.questions[0].stem, "Which planet is red?");
//! assert!(bank.questions[0].options[1].correct);
//! ```
//!
//! # The memory: a log to states and due dates
//!
//! [`memory::Replayer`] folds the log of a card into its memory, and the [`memory::Model`] says when recall falls to a target.
//!
//! ```
//! use retain::memory::{Answering, Elapsed, Fsrs6, Model, Replayer};
//! use retain::model::{LogEntry, Moment, Rating, Review, ReviewKind, StudyDay};
//!
//! let answer = |day: i32, kind, rating| {
//!     let at = Moment { utc_ms: i64::from(day) * 86_400_000, offset_minutes: 0 };
//!     LogEntry::Review(Review { at, day: StudyDay(day), kind, rating, right: true, ..Review::EMPTY })
//! };
//! let log = [answer(20_000, ReviewKind::New, Rating::Good), answer(20_003, ReviewKind::Review, Rating::Good)];
//! let replayer =
//!     Replayer { model: Fsrs6::default(), prior_knowledge: 0.0, luck_aware: false, answering: Answering::USUAL };
//! let state = replayer.fold(&log).memory.expect("it was answered");
//! let interval = replayer.model.interval_days(state, 0.9);
//! assert!((interval - f64::from(state.stability)).abs() < 1e-4, "stability is the interval to a recall of 90 %");
//! assert!(replayer.model.retrievability(state, Elapsed::whole_days(30)) < 0.9);
//! ```
//!
//! # The trainer: everything that can be done and asked
//!
//! [`study::Trainer`] opens a database, imports banks, plans a day, records answers, and computes figures. It knows neither a terminal nor
//! a command line.
//!
//! ```
//! use retain::clock::Clock;
//! use retain::model::Moment;
//! use retain::study::{ReviewRequest, Trainer, unwatched};
//!
//! # fn main() -> retain::error::Result<()> {
//! # let folder = tempfile::tempdir().expect("a folder");
//! let clock = Clock::fixed(Moment { utc_ms: 1_764_500_000_000, offset_minutes: 60 });
//! let mut trainer = Trainer::open(&folder.path().join("retain.db"), clock, Some(1))?;
//! trainer.import(b"Which planet is red?\n- A. Venus\n- B. Mars *\n", "planets.txt", &mut unwatched)?;
//! let plan = trainer.plan_day(&ReviewRequest::default())?;
//! assert_eq!(plan.agenda.left(0).new, 1);
//! assert_eq!(trainer.home()?.decks[0].name, "planets");
//! assert!(trainer.check()?.problems.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! The rooms of the library, and who may name whom, are in `docs/architecture.md`; `tests/it/house/architecture.rs` holds them.

pub mod anki;
pub mod bank;
pub mod chance;
pub mod cli;
pub mod clock;
pub mod command;
pub mod error;
pub mod memory;
pub mod model;
pub mod private;
pub mod schedule;
pub mod session;
pub mod stats;
pub mod store;
pub mod study;
pub mod ui;
