//! A key section in parts at the end of a file: the answers are below the titles of their parts (`Part II`), after them
//! (`Chapter 2: 1-A 2-C`), or in a column for each.

use std::collections::HashSet;

use super::alphabet::Alphabet;
use super::key::{NamedLine, entries, entry_number, is_key, named};
use super::label::{bullet, label, label_in};
use super::line::{BankLine, LineKind};
use super::list::{Entry, KeyList};
use super::tidy::Tidy;
use super::title::is_title_text;
use super::verdict::verdict;
use crate::bank::{Decision, Problem, Severity};

/// A longer title is a sentence, in characters.
const LONGEST_TITLE: usize = 60;
/// A section with more lines below the last answer is not at the end of the file.
const MOST_BELOW: usize = 3;

#[derive(Debug)]
struct SectionAnswer {
    /// The number of the question; `None` if answers are in the order of the questions.
    number: Option<usize>,
    said: String,
    title: Option<String>,
    column: usize,
}

impl SectionAnswer {
    fn new(title: Option<&str>, number: Option<usize>, said: &str, column: usize) -> Self {
        Self { number, said: said.to_owned(), title: title.map(str::to_owned), column }
    }
}

/// The kind of a line of a key section.
#[derive(Debug)]
enum SectionRow {
    /// A rule, or nothing.
    Idle,
    /// A title for the lines below, or titles of columns.
    Titles(Vec<String>),
    /// The numbers of the questions whose answers are below, and the word before them.
    Numbers(String, Vec<usize>),
    /// Answers. `loose`: whether they may be any numbered text.
    Keys { cells: Vec<SectionAnswer>, loose: bool },
}

/// Splits a text from its key section, if it has one in parts.
pub(in crate::bank) fn take_key_section(tidy: &Tidy) -> Option<(Tidy, KeyList, Decision)> {
    let end = tidy.lines.iter().rposition(|line| !line.trim().is_empty())? + 1;
    let headings = (0..end).filter(|at| matches!(named(&tidy.lines[*at]), Some(NamedLine::List(_))));
    let (first, last, list) = headings
        .filter(|at| !tidy.code[*at])
        .find_map(|at| below_heading(tidy, at, end))
        .or_else(|| without_heading(tidy, end))?;
    let mut rest = tidy.clone();
    rest.problems.extend((last..end).filter(|at| !tidy.lines[*at].trim().is_empty()).map(|at| left_out(tidy, at)));
    rest.lines.truncate(first);
    rest.numbers.truncate(first);
    rest.code.truncate(first);
    let reason = format!("{} answers below the titles of {} parts", list.entries.len(), list.titles.len().max(1));
    let evidence = Decision::new("answer lines", "a list of answers in parts").because(reason, [tidy.numbers[first]]);
    Some((rest, list, evidence))
}

/// Marks lines with the title of a part as headings.
pub(in crate::bank) fn head(lines: &mut [BankLine<'_>], titles: &[String]) {
    let begins = |text: &str, title: &String| {
        let rest = text.trim().get(..title.len()).filter(|start| start.eq_ignore_ascii_case(title));
        rest.is_some_and(|start| !text.trim()[start.len()..].starts_with(char::is_alphanumeric))
    };
    for line in lines {
        if let LineKind::Text(text) = line.what
            && is_title(text)
            && titles.iter().any(|title| begins(text, title))
        {
            line.what = LineKind::Heading(text);
        }
    }
}

fn left_out(tidy: &Tidy, at: usize) -> Problem {
    let (line, text) = (tidy.numbers[at], tidy.lines[at].trim());
    Problem::of_line(line, text, Severity::Warning, "stray-text", "text that belongs to no question is left out", "")
}

fn below_heading(tidy: &Tidy, at: usize, end: usize) -> Option<(usize, usize, KeyList)> {
    let Some(NamedLine::List(rest)) = named(&tidy.lines[at]) else { return None };
    let mut rows = Vec::new();
    if !rest.is_empty() {
        rows.push((at, row(rest)?));
    }
    let mut last = at + 1;
    for line in at + 1..end {
        let Some(row) = row(&tidy.lines[line]).filter(|_| !tidy.code[line]) else { break };
        if matches!(row, SectionRow::Keys { .. }) {
            last = line + 1;
        }
        rows.push((line, row));
    }
    rows.retain(|(line, _)| *line < last);
    // A wish or a note may be at the very end.
    let below = tidy.lines[last..end].iter().filter(|line| !line.trim().is_empty()).count();
    if tidy.lines[last..end].iter().any(|line| matches!(row(line), Some(SectionRow::Keys { .. }))) {
        return None;
    }
    let loose = rows.iter().any(|(_, row)| matches!(row, SectionRow::Keys { loose: true, .. }));
    if below > MOST_BELOW || (loose && !repeats(&tidy.lines[..at], &rows)) {
        return None;
    }
    let list = list(tidy, at, rows)?;
    Some((at, last, list))
}

/// Whether half of the answers or more are letters, repeat a text of the lines above, or judge a statement.
fn repeats(above: &[String], rows: &[(usize, SectionRow)]) -> bool {
    let fold = |text: &str| text.trim().trim_end_matches('.').to_lowercase();
    let known: HashSet<String> = above
        .iter()
        .filter_map(|line| {
            let line = line.trim();
            let bare = bullet(line).unwrap_or(line);
            Some(fold(label(bare).map_or(bare, |label| label.rest))).filter(|text| !text.is_empty())
        })
        .collect();
    let (mut all, mut fits) = (0_usize, 0_usize);
    for (_, row) in rows {
        let SectionRow::Keys { cells, loose } = row else { continue };
        for cell in cells {
            all += 1;
            let lettered = label_in(&cell.said, Alphabet::Latin).is_some();
            let repeats = || verdict(&cell.said).is_some() || known.contains(&fold(&cell.said));
            fits += usize::from(!loose || lettered || repeats());
        }
    }
    fits * 2 >= all
}

/// The section at the end of a file: nothing but letters with numbers, and titles above them.
fn without_heading(tidy: &Tidy, end: usize) -> Option<(usize, usize, KeyList)> {
    let mut rows: Vec<(usize, SectionRow)> = Vec::new();
    let mut keys_below = false;
    for line in (0..end).rev() {
        let heads = |text: &str| text.starts_with('#') || matches!(named(text), Some(NamedLine::List(_)));
        match row(&tidy.lines[line]).filter(|_| !tidy.code[line]) {
            Some(SectionRow::Idle) => continue,
            Some(row @ (SectionRow::Keys { loose: false, .. } | SectionRow::Numbers(..))) => {
                keys_below = true;
                rows.push((line, row));
            }
            Some(row @ SectionRow::Titles(_)) if keys_below => {
                keys_below = false;
                rows.push((line, row));
            }
            Some(SectionRow::Titles(_)) if !rows.is_empty() && heads(tidy.lines[line].trim()) => {}
            _ => break,
        }
    }
    // Answers above the first title belong to no part, and may be something else.
    while rows.last().is_some_and(|(_, row)| !matches!(row, SectionRow::Titles(_)) && !titled(row)) {
        rows.pop();
    }
    let first = rows.last()?.0;
    rows.reverse();
    let list = list(tidy, first, rows)?;
    (list.titles.len() > 1 && list.entries.len() > 1).then_some((first, end, list))
}

fn titled(row: &SectionRow) -> bool {
    matches!(row, SectionRow::Keys { cells, .. } if cells.iter().all(|cell| cell.title.is_some()))
}

/// The answers of the rows, each in its part. `None` if the rows have no parts, or a title has no answers.
fn list(tidy: &Tidy, first: usize, mut rows: Vec<(usize, SectionRow)>) -> Option<KeyList> {
    rows.retain(|(_, row)| !matches!(row, SectionRow::Idle));
    two_numbers(&mut rows);
    let mut list = KeyList { line: tidy.numbers[first], ..KeyList::default() };
    let mut open: Vec<String> = Vec::new();
    let (mut word, mut numbers) = (String::new(), Vec::new());
    // Answers with their titles, rows of one part after another.
    let mut found: Vec<(usize, Option<String>, SectionAnswer)> = Vec::new();
    let mut part: Vec<(usize, SectionAnswer)> = Vec::new();
    let (mut parted, mut used) = (false, true);
    for (line, row) in rows {
        match row {
            SectionRow::Idle => {}
            SectionRow::Titles(titles) => {
                found.extend(close(std::mem::take(&mut part), &open, &mut parted));
                parted |= !open.is_empty() || used && !found.is_empty();
                (open, used) = (titles, false);
                numbers.clear();
            }
            SectionRow::Numbers(head, next) => (word, numbers) = (head, next),
            SectionRow::Keys { mut cells, .. } => {
                used = true;
                // A row below numbers begins with the name of its part if the numbers begin with a word.
                let unnamed = cells.iter().all(|cell| cell.number.is_none() && cell.title.is_none());
                if unnamed && !word.is_empty() && cells.len() == numbers.len() + 1 {
                    let title = format!("{word} {}", cells.remove(0).said);
                    cells.iter_mut().for_each(|cell| cell.title = Some(title.clone()));
                }
                let unplaced = cells.iter().all(|cell| cell.number.is_none());
                if !numbers.is_empty() && unplaced && cells.len() != numbers.len() {
                    return None;
                }
                // The first number of a row below numbers is that of the part.
                if cells.len() == numbers.len() && cells.len() > 1 {
                    for (cell, number) in cells.iter_mut().zip(&numbers) {
                        let part = cell.number.replace(*number).map(|part| format!("{word} {part}"));
                        cell.title = cell.title.take().or(part);
                        cell.column = 0;
                    }
                }
                part.extend(cells.into_iter().map(|cell| (line, cell)));
            }
        }
    }
    parted |= !open.is_empty();
    if !used {
        return None;
    }
    found.extend(close(part, &open, &mut parted));
    if !parted || found.is_empty() {
        return None;
    }
    for (line, title, cell) in found {
        let part = match title {
            None => list.titles.len().saturating_sub(1),
            Some(title) => list.titles.iter().position(|known| *known == title).unwrap_or_else(|| {
                list.titles.push(title);
                list.titles.len() - 1
            }),
        };
        let next = || list.entries.iter().filter(|entry| entry.part == part).count() + 1;
        let number = cell.number.unwrap_or_else(next);
        list.in_order |= cell.number.is_none();
        list.entries.push(Entry { line: tidy.numbers[line], part, number, said: cell.said });
    }
    Some(list)
}

/// Two numbers are those of two questions if two letters are below them. Else the second answers the first.
fn two_numbers(rows: &mut [(usize, SectionRow)]) {
    for at in 1..rows.len() {
        let letters = matches!(&rows[at].1, SectionRow::Keys { cells, .. }
            if cells.len() == 2 && cells.iter().all(|cell| cell.number.is_none()));
        let numbers = match &rows[at - 1].1 {
            SectionRow::Keys { cells, .. } if letters => match &cells[..] {
                [SectionAnswer { number: Some(one), said, .. }] => said.parse().ok().map(|two| vec![*one, two]),
                _ => None,
            },
            _ => None,
        };
        if let Some(numbers) = numbers {
            rows[at - 1].1 = SectionRow::Numbers(String::new(), numbers);
        }
    }
}

/// The answers of a part. They are read by columns if each column has a title, or if the numbers rise only so.
fn close(
    part: Vec<(usize, SectionAnswer)>,
    titles: &[String],
    parted: &mut bool,
) -> Vec<(usize, Option<String>, SectionAnswer)> {
    let columns = part.iter().map(|(_, cell)| cell.column + 1).max().unwrap_or(1);
    let falls = |numbers: &[Option<usize>]| numbers.windows(2).filter(|pair| pair[1] <= pair[0]).count();
    let in_rows: Vec<Option<usize>> = part.iter().map(|(_, cell)| cell.number).collect();
    let mut down: Vec<usize> = (0..part.len()).collect();
    down.sort_by_key(|at| part[*at].1.column);
    let in_columns: Vec<Option<usize>> = down.iter().map(|at| in_rows[*at]).collect();
    let headed = columns > 1 && titles.len() == columns;
    let by_columns = headed || (columns > 1 && falls(&in_columns) < falls(&in_rows));
    *parted |= by_columns || part.iter().any(|(_, cell)| cell.title.is_some());
    let title_of = |cell: &SectionAnswer| match () {
        () if headed => titles.get(cell.column).cloned(),
        () => cell.title.clone().or_else(|| titles.last().cloned()),
    };
    let mut found: Vec<(usize, Option<String>, SectionAnswer)> =
        part.into_iter().map(|(line, cell)| (line, title_of(&cell), cell)).collect();
    if by_columns {
        found.sort_by_key(|(.., cell)| cell.column);
    }
    found
}

/// The kind of a line, if it may belong to a key section.
fn row(line: &str) -> Option<SectionRow> {
    let line = line.trim();
    if !line.contains(char::is_alphanumeric) && !line.contains(['√', '×', '✓', '✗']) {
        return Some(SectionRow::Idle);
    }
    let bare = line.trim_start_matches('#').trim();
    let bare = bullet(bare).unwrap_or(bare);
    let text = bare.replace("**", "").replace("__", "");
    let text = text.trim();
    if text.matches('|').count() > 1 || text.starts_with('|') {
        return table(&text.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
    }
    if let Some(cells) = keys(text) {
        return Some(SectionRow::Keys { cells, loose: false });
    }
    for (at, sign) in text.char_indices().filter(|(_, char)| ":：–—-.".contains(*char)) {
        let (title, rest) = (text[..at].trim(), text[at + sign.len_utf8()..].trim());
        let cells = Some(rest).filter(|rest| !rest.is_empty() && is_title(title)).and_then(keys);
        if let Some(mut cells) = cells.filter(|cells| cells.len() > 1 || cells[0].number.is_some()) {
            cells.iter_mut().for_each(|cell| cell.title = Some(title.to_owned()));
            return Some(SectionRow::Keys { cells, loose: false });
        }
    }
    if let Some((number, said)) = entry_number(text) {
        let ends_open = said.ends_with(['?', '？', ':', '：']);
        let cells = vec![SectionAnswer::new(None, Some(number), said, 0)];
        return (!ends_open).then_some(SectionRow::Keys { cells, loose: true });
    }
    let titles: Vec<String> = segments(text).into_iter().map(str::to_owned).collect();
    (label(text).is_none() && titles.iter().all(|title| is_title(title))).then_some(SectionRow::Titles(titles))
}

/// The parts of a line that wide spaces or tabs keep apart.
fn segments(text: &str) -> Vec<&str> {
    text.split('\t').flat_map(|part| part.split("  ")).map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn is_title(text: &str) -> bool {
    let text = text.trim_end_matches([':', '：', '.']);
    text.chars().count() <= LONGEST_TITLE
        && text.chars().filter(|char| char.is_alphabetic()).count() > 1
        && is_title_text(text)
        && text.split_whitespace().count() < 9
}

/// The answers of a line with nothing else: numbers with letters, or letters.
fn keys(text: &str) -> Option<Vec<SectionAnswer>> {
    let cell = |(column, (number, said))| SectionAnswer::new(None, number, said, column);
    if let Some(entries) = entries(text) {
        return Some(entries.into_iter().map(|(number, said)| (Some(number), said)).enumerate().map(cell).collect());
    }
    let words: Vec<&str> = text.split([' ', ',', ';', '\t']).filter(|word| !word.is_empty()).collect();
    let letter = |word: &&str| word.chars().count() == 1 && word.starts_with(char::is_alphabetic);
    (words.iter().all(letter) && !words.is_empty())
        .then(|| words.into_iter().map(|word| (0, (None, word))).map(cell).collect())
}

/// The number of a question in a cell: `3`, `Q3`, `#3.`
fn number(cell: &str) -> Option<usize> {
    let bare = cell.trim_matches(['*', '.', 'Q', 'q', '#', ')', ' ']);
    bare.parse().ok().filter(|_| bare.len() < 4)
}

fn table(cells: &[&str]) -> Option<SectionRow> {
    let key = |cell: &&str| !cell.is_empty() && (is_key(cell) || verdict(cell).is_some());
    let (first, rest) = cells.split_first()?;
    let made = SectionAnswer::new;
    let strict = |cells| Some(SectionRow::Keys { cells, loose: false });
    let pairs = cells.chunks(2).all(|pair| matches!(pair, [one, two] if number(one).is_some() && key(two)));
    if pairs {
        let pair = |(column, pair): (usize, &[&str])| made(None, number(pair[0]), pair[1], column);
        return strict(cells.chunks(2).enumerate().map(pair).collect());
    }
    let numbers = |cells: &[&str]| -> Option<Vec<usize>> { cells.iter().map(|cell| number(cell)).collect() };
    if rest.len() > 1
        && let Some(found) = numbers(rest)
    {
        let word = if number(first).is_some() { "" } else { first };
        return Some(SectionRow::Numbers(word.to_owned(), number(first).into_iter().chain(found).collect()));
    }
    if let [second, third] = rest
        && is_word(first)
        && number(second).is_some()
        && key(third)
    {
        return strict(vec![made(Some(first), number(second), third, 0)]);
    }
    if number(first).is_some() && rest.len() > 1 && rest.iter().all(key) {
        // The row above decides whether it is the number of a question with its columns, or of a part.
        return strict(rest.iter().enumerate().map(|(column, said)| made(None, number(first), said, column)).collect());
    }
    if cells.len() > 1 && cells.iter().all(key) && number(first).is_none() {
        return strict(cells.iter().map(|said| made(None, None, said, 0)).collect());
    }
    if rest.len() > 1 && rest.iter().all(key) {
        let title = Some(*first).filter(|first| is_word(first));
        return strict(rest.iter().map(|said| made(title, None, said, 0)).collect());
    }
    let titles: Vec<String> = rest.iter().map(|cell| (*cell).to_owned()).collect();
    cells.iter().all(|cell| cell.is_empty() || is_title(cell)).then_some(SectionRow::Titles(titles))
}

fn is_word(cell: &str) -> bool {
    cell.contains(char::is_alphabetic)
}
