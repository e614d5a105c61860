//! How large things may be. What people make by hand comes near none of these figures; what is beyond them is refused, with the figure.

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitUnit {
    /// Things, such as characters or columns.
    Things,
    /// Bytes.
    Bytes,
}

/// A limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Its name, which does not change.
    pub name: &'static str,
    /// What is counted.
    pub counts: &'static str,
    /// The most.
    pub most: u64,
    /// The unit.
    pub unit: LimitUnit,
    /// What happens beyond it.
    pub beyond: &'static str,
}

impl Limit {
    /// The figure as people write it: `512 MiB`, `5,000,000`.
    pub fn figure(&self) -> String {
        match self.unit {
            LimitUnit::Bytes => format!("{} MiB", self.most >> 20),
            LimitUnit::Things => grouped(self.most),
        }
    }
}

/// A number with a comma before every three digits: `5,000,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

macro_rules! limits {
    ($($constant:ident = $most:expr, $unit:ident, $name:literal, $counts:literal, $beyond:literal;)*) => {
        $(
            #[doc = $counts]
            pub const $constant: Limit = Limit {
                name: $name,
                counts: $counts,
                most: $most,
                unit: LimitUnit::$unit,
                beyond: $beyond,
            };
        )*

        /// All limits, in the order of `docs/security.md`.
        pub const LIMITS: &[Limit] = &[$($constant),*];
    };
}

limits! {
    FILE_BYTES = 512 << 20, Bytes, "file-size", "the size of a bank", "the file is refused";
    FILE_LINES = 5_000_000, Things, "file-lines", "lines of a bank that is text", "the file is refused";
    LINE_BYTES = 1 << 20, Bytes, "line-length", "a line of a bank of lines", "the file is refused";
    FILE_QUESTIONS = 250_000, Things, "file-questions", "questions of a bank", "the file is refused";
    TABLE_COLUMNS = 1_000, Things, "table-columns", "columns of a table or a sheet", "the file is refused";
    TABLE_CELLS = 4_000_000, Things, "table-cells", "cells of a workbook, from the first column to the last in all rows that hold something", "the file is refused";
    VISITED_CELLS = 20_000_000, Things, "visited-cells", "cells of a workbook that are looked at, also empty ones", "the file is refused";
    WORKBOOK_TEXT = 128 << 20, Bytes, "workbook-text", "the text of all cells of a workbook", "the file is refused";
    WORKBOOK_SHEETS = 256, Things, "workbook-sheets", "sheets of a workbook", "the file is refused";
    ARCHIVE_MEMBERS = 50_000, Things, "archive-members", "members of an archive", "the file is refused";
    MEMBER_BYTES = 50 << 20, Bytes, "member-size", "a member of an archive, as it is unpacked", "the file, or the member alone, is refused";
    ARCHIVE_BYTES = 256 << 20, Bytes, "archive-size", "all that is unpacked of an archive", "the file, or what is beyond, is refused";
    PACKAGE_DATABASE = 4 << 30, Bytes, "package-database", "the database of an Anki package, as it is unpacked", "the package is refused";
    PACKAGE_NOTES = 1_000_000, Things, "package-notes", "notes, or cards, of an Anki package", "the package is refused";
    PACKAGE_ANSWERS = 5_000_000, Things, "package-answers", "entries of the log of an Anki package", "the package is refused";
    NOTE_ORIGINAL = 8 << 20, Bytes, "note-original", "the field `retain` of a note of an Anki package", "the shown fields of the note count";
    DOCUMENT_LINES = 100_000, Things, "document-lines", "lines of text of a document", "the file is refused";
    XML_DEPTH = 200, Things, "xml-depth", "elements of XML within elements", "the file is refused";
    XML_ATTRIBUTES = 256, Things, "xml-attributes", "attributes and namespaces of one element of XML", "the file is refused";
    XML_SCOPE = 256, Things, "xml-scope", "namespaces in scope of one element of XML", "the file is refused";
    XML_NAMESPACES = 1_000_000, Things, "xml-namespaces", "namespaces in scope, added up over the elements that declare some", "the file is refused";
    XML_ELEMENTS = 5_000_000, Things, "xml-elements", "elements of a document of XML", "the file is refused";
    DATA_DEPTH = 127, Things, "data-depth", "lists and objects within each other in JSON", "the file is refused";
    YAML_DEPTH = 32, Things, "yaml-depth", "lists and maps within each other in YAML", "the file is refused";
    QUESTION_OPTIONS = 52, Things, "question-options", "options of a question", "the question is rejected";
    QUESTION_ANSWERS = 200, Things, "question-answers", "accepted answers, or pairs, of a question", "the question is rejected";
    CLOZE_GAPS = 500, Things, "cloze-gaps", "gaps of a text", "the question is rejected";
    TEXT_BYTES = 1 << 20, Bytes, "text-length", "a text of a question", "the question is rejected";
    TOPIC_CHARS = 500, Things, "topic-length", "characters of a topic", "the question is rejected";
    TAG_CHARS = 200, Things, "tag-length", "characters of a tag", "the question is rejected";
    QUESTION_TAGS = 100, Things, "question-tags", "tags of a question", "the question is rejected";
    ID_CHARS = 500, Things, "id-length", "characters of the id that a bank gives a question", "the question is rejected";
    DECK_CHARS = 500, Things, "deck-name", "characters of the name of a deck", "the name is refused";
    DECK_LEVELS = 20, Things, "deck-levels", "decks within decks", "the name is refused";
    DEVICE_CHARS = 500, Things, "device-name", "characters of the name of a device of another log", "it is cut";
    RESCUE_BYTES = 64 << 20, Bytes, "rescue-size", "the size of a rescue file", "the file is refused";
    MEDIA_BYTES = 50 << 20, Bytes, "media-size", "a picture or a sound of a bank", "it is not copied";
    QUESTION_MEDIA = 100, Things, "question-media", "pictures and sounds of a question", "what is beyond is not copied";
    PICTURE_PIXELS = 64_000_000, Things, "picture-pixels", "pixels of a picture that is drawn on the screen", "its description is shown";
}

/// Why a name cannot be that of a deck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeckNameFault {
    /// A part of it says nothing.
    Empty,
    /// It holds characters that steer a terminal.
    Control,
    /// It is too long.
    Long,
    /// Too many decks are around it.
    Deep,
}

/// The name of a deck without white space around its parts. Everything that makes or renames a deck asks here.
///
/// # Errors
/// If no deck may have the name.
pub fn deck_name(name: &str) -> Result<String, DeckNameFault> {
    if name.chars().nth(DECK_CHARS.most as usize).is_some() {
        return Err(DeckNameFault::Long);
    }
    if name.chars().any(steers) {
        return Err(DeckNameFault::Control);
    }
    let parts: Vec<&str> = name.split("::").map(str::trim).collect();
    if parts.len() as u64 > DECK_LEVELS.most {
        return Err(DeckNameFault::Deep);
    }
    if parts.iter().any(|part| part.is_empty()) {
        return Err(DeckNameFault::Empty);
    }
    Ok(parts.join("::"))
}

/// Whether a character controls a terminal, turns the direction of text around, or is seen by nobody and hides text.
pub fn steers(char: char) -> bool {
    match char {
        // Soft hyphens, embeddings and overrides, invisible signs and isolates, byte order marks, annotations.
        '\u{ad}'
        | '\u{180e}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' => true,
        // Tags spell hidden words.
        '\u{e0000}'..='\u{e007f}' => true,
        _ => char.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_as_people_write_them() {
        assert_eq!([FILE_BYTES, FILE_LINES, DECK_LEVELS].map(|limit| limit.figure()), ["512 MiB", "5,000,000", "20"]);
    }

    #[test]
    fn every_limit_has_a_name_of_its_own() {
        let mut names: Vec<&str> = LIMITS.iter().map(|limit| limit.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), LIMITS.len());
    }

    #[test]
    fn names_of_decks_are_held() {
        assert_eq!(deck_name(" a :: b ").as_deref(), Ok("a::b"));
        let long = "x".repeat(500);
        assert_eq!(deck_name(&long).as_deref(), Ok(long.as_str()));
        let deep = ["a"; 20].join("::");
        assert_eq!(deck_name(&deep).as_deref(), Ok(deep.as_str()));
        for (name, fault) in [
            (format!("{long}x"), DeckNameFault::Long),
            (format!("{deep}::a"), DeckNameFault::Deep),
            ("a::".repeat(100_000), DeckNameFault::Long),
            (String::new(), DeckNameFault::Empty),
            ("a::::b".into(), DeckNameFault::Empty),
            ("a\nb".into(), DeckNameFault::Control),
            ("a\u{202e}b".into(), DeckNameFault::Control),
            ("a\u{e0041}".into(), DeckNameFault::Control),
            ("a\u{9b}m".into(), DeckNameFault::Control),
        ] {
            assert_eq!(deck_name(&name), Err(fault), "{name:.20}");
        }
    }
}
