//! The machine itself.

use super::{
    Agenda, Answer, Effect, Event, Feedback, Left, Loaded, Notice, Outlook, Queued, Ratings, Recorded, Showing,
    ShownChoice, Summary, Undone, Verdict, Waiting, order_of,
};
use crate::model::{CardId, CardState, Due, Guess, Kind, LogId, Moment, StudyDay, letter};

/// Where a session stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Phase {
    /// Between two questions: the world is at work.
    Between,
    /// A question is shown.
    Asking(Showing),
    /// The feedback is shown.
    Answered(Showing, Feedback),
    /// Over.
    Finished(Summary),
}

/// What to do once an answer that was already seen is in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    Next,
    Undo,
    Bury,
    Suspend,
    Quit,
}

#[derive(Clone, Copy, Debug)]
struct Taken {
    review: LogId,
    right: bool,
    guessed: bool,
    new: bool,
    took_ms: u32,
}

/// A review session.
#[derive(Clone, Debug)]
pub struct Session {
    phase: Phase,
    agenda: Agenda,
    loading: Option<Queued>,
    pending: Option<(Answer, Queued, Then)>,
    judging: Option<(Showing, Answer, Vec<usize>)>,
    taken: Vec<Taken>,
    limit: Option<usize>,
    today: StudyDay,
    seed: u64,
    stopped: bool,
}

impl Session {
    /// A session over these cards. `limit` ends it after so many answers; `seed` is the person's `RETAIN_SEED`, or 0.
    pub fn new(agenda: Agenda, limit: Option<usize>, today: StudyDay, seed: u64) -> Self {
        Self {
            phase: Phase::Between,
            agenda,
            loading: None,
            pending: None,
            judging: None,
            taken: Vec::new(),
            limit,
            today,
            seed,
            stopped: false,
        }
    }

    /// Where it stands.
    pub fn phase(&self) -> &Phase {
        &self.phase
    }

    /// Answers given and not taken back.
    pub fn answered(&self) -> usize {
        self.taken.len()
    }

    /// The study day on which it began.
    pub fn today(&self) -> StudyDay {
        self.today
    }

    /// Takes an event into account.
    pub fn step(&mut self, now: Moment, event: Event) -> Vec<Effect> {
        match event {
            Event::Begin => self.next(now),
            Event::Pick { places, took_ms } => self.pick(now, &places, took_ms),
            Event::Rate(verdict) => self.rate(verdict),
            Event::Undo => self.leave(now, Then::Undo),
            Event::Bury => self.leave(now, Then::Bury),
            Event::Suspend => self.leave(now, Then::Suspend),
            Event::Quit => self.leave(now, Then::Quit),
            Event::Skip => self.skip(now),
            Event::Loaded(loaded) => self.loaded(now, loaded),
            Event::Judged { ratings, known_probability } => self.judged(ratings, known_probability),
            Event::Recorded(recorded) => self.recorded(now, recorded),
            Event::Undone(undone) => self.undone(now, undone),
            Event::Moved => self.next(now),
            Event::Ended(outlook) => self.ended(outlook),
        }
    }

    fn next(&mut self, now: Moment) -> Vec<Effect> {
        self.phase = Phase::Between;
        let over = self.stopped || self.limit.is_some_and(|limit| self.taken.len() >= limit);
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

    fn pick(&mut self, now: Moment, places: &[usize], took_ms: Option<u32>) -> Vec<Effect> {
        let Phase::Asking(showing) = &self.phase else {
            return refuse("there is no question to answer now");
        };
        if places.is_empty() {
            return refuse("pick at least one choice");
        }
        if places.iter().any(|&place| place >= showing.choices.len()) {
            return refuse("there is no such choice");
        }
        let mut places = places.to_vec();
        let mut seen = Vec::new();
        places.retain(|place| {
            !seen.contains(place) && {
                seen.push(*place);
                true
            }
        });
        if !showing.kind.has_choices() || (showing.kind != Kind::Multiple && places.len() > 1) {
            return refuse("this question takes one choice");
        }
        let right = (0..showing.choices.len()).all(|place| showing.choices[place].correct == places.contains(&place));
        let by_clock = u32::try_from((now.utc_ms - showing.shown_ms).max(0)).unwrap_or(u32::MAX);
        let answer = Answer {
            card: showing.card,
            right,
            verdict: Verdict::GoOn,
            picked: places.iter().map(|&place| showing.choices[place].number).collect(),
            shown: showing.choices.iter().map(|choice| choice.number).collect(),
            order_seed: showing.order_seed,
            took_ms: took_ms.unwrap_or(by_clock),
            guess: Guess::of(showing.kind, showing.choices.len()),
            practice: showing.practice,
        };
        self.judging = Some((showing.clone(), answer.clone(), places));
        vec![Effect::Judge(answer)]
    }

    fn judged(&mut self, ratings: Ratings, known_probability: Option<f64>) -> Vec<Effect> {
        let Some((showing, answer, picked)) = self.judging.take() else {
            return Vec::new();
        };
        let correct = (0..showing.choices.len()).filter(|&place| showing.choices[place].correct).collect();
        let feedback = Feedback { right: answer.right, picked, correct, ratings, known_probability };
        if let Some(queued) = self.loading {
            self.pending = Some((answer, queued, Then::Next));
        }
        self.phase = Phase::Answered(showing, feedback);
        Vec::new()
    }

    fn rate(&mut self, verdict: Verdict) -> Vec<Effect> {
        let Some((answer, ..)) = &mut self.pending else {
            return refuse("answer the question first");
        };
        if !answer.right && verdict != Verdict::GoOn {
            return refuse("a wrong answer is rated again");
        }
        let asked = matches!(&self.phase, Phase::Answered(showing, _) if showing.ask_rating);
        if asked && answer.right && verdict == Verdict::GoOn {
            return refuse("say how it was: guessed, hard, good or easy");
        }
        answer.verdict = verdict;
        self.record(Then::Next)
    }

    fn record(&mut self, then: Then) -> Vec<Effect> {
        let Some((answer, queued, _)) = self.pending.take() else {
            return Vec::new();
        };
        self.pending = Some((answer.clone(), queued, then));
        self.phase = Phase::Between;
        vec![Effect::Record(answer)]
    }

    /// An answer whose feedback was seen is a fact: it is logged before the person does something else.
    fn leave(&mut self, now: Moment, then: Then) -> Vec<Effect> {
        if self.pending.is_some() {
            return self.record(then);
        }
        self.go(now, then)
    }

    fn go(&mut self, now: Moment, then: Then) -> Vec<Effect> {
        match then {
            Then::Next => self.next(now),
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
        if self.pending.is_some() {
            return self.record(Then::Next);
        }
        let Some(queued) = self.loading.take() else {
            return refuse("there is no card to skip now");
        };
        self.agenda.put_last(queued);
        let mut effects = vec![Effect::Tell(Notice::Skipped)];
        effects.extend(self.next(now));
        effects
    }

    fn recorded(&mut self, now: Moment, recorded: Recorded) -> Vec<Effect> {
        let Some((answer, queued, then)) = self.pending.take() else {
            return Vec::new();
        };
        self.taken.push(Taken {
            review: recorded.review,
            right: answer.right,
            guessed: answer.verdict == Verdict::Guessed,
            new: queued.state == CardState::New,
            took_ms: answer.took_ms,
        });
        let after = Queued { card: queued.card, state: recorded.state };
        // Bury and suspend still concern this card.
        self.loading = matches!(then, Then::Bury | Then::Suspend).then_some(after);
        let put_away = recorded.leech.is_some_and(|leech| leech.suspended);
        if let (Due::At(due_ms), None, false) = (recorded.due, self.loading, put_away) {
            self.agenda.wait(Waiting { queued: after, due_ms });
        }
        let Recorded { review, due, leech, .. } = recorded;
        let mut effects = vec![Effect::Tell(Notice::Recorded { review, due, leech })];
        effects.extend(self.go(now, then));
        effects
    }

    fn undone(&mut self, now: Moment, undone: Option<Undone>) -> Vec<Effect> {
        let Some(undone) = undone else {
            let mut effects = vec![Effect::Tell(Notice::NothingToUndo)];
            effects.extend(self.next(now));
            return effects;
        };
        self.taken.retain(|taken| taken.review != undone.review);
        self.agenda.remove(undone.card);
        let queued = Queued { card: undone.card, state: undone.state };
        self.loading = Some(queued);
        vec![Effect::Tell(Notice::Undone { review: undone.review }), Effect::Load(undone.card)]
    }

    fn ended(&mut self, outlook: Outlook) -> Vec<Effect> {
        let count = |is: fn(&Taken) -> bool| self.taken.iter().filter(|taken| is(taken)).count();
        let summary = Summary {
            answered: self.taken.len(),
            right: count(|taken| taken.right),
            guessed: count(|taken| taken.guessed),
            new: count(|taken| taken.new),
            took_ms: self.taken.iter().map(|taken| u64::from(taken.took_ms)).sum(),
            stopped: self.stopped,
            outlook,
        };
        self.phase = Phase::Finished(summary);
        vec![Effect::Finish(summary)]
    }
}

fn refuse(why: &'static str) -> Vec<Effect> {
    vec![Effect::Tell(Notice::Refused(why))]
}

fn show(loaded: Loaded, left: Left, now: Moment, seed: u64) -> Showing {
    let Loaded { card, uid, deck, question, memory, practised, ahead, practice, recall_first, ask_rating } = loaded;
    let order_seed = memory.repetitions.saturating_add(practised);
    let choices = order_of(&question.choices, uid, order_seed, seed)
        .into_iter()
        .enumerate()
        .map(|(place, choice)| ShownChoice {
            label: letter(place),
            bank_letter: letter(usize::from(choice.position)),
            number: choice.number,
            text: choice.text.clone(),
            correct: choice.correct,
            feedback: choice.feedback.clone(),
        })
        .collect();
    Showing {
        card,
        uid,
        deck,
        topic: question.topic,
        kind: question.kind,
        stem: question.stem,
        choices,
        explanation: question.explanation,
        state: memory.state,
        left,
        key: question.key,
        key_rule: question.key_rule,
        order_seed,
        ahead,
        practice,
        recall_first,
        ask_rating,
        shown_ms: now.utc_ms,
    }
}

#[cfg(test)]
mod tests;
