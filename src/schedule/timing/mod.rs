//! How a person answers: the time it takes, and the ratings of right answers. Learned from the log, with round numbers as the prior.

mod honesty;
mod pace;
mod rating_shares;
#[cfg(test)]
mod tests;

pub use rating_shares::RatingShares;

use crate::model::{CardState, Confidence, Guess, Rating, Review, ReviewKind, TimedAnswer};

/// The prior counts like this many answers.
const WEIGHT: f64 = 5.0;

/// How a person answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Habits {
    /// Mean seconds by the card's state (as [`CardState`] numbers it) and the rating, again to easy.
    pub seconds: [[f64; 4]; 4],
    /// The ratings of right answers to new cards.
    pub first: RatingShares,
    /// The ratings of right answers in review.
    pub later: RatingShares,
    /// The share of lucky answers that the person calls a guess.
    pub owns_up: f64,
    /// The share of answers from knowledge that the person calls a guess.
    pub false_alarm: f64,
    /// How likely an answer in a learning step does not come from knowledge, on the day of the answer before it.
    pub step_failure: f64,
}

impl Default for Habits {
    /// Round numbers near those that the open FSRS simulators start from: a new question is read, a known one is skimmed.
    fn default() -> Self {
        let steps = [12.0, 10.0, 8.0, 6.0];
        Self {
            seconds: [[20.0, 18.0, 15.0, 10.0], steps, [18.0, 14.0, 10.0, 7.0], steps],
            first: RatingShares::NOTHING,
            later: RatingShares::NOTHING,
            owns_up: 0.0,
            false_alarm: 0.0,
            step_failure: 0.05,
        }
    }
}

impl Habits {
    /// Learns from these answers; the prior `otherwise` counts like a few answers more.
    ///
    /// Times are means, because forecasts need their sum, and a few long answers make up much of it.
    pub fn learned(answers: &[TimedAnswer], otherwise: &Habits) -> Self {
        let of = |kinds: &'static [ReviewKind]| answers.iter().filter(move |answer| kinds.contains(&answer.kind));
        let (owns_up, false_alarm) = honesty::learned(answers, otherwise);
        Self {
            seconds: pace::learned(answers, &otherwise.seconds),
            first: RatingShares::learned(of(KINDS[0]), (1.0 - owns_up) * honesty::lucky(of(KINDS[0])), otherwise.first),
            later: RatingShares::learned(of(KINDS[2]), (1.0 - owns_up) * honesty::lucky(of(KINDS[2])), otherwise.later),
            owns_up,
            false_alarm,
            step_failure: step_failure(of(STEPS), otherwise.step_failure),
        }
    }

    /// The rating of an answer that comes from knowledge, or is right by luck, or is wrong. The two draws are uniform in 0–1.
    pub fn draw_rating(
        &self,
        state: CardState,
        known: bool,
        lucky: bool,
        [says, owns]: [f64; 2],
    ) -> (Rating, Confidence) {
        let guessed = (Rating::Again, Confidence::Guessed);
        match (known, lucky) {
            (true, _) if owns < self.false_alarm => guessed,
            (true, _) if state == CardState::New => self.first.at(says),
            (true, _) => self.later.at(says),
            (_, true) if owns < self.owns_up => guessed,
            (_, true) => (Rating::Good, Confidence::Model),
            _ => (Rating::Again, Confidence::Model),
        }
    }

    /// The answer as evidence, given how this person rates answers.
    ///
    /// Lucky answers are not rated, or are called guesses. So if knowledge is often rated, silent answers hold more luck; if guesses are
    /// reported, they hold less. If knowledge is called a guess too, a reported guess is weaker evidence.
    pub fn reweigh(&self, review: Review) -> Review {
        let says = if review.kind == ReviewKind::New { &self.first } else { &self.later };
        let guess = review.guess.probability();
        // The chance of luck by which each kind of answer counts.
        let silent = (1.0 - self.owns_up) / ((1.0 - self.false_alarm) * says.nothing).max(0.01);
        let called = guess * self.owns_up / self.false_alarm.max(0.001);
        match review.confidence {
            Confidence::Model if review.right => Review { guess: luck(guess * silent), ..review },
            // Luck above 1 is impossible: without false alarms, a reported guess is believed.
            Confidence::Guessed if called > 0.0 && called < 2.0 => {
                let (rating, confidence) = (Rating::Good, Confidence::Model);
                Review { rating, confidence, guess: luck(called), ..review }
            }
            _ => review,
        }
    }

    /// The seconds of one answer to a card in this state.
    pub fn seconds(&self, state: CardState, rating: Rating) -> f64 {
        self.seconds[usize::from(state.number())][usize::from(rating.number()) - 1]
    }

    /// The expected seconds of an answer that is right with this probability, without the steps after it.
    pub fn expected_seconds(&self, state: CardState, right: f64) -> f64 {
        right * self.seconds(state, Rating::Good) + (1.0 - right) * self.seconds(state, Rating::Again)
    }
}

/// The kinds of answers that count for each state, in the order of [`CardState`].
const KINDS: [&[ReviewKind]; 4] =
    [&[ReviewKind::New], &[ReviewKind::Learning], &[ReviewKind::Review, ReviewKind::Ahead], &[ReviewKind::Relearning]];
const STEPS: &[ReviewKind] = &[ReviewKind::Learning, ReviewKind::Relearning];

/// The nearest chance of one in n.
fn luck(probability: f64) -> Guess {
    // A float beyond u32 becomes its largest value.
    if probability <= 0.0 { Guess::NONE } else { Guess::from_ways((1.0 / probability).round().max(1.0) as u32) }
}

/// The share of answers in steps that do not come from knowledge: the wrong ones, and the lucky ones that go with them. Without
/// knowledge, an answer is wrong with probability 1 − g, so each answer counts as 1 − g of one.
fn step_failure<'a>(steps: impl Iterator<Item = &'a TimedAnswer>, otherwise: f64) -> f64 {
    // Wrong answers are rare here, so the prior counts more.
    let (mut wrong, mut telling) = (4.0 * WEIGHT * otherwise, 4.0 * WEIGHT);
    for answer in steps {
        wrong += f64::from(u8::from(!answer.right));
        telling += 1.0 - answer.guess.probability();
    }
    (wrong / telling).min(1.0)
}
