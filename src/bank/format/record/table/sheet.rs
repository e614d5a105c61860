//! The questions of a workbook: every sheet that is a table of questions.

use super::cells::TableRow;
use super::detect::{given, layout};
use super::layout::HEAD;
use super::workbook::sheets;
use super::{LeftOut, QuestionTable, no_columns, of_rows, spread};
use crate::bank::Refusal;
use crate::bank::format::record::header::{ColumnRole, columns};

/// Reads the sheets of a workbook that hold questions. `columns` names the columns of the first one that is not empty.
pub(in crate::bank) fn read_sheet(bytes: &[u8], columns: Option<&str>) -> Result<QuestionTable, Refusal> {
    let sheets = sheets(bytes)?;
    let filled = || sheets.iter().filter(|(_, rows)| !rows.is_empty());
    if let Some(columns) = columns {
        let rows = filled().next().map(|(_, rows)| rows.as_slice()).unwrap_or_default();
        return given(columns, rows)
            .map(|layout| of_rows(rows, layout).counted_from_one())
            .ok_or_else(|| no_columns(columns));
    }
    let found = filled()
        .filter_map(|(name, rows)| Some((name, spread::of_rows(rows).or_else(|| Some(of_rows(rows, layout(rows)?)))?)));
    let mut tables: Vec<(&String, QuestionTable)> = found.filter(|(_, table)| !table.is_empty()).collect();
    if tables.len() > 1 {
        // If several sheets hold questions, each is a topic.
        for (name, table) in &mut tables {
            let untitled = table.records.iter_mut().filter(|record| record.topic.is_none());
            untitled.for_each(|record| record.topic = Some((*name).clone()));
        }
    }
    let read: Vec<String> = tables.iter().map(|(name, _)| (*name).clone()).collect();
    let others = filled().filter(|(name, _)| !read.contains(name));
    let left_out = others.filter_map(|(name, rows)| left_out(name, rows)).collect();
    let joined = tables.into_iter().map(|(_, table)| table).reduce(QuestionTable::joined);
    let joined = joined.map(|table| QuestionTable { sheets: left_out, ..table });
    joined.ok_or_else(|| {
        Refusal::new(
            "no sheet has a column that is called a question",
            "name the columns in the first row, or with `--columns question,a,b,c,d,answer`",
        )
    })
}

/// A sheet of several columns and rows that no reader of questions with options understood.
fn left_out(name: &str, rows: &[TableRow]) -> Option<LeftOut> {
    let wide = |row: &TableRow| row.1.iter().filter(|cell| !cell.is_empty()).count() > 1;
    let asks = |row: &TableRow| wide(row) && columns(&row.1).contains(&ColumnRole::Question);
    let named = rows.iter().take(HEAD).position(asks);
    let questions = named.map_or(0, |at| rows[at + 1..].iter().filter(|row| wide(row)).count());
    (rows.iter().filter(|row| wide(row)).count() > 1).then(|| LeftOut { name: name.to_owned(), questions })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<TableRow> {
        (1..).zip(text.lines().map(|line| line.split(',').map(str::to_owned).collect())).collect()
    }

    #[test]
    fn sheets_that_are_not_read_are_told_with_their_questions() {
        let told = |text: &str| left_out("More", &rows(text)).map(|sheet| sheet.questions);
        assert_eq!(told("id,questionText,holds\n1,Tar is black.,yes\n2,Milk is green.,no"), Some(2));
        assert_eq!(told("type,code\nknowledge,a\nexam,b"), Some(0));
        assert_eq!(told("Read this first\nThen that"), None);
    }
}
