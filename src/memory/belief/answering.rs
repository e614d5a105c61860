//! How a person answers: how likely each response is if the question is known, and if it is not.

use super::number::Number;
use crate::memory::{Elapsed, Evidence, History, Trial};
use crate::model::{Confidence, Rating};

/// The dimensions of [`Answering`] among what a fit learns, after the 21 parameters of FSRS-6.
pub(in crate::memory) const PRIOR: usize = 21;
pub(in crate::memory) const LUCK: usize = 22;
pub(in crate::memory) const OWNS_UP: usize = 23;
pub(in crate::memory) const FALSE_ALARM: usize = 24;
pub(in crate::memory) const SLIP: usize = 25;

/// The chance of luck stays below this, so that a wrong answer stays possible.
const MAX_LUCK: f64 = 0.95;

/// How a person answers. All but `luck` are chances, 0–1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answering {
    /// How likely a question was known before it was first asked.
    pub prior_knowledge: f64,
    /// The chance of a right answer without knowledge, as a multiple of pure chance: people eliminate options, and some distractors
    /// lure.
    pub luck: f64,
    /// How likely a lucky answer is called a guess.
    pub owns_up: f64,
    /// How likely an answer from knowledge is called a guess.
    pub false_alarm: f64,
    /// How likely an answer to a known question with options is wrong.
    pub slip: f64,
    /// How likely a rating (hard, good, easy) is after luck, relative to after knowledge: 0 if only known answers are rated, 1 if all
    /// are.
    pub rates_luck: f64,
}

impl Answering {
    /// The expectation before anything is learned.
    pub const USUAL: Self =
        Self { prior_knowledge: 0.3, luck: 1.0, owns_up: 0.2, false_alarm: 0.001, slip: 0.002, rates_luck: 0.0 };

    /// The chance that pure luck, which is right with probability `guess`, gives this person a right answer.
    pub fn luck_of(&self, guess: f64) -> f64 {
        (self.luck * guess).min(MAX_LUCK)
    }
}

/// [`Answering`] as numbers that may have slopes.
#[derive(Clone, Copy, Debug)]
pub(in crate::memory) struct AnswerModel<T> {
    pub(in crate::memory) prior: T,
    luck: T,
    owns_up: T,
    false_alarm: T,
    slip: T,
    rates_luck: f64,
}

impl<T: Number> AnswerModel<T> {
    pub(in crate::memory) fn new(answering: &Answering) -> Self {
        Self {
            prior: T::learned(answering.prior_knowledge, PRIOR),
            luck: T::learned(answering.luck, LUCK),
            owns_up: T::learned(answering.owns_up, OWNS_UP),
            false_alarm: T::learned(answering.false_alarm, FALSE_ALARM),
            slip: T::learned(answering.slip, SLIP),
            rates_luck: answering.rates_luck,
        }
    }

    /// The chance of luck on a question that pure chance gets right with probability `guess`.
    pub(in crate::memory) fn chance(&self, guess: f64) -> T {
        let chance = self.luck * T::fixed(guess);
        if chance.value() > MAX_LUCK { T::fixed(MAX_LUCK) } else { chance }
    }

    /// How likely an observation is if the question is known, and if it is not.
    pub(super) fn likelihoods(&self, observation: &Observation) -> (T, T) {
        self.report_likelihoods(observation.report, observation.guess)
    }

    fn report_likelihoods(&self, report: SelfReport, guess: f64) -> (T, T) {
        let one = T::fixed(1.0);
        if guess <= 0.0 {
            // A person who judges their own answer neither guesses nor slips.
            let (knew, forgot) = match report {
                SelfReport::Wrong => (0.0, 1.0),
                SelfReport::Guessed => (0.0, 0.0),
                SelfReport::Nothing | SelfReport::Rated => (1.0, 0.0),
            };
            return (T::fixed(knew), T::fixed(forgot));
        }
        let knew = one - self.slip;
        let chance = self.chance(guess);
        match report {
            SelfReport::Wrong => (self.slip, one - chance),
            SelfReport::Guessed => (knew * self.false_alarm, chance * self.owns_up),
            SelfReport::Nothing => (knew * (one - self.false_alarm), chance * (one - self.owns_up)),
            SelfReport::Rated => {
                (knew * (one - self.false_alarm), chance * (one - self.owns_up) * T::fixed(self.rates_luck))
            }
        }
    }

    /// How likely a question was known before its first answer, given that answer.
    pub(in crate::memory) fn knew_at_first(&self, observation: &Observation) -> f64 {
        let (of_known, of_forgotten) = self.likelihoods(observation);
        let prior = self.prior.value();
        let (knew, not) = (prior * of_known.value(), (1.0 - prior) * of_forgotten.value());
        if knew + not > 0.0 { knew / (knew + not) } else { prior }
    }

    /// The chance of a right answer at this recall, called a guess or not.
    pub(in crate::memory) fn right(&self, recall: T, guess: f64) -> T {
        let [silent, guessed, _] = self.outcomes(recall, guess);
        silent + guessed
    }

    /// At this recall, the chances of an answer that is right without a word, right and called a guess, and wrong.
    pub(in crate::memory) fn outcomes(&self, recall: T, guess: f64) -> [T; 3] {
        let forgot = T::fixed(1.0) - recall;
        [SelfReport::Nothing, SelfReport::Guessed, SelfReport::Wrong].map(|report| {
            let (knew, not) = self.report_likelihoods(report, guess);
            recall * knew + forgot * not
        })
    }
}

/// The outcome of an answer, with what the person reported about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::memory) enum SelfReport {
    Wrong,
    Guessed,
    Nothing,
    Rated,
}

/// An answer as the filter uses it.
#[derive(Clone, Copy, Debug)]
pub(in crate::memory) struct Observation {
    pub(in crate::memory) report: SelfReport,
    pub(in crate::memory) rating: u8,
    pub(in crate::memory) guess: f64,
    /// The time since the answer before.
    pub(in crate::memory) elapsed: Elapsed,
}

impl Observation {
    pub(in crate::memory) fn from_trial(history: &History, trial: &Trial) -> Self {
        Self::from_evidence(&trial.evidence, history.luck_aware, Elapsed::whole_days(trial.elapsed_days))
    }

    /// An answer, `elapsed` after the one before. If not `luck_aware`, the chance of luck is 0.
    pub(super) fn from_evidence(evidence: &Evidence, luck_aware: bool, elapsed: Elapsed) -> Self {
        let report = match (evidence.right, evidence.confidence, evidence.rating) {
            (true, Confidence::Guessed, _) => SelfReport::Guessed,
            (false, ..) | (_, _, Rating::Again) => SelfReport::Wrong,
            (true, Confidence::Stated, _) => SelfReport::Rated,
            (true, Confidence::Model, _) => SelfReport::Nothing,
        };
        let guess = if luck_aware { evidence.guess.probability() } else { 0.0 };
        // Without luck, a right answer that is called a guess counts as not known.
        let report = if guess <= 0.0 && report == SelfReport::Guessed { SelfReport::Wrong } else { report };
        Self { report, rating: evidence.rating.number(), guess, elapsed }
    }

    /// The rating by which memory moves if the question was known.
    pub(super) fn known_rating(&self) -> u8 {
        if self.rating > 1 { self.rating } else { Rating::Good.number() }
    }
}
