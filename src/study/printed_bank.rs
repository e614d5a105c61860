//! A deck as the bank that imports again as the same questions.

use std::collections::{HashMap, HashSet};

use super::decks::Decks;
use crate::bank::{Bank, BankQuestion, Front};
use crate::error::{Error, Result};
use crate::model::Deck;
use crate::store::{KnownQuestion, Reader};

/// The questions of a deck; the decks in it are banks of their own.
pub(super) fn printed_bank(reader: Reader<'_>, deck: &str) -> Result<(String, Bank)> {
    let decks = Decks::load(reader)?;
    let deck = &decks.exactly(deck)?.deck;
    let bank = bank_of(reader, deck)?;
    if bank.questions.is_empty() { Err(no_questions(deck, &decks)) } else { Ok((deck.name.clone(), bank)) }
}

fn no_questions(deck: &Deck, decks: &Decks) -> Error {
    let error = Error::person(format!("`{}` has no questions of its own", deck.name));
    let inner = decks.all().iter().map(|entry| &entry.deck);
    let mut inner = inner.filter(|other| other.is_within(&deck.name) && other.name.len() > deck.name.len());
    match inner.next() {
        Some(inner) => {
            error.hint(format!("the decks in it are banks of their own: `retain bank print {}`", inner.name))
        }
        None => error.hint("import a bank into it with `retain import FILE`"),
    }
}

/// The questions of a deck as a bank has them, in the order of the banks that they came from.
pub(super) fn bank_of(reader: Reader<'_>, deck: &Deck) -> Result<Bank> {
    let mut ranks: HashMap<i64, usize> = HashMap::new();
    let mut taken: HashSet<String> = HashSet::new();
    let mut placed = Vec::new();
    let known = reader.known_questions(deck.id)?.into_iter();
    let mut known: HashMap<_, _> = known.map(|KnownQuestion { id, placements, .. }| (id, placements)).collect();
    for question in reader.questions(Some(deck.id.0))? {
        let placements = known.remove(&question.id).unwrap_or_default();
        for (source, _) in &placements {
            let next = ranks.len();
            ranks.entry(*source).or_insert(next);
        }
        // Questions come by number, which is when they were first imported; a bank may have got new ones in between.
        let place = placements.first().map(|(source, at)| (ranks[source], at.position));
        // Two banks may mean two questions by one id: the first one has it, as when a bank is imported.
        let own = placements.into_iter().filter_map(|(_, at)| at.external_id).find(|id| !taken.contains(id));
        let id = own.unwrap_or_else(|| question.uid.to_string());
        taken.insert(id.clone());
        placed.push((place.is_none(), place, BankQuestion::of_known(question, Some(id))));
    }
    placed.sort_by_key(|(nowhere, place, _)| (*nowhere, *place));
    Ok(Bank {
        front: Front { deck: Some(deck.name.clone()), ..Front::default() },
        questions: placed.into_iter().map(|(.., question)| question).collect(),
        ..Bank::default()
    })
}
