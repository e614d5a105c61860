//! An unknown sign is a mark if it is on one option of nearly every question: ` ##`, `(T)`, `Most Voted`.

use std::collections::{HashMap, HashSet};

use super::evidence::{MarkTally, NamedPlaces, answer_of};
use super::sign::{Sign, unknown};
use crate::bank::lines::block::QuestionBlock;
use crate::bank::lines::list::Listed;

#[derive(Debug, Default)]
struct UnknownSignCount {
    /// The questions of which exactly one option has it, with the place of that option.
    one: Vec<(usize, usize)>,
    /// How many questions have it on several options.
    more: usize,
    /// Of `one`, how many agree with the answer that is named.
    agrees: usize,
    /// The texts of these options.
    texts: HashSet<String>,
}

/// The unknown sign that is a mark, if there is one: no known sign is, and no other unknown one occurs as regularly on
/// other options.
pub(super) fn find(
    tally: &MarkTally,
    questions: &[QuestionBlock],
    listed: &[Listed],
    resolve: &NamedPlaces<'_>,
) -> Option<Sign> {
    let (all, named) = (tally.questions(), tally.named());
    if all < 2 || (named == 0 && tally.marked * 2 >= all) || (named > 0 && named * 2 < all) {
        return None;
    }
    let seen = look(questions, listed, resolve);
    let marks = |sign: &Sign, seen: &UnknownSignCount| {
        let one = seen.one.len();
        let regular = one * 2 > all && seen.more * 10 <= all;
        let agrees = named == 0 || (one > 2 && seen.agrees * 4 >= one * 3);
        // A word may end an option of most questions for its own sake.
        let worded = is_word(sign);
        let sure = !worded || (one > 2 && one * 5 >= all * 4 && seen.texts.len() * 3 >= one * 2);
        regular && agrees && sure
    };
    let mut found: Vec<(&Sign, &UnknownSignCount)> = seen.iter().filter(|(sign, seen)| marks(sign, seen)).collect();
    // Of signs on the same options the longest is the most specific.
    found.sort_by_key(|(sign, seen)| (std::cmp::Reverse((seen.one.len(), sign.name().len())), (*sign).clone()));
    let (sign, best) = *found.first()?;
    let places: HashSet<(usize, usize)> = best.one.iter().copied().collect();
    let rival = found[1..].iter().any(|(_, other)| {
        let apart = other.one.iter().filter(|place| !places.contains(place)).count();
        apart * 5 > best.one.len()
    });
    (!rival).then(|| sign.clone())
}

/// Looks at both ends of all options.
fn look(questions: &[QuestionBlock], listed: &[Listed], resolve: &NamedPlaces<'_>) -> HashMap<Sign, UnknownSignCount> {
    let mut seen: HashMap<Sign, UnknownSignCount> = HashMap::new();
    for (at, (block, listed)) in questions.iter().zip(listed).enumerate() {
        let mut own: HashMap<Sign, Vec<(usize, &str)>> = HashMap::new();
        for (place, option) in block.options.iter().enumerate() {
            for (sign, text) in unknown(&option.text) {
                own.entry(sign).or_default().push((place, text));
            }
        }
        let answer = answer_of(block, listed, resolve);
        for (sign, places) in own {
            let seen = seen.entry(sign).or_default();
            match places[..] {
                [(place, text)] if block.options.len() > 1 => {
                    seen.one.push((at, place));
                    seen.texts.insert(text.to_owned());
                    seen.agrees += usize::from(answer.as_deref() == Some(&[place]));
                }
                _ => seen.more += 1,
            }
        }
    }
    seen
}

/// Whether a sign is a word that could be text.
fn is_word(sign: &Sign) -> bool {
    matches!(sign, Sign::Unknown(_, sign) if sign.chars().all(|char| char.is_alphanumeric() || char.is_whitespace()))
}
