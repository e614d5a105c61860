//! Files that this program writes and that are no bank: they are known, so that nothing of them becomes a question.

use std::path::Path;

use serde_json::{Map, Value};

use super::everything::is_part_of_everything;
use super::rescue::MARK;
use super::tables::Table;

/// A header or a first row is not longer, in bytes.
pub const LONGEST_LINE: usize = 1 << 20;

/// What a file is that this program wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnFile {
    /// A table of `export`.
    Table(Table),
    /// A file of an export of everything that is only of use with the others.
    PartOfEverything,
    /// Answers that outlived their database.
    Rescue,
}

impl OwnFile {
    /// What is at this path with these bytes; `None` if this program did not write it, or if it is a bank.
    pub fn find(path: &Path, bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(format!("{{\"{MARK}\":").as_bytes()) {
            return Some(Self::Rescue);
        }
        if is_part_of_everything(path) {
            return Some(Self::PartOfEverything);
        }
        let line = bytes.split(|byte| *byte == b'\n').next()?;
        let line = std::str::from_utf8(&line[..line.len().min(LONGEST_LINE)]).ok()?;
        let names = column_names(line)?;
        Table::ALL.iter().find(|(.., columns)| names == **columns).map(|(table, ..)| Self::Table(*table))
    }
}

/// The names of the columns by the first line of a table: its header, or the names in its first line of JSON.
pub fn column_names(line: &str) -> Option<Vec<String>> {
    let line = line.trim_start_matches('\u{feff}').trim();
    if line.starts_with('{') {
        let row: Map<String, Value> = serde_json::from_str(line).ok()?;
        return Some(row.into_iter().map(|(name, _)| name).collect());
    }
    // A spreadsheet that saved the table wrote what its country writes.
    let between = [',', ';', '\t'].into_iter().max_by_key(|between| line.matches(*between).count())?;
    Some(line.split(between).map(|name| name.trim().trim_matches('"').to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_header_or_of_the_first_line_of_json() {
        for line in ["a,b,c", "\u{feff}\"a\";\"b\";\"c\"\r\n", "a\tb\tc", r#"{"a":1,"b":null,"c":"x, y"}"#] {
            assert_eq!(column_names(line).as_deref(), Some(&["a", "b", "c"].map(str::to_owned)[..]), "{line}");
        }
        assert_eq!(column_names("{not json"), None);
    }
}
