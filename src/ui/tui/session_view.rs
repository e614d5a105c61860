//! What of a session is on the screen.

use crate::model::Moment;
use crate::session::{Paper, Phase, Session};

/// The part of a session that is drawn.
pub(super) struct SessionView<'a> {
    pub(super) phase: Phase<'a>,
    pub(super) answered: usize,
    pub(super) now: Moment,
    pub(super) paused: bool,
    pub(super) paper: Option<&'a Paper>,
    pub(super) ms_left: Option<i64>,
    pub(super) miss: Option<usize>,
}

impl<'a> SessionView<'a> {
    pub(super) fn new(session: &'a Session, now: Moment) -> Self {
        Self {
            phase: session.phase(),
            answered: session.answered(),
            now,
            paused: session.is_paused(),
            paper: session.paper(),
            ms_left: session.ms_left(now),
            miss: None,
        }
    }
}
