//! What a person sees: a question with its choices in the order of this showing, and the feedback after the answer.

use uuid::Uuid;

use super::compare::Typed;
use super::form::{Form, Given, ShownChoice};
use crate::model::{CardId, CardState, Due, KeyOrigin, Kind, Markup, QuestionId};

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
    /// Its question.
    pub question: QuestionId,
    /// What it asks for.
    pub kind: Kind,
    /// How its texts are written.
    pub markup: Markup,
    /// The pictures and sounds that its texts name, and the files in the media folder that hold them.
    pub media: Vec<(String, String)>,
    /// The question itself; what the card asks for in a text with deletions is left out.
    pub stem: String,
    /// The choices in the order of this showing; of pairs the halves that are asked for. None where none are shown.
    pub choices: Vec<ShownChoice>,
    /// What it takes as its answer.
    pub form: Form,
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
    /// Whether the person is asked how sure they are before the answer is judged.
    pub ask_sure: bool,
    /// What the person noted of the card when they flagged it; none where it has no flag.
    pub flag: Option<String>,
    /// When it was shown, UTC milliseconds, later by as long as it was paused.
    pub shown_ms: i64,
}

impl Showing {
    /// The places of the right choices, from 0; where they are to be put in an order, all of them in that order.
    pub fn right_places(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.choices.len()).collect();
        match self.form {
            Form::Order => places.sort_by_key(|&place| self.choices[place].position),
            Form::Pick { .. } => places.retain(|&place| self.choices[place].correct),
            Form::Pair { .. } | Form::Type { .. } | Form::Reveal { .. } => places.clear(),
        }
        places
    }

    /// Of pairs, for each choice the place of its half, from 0.
    pub fn right_halves(&self) -> Vec<usize> {
        let Form::Pair { halves } = &self.form else { return Vec::new() };
        let half = |choice: &ShownChoice| halves.iter().position(|half| Some(&half.text) == choice.pair.as_ref());
        self.choices.iter().filter_map(half).collect()
    }

    /// The answers that are right, in words: what may be typed, or what is revealed.
    pub fn right_texts(&self) -> Vec<&str> {
        match &self.form {
            Form::Type { known, .. } => {
                known.iter().filter(|known| known.right).map(|known| known.text.as_str()).collect()
            }
            Form::Reveal { answer } => answer.iter().map(String::as_str).collect(),
            Form::Pick { .. } | Form::Order | Form::Pair { .. } => Vec::new(),
        }
    }

    /// How far off an accepted number may be; none where it has to be met, and of texts.
    pub fn tolerance_of(&self, accepted: &str) -> Option<f64> {
        let Form::Type { known, .. } = &self.form else { return None };
        known
            .iter()
            .find(|known| known.right && known.text == accepted)
            .map(|known| known.tolerance)
            .filter(|by| *by > 0.0)
    }
}

/// How the person goes on after the feedback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Just goes on: good after a right answer, as far as luck does not explain it; again after a wrong one.
    GoOn,
    /// It was not known, or a guess.
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

/// How much of an answer of several parts was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hits {
    /// Right parts that were given.
    pub right: usize,
    /// Right parts there are.
    pub of: usize,
    /// Wrong parts that were given.
    pub wrong: usize,
}

/// What is said after the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Feedback {
    /// Whether the answer was right; of what was only revealed, nobody has said so yet, and it counts as right until then.
    pub right: bool,
    /// Whether the person says that it was graded wrongly.
    pub overruled: bool,
    /// Whether the person said that they were sure; none where nobody asked.
    pub sure: Option<bool>,
    /// The answer.
    pub given: Given,
    /// The places of the right choices, from 0: see [`Showing::right_places`].
    pub correct: Vec<usize>,
    /// How much of it was right, where it has several parts.
    pub hits: Option<Hits>,
    /// How a typed answer differs from the nearest accepted one.
    pub typed: Option<Typed>,
    /// What the bank says to this very answer, where it was typed.
    pub said: Option<String>,
    /// What each verdict would lead to.
    pub ratings: Ratings,
    /// With which probability just going on counts the answer as known; none after a wrong one.
    pub known_probability: Option<f64>,
}

impl Feedback {
    /// The places picked, from 0, in the order picked; of pairs the choices.
    pub fn picked(&self) -> Vec<usize> {
        match &self.given {
            Given::Picked(places) => places.clone(),
            Given::Paired(_) | Given::Typed(_) | Given::Revealed => Vec::new(),
        }
    }
}
