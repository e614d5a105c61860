//! Answers as statistics count them: a million of them in memory at once, decoded on all cores.

use std::collections::HashMap;

use rusqlite::Connection;

use super::Reader;
use super::fault::nonsense;
use super::log_scan::{self, LogSpan};
use super::query::Query;
use crate::error::Result;
use crate::model::{
    CardId, Confidence, Due, Guess, LogId, MATURE_DAYS, Moment, Move, Rating, Review, ReviewKind, StudyDay,
};

/// The small fields of an answer, packed in two integers, because each column read costs as much as packing several.
///
/// The first holds rating, kind, confidence, right, practice, whether it is due at a moment, whether its interval makes the card
/// mature, how sure the person was, the offset plus 4096, and the ways to guess. The second holds the day and the time taken. The
/// brackets are needed: in SQLite `|` and `<<` have the same precedence.
const PACKED: &str =
    "rating | (kind << 3) | (confidence << 6) | (right << 8) | (practice << 9) | ((due_day is null) << 10)
    | (ifnull(due_day - day >= 21, 0) << 11) | (ifnull(sure + 1, 0) << 12) | ((offset_minutes + 4096) << 16) | (guess_ways << 30), (day & 4294967295) | (took_ms << 32)";
const OFFSET: i64 = 4_096;

/// Which columns of an answer are decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogColumns {
    /// What figures count. Of the due date only its interval class is known: a moment, a day, or a day at least 21 days ahead.
    Figures,
    /// Also what the memory of a card keeps: the identity of the answer, and the due date that was promised.
    Memory,
}

/// An answer that was not taken back, small because a million of them are in memory at once. Order, device and typing are left out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CountedAnswer {
    at_ms: i64,
    card: u32,
    day: StudyDay,
    took_ms: u32,
    guess: Guess,
    offset_minutes: i16,
    packed: u16,
    /// The choices picked, if they are few enough.
    picked: [u8; FEW_PICKS],
    /// How many they are, or [`MANY_PICKS`] if they are kept elsewhere.
    picks: u8,
}

/// An answer has room for this many picks.
const FEW_PICKS: usize = 7;
const MANY_PICKS: u8 = u8::MAX;

impl CountedAnswer {
    /// The card that was answered.
    pub fn card(&self) -> CardId {
        CardId(self.card.into())
    }

    /// Overwrites `review` with this answer. Fields that were not decoded become empty, and without `due` (a day or a moment) the due date is
    /// one of the same interval class. `many` are the choices picked if they are kept elsewhere.
    fn unpack(&self, due: Option<i64>, many: Option<&[u8]>, review: &mut Review) -> Result<()> {
        let part = |shift: u16, bits: u16| ((self.packed >> shift) & ((1 << bits) - 1)) as u8;
        review.card = self.card();
        review.at = Moment { utc_ms: self.at_ms, offset_minutes: self.offset_minutes.into() };
        review.day = self.day;
        review.rating = Rating::from_number(part(0, 3)).ok_or_else(|| nonsense("a rating"))?;
        review.kind = ReviewKind::from_number(part(3, 3)).ok_or_else(|| nonsense("a kind of answer"))?;
        review.confidence = Confidence::from_number(part(6, 2)).ok_or_else(|| nonsense("a confidence"))?;
        review.right = part(8, 1) == 1;
        review.practice = part(9, 1) == 1;
        let ahead = if part(11, 1) == 1 { MATURE_DAYS } else { 0 };
        review.due = match (part(10, 1) == 1, due) {
            (true, due) => Due::At(due.map_or(self.at_ms, |due| Moment::within_calendar(due, 0).utc_ms)),
            (false, Some(day)) => Due::Day(StudyDay::within_calendar(day)),
            (false, None) => Due::Day(self.day.plus(ahead)),
        };
        review.sure = part(12, 2).checked_sub(1).map(|sure| sure == 1);
        review.guess = self.guess;
        review.took_ms = self.took_ms;
        review.picked.clear();
        let few = self.picked.get(..usize::from(self.picks));
        review.picked.extend_from_slice(few.or(many).unwrap_or_default());
        Ok(())
    }
}

/// A piece of the log, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct CountedPiece {
    answers: Vec<CountedAnswer>,
    ids: Vec<LogId>,
    /// Empty if the due dates were not decoded.
    dues: Vec<i64>,
    /// The choices picked of answers with many of them, by the place of the answer.
    many: HashMap<usize, Vec<u8>>,
}

/// The log as statistics count it.
#[derive(Clone, Debug, Default)]
pub struct CountedLog {
    /// The answers that were not taken back, in the order of the log.
    pub answers: Vec<CountedAnswer>,
    /// Changes without an answer, in the order of the log, each with how many answers come before it.
    pub moves: Vec<(u32, Move)>,
    /// Identities and due dates of the answers; empty if they were not decoded.
    ids: Vec<LogId>,
    dues: Vec<i64>,
    many: HashMap<usize, Vec<u8>>,
    /// The identities of the last answers.
    tail: Vec<LogId>,
}

/// Of this many answers at least it is known whether they come after an entry.
const TAIL: usize = 25_000;

impl Reader<'_> {
    /// The whole log, and the result of `meanwhile`, which runs at the same time.
    pub fn counted_log<T>(
        &self,
        columns: LogColumns,
        meanwhile: impl FnOnce() -> Result<T>,
    ) -> Result<(CountedLog, T)> {
        let decode =
            |connection: &Connection, span: &LogSpan, undone: &[LogId]| decode(connection, columns, span, undone);
        let (pieces, (moves, done)) =
            log_scan::pieces_while(self, decode, || Ok((self.moves("live_move", [])?, meanwhile()?)))?;
        Ok((CountedLog::new(columns, pieces, moves), done))
    }
}

/// The answers of a piece of the log, without those in `undone`, which is sorted.
pub(super) fn decode(
    connection: &Connection,
    columns: LogColumns,
    span: &LogSpan,
    undone: &[LogId],
) -> Result<CountedPiece> {
    let mut undone = undone[undone.partition_point(|id| id < span.start())..].iter().peekable();
    let due = if columns == LogColumns::Memory { "ifnull(due_day, due_ms)" } else { "null" };
    let sql =
        format!("select id, card, at_ms, {PACKED}, picked, {due} from review where id between ? and ? order by id");
    let mut piece = CountedPiece::default();
    connection.each(&sql, [span.start(), span.end()], |row| {
        let id = row.get(0)?;
        while undone.next_if(|taken_back| **taken_back < id).is_some() {}
        if undone.peek() == Some(&&id) {
            return Ok(());
        }
        let numbers = row.get_ref(5)?.as_blob().map_err(rusqlite::Error::from)?;
        let mut picked = [0; FEW_PICKS];
        let picks = match picked.get_mut(..numbers.len()) {
            Some(room) => {
                room.copy_from_slice(numbers);
                u8::try_from(numbers.len()).unwrap_or(MANY_PICKS)
            }
            None => {
                piece.many.insert(piece.answers.len(), numbers.to_vec());
                MANY_PICKS
            }
        };
        let (packed, times): (i64, i64) = (row.get(3)?, row.get(4)?);
        let at = Moment::within_calendar(row.get(2)?, ((packed >> 16) & 0x3fff) - OFFSET);
        piece.ids.push(id);
        piece.dues.extend(row.get::<_, Option<i64>>(6)?);
        piece.answers.push(CountedAnswer {
            at_ms: at.utc_ms,
            card: row.get(1)?,
            day: StudyDay::within_calendar(i64::from(times as i32)),
            took_ms: (times >> 32) as u32,
            guess: Guess::from_ways((packed >> 30) as u32),
            offset_minutes: at.offset_minutes as i16,
            packed: packed as u16,
            picked,
            picks,
        });
        Ok(())
    })?;
    Ok(piece)
}

impl CountedLog {
    /// The log of these pieces, which are in its order.
    pub(super) fn new(columns: LogColumns, pieces: Vec<CountedPiece>, moves: Vec<Move>) -> Self {
        let count = pieces.iter().map(|piece| piece.answers.len()).sum();
        let mut log = Self { answers: Vec::with_capacity(count), ..Self::default() };
        let mut moves = moves.into_iter().peekable();
        for mut piece in pieces {
            let before = log.answers.len();
            while let Some(change) = moves.next_if(|change| piece.ids.last().is_some_and(|last| change.id < *last)) {
                let place = before + piece.ids.partition_point(|id| *id < change.id);
                log.moves.push((place_number(place), change));
            }
            log.many.extend(piece.many.into_iter().map(|(place, picked)| (before + place, picked)));
            log.answers.append(&mut piece.answers);
            log.tail.extend(&piece.ids);
            log.tail.drain(..log.tail.len().saturating_sub(TAIL));
            log.dues.append(&mut piece.dues);
            if columns == LogColumns::Memory {
                log.ids.append(&mut piece.ids);
            }
        }
        log.moves.extend(moves.map(|change| (place_number(count), change)));
        log
    }

    /// How many answers come up to and with this identity; `None` if more come after it than are known.
    pub fn answers_through(&self, last: LogId) -> Option<usize> {
        let before = self.tail.partition_point(|id| *id <= last);
        (before > 0 || self.tail.len() == self.answers.len()).then(|| self.answers.len() - (self.tail.len() - before))
    }

    /// Overwrites `review` with the answer in this place: reusing one is much faster than making a million. Fields that were not decoded
    /// become empty, and a due date that was not decoded is one of the same interval class.
    pub fn unpack(&self, place: usize, review: &mut Review) -> Result<()> {
        let answer = &self.answers[place];
        review.id = self.ids.get(place).copied().unwrap_or(Review::EMPTY.id);
        let many = if answer.picks == MANY_PICKS { self.many.get(&place).map(Vec::as_slice) } else { None };
        answer.unpack(self.dues.get(place).copied(), many, review)
    }
}

/// A place as it is kept: no log has as many answers as would not fit.
fn place_number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
