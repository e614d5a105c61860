//! The view of a session: a question with its choices in the order of this showing, and the feedback after the answer.

use uuid::Uuid;

use super::compare::Typed;
use super::form::{Form, GivenAnswer, ShownChoice};
use crate::model::{CardId, CardState, Due, KeyOrigin, Kind, Markup, QuestionId};

/// Cards still to be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// New cards.
    pub new: usize,
    /// Cards in learning or relearning steps.
    pub learning: usize,
    /// Cards due for review.
    pub review: usize,
}

impl Left {
    /// Counts one card in this state.
    pub fn count(&mut self, state: CardState) {
        match state {
            CardState::New => self.new += 1,
            CardState::Learning | CardState::Relearning => self.learning += 1,
            CardState::Review => self.review += 1,
        }
    }

    /// The sum.
    pub fn total(self) -> usize {
        self.new + self.learning + self.review
    }
}

/// A question as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Showing {
    /// The key of the card in the database.
    pub card: CardId,
    /// The UUID of the card.
    pub uid: Uuid,
    /// The name of its deck.
    pub deck: String,
    /// The name of its topic.
    pub topic: Option<String>,
    /// The key of the question in the database.
    pub question: QuestionId,
    /// The kind of the question.
    pub kind: Kind,
    /// The markup of its texts.
    pub markup: Markup,
    /// Pictures and sounds: the name in the texts, and the file in the media folder.
    pub media: Vec<(String, String)>,
    /// The text of the question; in a text with deletions, the asked one is left out.
    pub stem: String,
    /// The choices in the order of this showing; for pairs, the first halves. May be empty.
    pub choices: Vec<ShownChoice>,
    /// The form of the answer.
    pub form: Form,
    /// Why the right answer is right, for the feedback.
    pub explanation: Option<String>,
    /// The state of the card before this answer.
    pub state: CardState,
    /// The cards left, including this one.
    pub left: Left,
    /// The origin of the key; a declared one is announced.
    pub key: KeyOrigin,
    /// The rule that declared the key, in words.
    pub key_rule: Option<String>,
    /// The seed of the order, in addition to the card.
    pub order_seed: u32,
    /// Whether it is asked before it is due.
    pub ahead: bool,
    /// Whether its answer is practice: logged, but without effect on the schedule.
    pub practice: bool,
    /// Whether the stem is shown alone until the person has recalled the answer.
    pub recall_first: bool,
    /// Whether a right answer must be rated: just going on is not enough.
    pub ask_rating: bool,
    /// Whether the person is asked how sure they are before the answer is graded.
    pub ask_sure: bool,
    /// The note of its flag; `None` without a flag.
    pub flag: Option<String>,
    /// The answer given before in this mock exam.
    pub given: Option<GivenAnswer>,
    /// When it was shown, UTC milliseconds, plus the time of pauses.
    pub shown_ms: i64,
}

impl Showing {
    /// The indices of the right choices; for an order, all choices in the right order.
    pub fn right_places(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.choices.len()).collect();
        match self.form {
            Form::Order => places.sort_by_key(|&place| self.choices[place].position),
            Form::Pick { .. } => places.retain(|&place| self.choices[place].correct),
            Form::Pair { .. } | Form::Type { .. } | Form::Reveal { .. } => places.clear(),
        }
        places
    }

    /// For pairs, the index of the half of each choice.
    pub fn right_halves(&self) -> Vec<usize> {
        let Form::Pair { halves } = &self.form else { return Vec::new() };
        let half = |choice: &ShownChoice| halves.iter().position(|half| Some(&half.text) == choice.pair.as_ref());
        self.choices.iter().filter_map(half).collect()
    }

    /// The texts of right answers: those that may be typed, or the revealed ones.
    pub fn right_texts(&self) -> Vec<&str> {
        match &self.form {
            Form::Type { known, .. } => {
                known.iter().filter(|known| known.right).map(|known| known.text.as_str()).collect()
            }
            Form::Reveal { answer } => answer.iter().map(String::as_str).collect(),
            Form::Pick { .. } | Form::Order | Form::Pair { .. } => Vec::new(),
        }
    }

    /// The tolerance of an accepted number; `None` if it must be exact, and for texts.
    pub fn tolerance_of(&self, accepted: &str) -> Option<f64> {
        let Form::Type { known, .. } = &self.form else { return None };
        known
            .iter()
            .find(|known| known.right && known.text == accepted)
            .map(|known| known.tolerance)
            .filter(|by| *by > 0.0)
    }
}

/// The rating that the person states after the feedback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatedRating {
    /// Just going on: good after a right answer, as far as luck does not explain it; again after a wrong one.
    GoOn,
    /// Not known, or a guess.
    Guessed,
    /// Known, with effort.
    Hard,
    /// Known.
    Good,
    /// Known at once.
    Easy,
}

impl StatedRating {
    /// All of them, in the order of the keys Enter, 1, 2, 3, 4.
    pub const ALL: [StatedRating; 5] = [Self::GoOn, Self::Guessed, Self::Hard, Self::Good, Self::Easy];
}

/// The effect of a rating.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Days until the card comes back; a fraction in learning steps.
    pub interval_days: f64,
    /// When it comes back.
    pub due: Due,
}

/// The effect of each rating.
#[derive(Clone, Debug, PartialEq)]
pub struct Ratings {
    /// For just going on.
    pub auto: Forecast,
    /// For a guess or a wrong answer.
    pub again: Forecast,
    /// For known with effort.
    pub hard: Forecast,
    /// For known.
    pub good: Forecast,
    /// For known at once.
    pub easy: Forecast,
}

impl Ratings {
    /// The effect of this rating.
    pub fn forecast(&self, verdict: StatedRating) -> &Forecast {
        match verdict {
            StatedRating::GoOn => &self.auto,
            StatedRating::Guessed => &self.again,
            StatedRating::Hard => &self.hard,
            StatedRating::Good => &self.good,
            StatedRating::Easy => &self.easy,
        }
    }
}

/// The right and wrong parts of an answer of several parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hits {
    /// Given parts that are right.
    pub right: usize,
    /// All right parts.
    pub of: usize,
    /// Given parts that are wrong.
    pub wrong: usize,
}

/// The feedback after the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Feedback {
    /// Whether the answer was right. A revealed one counts as right until the person grades it.
    pub right: bool,
    /// Whether the person overruled the grade.
    pub overruled: bool,
    /// Whether the person was sure; `None` if nobody asked.
    pub sure: Option<bool>,
    /// The answer as given.
    pub given: GivenAnswer,
    /// The indices of the right choices: see [`Showing::right_places`].
    pub correct: Vec<usize>,
    /// The right and wrong parts, if it has several.
    pub hits: Option<Hits>,
    /// The comparison of a typed answer with the nearest accepted one.
    pub typed: Option<Typed>,
    /// The bank's feedback on the typed answer.
    pub comment: Option<String>,
    /// The effect of each rating.
    pub ratings: Ratings,
    /// The probability with which just going on counts the answer as known; `None` after a wrong one.
    pub known_probability: Option<f64>,
}

impl Feedback {
    /// The indices of the picked choices, in the order picked.
    pub fn picked(&self) -> Vec<usize> {
        match &self.given {
            GivenAnswer::Picked(places) => places.clone(),
            GivenAnswer::Paired(_) | GivenAnswer::Typed(_) | GivenAnswer::Revealed | GivenAnswer::LeftOpen => {
                Vec::new()
            }
        }
    }
}
