//! Statistics: the log as rows and figures.
//!
//! Pure functions of [`Fact`]s (an answer and the effect on its memory) and [`CardSnapshot`]s (the current state of a card).

mod calibration;
mod card_history;
mod cards;
mod cell;
mod daily;
mod day_counts;
mod decks;
mod forecast;
mod histogram;
pub mod items;
pub mod overview;
mod recall;
mod reviews;
mod score;
mod standing;
mod survey;
mod tally;
mod topics;
mod wilson;

use uuid::Uuid;

use crate::memory::Answered;
use crate::model::{CardId, CardMemory, Guess, Review, Shelf, StudyDay};

pub use calibration::{CALIBRATION, CalibrationBins, Foretold, calibration_figures};
pub use card_history::{CardAnswer, CardHistory};
pub use cards::{CARDS, card_row};
pub use cell::Cell;
pub use daily::{DAILY, Daily};
pub use decks::{DECKS, DeckFigures, deck_rows};
pub use forecast::{DeckForecast, FORECAST, Pace, due_day, forecast_figures};
pub use recall::{RecallByAge, RecallCount, promised_days};
pub use reviews::{REVIEWS, REVLOG, review_row, revlog_row};
pub use score::{Expectation, Score, ScoreDraws, expectation_of};
pub use standing::{CardStanding, StandingCounts, Standings, TopicStanding};
pub use survey::{Survey, Surveyed, TopicCount, in_period};
pub use tally::Tally;
use topics::is_due;
pub use topics::{TOPICS, Topics};
pub use wilson::wilson;

/// An answer of the log with its card, its question and its effect on the memory.
#[derive(Clone, Copy, Debug)]
pub struct Fact<'a> {
    /// The answer as logged.
    pub review: &'a Review,
    /// Whether it was taken back. Such answers are exported with a mark, but do not count.
    pub undone: bool,
    /// The effect on the memory; `None` if it was taken back, or is practice.
    pub answered: Option<Answered>,
    /// The believed recall just before it, 0–1; `None` for a first answer, if it was taken back, or is practice.
    pub recall: Option<f64>,
    /// The probability of a right answer before it, 0–1: g + (1 − g)·R, with the prior knowledge for R before a first answer; `None` if
    /// it was taken back, or is practice.
    pub expected: Option<f64>,
    /// Whether a card in review was forgotten.
    pub lapse: bool,
    /// The name of its deck.
    pub deck: &'a str,
    /// The name of its topic.
    pub topic: Option<&'a str>,
    /// The UUID of its card.
    pub card: Uuid,
    /// The UUID of its question.
    pub question: Uuid,
    /// The bank's letters of the picked choices, in the order picked; for pairs, of a choice and its half in turn.
    pub picked: &'a str,
    /// The bank's letters of the shown choices, in the order shown; for pairs, followed by those of the halves.
    pub shown: &'a str,
}

/// The current state of a card.
#[derive(Clone, Debug)]
pub struct CardSnapshot {
    /// Its key in the database.
    pub card: CardId,
    /// Its UUID.
    pub uid: Uuid,
    /// The UUID of its question.
    pub question: Uuid,
    /// The name of its deck.
    pub deck: String,
    /// The name of its topic.
    pub topic: Option<String>,
    /// The stem of its question; for a text with deletions, what the card shows.
    pub stem: String,
    /// The result of its log.
    pub memory: CardMemory,
    /// The chance of being right by luck.
    pub guess: Guess,
    /// The probability of recall today; `None` while it is new.
    pub retrievability: Option<f64>,
    /// The expected score on `score_day`; `None` if it is unknown or was not requested.
    pub expected: Option<Expectation>,
    /// The day of the expected score: the exam of its deck, or tomorrow.
    pub score_day: StudyDay,
    /// Whether its question still asks for it.
    pub asked: bool,
    /// The note of its flag; `None` without a flag.
    pub flag: Option<String>,
    /// Why it does not come back, if it is deleted or its deck is archived.
    pub shelf: Option<Shelf>,
}
