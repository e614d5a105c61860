//! How somebody answers: how likely what an answer says is where the question was known, and where it was not.

use super::number::Number;
use crate::memory::{Elapsed, Evidence, History, Trial};
use crate::model::{Confidence, Rating};

/// The dimensions of [`Answering`] among what a fit learns, after the 21 parameters of FSRS-6.
pub(in crate::memory) const PRIOR: usize = 21;
pub(in crate::memory) const LUCK: usize = 22;
pub(in crate::memory) const OWNS_UP: usize = 23;
pub(in crate::memory) const FALSE_ALARM: usize = 24;
pub(in crate::memory) const SLIP: usize = 25;

/// The chance of luck is held below this, so that a wrong answer stays possible.
const SUREST_LUCK: f64 = 0.95;

/// How somebody answers. All but `luck` are chances, 0–1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answering {
    /// How likely a question was known before it was first asked.
    pub prior_knowledge: f64,
    /// How much likelier than by pure chance an answer is right where the question is not known: people eliminate options, and some
    /// distractors lure.
    pub luck: f64,
    /// How likely a lucky answer is called a guess.
    pub owns_up: f64,
    /// How likely an answer that was known is called a guess.
    pub false_alarm: f64,
    /// How likely an answer that was known is wrong all the same, of questions with options.
    pub slip: f64,
    /// How much less likely a rating (hard, good, easy) is after luck than after knowledge: 0 where only what was known is rated, 1
    /// where everything is.
    pub rates_luck: f64,
}

impl Answering {
    /// What is expected before anything is learnt.
    pub const USUAL: Self =
        Self { prior_knowledge: 0.3, luck: 1.0, owns_up: 0.2, false_alarm: 0.001, slip: 0.002, rates_luck: 0.0 };

    /// The chance that pure luck, which is right with probability `guess`, gives this person a right answer.
    pub fn luck_of(&self, guess: f64) -> f64 {
        (self.luck * guess).min(SUREST_LUCK)
    }
}

/// What somebody does on an answer, as numbers with slopes.
#[derive(Clone, Copy, Debug)]
pub(in crate::memory) struct Ways<T> {
    pub(in crate::memory) prior: T,
    luck: T,
    owns_up: T,
    false_alarm: T,
    slip: T,
    rates_luck: f64,
}

impl<T: Number> Ways<T> {
    pub(in crate::memory) fn new(answering: &Answering) -> Self {
        Self {
            prior: T::learnt(answering.prior_knowledge, PRIOR),
            luck: T::learnt(answering.luck, LUCK),
            owns_up: T::learnt(answering.owns_up, OWNS_UP),
            false_alarm: T::learnt(answering.false_alarm, FALSE_ALARM),
            slip: T::learnt(answering.slip, SLIP),
            rates_luck: answering.rates_luck,
        }
    }

    /// The chance of luck on a question that pure chance gets right with probability `guess`.
    pub(in crate::memory) fn chance(&self, guess: f64) -> T {
        let chance = self.luck * T::fixed(guess);
        if chance.value() > SUREST_LUCK { T::fixed(SUREST_LUCK) } else { chance }
    }

    /// How likely what came is of somebody who knew, and of somebody who did not.
    pub(super) fn likelihoods(&self, told: &Told) -> (T, T) {
        self.of(told.said, told.guess)
    }

    fn of(&self, said: Said, guess: f64) -> (T, T) {
        let one = T::fixed(1.0);
        if guess <= 0.0 {
            // Who judges an answer by themselves neither guesses nor slips.
            let (knew, forgot) = match said {
                Said::Wrong => (0.0, 1.0),
                Said::Guessed => (0.0, 0.0),
                Said::Nothing | Said::Rated => (1.0, 0.0),
            };
            return (T::fixed(knew), T::fixed(forgot));
        }
        let knew = one - self.slip;
        let chance = self.chance(guess);
        match said {
            Said::Wrong => (self.slip, one - chance),
            Said::Guessed => (knew * self.false_alarm, chance * self.owns_up),
            Said::Nothing => (knew * (one - self.false_alarm), chance * (one - self.owns_up)),
            Said::Rated => (knew * (one - self.false_alarm), chance * (one - self.owns_up) * T::fixed(self.rates_luck)),
        }
    }

    /// How likely a question was known at its first answer, as that says.
    pub(in crate::memory) fn knew_at_first(&self, told: &Told) -> f64 {
        let (of_known, of_forgotten) = self.likelihoods(told);
        let prior = self.prior.value();
        let (knew, not) = (prior * of_known.value(), (1.0 - prior) * of_forgotten.value());
        if knew + not > 0.0 { knew / (knew + not) } else { prior }
    }

    /// The chance of a right answer at this recall, whatever is said of it then.
    pub(in crate::memory) fn right(&self, recall: T, guess: f64) -> T {
        let [silent, guessed, _] = self.outcomes(recall, guess);
        silent + guessed
    }

    /// How likely each of: right and not called a guess, called a guess, wrong; at this recall.
    pub(in crate::memory) fn outcomes(&self, recall: T, guess: f64) -> [T; 3] {
        let forgot = T::fixed(1.0) - recall;
        [Said::Nothing, Said::Guessed, Said::Wrong].map(|said| {
            let (knew, not) = self.of(said, guess);
            recall * knew + forgot * not
        })
    }
}

/// What an answer said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::memory) enum Said {
    Wrong,
    Guessed,
    Nothing,
    Rated,
}

/// An answer as the filter takes it.
#[derive(Clone, Copy, Debug)]
pub(in crate::memory) struct Told {
    pub(in crate::memory) said: Said,
    pub(in crate::memory) rating: u8,
    pub(in crate::memory) guess: f64,
    /// Since the answer before.
    pub(in crate::memory) elapsed: Elapsed,
}

impl Told {
    pub(in crate::memory) fn of(history: &History, trial: &Trial) -> Self {
        Self::of_evidence(&trial.evidence, history.luck_aware, Elapsed::whole_days(trial.elapsed_days))
    }

    /// An answer so long after the one before. Where luck is not reckoned with, there is none.
    pub(super) fn of_evidence(evidence: &Evidence, luck_aware: bool, elapsed: Elapsed) -> Self {
        let said = match (evidence.right, evidence.confidence, evidence.rating) {
            (true, Confidence::Guessed, _) => Said::Guessed,
            (false, ..) | (_, _, Rating::Again) => Said::Wrong,
            (true, Confidence::Stated, _) => Said::Rated,
            (true, Confidence::Model, _) => Said::Nothing,
        };
        let guess = if luck_aware { evidence.guess.probability() } else { 0.0 };
        // Without luck to reckon with, a guess that was owned up to is an answer that was not known.
        let said = if guess <= 0.0 && said == Said::Guessed { Said::Wrong } else { said };
        Self { said, rating: evidence.rating.number(), guess, elapsed }
    }

    /// The rating that tells how memory moved where it was there.
    pub(super) fn known_rating(&self) -> u8 {
        if self.rating > 1 { self.rating } else { Rating::Good.number() }
    }
}
