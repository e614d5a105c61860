//! The write-ahead log of SQLite, looked at from outside: where the newest answers are until they are in the database itself.

mod aside;
mod chain;
mod damage;
mod foreign;
pub(super) mod format;
mod left;

pub(super) use aside::{OF_ANOTHER, free};
pub(super) use chain::LogChain;
pub(super) use left::{refuse_unfit_log, set_log_aside};
