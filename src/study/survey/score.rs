//! The expected score of a survey, and that of each topic: on one day.

use super::Basis;
use super::cards::{ScoredCard, SurveyCards};
use crate::memory::link;
use crate::model::StudyDay;
use crate::stats::{Score, ScoreDraws, TopicStanding};
use crate::study::scope::recall_on;
use crate::study::score::{FirstAttempts, Foresight};

/// What is expected on a day.
pub(super) struct ExpectedOnDay {
    pub(super) day: StudyDay,
    pub(super) exam: bool,
    pub(super) questions: usize,
    /// `None` if there are no questions, or too few answers to say anything.
    pub(super) score: Option<Score>,
}

/// What is expected of all questions and of each topic: on the day of the exam, if all decks with cards have the same one ahead, else
/// tomorrow.
pub(super) fn expected(
    basis: &Basis<'_>,
    cards: &SurveyCards,
    foresight: &Foresight,
    topics: &mut [TopicStanding],
) -> ExpectedOnDay {
    let exam = cards.common_exam(basis);
    let day = exam.unwrap_or(basis.present.today.plus(1));
    let looking = Looking { basis, foresight, day, attempts: first_attempts(cards, foresight) };
    let (mut draws, mut sum, mut questions) = (ScoreDraws::default(), 0.0, 0_usize);
    for question in cards.prospects.chunk_by(|one, other| one.question == other.question) {
        let beside = question.iter().map(|card| looking.beside(card)).sum::<f64>() / question.len() as f64;
        sum += beside;
        questions += 1;
        let looked_at = question.iter().all(|card| match card.memory.memory {
            Some(_) => foresight.holds(card.card),
            None => card.question % foresight.step() == 0,
        });
        let mut expected = beside;
        if looked_at {
            let scores = looking.scores(question);
            expected = scores.iter().sum::<f64>() / scores.len().max(1) as f64;
            let doubt = question.iter().map(|card| foresight.doubt(card.card, day, card.guess)).sum::<f64>();
            draws.add(scores.into_iter(), beside, doubt / (question.len() as f64).powi(2));
        }
        if let Some(topic) = topics.get_mut(question[0].topic) {
            topic.expect(expected);
        }
    }
    let tells = foresight.tells(cards.prospects.iter().map(|card| card.card));
    let score = draws.score(sum / questions.max(1) as f64, questions).filter(|_| tells);
    ExpectedOnDay { day, exam: exam.is_some(), questions, score }
}

/// The first attempts of each topic.
fn first_attempts(cards: &SurveyCards, foresight: &Foresight) -> Vec<FirstAttempts> {
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
    basis: &'a Basis<'a>,
    foresight: &'a Foresight,
    day: StudyDay,
    attempts: Vec<FirstAttempts>,
}

impl Looking<'_> {
    /// What the memory that is kept expects of a card; of one that was never seen, what first attempts say.
    fn beside(&self, card: &ScoredCard) -> f64 {
        let model = &self.basis.decks.all()[card.deck].replayer.model;
        // Not the day of its last answer, as [`Foresight`] has it.
        let day = card.memory.last_day.map_or(self.day, |last| self.day.max(last.plus(1)));
        let known = recall_on(model, &card.memory, day);
        let known = known.unwrap_or_else(|| self.foresight.prior(self.attempts[card.topic]));
        link(known, self.foresight.luck(card.guess))
    }

    /// What each learner is expected to do on a question: the mean of its cards.
    fn scores(&self, question: &[ScoredCard]) -> Vec<f64> {
        let mut sums: Vec<f64> = Vec::new();
        for card in question {
            let scores = self.foresight.scores(card.card, self.day, card.guess, self.attempts[card.topic]);
            match sums.is_empty() {
                true => sums = scores,
                false => sums.iter_mut().zip(scores).for_each(|(sum, score)| *sum += score),
            }
        }
        sums.iter_mut().for_each(|sum| *sum /= question.len() as f64);
        sums
    }
}
