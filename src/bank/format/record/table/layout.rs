//! The layout of a table: what its columns hold, and where its questions begin.

use super::cells::TableRow;
use super::ticks::Ticks;
use super::unnamed::KnownColumns;
use crate::bank::Decision;
use crate::bank::format::record::KeyBase;
use crate::bank::format::record::header::ColumnRole;

/// The names of the columns are within the first rows.
pub(super) const HEAD: usize = 20;
/// Rows whose cells are examined.
pub(super) const SAMPLE: usize = 300;

/// The roles of the columns, and where the questions begin.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct TableLayout {
    pub(super) columns: Vec<ColumnRole>,
    /// The rows above the first question: the names, and the rows above them.
    pub(super) skip: usize,
    /// How many cells a row may have.
    pub(super) width: usize,
    /// Whether the key is written in letters that are not Latin ones.
    pub(super) own_letters: bool,
    /// What the key calls the options, if that is neither a letter nor a number.
    pub(super) labels: Vec<String>,
    /// The row of names, if there is one.
    pub(super) names: Option<Vec<String>>,
    /// Whether the person named the columns.
    pub(super) given: bool,
    pub(super) evidence: Option<Decision>,
    /// The line of a row that says how to fill the table in.
    pub(super) aside: Option<usize>,
    /// Whether the cell of the question contains the options.
    pub(super) inlined: bool,
    /// The columns of which a tick says whether the statement holds.
    pub(super) ticks: Option<Ticks>,
}

/// How many cells a row may have: as many as there are names, or as most rows have.
pub(super) fn width(names: &[String], rows: &[TableRow]) -> usize {
    let last = |row: &[String]| row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1);
    let mut widths: Vec<usize> = rows.iter().map(|(_, row)| last(row)).collect();
    widths.sort_unstable();
    last(names).max(widths.get(widths.len() / 2).copied().unwrap_or(0))
}

pub(super) fn body(rows: &[TableRow], from: usize) -> &[TableRow] {
    let rows = rows.get(from..).unwrap_or_default();
    &rows[..rows.len().min(SAMPLE)]
}

/// Whether names reveal a question with options.
pub(super) fn usable(layout: &[ColumnRole]) -> bool {
    let keys = [ColumnRole::Wrong, ColumnRole::Wrongs, ColumnRole::Options];
    let wrong = layout.contains(&ColumnRole::Answer) && keys.iter().any(|column| layout.contains(column));
    layout.contains(&ColumnRole::Question) && (options(layout).len() >= 2 || wrong)
}

/// The columns of options in the order of their letters or numbers.
pub(super) fn options(columns: &[ColumnRole]) -> Vec<usize> {
    let mut options: Vec<usize> = (0..columns.len()).filter(|at| columns[*at].option().is_some()).collect();
    options.sort_by_key(|at| columns[*at].option());
    options
}

/// Which columns have a role, and which an unknown name.
pub(super) fn free(columns: &[ColumnRole], names: &[String]) -> KnownColumns {
    let taken = (0..columns.len()).filter(|at| columns[*at] != ColumnRole::Other).collect();
    let titled = (0..names.len()).filter(|at| !names[*at].is_empty()).collect();
    KnownColumns { taken, titled, ..KnownColumns::default() }
}

pub(super) fn columns_in_words(columns: &[ColumnRole]) -> String {
    let word = |column: &ColumnRole| match column {
        ColumnRole::Question => "question",
        ColumnRole::Option(..) => "option",
        ColumnRole::Options => "options",
        ColumnRole::Flag(_) => "right or not",
        ColumnRole::Wrong => "wrong option",
        ColumnRole::Wrongs => "wrong options",
        ColumnRole::Answer => "answer",
        ColumnRole::Explanation => "explanation",
        ColumnRole::Feedback(_) => "feedback",
        ColumnRole::Topic => "topic",
        ColumnRole::Tags => "tags",
        ColumnRole::Id => "id",
        ColumnRole::Other => "-",
    };
    columns.iter().map(word).collect::<Vec<_>>().join(", ")
}

/// What the numbers in the names of the option columns begin with.
pub(super) fn hinted(layout: &[ColumnRole]) -> Option<KeyBase> {
    let numbers = layout.iter().filter_map(|column| match column {
        ColumnRole::Option(number, Some(_)) => Some(*number),
        _ => None,
    });
    match numbers.min() {
        Some(0) => Some(KeyBase::Zero),
        Some(1) => Some(KeyBase::One),
        _ => None,
    }
}
