//! The roles of columns without names: the key is the column whose cells identify another cell of the row.

use super::cells::TableRow;
use super::profile::ColumnProfile;
use crate::bank::format::record::header::{ColumnRole, place_of_letter};

/// A key of fewer rows is chance.
const FEWEST: usize = 2;
/// Columns that are tried as the questions.
const MOST_STEMS: usize = 3;
/// Columns that are tried as the key.
const MOST_COLUMNS: usize = 60;

/// What is known of the columns before the cells are asked.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownColumns {
    pub(super) stem: Option<usize>,
    pub(super) key: Option<usize>,
    /// The columns of the options, in their order.
    pub(super) options: Vec<usize>,
    /// Columns that hold something else.
    pub(super) taken: Vec<usize>,
    /// Columns with an unknown name: numbers in them are no places.
    pub(super) titled: Vec<usize>,
}

/// Which column is what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundColumns {
    pub(super) stem: usize,
    pub(super) options: Vec<usize>,
    pub(super) key: usize,
    /// In how many of the rows the key names an option.
    pub(super) rows: usize,
}

/// How a key names its option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeyStyle {
    Letter,
    Place,
    Text,
}

/// The styles, the surest first.
const STYLES: [KeyStyle; 3] = [KeyStyle::Text, KeyStyle::Letter, KeyStyle::Place];

/// Finds the key by its cells, with the question before the options that it names.
pub(super) fn find(rows: &[TableRow], known: &KnownColumns) -> Option<FoundColumns> {
    let seen = ColumnProfile::of_rows(rows);
    // Columns with a name may be empty.
    let empty = known.options.iter().chain(&known.stem).chain(&known.key).any(|at| *at >= seen.len());
    if empty || rows.len() < FEWEST || seen.len() > MOST_COLUMNS {
        return None;
    }
    let stems = known.stem.map_or_else(|| stems(rows, &seen, known), |stem| vec![stem]);
    stems.into_iter().find_map(|stem| {
        let keys = known.key.map_or_else(|| (0..seen.len()).collect::<Vec<_>>(), |key| vec![key]);
        let free = |key: &usize| *key != stem && (known.key == Some(*key) || !known.taken.contains(key));
        let found = keys.into_iter().filter(free).filter_map(|key| candidate(rows, &seen, stem, key, known));
        // Of several, the one that explains most rows; then the rightmost, the usual place of keys.
        found.max_by_key(|(found, sure)| (found.rows * 20 / rows.len(), *sure, found.key)).map(|(found, _)| found)
    })
}

/// The columns that may be the questions, likeliest first. Explanations may be longer, but follow the options.
fn stems(rows: &[TableRow], seen: &[ColumnProfile], known: &KnownColumns) -> Vec<usize> {
    let first_option = known.options.first().copied();
    let score = |at: usize| {
        // The question precedes its options, if names reveal these.
        let before = first_option.is_none_or(|first| at < first);
        seen[at].as_stem(rows.len()) * if before { 4 } else { 1 }
    };
    let free = |at: &usize| known.key != Some(*at) && !known.taken.contains(at);
    let mut stems: Vec<usize> = (0..seen.len()).filter(free).filter(|at| score(*at) > 0).collect();
    stems.sort_by_key(|at| (std::cmp::Reverse(score(*at)), *at));
    stems.truncate(MOST_STEMS);
    stems
}

fn candidate(
    rows: &[TableRow],
    seen: &[ColumnProfile],
    stem: usize,
    key: usize,
    known: &KnownColumns,
) -> Option<(FoundColumns, usize)> {
    let options = if known.options.is_empty() { options(rows, seen, stem, key) } else { known.options.clone() };
    if options.len() < 2 {
        return None;
    }
    STYLES.into_iter().find_map(|way| {
        let named = rows.iter().filter(|(_, row)| names(row, key, &options, way)).count();
        let needed = rows.iter().filter(|(_, row)| row.get(key).is_some_and(|cell| !cell.is_empty())).count();
        let most = named >= FEWEST && named * 3 >= needed * 2 && named * 10 >= rows.len() * 6;
        // Tables are full of numbers, letters and cells that are equal; so the question has to look like one.
        let longest = || options.iter().all(|at| seen[*at].mean() <= seen[stem].mean());
        let asks = known.stem.is_some() || seen[stem].asks() || seen[stem].mean() >= 15 && longest();
        let plain = asks
            && match way {
                _ if known.key.is_some() => true,
                KeyStyle::Text => true,
                KeyStyle::Letter => seen[key].different > 1 || !known.titled.contains(&key),
                KeyStyle::Place => {
                    let long = || seen[stem].mean() >= 25 && longest();
                    !known.titled.contains(&key) && seen[key].different > 1 && (seen[stem].asks() || long())
                }
            };
        let found = || FoundColumns { stem, options: options.clone(), key, rows: named };
        (most && plain).then(|| (found(), usize::from(way != KeyStyle::Place)))
    })
}

/// The columns of options: between the question and the key, or behind both.
fn options(rows: &[TableRow], seen: &[ColumnProfile], stem: usize, key: usize) -> Vec<usize> {
    let used = |at: &usize| seen[*at].filled > 0;
    if key > stem + 2 {
        return (stem + 1..key).filter(used).collect();
    }
    let from = stem.max(key) + 1;
    let mut options: Vec<usize> = (from..seen.len()).take_while(used).collect();
    // A much longer column after the options explains them.
    if let Some((last, rest)) = options.split_last()
        && rest.len() > 2
        && rows.iter().all(|(_, row)| !names(row, key, &[*last], KeyStyle::Text))
    {
        let longest = rest.iter().map(|at| seen[*at].mean()).max().unwrap_or(0);
        if seen[*last].mean() > 40 && seen[*last].mean() > longest * 2 {
            options.pop();
        }
    }
    options
}

/// Whether the cells of a column name one of these options in nearly all rows that fill it.
pub(super) fn name_options(rows: &[TableRow], key: usize, options: &[usize]) -> bool {
    let filled = rows.iter().filter(|(_, row)| row.get(key).is_some_and(|cell| !cell.is_empty())).count();
    filled > 0
        && STYLES.into_iter().any(|way| {
            let named = rows.iter().filter(|(_, row)| names(row, key, options, way)).count();
            named * 10 >= filled * 8
        })
}

/// Whether the key of a row names an option in any way.
pub(super) fn explains(row: &[String], found: &FoundColumns) -> bool {
    STYLES.into_iter().any(|way| names(row, found.key, &found.options, way))
}

/// Whether the key of a row names one of its options.
fn names(row: &[String], key: usize, options: &[usize], way: KeyStyle) -> bool {
    let Some(answer) = row.get(key).map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) else { return false };
    let option = |place: usize| options.get(place).and_then(|at| row.get(*at)).is_some_and(|cell| !cell.is_empty());
    match way {
        KeyStyle::Text => {
            options.iter().filter_map(|at| row.get(*at)).any(|cell| cell.trim().eq_ignore_ascii_case(answer))
        }
        KeyStyle::Letter => letters(answer).is_some_and(|places| !places.is_empty() && places.into_iter().all(option)),
        KeyStyle::Place => {
            let mut parts = answer.split([',', ';', ' ']).filter(|part| !part.is_empty());
            parts.all(|part| {
                part.parse::<usize>().is_ok_and(|number| option(number) || number > 0 && option(number - 1))
            })
        }
    }
}

/// The places that letters name (`b`, `B)`, `A, C`, `AC`).
fn letters(answer: &str) -> Option<Vec<usize>> {
    let letters = || answer.chars().filter(|char| char.is_alphanumeric());
    let signs = |char: char| matches!(char, ' ' | ',' | ';' | '.' | ')' | '(' | '/');
    if letters().count() > 6 || answer.chars().any(|char| !char.is_alphanumeric() && !signs(char)) {
        return None;
    }
    let places: Vec<usize> = letters().map(place_of_letter).collect::<Option<_>>()?;
    places.windows(2).all(|pair| pair[0] < pair[1]).then_some(places)
}

/// The roles of the columns, given the question, the options and the key.
pub(super) fn layout(rows: &[TableRow], found: &FoundColumns, mut columns: Vec<ColumnRole>) -> Vec<ColumnRole> {
    let seen = ColumnProfile::of_rows(rows);
    columns.resize(seen.len().max(columns.len()), ColumnRole::Other);
    columns[found.stem] = ColumnRole::Question;
    columns[found.key] = ColumnRole::Answer;
    for (place, at) in found.options.iter().enumerate() {
        if !matches!(columns[*at], ColumnRole::Option(..)) {
            columns[*at] = ColumnRole::Option(place, None);
        }
    }
    let ends = found.options.iter().copied().max().unwrap_or(0).max(found.key).max(found.stem);
    let behind = (ends + 1..seen.len()).filter(|at| columns[*at] == ColumnRole::Other && !seen[*at].counts());
    let explains = |at: &usize| seen[*at].mean() >= 25 && seen[*at].different * 2 > seen[*at].filled;
    if !columns.contains(&ColumnRole::Explanation)
        && let Some(at) = behind.filter(explains).max_by_key(|at| seen[*at].mean())
    {
        columns[at] = ColumnRole::Explanation;
    }
    // A column before the question that repeats its cells, or has short ones, is the topic.
    let before = (0..found.stem).rev().filter(|at| columns[*at] == ColumnRole::Other && !seen[*at].counts());
    // Cells that all differ number the rows, as `q001` does.
    let differ = |at: &usize| seen[*at].filled > 1 && seen[*at].different == seen[*at].filled;
    let titles = |at: &usize| seen[*at].filled * 2 > rows.len() && seen[*at].mean() < 60 && !seen[*at].asks();
    let before = before.filter(|at| !differ(at));
    if !columns.contains(&ColumnRole::Topic)
        && let Some(at) = before.filter(titles).min_by_key(|at| seen[*at].different)
    {
        columns[at] = ColumnRole::Topic;
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<TableRow> {
        let cells = |line: &str| line.split(';').map(|cell| cell.trim().to_owned()).collect();
        (1..).zip(text.lines().map(cells)).collect()
    }

    #[test]
    fn the_key_is_the_column_that_names_another_cell() {
        for (text, stem, options, key) in [
            ("Red?;grass;blood;sky;b\nGreen?;grass;blood;sky;a", 0, vec![1, 2, 3], 4),
            ("Red?;2;grass;blood;sky\nGreen?;1;grass;blood;sky", 0, vec![2, 3, 4], 1),
            ("1;Hues;The hue of blood;pink;red;red\n2;Hues;The hue of grass;green;red;green", 2, vec![3, 4], 5),
            (
                "Red?;grass;blood;sky;B;Blood holds iron, and iron is red\nGreen?;grass;blood;sky;A;Grass is green, as leaves are",
                0,
                vec![1, 2, 3],
                4,
            ),
        ] {
            let found = find(&rows(text), &KnownColumns::default()).expect(text);
            assert_eq!((found.stem, found.options, found.key), (stem, options, key), "{text}");
        }
    }

    #[test]
    fn tables_of_other_things_have_no_key() {
        for text in [
            "Gull;Boat;two;1\nWave;Ship;three;3\nWind;Ship;two;2",
            "bolt;steel;M6;12\nnut;steel;M6;14\nscrew;brass;M4;3",
            "2024-01-02;login;anna;ok\n2024-01-03;logout;bert;ok",
        ] {
            assert_eq!(find(&rows(text), &KnownColumns::default()), None, "{text}");
        }
    }
}
