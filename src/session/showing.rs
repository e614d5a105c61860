//! What a person sees: a question with its choices in the order of this showing, and the feedback after the answer.

use uuid::Uuid;

use crate::model::{CardId, CardState, Due, KeyOrigin, Kind};

/// Cards still to be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// New ones.
    pub new: usize,
    /// In learning or relearning steps.
    pub learning: usize,
    /// Due for review.
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

    /// All of them.
    pub fn total(self) -> usize {
        self.new + self.learning + self.review
    }
}

/// A question as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Showing {
    /// The card.
    pub card: CardId,
    /// Its identity.
    pub uid: Uuid,
    /// The name of its deck.
    pub deck: String,
    /// Its topic.
    pub topic: Option<String>,
    /// What it asks for.
    pub kind: Kind,
    /// The question itself.
    pub stem: String,
    /// The choices in the order of this showing.
    pub choices: Vec<ShownChoice>,
    /// Why the right answer is right, for the feedback.
    pub explanation: Option<String>,
    /// Where the card stood before this answer.
    pub state: CardState,
    /// What is left, this card included.
    pub left: Left,
    /// Where the key comes from: a declared one is said to be declared.
    pub key: KeyOrigin,
    /// The rule that declared the key, in words.
    pub key_rule: Option<String>,
    /// What the order was derived from, beside the card.
    pub order_seed: u32,
    /// Whether it is asked before it is due.
    pub ahead: bool,
    /// Whether its answer is practice: logged, and without consequence for the schedule.
    pub practice: bool,
    /// Whether the stem is to be shown alone until the person has recalled the answer.
    pub recall_first: bool,
    /// Whether a right answer has to be rated: just going on is not enough.
    pub ask_rating: bool,
    /// When it was shown, UTC milliseconds.
    pub shown_ms: i64,
}

/// A choice as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownChoice {
    /// The letter of this showing.
    pub label: String,
    /// The letter in the bank, which explanations may name.
    pub bank_letter: String,
    /// Its identity within the question.
    pub number: u8,
    /// What it says.
    pub text: String,
    /// Whether picking it is right.
    pub correct: bool,
    /// What to say to somebody who picked it.
    pub feedback: Option<String>,
}

/// How the person goes on after the feedback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Just goes on: good after a right answer, as far as luck does not explain it; again after a wrong one.
    GoOn,
    /// It was a guess.
    Guessed,
    /// Known, with effort.
    Hard,
    /// Known.
    Good,
    /// Known at once.
    Easy,
}

impl Verdict {
    /// All of them, in the order of the keys Enter, 1, 2, 3, 4.
    pub const ALL: [Verdict; 5] = [Self::GoOn, Self::Guessed, Self::Hard, Self::Good, Self::Easy];
}

/// What a verdict would lead to.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// Days until the card comes back; a fraction in learning steps.
    pub interval_days: f64,
    /// When it comes back.
    pub due: Due,
}

/// What each verdict would lead to.
#[derive(Clone, Debug, PartialEq)]
pub struct Ratings {
    /// Just going on.
    pub auto: Forecast,
    /// Guessed, or wrong.
    pub again: Forecast,
    /// Hard.
    pub hard: Forecast,
    /// Good.
    pub good: Forecast,
    /// Easy.
    pub easy: Forecast,
}

impl Ratings {
    /// What this verdict would lead to.
    pub fn of(&self, verdict: Verdict) -> &Forecast {
        match verdict {
            Verdict::GoOn => &self.auto,
            Verdict::Guessed => &self.again,
            Verdict::Hard => &self.hard,
            Verdict::Good => &self.good,
            Verdict::Easy => &self.easy,
        }
    }
}

/// What is said after the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Feedback {
    /// Whether the answer was right.
    pub right: bool,
    /// The places picked, from 0, in the order picked.
    pub picked: Vec<usize>,
    /// The places of the right choices, from 0.
    pub correct: Vec<usize>,
    /// What each verdict would lead to.
    pub ratings: Ratings,
    /// With which probability just going on counts the answer as known; none after a wrong one.
    pub known_probability: Option<f64>,
}
