//! A row as a question.

use crate::bank::format::record::header::Column;
use crate::bank::format::record::{Record, RecordOption, list};

pub(super) fn record<'c>(line: usize, cells: impl Iterator<Item = &'c str>, layout: &[Column]) -> Option<Record> {
    let mut record = Record { line, ..Record::default() };
    let mut options: Vec<(usize, &str)> = Vec::with_capacity(layout.len());
    let mut wrong = Vec::new();
    let mut flags = Vec::new();
    let mut cells = cells.enumerate().filter(|(_, cell)| !cell.is_empty()).peekable();
    while let Some((place, cell)) = cells.next_if(|(place, _)| *place < layout.len()) {
        let column = &layout[place];
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
    record.surplus = cells.last().map(|(place, _)| (place + 1, layout.len()));
    // A row with a question alone is a title or a note of the table; it is told as a question without options.
    let asks = !record.options.is_empty() || !record.answer.is_empty();
    (record.surplus.is_some() || (asks && !record.stem.is_empty())).then_some(record)
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
