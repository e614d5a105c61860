//! The kind of lines by their neighbours: lines that continue, lists within a stem, notes below an option.

mod notes;
mod remarks;
mod statements;
mod wrap;

use super::convention::Convention;
use super::line::BankLine;
use crate::bank::Decision;

/// Reclassifies lines, now that their neighbours are known. Returns the decisions.
pub(in crate::bank) fn settle(lines: &mut [BankLine<'_>], convention: Convention) -> Vec<Decision> {
    [statements::find(lines, convention), remarks::find(lines), notes::find(lines), wrap::find(lines)]
        .into_iter()
        .flatten()
        .collect()
}

/// The decision that concerns these lines; `None` if there are none.
fn evidence(subject: &'static str, decision: &str, reason: &str, found: &[usize]) -> Option<Decision> {
    found.first()?;
    let count = match found.len() {
        1 => "1 line".to_owned(),
        count => format!("{count} lines"),
    };
    Some(Decision::new(subject, decision).because(format!("{count} {reason}"), found.iter().copied()))
}
