//! The refusal of a table that no reader can use: which columns were found, and how to name them.

use crate::bank::format::record::table;
use crate::bank::{Refusal, decode};

/// Rows that are looked at.
const SAMPLE: usize = 200;
/// Wider tables hold something else.
const MOST_COLUMNS: usize = 30;
/// At most this many names of columns are shown.
const MOST_NAMES: usize = 8;
/// A longer cell is not a name.
const LONGEST_NAME: usize = 30;

/// The rows of a file that is a table: nearly all as wide as each other.
#[derive(Debug)]
pub(super) struct Grid {
    rows: Vec<Vec<String>>,
    width: usize,
    /// Whether it is a text, which no other reader could make sense of either.
    text: bool,
}

/// The table that a file is, if it is one.
pub(super) fn grid(bytes: &[u8]) -> Option<Grid> {
    if bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        let rows = table::sheets(bytes).ok()?.into_iter().map(|(_, rows)| rows).find(|rows| !rows.is_empty())?;
        return even(rows, false);
    }
    let text = decode::decode(bytes).ok()?.text;
    if text.trim_start().starts_with(['{', '[', '<']) || table::explains(&text) {
        return None;
    }
    let end = text.match_indices('\n').nth(SAMPLE).map_or(text.len(), |(end, _)| end);
    let head = &text[..end];
    // A blank after a comma occurs in sentences.
    let spoken = |line: &&str| !line.contains('"') && line.contains(", ");
    let lines = || head.lines().filter(|line| !line.trim().is_empty());
    let prose = lines().filter(spoken).count() * 2 > lines().count();
    let signs = [b'\t', b';', b'|', b','].into_iter().filter(|sign| *sign != b',' || !prose);
    signs.filter_map(|sign| even(table::rows(head, sign), true)).max_by_key(|grid| grid.width)
}

fn even(rows: Vec<table::TableRow>, text: bool) -> Option<Grid> {
    let rows: Vec<Vec<String>> = rows.into_iter().take(SAMPLE).map(|(_, row)| row).collect();
    let width = rows.get(rows.len() / 2)?.len();
    let alike = rows.iter().filter(|row| row.len() == width).count();
    (rows.len() > 1 && (2..=MOST_COLUMNS).contains(&width) && alike * 10 >= rows.len() * 9).then_some(Grid {
        rows,
        width,
        text,
    })
}

impl Grid {
    /// Names of columns that are worth trying, likeliest first.
    pub(super) fn names(&self) -> Vec<String> {
        if self.width == 2 {
            return vec!["front,back".into()];
        }
        let options = |count: usize| (b'a'..=b'j').take(count).map(|letter| char::from(letter).to_string()).collect();
        let with = |before: &[&str], behind: &[&str]| {
            let count = self.width.checked_sub(before.len() + behind.len()).filter(|count| (2..=10).contains(count))?;
            let options: Vec<String> = options(count);
            let names = before.iter().copied().chain(options.iter().map(String::as_str)).chain(behind.iter().copied());
            Some(names.collect::<Vec<_>>().join(","))
        };
        let asked = |names: &Option<String>| {
            let place = names.as_deref().and_then(|names| names.split(',').position(|name| name == "question"));
            place.is_some_and(|place| self.asks(place))
        };
        [
            with(&["question"], &["answer"]),
            with(&["question", "answer"], &[]),
            with(&["-", "question"], &["answer"]),
            with(&["-", "question", "answer"], &[]),
            with(&["answer", "question"], &[]),
            with(&["question"], &["answer", "explanation"]),
        ]
        .into_iter()
        .filter(asked)
        .flatten()
        .collect()
    }

    /// Whether the cells of a column look like questions: most end as these do.
    fn asks(&self, place: usize) -> bool {
        let cells = || self.rows.iter().filter_map(|row| row.get(place)).filter(|cell| !cell.is_empty());
        let asking = cells().filter(|cell| cell.ends_with(['?', '？', '؟', ':', '：', '…', '_'])).count();
        asking * 2 > cells().count()
    }

    /// The refusal of a table, which speaks of columns.
    pub(super) fn refused(&self, refusal: Refusal) -> Refusal {
        let of_text = refusal.problems.iter().all(|problem| ["no-options", "one-option"].contains(&problem.code));
        if !self.text || !of_text {
            return refusal;
        }
        let named: Vec<String> =
            self.rows[0].iter().filter(|cell| !cell.is_empty()).map(|cell| format!("`{cell}`")).collect();
        let short = self.rows[0].iter().all(|cell| cell.chars().count() <= LONGEST_NAME);
        let more = if named.len() > MOST_NAMES { ", …" } else { "" };
        let seen = if short && !named.is_empty() {
            format!("; its first row is {}{more}", named[..named.len().min(MOST_NAMES)].join(", "))
        } else {
            String::new()
        };
        let rest = ",-".repeat(self.width - 2);
        let hint = format!(
            "if it is a bank, say what its columns hold, as `--columns question,a,b,c,d,answer` or `--columns front,back{rest}`; `-` leaves one out"
        );
        let message = format!("no questions were found in this table of {} columns{seen}", self.width);
        Refusal::new(message, hint)
    }
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    fn refused(text: &str) -> (String, String) {
        let refusal = read(text.as_bytes(), &ReadOptions::default()).expect_err("a refusal");
        (refusal.message, refusal.hint.unwrap_or_default())
    }

    #[test]
    fn what_is_said_of_a_table_speaks_of_columns() {
        let (_, hint) = refused(
            "\"Berg, Anna\",\"12 Main Street\"\n\"Cook, Bert\",\"3 High Street\"\n\"Diaz, Cleo\",\"7 Low Road\"\n",
        );
        assert_eq!(hint, "`--columns front,back` reads 3 cards");
        let (message, hint) = refused("Name,Email,Phone,Grade\nAnna,a@example.org,0123,A\nBert,b@example.org,0456,B\n");
        assert!(message.ends_with("its first row is `Name`, `Email`, `Phone`, `Grade`"), "{message}");
        assert!(
            hint.contains("--columns front,back,-,-") && !hint.contains("- A.") && !hint.contains("reads"),
            "{hint}"
        );
        let (message, _) = refused("First, the rope broke.\nThen, the mast fell.\nAt last, we slept.\n");
        assert_eq!(message, "no questions were found");
    }
}
