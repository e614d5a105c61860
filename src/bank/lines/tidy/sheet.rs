//! The lines on which the steps of tidying work.

use crate::bank::{Decision, Problem, Severity};

/// The most lines that are searched for a neighbour.
const FARTHEST: usize = 64;

/// The places of the lines of each paragraph; blank lines are between them.
pub(in crate::bank) fn paragraphs<'t>(lines: impl Iterator<Item = (usize, &'t str)>) -> Vec<Vec<usize>> {
    let lines: Vec<(usize, &str)> = lines.collect();
    let parts = lines.split(|(_, line)| line.trim().is_empty()).filter(|part| !part.is_empty());
    parts.map(|part| part.iter().map(|(at, _)| *at).collect()).collect()
}

/// Lines, and which of them are removed.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    whole: &'a [String],
    skip: usize,
    /// The lines below the front matter, as far as they are content.
    pub(super) lines: Vec<String>,
    pub(super) code: Vec<bool>,
    /// Which of them are left out.
    pub(super) gone: Vec<bool>,
    pub(super) problems: Vec<Problem>,
    pub(super) evidence: Vec<Decision>,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(whole: &'a [String], skip: usize) -> Self {
        let lines: Vec<String> = whole.iter().skip(skip).cloned().collect();
        let (code, gone) = (vec![false; lines.len()], vec![false; lines.len()]);
        Self { whole, skip, lines, code, gone, problems: Vec::new(), evidence: Vec::new() }
    }

    /// The number of a line in the file, from 1.
    pub(super) fn number(&self, at: usize) -> usize {
        self.skip + at + 1
    }

    pub(super) fn leave_out(&mut self, at: usize) {
        self.gone[at] = true;
    }

    /// Whether a line is there and no code.
    pub(super) fn is_text(&self, at: usize) -> bool {
        !self.gone[at] && !self.code[at]
    }

    /// The nearest line above that is not blank.
    pub(super) fn above(&self, at: usize) -> Option<usize> {
        (0..at).rev().take(FARTHEST).find(|at| !self.gone[*at] && !self.lines[*at].trim().is_empty())
    }

    /// The nearest line below that is not blank.
    pub(super) fn below(&self, at: usize) -> Option<usize> {
        (at + 1..self.lines.len()).take(FARTHEST).find(|at| !self.gone[*at] && !self.lines[*at].trim().is_empty())
    }

    /// Reports something that rejects nothing.
    pub(super) fn warn(&mut self, at: usize, code: &'static str, message: &str, hint: &str) {
        let number = self.number(at);
        let text = self.whole.get(number - 1).map_or("", |line| line.trim());
        self.problems.push(Problem::of_line(number, text, Severity::Warning, code, message, hint));
    }

    /// Says why something was done.
    pub(super) fn explain(
        &mut self,
        subject: &'static str,
        outcome: impl Into<String>,
        reason: impl Into<String>,
        at: &[usize],
    ) {
        let lines: Vec<usize> = at.iter().map(|at| self.number(*at)).collect();
        self.evidence.push(Decision::new(subject, outcome).because(reason, lines));
    }

    /// The places of the lines of text that fit, trimmed.
    pub(super) fn find(&self, fits: impl Fn(&str) -> bool) -> Vec<usize> {
        (0..self.lines.len()).filter(|at| self.is_text(*at) && fits(self.lines[*at].trim())).collect()
    }
}
