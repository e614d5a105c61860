//! The lines of a file without anything that is not content: comments, line breaks, page numbers and headers, tables of
//! contents. Words that a line end cuts in two are joined. Omissions are reported, unless nobody would miss the text.

mod asked_below;
mod bare_letters;
mod breaks;
mod comment;
mod contents;
mod folded;
mod furniture;
mod hyphen;
mod keyed_below;
mod lettered;
mod option_table;
pub(in crate::bank) mod passage;
mod printed;
mod reading;
mod refrain;
mod respondus;
mod sheet;
mod tight;
mod topic_beside;
mod two_columns;
mod unlabelled;

use super::fence::{Fences, fences};
use crate::bank::collect::Collected;
use crate::bank::{Decision, Problem};
use passage::Passage;
use sheet::Sheet;
pub(in crate::bank) use sheet::paragraphs;

/// The lines that are left, each with its number in the file.
#[derive(Clone, Debug, Default)]
pub(in crate::bank) struct Tidy {
    pub(in crate::bank) lines: Vec<String>,
    /// From 1.
    pub(in crate::bank) numbers: Vec<usize>,
    /// Which of them are code, or fences around it.
    pub(in crate::bank) code: Vec<bool>,
    /// Whether options are again below questions, as their answers.
    pub(in crate::bank) keyed_below: bool,
    /// Texts with several questions.
    pub(in crate::bank) passages: Vec<Passage>,
    /// Reports of what was left out.
    pub(in crate::bank) problems: Vec<Problem>,
    /// Why it was left out.
    pub(in crate::bank) evidence: Vec<Decision>,
}

impl Tidy {
    /// Adds the reports to the problems of the result.
    pub(in crate::bank) fn report_to(&self, read: &mut Collected) {
        read.problems.extend(self.problems.iter().cloned());
        read.problems.sort_by_key(|problem| (problem.line, problem.column));
        read.evidence.extend(self.evidence.iter().cloned());
    }
}

/// Tidies lines; the first `skip` of them are front matter and are not among those that are left.
pub(in crate::bank) fn tidy(lines: &[String], skip: usize) -> Tidy {
    let mut sheet = Sheet::new(lines, skip);
    let Fences { code, dropped, unclosed } = fences(&sheet.lines);
    sheet.code = code;
    for at in unclosed {
        sheet.warn(
            at,
            "unclosed-fence",
            "this block of code is never closed; the lines below are read as text",
            "close it",
        );
    }
    for at in dropped {
        sheet.leave_out(at);
    }
    comment::leave_out(&mut sheet);
    breaks::take_off(&mut sheet);
    lettered::label(&mut sheet);
    option_table::write(&mut sheet);
    folded::unfold(&mut sheet);
    asked_below::number(&mut sheet);
    let keyed_below = keyed_below::write(&mut sheet);
    contents::leave_out(&mut sheet);
    furniture::leave_out(&mut sheet);
    respondus::write(&mut sheet);
    printed::take_off(&mut sheet);
    tight::set_off(&mut sheet);
    bare_letters::set_off(&mut sheet);
    two_columns::write(&mut sheet);
    topic_beside::write(&mut sheet);
    refrain::leave_out(&mut sheet);
    hyphen::join(&mut sheet);
    unlabelled::write(&mut sheet);
    let passages = passage::take_out(&mut sheet);
    let Sheet { lines, code, gone, problems, evidence, .. } = sheet;
    let mut tidy = Tidy { passages, keyed_below, problems, evidence, ..Tidy::default() };
    for (at, line) in lines.into_iter().enumerate().filter(|(at, _)| !gone[*at]) {
        tidy.lines.push(line);
        tidy.code.push(code[at]);
        tidy.numbers.push(skip + at + 1);
    }
    tidy
}
