//! What the session machine asks of the world: the database and the clock.

use std::path::{Path, PathBuf};

use crate::clock::Clock;
use crate::command::card::about;
use crate::command::ledger::{Ledger, Promise};
use crate::command::review::{Choice, choose};
use crate::command::{Context, edit};
use crate::error::{Error, Result};
use crate::model::{
    CardId, CardMemory, CardState, DeckId, Due, Grading, Moment, MoveKind, QuestionId, Settings, StudyDay, Sureness,
};
use crate::schedule::{Outcome, days_to_exam};
use crate::session::{Effect, Event, Forecast, Loaded, Outlook, Phase, Ratings, Session, Undone, Verdict};
use crate::store::QueueFilter;
use crate::ui::paint::Paint;
use crate::ui::{About, diagnostics};

/// The database and the clock, as the session sees them.
#[derive(Debug)]
pub(in crate::command) struct World<'a> {
    ledger: Ledger<'a>,
    clock: Clock,
    decks: Vec<DeckId>,
    choice: Choice,
    /// A mock exam asks what was drawn for it, due or not.
    exam: bool,
    /// A card that was just taken back is shown again, whenever it was due.
    taken_back: Option<Undone>,
    /// Where the database is: texts that could not be used are kept there.
    folder: PathBuf,
    /// What was shown to follow from the answer that is being rated.
    promised: Option<Promise>,
}

impl<'a> World<'a> {
    /// The world of a review of what was chosen in these decks.
    pub(in crate::command) fn of_review(
        ledger: Ledger<'a>,
        context: &Context,
        decks: Vec<DeckId>,
        choice: Choice,
    ) -> Self {
        let folder = context.db.parent().map(Path::to_path_buf).unwrap_or_default();
        let clock = context.clock;
        Self { ledger, clock, decks, choice, exam: false, taken_back: None, folder, promised: None }
    }

    /// The world of a mock exam on these decks: `deck` is the name that was given for them.
    pub(in crate::command) fn of_exam(
        ledger: Ledger<'a>,
        context: &Context,
        decks: Vec<DeckId>,
        deck: Option<String>,
    ) -> Self {
        let choice = Choice { deck, ..Choice::default() };
        Self { exam: true, ..Self::of_review(ledger, context, decks, choice) }
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
            Effect::Flag(card, note) => {
                let mut writer = self.ledger.store.writer()?;
                match &note {
                    Some(note) => writer.flag(card, note, now.utc_ms)?,
                    None => {
                        writer.unflag(card)?;
                    }
                }
                writer.commit()?;
                Event::Flagged(note)
            }
            Effect::LookAhead => Event::Ended(self.look_ahead(now)?),
            Effect::Tell(_) | Effect::Finish(_) => {
                return Err(Error::fault("the session asked the database for words"));
            }
        })
    }

    fn today(&self, now: Moment) -> Result<StudyDay> {
        Ok(now.study_day(self.ledger.store.reader().default_settings()?.day_start))
    }

    /// The card, unless another process has dealt with it since the queue was made.
    fn load(&mut self, card: CardId, now: Moment) -> Result<Option<Box<Loaded>>> {
        let taken_back = self.taken_back.take().filter(|undone| undone.card == card);
        // What was practice before it was taken back is practice again.
        let practised = taken_back.is_some_and(|undone| undone.practice);
        self.fetch(card, now, taken_back.is_some(), practised)
    }

    /// The card; where it is not `wanted` in any case, only if it is still to be asked.
    fn fetch(&self, card: CardId, now: Moment, wanted: bool, practised: bool) -> Result<Option<Box<Loaded>>> {
        let reader = self.ledger.store.reader();
        let Some(loaded) = reader.card(card)? else {
            return Ok(None);
        };
        let settings = &self.ledger.decks.of(loaded.deck)?.settings;
        let today = now.study_day(settings.day_start);
        let memory = loaded.memory;
        let practice = !self.exam && (practised || self.choice.practises(&memory, now, today, settings.learn_ahead));
        let asked = wanted || self.asks(&memory, settings, today, practice);
        let Some(place) = loaded.place.filter(|_| asked) else {
            return Ok(None);
        };
        let ahead = matches!((memory.state, memory.due), (CardState::Review, Some(Due::Day(due))) if due > today);
        Ok(Some(Box::new(Loaded {
            card,
            uid: loaded.uid,
            deck: loaded.deck_name,
            media: reader.media_of(loaded.question.id)?,
            question: loaded.question,
            place,
            practised: reader.times_practised(card)?,
            practice,
            flag: reader.flag_of(card)?.map(|flag| flag.note),
            memory,
            ahead,
            // An exam shows the whole question, and nobody rates in it.
            recall_first: settings.recall_first && !self.exam,
            ask_rating: settings.grading == Grading::Ask && !self.exam,
            ask_sure: settings.confidence == Sureness::Ask && !self.exam,
        })))
    }

    /// Whether a card that stands so is still to be asked today.
    fn asks(&self, memory: &CardMemory, settings: &Settings, today: StudyDay, practice: bool) -> bool {
        if self.exam {
            return !memory.suspended;
        }
        let put_away = memory.suspended || memory.buried_until.is_some_and(|until| until > today);
        let too_early = if days_to_exam(settings, today).is_some() {
            // Before an exam a card is asked whenever it gains; one that was answered meanwhile is done for today.
            memory.state == CardState::Review && memory.last_day == Some(today)
        } else {
            let reach = today.plus(self.choice.ahead);
            matches!((memory.state, memory.due), (CardState::Review, Some(Due::Day(due))) if due > reach)
        };
        !(put_away || (too_early && !practice))
    }

    /// What is known of the card that is shown; none where none is.
    pub(super) fn about(&self, session: &Session) -> Result<Option<About>> {
        match shown(session) {
            Some((card, _)) => about(self.ledger.store.reader(), self.ledger.decks, card, self.now()),
            None => Ok(None),
        }
    }

    /// The text of the question that is shown, and its card; none where none is.
    pub(super) fn text_of(&self, session: &Session) -> Result<Option<(CardId, String)>> {
        let Some((card, question)) = shown(session) else { return Ok(None) };
        edit::text_of(self.ledger.store.reader(), question).map(|text| Some((card, text)))
    }

    /// Changes the question of this card to what `written` says: what came of it, or what is wrong with the text.
    pub(super) fn apply(
        &mut self,
        card: CardId,
        before: &str,
        written: &str,
    ) -> Result<std::result::Result<String, String>> {
        let now = self.now();
        let Some(loaded) = self.ledger.store.reader().card(card)? else {
            return Ok(Ok("the card is gone".into()));
        };
        let decks = self.ledger.decks;
        match edit::apply(self.ledger.store, decks, loaded.question.id, Some(before), written, now) {
            Ok(edited) => {
                self.promised = None;
                Ok(Ok(edited.words().replace('\n', "; ")))
            }
            Err(edit::Refused::Failed(error)) => Err(error),
            Err(refused) => {
                Ok(Err(diagnostics::error(&refused.into_error("the text", Paint::new(false)), Paint::new(false))))
            }
        }
    }

    /// Keeps a text that cannot be used beside the database, so that nothing that was written is lost; says where.
    pub(super) fn keep(&self, card: CardId, text: &str) -> Result<String> {
        let uid = self.ledger.store.reader().card_identity(card)?.unwrap_or_default();
        let path = self.folder.join(format!("edit-{uid}.txt"));
        std::fs::write(&path, text).map_err(|error| {
            Error::person(format!("{}: the text cannot be kept: {error}", path.display()))
                .hint("make room, then try again")
        })?;
        Ok(format!("nothing changed; the text is kept in {}", path.display()))
    }

    /// The card that is shown, as it is now.
    pub(super) fn reload(&self, card: CardId) -> Result<Option<Box<Loaded>>> {
        // What is shown is asked, whatever the edit made of its due date.
        self.fetch(card, self.now(), true, false)
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
        // What the limits or a sibling keep from today comes tomorrow; what was not chosen is due all the same.
        let left = Choice { deck: self.choice.deck.clone(), ..Choice::default() };
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

/// The card and the question that are shown.
fn shown(session: &Session) -> Option<(CardId, QuestionId)> {
    match session.phase() {
        Phase::Asking(showing) | Phase::Answered(showing, _) => Some((showing.card, showing.question)),
        Phase::Between | Phase::Finished(_) => None,
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
