//! Files of other programs that people hold in the belief that they are banks: what each is, and the way that leads from it to a
//! bank. Told by how the bytes begin, or by what an archive holds.

use super::Refusal;
use super::archive::Archive;

/// A kind of file that is not read: how it begins, what it is, and what to do instead.
struct Foreign {
    begins: &'static [u8],
    what: &'static str,
    hint: &'static str,
}

const FOREIGN: [Foreign; 9] = [
    Foreign {
        begins: b"SQLite format 3\0",
        what: "this is a database, not a bank",
        hint: "of a collection of Anki export the notes as plain text (File, Export, Notes in Plain Text); \
               a database of this program is named with `--db`",
    },
    Foreign {
        begins: b"\x1f\x8b",
        what: "this file is packed with gzip",
        hint: "unpack it with `gunzip`, and import what is in it",
    },
    Foreign {
        begins: b"7z\xbc\xaf\x27\x1c",
        what: "this is an archive of 7-Zip",
        hint: "unpack it, and import what is in it",
    },
    Foreign { begins: b"Rar!\x1a\x07", what: "this is a RAR archive", hint: "unpack it, and import what is in it" },
    Foreign {
        begins: b"\x89PNG",
        what: "this is a picture",
        hint: "import the text of the questions, not a picture of it",
    },
    Foreign {
        begins: b"\xff\xd8\xff",
        what: "this is a picture",
        hint: "import the text of the questions, not a picture of it",
    },
    Foreign {
        begins: b"GIF8",
        what: "this is a picture",
        hint: "import the text of the questions, not a picture of it",
    },
    Foreign {
        begins: b"{\\rtf",
        what: "this is rich text (RTF), which is not read",
        hint: "save it as plain text in UTF-8 or as `.docx`, and import that",
    },
    Foreign {
        begins: b"bplist00",
        what: "this is a property list of macOS, not a bank",
        hint: "save the bank as text in UTF-8, and import that",
    },
];

/// What a file of another program is, where it is one that is not read.
pub(super) fn named(bytes: &[u8]) -> Option<Refusal> {
    let foreign = FOREIGN.iter().find(|foreign| bytes.starts_with(foreign.begins))?;
    Some(refusal(foreign.what, foreign.hint))
}

/// What an archive is that holds nothing to import, and what to do.
pub(super) fn archive(bytes: &[u8]) -> Refusal {
    let names: Vec<String> = Archive::open(bytes).map(|archive| archive.names().collect()).unwrap_or_default();
    let holds = |name: &str| names.iter().any(|member| member == name || member.starts_with(name));
    if holds("collection.anki") {
        return refusal(
            "this is a package of Anki, which is not read",
            "in Anki choose File, Export, and the format Notes in Plain Text (.txt); import that file",
        );
    }
    if holds("ppt/") {
        return refusal("these are slides, not a bank", "save their text as `.txt` or `.docx`, and import that");
    }
    if holds("META-INF/container.xml") {
        return refusal("this is a book (EPUB), not a bank", "copy its questions into a text file, and import that");
    }
    if holds("Index/") || holds("index.apxl") {
        return refusal("this is a document of iWork", "export it as `.docx` or `.csv`, and import that");
    }
    let banks = names.iter().filter(|name| !name.ends_with('/')).count();
    if banks == 0 {
        return refusal(
            "this archive is broken or empty",
            "get the file again; a bank is text, a table or a package of QTI",
        );
    }
    refusal(
        "this archive is neither a spreadsheet nor a package of QTI",
        "unpack it, and import what is in it; see `docs/banks.md`",
    )
}

fn refusal(message: &str, hint: &str) -> Refusal {
    Refusal { message: message.into(), hint: Some(hint.into()), problems: Vec::new() }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use super::*;

    fn zip(members: &[&str]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in members {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a member");
            zip.write_all(b"x").expect("bytes");
        }
        zip.finish().expect("an archive").into_inner()
    }

    #[test]
    fn packages_are_called_what_they_are() {
        for (members, what) in [
            (&["collection.anki2", "media"][..], "Anki"),
            (&["meta", "collection.anki21b"], "Anki"),
            (&["ppt/slides/slide1.xml"], "slides"),
            (&["mimetype", "META-INF/container.xml"], "book"),
            (&["a.txt", "b.txt"], "neither a spreadsheet"),
            (&[], "empty"),
        ] {
            let refusal = archive(&zip(members));
            assert!(refusal.message.contains(what), "{members:?}: {}", refusal.message);
            let unpack = refusal.hint.as_deref().is_some_and(|hint| hint.contains("unpack"));
            assert_eq!(unpack, members.contains(&"a.txt"), "{members:?}");
        }
    }

    #[test]
    fn other_files_are_called_what_they_are() {
        for (bytes, what) in
            [(&b"SQLite format 3\0..."[..], "database"), (b"\x1f\x8b\x08", "gzip"), (b"{\\rtf1 What?}", "RTF")]
        {
            assert!(named(bytes).is_some_and(|refusal| refusal.message.contains(what)), "{what}");
        }
        assert_eq!(named(b"What?\n- A. x *\n- B. y\n"), None);
    }
}
