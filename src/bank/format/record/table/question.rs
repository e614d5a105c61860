//! A row as a question, or as what is wrong with it.

use super::flag::flag;
use super::inlined::parted;
use super::layout::TableLayout;
use crate::bank::format::record::header::{ColumnRole, place_of_letter};
use crate::bank::format::record::{Record, RecordOption, list};

#[derive(Debug)]
pub(super) enum RowReading {
    Question(Record),
    Broken(RowFault),
    /// Nothing that asks.
    Nothing,
}

/// Why a row is no question.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RowFault {
    pub(super) line: usize,
    /// The cell at which it goes wrong, from 0.
    pub(super) cell: usize,
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) hint: &'static str,
    /// The cells, if no line of text shows them.
    pub(super) cells: String,
}

pub(super) fn read_row<'c>(
    line: usize,
    cells: impl Iterator<Item = &'c str> + Clone,
    layout: &TableLayout,
) -> RowReading {
    let fault = |cell: usize, code: &'static str, message: String, hint: &'static str| {
        let cells = cells.clone().collect::<Vec<_>>().join(" | ");
        RowReading::Broken(RowFault { line, cell, code, message, hint, cells })
    };
    // Empty cells at the end are no fields.
    let fields = cells.clone().enumerate().filter(|(_, cell)| !cell.is_empty()).last().map_or(0, |(at, _)| at + 1);
    if fields > layout.width {
        let named = if layout.given {
            "`--columns` has"
        } else if layout.names.is_some() {
            "the header has"
        } else {
            "most rows have"
        };
        let message = format!("{fields} fields where {named} {}: is a comma unquoted?", layout.width);
        return fault(layout.width, "extra-field", message, "put the cell with the comma in quotation marks");
    }
    if layout.names.as_ref().is_some_and(|names| cells.clone().eq(names.iter().map(String::as_str))) {
        return RowReading::Nothing;
    }
    if let Some(end) = short(cells.clone(), &layout.columns) {
        let message = format!("{} fields are too few: the key is in the column of an option", end + 1);
        return fault(end, "missing-field", message, "write the field that is missing, or leave an empty one");
    }
    let mut record = record(line, cells.clone(), &layout.columns);
    if layout.own_letters {
        record.answer.iter_mut().for_each(|answer| *answer = latin(answer));
    }
    if !layout.labels.is_empty() {
        record.answer.iter_mut().for_each(|answer| *answer = letters(answer, &layout.labels));
    }
    if layout.inlined
        && let Some((stem, options)) = parted(&record.stem)
    {
        (record.stem, record.options) = (stem, options);
    }
    if let Some(ticks) = &layout.ticks
        && !record.stem.is_empty()
    {
        let row: Vec<String> = cells.clone().map(str::to_owned).collect();
        if !ticks.judge(&mut record, &row) {
            let message = "no tick says whether this holds, or both do".to_owned();
            return fault(0, "no-answer", message, "tick one of the two columns");
        }
    }
    let stem = layout.columns.iter().position(|column| *column == ColumnRole::Question).unwrap_or(0);
    match (record.stem.is_empty(), record.options.is_empty() && record.answer.is_empty()) {
        (false, false) => RowReading::Question(record),
        (false, true) => {
            let message = "the question has no options and no answer".to_owned();
            fault(stem, "no-options", message, "write its options and the answer into their columns, or remove the row")
        }
        // Only the key is left of a deleted question.
        (true, false) if !record.options.is_empty() => {
            fault(stem, "no-stem", "these options have no question".to_owned(), "write the question into its column")
        }
        (true, _) => RowReading::Nothing,
    }
}

/// The last cell of a row that ends before its key, if it is the key in the column of an option: a letter or a digit
/// next to longer options, or one of these repeated.
fn short<'c>(cells: impl Iterator<Item = &'c str> + Clone, columns: &[ColumnRole]) -> Option<usize> {
    let key = columns.iter().position(|column| *column == ColumnRole::Answer)?;
    let end = cells.clone().count().checked_sub(1).filter(|end| *end < key)?;
    let last = cells.clone().nth(end)?;
    let is_option = |at: usize| matches!(columns.get(at), Some(ColumnRole::Option(..)));
    let before = || cells.clone().enumerate().filter(|(at, cell)| *at < end && is_option(*at) && !cell.is_empty());
    let signs = last.chars().count() == 1 && last.chars().all(char::is_alphanumeric);
    let stands_out = signs && before().all(|(_, cell)| cell.chars().count() > 1);
    let again = before().any(|(_, cell)| cell == last);
    (is_option(end) && before().count() > 1 && !last.is_empty() && (stands_out || again)).then_some(end)
}

/// What the names of the options call them, as the letters of their places.
fn letters(answer: &str, labels: &[String]) -> String {
    let letter = |part: &str| {
        let place = labels.iter().position(|label| label.eq_ignore_ascii_case(part))?;
        (b'A'..=b'Z').nth(place).map(|letter| char::from(letter).to_string())
    };
    let parts: Option<Vec<String>> =
        answer.split([',', ';', ' ']).filter(|part| !part.is_empty()).map(letter).collect();
    parts.map_or_else(|| answer.to_owned(), |parts| parts.join(","))
}

/// Letters of another alphabet as those of the same places.
fn latin(answer: &str) -> String {
    let letter = |char: char| place_of_letter(char).and_then(|place| (b'A'..=b'J').nth(place)).map_or(char, char::from);
    answer.chars().map(letter).collect()
}

fn record<'c>(line: usize, cells: impl Iterator<Item = &'c str>, layout: &[ColumnRole]) -> Record {
    let mut record = Record { line, ..Record::default() };
    let mut options: Vec<(usize, &str)> = Vec::with_capacity(layout.len());
    let (mut wrong, mut flags, mut feedback): (Vec<String>, Vec<usize>, Vec<_>) = (Vec::new(), Vec::new(), Vec::new());
    for (column, cell) in layout.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        match column {
            ColumnRole::Question => cell.clone_into(&mut record.stem),
            ColumnRole::Option(place, _) => options.push((*place, cell)),
            ColumnRole::Wrong => wrong.push(cell.to_owned()),
            ColumnRole::Wrongs => wrong.extend(list::options(cell).into_iter().map(|option| option.text)),
            ColumnRole::Options => record.options = list::options(cell),
            ColumnRole::Flag(place) => match flag(cell) {
                Some(right) => flags.extend(right.then_some(*place)),
                None => record.answer.push(cell.to_owned()),
            },
            ColumnRole::Answer => record.answer.push(cell.to_owned()),
            ColumnRole::Explanation => cell.clone_into(&mut record.explanation),
            ColumnRole::Feedback(place) => feedback.push((*place, cell)),
            ColumnRole::Topic => record.topic = Some(cell.to_owned()),
            ColumnRole::Tags => record.tags.extend(cell.split([',', ';']).map(|tag| tag.trim().to_owned())),
            ColumnRole::Id => record.id = Some(cell.to_owned()),
            ColumnRole::Other => {}
        }
    }
    options.sort_by_key(|(place, _)| *place);
    let feedback_of = |place: usize| feedback.iter().find(|(of, _)| *of == place).map(|(_, text)| (*text).to_owned());
    record.options.extend(options.into_iter().map(|(place, text)| RecordOption {
        feedback: feedback_of(place),
        ..RecordOption::new(text, flags.contains(&place))
    }));
    if !wrong.is_empty() && record.options.is_empty() {
        record.options.extend(record.answer.iter().map(|text| RecordOption::new(text, true)));
        record.answer.clear();
    }
    record.options.extend(wrong.iter().map(|text| RecordOption::new(text, false)));
    record.tags.retain(|tag| !tag.is_empty());
    record
}
