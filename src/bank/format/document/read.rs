//! Reading a document: its text goes to the readers of text, its tables to those of tables. If neither finds a key, the
//! looks decide.

use super::mark::{self, Marked};
use super::page::PageText;
use super::tables::PlacedTable;
use super::{DocumentKind, TextDocument, latex, pictures};
use crate::bank::collect::Read;
use crate::bank::format::{Explained, explain_text, text};
use crate::bank::{Evidence, ReadOptions, Refusal, Source};
use crate::model::KeyOrigin;

/// Signs of a right option, of which one that the document does not use itself is written behind those that look right.
const SIGNS: [&str; 3] = ["✓", "*", "(correct)"];

/// Reads a document. `text`: its content, if it is text.
///
/// # Errors
/// When it is broken, or no reader can use what it says.
pub(in crate::bank) fn explain<'a>(
    bytes: &'a [u8],
    text: &str,
    kind: DocumentKind,
    options: &'a ReadOptions,
) -> Result<Explained<'a>, Refusal> {
    read_document(bytes, kind.open(bytes, text)?, kind.name(), options)
}

/// Reads a document of LaTeX that has no commands for questions.
///
/// # Errors
/// When no reader can use what it says.
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
    let sign = SIGNS.into_iter().find(|sign| !page.lines.iter().any(|line| line.text.contains(sign))).unwrap_or("✓");
    let format = options.format.as_deref().filter(|format| *format != name);
    let (tables, taken) = read_tables(&mut page, sign, bytes, options, format);
    let rest = page.lines.iter().any(|line| !line.text.trim().is_empty() && !line.text.starts_with('#'));
    let read =
        if rest || tables.is_empty() { Some(read_lines(&page, &document, sign, bytes, options, format)) } else { None };
    let (source, mut read) = match read {
        Some(Ok((source, _, read))) => (source, read),
        Some(Err(refusal)) if tables.is_empty() => return Err(refusal),
        _ => (Source::of_text(bytes, joined(&page, &Marked::default(), sign), options), Read::default()),
    };
    for table in tables {
        merge(&mut read, table);
    }
    let seen = Evidence::new("document", name).ground(
        format!(
            "{} lines of text and {taken} tables of records; lines are counted from the top of the document",
            page.lines.len()
        ),
        [],
    );
    read.evidence.insert(0, seen);
    if page.lines.iter().any(|line| line.from > 0) {
        move_lines(&mut read, &page.lines.iter().map(|line| line.from.saturating_sub(1)).collect::<Vec<_>>());
    }
    pictures::attach(&mut read.questions, &document.media);
    Ok((source, name, read))
}

/// The lines as one text, with the sign of a right option behind those that are marked.
fn joined(page: &PageText, marked: &Marked, sign: &str) -> String {
    let mut text = String::new();
    for (at, line) in page.lines.iter().enumerate() {
        text.push_str(&line.text);
        if marked.lines.contains(&at) {
            text.push(' ');
            text.push_str(sign);
        }
        text.push('\n');
    }
    text
}

/// Reads the lines as they are. If most questions have no key then, reads them again with marks for their looks.
fn read_lines<'a>(
    page: &PageText,
    document: &TextDocument,
    sign: &str,
    bytes: &'a [u8],
    options: &'a ReadOptions,
    format: Option<&str>,
) -> Result<Explained<'a>, Refusal> {
    let source = |marked: &Marked| Source::of_text(bytes, joined(page, marked, sign), options);
    let read = |marked: &Marked| explain_text(source(marked), format);
    let plain = read(&Marked::default());
    if plain.as_ref().is_ok_and(|(.., plain)| is_keyed(plain)) {
        return plain;
    }
    let questions = text::options(&source(&Marked::default()));
    let marked = mark::decide(&page.lines, &questions, &document.looks);
    if marked.lines.is_empty() {
        return plain;
    }
    let (source, format, mut found) = read(&marked)?;
    found.evidence.extend(marked.evidence);
    Ok((source, format, found))
}

/// Whether at least half of the questions that were read have a key.
fn is_keyed(read: &Read) -> bool {
    let keyed = read.questions.iter().filter(|question| question.key != KeyOrigin::Missing).count();
    keyed > 0 && keyed * 2 >= read.questions.len()
}

/// Reads the tables that are tables of questions or cards, and takes their rows out of the lines. Says how many these were.
fn read_tables(
    page: &mut PageText,
    sign: &str,
    bytes: &[u8],
    options: &ReadOptions,
    format: Option<&str>,
) -> (Vec<Read>, usize) {
    let mut reads = Vec::new();
    for table in &page.tables {
        let Some(mut read) = read_table(table, sign, bytes, options, format) else { continue };
        let topic = page.lines[..table.first].iter().rev().find(|line| !line.text.trim().is_empty());
        let topic = topic.and_then(|line| line.text.strip_prefix('#')).map(|text| text.trim_start_matches('#').trim());
        for question in read.questions.iter_mut().filter(|question| question.topic.is_none()) {
            question.topic = topic.map(str::to_owned);
        }
        reads.push((table.first, table.rows.len(), read));
    }
    for (first, rows, _) in &reads {
        page.lines[*first..first + rows].iter_mut().for_each(|line| line.text.clear());
    }
    let count = reads.len();
    (reads.into_iter().map(|(.., read)| read).collect(), count)
}

fn read_table(
    table: &PlacedTable,
    sign: &str,
    bytes: &[u8],
    options: &ReadOptions,
    format: Option<&str>,
) -> Option<Read> {
    let attempt = |marked: bool| {
        let (text, places) = table.text(marked.then_some(sign));
        let (_, format, mut read) = explain_text(Source::of_text(bytes, text, options), format).ok()?;
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

/// Lines of the text of a table are lines of the document.
fn move_lines(read: &mut Read, places: &[usize]) {
    let moved = |line: usize| places.get(line.saturating_sub(1)).map_or(line, |place| place + 1);
    for question in read.questions.iter_mut().chain(&mut read.duplicates) {
        question.line = moved(question.line);
    }
    for problem in &mut read.problems {
        problem.line = moved(problem.line);
    }
}

fn merge(read: &mut Read, table: Read) {
    read.questions.extend(table.questions);
    read.questions.sort_by_key(|question| question.line);
    read.duplicates.extend(table.duplicates);
    read.problems.extend(table.problems);
    read.problems.sort_by_key(|problem| (problem.line, problem.column));
    read.rejected += table.rejected;
    read.evidence.extend(table.evidence);
    read.deck = read.deck.take().or(table.deck);
}
