//! The state machine of a session.

mod outcome;
mod side_action;

use super::grade::grade;
use super::present::{answered, show};
use super::{
    Agenda, Answer, Effect, Event, Feedback, GivenAnswer, Loaded, Notice, Queued, Ratings, Showing, StatedRating,
    Summary,
};
use crate::model::{CardId, LogId, Moment, StudyDay};

/// The phase of a session.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "a session has only one phase")]
pub enum Phase {
    /// Between two questions, waiting for a reply.
    Between,
    /// A question is shown.
    Asking(Showing),
    /// The feedback is shown.
    Answered(Showing, Feedback),
    /// The session is over.
    Finished(Summary),
}

/// When a session ends before nothing is left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// The most answers.
    pub answers: Option<usize>,
    /// The most milliseconds, without pauses; the current answer is still accepted.
    pub ms: Option<i64>,
    /// Whether it is a mock exam: no feedback, no pause, and it ends at once when the time is over.
    pub exam: bool,
}

/// The next action once an answer with seen feedback is in the log.
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
    /// In a mock exam, the question and the feedback.
    marked: Option<(Showing, Feedback)>,
}

/// An answer that waits for its rating, or for being logged.
#[derive(Clone, Debug)]
struct Pending {
    answer: Answer,
    queued: Queued,
    then: Then,
    marked: Option<(Showing, Feedback)>,
}

/// A review session.
#[derive(Clone, Debug)]
pub struct Session {
    phase: Phase,
    agenda: Agenda,
    loading: Option<Queued>,
    pending: Option<Pending>,
    judging: Option<(Showing, Feedback)>,
    taken: Vec<TakenAnswer>,
    limits: Limits,
    questions: usize,
    today: StudyDay,
    seed: u64,
    began_ms: Option<i64>,
    paused_ms: Option<i64>,
    stopped: bool,
    time_up: bool,
}

impl Session {
    /// A session over these cards. `seed` is the person's `RETAIN_SEED`, or 0.
    pub fn new(agenda: Agenda, limits: Limits, today: StudyDay, seed: u64) -> Self {
        Self {
            phase: Phase::Between,
            questions: agenda.len(),
            agenda,
            loading: None,
            pending: None,
            judging: None,
            taken: Vec::new(),
            limits,
            today,
            seed,
            began_ms: None,
            paused_ms: None,
            stopped: false,
            time_up: false,
        }
    }

    /// The current phase.
    pub fn phase(&self) -> &Phase {
        &self.phase
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

    /// Whether it is a mock exam.
    pub fn is_exam(&self) -> bool {
        self.limits.exam
    }

    /// Milliseconds until the time is over, at least 0; `None` without a limit.
    pub fn ms_left(&self, now: Moment) -> Option<i64> {
        let limit = self.limits.ms?;
        let until = self.paused_ms.unwrap_or(now.utc_ms);
        Some((limit - (until - self.began_ms.unwrap_or(until)).max(0)).max(0))
    }

    /// Handles an event and returns its effects.
    pub fn step(&mut self, now: Moment, event: Event) -> Vec<Effect> {
        let mut effects = Vec::new();
        if is_action(&event) {
            if event != Event::Pause && event != Event::Tick {
                effects.extend(self.resume(now));
            }
            if self.exam_is_over(now) {
                effects.extend(self.end_exam(now));
                return effects;
            }
        }
        effects.extend(self.dispatch(now, event));
        effects
    }

    fn dispatch(&mut self, now: Moment, event: Event) -> Vec<Effect> {
        match event {
            Event::Begin => {
                self.began_ms = Some(now.utc_ms);
                self.next(now)
            }
            Event::Answer { given, took_ms, sure } => self.answer(now, &given, took_ms, sure),
            Event::Rate(verdict) => self.rate(verdict),
            Event::Overrule => self.overrule(),
            Event::Bury | Event::Suspend if self.limits.exam => refuse("an exam asks what it asks: not in an exam"),
            Event::Undo => self.leave(now, Then::Undo),
            Event::Bury => self.leave(now, Then::Bury),
            Event::Suspend => self.leave(now, Then::Suspend),
            Event::Quit => self.leave(now, Then::Quit),
            Event::Skip => self.skip(now),
            Event::Pause => self.pause(now),
            Event::Flag(note) => self.flag(note),
            Event::Tick => Vec::new(),
            Event::Loaded(loaded) => self.loaded(now, loaded),
            Event::Judged { ratings, known_probability } => self.judged(ratings, known_probability),
            Event::Recorded(recorded) => self.recorded(now, recorded),
            Event::Undone(undone) => self.undone(now, undone),
            Event::Moved => self.next(now),
            Event::Flagged(note) => self.flagged(note),
            Event::Edited(loaded) => self.edited(now, loaded),
            Event::Ended(outlook) => self.ended(now, outlook),
        }
    }

    fn next(&mut self, now: Moment) -> Vec<Effect> {
        self.phase = Phase::Between;
        let over = self.stopped
            || self.limits.answers.is_some_and(|limit| self.taken.len() >= limit)
            || self.ms_left(now) == Some(0);
        let queued = if over { None } else { self.agenda.next(now.utc_ms) };
        self.loading = queued;
        match queued {
            Some(queued) => vec![Effect::Load(queued.card)],
            None => vec![Effect::LookAhead],
        }
    }

    fn loaded(&mut self, now: Moment, loaded: Option<Box<Loaded>>) -> Vec<Effect> {
        let (Some(mut queued), Some(loaded)) = (self.loading.take(), loaded) else {
            return self.next(now);
        };
        // Another process may have answered it since the queue was made.
        queued.state = loaded.memory.state;
        self.loading = Some(queued);
        let mut left = self.agenda.left(now.utc_ms);
        left.count(queued.state);
        self.phase = Phase::Asking(show(*loaded, left, now, self.seed));
        Vec::new()
    }

    fn answer(&mut self, now: Moment, given: &GivenAnswer, took_ms: Option<u32>, sure: Option<bool>) -> Vec<Effect> {
        let Phase::Asking(showing) = &self.phase else {
            return refuse("there is no question to answer now");
        };
        let graded = match grade(showing, given) {
            Ok(graded) => graded,
            Err(why) => return refuse(why),
        };
        let by_clock = u32::try_from((now.utc_ms - showing.shown_ms).max(0)).unwrap_or(u32::MAX);
        let showing = showing.clone();
        let took_ms = took_ms.unwrap_or(by_clock);
        let (answer, feedback) = answered(&showing, graded, took_ms, sure, self.limits.exam);
        let Some(queued) = self.loading else { return Vec::new() };
        if self.limits.exam {
            self.pending = Some(Pending { answer, queued, then: Then::Next, marked: Some((showing, feedback)) });
            return self.record(Then::Next);
        }
        self.pending = Some(Pending { answer: answer.clone(), queued, then: Then::Next, marked: None });
        self.judging = Some((showing, feedback));
        vec![Effect::Judge(answer)]
    }

    fn judged(&mut self, ratings: Ratings, known_probability: Option<f64>) -> Vec<Effect> {
        if let Some((showing, feedback)) = self.judging.take() {
            self.phase = Phase::Answered(showing, Feedback { ratings, known_probability, ..feedback });
        }
        Vec::new()
    }

    fn rate(&mut self, verdict: StatedRating) -> Vec<Effect> {
        let (Some(pending), Phase::Answered(showing, _)) = (&mut self.pending, &self.phase) else {
            return refuse("answer the question first");
        };
        let answer = &mut pending.answer;
        let reveals = showing.form.is_reveal();
        if !answer.right && verdict != StatedRating::GoOn {
            return refuse("a wrong answer is rated again");
        }
        if showing.ask_rating && answer.right && verdict == StatedRating::GoOn {
            return refuse(if reveals {
                "say how it was: again, hard, good or easy"
            } else {
                "say how it was: guessed, hard, good or easy"
            });
        }
        // Only the person knows whether a revealed answer was right.
        answer.right &= !(reveals && verdict == StatedRating::Guessed);
        answer.verdict = verdict;
        self.record(Then::Next)
    }

    fn overrule(&mut self) -> Vec<Effect> {
        let (Some(pending), Phase::Answered(showing, feedback)) = (&mut self.pending, &self.phase) else {
            return refuse("answer the question first");
        };
        if showing.form.is_reveal() {
            return refuse("nobody graded this answer: say how it was");
        }
        let answer = &mut pending.answer;
        answer.right = !answer.right;
        answer.overruled = !answer.overruled;
        let feedback = Feedback { right: answer.right, overruled: answer.overruled, ..feedback.clone() };
        let answer = answer.clone();
        self.judging = Some((showing.clone(), feedback));
        vec![Effect::Judge(answer)]
    }

    fn record(&mut self, then: Then) -> Vec<Effect> {
        let Some(pending) = &mut self.pending else {
            return Vec::new();
        };
        pending.then = then;
        self.phase = Phase::Between;
        vec![Effect::Record(pending.answer.clone())]
    }

    /// Logs an answer whose feedback was seen before anything else happens. A revealed answer does not count until the person grades it.
    fn leave(&mut self, now: Moment, then: Then) -> Vec<Effect> {
        if let Phase::Answered(showing, _) = &self.phase
            && showing.form.is_reveal()
        {
            self.pending = None;
        }
        if self.pending.is_some() {
            return self.record(then);
        }
        self.go(now, then)
    }

    fn go(&mut self, now: Moment, then: Then) -> Vec<Effect> {
        match then {
            Then::Next => self.next(now),
            // Answers before an exam are not part of it.
            Then::Undo if self.limits.exam && self.taken.is_empty() => vec![Effect::Tell(Notice::NothingToUndo)],
            Then::Undo => {
                if let Some(queued) = self.loading.take() {
                    self.agenda.put_back(queued);
                }
                self.phase = Phase::Between;
                vec![Effect::TakeBack]
            }
            Then::Quit => {
                self.stopped = true;
                if let Some(queued) = self.loading.take() {
                    self.agenda.put_back(queued);
                }
                self.next(now)
            }
            Then::Bury => self.dismiss(Effect::Bury, Notice::Buried),
            Then::Suspend => self.dismiss(Effect::Suspend, Notice::Suspended),
        }
    }

    fn dismiss(&mut self, effect: fn(CardId) -> Effect, notice: Notice) -> Vec<Effect> {
        let Some(queued) = self.loading.take() else {
            return refuse("there is no card to put away now");
        };
        self.agenda.remove(queued.card);
        self.phase = Phase::Between;
        vec![effect(queued.card), Effect::Tell(notice)]
    }

    fn skip(&mut self, now: Moment) -> Vec<Effect> {
        let reveals = matches!(&self.phase, Phase::Answered(showing, _) if showing.form.is_reveal());
        if self.pending.is_some() && !reveals {
            return self.record(Then::Next);
        }
        self.pending = None;
        let Some(queued) = self.loading.take() else {
            return refuse("there is no card to skip now");
        };
        self.agenda.put_last(queued);
        let mut effects = vec![Effect::Tell(Notice::Skipped)];
        effects.extend(self.next(now));
        effects
    }

    fn exam_is_over(&self, now: Moment) -> bool {
        self.limits.exam && !matches!(self.phase, Phase::Finished(_)) && self.ms_left(now) == Some(0)
    }

    fn end_exam(&mut self, now: Moment) -> Vec<Effect> {
        self.time_up = true;
        let mut effects = vec![Effect::Tell(Notice::TimeUp)];
        effects.extend(self.next(now));
        effects
    }
}

/// Whether an event is an action of the person, or time, and not a reply.
fn is_action(event: &Event) -> bool {
    !matches!(
        event,
        Event::Begin
            | Event::Loaded(_)
            | Event::Judged { .. }
            | Event::Recorded(_)
            | Event::Undone(_)
            | Event::Moved
            | Event::Flagged(_)
            | Event::Edited(_)
            | Event::Ended(_)
    )
}

fn refuse(why: &'static str) -> Vec<Effect> {
    vec![Effect::Tell(Notice::Refused(why))]
}

#[cfg(test)]
mod tests;
