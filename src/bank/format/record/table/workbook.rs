//! The sheets of a workbook, with every cell as it is shown.

use std::io::Cursor;

use calamine::{Data, Reader as _, StyleRange};

use super::cells::WorkbookSheet;
use super::{number, open_document};
use crate::bank::Refusal;

/// The sheets of a workbook, in their order. Fails when it is no workbook.
pub(in crate::bank) fn sheets(bytes: &[u8]) -> Result<Vec<WorkbookSheet>, Refusal> {
    if let Some(sheets) = open_document::sheets(bytes) {
        return Ok(sheets);
    }
    let unreadable = |_| Refusal::new("this is no spreadsheet that can be read", "save it as `.xlsx` or as CSV again");
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(unreadable)?;
        let styles = book.worksheet_style(&name).unwrap_or_else(|_| StyleRange::empty());
        let (first, left) = range.start().unwrap_or((0, 0));
        let rows = (first..).zip(range.rows()).map(|(at, row)| {
            let cells = (left..).zip(row).map(|(column, data)| cell(data, code(&styles, at, column)));
            (at as usize + 1, cells.collect::<Vec<String>>())
        });
        sheets.push((name, rows.filter(|(_, row)| row.iter().any(|cell| !cell.is_empty())).collect()));
    }
    Ok(sheets)
}

/// The format of a cell.
fn code(styles: &StyleRange, row: u32, column: u32) -> &str {
    let format = styles.get((row, column)).and_then(|style| style.number_format.as_ref());
    format.map_or("", |format| format.format_code.as_str())
}

fn cell(data: &Data, code: &str) -> String {
    let shown = match data {
        Data::Float(number) => number::shown(*number, code, None),
        Data::Int(number) => number::shown(*number as f64, code, None),
        Data::DateTime(moment) => number::shown(moment.as_f64(), code, Some(*moment)),
        Data::Bool(truth) => Some(if *truth { "TRUE" } else { "FALSE" }.to_owned()),
        _ => None,
    };
    shown.unwrap_or_else(|| match data {
        Data::Float(number) => rounded(*number),
        other => other.to_string().trim().to_owned(),
    })
}

/// A number without the traces of its binary form (`0.1 + 0.2`).
fn rounded(number: f64) -> String {
    let written: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    if written.fract() == 0.0 && written.abs() < 1e15 { format!("{written:.0}") } else { written.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_as_they_are_shown() {
        assert_eq!(cell(&Data::Float(0.1 + 0.2), ""), "0.3");
        assert_eq!(cell(&Data::Float(42.0), "General"), "42");
        assert_eq!(cell(&Data::Float(42.0), "000"), "042");
        assert_eq!(cell(&Data::String(" a ".into()), "0%"), "a");
        assert_eq!(cell(&Data::Bool(true), ""), "TRUE");
    }
}
