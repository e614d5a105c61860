//! Folds of pages (`<details>`): the answer to the text above it, or a card if each fold has a title of its own.

use std::collections::HashSet;

use super::{DocumentParagraph, DocumentPart, TextRun};

/// A fold: the parts that are its title, and those in it.
#[derive(Clone, Copy, Debug)]
struct PageFold {
    title: usize,
    inside: usize,
    end: usize,
}

/// The folds of a page.
#[derive(Debug, Default)]
pub(super) struct Folds {
    open: Vec<PageFold>,
    closed: Vec<PageFold>,
}

impl Folds {
    /// A fold begins before the part in this place.
    pub(super) fn opens(&mut self, at: usize) {
        self.open.push(PageFold { title: at, inside: at, end: at });
    }

    /// The title of the innermost fold ends.
    pub(super) fn summarised(&mut self, at: usize) {
        if let Some(fold) = self.open.last_mut() {
            fold.inside = at;
        }
    }

    /// The innermost fold ends.
    pub(super) fn closes(&mut self, at: usize) {
        if let Some(fold) = self.open.pop() {
            self.closed.push(PageFold { end: at, ..fold });
        }
    }

    /// Writes the folds into the parts: titles that repeat only uncover an answer, titles that differ ask.
    pub(super) fn unfold(self, parts: &mut [DocumentPart]) {
        let titled: Vec<PageFold> =
            self.closed.into_iter().filter(|fold| fold.inside == fold.title + 1 && fold.end > fold.inside).collect();
        let titles: HashSet<String> = titled.iter().map(|fold| text(parts, fold.title).to_lowercase()).collect();
        let ask = titled.len() > 1 && titles.len() == titled.len();
        for fold in titled {
            let named = crate::bank::lines::named(&text(parts, fold.inside)).is_some();
            if ask {
                prefix(parts, fold.title, "Q: ");
                prefix(parts, fold.inside, "A: ");
            } else if let Some(DocumentPart::Paragraph(title)) = parts.get_mut(fold.title) {
                *title = DocumentParagraph::default();
                if !named {
                    prefix(parts, fold.inside, "Answer: ");
                }
            }
        }
    }
}

fn text(parts: &[DocumentPart], at: usize) -> String {
    match parts.get(at) {
        Some(DocumentPart::Paragraph(paragraph)) => paragraph.text().trim().to_owned(),
        _ => String::new(),
    }
}

fn prefix(parts: &mut [DocumentPart], at: usize, word: &str) {
    if let Some(DocumentPart::Paragraph(paragraph)) = parts.get_mut(at) {
        paragraph.runs.insert(0, TextRun { text: word.into(), looks: Vec::new() });
        paragraph.label.clear();
        paragraph.heading = None;
    }
}
