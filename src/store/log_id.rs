//! Identities of log entries: UUIDv7 (RFC 9562) that strictly increase, also within a millisecond, across processes, and if
//! the clock goes back.

use rusqlite::Connection;
use uuid::Uuid;

use super::query::Query;
use crate::error::{Error, Result};
use crate::model::{LATEST_MS, LogId};

/// The tables whose entries have such identities.
pub(super) const TABLES: [&str; 4] = ["review", "undo", "move", "deed"];
/// 12 bits of `rand_a` and 62 of `rand_b`: what a UUIDv7 holds besides the time, the version and the variant.
const TAIL_BITS: u32 = 74;
const TAIL: u128 = (1 << TAIL_BITS) - 1;
/// Leaps are shorter than this.
const LEAP: u128 = 1 << 40;
const TIME: u128 = (1 << 48) - 1;
const VERSION_7: u128 = 0x7 << 76;
const VARIANT: u128 = 0b10 << 62;

/// Makes identities after the last one in the log. It lives in a writing transaction, so nobody else makes one meanwhile.
#[derive(Debug)]
pub(super) struct LogIdMint {
    last: Option<u128>,
    entropy: u128,
    /// Whether this writer has an identity of its own already.
    begun: bool,
}

impl LogIdMint {
    pub(super) fn after_last(connection: &Connection, entropy: u128) -> Result<Self> {
        let mut last = None;
        for table in TABLES {
            let sql = format!("select max(id) from {table}");
            last = last.max(connection.value::<Option<LogId>>(&sql, [])?.map(|id| split(id.0.as_u128())));
        }
        if last.is_some_and(|last| LogId(join(last)) >= end()) {
            return Err(Error::inconsistent("an entry of the log has an identity that no time gives"));
        }
        Ok(Self { last, entropy, begun: false })
    }

    /// The next identity at this time.
    pub(super) fn next(&mut self, now_ms: i64) -> LogId {
        let time = (u128::try_from(now_ms).unwrap_or(0) & TIME) << TAIL_BITS;
        // The first identity of a millisecond leaves half of the tail free, so that there is room to count up.
        let fresh = time | (self.scramble(now_ms) & (TAIL >> 1));
        let next = match self.last {
            // The clock is behind. Copies of the database have the same last entry, and what each adds must differ: so the first leaps.
            Some(last) if last >> TAIL_BITS > time >> TAIL_BITS && !self.begun => last + 1 + self.leap(last),
            Some(last) if last >= fresh => last + 1,
            _ => fresh,
        };
        self.last = Some(next);
        self.begun = true;
        LogId(join(next))
    }

    /// The log has this entry, too: the next identity comes after it.
    pub(super) fn pass(&mut self, id: LogId) {
        self.last = self.last.max(Some(split(id.0.as_u128())));
    }

    /// The last identity, made here or found in the log.
    pub(super) fn last(&self) -> Option<LogId> {
        self.last.map(|last| LogId(join(last)))
    }

    /// How far a writer leaps past an entry that is ahead of the clock. Half of the tail has room for 2^33 leaps.
    fn leap(&self, last: u128) -> u128 {
        Uuid::new_v5(&Uuid::from_u128(self.entropy), &last.to_le_bytes()).as_u128() & (LEAP - 1)
    }

    fn scramble(&self, now_ms: i64) -> u128 {
        Uuid::new_v5(&Uuid::from_u128(self.entropy), &now_ms.to_le_bytes()).as_u128()
    }
}

/// The identity of an answer that comes from elsewhere: the same for the same answer, however often it is imported.
pub(super) fn derived(card: Uuid, at_ms: i64, rating: u8, repeat: u32) -> LogId {
    let mut name = at_ms.to_le_bytes().to_vec();
    name.push(rating);
    name.extend(repeat.to_le_bytes());
    let time = (u128::try_from(at_ms).unwrap_or(0) & TIME) << TAIL_BITS;
    LogId(join(time | (Uuid::new_v5(&card, &name).as_u128() & TAIL)))
}

/// The identity before this one: who made this one while the clock was behind counted up from it.
pub(super) fn before(id: LogId) -> LogId {
    LogId(join(split(id.0.as_u128()).saturating_sub(1)))
}

/// The lowest identity of a moment.
pub(super) fn floor(at_ms: i64) -> LogId {
    LogId(join((u128::try_from(at_ms).unwrap_or(0) & TIME) << TAIL_BITS))
}

/// Identities from this one on are of a time at which nobody answers: bits of them were changed.
pub(super) fn end() -> LogId {
    floor(LATEST_MS)
}

/// Time and tail without version and variant, so that counting carries over.
fn split(id: u128) -> u128 {
    let low = id & ((1 << 62) - 1);
    let high = (id >> 64) & 0xfff;
    ((id >> 80) << TAIL_BITS) | (high << 62) | low
}

fn join(number: u128) -> Uuid {
    let low = number & ((1 << 62) - 1);
    let high = (number >> 62) & 0xfff;
    Uuid::from_u128(((number >> TAIL_BITS) << 80) | VERSION_7 | (high << 64) | VARIANT | low)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_identity_is_a_uuid_of_version_7_with_its_time() {
        let LogId(id) = LogIdMint { last: None, entropy: 5, begun: false }.next(1_795_000_000_123);
        assert_eq!((id.get_version_num(), id.get_variant()), (7, uuid::Variant::RFC4122));
        assert_eq!(id.as_u128() >> 80, 1_795_000_000_123);
    }

    #[test]
    fn copies_whose_clock_is_behind_count_up_apart() {
        let ahead = LogIdMint { last: None, entropy: 1, begun: false }.next(2_000_000_000_000);
        let last = Some(split(ahead.0.as_u128()));
        let [one, other] = [5, 6].map(|entropy| {
            let mut mint = LogIdMint { last, entropy, begun: false };
            [mint.next(1_795_000_000_000), mint.next(1_795_000_000_000)]
        });
        assert!(one.iter().chain(&other).all(|id| *id > ahead && id.utc_ms() == 2_000_000_000_000));
        assert!(!other.iter().any(|id| one.contains(id)));
        assert_eq!(before(one[1]), one[0], "what is written together follows each other");
    }

    proptest! {
        #[test]
        fn identities_strictly_increase_whatever_the_clock_does(times in prop::collection::vec(0_i64..(1 << 48) - 1, 1..50), entropy: u128) {
            let mut mint = LogIdMint { last: None, entropy, begun: false };
            let ids: Vec<LogId> = times.iter().flat_map(|time| [*time, *time]).map(|time| mint.next(time)).collect();
            prop_assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        }

        #[test]
        fn splitting_and_joining_are_inverse(number in 0_u128..1 << 122) {
            prop_assert_eq!(split(join(number).as_u128()), number);
        }
    }
}
