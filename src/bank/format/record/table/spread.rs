//! Tables with a row for each option: rows of the same question are its options, and a column flags those that are right.

use std::collections::HashSet;

use super::QuestionTable;
use super::cells::{DELIMITERS, TableRow, rows};
use super::flag::flag;
use crate::bank::Decision;
use crate::bank::format::record::header::{ColumnRole, columns};
use crate::bank::format::record::{Record, RecordOption};

/// More options are those of no question.
const MOST_OPTIONS: usize = 15;

/// Which column is what.
struct Spread {
    columns: Vec<ColumnRole>,
    stem: usize,
    option: usize,
    flag: usize,
}

/// The questions of a text whose rows are options.
pub(super) fn of_text(text: &str) -> Option<QuestionTable> {
    DELIMITERS.into_iter().find_map(|delimiter| {
        let head = text.lines().find(|line| !line.trim().is_empty())?;
        let (_, names) = rows(head, delimiter).into_iter().next().filter(|(_, names)| names.len() > 2)?;
        let table = columns(&names).contains(&ColumnRole::Question).then(|| of_rows(&rows(text, delimiter)))??;
        Some(QuestionTable { delimiter: Some(delimiter), ..table })
    })
}

/// The questions of rows that are options.
pub(super) fn of_rows(rows: &[TableRow]) -> Option<QuestionTable> {
    let ((line, names), body) = rows.split_first()?;
    let columns = columns(names);
    let stem = columns.iter().position(|column| *column == ColumnRole::Question)?;
    let runs = runs(body, stem)?;
    let spread = Spread::find(columns, stem, &runs)?;
    let records: Vec<Record> = runs.iter().map(|run| spread.record(run)).collect();
    let evidence = Decision::new("columns", "an option in each row, flagged if it is right")
        .because("names of columns", [*line])
        .because(format!("{} rows are of {} questions", body.len(), records.len()), [body[0].0]);
    Some(QuestionTable { records, evidence: Some(evidence), ..QuestionTable::default() })
}

fn cell(row: &TableRow, at: usize) -> &str {
    row.1.get(at).map_or("", |cell| cell.trim())
}

/// The rows of each question; `None` if most questions have one row.
fn runs(body: &[TableRow], stem: usize) -> Option<Vec<&[TableRow]>> {
    let goes_on = |one: &TableRow, next: &TableRow| cell(next, stem).is_empty() || cell(one, stem) == cell(next, stem);
    // Below its first row the cell of a question may be empty.
    let mut runs: Vec<&[TableRow]> = Vec::new();
    let mut from = 0;
    for at in 1..=body.len() {
        if at == body.len() || !goes_on(&body[from], &body[at]) {
            runs.push(&body[from..at]);
            from = at;
        }
    }
    let several = runs.iter().filter(|run| (2..=MOST_OPTIONS).contains(&run.len())).count();
    let asked = runs.iter().all(|run| run.first().is_some_and(|row| !cell(row, stem).is_empty()));
    (asked && several * 10 >= runs.len() * 8 && several > 0).then_some(runs)
}

impl Spread {
    fn find(columns: Vec<ColumnRole>, stem: usize, runs: &[&[TableRow]]) -> Option<Self> {
        let width = columns.len();
        let rows = || runs.iter().flat_map(|run| run.iter());
        let filled = |at: usize| rows().filter(move |row| !cell(row, at).is_empty()).count();
        let is_flag = |at: &usize| {
            let states: Vec<Option<bool>> = rows().map(|row| right(cell(row, *at))).collect();
            let all_flags = states.iter().all(Option::is_some);
            let keyed = runs.iter().filter(|run| run.iter().any(|row| right(cell(row, *at)) == Some(true))).count();
            all_flags && states.contains(&Some(false)) && keyed * 10 >= runs.len() * 8
        };
        let named = |at: &usize| matches!(columns[*at], ColumnRole::Answer | ColumnRole::Flag(_));
        let mut flags: Vec<usize> = (0..width).filter(|at| *at != stem && is_flag(at)).collect();
        flags.sort_by_key(|at| !named(at));
        let flag = *flags.first()?;
        // Every row of a question says something else there.
        let differs = |at: &usize| {
            runs.iter().all(|run| {
                let texts: HashSet<&str> = run.iter().map(|row| cell(row, *at)).collect();
                texts.len() == run.len() && !texts.contains("")
            })
        };
        let length = |at: &usize| rows().map(|row| cell(row, *at).chars().count()).sum::<usize>();
        let options = (0..width).filter(|at| ![stem, flag].contains(at) && filled(*at) > 0 && differs(at));
        let counts =
            |at: &usize| columns[*at] == ColumnRole::Other && rows().all(|row| cell(row, *at).parse::<u64>().is_ok());
        let option = options
            .filter(|at| !columns[*at].is_aside() && !matches!(columns[*at], ColumnRole::Feedback(_)) && !counts(at))
            .max_by_key(|at| (columns[*at] != ColumnRole::Other, length(at)))?;
        // With several columns of options, each row is a question.
        let listed = columns.iter().filter_map(ColumnRole::option).count();
        (listed < 3).then_some(Self { columns, stem, option, flag })
    }

    fn record(&self, run: &[TableRow]) -> Record {
        let mut record = Record::default();
        let Some(first) = run.first() else { return record };
        record.line = first.0;
        cell(first, self.stem).clone_into(&mut record.stem);
        let option =
            |row: &TableRow| RecordOption::new(cell(row, self.option), right(cell(row, self.flag)) == Some(true));
        record.options = run.iter().map(option).collect();
        for (at, column) in self.columns.iter().enumerate().filter(|(at, _)| ![self.option, self.flag].contains(at)) {
            let mut texts = run.iter().map(|row| cell(row, at)).filter(|text| !text.is_empty());
            let Some(text) = texts.next() else { continue };
            let alike = texts.all(|other| other == text);
            match column {
                ColumnRole::Explanation if alike => text.clone_into(&mut record.explanation),
                ColumnRole::Explanation | ColumnRole::Feedback(_) => {
                    for (option, row) in record.options.iter_mut().zip(run) {
                        option.feedback = Some(cell(row, at).to_owned()).filter(|text| !text.is_empty());
                    }
                }
                ColumnRole::Topic => record.topic = Some(text.to_owned()),
                ColumnRole::Tags => record.tags = text.split([',', ';']).map(|tag| tag.trim().to_owned()).collect(),
                ColumnRole::Id if alike => record.id = Some(text.to_owned()),
                _ => {}
            }
        }
        record
    }
}

/// Whether a cell marks its option as right; an empty one means wrong. `None` if it means something else.
fn right(cell: &str) -> Option<bool> {
    let shares = cell.trim_end_matches(".0").parse::<u8>().is_ok_and(|share| [0, 1, 100].contains(&share));
    match cell {
        "" => Some(false),
        _ if cell.starts_with(|char: char| char.is_ascii_digit()) && !shares => None,
        _ => flag(cell),
    }
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    fn found(text: &str) -> Vec<(String, Vec<String>, Vec<usize>)> {
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        let texts =
            |question: &crate::bank::BankQuestion| question.options.iter().map(|option| option.text.clone()).collect();
        bank.questions.iter().map(|question| (question.stem.clone(), texts(question), question.correct())).collect()
    }

    #[test]
    fn rows_of_one_question_are_its_options() {
        let of = |stem: &str, texts: &[&str], right: &[usize]| {
            (stem.to_owned(), texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>(), right.to_vec())
        };
        let wanted = [of("Wet?", &["sea", "road"], &[0]), of("Dry?", &["lake", "sand", "rock"], &[1, 2])];
        let table = "question,answer,is_correct\nWet?,sea,TRUE\nWet?,road,FALSE\nDry?,lake,FALSE\nDry?,sand,TRUE\nDry?,rock,TRUE\n";
        assert_eq!(found(table), wanted);
        let numbered =
            "question_id;question;option;correct\n1;Wet?;sea;1\n1;;road;0\n2;Dry?;lake;0\n2;;sand;1\n2;;rock;1\n";
        assert_eq!(found(numbered), wanted);
    }

    #[test]
    fn statements_stay_statements() {
        let table = "question,answer,correct\nWet?,sea,yes\nDry?,sand,yes\nCold?,fire,no\n";
        assert!(super::of_text(table).is_none());
    }
}
