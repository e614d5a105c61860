//! Cards in tables: two columns or more in CSV, TSV and spreadsheets, with or without a row of names. The roles of the
//! columns are decided once for the file.

mod find;
mod layout;
mod names;
mod register;

use super::{CardCollector, Deletions, NO_BACK, Signs, card, cloze};
use crate::bank::Decision;
use crate::bank::collect::Collected;
use crate::bank::defect::Defect;
use crate::bank::format::FormatFit;
use crate::bank::format::record::table::TableRow;
use crate::bank::lines::verdict::verdict;
use crate::bank::source::Source;
use crate::bank::{BankOption, BankQuestion};
use crate::model::{Kind, Markup};
use find::{CardTable, filled, is_comment};
use layout::CardLayout;

/// How surely a text is a table of cards, and whether tabs part it and nothing names its columns, which is what Anki writes.
pub(in crate::bank) fn explains(source: &Source<'_>) -> Option<(FormatFit, bool)> {
    let found = find::find(&source.text)?;
    let alone = found.rows.len() < 2;
    let bare = found.delimiter == b'\t' && found.layout.header.is_none();
    Some((if alone { FormatFit::Possible } else { FormatFit::Likely }, bare))
}

pub(in crate::bank) fn read_card_table(source: &Source<'_>) -> Option<Collected> {
    find::find(&source.text).map(|found| cards(source, &found, None))
}

/// The names that `--columns` gives, if they name the sides of cards.
pub(in crate::bank) fn given(source: &Source<'_>) -> Option<Vec<String>> {
    let names: Vec<String> = source.options.columns.as_deref()?.split(',').map(|name| name.trim().to_owned()).collect();
    layout::named(&names).map(|_| names)
}

/// Whether a name says what a column of cards holds.
pub(in crate::bank) fn is_known(name: &str) -> bool {
    names::CardColumn::from_name(name) != names::CardColumn::Other
}

/// Reads a text whose columns the person names.
pub(in crate::bank) fn read_given(source: &Source<'_>, names: &[String]) -> Collected {
    let fits = |delimiter: &u8| {
        let rows = find::cells(&source.text, *delimiter);
        (
            rows.iter().filter(|row| row.1.len() == names.len()).count(),
            rows.iter().filter(|row| row.1.len() > 1).count(),
        )
    };
    let delimiter = [b',', b'|', b';', b'\t'].into_iter().max_by_key(fits).unwrap_or(b',');
    let rows = find::cells(&source.text, delimiter);
    let layout = given_layout(names, &rows);
    cards(source, &CardTable { delimiter, rows, layout, framed: false }, None)
}

/// The layout that the person gives; the names in the file itself, if it has some, are no card.
fn given_layout(names: &[String], rows: &[TableRow]) -> CardLayout {
    let layout = layout::named(names).unwrap_or_default();
    let first = rows.first().map_or(&[][..], |row| &row.1[..]);
    let header = (layout::names_again(names, first) || layout::unnamed_header(rows)).then_some(0);
    CardLayout { header, out: Vec::new(), ..layout }
}

/// Reads the sheets of a spreadsheet that hold cards; if there are several, each is a topic.
pub(in crate::bank) fn read_sheets(source: &Source<'_>, sheets: Vec<(String, Vec<TableRow>)>) -> Option<Collected> {
    let names = given(source);
    let understood = |(name, rows): (String, Vec<TableRow>)| {
        let layout = match &names {
            Some(names) => Some(given_layout(names, &rows)),
            None => find::of_rows(&rows, b'\t').filter(|_| rows.len() > 1),
        };
        layout.map(|layout| (name, CardTable { delimiter: b'\t', rows, layout, framed: false }))
    };
    let found: Vec<(String, CardTable)> =
        sheets.into_iter().filter(|(_, rows)| !rows.is_empty()).filter_map(understood).collect();
    let several = found.len() > 1;
    let read = found.iter().map(|(name, sheet)| cards(source, sheet, several.then_some(name.as_str())));
    read.reduce(Collected::joined)
}

/// Whether rows with one cell are titles above others. A single one may as well lack a back.
fn titles(found: &CardTable) -> bool {
    let body = &found.rows[found.layout.header.map_or(0, |at| at + 1).min(found.rows.len())..];
    let lone =
        |row: &TableRow| filled(row) == 1 && (row.1.len() == 1 || found.layout.front == 0 && found.delimiter == b'\t');
    let all = body.iter().filter(|row| lone(row)).count();
    let apart = body.windows(2).all(|pair| !(lone(&pair[0]) && lone(&pair[1])));
    all >= 2 && all * 3 <= body.len() && apart && !body.last().is_some_and(lone) && body.first().is_some_and(lone)
}

fn cards(source: &Source<'_>, found: &CardTable, sheet: Option<&str>) -> Collected {
    let layout = &found.layout;
    let first = layout.header.map_or(0, |at| at + 1);
    let mut cards = CardCollector::new(source.lines());
    let all = || found.rows.iter().flat_map(|(_, cells)| cells.iter());
    let markup = match () {
        () if all().any(|cell| is_marked_up(cell)) => Markup::Html,
        () if found.framed => Markup::Markdown,
        () => Markup::Plain,
    };
    let titled = titles(found);
    let heading =
        |row: &TableRow| row.1[0].strip_prefix('#').map(|text| text.trim_start_matches('#').trim().to_owned());
    let above = found.rows.iter().take(first).filter(|row| found.framed && row.1.len() == 1);
    let mut topic = sheet.map(str::to_owned).or(above.filter_map(heading).next_back());
    report_above(&mut cards, found);
    let names = layout.header.map(|at| &found.rows[at].1);
    for row in found.rows.iter().skip(first).filter(|row| Some(&row.1) != names) {
        if found.framed && row.1.len() == 1 {
            // Text around tables of Markdown: a heading says what the next one is about.
            match heading(row) {
                Some(heading) => topic = Some(heading),
                None => cards.stray(row.0),
            }
            continue;
        }
        if is_comment(row) {
            continue;
        }
        if titled && filled(row) == 1 {
            topic = row.1.first().map(|cell| cell.trim().to_owned());
            continue;
        }
        add_row(&mut cards, row, layout, topic.as_deref(), markup);
    }
    let mut read = cards.finish();
    judge(&mut read.questions);
    read.evidence.push(evidence(found));
    read
}

/// Turns cards whose backs are verdicts into questions of true or false, if both verdicts occur: all cards, or the
/// sentences among others.
fn judge(cards: &mut [BankQuestion]) {
    let of = |card: &BankQuestion| verdict(&card.options.first()?.text).filter(|verdict| verdict.worded);
    let sentence = |card: &BankQuestion| card.stem.split_whitespace().count() > 2;
    let all = cards.iter().all(|card| of(card).is_some());
    let of = |card: &BankQuestion| of(card).filter(|_| all || sentence(card));
    let verdicts: Vec<_> = cards.iter().map(of).collect();
    let judged = verdicts.iter().flatten().count();
    let right = verdicts.iter().flatten().filter(|verdict| verdict.holds).count();
    if right == 0 || right == judged {
        return;
    }
    for (card, verdict) in cards.iter_mut().zip(verdicts).filter_map(|(card, verdict)| Some((card, verdict?))) {
        card.kind = Kind::TrueFalse;
        card.options = BankOption::verdicts(verdict.words, verdict.holds);
    }
}

/// Tells of titles above the names of the columns, and of columns that are left out.
fn report_above(cards: &mut CardCollector<'_>, found: &CardTable) {
    let Some(at) = found.layout.header else { return };
    for row in found.rows.iter().take(at).filter(|row| !is_comment(row) && filled(row) > 0) {
        cards.stray(row.0);
    }
    let (line, names) = &found.rows[at];
    for name in found.layout.out.iter().filter_map(|place| names.get(*place)) {
        let message = format!("the column `{name}` is left out");
        cards.collector.note(*line, "column-left-out", &message, Some("say what it holds with `--columns`"));
    }
}

/// Adds the card of a row, or reports its defect.
fn add_row(cards: &mut CardCollector<'_>, row: &TableRow, layout: &CardLayout, topic: Option<&str>, markup: Markup) {
    let (line, cells) = row;
    let cell = |place: usize| cells.get(place).map_or("", |cell| cell.trim());
    let some = |place: Option<usize>| place.map(cell).filter(|text| !text.is_empty()).map(str::to_owned);
    let fields = filled(row);
    if fields > layout.width {
        return cards.reject(*line, Defect::ExtraFields { fields, columns: layout.width });
    }
    let (front, back) = (cell(layout.front), cell(layout.back));
    let notes: Vec<&str> = layout.notes.iter().map(|place| cell(*place)).filter(|note| !note.is_empty()).collect();
    if front.is_empty() && back.is_empty() && notes.is_empty() {
        // A row that is numbered and not yet filled in.
        return;
    }
    if front.is_empty() {
        return cards.reject(*line, Defect::NoFront);
    }
    let tags = cell(layout.tags.unwrap_or(usize::MAX));
    let parted = |char: char| if tags.contains([',', ';']) { ",;".contains(char) } else { char.is_whitespace() };
    let filed = |question: BankQuestion, notes: &[&str]| BankQuestion {
        id: some(layout.id),
        topic: filed_under(layout, cells).or_else(|| topic.map(str::to_owned)),
        explanation: Some(notes.join("\n")).filter(|notes| !notes.is_empty()),
        tags: tags.split(parted).map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned).collect(),
        markup,
        ..question
    };
    let deletions = Deletions::count_in(front, Signs::Anki);
    if deletions != Deletions::default() {
        let more: Vec<&str> = [back].into_iter().filter(|back| !back.is_empty()).chain(notes).collect();
        return cards.cloze(filed(cloze(*line, front), &more), deletions);
    }
    if back.is_empty() {
        return cards.reject(*line, NO_BACK);
    }
    cards.card(filed(card(*line, front, back), &notes));
}

/// The topic of a row: the cells of its columns, from the wide to the narrow.
fn filed_under(layout: &CardLayout, cells: &[String]) -> Option<String> {
    let names = layout.topics.iter().filter_map(|place| cells.get(*place)).map(|name| name.trim());
    let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    Some(names.join("::")).filter(|topic| !topic.is_empty())
}

/// Whether a cell is written in HTML: an element that closes, a break or a picture, or an entity with a name.
fn is_marked_up(cell: &str) -> bool {
    let lower = || cell.to_ascii_lowercase();
    let element = |cell: &str| {
        ["b", "i", "u", "p", "div", "span", "em", "strong", "a", "font", "ul", "li", "sub", "sup"].iter().any(|name| {
            cell.contains(&format!("</{name}>"))
                && (cell.contains(&format!("<{name}>")) || cell.contains(&format!("<{name} ")))
        })
    };
    let alone =
        |cell: &str| ["<br>", "<br/>", "<br />", "<img "].iter().any(|tag| cell.contains(tag)) && cell.trim().len() > 6;
    let entity = |cell: &str| {
        ["&nbsp;", "&amp;", "&lt;", "&gt;", "&quot;", "&#"].iter().any(|name| cell.contains(name))
            && cell.trim().len() > 6
    };
    (cell.contains('<') && (element(&lower()) || alone(&lower()))) || (cell.contains('&') && entity(cell))
}

fn evidence(found: &CardTable) -> Decision {
    let layout = &found.layout;
    let even = find::evenness(&found.rows);
    let column = |place: usize| match layout.header.and_then(|at| found.rows.get(at)).and_then(|row| row.1.get(place)) {
        Some(name) if !name.is_empty() => format!("`{name}`"),
        _ => format!("column {}", place + 1),
    };
    let mut decision = format!("cards: the front is {}, the back {}", column(layout.front), column(layout.back));
    if !layout.notes.is_empty() {
        let notes: Vec<String> = layout.notes.iter().map(|place| column(*place)).collect();
        decision.push_str(&format!(", notes are {}", notes.join(", ")));
    }
    let named = layout.header.and_then(|at| found.rows.get(at)).map(|row| row.0);
    let evidence = Decision::new("columns", decision).because(
        format!("{} of {} rows have 2 to {} cells", even.even, found.rows.len(), even.width),
        found.rows.iter().map(|row| row.0),
    );
    match named {
        Some(line) => evidence.because("the columns have names", [line]),
        None => evidence,
    }
}

#[cfg(test)]
mod tests;
