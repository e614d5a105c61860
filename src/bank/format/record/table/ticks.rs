//! Statements with two columns next to them, one for those that hold and one for those that do not. A tick in one of
//! them decides.

use std::collections::HashSet;

use super::cells::TableRow;
use super::flag::flag;
use crate::bank::format::record::{Record, RecordOption};
use crate::bank::lines::verdict::verdict;

/// Ticks are of a few kinds.
const MOST_KINDS: usize = 4;
/// A longer cell is no tick.
const LONGEST: usize = 8;
/// Letters for what holds and what does not, in addition to verdicts that are known everywhere.
const LETTERS: [(&str, &str); 6] = [("R", "F"), ("W", "F"), ("C", "F"), ("S", "N"), ("J", "N"), ("O", "N")];

/// The columns that are ticked, and what they are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ticks {
    /// The column of what holds, then that of what does not, if there is one.
    pub(super) columns: [Option<usize>; 2],
    pub(super) names: [String; 2],
}

impl Ticks {
    /// The ticks of a row of names: two of them are verdicts, one of each kind.
    pub(super) fn find(names: &[String]) -> Option<Self> {
        let holds = |name: &String| verdict(name.trim().trim_end_matches('?')).map(|verdict| verdict.holds);
        let of = |side: bool| {
            let mut found = (0..names.len()).filter(|at| holds(&names[*at]) == Some(side));
            found.next().filter(|_| found.next().is_none())
        };
        let lettered = || {
            LETTERS.iter().find_map(|(yes, no)| {
                let place = |letter: &str| names.iter().position(|name| name.trim().eq_ignore_ascii_case(letter));
                place(yes).zip(place(no))
            })
        };
        if let Some((yes, no)) = of(true).zip(of(false)).or_else(lettered) {
            return Some(Self {
                columns: [Some(yes), Some(no)],
                names: [yes, no].map(|at| names[at].trim().to_owned()),
            });
        }
        // What is not ticked is false.
        let yes = of(true).filter(|_| names.iter().filter(|name| !name.trim().is_empty()).count() <= 3)?;
        let words = verdict(names[yes].trim().trim_end_matches('?'))?.words;
        Some(Self { columns: [Some(yes), None], names: [words.0.to_owned(), words.1.to_owned()] })
    }

    pub(super) fn cells<'r>(&self, row: &'r [String]) -> [&'r str; 2] {
        self.columns.map(|at| at.and_then(|at| row.get(at)).map_or("", |cell| cell.trim()))
    }

    /// Whether the cells below both names are signs that come again and again.
    pub(super) fn are_signs(&self, body: &[TableRow]) -> bool {
        let cells = || body.iter().flat_map(|(_, row)| self.cells(row)).filter(|cell| !cell.is_empty());
        cells().all(|cell| cell.chars().count() <= LONGEST) && cells().collect::<HashSet<_>>().len() <= MOST_KINDS
    }

    /// Whether the statement of a row holds: one of its two cells is ticked, and the other is empty or says no.
    pub(super) fn of_row(&self, row: &[String]) -> Option<bool> {
        match self.cells(row) {
            ["", ""] => self.columns[1].is_none().then_some(false),
            [sign, ""] if self.columns[1].is_none() => flag(sign),
            [_, ""] => Some(true),
            ["", _] => Some(false),
            both => match both.map(|cell| flag(cell).or((cell == "☒").then_some(true))) {
                [Some(true), Some(false)] => Some(true),
                [Some(false), Some(true)] => Some(false),
                _ => None,
            },
        }
    }

    /// Gives the record its two options; whether one of them is ticked.
    pub(super) fn judge(&self, record: &mut Record, row: &[String]) -> bool {
        let Some(holds) = self.of_row(row) else { return false };
        let [yes, no] = &self.names;
        record.options = vec![RecordOption::new(yes, holds), RecordOption::new(no, !holds)];
        true
    }
}
