//! Words by chance: the same number gives the same words.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Short and long words, some of them not of ASCII, as in what people study.
const WORDS: [&str; 64] = [
    "the",
    "a",
    "of",
    "cell",
    "heart",
    "nerve",
    "blood",
    "acid",
    "base",
    "energy",
    "force",
    "mass",
    "light",
    "sound",
    "wave",
    "river",
    "king",
    "court",
    "treaty",
    "price",
    "market",
    "code",
    "graph",
    "tree",
    "queue",
    "stack",
    "node",
    "root",
    "leaf",
    "protein",
    "enzyme",
    "receptor",
    "inhibitor",
    "dose",
    "trial",
    "risk",
    "rate",
    "mean",
    "variance",
    "model",
    "sample",
    "error",
    "noise",
    "filter",
    "phase",
    "field",
    "charge",
    "voltage",
    "metal",
    "salt",
    "membrane",
    "potential",
    "synapse",
    "constitution",
    "jurisdiction",
    "élan",
    "Größe",
    "naïve",
    "façade",
    "Überschuss",
    "señal",
    "β-blocker",
    "α",
    "μ",
];

/// A source of words.
pub(super) struct Words(ChaCha8Rng);

impl Words {
    pub(super) fn new(number: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(number))
    }

    /// A number below this one.
    pub(super) fn below(&mut self, end: usize) -> usize {
        self.0.next_u32() as usize % end
    }

    /// From `least` to `most` words.
    pub(super) fn phrase(&mut self, least: usize, most: usize) -> String {
        let count = least + self.below(most - least + 1);
        let words: Vec<&str> = (0..count).map(|_| WORDS[self.below(WORDS.len())]).collect();
        words.join(" ")
    }
}
