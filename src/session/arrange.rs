//! The choices of a question as they are shown: their order, and texts that name each other by the letters of this showing.

use std::borrow::Cow;

use uuid::Uuid;

use super::order::order_within;
use super::rewrite::rewrite;
use crate::model::Choice;
use crate::model::phrase::{
    Mention, NamedOption, Phrase, bare_letter, capitals, is_value, mention, phrase, stem_has, stem_names_options,
};

/// The choices of a showing.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrangement<'a> {
    /// In the order of the showing.
    pub choices: Vec<Arranged<'a>>,
    /// Why they are in the bank's order, where the question does not allow another.
    pub kept: Option<Kept>,
}

/// A choice of a showing.
#[derive(Clone, Debug, PartialEq)]
pub struct Arranged<'a> {
    /// The choice as the bank has it.
    pub choice: &'a Choice,
    /// What it says now: the letters that it names are those of this showing.
    pub text: Cow<'a, str>,
}

/// Why a question is shown in the bank's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kept {
    /// The stem names choices by letter or number, or has things of its own under the letters that a choice names.
    Stem,
    /// A choice names others in a way in which nothing can be put in for the names.
    Choice,
    /// Each choice is nothing but its own letter, which a picture or the stem explains.
    OwnLetters,
}

/// What a choice says of others, seen within its question.
#[derive(Clone, Debug, PartialEq)]
enum Reading {
    /// Nothing.
    Content,
    /// Something of those above; of how many, where it says so.
    Above(Option<usize>),
    /// Something of those below.
    Below,
    /// Something of all others.
    Others,
    /// It names them.
    Places(Vec<NamedOption>),
    /// It names them in words of its own.
    Loose,
}

/// The choices in the order of a showing, which follows from the card and `order_seed`; `seed` is the person's `RETAIN_SEED`, 0 without
/// one.
///
/// Choices are shuffled, and pinned ones stay in their place. What a choice says of others remains true: letters are rewritten,
/// "all of the above" stays below those it speaks of, and where neither can be done the bank's order is kept.
pub fn arrange<'a>(choices: &'a [Choice], stem: &str, card: Uuid, order_seed: u32, seed: u64) -> Arrangement<'a> {
    let readings: Vec<Reading> = choices.iter().map(|choice| read(choice, choices.len())).collect();
    match settle(choices, stem, readings) {
        Err(kept) => Arrangement {
            choices: choices.iter().map(|choice| Arranged { choice, text: Cow::Borrowed(&choice.text) }).collect(),
            kept: Some(kept),
        },
        Ok(readings) => {
            let bound = |place: usize| matches!(readings[place], Reading::Above(_) | Reading::Below);
            let order = order_within(choices, bound, card, order_seed, seed);
            let shown = |position: usize| order.iter().position(|choice| usize::from(choice.position) == position);
            let arranged = |choice: &&'a Choice| {
                let reading = choices.iter().position(|other| other.number == choice.number).map(|at| &readings[at]);
                let text = match reading {
                    Some(Reading::Places(named)) => rewrite(&choice.text, named, shown),
                    _ => Cow::Borrowed(choice.text.as_str()),
                };
                Arranged { choice, text }
            };
            Arrangement { choices: order.iter().map(arranged).collect(), kept: None }
        }
    }
}

fn read(choice: &Choice, many: usize) -> Reading {
    match phrase(&choice.text) {
        Some(Phrase::Others) => Reading::Others,
        Some(Phrase::Above(many)) => Reading::Above(many),
        Some(Phrase::Below) => Reading::Below,
        Some(Phrase::Places(named)) => Reading::Places(named),
        None => match mention(&choice.text, many) {
            Mention::Nothing => Reading::Content,
            Mention::Above => Reading::Above(None),
            Mention::Places => Reading::Loose,
        },
    }
}

/// What the readings come to in view of the stem and of each other, or why the bank's order must be kept.
fn settle(choices: &[Choice], stem: &str, mut readings: Vec<Reading>) -> Result<Vec<Reading>, Kept> {
    if choices.len() > 1 && choices.iter().all(|choice| bare_letter(&choice.text) == Some(choice.position.into())) {
        return Err(Kept::OwnLetters);
    }
    let content: Vec<bool> = readings.iter().map(|reading| *reading == Reading::Content).collect();
    // Where every choice speaks of letters ("A only", "both A and B"), they are those of statements in the stem.
    let of_stem = !content.contains(&true);
    // "A", "B", "A and B": blood groups.
    let values = (0..choices.len()).any(|at| content[at] && is_value(&choices[at].text));
    let position = |place: usize| choices.iter().position(|choice| usize::from(choice.position) == place);
    for (choice, reading) in choices.iter().zip(&mut readings) {
        match reading {
            Reading::Places(named) => {
                let inside = named.iter().filter(|named| position(named.place).is_some()).count();
                let plain = named.iter().all(|named| position(named.place).is_some_and(|at| content[at]));
                let foreign = of_stem || values || inside == 0;
                if foreign || (stem_has(stem, named) && (!plain || named[0].number)) {
                    *reading = Reading::Content;
                } else if !plain {
                    return Err(Kept::Choice);
                } else if stem_has(stem, named) {
                    return Err(Kept::Stem);
                }
            }
            Reading::Loose if of_stem || values => *reading = Reading::Content,
            Reading::Loose => {
                // "A is larger than B", of two countries in the stem.
                let letters = capitals(&choice.text);
                if letters.is_empty() || !stem_has(stem, &letters) {
                    return Err(Kept::Choice);
                }
                *reading = Reading::Content;
            }
            _ => {}
        }
    }
    for (at, reading) in readings.iter().enumerate() {
        if let Reading::Above(Some(many)) = reading
            && content[..at].iter().filter(|content| **content).count() != *many
        {
            return Err(Kept::Choice);
        }
    }
    if !of_stem && stem_names_options(stem, choices.len()) { Err(Kept::Stem) } else { Ok(readings) }
}

#[cfg(test)]
mod tests;
