//! The state machine of a review.

mod actions;
mod replies;

use super::{Action, Agenda, Answer, Feedback, Notice, Phase, Queued, Request, Showing, Step, Summary, Waiting};
use crate::model::{CardId, LogId, Moment, StudyDay};

/// When a session ends before nothing is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The most answers.
    pub answers: Option<usize>,
    /// The most milliseconds, without pauses; the current answer is still accepted.
    pub ms: Option<i64>,
}

/// The state of a session: what is shown, or which request is not answered yet.
#[derive(Clone, Debug)]
enum State {
    /// The session has not begun.
    Ready,
    Shown(Shown),
    Waiting(OpenRequest),
    Finished(Summary),
}

/// A question, with or without the feedback on an answer.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "a session shows one thing")]
enum Shown {
    Question(Asked),
    Feedback(Asked, GradedAnswer),
}

/// A card that is asked.
#[derive(Clone, Debug)]
struct Asked {
    queued: Queued,
    showing: Showing,
}

/// An answer that is not in the log yet: the person has still to rate it.
#[derive(Clone, Debug)]
struct GradedAnswer {
    answer: Answer,
    feedback: Feedback,
    /// How often the card was flagged or the question edited since: that was done last, and not the answer.
    deeds_since: usize,
}

/// A request that is not answered yet, with what is to be done then.
#[derive(Clone, Debug)]
enum OpenRequest {
    /// For a card that is to be asked.
    Card(Queued),
    /// For the effects of the ratings.
    Judgement(Asked, GradedAnswer),
    /// For the answer to be in the log.
    Log(LoggedNext),
    /// For the card to be put away.
    Move(Notice),
    /// For the last deed to be taken back. What was shown is shown again if nothing was.
    Undo(Option<Shown>),
    /// For the flag of the shown card.
    Flag(Shown),
    /// For the shown card as it is now.
    Reload(Shown),
    /// For the outlook at the end.
    Outlook,
}

/// An answer that is being logged, and what comes after.
#[derive(Clone, Debug)]
struct LoggedNext {
    queued: Queued,
    answer: Answer,
    then: Then,
}

/// What comes once an answer with seen feedback is in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Next,
    Undo,
    Bury,
    Suspend,
    Quit,
}

/// A logged answer of this session.
#[derive(Clone, Debug)]
struct TakenAnswer {
    review: LogId,
    answer: Answer,
    new: bool,
    /// The agenda when it was given, restored if it is taken back.
    agenda: Agenda,
}

/// A review session.
#[derive(Clone, Debug)]
pub struct ReviewSession {
    state: State,
    agenda: Agenda,
    taken: Vec<TakenAnswer>,
    /// Cards that were put away after their answer, with when they would have come back today.
    put_away: Vec<(CardId, Option<Waiting>)>,
    limits: Limits,
    today: StudyDay,
    seed: u64,
    began_ms: Option<i64>,
    paused_ms: Option<i64>,
    stopped: bool,
}

impl ReviewSession {
    /// A session over these cards. `seed` is the person's `RETAIN_SEED`, or 0.
    pub fn new(agenda: Agenda, limits: Limits, today: StudyDay, seed: u64) -> Self {
        Self {
            state: State::Ready,
            agenda,
            taken: Vec::new(),
            put_away: Vec::new(),
            limits,
            today,
            seed,
            began_ms: None,
            paused_ms: None,
            stopped: false,
        }
    }

    /// What is shown.
    pub fn phase(&self) -> Phase<'_> {
        match &self.state {
            State::Shown(Shown::Question(asked)) => Phase::Asking(&asked.showing),
            State::Shown(Shown::Feedback(asked, graded)) => Phase::Answered(&asked.showing, &graded.feedback),
            State::Ready | State::Waiting(_) => Phase::Between,
            State::Finished(summary) => Phase::Finished(summary),
        }
    }

    /// The number of answers given and not taken back.
    pub fn answered(&self) -> usize {
        self.taken.len()
    }

    /// The study day on which it began.
    pub fn today(&self) -> StudyDay {
        self.today
    }

    /// Whether the clock is stopped.
    pub fn is_paused(&self) -> bool {
        self.paused_ms.is_some()
    }

    /// Milliseconds until the time is over, at least 0; `None` without a limit.
    pub fn ms_left(&self, now: Moment) -> Option<i64> {
        let limit = self.limits.ms?;
        let until = self.paused_ms.unwrap_or(now.utc_ms);
        Some((limit - (until - self.began_ms.unwrap_or(until)).max(0)).max(0))
    }

    /// Begins the session.
    pub fn begin(&mut self, now: Moment) -> Step {
        self.began_ms = Some(now.utc_ms);
        self.next(now)
    }

    /// Handles what the person does.
    pub fn act(&mut self, now: Moment, action: Action) -> Step {
        let was_paused = self.is_paused();
        let goes_on = was_paused && !matches!(action, Action::Pause | Action::Tick);
        if goes_on {
            self.resume(now);
        }
        let step = self.handle(now, action);
        if goes_on { step.saying(Notice::Resumed) } else { step }
    }

    /// The next card, or the end.
    fn next(&mut self, now: Moment) -> Step {
        let over = self.stopped
            || self.limits.answers.is_some_and(|limit| self.taken.len() >= limit)
            || self.ms_left(now) == Some(0);
        let queued = if over { None } else { self.agenda.next(now.utc_ms) };
        match queued {
            Some(queued) => self.wait(OpenRequest::Card(queued), Request::Load(queued.card)),
            None => self.wait(OpenRequest::Outlook, Request::LookAhead),
        }
    }

    fn wait(&mut self, waiting: OpenRequest, request: Request) -> Step {
        self.state = State::Waiting(waiting);
        Step::request(request)
    }

    fn show(&mut self, shown: Shown) -> Step {
        self.state = State::Shown(shown);
        Step::act()
    }

    /// Shows again what was shown, and says why nothing happened.
    fn refuse(&mut self, shown: Shown, why: &'static str) -> Step {
        self.show(shown).saying(Notice::Refused(why))
    }

    /// Goes on after an answer, or after a question that stays open. `current` is the card that was shown last.
    fn go(&mut self, now: Moment, then: Then, current: Option<Queued>) -> Step {
        match (then, current) {
            (Then::Next, _) => self.next(now),
            (Then::Undo, _) => self.wait(OpenRequest::Undo(None), Request::TakeBack),
            (Then::Quit, current) => {
                self.stopped = true;
                if let Some(queued) = current {
                    self.agenda.put_back(queued);
                }
                self.next(now)
            }
            (Then::Bury, Some(queued)) => self.move_away(queued, Request::Bury(queued.card), Notice::Buried),
            (Then::Suspend, Some(queued)) => self.move_away(queued, Request::Suspend(queued.card), Notice::Suspended),
            (Then::Bury | Then::Suspend, None) => self.next(now),
        }
    }

    fn move_away(&mut self, queued: Queued, request: Request, notice: Notice) -> Step {
        self.agenda.remove(queued.card);
        self.wait(OpenRequest::Move(notice), request)
    }
}

impl Shown {
    fn asked(&self) -> &Asked {
        match self {
            Self::Question(asked) | Self::Feedback(asked, _) => asked,
        }
    }

    fn card(&self) -> CardId {
        self.asked().queued.card
    }

    /// Something was done aside with the card that is shown.
    fn note_deed(&mut self) {
        if let Self::Feedback(_, graded) = self {
            graded.deeds_since += 1;
        }
    }

    fn showing_mut(&mut self) -> &mut Showing {
        match self {
            Self::Question(asked) | Self::Feedback(asked, _) => &mut asked.showing,
        }
    }
}

#[cfg(test)]
mod tests;
