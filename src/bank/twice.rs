//! Questions that stand twice in a bank: told, and left out the second time.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::identity::{Fingerprint, normalise};
use super::text::Read;
use super::{BankQuestion, Problem, Severity, Source};

/// Leaves out what stands above in the same words. Returns the fingerprints of what is left.
pub(super) fn leave_out(read: &mut Read, source: &Source<'_>) -> Vec<Fingerprint> {
    let mut seen: HashMap<u64, usize> = HashMap::with_capacity(read.questions.len());
    let mut prints: Vec<Fingerprint> = Vec::with_capacity(read.questions.len());
    let mut kept: Vec<BankQuestion> = Vec::with_capacity(read.questions.len());
    for question in std::mem::take(&mut read.questions) {
        let print = Fingerprint::of_bank(&question);
        match seen.entry(print.whole) {
            Entry::Vacant(free) => {
                free.insert(kept.len());
                prints.push(print);
                kept.push(question);
            }
            Entry::Occupied(above) => {
                read.problems.push(problem(&question, &kept[*above.get()], source));
                read.duplicates.push(question);
            }
        }
    }
    read.questions = kept;
    if !read.duplicates.is_empty() {
        read.problems.sort_by_key(|problem| (problem.line, problem.column));
    }
    prints
}

fn right(question: &BankQuestion) -> Vec<String> {
    let mut right: Vec<String> =
        question.options.iter().filter(|option| option.correct).map(|option| normalise(&option.text)).collect();
    right.sort_unstable();
    right
}

fn problem(question: &BankQuestion, above: &BankQuestion, source: &Source<'_>) -> Problem {
    let first = above.line;
    let (code, message, hint) = if right(question) == right(above) {
        ("duplicate", format!("the same question stands in line {first}; this one is left out"), None)
    } else {
        let message = format!("the same question stands in line {first} with another answer; this one is left out");
        ("conflicting-keys", message, Some("see which of the two answers is right".to_owned()))
    };
    let text = source.line(question.line);
    Problem {
        line: question.line,
        column: text.chars().take_while(|char| *char == ' ').count() + 1,
        width: text.trim().chars().count().clamp(1, 160),
        severity: Severity::Warning,
        code,
        message,
        hint,
        excerpt: text.chars().take(200).collect(),
    }
}
