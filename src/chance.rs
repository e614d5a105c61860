//! The door for chance: one named generator (ChaCha8), seeded from what a choice depends on.
//!
//! Nothing is drawn that cannot be drawn again: an order of choices is a function of the card and of how often it was
//! answered, so a session can be replayed. `RETAIN_SEED` is mixed into every seed, for tests and simulations.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use uuid::Uuid;

/// The variable that is mixed into every seed.
pub const SEED_VARIABLE: &str = "RETAIN_SEED";

/// Random numbers that follow from a purpose, an identity and a count.
pub struct Chance(ChaCha8Rng);

impl Chance {
    /// The numbers for this `purpose` (so that two uses of one identity do not agree by accident), identity and count.
    pub fn derived(purpose: &str, identity: Uuid, count: u32, seed: u64) -> Self {
        let mut name = Vec::with_capacity(purpose.len() + 12);
        name.extend_from_slice(purpose.as_bytes());
        name.extend_from_slice(&count.to_le_bytes());
        name.extend_from_slice(&seed.to_le_bytes());
        let low = Uuid::new_v5(&identity, &name);
        let high = Uuid::new_v5(&low, &name);
        let mut key = [0; 32];
        key[..16].copy_from_slice(low.as_bytes());
        key[16..].copy_from_slice(high.as_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    /// A whole number below `bound`, all equally likely. 0 for a bound of 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        if bound == 0 {
            return 0;
        }
        // Numbers above the last whole multiple would favour the small results.
        let fair = u32::MAX - (u32::MAX % bound + 1) % bound;
        loop {
            let drawn = self.0.next_u32();
            if drawn <= fair {
                return drawn % bound;
            }
        }
    }

    /// A number in 0..1, in steps of 2^-24.
    pub fn unit(&mut self) -> f32 {
        (self.0.next_u32() >> 8) as f32 / (1_u32 << 24) as f32
    }

    /// Shuffles in place (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let bound = u32::try_from(last + 1).unwrap_or(u32::MAX);
            items.swap(last, self.below(bound) as usize);
        }
    }
}

/// A random order of numbered things that does not change when some of them are gone: each has a rank of its own.
#[derive(Clone, Copy, Debug)]
pub struct Ranking(u64);

impl Ranking {
    /// The order for this purpose, count (such as the day) and seed.
    pub fn derived(purpose: &str, count: i32, seed: u64) -> Self {
        let mut chance = Chance::derived(purpose, Uuid::NAMESPACE_OID, count.cast_unsigned(), seed);
        Self(u64::from(chance.0.next_u32()) << 32 | u64::from(chance.0.next_u32()))
    }

    /// The rank of the thing with this number (SplitMix64: a permutation, so no two share a rank).
    pub fn rank(self, number: i64) -> u64 {
        let mut bits = number.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(self.0);
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }
}

/// Bits that nobody can foresee, for identities of log entries.
///
/// Under `RETAIN_SEED` they follow from the seed, so that a run can be repeated to the letter.
#[expect(clippy::disallowed_methods, reason = "the door for chance")]
pub fn entropy(seed: Option<u64>) -> u128 {
    if let Some(seed) = seed {
        return Uuid::new_v5(&Uuid::NAMESPACE_OID, &seed.to_le_bytes()).as_u128();
    }
    let mut bytes = [0; 16];
    // Without a random source identities still strictly increase; only their agreement between machines is less certain.
    let _ = getrandom::fill(&mut bytes);
    u128::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same() {
        let draw = |count| {
            let mut items = [0, 1, 2, 3, 4, 5, 6, 7];
            Chance::derived("order", Uuid::NAMESPACE_OID, count, 7).shuffle(&mut items);
            items
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }

    #[test]
    fn places_are_uniform() {
        // Chi-squared over 5 places and 10,000 shuffles: the 0.999 quantile at 4 degrees of freedom is 18.5.
        let mut counts = [0_u32; 5];
        for count in 0..10_000 {
            let mut items = [0, 1, 2, 3, 4];
            Chance::derived("order", Uuid::NAMESPACE_OID, count, 0).shuffle(&mut items);
            counts[items.iter().position(|item| *item == 0).expect("it is there")] += 1;
        }
        let chi: f64 = counts.iter().map(|&n| (f64::from(n) - 2_000.0).powi(2) / 2_000.0).sum();
        assert!(chi < 18.5, "{counts:?}");
    }

    #[test]
    fn a_ranking_holds_for_a_day_and_favours_nobody() {
        let order = |day, seed| {
            let ranking = Ranking::derived("order", day, seed);
            let mut items: Vec<i64> = (0..5).collect();
            items.sort_by_key(|item| ranking.rank(*item));
            items
        };
        assert_eq!(order(3, 7), order(3, 7));
        // Chi-squared over 5 places and 5,000 days: the 0.999 quantile at 4 degrees of freedom is 18.5.
        let mut counts = [0_u32; 5];
        for day in 0..5_000 {
            counts[order(day, 0).iter().position(|item| *item == 0).expect("it is there")] += 1;
        }
        let chi: f64 = counts.iter().map(|&n| (f64::from(n) - 1_000.0).powi(2) / 1_000.0).sum();
        assert!(chi < 18.5, "{counts:?}");
    }

    #[test]
    fn unit_stays_below_one() {
        let mut chance = Chance::derived("fuzz", Uuid::NAMESPACE_OID, 0, 0);
        assert!((0..1_000).map(|_| chance.unit()).all(|unit| (0.0..1.0).contains(&unit)));
    }
}
