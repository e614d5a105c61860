//! The room that a workbook may take: cells and their texts, in all of its sheets.

use super::super::cells::{TableRow, WorkbookSheet};
use crate::bank::Refusal;
use crate::model::limits::{Limit, TABLE_CELLS, TABLE_COLUMNS, VISITED_CELLS, WORKBOOK_SHEETS, WORKBOOK_TEXT};

/// What is taken of the room for all sheets of a workbook.
#[derive(Debug, Default)]
pub(in super::super) struct WorkbookRoom {
    sheets: u64,
    visited: u64,
    cells: u64,
    text: u64,
}

impl WorkbookRoom {
    /// Counts a sheet.
    pub(in super::super) fn sheet(&mut self) -> Result<(), Refusal> {
        charge(&mut self.sheets, 1, &WORKBOOK_SHEETS)
    }

    /// Counts cells that were looked at, also empty ones.
    pub(in super::super) fn visit(&mut self, cells: u64) -> Result<(), Refusal> {
        charge(&mut self.visited, cells, &VISITED_CELLS)
    }

    /// Whether there is room for so many cells more.
    fn sound_with(&self, cells: u64) -> Result<(), Refusal> {
        charge(&mut self.cells.clone(), cells, &TABLE_CELLS)
    }

    /// Counts cells of a table.
    pub(super) fn cells(&mut self, cells: u64) -> Result<(), Refusal> {
        charge(&mut self.cells, cells, &TABLE_CELLS)
    }

    /// Counts the text of a cell, in bytes.
    pub(super) fn text(&mut self, bytes: u64) -> Result<(), Refusal> {
        charge(&mut self.text, bytes, &WORKBOOK_TEXT)
    }
}

fn charge(taken: &mut u64, more: u64, limit: &Limit) -> Result<(), Refusal> {
    *taken = taken.saturating_add(more);
    if *taken <= limit.most {
        return Ok(());
    }
    Err(Refusal::new(
        format!("the workbook is too large: more than {} as {}", limit.figure(), limit.counts),
        "is this the right file? If it is, save its questions as CSV, in several files",
    ))
}

/// The cells of a sheet, as they come.
#[derive(Debug, Default)]
pub(in super::super) struct SheetCells {
    /// Row and column from 0, and the text.
    cells: Vec<(u32, u32, String)>,
}

impl SheetCells {
    /// Adds a cell; an empty one says nothing.
    pub(in super::super) fn add(
        &mut self,
        room: &mut WorkbookRoom,
        (row, column): (u32, u32),
        text: String,
    ) -> Result<(), Refusal> {
        room.visit(1)?;
        if text.is_empty() {
            return Ok(());
        }
        if u64::from(column) >= TABLE_COLUMNS.most {
            return Err(Refusal::new(
                format!(
                    "row {} of a sheet has a cell in column {}; {} columns are the most",
                    u64::from(row) + 1,
                    u64::from(column) + 1,
                    TABLE_COLUMNS.figure()
                ),
                "delete what is far from the questions, and save the workbook again",
            ));
        }
        room.text(text.len() as u64)?;
        // Each of them will be one of the table.
        room.sound_with(self.cells.len() as u64 + 1)?;
        self.cells.push((row, column, text));
        Ok(())
    }

    /// The rows that hold something, from the first column that does to the last.
    pub(in super::super) fn finish(mut self, name: String, room: &mut WorkbookRoom) -> Result<WorkbookSheet, Refusal> {
        let columns = self.cells.iter().map(|(_, column, _)| *column);
        let (Some(left), Some(right)) = (columns.clone().min(), columns.max()) else { return Ok((name, Vec::new())) };
        self.cells.sort_by_key(|(row, column, _)| (*row, *column));
        let width = (right - left) as usize + 1;
        let mut rows: Vec<TableRow> = Vec::new();
        for (row, column, text) in self.cells {
            let line = row as usize + 1;
            if rows.last().is_none_or(|(last, _)| *last != line) {
                room.cells(width as u64)?;
                rows.push((line, vec![String::new(); width]));
            }
            if let Some((_, cells)) = rows.last_mut() {
                cells[(column - left) as usize] = text;
            }
        }
        Ok((name, rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_the_room_has_an_end() {
        let mut room = WorkbookRoom::default();
        assert!(room.visit(VISITED_CELLS.most).is_ok());
        let refused = room.visit(1).expect_err("one more");
        assert!(refused.message.contains("20,000,000 as cells"), "{}", refused.message);
        assert!((0..WORKBOOK_SHEETS.most).all(|_| room.sheet().is_ok()) && room.sheet().is_err());
        assert!(room.text(WORKBOOK_TEXT.most).is_ok() && room.text(1).is_err());
        assert!(room.text(u64::MAX).is_err(), "no sum is too large");
    }
}
