//! Spreadsheets.

use std::io::Cursor;

use calamine::{Data, Reader as _};

use super::cells::Row;
use super::layout::{given, layout};
use super::{Table, no_columns, of_rows};
use crate::bank::Refusal;

/// Reads the first sheet of a spreadsheet that holds questions. `columns` names its columns.
pub(in crate::bank) fn read_sheet(bytes: &[u8], columns: Option<&str>) -> Result<Table, Refusal> {
    let refuse =
        |message: &str, hint: &str| Refusal { message: message.into(), hint: Some(hint.into()), problems: Vec::new() };
    let unreadable = |_| refuse("this is no spreadsheet that can be read", "save it as `.xlsx` or as CSV again");
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(unreadable)?;
        let first = range.start().map_or(0, |(row, _)| row as usize);
        let rows: Vec<Row> = range
            .rows()
            .enumerate()
            .map(|(at, row)| (first + at + 1, row.iter().map(cell).collect::<Vec<String>>()))
            .filter(|(_, row)| row.iter().any(|cell| !cell.is_empty()))
            .collect();
        if rows.is_empty() {
            continue;
        }
        let layout = match columns {
            Some(columns) => Some(given(columns, &rows).ok_or_else(|| no_columns(columns))?),
            None => layout(&rows),
        };
        if let Some(layout) = layout {
            return Ok(of_rows(&rows, layout));
        }
    }
    Err(refuse(
        "no sheet has a column that is called a question",
        "name the columns in the first row: see `docs/banks.md`",
    ))
}

fn cell(data: &Data) -> String {
    match data {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.to_string().trim().to_owned(),
    }
}
