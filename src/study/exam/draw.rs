//! The questions that a mock exam asks.

use std::collections::HashMap;

use uuid::Uuid;

use crate::chance::Chance;
use crate::error::Result;
use crate::model::{CardId, CardState, DeckId};
use crate::schedule::{Askable, draw_exam};
use crate::session::Queued;
use crate::store::Reader;
use crate::study::decks::Decks;
use crate::study::present::Present;
use crate::study::subjects::meant;

/// What a mock exam is to ask.
#[derive(Clone, Copy, Debug)]
pub struct ExamRequest<'a> {
    /// Only this deck and the decks in it.
    pub deck: Option<&'a str>,
    /// How many questions.
    pub questions: u32,
    /// Only these topics, if some are named.
    pub topics: &'a [String],
    /// Only questions with one of these tags, if some are named.
    pub tags: &'a [String],
}

/// A mock exam.
#[derive(Debug)]
pub struct ExamDraw {
    /// Its cards in the order to be asked.
    pub cards: Vec<Queued>,
    /// The decks from which it is drawn.
    pub decks: Vec<DeckId>,
    /// The whole name of the deck that was asked for; `None` for all.
    pub deck: Option<String>,
}

/// Draws the questions.
///
/// Chance follows from the last answer in the log and the study day: a replay draws the same, after any answer another exam asks
/// other questions, and nobody gets another draw by starting an exam again before the first answer.
pub(in crate::study) fn draw(
    reader: Reader<'_>,
    decks: &Decks,
    wanted: ExamRequest<'_>,
    present: Present,
) -> Result<ExamDraw> {
    let deck = wanted.deck.map(|name| decks.whole_name(name)).transpose()?;
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
    let mut chance = Chance::derived("mock exam", last, present.today.0.cast_unsigned(), present.seed);
    let cards = draw_exam(&askable, wanted.questions as usize, &mut chance);
    let queued = |card: CardId| Queued { card, state: states.get(&card).copied().unwrap_or(CardState::New) };
    Ok(ExamDraw { cards: cards.into_iter().map(queued).collect(), decks: chosen, deck })
}
