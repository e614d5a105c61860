//! What the person does: answers, rates, flags, puts away, takes back, stops.

use super::{Asked, GradedAnswer, LoggedNext, OpenRequest, ReviewSession, Shown, State, Then};
use crate::model::Moment;
use crate::session::grade::grade;
use crate::session::present::{answered, show};
use crate::session::{Action, Feedback, GivenAnswer, Loaded, Notice, Request, Showing, StatedRating, Step};

impl ReviewSession {
    pub(super) fn handle(&mut self, now: Moment, action: Action) -> Step {
        let shown = match std::mem::replace(&mut self.state, State::Ready) {
            State::Shown(shown) => shown,
            // Nothing is shown that an action could be about.
            other => {
                self.state = other;
                return Step::act();
            }
        };
        match action {
            Action::Answer { given, took_ms, sure } => self.answer(now, shown, &given, took_ms, sure),
            Action::Rate(verdict) => self.rate(shown, verdict),
            Action::Overrule => self.overrule(shown),
            Action::Undo => self.undo(shown),
            Action::Bury => self.leave(now, shown, Then::Bury),
            Action::Suspend => self.leave(now, shown, Then::Suspend),
            Action::Quit => self.leave(now, shown, Then::Quit),
            Action::Skip => self.skip(now, shown),
            Action::Pause => self.pause(now, shown),
            Action::Flag(note) => {
                let request = Request::Flag(shown.card(), note);
                self.wait(OpenRequest::Flag(shown), request)
            }
            Action::Edited(loaded) => {
                let mut shown = shown;
                shown.note_deed();
                self.edited(now, shown, loaded)
            }
            Action::Tick => self.show(shown),
            Action::Exam(_) => self.refuse(shown, "that is for mock exams: `retain exam`"),
        }
    }

    fn answer(
        &mut self,
        now: Moment,
        shown: Shown,
        given: &GivenAnswer,
        took_ms: Option<u32>,
        sure: Option<bool>,
    ) -> Step {
        let Shown::Question(asked) = shown else {
            return self.refuse(shown, "there is no question to answer now");
        };
        let graded = match grade(&asked.showing, given) {
            Ok(graded) => graded,
            Err(why) => return self.refuse(Shown::Question(asked), why),
        };
        let by_clock = u32::try_from((now.utc_ms - asked.showing.shown_ms).max(0)).unwrap_or(u32::MAX);
        let took_ms = took_ms.unwrap_or(by_clock);
        let (answer, feedback) = answered(&asked.showing, graded, took_ms, sure, false);
        let request = Request::Judge(answer.clone());
        self.wait(OpenRequest::Judgement(asked, GradedAnswer { answer, feedback, deeds_since: 0 }), request)
    }

    fn rate(&mut self, shown: Shown, verdict: StatedRating) -> Step {
        let Shown::Feedback(asked, mut graded) = shown else {
            return self.refuse(shown, "answer the question first");
        };
        let reveals = asked.showing.form.is_reveal();
        let answer = &mut graded.answer;
        if !answer.right && verdict != StatedRating::GoOn {
            return self.refuse(Shown::Feedback(asked, graded), "a wrong answer is rated again");
        }
        if asked.showing.ask_rating && answer.right && verdict == StatedRating::GoOn {
            let why = if reveals {
                "say how it was: again, hard, good or easy"
            } else {
                "say how it was: guessed, hard, good or easy"
            };
            return self.refuse(Shown::Feedback(asked, graded), why);
        }
        // Only the person knows whether a revealed answer was right.
        answer.right &= !(reveals && verdict == StatedRating::Guessed);
        answer.verdict = verdict;
        self.log(asked, graded, Then::Next)
    }

    fn overrule(&mut self, shown: Shown) -> Step {
        let Shown::Feedback(asked, mut graded) = shown else {
            return self.refuse(shown, "answer the question first");
        };
        if asked.showing.form.is_reveal() {
            return self.refuse(Shown::Feedback(asked, graded), "nobody graded this answer: say how it was");
        }
        let answer = &mut graded.answer;
        answer.right = !answer.right;
        answer.overruled = !answer.overruled;
        graded.feedback = Feedback { right: answer.right, overruled: answer.overruled, ..graded.feedback };
        let request = Request::Judge(answer.clone());
        self.wait(OpenRequest::Judgement(asked, graded), request)
    }

    fn log(&mut self, asked: Asked, graded: GradedAnswer, then: Then) -> Step {
        let request = Request::Record(graded.answer.clone());
        self.wait(OpenRequest::Log(LoggedNext { queued: asked.queued, answer: graded.answer, then }), request)
    }

    /// Logs an answer whose feedback was seen before anything else happens. A revealed answer does not count until the person grades it.
    fn leave(&mut self, now: Moment, shown: Shown, then: Then) -> Step {
        match shown {
            Shown::Feedback(asked, graded) if !asked.showing.form.is_reveal() => self.log(asked, graded, then),
            shown => self.go(now, then, Some(shown.asked().queued)),
        }
    }

    fn undo(&mut self, shown: Shown) -> Step {
        match shown {
            // What was done last is not the answer.
            Shown::Feedback(_, GradedAnswer { deeds_since: 1.., .. }) => {
                self.wait(OpenRequest::Undo(Some(shown)), Request::TakeBack)
            }
            Shown::Feedback(asked, graded) if !asked.showing.form.is_reveal() => self.log(asked, graded, Then::Undo),
            Shown::Question(_) => self.wait(OpenRequest::Undo(Some(shown)), Request::TakeBack),
            // A revealed answer that nobody graded is none.
            Shown::Feedback(asked, _) => self.wait(OpenRequest::Undo(Some(Shown::Question(asked))), Request::TakeBack),
        }
    }

    fn skip(&mut self, now: Moment, shown: Shown) -> Step {
        match shown {
            Shown::Feedback(asked, graded) if !asked.showing.form.is_reveal() => self.log(asked, graded, Then::Next),
            shown => {
                self.agenda.put_last(shown.asked().queued);
                self.next(now).saying(Notice::Skipped)
            }
        }
    }

    fn pause(&mut self, now: Moment, shown: Shown) -> Step {
        if self.is_paused() {
            self.state = State::Shown(shown);
            self.resume(now);
            return Step::act().saying(Notice::Resumed);
        }
        self.paused_ms = Some(now.utc_ms);
        self.show(shown).saying(Notice::Paused)
    }

    /// Ends a pause. Its time does not count for any answer.
    pub(super) fn resume(&mut self, now: Moment) {
        let Some(since) = self.paused_ms.take() else { return };
        let away = (now.utc_ms - since).max(0);
        self.began_ms = self.began_ms.map(|began| began + away);
        if let State::Shown(Shown::Question(asked)) = &mut self.state {
            asked.showing.shown_ms += away;
        }
    }

    /// Shows the edited question. An answer that was graded keeps its grade.
    pub(super) fn edited(&mut self, now: Moment, shown: Shown, loaded: Option<Box<Loaded>>) -> Step {
        let Some(loaded) = loaded else { return self.leave(now, shown, Then::Next) };
        match shown {
            Shown::Question(mut asked) => {
                let (left, shown_ms) = (asked.showing.left, asked.showing.shown_ms);
                asked.showing = Showing { shown_ms, ..show(*loaded, left, now, self.seed) };
                self.show(Shown::Question(asked))
            }
            Shown::Feedback(mut asked, mut graded) => {
                let edited = show(*loaded, asked.showing.left, now, self.seed);
                let numbers =
                    |showing: &Showing| showing.choices.iter().map(|choice| choice.number).collect::<Vec<_>>();
                if asked.showing.form.is_reveal() {
                    // Nobody has graded it yet, so the new question is asked.
                    asked.showing = edited;
                    return self.show(Shown::Question(asked));
                }
                if edited.kind != asked.showing.kind || numbers(&edited) != numbers(&asked.showing) {
                    // The choices changed, so the answer to the old ones is logged as it is.
                    return self.log(asked, graded, Then::Next);
                }
                asked.showing = Showing { shown_ms: asked.showing.shown_ms, ..edited };
                graded.feedback.correct = asked.showing.right_places();
                self.show(Shown::Feedback(asked, graded))
            }
        }
    }
}
