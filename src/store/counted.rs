//! Answers as statistics count them: a million of them in memory at once, decoded on all cores.

use rusqlite::Connection;

use super::log_row::log_id;
use super::log_scan::{self, Span};
use super::{Reader, fault};
use crate::error::Result;
use crate::model::{CardId, Confidence, Due, Guess, LogId, Moment, Move, Rating, Review, ReviewKind, StudyDay};

/// What of an answer is a small number, in one: rating, kind, confidence, whether it was right, practice, and promised a moment.
/// In brackets, for SQLite takes `|` and `<<` from left to right.
const SMALL: &str =
    "rating | (kind << 3) | (confidence << 6) | (right << 8) | (practice << 9) | ((due_day is null) << 10)";

/// An answer that was not taken back, without order, device and typing, and of its due date only whether it is a day.
#[derive(Clone, Debug, PartialEq)]
pub struct CountedAnswer {
    /// Its identity.
    pub id: LogId,
    /// The card.
    pub card: CardId,
    at: Moment,
    day: StudyDay,
    took_ms: u32,
    guess: Guess,
    small: u16,
    picked: Picks,
}

/// The choices picked, mostly one or few.
#[derive(Clone, Debug, PartialEq)]
enum Picks {
    Few(u8, [u8; 7]),
    Many(Box<[u8]>),
}

impl Picks {
    fn of(numbers: &[u8]) -> Self {
        let mut few = [0; 7];
        match (u8::try_from(numbers.len()), few.get_mut(..numbers.len())) {
            (Ok(count), Some(room)) => {
                room.copy_from_slice(numbers);
                Self::Few(count, few)
            }
            _ => Self::Many(numbers.into()),
        }
    }

    fn numbers(&self) -> &[u8] {
        match self {
            Self::Few(count, numbers) => &numbers[..usize::from(*count)],
            Self::Many(numbers) => numbers,
        }
    }
}

impl CountedAnswer {
    /// As an answer of the log. What it does not know is empty, and its due date stands for one of its kind.
    ///
    /// # Errors
    /// When the row holds nonsense.
    pub fn review(&self) -> Result<Review> {
        let mut review = Review {
            id: self.id,
            card: self.card,
            at: self.at,
            day: self.day,
            rating: Rating::Again,
            kind: ReviewKind::New,
            confidence: Confidence::Model,
            right: false,
            overruled: false,
            typed: None,
            picked: Vec::new(),
            shown: Vec::new(),
            order_seed: 0,
            guess: self.guess,
            took_ms: self.took_ms,
            device: String::new(),
            due: Due::Day(self.day),
            practice: false,
        };
        self.put(&mut review)?;
        Ok(review)
    }

    /// The same into an answer that was made by [`Self::review`], for there is no time to make a million.
    ///
    /// # Errors
    /// When the row holds nonsense.
    pub fn put(&self, review: &mut Review) -> Result<()> {
        let part = |shift: u16, bits: u16| ((self.small >> shift) & ((1 << bits) - 1)) as u8;
        review.id = self.id;
        review.card = self.card;
        review.at = self.at;
        review.day = self.day;
        review.rating = Rating::from_number(part(0, 3)).ok_or_else(|| fault::nonsense("a rating"))?;
        review.kind = ReviewKind::from_number(part(3, 3)).ok_or_else(|| fault::nonsense("a kind of answer"))?;
        review.confidence = Confidence::from_number(part(6, 2)).ok_or_else(|| fault::nonsense("a confidence"))?;
        review.right = part(8, 1) == 1;
        review.practice = part(9, 1) == 1;
        review.due = if part(10, 1) == 1 { Due::At(self.at.utc_ms) } else { Due::Day(self.day) };
        review.guess = self.guess;
        review.took_ms = self.took_ms;
        review.picked.clear();
        review.picked.extend_from_slice(self.picked.numbers());
        Ok(())
    }
}

/// The log as statistics count it.
#[derive(Clone, Debug, Default)]
pub struct CountedLog {
    /// The answers that were not taken back, in the order of the log, in pieces.
    pub pieces: Vec<Vec<CountedAnswer>>,
    /// Changes without an answer, in the order of the log.
    pub moves: Vec<Move>,
}

impl Reader<'_> {
    /// The whole log, while something else is done: both need their time, and neither the other.
    ///
    /// # Errors
    /// When the database cannot be read, or `meanwhile` fails.
    pub fn counted_log<T>(&self, meanwhile: impl FnOnce() -> Result<T>) -> Result<(CountedLog, T)> {
        let (pieces, (moves, done)) = log_scan::pieces_while(
            self,
            |connection, span, undone| decode(connection, span, undone),
            || Ok((self.moves("", [])?, meanwhile()?)),
        )?;
        Ok((CountedLog { pieces, moves }, done))
    }
}

/// The answers of a piece of the log, without those that were taken back (in the order of their identities).
pub(super) fn decode(connection: &Connection, span: &Span, undone: &[LogId]) -> Result<Vec<CountedAnswer>> {
    let get = |error| fault::of(error);
    let mut undone = undone[undone.partition_point(|id| id < span.start())..].iter().peekable();
    let sql = format!(
        "select id, card, at_ms, day, offset_minutes, guess_ways, took_ms, {SMALL}, picked
         from review where id between ? and ? order by id"
    );
    let mut statement = connection.prepare_cached(&sql).map_err(get)?;
    let mut rows = statement.query([span.start().0.as_bytes(), span.end().0.as_bytes()]).map_err(get)?;
    let mut answers = Vec::new();
    while let Some(row) = rows.next().map_err(get)? {
        let id = log_id(row, 0).map_err(get)?;
        while undone.next_if(|taken_back| **taken_back < id).is_some() {}
        if undone.peek() == Some(&&id) {
            continue;
        }
        answers.push(CountedAnswer {
            id,
            card: CardId(row.get(1).map_err(get)?),
            at: Moment { utc_ms: row.get(2).map_err(get)?, offset_minutes: row.get(4).map_err(get)? },
            day: StudyDay(row.get(3).map_err(get)?),
            took_ms: row.get(6).map_err(get)?,
            guess: Guess::from_ways(row.get(5).map_err(get)?),
            small: row.get(7).map_err(get)?,
            picked: Picks::of(row.get_ref(8).and_then(|value| Ok(value.as_blob()?)).map_err(get)?),
        });
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn picks_are_kept_few_or_many() {
        for count in [0, 1, 7, 8, 200] {
            let numbers: Vec<u8> = (0..count).collect();
            assert_eq!(Picks::of(&numbers).numbers(), numbers);
        }
    }
}
