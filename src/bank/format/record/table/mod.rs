//! Tables: CSV and TSV with the delimiter found, and spreadsheets.

mod blackboard;
mod cells;
mod layout;
mod question;
mod sheet;
mod unnamed;

use super::header::Column;
use super::{KeyBase, Record};
use crate::bank::Refusal;
use blackboard::{blackboard, blackboard_record};
use cells::{DELIMITERS, each_row, head};
use layout::{header, hinted, usable};
use question::record;
use unnamed::bare;

pub(in crate::bank) use cells::{Row, rows, unclosed};
pub(in crate::bank) use sheet::read_sheet;

/// A table that was understood.
#[derive(Debug, Default)]
pub(in crate::bank) struct Table {
    pub(in crate::bank) records: Vec<Record>,
    /// What the numbers in the names of the option columns begin with.
    pub(in crate::bank) hinted: Option<KeyBase>,
}

/// Whether the text is a table of questions.
pub(in crate::bank) fn explains(text: &str) -> bool {
    delimiter(text).is_some() || blackboard(text)
}

/// Reads CSV or TSV. `columns` names the columns of a table without a header.
pub(in crate::bank) fn read(text: &str, columns: Option<&str>) -> Result<Table, Refusal> {
    if let Some(columns) = columns {
        let layout: Vec<Column> = columns.split(',').map(Column::of).collect();
        return named(text, columns, &layout);
    }
    if blackboard(text) {
        return Ok(Table { records: rows(text, b'\t').iter().filter_map(blackboard_record).collect(), hinted: None });
    }
    let Some(delimiter) = delimiter(text) else {
        return Err(Refusal {
            message: "no column of this table is called a question".into(),
            hint: Some("name the columns in the first line, or with `--columns question,a,b,c,d,answer`".into()),
            problems: Vec::new(),
        });
    };
    unclosed(text, delimiter)?;
    Ok(match header(&rows(head(text), delimiter)) {
        Some((at, layout)) => streamed(text, delimiter, at + 1, &layout),
        None => {
            let rows = rows(text, delimiter);
            table(&rows, &bare(&rows).unwrap_or_default())
        }
    })
}

fn named(text: &str, columns: &str, layout: &[Column]) -> Result<Table, Refusal> {
    if !usable(layout) {
        return Err(Refusal {
            message: format!("`--columns {columns}` names no question with options"),
            hint: Some("it takes names such as `question,a,b,c,d,answer`; `-` leaves a column out".into()),
            problems: Vec::new(),
        });
    }
    let fits =
        |delimiter: &u8| rows(head(text), *delimiter).iter().filter(|(_, row)| row.len() >= layout.len()).count();
    let delimiter = DELIMITERS.into_iter().rev().max_by_key(fits).unwrap_or(b',');
    unclosed(text, delimiter)?;
    Ok(streamed(text, delimiter, 0, layout))
}

/// A table whose columns are named, where they name a question with options.
pub(in crate::bank) fn of_columns(names: &[String], rows: &[Row]) -> Option<Table> {
    let layout: Vec<Column> = names.iter().map(|name| Column::of(name)).collect();
    usable(&layout).then(|| table(rows, &layout))
}

fn delimiter(text: &str) -> Option<u8> {
    let head = head(text);
    DELIMITERS.into_iter().find(|delimiter| header(&rows(head, *delimiter)).is_some()).or_else(|| {
        // The whole text is only parted into cells where its beginning has as many in each row.
        let even = |delimiter: &u8| {
            let mut rows = rows(head, *delimiter);
            if head.len() < text.len() {
                rows.pop();
            }
            rows.first()
                .is_some_and(|(_, first)| first.len() >= 4 && rows.iter().all(|(_, row)| row.len() == first.len()))
        };
        DELIMITERS.into_iter().filter(even).find(|delimiter| bare(&rows(text, *delimiter)).is_some())
    })
}

fn table(rows: &[Row], layout: &[Column]) -> Table {
    let cells = |row: &Row| record(row.0, row.1.iter().map(String::as_str), layout);
    Table { records: widened(rows.iter().filter_map(cells).collect()), hinted: hinted(layout) }
}

/// Where most rows have more cells than the header has names, the last columns have none, and no comma is to blame.
fn widened(mut records: Vec<Record>) -> Vec<Record> {
    let surplus = records.iter().filter(|record| record.surplus.is_some()).count();
    if surplus * 2 > records.len() {
        records.iter_mut().for_each(|record| record.surplus = None);
    }
    records
}

/// The records below the first `skip` rows, without keeping the rows.
fn streamed(text: &str, delimiter: u8, skip: usize, layout: &[Column]) -> Table {
    let (mut records, mut passed) = (Vec::new(), 0);
    each_row(text, delimiter, |line, row| {
        if passed >= skip {
            records.extend(record(line, row.iter().map(str::trim), layout));
        }
        passed += 1;
    });
    Table { records: widened(records), hinted: hinted(layout) }
}
