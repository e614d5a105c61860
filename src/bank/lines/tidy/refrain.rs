//! Refrains that come with every question but say nothing about it: `Difficulty: easy`, `Your answer: ____`, `Hide
//! Solution  Discussion 12`.
//!
//! A line is a refrain by how it repeats: below the options of nearly every question, in the same words, or as a word
//! and a colon that is neither an answer, an explanation nor a topic.

use std::collections::HashMap;

use super::super::key::{announces_options, named};
use super::super::label::{bullet, lettered, question_number};
use super::super::mark::boxed;
use super::sheet::Sheet;

/// Fewer questions show nothing.
const FEWEST: usize = 3;
/// Longer lines are text, in characters.
const LONGEST: usize = 80;
/// A line of more words may be an explanation.
const MOST_WORDS: usize = 6;
/// A longer word before a colon is a sentence, in characters.
const LONGEST_WORD: usize = 24;

#[derive(Debug, Default)]
struct Refrain {
    at: Vec<usize>,
    /// How many are below options.
    below: usize,
    /// How many may be an answer.
    answers: usize,
    /// How many are long enough to explain something.
    sentences: usize,
    /// Whether it is known by the word before its colon alone.
    worded: bool,
}

/// Removes refrains, and reports the first line of each.
pub(super) fn leave_out(sheet: &mut Sheet<'_>) {
    let mut refrains: HashMap<String, Refrain> = HashMap::new();
    let mut questions = 0;
    let mut options: Vec<String> = Vec::new();
    let mut below = false;
    for at in (0..sheet.lines.len()).filter(|at| sheet.is_text(*at)) {
        let text = sheet.lines[at].trim();
        if text.is_empty() {
            continue;
        }
        if let Some(found) = lettered(text) {
            if found.place == 0 {
                (questions, below) = (questions + 1, false);
                options.clear();
            }
            below |= found.place > 0;
            options.push(found.rest.to_owned());
        } else if question_number(text).is_some() {
            below = false;
        } else if let Some(shape) = shape(text) {
            let refrain = refrains.entry(shape).or_default();
            refrain.worded |= refrain.at.last().is_some_and(|last| sheet.lines[*last].trim() != text);
            refrain.at.push(at);
            refrain.below += usize::from(below);
            refrain.answers += usize::from(may_answer(text, &options));
            refrain.sentences += usize::from(text.split_whitespace().count() > MOST_WORDS);
        }
    }
    let regular = |refrain: &Refrain| {
        let count = refrain.at.len();
        count >= FEWEST
            && count * 10 >= questions * 8
            && count <= questions + questions / 10
            && refrain.below * 10 >= count * 9
            && refrain.answers * 2 < count
            // The same words everywhere explain nothing, however many they are.
            && (refrain.sentences * 2 < count || !refrain.worded)
    };
    let mut found: Vec<Refrain> = refrains.into_values().filter(regular).collect();
    found.sort_by_key(|refrain| refrain.at[0]);
    for refrain in found {
        let first = refrain.at[0];
        let text = sheet.lines[first].trim().to_owned();
        let count = refrain.at.len();
        let message =
            format!("`{text}` and similar lines are below {count} of {questions} questions; they are left out");
        sheet.warn(first, "refrain", &message, "");
        let reason = format!("it is below {count} of {questions} questions");
        sheet.explain("refrain", format!("`{text}` is left out"), reason, &refrain.at);
        refrain.at.into_iter().for_each(|at| sheet.leave_out(at));
    }
}

/// What all lines of a refrain share: the word before a colon, or all words with digits alike.
fn shape(text: &str) -> Option<String> {
    let other = bullet(text).is_some() || boxed(text).is_some() || named(text).is_some() || announces_options(text);
    let begins = text.chars().next().is_some_and(|char| char.is_alphabetic() && !char.is_lowercase());
    if other || !begins || text.chars().count() > LONGEST || text.ends_with(['?', '？', '؟']) {
        return None;
    }
    if let Some((word, _)) = text.split_once([':', '：']).filter(|(word, _)| is_word(word)) {
        return Some(format!("{}:", word.trim().to_lowercase()));
    }
    let words = text.split_whitespace().collect::<Vec<_>>();
    let mut shape = String::new();
    for char in words.join(" ").chars() {
        match char {
            '0'..='9' if shape.ends_with('#') => {}
            '0'..='9' => shape.push('#'),
            other => shape.push(other),
        }
    }
    (words.len() > 1).then_some(shape)
}

fn is_word(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= LONGEST_WORD && text.split_whitespace().count() < 4 && !text.contains(['.', '?', '`', '"'])
}

/// Whether a line may name the answer under a word that is unknown: a letter, or the text of an option.
fn may_answer(text: &str, options: &[String]) -> bool {
    let said = text.rsplit([':', '：']).next().unwrap_or(text).trim().trim_matches(['*', '_', '(', ')', '[', ']', '.']);
    let first = said.split(|char: char| !char.is_alphanumeric()).next().unwrap_or_default();
    let lettered = first.chars().count() == 1 && first.starts_with(char::is_alphabetic);
    lettered || options.iter().any(|option| option.trim().eq_ignore_ascii_case(said))
}

#[cfg(test)]
mod tests {
    use super::super::tidy;

    fn tidied(text: &str) -> (Vec<String>, usize) {
        let tidied = tidy(&text.lines().map(str::to_owned).collect::<Vec<_>>(), 0);
        (tidied.lines, tidied.problems.iter().filter(|problem| problem.code == "refrain").count())
    }

    fn three(below: [&str; 3]) -> String {
        let one = |(number, below): (usize, &str)| format!("{number}. What is {number}?\nA. red\nB. blue\n{below}\n");
        (1..).zip(below).map(one).collect()
    }

    #[test]
    fn what_stands_below_every_question_is_left_out() {
        for below in [
            ["Difficulty: easy", "Difficulty: hard", "Difficulty: easy"],
            ["Your answer: ____"; 3],
            ["Hide Solution  Discussion 12", "Hide Solution  Discussion 4", "Hide Solution  Discussion 20"],
        ] {
            let (lines, told) = tidied(&three(below));
            assert_eq!((lines.len(), told), (9, 1), "{below:?}");
        }
    }

    #[test]
    fn answers_and_what_continues_an_option_stay() {
        for below in [
            ["Vastaus: A", "Vastaus: B", "Vastaus: A"],
            ["Answer: A", "Answer: B", "Answer: A"],
            ["Jibu: blue", "Jibu: red", "Jibu: red"],
            ["and the sky"; 3],
            ["Why: so", "Why: thus", "Why: because"],
            [
                "Zaidi: it shines all day long here",
                "Zaidi: the sea takes all of it up",
                "Zaidi: nobody knows that any more yet",
            ],
        ] {
            assert_eq!(tidied(&three(below)), (three(below).lines().map(str::to_owned).collect(), 0), "{below:?}");
        }
    }
}
