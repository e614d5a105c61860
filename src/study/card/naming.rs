//! How people name cards: by the first letters of an identity, by a number of the last list, or by words of the question.

use uuid::Uuid;

use super::find_card;
use crate::error::{Error, Result};
use crate::model::search_text::folded_name;
use crate::model::{CardId, HOUR_MS, Moment, QuestionId, count};
use crate::store::{FoundRow, Reader, SearchCondition, SearchTerm};
use crate::study::last_list::LastList;
use crate::study::search::stem_query;

/// Letters of an identity that lists show.
pub const SHORT_ID: usize = 8;
/// Fewer letters of an identity are too few to name anything.
const SHORTEST_ID: usize = 4;
/// Candidates that a failure lists.
const CANDIDATES: usize = 5;
/// A list that was shown so long ago may be another than the person thinks of.
const STALE_MS: i64 = HOUR_MS;

/// The first letters of an identity.
pub fn short_id(uid: Uuid) -> String {
    let mut text = uid.simple().to_string();
    text.truncate(SHORT_ID);
    text
}

/// A card that was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedCard {
    /// Its identity; of a draft that of its question.
    pub uid: Uuid,
    /// What it asks, as written.
    pub stem: String,
}

/// Cards that were named, in the order of the names, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedCards {
    /// The cards.
    pub cards: Vec<NamedCard>,
    /// When the list was shown whose numbers were used, if that was long ago.
    pub stale: Option<Moment>,
}

/// Finds what people name.
pub(in crate::study) struct CardNames<'a> {
    reader: Reader<'a>,
    list: Option<LastList>,
    now: Moment,
    used_list: bool,
    /// Whether words name what was deleted, and nothing else.
    deleted: bool,
}

impl<'a> CardNames<'a> {
    pub(in crate::study) fn new(reader: Reader<'a>, now: Moment) -> Self {
        Self { reader, list: LastList::load(&reader.path()), now, used_list: false, deleted: false }
    }

    /// Words name what was deleted.
    pub(in crate::study) fn among_deleted(self) -> Self {
        Self { deleted: true, ..self }
    }

    /// The cards of these names.
    pub(in crate::study) fn cards(mut self, names: &[String]) -> Result<NamedCards> {
        let mut named = NamedCards::default();
        for name in names {
            let uid = self.uid(name.trim())?;
            let card = self.card(uid)?;
            if !named.cards.contains(&card) {
                named.cards.push(card);
            }
        }
        let stale = self.list.filter(|_| self.used_list).filter(|list| self.now.utc_ms - list.at_ms > STALE_MS);
        named.stale = stale.map(|list| Moment { utc_ms: list.at_ms, offset_minutes: list.offset_minutes });
        Ok(named)
    }

    /// The card of an identity, of a card or of a question that has one card or is a draft.
    fn card(&self, uid: Uuid) -> Result<NamedCard> {
        if let Some(card) = self.reader.card_by_uid(uid)? {
            return self.loaded(card);
        }
        let Some(question) = self.reader.question_by_uid(uid)? else {
            return find_card(self.reader, uid).and_then(|card| self.loaded(card));
        };
        match self.reader.cards_of(question)?[..] {
            [card] => self.loaded(card),
            [] => Ok(NamedCard { uid, stem: self.stem(question)? }),
            ref cards => {
                let cards: Vec<NamedCard> = cards.iter().map(|card| self.loaded(*card)).collect::<Result<_>>()?;
                Err(ambiguous(format!("this question has {}", count(cards.len() as u64, "card")), &cards))
            }
        }
    }

    fn loaded(&self, card: CardId) -> Result<NamedCard> {
        let loaded = self.reader.card(card)?;
        let loaded = loaded.ok_or_else(|| Error::inconsistent("a card has no question"))?;
        Ok(NamedCard { uid: loaded.uid, stem: loaded.stem() })
    }

    fn stem(&self, question: QuestionId) -> Result<String> {
        Ok(self.reader.question(question)?.map(|question| question.stem).unwrap_or_default())
    }

    fn uid(&mut self, name: &str) -> Result<Uuid> {
        if let Ok(uid) = Uuid::try_parse(name) {
            return Ok(uid);
        }
        if let Some(number) = name.strip_prefix('#') {
            return match number.parse() {
                Ok(number) => self.numbered(number),
                Err(_) => Err(unknown(format!("`{name}` is not a number of a list"))),
            };
        }
        if name.bytes().all(|byte| byte.is_ascii_digit()) && !name.is_empty() {
            let number = name.parse().unwrap_or(usize::MAX);
            let is_listed = self.list.as_ref().is_some_and(|list| (1..=list.cards.len()).contains(&number));
            if is_listed || name.len() < SHORTEST_ID {
                return self.numbered(number);
            }
        }
        if let Some(found) = self.by_prefix(name)? {
            return Ok(found);
        }
        self.by_words(name)
    }

    fn numbered(&mut self, number: usize) -> Result<Uuid> {
        let Some(list) = &self.list else {
            return Err(unknown(format!("there is no list that has a number {number}")));
        };
        let found =
            number.checked_sub(1).and_then(|place| list.cards.get(place)).and_then(|uid| Uuid::try_parse(uid).ok());
        let Some(found) = found else {
            return Err(unknown(format!(
                "the last list has no number {number}: it has {}",
                count(list.cards.len() as u64, "card")
            )));
        };
        self.used_list = true;
        let is_there = self.reader.card_by_uid(found)?.is_some() || self.reader.question_by_uid(found)?.is_some();
        if is_there { Ok(found) } else { Err(unknown(format!("number {number} of the last list is gone"))) }
    }

    /// The only card or draft whose identity begins so; `None` if none does.
    fn by_prefix(&self, name: &str) -> Result<Option<Uuid>> {
        let digits: String = name.chars().filter(|char| *char != '-').collect();
        let is_one = (SHORTEST_ID..32).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_one {
            return Ok(None);
        }
        let end = |fill: &str| Uuid::try_parse(&format!("{digits}{}", fill.repeat(32 - digits.len())));
        let (Ok(first), Ok(last)) = (end("0"), end("f")) else { return Ok(None) };
        match self.reader.found_between(first, last, CANDIDATES + 1)?[..] {
            [] => Ok(None),
            [only] => Ok(Some(only)),
            ref several => {
                let cards: Vec<NamedCard> = several.iter().map(|uid| self.card(*uid)).collect::<Result<_>>()?;
                Err(ambiguous(format!("several cards begin with `{name}`"), &cards))
            }
        }
    }

    /// The only card or draft whose stem has all these words; if several have, the one that says nothing else.
    fn by_words(&self, name: &str) -> Result<Uuid> {
        let Some(mut terms) = stem_query(name) else {
            return Err(unknown(format!("no card is called `{name}`")));
        };
        let is_deleted = SearchTerm { condition: SearchCondition::Deleted, not: false };
        if self.deleted {
            terms.push(is_deleted.clone());
        }
        let found = self.reader.found(&terms, CANDIDATES + 1)?;
        let exact: Vec<&FoundRow> = found.iter().filter(|row| says_the_same(&row.stem, name)).collect();
        match (&found[..], &exact[..]) {
            ([], _) if self.deleted => Err(Error::person(format!("no deleted card asks `{name}`"))
                .named("no-such-card")
                .hint("`retain card list --deleted` shows what was deleted")),
            ([], _) => {
                terms.push(is_deleted);
                let gone = self.reader.found(&terms, 1)?;
                Err(match gone.first() {
                    Some(row) => Error::person(format!("the card that asks `{name}` was deleted"))
                        .named("no-such-card")
                        .hint(format!("`retain card restore {}` brings it back", short_id(uid_of(row)))),
                    None => unknown(format!("no card asks `{name}`")),
                })
            }
            ([row], _) => Ok(uid_of(row)),
            (_, [row]) => Ok(uid_of(row)),
            _ => {
                let cards: Vec<NamedCard> =
                    found.iter().map(|row| NamedCard { uid: uid_of(row), stem: row.stem.clone() }).collect();
                let many = if cards.len() > CANDIDATES {
                    "more than 5 cards".into()
                } else {
                    count(cards.len() as u64, "card")
                };
                Err(ambiguous(format!("{many} ask `{name}`"), &cards))
            }
        }
    }
}

fn uid_of(row: &FoundRow) -> Uuid {
    row.card.map_or(row.question_uid, |(_, uid)| uid)
}

fn says_the_same(stem: &str, name: &str) -> bool {
    let letters = |text: &str| folded_name(text).chars().filter(|char| char.is_alphanumeric()).collect::<String>();
    letters(stem) == letters(name)
}

fn unknown(message: String) -> Error {
    Error::person(message).named("no-such-card").hint(
        "name a card by the first letters of its id, a number of the last list, or words of its question; \
         `retain search WORDS` and `retain card list` show cards",
    )
}

fn ambiguous(message: String, cards: &[NamedCard]) -> Error {
    let mut error =
        Error::person(message).named("ambiguous-card").hint("name one of them by its id or more of its words:");
    for card in cards.iter().take(CANDIDATES) {
        error = error.hint(format!("{}  {}", short_id(card.uid), card.stem.lines().next().unwrap_or_default()));
    }
    if cards.len() > CANDIDATES { error.hint("… and more") } else { error }
}
