//! Tables of which one cell holds the question and its options, and another one names the right one.

use super::cells::TableRow;
use super::layout::{HEAD, TableLayout, body, columns_in_words, width};
use super::row_count;
use crate::bank::Decision;
use crate::bank::format::record::header::{ColumnRole, columns};
use crate::bank::format::record::{KeyBase, Record, RecordOption, inline};

/// More columns are not looked through.
const MOST_COLUMNS: usize = 20;

/// The question in a text, and the options in it.
pub(super) fn parted(text: &str) -> Option<(String, Vec<RecordOption>)> {
    inline::split(text).or_else(|| inline::in_line(text))
}

/// Finds the column of questions with their options, and the one of the key.
pub(super) fn layout(rows: &[TableRow]) -> Option<TableLayout> {
    let parts = |(_, row): &TableRow| row.iter().any(|cell| parted(cell).is_some());
    let skip = rows.iter().take(HEAD).position(parts)?;
    let body = body(rows, skip);
    let widest = body.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
    if body.len() < 2 || !(2..=MOST_COLUMNS).contains(&widest) {
        return None;
    }
    let (stem, key, named) = best(body, widest)?;
    let names = skip.checked_sub(1).map(|at| &rows[at].1).filter(|names| names.len() > 1);
    let mut columns = names.map(|names| columns(names)).unwrap_or_default();
    columns.resize(widest.max(columns.len()), ColumnRole::Other);
    columns.iter_mut().filter(|column| !column.is_aside()).for_each(|column| *column = ColumnRole::Other);
    (columns[stem], columns[key]) = (ColumnRole::Question, ColumnRole::Answer);
    let text = format!("the key names an option within the question in {named} of {}", row_count(body.len()));
    let evidence =
        Decision::new("columns", columns_in_words(&columns)).because(text, body.iter().map(|(line, _)| *line));
    let width = width(names.map_or(&[][..], Vec::as_slice), body);
    let (names, evidence) = (names.cloned(), Some(evidence));
    Some(TableLayout { columns, skip, width, names, evidence, inlined: true, ..TableLayout::default() })
}

/// The columns of the questions and of the key, and in how many rows it names an option.
fn best(body: &[TableRow], widest: usize) -> Option<(usize, usize, usize)> {
    let mut best: Option<(usize, usize, usize)> = None;
    for stem in 0..widest {
        let records: Vec<(Record, &TableRow)> = body
            .iter()
            .filter_map(|row| {
                let (stem, options) = parted(row.1.get(stem)?)?;
                Some((Record { stem, options, ..Record::default() }, row))
            })
            .collect();
        if records.len() * 10 < body.len() * 6 {
            continue;
        }
        for key in (0..widest).filter(|key| *key != stem) {
            let of = |base: KeyBase| {
                let names = |(record, row): &&(Record, &TableRow)| {
                    let answer = row.1.get(key).filter(|cell| !cell.is_empty()).cloned();
                    let options = record.options.clone();
                    answer.is_some_and(|answer| {
                        base.places(&Record { options, answer: vec![answer], ..Record::default() }).is_some()
                    })
                };
                records.iter().filter(names).count()
            };
            let named = [KeyBase::Letter, KeyBase::One, KeyBase::Text].map(of).into_iter().max().unwrap_or(0);
            if named > 1 && named * 10 >= body.len() * 6 && best.is_none_or(|(.., most)| named > most) {
                best = Some((stem, key, named));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    #[test]
    fn one_cell_holds_the_question_and_its_options() {
        for text in [
            "question,answer\n\"Which is wet?\nA. sea\nB. road\",A\n\"Which is dry?\nA. sea\nB. road\",B\n",
            "\"Which is wet?\n1) sea\n2) road\";1\n\"Which is dry?\n1) sea\n2) road\";2\n",
            "Nr;Frage;Antwort\n1;Which is wet? A) sea B) road;A\n2;Which is dry? A) sea B) road;B\n",
            "| Question | Answer |\n|---|---|\n| Which is wet? a) sea b) road | a |\n| Which is dry? a) sea b) road | b |\n",
            "Question\tAnswer\tWhy\nWhich is wet? (A) sea (B) road\tsea\tIt is.\nWhich is dry? (A) sea (B) road\troad\tIt is.\n",
        ] {
            let bank = read(text.as_bytes(), &ReadOptions::default()).expect(text);
            let found: Vec<_> = bank.questions.iter().map(|found| (found.stem.as_str(), found.correct())).collect();
            assert_eq!(found, [("Which is wet?", vec![0]), ("Which is dry?", vec![1])], "{text}");
            assert!(bank.questions.iter().all(|found| found.options[1].text == "road"), "{text}");
        }
    }
}
