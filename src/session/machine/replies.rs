//! Replies of the caller: a card is loaded, an answer is in the log, a deed was taken back, the session is over.

use super::{Asked, LoggedNext, OpenRequest, ReviewSession, Shown, State, TakenAnswer, Then};
use crate::model::{CardId, CardState, DeedKind, Due, Moment};
use crate::session::present::show;
use crate::session::{
    Feedback, Loaded, Next, Notice, Outlook, Queued, Recorded, Reply, Request, StatedRating, Step, Summary, Undone,
    Waiting,
};

impl ReviewSession {
    /// Handles what came of a request.
    pub fn reply(&mut self, now: Moment, reply: Reply) -> Step {
        let waiting = match std::mem::replace(&mut self.state, State::Ready) {
            State::Waiting(waiting) => waiting,
            // Nothing was asked for.
            other => {
                self.state = other;
                return Step::act();
            }
        };
        match (waiting, reply) {
            (OpenRequest::Card(queued), Reply::Loaded(loaded)) => self.loaded(now, queued, loaded),
            (OpenRequest::Reload(shown), Reply::Loaded(loaded)) => self.edited(now, shown, loaded),
            (OpenRequest::Judgement(asked, mut graded), Reply::Judged { ratings, known_probability }) => {
                graded.feedback = Feedback { ratings, known_probability, ..graded.feedback };
                self.show(Shown::Feedback(asked, graded))
            }
            (OpenRequest::Log(logged), Reply::Recorded(recorded)) => self.recorded(now, logged, recorded),
            (OpenRequest::Move(notice), Reply::Moved) => self.next(now).saying(notice),
            (OpenRequest::Undo(shown), Reply::Undone(undone)) => self.undone(now, shown, undone),
            (OpenRequest::Flag(shown), Reply::Flagged(note)) => self.flagged(shown, note),
            (OpenRequest::Outlook, Reply::Ended(outlook)) => self.ended(outlook),
            // A reply to something else changes nothing.
            (waiting, _) => {
                self.state = State::Waiting(waiting);
                Step::act()
            }
        }
    }

    fn loaded(&mut self, now: Moment, mut queued: Queued, loaded: Option<Box<Loaded>>) -> Step {
        let Some(loaded) = loaded else { return self.next(now) };
        // Another process may have answered it since the queue was made.
        queued.state = loaded.memory.state;
        let mut left = self.agenda.left(now.utc_ms);
        left.count(queued.state);
        let showing = show(*loaded, left, now, self.seed);
        self.show(Shown::Question(Asked { queued, showing }))
    }

    fn recorded(&mut self, now: Moment, logged: LoggedNext, recorded: Recorded) -> Step {
        let LoggedNext { queued, answer, then } = logged;
        let (new, agenda) = (queued.state == CardState::New, self.agenda.clone());
        let practice = answer.practice;
        self.taken.push(TakenAnswer { review: recorded.review, answer, new, agenda });
        let after = Queued { card: queued.card, state: recorded.state };
        // Bury and suspend still concern this card.
        let current = matches!(then, Then::Bury | Then::Suspend).then_some(after);
        let is_done = recorded.leech.is_some_and(|leech| leech.suspended) || practice;
        let comes_back = match recorded.due {
            Due::At(due_ms) if !is_done => Some(Waiting { queued: after, due_ms }),
            _ => None,
        };
        match (current, comes_back) {
            (Some(_), comes_back) => self.put_away.push((queued.card, comes_back)),
            (None, Some(waiting)) => self.agenda.wait(waiting),
            (None, None) => {}
        }
        let Recorded { review, due, leech, elsewhere, .. } = recorded;
        self.go(now, then, current).saying(Notice::Recorded { review, due: Some(due), leech, elsewhere })
    }

    fn flagged(&mut self, mut shown: Shown, note: Option<String>) -> Step {
        let notice = if note.is_some() { Notice::Flagged } else { Notice::Unflagged };
        shown.showing_mut().flag = note;
        shown.note_deed();
        self.show(shown).saying(notice)
    }

    /// Shows the card of what was taken back. `shown` is what the person looked at.
    fn undone(&mut self, now: Moment, shown: Option<Shown>, undone: Undone) -> Step {
        match undone {
            Undone::Nothing => self.show_again(now, shown).saying(Notice::NothingToUndo),
            Undone::TooWide { kind, about } => {
                self.show_again(now, shown).saying(Notice::TooWideToUndo { kind, about })
            }
            Undone::Answer { review, card, state, .. } => {
                self.put_back(shown);
                if let Some(place) = self.taken.iter().rposition(|taken| taken.review == review) {
                    self.agenda = self.taken.remove(place).agenda;
                }
                self.ask(Queued { card, state }).saying(Notice::Undone { review })
            }
            Undone::Deed { kind, card, uid, stem, state } => {
                let notice = Notice::DeedUndone { kind, card: uid, stem };
                self.deed_undone(now, shown, kind, Queued { card, state }).saying(notice)
            }
        }
    }

    fn deed_undone(&mut self, now: Moment, shown: Option<Shown>, kind: DeedKind, queued: Queued) -> Step {
        let is_shown = shown.as_ref().is_some_and(|shown| shown.card() == queued.card);
        match (kind, shown) {
            // What the question says or how it is marked changed, and nothing else.
            (DeedKind::Flag | DeedKind::Edit, Some(mut shown)) if is_shown => {
                if let Shown::Feedback(_, graded) = &mut shown {
                    graded.deeds_since = graded.deeds_since.saturating_sub(1);
                }
                self.wait(OpenRequest::Reload(shown), Request::Reload(queued.card))
            }
            // It was answered before, and comes back as it would have without that.
            (DeedKind::Suspend | DeedKind::Bury, shown) if self.is_put_away(queued.card) => {
                if let Some(place) = self.put_away.iter().rposition(|(card, _)| *card == queued.card)
                    && let (_, Some(waiting)) = self.put_away.remove(place)
                {
                    self.agenda.wait(waiting);
                }
                let mut shown = shown;
                if let Some(shown) = &mut shown {
                    let mut left = self.agenda.left(now.utc_ms);
                    left.count(shown.asked().queued.state);
                    shown.showing_mut().left = left;
                }
                self.show_again(now, shown)
            }
            (DeedKind::Suspend | DeedKind::Bury | DeedKind::Reset | DeedKind::Due, shown) => {
                if !is_shown {
                    self.put_back(shown);
                }
                self.ask(queued)
            }
            // The card is out of the schedule again.
            (DeedKind::Unsuspend | DeedKind::Unbury, shown) => {
                self.agenda.remove(queued.card);
                if is_shown { self.next(now) } else { self.show_again(now, shown) }
            }
            (_, shown) => self.show_again(now, shown),
        }
    }

    /// Whether the card was put away after its answer.
    fn is_put_away(&self, card: CardId) -> bool {
        self.put_away.iter().any(|(put_away, _)| *put_away == card)
    }

    /// Asks this card now, wherever it was.
    fn ask(&mut self, queued: Queued) -> Step {
        self.agenda.remove(queued.card);
        self.wait(OpenRequest::Card(queued), Request::Load(queued.card))
    }

    fn put_back(&mut self, shown: Option<Shown>) {
        if let Some(shown) = shown {
            self.agenda.put_back(shown.asked().queued);
        }
    }

    fn show_again(&mut self, now: Moment, shown: Option<Shown>) -> Step {
        match shown {
            Some(shown) => self.show(shown),
            None => self.next(now),
        }
    }

    fn ended(&mut self, outlook: Outlook) -> Step {
        let count = |is: fn(&TakenAnswer) -> bool| self.taken.iter().filter(|taken| is(taken)).count();
        let summary = Summary {
            answered: self.taken.len(),
            right: count(|taken| taken.answer.right),
            guessed: count(|taken| taken.answer.right && taken.answer.verdict == StatedRating::Guessed),
            new: count(|taken| taken.new),
            took_ms: self.taken.iter().map(|taken| u64::from(taken.answer.took_ms)).sum(),
            stopped: self.stopped,
            outlook,
            exam: None,
        };
        self.state = State::Finished(summary.clone());
        Step::new(Next::End(summary))
    }
}
