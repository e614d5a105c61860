//! Tables as CSV (RFC 4180: UTF-8, a header, CRLF) and as JSON Lines with the same names.

use std::io::Write;

use serde_json::{Map, Number, Value};

use crate::error::{Error, Result};
use crate::stats::Cell;

/// The formats of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// CSV.
    #[default]
    Csv,
    /// JSON Lines.
    Json,
}

/// Writes a table row by row.
pub struct TableWriter<W: Write> {
    columns: &'static [&'static str],
    inner: Inner<W>,
}

enum Inner<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Json(W),
}

impl<W: Write> TableWriter<W> {
    /// Begins a table with these columns.
    ///
    /// # Errors
    /// When the header cannot be written.
    pub fn new(columns: &'static [&'static str], format: Format, out: W) -> Result<Self> {
        let inner = match format {
            Format::Json => Inner::Json(out),
            Format::Csv => {
                let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
                csv.write_record(columns).map_err(failed)?;
                Inner::Csv(Box::new(csv))
            }
        };
        Ok(Self { columns, inner })
    }

    /// Writes a row with a cell for each column.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, cells: Vec<Cell>) -> Result<()> {
        match &mut self.inner {
            Inner::Csv(csv) => csv.write_record(cells.into_iter().map(field)).map_err(failed),
            Inner::Json(out) => {
                let object: Map<String, Value> =
                    self.columns.iter().map(|column| (*column).to_owned()).zip(cells.into_iter().map(value)).collect();
                serde_json::to_writer(&mut *out, &object).map_err(|error| super::broken_stream(error.into()))?;
                out.write_all(b"\n").map_err(super::broken_stream)
            }
        }
    }

    /// Ends the table.
    ///
    /// # Errors
    /// When the rest cannot be written.
    pub fn finish(self) -> Result<()> {
        match self.inner {
            Inner::Csv(mut csv) => csv.flush().map_err(super::broken_stream),
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

fn field(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
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
    fn json_lines_have_the_same_names() {
        let line: Value = serde_json::from_str(&written(Format::Json)).expect("JSON");
        assert_eq!(line, serde_json::json!({"name": "a \"b\", c", "share": 0.5, "n": 3, "yes": true, "none": null}));
    }
}
