//! The form of the answer to a question, and setting out a question for a showing.

use std::borrow::Cow;

use uuid::Uuid;

use super::{Arranged, arrange, order_of};
use crate::chance::Chance;
use crate::model::cloze::Cloze;
use crate::model::{Choice, Kind, Question, letter};

/// The form of the answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// One choice, or all that apply if `several`.
    Pick {
        /// Whether several may be right.
        several: bool,
    },
    /// The choices in their right order.
    Order,
    /// One of these halves for each choice.
    Pair {
        /// The other halves, in the order of this showing.
        halves: Vec<Half>,
    },
    /// A typed text, or a number if `number`.
    Type {
        /// Whether a number is asked for.
        number: bool,
        /// The answers in the bank: accepted ones, and wrong ones with feedback.
        known: Vec<KnownAnswer>,
    },
    /// Nothing: the answer is revealed, and the person says whether they knew it.
    Reveal {
        /// The texts of the answer.
        answer: Vec<String>,
    },
}

impl Form {
    /// Whether the person grades the answer, not the program.
    pub fn is_reveal(&self) -> bool {
        matches!(self, Form::Reveal { .. })
    }
}

/// The other half of a pair, as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Half {
    /// Its number in this showing: `1`, `2` …
    pub label: String,
    /// The number of the first choice to which it belongs.
    pub number: u8,
    /// The text of the half.
    pub text: String,
}

/// A typed answer that the bank knows.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownAnswer {
    /// The text of the answer; `*` matches anything.
    pub text: String,
    /// Whether it earns the full mark.
    pub right: bool,
    /// How far off a number may be.
    pub tolerance: f64,
    /// The feedback for a person who typed it.
    pub feedback: Option<String>,
}

/// A choice as shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownChoice {
    /// The letter in this showing.
    pub label: String,
    /// The letter in the bank, to which explanations may refer.
    pub bank_letter: String,
    /// Its number within the question.
    pub number: u8,
    /// Its place in the bank, from 0.
    pub position: u8,
    /// Its text, in which letters are those of this showing.
    pub text: String,
    /// Whether picking it is right.
    pub correct: bool,
    /// Its half, if pairs are asked for.
    pub pair: Option<String>,
    /// The feedback for a person who picked it.
    pub feedback: Option<String>,
}

/// An answer as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenAnswer {
    /// The indices of the picked choices, in the order picked.
    Picked(Vec<usize>),
    /// The indices of a choice and of its half.
    Paired(Vec<(usize, usize)>),
    /// The typed text.
    Typed(String),
    /// Nothing: the person wants to see the answer and grades it afterwards.
    Revealed,
    /// Nothing: the question was open at the end of a mock exam.
    LeftOpen,
}

/// A question, set out for one showing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SetOut {
    pub(super) stem: String,
    pub(super) choices: Vec<ShownChoice>,
    pub(super) form: Form,
}

/// Sets out a question for the card that asks this `place`. The order is derived from the card and `order_seed`.
pub(super) fn set_out(question: &Question, place: u32, card: Uuid, order_seed: u32, seed: u64) -> SetOut {
    let stem = question.stem.clone();
    let shuffled = |choices: &[Choice]| {
        let order = order_of(choices, card, order_seed, seed).into_iter();
        shown(order.map(|choice| Arranged { choice, text: Cow::Borrowed(&choice.text) }))
    };
    match question.kind {
        Kind::Single | Kind::TrueFalse | Kind::Multiple => SetOut {
            stem,
            choices: shown(arrange(&question.choices, &question.stem, card, order_seed, seed).choices.into_iter()),
            form: Form::Pick { several: question.kind == Kind::Multiple },
        },
        Kind::Order => SetOut { stem, choices: shuffled(&question.choices), form: Form::Order },
        Kind::Match => {
            let asked: Vec<Choice> =
                question.choices.iter().filter(|choice| !choice.text.is_empty()).cloned().collect();
            let mut chance = Chance::derived("order of halves", card, order_seed, seed);
            SetOut { stem, choices: shuffled(&asked), form: Form::Pair { halves: halves(question, &mut chance) } }
        }
        Kind::Short | Kind::Numeric => {
            let known = question.choices.iter().map(|choice| KnownAnswer {
                text: choice.text.clone(),
                right: choice.correct && choice.weight.is_none_or(|weight| weight >= 1.0),
                tolerance: choice.tolerance.unwrap_or(0.0),
                feedback: choice.feedback.clone(),
            });
            let form = Form::Type { number: question.kind == Kind::Numeric, known: known.collect() };
            SetOut { stem, choices: Vec::new(), form }
        }
        Kind::Cloze => {
            let cloze = Cloze::parse(&stem);
            let form = Form::Reveal { answer: cloze.answers(place) };
            SetOut { stem: cloze.front(place), choices: Vec::new(), form }
        }
        Kind::Card | Kind::Open => {
            let answer = question.choices.iter().map(|choice| choice.text.clone()).collect();
            SetOut { stem, choices: Vec::new(), form: Form::Reveal { answer } }
        }
    }
}

fn shown<'a>(order: impl Iterator<Item = Arranged<'a>>) -> Vec<ShownChoice> {
    let choice = |(place, Arranged { choice, text }): (usize, Arranged<'a>)| ShownChoice {
        label: letter(place),
        bank_letter: letter(usize::from(choice.position)),
        number: choice.number,
        position: choice.position,
        text: text.into_owned(),
        correct: choice.correct,
        pair: choice.pair.clone(),
        feedback: choice.feedback.clone(),
    };
    order.enumerate().map(choice).collect()
}

/// The other halves, each once, shuffled.
fn halves(question: &Question, chance: &mut Chance) -> Vec<Half> {
    let mut halves: Vec<Half> = Vec::new();
    for choice in &question.choices {
        let Some(text) = choice.pair.as_ref().filter(|text| !text.is_empty()) else { continue };
        if !halves.iter().any(|half| half.text == *text) {
            halves.push(Half { label: String::new(), number: choice.number, text: text.clone() });
        }
    }
    chance.shuffle(&mut halves);
    for (place, half) in halves.iter_mut().enumerate() {
        half.label = (place + 1).to_string();
    }
    halves
}
