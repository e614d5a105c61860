//! The tables `questions` and `choices`: a row per question, and a row per option.

use super::{ItemKey, ItemTally, Marks, note};
use crate::model::{KeyOrigin, Question, letter};
use crate::stats::{Cell, wilson};

/// The columns of `questions`.
pub const QUESTIONS: &[&str] = &[
    "question",
    "deck",
    "topic",
    "stem",
    "choices",
    "answers",
    "first_right",
    "right",
    "accuracy",
    "expected_accuracy",
    "guessed",
    "lapses",
    "median_seconds",
    "confusion",
    "note",
    "low_95",
    "high_95",
    "rapid",
    "rapid_right",
];

/// The columns of `choices`.
pub const CHOICES: &[&str] = &["question", "deck", "choice", "text", "correct", "shown", "picked", "share"];

/// A question with the answers to it.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemRecord {
    /// The current question.
    pub question: Question,
    /// The name of its deck.
    pub deck: String,
    /// Its key.
    pub key: ItemKey,
    /// Whether one of its cards is a leech.
    pub leech: bool,
    /// Whether one of its cards was answered surely and wrongly on its last day.
    pub surely_wrong: bool,
    /// The counts of its answers.
    pub tally: ItemTally,
}

impl ItemRecord {
    /// A question without answers.
    pub fn new(question: Question, deck: String) -> Self {
        Self {
            key: ItemKey::from_question(&question),
            question,
            deck,
            leech: false,
            surely_wrong: false,
            tally: ItemTally::default(),
        }
    }

    fn marks(&self) -> Marks {
        Marks { draft: self.is_draft(), leech: self.leech, surely_wrong: self.surely_wrong }
    }

    fn is_draft(&self) -> bool {
        self.question.key == KeyOrigin::Missing
    }

    /// The letter of an option in the bank.
    fn letter(&self, number: u8) -> String {
        let place = self.question.choices.iter().find(|choice| choice.number == number).map(|choice| choice.position);
        letter(usize::from(place.unwrap_or(number)))
    }
}

/// The row of a question. Unknown figures are empty.
pub fn question_row(record: &ItemRecord) -> Vec<Cell> {
    let ItemRecord { question, key, tally, .. } = record;
    let item = &tally.item;
    let interval = wilson(item.right as usize, item.answers as usize);
    let confusion = item.confusion(key).map(|(number, _)| record.letter(number));
    vec![
        Cell::Text(question.uid.to_string()),
        Cell::Text(record.deck.clone()),
        Cell::text(question.topic.clone()),
        Cell::Text(question.stem.clone()),
        if key.options { Cell::count(question.choices.len()) } else { Cell::Empty },
        Cell::Int(tally.answers().into()),
        item.first_right.map_or(Cell::Empty, Cell::Bool),
        Cell::Int(item.right.into()),
        Cell::share(item.accuracy()),
        Cell::share(item.expected_accuracy()),
        Cell::Int(item.guessed.into()),
        Cell::Int(item.lapses.into()),
        Cell::exact(tally.median_seconds()),
        Cell::text(confusion),
        Cell::text(note(item, key, record.marks(), |number| record.letter(number))),
        Cell::share(interval.map(|(low, _)| low)),
        Cell::share(interval.map(|(_, high)| high)),
        Cell::Int(item.rapid.into()),
        Cell::Int(item.rapid_right.into()),
    ]
}

/// The rows of the options of a question in the bank's order. For a draft, `correct` is empty.
pub fn choice_rows(record: &ItemRecord) -> impl Iterator<Item = Vec<Cell>> {
    let ItemRecord { question, key, tally, .. } = record;
    question.choices.iter().filter(|_| key.options).map(|choice| {
        let (shown, picked) = tally.option(choice.number);
        vec![
            Cell::Text(question.uid.to_string()),
            Cell::Text(record.deck.clone()),
            Cell::Text(letter(usize::from(choice.position))),
            Cell::Text(choice.text.clone()),
            if record.is_draft() { Cell::Empty } else { Cell::Bool(choice.correct) },
            Cell::Int(shown.into()),
            Cell::Int(picked.into()),
            Cell::share((shown > 0).then(|| f64::from(picked) / f64::from(shown))),
        ]
    })
}
