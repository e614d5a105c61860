//! A typed answer held against the accepted ones, and what differs, letter by letter.

mod align;
mod clean;

use align::{Alignment, align};
use clean::{clean, pattern, units, without_accents};

/// How a typed answer compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Whether it is an accepted answer.
    pub right: bool,
    /// Whether it would be one if accents did not count. It is wrong all the same.
    pub accents_only: bool,
    /// Which accepted answer is the nearest, from 0; none where there is none.
    pub nearest: Option<usize>,
    /// How many letters have to be changed, added or left out to get there.
    pub distance: usize,
    /// What was typed, in pieces.
    pub typed: Vec<Span>,
    /// The nearest accepted answer, in pieces. A wildcard is a star.
    pub accepted: Vec<Span>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What stands there.
    pub text: String,
    /// How it compares to the other line.
    pub difference: Difference,
}

/// How a piece of one line compares to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difference {
    /// It is the same, but for case.
    Same,
    /// The other line has something else there.
    Wrong,
    /// Only the typed line has it.
    Extra,
    /// Only the accepted line has it.
    Missing,
}

/// Compares what was typed with the accepted answers.
///
/// What does not count: case (`ß` is `ss`, a dotless `ı` is an `i`), the Unicode form (NFKC), how much white space there is, and the
/// shapes of quotes and dashes. `*` in an accepted answer stands for anything, `\*` is a star. The lines of the result are the texts
/// in NFKC with single spaces.
pub fn compare(typed: &str, accepted: &[&str]) -> Typed {
    let typed = units(&clean(typed));
    let patterns: Vec<_> = accepted.iter().map(|accepted| pattern(accepted)).collect();
    let aligned = patterns.iter().enumerate().map(|(number, pattern)| (number, align(&typed, pattern)));
    // Of two that are equally far, the one of the same length is likelier meant.
    let far =
        |(number, aligned): &(usize, Alignment)| (aligned.distance, patterns[*number].len().abs_diff(typed.len()));
    let Some((mut nearest, mut best)) = aligned.min_by_key(far) else {
        let alignment = align(&typed, &[]);
        return Typed { right: false, accents_only: false, nearest: None, ..said(alignment) };
    };
    let right = best.distance == 0;
    let mut accents_only = false;
    if !right {
        let bare = without_accents(&typed);
        let only = |pattern: &Vec<clean::Unit>| align(&bare, &without_accents(pattern)).distance == 0;
        if let Some(number) = patterns.iter().position(only) {
            (nearest, best, accents_only) = (number, align(&typed, &patterns[number]), true);
        }
    }
    Typed { right, accents_only, nearest: Some(nearest), ..said(best) }
}

fn said(alignment: Alignment) -> Typed {
    let Alignment { distance, typed, accepted } = alignment;
    Typed { right: false, accents_only: false, nearest: None, distance, typed: spans(typed), accepted: spans(accepted) }
}

/// Neighbours of one kind are one piece.
fn spans(letters: Vec<Span>) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for letter in letters {
        match spans.last_mut() {
            Some(last) if last.difference == letter.difference => last.text.push_str(&letter.text),
            _ => spans.push(letter),
        }
    }
    spans
}

#[cfg(test)]
mod tests;
