//! Reading a document: its text goes to the readers of text, its tables to those of tables. If neither finds a key, the
//! looks decide.

use super::mark::{self, Marked};
use super::page::PageText;
use super::tables::PlacedTable;
use super::{DocumentKind, TextDocument, latex, pictures};
use crate::bank::collect::Collected;
use crate::bank::format::{Explained, explain_text, text};
use crate::bank::{Decision, ReadOptions, Refusal, Source};
use crate::model::KeyOrigin;
use crate::model::limits::DOCUMENT_LINES;

/// Signs of a right option, of which one that the document does not use itself is written behind those that look right.
const SIGNS: [&str; 3] = ["✓", "*", "(correct)"];

/// Reads a document. `text`: its content, if it is text. Fails when it is broken, or no reader can use what it says.
pub(in crate::bank) fn explain<'a>(
    bytes: &'a [u8],
    text: &str,
    kind: DocumentKind,
    options: &'a ReadOptions,
) -> Result<Explained<'a>, Refusal> {
    read_document(bytes, kind.open(bytes, text)?, kind.name(), options)
}

/// Reads a document of LaTeX that has no commands for questions. Fails when no reader can use what it says.
pub(in crate::bank) fn explain_latex<'a>(
    bytes: &'a [u8],
    text: &str,
    options: &'a ReadOptions,
) -> Result<Explained<'a>, Refusal> {
    read_document(bytes, latex::open(text), "latex", options)
}

fn read_document<'a>(
    bytes: &'a [u8],
    mut document: TextDocument,
    name: &'static str,
    options: &'a ReadOptions,
) -> Result<Explained<'a>, Refusal> {
    let mut page = PageText::from_document(&mut document);
    if page.lines.len() as u64 > DOCUMENT_LINES.most {
        return Err(Refusal::new(
            format!("the file has more than {} {}", DOCUMENT_LINES.figure(), DOCUMENT_LINES.counts),
            "is this the right file? If it is, part it into several documents",
        ));
    }
    let sign = SIGNS.into_iter().find(|sign| !page.lines.iter().any(|line| line.text.contains(sign))).unwrap_or("✓");
    let format = options.format.as_deref().filter(|format| *format != name);
    let texts = TextReaders { bytes, options, format, sign };
    let tables = texts.read_tables(&mut page);
    let taken = tables.len();
    let rest = page.lines.iter().any(|line| !line.text.trim().is_empty() && !line.text.starts_with('#'));
    let read = (rest || tables.is_empty()).then(|| texts.read_lines(&page, &document));
    let (source, mut read) = match read {
        Some(Ok((source, _, read))) => (source, read),
        Some(Err(refusal)) if tables.is_empty() => return Err(refusal),
        _ => (texts.source(&page, &Marked::default()), Collected::default()),
    };
    read = tables.into_iter().fold(read, Collected::joined);
    if taken > 0 {
        read.questions.sort_by_key(|question| question.line);
        read.problems.sort_by_key(|problem| (problem.line, problem.column));
    }
    let count = page.lines.len();
    let seen =
        format!("{count} lines of text and {taken} tables of records; lines are counted from the top of the document");
    read.evidence.insert(0, Decision::new("document", name).because(seen, []));
    if page.lines.iter().any(|line| line.from > 0) {
        move_lines(&mut read, &page.lines.iter().map(|line| line.from.saturating_sub(1)).collect::<Vec<_>>());
    }
    pictures::attach(&mut read.questions, &document.media);
    Ok((source, name, read))
}

/// The readers of text, and what they need for a document.
struct TextReaders<'a> {
    bytes: &'a [u8],
    options: &'a ReadOptions,
    /// The format that the person names, unless it is that of the document.
    format: Option<&'a str>,
    /// The sign after right options.
    sign: &'static str,
}

impl<'a> TextReaders<'a> {
    /// The lines as one text, with the sign after those that are marked.
    fn source(&self, page: &PageText, marked: &Marked) -> Source<'a> {
        let mut text = String::new();
        for (at, line) in page.lines.iter().enumerate() {
            text.push_str(&line.text);
            if marked.lines.contains(&at) {
                text.extend([" ", self.sign]);
            }
            text.push('\n');
        }
        Source::of_text(self.bytes, text, self.options)
    }

    /// Reads the lines as they are. If most questions have no key then, reads them again with marks for their looks.
    fn read_lines(&self, page: &PageText, document: &TextDocument) -> Result<Explained<'a>, Refusal> {
        let plain = explain_text(self.source(page, &Marked::default()), self.format);
        if plain.as_ref().is_ok_and(|(.., plain)| is_keyed(plain)) {
            return plain;
        }
        let questions = text::options(&self.source(page, &Marked::default()));
        let marked = mark::decide(&page.lines, &questions, &document.looks);
        if marked.lines.is_empty() {
            return plain;
        }
        let (source, format, mut found) = explain_text(self.source(page, &marked), self.format)?;
        found.evidence.extend(marked.evidence);
        Ok((source, format, found))
    }

    /// Reads the tables of questions or cards, and removes their rows from the lines.
    fn read_tables(&self, page: &mut PageText) -> Vec<Collected> {
        let mut reads = Vec::new();
        for table in &page.tables {
            let Some(mut read) = self.read_table(table) else { continue };
            let above = page.lines[..table.first].iter().rev().find(|line| !line.text.trim().is_empty());
            let topic = above.and_then(|line| line.text.strip_prefix('#'));
            let topic = topic.map(|text| text.trim_start_matches('#').trim().to_owned());
            for question in read.questions.iter_mut().filter(|question| question.topic.is_none()) {
                question.topic.clone_from(&topic);
            }
            reads.push((table.first..table.first + table.rows.len(), read));
        }
        for (rows, _) in &reads {
            page.lines[rows.clone()].iter_mut().for_each(|line| line.text.clear());
        }
        reads.into_iter().map(|(_, read)| read).collect()
    }

    fn read_table(&self, table: &PlacedTable) -> Option<Collected> {
        let attempt = |marked: bool| {
            let (text, places) = table.text(marked.then_some(self.sign));
            let source = Source::of_text(self.bytes, text, self.options);
            let (_, format, mut read) = explain_text(source, self.format).ok()?;
            let found = read.questions.len() + read.duplicates.len();
            // Loose text is what nothing else explains.
            let is_table = format != "text" && found > 0 && (found + read.rejected) * 2 + 1 >= table.rows.len();
            move_lines(&mut read, &places);
            is_table.then_some(read)
        };
        match attempt(false) {
            Some(read) if is_keyed(&read) => Some(read),
            plain => attempt(true).filter(is_keyed).or(plain),
        }
    }
}

/// Whether at least half of the questions that were read have a key.
fn is_keyed(read: &Collected) -> bool {
    let keyed = read.questions.iter().filter(|question| question.key != KeyOrigin::Missing).count();
    keyed > 0 && keyed * 2 >= read.questions.len()
}

/// Lines of the text of a table are lines of the document.
fn move_lines(read: &mut Collected, places: &[usize]) {
    let moved = |line: usize| places.get(line.saturating_sub(1)).map_or(line, |place| place + 1);
    for question in read.questions.iter_mut().chain(&mut read.duplicates) {
        question.line = moved(question.line);
    }
    for problem in &mut read.problems {
        problem.line = moved(problem.line);
    }
}
