//! What the person does in a mock exam: answers, turns pages, marks, takes back, hands in.

use super::{ExamAction, ExamSession, LoggedAnswer, OpenPaperRequest, PaperRequest, ShownPage, Turn};
use crate::model::{ExamEnding, Moment};
use crate::session::grade::grade;
use crate::session::present::answered;
use crate::session::{Action, GivenAnswer, Notice, Request, Showing, Step};

/// Why an action of a review does not work in an exam.
const NOT_HERE: &str = "not in an exam: its questions are chosen already";
/// Why an action needs a question.
const NO_QUESTION: &str = "go to a question first";

impl ExamSession {
    pub(super) fn handle(&mut self, now: Moment, page: ShownPage, action: Action) -> Step {
        match (action, page) {
            (Action::Tick, page) => self.show(page),
            (Action::Quit, _) => self.close(now, None),
            (Action::Undo, page) => self.undo(page),
            (Action::Exam(ExamAction::HandIn), _) => self.hand_in(now, ExamEnding::HandedIn),
            (Action::Exam(ExamAction::Mark(index)), page) => self.mark(now, page, index),
            (Action::Exam(ExamAction::Turn { to, given }), page) => self.turn(now, page, to, given),
            (Action::Answer { given, took_ms, .. }, ShownPage::Question(showing)) => {
                self.answer(now, showing, &given, took_ms, None)
            }
            (Action::Skip, ShownPage::Question(_)) => self.next_open(now).saying(Notice::Skipped),
            (Action::Flag(note), ShownPage::Question(showing)) => {
                let request = Request::Flag(showing.card, note);
                self.wait(OpenPaperRequest::Flag(showing), request)
            }
            (Action::Answer { .. } | Action::Skip | Action::Flag(_), page) => self.refuse(page, NO_QUESTION),
            (Action::Pause, page) => self.refuse(page, "the clock of an exam does not stop"),
            (Action::Rate(_) | Action::Overrule, page) => self.refuse(page, "an exam gives no feedback before its end"),
            (Action::Bury | Action::Suspend | Action::Edited(_), page) => self.refuse(page, NOT_HERE),
        }
    }

    /// The next open question. If none is open, the overview.
    pub(super) fn next_open(&mut self, now: Moment) -> Step {
        match self.paper.next_open() {
            Some(index) => {
                self.paper.go(index);
                self.open(now)
            }
            None => self.show(ShownPage::Overview),
        }
    }

    fn answer(
        &mut self,
        now: Moment,
        showing: Box<Showing>,
        given: &GivenAnswer,
        took_ms: Option<u32>,
        then: Option<Turn>,
    ) -> Step {
        let Some(question) = self.paper.current() else { return self.refuse(ShownPage::Overview, NO_QUESTION) };
        let position = question.position;
        let graded = match grade(&showing, given) {
            Ok(graded) => graded,
            Err(why) => return self.refuse(ShownPage::Question(showing), why),
        };
        // The same answer again changes nothing.
        if question.answer.is_some() && showing.given.as_ref() == Some(&graded.given) {
            return self.go_on(now, then);
        }
        let by_clock = u32::try_from((now.utc_ms - showing.shown_ms).max(0)).unwrap_or(u32::MAX);
        let (answer, feedback) = answered(&showing, graded, took_ms.unwrap_or(by_clock), None, true);
        let used_ms = self.used_ms(now);
        let request = PaperRequest::Enter { position, answer: answer.clone(), used_ms };
        let logged = LoggedAnswer { answer, showing: *showing, feedback, then };
        self.wait(OpenPaperRequest::Log(Box::new(logged)), Request::Paper(request))
    }

    /// Goes on after an answer.
    pub(super) fn go_on(&mut self, now: Moment, then: Option<Turn>) -> Step {
        match then {
            Some(to) => self.go_to(now, None, to),
            None => self.next_open(now),
        }
    }

    fn turn(&mut self, now: Moment, page: ShownPage, to: Turn, given: Option<GivenAnswer>) -> Step {
        match (page, given) {
            (ShownPage::Question(showing), Some(given)) => match grade(&showing, &given) {
                Ok(_) => self.answer(now, showing, &given, None, Some(to)),
                // What is no answer keeps nobody from going elsewhere.
                Err(why) => {
                    let notice = Notice::NotKept { number: self.paper.at() + 1, why };
                    self.go_to(now, Some(ShownPage::Question(showing)), to).saying(notice)
                }
            },
            (page, _) => self.go_to(now, Some(page), to),
        }
    }

    /// Goes to a page from this one; without one, from a question that was just answered.
    fn go_to(&mut self, now: Moment, page: Option<ShownPage>, to: Turn) -> Step {
        let (at, from_overview) = (self.paper.at(), matches!(page, Some(ShownPage::Overview)));
        let target = match to {
            Turn::Overview => return self.show(ShownPage::Overview),
            Turn::Leave => return self.close(now, None),
            Turn::TimeUp if self.ms_left(now) == Some(0) => return self.time_up(now),
            Turn::TimeUp => match page {
                Some(page) => return self.show(page),
                None => return self.open(now),
            },
            Turn::Next if from_overview => Err("the exam ends here: hand it in, or go to a question"),
            Turn::Next if at + 1 >= self.paper.len() => return self.show(ShownPage::Overview),
            Turn::Next => Ok(at + 1),
            Turn::Previous if from_overview => Ok(at),
            Turn::Previous => at.checked_sub(1).ok_or("this is the first question"),
            Turn::To(index) => Ok(index),
        };
        let why = match target {
            Ok(index) if self.paper.go(index) => return self.open(now),
            Ok(_) => "there is no such question",
            Err(why) => why,
        };
        match page {
            Some(page) => self.refuse(page, why),
            None => self.open(now).saying(Notice::Refused(why)),
        }
    }

    fn mark(&mut self, now: Moment, page: ShownPage, index: Option<usize>) -> Step {
        let index = index.unwrap_or(self.paper.at());
        let used_ms = self.used_ms(now);
        let Some(question) = self.paper.questions().get(index) else {
            return self.refuse(page, "there is no such question");
        };
        let (position, marked) = (question.position, !question.marked);
        self.wait(OpenPaperRequest::Mark(page, index), Request::Paper(PaperRequest::Mark { position, marked, used_ms }))
    }

    fn undo(&mut self, page: ShownPage) -> Step {
        // Answers from before are not taken back here: another session may have given some since.
        if self.fresh.is_empty() {
            return self.show(page).saying(Notice::NothingToUndo);
        }
        self.wait(OpenPaperRequest::Undo(page), Request::TakeBack)
    }
}
