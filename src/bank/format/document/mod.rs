//! Documents: Word, OpenDocument and HTML. Their paragraphs become lines of text, their tables tables of text, and the
//! readers of text read both. The look of the text marks right options if nothing else does ([`mark`]).

mod docx;
mod fold;
mod formula;
mod html;
mod html_hints;
mod html_looks;
mod label;
pub(in crate::bank) mod latex;
mod lines;
mod mark;
mod members;
mod numbering;
mod odt;
mod page;
mod pictures;
mod read;
mod script;
mod tables;

#[cfg(test)]
mod tests;

use crate::bank::archive::Archive;
use crate::bank::{Media, Refusal, foreign};

pub(in crate::bank) use html::is_page;
pub(in crate::bank) use read::{explain, explain_latex};

#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub(in crate::bank) enum DocumentKind {
    Docx,
    Odt,
    Html,
}

impl DocumentKind {
    pub(in crate::bank) const ALL: [DocumentKind; 3] = [Self::Docx, Self::Odt, Self::Html];

    /// The kind of document in an archive, if it holds one.
    pub(in crate::bank) fn of_archive(bytes: &[u8]) -> Option<Self> {
        if foreign::is_opendocument(bytes, "text") {
            return Some(Self::Odt);
        }
        Archive::open(bytes).filter(docx::holds).map(|_| Self::Docx)
    }

    /// Its name, as `--format` takes it.
    pub(in crate::bank) fn name(self) -> &'static str {
        self.into()
    }

    /// Opens a file of this kind. `text`: its content, if it is text.
    fn open(self, bytes: &[u8], text: &str) -> Result<TextDocument, Refusal> {
        match self {
            Self::Docx => docx::open(bytes),
            Self::Odt => odt::open(bytes),
            Self::Html => Ok(html::open(text)),
        }
    }
}

/// A document: its parts from top to bottom.
#[derive(Debug, Default)]
pub(super) struct TextDocument {
    parts: Vec<DocumentPart>,
    /// The pictures that its texts name.
    media: Vec<Media>,
    looks: Looks,
}

#[derive(Debug)]
enum DocumentPart {
    Paragraph(DocumentParagraph),
    Table(Vec<DocumentRow>),
}

/// A row of a table: its cells, each of paragraphs.
type DocumentRow = Vec<Vec<DocumentParagraph>>;

#[derive(Clone, Debug, Default)]
struct DocumentParagraph {
    /// The number, letter or bullet that the list shows before it.
    label: String,
    /// The number of lists around its list.
    level: usize,
    /// The level of a heading, from 1.
    heading: Option<usize>,
    /// The line of the file on which it begins, from 1; 0 if the file has no lines.
    from: usize,
    runs: Vec<TextRun>,
}

/// A part of a paragraph that looks alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct TextRun {
    text: String,
    looks: Vec<TextLook>,
}

/// One way in which text looks other than usual: its number among [`Looks`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct TextLook(usize);

/// The looks of a document, in words (`bold type`, `the colour FF0000`).
#[derive(Debug, Default)]
struct Looks {
    names: Vec<String>,
    places: std::collections::HashMap<String, TextLook>,
}

impl Looks {
    fn intern(&mut self, name: &str) -> TextLook {
        if let Some(look) = self.places.get(name) {
            return *look;
        }
        let look = TextLook(self.names.len());
        self.names.push(name.to_owned());
        self.places.insert(name.to_owned(), look);
        look
    }

    fn name(&self, look: TextLook) -> &str {
        self.names.get(look.0).map_or("", String::as_str)
    }
}

impl DocumentParagraph {
    fn push(&mut self, text: &str, looks: &[TextLook]) {
        match self.runs.last_mut().filter(|run| run.looks == looks) {
            Some(run) => run.text.push_str(text),
            None if text.is_empty() => {}
            None => self.runs.push(TextRun { text: text.to_owned(), looks: looks.to_vec() }),
        }
    }

    fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    fn is_empty(&self) -> bool {
        self.label.is_empty() && self.runs.iter().all(|run| run.text.trim().is_empty())
    }
}
