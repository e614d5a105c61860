//! Questions that stand twice in a bank: told, and left out the second time.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::identity::{Fingerprint, normalise};
use super::text::Read;
use super::{BankQuestion, Problem, Severity, Source};

/// What makes two questions of a bank the same.
#[derive(PartialEq, Eq, Hash)]
enum Same {
    Words(u64),
    Id(String),
}

/// Leaves out what stands above in the same words. Returns the fingerprints of what is left.
pub(super) fn leave_out(read: &mut Read, source: &Source<'_>) -> Vec<Fingerprint> {
    let mut seen: HashMap<Same, usize> = HashMap::with_capacity(read.questions.len());
    let mut prints: Vec<Fingerprint> = Vec::with_capacity(read.questions.len());
    let mut kept: Vec<BankQuestion> = Vec::with_capacity(read.questions.len());
    // Where each of the kept questions stood.
    let mut places: Vec<usize> = Vec::new();
    for (place, question) in std::mem::take(&mut read.questions).into_iter().enumerate() {
        let print = Fingerprint::of_bank(&question);
        let same = match &question.id {
            Some(id) if read.by_id => Same::Id(id.clone()),
            _ => Same::Words(print.whole),
        };
        match seen.entry(same) {
            Entry::Vacant(free) => {
                free.insert(kept.len());
                places.extend((!read.members.is_empty()).then_some(place));
                prints.push(print);
                kept.push(question);
            }
            Entry::Occupied(above) => {
                let first = *above.get();
                let mut found = problem(&question, &kept[first], source);
                if let (Some(here), Some(above)) =
                    (member(read, place), places.get(first).and_then(|place| member(read, *place)))
                {
                    found.message = found.message.replacen(';', &format!(" of `{above}`;"), 1);
                    found.message.insert_str(0, &format!("`{here}`: "));
                }
                read.problems.push(found);
                read.duplicates.push(question);
            }
        }
    }
    read.questions = kept;
    let before = read.problems.len() - read.duplicates.len();
    read.problems.extend(repeated_ids(&read.questions, source));
    if read.problems.len() > before {
        read.problems.sort_by_key(|problem| (problem.line, problem.column));
    }
    prints
}

/// The file of an archive that the question in this place was read from.
fn member(read: &Read, place: usize) -> Option<&str> {
    let next = read.members.partition_point(|(first, _)| *first <= place);
    next.checked_sub(1).map(|at| read.members[at].1.as_str())
}

/// An id that two questions have tells neither.
fn repeated_ids(questions: &[BankQuestion], source: &Source<'_>) -> Vec<Problem> {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut problems = Vec::new();
    for question in questions {
        let Some(id) = question.id.as_deref() else { continue };
        if let Some(first) = seen.insert(id, question.line) {
            let message = format!("the question in line {first} has the id `{id}`, too");
            let hint = "both are found again by what they say alone".to_owned();
            problems.push(warning(question.line, "duplicate-id", message, Some(hint), source));
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

fn problem(question: &BankQuestion, above: &BankQuestion, source: &Source<'_>) -> Problem {
    let first = above.line;
    let (code, message, hint) = if right(question) == right(above) {
        ("duplicate", format!("the same question stands in line {first}; this one is left out"), None)
    } else {
        let message = format!("the same question stands in line {first}; this one, with another answer, is left out");
        ("conflicting-keys", message, Some("see which of the two answers is right".to_owned()))
    };
    warning(question.line, code, message, hint, source)
}

fn warning(line: usize, code: &'static str, message: String, hint: Option<String>, source: &Source<'_>) -> Problem {
    let text = source.line(line);
    Problem {
        line,
        column: text.chars().take_while(|char| *char == ' ').count() + 1,
        width: text.trim().chars().count().clamp(1, 160),
        severity: Severity::Warning,
        code,
        message,
        hint,
        excerpt: text.chars().take(200).collect(),
    }
}
