//! `retain`: a spaced-repetition trainer for question banks.
//!
//! The rooms of the library, and who may name whom, are described in `docs/architecture.md` and held by
//! `tests/it/house/architecture.rs`: `model` names nothing; `bank`, `memory`, `schedule`, `session`, `stats` and `store` name `model`;
//! `ui` shows, `command` puts everything together.

pub mod bank;
pub mod chance;
pub mod cli;
pub mod clock;
pub mod command;
pub mod error;
pub mod memory;
pub mod model;
pub mod schedule;
pub mod session;
pub mod stats;
pub mod store;
pub mod study;
pub mod ui;
