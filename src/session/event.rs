//! The events of a session, and the effects that it asks for.

use uuid::Uuid;

use super::{GivenAnswer, Outlook, Ratings, StatedRating, Summary};
use crate::model::{CardId, CardMemory, CardState, Due, Guess, LogId, Question};

/// An event of a session: an action of the person, or a reply of the caller to an effect.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The session begins.
    Begin,
    /// The person answers.
    Answer {
        /// The answer as given.
        given: GivenAnswer,
        /// Milliseconds from showing to answering, if the front end measured them; otherwise the clock counts.
        took_ms: Option<u32>,
        /// Whether the person is sure; `None` if they did not say.
        sure: Option<bool>,
    },
    /// The person goes on after the feedback.
    Rate(StatedRating),
    /// The person says that the answer was graded wrongly; a second time, that it was graded rightly after all.
    Overrule,
    /// The person stops the clock, until the next event.
    Pause,
    /// The person flags the card with a note, or removes the flag.
    Flag(Option<String>),
    /// Time passes; an exam may be over.
    Tick,
    /// The person takes back the last answer.
    Undo,
    /// The person wants to see this card later.
    Skip,
    /// The person does not want to see this card today.
    Bury,
    /// The person does not want to see this card again.
    Suspend,
    /// The person stops.
    Quit,
    /// Reply: the card was loaded; `None` if it is gone or not to be asked today.
    Loaded(Option<Box<Loaded>>),
    /// Reply: the effects of the ratings.
    Judged {
        /// The effect of each rating.
        ratings: Ratings,
        /// The probability with which just going on counts the answer as known.
        known_probability: Option<f64>,
    },
    /// Reply: the answer is in the log.
    Recorded(Recorded),
    /// Reply: the last answer was taken back; `None` if there was none.
    Undone(Option<Undone>),
    /// Reply: the card was buried or suspended.
    Moved,
    /// Reply: the flag of the shown card was set or removed.
    Flagged(Option<String>),
    /// Reply: the shown question was edited; `None` if its card is no longer to be asked.
    Edited(Option<Box<Loaded>>),
    /// Reply: the outlook after the session.
    Ended(Outlook),
}

/// A loaded card.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// Its key in the database.
    pub card: CardId,
    /// Its UUID.
    pub uid: Uuid,
    /// The name of its deck.
    pub deck: String,
    /// The question that it asks.
    pub question: Question,
    /// The part of the question that it asks: see [`crate::model::asked_places`].
    pub place: u32,
    /// Pictures and sounds: the name in the texts, and the file in the media folder.
    pub media: Vec<(String, String)>,
    /// The result of its log.
    pub memory: CardMemory,
    /// How often it was practised. Practice changes the order of choices too.
    pub practised: u32,
    /// Whether it is asked before it is due.
    pub ahead: bool,
    /// Whether its answer is practice: logged, but without effect on the schedule.
    pub practice: bool,
    /// Whether the stem is shown alone at first.
    pub recall_first: bool,
    /// Whether a right answer must be rated.
    pub ask_rating: bool,
    /// Whether the person is asked how sure they are before an answer is graded.
    pub ask_sure: bool,
    /// The note of its flag; `None` without a flag.
    pub flag: Option<String>,
}

/// An answer to be logged.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The answered card.
    pub card: CardId,
    /// Whether the answer was right.
    pub right: bool,
    /// Whether the person overruled the grade.
    pub overruled: bool,
    /// Whether the person was sure before it was graded; `None` if nobody asked.
    pub sure: Option<bool>,
    /// How the person went on.
    pub verdict: StatedRating,
    /// The numbers of the picked choices, in the order picked; for pairs, of a choice and its half in turn.
    pub picked: Vec<u8>,
    /// The numbers of the shown choices, in the order shown; for pairs, followed by those of the halves.
    pub shown: Vec<u8>,
    /// The typed text.
    pub typed: Option<String>,
    /// Whether it was given in a mock exam.
    pub exam: bool,
    /// The seed of the order, in addition to the card.
    pub order_seed: u32,
    /// Milliseconds from showing to answering.
    pub took_ms: u32,
    /// The chance of being right by luck.
    pub guess: Guess,
    /// Whether it is practice: logged, but without effect on the schedule.
    pub practice: bool,
}

/// An answer that is in the log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recorded {
    /// Its id in the log.
    pub review: LogId,
    /// When the card comes back.
    pub due: Due,
    /// The new state of the card.
    pub state: CardState,
    /// Set if this lapse made the card a leech.
    pub leech: Option<Leech>,
    /// Whether another process answered or moved the card after its feedback, so that it comes back at another time.
    pub elsewhere: bool,
}

/// A card that was forgotten too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leech {
    /// How often it was forgotten.
    pub lapses: u32,
    /// Whether it was suspended for that.
    pub suspended: bool,
}

/// An answer that was taken back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Undone {
    /// Its id in the log.
    pub review: LogId,
    /// Its card.
    pub card: CardId,
    /// The restored state of the card.
    pub state: CardState,
    /// Whether it was practice.
    pub practice: bool,
}

/// A request to the caller. Each effect except `Tell` and `Finish` is answered by one event before anything else happens.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Load this card; reply with [`Event::Loaded`].
    Load(CardId),
    /// Compute the effect of each rating of this answer, ignoring its own; reply with [`Event::Judged`].
    Judge(Answer),
    /// Write this answer and the new memory in one transaction; reply with [`Event::Recorded`].
    Record(Answer),
    /// Take back the last answer; reply with [`Event::Undone`].
    TakeBack,
    /// Bury this card until tomorrow; reply with [`Event::Moved`].
    Bury(CardId),
    /// Suspend this card; reply with [`Event::Moved`].
    Suspend(CardId),
    /// Flag this card with a note, or remove its flag; reply with [`Event::Flagged`].
    Flag(CardId, Option<String>),
    /// Show a notice to the person.
    Tell(Notice),
    /// Compute the outlook; reply with [`Event::Ended`].
    LookAhead,
    /// The session is over.
    Finish(Summary),
}

/// A notice for the person between two questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// An answer is in the log.
    Recorded {
        /// Its id in the log.
        review: LogId,
        /// When the card comes back; `None` in a mock exam, where it would reveal whether the answer was right.
        due: Option<Due>,
        /// Set if this lapse made the card a leech.
        leech: Option<Leech>,
        /// Whether another process answered or moved the card after its feedback, so that the promised date is void.
        elsewhere: bool,
    },
    /// An answer was taken back.
    Undone {
        /// Its id in the log.
        review: LogId,
    },
    /// There is nothing to take back.
    NothingToUndo,
    /// The card was buried until tomorrow.
    Buried,
    /// The card was suspended.
    Suspended,
    /// The card was put after the others.
    Skipped,
    /// The card was flagged.
    Flagged,
    /// The flag was removed.
    Unflagged,
    /// The result of editing the question, in words.
    Edited(String),
    /// The clock was stopped.
    Paused,
    /// The clock runs again.
    Resumed,
    /// The time of the exam is over.
    TimeUp,
    /// Why the action of the person makes no sense now.
    Refused(&'static str),
}
