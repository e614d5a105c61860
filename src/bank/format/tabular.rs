//! Tables of questions and of cards: CSV, TSV and spreadsheets, distinguished by what their columns hold.

use super::record::{markup, table, whole};
use super::{FormatFit, cards, data, named_columns};
use crate::bank::archive::Archive;
use crate::bank::collect::Collected;
use crate::bank::{Refusal, Source, foreign};
use crate::model::limits::TABLE_COLUMNS;

/// Refuses a text whose first line parts into more columns than any table has. To find out what each of them holds would take for ever.
pub(super) fn refuse_wide(text: &str) -> Result<(), Refusal> {
    let Some((at, line)) = (1..).zip(text.lines()).find(|(_, line)| !line.trim().is_empty()) else { return Ok(()) };
    if line.trim_start().starts_with(['<', '[', '{']) {
        return Ok(());
    }
    let most = TABLE_COLUMNS.most as usize;
    let columns = |delimiter: &u8| line.bytes().filter(|byte| byte == delimiter).count() + 1;
    if line.len() <= most || table::DELIMITERS.iter().map(columns).all(|columns| columns <= most) {
        return Ok(());
    }
    Err(Refusal::new(
        format!("line {at} has more than {} {}", TABLE_COLUMNS.figure(), TABLE_COLUMNS.counts),
        "is this the right file? If it is, keep the columns that make a question",
    ))
}

/// The container of older spreadsheets, an archive with a workbook, or OpenDocument that says what it is.
pub(super) fn explains_sheet(source: &Source<'_>) -> Option<(&'static str, FormatFit)> {
    let older = !source.bytes.starts_with(b"PK");
    let open = foreign::is_opendocument(source.bytes, "spreadsheet");
    let workbook = || {
        Archive::open(source.bytes).is_some_and(|archive| archive.names().any(|name| name.starts_with("xl/workbook.")))
    };
    (older || open || workbook()).then_some(("xlsx", FormatFit::Sure))
}

pub(super) fn read_sheet(source: &Source<'_>, _: &'static str) -> Result<Collected, Refusal> {
    let columns = source.options.columns.as_deref();
    let of_cards = || table::sheets(source.bytes).map(|sheets| cards::table::read_sheets(source, sheets));
    if cards::table::given(source).is_some()
        && let Some(read) = of_cards()?
    {
        return Ok(read);
    }
    // A table of options holds no cards; any other may.
    match table::read_sheet(source.bytes, columns) {
        Ok(table) => of_options(table, source),
        Err(refusal) => of_cards()?.ok_or(refusal),
    }
}

pub(super) fn explains_table(source: &Source<'_>) -> Option<(&'static str, FormatFit)> {
    // Anki's header says more of a table than the names of its columns.
    let table = || whole::is_table(&source.text) || table::explains(&source.text);
    let named = source.options.columns.is_some();
    match () {
        () if named => Some(("csv", FormatFit::Sure)),
        // The commas of JSON part no columns.
        () if matches!(data::notation(&source.text), Some(data::Notation::Json | data::Notation::JsonLines)) => None,
        () if cards::anki::has_header(&source.text) => None,
        () if table() => Some(("csv", FormatFit::Sure)),
        // Two columns that are parted by tabs are what Anki writes.
        () => cards::table::explains(source).filter(|(_, bare)| !bare).map(|(fit, _)| ("csv", fit)),
    }
}

pub(super) fn read_table(source: &Source<'_>, _: &'static str) -> Result<Collected, Refusal> {
    if let Some(names) = source.options.columns.as_deref() {
        named_columns::check(names, table::widest(&source.text))?;
    }
    if source.options.columns.is_none()
        && whole::is_table(&source.text)
        && let Some(read) = whole::read_table(&source.text, source.lines())?
    {
        return Ok(read);
    }
    if let Some(names) = cards::table::given(source) {
        return Ok(cards::table::read_given(source, &names));
    }
    if source.options.columns.is_none()
        && !table::explains(&source.text)
        && let Some(read) = cards::table::read_card_table(source)
    {
        return Ok(read);
    }
    of_options(table::read_text_table(&source.text, source.options.columns.as_deref())?, source)
}

/// The questions of a table with options, and how their texts are written.
fn of_options(table: table::QuestionTable, source: &Source<'_>) -> Result<Collected, Refusal> {
    let mut read = table::questions(table, source)?;
    markup::decide(&mut read);
    Ok(read)
}
