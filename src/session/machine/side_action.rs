//! Actions besides answering: pausing, flagging, editing.

use super::{Phase, Session, Then, refuse};
use crate::model::Moment;
use crate::session::present::show;
use crate::session::{Effect, Loaded, Notice, Showing};

impl Session {
    pub(super) fn pause(&mut self, now: Moment) -> Vec<Effect> {
        if self.is_paused() {
            return self.resume(now);
        }
        if self.limits.exam {
            return refuse("the clock of an exam does not stand still");
        }
        self.paused_ms = Some(now.utc_ms);
        vec![Effect::Tell(Notice::Paused)]
    }

    /// Ends a pause. Its time does not count for any answer.
    pub(super) fn resume(&mut self, now: Moment) -> Vec<Effect> {
        let Some(since) = self.paused_ms.take() else { return Vec::new() };
        let away = (now.utc_ms - since).max(0);
        self.began_ms = self.began_ms.map(|began| began + away);
        if let Phase::Asking(showing) = &mut self.phase {
            showing.shown_ms += away;
        }
        vec![Effect::Tell(Notice::Resumed)]
    }

    pub(super) fn flag(&mut self, note: Option<String>) -> Vec<Effect> {
        match &self.phase {
            Phase::Asking(showing) | Phase::Answered(showing, _) => vec![Effect::Flag(showing.card, note)],
            Phase::Between | Phase::Finished(_) => refuse("there is no card to flag now"),
        }
    }

    pub(super) fn flagged(&mut self, note: Option<String>) -> Vec<Effect> {
        let notice = if note.is_some() { Notice::Flagged } else { Notice::Unflagged };
        if let Phase::Asking(showing) | Phase::Answered(showing, _) = &mut self.phase {
            showing.flag = note;
        }
        vec![Effect::Tell(notice)]
    }

    /// Shows the edited question. An answer that was graded keeps its grade.
    pub(super) fn edited(&mut self, now: Moment, loaded: Option<Box<Loaded>>) -> Vec<Effect> {
        match (&mut self.phase, loaded) {
            (Phase::Asking(showing), Some(loaded)) => {
                let (left, shown_ms) = (showing.left, showing.shown_ms);
                *showing = Showing { shown_ms, ..show(*loaded, left, now, self.seed) };
                Vec::new()
            }
            (Phase::Answered(showing, feedback), Some(loaded)) => {
                let edited = show(*loaded, showing.left, now, self.seed);
                let numbers =
                    |showing: &Showing| showing.choices.iter().map(|choice| choice.number).collect::<Vec<_>>();
                if showing.form.is_reveal() {
                    // Nobody has graded it yet, so the new question is asked.
                    self.pending = None;
                    self.phase = Phase::Asking(edited);
                    return Vec::new();
                }
                if edited.kind != showing.kind || numbers(&edited) != numbers(showing) {
                    // The choices changed, so the answer to the old ones is logged as it is.
                    return self.leave(now, Then::Next);
                }
                *showing = Showing { shown_ms: showing.shown_ms, ..edited };
                feedback.correct = showing.right_places();
                Vec::new()
            }
            (Phase::Asking(_) | Phase::Answered(..), None) => self.leave(now, Then::Next),
            (Phase::Between | Phase::Finished(_), _) => Vec::new(),
        }
    }
}
