//! What the session machine asks of the world: the database and the clock.

use super::choice::Choice;
use super::day::choose;
use crate::clock::Clock;
use crate::command::ledger::{Ledger, Promise};
use crate::error::{Error, Result};
use crate::model::{CardId, CardState, DeckId, Due, Grading, Moment, MoveKind};
use crate::schedule::{Outcome, days_to_exam};
use crate::session::{Effect, Event, Forecast, Loaded, Outlook, Ratings, Undone, Verdict};
use crate::store::QueueFilter;

/// The database and the clock, as the session sees them.
#[derive(Debug)]
pub(super) struct World<'a> {
    ledger: Ledger<'a>,
    clock: Clock,
    decks: Vec<DeckId>,
    choice: Choice,
    /// A card that was just taken back is shown again, whenever it was due.
    taken_back: Option<Undone>,
    /// What was shown to follow from the answer that is being rated.
    promised: Option<Promise>,
}

impl<'a> World<'a> {
    pub(super) fn new(ledger: Ledger<'a>, clock: Clock, decks: Vec<DeckId>, choice: Choice) -> Self {
        Self { ledger, clock, decks, choice, taken_back: None, promised: None }
    }

    pub(super) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Does what the machine asks for, and says what came of it.
    pub(super) fn perform(&mut self, effect: Effect) -> Result<Event> {
        let now = self.now();
        Ok(match effect {
            Effect::Load(card) => Event::Loaded(self.load(card, now)?),
            Effect::Judge(answer) => {
                let promise = self.promised.insert(self.ledger.outcomes(&answer, now)?);
                judged(&promise.outcomes, answer.right)
            }
            Effect::Record(answer) => {
                let promised = self.promised.take();
                Event::Recorded(self.ledger.record(&answer, promised.as_ref(), now)?)
            }
            Effect::TakeBack => {
                let undone = self.ledger.take_back(now)?;
                self.taken_back = undone;
                Event::Undone(undone)
            }
            Effect::Bury(card) => {
                let tomorrow = self.today(now)?.plus(1);
                self.ledger.relocate(card, MoveKind::Bury(tomorrow), "buried in a review", now)?;
                Event::Moved
            }
            Effect::Suspend(card) => {
                self.ledger.relocate(card, MoveKind::Suspend, "suspended in a review", now)?;
                Event::Moved
            }
            Effect::Flag(..) => return Err(Error::fault("flags")),
            Effect::LookAhead => Event::Ended(self.look_ahead(now)?),
            Effect::Tell(_) | Effect::Finish(_) => {
                return Err(Error::fault("the session asked the database for words"));
            }
        })
    }

    fn today(&self, now: Moment) -> Result<crate::model::StudyDay> {
        Ok(now.study_day(self.ledger.store.reader().default_settings()?.day_start))
    }

    /// The card, unless another process has dealt with it since the queue was made.
    fn load(&mut self, card: CardId, now: Moment) -> Result<Option<Box<Loaded>>> {
        let Some(loaded) = self.ledger.store.reader().card(card)? else {
            return Ok(None);
        };
        let settings = &self.ledger.decks.of(loaded.deck)?.settings;
        let (recall_first, ask_rating) = (settings.recall_first, settings.grading == Grading::Ask);
        let today = now.study_day(settings.day_start);
        let memory = loaded.memory;
        let taken_back = self.taken_back.take().filter(|undone| undone.card == card);
        let wanted = taken_back.is_some();
        // What was practice before it was taken back is practice again.
        let practice = self.choice.practises(&memory, now, today, settings.learn_ahead)
            || taken_back.is_some_and(|undone| undone.practice);
        let put_away = memory.suspended || memory.buried_until.is_some_and(|until| until > today);
        let ahead = matches!((memory.state, memory.due), (CardState::Review, Some(Due::Day(due))) if due > today);
        let too_early = if days_to_exam(settings, today).is_some() {
            // Before an exam a card is asked whenever it gains; one that was answered meanwhile is done for today.
            memory.state == CardState::Review && memory.last_day == Some(today)
        } else {
            let reach = today.plus(self.choice.ahead);
            matches!((memory.state, memory.due), (CardState::Review, Some(Due::Day(due))) if due > reach)
        };
        let Some(place) = loaded.place.filter(|_| wanted || !(put_away || (too_early && !practice))) else {
            return Ok(None);
        };
        let media = self.ledger.store.reader().media_of(loaded.question.id)?;
        Ok(Some(Box::new(Loaded {
            card,
            uid: loaded.uid,
            deck: loaded.deck_name,
            question: loaded.question,
            place,
            media,
            flag: None,
            memory,
            practised: self.ledger.store.reader().times_practised(card)?,
            ahead,
            practice,
            recall_first,
            ask_rating,
        })))
    }

    fn look_ahead(&self, now: Moment) -> Result<Outlook> {
        let reader = self.ledger.store.reader();
        let today = self.today(now)?;
        let filter = QueueFilter::default();
        let (mut due, mut step, mut new_left) = (0, None::<i64>, 0);
        for deck in &self.decks {
            let counts = reader.deck_counts(*deck, today)?;
            due += counts.due;
            new_left += counts.new;
            let first = reader.step_cards(*deck, today, &filter)?.into_iter().map(|row| row.due_ms).min();
            step = step.into_iter().chain(first).min();
        }
        let (next_day, tomorrow) = reader.due_after(&self.decks, today)?;
        // What the limits or a sibling keep from today comes tomorrow.
        let left = Choice { ahead: 0, new: None, ..self.choice.clone() };
        let left = choose(reader, self.ledger.decks, &left, now, self.ledger.seed)?.agenda.left(now.utc_ms);
        let next_day = if due > 0 { Some(today.plus(1)) } else { next_day };
        let next_due =
            if left.review > 0 { Some(Due::Day(today)) } else { step.map(Due::At).or(next_day.map(Due::Day)) };
        Ok(Outlook {
            next_due,
            due_tomorrow: usize::try_from(tomorrow).unwrap_or(usize::MAX),
            new_left: usize::try_from(new_left).unwrap_or(usize::MAX),
        })
    }
}

fn judged(outcomes: &[(Verdict, Outcome)], right: bool) -> Event {
    let forecast = |wanted: Verdict| {
        let outcome = outcomes.iter().find(|(verdict, _)| *verdict == wanted).map(|(_, outcome)| outcome);
        outcome.map_or(Forecast { interval_days: 0.0, due: Due::At(0) }, |outcome| Forecast {
            interval_days: outcome.interval_days,
            due: outcome.due,
        })
    };
    let known = outcomes.iter().find(|(verdict, _)| *verdict == Verdict::GoOn);
    Event::Judged {
        ratings: Ratings {
            auto: forecast(Verdict::GoOn),
            again: forecast(Verdict::Guessed),
            hard: forecast(Verdict::Hard),
            good: forecast(Verdict::Good),
            easy: forecast(Verdict::Easy),
        },
        known_probability: known.and_then(|(_, outcome)| outcome.answered.known_probability).filter(|_| right),
    }
}
