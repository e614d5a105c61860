//! Replies of the caller: an answer is in the log, or was taken back; the session is over.

use super::{Pending, Session, TakenAnswer, Then};
use crate::model::{CardState, Due, Moment};
use crate::session::{
    Effect, ExamResult, Notice, Outlook, Phase, Queued, Recorded, StatedRating, Summary, Undone, Waiting,
};

impl Session {
    pub(super) fn recorded(&mut self, now: Moment, recorded: Recorded) -> Vec<Effect> {
        let Some(Pending { answer, queued, then, marked }) = self.pending.take() else {
            return Vec::new();
        };
        let (new, agenda) = (queued.state == CardState::New, self.agenda.clone());
        let practice = answer.practice;
        self.taken.push(TakenAnswer { review: recorded.review, answer, new, agenda, marked });
        let after = Queued { card: queued.card, state: recorded.state };
        // Bury and suspend still concern this card.
        self.loading = matches!(then, Then::Bury | Then::Suspend).then_some(after);
        let put_away = recorded.leech.is_some_and(|leech| leech.suspended) || practice || self.limits.exam;
        if let (Due::At(due_ms), None, false) = (recorded.due, self.loading, put_away) {
            self.agenda.wait(Waiting { queued: after, due_ms });
        }
        let Recorded { review, due, leech, elsewhere, .. } = recorded;
        // An early due date and a leech would reveal that the answer was wrong, which an exam does not.
        let (due, leech) = if self.limits.exam { (None, None) } else { (Some(due), leech) };
        let mut effects = vec![Effect::Tell(Notice::Recorded { review, due, leech, elsewhere })];
        effects.extend(self.go(now, then));
        effects
    }

    /// Shows the card again, and restores the agenda of that time.
    pub(super) fn undone(&mut self, now: Moment, undone: Option<Undone>) -> Vec<Effect> {
        let Some(undone) = undone else {
            let mut effects = vec![Effect::Tell(Notice::NothingToUndo)];
            effects.extend(self.next(now));
            return effects;
        };
        if let Some(place) = self.taken.iter().rposition(|taken| taken.review == undone.review) {
            self.agenda = self.taken.remove(place).agenda;
        }
        self.agenda.remove(undone.card);
        let queued = Queued { card: undone.card, state: undone.state };
        self.loading = Some(queued);
        vec![Effect::Tell(Notice::Undone { review: undone.review }), Effect::Load(undone.card)]
    }

    pub(super) fn ended(&mut self, now: Moment, outlook: Outlook) -> Vec<Effect> {
        let count = |is: fn(&TakenAnswer) -> bool| self.taken.iter().filter(|taken| is(taken)).count();
        let exam = self.limits.exam.then(|| ExamResult {
            questions: self.questions,
            lasted_ms: now.utc_ms - self.began_ms.unwrap_or(now.utc_ms),
            time_up: self.time_up,
            answers: self.taken.iter().filter_map(|taken| taken.marked.clone()).collect(),
        });
        let summary = Summary {
            answered: self.taken.len(),
            right: count(|taken| taken.answer.right),
            guessed: count(|taken| taken.answer.right && taken.answer.verdict == StatedRating::Guessed),
            new: count(|taken| taken.new),
            took_ms: self.taken.iter().map(|taken| u64::from(taken.answer.took_ms)).sum(),
            stopped: self.stopped,
            outlook,
            exam,
        };
        self.phase = Phase::Finished(summary.clone());
        vec![Effect::Finish(summary)]
    }
}
