//! The cards of a question: one, or one for each deletion of a text. They follow the question through its changes.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension, functions::FunctionFlags, params};
use uuid::Uuid;

use super::{Writer, fault};
use crate::error::Result;
use crate::model::cloze::{Cloze, carried};
use crate::model::{CardId, DeckId, KeyOrigin, Kind, QuestionId, asked_places, card_uid};

/// What became of the cards of a question when it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardsAfter {
    /// Cards with a log whose deletion is gone: they are to be suspended.
    pub gone: Vec<CardId>,
    /// Cards whose deletion was gone and is there again.
    pub back: Vec<CardId>,
}

/// A card as its question has it.
struct Kept {
    card: CardId,
    ordinal: u32,
    place: Option<u32>,
}

/// A question, as far as its cards follow from it.
pub(super) struct Asked<'a> {
    pub(super) uid: Uuid,
    pub(super) deck: DeckId,
    pub(super) kind: Kind,
    pub(super) stem: Cow<'a, str>,
    pub(super) topic: Option<i64>,
    pub(super) draft: bool,
}

impl Writer<'_> {
    /// Gives a question that was just added the cards that it asks by. Drafts get none.
    pub(super) fn add_cards(&mut self, question: QuestionId, asked: &Asked<'_>, parameters: i64) -> Result<()> {
        if asked.draft {
            return Ok(());
        }
        asked_places(asked.kind, &asked.stem)
            .into_iter()
            .try_for_each(|place| self.add_card(question, asked, (place, place), parameters))
    }

    /// Gives a question that was changed from a `before` (kind and stem) the cards that it asks by. Drafts get none. Where a text
    /// left out the same before, its card goes on; a card that asks for what is gone is removed where the log does not name it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn match_cards(
        &mut self,
        question: QuestionId,
        (kind, stem): (Kind, &str),
        parameters: i64,
    ) -> Result<CardsAfter> {
        let mut after = CardsAfter::default();
        let Some(asked) = self.asked(question)? else { return Ok(after) };
        if asked.draft {
            return Ok(after);
        }
        let cards = self.cards_kept(question)?;
        let mut open = asked_places(asked.kind, &asked.stem);
        let moves = moved(kind, stem, &asked);
        for kept in &cards {
            let to = match kept.place {
                Some(place) => moves.iter().find(|(from, _)| *from == place).and_then(|(_, to)| *to),
                // Only a number of the text's own says that a deletion is the one of old.
                None => open.contains(&kept.ordinal).then_some(kept.ordinal).filter(|_| is_numbered(&asked)),
            };
            open.retain(|place| Some(*place) != to);
            if to == kept.place {
                continue;
            }
            if to.is_none() && !self.is_logged(kept.card)? {
                self.remove_card(kept.card)?;
                continue;
            }
            self.run("update card set place = ?2 where id = ?1", params![kept.card.0, to])?;
            match (kept.place, to) {
                (Some(_), None) => after.gone.push(kept.card),
                (None, Some(_)) => after.back.push(kept.card),
                _ => {}
            }
        }
        let mut taken: Vec<u32> = cards.iter().map(|kept| kept.ordinal).collect();
        for place in open {
            let past = || taken.iter().max().map_or(0, |highest| highest + 1);
            let ordinal = if taken.contains(&place) { past() } else { place };
            taken.push(ordinal);
            self.add_card(question, &asked, (ordinal, place), parameters)?;
        }
        Ok(after)
    }

    fn add_card(
        &mut self,
        question: QuestionId,
        asked: &Asked<'_>,
        (ordinal, place): (u32, u32),
        parameters: i64,
    ) -> Result<()> {
        let uid = card_uid(asked.uid, ordinal);
        self.run(
            "insert into card (uid, question, ordinal, place) values (?, ?, ?, ?)",
            params![uid.as_bytes(), question.0, ordinal, place],
        )?;
        let card = CardId(self.transaction.last_insert_rowid());
        self.add_new_memory(card, question, asked.deck, asked.topic, parameters)
    }

    fn asked(&self, question: QuestionId) -> Result<Option<Asked<'static>>> {
        let mut statement = self
            .transaction
            .prepare_cached("select uid, deck, kind, stem, topic, key_origin from question where id = ?")
            .map_err(fault::of)?;
        let mut rows = statement.query([question.0]).map_err(fault::of)?;
        let Some(row) = rows.next().map_err(fault::of)? else { return Ok(None) };
        Ok(Some(Asked {
            uid: Uuid::from_bytes(row.get(0).map_err(fault::of)?),
            deck: DeckId(row.get(1).map_err(fault::of)?),
            kind: Kind::from_number(row.get(2).map_err(fault::of)?)
                .ok_or_else(|| fault::nonsense("a kind of question"))?,
            stem: Cow::Owned(row.get(3).map_err(fault::of)?),
            topic: row.get(4).map_err(fault::of)?,
            draft: row.get::<_, u8>(5).map_err(fault::of)? == KeyOrigin::Missing.number(),
        }))
    }

    fn cards_kept(&self, question: QuestionId) -> Result<Vec<Kept>> {
        let mut statement = self
            .transaction
            .prepare_cached("select id, ordinal, place from card where question = ? order by ordinal")
            .map_err(fault::of)?;
        let rows = statement
            .query_map([question.0], |row| {
                Ok(Kept { card: CardId(row.get(0)?), ordinal: row.get(1)?, place: row.get(2)? })
            })
            .map_err(fault::of)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault::of)
    }

    fn is_logged(&self, card: CardId) -> Result<bool> {
        self.transaction
            .prepare_cached("select 1 where exists (select 1 from review where card = ?1) or exists (select 1 from move where card = ?1)")
            .and_then(|mut statement| statement.query_row([card.0], |_| Ok(())).optional())
            .map(|found| found.is_some())
            .map_err(fault::of)
    }
}

fn is_numbered(asked: &Asked<'_>) -> bool {
    asked.kind == Kind::Cloze && Cloze::parse(&asked.stem).is_numbered()
}

/// Where what a question asked for stands now.
fn moved(kind: Kind, stem: &str, now: &Asked<'_>) -> Vec<(u32, Option<u32>)> {
    if kind == Kind::Cloze && now.kind == Kind::Cloze {
        return carried(&Cloze::parse(stem), &Cloze::parse(&now.stem));
    }
    let there = asked_places(now.kind, &now.stem);
    // What a question asked for first, it still asks for first.
    let before = asked_places(kind, stem);
    let first = before.first().copied();
    before.into_iter().map(|place| (place, there.first().copied().filter(|_| Some(place) == first))).collect()
}

/// What migrations need of the model, for questions that have no card yet.
pub(super) fn add_functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("card_uid", 2, flags, |call| {
        let question: [u8; 16] = call.get(0)?;
        Ok(card_uid(Uuid::from_bytes(question), call.get(1)?).into_bytes())
    })?;
    connection.create_scalar_function("asked_places", 2, flags, |call| {
        let (kind, stem): (u8, String) = (call.get(0)?, call.get(1)?);
        let places = Kind::from_number(kind).map(|kind| asked_places(kind, &stem)).unwrap_or_default();
        let places: Vec<String> = places.iter().map(u32::to_string).collect();
        Ok(format!("[{}]", places.join(",")))
    })
}
