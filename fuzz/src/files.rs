//! Files: banks in every format, workbooks, packages, histories.

use std::io::{Cursor, Write as _};

use retain::bank::history::read_history;
use retain::bank::{ReadOptions, formats, read as read_bank};

/// Every reader. The first byte chooses the format (0 none, so that the content is judged); the rest is the file.
pub fn read(bytes: &[u8]) {
    let Some((choice, file)) = bytes.split_first() else { return };
    let all = [None].into_iter().chain(formats().map(Some)).collect::<Vec<_>>();
    let format = all[usize::from(*choice) % all.len()].map(str::to_owned);
    let columns = (*choice > 200).then(|| "question,a,b,answer".to_owned());
    let _ = read_bank(file, &ReadOptions { format, columns, ..ReadOptions::default() });
}

fn as_format(format: &str, bytes: &[u8]) {
    let _ = read_bank(bytes, &ReadOptions { format: Some(format.to_owned()), ..ReadOptions::default() });
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        if zip.start_file(*name, stored).and_then(|()| Ok(zip.write_all(bytes)?)).is_err() {
            return Vec::new();
        }
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

const WORKBOOK: &[u8] = br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const WORKBOOK_PARTS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const PACKAGE_PARTS: &[u8] = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// Workbooks. The first byte says what the rest is: a whole file, a sheet, shared texts or styles of `.xlsx`, the content of `.ods`, the
/// records of `.xls`, or a sheet of `.xlsb`.
pub fn workbook(bytes: &[u8]) {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let (sheet, texts, styles): (&[u8], &[u8], &[u8]) = match choice % 7 {
        1 => (rest, b"<sst><si><t>question</t></si></sst>", b"<styleSheet/>"),
        2 => (
            br#"<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>"#,
            rest,
            b"<styleSheet/>",
        ),
        3 => (
            br#"<worksheet><sheetData><row><c s="0"><v>45000.5</v></c></row></sheetData></worksheet>"#,
            b"<sst/>",
            rest,
        ),
        4 => {
            let mimetype: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
            return as_format("xlsx", &zip(&[("mimetype", mimetype), ("content.xml", rest)]));
        }
        5 => return as_format("xlsx", &compound(rest)),
        6 => {
            // A workbook of one sheet, `S`.
            let book: &[u8] = &[
                0x83, 0x01, 0, 0x9c, 0x01, 22, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, b'r', 0, b'1', 0, 1, 0, 0, 0, b'S',
                0, 0x90, 0x01, 0, 0x84, 0x01, 0,
            ];
            let parts: &[u8] =
                br#"<Relationships><Relationship Id="r1" Target="worksheets/sheet1.bin"/></Relationships>"#;
            return as_format(
                "xlsx",
                &zip(&[
                    ("xl/workbook.bin", book),
                    ("xl/_rels/workbook.bin.rels", parts),
                    ("xl/worksheets/sheet1.bin", rest),
                ]),
            );
        }
        _ => return as_format("xlsx", rest),
    };
    as_format(
        "xlsx",
        &zip(&[
            ("_rels/.rels", PACKAGE_PARTS),
            ("xl/workbook.xml", WORKBOOK),
            ("xl/_rels/workbook.xml.rels", WORKBOOK_PARTS),
            ("xl/sharedStrings.xml", texts),
            ("xl/styles.xml", styles),
            ("xl/worksheets/sheet1.xml", sheet),
        ]),
    );
}

/// A container of OLE with sectors of 512 bytes, whose only stream is `Workbook`.
fn compound(stream: &[u8]) -> Vec<u8> {
    let mut stream = stream.to_vec();
    stream.resize(stream.len().clamp(4096, 60_000).next_multiple_of(512), 0);
    let content = stream.len() / 512;
    let put = |bytes: &mut [u8], at: usize, value: u32| bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
    let mut head = vec![0; 512];
    head[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    head[26..34].copy_from_slice(&[3, 0, 0xfe, 0xff, 9, 0, 6, 0]);
    head[76..].fill(0xff);
    for (at, value) in [(44, 1), (48, content as u32), (60, u32::MAX - 1), (68, u32::MAX - 1), (76, content as u32 + 1)]
    {
        put(&mut head, at, value);
    }
    let mut directory = vec![0; 512];
    for (at, name, size) in [(0, "Root Entry", 0), (128, "Workbook", stream.len() as u32)] {
        for (place, unit) in name.encode_utf16().enumerate() {
            directory[at + 2 * place..at + 2 * place + 2].copy_from_slice(&unit.to_le_bytes());
        }
        put(&mut directory, at + 120, size);
    }
    let mut table = vec![0xff; 512];
    for sector in 0..=content {
        put(&mut table, 4 * sector, if sector + 1 >= content { u32::MAX - 1 } else { sector as u32 + 1 });
    }
    [head, stream, directory, table].concat()
}

/// Packages and documents. The first byte says what the rest is: a whole archive, an item or a manifest of QTI, the content of `.docx` or of
/// `.odt`.
pub fn package(bytes: &[u8]) {
    let Some((choice, rest)) = bytes.split_first() else { return };
    let picture: &[u8] = b"\x89PNG\r\n\x1a\n";
    let item: &[u8] = br#"<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="a" title="A"><responseDeclaration identifier="RESPONSE" cardinality="single"><correctResponse><value>x</value></correctResponse></responseDeclaration><itemBody><choiceInteraction responseIdentifier="RESPONSE"><prompt>Which?</prompt><simpleChoice identifier="x">X</simpleChoice><simpleChoice identifier="y">Y</simpleChoice></choiceInteraction></itemBody></assessmentItem>"#;
    let archive = match choice % 5 {
        1 => zip(&[("items/a.xml", rest), ("items/b.xml", item), ("media/map.png", picture)]),
        2 => zip(&[("imsmanifest.xml", rest), ("items/a.xml", item), ("media/map.png", picture)]),
        3 => zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", rest), ("word/media/map.png", picture)]),
        4 => zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", rest)]),
        _ => rest.to_vec(),
    };
    let _ = read_bank(&archive, &ReadOptions::default());
}

/// Histories of answers.
pub fn history(bytes: &[u8]) {
    let _ = read_history(bytes, 1_795_420_800_000);
}
