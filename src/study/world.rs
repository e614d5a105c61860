//! The other side of the session machine: it does what the machine asks for, with the database and the clock.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::card::{CardDetails, Edited, apply_edit, card_details, flag_card, text_of_question};
use super::day::{ReviewRequest, Work, count_day};
use super::exam;
use super::ledger::{Ledger, Promise};
use super::present::Present;
use super::rescue::KeptFlag;
use super::undo::{self, Reversed};
use crate::bank::Refusal;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::model::{
    CardId, CardMemory, CardState, DeckId, DeedKind, Due, Grading, HOUR_MS, Kind, Moment, MoveKind, QuestionId,
    Settings, StudyDay, Sureness,
};
use crate::private;
use crate::schedule::{Outcome, days_to_exam};
use crate::session::{
    Forecast, Loaded, Outlook, PaperRequest, Phase, Ratings, Reply, Request, Session, StatedRating, Undone,
};
use crate::store::QueueFilter;

/// What was done longer ago than this is not taken back by a key: half a day, in milliseconds.
const OLD_MS: i64 = 12 * HOUR_MS;

/// The database and the clock, as a session sees them.
#[derive(Debug)]
pub struct World<'a> {
    pub(super) ledger: Ledger<'a>,
    pub(super) clock: Clock,
    pub(super) decks: Vec<DeckId>,
    pub(super) request: ReviewRequest,
    /// The number of the mock exam, which asks what was drawn for it, due or not.
    exam: Option<i64>,
    /// A card of which something was just taken back is shown again, whenever it was due; whether as practice.
    taken_back: Option<(CardId, bool)>,
    /// The folder of the database, in which texts are kept that could not be used.
    pub(super) folder: PathBuf,
    /// What was shown to follow from the answer that is being rated.
    promised: Option<Promise>,
    /// The card that was loaded last.
    pub(super) loaded: Option<(CardId, Uuid)>,
    /// When the answer was given that is being written: what has to be tried again was given then.
    pub(super) answered_at: Option<Moment>,
    /// What was flagged, in case that the file is lost.
    pub(super) flags: Vec<KeptFlag>,
}

impl<'a> World<'a> {
    /// The world of a review of these decks.
    pub(super) fn new(
        ledger: Ledger<'a>,
        clock: Clock,
        folder: PathBuf,
        decks: Vec<DeckId>,
        request: ReviewRequest,
    ) -> Self {
        Self {
            ledger,
            clock,
            decks,
            request,
            exam: None,
            taken_back: None,
            folder,
            promised: None,
            loaded: None,
            answered_at: None,
            flags: Vec::new(),
        }
    }

    /// The same world for the mock exam of this number.
    pub(super) fn of_exam(self, exam: i64) -> Self {
        Self { exam: Some(exam), ..self }
    }

    /// The moment.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    fn present(&self) -> Result<Present> {
        Present::at(self.now(), self.ledger.seed, self.ledger.store.reader())
    }

    /// Does what the machine asks for, and says what came of it.
    ///
    /// # Errors
    /// When the database fails.
    pub fn perform(&mut self, request: Request) -> Result<Reply> {
        let now = self.now();
        // Nobody is asked a question whose answer could not be kept.
        self.ledger.store.hold()?;
        self.ledger.store.confirm_place()?;
        Ok(match request {
            Request::Load(card) => Reply::Loaded(self.load(card)?),
            Request::Reload(card) => Reply::Loaded(self.reload(card)?),
            Request::Judge(answer) => {
                let promise = self.promised.insert(self.ledger.outcomes(&answer, now)?);
                judged(&promise.outcomes, answer.right)
            }
            Request::Record(answer) => {
                let at = *self.answered_at.get_or_insert(now);
                let recorded = self.ledger.record(&answer, self.promised.as_ref(), at)?;
                (self.promised, self.answered_at) = (None, None);
                Reply::Recorded(recorded)
            }
            Request::TakeBack => Reply::Undone(self.take_back(now)?),
            Request::Bury(card) => {
                let tomorrow = self.present()?.today.plus(1);
                self.ledger.relocate(card, MoveKind::Bury(tomorrow), "buried in a review", now)?;
                Reply::Moved
            }
            Request::Suspend(card) => {
                self.ledger.relocate(card, MoveKind::Suspend, "suspended in a review", now)?;
                Reply::Moved
            }
            Request::Flag(card, note) => {
                flag_card(self.ledger.store, card, note.as_deref(), now)?;
                self.keep_flag(card, note.clone(), now);
                Reply::Flagged(note)
            }
            Request::LookAhead => Reply::Ended(self.look_ahead()?),
            Request::Paper(request) => match self.exam {
                Some(exam) => self.perform_in_exam(exam, request, now)?,
                None => return Err(Error::fault("a review asked for something of a mock exam")),
            },
        })
    }

    /// Does what a mock exam asks for.
    fn perform_in_exam(&mut self, exam: i64, request: PaperRequest, now: Moment) -> Result<Reply> {
        Ok(match request {
            PaperRequest::Open { position, card, used_ms } => {
                exam::keep_place(self.ledger.store, exam, position, used_ms)?;
                self.taken_back = None;
                let loaded = self.fetch_in_exam(exam, position, card)?;
                if loaded.is_none() {
                    exam::strike(self.ledger.store, exam)?;
                }
                Reply::Loaded(loaded)
            }
            PaperRequest::LookAt { position, card } => Reply::Loaded(self.fetch_in_exam(exam, position, card)?),
            PaperRequest::Enter { position, answer, used_ms } => {
                let at = *self.answered_at.get_or_insert(now);
                let recorded = exam::enter_answer(&mut self.ledger, exam, position, &answer, used_ms, at)?;
                self.answered_at = None;
                Reply::Recorded(recorded)
            }
            PaperRequest::Mark { position, marked, used_ms } => {
                exam::keep_mark(self.ledger.store, exam, position, marked, used_ms)?;
                Reply::Kept
            }
            PaperRequest::Close { ending, used_ms } => {
                exam::close_exam(self.ledger.store, exam, ending, used_ms, now)?;
                Reply::Ended(self.look_ahead()?)
            }
        })
    }

    /// The card of a question of a mock exam, with its answer; `None` if it is gone, or cannot be graded any more.
    fn fetch_in_exam(&mut self, exam: i64, position: u32, card: CardId) -> Result<Option<Box<Loaded>>> {
        let graded = |loaded: &Loaded| Kind::graded().any(|kind| kind == loaded.question.kind);
        let Some(mut loaded) = self.fetch(card, true, false)?.filter(|loaded| graded(loaded)) else { return Ok(None) };
        loaded.earlier = exam::earlier_answer(self.ledger.store.reader(), exam, position, card)?;
        Ok(Some(loaded))
    }

    /// Takes back what was done last, if it is about one card and of this sitting: a key that is held must not reach an earlier day.
    fn take_back(&mut self, now: Moment) -> Result<Undone> {
        let mut too_wide = None;
        let reversed = undo::undo(self.ledger.store, now, |past| {
            let is_old = now.utc_ms - past.deed.at.utc_ms > OLD_MS;
            let narrow = past.deed.card.is_some() && !past.is_wide() && !is_old;
            if !narrow {
                too_wide = Some(Undone::TooWide { kind: past.deed.kind, about: past.about() });
            }
            narrow
        })?;
        if let Some(too_wide) = too_wide {
            return Ok(too_wide);
        }
        let Some(Reversed { past, state, practice, before, .. }) = reversed else { return Ok(Undone::Nothing) };
        let (Some(card), Some(state)) = (past.deed.card, state) else { return Ok(Undone::Nothing) };
        self.taken_back = Some((card, practice));
        self.promised = None;
        if past.deed.kind == DeedKind::Answer {
            return Ok(Undone::Answer { review: past.deed.id, card, state, before });
        }
        let uid = self.ledger.store.reader().card_identity(card)?.unwrap_or_default();
        if past.deed.kind == DeedKind::Flag {
            self.forget_flag(uid);
        }
        Ok(Undone::Deed { kind: past.deed.kind, card, uid, stem: past.stem.unwrap_or_default(), state })
    }

    /// The card, unless another process has dealt with it since the queue was made.
    fn load(&mut self, card: CardId) -> Result<Option<Box<Loaded>>> {
        let taken_back = self.taken_back.take().filter(|(taken_back, _)| *taken_back == card);
        // What was practice before it was taken back is practice again.
        let practised = taken_back.is_some_and(|(_, practice)| practice);
        self.fetch(card, taken_back.is_some(), practised)
    }

    /// The card; unless it is `wanted` in any case, only if it is still to be asked.
    fn fetch(&mut self, card: CardId, wanted: bool, practised: bool) -> Result<Option<Box<Loaded>>> {
        let reader = self.ledger.store.reader();
        let Some(loaded) = reader.card(card)? else {
            return Ok(None);
        };
        let settings = &self.ledger.decks.entry(loaded.deck)?.settings;
        let present = Present::of_day_start(self.now(), settings.day_start, self.ledger.seed);
        let today = present.today;
        let memory = loaded.memory;
        let practice =
            self.exam.is_none() && (practised || self.request.practises(&memory, present, settings.learn_ahead));
        let asked = wanted || self.asks(&memory, settings, today, practice);
        let Some(place) = loaded.place.filter(|_| asked) else {
            return Ok(None);
        };
        let ahead = matches!((memory.state, memory.due), (CardState::Review, Some(Due::Day(due))) if due > today);
        self.loaded = Some((card, loaded.uid));
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
            earlier: None,
            memory,
            ahead,
            // An exam shows the whole question, and nobody rates in it.
            recall_first: settings.recall_first && self.exam.is_none(),
            ask_rating: settings.grading == Grading::Ask && self.exam.is_none(),
            ask_sure: settings.confidence == Sureness::Ask && self.exam.is_none(),
        })))
    }

    /// Whether a card with this memory is still to be asked today.
    fn asks(&self, memory: &CardMemory, settings: &Settings, today: StudyDay, practice: bool) -> bool {
        let put_away = memory.suspended || memory.buried_until.is_some_and(|until| until > today);
        let too_early = if days_to_exam(settings, today).is_some() {
            // Before an exam a card is asked whenever it gains; one that was answered meanwhile is done for today.
            memory.state == CardState::Review && memory.last_day == Some(today)
        } else {
            let reach = today.plus(self.request.ahead);
            matches!((memory.state, memory.due), (CardState::Review, Some(Due::Day(due))) if due > reach)
        };
        !(put_away || (too_early && !practice))
    }

    /// What is known of the card that is shown; `None` if none is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn details(&self, session: &Session) -> Result<Option<CardDetails>> {
        match shown(session) {
            Some((card, _)) => card_details(self.ledger.store.reader(), self.ledger.decks, card, self.present()?),
            None => Ok(None),
        }
    }

    /// The text of the question that is shown, and its card; `None` if none is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn text_of(&self, session: &Session) -> Result<Option<(CardId, String)>> {
        let Some((card, question)) = shown(session) else { return Ok(None) };
        text_of_question(self.ledger.store.reader(), question).map(|text| Some((card, text)))
    }

    /// Changes the question of this card to what `written` says: what came of it, or what is wrong with the text. `None` if the card is
    /// gone.
    ///
    /// # Errors
    /// When the database fails, or the question was changed elsewhere.
    pub fn apply_edit(
        &mut self,
        card: CardId,
        before: &str,
        written: &str,
    ) -> Result<Option<std::result::Result<Edited, Refusal>>> {
        let now = self.now();
        let Some(loaded) = self.ledger.store.reader().card(card)? else {
            return Ok(None);
        };
        let decks = self.ledger.decks;
        let edited = apply_edit(self.ledger.store, decks, loaded.question.id, Some(before), written, now)?;
        if edited.is_ok() {
            self.promised = None;
        }
        Ok(Some(edited))
    }

    /// Keeps a text that cannot be used next to the database, so that nothing that was written is lost; returns where.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_text(&self, card: CardId, text: &str) -> Result<PathBuf> {
        keep_text(&self.folder, self.ledger.store.reader().card_identity(card)?.unwrap_or_default(), text)
    }

    /// The card that is shown, as it is now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn reload(&mut self, card: CardId) -> Result<Option<Box<Loaded>>> {
        // What is shown is asked, also if the edit changed its due date.
        self.fetch(card, true, false)
    }

    fn look_ahead(&self) -> Result<Outlook> {
        let reader = self.ledger.store.reader();
        let present = self.present()?;
        let today = present.today;
        let filter = QueueFilter::default();
        let (mut due, mut step, mut new_left) = (0, None::<i64>, 0);
        for deck in &self.decks {
            let counts = reader.deck_counts(*deck, today)?;
            due += counts.begun.due;
            new_left += counts.new;
            let first = reader.step_cards(*deck, today, &filter)?.into_iter().map(|row| row.due_ms).min();
            step = step.into_iter().chain(first).min();
        }
        let (next_day, tomorrow) = reader.due_after(&self.decks, today)?;
        // What the limits or a sibling keep from today comes tomorrow; what was not chosen is due all the same.
        let left = ReviewRequest { deck: self.request.deck.clone(), ..ReviewRequest::default() };
        let left: Work = count_day(reader, self.ledger.decks, &left, present)?.work.into_values().sum();
        let next_day = if due > 0 { Some(today.plus(1)) } else { next_day };
        let next_due = if left.due + left.for_exam > 0 {
            Some(Due::Day(today))
        } else {
            step.map(Due::At).or(next_day.map(Due::Day))
        };
        Ok(Outlook {
            next_due,
            left_today: usize::try_from(left.cards()).unwrap_or(usize::MAX),
            due_tomorrow: usize::try_from(tomorrow).unwrap_or(usize::MAX),
            new_left: usize::try_from(new_left).unwrap_or(usize::MAX),
        })
    }
}

/// The card and the question that are shown.
fn shown(session: &Session) -> Option<(CardId, QuestionId)> {
    match session.phase() {
        Phase::Asking(showing) | Phase::Answered(showing, _) => Some((showing.card, showing.question)),
        Phase::Between | Phase::Overview(_) | Phase::Finished(_) => None,
    }
}

fn judged(outcomes: &[(StatedRating, Outcome)], right: bool) -> Reply {
    let forecast = |wanted: StatedRating| {
        let outcome = outcomes.iter().find(|(verdict, _)| *verdict == wanted).map(|(_, outcome)| outcome);
        outcome.map_or(Forecast { interval_days: 0.0, due: Due::At(0) }, |outcome| Forecast {
            interval_days: outcome.interval_days,
            due: outcome.due,
        })
    };
    let known = outcomes.iter().find(|(verdict, _)| *verdict == StatedRating::GoOn);
    Reply::Judged {
        ratings: Ratings {
            auto: forecast(StatedRating::GoOn),
            again: forecast(StatedRating::Guessed),
            hard: forecast(StatedRating::Hard),
            good: forecast(StatedRating::Good),
            easy: forecast(StatedRating::Easy),
        },
        known_probability: known.and_then(|(_, outcome)| outcome.answered.known_probability).filter(|_| right),
    }
}

/// Keeps the text of a question in a folder; returns where.
pub(super) fn keep_text(folder: &Path, uid: Uuid, text: &str) -> Result<PathBuf> {
    let name = format!("edit-{uid}.txt");
    let write = |path: &Path| {
        // A text of before is replaced.
        drop(std::fs::remove_file(path));
        private::create_file(path).and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
    };
    // Perhaps nothing can be written next to the database.
    let (path, elsewhere) = (folder.join(&name), std::env::temp_dir().join(name));
    let Err(error) = write(&path) else { return Ok(path) };
    match write(&elsewhere) {
        Ok(()) => Ok(elsewhere),
        Err(_) => Err(Error::person(format!("{}: the text cannot be kept: {error}", path.display()))
            .hint("make room, then try again")),
    }
}
