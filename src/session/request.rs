//! What a session asks of its caller, and what the caller replies.

use uuid::Uuid;

use super::{Outlook, PaperAnswer, PaperRequest, Ratings, StatedRating};
use crate::model::{CardId, CardMemory, CardState, DeedKind, Due, Guess, LogId, Question};

/// Something that the caller does with the database. It is answered by one reply before anything else happens.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Load this card, if it is still to be asked; reply with [`Reply::Loaded`].
    Load(CardId),
    /// Load this card in any case, because it is shown; reply with [`Reply::Loaded`].
    Reload(CardId),
    /// Compute the effect of each rating of this answer, ignoring its own; reply with [`Reply::Judged`].
    Judge(Answer),
    /// Write this answer and the new memory in one transaction; reply with [`Reply::Recorded`].
    Record(Answer),
    /// Take back what was done last; reply with [`Reply::Undone`].
    TakeBack,
    /// Bury this card until tomorrow; reply with [`Reply::Moved`].
    Bury(CardId),
    /// Suspend this card; reply with [`Reply::Moved`].
    Suspend(CardId),
    /// Flag this card with a note, or remove its flag; reply with [`Reply::Flagged`].
    Flag(CardId, Option<String>),
    /// Compute the outlook; reply with [`Reply::Ended`].
    LookAhead,
    /// Something that is asked in a mock exam only.
    Paper(PaperRequest),
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// The card was loaded; `None` if it is gone or not to be asked today.
    Loaded(Option<Box<Loaded>>),
    /// The effects of the ratings.
    Judged {
        /// The effect of each rating.
        ratings: Ratings,
        /// The probability with which just going on counts the answer as known.
        known_probability: Option<f64>,
    },
    /// The answer is in the log.
    Recorded(Recorded),
    /// What was taken back.
    Undone(Undone),
    /// The card was buried or suspended.
    Moved,
    /// The flag of the card was set or removed.
    Flagged(Option<String>),
    /// The mark of a question of a mock exam was kept.
    Kept,
    /// The outlook after the session.
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
    /// The answer given before in this mock exam.
    pub earlier: Option<EarlierAnswer>,
}

/// An answer of a mock exam, as the log has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierAnswer {
    /// Whether it was right.
    pub right: bool,
    /// The numbers of the picked choices; see [`Answer::picked`].
    pub picked: Vec<u8>,
    /// The typed text.
    pub typed: Option<String>,
    /// The seed of the order in which the choices were shown.
    pub order_seed: u32,
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

/// What was taken back.
#[derive(Clone, Debug, PartialEq)]
pub enum Undone {
    /// Nothing: nothing was done that could be taken back.
    Nothing,
    /// Nothing: what was done last is about more than one card, and is not taken back in a session.
    TooWide {
        /// What it was.
        kind: DeedKind,
        /// What it was about, in words.
        about: String,
    },
    /// An answer.
    Answer {
        /// Its id in the log.
        review: LogId,
        /// Its card.
        card: CardId,
        /// The restored state of the card.
        state: CardState,
        /// The answer before it to the same question of an exam, which counts again.
        before: Option<PaperAnswer>,
    },
    /// Something else that was done with a card.
    Deed {
        /// What it was.
        kind: DeedKind,
        /// The card.
        card: CardId,
        /// The UUID of the card.
        uid: Uuid,
        /// The first line of its question.
        stem: String,
        /// The state of the card.
        state: CardState,
    },
}
