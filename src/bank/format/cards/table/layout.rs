//! Which column of a table of cards holds what: by the row that names them, else by what the cells of all rows look like.

use std::collections::HashSet;

use super::names::{CardColumn, roles};
use crate::bank::format::record::table::TableRow;
use crate::bank::word_set::WordSet;

use CardColumn::{Back, Front, Language, Notes, Other, Pronunciation};

/// The names of the columns are within the first rows.
const HEAD: usize = 10;

/// Which column holds what.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct CardLayout {
    pub(super) front: usize,
    pub(super) back: usize,
    pub(super) notes: Vec<usize>,
    /// From the wide to the narrow.
    pub(super) topics: Vec<usize>,
    pub(super) tags: Option<usize>,
    pub(super) id: Option<usize>,
    /// Columns that are left out though they have a name.
    pub(super) out: Vec<usize>,
    pub(super) width: usize,
    /// The place of the row that names the columns.
    pub(super) header: Option<usize>,
}

/// The layout by the names of columns, if they name both sides of a card, or one side and a column for the other.
pub(super) fn named(names: &[String]) -> Option<CardLayout> {
    let roles = roles(names);
    if roles.contains(&CardColumn::Choice) {
        return None;
    }
    let mut free: Vec<usize> = (0..roles.len()).filter(|place| !names[*place].trim().is_empty()).collect();
    let mut take = |wanted: &[CardColumn]| {
        let place = wanted.iter().find_map(|role| free.iter().position(|place| roles[*place] == *role))?;
        Some(free.remove(place))
    };
    let topics: Vec<usize> = std::iter::from_fn(|| take(&[CardColumn::Topic])).collect();
    let [tags, id] = [CardColumn::Tags, CardColumn::Id].map(|role| take(&[role]));
    let (front, back) = match (take(&[Front]), take(&[Back])) {
        (Some(front), back) => (front, back.or_else(|| take(&[Language, Front, Notes, Pronunciation, Other]))?),
        (None, Some(back)) => (take(&[Language, Other, Back])?, back),
        (None, None) => (take(&[Language])?, take(&[Language, Pronunciation, Notes, Other])?),
    };
    let notes = |place: &usize| matches!(roles[*place], Notes | Pronunciation | Language | Back | Front);
    let (notes, out) = free.iter().copied().partition(notes);
    Some(CardLayout { front, back, notes, topics, tags, id, out, width: names.len(), header: None })
}

/// The row that names the columns, and what they hold.
pub(super) fn header(rows: &[TableRow]) -> Option<CardLayout> {
    let found = rows.iter().take(HEAD).enumerate().find_map(|(at, (_, row))| {
        let layout = named(row).filter(|_| is_header(row, &rows[at + 1..]) && stands_out(row, rows, at))?;
        Some(CardLayout { header: Some(at), ..layout })
    })?;
    Some(with_texts(found, rows))
}

/// Whether a row names columns rather than being a card: two columns that mean the same (`word`, `Wort`) are a card.
fn is_header(row: &[String], below: &[TableRow]) -> bool {
    let roles: Vec<CardColumn> = roles(row).into_iter().filter(|role| *role != Other).collect();
    let cells = row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let alike = matches!(roles[..], [first, second] if first == second && first != Language);
    // One name that is known may be a word of the list; then both have to be written as the words below are not.
    let lower = |cell: &String| cell.trim().chars().next().is_some_and(char::is_lowercase);
    let titled = || {
        let body = below.iter().take(40);
        let differs = body.clone().filter(|(_, cells)| cells.iter().any(lower)).count();
        !row.iter().any(lower) && differs * 2 > body.count()
    };
    cells >= 2
        && !(alike && cells == 2)
        && (roles.len() * 2 > cells || (roles.len() * 2 == cells && (cells > 2 || titled())))
}

/// A list of names is no header: the rows below it hold names as well. The same names again begin another table.
fn stands_out(row: &[String], rows: &[TableRow], at: usize) -> bool {
    let below = || rows.iter().skip(at + 1).take(40).filter(|(_, cells)| cells != row);
    let names = below()
        .filter(|(_, cells)| cells.iter().filter(|cell| CardColumn::from_name(cell).is_side()).count() > 1)
        .count();
    names < 2
}

/// Columns without a known name: if most cells differ they are notes; numbers and a few recurring words are left out.
fn with_texts(mut layout: CardLayout, rows: &[TableRow]) -> CardLayout {
    let body = &rows[layout.header.map_or(0, |at| at + 1).min(rows.len())..];
    let (notes, out): (Vec<usize>, Vec<usize>) = layout.out.iter().copied().partition(|place| is_text(body, *place));
    layout.notes.extend(notes);
    layout.notes.sort_unstable();
    layout.out = out;
    layout
}

fn cell(row: &TableRow, place: usize) -> &str {
    row.1.get(place).map_or("", |cell| cell.trim())
}

fn has_letters(cell: &str) -> bool {
    cell.chars().any(|char| char.is_alphabetic() || "+×*÷=√^".contains(char))
}

fn is_text(rows: &[TableRow], place: usize) -> bool {
    let cells: Vec<&str> = rows.iter().map(|row| cell(row, place)).filter(|cell| has_letters(cell)).collect();
    let distinct: HashSet<&&str> = cells.iter().collect();
    rows.len() > 1 && distinct.len() * 2 > cells.len() && cells.len() * 4 > rows.len()
}

/// Whether the first row of the file repeats the names that the person gives: a column has the same role in both.
pub(super) fn names_again(names: &[String], first: &[String]) -> bool {
    let (given, own) = (roles(names), roles(first));
    let is =
        |given: CardColumn, own: CardColumn| own != Other && (own == given || (given.is_side() && own == Language));
    let same = given.iter().zip(&own).filter(|(given, own)| is(**given, **own)).count();
    let crossed =
        own.iter().zip(&given).filter(|(own, given)| own.is_side() && given.is_side() && !is(**given, **own)).count();
    same > crossed
}

/// A first row in capitals above other rows, or set off by an empty line: it names the columns in unknown words.
pub(super) fn unnamed_header(rows: &[TableRow]) -> bool {
    let [first, second, rest @ ..] = rows else { return false };
    let upper = |cell: &str| cell.trim().chars().next().is_some_and(char::is_uppercase);
    let lower = |cell: &str| cell.trim().chars().next().is_some_and(char::is_lowercase);
    let short = |cell: &String| cell.split_whitespace().count() <= 2;
    let stands_out = rest.len() >= 3
        && first.1.iter().all(|cell| upper(cell) && short(cell))
        && rows[1..].iter().all(|row| row.1.iter().take(2).all(|cell| lower(cell)));
    let gap = |above: &TableRow, below: &TableRow| below.0 > above.0 + 1;
    let set_off = rest.len() >= 2
        && first.1.iter().all(short)
        && gap(first, second)
        && !rest.iter().zip(&rows[1..]).any(|(below, above)| gap(above, below));
    stands_out || set_off
}

/// Cells that say whether something holds.
static FLAGS: WordSet = WordSet::new("true false yes no ja nein 0 1 x");

/// The layout of rows without names: two columns, or three with a note in the last. A number or a topic may precede
/// them.
pub(super) fn bare(rows: &[TableRow], width: usize) -> Option<CardLayout> {
    let share = |holds: &dyn Fn(&TableRow) -> bool| {
        rows.iter().filter(|row| holds(row)).count() as f64 / rows.len().max(1) as f64
    };
    let mut places: Vec<usize> = (0..width).collect();
    if width > 2 && is_count(rows) {
        places.remove(0);
    }
    let topic = (places.len() > 2 && is_topic(rows, places[0])).then(|| places.remove(0));
    let [front, back, notes @ ..] = &places[..] else { return None };
    let (front, back) = (*front, *back);
    if notes.len() > 1 {
        return None;
    }
    // `der;Hund;dog`: the article belongs to the word behind it.
    if let ([note], true) = (notes, is_article(rows, front)) {
        return Some(CardLayout { front: back, back: *note, notes: vec![front], width, ..CardLayout::default() });
    }
    let textual = |place: usize| share(&|row| has_letters(cell(row, place)));
    let flag = |place: usize| share(&|row| FLAGS.contains(&cell(row, place).to_lowercase()));
    if textual(front) < 0.7 || (textual(back) < 0.7 && !notes.is_empty()) {
        return None;
    }
    if let [note] = notes {
        // The last column of a table with options names one of them.
        let again = share(&|row| {
            !cell(row, *note).is_empty() && [front, back].iter().any(|side| cell(row, *side) == cell(row, *note))
        });
        let letter = share(&|row| cell(row, *note).chars().count() == 1 && has_letters(cell(row, *note)));
        let backs: HashSet<&str> = rows.iter().map(|row| cell(row, back)).collect();
        let among = share(&|row| backs.contains(cell(row, *note)) && !cell(row, *note).is_empty());
        if again > 0.5 || among > 0.5 || letter > 0.8 || (flag(back) > 0.5 && flag(*note) > 0.5) {
            return None;
        }
    }
    let gap = |cell: &str| cell.contains("___") || cell.contains("...");
    let asks = |place: usize| share(&|row| gap(cell(row, place)) || cell(row, place).ends_with(['?', '？', '؟']));
    // A sentence with a gap asks for the word that is missing.
    let (front, back) = if asks(back) > 0.8 && asks(front) < 0.1 { (back, front) } else { (front, back) };
    let (notes, topics) = (notes.to_vec(), topic.into_iter().collect());
    Some(CardLayout { front, back, notes, topics, width, ..CardLayout::default() })
}

/// Whether the first column counts the rows.
fn is_count(rows: &[TableRow]) -> bool {
    let numbers: Option<Vec<u64>> =
        rows.iter().map(|row| cell(row, 0).trim_end_matches(['.', ')']).parse().ok()).collect();
    numbers.is_some_and(|numbers| numbers.len() > 1 && numbers.windows(2).all(|pair| pair[0] < pair[1]))
}

/// Whether a column holds a few short words that come again and again.
fn is_article(rows: &[TableRow], place: usize) -> bool {
    let cells: Vec<&str> = rows.iter().map(|row| cell(row, place)).collect();
    let distinct = cells.iter().collect::<HashSet<_>>().len();
    let short = cells.iter().all(|cell| cell.chars().count() <= 4);
    rows.len() >= 4 && short && distinct * 3 <= rows.len() * 2 && distinct <= 8
}

/// Whether a column says of runs of rows what they are about.
fn is_topic(rows: &[TableRow], place: usize) -> bool {
    let cells: Vec<&str> = rows.iter().map(|row| cell(row, place)).collect();
    let distinct = cells.iter().collect::<HashSet<_>>().len();
    let runs = 1 + cells.windows(2).filter(|pair| pair[0] != pair[1]).count();
    rows.len() >= 4 && distinct * 3 <= rows.len() && runs <= distinct + distinct / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<TableRow> {
        let cells = |line: &str| line.split(';').map(str::to_owned).collect();
        (1..)
            .zip(text.lines())
            .filter(|(_, line)| !line.is_empty())
            .map(|(number, line)| (number, cells(line)))
            .collect()
    }

    fn sides(layout: &CardLayout) -> (usize, usize, Vec<usize>, Option<usize>) {
        (layout.front, layout.back, layout.notes.clone(), layout.topics.first().copied())
    }

    #[test]
    fn names_say_which_column_is_which() {
        for (text, expected) in [
            ("Kanji;Kana;English\n猫;ねこ;cat", (0, 2, vec![1], None)),
            ("unit;word;sentence;translation\n1;Haus;Das Haus.;house", (1, 3, vec![2], Some(0))),
            ("infinitive;past;participle;German\nsee;saw;seen;sehen", (0, 3, vec![2], None)),
            ("word;sentences\nrope;Pull the rope.", (0, 1, vec![], None)),
            ("Quenya;Meaning\nrep;rope", (0, 1, vec![], None)),
            (
                "section;category;level;question;answer\na;b;easy;What?;That\na;b;easy;Who?;They",
                (3, 4, vec![], Some(0)),
            ),
        ] {
            let layout = header(&rows(text)).expect(text);
            let mut found = sides(&layout);
            found.2.retain(|place| *place != 1 || expected.2.contains(&1));
            assert_eq!(found, expected, "{text}");
        }
        for text in [
            "word;Wort\nrope;Seil",
            "state;estado\nrope;cuerda",
            "rope;Seil\nword;Wort",
            "question;option a;option b\nx;y;z",
        ] {
            assert_eq!(header(&rows(text)), None, "{text}");
        }
    }

    #[test]
    fn cells_say_it_where_nothing_has_a_name() {
        for (text, width, expected) in [
            ("rope;Seil\nmast;Mast", 2, Some((0, 1, vec![], None))),
            ("rope;Pull the ___.\nmast;Climb the ___.", 2, None),
            ("rope;Seil;A long rope.\nmast;Mast;A tall mast.", 3, Some((0, 1, vec![2], None))),
            ("1;rope;Seil\n2;mast;Mast", 3, Some((1, 2, vec![], None))),
            (
                "sea;rope;Seil\nsea;mast;Mast\nsea;keel;Kiel\nland;road;Weg\nland;hill;Berg\nland;tree;Baum",
                3,
                Some((1, 2, vec![], Some(0))),
            ),
            ("Is it red?;rope;road;rope\nIs it blue?;sea;road;sea", 4, None),
            (
                "der;Mast;pole\ndie;Rah;yard\nder;Kiel;keel\ndas;Seil;rope\ndie;Boje;buoy",
                3,
                Some((1, 2, vec![0], None)),
            ),
            ("Which is wet?;sea;road\nWhich is dry?;road;sea", 3, None),
            ("1;2\n3;4", 2, None),
        ] {
            let found = bare(&rows(text), width).map(|layout| sides(&layout));
            if text.contains("___") {
                assert_eq!(found, Some((1, 0, vec![], None)));
            } else {
                assert_eq!(found, expected, "{text}");
            }
        }
        assert!(unnamed_header(&rows("Kamba;Rope\nkamba;rope\nmti;tree\nnyumba;house\nmto;river")));
        assert!(!unnamed_header(&rows("Hund;dog\nKatze;cat\nRabe;raven\nKuh;cow\nGans;goose")));
    }
}
