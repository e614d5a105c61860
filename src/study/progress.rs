//! How long work tells how far it has come, and how it is stopped.

use crate::error::{Error, Result};

/// How far some work has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The work, such as `reading the log`.
    pub work: &'a str,
    /// Steps that are done.
    pub done: u64,
    /// All steps, as far as they are known.
    pub all: u64,
}

/// Progress callback; false stops the work before anything is changed.
pub type Watch<'a> = dyn FnMut(Progress<'_>) -> bool + Send + 'a;

/// A watch that shows nothing and never stops.
pub fn unwatched(_: Progress<'_>) -> bool {
    true
}

/// Counts the steps of one piece of work.
pub(super) struct Steps<'w, 'c> {
    watch: &'w mut Watch<'c>,
    work: &'w str,
    done: u64,
    /// How many were done when the watch was called last.
    shown: u64,
    all: u64,
}

/// The watch is called about this many times: no bar has more places, and nobody waits long who stops the work.
const PLACES: u64 = 1_000;

impl<'w, 'c> Steps<'w, 'c> {
    pub(super) fn new(watch: &'w mut Watch<'c>, work: &'w str, all: u64) -> Self {
        Self { watch, work, done: 0, shown: 0, all }
    }

    /// One step more; fails when the work is to stop.
    pub(super) fn step(&mut self) -> Result<()> {
        self.advance(1)
    }

    /// So many steps more; fails when the work is to stop.
    pub(super) fn advance(&mut self, count: usize) -> Result<()> {
        self.done += count as u64;
        let is_between = self.shown > 0 && self.done < self.all && self.done - self.shown < self.all / PLACES;
        if is_between {
            return Ok(());
        }
        self.shown = self.done;
        let Self { work, done, all, .. } = *self;
        if (self.watch)(Progress { work, done, all }) { Ok(()) } else { Err(stopped()) }
    }
}

/// The failure of work that was stopped before it wrote anything.
pub(super) fn stopped() -> Error {
    Error::person("stopped before it was done")
        .named("stopped")
        .hint("nothing was changed; run it again when there is time")
}
