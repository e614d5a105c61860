//! Tables as CSV (RFC 4180: UTF-8, a header, CRLF) and as JSON Lines with the same names.

use std::io::Write;

use serde_json::{Map, Number, Value};

use crate::error::{Error, Result};
use crate::stats::Cell;

/// What Excel needs at the beginning of a file to read it as UTF-8.
pub const BYTE_ORDER_MARK: char = '\u{feff}';

/// The formats of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// CSV in which no text runs as a formula. A text that begins with a formula sign or an apostrophe gets an apostrophe in front,
    /// so that dropping the first apostrophe restores every text.
    #[default]
    Csv,
    /// CSV with unchanged texts.
    RawCsv,
    /// JSON Lines.
    Json,
}

/// Writes a table row by row.
pub struct TableWriter<W: Write> {
    columns: &'static [&'static str],
    inner: Inner<W>,
}

enum Inner<W: Write> {
    /// The flag: whether texts stay unchanged.
    Csv(Box<csv::Writer<W>>, bool),
    Json(W),
}

impl<W: Write> TableWriter<W> {
    /// Begins a table with these columns.
    ///
    /// # Errors
    /// If the header cannot be written.
    pub fn new(columns: &'static [&'static str], format: Format, out: W) -> Result<Self> {
        let inner = match format {
            Format::Json => Inner::Json(out),
            Format::Csv | Format::RawCsv => {
                let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
                csv.write_record(columns).map_err(failed)?;
                Inner::Csv(Box::new(csv), format == Format::RawCsv)
            }
        };
        Ok(Self { columns, inner })
    }

    /// Writes a row with a cell for each column.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn row(&mut self, cells: Vec<Cell>) -> Result<()> {
        match &mut self.inner {
            Inner::Csv(csv, raw) => {
                let raw = *raw;
                csv.write_record(cells.into_iter().map(|cell| field(cell, raw))).map_err(failed)
            }
            Inner::Json(out) => {
                let object: Map<String, Value> =
                    self.columns.iter().map(|column| (*column).to_owned()).zip(cells.into_iter().map(value)).collect();
                out.write_all(super::json_line(&object)?.as_bytes()).map_err(super::broken_stream)
            }
        }
    }

    /// Ends the table.
    ///
    /// # Errors
    /// If the rest cannot be written.
    pub fn finish(self) -> Result<()> {
        match self.inner {
            Inner::Csv(mut csv, _) => csv.flush().map_err(super::broken_stream),
            Inner::Json(mut out) => out.flush().map_err(super::broken_stream),
        }
    }
}

fn failed(error: csv::Error) -> Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => super::broken_stream(error),
        _ => Error::fault("a row of a table has too many or too few cells"),
    }
}

/// The signs that begin a formula in a spreadsheet, and the apostrophe that prevents one.
const SIGNS: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\''];

fn field(cell: Cell, raw: bool) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) if !raw && text.starts_with(SIGNS) => format!("'{text}"),
        Cell::Text(text) | Cell::Number(text) => text,
        Cell::Int(number) => number.to_string(),
        Cell::Bool(yes) => yes.to_string(),
    }
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => Value::String(text),
        Cell::Int(number) => number.into(),
        Cell::Bool(yes) => yes.into(),
        Cell::Number(text) => text.parse().ok().and_then(Number::from_f64).map_or(Value::Null, Value::Number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(format: Format) -> String {
        let mut out = Vec::new();
        let mut table = TableWriter::new(&["name", "share", "n", "yes", "none"], format, &mut out).expect("a table");
        table
            .row(vec![
                Cell::Text("a \"b\", c".into()),
                Cell::share(Some(0.5)),
                Cell::Int(3),
                Cell::Bool(true),
                Cell::Empty,
            ])
            .expect("a row");
        table.finish().expect("an end");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn csv_is_rfc_4180() {
        assert_eq!(written(Format::Csv), "name,share,n,yes,none\r\n\"a \"\"b\"\", c\",0.5000,3,true,\r\n");
    }

    #[test]
    fn no_text_runs_as_a_formula_and_none_is_lost() {
        let texts = ["=1+1", "+1", "-x", "@SUM(A1)", "\ta", "\rb", "'quoted", "a=b", "", "−1"];
        let write = |format| {
            let mut out = Vec::new();
            let mut table = TableWriter::new(&["text", "number"], format, &mut out).expect("a table");
            for text in texts {
                table.row(vec![Cell::Text(text.into()), Cell::share(Some(-0.5))]).expect("a row");
            }
            table.finish().expect("an end");
            let mut reader = csv::Reader::from_reader(out.as_slice());
            let rows: Vec<(String, String)> = reader
                .records()
                .map(|row| row.map(|row| (row[0].to_owned(), row[1].to_owned())))
                .collect::<std::result::Result<_, _>>()
                .expect("rows");
            assert!(rows.iter().all(|(_, number)| number == "-0.5000"), "numbers are numbers");
            rows.into_iter().map(|(text, _)| text).collect::<Vec<_>>()
        };
        assert_eq!(write(Format::RawCsv), texts);
        let safe = write(Format::Csv);
        assert!(safe.iter().all(|text| !text.starts_with(&SIGNS[..6])), "{safe:?}");
        let back: Vec<&str> = safe.iter().map(|text| text.strip_prefix('\'').unwrap_or(text)).collect();
        assert_eq!(back, texts);
    }

    #[test]
    fn json_lines_have_the_same_names() {
        let line: Value = serde_json::from_str(&written(Format::Json)).expect("JSON");
        assert_eq!(line, serde_json::json!({"name": "a \"b\", c", "share": 0.5, "n": 3, "yes": true, "none": null}));
    }
}
