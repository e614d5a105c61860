//! Answers with what the models say of them, as bytes: blocks that are checked before they are used.

use super::word::{ToldRecall, WalkedWord};
use crate::model::{CardId, Confidence, Guess, Moment, Rating, Review, ReviewKind, StudyDay};

/// A block is full with this many bytes.
pub(super) const FULL_BLOCK: usize = 1 << 18;
/// No block is longer: an answer picks 255 choices at most, twice.
pub(super) const LONGEST_BLOCK: usize = FULL_BLOCK + 4_096;

const HAS_RECALL: u8 = 1;
const LAPSE: u8 = 1 << 1;
const MATURE: u8 = 1 << 2;
const TOLD: u8 = 1 << 3;
/// All predictions are the believed recall, because the parameters are the published ones.
const TOLD_AS_RECALL: u8 = 1 << 4;
const SAME_DAY: u8 = 1 << 5;

/// A block that is being filled.
#[derive(Debug, Default)]
pub(super) struct BlockWriter {
    pub(super) bytes: Vec<u8>,
    day: i32,
}

impl BlockWriter {
    pub(super) fn is_full(&self) -> bool {
        self.bytes.len() >= FULL_BLOCK
    }

    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.day = 0;
    }

    /// Appends an answer. `None` if it is of a kind that has no place here: such a log is not kept.
    pub(super) fn add(&mut self, review: &Review, word: &WalkedWord) -> Option<()> {
        let as_recall = word.told.zip(word.recall).is_some_and(|(told, recall)| {
            let recall = (recall as f32).to_bits();
            told.in_use.to_bits() == recall && told.published.to_bits() == recall
        });
        let flag = |is: bool, flag: u8| if is { flag } else { 0 };
        self.bytes.push(
            flag(word.recall.is_some(), HAS_RECALL)
                | flag(word.lapse, LAPSE)
                | flag(word.mature, MATURE)
                | flag(word.told.is_some(), TOLD)
                | flag(as_recall, TOLD_AS_RECALL)
                | flag(review.day.0 == self.day, SAME_DAY),
        );
        self.number(u32::try_from(review.card.0).ok()?);
        if review.day.0 != self.day {
            self.bytes.extend(review.day.0.to_le_bytes());
            self.day = review.day.0;
        }
        let packed = u16::from(review.rating.number())
            | (review.kind as u16) << 3
            | (review.confidence as u16) << 6
            | u16::from(review.right) << 8
            | u16::from(review.practice) << 9
            | review.sure.map_or(0, |sure| u16::from(sure) + 1) << 10;
        self.bytes.extend(packed.to_le_bytes());
        self.bytes.push(review.at.hour());
        self.number(review.took_ms);
        self.number(review.guess.ways());
        self.bytes.push(u8::try_from(review.picked.len()).ok()?);
        self.bytes.extend(&review.picked);
        if let Some(recall) = word.recall {
            self.bytes.extend(recall.to_bits().to_le_bytes());
        }
        if let Some(told) = word.told {
            self.bytes.extend(told.alike.to_le_bytes());
            if !as_recall {
                self.bytes.extend(told.in_use.to_bits().to_le_bytes());
                self.bytes.extend(told.published.to_bits().to_le_bytes());
            }
        }
        Some(())
    }

    /// Seven bits a byte, the low ones first: most numbers are small.
    fn number(&mut self, number: u32) {
        let mut rest = number;
        while rest >= 0x80 {
            self.bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        self.bytes.push(rest as u8);
    }
}

/// A block that is read again.
#[derive(Debug)]
pub(super) struct BlockReader<'b> {
    rest: &'b [u8],
    day: i32,
}

impl<'b> BlockReader<'b> {
    pub(super) fn new(block: &'b [u8]) -> Self {
        Self { rest: block, day: 0 }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next answer. Only what is counted is put into `review`: of its moment the hour, and nothing of its due date. `None` if these are no bytes of
    /// [`BlockWriter`].
    pub(super) fn next(&mut self, review: &mut Review) -> Option<WalkedWord> {
        let [flags] = self.bytes()?;
        let has = |flag: u8| flags & flag != 0;
        review.card = CardId(self.number()?.into());
        if !has(SAME_DAY) {
            self.day = i32::from_le_bytes(self.bytes()?);
        }
        review.day = StudyDay(self.day);
        let packed = u16::from_le_bytes(self.bytes()?);
        let part = |shift: u16, bits: u16| ((packed >> shift) & ((1 << bits) - 1)) as u8;
        review.rating = Rating::from_number(part(0, 3))?;
        review.kind = ReviewKind::from_number(part(3, 3))?;
        review.confidence = Confidence::from_number(part(6, 2))?;
        review.right = part(8, 1) == 1;
        review.practice = part(9, 1) == 1;
        review.sure = part(10, 2).checked_sub(1).map(|sure| sure == 1);
        let [hour] = self.bytes()?;
        review.at = Moment { utc_ms: i64::from(hour) * 3_600_000, offset_minutes: 0 };
        review.took_ms = self.number()?;
        review.guess = Guess::from_ways(self.number()?);
        let [picks] = self.bytes()?;
        let (picked, rest) = self.rest.split_at_checked(picks.into())?;
        self.rest = rest;
        review.picked.clear();
        review.picked.extend_from_slice(picked);
        let recall = if has(HAS_RECALL) { Some(f64::from_bits(u64::from_le_bytes(self.bytes()?))) } else { None };
        let told = if has(TOLD) { Some(self.told(recall.filter(|_| has(TOLD_AS_RECALL)))?) } else { None };
        Some(WalkedWord { recall, lapse: has(LAPSE), mature: has(MATURE), told })
    }

    fn told(&mut self, as_recall: Option<f64>) -> Option<ToldRecall> {
        let alike = u16::from_le_bytes(self.bytes()?);
        if let Some(recall) = as_recall {
            return Some(ToldRecall { in_use: recall as f32, published: recall as f32, alike });
        }
        let mut share = || Some(f32::from_bits(u32::from_le_bytes(self.bytes()?)));
        Some(ToldRecall { in_use: share()?, published: share()?, alike })
    }

    fn bytes<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (first, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(*first)
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = 0_u32;
        for shift in [0, 7, 14, 21, 28] {
            let [byte] = self.bytes()?;
            number |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

/// A number that differs if the bytes do: against a disk that lies and writes that were cut off, not against people.
pub(super) fn digest(bytes: &[u8]) -> u64 {
    let mix = |sum: u64, part: u64| (sum ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let (parts, rest) = bytes.as_chunks::<8>();
    let sum = parts.iter().fold(bytes.len() as u64, |sum, part| mix(sum, u64::from_le_bytes(*part)));
    let sum = rest.iter().fold(sum, |sum, byte| mix(sum, u64::from(*byte)));
    sum ^ (sum >> 32)
}
