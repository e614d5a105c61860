//! Detects what the columns of a table hold: by the row of their names, and by their cells if no name helps.

use super::cells::TableRow;
use super::keys::{keys_apart, places_for_flags, with_key};
use super::layout::{HEAD, SAMPLE, TableLayout, body, columns_in_words, free, options, usable, width};
use super::profile::{ColumnProfile, asks};
use super::unnamed::{self, KnownColumns};
use super::{inlined, row_count, ticked};
use crate::bank::Decision;
use crate::bank::format::record::header::{ColumnRole, columns, labels, place_of_letter};

/// A key that is no text is not longer than this, in characters.
const SHORT_KEY: usize = 12;
/// A longer text is no name of a column.
const LONGEST_NAME: usize = 100;

/// Finds what the columns of a choice table hold.
pub(super) fn layout(rows: &[TableRow]) -> Option<TableLayout> {
    ticked::layout(rows)
        .or_else(|| named(rows))
        .or_else(|| inlined::layout(rows))
        .or_else(|| partly_named(rows))
        .or_else(|| by_cells(rows))
}

/// By one row that names the question and its options, or by two rows together.
fn named(rows: &[TableRow]) -> Option<TableLayout> {
    (0..rows.len().min(HEAD)).find_map(|at| {
        let both = || by_names(rows, at, &names_below(rows, at)?, 2);
        let counted = |row: &TableRow| columns(&row.1).iter().filter_map(ColumnRole::option).count();
        // Options that only the row below names are named there.
        let first = rows.get(at + 1).is_some_and(|below| counted(below) > 1 && counted(&rows[at]) == 0);
        let found = if first { both() } else { None };
        found.or_else(|| by_names(rows, at, &rows[at].1, 1)).or_else(both)
    })
}

fn by_names(rows: &[TableRow], at: usize, row: &[String], height: usize) -> Option<TableLayout> {
    let line = rows[at].0;
    let asks = |cell: &String| cell.contains(char::is_whitespace) && cell.ends_with(['?', '？', '؟']);
    let title = row.iter().all(|cell| cell.chars().count() <= LONGEST_NAME && !asks(cell));
    let mut columns = Some(row).filter(|_| title).map(columns).filter(|columns| usable(columns))?;
    let body = body(rows, at + height);
    let labels = labels(row, &mut columns);
    let columns = with_key(single_roles(columns, body), row, body);
    let columns = places_for_flags(keys_apart(columns, row, body), body);
    let evidence = Decision::new("columns", columns_in_words(&columns)).because("names of columns", [line]);
    let aside = body.first().filter(|_| says_how(&columns, body)).map(|(line, _)| *line);
    let skip = at + height + usize::from(aside.is_some());
    let (width, names) = (width(row, body), Some(row.to_vec()));
    Some(TableLayout { labels, skip, aside, width, names, ..of_columns(columns, body, evidence) })
}

/// The names of two rows as one: the lower row names what the upper one leaves open, or refines it.
fn names_below(rows: &[TableRow], at: usize) -> Option<Vec<String>> {
    let (upper, lower) = (&rows.get(at)?.1, &rows.get(at + 1)?.1);
    let cell = |row: &[String], at: usize| row.get(at).filter(|cell| !cell.is_empty()).cloned();
    let open = (0..upper.len()).any(|at| cell(upper, at).is_some() && cell(lower, at).is_none());
    let names = lower.iter().filter(|name| !name.is_empty()).count();
    let both = 0..upper.len().max(lower.len());
    (open && names > 1)
        .then(|| both.map(|at| cell(lower, at).or_else(|| cell(upper, at)).unwrap_or_default()).collect())
}

/// Whether the first row below the names explains how to fill in the table: a sentence in the column of otherwise short
/// keys.
fn says_how(columns: &[ColumnRole], body: &[TableRow]) -> bool {
    let Some(key) = columns.iter().position(|column| *column == ColumnRole::Answer) else { return false };
    let length = |(_, row): &TableRow| row.get(key).map_or(0, |cell| cell.chars().count());
    let Some((first, others)) = body.split_first() else { return false };
    let sentence = first.1.get(key).filter(|cell| cell.contains(char::is_whitespace));
    let text = sentence.is_some_and(|sentence| first.1.iter().filter(|cell| *cell == sentence).count() == 1);
    let short = others.iter().filter(|row| length(row) > 0).all(|row| length(row) <= SHORT_KEY);
    text && short && length(first) > 2 * SHORT_KEY && others.iter().filter(|row| length(row) > 0).count() > 1
}

/// By a row that names some columns; the cells decide about the others.
fn partly_named(rows: &[TableRow]) -> Option<TableLayout> {
    rows.iter().take(HEAD).enumerate().find_map(|(at, (line, row))| {
        if row.iter().any(|cell| cell.chars().count() > LONGEST_NAME || asks(cell)) {
            return None;
        }
        let body = body(rows, at + 1);
        let columns = single_roles(columns(row), body);
        let place = |wanted: ColumnRole| columns.iter().position(|column| *column == wanted);
        let (stem, key) = (place(ColumnRole::Question), place(ColumnRole::Answer));
        let options = options(&columns);
        let known_columns = usize::from(stem.is_some()) + usize::from(key.is_some()) + options.len().min(2);
        if known_columns < 2 {
            return None;
        }
        let known = KnownColumns { stem, key, options, ..free(&columns, row) };
        let found = unnamed::find(body, &known)?;
        let columns = unnamed::layout(body, &found, columns);
        let evidence = Decision::new("columns", columns_in_words(&columns))
            .because("some names of columns", [*line])
            .because(format!("the key names an option in {} of {}", found.rows, row_count(body.len())), lines(body));
        let (skip, width, names) = (at + 1, width(row, body), Some(row.clone()));
        Some(TableLayout { skip, width, names, ..of_columns(columns, body, evidence) })
    })
}

/// By the cells alone.
fn by_cells(rows: &[TableRow]) -> Option<TableLayout> {
    if !is_even(rows) {
        return None;
    }
    let most = (rows.len() / 2).min(HEAD / 2);
    (0..=most).find_map(|skip| {
        let body = body(rows, skip);
        let found = unnamed::find(body, &KnownColumns::default())?;
        // A row that asks is a question, even a broken one.
        let starts = skip == 0 || unnamed::explains(&body.first()?.1, &found);
        let above = rows[..skip].iter().all(|(_, row)| row.get(found.stem).is_none_or(|cell| !asks(cell)));
        if !starts || !above {
            return None;
        }
        let title = skip == 0 && is_title(body, &found);
        let columns = unnamed::layout(body, &found, Vec::new());
        let text = format!("the key names an option in {} of {}", found.rows, row_count(body.len()));
        let evidence = Decision::new("columns", columns_in_words(&columns)).because(text, lines(body));
        let skip = skip + usize::from(title) + titles(body, &found);
        let width = width(&[], body);
        Some(TableLayout { skip, width, ..of_columns(columns, body, evidence) })
    })
}

/// By the names that the person gives; the file may begin with names of its own.
pub(super) fn given(names: &str, rows: &[TableRow]) -> Option<TableLayout> {
    let names: Vec<String> = names.split(',').map(|name| name.trim().to_owned()).collect();
    let columns = columns(&names);
    if !usable(&columns) {
        return None;
    }
    let known = |row: &[String]| {
        let own = self::columns(row);
        own.iter().zip(&columns).filter(|(own, given)| own == given && **own != ColumnRole::Other).count() >= 2
    };
    let body = body(rows, 0);
    let title = rows.first().is_some_and(|(_, row)| {
        let place = |wanted: ColumnRole| columns.iter().position(|column| *column == wanted);
        let found = place(ColumnRole::Question)
            .zip(place(ColumnRole::Answer))
            .map(|(stem, key)| unnamed::FoundColumns { stem, options: options(&columns), key, rows: body.len() });
        let short = row.iter().all(|cell| cell.chars().count() <= LONGEST_NAME && !asks(cell));
        short && (known(row) || found.is_some_and(|found| found.options.len() > 1 && is_title(body, &found)))
    });
    let evidence = Decision::new("columns", columns_in_words(&columns)).because("named by `--columns`", []);
    let (skip, width) = (usize::from(title), columns.len());
    Some(TableLayout { skip, width, given: true, ..of_columns(columns, body, evidence) })
}

/// Whether the first row names the columns in unknown words: short texts, and a key that names none of them.
fn is_title(rows: &[TableRow], found: &unnamed::FoundColumns) -> bool {
    let Some((_, first)) = rows.first() else { return false };
    let Some(stem) = first.get(found.stem) else { return false };
    let mean = ColumnProfile::of_rows(rows).get(found.stem).map_or(0, ColumnProfile::mean);
    let short = first.iter().all(|cell| cell.chars().count() <= 40 && !asks(cell));
    short && !unnamed::explains(first, found) && stem.chars().count() * 2 <= mean
}

/// How many rows above the first question are titles of the whole: one short text that asks nothing.
fn titles(rows: &[TableRow], found: &unnamed::FoundColumns) -> usize {
    let title = |row: &[String]| {
        let mut cells = row.iter().filter(|cell| !cell.is_empty());
        let first = cells.next().is_some_and(|cell| cell.chars().count() <= 60 && !asks(cell));
        first && cells.next().is_none() && !unnamed::explains(row, found)
    };
    let above = rows.iter().take_while(|(_, row)| title(row)).count();
    if above < rows.len() { above } else { 0 }
}

/// Whether most rows have as many cells, at least a question, two options and a key.
fn is_even(rows: &[TableRow]) -> bool {
    let mut widths: Vec<usize> = rows.iter().map(|(_, row)| row.len()).collect();
    widths.sort_unstable();
    let Some(middle) = widths.get(widths.len() / 2).copied() else { return false };
    let used = ColumnProfile::of_rows(body(rows, 0))
        .iter()
        .filter(|seen| seen.filled * 2 > seen.filled.max(rows.len().min(SAMPLE)))
        .count();
    used >= 4
        && middle >= 4
        && widths.iter().filter(|width| width.abs_diff(middle) <= 1).count() * 10 >= widths.len() * 7
}

fn lines(rows: &[TableRow]) -> impl Iterator<Item = usize> {
    rows.iter().map(|(line, _)| *line)
}

/// Of several columns named as the question, the topic or the explanation, the cells choose one.
fn single_roles(mut columns: Vec<ColumnRole>, body: &[TableRow]) -> Vec<ColumnRole> {
    let seen = ColumnProfile::of_rows(body);
    let score = |role: ColumnRole, at: usize| {
        let seen = seen.get(at).cloned().unwrap_or_default();
        match role {
            ColumnRole::Question => (usize::from(seen.filled * 2 > body.len()), seen.as_stem(body.len())),
            ColumnRole::Explanation => (usize::from(seen.filled > 0), seen.mean()),
            _ => (usize::from(seen.filled > 0 && !seen.counts()), 0),
        }
    };
    for role in [ColumnRole::Question, ColumnRole::Explanation, ColumnRole::Topic, ColumnRole::Id, ColumnRole::Options]
    {
        let mut claims: Vec<usize> = (0..columns.len()).filter(|at| columns[*at] == role).collect();
        if claims.len() > 1 {
            claims.sort_by_key(|at| (std::cmp::Reverse(score(role, *at)), *at));
            claims.into_iter().skip(1).for_each(|at| columns[at] = ColumnRole::Other);
        }
    }
    columns
}

fn of_columns(columns: Vec<ColumnRole>, body: &[TableRow], evidence: Decision) -> TableLayout {
    let own_letters = own_letters(&columns, body);
    TableLayout { own_letters, columns, evidence: Some(evidence), ..TableLayout::default() }
}

/// Whether the key is in letters of another alphabet (`А`, `Б`, `В`): all of its letters are, and one of them looks
/// like no Latin letter.
fn own_letters(columns: &[ColumnRole], body: &[TableRow]) -> bool {
    let Some(key) = columns.iter().position(|column| *column == ColumnRole::Answer) else { return false };
    let cells = body.iter().filter_map(|(_, row)| row.get(key)).filter(|cell| !cell.is_empty());
    let letters = || cells.clone().flat_map(|cell| cell.chars()).filter(|char| char.is_alphanumeric());
    let single = cells.clone().all(|cell| cell.chars().count() <= 8);
    let own = |char: char| !char.is_ascii() && place_of_letter(char).is_some();
    single && letters().all(own) && letters().any(|char| !"АВЕавеΑΒΕαβε".contains(char))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<TableRow> {
        let cells = |line: &str| line.split(';').map(|cell| cell.trim().to_owned()).collect();
        (1..).zip(text.lines().map(cells)).collect()
    }

    fn found(text: &str) -> (String, usize) {
        let layout = layout(&rows(text)).expect(text);
        (columns_in_words(&layout.columns), layout.skip)
    }

    #[test]
    fn names_and_cells_tell_the_columns() {
        for (text, columns, skip) in [
            (
                "Klasse 7;;;;\nNr;Frage;A;B;Lösung\n1;Rot?;Gras;Blut;B\n2;Grün?;Gras;Blut;A",
                "-, question, option, option, answer",
                2,
            ),
            (
                "Nr;;a;b;;\n1;Rot ist:;Gras;Blut;b;x\n2;Grün ist:;Gras;Blut;a;x",
                "-, question, option, option, answer, -",
                1,
            ),
            (
                "Spur;Eins;Zwei;Drei;Tipp\nWas ist rot?;Gras;Blut;Meer;Blut\nWas ist grün?;Gras;Blut;Meer;Gras",
                "question, option, option, option, answer",
                1,
            ),
            (
                "Item;Question;A;B;Key;Points\n1;Red?;grass;blood;B;1\n2;Green?;grass;blood;A;1",
                "-, question, option, option, answer, -",
                1,
            ),
            (
                "Quiz:;Colours;;;\nType:;Question:;Write the options below.;;Key:\n;;Answer A:;Answer B:;\nx;Red?;grass;blood;B\nx;Green?;grass;blood;A",
                "-, question, option, option, answer",
                3,
            ),
            (
                "Question;A;B;Answer\nThe text that is asked;first text;second text;The letter of the right option\nRed?;grass;blood;B\nGreen?;grass;blood;A",
                "question, option, option, answer",
                2,
            ),
        ] {
            assert_eq!(found(text), (columns.into(), skip), "{text}");
        }
    }

    #[test]
    fn points_are_no_key() {
        let text = "Question;A;B;Points\nRed?;grass;blood;1\nGreen?;grass;blood;2";
        assert_eq!(found(text).0, "question, option, option, -");
    }
}
