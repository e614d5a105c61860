//! Duplicate questions of a bank, which are reported and left out the second time.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::collect::Collected;
use super::identity::{self, Fingerprint, normalise};
use super::{BankQuestion, Problem, Severity, Source};

/// What makes two questions of a bank the same.
#[derive(PartialEq, Eq, Hash)]
enum Same<'a> {
    /// What it says, and the deck that it names.
    Words(u64, Option<&'a str>),
    Id(&'a str),
}

/// Leaves out duplicates. Returns the fingerprints of the remaining questions.
pub(super) fn leave_out(read: &mut Collected, source: &Source<'_>) -> Vec<Fingerprint> {
    let mut prints = identity::of_each(&read.questions, Fingerprint::of_bank);
    let doubles = doubles(read, &prints);
    let mut problems: Vec<Problem> =
        doubles.iter().map(|(place, first)| double(read, *place, *first, source)).collect();
    if !doubles.is_empty() {
        let mut left_out = doubles.iter().map(|(place, _)| *place).peekable();
        let mut is_double = (0..).map(move |place: usize| left_out.next_if_eq(&place).is_some());
        let all = std::mem::take(&mut read.questions).into_iter().zip(prints);
        let (twice, once): (Vec<_>, Vec<_>) = all.partition(|_| is_double.next().unwrap_or(false));
        read.duplicates.extend(twice.into_iter().map(|(question, _)| question));
        (read.questions, prints) = once.into_iter().unzip();
    }
    problems.extend(repeated_ids(&read.questions, source));
    if !problems.is_empty() {
        read.problems.extend(problems);
        read.problems.sort_by_key(|problem| (problem.line, problem.column));
    }
    prints
}

/// The places of questions that are above already, each with the place above, in order.
fn doubles(read: &Collected, prints: &[Fingerprint]) -> Vec<(usize, usize)> {
    let mut seen: HashMap<Same<'_>, usize> = HashMap::with_capacity(prints.len());
    let mut doubles = Vec::new();
    for (place, (question, print)) in read.questions.iter().zip(prints).enumerate() {
        let same = match &question.id {
            Some(id) if read.by_id => Same::Id(id),
            _ => Same::Words(print.whole, question.deck.as_deref()),
        };
        match seen.entry(same) {
            Entry::Vacant(free) => {
                free.insert(place);
            }
            Entry::Occupied(above) => doubles.push((place, *above.get())),
        }
    }
    doubles
}

/// The file of an archive that the question in this place was read from.
fn member(read: &Collected, place: usize) -> Option<&str> {
    let next = read.members.partition_point(|(first, _)| *first <= place);
    next.checked_sub(1).map(|at| read.members[at].1.as_str())
}

/// An id of two questions identifies neither.
fn repeated_ids(questions: &[BankQuestion], source: &Source<'_>) -> Vec<Problem> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut problems = Vec::new();
    for question in questions {
        let Some(id) = question.id.as_deref() else { continue };
        if let Some(first) = seen.insert(id, question.line) {
            let message = format!("the question in line {first} has the id `{id}`, too");
            let hint = "both are found again by what they say alone";
            problems.push(warning(question.line, "duplicate-id", message, hint, source));
        }
    }
    problems
}

fn right(question: &BankQuestion) -> Vec<String> {
    let mut right: Vec<String> =
        question.options.iter().filter(|option| option.correct).map(|option| normalise(&option.text)).collect();
    right.sort_unstable();
    right
}

fn double(read: &Collected, place: usize, first: usize, source: &Source<'_>) -> Problem {
    let (question, above) = (&read.questions[place], &read.questions[first]);
    let same = right(question) == right(above);
    let (here, there) = match (member(read, place), member(read, first)) {
        (Some(here), Some(there)) => (format!("`{here}`: "), format!(" of `{there}`")),
        _ => Default::default(),
    };
    let this = if same { "this one" } else { "this one, with another answer," };
    let message = format!("{here}the same question is in line {}{there}; {this} is left out", above.line);
    let (code, hint) =
        if same { ("duplicate", "") } else { ("conflicting-keys", "see which of the two answers is right") };
    warning(question.line, code, message, hint, source)
}

fn warning(line: usize, code: &'static str, message: String, hint: &str, source: &Source<'_>) -> Problem {
    Problem::of_text(line, source.line(line), Severity::Warning, code, message, hint)
}
