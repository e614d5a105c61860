//! Replies of the caller in a mock exam: a question is loaded, an answer is in the log, the exam is over.

use super::{ExamSession, ExamState, LoggedAnswer, OpenPaperRequest, PaperAnswer, ShownPage};
use crate::model::{CardState, DeedKind, ExamEnding, Moment};
use crate::session::present::{feedback_on_earlier, feedback_on_open, show};
use crate::session::{
    ExamOutcome, ExamResult, Left, LeftExam, Loaded, Next, Notice, Outlook, Recorded, Reply, Step, Summary, Undone,
};

impl ExamSession {
    /// Handles what came of a request.
    pub fn reply(&mut self, now: Moment, reply: Reply) -> Step {
        let waiting = match std::mem::replace(&mut self.state, ExamState::Ready) {
            ExamState::Waiting(waiting) => waiting,
            // Nothing was asked for.
            other => {
                self.state = other;
                return Step::act();
            }
        };
        match (waiting, reply) {
            (OpenPaperRequest::Question, Reply::Loaded(loaded)) => self.loaded(now, loaded),
            (OpenPaperRequest::Miss(index, ending), Reply::Loaded(loaded)) => {
                self.found_miss(now, index, ending, loaded)
            }
            (OpenPaperRequest::Log(logged), Reply::Recorded(recorded)) => self.recorded(now, *logged, recorded),
            (OpenPaperRequest::Mark(page, index), Reply::Kept) => self.marked(page, index),
            (OpenPaperRequest::Flag(mut showing), Reply::Flagged(note)) => {
                let notice = if note.is_some() { Notice::Flagged } else { Notice::Unflagged };
                showing.flag = note;
                self.show(ShownPage::Question(showing)).saying(notice)
            }
            (OpenPaperRequest::Undo(page), Reply::Undone(undone)) => self.undone(now, page, undone),
            (OpenPaperRequest::Close(ending), Reply::Ended(outlook)) => self.ended(now, ending, outlook),
            // A reply to something else changes nothing.
            (waiting, _) => {
                self.state = ExamState::Waiting(waiting);
                Step::act()
            }
        }
    }

    fn loaded(&mut self, now: Moment, loaded: Option<Box<Loaded>>) -> Step {
        let showing = loaded.map(|loaded| show(*loaded, self.paper.left(), now, self.seed));
        // What the program cannot grade is no question of an exam.
        match showing.filter(|showing| !showing.form.is_reveal()) {
            Some(showing) => self.show(ShownPage::Question(Box::new(showing))),
            None => {
                self.paper.strike(self.paper.at());
                self.open(now)
            }
        }
    }

    fn found_miss(&mut self, now: Moment, index: usize, ending: ExamEnding, loaded: Option<Box<Loaded>>) -> Step {
        match (loaded, self.paper.get_mut(index)) {
            (Some(loaded), Some(question)) => {
                // An answer may have been taken back elsewhere meanwhile.
                let earlier = loaded.earlier.clone().filter(|_| question.answer.is_some());
                let showing = show(*loaded, Left::default(), now, self.seed);
                let feedback = match earlier {
                    Some(earlier) => feedback_on_earlier(&showing, &earlier),
                    None => {
                        question.answer = None;
                        feedback_on_open(&showing)
                    }
                };
                self.misses.insert(question.position, (showing, feedback));
            }
            _ => self.paper.strike(index),
        }
        self.hand_in(now, ending)
    }

    fn recorded(&mut self, now: Moment, logged: LoggedAnswer, recorded: Recorded) -> Step {
        let LoggedAnswer { answer, mut showing, feedback, then } = logged;
        let Recorded { review, elsewhere, .. } = recorded;
        if let Some(question) = self.paper.current_mut() {
            let new = PaperAnswer { review, right: answer.right, took_ms: answer.took_ms };
            if let Some(before) = question.answer.replace(new) {
                self.fresh.retain(|fresh| *fresh != before.review);
            }
            self.fresh.push(review);
            self.begun = true;
            self.misses.remove(&question.position);
            if !answer.right {
                showing.given = Some(feedback.given.clone());
                self.misses.insert(question.position, (showing, feedback));
            }
        }
        // An early due date and a leech would reveal that the answer was wrong, which an exam does not.
        self.go_on(now, then).saying(Notice::Recorded { review, due: None, leech: None, elsewhere })
    }

    fn marked(&mut self, page: ShownPage, index: usize) -> Step {
        let Some(question) = self.paper.get_mut(index) else { return self.show(page) };
        question.marked = !question.marked;
        let notice = if question.marked { Notice::Marked } else { Notice::Unmarked };
        self.show(page).saying(notice)
    }

    fn undone(&mut self, now: Moment, page: ShownPage, undone: Undone) -> Step {
        match undone {
            Undone::Nothing => self.show(page).saying(Notice::NothingToUndo),
            Undone::TooWide { kind, about } => self.show(page).saying(Notice::TooWideToUndo { kind, about }),
            Undone::Answer { review, before, .. } => {
                self.fresh.retain(|fresh| *fresh != review);
                self.fresh.extend(before.map(|before| before.review));
                let step = match self.paper.reopen(review, before) {
                    Some(index) => {
                        self.paper.go(index);
                        if let Some(question) = self.paper.current() {
                            self.misses.remove(&question.position);
                        }
                        self.open(now)
                    }
                    // An answer of another session.
                    None => self.show(page),
                };
                step.saying(Notice::Undone { review })
            }
            Undone::Deed { kind, card, uid, stem, .. } => {
                let is_shown = matches!(&page, ShownPage::Question(showing) if showing.card == card);
                let step = match kind {
                    DeedKind::Flag | DeedKind::Edit if is_shown => self.open(now),
                    _ => self.show(page),
                };
                step.saying(Notice::DeedUndone { kind, card: uid, stem })
            }
        }
    }

    fn ended(&mut self, now: Moment, ending: Option<ExamEnding>, outlook: Outlook) -> Step {
        let used_ms = self.used_ms(now);
        let (questions, answered, right) = (self.paper.len(), self.paper.answered(), self.paper.right());
        let exam = match ending {
            None => ExamOutcome::Left(LeftExam {
                questions,
                answered,
                stays: self.begun || answered > 0,
                used_ms,
                ms_left: self.ms_left(now),
            }),
            Some(ending) => ExamOutcome::Over(ExamResult {
                questions,
                answered,
                right,
                pass_mark: self.pass_mark,
                lasted_ms: self.allowed_ms.map_or(used_ms, |allowed| used_ms.min(allowed)),
                allowed_ms: self.allowed_ms,
                time_up: ending == ExamEnding::TimeUp,
                topics: self.paper.topics(),
                not_right: self
                    .paper
                    .questions()
                    .iter()
                    .filter_map(|question| self.misses.remove(&question.position))
                    .collect(),
            }),
        };
        let is_new = |state: CardState| state == CardState::New;
        let summary = Summary {
            answered,
            right,
            guessed: 0,
            new: self.paper.questions().iter().filter(|asked| asked.answer.is_some() && is_new(asked.state)).count(),
            took_ms: self.paper.answers().map(|answer| u64::from(answer.took_ms)).sum(),
            stopped: ending.is_none(),
            outlook,
            exam: Some(exam),
        };
        self.state = ExamState::Finished(Box::new(summary.clone()));
        Step::new(Next::End(summary))
    }
}
