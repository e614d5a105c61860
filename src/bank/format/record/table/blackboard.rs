//! Blackboard's tab-delimited questions.

use super::cells::TableRow;
use super::layout::HEAD;
use crate::bank::format::record::{Record, RecordOption};
use crate::bank::word_set::WordSet;

static KINDS: WordSet = WordSet::new("MC MA TF ESS ORD MAT FIB FIL NUM SR OP JUMBLED_SENTENCE QUIZ_BOWL FIB_PLUS");

/// Whether each row begins with a kind: `MC`, the question, then each option with `correct` or `incorrect`.
pub(super) fn blackboard(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(HEAD).peekable();
    lines.peek().is_some() && lines.all(|line| line.split_once('\t').is_some_and(|(kind, _)| KINDS.contains(kind)))
}

pub(super) fn blackboard_record((line, row): &TableRow) -> Option<Record> {
    let (kind, rest) = row.split_first()?;
    let (stem, cells) = rest.split_first()?;
    let mut record = Record { line: *line, stem: stem.clone(), ..Record::default() };
    match kind.as_str() {
        "MC" | "MA" => {
            let (pairs, _) = cells.as_chunks::<2>();
            let right = |word: &str| word.eq_ignore_ascii_case("correct");
            record.options = pairs.iter().map(|[text, word]| RecordOption::new(text, right(word))).collect();
        }
        "TF" => {
            let truth = cells.first().is_some_and(|word| word.eq_ignore_ascii_case("true"));
            record.options = vec![RecordOption::new("True", truth), RecordOption::new("False", !truth)];
        }
        _ => {}
    }
    Some(record)
}
