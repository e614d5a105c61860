//! The expected score of a survey, and that of each topic: on one day.

use super::cards::{Cards, Prospect};
use super::{Ground, recall};
use crate::command::foresight::{FirstAttempts, Foresight};
use crate::model::StudyDay;
use crate::stats::{Score, ScoreDraws, TopicStanding};

/// What is expected on a day.
pub(super) struct Expected {
    pub(super) day: StudyDay,
    pub(super) exam: bool,
    pub(super) questions: usize,
    /// None where there are no questions, or too few answers to say anything.
    pub(super) score: Option<Score>,
}

/// What is expected of all questions and of each topic: on the day of the exam, where all decks with cards have the same one ahead, else
/// tomorrow.
pub(super) fn expected(
    ground: &Ground<'_>,
    cards: &Cards,
    foresight: &Foresight,
    topics: &mut [TopicStanding],
) -> Expected {
    let exam = cards.common_exam(ground);
    let day = exam.unwrap_or(ground.today.plus(1));
    let looking = Looking { ground, foresight, day, attempts: first_attempts(cards, foresight) };
    let (mut draws, mut sum, mut questions) = (ScoreDraws::default(), 0.0, 0_usize);
    for question in cards.prospects.chunk_by(|one, other| one.question == other.question) {
        let mean = |of: &dyn Fn(&Prospect) -> f64| question.iter().map(of).sum::<f64>() / question.len() as f64;
        let beside = mean(&|card| looking.beside(card));
        sum += beside;
        questions += 1;
        if let Some(topic) = topics.get_mut(question[0].topic) {
            topic.expect(mean(&|card| looking.score(card)));
        }
        let looked_at = question.iter().all(|card| match card.memory.memory {
            Some(_) => foresight.holds(card.card),
            None => card.question % foresight.step() == 0,
        });
        if looked_at {
            let each: Vec<Vec<f64>> = question.iter().map(|card| looking.scores(card)).collect();
            let learners = each.first().map_or(0, Vec::len);
            let of_learner = |at: usize| each.iter().map(|scores| scores[at]).sum::<f64>() / each.len() as f64;
            draws.add((0..learners).map(of_learner), beside);
        }
    }
    let score = draws.score(sum / questions.max(1) as f64).filter(|_| foresight.tells());
    Expected { day, exam: exam.is_some(), questions, score }
}

/// The first attempts of each topic.
fn first_attempts(cards: &Cards, foresight: &Foresight) -> Vec<FirstAttempts> {
    let mut attempts = vec![FirstAttempts::default(); cards.topics.len()];
    for card in &cards.prospects {
        if let Some((known, of_topic)) = foresight.first_attempt(card.card).zip(attempts.get_mut(card.topic)) {
            of_topic.all += 1.0;
            of_topic.known += known;
        }
    }
    attempts
}

struct Looking<'a> {
    ground: &'a Ground<'a>,
    foresight: &'a Foresight,
    day: StudyDay,
    attempts: Vec<FirstAttempts>,
}

impl Looking<'_> {
    /// What the memory that is kept expects of a card; of one that was never seen, what first attempts say.
    fn beside(&self, card: &Prospect) -> f64 {
        let model = &self.ground.decks.all()[card.deck].replayer.model;
        let known = recall(model, &card.memory, self.day);
        let known = known.unwrap_or_else(|| self.foresight.prior(self.attempts[card.topic]));
        right(known, self.foresight.luck(card.guess))
    }

    /// What the most probable learner is expected to do.
    fn score(&self, card: &Prospect) -> f64 {
        match self.foresight.recall(card.card, self.day).filter(|_| card.memory.memory.is_some()) {
            Some(known) => right(known, self.foresight.luck(card.guess)),
            None => self.beside(card),
        }
    }

    /// What each learner is expected to do.
    fn scores(&self, card: &Prospect) -> Vec<f64> {
        let lucks = self.foresight.lucks(card.guess);
        match self.foresight.recalls(card.card, self.day).filter(|_| card.memory.memory.is_some()) {
            Some(known) => known.into_iter().zip(lucks).map(|(known, luck)| right(known, luck)).collect(),
            None => {
                let priors = self.foresight.priors(self.attempts[card.topic]);
                priors.zip(lucks).map(|(known, luck)| right(known, luck)).collect()
            }
        }
    }
}

/// The probability of a right answer: R + (1 − R)·g.
fn right(known: f64, luck: f64) -> f64 {
    known + (1.0 - known) * luck
}
