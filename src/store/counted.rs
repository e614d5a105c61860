//! Answers as statistics count them: a million of them in memory at once, decoded on all cores.

use std::collections::HashMap;

use rusqlite::Connection;
use uuid::Uuid;

use super::log_row::log_id;
use super::log_scan::{self, Span};
use super::{Reader, fault};
use crate::error::Result;
use crate::model::{
    CardId, Confidence, Due, Guess, LogId, MATURE_DAYS, Moment, Move, Rating, Review, ReviewKind, StudyDay,
};

/// What of an answer is a small number, in two, for to ask for a number takes as long as to compute some: rating, kind, confidence,
/// whether it was right, practice, whether a moment was promised, whether an interval that makes a card mature was,
/// how sure the person was, the offset (from 2^12 below), and the ways to guess; the day, and the
/// time taken. In brackets, for SQLite takes `|` and `<<` from left to right.
const SMALL: &str =
    "rating | (kind << 3) | (confidence << 6) | (right << 8) | (practice << 9) | ((due_day is null) << 10)
    | (ifnull(due_day - day >= 21, 0) << 11) | (ifnull(sure + 1, 0) << 12) | ((offset_minutes + 4096) << 16) | (guess_ways << 30), (day & 4294967295) | (took_ms << 32)";
const OFFSET: i64 = 4_096;

/// An answer that was not taken back, without order, device and typing, and of its due date only whether it is a day, and 21
/// days ahead or more. It is small, for a
/// million of them are at hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CountedAnswer {
    at_ms: i64,
    card: u32,
    day: StudyDay,
    took_ms: u32,
    guess: Guess,
    offset_minutes: i16,
    small: u16,
    /// The choices picked, where they are few enough.
    picked: [u8; FEW],
    /// How many there are; more than [`FEW`] where they are many, and elsewhere.
    picks: u8,
}

/// So many picks have a place in an answer.
const FEW: usize = 7;
const MANY: u8 = u8::MAX;

impl CountedAnswer {
    /// The card.
    pub fn card(&self) -> CardId {
        CardId(self.card.into())
    }

    /// Puts it into an answer of the log, for there is no time to make a million: what it does not know becomes empty, and its due
    /// date stands for one of its kind. `many` are the choices picked, where there are so many that they are kept elsewhere.
    ///
    /// # Errors
    /// When the row holds nonsense.
    pub fn put(&self, many: Option<&[u8]>, review: &mut Review) -> Result<()> {
        let part = |shift: u16, bits: u16| ((self.small >> shift) & ((1 << bits) - 1)) as u8;
        review.card = self.card();
        review.at = Moment { utc_ms: self.at_ms, offset_minutes: self.offset_minutes.into() };
        review.day = self.day;
        review.rating = Rating::from_number(part(0, 3)).ok_or_else(|| fault::nonsense("a rating"))?;
        review.kind = ReviewKind::from_number(part(3, 3)).ok_or_else(|| fault::nonsense("a kind of answer"))?;
        review.confidence = Confidence::from_number(part(6, 2)).ok_or_else(|| fault::nonsense("a confidence"))?;
        review.right = part(8, 1) == 1;
        review.practice = part(9, 1) == 1;
        let ahead = if part(11, 1) == 1 { MATURE_DAYS } else { 0 };
        review.due = if part(10, 1) == 1 { Due::At(self.at_ms) } else { Due::Day(self.day.plus(ahead)) };
        review.sure = part(12, 2).checked_sub(1).map(|sure| sure == 1);
        review.guess = self.guess;
        review.took_ms = self.took_ms;
        review.picked.clear();
        let few = self.picked.get(..usize::from(self.picks));
        review.picked.extend_from_slice(few.or(many).unwrap_or_default());
        Ok(())
    }

    /// Whether the choices picked are kept elsewhere.
    pub fn has_many_picks(&self) -> bool {
        self.picks == MANY
    }
}

/// An answer to be filled by [`CountedAnswer::put`].
pub fn empty_answer() -> Review {
    Review {
        id: LogId(Uuid::nil()),
        card: CardId(0),
        at: Moment { utc_ms: 0, offset_minutes: 0 },
        day: StudyDay(0),
        rating: Rating::Again,
        kind: ReviewKind::New,
        confidence: Confidence::Model,
        right: false,
        overruled: false,
        sure: None,
        typed: None,
        picked: Vec::new(),
        shown: Vec::new(),
        order_seed: 0,
        guess: Guess::NONE,
        took_ms: 0,
        device: String::new(),
        due: Due::Day(StudyDay(0)),
        practice: false,
    }
}

/// A piece of the log, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CountedPiece {
    /// The answers.
    pub answers: Vec<CountedAnswer>,
    /// Their identities.
    pub ids: Vec<LogId>,
    /// The choices picked of those that picked many, by their place.
    pub many: HashMap<usize, Vec<u8>>,
}

/// The log as statistics count it.
#[derive(Clone, Debug, Default)]
pub struct CountedLog {
    /// The answers that were not taken back, in the order of the log.
    pub pieces: Vec<CountedPiece>,
    /// Changes without an answer, in the order of the log.
    pub moves: Vec<Move>,
}

impl Reader<'_> {
    /// The whole log, while something else is done: both need their time, and neither the other.
    ///
    /// # Errors
    /// When the database cannot be read, or `meanwhile` fails.
    pub fn counted_log<T>(&self, meanwhile: impl FnOnce() -> Result<T>) -> Result<(CountedLog, T)> {
        let (pieces, (moves, done)) = log_scan::pieces_while(self, decode, || Ok((self.moves("", [])?, meanwhile()?)))?;
        Ok((CountedLog::new(pieces, moves), done))
    }
}

/// The answers of a piece of the log, without those that were taken back (in the order of their identities).
pub(super) fn decode(connection: &Connection, span: &Span, undone: &[LogId]) -> Result<CountedPiece> {
    let get = |error| fault::of(error);
    let mut undone = undone[undone.partition_point(|id| id < span.start())..].iter().peekable();
    let sql = format!(
        "select id, card, at_ms, {SMALL}, picked
         from review where id between ? and ? order by id"
    );
    let mut statement = connection.prepare_cached(&sql).map_err(get)?;
    let mut rows = statement.query([span.start().0.as_bytes(), span.end().0.as_bytes()]).map_err(get)?;
    let mut piece = CountedPiece::default();
    while let Some(row) = rows.next().map_err(get)? {
        let id = log_id(row, 0).map_err(get)?;
        while undone.next_if(|taken_back| **taken_back < id).is_some() {}
        if undone.peek() == Some(&&id) {
            continue;
        }
        let numbers = row.get_ref(5).and_then(|value| Ok(value.as_blob()?)).map_err(get)?;
        let mut picked = [0; FEW];
        let picks = match picked.get_mut(..numbers.len()) {
            Some(room) => {
                room.copy_from_slice(numbers);
                u8::try_from(numbers.len()).unwrap_or(MANY)
            }
            None => {
                piece.many.insert(piece.answers.len(), numbers.to_vec());
                MANY
            }
        };
        let (small, times): (i64, i64) = (row.get(3).map_err(get)?, row.get(4).map_err(get)?);
        piece.ids.push(id);
        piece.answers.push(CountedAnswer {
            at_ms: row.get(2).map_err(get)?,
            card: row.get(1).map_err(get)?,
            day: StudyDay(times as i32),
            took_ms: (times >> 32) as u32,
            guess: Guess::from_ways((small >> 30) as u32),
            offset_minutes: (((small >> 16) & 0x3fff) - OFFSET) as i16,
            small: small as u16,
            picked,
            picks,
        });
    }
    Ok(piece)
}

impl CountedLog {
    /// Of these pieces, which are in the order of the log.
    pub(super) fn new(mut pieces: Vec<CountedPiece>, moves: Vec<Move>) -> Self {
        // Places are found by the last identity of each piece.
        pieces.retain(|piece| !piece.answers.is_empty());
        Self { pieces, moves }
    }

    /// The choices picked of an answer, where they are many, by its place in the log.
    pub fn many_picks(&self, mut place: usize) -> Option<&[u8]> {
        for piece in &self.pieces {
            if place < piece.answers.len() {
                return piece.many.get(&place).map(Vec::as_slice);
            }
            place -= piece.answers.len();
        }
        None
    }

    /// How many answers came before a moment of the log.
    pub fn place_of(&self, id: LogId) -> usize {
        let whole = self.pieces.partition_point(|piece| piece.ids.last().is_some_and(|last| *last < id));
        let before: usize = self.pieces[..whole].iter().map(|piece| piece.ids.len()).sum();
        before + self.pieces.get(whole).map_or(0, |piece| piece.ids.partition_point(|other| *other < id))
    }
}
