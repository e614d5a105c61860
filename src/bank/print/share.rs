//! Shares of the mark in the formats of Moodle, which know neither right nor wrong.

use super::loss::LossCounter;
use crate::bank::BankQuestion;
use crate::model::Kind;
use crate::model::phrase::keeps_place;

/// The share that an option earns: its own, or the one that follows from right and wrong. Several right options share
/// the mark, and a wrong one costs all of it, as Moodle's documentation advises. `right` is the number of right
/// options.
pub(in crate::bank) fn meant(kind: Kind, weight: Option<f64>, correct: bool, right: usize) -> f64 {
    match (weight, correct, kind) {
        (Some(weight), ..) => weight,
        (None, true, Kind::Multiple) => 1.0 / right.max(1) as f64,
        (None, false, Kind::Multiple) => -1.0,
        (None, correct, _) => f64::from(u8::from(correct)),
    }
}

/// The shares of all options of a question.
pub(super) fn shares(question: &BankQuestion) -> Vec<f64> {
    let right = question.correct().len();
    question.options.iter().map(|option| meant(question.kind, option.weight, option.correct, right)).collect()
}

/// How many options Moodle lets people pick.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// For one option: those that earn the full mark are right.
    One,
    /// For several: those that earn a part of the mark are right.
    Several,
}

/// How the question is asked, if its shares agree with its right options; `None` if they do not.
pub(super) fn asks(question: &BankQuestion, shares: &[f64]) -> Option<Asks> {
    let agree = |right: fn(f64) -> bool| {
        question.options.iter().zip(shares).all(|(option, share)| option.correct == right(*share))
    };
    let right = question.correct().len();
    match question.kind {
        Kind::Multiple if right > 0 && agree(|share| share > 0.0) => Some(Asks::Several),
        Kind::Multiple if right > 1 && agree(|share| share >= 1.0) => Some(Asks::One),
        Kind::Single | Kind::TrueFalse if right == 1 && agree(|share| share >= 1.0) => Some(Asks::One),
        _ => None,
    }
}

/// Whether the question is true or false in Moodle's own words and order.
pub(super) fn is_true_false(question: &BankQuestion) -> bool {
    let said = |place: usize| question.options.get(place).map(|option| option.text.as_str());
    question.kind == Kind::TrueFalse
        && question.options.len() == 2
        && (said(0), said(1)) == (Some("True"), Some("False"))
        && question.correct().len() == 1
}

/// Counts what Moodle's formats cannot express of a printed question.
pub(super) fn count_losses(question: &BankQuestion, all_pinned: bool, losses: &mut LossCounter) {
    let choices = question.kind.has_choices();
    let odd = |pinned: bool, text: &str| pinned != (choices && keeps_place(text));
    let pinned = question.options.iter().any(|option| odd(option.pinned, &option.text));
    losses.without(pinned && !all_pinned, "the places that options keep");
    let plain = question.kind == Kind::TrueFalse && !is_true_false(question);
    losses.without(plain, "being true or false: their words or their order differ, so they are choices of two");
    let unsaid = match question.kind {
        Kind::Match => question.options.iter().any(|option| option.feedback.is_some()),
        Kind::Open | Kind::Cloze => !question.options.is_empty(),
        _ => false,
    };
    losses.without(unsaid, "what is said of single answers");
}
