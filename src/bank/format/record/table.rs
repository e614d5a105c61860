//! Tables: CSV and TSV with the delimiter found, and spreadsheets.

use std::io::Cursor;

use calamine::{Data, Reader as _};

use super::header::Column;
use super::{KeyBase, Record, RecordOption, list};
use crate::bank::Refusal;

/// Delimiters, likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// The names of the columns stand within the first rows.
const HEAD: usize = 20;

/// A table that was understood.
#[derive(Debug, Default)]
pub(in crate::bank) struct Table {
    pub(in crate::bank) records: Vec<Record>,
    /// What the numbers in the names of the option columns begin with.
    pub(in crate::bank) hinted: Option<KeyBase>,
}

/// The line of a row, and its cells.
pub(in crate::bank) type Row = (usize, Vec<String>);

/// Whether the text is a table of questions.
pub(in crate::bank) fn explains(text: &str) -> bool {
    delimiter(text).is_some() || blackboard(text)
}

/// Reads CSV or TSV. `columns` names the columns of a table without a header.
pub(in crate::bank) fn read(text: &str, columns: Option<&str>) -> Result<Table, Refusal> {
    if let Some(columns) = columns {
        let layout: Vec<Column> = columns.split(',').map(Column::of).collect();
        return named(text, columns, &layout);
    }
    if blackboard(text) {
        return Ok(Table { records: rows(text, b'\t').iter().filter_map(blackboard_record).collect(), hinted: None });
    }
    let Some(delimiter) = delimiter(text) else {
        return Err(Refusal {
            message: "no column of this table is called a question".into(),
            hint: Some("name the columns in the first line, or with `--columns question,a,b,c,d,answer`".into()),
            problems: Vec::new(),
        });
    };
    unclosed(text, delimiter)?;
    Ok(match header(&rows(head(text), delimiter)) {
        Some((at, layout)) => streamed(text, delimiter, at + 1, &layout),
        None => {
            let rows = rows(text, delimiter);
            table(&rows, &bare(&rows).unwrap_or_default())
        }
    })
}

fn named(text: &str, columns: &str, layout: &[Column]) -> Result<Table, Refusal> {
    if !usable(layout) {
        return Err(Refusal {
            message: format!("`--columns {columns}` names no question with options"),
            hint: Some("it takes names such as `question,a,b,c,d,answer`; `-` leaves a column out".into()),
            problems: Vec::new(),
        });
    }
    let fits =
        |delimiter: &u8| rows(head(text), *delimiter).iter().filter(|(_, row)| row.len() >= layout.len()).count();
    let delimiter = DELIMITERS.into_iter().rev().max_by_key(fits).unwrap_or(b',');
    unclosed(text, delimiter)?;
    Ok(streamed(text, delimiter, 0, layout))
}

/// A table whose columns are named, where they name a question with options.
pub(in crate::bank) fn of_columns(names: &[String], rows: &[Row]) -> Option<Table> {
    let layout: Vec<Column> = names.iter().map(|name| Column::of(name)).collect();
    usable(&layout).then(|| table(rows, &layout))
}

/// Reads the first sheet of a spreadsheet that holds questions.
pub(in crate::bank) fn read_sheet(bytes: &[u8]) -> Result<Table, Refusal> {
    let refuse =
        |message: &str, hint: &str| Refusal { message: message.into(), hint: Some(hint.into()), problems: Vec::new() };
    let unreadable = |_| refuse("this is no spreadsheet that can be read", "save it as `.xlsx` or as CSV again");
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(unreadable)?;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(unreadable)?;
        let first = range.start().map_or(0, |(row, _)| row as usize);
        let rows: Vec<Row> = range
            .rows()
            .enumerate()
            .map(|(at, row)| (first + at + 1, row.iter().map(cell).collect::<Vec<String>>()))
            .filter(|(_, row)| row.iter().any(|cell| !cell.is_empty()))
            .collect();
        if let Some((at, layout)) = header(&rows) {
            return Ok(table(&rows[at + 1..], &layout));
        }
    }
    Err(refuse(
        "no sheet has a column that is called a question",
        "name the columns in the first row: see `docs/banks.md`",
    ))
}

fn cell(data: &Data) -> String {
    match data {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => other.to_string().trim().to_owned(),
    }
}

pub(super) fn rows(text: &str, delimiter: u8) -> Vec<Row> {
    let mut rows = Vec::new();
    each_row(text, delimiter, |line, row| rows.push((line, row.iter().map(|cell| cell.trim().to_owned()).collect())));
    rows
}

/// Every row that is not empty, with its line.
fn each_row(text: &str, delimiter: u8, mut sink: impl FnMut(usize, &csv::StringRecord)) {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut row = csv::StringRecord::new();
    // The text is UTF-8 and rows may differ in length, so that nothing else can go wrong.
    while reader.read_record(&mut row).is_ok_and(|read| read) {
        if row.iter().any(|cell| !cell.trim().is_empty()) {
            sink(row.position().map_or(1, |position| position.line() as usize), &row);
        }
    }
}

/// Enough of the text to find the delimiter.
fn head(text: &str) -> &str {
    text.char_indices().nth(20_000).map_or(text, |(end, _)| &text[..end])
}

fn delimiter(text: &str) -> Option<u8> {
    let head = head(text);
    DELIMITERS.into_iter().find(|delimiter| header(&rows(head, *delimiter)).is_some()).or_else(|| {
        // The whole text is only parted into cells where its beginning has as many in each row.
        let even = |delimiter: &u8| {
            let mut rows = rows(head, *delimiter);
            if head.len() < text.len() {
                rows.pop();
            }
            rows.first()
                .is_some_and(|(_, first)| first.len() >= 4 && rows.iter().all(|(_, row)| row.len() == first.len()))
        };
        DELIMITERS.into_iter().filter(even).find(|delimiter| bare(&rows(text, *delimiter)).is_some())
    })
}

/// The row that names the columns.
fn header(rows: &[Row]) -> Option<(usize, Vec<Column>)> {
    rows.iter().take(HEAD).enumerate().find_map(|(at, (_, row))| {
        let layout: Vec<Column> = row.iter().map(|name| Column::of(name)).collect();
        usable(&layout).then_some((at, layout))
    })
}

fn usable(layout: &[Column]) -> bool {
    let options = layout.iter().filter(|column| matches!(column, Column::Option(..))).count();
    let wrong =
        layout.contains(&Column::Answer) && (layout.contains(&Column::Wrong) || layout.contains(&Column::Options));
    layout.iter().filter(|column| **column == Column::Question).count() == 1 && (options >= 2 || wrong)
}

/// A table without names, told by its key, the last column: a letter in every row; or, where most rows ask, a number or the text
/// of an option. A number or a topic may stand before the question.
fn bare(rows: &[Row]) -> Option<Vec<Column>> {
    let width = rows.first()?.1.len();
    if width < 4 || rows.len() < 2 || rows.iter().any(|(_, row)| row.len() != width) {
        return None;
    }
    let most =
        |holds: &dyn Fn(&[String]) -> bool| rows.iter().filter(|(_, row)| holds(row)).count() * 10 >= rows.len() * 6;
    let all = |holds: &dyn Fn(&[String]) -> bool| rows.iter().all(|(_, row)| holds(row));
    let asks = |cell: &str| cell.ends_with(['?', '？', ':', '：', '…', '_']);
    let counted = width > 4 && all(&|row| row[0].parse::<u32>().is_ok());
    let titled = width > 5 && most(&|row| asks(&row[1])) && !most(&|row| asks(&row[0]));
    let before = usize::from(counted || titled);
    let options = width - before - 2;
    let last = |row: &[String]| row[width - 1].clone();
    let letter = all(&|row| match last(row).as_bytes() {
        [letter @ b'A'..=b'J'] => usize::from(letter - b'A') < options,
        _ => false,
    });
    let number = || all(&|row| last(row).parse::<usize>().is_ok_and(|number| number <= options));
    let text = || all(&|row| row[before + 1..width - 1].contains(&row[width - 1]));
    if !(letter || (most(&|row| asks(&row[before])) && (number() || text()))) {
        return None;
    }
    let first = (before > 0).then_some(if counted { Column::Other } else { Column::Topic });
    let options = (0..options).map(|place| Column::Option(place, None));
    Some(first.into_iter().chain([Column::Question]).chain(options).chain([Column::Answer]).collect())
}

/// Whether a cell says yes or no; none where it says anything else.
fn flag(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "true" | "1" | "yes" | "y" | "x" | "✓" | "✔" | "correct" | "right" | "wahr" | "ja" | "vrai" | "oui" | "sí"
        | "да" => Some(true),
        "false" | "0" | "no" | "n" | "incorrect" | "wrong" | "falsch" | "nein" | "faux" | "non" | "нет" => {
            Some(false)
        }
        _ => None,
    }
}

fn table(rows: &[Row], layout: &[Column]) -> Table {
    let cells = |row: &Row| record(row.0, row.1.iter().map(String::as_str), layout);
    Table { records: rows.iter().filter_map(cells).collect(), hinted: hinted(layout) }
}

/// The records below the first `skip` rows, without keeping the rows.
fn streamed(text: &str, delimiter: u8, skip: usize, layout: &[Column]) -> Table {
    let (mut records, mut passed) = (Vec::new(), 0);
    each_row(text, delimiter, |line, row| {
        if passed >= skip {
            records.extend(record(line, row.iter().map(str::trim), layout));
        }
        passed += 1;
    });
    Table { records, hinted: hinted(layout) }
}

/// What the numbers in the names of the option columns begin with.
fn hinted(layout: &[Column]) -> Option<KeyBase> {
    let numbers = layout.iter().filter_map(|column| match column {
        Column::Option(number, Some(_)) => Some(*number),
        _ => None,
    });
    match numbers.min() {
        Some(0) => Some(KeyBase::Zero),
        Some(1) => Some(KeyBase::One),
        _ => None,
    }
}

fn record<'c>(line: usize, cells: impl Iterator<Item = &'c str>, layout: &[Column]) -> Option<Record> {
    let mut record = Record { line, ..Record::default() };
    let mut options: Vec<(usize, &str)> = Vec::with_capacity(layout.len());
    let mut wrong = Vec::new();
    let mut flags = Vec::new();
    for (column, cell) in layout.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        match column {
            Column::Question => cell.clone_into(&mut record.stem),
            Column::Option(place, _) => options.push((*place, cell)),
            Column::Wrong => wrong.push(cell),
            Column::Options => record.options = list::options(cell),
            Column::Flag(place) => match flag(cell) {
                Some(right) => flags.extend(right.then_some(*place)),
                None => record.answer.push(cell.to_owned()),
            },
            Column::Answer => record.answer.push(cell.to_owned()),
            Column::Explanation => cell.clone_into(&mut record.explanation),
            Column::Topic => record.topic = Some(cell.to_owned()),
            Column::Tags => record.tags.extend(cell.split([',', ';']).map(|tag| tag.trim().to_owned())),
            Column::Id => record.id = Some(cell.to_owned()),
            Column::Other => {}
        }
    }
    options.sort_by_key(|(place, _)| *place);
    record.options.extend(options.into_iter().map(|(place, text)| RecordOption::of(text, flags.contains(&place))));
    if !wrong.is_empty() && record.options.is_empty() {
        record.options.extend(record.answer.iter().map(|text| RecordOption::of(text, true)));
        record.answer.clear();
    }
    record.options.extend(wrong.into_iter().map(|text| RecordOption::of(text, false)));
    record.tags.retain(|tag| !tag.is_empty());
    // A row with a question alone is a title or a note of the table; it is told as a question without options.
    let asks = !record.options.is_empty() || !record.answer.is_empty();
    (asks && !record.stem.is_empty()).then_some(record)
}

/// Blackboard's tab-delimited questions: `MC`, the question, then each option with `correct` or `incorrect`.
fn blackboard(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty()).take(HEAD).peekable();
    lines.peek().is_some()
        && lines.all(|line| {
            line.split_once('\t').is_some_and(|(kind, _)| {
                matches!(
                    kind,
                    "MC" | "MA"
                        | "TF"
                        | "ESS"
                        | "ORD"
                        | "MAT"
                        | "FIB"
                        | "FIL"
                        | "NUM"
                        | "SR"
                        | "OP"
                        | "JUMBLED_SENTENCE"
                        | "QUIZ_BOWL"
                        | "FIB_PLUS"
                )
            })
        })
}

fn blackboard_record((line, row): &Row) -> Option<Record> {
    let (kind, rest) = row.split_first()?;
    let (stem, cells) = rest.split_first()?;
    let mut record = Record { line: *line, stem: stem.clone(), ..Record::default() };
    match kind.as_str() {
        "MC" | "MA" => {
            let (pairs, _) = cells.as_chunks::<2>();
            let right = |word: &str| word.eq_ignore_ascii_case("correct");
            record.options = pairs.iter().map(|[text, word]| RecordOption::of(text, right(word))).collect();
        }
        "TF" => {
            let truth = cells.first().is_some_and(|word| word.eq_ignore_ascii_case("true"));
            record.options = vec![RecordOption::of("True", truth), RecordOption::of("False", !truth)];
        }
        _ => {}
    }
    Some(record)
}

/// A quotation mark that is opened and never closed swallows the rest of the file: it is told where it opens.
pub(in crate::bank) fn unclosed(text: &str, delimiter: u8) -> Result<(), Refusal> {
    if !text.contains('"') {
        return Ok(());
    }
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
        Some((line, start, at)) => Err(Refusal {
            message: format!(
                "line {line}, column {}: a quotation mark is opened here and never closed",
                text[start..at].chars().count() + 1
            ),
            hint: Some("close it, or write `\"\"` for a quotation mark within a cell".into()),
            problems: Vec::new(),
        }),
    }
}
