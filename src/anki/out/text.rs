//! Notes in plain text, with the header lines that Anki knows.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::error::{Error, Result};

/// By this, a text says that it is ours. Anki passes over lines of the header that it does not know.
const MARK: &str = "#made by:retain\n";
/// A header is not longer.
const HEAD_BYTES: u64 = 200;

/// A note with two fields, of one of the note types that every Anki has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutRow {
    /// What it is known by.
    pub guid: String,
    /// The name of its type, as the English Anki has it.
    pub kind: &'static str,
    /// Its fields, as HTML.
    pub fields: [String; 2],
    /// Its tags, without blanks in them.
    pub tags: Vec<String>,
}

/// What is above the notes.
pub fn text_header() -> String {
    let columns = "#guid column:1\n#notetype column:2\n#deck column:3\n#tags column:6\n";
    format!("#separator:tab\n#html:true\n{MARK}{columns}")
}

/// The line of a note in this deck.
///
/// # Errors
/// None is known.
pub fn text_row(row: &OutRow, deck: &str) -> Result<Vec<u8>> {
    let failed = |error: &dyn std::fmt::Display| Error::fault(format!("a note cannot be written: {error}"));
    let mut writer =
        csv::WriterBuilder::new().delimiter(b'\t').comment(Some(b'#')).has_headers(false).from_writer(Vec::new());
    let tags = row.tags.join(" ");
    let [front, back] = &row.fields;
    let cells = [row.guid.as_str(), row.kind, deck, front, back, &tags].map(|cell| cell.replace('\0', ""));
    writer.write_record(&cells).map_err(|error| failed(&error))?;
    writer.into_inner().map_err(|error| failed(&error.error()))
}

/// Whether a file is notes in plain text that this program wrote.
pub fn is_our_text(path: &Path) -> bool {
    let mut head = Vec::new();
    File::open(path).is_ok_and(|file| file.take(HEAD_BYTES).read_to_end(&mut head).is_ok())
        && String::from_utf8_lossy(&head).contains(MARK)
}
