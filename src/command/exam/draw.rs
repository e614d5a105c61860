//! Which questions of the decks an exam asks.

use std::collections::HashMap;

use uuid::Uuid;

use crate::chance::Chance;
use crate::command::decks::Decks;
use crate::command::subjects::meant;
use crate::error::Result;
use crate::model::{CardId, CardState, DeckId, StudyDay};
use crate::schedule::{Askable, draw_exam};
use crate::session::Queued;
use crate::store::Reader;

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
    let about = meant(reader, &chosen, wanted.topics, wanted.tags, wanted.deck)?;
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
