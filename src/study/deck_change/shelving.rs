//! Decks are archived and deleted, and come back.

use crate::error::{Error, Result};
use crate::model::{Deck, DeedKind, Moment, QuestionId, Shelf};
use crate::store::{NewDeed, Store};
use crate::study::card::{delete_questions, restore_questions};
use crate::study::decks::{DeckEntry, Decks};
use crate::study::did_you_mean::closest;

/// Decks that were put away or brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelved {
    /// Their names, those of the decks in the named one too.
    pub decks: Vec<String>,
    /// Questions that were deleted or restored with them.
    pub questions: usize,
}

/// Archives a deck and the decks in it.
pub(in crate::study) fn archive_deck(store: &mut Store, name: &str, now: Moment) -> Result<Shelved> {
    change(store, DeedKind::Archive, name, Some(Shelf::Archived), now)
}

/// Brings a deck back from the archive, and the decks in it.
pub(in crate::study) fn unarchive_deck(store: &mut Store, name: &str, now: Moment) -> Result<Shelved> {
    change(store, DeedKind::Unarchive, name, None, now)
}

fn change(store: &mut Store, kind: DeedKind, name: &str, to: Option<Shelf>, now: Moment) -> Result<Shelved> {
    let mut writer = store.deed(NewDeed::new(kind, now))?;
    let decks = Decks::load(writer.reader())?;
    let name = decks.whole_name(name)?;
    let changed: Vec<&DeckEntry> = decks.within(&name)?.into_iter().filter(|entry| entry.shelf != to).collect();
    if changed.is_empty() {
        let how = if to.is_some() { "is archived already" } else { "is not archived" };
        return Err(Error::person(format!("`{name}` {how}"))
            .named("nothing-to-change")
            .hint("`retain deck list --all` shows the archived decks too"));
    }
    for entry in &changed {
        match to {
            Some(shelf) => writer.shelve(entry.deck.id, shelf, now.utc_ms)?,
            None => writer.unshelve(entry.deck.id)?,
        }
    }
    let done = Shelved { decks: names(&changed), questions: 0 };
    writer.entitle(name);
    writer.commit()?;
    Ok(done)
}

/// Deletes a deck and the decks in it, with their questions.
pub(in crate::study) fn delete_deck(store: &mut Store, name: &str, now: Moment) -> Result<Shelved> {
    let mut writer = store.deed(NewDeed::new(DeedKind::Delete, now))?;
    let decks = Decks::load(writer.reader())?;
    let name = decks.whole_name(name)?;
    let going = decks.within(&name)?;
    let mut questions = 0;
    for entry in &going {
        let deck = entry.deck.id;
        let own = writer.reader().question_numbers(deck)?;
        questions += delete_questions(&mut writer, &decks, &own, Some(deck), now)?;
        writer.shelve(deck, Shelf::Deleted, now.utc_ms)?;
    }
    let done = Shelved { decks: names(&going), questions };
    writer.entitle(format!("the deck {name}"));
    writer.commit()?;
    Ok(done)
}

/// Brings a deleted deck back, and the deleted decks in it, with the questions that were deleted with them.
pub(in crate::study) fn restore_deck(store: &mut Store, name: &str, now: Moment) -> Result<Shelved> {
    let mut writer = store.deed(NewDeed::new(DeedKind::Restore, now))?;
    let decks = Decks::load(writer.reader())?;
    let mut back: Vec<&DeckEntry> = decks.deleted().filter(|entry| entry.deck.is_within(name)).collect();
    // What went at another time, by a merge or alone, went for a reason of its own.
    if let Some(named) = back.iter().find(|entry| entry.deck.name.to_lowercase() == name.to_lowercase()) {
        let at = writer.reader().shelved_ms(named.deck.id)?;
        let mut together = Vec::new();
        for entry in &back {
            if writer.reader().shelved_ms(entry.deck.id)? == at {
                together.push(*entry);
            }
        }
        back = together;
    }
    if back.is_empty() {
        return Err(not_deleted(&decks, name));
    }
    let deletions = writer.reader().deletions()?;
    let mut questions = 0;
    for entry in &back {
        let with: Vec<QuestionId> = deletions
            .iter()
            .filter(|deletion| deletion.with_deck == Some(entry.deck.id))
            .map(|deletion| deletion.question)
            .collect();
        questions += restore_questions(&mut writer, &decks, &with, now)?;
        writer.restore_deck(entry.deck.id)?;
    }
    let done = Shelved { decks: names(&back), questions };
    writer.entitle(format!("the deck {name}"));
    writer.commit()?;
    Ok(done)
}

fn names(entries: &[&DeckEntry]) -> Vec<String> {
    entries.iter().map(|entry| &entry.deck).map(|Deck { name, .. }| name.clone()).collect()
}

fn not_deleted(decks: &Decks, name: &str) -> Error {
    let error = Error::person(format!("no deleted deck is called `{name}`")).named("no-such-deck");
    match closest(name, decks.deleted().map(|entry| entry.deck.name.as_str())) {
        Some(other) => error.hint(format!("did you mean `{other}`?")),
        None => error.hint("`retain deck list --deleted` shows the deleted decks"),
    }
}
