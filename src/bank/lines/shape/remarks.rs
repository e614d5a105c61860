//! Remarks of a file on each question below its answer: `Reference: page 3`, `Difficulty: easy`, a quotation. They are
//! part of the explanation, not the title of the next question.

use std::collections::HashMap;

use super::super::key::NamedLine;
use super::super::line::{BankLine, LineKind, below};
use super::evidence;
use crate::bank::Decision;

/// A longer word is a sentence, in characters.
const LONGEST_WORD: usize = 24;

/// Makes explanations of such lines.
pub(super) fn find(lines: &mut [BankLine<'_>]) -> Option<Decision> {
    let mut found = repeated(lines);
    found.extend(quoted(lines));
    let numbers: Vec<usize> = found.iter().map(|(at, _)| lines[*at].number).collect();
    for (at, skip) in found {
        let text = lines[at].text;
        lines[at].what = LineKind::Named(NamedLine::Explanation(text.get(skip..).unwrap_or(text).trim()));
    }
    evidence("remarks", "lines below answers go with the explanation", "say something of the question above", &numbers)
}

/// Lines with a word and a value, below the answers of most questions.
fn repeated(lines: &[BankLine<'_>]) -> Vec<(usize, usize)> {
    let mut words: HashMap<String, Vec<usize>> = HashMap::new();
    let (mut below, mut questions) = (false, 0_usize);
    for (at, line) in lines.iter().enumerate() {
        match &line.what {
            LineKind::Named(NamedLine::Answer(_)) => (below, questions) = (true, questions + 1),
            LineKind::Named(NamedLine::Explanation(_)) | LineKind::Note(_) | LineKind::Aside => {}
            LineKind::Text(text) if below => {
                if let Some(word) = word(text).filter(|_| !asks(lines, at)) {
                    words.entry(word).or_default().push(at);
                }
            }
            _ => below = false,
        }
    }
    let often = |found: &Vec<usize>| found.len() > 1 && found.len() * 2 >= questions;
    let mut found: Vec<usize> = words.into_values().filter(often).flatten().collect();
    found.sort_unstable();
    found.into_iter().map(|at| (at, 0)).collect()
}

/// The word that begins a line, before a colon or a dash.
fn word(text: &str) -> Option<String> {
    let (word, said) = [":", "：", " - ", " – "].iter().find_map(|sign| text.split_once(sign))?;
    let bare = word.trim_matches(['*', '_', ' ']);
    let fits = bare.chars().count() <= LONGEST_WORD && bare.split_whitespace().count() < 4;
    let plain = bare.chars().all(|char| char.is_alphabetic() || char == ' ') && bare.starts_with(char::is_alphabetic);
    (fits && plain && !said.trim().is_empty() && !text.ends_with(['?', '？'])).then(|| bare.to_lowercase())
}

/// Whether options are right below, so that the line is a question.
fn asks(lines: &[BankLine<'_>], at: usize) -> bool {
    below(lines, at).is_some_and(|line| matches!(line.what, LineKind::Option(_)))
}

/// Quotations below the options, above the next question.
fn quoted(lines: &[BankLine<'_>]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut below = false;
    for (at, line) in lines.iter().enumerate() {
        match &line.what {
            LineKind::Option(_)
            | LineKind::Named(NamedLine::Answer(_) | NamedLine::Explanation(_))
            | LineKind::Note(_) => below = true,
            LineKind::Blank => {}
            LineKind::Text(text) if below && text.starts_with("> ") && ends(lines, at) => found.push((at, 2)),
            _ => below = false,
        }
    }
    found
}

/// Whether nothing but quotations is between a line and the next question.
fn ends(lines: &[BankLine<'_>], at: usize) -> bool {
    let quotes = |line: &&BankLine<'_>| !matches!(line.what, LineKind::Blank) && !line.text.starts_with('>');
    let next = lines[at + 1..].iter().find(quotes);
    next.is_none_or(|line| matches!(line.what, LineKind::Numbered(..) | LineKind::Heading(_) | LineKind::Rule))
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    #[test]
    fn what_is_said_of_each_question_is_no_title() {
        let one = |number: usize| {
            format!("{number}. What?\nA. a\nB. b\nAnswer: A\nExplanation: so\nSource: an atlas\nLevel - low\n\n")
        };
        let bank =
            read((one(1) + &one(2)).replace("2. What", "2. Who").as_bytes(), &ReadOptions::default()).expect("a bank");
        let second = &bank.questions[1];
        assert_eq!((second.topic.as_deref(), bank.problems.len()), (None, 0));
        assert_eq!(second.explanation.as_deref(), Some("so\nSource: an atlas\nLevel - low"));
    }

    #[test]
    fn a_quotation_below_the_options_explains() {
        let text = "1. What?\n- [x] a\n- [ ] b\n\n> It is so.\n> Always.\n\n2. Who?\n- [ ] a\n- [x] b\n";
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        assert_eq!(bank.questions[0].explanation.as_deref(), Some("It is so.\nAlways."));
        assert_eq!((bank.questions.len(), bank.problems.len()), (2, 0));
    }
}
