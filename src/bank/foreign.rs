//! Known kinds of files that are not read here: what they are, and how to import their questions.

use super::Refusal;
use super::archive::Archive;

/// The kind of a file, and the advice.
type Advice = (&'static str, &'static str);

const PDF: Advice = (
    "this is a PDF, whose text has to be taken out first",
    "`pdftotext -layout FILE.pdf - | retain import -`, or save its text as `.txt`",
);
const ANKI: Advice = (
    "this is a package of Anki, which is read from its own file alone",
    "`retain import FILE.apkg`; a database of Anki without its package: in Anki, File, Export, `.colpkg`",
);
const EPUB: Advice = (
    "this is an e-book, which is not read as a whole",
    "import the chapter with the questions: its pages are `.xhtml` files in the book, which is a ZIP archive",
);
const SLIDES: Advice =
    ("this is a presentation, which is not read", "copy the text of its slides into a text file or a `.docx` document");
const PAGES: Advice = (
    "this is a document of Pages, Numbers or Keynote, which is not read",
    "export it as Word (`.docx`), Excel or text",
);
const OLD_WORD: Advice =
    ("this is a document of Word before 2007 (`.doc`), which is not read", "save it as `.docx`, or as plain text");
const OLD_SLIDES: Advice = (
    "this is a presentation of PowerPoint before 2007, which is not read",
    "copy the text of its slides into a text file or a `.docx` document",
);
const LOCKED: Advice =
    ("this document is locked with a password", "open it in its program, and save it without the password");
const RTF: Advice = ("this is rich text (`.rtf`), which is not read", "save it as `.docx`, or as plain text");
const PICTURE: Advice = (
    "this is a picture, which holds no text",
    "type its questions, or let a program that recognises text (OCR) write a text file",
);
const SOUND: Advice = ("this is a sound or a film, which holds no text", "write its questions into a text file");
const DATABASE: Advice = (
    "this is a database of SQLite, which is not read",
    "export its cards as text in the program that it belongs to (Anki: File, Export, `Notes in Plain Text (.txt)`); \
     a database of this program is named with `--db`",
);
const PROPERTIES: Advice =
    ("this is a property list of macOS, not a bank", "save the bank as text in UTF-8, and import that");
const PACKED: Advice = (
    "this is a packed file, which is not opened",
    "unpack it with the program that packed it, and import what is in it",
);

/// How files begin that hold no text here.
const BEGINNINGS: [(&[&[u8]], Advice); 7] = [
    (&[b"%PDF-"], PDF),
    (&[b"{\\rtf"], RTF),
    (&[b"SQLite format 3\0"], DATABASE),
    (&[b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"BM"], PICTURE),
    (&[b"ID3", b"OggS", b"\x1aE\xdf\xa3"], SOUND),
    (
        &[b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd", b"LZIP"],
        PACKED,
    ),
    (&[b"bplist00"], PROPERTIES),
];
/// The signature of a PDF may be after a few other bytes.
const PDF_HEAD: usize = 1024;

/// Refuses a file of a known kind that no reader reads, with advice; `None` if it is not of such a kind.
pub(super) fn named(bytes: &[u8]) -> Option<Refusal> {
    let (message, hint) = advice(bytes)?;
    Some(Refusal::new(message, hint))
}

fn advice(bytes: &[u8]) -> Option<Advice> {
    let is_text = || std::str::from_utf8(bytes).is_ok_and(|text| !text.contains('\0'));
    let begins = BEGINNINGS
        .iter()
        .find(|(signs, _)| signs.iter().any(|sign| bytes.starts_with(sign)))
        .map(|(_, advice)| *advice);
    match bytes {
        [b'P', b'K', 3, 4, ..] => in_archive(bytes),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => in_compound(bytes),
        // Letters alone may begin a text.
        [b'B' | b'I' | b'O' | b'L', ..] if is_text() => None,
        [b'R', b'I', b'F', b'F', _, _, _, _, rest @ ..] if rest.starts_with(b"WEBP") => Some(PICTURE),
        [b'R', b'I', b'F', b'F', _, _, _, _, rest @ ..] if rest.starts_with(b"WAVE") => Some(SOUND),
        [_, _, _, _, b'f', b't', b'y', b'p', rest @ ..] if !is_text() => {
            let picture = [&b"hei"[..], b"avif", b"mif1"].iter().any(|kind| rest.starts_with(kind));
            Some(if picture { PICTURE } else { SOUND })
        }
        _ if bytes.get(257..262) == Some(b"ustar") => Some(PACKED),
        _ => begins.or_else(|| {
            let head = &bytes[..bytes.len().min(PDF_HEAD)];
            (!is_text() && head.windows(5).any(|window| window == b"%PDF-")).then_some(PDF)
        }),
    }
}

/// The kind of a ZIP archive, by the names of its members.
fn in_archive(bytes: &[u8]) -> Option<Advice> {
    let archive = Archive::open(bytes)?;
    archive
        .names()
        .find_map(|name| match name.as_str() {
            name if name.starts_with("collection.anki2") => Some(ANKI),
            "META-INF/container.xml" => Some(EPUB),
            name if name.starts_with("ppt/") => Some(SLIDES),
            name if name.starts_with("index.apxl") || name.ends_with(".iwa") || name == "Index.zip" => Some(PAGES),
            _ => None,
        })
        .or_else(|| is_opendocument(bytes, "presentation").then_some(SLIDES))
}

/// Whether an archive declares this kind of OpenDocument (`text`, `spreadsheet`).
pub(super) fn is_opendocument(bytes: &[u8], kind: &str) -> bool {
    let begins = format!("mimetypeapplication/vnd.oasis.opendocument.{kind}");
    bytes.get(30..).is_some_and(|rest| rest.starts_with(begins.as_bytes()))
}

/// The kind of an older compound file, by the names of its streams.
fn in_compound(bytes: &[u8]) -> Option<Advice> {
    let holds = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(wide.len()).any(|window| window == wide)
    };
    match () {
        () if holds("EncryptedPackage") => Some(LOCKED),
        () if holds("Workbook") || holds("Book") => None,
        () if holds("WordDocument") => Some(OLD_WORD),
        () if holds("PowerPoint Document") => Some(OLD_SLIDES),
        () => None,
    }
}

/// The ends of names of banks that an archive may hold.
const BANKS: [&str; 14] =
    ["txt", "md", "csv", "tsv", "xlsx", "ods", "docx", "odt", "json", "gift", "html", "tex", "org", "yaml"];

/// Refuses an unknown archive, and names the banks in it if there are any.
pub(super) fn archive(bytes: &[u8]) -> Refusal {
    let is_bank = |name: &String| {
        name.rsplit_once('.').is_some_and(|(_, end)| BANKS.iter().any(|known| known.eq_ignore_ascii_case(end)))
    };
    let held = Archive::open(bytes).map(|archive| archive.names().filter(is_bank).take(3).collect::<Vec<_>>());
    match held.as_deref() {
        Some([]) if Archive::open(bytes).is_some_and(|archive| archive.names().next().is_none()) => {
            Refusal::new("this archive is empty", "get the file again; a bank is text, a table or a document")
        }
        Some([]) => Refusal::new(
            "this archive holds no bank: it is no spreadsheet, no document and no package of QTI",
            "export the questions as text, CSV or `.docx` where they come from; see `retain help banks`",
        ),
        Some(names) => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            Refusal::new(
                format!("this archive is no bank, but holds files that may be ({})", names.join(", ")),
                "unpack it, and import the folder",
            )
        }
        None => Refusal::new("this archive is broken, or no ZIP archive", "save or download it again"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use crate::bank::{ReadOptions, read};

    fn zip(members: &[&str]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in members {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a member");
            zip.write_all(b"1. What?").expect("bytes");
        }
        zip.finish().expect("an archive").into_inner()
    }

    fn told(bytes: &[u8]) -> String {
        let refusal = read(bytes, &ReadOptions::default()).expect_err("it is refused");
        format!("{} / {}", refusal.message, refusal.hint.unwrap_or_default())
    }

    #[test]
    fn every_kind_is_named_with_its_own_way_out() {
        for (bytes, part) in [
            (b"%PDF-1.7\n\xe2\xe3".to_vec(), "pdftotext -layout"),
            (b"{\\rtf1\\ansi 1. What?}".to_vec(), ".docx"),
            (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), "picture"),
            (b"SQLite format 3\0\0".to_vec(), "Anki"),
            (b"\x1f\x8b\x08\0\0".to_vec(), "unpack"),
            (zip(&["collection.anki21b", "meta", "media"]), "FILE.apkg"),
            (zip(&["mimetype", "META-INF/container.xml"]), "e-book"),
            (zip(&["[Content_Types].xml", "ppt/presentation.xml"]), "slides"),
            (zip(&["banks/a.txt", "b.bin"]), "`banks/a.txt`"),
            (zip(&["b.bin"]), "export the questions"),
        ] {
            let told = told(&bytes);
            assert!(told.contains(part), "{told}");
        }
        let streams: Vec<u8> = "WordDocument".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(told(&[&[0xd0, 0xcf, 0x11, 0xe0], &streams[..]].concat()).contains(".docx"));
        assert!(!told(&zip(&["collection.anki2"])).contains("unpack"));
    }

    #[test]
    fn texts_that_begin_alike_are_read() {
        for text in ["BM is short for?\nA. x *\nB. y", "II* what?\nA. x *\nB. y", "OggS is?\nA. x *\nB. y"] {
            assert!(read(text.as_bytes(), &ReadOptions::default()).is_ok(), "{text}");
        }
    }
}
