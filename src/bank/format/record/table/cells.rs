//! The cells of CSV and TSV: rows with their lines, and quotation marks that never close.

use super::quotes::quoted;
use crate::bank::Refusal;

/// Delimiters, likeliest first.
pub(in crate::bank) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The line of a row, and its cells.
pub(in crate::bank) type TableRow = (usize, Vec<String>);

/// The name of a sheet, and its rows that are not empty.
pub(in crate::bank) type WorkbookSheet = (String, Vec<TableRow>);

pub(in crate::bank) fn rows(text: &str, delimiter: u8) -> Vec<TableRow> {
    let mut rows = Vec::new();
    each_row(text, delimiter, |line, row| rows.push((line, row.iter().map(|cell| cell.trim().to_owned()).collect())));
    rows
}

/// Every row that is not empty, with its line. The line of dashes in a table of Markdown is no row.
pub(super) fn each_row(text: &str, delimiter: u8, mut sink: impl FnMut(usize, &csv::StringRecord)) {
    let text = quoted(text, delimiter);
    let bars = delimiter == b'|' && text.contains("\\|");
    let text = if bars { text.replace("\\|", BAR).into() } else { text };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut row = csv::StringRecord::new();
    let framed = delimiter == b'|' && is_framed(&text);
    // The text is UTF-8 and rows may differ in length, so that nothing else can go wrong.
    while reader.read_record(&mut row).is_ok_and(|read| read) {
        let line = placed(&text, &row);
        if framed {
            unframe(&mut row);
        }
        if row.iter().all(|cell| cell.trim().is_empty()) || (delimiter == b'|' && is_rule(&row)) {
            continue;
        }
        if bars {
            let whole: csv::StringRecord = row.iter().map(|cell| cell.replace(BAR, "|")).collect();
            sink(line, &whole);
        } else {
            sink(line, &row);
        }
    }
}

/// Whether bars surround the rows, as in Markdown.
pub(super) fn is_framed(text: &str) -> bool {
    text.lines().map(str::trim_start).find(|line| line.contains('|')).is_some_and(|line| line.starts_with('|'))
}

/// The line of a row: the reader places it where the previous one ends, and empty lines may lie between.
fn placed(text: &str, row: &csv::StringRecord) -> usize {
    row.position().map_or(1, |position| {
        let rest = text.as_bytes().get(position.byte() as usize..).unwrap_or_default();
        let empty = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n');
        position.line() as usize + empty.count()
    })
}

/// Takes the frame off a row of a table in Markdown: the empty cells at its ends.
fn unframe(row: &mut csv::StringRecord) {
    let ends = [row.get(0), row.get(row.len().saturating_sub(1))];
    if row.len() > 2 && ends.iter().all(|end| end.is_some_and(|cell| cell.trim().is_empty())) {
        let position = row.position().cloned();
        *row = row.iter().skip(1).take(row.len() - 2).collect();
        row.set_position(position);
    }
}

/// A placeholder for bars that are text while the rows are split.
const BAR: &str = "\u{1}";

/// The line of dashes below the names (`|---|:-:|`).
fn is_rule(row: &csv::StringRecord) -> bool {
    row.len() > 1
        && row.iter().all(|cell| cell.trim().chars().all(|char| matches!(char, '-' | ':')))
        && row.iter().any(|cell| cell.contains("--"))
}

/// Enough of the text to find the delimiter.
pub(super) fn head(text: &str) -> &str {
    text.char_indices().nth(60_000).map_or(text, |(end, _)| &text[..end])
}

/// Checks for a quotation mark that is never closed, which would swallow the rest of the file.
pub(in crate::bank) fn unclosed(text: &str, delimiter: u8) -> Result<(), Refusal> {
    if !text.contains('"') {
        return Ok(());
    }
    let text = quoted(text, delimiter);
    let (mut line, mut start, mut open, mut fresh) = (1_usize, 0, None, true);
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' if open.is_some() && bytes.next_if(|(_, next)| *next == b'"').is_none() => {
                open = None;
            }
            b'"' if fresh => open = Some((line, start, at)),
            b'\n' => start = at + 1,
            _ => {}
        }
        line += usize::from(byte == b'\n');
        fresh = open.is_none() && (byte == delimiter || byte == b'\n' || byte == b'\r');
    }
    match open {
        None => Ok(()),
        Some((line, start, at)) => Err(Refusal::new(
            format!(
                "line {line}, column {}: a quotation mark is opened here and never closed",
                text[start..at].chars().count() + 1
            ),
            "close it, or write `\"\"` for a quotation mark within a cell",
        )),
    }
}
