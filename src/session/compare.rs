//! Comparing a typed answer with the accepted ones, letter by letter.

mod align;
mod clean;

use align::{Alignment, align};
use clean::{clean, pattern, units, without_accents};

/// A typed answer, compared with the accepted ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// Whether it is an accepted answer.
    pub right: bool,
    /// Whether only accents make it wrong.
    pub accents_only: bool,
    /// The index of the nearest accepted answer; `None` if there are no accepted answers.
    pub nearest: Option<usize>,
    /// The number of letters to change, add or remove to get there.
    pub distance: usize,
    /// The typed text in pieces.
    pub typed: Vec<ComparedSpan>,
    /// The nearest accepted answer in pieces; a wildcard is a star.
    pub accepted: Vec<ComparedSpan>,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedSpan {
    /// The text of the piece.
    pub text: String,
    /// The difference from the other line.
    pub difference: Difference,
}

/// The difference of a piece from the other line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Difference {
    /// Equal, except for case.
    Same,
    /// The other line has another text there.
    Wrong,
    /// Only the typed line has it.
    Extra,
    /// Only the accepted line has it.
    Missing,
}

/// Compares a typed text with the accepted answers.
///
/// Ignored are case (`ß` is `ss`, a dotless `ı` is an `i`), the Unicode form (NFKC), the amount of white space, and the shapes of quotes
/// and dashes. `*` in an accepted answer matches anything, `\*` is a star. The lines of the result are the texts in NFKC with single
/// spaces.
pub fn compare(typed: &str, accepted: &[&str]) -> Typed {
    let typed = units(&clean(typed));
    let patterns: Vec<_> = accepted.iter().map(|accepted| pattern(accepted)).collect();
    let aligned = patterns.iter().enumerate().map(|(number, pattern)| (number, align(&typed, pattern)));
    // Of two at the same distance, the one of similar length is more likely meant.
    let far =
        |(number, aligned): &(usize, Alignment)| (aligned.distance, patterns[*number].len().abs_diff(typed.len()));
    let Some((mut nearest, mut best)) = aligned.min_by_key(far) else {
        let alignment = align(&typed, &[]);
        return Typed { right: false, accents_only: false, nearest: None, ..compared(alignment) };
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
    Typed { right, accents_only, nearest: Some(nearest), ..compared(best) }
}

fn compared(alignment: Alignment) -> Typed {
    let Alignment { distance, typed, accepted } = alignment;
    Typed { right: false, accents_only: false, nearest: None, distance, typed: spans(typed), accepted: spans(accepted) }
}

/// Joins neighbours with the same difference.
fn spans(letters: Vec<ComparedSpan>) -> Vec<ComparedSpan> {
    let mut spans: Vec<ComparedSpan> = Vec::new();
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
