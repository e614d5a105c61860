//! Spreadsheets of OpenDocument: each cell says itself how it is shown.

use roxmltree::Node;

use super::cells::WorkbookSheet;
use super::workbook::{SheetCells, WorkbookRoom};
use crate::bank::Refusal;
use crate::bank::archive::Archive;
use crate::bank::format::office_xml::{children, is_called, value};
use crate::bank::xml::Xml;

/// Rows that repeat more often are the empty rest of a sheet.
const MOST_REPEATED: u32 = 1000;
const HINT: &str = "save it as `.xlsx` or as CSV again";

/// The sheets of a workbook of OpenDocument, if it is one. Fails if it is broken, or larger than any.
pub(super) fn sheets(bytes: &[u8], room: &mut WorkbookRoom) -> Result<Option<Vec<WorkbookSheet>>, Refusal> {
    let Some(mut archive) = Archive::open(bytes) else { return Ok(None) };
    let names: Vec<String> = archive.names().collect();
    // Only documents of this kind have a manifest there.
    if !names.iter().any(|name| name == "META-INF/manifest.xml") && !names.iter().any(|name| name == "mimetype") {
        return Ok(None);
    }
    let Some(place) = names.iter().position(|name| name == "content.xml") else { return Ok(None) };
    let content = archive.whole(place).and_then(|content| String::from_utf8(content).ok());
    let text = content.ok_or_else(|| {
        Refusal::new("the content of this workbook is broken, or unpacks to more than any bank", HINT)
    })?;
    let xml = Xml::open(&text, HINT)?;
    let mut sheets = Vec::new();
    for table in xml.document.descendants().filter(|node| is_called(*node, "table")) {
        room.sheet()?;
        sheets.push(sheet(table, room)?);
    }
    if sheets.is_empty() {
        return Err(Refusal::new("this workbook has no sheets", HINT));
    }
    Ok(Some(sheets))
}

fn repeated(node: Node<'_, '_>, name: &str) -> u32 {
    value(node, name).and_then(|times| times.parse().ok()).unwrap_or(1).max(1)
}

fn sheet(table: Node<'_, '_>, room: &mut WorkbookRoom) -> Result<WorkbookSheet, Refusal> {
    let (mut cells, mut line) = (SheetCells::default(), 0_u32);
    for row in table.descendants().filter(|node| is_called(*node, "table-row")) {
        let times = repeated(row, "number-rows-repeated");
        add_row(row, line, times.min(MOST_REPEATED), &mut cells, room)?;
        line = line.saturating_add(times);
    }
    cells.finish(value(table, "name").unwrap_or_default().to_owned(), room)
}

/// Adds the cells of a row that occurs some times from a line on.
fn add_row(
    row: Node<'_, '_>,
    line: u32,
    times: u32,
    cells: &mut SheetCells,
    room: &mut WorkbookRoom,
) -> Result<(), Refusal> {
    room.visit(1)?;
    let is_cell = |node: &Node<'_, '_>| is_called(*node, "table-cell") || is_called(*node, "covered-table-cell");
    let mut column = 0_u32;
    for cell in row.children().filter(is_cell) {
        room.visit(1)?;
        let text = shown(cell);
        let wide = repeated(cell, "number-columns-repeated");
        if !text.is_empty() {
            for (row, column) in (0..times).flat_map(|row| (0..wide).map(move |at| (row, column.saturating_add(at)))) {
                cells.add(room, (line.saturating_add(row), column), text.clone())?;
            }
        }
        column = column.saturating_add(wide);
    }
    Ok(())
}

/// The paragraphs of a cell, or its value if it has none.
fn shown(cell: Node<'_, '_>) -> String {
    let paragraphs: Vec<String> = children(cell, "p").map(paragraph).collect();
    if paragraphs.is_empty() {
        return value(cell, "string-value").or_else(|| value(cell, "value")).unwrap_or_default().to_owned();
    }
    paragraphs.join("\n").trim().to_owned()
}

fn paragraph(node: Node<'_, '_>) -> String {
    let mut text = String::new();
    for part in node.descendants() {
        match part.text() {
            Some(words) if part.is_text() => text.push_str(words),
            _ if is_called(part, "s") => text.push_str(&" ".repeat(repeated(part, "c").min(100) as usize)),
            _ if is_called(part, "tab") => text.push('\t'),
            _ if is_called(part, "line-break") => text.push('\n'),
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_as_they_are_shown() {
        let text = r#"<t:table xmlns:t="t" xmlns:x="x" xmlns:o="o"><t:table-row t:number-rows-repeated="3"><t:table-cell/></t:table-row>
<t:table-row><t:table-cell><x:p>What<x:s/>is a half?</x:p></t:table-cell><t:table-cell t:number-columns-repeated="2"/>
<t:table-cell o:value="0.5"><x:p>50 %</x:p></t:table-cell><t:table-cell t:number-columns-repeated="16000"/></t:table-row></t:table>"#;
        let document = roxmltree::Document::parse(text).expect("XML");
        let wanted = ["What is a half?", "", "", "50 %"].map(str::to_owned).to_vec();
        let (_, rows) = sheet(document.root_element(), &mut WorkbookRoom::default()).expect("a sheet");
        assert_eq!(rows, [(4, wanted)]);
    }
}
