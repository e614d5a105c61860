//! Workbooks as attackers write them. The files are made here, byte by byte.

use std::io::{Cursor, Write as _};

use calamine::Data;
use zip::write::SimpleFileOptions;

use super::*;

#[test]
fn cells_are_as_they_are_shown() {
    assert_eq!(cell(&Data::Float(0.1 + 0.2), ""), "0.3");
    assert_eq!(cell(&Data::Float(42.0), "General"), "42");
    assert_eq!(cell(&Data::Float(42.0), "000"), "042");
    assert_eq!(cell(&Data::String(" a ".into()), "0%"), "a");
    assert_eq!(cell(&Data::Bool(true), ""), "TRUE");
}

fn zip(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a member");
        zip.write_all(bytes).expect("bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

const RELATIONSHIPS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const PACKAGE: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// A workbook with so many sheets that are all one member, the rows of which are these.
fn xlsx(sheets: usize, rows: &str, texts: &str) -> Vec<u8> {
    let list: String = (1..=sheets).map(|at| format!(r#"<sheet name="S{at}" sheetId="{at}" r:id="r1"/>"#)).collect();
    let workbook = format!(
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{list}</sheets></workbook>"#
    );
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>"#
    );
    zip(&[
        ("[Content_Types].xml", b"<Types/>".to_vec()),
        ("_rels/.rels", PACKAGE.into()),
        ("xl/workbook.xml", workbook.into()),
        ("xl/_rels/workbook.xml.rels", RELATIONSHIPS.into()),
        ("xl/sharedStrings.xml", texts.into()),
        ("xl/worksheets/sheet1.xml", sheet.into()),
    ])
}

fn refused(bytes: &[u8]) -> String {
    sheets(bytes).map_or_else(|refusal| refusal.message, |sheets| format!("{} sheets", sheets.len()))
}

const TEXTS: &str =
    r#"<sst count="3" uniqueCount="4000000000"><si><t>question</t></si><si><t>uniqueCount?</t></si></sst>"#;

#[test]
fn a_workbook_is_read_whatever_it_says_of_its_size() {
    let rows = r#"<row r="2"><c r="B2" t="s"><v>0</v></c><c r="C2"><v>4</v></c></row><row r="1048576"><c r="B1048576" t="s"><v>1</v></c></row>"#;
    let read = sheets(&xlsx(1, rows, TEXTS)).expect("a workbook");
    let row = |line, cells: [&str; 2]| (line, cells.map(str::to_owned).to_vec());
    assert_eq!(read, [("S1".to_owned(), vec![row(2, ["question", "4"]), row(1_048_576, ["uniqueCount?", ""])])]);
}

#[test]
fn a_cell_in_the_last_corner_is_refused() {
    let file = xlsx(1, r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#, TEXTS);
    assert!(file.len() < 3000, "it is small");
    assert_eq!(refused(&file), "row 1048576 of a sheet has a cell in column 16384; 1,000 columns are the most");
}

#[test]
fn rows_that_are_wide_and_many_are_refused() {
    let wide = r#"<c r="A1"><v>1</v></c>"#.to_owned();
    let rows: String = (1..=4500).map(|row| format!(r#"<row r="{row}"><c r="ALL{row}"><v>1</v></c></row>"#)).collect();
    assert!(refused(&xlsx(1, &(wide + &rows), TEXTS)).contains("4,000,000"));
}

#[test]
fn one_member_that_many_sheets_name_is_refused() {
    let row = r#"<row><c t="s"><v>0</v></c></row>"#;
    assert_eq!(refused(&xlsx(256, row, TEXTS)), "256 sheets");
    assert!(refused(&xlsx(257, row, TEXTS)).contains("256 as sheets"));
    let empty = "<row/>".repeat(2 << 20);
    assert!(refused(&xlsx(100, &empty, TEXTS)).contains("100 sheets"));
}

#[test]
fn a_text_that_all_cells_share_is_counted_as_often() {
    let texts = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1 << 20));
    let rows = r#"<row><c t="s"><v>0</v></c></row>"#.repeat(129);
    assert!(refused(&xlsx(1, &rows, &texts)).contains("128 MiB"));
}

#[test]
fn archives_that_grow_are_refused() {
    let bomb = xlsx(1, &" ".repeat(51 << 20), TEXTS);
    assert!(bomb.len() < 100_000, "it is small");
    assert!(refused(&bomb).contains("unpacks to more than 50 MiB"));
    let attributes: String = (0..1_000_000).map(|at| format!(" a{at}=\"\"")).collect();
    assert!(refused(&xlsx(1, &format!("<row{attributes}/>"), TEXTS)).contains("more than 256"));
    let utf16: Vec<u8> = TEXTS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(
        refused(&zip(&[("xl/workbook.xml", b"<workbook/>".to_vec()), ("xl/sharedStrings.xml", utf16)]))
            .contains("no spreadsheet")
    );
}

#[test]
fn open_documents_repeat_within_bounds() {
    let ods = |rows: &str| {
        let content = format!(r#"<o xmlns:t="t" xmlns:x="x"><t:table t:name="S">{rows}</t:table></o>"#);
        zip(&[
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".to_vec()),
            ("content.xml", content.into()),
        ])
    };
    let cell =
        |repeated: u32| format!(r#"<t:table-cell t:number-columns-repeated="{repeated}"><x:p>a</x:p></t:table-cell>"#);
    let row = |repeated: u32, cells: &str| {
        format!(r#"<t:table-row t:number-rows-repeated="{repeated}">{cells}</t:table-row>"#)
    };
    assert_eq!(refused(&ods(&row(2, &cell(3)))), "1 sheets");
    assert!(refused(&ods(&row(1, &cell(4_000_000_000)))).contains("1,000 columns"));
    assert!(refused(&ods(&row(4_000_000_000, &cell(1000)).repeat(10))).contains("4,000,000"));
    assert!(refused(&ods(&row(1, "").repeat(1 << 16))).contains("1 sheets"));
}

/// A record of `.xls`.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
}

/// A workbook before 2007: one sheet, named so many times, with these records.
fn xls(names: usize, records: &[u8]) -> Vec<u8> {
    let begin = record(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let texts = record(0x00fc, &[&[1, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0], &b"question"[..]].concat());
    let length = begin.len() + texts.len() + names * (4 + 10) + 4;
    let start = (length as u32).to_le_bytes();
    let sheet = record(0x0085, &[&start, &[0, 0, 2, 0][..], b"S1"].concat());
    let end = record(0x000a, &[]);
    let stream = [&begin, &texts, &sheet.repeat(names)[..], &end, &begin, records, &end].concat();
    compound::written(stream)
}

fn number(row: u16, column: u16) -> Vec<u8> {
    record(0x0203, &[&row.to_le_bytes(), &column.to_le_bytes(), &[0, 0][..], &42_f64.to_le_bytes()].concat())
}

#[test]
fn older_workbooks_are_measured_first() {
    let shared = record(0x00fd, &[1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    // It says that it has four billion rows.
    let size = record(0x0200, &[0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0xff, 0xff, 0, 0]);
    let read = sheets(&xls(1, &[size, shared, number(2, 1)].concat())).expect("a workbook");
    let row = |line, cells: [&str; 2]| (line, cells.map(str::to_owned).to_vec());
    assert_eq!(read, [("S1".to_owned(), vec![row(2, ["question", ""]), row(3, ["", "42"])])]);
    assert!(refused(&xls(1, &[number(0, 0), number(65_535, 255)].concat())).contains("4,000,000"));
    assert!(refused(&xls(257, &number(0, 0))).contains("256 as sheets"));
    assert!(refused(&xls(1, &number(0, 5_000))).contains("column 5001"));
}

#[test]
fn older_workbooks_that_lie_are_refused_without_a_word() {
    let whole = xls(1, &number(0, 0));
    for at in 4096..4096 + 120 {
        for value in [0, 0x7f, 0xff] {
            let mut file = whole.clone();
            file[at] = value;
            // Whether it is read or refused: nobody panics.
            let _ = sheets(&file);
        }
    }
    for end in [0, 8, 511, 4096, 5000, whole.len() - 1] {
        let _ = sheets(&whole[..end]);
    }
    assert!(!guard::expects_panic());
}
