//! The cards of a question: one, or one for each deletion of a text. They follow the question through its changes.

use std::borrow::Cow;

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use super::Writer;
use super::query::{FromRow, Query};
use crate::error::Result;
use crate::model::cloze::{Cloze, carried};
use crate::model::{CardId, DeckId, KeyOrigin, Kind, QuestionId, asked_places, card_uid};

/// What became of the cards of a question when it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardsAfter {
    /// Cards with a log whose deletion is gone: the caller suspends them.
    pub gone: Vec<CardId>,
    /// Cards whose deletion was gone and is there again.
    pub back: Vec<CardId>,
}

/// A card as its question has it.
struct QuestionCard {
    card: CardId,
    ordinal: u32,
    place: Option<u32>,
}

impl FromRow for QuestionCard {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self { card: row.get("id")?, ordinal: row.get("ordinal")?, place: row.get("place")? })
    }
}

/// What of a question decides which cards it has.
pub(super) struct CardBasis<'a> {
    pub(super) uid: Uuid,
    pub(super) deck: DeckId,
    pub(super) kind: Kind,
    pub(super) stem: Cow<'a, str>,
    pub(super) topic: Option<i64>,
    pub(super) draft: bool,
}

impl FromRow for CardBasis<'_> {
    fn from_row(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            uid: row.get("uid")?,
            deck: row.get("deck")?,
            kind: row.get("kind")?,
            stem: Cow::Owned(row.get("stem")?),
            topic: row.get("topic")?,
            draft: row.get::<_, KeyOrigin>("key_origin")? == KeyOrigin::Missing,
        })
    }
}

impl Writer<'_> {
    /// Gives a new question its cards. Drafts get none.
    pub(super) fn add_cards(&mut self, question: QuestionId, source: &CardBasis<'_>, parameters: i64) -> Result<()> {
        if source.draft {
            return Ok(());
        }
        asked_places(source.kind, &source.stem)
            .into_iter()
            .try_for_each(|place| self.add_card(question, source, (place, place), parameters))
    }

    /// Brings the cards of a changed question up to date; it had this kind and stem before. Drafts get none. A deletion that the
    /// text still has keeps its card. A card of a deletion that is gone is removed, unless the log names it.
    pub fn match_cards(
        &mut self,
        question: QuestionId,
        (kind, stem): (Kind, &str),
        parameters: i64,
    ) -> Result<CardsAfter> {
        let mut after = CardsAfter::default();
        // The cards of a deleted question ask for nothing; they are brought up to date when it is restored.
        let is_deleted = self.reader().deletion_of(question)?.is_some();
        let sql = "select uid, deck, kind, stem, topic, key_origin from question where id = ?";
        let source = self.one::<CardBasis<'_>>(sql, [question])?.filter(|source| !source.draft);
        let Some(source) = source.filter(|_| !is_deleted) else { return Ok(after) };
        let sql = "select id, ordinal, place from card where question = ? order by ordinal";
        let cards: Vec<QuestionCard> = self.all(sql, [question])?;
        let mut open = asked_places(source.kind, &source.stem);
        let moves = moved(kind, stem, &source);
        for kept in &cards {
            let to = match kept.place {
                Some(place) => moves.iter().find(|(from, _)| *from == place).and_then(|(_, to)| *to),
                // Only a number of the text's own says that a deletion is the one of old.
                None => open.contains(&kept.ordinal).then_some(kept.ordinal).filter(|_| is_numbered(&source)),
            };
            open.retain(|place| Some(*place) != to);
            if to == kept.place {
                continue;
            }
            if to.is_none() && !self.is_logged(kept.card)? {
                self.remove_card(kept.card)?;
                continue;
            }
            self.run("update card set place = ?2 where id = ?1", params![kept.card, to])?;
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
            self.add_card(question, &source, (ordinal, place), parameters)?;
        }
        Ok(after)
    }

    fn add_card(
        &mut self,
        question: QuestionId,
        source: &CardBasis<'_>,
        (ordinal, place): (u32, u32),
        parameters: i64,
    ) -> Result<()> {
        let uid = card_uid(source.uid, ordinal);
        self.run(
            "insert into card (uid, question, ordinal, place) values (?, ?, ?, ?)",
            params![uid, question, ordinal, place],
        )?;
        let card = CardId(self.transaction.last_insert_rowid());
        self.add_new_memory(card, question, source, parameters)
    }

    fn is_logged(&self, card: CardId) -> Result<bool> {
        self.value(
            "select exists (select 1 from review where card = ?1) or exists (select 1 from move where card = ?1)",
            [card],
        )
    }
}

fn is_numbered(source: &CardBasis<'_>) -> bool {
    source.kind == Kind::Cloze && Cloze::parse(&source.stem).is_numbered()
}

/// Each place that a question asked for, with its place now.
fn moved(kind: Kind, stem: &str, now: &CardBasis<'_>) -> Vec<(u32, Option<u32>)> {
    if kind == Kind::Cloze && now.kind == Kind::Cloze {
        return carried(&Cloze::parse(stem), &Cloze::parse(&now.stem));
    }
    let there = asked_places(now.kind, &now.stem);
    // What a question asked for first, it still asks for first.
    let before = asked_places(kind, stem);
    let first = before.first().copied();
    before.into_iter().map(|place| (place, there.first().copied().filter(|_| Some(place) == first))).collect()
}

/// Functions of the model that migrations call, for questions that have no card yet.
pub(super) fn add_functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection
        .create_scalar_function("card_uid", 2, flags, |call| Ok(card_uid(call.get(0)?, call.get(1)?).into_bytes()))?;
    connection.create_scalar_function("asked_places", 2, flags, |call| {
        let (kind, stem): (u8, String) = (call.get(0)?, call.get(1)?);
        let places = Kind::from_number(kind).map(|kind| asked_places(kind, &stem)).unwrap_or_default();
        let places: Vec<String> = places.iter().map(u32::to_string).collect();
        Ok(format!("[{}]", places.join(",")))
    })
}
