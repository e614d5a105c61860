//! Which deck a bank belongs to: what is said, what its path says, and what other banks hold its questions.

use std::collections::HashSet;
use std::path::Path;

use crate::bank::Bank;
use crate::error::Result;
use crate::store::{KinRow, Reader, SourceRow};
use crate::study::deck_name::named_by_bank;

/// Where a bank goes, and where it was before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::study) struct DeckOrigin {
    /// The deck.
    pub(in crate::study) deck: String,
    /// The deck that the bank or the person asks for.
    pub(super) named: Option<String>,
    /// The bank in the database that was at another path until now.
    pub(super) moved: Option<i64>,
    /// A note for the person.
    pub(super) told: Option<String>,
}

impl DeckOrigin {
    /// This deck, whatever the path says.
    pub(in crate::study) fn for_deck(deck: &str) -> Self {
        Self { deck: deck.to_owned(), ..Self::default() }
    }
}

/// Finds the deck. `source` is the absolute path, or `-` for standard input.
pub(super) fn find_origin(
    reader: Reader<'_>,
    deck: Option<&str>,
    bank: &Bank,
    source: &str,
    path: &Path,
) -> Result<DeckOrigin> {
    let named = deck.or(bank.front.deck.as_deref()).map(named_by_bank).transpose()?;
    let known = reader.sources_at(source)?;
    let by_path = of_path(&known, named.as_deref(), deck.is_some());
    if let Some(row) = by_path {
        return Ok(DeckOrigin { deck: row.deck.clone(), named, ..DeckOrigin::default() });
    }
    let kin = if source == "-" || bank.prints.is_empty() {
        Vec::new()
    } else {
        reader.kin(&bank.prints.iter().map(|print| print.whole).collect::<HashSet<u64>>())?
    };
    let gone = |path: &str| path != "-" && !Path::new(path).exists();
    // A deck that has a bank at this path needs no other one there.
    let free = |kin: &KinRow| known.iter().all(|row| row.deck != kin.source.deck);
    let kin: Vec<KinRow> = kin.into_iter().filter(free).collect();
    if let Some(moved) = moved(&kin, named.as_deref(), deck.is_some(), gone) {
        let told = format!("it was at {} until now", moved.path);
        return Ok(DeckOrigin { deck: moved.deck.clone(), named, moved: Some(moved.id), told: Some(told) });
    }
    let stem = || match source {
        "-" => "bank".into(),
        _ => path.file_stem().map_or_else(|| "bank".into(), |stem| stem.to_string_lossy().into_owned()),
    };
    let count = bank.questions.len();
    let twin = kin.iter().filter(|kin| !gone(&kin.source.path)).max_by_key(|kin| kin.held);
    let told = twin.and_then(|twin| same_questions(twin, count, named.as_deref()));
    let deck = match (&named, twin.filter(|twin| is_copy(twin, count))) {
        (Some(named), _) => named.clone(),
        (None, Some(twin)) => twin.source.deck.clone(),
        (None, None) => named_by_bank(&stem())?,
    };
    Ok(DeckOrigin { deck, named, moved: None, told })
}

/// The bank at this path whose deck is meant: one that asked for the same deck before, also if that has another name now; if none is
/// asked for, the one that was imported last. A deck that the person names is that one.
fn of_path<'a>(known: &'a [SourceRow], named: Option<&str>, by_person: bool) -> Option<&'a SourceRow> {
    match named {
        None => known.first(),
        Some(named) if by_person => known.iter().find(|row| same(&row.deck, named)),
        Some(named) => known
            .iter()
            .find(|row| row.named.as_deref().is_some_and(|asked| same(asked, named)))
            .or_else(|| known.iter().find(|row| same(&row.deck, named))),
    }
}

/// The bank that this one was before its file was moved: its file is gone, and half of its questions are here.
fn moved<'a>(
    kin: &'a [KinRow],
    named: Option<&str>,
    by_person: bool,
    gone: impl Fn(&str) -> bool,
) -> Option<&'a SourceRow> {
    let meant = |row: &SourceRow| match named {
        None => true,
        Some(named) if by_person => same(&row.deck, named),
        Some(named) => same(&row.deck, named) || row.named.as_deref().is_some_and(|asked| same(asked, named)),
    };
    kin.iter()
        .filter(|kin| kin.held * 2 >= kin.all && meant(&kin.source) && gone(&kin.source.path))
        .max_by_key(|kin| kin.held)
        .map(|kin| &kin.source)
}

/// Whether nearly all questions of a bank are in another one: a copy, a print, a second download.
fn is_copy(twin: &KinRow, count: usize) -> bool {
    twin.held * 10 >= count * 9
}

/// A note on a bank that has most of its questions in common with another one.
fn same_questions(twin: &KinRow, count: usize, named: Option<&str>) -> Option<String> {
    let KinRow { source: SourceRow { path, deck, .. }, held, .. } = twin;
    if is_copy(twin, count) {
        let shared = match count {
            1 => "its question is".to_owned(),
            count => format!("{held} of its {count} questions are"),
        };
        let said = format!("{shared} in {path}, too, so it is taken for a copy of that bank");
        return Some(match named {
            Some(_) => said,
            None => format!("{said} and goes into `{deck}`\nhint: `--deck NAME` makes a deck of its own"),
        });
    }
    (held * 2 >= count && named.is_none()).then(|| {
        format!("{held} of its {count} questions are in {path}, too\nhint: `--deck {deck}` brings them together; take this import back with `--undo` first")
    })
}

/// Letter case does not count in names of decks.
fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: i64, path: &str, deck: &str, named: Option<&str>) -> SourceRow {
        SourceRow { id, path: path.into(), deck: deck.into(), named: named.map(str::to_owned) }
    }

    #[test]
    fn a_bank_follows_its_deck_to_another_name() {
        let known = [row(2, "/a", "Course::New", Some("Old")), row(1, "/a", "Other", None)];
        let found = |named, by_person| of_path(&known, named, by_person).map(|row| row.id);
        assert_eq!(found(None, false), Some(2), "the last import");
        assert_eq!(found(Some("old"), false), Some(2), "it still asks for the old name");
        assert_eq!(found(Some("Another"), false), None, "it asks for another deck now");
        assert_eq!(found(Some("Old"), true), None, "the person wants a deck of this name");
        assert_eq!(found(Some("other"), true), Some(1));
    }

    #[test]
    fn a_bank_was_moved_where_its_old_file_is_gone() {
        let kin = |path: &str, held, all| KinRow { source: row(7, path, "D", Some("D")), held, all };
        let gone = |path: &str| path == "/gone";
        let found = |kin: KinRow, named| moved(&[kin], named, false, gone).map(|row| row.id);
        assert_eq!(found(kin("/gone", 2, 3), None), Some(7));
        assert_eq!(found(kin("/gone", 1, 3), None), None, "two questions in common are no move");
        assert_eq!(found(kin("/there", 3, 3), None), None);
        assert_eq!(found(kin("/gone", 3, 3), Some("E")), None, "it asks for another deck");
    }

    #[test]
    fn a_copy_is_called_one() {
        let twin = KinRow { source: row(1, "/key.txt", "key", None), held: 9, all: 12 };
        assert!(same_questions(&twin, 10, None).is_some_and(|told| told.contains("copy")));
        assert!(same_questions(&twin, 18, None).is_some_and(|told| !told.contains("copy")));
        assert_eq!(same_questions(&twin, 20, None), None);
    }
}
