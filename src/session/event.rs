//! What happens to a session, and what it asks of the world.

use uuid::Uuid;

use super::{Given, Outlook, Ratings, Summary, Verdict};
use crate::model::{CardId, CardMemory, CardState, Due, Guess, LogId, Question};

/// What happens to a session.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// It begins.
    Begin,
    /// The person answers. `took_ms` where the front end measured it.
    Answer {
        /// The answer.
        given: Given,
        /// Milliseconds from showing to answering; none: by the clock.
        took_ms: Option<u32>,
        /// Whether the person is sure of it; none where they did not say.
        sure: Option<bool>,
    },
    /// The person goes on after the feedback.
    Rate(Verdict),
    /// The person says that the answer was graded wrongly; again, that it was graded rightly after all.
    Overrule,
    /// The person stops the clock, until the next event.
    Pause,
    /// The person flags the card with a note, or takes the flag away.
    Flag(Option<String>),
    /// Time goes by: ends what its time is over for.
    Tick,
    /// The person takes back the last answer.
    Undo,
    /// The person wants to see this card later.
    Skip,
    /// The person does not want to see this card today.
    Bury,
    /// The person does not want to see this card any more.
    Suspend,
    /// The person stops.
    Quit,
    /// The world: a card was loaded; none where it is gone or no longer to be asked today.
    Loaded(Option<Box<Loaded>>),
    /// The world: what each verdict on the answer would lead to.
    Judged {
        /// What each verdict would lead to.
        ratings: Ratings,
        /// With which probability just going on counts the answer as known.
        known_probability: Option<f64>,
    },
    /// The world: the answer is in the log.
    Recorded(Recorded),
    /// The world: the last answer was taken back; none where there was none.
    Undone(Option<Undone>),
    /// The world: a card was buried or suspended.
    Moved,
    /// The world: the flag of the card that is shown was set or taken away.
    Flagged(Option<String>),
    /// The world: the question that is shown was edited; none where its card is no longer to be asked.
    Edited(Option<Box<Loaded>>),
    /// The world: what comes after the session.
    Ended(Outlook),
}

/// A card as the world loaded it.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The card.
    pub card: CardId,
    /// Its identity.
    pub uid: Uuid,
    /// The name of its deck.
    pub deck: String,
    /// Its question.
    pub question: Question,
    /// What of the question it asks for: see [`crate::model::asked_places`].
    pub place: u32,
    /// The pictures and sounds that its texts name, and the files in the media folder that hold them.
    pub media: Vec<(String, String)>,
    /// What follows from its log.
    pub memory: CardMemory,
    /// How often it was practised: the order of its choices changes with practice too.
    pub practised: u32,
    /// Whether it is asked before it is due.
    pub ahead: bool,
    /// Whether its answer is practice: logged, and without consequence for the schedule.
    pub practice: bool,
    /// Whether the stem is to be shown alone at first.
    pub recall_first: bool,
    /// Whether a right answer has to be rated.
    pub ask_rating: bool,
    /// Whether the person is asked how sure they are before an answer is judged.
    pub ask_sure: bool,
    /// What the person noted of the card when they flagged it; none where it has no flag.
    pub flag: Option<String>,
}

/// An answer to be logged.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The card.
    pub card: CardId,
    /// Whether it was right.
    pub right: bool,
    /// Whether the person says so against the program.
    pub overruled: bool,
    /// Whether the person said that they were sure before it was judged; none where nobody asked.
    pub sure: Option<bool>,
    /// How the person went on.
    pub verdict: Verdict,
    /// The numbers of the choices picked, in the order picked; of pairs the number of a choice and that of its half, in turn.
    pub picked: Vec<u8>,
    /// The numbers of the choices shown, in the order shown; of pairs those of the halves after them.
    pub shown: Vec<u8>,
    /// What was typed.
    pub typed: Option<String>,
    /// Whether it was given in a mock exam.
    pub exam: bool,
    /// What the order was derived from, beside the card.
    pub order_seed: u32,
    /// Milliseconds from showing to answering.
    pub took_ms: u32,
    /// The chance of being right by luck.
    pub guess: Guess,
    /// Whether it is practice: logged, and without consequence for the schedule.
    pub practice: bool,
}

/// An answer that is in the log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recorded {
    /// Its identity.
    pub review: LogId,
    /// When the card comes back.
    pub due: Due,
    /// Where the card stands now.
    pub state: CardState,
    /// What was found out of the card, where this lapse made it a leech.
    pub leech: Option<Leech>,
    /// Whether another process answered or moved the card since its feedback was shown, so that it comes back at another time.
    pub elsewhere: bool,
}

/// A card that was forgotten too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leech {
    /// How often.
    pub lapses: u32,
    /// Whether it was suspended for it.
    pub suspended: bool,
}

/// An answer that was taken back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Undone {
    /// Its identity.
    pub review: LogId,
    /// Its card.
    pub card: CardId,
    /// Where the card stands again.
    pub state: CardState,
    /// Whether it was practice.
    pub practice: bool,
}

/// What the world is asked to do. Each effect but `Tell` and `Finish` is answered by one event before anything else happens.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Load this card: answer with [`Event::Loaded`].
    Load(CardId),
    /// Find out what each verdict on this answer (its own verdict set aside) would lead to: answer with [`Event::Judged`].
    Judge(Answer),
    /// Write this answer and the memory that follows in one transaction: answer with [`Event::Recorded`].
    Record(Answer),
    /// Take back the last answer: answer with [`Event::Undone`].
    TakeBack,
    /// Bury this card until tomorrow: answer with [`Event::Moved`].
    Bury(CardId),
    /// Suspend this card: answer with [`Event::Moved`].
    Suspend(CardId),
    /// Flag this card with a note, or take its flag away: answer with [`Event::Flagged`].
    Flag(CardId, Option<String>),
    /// Tell the person.
    Tell(Notice),
    /// Look ahead: answer with [`Event::Ended`].
    LookAhead,
    /// The session is over.
    Finish(Summary),
}

/// Something to tell the person between two questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// An answer is in the log.
    Recorded {
        /// Its identity.
        review: LogId,
        /// When the card comes back; none in a mock exam, where it would say whether the answer was right.
        due: Option<Due>,
        /// Where this lapse made the card a leech.
        leech: Option<Leech>,
        /// Whether another process dealt with the card since its feedback was shown: what that promised does not hold.
        elsewhere: bool,
    },
    /// An answer was taken back.
    Undone {
        /// Its identity.
        review: LogId,
    },
    /// There is nothing to take back.
    NothingToUndo,
    /// The card was buried until tomorrow.
    Buried,
    /// The card was suspended.
    Suspended,
    /// The card was put behind the others.
    Skipped,
    /// The card was flagged.
    Flagged,
    /// The card has no flag any more.
    Unflagged,
    /// The question was edited, or was to be; what came of it, in words.
    Edited(String),
    /// The clock stands still.
    Paused,
    /// The clock goes on.
    Resumed,
    /// The time of the exam is over.
    TimeUp,
    /// What the person did makes no sense now; why.
    Refused(&'static str),
}
