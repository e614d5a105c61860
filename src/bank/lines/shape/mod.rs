//! What lines are by what stands around them: lines that go on, lists within a stem, notes below an option.

mod notes;
mod remarks;
mod statements;
mod wrap;

use super::convention::Convention;
use super::line::Line;
use crate::bank::Evidence;

/// Says again what lines are, now that their neighbours are known. Gives back why.
pub(in crate::bank) fn settle(lines: &mut [Line<'_>], convention: Convention) -> Vec<Evidence> {
    [statements::find(lines, convention), remarks::find(lines), notes::find(lines), wrap::find(lines)]
        .into_iter()
        .flatten()
        .collect()
}

/// The evidence of a decision that concerns these lines; none where there are none.
fn evidence(subject: &'static str, decision: &str, ground: &str, found: &[usize]) -> Option<Evidence> {
    found.first()?;
    let count = match found.len() {
        1 => "1 line".to_owned(),
        count => format!("{count} lines"),
    };
    Some(Evidence::new(subject, decision).ground(format!("{count} {ground}"), found.iter().copied()))
}
