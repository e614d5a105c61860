//! Tables in documents: those of records are read as tables, those that only lay out the page as the lines in their cells.

use super::lines::{TextLine, covered, push_paragraph};
use super::{DocumentParagraph, DocumentPart, DocumentRow, Looks, TextLook, TextRun};
use crate::bank::lines::label::label;

/// A table of records, and the lines that its rows are.
#[derive(Debug, Default)]
pub(super) struct PlacedTable {
    /// The place of its first row among the lines.
    pub(super) first: usize,
    pub(super) rows: Vec<Vec<TextLine>>,
}

/// The paragraphs of a part, those in the cells of a table one after another.
pub(super) fn flat(part: DocumentPart) -> Vec<DocumentParagraph> {
    match part {
        DocumentPart::Paragraph(paragraph) => vec![paragraph],
        DocumentPart::Table(rows) => rows.into_iter().flatten().flatten().collect(),
    }
}

/// Adds a table: a line for each row of records, or a line for each paragraph.
pub(super) fn place(
    rows: Vec<DocumentRow>,
    lines: &mut Vec<TextLine>,
    tables: &mut Vec<PlacedTable>,
    looks: &mut Looks,
) {
    let cells: Vec<Vec<TextLine>> = rows.iter().map(|row| row.iter().map(|cell| cell_line(cell)).collect()).collect();
    let key = is_key(&cells);
    if !key && !is_of_records(&cells) {
        lines.push(TextLine::default());
        for row in &rows {
            push_laid_out(row, lines, looks);
        }
        return lines.push(TextLine::default());
    }
    let first = lines.len();
    for row in &cells {
        let texts: Vec<String> = row.iter().map(|cell| cell.text.replace('\n', " ")).collect();
        lines.push(TextLine { text: format!("| {} |", texts.join(" | ")), looks: Vec::new(), from: 0 });
    }
    if key {
        return lines.push(TextLine::default());
    }
    match tables.last_mut().filter(|above| above.first + above.rows.len() == first && above.width() == width(&cells)) {
        // A table continued on the next page.
        Some(above) => above.rows.extend(cells),
        None => tables.push(PlacedTable { first, rows: cells }),
    }
}

fn width(rows: &[Vec<TextLine>]) -> usize {
    rows.iter().map(Vec::len).max().unwrap_or(0)
}

impl PlacedTable {
    fn width(&self) -> usize {
        width(&self.rows)
    }

    /// The table as text with tabs, and the line of the document for each of its lines. `sign` follows the cells that
    /// look right.
    pub(super) fn text(&self, sign: Option<&str>) -> (String, Vec<usize>) {
        let marking = marking(&self.rows);
        let width = self.width();
        let (mut text, mut places) = (String::new(), Vec::new());
        for (at, row) in self.rows.iter().enumerate() {
            let cells = (0..width).map(|place| {
                let Some(cell) = row.get(place) else { return String::new() };
                let right = place > 0 && marking.is_some_and(|look| cell.looks.contains(&look));
                let text = cell.text.replace('\t', " ");
                quoted(match sign.filter(|_| right) {
                    Some(sign) => format!("{text} {sign}"),
                    None => text,
                })
            });
            let cells: Vec<String> = cells.collect();
            let line = cells.join("\t");
            places.extend(std::iter::repeat_n(self.first + at, 1 + line.matches('\n').count()));
            text.extend([&line, "\n"]);
        }
        (text, places)
    }
}

/// A cell of several lines, or one that begins with a quotation mark, in quotation marks.
fn quoted(cell: String) -> String {
    if cell.contains('\n') || cell.starts_with('"') { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

/// The look of exactly one cell, after the first, in nearly every row of options.
fn marking(rows: &[Vec<TextLine>]) -> Option<TextLook> {
    let mut counts: Vec<(TextLook, usize)> = Vec::new();
    let asking: Vec<&Vec<TextLine>> = rows.iter().filter(|row| row.len() > 3).collect();
    for row in &asking {
        let mut looks: Vec<TextLook> = row[1..].iter().flat_map(|cell| cell.looks.iter().copied()).collect();
        looks.sort_unstable();
        for single in looks.chunk_by(|one, other| one == other).filter(|same| same.len() == 1) {
            match counts.iter_mut().find(|(look, _)| *look == single[0]) {
                Some((_, count)) => *count += 1,
                None => counts.push((single[0], 1)),
            }
        }
    }
    // The row of names may look alike in all of its cells.
    let needed = (asking.len().saturating_sub(1) * 6).div_ceil(10).max(1);
    counts.into_iter().filter(|(_, count)| *count >= needed).max_by_key(|(_, count)| *count).map(|(look, _)| look)
}

fn cell_line(cell: &[DocumentParagraph]) -> TextLine {
    let mut runs: Vec<TextRun> = Vec::new();
    for paragraph in cell.iter().filter(|paragraph| !paragraph.is_empty()) {
        let shown = match paragraph.label.trim() {
            label if label.contains(char::is_alphanumeric) => format!("{label} "),
            _ => String::new(),
        };
        let parted = if runs.is_empty() { "" } else { "\n" };
        runs.push(TextRun { text: format!("{parted}{shown}"), looks: Vec::new() });
        runs.extend(paragraph.runs.iter().cloned());
    }
    let (text, looks) = covered(&runs);
    TextLine { text: text.trim().to_owned(), looks, from: 0 }
}

/// Whether the rows are numbers of questions, each above its answer: a list of answers, and no records.
fn is_key(rows: &[Vec<TextLine>]) -> bool {
    let all = |row: &Vec<TextLine>, is: &dyn Fn(&str) -> bool| {
        row.iter().filter(|cell| !cell.text.is_empty()).count() > 1
            && row.iter().all(|cell| cell.text.is_empty() || is(cell.text.trim()))
    };
    let number = |text: &str| text.trim_matches(['Q', 'q', '.', '#']).parse::<usize>().is_ok();
    let letter = |text: &str| is_letter(text) && text.starts_with(|char: char| char.is_alphabetic() || char == '(');
    rows.len().is_multiple_of(2)
        && !rows.is_empty()
        && rows.chunks(2).all(|pair| all(&pair[0], &number) && all(&pair[1], &letter))
}

/// Whether the rows are records: most have two filled cells or more, and they do not begin with labels of options (`A`,
/// `B`, `C`, and again from `A`).
fn is_of_records(rows: &[Vec<TextLine>]) -> bool {
    let filled = |row: &&Vec<TextLine>| row.iter().filter(|cell| !cell.text.is_empty()).count();
    let full = rows.iter().filter(|row| filled(row) > 1).count();
    if rows.len() < 2 || full * 10 < rows.len() * 6 {
        return false;
    }
    let first =
        |row: &&Vec<TextLine>| row.iter().find(|cell| !cell.text.is_empty()).is_some_and(|cell| is_letter(&cell.text));
    let labels = rows.iter().filter(first).count();
    labels * 2 < rows.len()
}

/// Whether a cell is the letter of an option, or an empty box, alone.
fn is_letter(text: &str) -> bool {
    let bare = text.trim_end_matches(['.', ')', ':']).trim_start_matches('(');
    let mut chars = bare.chars();
    chars.next().is_some_and(|char| char.is_alphabetic() || "☐☑☒✓".contains(char)) && chars.as_str().is_empty()
}

/// The cells of a row of a table that lays out a page: a letter or a number and what follows it are a line, else each paragraph is.
fn push_laid_out(row: &DocumentRow, lines: &mut Vec<TextLine>, looks: &mut Looks) {
    let mut before: Option<String> = None;
    for cell in row.iter().filter(|cell| cell.iter().any(|paragraph| !paragraph.is_empty())) {
        let line = cell_line(cell);
        let short = is_letter(&line.text) || line.text.trim_end_matches(['.', ')']).parse::<usize>().is_ok();
        if short && before.is_none() && row.len() > 1 {
            let close = if line.text.ends_with(char::is_alphanumeric) { "." } else { "" };
            before = Some(format!("{}{close}", line.text));
            continue;
        }
        for (place, paragraph) in cell.iter().filter(|paragraph| !paragraph.is_empty()).enumerate() {
            let mut paragraph = paragraph.clone();
            if let Some(label) = before.take().filter(|_| place == 0 && paragraph.label.is_empty()) {
                // The cell may contain its own label.
                if self::label(paragraph.text().trim_start()).is_none_or(|own| !own.set_off) {
                    paragraph.label = label;
                }
            }
            push_paragraph(lines, &paragraph, false, looks);
        }
    }
    if let Some(label) = before {
        lines.push(TextLine { text: label, looks: Vec::new(), from: 0 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(rows: &[&[&str]]) -> Vec<DocumentRow> {
        let cell = |text: &&str| {
            vec![DocumentParagraph {
                runs: vec![TextRun { text: (*text).into(), looks: Vec::new() }],
                ..DocumentParagraph::default()
            }]
        };
        rows.iter().map(|row| row.iter().map(cell).collect()).collect()
    }

    fn placed(rows: &[&[&str]]) -> (Vec<String>, usize) {
        let (mut lines, mut tables) = (Vec::new(), Vec::new());
        place(cells(rows), &mut lines, &mut tables, &mut Looks::default());
        (lines.into_iter().map(|line| line.text).collect(), tables.len())
    }

    #[test]
    fn records_are_rows_and_layout_is_lines() {
        let (lines, tables) = placed(&[&["Wort", "word"], &["Haus", "house"], &["Luft", "air"]]);
        assert_eq!((lines[1].as_str(), tables), ("| Haus | house |", 1));
        let (lines, tables) = placed(&[&["1", "Which is a gas?"], &["A", "iron"], &["B.", "argon"], &["C", "salt"]]);
        assert_eq!(
            (lines, tables),
            (["", "1. Which is a gas?", "A. iron", "B. argon", "C. salt", ""].map(str::to_owned).to_vec(), 0)
        );
    }

    #[test]
    fn numbers_above_letters_are_a_list_of_answers() {
        let (lines, tables) = placed(&[&["1", "2", "3"], &["B", "A", "C"], &["4", "5", ""], &["A", "D", ""]]);
        assert_eq!((lines[0].as_str(), lines[3].as_str(), tables), ("| 1 | 2 | 3 |", "| A | D |  |", 0));
    }

    #[test]
    fn a_table_is_text_with_tabs_that_knows_its_lines() {
        let (mut lines, mut tables) = (vec![TextLine::default()], Vec::new());
        place(cells(&[&["air", "b\nc"], &["sea", "e"]]), &mut lines, &mut tables, &mut Looks::default());
        let (text, places) = tables[0].text(None);
        assert_eq!((text.as_str(), places), ("air\t\"b\nc\"\nsea\te\n", vec![1, 1, 2]));
    }
}
