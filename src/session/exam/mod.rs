//! The state machine of a mock exam: questions back and forth, no feedback, and a clock that stops only while the person is away.

mod actions;
mod paper;
mod replies;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use paper::{Paper, PaperAnswer, PaperQuestion};

use super::{Action, Answer, Feedback, GivenAnswer, Notice, Phase, Request, Showing, Step, Summary};
use crate::model::{CardId, ExamEnding, LogId, Moment, StudyDay};

/// A mock exam, as it begins or is gone on with.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExamStart {
    /// Its questions, in their order.
    pub questions: Vec<PaperQuestion>,
    /// The position of the question to begin with.
    pub position: u32,
    /// The percentage of right answers that passes.
    pub pass_mark: u32,
    /// The time for it, in milliseconds; `None` without a limit.
    pub allowed_ms: Option<i64>,
    /// The time used so far, in milliseconds.
    pub used_ms: i64,
}

/// What a person does in a mock exam only.
#[derive(Clone, Debug, PartialEq)]
pub enum ExamAction {
    /// Goes to another page. What was picked or typed is kept as the answer.
    Turn {
        /// Where to.
        to: Turn,
        /// The answer on the screen; `None` if it is not complete.
        given: Option<GivenAnswer>,
    },
    /// Marks a question to come back to, or removes the mark: by index, or the one that is shown.
    Mark(Option<usize>),
    /// Hands the exam in.
    HandIn,
}

/// A page of a mock exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The next question; after the last one, the overview.
    Next,
    /// The question before.
    Previous,
    /// The question of this index.
    To(usize),
    /// The overview, which asks whether to hand in.
    Overview,
    /// Away, to go on another time.
    Leave,
    /// The end, because the time is over. Until then, nowhere.
    TimeUp,
}

/// What is asked of the caller in a mock exam only. `used_ms` is the time used so far, to be kept with it.
#[derive(Clone, Debug, PartialEq)]
pub enum PaperRequest {
    /// Load the card of a question that is shown now, with its earlier answer; reply with [`super::Reply::Loaded`]. One that is gone is no
    /// longer part of the exam.
    Open {
        /// Its position in the exam.
        position: u32,
        /// Its card.
        card: CardId,
        /// See above.
        used_ms: i64,
    },
    /// Load the card of a question that was not right, to look at it after the exam; reply with [`super::Reply::Loaded`].
    LookAt {
        /// Its position in the exam.
        position: u32,
        /// Its card.
        card: CardId,
    },
    /// Write an answer in place of the one before, in one transaction; reply with [`super::Reply::Recorded`].
    Enter {
        /// The position of the question.
        position: u32,
        /// The answer.
        answer: Answer,
        /// See above.
        used_ms: i64,
    },
    /// Keep whether the person wants to come back to a question; reply with [`super::Reply::Kept`].
    Mark {
        /// The position of the question.
        position: u32,
        /// Whether they do.
        marked: bool,
        /// See above.
        used_ms: i64,
    },
    /// Keep how the exam ended, and compute the outlook; reply with [`super::Reply::Ended`].
    Close {
        /// `None` if it can be gone on with.
        ending: Option<ExamEnding>,
        /// See above.
        used_ms: i64,
    },
}

/// The state of an exam: what is shown, or which request is not answered yet.
#[derive(Clone, Debug)]
enum ExamState {
    /// The exam has not begun.
    Ready,
    Shown(ShownPage),
    Waiting(OpenPaperRequest),
    Finished(Box<Summary>),
}

/// A page.
#[derive(Clone, Debug)]
enum ShownPage {
    /// The current question of the paper.
    Question(Box<Showing>),
    Overview,
}

/// A request that is not answered yet, with what is to be done then.
#[derive(Clone, Debug)]
enum OpenPaperRequest {
    /// For the current question.
    Question,
    /// For the answer to the current question to be in the log.
    Log(Box<LoggedAnswer>),
    /// For a mark.
    Mark(ShownPage, usize),
    /// For the flag of the shown card.
    Flag(Box<Showing>),
    /// For the last deed to be taken back.
    Undo(ShownPage),
    /// For a question that was not right and is not at hand, by index.
    Miss(usize, ExamEnding),
    /// For the outlook at the end.
    Close(Option<ExamEnding>),
}

/// An answer that is being logged, and where the person goes then.
#[derive(Clone, Debug)]
struct LoggedAnswer {
    answer: Answer,
    showing: Showing,
    feedback: Feedback,
    /// `None`: to the next open question, or to the overview.
    then: Option<Turn>,
}

/// A mock exam.
#[derive(Clone, Debug)]
pub struct ExamSession {
    state: ExamState,
    paper: Paper,
    /// Wrong answers with their questions, and at the end open ones, by position.
    misses: BTreeMap<u32, (Showing, Feedback)>,
    /// Answers given since the exam was begun or gone on with, and not taken back: an undo goes back no further.
    fresh: Vec<LogId>,
    /// Whether an answer was ever given, taken back or not: then the exam stays when it is left.
    begun: bool,
    pass_mark: u32,
    allowed_ms: Option<i64>,
    used_before_ms: i64,
    began_ms: Option<i64>,
    today: StudyDay,
    seed: u64,
}

impl ExamSession {
    /// An exam that is about to begin or to be gone on with. `seed` is the person's `RETAIN_SEED`, or 0.
    pub fn new(start: ExamStart, today: StudyDay, seed: u64) -> Self {
        let ExamStart { questions, position, pass_mark, allowed_ms, used_ms } = start;
        Self {
            state: ExamState::Ready,
            paper: Paper::new(questions, position),
            misses: BTreeMap::new(),
            fresh: Vec::new(),
            begun: used_ms > 0,
            pass_mark,
            allowed_ms,
            used_before_ms: used_ms,
            began_ms: None,
            today,
            seed,
        }
    }

    /// Its questions.
    pub fn paper(&self) -> &Paper {
        &self.paper
    }

    /// The study day on which it began or was gone on with.
    pub fn today(&self) -> StudyDay {
        self.today
    }

    /// What is shown.
    pub fn phase(&self) -> Phase<'_> {
        match &self.state {
            ExamState::Shown(ShownPage::Question(showing)) => Phase::Asking(showing),
            ExamState::Shown(ShownPage::Overview) => Phase::Overview(&self.paper),
            ExamState::Ready | ExamState::Waiting(_) => Phase::Between,
            ExamState::Finished(summary) => Phase::Finished(summary),
        }
    }

    /// The time used, in milliseconds.
    fn used_ms(&self, now: Moment) -> i64 {
        let sat = now.utc_ms - self.began_ms.unwrap_or(now.utc_ms);
        self.used_before_ms + sat.max(0)
    }

    /// Milliseconds until the time is over, at least 0; `None` without a limit.
    pub fn ms_left(&self, now: Moment) -> Option<i64> {
        Some((self.allowed_ms? - self.used_ms(now)).max(0))
    }

    /// Begins the exam, or goes on with it.
    pub fn begin(&mut self, now: Moment) -> Step {
        self.began_ms = Some(now.utc_ms);
        if self.ms_left(now) == Some(0) {
            return self.time_up(now);
        }
        if self.paper.is_empty() {
            return self.hand_in(now, ExamEnding::HandedIn);
        }
        self.open(now)
    }

    /// Handles what the person does.
    pub fn act(&mut self, now: Moment, action: Action) -> Step {
        let page = match std::mem::replace(&mut self.state, ExamState::Ready) {
            ExamState::Shown(page) => page,
            // Nothing is shown that an action could be about.
            other => {
                self.state = other;
                return Step::act();
            }
        };
        match action {
            // What was typed until the time was over counts, what comes later does not.
            Action::Exam(ExamAction::Turn { to: Turn::TimeUp, .. }) => self.handle(now, page, action),
            _ if self.ms_left(now) == Some(0) => self.time_up(now),
            action => self.handle(now, page, action),
        }
    }

    fn wait(&mut self, waiting: OpenPaperRequest, request: Request) -> Step {
        self.state = ExamState::Waiting(waiting);
        Step::request(request)
    }

    fn show(&mut self, page: ShownPage) -> Step {
        self.state = ExamState::Shown(page);
        Step::act()
    }

    fn refuse(&mut self, page: ShownPage, why: &'static str) -> Step {
        self.show(page).saying(Notice::Refused(why))
    }

    /// Asks for the current question. Without any question left, only the overview can be shown.
    fn open(&mut self, now: Moment) -> Step {
        let used_ms = self.used_ms(now);
        let Some(question) = self.paper.current() else { return self.show(ShownPage::Overview) };
        let (position, card) = (question.position, question.card);
        self.wait(OpenPaperRequest::Question, Request::Paper(PaperRequest::Open { position, card, used_ms }))
    }

    fn time_up(&mut self, now: Moment) -> Step {
        self.hand_in(now, ExamEnding::TimeUp).saying(Notice::TimeUp)
    }

    /// Ends the exam. Open questions, and those that were answered wrongly before it was gone on with, are looked up first.
    fn hand_in(&mut self, now: Moment, ending: ExamEnding) -> Step {
        let unseen = self.paper.questions().iter().enumerate().find(|(_, question)| {
            !question.answer.is_some_and(|answer| answer.right) && !self.misses.contains_key(&question.position)
        });
        match unseen {
            Some((index, question)) => {
                let (position, card) = (question.position, question.card);
                let request = PaperRequest::LookAt { position, card };
                self.wait(OpenPaperRequest::Miss(index, ending), Request::Paper(request))
            }
            None => self.close(now, Some(ending)),
        }
    }

    /// Ends the exam, or leaves it to be gone on with later.
    fn close(&mut self, now: Moment, ending: Option<ExamEnding>) -> Step {
        let used_ms = self.used_ms(now);
        self.wait(OpenPaperRequest::Close(ending), Request::Paper(PaperRequest::Close { ending, used_ms }))
    }
}
