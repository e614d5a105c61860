//! `.xlsx` and `.xlsb`: what a workbook needs of the archive is unpacked within bounds, looked at, and packed again without compression. The
//! parser reads that copy, so nothing that we did not measure reaches it.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use calamine::{Data, Reader as _, Xlsb, Xlsx, XlsxError};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::super::cells::WorkbookSheet;
use super::room::{SheetCells, WorkbookRoom};
use super::{cell, records, unreadable};
use crate::bank::Refusal;
use crate::bank::archive::Archive;
use crate::bank::xml::bounds;
use crate::model::limits::{ARCHIVE_BYTES, MEMBER_BYTES};

/// The most that the sheets of a workbook come to if each were as large as its largest member: several sheets may name one member.
const MOST_PARSED: u64 = 1 << 30;

/// A copy of an archive with what a workbook needs, and the size of its largest member.
struct Package {
    bytes: Vec<u8>,
    largest: u64,
}

/// The sheets of a packed workbook.
pub(super) fn sheets(bytes: &[u8], room: &mut WorkbookRoom) -> Result<Vec<WorkbookSheet>, Refusal> {
    let Package { bytes, largest } = repacked(bytes)?;
    let package = Cursor::new(bytes.as_slice());
    if let Ok(mut book) = Xlsx::new(package.clone()) {
        return of_xlsx(&mut book, largest, room);
    }
    let mut book = Xlsb::new(package).map_err(|_| unreadable())?;
    of_xlsb(&mut book, largest, room)
}

fn of_xlsx(
    book: &mut Xlsx<Cursor<&[u8]>>,
    largest: u64,
    room: &mut WorkbookRoom,
) -> Result<Vec<WorkbookSheet>, Refusal> {
    let names = book.sheet_names();
    few_enough(names.len(), largest)?;
    let mut sheets = Vec::new();
    for name in names {
        room.sheet()?;
        let mut reader = match book.worksheet_cells_reader(&name) {
            Ok(reader) => reader,
            // A sheet that is one chart.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(_) => return Err(unreadable()),
        };
        let mut cells = SheetCells::default();
        while let Some((found, style)) = reader.next_cell_with_style_id().map_err(|_| unreadable())? {
            let style = reader.styles().get(style).and_then(|style| style.number_format.as_ref());
            let code = style.map_or("", |format| format.format_code.as_str());
            cells.add(room, found.get_position(), cell(&Data::from(found.get_value().clone()), code))?;
        }
        sheets.push(cells.finish(name, room)?);
    }
    Ok(sheets)
}

fn of_xlsb(
    book: &mut Xlsb<Cursor<&[u8]>>,
    largest: u64,
    room: &mut WorkbookRoom,
) -> Result<Vec<WorkbookSheet>, Refusal> {
    let names = book.sheet_names();
    few_enough(names.len(), largest)?;
    let mut sheets = Vec::new();
    for name in names {
        room.sheet()?;
        let mut reader = book.worksheet_cells_reader(&name).map_err(|_| unreadable())?;
        let mut cells = SheetCells::default();
        while let Some(found) = reader.next_cell().map_err(|_| unreadable())? {
            cells.add(room, found.get_position(), cell(&Data::from(found.get_value().clone()), ""))?;
        }
        sheets.push(cells.finish(name, room)?);
    }
    Ok(sheets)
}

fn few_enough(sheets: usize, largest: u64) -> Result<(), Refusal> {
    if sheets as u64 * largest <= MOST_PARSED {
        return Ok(());
    }
    Err(Refusal::new(
        format!("the workbook is too large: {sheets} sheets, of which one unpacks to {} MiB", largest >> 20),
        "is this the right file? If it is, save its questions as CSV",
    ))
}

/// What a workbook needs of an archive: each member once, by the name that its parser would find.
fn repacked(bytes: &[u8]) -> Result<Package, Refusal> {
    let mut archive = Archive::open(bytes).ok_or_else(unreadable)?;
    let mut members: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for (place, name) in archive.names().enumerate() {
        let key = name.replace('\\', "/").to_ascii_lowercase();
        let needed = [".xml", ".rels", ".bin"].iter().any(|end| key.ends_with(end)) && !key.ends_with("vbaproject.bin");
        if needed {
            members.insert(key, (name, place));
        }
    }
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    let mut largest = 0;
    for (key, (name, place)) in members {
        let mut member = archive.whole(place).ok_or_else(|| too_large(&name))?;
        largest = largest.max(member.len() as u64);
        if key.ends_with(".bin") {
            if key.starts_with("xl/") && !records::are_whole(&member) && is_of_records(&key) {
                return Err(unreadable());
            }
        } else {
            harmless(&mut member)?;
        }
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        copy.start_file(name, stored).map_err(|_| unreadable())?;
        copy.write_all(&member).map_err(|_| unreadable())?;
    }
    let bytes = copy.finish().map_err(|_| unreadable())?.into_inner();
    Ok(Package { bytes, largest })
}

fn too_large(name: &str) -> Refusal {
    Refusal::new(
        format!(
            "its member `{name}` is broken, or unpacks to more than {} (and all to {})",
            MEMBER_BYTES.figure(),
            ARCHIVE_BYTES.figure()
        ),
        "is this the right file? If it is, save its questions as CSV",
    )
}

/// Whether a member is read as records; settings of printers and pictures have the same ending.
fn is_of_records(key: &str) -> bool {
    key.starts_with("xl/worksheets/sheet")
        || ["xl/workbook.bin", "xl/sharedstrings.bin", "xl/styles.bin"].contains(&key)
}

/// Refuses XML that would keep a parser busy, and takes out the number of texts, for which it would make room unseen.
fn harmless(member: &mut [u8]) -> Result<(), Refusal> {
    // No program writes them in UTF-16, and the rest would not understand it.
    if member.iter().take(4).any(|byte| *byte == 0)
        || member.starts_with(&[0xff, 0xfe])
        || member.starts_with(&[0xfe, 0xff])
    {
        return Err(unreadable());
    }
    bounds::hold(member).map_err(|(limit, _)| {
        let message = format!("its XML has more than {} {}", limit.figure(), limit.counts);
        Refusal::new(message, "save it as `.xlsx` or as CSV again")
    })?;
    let Some(tag) = bounds::first_element(member, b"sst") else { return Ok(()) };
    let (start, end) = (tag.at, tag.at + tag.bytes.len());
    const COUNT: &[u8] = b"uniqueCount";
    while let Some(at) = member[start..end].windows(COUNT.len()).position(|part| part == COUNT) {
        member[start + at] = b'U';
    }
    Ok(())
}
