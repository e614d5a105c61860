//! Taking back what was done last, whatever it was, and bringing it back.
//!
//! Nothing is erased: an undo is a deed of its own. It appends to the log which entries no longer count, and puts rows outside the log back as they
//! were. A redo does the same to the undo.

use std::collections::BTreeSet;

use super::card::{TO_DECK, delete_questions};
use super::decks::Decks;
use super::import::{TakenBack, take_back_imports};
use super::ledger::{LEECH, note_undo, refold, take_back_answer};
use super::progress::unwatched;
use super::rebuild::remake_changed;
use crate::error::{Error, Result};
use crate::model::{CardId, CardState, Deed, DeedKind, LogId, Moment, QuestionId, Shelf, UndoneEntry};
use crate::session::PaperAnswer;
use crate::store::{NewDeed, Reader, RowsPutBack, Store, Writer};

/// Something that was done, with what it was about.
#[derive(Clone, Debug, PartialEq)]
pub struct PastDeed {
    /// What was done.
    pub deed: Deed,
    /// The question that it was about, empty if it was erased; `None` if it was not about one, or if the question is gone.
    pub stem: Option<String>,
    /// How many cards it moved or answered.
    pub cards: u64,
    /// The files that it imported.
    pub files: Vec<String>,
}

impl PastDeed {
    /// Whether it is about more than one answer or card, so that a person is asked before it is taken back.
    pub fn is_wide(&self) -> bool {
        let is_of_many = matches!(self.deed.kind, DeedKind::ImportUndo | DeedKind::Merge)
            || (self.deed.card.is_none() && matches!(self.deed.kind, DeedKind::Transfer | DeedKind::Tag));
        self.deed.batch.is_some() || is_of_many || self.cards > 1
    }

    /// What it was about, in words: the question, the files, or what was changed.
    pub fn about(&self) -> String {
        match &self.stem {
            Some(stem) if stem.is_empty() => ERASED.into(),
            Some(stem) => format!("“{stem}”"),
            None if self.deed.card.is_some() => "a question that is gone".into(),
            None if self.deed.batch.is_some() => files(&self.files),
            None => self.target().map_or(self.deed.title.as_str(), |(cards, _)| cards).to_owned(),
        }
    }

    /// The deck that cards were moved to; `None` if nothing was moved, or an older version did it, which did not note where.
    pub fn deck(&self) -> Option<&str> {
        self.target().map(|(_, deck)| deck)
    }

    /// The cards that were moved, as the title has them, and their new deck.
    fn target(&self) -> Option<(&str, &str)> {
        let title = (self.deed.kind == DeedKind::Transfer).then(|| self.deed.title.rsplit_once(TO_DECK)).flatten();
        // The words of a question may be like that, too.
        title.filter(|(_, deck)| !deck.contains('”'))
    }
}

/// A question whose words were erased.
const ERASED: &str = "a question (erased)";

/// The names of files without their folders; of many, the first ones.
fn files(paths: &[String]) -> String {
    const NAMED: usize = 3;
    let name = |path: &String| path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
    // A package makes an import of each of its decks.
    let mut paths: Vec<&String> = paths.iter().collect();
    paths.dedup();
    let names: Vec<String> = paths.iter().copied().take(NAMED).map(name).collect();
    match paths.len().saturating_sub(NAMED) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

/// A deed that was taken back or brought back.
#[derive(Clone, Debug, PartialEq)]
pub struct Reversed {
    /// The deed, as it was before.
    pub past: PastDeed,
    /// The state of its card now; `None` if it is not about one card, or if the card is gone.
    pub state: Option<CardState>,
    /// Whether it was an answer that is practice.
    pub practice: bool,
    /// The answer that was given before it in an exam, and counts again.
    pub before: Option<PaperAnswer>,
    /// What became of the imports that were taken back.
    pub imports: Vec<TakenBack>,
}

/// What an undo would take back; `None` if there is nothing.
pub(super) fn next_undo(reader: Reader<'_>) -> Result<Option<PastDeed>> {
    reader.last_deed()?.map(|deed| past(reader, deed)).transpose()
}

/// How many changes of single cards an undo would pass over: they came later, from a version of the program that kept no deeds.
pub(super) fn passed_over(reader: Reader<'_>, next: Option<&PastDeed>) -> Result<u64> {
    reader.moves_without_deed(next.map(|past| past.deed.id), LEECH)
}

/// Whether nothing can be taken back because something was erased since.
pub(super) fn is_after_purge(reader: Reader<'_>) -> Result<bool> {
    Ok(reader.last_deeds(1)?.first().is_some_and(|deed| deed.kind == DeedKind::Purge))
}

/// What a redo would bring back; `None` if there is nothing, or if something was done since it was taken back.
pub(super) fn next_redo(reader: Reader<'_>) -> Result<Option<PastDeed>> {
    let Some((_, target)) = reader.last_undo()? else { return Ok(None) };
    reader.deed(target)?.map(|deed| past(reader, deed)).transpose()
}

/// The last things that were done, the newest first; those that were taken back too.
pub(super) fn last_deeds(reader: Reader<'_>, count: u32) -> Result<Vec<PastDeed>> {
    let mut found: Vec<PastDeed> = Vec::new();
    for deed in reader.last_deeds(count)? {
        // The files of one command are taken back together.
        if deed.batch.is_some() && found.iter().any(|other| other.deed.batch == deed.batch) {
            continue;
        }
        found.push(past(reader, deed)?);
    }
    Ok(found)
}

fn past(reader: Reader<'_>, deed: Deed) -> Result<PastDeed> {
    let card = deed.card.map(|card| reader.card(card)).transpose()?.flatten();
    let stem = card.map(|card| card.stem().lines().next().unwrap_or_default().to_owned());
    let cards = match (deed.kind, deed.batch) {
        (DeedKind::Answer, _) => 1,
        (DeedKind::ImportUndo, _) => reader.cards_made_or_removed(deed.id)?.max(reader.cards_of_deed(deed.id)?),
        (_, Some(batch)) => reader.cards_of_batch(batch)?.max(reader.cards_of_deed(deed.id)?),
        _ => reader.cards_of_deed(deed.id)?,
    };
    let files = deed.batch.map(|batch| reader.files_of_batch(batch)).transpose()?.unwrap_or_default();
    Ok(PastDeed { deed, stem, cards, files })
}

/// Takes back what was done last; `None` if there is nothing, or if `accept` refuses it.
pub(super) fn undo(store: &mut Store, now: Moment, accept: impl FnOnce(&PastDeed) -> bool) -> Result<Option<Reversed>> {
    let mut writer = store.writer()?;
    let Some(past) = next_undo(writer.reader())?.filter(accept) else { return Ok(None) };
    let deed = &past.deed;
    if writer.reader().is_stripped(deed.id)? {
        return Err(Error::person("nothing changed: what this undo needs is no longer in the database")
            .hint("`retain check` says what is wrong"));
    }
    let reversal = NewDeed {
        card: deed.card,
        reverses: Some(deed.id),
        rows: !deed.kind.is_of_the_log(),
        ..NewDeed::new(DeedKind::Undo, now)
    };
    writer.begin_deed(reversal)?;
    let (mut practice, mut before, mut imports) = (false, None, Vec::new());
    match (deed.kind, deed.card, deed.batch) {
        (DeedKind::Answer, Some(card), _) => {
            let decks = Decks::load(writer.reader())?;
            practice = take_back_answer(&mut writer, &decks, deed.id, card, now)?;
            before = bring_replaced_back(&mut writer, &decks, deed.id, card, now)?;
        }
        (_, _, Some(batch)) => {
            let rows = writer.reader().imports_of_batch(batch)?;
            imports = take_back_imports(&mut writer, &rows, now)?;
        }
        _ => reverse(&mut writer, deed.id, now)?,
    }
    let reversed = finish(writer, past)?;
    Ok(Some(Reversed { practice, before, imports, ..reversed }))
}

/// Brings back what was taken back last; `None` if there is nothing, or if something was done since.
pub(super) fn redo(store: &mut Store, now: Moment) -> Result<Option<Reversed>> {
    let mut writer = store.writer()?;
    let Some((undo, target)) = writer.reader().last_undo()? else { return Ok(None) };
    let Some(deed) = writer.reader().deed(target)? else { return Ok(None) };
    let past = past(writer.reader(), deed)?;
    let deed = &past.deed;
    let reversal = NewDeed {
        card: deed.card,
        reverses: Some(undo),
        rows: !deed.kind.is_of_the_log(),
        ..NewDeed::new(DeedKind::Redo, now)
    };
    writer.begin_deed(reversal)?;
    reverse(&mut writer, undo, now)?;
    // An answer of an exam is in the place of the one before again.
    if let Some(replaced) = writer.reader().replaced_by(deed.id)? {
        writer.replace_exam_answer(replaced.review, deed.id)?;
    }
    finish(writer, past).map(Some)
}

/// The answer of an exam that this one was entered in place of counts again.
fn bring_replaced_back(
    writer: &mut Writer<'_>,
    decks: &Decks,
    answer: LogId,
    card: CardId,
    now: Moment,
) -> Result<Option<PaperAnswer>> {
    let Some(replaced) = writer.reader().replaced_by(answer)? else { return Ok(None) };
    if let Some(undo) = replaced.undo {
        note_undo(writer, decks, UndoneEntry::Undo(undo), card, now)?;
        refold(writer, decks, card)?;
    }
    writer.replace_exam_answer(answer, replaced.review)?;
    Ok(Some(PaperAnswer { review: replaced.review, right: replaced.right, took_ms: replaced.took_ms }))
}

fn finish(mut writer: Writer<'_>, past: PastDeed) -> Result<Reversed> {
    let title = past.deed.title.clone();
    writer.entitle(title);
    let memory = past.deed.card.map(|card| writer.reader().memory(card)).transpose()?.flatten();
    let state = memory.map(|row| row.memory.state);
    writer.commit()?;
    Ok(Reversed { past, state, practice: false, before: None, imports: Vec::new() })
}

/// Takes back what a deed did to the log and to the rows outside it.
fn reverse(writer: &mut Writer<'_>, deed: LogId, now: Moment) -> Result<()> {
    let before = Decks::load(writer.reader())?;
    let mut cards: BTreeSet<CardId> = BTreeSet::new();
    for entry in writer.reader().live_entries_of(deed)? {
        note_undo(writer, &before, entry.reversal, entry.card, now)?;
        cards.insert(entry.card);
    }
    let touched = match writer.put_rows_back(deed)? {
        RowsPutBack::Whole(touched) => touched,
        RowsPutBack::Changed(_) => {
            return Err(Error::person("nothing changed: something else changed the same since")
                .hint("`retain undo --list` shows what was done"));
        }
    };
    cards.extend(&touched.cards);
    for question in &touched.questions {
        cards.extend(writer.reader().cards_of(*question)?);
    }
    let decks = Decks::load(writer.reader())?;
    // The log names the cards of these, so they are hidden instead of being removed.
    let kept: Vec<QuestionId> = touched.kept.into_iter().collect();
    delete_questions(writer, &decks, &kept, None, now)?;
    for deck in touched.kept_decks {
        writer.shelve(deck, Shelf::Deleted, now.utc_ms)?;
    }
    for card in cards {
        // A card that the deed had brought is gone.
        if writer.reader().card_identity(card)?.is_some() {
            refold(writer, &decks, card)?;
        }
    }
    remake_changed(writer, &before, &mut unwatched)
}
