//! Whether this program wrote a file, by its content.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use crate::study::{LONGEST_LINE, column_names};
use crate::ui::{calendar, report};

/// Whether a file is a table with exactly these columns, as CSV or JSON Lines.
pub(in crate::command) fn is_table(path: &Path, columns: &[&str]) -> bool {
    first_line(path).and_then(|line| column_names(&line)).is_some_and(|names| names == columns)
}

/// Whether a file is a report of statistics.
pub(in crate::command) fn is_report(path: &Path) -> bool {
    let mut head = Vec::new();
    File::open(path).is_ok_and(|file| file.take(report::HEAD_BYTES).read_to_end(&mut head).is_ok())
        && String::from_utf8_lossy(&head).contains(report::MARK)
}

/// Whether a file is a calendar of the coming days.
pub(in crate::command) fn is_calendar(path: &Path) -> bool {
    let mut head = Vec::new();
    File::open(path).is_ok_and(|file| file.take(200).read_to_end(&mut head).is_ok())
        && String::from_utf8_lossy(&head).contains(calendar::PRODUCT)
}

/// Whether a file is a manual page of this program.
pub(in crate::command) fn is_manual_page(path: &Path) -> bool {
    let mut head = Vec::new();
    File::open(path).is_ok_and(|file| file.take(200).read_to_end(&mut head).is_ok())
        && String::from_utf8_lossy(&head).lines().any(|line| line.starts_with(".TH retain"))
}

/// Whether a file holds exactly this text.
pub(in crate::command) fn is_text(path: &Path, text: &str) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes())
}

fn first_line(path: &Path) -> Option<String> {
    let mut line = String::new();
    BufReader::new(File::open(path).ok()?.take(LONGEST_LINE as u64)).read_line(&mut line).ok()?;
    Some(line)
}
