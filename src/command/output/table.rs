//! The format of a table, as it is said or as the file is called.

use std::path::Path;

use clap::ValueEnum;

use crate::error::{Error, Result};
use crate::ui::csv::{BYTE_ORDER_MARK, Format};

/// The format of a table, as it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::command) enum TableFormat {
    /// CSV (RFC 4180)
    Csv,
    /// JSON Lines
    Json,
}

/// The ends of names that other programs would not open as what is written.
const FOREIGN: [&str; 15] =
    ["xlsx", "xls", "xlsm", "ods", "tsv", "tab", "parquet", "gz", "zst", "zip", "bz2", "xz", "html", "pdf", "docx"];

impl TableFormat {
    /// The format that was said, else the one that the name of the file means, else CSV.
    pub(in crate::command) fn chosen(said: Option<Self>, file: Option<&Path>) -> Result<Self> {
        let end = file.and_then(Path::extension).unwrap_or_default().to_string_lossy().to_lowercase();
        match (said, end.as_str()) {
            (_, end) if FOREIGN.contains(&end) => Err(Error::person(format!("tables are not written as `.{end}`"))
                .named("no-such-format")
                .hint("write `.csv` with `--bom`, a spreadsheet opens it; `.json` is for programs")),
            (Some(said), _) => Ok(said),
            (None, "json" | "jsonl" | "ndjson") => Ok(Self::Json),
            (None, _) => Ok(Self::Csv),
        }
    }

    /// The format as it is written; `raw` leaves texts as they are.
    pub(in crate::command) fn written(self, raw: bool) -> Format {
        match self {
            Self::Csv if raw => Format::RawCsv,
            Self::Csv => Format::Csv,
            Self::Json => Format::Json,
        }
    }

    /// What the file begins with: the mark by which Excel knows UTF-8, if `bom` asks for it.
    pub(in crate::command) fn mark(self, bom: bool) -> Result<String> {
        match (self, bom) {
            (_, false) => Ok(String::new()),
            (Self::Csv, true) => Ok(BYTE_ORDER_MARK.to_string()),
            (Self::Json, true) => {
                Err(Error::usage("`--bom` is for CSV, and this is JSON").hint("leave it out, or write CSV"))
            }
        }
    }
}
