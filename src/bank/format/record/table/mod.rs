//! Tables: CSV and TSV with the delimiter found, and spreadsheets.

mod blackboard;
mod cells;
mod detect;
mod flag;
mod inlined;
mod keys;
mod layout;
mod number;
mod open_document;
mod outcome;
mod profile;
mod question;
mod quotes;
mod sheet;
mod spread;
mod ticked;
mod ticks;
mod unnamed;
mod workbook;

use super::Record;
use super::header::columns;
use crate::bank::{Decision, KeyBase, Refusal};
use blackboard::{blackboard, blackboard_record};
use cells::{each_row, head, is_framed};
use detect::layout;
use layout::{TableLayout, hinted, usable};
use question::{RowFault, RowReading, read_row};

pub(in crate::bank) use cells::{DELIMITERS, TableRow, rows, unclosed};
pub(in crate::bank) use number::grouped;
pub(in crate::bank) use outcome::questions;
pub(in crate::bank) use sheet::read_sheet;
pub(in crate::bank) use workbook::sheets;

/// A table that was understood.
#[derive(Debug, Default)]
pub(in crate::bank) struct QuestionTable {
    pub(in crate::bank) records: Vec<Record>,
    /// What the numbers in the names of the option columns begin with.
    pub(in crate::bank) hinted: Option<KeyBase>,
    /// Sheets of the same file that were not read.
    sheets: Vec<LeftOut>,
    /// Lines around tables of Markdown.
    strays: Vec<usize>,
    /// Whether it is written in Markdown.
    framed: bool,
    /// Rows that are no questions, and why.
    faults: Vec<RowFault>,
    /// The separator of cells, if the table is text.
    delimiter: Option<u8>,
    /// Whether each is a statement that holds or not.
    statements: bool,
    /// What decided how the columns were read.
    evidence: Option<Decision>,
}

/// A sheet that was not read.
#[derive(Debug)]
pub(super) struct LeftOut {
    name: String,
    /// Rows below a name that says they are questions.
    questions: usize,
}

/// Whether the text is a table of questions.
pub(in crate::bank) fn explains(text: &str) -> bool {
    delimited(text).is_some() || blackboard(text) || spread::of_text(text).is_some()
}

/// The number of cells in the widest row of a text, for any separator.
pub(in crate::bank) fn widest(text: &str) -> usize {
    let of = |delimiter: u8| rows(head(text), delimiter).iter().map(|(_, row)| row.len()).max().unwrap_or(0);
    DELIMITERS.into_iter().map(of).max().unwrap_or(0)
}

/// Reads CSV or TSV. `columns` names the columns of a table without a header.
pub(in crate::bank) fn read_text_table(text: &str, columns: Option<&str>) -> Result<QuestionTable, Refusal> {
    if let Some(columns) = columns {
        return named(text, columns);
    }
    if blackboard(text) {
        let records = rows(text, b'\t').iter().filter_map(blackboard_record).collect();
        return Ok(QuestionTable { records, ..QuestionTable::default() });
    }
    if let Some(table) = spread::of_text(text) {
        return Ok(table);
    }
    let Some((delimiter, layout)) = delimited(text) else {
        return Err(Refusal::new(
            "no column of this table is called a question",
            "name the columns in the first line, or with `--columns question,a,b,c,d,answer`",
        ));
    };
    unclosed(text, delimiter)?;
    Ok(streamed(text, delimiter, layout))
}

fn named(text: &str, columns: &str) -> Result<QuestionTable, Refusal> {
    let width = columns.split(',').count();
    let fits = |delimiter: &u8| rows(head(text), *delimiter).iter().filter(|(_, row)| row.len() >= width).count();
    let delimiter = DELIMITERS.into_iter().rev().max_by_key(fits).unwrap_or(b',');
    let layout = detect::given(columns, &rows(head(text), delimiter)).ok_or_else(|| no_columns(columns))?;
    unclosed(text, delimiter)?;
    Ok(streamed(text, delimiter, layout).counted_from_one())
}

fn no_columns(columns: &str) -> Refusal {
    Refusal::new(
        format!("`--columns {columns}` names no question with options"),
        "it takes names such as `question,a,b,c,d,answer`; `-` leaves a column out",
    )
}

/// A table whose columns have names, if these reveal a question with options.
pub(in crate::bank) fn of_columns(names: &[String], rows: &[TableRow]) -> Option<QuestionTable> {
    let columns = columns(names);
    let widest = rows.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
    let layout = TableLayout { width: columns.len().max(widest), columns, ..TableLayout::default() };
    usable(&layout.columns).then(|| of_rows(rows, layout))
}

/// The sign between the cells, and what the columns hold.
fn delimited(text: &str) -> Option<(u8, TableLayout)> {
    let head = head(text);
    DELIMITERS.into_iter().find_map(|delimiter| {
        let mut rows = rows(head, delimiter);
        if head.len() < text.len() && rows.len() > 1 {
            // The last row is cut.
            rows.pop();
        }
        layout(&rows).map(|layout| (delimiter, layout))
    })
}

fn of_rows(rows: &[TableRow], layout: TableLayout) -> QuestionTable {
    let mut table = QuestionTable::of_layout(&layout);
    for (line, row) in rows.iter().skip(layout.skip) {
        table.add(read_row(*line, row.iter().map(String::as_str), &layout));
    }
    table
}

/// The questions of a text, without keeping its rows.
fn streamed(text: &str, delimiter: u8, layout: TableLayout) -> QuestionTable {
    let mut table = QuestionTable { delimiter: Some(delimiter), ..QuestionTable::of_layout(&layout) };
    let (mut passed, mut topic) = (0, None);
    // Text of one cell between tables of Markdown: headings are topics, the rest addresses the reader.
    let framed = delimiter == b'|' && is_framed(text);
    each_row(text, delimiter, |line, row| {
        let alone = row.get(0).filter(|_| framed && row.len() == 1).map(str::trim);
        match alone.map(|text| (text, text.trim_start_matches('#'))) {
            Some((text, heading)) if heading.len() < text.len() => topic = Some(heading.trim().to_owned()),
            Some(_) => table.strays.push(line),
            None if passed >= layout.skip => {
                let mut taken = read_row(line, row.iter().map(str::trim), &layout);
                if let RowReading::Question(record) = &mut taken
                    && record.topic.is_none()
                {
                    record.topic.clone_from(&topic);
                }
                table.add(taken);
            }
            None => {}
        }
        passed += 1;
    });
    table.framed = framed;
    table
}

impl QuestionTable {
    /// A table without rows as yet.
    fn of_layout(layout: &TableLayout) -> Self {
        Self {
            hinted: hinted(&layout.columns),
            strays: layout.aside.into_iter().collect(),
            statements: layout.ticks.is_some(),
            evidence: layout.evidence.clone(),
            ..Self::default()
        }
    }

    /// Whether nothing in it asks.
    fn is_empty(&self) -> bool {
        self.records.is_empty() && self.faults.is_empty()
    }

    /// People who name the columns count places from 1, unless a 0 contradicts.
    fn counted_from_one(mut self) -> Self {
        self.hinted = self.hinted.or(Some(KeyBase::One));
        self
    }

    /// Two tables of one file.
    fn joined(mut self, other: Self) -> Self {
        self.records.extend(other.records);
        self.faults.extend(other.faults);
        self.sheets.extend(other.sheets);
        self
    }

    fn add(&mut self, taken: RowReading) {
        match taken {
            RowReading::Question(record) => self.records.push(record),
            RowReading::Broken(fault) => self.faults.push(fault),
            RowReading::Nothing => {}
        }
    }
}
/// A number of rows in words.
fn row_count(count: usize) -> String {
    format!("{count} {}", if count == 1 { "row" } else { "rows" })
}
