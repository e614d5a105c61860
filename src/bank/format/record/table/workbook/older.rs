//! `.xls`: the stream of records is taken out of its container, measured, and freed of what would only make a parser work.

use std::collections::HashSet;
use std::io::Cursor;

use calamine::{Reader as _, Xls};

use super::super::cells::WorkbookSheet;
use super::compound::{Compound, written};
use super::room::{SheetCells, WorkbookRoom};
use super::{cell, unreadable};
use crate::bank::Refusal;

/// Kinds of records.
const CONTINUED: u16 = 0x003c;
const END_OF_PART: u16 = 0x000a;
const BEGIN_OF_PART: u16 = 0x0809;
const SHEET: u16 = 0x0085;
const SHARED_TEXTS: u16 = 0x00fc;
const FORMULA: u16 = 0x0006;
const FORMULA_TEXT: u16 = 0x0207;
const SHARED_TEXT_CELL: u16 = 0x00fd;
const NUMBERS: u16 = 0x00bd;
/// Cells of one number, text or truth.
const CELLS: [u16; 5] = [0x0203, 0x0204, 0x00d6, 0x0205, 0x027e];
/// What says nothing of a bank: stated sizes, merged cells, names and their sheets.
const NEEDLESS: [u16; 4] = [0x0200, 0x00e5, 0x0018, 0x0017];
/// A kind that nobody knows.
const UNKNOWN: u16 = 0x0fff;

/// The sheets of an older workbook.
pub(super) fn sheets(bytes: &[u8], room: &mut WorkbookRoom) -> Result<Vec<WorkbookSheet>, Refusal> {
    let file = Compound::open(bytes).ok_or_else(unreadable)?;
    let mut stream = file.stream("Workbook").or_else(|| file.stream("Book")).ok_or_else(unreadable)?;
    measure(&mut stream, room)?;
    let mut book = Xls::new(Cursor::new(written(stream))).map_err(|_| unreadable())?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|_| unreadable())?;
        let (first, left) = range.start().unwrap_or((0, 0));
        let mut cells = SheetCells::default();
        for (row, column, data) in range.used_cells() {
            cells.add(room, (first + row as u32, left + column as u32), cell(data, ""))?;
        }
        sheets.push(cells.finish(name, room)?);
    }
    Ok(sheets)
}

/// A record: its kind and where its data are.
#[derive(Clone, Copy)]
struct Record {
    kind: u16,
    at: usize,
    length: usize,
}

/// The record that begins at a place.
fn record(stream: &[u8], at: usize) -> Option<Record> {
    let short = |at: usize| Some(u16::from_le_bytes(stream.get(at..at + 2)?.try_into().ok()?));
    let (kind, length) = (short(at)?, usize::from(short(at + 2)?));
    (at + 4 + length <= stream.len()).then_some(Record { kind, at: at + 4, length })
}

fn short(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_le_bytes(data.get(at..at + 2)?.try_into().ok()?)))
}

/// Measures the sheets as they will be parsed, and empties what only costs time. Fails if they are too large.
fn measure(stream: &mut [u8], room: &mut WorkbookRoom) -> Result<(), Refusal> {
    let (mut at, mut begins) = (0, HashSet::new());
    while let Some(Record { kind, at: data, length }) = record(stream, at) {
        if kind == BEGIN_OF_PART {
            begins.insert(at);
        }
        if NEEDLESS.contains(&kind) {
            stream[at..at + 2].copy_from_slice(&UNKNOWN.to_le_bytes());
        }
        if kind == FORMULA && length >= 22 {
            // The formula itself; its value is before it.
            stream[data + 20..data + 22].fill(0);
        }
        at = data + length;
    }
    let (mut sheets, mut texts) = (Vec::new(), Vec::new());
    at = 0;
    while let Some(Record { kind, at: data, length }) = record(stream, at) {
        match kind {
            SHEET => {
                let start = stream.get(data..data + 4).and_then(|start| start.try_into().ok()).map(u32::from_le_bytes);
                sheets.push(start.ok_or_else(unreadable)? as usize);
                room.sheet()?;
            }
            SHARED_TEXTS => texts = text_sizes(stream, data, length),
            END_OF_PART => break,
            _ => {}
        }
        at = data + length;
    }
    for start in sheets {
        // Elsewhere there are records that were not looked at.
        if !begins.contains(&start) {
            return Err(unreadable());
        }
        measure_sheet(stream, start, &texts, room)?;
    }
    Ok(())
}

/// Measures a sheet: the rectangle of all its cells is kept whole by the parser.
fn measure_sheet(stream: &[u8], start: usize, texts: &[u64], room: &mut WorkbookRoom) -> Result<(), Refusal> {
    let (mut at, mut depth) = (start, 0_usize);
    // The first and last row, the first and last column.
    let mut corners: Option<[u32; 4]> = None;
    while let Some(Record { kind, at: data, length }) = record(stream, at) {
        room.visit(1)?;
        let body = &stream[data..data + length];
        at = data + length;
        match kind {
            BEGIN_OF_PART => depth += 1,
            END_OF_PART if depth <= 1 => break,
            END_OF_PART => depth -= 1,
            _ => {}
        }
        let is_cell = CELLS.contains(&kind) || [FORMULA, SHARED_TEXT_CELL, NUMBERS].contains(&kind);
        if kind == FORMULA_TEXT || is_cell {
            room.text(length as u64)?;
        }
        if !is_cell {
            continue;
        }
        let (Some(row), Some(column)) = (short(body, 0), short(body, 2)) else { return Err(unreadable()) };
        let last = if kind == NUMBERS { column + length as u32 / 6 } else { column };
        if kind == SHARED_TEXT_CELL {
            let place = body.get(6..10).and_then(|place| place.try_into().ok()).map(u32::from_le_bytes);
            room.text(place.and_then(|place| texts.get(place as usize)).copied().unwrap_or(0))?;
        }
        corners = Some(corners.map_or([row, row, column, last], |[top, bottom, left, right]| {
            [top.min(row), bottom.max(row), left.min(column), right.max(last)]
        }));
    }
    if let Some([top, bottom, left, right]) = corners {
        room.cells(u64::from(bottom - top + 1) * u64::from(right - left + 1))?;
    }
    Ok(())
}

/// The sizes of the texts that cells share, in bytes; as far as they can be read.
fn text_sizes(stream: &[u8], at: usize, length: usize) -> Vec<u64> {
    let mut parts = Parts { stream, at: at + 8, end: at + length };
    let mut sizes = Vec::new();
    while let Some(size) = parts.text() {
        sizes.push(size);
    }
    sizes
}

/// A record and those that continue it.
struct Parts<'a> {
    stream: &'a [u8],
    at: usize,
    end: usize,
}

impl Parts<'_> {
    /// Goes on with the next record, if it continues this one.
    fn go_on(&mut self) -> bool {
        match record(self.stream, self.end) {
            Some(Record { kind: CONTINUED, at, length }) => {
                (self.at, self.end) = (at, at + length);
                true
            }
            _ => false,
        }
    }

    /// Reads over a text. Its characters go on in the next record with a sign of their own width.
    fn text(&mut self) -> Option<u64> {
        while self.at >= self.end {
            if !self.go_on() {
                return None;
            }
        }
        let head = self.stream.get(self.at..self.end).filter(|head| head.len() >= 3)?;
        let mut left = short(head, 0)? as usize;
        let size = left as u64 * 3;
        let flags = head[2];
        self.at += 3;
        let mut behind = 0;
        if flags & 8 != 0 {
            behind += 4 * short(self.stream, self.at)? as usize;
            self.at += 2;
        }
        if flags & 4 != 0 {
            behind += u32::from_le_bytes(self.stream.get(self.at..self.at + 4)?.try_into().ok()?) as usize;
            self.at += 4;
        }
        let mut wide = 1 + usize::from(flags & 1);
        loop {
            let fits = self.end.saturating_sub(self.at) / wide;
            self.at += fits.min(left) * wide;
            left -= fits.min(left);
            if left == 0 {
                break;
            }
            if !self.go_on() {
                return None;
            }
            wide = 1 + usize::from(self.stream.get(self.at)? & 1);
            self.at += 1;
        }
        while behind > 0 {
            let fits = self.end.saturating_sub(self.at).min(behind);
            self.at += fits;
            behind -= fits;
            if behind > 0 && !self.go_on() {
                return None;
            }
        }
        Some(size)
    }
}
