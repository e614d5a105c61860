//! Likeness: which of the remaining questions of both sides are the same, edited, and which may be.

use crate::bank::word_set::WordSet;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::bank::identity::normalise;

/// Stems at least this alike, with half of the options equal, are one question that was edited.
const SAME: f64 = 0.85;
/// Stems at least this alike may be: they are listed.
const MAYBE: f64 = 0.70;
/// Letters that are compared with letters, at most, in all pairs of stems: beyond it an import would take minutes.
const MOST_COMPARED: usize = 1_500_000_000;
/// Texts are compared up to here, in letters.
const LONGEST_COMPARED: usize = 1_000;
/// Questions of the other side that share a word or an option with a question are counted up to here.
const MOST_COUNTED: usize = 512;
/// The likest of them are compared letter by letter.
const CLOSEST: usize = 8;
/// A word that this many questions have, or fewer, is known by its parts too, so that a typo in it does not hide it.
const RARE: usize = 4;
/// Matching the best pairs makes others the best; more rounds than these are not worth it.
const ROUNDS: usize = 64;

/// Words that deny, in the languages of the key words.
static DENIALS: WordSet = WordSet::of_phrases(
    "not, never, no, cannot, except, incorrect, incorrectly, false, least, without, nicht, kein, keine, keiner, \
     keines, nie, falsch, außer, pas, jamais, sauf, faux, nunca, excepto, incorrecta, incorrecto, non, mai, tranne, \
     falso, não, exceto, не, кроме",
);

/// A question as far as likeness sees it.
pub(super) struct ComparedQuestion {
    stem: String,
    length: usize,
    options: HashSet<u64>,
    count: usize,
}

impl ComparedQuestion {
    /// From a stem and options as they are written.
    pub(super) fn new<'t>(stem: &str, options: impl Iterator<Item = &'t str>) -> Self {
        let stem = short(&normalise(stem));
        let hashes: Vec<u64> = options.map(|option| hashed(&normalise(option))).collect();
        Self { length: stem.chars().count(), stem, count: hashes.len(), options: hashes.into_iter().collect() }
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.stem.split(' ').filter(|word| !word.is_empty())
    }

    /// Whether the stem denies: "Which is NOT …" is another question than "Which is …", however alike they look.
    fn denies(&self) -> bool {
        self.words().any(|word| DENIALS.contains(word) || word.ends_with("n't") || word.contains(['不', '非', '错']))
    }

    /// The share of the options that both have, 0–1.
    fn options_alike(&self, other: &ComparedQuestion) -> f64 {
        match self.count.max(other.count) {
            0 => 1.0,
            most => self.options.intersection(&other.options).count() as f64 / most as f64,
        }
    }
}

/// A question of either side, and how alike they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pair {
    pub(super) ours: usize,
    pub(super) theirs: usize,
    /// How alike the stems are, 0–1.
    pub(super) stem: f64,
    options: f64,
    /// Whether one of the stems negates the other.
    opposed: bool,
}

impl Pair {
    fn total(&self) -> f64 {
        2.0 * self.stem + self.options
    }

    fn is_same(&self) -> bool {
        self.stem >= SAME && self.options >= 0.5 && !self.opposed
    }
}

/// How alike two texts are, 0–1, by the letters that must change.
pub(super) fn alike(a: &str, b: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(&short(a), &short(b))
}

/// Whether two questions with the same id in two banks are probably one.
pub(super) fn is_likely(a: &ComparedQuestion, b: &ComparedQuestion) -> bool {
    a.options_alike(b) >= 0.5 && a.count > 2 || alike(&a.stem, &b.stem) >= MAYBE
}

fn short(text: &str) -> String {
    text.chars().take(LONGEST_COMPARED).collect()
}

fn hashed(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// The parts of a word, of three letters each, its ends among them.
fn thirds(word: &str) -> Vec<u64> {
    let letters: Vec<char> = std::iter::once('\u{2}').chain(word.chars()).chain(['\u{3}']).collect();
    letters.windows(3).map(|three| hashed(&three.iter().collect::<String>())).collect()
}

/// The questions with each word, option and part of a rare word.
#[derive(Default)]
struct Index<'t> {
    words: HashMap<&'t str, Vec<usize>>,
    options: HashMap<u64, Vec<usize>>,
    thirds: HashMap<u64, Vec<usize>>,
}

impl<'t> Index<'t> {
    fn new(all: &'t [ComparedQuestion]) -> Self {
        let mut index = Self::default();
        for (place, said) in all.iter().enumerate() {
            let mut seen = HashSet::new();
            for word in said.words().filter(|word| seen.insert(*word)) {
                index.words.entry(word).or_default().push(place);
            }
            for option in &said.options {
                index.options.entry(*option).or_default().push(place);
            }
        }
        for (word, places) in index.words.iter().filter(|(_, places)| places.len() <= RARE) {
            for third in thirds(word) {
                index.thirds.entry(third).or_default().extend(places);
            }
        }
        index
    }

    /// The most similar by what they share. Rare features count more than common ones.
    fn closest(&self, said: &ComparedQuestion) -> Vec<usize> {
        let mut lists: Vec<&Vec<usize>> = said.options.iter().filter_map(|option| self.options.get(option)).collect();
        for word in said.words() {
            match self.words.get(word) {
                Some(places) => lists.push(places),
                None => lists.extend(thirds(word).iter().filter_map(|third| self.thirds.get(third))),
            }
        }
        lists.sort_unstable_by_key(|places| places.len());
        let (mut shared, mut counted) = (HashMap::<usize, f64>::new(), 0);
        for places in lists {
            for place in places.iter().take(MOST_COUNTED) {
                *shared.entry(*place).or_default() += 1.0 / places.len() as f64;
            }
            counted += places.len();
            if counted >= MOST_COUNTED {
                break;
            }
        }
        let mut closest: Vec<(usize, f64)> = shared.into_iter().collect();
        closest.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        closest.into_iter().take(CLOSEST).map(|(place, _)| place).collect()
    }
}

/// The pairs that are alike enough to be one question, if `may_be` allows it.
pub(super) fn pairs(
    ours: &[ComparedQuestion],
    theirs: &[ComparedQuestion],
    may_be: impl Fn(usize, usize) -> bool,
) -> Vec<Pair> {
    let index = Index::new(theirs);
    let (mut pairs, mut budget) = (Vec::new(), MOST_COMPARED);
    for (place, our) in ours.iter().enumerate() {
        for at in index.closest(our) {
            let their = &theirs[at];
            let (short, long) = (our.length.min(their.length), our.length.max(their.length));
            if (short as f64) < (long as f64) * MAYBE || !may_be(place, at) {
                continue;
            }
            budget = budget.saturating_sub(our.length * their.length);
            if budget == 0 {
                return pairs;
            }
            let stem = strsim::normalized_damerau_levenshtein(&our.stem, &their.stem);
            if stem >= MAYBE {
                let opposed = our.denies() != their.denies();
                pairs.push(Pair { ours: place, theirs: at, stem, options: our.options_alike(their), opposed });
            }
        }
    }
    pairs
}

/// The pairs that are each other's best, and alike enough; and those that are left in doubt, the likest first.
pub(super) fn decide(mut pairs: Vec<Pair>) -> (Vec<Pair>, Vec<Pair>) {
    let mut same = Vec::new();
    for _ in 0..ROUNDS {
        // For each question of either side its best likeness, and how many pairs have it: two that are equally alike are in doubt.
        let (mut ours, mut theirs) = (HashMap::new(), HashMap::new());
        for pair in &pairs {
            best(&mut ours, pair.ours, pair.total());
            best(&mut theirs, pair.theirs, pair.total());
        }
        let (found, rest): (Vec<Pair>, Vec<Pair>) = pairs.iter().partition(|pair| {
            let mutual = ours.get(&pair.ours) == Some(&(pair.total(), 1))
                && theirs.get(&pair.theirs) == Some(&(pair.total(), 1));
            mutual && pair.is_same()
        });
        if found.is_empty() {
            break;
        }
        let taken: (HashSet<usize>, HashSet<usize>) = found.iter().map(|pair| (pair.ours, pair.theirs)).unzip();
        pairs = rest;
        pairs.retain(|pair| !taken.0.contains(&pair.ours) && !taken.1.contains(&pair.theirs));
        same.extend(found);
    }
    pairs.sort_by(|a, b| b.total().total_cmp(&a.total()).then((a.ours, a.theirs).cmp(&(b.ours, b.theirs))));
    (same, pairs)
}

fn best(found: &mut HashMap<usize, (f64, usize)>, key: usize, total: f64) {
    let entry = found.entry(key).or_insert((total, 0));
    if total > entry.0 {
        *entry = (total, 0);
    }
    if total >= entry.0 {
        entry.1 += 1;
    }
}

#[cfg(test)]
mod tests;
