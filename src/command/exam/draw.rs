//! Which questions of the decks an exam asks.

use std::collections::HashMap;

use uuid::Uuid;

use crate::chance::Chance;
use crate::command::closest::closest;
use crate::command::decks::Decks;
use crate::error::{Error, Result};
use crate::model::{CardId, CardState, DeckId, StudyDay};
use crate::schedule::{Askable, draw_exam};
use crate::session::Queued;
use crate::store::{Reader, Subjects};

/// What the person asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    pub(super) deck: Option<&'a str>,
    pub(super) questions: u32,
    pub(super) topics: &'a [String],
    pub(super) tags: &'a [String],
}

/// The exam.
#[derive(Debug)]
pub(super) struct Drawn {
    /// Its cards in the order to be asked.
    pub(super) cards: Vec<Queued>,
    /// The decks it is drawn from.
    pub(super) decks: Vec<DeckId>,
}

/// Draws the questions.
///
/// Chance follows from the last answer in the log and the study day: a replay draws the same, after any answer another exam asks
/// other questions, and nobody gets another draw by starting an exam anew before the first answer.
pub(super) fn draw(reader: Reader<'_>, decks: &Decks, wanted: Wanted<'_>, today: StudyDay, seed: u64) -> Result<Drawn> {
    let chosen: Vec<DeckId> = decks.named(wanted.deck)?.into_iter().map(|entry| entry.deck.id).collect();
    let about = subjects(reader, &chosen, wanted)?;
    let mut askable = Vec::new();
    let mut states: HashMap<CardId, CardState> = HashMap::new();
    for deck in &chosen {
        for row in reader.gradable_cards(*deck, &about)? {
            askable.push(Askable { card: row.card, question: row.question, topic: row.topic });
            states.insert(row.card, row.state);
        }
    }
    let last = reader.last_logged()?.map_or(Uuid::nil(), |id| id.0);
    let mut chance = Chance::derived("mock exam", last, today.0.cast_unsigned(), seed);
    let cards = draw_exam(&askable, wanted.questions as usize, &mut chance);
    let queued = |card: CardId| Queued { card, state: states.get(&card).copied().unwrap_or(CardState::New) };
    Ok(Drawn { cards: cards.into_iter().map(queued).collect(), decks: chosen })
}

/// The topics and tags as the decks write them. Those that no question has are refused: a slip would otherwise look like a small
/// bank.
fn subjects(reader: Reader<'_>, decks: &[DeckId], wanted: Wanted<'_>) -> Result<Subjects> {
    if wanted.topics.is_empty() && wanted.tags.is_empty() {
        return Ok(Subjects::default());
    }
    let mut known = Subjects::default();
    for deck in decks {
        known.topics.extend(reader.subjects(*deck, false)?);
        known.tags.extend(reader.subjects(*deck, true)?);
    }
    Ok(Subjects {
        topics: meant(wanted.topics, &known.topics, "topic", wanted.deck)?,
        tags: meant(wanted.tags, &known.tags, "tag", wanted.deck)?,
    })
}

/// Those of the known names that are wanted, letter case aside.
fn meant(wanted: &[String], known: &[String], what: &str, deck: Option<&str>) -> Result<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    for name in wanted {
        let alike = known.iter().filter(|other| other.to_lowercase() == name.to_lowercase());
        let before = found.len();
        found.extend(alike.cloned());
        if found.len() == before {
            return Err(unknown(name, known, what, deck));
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn unknown(name: &str, known: &[String], what: &str, deck: Option<&str>) -> Error {
    let place = deck.map(|deck| format!(" in `{deck}`")).unwrap_or_default();
    let error = Error::person(format!("no question{place} has the {what} `{name}`"));
    match closest(name, known.iter().map(String::as_str)) {
        Some(other) => error.hint(format!("did you mean `{other}`?")),
        None if known.is_empty() => error.hint(format!("no question{place} has a {what}")),
        None => error.hint(format!("leave out `--{what}` to be asked about everything")),
    }
}
