//! Whether a text is a table of cards: what parts its cells, and which rows are like the others.

use super::layout::{self, CardLayout};
use super::register;
use crate::bank::format::record::table::{self, TableRow};
use crate::bank::lines::label::label;

/// Possible separators, the surest first: any text contains commas.
const DELIMITERS: [u8; 4] = [b'\t', b';', b'|', b','];
/// With more words than this in the first cells, a table with commas is likely prose.
const WORDS_OF_PROSE: usize = 4;

#[derive(Debug, Default)]
pub(super) struct CardTable {
    pub(super) delimiter: u8,
    pub(super) rows: Vec<TableRow>,
    pub(super) layout: CardLayout,
    /// Whether bars surround the rows, as in Markdown.
    pub(super) framed: bool,
}

/// How many rows have how many cells.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Evenness {
    /// How many cells the fullest common row has.
    pub(super) width: usize,
    /// Rows with two cells or more, and not more than that.
    pub(super) even: usize,
    /// Rows with more, with less, or with nothing in their second cell.
    pub(super) odd: usize,
}

/// How many cells of a row are not behind the last one that says something.
pub(super) fn filled(row: &TableRow) -> usize {
    row.1.iter().rposition(|cell| !cell.trim().is_empty()).map_or(0, |last| last + 1)
}

/// How even the rows are. A width that a third of the rows have is no accident.
pub(super) fn evenness(rows: &[TableRow]) -> Evenness {
    let widths: Vec<usize> = rows.iter().map(filled).collect();
    let most = widths.iter().copied().max().unwrap_or(0).min(64);
    let count = |width: usize| widths.iter().filter(|own| **own == width).count();
    let width = (2..=most).rev().find(|width| count(*width) * 3 > rows.len()).unwrap_or(0);
    let even = widths.iter().filter(|own| (2..=width).contains(*own)).count();
    Evenness { width, even, odd: rows.len() - even }
}

pub(super) fn find(text: &str) -> Option<CardTable> {
    let head = head(text);
    let occurs = |delimiter: &u8| head.as_bytes().contains(delimiter);
    let of_head = |delimiter: u8| understand(head, delimiter);
    let found = DELIMITERS.into_iter().filter(occurs).filter_map(of_head);
    // A row may contain names of columns by chance while its separator divides the other rows at random.
    let sure = |found: &CardTable| {
        let evenness = evenness(&found.rows);
        (evenness.odd * 3 <= found.rows.len(), found.layout.header.is_some(), evenness.even)
    };
    let best = found.reduce(|best, next| if sure(&next) > sure(&best) { next } else { best })?;
    if head.len() == text.len() {
        return Some(best);
    }
    understand(text, best.delimiter)
}

/// The rows of a text. If quotation marks open a cell without closing it, all of them are text.
pub(super) fn cells(text: &str, delimiter: u8) -> Vec<TableRow> {
    if is_well_quoted(text, delimiter) {
        return table::rows(text, delimiter);
    }
    let cells = |line: &str| line.split(char::from(delimiter)).map(|cell| cell.trim().to_owned()).collect();
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| (number, cells(line)))
        .collect()
}

fn is_well_quoted(text: &str, delimiter: u8) -> bool {
    let (mut fresh, mut rest) = (true, text.as_bytes());
    while let [byte, after @ ..] = rest {
        rest = after;
        if *byte == b'"' && fresh {
            // A quotation mark within a cell is doubled.
            loop {
                let Some(end) = rest.iter().position(|byte| *byte == b'"') else { return false };
                rest = &rest[end + 1..];
                match rest {
                    [b'"', after @ ..] => rest = after,
                    _ => break,
                }
            }
            let blank = rest.iter().take_while(|byte| **byte == b' ').count();
            rest = &rest[blank..];
            if !matches!(rest, [] | [b'\r' | b'\n', ..]) && rest[0] != delimiter {
                return false;
            }
        }
        fresh = *byte == delimiter || *byte == b'\n' || *byte == b'\r' || (fresh && *byte == b' ');
    }
    true
}

/// Whole lines from the beginning of the text, enough to see what it is.
fn head(text: &str) -> &str {
    const ENOUGH: usize = 30_000;
    if text.len() <= ENOUGH {
        return text;
    }
    let end = text.floor_char_boundary(ENOUGH);
    text[..end].rfind('\n').map_or(text, |end| &text[..=end])
}

fn understand(text: &str, delimiter: u8) -> Option<CardTable> {
    let rows = cells(text, delimiter);
    let layout = of_rows(&rows, delimiter)?;
    if layout.header.is_none() && delimiter == b',' && blank_behind(text) && !are_words(&rows) {
        return None;
    }
    let framed = delimiter == b'|'
        && text.lines().find(|line| line.contains('|')).is_some_and(|line| line.trim_start().starts_with('|'));
    Some(CardTable { delimiter, rows, layout, framed })
}

/// Whether blanks follow the commas, as in sentences and seldom in tables.
fn blank_behind(text: &str) -> bool {
    let (all, blank) = text
        .lines()
        .filter(|line| line.contains(','))
        .fold((0_usize, 0_usize), |(all, blank), line| (all + 1, blank + usize::from(line.contains(", "))));
    blank * 2 > all
}

/// Whether the cells are a word or two: no sentences, and no amounts.
fn are_words(rows: &[TableRow]) -> bool {
    let words = |place: usize| {
        rows.iter().filter_map(|row| row.1.get(place)).map(|cell| cell.split_whitespace().count()).sum::<usize>()
    };
    let stops = rows.iter().filter(|row| row.1.iter().any(|cell| cell.ends_with(['.', '!', ';']))).count();
    let amounts = rows
        .iter()
        .filter(|row| row.1.get(1).is_some_and(|cell| cell.starts_with(|char: char| char.is_ascii_digit())))
        .count();
    let asks = rows.iter().filter(|row| row.1.first().is_some_and(|cell| cell.ends_with(['?', '？', '؟']))).count();
    let short = (0..2).all(|place| words(place) <= rows.len() * 2) && (stops + amounts) * 4 < rows.len();
    short || asks * 2 > rows.len()
}

pub(super) fn of_rows(rows: &[TableRow], delimiter: u8) -> Option<CardLayout> {
    let kept: Vec<usize> = (0..rows.len()).filter(|at| !is_comment(&rows[*at])).collect();
    let body: Vec<TableRow> = kept.iter().map(|at| rows[*at].clone()).collect();
    let layout = of_body(&body, delimiter)?;
    Some(CardLayout { header: layout.header.map(|at| kept[at]), ..layout })
}

fn of_body(rows: &[TableRow], delimiter: u8) -> Option<CardLayout> {
    if let Some(layout) = layout::header(rows).filter(|layout| answers(rows, layout)) {
        return Some(layout);
    }
    let evenness = evenness(rows);
    let least = match delimiter {
        b'\t' => 1,
        b',' => 3,
        _ => 2,
    };
    let strict = if delimiter == b',' { 9 } else { 3 };
    let even =
        evenness.even >= least && (evenness.even >= evenness.odd * strict || (evenness.odd == 1 && evenness.even >= 3));
    if !even || is_list(rows) || is_broken(rows) || (delimiter == b',' && is_prose(rows)) {
        return None;
    }
    let full: Vec<usize> = (0..rows.len()).filter(|at| (2..=evenness.width).contains(&filled(&rows[*at]))).collect();
    let rows: Vec<TableRow> = full.iter().map(|at| rows[*at].clone()).collect();
    if register::is_register(&rows) {
        return None;
    }
    let header = layout::unnamed_header(&rows);
    let layout = layout::bare(&rows[usize::from(header)..], evenness.width)?;
    Some(CardLayout { header: header.then(|| full[0]), ..layout })
}

/// A line about the table that is no part of it.
pub(super) fn is_comment(row: &TableRow) -> bool {
    row.1.len() == 1 && row.1[0].starts_with('#')
}

/// Whether the rows below the names are cards: an answer that names another cell of its row belongs to a table of options.
fn answers(rows: &[TableRow], layout: &CardLayout) -> bool {
    let body = || rows.iter().skip(layout.header.map_or(0, |at| at + 1));
    let cell = |row: &TableRow, place: usize| row.1.get(place).map_or("", |cell| cell.trim()).to_owned();
    let names = |row: &&TableRow| {
        let back = cell(row, layout.back);
        let others = (0..row.1.len()).filter(|place| ![layout.front, layout.back].contains(place));
        !back.is_empty() && others.clone().count() > 1 && others.into_iter().any(|place| cell(row, place) == back)
    };
    let letter = |row: &&TableRow| cell(row, layout.back).chars().count() == 1;
    let all = body().count();
    let options = layout.out.len() + layout.notes.len();
    let keyed = options >= 2 && body().filter(letter).count() * 10 >= all * 9;
    let full = body().filter(|row| filled(row) >= 2).count();
    // A few signs that recur mark the cells next to them.
    let signs: std::collections::HashSet<String> = body().map(|row| cell(row, layout.front)).collect();
    let marks = signs.len() * 2 <= all && signs.iter().all(|sign| !sign.contains(char::is_alphanumeric));
    full > 0
        && !marks
        && full * 2 >= rows.len() - 1
        && body().filter(names).count() * 2 < all
        && !keyed
        && !is_key(body())
}

fn short(cell: &str) -> bool {
    cell.chars().nth(1).is_none() || cell.parse::<u32>().is_ok()
}

/// Whether the rows are numbers of questions, each with a letter.
fn is_key<'r>(rows: impl Iterator<Item = &'r TableRow>) -> bool {
    let (all, keys) = rows.fold((0_usize, 0_usize), |(all, keys), row| {
        let key = row.1.iter().take(2).all(|cell| short(cell)) && row.1[0].chars().any(|char| char.is_ascii_digit());
        (all + 1, keys + usize::from(key))
    });
    keys * 2 > all
}

/// Whether the rows are a list of options, of answers, or of points.
fn is_list(rows: &[TableRow]) -> bool {
    let listed = |row: &&TableRow| {
        let [front, rest @ ..] = &row.1[..] else { return false };
        let pair = short(front) && rest.first().is_none_or(|back| short(back));
        pair || front.starts_with(['-', '*', '•', '>']) || label(front).is_some_and(|label| label.set_off)
    };
    rows.iter().filter(listed).count() * 2 >= rows.len()
}

/// Whether brackets open in one cell and close in another, as in code.
fn is_broken(rows: &[TableRow]) -> bool {
    let uneven = |cell: &String| {
        [('(', ')'), ('[', ']'), ('{', '}')]
            .iter()
            .any(|(open, close)| cell.matches(*open).count() != cell.matches(*close).count())
    };
    rows.iter().filter(|row| row.1.iter().any(uneven)).count() * 4 > rows.len()
}

/// Whether sentences were parted at their commas.
fn is_prose(rows: &[TableRow]) -> bool {
    let words: usize = rows.iter().filter_map(|row| row.1.first()).map(|cell| cell.split_whitespace().count()).sum();
    let asks = rows.iter().filter(|row| row.1.first().is_some_and(|cell| cell.ends_with(['?', '？', '؟']))).count() * 2
        > rows.len();
    let gaps = rows
        .windows(2)
        .filter(|pair| pair[1].0 > pair[0].0 + 1 && pair[0].1.iter().all(|cell| !cell.contains('\n')))
        .count();
    let ends = rows.iter().filter(|row| row.1.last().is_some_and(|cell| cell.ends_with([',', '.', ';']))).count();
    !asks && (words > rows.len() * WORDS_OF_PROSE && (gaps * 4 > rows.len() || ends * 3 > rows.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parted(text: &str) -> Option<char> {
        find(text).map(|found| char::from(found.delimiter))
    }

    #[test]
    fn the_sign_that_parts_all_rows_alike_parts_the_cells() {
        for (text, delimiter) in [
            ("rope;Seil, Tau\nmast;Mast\nkeel;Kiel, Rumpf\n", ';'),
            ("rope,Seil\nmast,Mast\nkeel,Kiel\n", ','),
            ("\"rope, line\",Seil\nmast,Mast\nkeel,Kiel\n", ','),
            ("rope\tSeil; Tau\nmast\tMast; Stange\n", '\t'),
            ("rope|to pull; to tie\nmast|to climb\n", '|'),
            ("word,meaning\nrope,Seil\n", ','),
            ("ropes, and lines;Seile\nmasts, and more;Masten\n", ';'),
            ("rope\tline, cord\tNoun, Verb\nmast\tpole\tNoun\nhaul\tto pull, to tug\tVerb\nkeel\tspine\tNoun\n", '\t'),
            ("\"Pull!\" she said;a command\nmast;a \"pole\"\n", ';'),
        ] {
            assert_eq!(parted(text), Some(delimiter), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_tables_of_cards() {
        for text in [
            "The rope was long and very old, and it broke.\nThe mast fell down that day, and nobody slept.\nThe keel held on to the end, they said.\n",
            "1,B\n2,C\n3,A\n",
            "A. rope, line\nB. mast, pole\nC. keel, hull\n",
            "call(1, 2)\ncall(3, 4)\ncall(5, 6)\n",
            "rope,Seil\n",
            "First, the rope broke.\nThen, the mast fell.\nAt last, we slept.\n",
            "Ropes are long, and masts are high\nThe sea is deep, the wind is dry\nThe keel is wet, I wonder why\n",
            "flour, 200 g\nsugar, 100 g\nmilk, 300 ml\n",
            "Which is wet?;sea;road\nWhich is dry?;sea;road\nWhich is deep?;road;sea\n",
            "2026-01-01;12\n2026-01-02;14\n2026-01-03;9\n",
            "Which?;rope;mast;rope\nWhat?;keel;sail;sail\n",
            "| | English |\n|---|---|\n| ○ | rope |\n| ✅ | mast |\n| ○ | keel |\n| ○ | sail |\n",
            "",
        ] {
            assert_eq!(parted(text), None, "{text}");
        }
    }
}
