//! The text of a document: its lines, and the tables among them.

use super::lines::{TextLine, push_paragraph};
use super::tables::{self, PlacedTable};
use super::{DocumentPart, TextDocument};

#[derive(Debug, Default)]
pub(super) struct PageText {
    pub(super) lines: Vec<TextLine>,
    /// The tables among the lines.
    pub(super) tables: Vec<PlacedTable>,
}

impl PageText {
    /// Turns the parts of a document into lines. Bullets are added to the looks.
    pub(super) fn from_document(document: &mut TextDocument) -> Self {
        let mut page = Self::default();
        let parts = std::mem::take(&mut document.parts);
        let paragraphs =
            || parts.iter().filter(|part| matches!(part, DocumentPart::Paragraph(paragraph) if !paragraph.is_empty()));
        let headed = paragraphs()
            .filter(|part| matches!(part, DocumentPart::Paragraph(paragraph) if paragraph.heading.is_some()));
        // If every other paragraph is a heading, questions are styled as headings.
        let tables = parts.iter().any(|part| matches!(part, DocumentPart::Table(_)));
        let headings = tables || headed.count() * 2 < paragraphs().count();
        for part in parts {
            match part {
                DocumentPart::Paragraph(paragraph) => {
                    push_paragraph(&mut page.lines, &paragraph, headings, &mut document.looks);
                }
                DocumentPart::Table(rows) => {
                    tables::place(rows, &mut page.lines, &mut page.tables, &mut document.looks);
                }
            }
        }
        page
    }
}
