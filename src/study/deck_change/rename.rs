//! A deck gets another name, and so do the decks in it.

use std::collections::HashSet;

use super::taken;
use crate::error::{Error, Result};
use crate::model::{Deck, DeedKind, Moment};
use crate::store::{NewDeed, Store};
use crate::study::deck_name::{chosen_name, proper_name};
use crate::study::decks::Decks;
use crate::study::settings::with_memory;

/// Gives a deck and the decks in it another name. Returns old and new names.
pub(in crate::study) fn rename_deck(
    store: &mut Store,
    old: &str,
    new: &str,
    now: Moment,
) -> Result<Vec<(String, String)>> {
    let new = chosen_name(new)?;
    let mut writer = store.deed(NewDeed::new(DeedKind::Rename, now))?;
    let decks = Decks::load(writer.reader())?;
    let old = &*decks.whole_name(old)?;
    writer.entitle(format!("{old} to {new}"));
    // A name that only holds other decks can be renamed too, though there is no deck of exactly this name.
    let within = decks.within(old)?;
    let renamed: Vec<Deck> = within.iter().map(|entry| moved(&entry.deck, old, &new)).collect();
    // The decks in it get longer names, too.
    renamed.iter().try_for_each(|deck| proper_name(&deck.name).map(|_| ()))?;
    let going: HashSet<_> = renamed.iter().map(|deck| deck.id).collect();
    let names: HashSet<String> = renamed.iter().map(|deck| deck.name.to_lowercase()).collect();
    let staying = decks.all().iter().filter(|entry| !going.contains(&entry.deck.id));
    let mut staying = staying.filter(|entry| names.contains(&entry.deck.name.to_lowercase()));
    if let Some(other) = staying.next() {
        return Err(taken(other));
    }
    with_memory(&mut writer, |writer| writer.rename_decks(&renamed))?;
    writer.commit()?;
    Ok(within.iter().zip(renamed).map(|(entry, renamed)| (entry.deck.name.clone(), renamed.name)).collect())
}

/// Puts a deck into another one, or outside all without one. Returns old and new names.
pub(in crate::study) fn move_deck(
    store: &mut Store,
    deck: &str,
    into: Option<&str>,
    now: Moment,
) -> Result<Vec<(String, String)>> {
    let decks = Decks::load(store.reader())?;
    let old = decks.whole_name(deck)?;
    let last = old.rsplit("::").next().unwrap_or(&old);
    let new = match into {
        None => last.to_owned(),
        Some(into) => {
            let into = decks.whole_name(into)?;
            let is_inside = into.to_lowercase().starts_with(&format!("{}::", old.to_lowercase()));
            if is_inside || into.to_lowercase() == old.to_lowercase() {
                return Err(Error::person(format!("`{old}` cannot be moved into itself"))
                    .named("bad-move")
                    .hint("name the deck that moves first, then the deck that it goes into"));
            }
            format!("{into}::{last}")
        }
    };
    if new.to_lowercase() == old.to_lowercase() {
        return Err(Error::person(format!("`{old}` is there already"))
            .named("nothing-to-change")
            .hint("`retain deck list` shows all decks"));
    }
    rename_deck(store, &old, &new, now)
}

/// The deck under its new name: what follows the old one stays.
pub(super) fn moved(deck: &Deck, old: &str, new: &str) -> Deck {
    let parts = old.split("::").count();
    let rest: String = deck.name.split("::").skip(parts).map(|part| format!("::{part}")).collect();
    Deck { id: deck.id, name: format!("{new}{rest}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DeckId;

    #[test]
    fn what_lies_in_a_deck_goes_with_it() {
        let deck = |name: &str| Deck { id: DeckId(1), name: name.into() };
        assert_eq!(moved(&deck("Exam::Nets::IP"), "exam::nets", "Old").name, "Old::IP");
        assert_eq!(moved(&deck("Exam"), "EXAM", "exam::new").name, "exam::new");
    }
}
