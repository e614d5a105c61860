//! Notes and cards as Anki writes them in plain text: `#separator:` and the like at the top, then a row for each note. Rows whose
//! columns are named as a question with options are a table.

use std::borrow::Cow;
use std::collections::HashMap;

use super::tabbed::{self, TabbedStyle};
use super::{CardCollector, CardSide, Deletions, NO_BACK, Signs, card, cloze, markup, side};
use crate::bank::collect::Collected;
use crate::bank::format::FormatFit;
use crate::bank::format::record::{self, table};
use crate::bank::source::Source;
use crate::bank::{BankOption, BankQuestion, NoteIdentity, Refusal};
use crate::model::limits::{DECK_CHARS, DECK_LEVELS, deck_name, steers};
use crate::model::{KeyOrigin, Kind, Markup, letter};

/// What parts the fields, by the names that Anki has for it, and in the order in which it looks for them.
const SEPARATORS: [(&str, u8); 6] =
    [("tab", b'\t'), ("pipe", b'|'), ("semicolon", b';'), ("comma", b','), ("colon", b':'), ("space", b' ')];

/// Names of note types that ask both ways, as Anki has them in several languages.
const BOTH_WAYS: [&str; 7] = ["revers", "beide richtungen", "invers", "invert", "обрат", "反", "both"];
/// Of these, the ones that do so only if a third field asks for it.
const WHERE_ASKED: [&str; 6] = ["optional", "optionnel", "opcional", "opzional", "необязательн", "可选"];

/// What the note types of our packages begin with, and the one of questions with options, in small letters.
const OWN: &str = "retain: ";
const OWN_QUESTION: &str = "retain: question";
/// How many options it has fields for.
const OWN_OPTIONS: usize = 12;

/// What the lines at the top say.
#[derive(Debug, Default, PartialEq)]
struct Header {
    separator: Option<u8>,
    html: Option<bool>,
    deck: Option<String>,
    notetype: Option<String>,
    tags: Vec<String>,
    names: Option<String>,
    /// Places of columns, from 0.
    guid: Option<usize>,
    notetypes: Option<usize>,
    decks: Option<usize>,
    tagged: Option<usize>,
}

impl Header {
    /// Parses the lines that begin with `#`; `None` if Anki knows none of them.
    fn parse(text: &str) -> Option<Self> {
        let mut header = Self::default();
        let mut known = false;
        let lines = text.lines().skip_while(|line| line.trim().is_empty());
        for line in lines.map_while(comment) {
            if let Some((key, value)) = line.split_once(':') {
                known |= header.set(&key.to_ascii_lowercase(), unhung(value));
            }
        }
        known.then_some(header)
    }

    /// Whether it knows the key.
    fn set(&mut self, key: &str, value: &str) -> bool {
        let name = || Some(value.trim().to_owned()).filter(|name| !name.is_empty());
        let column = || value.trim().parse::<usize>().ok()?.checked_sub(1);
        match key {
            "separator" => self.separator = separator(value),
            "html" => self.html = value.trim().to_ascii_lowercase().parse().ok(),
            "deck" => self.deck = name(),
            "notetype" => self.notetype = name(),
            "tags" => self.tags = value.split_whitespace().map(str::to_owned).collect(),
            "columns" => self.names = Some(value.to_owned()),
            "guid column" => self.guid = column(),
            "notetype column" => self.notetypes = column(),
            "deck column" => self.decks = column(),
            "tags column" => self.tagged = column(),
            "if matches" => {}
            _ => return false,
        }
        true
    }

    fn takes(&self, place: usize) -> bool {
        [self.guid, self.notetypes, self.decks, self.tagged].contains(&Some(place))
    }
}

/// The content of a line at the top. Spreadsheets quote it if it contains a comma.
fn comment(line: &str) -> Option<&str> {
    line.strip_prefix('#').or_else(|| {
        let quoted = line.strip_prefix("\"#")?;
        Some(quoted.split_once('"').map_or(quoted, |(inside, _)| inside))
    })
}

/// A value without the delimiters that a spreadsheet appends until all lines have equal length.
fn unhung(value: &str) -> &str {
    let bare = value.trim_end_matches([';', ',', '\t', '|', ' ', '\r']);
    if bare.is_empty() { value.get(..1).unwrap_or(value) } else { bare }
}

fn separator(value: &str) -> Option<u8> {
    let value = value.to_ascii_lowercase();
    let named = |(name, sign): &&(&str, u8)| value.trim() == *name || value.as_bytes() == [*sign];
    SEPARATORS.iter().find(named).map(|(_, sign)| *sign).or_else(|| (value.trim() == "\\t").then_some(b'\t'))
}

/// Whether the text is Anki's, by its header, or else plainly a table of two columns that are parted by tabs.
pub(in crate::bank) fn explains(source: &Source<'_>) -> Option<(&'static str, FormatFit)> {
    match () {
        () if source.options.columns.is_some() => None,
        () if has_header(&source.text) => Some(("anki-text", FormatFit::Sure)),
        () => super::table::explains(source).filter(|(_, bare)| *bare).map(|(fit, _)| ("anki-text", fit)),
    }
}

/// Whether the text begins as Anki's do.
pub(in crate::bank) fn has_header(text: &str) -> bool {
    text.trim_start().starts_with(['#', '"']) && Header::parse(&unix(text)).is_some()
}

/// The text with modern line ends: the reader of rows does not know a lone carriage return.
fn unix(text: &str) -> Cow<'_, str> {
    if text.contains('\n') { text.into() } else { text.replace('\r', "\n").into() }
}

/// Reads the notes. Fails when a quotation mark is never closed, or the keys of a table can be read in several ways.
pub(in crate::bank) fn read_anki(source: &Source<'_>, format: &'static str) -> Result<Collected, Refusal> {
    let text = unix(&source.text);
    if format == "quizlet" {
        return Ok(tabbed::read_tabbed(source, TabbedStyle::Quizlet));
    }
    match Header::parse(&text) {
        Some(header) => notes(source, &text, &header),
        None => match super::table::read_card_table(source) {
            Some(read) => Ok(read),
            None => Err(Refusal::new(
                "these are not cards: no character divides every line into columns",
                "name the columns of a table with `--columns front,back`",
            )),
        },
    }
}

type AnkiRow = (usize, Vec<String>);

fn rows(text: &str, separator: u8) -> Vec<AnkiRow> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .delimiter(separator)
        .from_reader(text.as_bytes());
    // The reader places a row where the previous one ends; blank lines and comments may lie between.
    let between: Vec<bool> = text.lines().map(|line| line.is_empty() || line.starts_with('#')).collect();
    let begins = |line: usize| line + between.iter().skip(line - 1).take_while(|between| **between).count();
    // The text is UTF-8 and rows may differ in length, so that nothing can go wrong.
    let records = reader.records().map_while(Result::ok);
    records
        .map(|record| {
            let line = record.position().map_or(1, |position| position.line() as usize);
            (begins(line), record.iter().map(str::to_owned).collect::<Vec<_>>())
        })
        .filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()))
        // Spreadsheets quote lines of the header; a guid may begin with `#` as well.
        .filter(|(_, cells)| !cells[0].starts_with('#') || cells[1..].iter().any(|cell| !cell.trim().is_empty()))
        .collect()
}

/// Whether most lines contain the separator.
fn parts<'t>(lines: impl Iterator<Item = &'t str>, sign: u8) -> bool {
    let (all, with) = lines
        .fold((0_usize, 0_usize), |(all, with), line| (all + 1, with + usize::from(line.as_bytes().contains(&sign))));
    with * 2 > all
}

/// Whether a line contains any separator of fields.
fn parts_any(line: &str) -> bool {
    SEPARATORS[..4].iter().any(|(_, sign)| line.as_bytes().contains(sign))
}

fn notes(source: &Source<'_>, text: &str, header: &Header) -> Result<Collected, Refusal> {
    let body = || text.lines().filter(|line| comment(line).is_none() && !line.trim().is_empty());
    let occurs = |(_, sign): &&(&str, u8)| body().any(|line| line.as_bytes().contains(sign));
    let named = header.separator.filter(|sign| parts(body(), *sign) || !body().any(parts_any));
    let even = || SEPARATORS[..4].iter().map(|(_, sign)| *sign).find(|sign| parts(body(), *sign));
    let first = || SEPARATORS.iter().find(occurs).map(|(_, sign)| *sign);
    let separator = named.or_else(even).or(header.separator).or_else(first).unwrap_or(b'\t');
    table::unclosed(text, separator)?;
    let rows = rows(text, separator);
    let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let parted =
        |sign: u8| header.names.as_deref().and_then(|names| self::rows(names, sign).pop()).map(|(_, names)| names);
    // People may separate the names by commas while the fields are separated by tabs.
    let alone = parted(separator).is_none_or(|names| names.len() < 2);
    let other = SEPARATORS[..4]
        .iter()
        .filter_map(|(_, sign)| parted(*sign))
        .find(|names| alone && names.len() > 1 && names.len() <= width);
    let names = other.or_else(|| parted(separator));
    if let Some(read) = names.as_deref().and_then(|names| table(source, header, names, &rows)) {
        return read;
    }
    let layout = AnkiLayout::find(header, names.as_deref().unwrap_or_default(), &rows);
    let mut cards = CardCollector::new(source.lines());
    cards.deck.clone_from(&header.deck);
    let html = header
        .html
        .unwrap_or_else(|| markup(rows.iter().flat_map(|(_, cells)| cells).map(String::as_str)) == Markup::Html);
    let markup = if html { Markup::Html } else { Markup::Plain };
    for (line, cells) in &rows {
        note(&mut cards, header, &layout, markup, *line, cells);
    }
    Ok(cards.finish())
}

/// The rows as a table of questions with options, if the names of the columns say so.
fn table(
    source: &Source<'_>,
    header: &Header,
    names: &[String],
    rows: &[AnkiRow],
) -> Option<Result<Collected, Refusal>> {
    let mut names = names.to_owned();
    for (column, name) in
        [(header.guid, "guid"), (header.decks, "deck"), (header.tagged, "tags"), (header.notetypes, "notetype")]
    {
        if let Some(own) = column.and_then(|column| names.get_mut(column)) {
            *own = name.into();
        }
    }
    let mut table = table::of_columns(&names, rows)?;
    for record in &mut table.records {
        record.tags = record.tags.iter().flat_map(|tags| tags.split_whitespace()).map(str::to_owned).collect();
        record.tags.extend(header.tags.iter().cloned());
    }
    Some(record::questions(table.records, source, table.hinted).map(|mut read| {
        if header.html == Some(true) {
            read.questions.iter_mut().for_each(|question| question.markup = Markup::Html);
        }
        if let Some(column) = header.decks {
            let decks: HashMap<usize, &String> =
                rows.iter().filter_map(|(line, cells)| Some((*line, cells.get(column)?))).collect();
            for question in &mut read.questions {
                question.deck = decks.get(&question.line).and_then(|deck| deck_of(deck));
            }
        }
        Collected { deck: header.deck.clone(), ..read }
    }))
}

/// The deck that a cell names; `None` if it names none.
fn deck_of(cell: &str) -> Option<String> {
    let seen: String = cell.chars().filter(|char| !steers(*char)).collect();
    let parts = seen.split("::").map(str::trim).filter(|part| !part.is_empty());
    let name: String = parts.take(DECK_LEVELS.most as usize).collect::<Vec<_>>().join("::");
    let name: String = name.chars().take(DECK_CHARS.most as usize).collect();
    deck_name(name.trim_end_matches(':')).ok()
}

/// A note of the type for questions with options that our packages have, as Anki writes it in plain text.
fn own_question(line: usize, texts: &[&str]) -> Option<BankQuestion> {
    let (stem, rest) = texts.split_first()?;
    let (options, rest) = rest.split_at_checked(OWN_OPTIONS)?;
    let [key, kind, fixed, explanation, feedback @ ..] = rest else { return None };
    let names = |text: &str, place: usize| text.split([' ', ',']).any(|name| name == letter(place));
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let option = |(place, text): (usize, &&str)| {
        let made = BankOption {
            pinned: names(fixed, place),
            feedback: feedback.get(place).and_then(|text| some(text)),
            ..BankOption::new(*text, names(key, place))
        };
        (!text.is_empty()).then_some(made)
    };
    let options: Vec<BankOption> = options.iter().enumerate().filter_map(option).collect();
    Some(BankQuestion {
        line,
        kind: if *kind == "1" { Kind::Multiple } else { Kind::Single },
        stem: (*stem).to_owned(),
        options,
        key: KeyOrigin::Marked,
        explanation: some(explanation),
        ..BankQuestion::default()
    })
}

/// Which column holds what.
struct AnkiLayout {
    front: usize,
    back: Option<usize>,
    others: Vec<usize>,
    tagged: Option<usize>,
    /// All fields, in order.
    fields: Vec<usize>,
}

impl AnkiLayout {
    fn find(header: &Header, names: &[String], rows: &[AnkiRow]) -> Self {
        let width = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let mut fields: Vec<usize> = (0..width).filter(|place| !header.takes(*place)).collect();
        let named = |name: &str| names.iter().position(|own| own.trim().eq_ignore_ascii_case(name));
        // Anki's own note type has two fields, and what follows them are tags.
        let untyped = header.notetype.is_none() && header.notetypes.is_none() && names.is_empty();
        let third = if untyped && fields.len() == 3 { fields.last().copied() } else { None };
        let third =
            third.filter(|place| rows.iter().all(|(_, cells)| cells.get(*place).is_none_or(|cell| are_tags(cell))));
        let tagged = header.tagged.or_else(|| named("tags")).or(third);
        fields.retain(|place| Some(*place) != tagged);
        let all = fields.clone();
        let mut sided = |wanted: CardSide| {
            let place =
                fields.iter().position(|field| names.get(*field).and_then(|name| side(name)) == Some(wanted))?;
            Some(fields.remove(place))
        };
        let (front, back) = (sided(CardSide::Front), sided(CardSide::Back));
        let mut next = || if fields.is_empty() { None } else { Some(fields.remove(0)) };
        let front = front.or_else(&mut next).unwrap_or(0);
        let back = back.or_else(next);
        Self { front, back, others: fields, tagged, fields: all }
    }
}

/// Whether a field may hold tags, which have no blanks; a sentence is none.
fn are_tags(cell: &str) -> bool {
    !cell.trim_end().ends_with(['.', '!', '?', '。']) && cell.split_whitespace().count() <= 4
}

fn note(
    cards: &mut CardCollector<'_>,
    header: &Header,
    layout: &AnkiLayout,
    markup: Markup,
    line: usize,
    cells: &[String],
) {
    let cell = |place: Option<usize>| place.and_then(|place| cells.get(place)).map_or("", |cell| cell.trim());
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let notetype = some(cell(header.notetypes)).or_else(|| header.notetype.clone()).unwrap_or_default().to_lowercase();
    let named = |names: &[&str]| names.iter().any(|name| notetype.contains(name));
    let (front, back) = (cell(Some(layout.front)), cell(layout.back));
    let mut more: Vec<&str> = layout.others.iter().map(|place| cell(Some(*place))).collect();
    let both_ways = named(&BOTH_WAYS);
    let where_asked = both_ways && named(&WHERE_ASKED);
    let asked = where_asked && !more.is_empty() && !more.remove(0).is_empty();
    let deletions = Deletions::count_in(front, Signs::Anki);
    let is_cloze = deletions != Deletions::default() || named(&["cloze"]);
    if is_cloze {
        more.insert(0, back);
    }
    // The field that keeps the words of a question of ours is for packages.
    more.retain(|text| !text.is_empty() && !text.starts_with("{\"retain\":"));
    let mut tags = header.tags.clone();
    tags.extend(cell(layout.tagged).split_whitespace().map(str::to_owned));
    let topic = tags
        .iter()
        .find_map(|tag| tag.strip_prefix("topic::").map(str::to_owned))
        .filter(|_| notetype.starts_with(OWN));
    tags.retain(|tag| topic.is_none() || !tag.starts_with("topic::"));
    let fields = || layout.fields.iter().map(|place| cell(Some(*place))).collect::<Vec<_>>();
    let own = || own_question(line, &fields()).filter(|_| notetype == OWN_QUESTION);
    let (id, deck) = (some(cell(header.guid)), deck_of(cell(header.decks)));
    // So that it goes back as the same note.
    let note = id.clone().map(|guid| Box::new(NoteIdentity { uid: None, guid: Some(guid) }));
    if let Some(question) = own() {
        let question = BankQuestion { id, deck, topic, tags, markup, note, ..question };
        return cards.collector.add(line, Ok(question));
    }
    let kept = if is_cloze { cloze(line, front) } else { card(line, front, back) };
    let question = BankQuestion { id, deck, topic, explanation: some(&more.join("\n")), tags, markup, note, ..kept };
    match () {
        () if is_cloze => cards.cloze(question, deletions),
        () if asked || (both_ways && !where_asked) => cards.both_ways(question),
        // The line has one field, so it has no answer.
        () if cells.len() < 2 => cards.reject(line, NO_BACK),
        () => cards.card(question),
    }
}
