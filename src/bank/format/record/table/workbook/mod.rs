//! The sheets of a workbook, with every cell as it is shown. A file passes our own bounds before anything else parses it: one cell in the
//! last corner of a sheet, or a number in a header, is enough to ask for more memory than there is.

mod compound;
mod older;
mod packed;
mod records;
mod room;

#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::Data;

use super::cells::WorkbookSheet;
use super::{number, open_document};
use crate::bank::{Refusal, guard};

pub(super) use room::{SheetCells, WorkbookRoom};

/// The sheets of a workbook, in their order. Fails when it is no workbook, or larger than any.
pub(in crate::bank) fn sheets(bytes: &[u8]) -> Result<Vec<WorkbookSheet>, Refusal> {
    let mut room = WorkbookRoom::default();
    if !bytes.starts_with(b"PK") {
        return guarded(|| older::sheets(bytes, &mut room));
    }
    match open_document::sheets(bytes, &mut room)? {
        Some(sheets) => Ok(sheets),
        None => guarded(|| packed::sheets(bytes, &mut room)),
    }
}

/// The parsers of workbooks trust what a file says of itself, and panic where it lies.
fn guarded<T>(parse: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    let _quiet = guard::Quiet::new();
    catch_unwind(AssertUnwindSafe(parse)).unwrap_or_else(|_| Err(unreadable()))
}

fn unreadable() -> Refusal {
    Refusal::new("this is no spreadsheet that can be read", "save it as `.xlsx` or as CSV again")
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
