//! What a question takes as its answer, and how it is set out for a showing.

use std::borrow::Cow;

use uuid::Uuid;

use super::{Arranged, arrange, order_of};
use crate::chance::Chance;
use crate::model::cloze::Cloze;
use crate::model::{Choice, Kind, Question, letter};

/// What a question takes as its answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// One choice, or where `several` is true all that apply.
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
    /// A typed text, or where `number` is true a number.
    Type {
        /// Whether a number is asked for.
        number: bool,
        /// What the bank knows of: accepted answers, and wrong ones that it has something to say to.
        known: Vec<Known>,
    },
    /// Nothing: the answer is shown, and the person says whether they knew it.
    Reveal {
        /// The answer.
        answer: Vec<String>,
    },
}

impl Form {
    /// Whether the person, not the program, says how the answer was.
    pub fn is_reveal(&self) -> bool {
        matches!(self, Form::Reveal { .. })
    }
}

/// The other half of a pair, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Half {
    /// Its number of this showing: `1`, `2` …
    pub label: String,
    /// The number of the first choice that it belongs to.
    pub number: u8,
    /// What it says.
    pub text: String,
}

/// A typed answer that the bank knows of.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The answer; `*` in a text stands for anything.
    pub text: String,
    /// Whether it earns the whole mark.
    pub right: bool,
    /// How far a number may be off.
    pub tolerance: f64,
    /// What to say to somebody who typed it.
    pub feedback: Option<String>,
}

/// A choice as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownChoice {
    /// The letter of this showing.
    pub label: String,
    /// The letter in the bank, which explanations may name.
    pub bank_letter: String,
    /// Its identity within the question.
    pub number: u8,
    /// Its place in the bank, from 0.
    pub position: u8,
    /// What it says.
    pub text: String,
    /// Whether picking it is right.
    pub correct: bool,
    /// The half that belongs to it, where pairs are asked for.
    pub pair: Option<String>,
    /// What to say to somebody who picked it.
    pub feedback: Option<String>,
}

/// An answer as it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// The choices in these places, from 0, in this order.
    Picked(Vec<usize>),
    /// The choice in the first place goes with the half in the second, from 0.
    Paired(Vec<(usize, usize)>),
    /// What was typed.
    Typed(String),
    /// Nothing: the person wants to see the answer, and says afterwards how it was.
    Revealed,
}

/// A question as it is set out for one showing.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SetOut {
    pub(super) stem: String,
    pub(super) choices: Vec<ShownChoice>,
    pub(super) form: Form,
}

/// Sets out a question for the card that asks for this `place`. The order is derived from the card and `order_seed`.
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
            let known = question.choices.iter().map(|choice| Known {
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
