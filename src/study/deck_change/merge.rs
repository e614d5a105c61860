//! The questions of a deck go to another one.

use super::rename::moved;
use crate::error::{Error, Result};
use crate::model::{DeedKind, Moment, Shelf};
use crate::store::{NewDeed, Store};
use crate::study::card::transfer_question;
use crate::study::deck_name::proper_name;
use crate::study::decks::Decks;

/// What a merge came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The deck that is gone.
    pub from: String,
    /// The decks that have its questions: the other deck, or decks in it.
    pub into: Vec<String>,
    /// How many questions went there, also from the decks in it.
    pub questions: usize,
}

/// Moves the questions of a deck and its banks to another deck; the decks in it go to the decks of the same name in the other. The deck is gone
/// then; its settings do not come along.
pub(in crate::study) fn merge_decks(store: &mut Store, from: &str, into: &str, now: Moment) -> Result<Merged> {
    let mut writer = store.deed(NewDeed::new(DeedKind::Merge, now))?;
    let before = Decks::load(writer.reader())?;
    let from = before.whole_name(from)?;
    let into = before.exactly(into)?.deck.clone();
    if into.is_within(&from) {
        let what = if into.name.to_lowercase() == from.to_lowercase() { "itself" } else { "a deck in it" };
        return Err(Error::person(format!("`{from}` cannot be merged into {what}"))
            .named("bad-merge")
            .hint("name the deck that goes first, then the deck that it goes into"));
    }
    let going: Vec<_> = before.within(&from)?.into_iter().map(|entry| entry.deck.clone()).collect();
    let mut targets = Vec::new();
    for deck in &going {
        let name = proper_name(&moved(deck, &from, &into.name).name)?;
        let target = writer.deck(&name)?;
        if before.entry(target.id).is_ok_and(crate::study::DeckEntry::is_deleted) {
            writer.unshelve(target.id)?;
        }
        targets.push(target);
    }
    let decks = Decks::load(writer.reader())?;
    let (mut questions, mut targeted) = (0, Vec::new());
    for (deck, target) in going.iter().zip(&targets) {
        let mut count = 0;
        writer.move_sources(deck.id, target.id)?;
        for question in writer.reader().question_numbers(deck.id)? {
            count += usize::from(transfer_question(&mut writer, &decks, question, target.id)?);
        }
        questions += count;
        if count > 0 {
            targeted.push(target.name.clone());
        }
        writer.shelve(deck.id, Shelf::Deleted, now.utc_ms)?;
    }
    writer.entitle(format!("{from} into {}", into.name));
    writer.commit()?;
    if targeted.is_empty() {
        targeted.push(into.name);
    }
    Ok(Merged { from, into: targeted, questions })
}
