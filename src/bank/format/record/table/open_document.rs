//! Spreadsheets of OpenDocument: each cell says itself how it is shown.

use roxmltree::{Document, Node};

use super::cells::{TableRow, WorkbookSheet};
use crate::bank::archive::Archive;
use crate::bank::format::office_xml::{children, is_called, value};

/// Cells and rows that repeat more often are the empty rest of a sheet.
const MOST_REPEATED: usize = 1000;
/// Columns of a sheet.
const MOST_COLUMNS: usize = 1000;

/// The sheets of a workbook of OpenDocument, if it is one.
pub(super) fn sheets(bytes: &[u8]) -> Option<Vec<WorkbookSheet>> {
    let mut archive = Archive::open(bytes)?;
    let names: Vec<String> = archive.names().collect();
    // Only documents of this kind have a manifest there.
    if !names.iter().any(|name| name == "META-INF/manifest.xml") && !names.iter().any(|name| name == "mimetype") {
        return None;
    }
    let content = archive.whole(names.iter().position(|name| name == "content.xml")?)?;
    let text = String::from_utf8(content).ok()?;
    let document = Document::parse(&text).ok()?;
    let tables = document.descendants().filter(|node| is_called(*node, "table"));
    let named = |table: Node<'_, '_>| (value(table, "name").unwrap_or_default().to_owned(), rows(table));
    let sheets: Vec<WorkbookSheet> = tables.map(named).collect();
    (!sheets.is_empty()).then_some(sheets)
}

fn repeated(node: Node<'_, '_>, name: &str) -> usize {
    value(node, name).and_then(|times| times.parse().ok()).unwrap_or(1).max(1)
}

fn rows(table: Node<'_, '_>) -> Vec<TableRow> {
    let (mut rows, mut line) = (Vec::new(), 1);
    for row in table.descendants().filter(|node| is_called(*node, "table-row")) {
        let cells = cells(row);
        let times = repeated(row, "number-rows-repeated");
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.extend((0..times.min(MOST_REPEATED)).map(|at| (line + at, cells.clone())));
        }
        line = line.saturating_add(times);
    }
    rows
}

fn cells(row: Node<'_, '_>) -> Vec<String> {
    let mut cells: Vec<String> = Vec::new();
    let is_cell = |node: &Node<'_, '_>| is_called(*node, "table-cell") || is_called(*node, "covered-table-cell");
    for cell in row.children().filter(is_cell) {
        let text = shown(cell);
        let times = repeated(cell, "number-columns-repeated").min(MOST_COLUMNS.saturating_sub(cells.len()));
        cells.extend(std::iter::repeat_n(text, times));
    }
    let last = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1);
    cells.truncate(last);
    cells
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
            _ if is_called(part, "s") => text.push_str(&" ".repeat(repeated(part, "c").min(100))),
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
        let document = Document::parse(text).expect("XML");
        let wanted = ["What is a half?", "", "", "50 %"].map(str::to_owned).to_vec();
        assert_eq!(rows(document.root_element()), [(4, wanted)]);
    }
}
