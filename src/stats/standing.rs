//! Counts of the current states of cards, in total and by topic.

use super::histogram::{DIFFICULTIES, LENGTHS, histogram, twentieths};
use super::overview::Histogram;
use crate::model::{CardMemory, CardState, StudyDay};

/// The current state of a card, as it is counted.
#[derive(Clone, Copy, Debug)]
pub struct CardStanding {
    /// The index of its topic.
    pub topic: usize,
    /// The index of its question.
    pub question: usize,
    /// The result of its log.
    pub memory: CardMemory,
    /// The probability of recall today; `None` while it is new.
    pub recall: Option<f64>,
    /// Whether it is a leech.
    pub leech: bool,
    /// Whether its question still asks for it.
    pub asked: bool,
}

/// The counts of a question.
#[derive(Clone, Copy, Debug, Default)]
struct QuestionStanding {
    topic: usize,
    cards: usize,
    seen: bool,
}

/// The counts of a topic.
#[derive(Clone, Copy, Debug, Default)]
pub struct TopicStanding {
    /// Its questions with cards.
    pub questions: usize,
    /// Questions that were answered.
    pub seen: usize,
    /// Cards due today.
    pub due: usize,
    recall: f64,
    recalled: usize,
    score: f64,
    scored: usize,
}

impl TopicStanding {
    /// The mean probability of recall today of answered cards.
    pub fn mean_recall(&self) -> Option<f64> {
        (self.recalled > 0).then(|| self.recall / self.recalled as f64)
    }

    /// Adds the expected score on one of its questions.
    pub fn expect(&mut self, score: f64) {
        self.score += score;
        self.scored += 1;
    }

    /// The expected score on its questions.
    pub fn expected_score(&self) -> Option<f64> {
        (self.scored > 0).then(|| self.score / self.scored as f64)
    }
}

/// Cards by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StandingCounts {
    /// All cards.
    pub cards: usize,
    /// Never answered, not suspended.
    pub new: usize,
    /// In learning or relearning steps, not suspended.
    pub learning: usize,
    /// In review, not suspended.
    pub review: usize,
    /// Suspended, in any state.
    pub suspended: usize,
    /// Leeches, in any state.
    pub leeches: usize,
}

/// Counts cards.
#[derive(Clone, Debug, Default)]
pub struct Standings {
    /// The cards by state.
    pub counts: StandingCounts,
    intervals: Vec<f64>,
    stabilities: Vec<f64>,
    difficulties: Vec<f64>,
    recalls: Vec<f64>,
    questions: Vec<QuestionStanding>,
    topics: Vec<TopicStanding>,
}

impl Standings {
    /// Counts a card.
    pub fn add(&mut self, card: &CardStanding, today: StudyDay) {
        let memory = &card.memory;
        self.counts.cards += 1;
        self.counts.leeches += usize::from(card.leech);
        *match (memory.suspended, memory.state) {
            (true, _) => &mut self.counts.suspended,
            (false, CardState::New) => &mut self.counts.new,
            (false, CardState::Learning | CardState::Relearning) => &mut self.counts.learning,
            (false, CardState::Review) => &mut self.counts.review,
        } += 1;
        let topic = at(&mut self.topics, card.topic);
        topic.due += usize::from(super::is_due(memory, today));
        if let Some((state, recall)) = memory.memory.zip(card.recall) {
            self.stabilities.push(state.stability.into());
            self.difficulties.push(state.difficulty.into());
            self.recalls.push(recall);
            topic.recall += recall;
            topic.recalled += 1;
        }
        if memory.state == CardState::Review {
            self.intervals.extend(memory.interval_days());
        }
        if card.asked {
            let question = at(&mut self.questions, card.question);
            question.topic = card.topic;
            question.cards += 1;
            question.seen |= memory.memory.is_some();
        }
    }

    /// The topics with their questions, in the order of their indices. Expected scores are not included.
    pub fn finish(mut self) -> Vec<TopicStanding> {
        for question in self.questions.into_iter().filter(|question| question.cards > 0) {
            let topic = &mut self.topics[question.topic];
            topic.questions += 1;
            topic.seen += usize::from(question.seen);
        }
        self.topics
    }

    /// Intervals in days, stabilities in days, difficulties, and probabilities of recall.
    pub fn histograms(&mut self) -> [Histogram; 4] {
        use std::mem::take;
        [
            histogram(take(&mut self.intervals), LENGTHS, false),
            histogram(take(&mut self.stabilities), LENGTHS, false),
            histogram(take(&mut self.difficulties), DIFFICULTIES, true),
            histogram(take(&mut self.recalls), &twentieths(), true),
        ]
    }
}

/// The counts at an index, which may be new.
fn at<T: Clone + Default>(counts: &mut Vec<T>, place: usize) -> &mut T {
    if counts.len() <= place {
        counts.resize(place + 1, T::default());
    }
    &mut counts[place]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_counts_once_and_its_topic_expects_the_mean() {
        let mut standings = Standings::default();
        for question in [0, 0, 1] {
            let card =
                CardStanding { topic: 0, question, memory: CardMemory::NEW, recall: None, leech: false, asked: true };
            standings.add(&card, StudyDay(100));
        }
        let mut topics = standings.finish();
        assert_eq!((topics.len(), topics[0].questions, topics[0].expected_score()), (1, 2, None));
        topics[0].expect(0.5);
        topics[0].expect(0.75);
        assert_eq!(topics[0].expected_score(), Some(0.625));
    }
}
