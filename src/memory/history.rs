//! Histories of cards as in the open FSRS tools: a fit learns from them, and predictions are judged by them.
//!
//! A history begins at the first of the last learning answers, and after the card was forgotten on request. Answers before that are
//! left out, and so are cards whose log does not show how they were learned. Answers on the day of the one before are in the history
//! with 0 days elapsed. They are not predicted, because recall on the same day is 1 by definition. Anki and `fsrs-rs` make their items
//! in this way.

use std::collections::HashMap;

use super::Evidence;
use crate::model::{CardId, DeckId, LogEntry, Move, MoveKind, Review, ReviewKind, StudyDay};

/// An answer within a history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// What of it is evidence of knowledge.
    pub evidence: Evidence,
    /// Whole study days since the answer before; 0 for the first.
    pub elapsed_days: u32,
    /// Its place among all answers of the log, in the order of time.
    pub order: u32,
    /// Whether recall is predicted for it: a day or more after the answer before, and no mock exam.
    pub predicted: bool,
}

/// The answers to a card since it was last learned. The first trial is the learning, and the last is one that is predicted.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The deck that the card is in.
    pub deck: DeckId,
    /// The probability that the question was known before it was first asked.
    pub prior_knowledge: f64,
    /// Whether a right answer counts only to the degree that luck does not explain it.
    pub luck_aware: bool,
    /// The answers, in the order of time.
    pub trials: Vec<Trial>,
}

impl History {
    /// The answers whose recall is predicted.
    pub fn predicted(&self) -> impl Iterator<Item = &Trial> {
        self.trials.iter().filter(|trial| trial.predicted)
    }
}

/// How histories of the cards of a deck are made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HistoryRules {
    /// The deck that they are in.
    pub deck: DeckId,
    /// The probability that a question was known before it was first asked.
    pub prior_knowledge: f64,
    /// Whether a right answer counts only to the degree that luck does not explain it.
    pub luck_aware: bool,
    /// Histories that begin before this day are left out.
    pub ignore_before: Option<StudyDay>,
}

/// Collects histories from the log, entry by entry in the order of the log.
#[derive(Debug, Default)]
pub struct Histories {
    cards: HashMap<CardId, OpenHistory>,
    answers: u32,
}

/// A history that may still grow.
#[derive(Debug)]
struct OpenHistory {
    history: History,
    /// Whether the history has a beginning that counts.
    begun: bool,
    /// Whether the last answer was one in learning.
    learning: bool,
    last_day: StudyDay,
}

impl Histories {
    /// Adds an entry that was not taken back, of a card with these rules, in the order of the log.
    pub fn add(&mut self, rules: &HistoryRules, entry: &LogEntry) {
        match entry {
            LogEntry::Review(review) => {
                self.answer(rules, self.answers, review);
                self.answers += u32::from(!review.practice);
            }
            LogEntry::Move(change) => self.moved(change),
        }
    }

    /// Adds a change without an answer.
    pub fn moved(&mut self, change: &Move) {
        if change.kind == MoveKind::Forget
            && let Some(open) = self.cards.get_mut(&change.card)
        {
            open.history.trials.clear();
            (open.begun, open.learning) = (false, false);
        }
    }

    /// Adds the histories of other cards.
    pub fn merge(&mut self, others: Self) {
        self.cards.extend(others.cards);
    }

    /// Adds an answer whose place among the answers of the log is `order`. Practice is left out: the card was seen a moment ago, so it
    /// tells little about recall after days, and the schedule had no part in it.
    pub fn answer(&mut self, rules: &HistoryRules, order: u32, review: &Review) {
        if review.practice {
            return;
        }
        let open = self.cards.entry(review.card).or_insert_with(|| OpenHistory {
            history: History {
                deck: rules.deck,
                prior_knowledge: rules.prior_knowledge,
                luck_aware: rules.luck_aware,
                trials: Vec::new(),
            },
            begun: false,
            learning: false,
            last_day: review.day,
        });
        // A mock exam neither begins a history nor ends the learning.
        if review.kind != ReviewKind::Exam {
            let learning = matches!(review.kind, ReviewKind::New | ReviewKind::Learning);
            if learning && !open.learning {
                open.history.trials.clear();
                open.begun = rules.ignore_before.is_none_or(|day| review.day >= day);
            }
            open.learning = learning;
        }
        if !open.begun {
            return;
        }
        let elapsed_days = if open.history.trials.is_empty() { 0 } else { review.day.since(open.last_day) };
        open.last_day = review.day;
        open.history.trials.push(Trial {
            evidence: Evidence {
                right: review.right,
                rating: review.rating,
                confidence: review.confidence,
                guess: review.guess,
            },
            elapsed_days,
            order,
            predicted: elapsed_days > 0 && review.kind != ReviewKind::Exam,
        });
    }

    /// The history of each card (even if it has no answer to predict) and the day of its last answer, in the order of the cards.
    pub fn by_card(self) -> Vec<(CardId, History, StudyDay)> {
        let begun = self.cards.into_iter().filter(|(_, open)| !open.history.trials.is_empty());
        let mut cards: Vec<_> = begun.map(|(card, open)| (card, open.history, open.last_day)).collect();
        cards.sort_unstable_by_key(|(card, ..)| *card);
        cards
    }

    /// The histories with an answer to predict, in the order of the cards. Answers after the last of these are cut off.
    pub fn finish(self) -> Vec<History> {
        let mut cards: Vec<(CardId, History)> =
            self.cards.into_iter().map(|(card, open)| (card, open.history)).collect();
        cards.sort_unstable_by_key(|(card, _)| *card);
        cards
            .into_iter()
            .filter_map(|(_, mut history)| {
                let last = history.trials.iter().rposition(|trial| trial.predicted)?;
                history.trials.truncate(last + 1);
                history.trials.shrink_to_fit();
                Some(history)
            })
            .collect()
    }
}

/// The place in the log before which this share (0–1) of the predicted answers was given.
pub fn place_of_share(histories: &[History], share: f64) -> u32 {
    let mut orders: Vec<u32> = histories.iter().flat_map(History::predicted).map(|trial| trial.order).collect();
    let at = (orders.len() as f64 * share) as usize;
    if at >= orders.len() {
        return u32::MAX;
    }
    *orders.select_nth_unstable(at).1
}

#[cfg(test)]
#[path = "history/tests.rs"]
mod tests;
