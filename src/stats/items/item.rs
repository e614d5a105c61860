//! The counted answers to one question.

use super::picks::Picks;
use super::{ChoiceSet, ItemKey};
use crate::model::{Confidence, Guess, Review};
use crate::stats::wilson;

/// The least picks of a wrong option that make a confusion.
const CONFUSED: u32 = 2;
/// The least rapid answers for a verdict.
const FEWEST_RAPID: u32 = 3;
/// An option counts as never picked if an equally tempting one would be missed with at most this probability.
const MISSED: f64 = 0.05;

/// The answers to one question that count: neither taken back nor practice, on the requested days. The type is small, because there
/// may be hundreds of thousands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ItemAnswers {
    /// All answers that count.
    pub answers: u32,
    /// Right answers.
    pub right: u32,
    /// Right answers that the person called guesses.
    pub guessed: u32,
    /// Answers rated again of a card in review.
    pub lapses: u32,
    /// Answers that were faster than the stem can be read; answers without a time do not count.
    pub rapid: u32,
    /// Right answers among the rapid ones.
    pub rapid_right: u32,
    /// Answers that picked a wrong option in use.
    pub misled: u32,
    /// Answers that picked exactly the right options.
    pub(super) keyed: u32,
    /// Whether the very first answer was right. The caller sets it if its day is requested.
    pub first_right: Option<bool>,
    expected_sum: f64,
    rapid_guess_sum: f64,
    pub(super) picks: Picks,
}

impl ItemAnswers {
    /// Counts an answer. `expected` is the probability of a right answer before it (g + (1 − g)·R), and `lapse` whether a card in
    /// review was forgotten.
    ///
    /// A right answer without picks picked the right options: the fast reader of the log leaves them out. Only an imported answer, which
    /// has no chance of luck, really picked no option.
    pub fn add(&mut self, key: &ItemKey, review: &Review, expected: f64, lapse: bool) {
        let right = u32::from(review.right);
        self.answers += 1;
        self.right += right;
        self.guessed += u32::from(review.right && review.confidence == Confidence::Guessed);
        self.lapses += u32::from(lapse);
        self.expected_sum += expected;
        if review.took_ms > 0 && review.took_ms < key.reading_ms {
            self.rapid += 1;
            self.rapid_right += right;
            self.rapid_guess_sum += review.guess.probability();
        }
        if key.options {
            self.pick(key, review);
        }
    }

    fn pick(&mut self, key: &ItemKey, review: &Review) {
        match *review.picked {
            [] => self.keyed += u32::from(review.right && review.guess != Guess::NONE),
            // The most frequent case by far, and cheaper than a set.
            [number] if key.wrong.contains(number) => {
                self.misled += 1;
                self.picks.add(number);
            }
            _ => self.pick_all(key, &review.picked),
        }
    }

    fn pick_all(&mut self, key: &ItemKey, picked: &[u8]) {
        let picked: ChoiceSet = picked.iter().copied().collect();
        let (right, wrong) = (picked.and(&key.correct), picked.and(&key.wrong));
        if wrong.is_empty() && right == key.correct {
            self.keyed += 1;
            return;
        }
        self.misled += u32::from(!wrong.is_empty());
        self.picks.add_all(right, wrong);
    }

    /// The share of right answers; `None` without answers.
    pub fn accuracy(&self) -> Option<f64> {
        share(f64::from(self.right), self.answers)
    }

    /// The expected share for the same answers; `None` without answers.
    pub fn expected_accuracy(&self) -> Option<f64> {
        share(self.expected_sum, self.answers)
    }

    /// The mean chance of luck of the rapid answers; `None` without any.
    pub fn rapid_chance(&self) -> Option<f64> {
        share(self.rapid_guess_sum, self.rapid)
    }

    /// The sum of the chances of luck of the rapid answers, for a mean over questions.
    pub fn rapid_chance_sum(&self) -> f64 {
        self.rapid_guess_sum
    }

    /// The number of answers that picked this wrong option.
    pub fn wrong_picks(&self, number: u8) -> u32 {
        self.picks.times(number)
    }

    /// The wrong options that were picked at least twice, with their counts: the most frequent first, then in the bank's order.
    pub fn confusions(&self, key: &ItemKey) -> Vec<(u8, u32)> {
        if self.misled < CONFUSED {
            return Vec::new();
        }
        let mut found: Vec<(u8, u32)> = key
            .wrong
            .iter()
            .map(|number| (number, self.wrong_picks(number)))
            .filter(|(_, times)| *times >= CONFUSED)
            .collect();
        found.sort_by_key(|(number, times)| (std::cmp::Reverse(*times), key.place(*number)));
        found
    }

    /// The first of [`Self::confusions`].
    pub fn confusion(&self, key: &ItemKey) -> Option<(u8, u32)> {
        self.confusions(key).into_iter().next()
    }

    /// Whether the rapid answers are guesses: at least three, and the lower end of the 95 % interval of their accuracy is not above
    /// chance.
    pub fn rapid_guessing(&self) -> bool {
        let accuracy = wilson(self.rapid_right as usize, self.rapid as usize);
        self.rapid >= FEWEST_RAPID && accuracy.zip(self.rapid_chance()).is_some_and(|((low, _), chance)| low <= chance)
    }

    /// The wrong options that were never picked, in the bank's order, if that is significant: if n answers had picked among the k wrong
    /// options evenly, each would have been picked with at least 95 %, so 1 − (1 − 1/k)ⁿ ≥ 0.95. `None` otherwise.
    pub fn never_picked(&self, key: &ItemKey) -> Option<Vec<u8>> {
        let wrong = key.wrong.len();
        if self.misled == 0 || (1.0 - 1.0 / wrong as f64).powf(self.misled.into()) > MISSED {
            return None;
        }
        let mut never: Vec<u8> = key.wrong.iter().filter(|number| self.wrong_picks(*number) == 0).collect();
        never.sort_by_key(|number| key.place(*number));
        (!never.is_empty()).then_some(never)
    }
}

fn share(part: f64, whole: u32) -> Option<f64> {
    (whole > 0).then(|| part / f64::from(whole))
}
