//! Decks as a whole: made, renamed, moved, merged, archived, deleted and restored. Each is one deed.

mod merge;
mod rename;
mod shelving;

pub use merge::Merged;
pub use shelving::Shelved;

pub(super) use merge::merge_decks;
pub(super) use rename::{move_deck, rename_deck};
pub(super) use shelving::{archive_deck, delete_deck, restore_deck, unarchive_deck};

use crate::error::{Error, Result};
use crate::model::{CardId, Deck, DeedKind, Moment, QuestionId, shell_argument};
use crate::store::{NewDeed, Store, Writer};
use crate::study::card::{new_deed, title, transfer_question, transfer_title};
use crate::study::deck_name::chosen_name;
use crate::study::decks::{DeckEntry, Decks};

/// Makes an empty deck; its name.
pub(super) fn create_deck(store: &mut Store, name: &str, now: Moment) -> Result<String> {
    let mut writer = store.deed(NewDeed::new(DeedKind::Create, now))?;
    let name = begin_deck(&mut writer, name)?.name;
    writer.entitle(name.clone());
    writer.commit()?;
    Ok(name)
}

/// Moves the questions of cards and drafts to a deck that is made for them, as one deed; its name, and how many went there.
pub(super) fn transfer_to_new(
    store: &mut Store,
    (cards, questions): (&[CardId], &[QuestionId]),
    name: &str,
    now: Moment,
) -> Result<(String, usize)> {
    let mut writer = store.deed(new_deed(DeedKind::Transfer, cards, now))?;
    let deck = begin_deck(&mut writer, name)?;
    let decks = Decks::load(writer.reader())?;
    let mut count = 0;
    for question in questions {
        count += usize::from(transfer_question(&mut writer, &decks, *question, deck.id)?);
    }
    let title = title(writer.reader(), cards)?;
    writer.entitle(transfer_title(&title, &deck.name));
    writer.commit()?;
    Ok((deck.name, count))
}

/// Makes an empty deck within a transaction.
fn begin_deck(writer: &mut Writer<'_>, name: &str) -> Result<Deck> {
    let name = chosen_name(name)?;
    if let Some(other) = Decks::load(writer.reader())?.strictly(&name) {
        let deletions = writer.reader().deletions()?;
        // Questions that went alone do not come back with the deck, so their deck holds nothing.
        let holds = deletions.iter().any(|deletion| deletion.with_deck == Some(other.deck.id) && !deletion.erased);
        if !other.is_deleted() || holds {
            return Err(taken(other));
        }
    }
    let deck = writer.deck(&name)?;
    writer.unshelve(deck.id)?;
    Ok(deck)
}

/// The failure of a name that a deck has.
fn taken(other: &DeckEntry) -> Error {
    let name = &other.deck.name;
    if other.is_deleted() {
        return Error::person(format!("a deleted deck is called `{name}`"))
            .named("deck-exists")
            .hint(format!("`retain deck restore {}` brings it back; or choose another name", shell_argument(name)));
    }
    Error::person(format!("there is a deck `{name}` already"))
        .named("deck-exists")
        .hint("choose another name; nothing was changed")
}
