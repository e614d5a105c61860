//! The expected score on a set of questions, and its uncertainty.
//!
//! A question is answered right by knowledge or by luck: R + (1 − R)·g; for one that was never seen, R is the prior knowledge. The
//! person's memory and way of answering are uncertain. So the score is computed for many learners that the person may be (draws from the
//! posterior, [`crate::memory::Draws`]): their mean is the expected score, and their spread its uncertainty. The spread grows with the
//! days ahead, because learners who agree about tomorrow diverge over months. The state of each card is uncertain too.
//!
//! The interval is for the person's expected score, not for one sitting: there, chance adds √(Σ s·(1 − s)) / n.

/// A standard normal is within this distance of its mean with 90 %.
const Z_90: f64 = 1.645;

/// The expected score on a card, or on a question: the mean of its cards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expectation {
    /// The probability of a right answer, 0–1.
    pub score: f64,
    /// Whether it was ever answered.
    pub seen: bool,
}

/// The expectation for a question with these cards; `None` without cards.
pub fn expectation_of(cards: &[Expectation]) -> Option<Expectation> {
    (!cards.is_empty()).then(|| Expectation {
        score: cards.iter().map(|card| card.score).sum::<f64>() / cards.len() as f64,
        seen: cards.iter().any(|card| card.seen),
    })
}

/// The mean expected score of questions, each with its cards; `None` if no question has cards.
pub(super) fn mean_score<'a>(questions: impl IntoIterator<Item = &'a Vec<Expectation>>) -> Option<f64> {
    let scores: Vec<f64> =
        questions.into_iter().filter_map(|cards| expectation_of(cards)).map(|question| question.score).collect();
    (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
}

/// An expected score, 0–1, with the interval that contains the person's true score with 90 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The mean, 0–1.
    pub mean: f64,
    /// The lower end of the interval.
    pub low: f64,
    /// The upper end of the interval.
    pub high: f64,
}

impl Score {
    /// A score from its mean and its standard deviation.
    pub fn within(mean: f64, deviation: f64) -> Self {
        let reach = Z_90 * deviation;
        Self { mean, low: (mean - reach).max(0.0), high: (mean + reach).min(1.0) }
    }
}

/// The scores of several learners on a set of questions, summed over the questions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScoreDraws {
    sums: Vec<f64>,
    /// The sum of the point estimates for the same questions.
    estimate: f64,
    /// The sum of the variances of the questions' true scores around the expectation of a learner.
    variance: f64,
    questions: usize,
}

impl ScoreDraws {
    /// Adds a question: the probability of a right answer by each learner, in their order; the point estimate of it; and the variance
    /// of the true probability of a single learner, whose memory is not fully known.
    pub fn add(&mut self, by_learner: impl Iterator<Item = f64>, estimate: f64, variance: f64) {
        self.variance += variance;
        for (at, score) in by_learner.enumerate() {
            match self.sums.get_mut(at) {
                Some(sum) => *sum += score,
                None => self.sums.push(score),
            }
        }
        self.estimate += estimate;
        self.questions += 1;
    }

    /// The expected score on this many questions with the point estimate `mean`. It is corrected by the difference between learners and
    /// point estimate on the added questions, which are all or a share of them. `None` without questions.
    pub fn score(&self, mean: f64, questions: usize) -> Option<Score> {
        let (count, learners) = (self.questions as f64, self.sums.len() as f64);
        if self.questions == 0 || self.sums.len() < 2 {
            return None;
        }
        let expected = self.sums.iter().sum::<f64>() / learners / count;
        let squares: f64 = self.sums.iter().map(|sum| (sum / count - expected).powi(2)).sum();
        // Misses are scaled in proportion, so that a score near 1 stays below 1.
        let (misses, estimated) = (1.0 - expected, 1.0 - self.estimate / count);
        let ratio = if estimated > 0.0 { (1.0 - mean) / estimated } else { 1.0 };
        let corrected = (1.0 - misses * ratio).clamp(0.0, 1.0);
        // For one learner, the questions are independent.
        let own = self.variance / count / questions.max(self.questions) as f64;
        Some(Score::within(corrected, (squares / (learners - 1.0) + own).sqrt()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_counts_once_however_many_cards_it_has() {
        let card = |score, seen| Expectation { score, seen };
        let two = vec![card(0.9, true), card(0.7, false)];
        let score = mean_score(&[two, vec![card(0.44, false)]]).expect("a score");
        assert!((score - 0.62).abs() < 1e-12);
    }

    #[test]
    fn the_interval_is_the_spread_of_the_learners() {
        // Three learners: 0.7 and 0.9, 0.6 and 0.8, 0.5 and 0.7 on two questions; the means 0.8, 0.7 and 0.6 have the deviation 0.1.
        let mut draws = ScoreDraws::default();
        draws.add([0.7, 0.6, 0.5].into_iter(), 0.6, 0.0);
        draws.add([0.9, 0.8, 0.7].into_iter(), 0.8, 0.0);
        let score = draws.score(0.7, 2).expect("a score");
        assert!((score.mean - 0.7).abs() < 1e-12);
        assert!((score.low - (0.7 - 0.1645)).abs() < 1e-12 && (score.high - (0.7 + 0.1645)).abs() < 1e-12, "{score:?}");
        // Of more questions than were tried, on which 0.75 was expected otherwise: the same correction, which is none here.
        assert!((draws.score(0.75, 50).expect("a score").mean - 0.75).abs() < 1e-12);
        let mut lower = ScoreDraws::default();
        lower.add([0.5, 0.6].into_iter(), 0.65, 0.0);
        // Misses of 0.45 where 0.35 was expected: of the 0.25 that are expected here, 0.25 · 0.45 / 0.35.
        assert!((lower.score(0.75, 1).expect("a score").mean - (1.0 - 0.25 * 0.45 / 0.35)).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_known_of_single_questions_widens_the_interval() {
        // Learners who agree; four questions with the variance 0.04 each: the mean has 0.04 / 4, and of 16 such questions 0.04 / 16.
        let mut draws = ScoreDraws::default();
        (0..4).for_each(|_| draws.add([0.7, 0.7].into_iter(), 0.7, 0.04));
        for (questions, deviation) in [(4, 0.1), (16, 0.05)] {
            let score = draws.score(0.7, questions).expect("a score");
            assert!((score.mean - score.low - 1.645 * deviation).abs() < 1e-12, "{score:?}");
        }
    }

    #[test]
    fn nothing_is_said_of_nothing() {
        assert_eq!(ScoreDraws::default().score(0.5, 3), None);
        assert_eq!(mean_score(&[]), None);
    }

    #[test]
    fn a_score_stays_between_nothing_and_all() {
        assert_eq!(Score::within(0.98, 0.05).high, 1.0);
        assert_eq!(Score::within(0.02, 0.05).low, 0.0);
    }
}
