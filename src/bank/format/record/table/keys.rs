//! Which columns hold the key of a table whose options have names: its cells name one of them.

use super::cells::TableRow;
use super::layout::{free, options};
use super::unnamed::{self, KnownColumns};
use crate::bank::format::record::header::{ColumnRole, is_numbered_answer};

/// If the question and its options have names but the key has none, the column whose cells name an option is the key.
pub(super) fn with_key(mut columns: Vec<ColumnRole>, names: &[String], body: &[TableRow]) -> Vec<ColumnRole> {
    let keyed = columns.iter().any(|column| column.is_key() || *column == ColumnRole::Options);
    let Some(stem) = columns.iter().position(|column| *column == ColumnRole::Question) else { return columns };
    if !keyed {
        let known = KnownColumns { stem: Some(stem), key: None, options: options(&columns), ..free(&columns, names) };
        if let Some(found) = unnamed::find(body, &known) {
            columns.resize(columns.len().max(found.key + 1), ColumnRole::Other);
            columns[found.key] = ColumnRole::Answer;
        }
    }
    columns
}

/// `A,B,C,Answer 1,Answer 2`: numbered columns that are called answers, next to options of another name, are the key if
/// their cells name options.
pub(super) fn keys_apart(mut columns: Vec<ColumnRole>, names: &[String], body: &[TableRow]) -> Vec<ColumnRole> {
    let all = options(&columns);
    let (answers, others): (Vec<usize>, Vec<usize>) =
        all.into_iter().partition(|at| names.get(*at).is_some_and(|name| is_numbered_answer(name)));
    let keyed = columns.iter().any(ColumnRole::is_key);
    let names_others = |at: &&usize| unnamed::name_options(body, **at, &others);
    if !keyed && others.len() > 1 && !answers.is_empty() && answers.iter().filter(names_others).count() == answers.len()
    {
        answers.into_iter().for_each(|at| columns[at] = ColumnRole::Answer);
    }
    columns
}

/// `Correct 1,Correct 2` count the right options if their cells are places: some is above one, none is zero, and the
/// first ones are filled.
pub(super) fn places_for_flags(mut columns: Vec<ColumnRole>, body: &[TableRow]) -> Vec<ColumnRole> {
    let flags: Vec<usize> = (0..columns.len()).filter(|at| matches!(columns[*at], ColumnRole::Flag(_))).collect();
    let options = options(&columns).len();
    let place = |cell: &String| cell.parse::<usize>().ok().filter(|place| (1..=options).contains(place));
    let (mut filled, mut above) = (0, 0);
    for (_, row) in body {
        let cells: Vec<&String> = flags.iter().filter_map(|at| row.get(*at)).collect();
        let last = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1);
        let places: Option<Vec<usize>> = cells[..last].iter().map(|cell| place(cell)).collect();
        let Some(places) = places.filter(|places| places.windows(2).all(|pair| pair[0] < pair[1])) else {
            return columns;
        };
        filled += places.len();
        above += places.iter().filter(|place| **place > 1).count();
    }
    if above * 3 > filled && flags.len() <= options {
        flags.into_iter().for_each(|at| columns[at] = ColumnRole::Answer);
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::super::detect::layout;
    use super::super::layout::columns_in_words;
    use super::*;

    fn key(text: &str) -> String {
        let cells = |line: &str| line.split(';').map(|cell| cell.trim().to_owned()).collect();
        let rows: Vec<TableRow> = (1..).zip(text.lines().map(cells)).collect();
        columns_in_words(&layout(&rows).expect(text).columns)
    }

    #[test]
    fn answers_beside_options_are_the_key() {
        for text in [
            "Question;A;B;Answer 1;Answer 2\nRed?;grass;blood;B;\nWarm?;fire;sun;A;B",
            "Frage;Option A;Option B;Antwort 1\nRot?;Gras;Blut;Blut\nGrün?;Gras;Blut;Gras",
        ] {
            assert!(key(text).starts_with("question, option, option, answer"), "{text}");
        }
        let text = "Question;A;B;C;Correct 1;Correct 2\nRed?;grass;blood;rose;2;3\nGreen?;grass;blood;rose;1;\nHot?;sun;sea;fire;1;3";
        assert_eq!(key(text), "question, option, option, option, answer, answer");
        let text = "Question;A;B;Correct 1;Correct 2\nRed?;grass;blood;;1\nGreen?;grass;blood;1;";
        assert_eq!(key(text), "question, option, option, right or not, right or not");
        let text = "Question;Answer 1;Answer 2;Answer 3\nRed?;grass;blood;sea\nGreen?;grass;blood;sea";
        assert_eq!(key(text), "question, option, option, option");
    }
}
