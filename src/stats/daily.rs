//! The table `stats`: a row per study day and deck.

use std::collections::BTreeMap;

use super::{Cell, Fact, Tally};
use crate::model::StudyDay;

/// The columns of `stats`.
pub const DAILY: &[&str] = &[
    "date",
    "deck",
    "answers",
    "new",
    "reviews",
    "again",
    "hard",
    "good",
    "easy",
    "right",
    "guessed",
    "accuracy",
    "retention",
    "retention_corrected",
    "predicted",
    "minutes",
];

/// Answers by study day and deck.
#[derive(Clone, Debug, Default)]
pub struct Daily {
    days: BTreeMap<StudyDay, BTreeMap<String, Tally>>,
}

impl Daily {
    /// Counts an answer.
    pub fn add(&mut self, fact: &Fact<'_>) {
        if fact.undone {
            return;
        }
        let decks = self.days.entry(fact.review.day).or_default();
        match decks.get_mut(fact.deck) {
            Some(tally) => tally.add(fact),
            None => decks.entry(fact.deck.to_owned()).or_default().add(fact),
        }
    }

    /// The rows, by day and deck.
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell>> + '_ {
        self.days.iter().flat_map(|(day, decks)| decks.iter().map(move |(deck, tally)| row(*day, deck, tally)))
    }
}

fn row(day: StudyDay, deck: &str, tally: &Tally) -> Vec<Cell> {
    let [again, hard, good, easy] = tally.ratings.map(Cell::count);
    vec![
        Cell::Text(day.to_string()),
        Cell::Text(deck.into()),
        Cell::count(tally.answers),
        Cell::count(tally.new),
        Cell::count(tally.reviews()),
        again,
        hard,
        good,
        easy,
        Cell::count(tally.right),
        Cell::count(tally.guessed),
        Cell::share(tally.accuracy()),
        Cell::share(tally.retention()),
        Cell::share(tally.retention_corrected()),
        Cell::share(tally.predicted()),
        Cell::share(Some(tally.minutes())),
    ]
}
