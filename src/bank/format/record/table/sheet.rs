//! The questions of a workbook: every sheet that is a table of questions.

use super::layout::{given, layout};
use super::workbook::sheets;
use super::{Table, no_columns, of_rows};
use crate::bank::Refusal;

/// Reads the sheets of a workbook that hold questions. `columns` names the columns of the first one that is not empty.
pub(in crate::bank) fn read_sheet(bytes: &[u8], columns: Option<&str>) -> Result<Table, Refusal> {
    let sheets = sheets(bytes)?;
    let filled = || sheets.iter().filter(|(_, rows)| !rows.is_empty());
    if let Some(columns) = columns {
        let rows = filled().next().map(|(_, rows)| rows.as_slice()).unwrap_or_default();
        return given(columns, rows)
            .map(|layout| of_rows(rows, layout).counted_from_one())
            .ok_or_else(|| no_columns(columns));
    }
    let found = filled().filter_map(|(name, rows)| Some((name, of_rows(rows, layout(rows)?))));
    let mut tables: Vec<(&String, Table)> = found.filter(|(_, table)| !table.is_empty()).collect();
    if tables.len() > 1 {
        // Where several sheets hold questions, each is a topic.
        for (name, table) in &mut tables {
            let untitled = table.records.iter_mut().filter(|record| record.topic.is_none());
            untitled.for_each(|record| record.topic = Some((*name).clone()));
        }
    }
    let joined = tables.into_iter().map(|(_, table)| table).reduce(Table::joined);
    joined.ok_or_else(|| Refusal {
        message: "no sheet has a column that is called a question".into(),
        hint: Some("name the columns in the first row, or with `--columns question,a,b,c,d,answer`".into()),
        problems: Vec::new(),
    })
}
