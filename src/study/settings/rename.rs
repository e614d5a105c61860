//! A deck gets another name, and so do the decks in it.

use std::collections::HashSet;

use super::change::with_memory;
use crate::error::{Error, Result};
use crate::model::{Deck, DeedKind, Moment};
use crate::store::{NewDeed, Store};
use crate::study::decks::Decks;

/// Gives a deck and the decks in it another name. Returns old and new names.
pub(in crate::study) fn rename_deck(
    store: &mut Store,
    old: &str,
    new: &str,
    now: Moment,
) -> Result<Vec<(String, String)>> {
    let new = proper(new)?;
    let mut writer = store.deed(NewDeed::new(DeedKind::Rename, now))?;
    let decks = Decks::load(writer.reader())?;
    let old = &*decks.whole_name(old)?;
    writer.entitle(format!("{old} to {new}"));
    // A name that only holds other decks can be renamed too, though there is no deck of exactly this name.
    let within = decks.named(Some(old))?;
    let renamed: Vec<Deck> = within.iter().map(|entry| moved(&entry.deck, old, &new)).collect();
    let going: HashSet<_> = renamed.iter().map(|deck| deck.id).collect();
    let taken: HashSet<String> = renamed.iter().map(|deck| deck.name.to_lowercase()).collect();
    let staying = decks.all().iter().filter(|entry| !going.contains(&entry.deck.id));
    if let Some(other) = staying.map(|entry| &entry.deck).find(|deck| taken.contains(&deck.name.to_lowercase())) {
        return Err(Error::person(format!("there is a deck `{}` already", other.name))
            .hint("choose another name; nothing was changed"));
    }
    with_memory(&mut writer, |writer| writer.rename_decks(&renamed))?;
    writer.commit()?;
    Ok(within.iter().zip(renamed).map(|(entry, renamed)| (entry.deck.name.clone(), renamed.name)).collect())
}

/// The deck under its new name: what follows the old one stays.
fn moved(deck: &Deck, old: &str, new: &str) -> Deck {
    let parts = old.split("::").count();
    let rest: String = deck.name.split("::").skip(parts).map(|part| format!("::{part}")).collect();
    Deck { id: deck.id, name: format!("{new}{rest}") }
}

/// A name whose every part says something.
fn proper(name: &str) -> Result<String> {
    let parts: Vec<&str> = name.split("::").map(str::trim).collect();
    if parts.iter().any(|part| part.is_empty() || part.chars().any(char::is_control)) {
        return Err(Error::person(format!("a deck cannot be called `{}`", name.escape_debug()))
            .hint("a name is one line, and each part around `::` says something"));
    }
    Ok(parts.join("::"))
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
        assert_eq!(proper(" a :: b ").expect("a name"), "a::b");
        for name in ["", "::", "a::", "a::::b", "a\nb"] {
            assert!(proper(name).is_err(), "{name}");
        }
    }
}
