//! Statistics: what was logged, as rows.
//!
//! Pure functions of [`Fact`]s (an answer and what the model made of it) and [`CardSnapshot`]s (a card as it stands).

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
use crate::model::{CardId, CardMemory, Guess, Review, StudyDay};

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
pub use standing::{Standing, StandingCounts, Standings, TopicStanding};
pub use survey::{Survey, Surveyed, TopicCount, in_period};
pub use tally::Tally;
use topics::is_due;
pub use topics::{TOPICS, Topics};
pub use wilson::wilson;

/// An answer of the log, with where it belongs and what the model made of it.
#[derive(Clone, Copy, Debug)]
pub struct Fact<'a> {
    /// The answer.
    pub review: &'a Review,
    /// Whether it was taken back. Such answers are exported, marked, and count nowhere.
    pub undone: bool,
    /// What the model made of it; none where it was taken back, or is practice.
    pub answered: Option<Answered>,
    /// The recall that was believed just before it, 0–1; none for a first answer, and where it was taken back, or is practice.
    pub recall: Option<f64>,
    /// The probability of a right answer before it, 0–1: g + (1 − g)·R, with the prior knowledge for R before a first answer; none where
    /// it was taken back, or is practice.
    pub expected: Option<f64>,
    /// Whether it forgot a card that stood in review.
    pub lapse: bool,
    /// The name of its deck.
    pub deck: &'a str,
    /// Its topic.
    pub topic: Option<&'a str>,
    /// The identity of its card.
    pub card: Uuid,
    /// The identity of its question.
    pub question: Uuid,
    /// The bank's own letters of the choices picked, in the order picked; of pairs that of a choice and that of its half, in turn.
    pub picked: &'a str,
    /// The bank's own letters of the choices shown, in the order shown; of pairs those of the halves after them.
    pub shown: &'a str,
}

/// A card as it stands.
#[derive(Clone, Debug)]
pub struct CardSnapshot {
    /// Its number.
    pub card: CardId,
    /// Its identity.
    pub uid: Uuid,
    /// The identity of its question.
    pub question: Uuid,
    /// The name of its deck.
    pub deck: String,
    /// Its topic.
    pub topic: Option<String>,
    /// The stem of its question; of a text with deletions what the card shows.
    pub stem: String,
    /// What follows from its log.
    pub memory: CardMemory,
    /// The chance of being right by luck.
    pub guess: Guess,
    /// The retrievability today; none while it is new.
    pub retrievability: Option<f64>,
    /// What is expected of it, and on which day: that of its deck's exam, or tomorrow. None where nothing can be said, or was asked.
    pub expected: Option<Expectation>,
    /// The day of the score.
    pub score_day: StudyDay,
    /// Whether its question still asks for it.
    pub asked: bool,
    /// The note of its flag; none where it has none.
    pub flag: Option<String>,
}
