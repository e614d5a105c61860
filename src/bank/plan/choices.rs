//! The choices that the options of a bank continue.

use super::likeness::alike;
use crate::bank::BankQuestion;
use crate::bank::identity::normalise;
use crate::model::Choice;

/// The choice that each option continues: the one with the same text, else the most similar, else the one in its place.
pub(super) fn carry_on(question: &BankQuestion, choices: &[Choice]) -> Vec<Option<u8>> {
    let mut found: Vec<Option<usize>> = vec![None; question.options.len()];
    let mut taken = vec![false; choices.len()];
    let ours: Vec<String> = question.options.iter().map(|option| normalise(&option.text)).collect();
    let theirs: Vec<String> = choices.iter().map(|choice| normalise(&choice.text)).collect();
    let mut assign = |found: &mut Vec<Option<usize>>, place: usize, at: usize| {
        if found[place].is_none() && !taken[at] {
            found[place] = Some(at);
            taken[at] = true;
        }
    };
    // The same letters first, so that "List" and "list" stay apart.
    for (place, option) in question.options.iter().enumerate() {
        if let Some(at) = choices.iter().position(|choice| choice.text == option.text) {
            assign(&mut found, place, at);
        }
    }
    for (place, our) in ours.iter().enumerate() {
        for at in (0..theirs.len()).filter(|at| *our == theirs[*at]) {
            assign(&mut found, place, at);
        }
    }
    let mut scored: Vec<(f64, usize, usize)> = Vec::new();
    for place in (0..ours.len()).filter(|place| found[*place].is_none()) {
        for (at, their) in theirs.iter().enumerate() {
            scored.push((alike(&ours[place], their), place, at));
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, place, at) in scored.into_iter().filter(|(score, ..)| *score >= 0.5) {
        assign(&mut found, place, at);
    }
    let both = ours.len().min(theirs.len());
    (0..both).for_each(|place| assign(&mut found, place, place));
    found.into_iter().map(|at| at.map(|at| choices[at].number)).collect()
}
