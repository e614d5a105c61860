//! The shown choices of a question: their order, and texts that refer to each other with the letters of this showing.

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
    /// The choices in the order of the showing.
    pub choices: Vec<Arranged<'a>>,
    /// Why the bank's order is kept, if the question allows no other.
    pub kept: Option<BankOrderReason>,
}

/// A choice of a showing.
#[derive(Clone, Debug, PartialEq)]
pub struct Arranged<'a> {
    /// The choice in the bank.
    pub choice: &'a Choice,
    /// Its text, in which letters are those of this showing.
    pub text: Cow<'a, str>,
}

/// The reason for showing a question in the bank's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BankOrderReason {
    /// The stem refers to choices by letter or number, or labels its own items with letters that a choice mentions.
    Stem,
    /// A choice refers to others in a way that cannot be rewritten.
    Choice,
    /// Each choice is only its own letter, which a picture or the stem explains.
    OwnLetters,
}

/// How a choice refers to others of its question.
#[derive(Clone, Debug, PartialEq)]
enum ChoiceReference {
    /// Not at all.
    Content,
    /// To those above, perhaps to a stated number of them.
    Above(Option<usize>),
    /// To those below.
    Below,
    /// To all others.
    Others,
    /// By letter or number.
    Places(Vec<NamedOption>),
    /// In free words.
    Loose,
}

/// The choices in the order of a showing, derived from the card and `order_seed`; `seed` is the person's `RETAIN_SEED`, or 0.
///
/// Choices are shuffled, but pinned ones keep their place. References to others stay true: letters are rewritten, and "all of the
/// above" stays below the choices it means. If neither is possible, the bank's order is kept.
pub fn arrange<'a>(choices: &'a [Choice], stem: &str, card: Uuid, order_seed: u32, seed: u64) -> Arrangement<'a> {
    let references: Vec<ChoiceReference> = choices.iter().map(|choice| reference(choice, choices.len())).collect();
    match resolve(choices, stem, references) {
        Err(kept) => Arrangement {
            choices: choices.iter().map(|choice| Arranged { choice, text: Cow::Borrowed(&choice.text) }).collect(),
            kept: Some(kept),
        },
        Ok(references) => {
            let bound = |place: usize| matches!(references[place], ChoiceReference::Above(_) | ChoiceReference::Below);
            let order = order_within(choices, bound, card, order_seed, seed);
            let shown = |position: usize| order.iter().position(|choice| usize::from(choice.position) == position);
            let arranged = |choice: &&'a Choice| {
                let place = choices.iter().position(|other| other.number == choice.number);
                let text = match place.map(|place| &references[place]) {
                    Some(ChoiceReference::Places(named)) => rewrite(&choice.text, named, shown),
                    _ => Cow::Borrowed(choice.text.as_str()),
                };
                Arranged { choice, text }
            };
            Arrangement { choices: order.iter().map(arranged).collect(), kept: None }
        }
    }
}

fn reference(choice: &Choice, many: usize) -> ChoiceReference {
    match phrase(&choice.text) {
        Some(Phrase::Others) => ChoiceReference::Others,
        Some(Phrase::Above(many)) => ChoiceReference::Above(many),
        Some(Phrase::Below) => ChoiceReference::Below,
        Some(Phrase::Places(named)) => ChoiceReference::Places(named),
        None => match mention(&choice.text, many) {
            Mention::Nothing => ChoiceReference::Content,
            Mention::Above => ChoiceReference::Above(None),
            Mention::Places => ChoiceReference::Loose,
        },
    }
}

/// The references in view of the stem and of each other, or why the bank's order must be kept.
fn resolve(
    choices: &[Choice],
    stem: &str,
    mut references: Vec<ChoiceReference>,
) -> Result<Vec<ChoiceReference>, BankOrderReason> {
    if choices.len() > 1 && choices.iter().all(|choice| bare_letter(&choice.text) == Some(choice.position.into())) {
        return Err(BankOrderReason::OwnLetters);
    }
    let content: Vec<bool> = references.iter().map(|reference| *reference == ChoiceReference::Content).collect();
    // If every choice mentions letters ("A only", "both A and B"), they label statements in the stem.
    let of_stem = !content.contains(&true);
    // "A", "B", "A and B" may be blood groups.
    let values = (0..choices.len()).any(|at| content[at] && is_value(&choices[at].text));
    let position = |place: usize| choices.iter().position(|choice| usize::from(choice.position) == place);
    for (choice, reference) in choices.iter().zip(&mut references) {
        match reference {
            ChoiceReference::Places(named) => {
                let inside = named.iter().filter(|named| position(named.place).is_some()).count();
                let plain = named.iter().all(|named| position(named.place).is_some_and(|at| content[at]));
                let foreign = of_stem || values || inside == 0;
                if foreign || (stem_has(stem, named) && (!plain || named[0].number)) {
                    *reference = ChoiceReference::Content;
                } else if !plain {
                    return Err(BankOrderReason::Choice);
                } else if stem_has(stem, named) {
                    return Err(BankOrderReason::Stem);
                }
            }
            ChoiceReference::Loose if of_stem || values => *reference = ChoiceReference::Content,
            ChoiceReference::Loose => {
                // "A is larger than B" about two countries in the stem.
                let letters = capitals(&choice.text);
                if letters.is_empty() || !stem_has(stem, &letters) {
                    return Err(BankOrderReason::Choice);
                }
                *reference = ChoiceReference::Content;
            }
            _ => {}
        }
    }
    for (at, reference) in references.iter().enumerate() {
        if let ChoiceReference::Above(Some(many)) = reference
            && content[..at].iter().filter(|content| **content).count() != *many
        {
            return Err(BankOrderReason::Choice);
        }
    }
    if !of_stem && stem_names_options(stem, choices.len()) { Err(BankOrderReason::Stem) } else { Ok(references) }
}

#[cfg(test)]
mod tests;
