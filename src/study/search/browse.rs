//! Looking through the cards: the search that is being typed, a part of the list at a time, and the question under the cursor.

use uuid::Uuid;

use super::query::SearchQuery;
use super::{FoundCard, catch_up};
use crate::error::{Error, ErrorKind, Result};
use crate::model::search_text::Sought;
use crate::model::{CardMemory, Deck, Question, QuestionId, Shelf};
use crate::store::{FoundPart, Reader, SearchTerm, Store};
use crate::study::card::find_question;
use crate::study::decks::Decks;
use crate::study::present::Present;
use crate::study::progress::Watch;

/// A search that is being typed, and the moment for which it was understood.
#[derive(Clone, Debug)]
pub struct Browsed {
    terms: Vec<SearchTerm>,
    /// The words that were searched for, to be shown where they are.
    pub sought: Vec<Sought>,
    /// Why nothing is found, if what was typed cannot be understood, or not yet.
    pub refusal: Option<String>,
    /// The moment with its study day.
    pub present: Present,
}

/// Understands what is being typed. A search that cannot be understood finds nothing, and says why. The index of words is brought up to date if words are needed.
pub(in crate::study) fn browse(
    store: &mut Store,
    text: &str,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<Browsed> {
    let decks = Decks::load(store.reader())?;
    let query = match SearchQuery::parse_unfinished(text, store.reader(), &decks, present) {
        Ok(query) => query,
        Err(error) if error.kind() == ErrorKind::Person => {
            return Ok(Browsed { terms: Vec::new(), sought: Vec::new(), refusal: Some(brief(&error)), present });
        }
        Err(error) => return Err(error),
    };
    if !query.terms.is_empty() {
        catch_up(store, watch)?;
    }
    Ok(Browsed { terms: query.terms, sought: query.sought, refusal: None, present })
}

/// What is wrong, and what to do about it, in a line.
fn brief(error: &Error) -> String {
    match error.hints().first() {
        Some(hint) => format!("{}: {hint}", error.message()),
        None => error.message().to_owned(),
    }
}

impl Browsed {
    /// A part of the cards and drafts that are found.
    pub(in crate::study) fn part(&self, reader: Reader<'_>, part: FoundPart) -> Result<Vec<FoundCard>> {
        if self.refusal.is_some() {
            return Ok(Vec::new());
        }
        let decks = Decks::load(reader)?;
        let rows = reader.found_part(&self.terms, part)?;
        rows.into_iter().map(|row| FoundCard::new(row, &decks, self.present)).collect()
    }

    /// How many there are.
    pub(in crate::study) fn count(&self, reader: Reader<'_>) -> Result<usize> {
        if self.refusal.is_some() {
            return Ok(0);
        }
        reader.count_found(&self.terms, usize::MAX)
    }
}

/// A question with what is known of its card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardPreview {
    /// The question with its options.
    pub question: Question,
    /// The deletion that the card asks for, or 0; `None` for a draft, and if the question no longer has it.
    pub place: Option<u32>,
    /// The name of its deck.
    pub deck: String,
    /// What follows from the log of the card; `None` for a draft.
    pub memory: Option<CardMemory>,
    /// The note of its flag; `None` without a flag.
    pub flag: Option<String>,
    /// Why the card does not come back, if it is deleted or its deck is archived.
    pub shelf: Option<Shelf>,
}

/// The question of a card, or a draft; `None` if it is gone.
pub(in crate::study) fn preview(reader: Reader<'_>, uid: Uuid) -> Result<Option<CardPreview>> {
    if let Some(card) = reader.card_by_uid(uid)? {
        let flag = reader.flag_of(card)?.map(|flag| flag.note);
        let Some(loaded) = reader.card(card)? else { return Ok(None) };
        let (_, shelf) = deck_and_shelf(reader, loaded.question.id)?;
        return Ok(Some(CardPreview {
            question: loaded.question,
            place: loaded.place,
            deck: loaded.deck_name,
            memory: Some(loaded.memory),
            flag,
            shelf,
        }));
    }
    if reader.question_by_uid(uid)?.is_none() {
        return Ok(None);
    }
    let id = find_question(reader, uid)?;
    let (deck, shelf) = deck_and_shelf(reader, id)?;
    let deck = deck.map(|deck| deck.name).unwrap_or_default();
    let question = reader.question(id)?;
    Ok(question.map(|question| CardPreview { question, place: None, deck, memory: None, flag: None, shelf }))
}

/// The deck of a question, and whether the question is deleted or its deck archived.
fn deck_and_shelf(reader: Reader<'_>, question: QuestionId) -> Result<(Option<Deck>, Option<Shelf>)> {
    let deck = reader.deck_of_question(question)?;
    if reader.deletion_of(question)?.is_some() {
        return Ok((deck, Some(Shelf::Deleted)));
    }
    let shelf = deck.as_ref().map(|deck| reader.shelf_of(deck.id)).transpose()?.flatten();
    Ok((deck, shelf))
}
