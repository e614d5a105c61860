//! The text of a document: its lines, and the tables among them.

use super::lines::{TextLine, push_paragraph};
use super::tables::{self, PlacedTable};
use super::{DocumentPart, TextDocument};

/// The text of a document.
#[derive(Debug, Default)]
pub(super) struct PageText {
    pub(super) lines: Vec<TextLine>,
    /// The tables, and where they stand among the lines.
    pub(super) tables: Vec<PlacedTable>,
}

impl PageText {
    /// Sets the parts of a document in lines. `looks` is added to, because bullets are looks of their lines.
    pub(super) fn from_document(document: &mut TextDocument) -> Self {
        let mut page = Self::default();
        let parts = std::mem::take(&mut document.parts);
        let paragraphs =
            || parts.iter().filter(|part| matches!(part, DocumentPart::Paragraph(paragraph) if !paragraph.is_empty()));
        let headed = paragraphs()
            .filter(|part| matches!(part, DocumentPart::Paragraph(paragraph) if paragraph.heading.is_some()));
        // Where every other paragraph is set as a heading, headings are how the questions look.
        let tables = parts.iter().any(|part| matches!(part, DocumentPart::Table(_)));
        let headings = tables || headed.count() * 2 < paragraphs().count();
        for part in parts {
            match part {
                DocumentPart::Paragraph(paragraph) => {
                    push_paragraph(&mut page.lines, &paragraph, headings, &mut document.looks);
                }
                DocumentPart::Table(rows) => {
                    tables::place(rows, &mut page.lines, &mut page.tables, &mut document.looks)
                }
            }
        }
        page
    }
}
