//! The table `topics`: a row per deck and topic.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::score::mean_score;
use super::{CardSnapshot, Cell, Expectation, Fact, Tally};
use crate::model::{CardMemory, CardState, Due, StudyDay};

/// The columns of `topics`.
pub const TOPICS: &[&str] = &[
    "deck",
    "topic",
    "questions",
    "seen",
    "due",
    "answers",
    "accuracy",
    "retention",
    "retention_corrected",
    "mean_retrievability",
    "expected_score",
    "score_day",
];

#[derive(Clone, Debug, Default)]
struct Topic {
    tally: Tally,
    /// The cards of each question: whether they were answered, and their expectation.
    questions: BTreeMap<Uuid, Vec<(bool, Option<Expectation>)>>,
    score_day: Option<StudyDay>,
    due: usize,
    recall_sum: f64,
    recalled: usize,
}

/// Answers and cards by deck and topic.
#[derive(Clone, Debug, Default)]
pub struct Topics {
    topics: BTreeMap<String, BTreeMap<String, Topic>>,
}

impl Topics {
    /// Counts an answer.
    pub fn add(&mut self, fact: &Fact<'_>) {
        self.topic(fact.deck, fact.topic).tally.add(fact);
    }

    /// Counts a card in its current state.
    pub fn add_card(&mut self, card: &CardSnapshot, today: StudyDay) {
        let topic = self.topic(&card.deck, card.topic.as_deref());
        if card.asked {
            let seen = card.memory.memory.is_some();
            topic.questions.entry(card.question).or_default().push((seen, card.expected));
            topic.score_day = Some(card.score_day);
        }
        if let Some(recall) = card.retrievability {
            topic.recall_sum += recall;
            topic.recalled += 1;
        }
        topic.due += usize::from(is_due(&card.memory, today));
    }

    /// The rows, by deck and topic. Questions without a topic come first, with an empty one.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell>> + '_ {
        self.topics.iter().flat_map(|(deck, topics)| topics.iter().map(move |(name, topic)| row(deck, name, topic)))
    }

    fn topic(&mut self, deck: &str, name: Option<&str>) -> &mut Topic {
        self.topics.entry(deck.to_owned()).or_default().entry(name.unwrap_or_default().to_owned()).or_default()
    }
}

/// Whether a card is due for review today.
pub(super) fn is_due(memory: &CardMemory, today: StudyDay) -> bool {
    if memory.suspended || memory.buried_until.is_some_and(|until| until > today) {
        return false;
    }
    match (memory.state, memory.due) {
        (CardState::Review, Some(Due::Day(day))) => day <= today,
        _ => false,
    }
}

fn row(deck: &str, name: &str, topic: &Topic) -> Vec<Cell> {
    let mean = |sum: f64, count: usize| (count > 0).then(|| sum / count as f64);
    let seen = topic.questions.values().filter(|cards| cards.iter().any(|(seen, _)| *seen)).count();
    let expected: Vec<Vec<Expectation>> =
        topic.questions.values().map(|cards| cards.iter().filter_map(|(_, expected)| *expected).collect()).collect();
    vec![
        Cell::Text(deck.into()),
        Cell::text((!name.is_empty()).then_some(name)),
        Cell::count(topic.questions.len()),
        Cell::count(seen),
        Cell::count(topic.due),
        Cell::count(topic.tally.answers),
        Cell::share(topic.tally.accuracy()),
        Cell::share(topic.tally.retention()),
        Cell::share(topic.tally.retention_corrected()),
        Cell::share(mean(topic.recall_sum, topic.recalled)),
        Cell::share(mean_score(&expected)),
        Cell::text(topic.score_day.map(|day| day.to_string())),
    ]
}
