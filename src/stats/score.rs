//! The expected score on a set of questions, and how far the real one may be off.
//!
//! A question is answered right by knowledge or by luck: R + (1 − R)·g; one that was never seen is known with the prior
//! knowledge. Three things make the score uncertain, and they are independent:
//!
//! - outcomes: right or wrong, question by question (Poisson-binomial: the sum of s·(1 − s));
//! - the model: its recall may be off for all questions at once. Before any review it is trusted to 5 points (the size of
//!   calibration errors of unfitted FSRS); each review tells as an observation with the variance of R = 0.9 does; below 1 point no
//!   number of reviews leads, for the day of the exam lies beyond what was observed;
//! - the prior knowledge: as sure as ten observed questions would make it.

/// A standard normal lies within this of its mean with 90 %.
const Z_90: f64 = 1.645;
const MODEL_DOUBT: f64 = 0.05;
const LEAST_DOUBT: f64 = 0.01;
const REVIEW_VARIANCE: f64 = 0.9 * 0.1;
const PRIOR_OBSERVATIONS: f64 = 10.0;

/// What is expected of one question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expectation {
    /// The probability that it is known.
    pub known: f64,
    /// Whether it was ever seen: otherwise `known` is the prior knowledge.
    pub seen: bool,
    /// The chance of being right by luck.
    pub guess: f64,
}

impl Expectation {
    /// The probability of a right answer: R + (1 − R)·g.
    pub fn score(&self) -> f64 {
        self.known + (1.0 - self.known) * self.guess
    }
}

/// What is expected of a question with several cards: the mean of them. None without cards.
pub fn expectation_of(cards: &[Expectation]) -> Option<Expectation> {
    let mean = |of: fn(&Expectation) -> f64| cards.iter().map(of).sum::<f64>() / cards.len() as f64;
    (!cards.is_empty()).then(|| Expectation {
        known: mean(|card| card.known),
        seen: cards.iter().any(|card| card.seen),
        guess: mean(|card| card.guess),
    })
}

/// The mean score that is expected of questions, each with its cards; none without questions that have some.
pub(super) fn mean_score<'a>(questions: impl IntoIterator<Item = &'a Vec<Expectation>>) -> Option<f64> {
    let scores: Vec<f64> =
        questions.into_iter().filter_map(|cards| expectation_of(cards)).map(|question| question.score()).collect();
    (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
}

/// An expected score, 0–1, with the interval that holds the real one with 90 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The mean.
    pub mean: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// The expected score on these questions; none where there are none. `reviews` is how many reviews have tested the model.
pub fn score(questions: &[Expectation], reviews: u64) -> Option<Score> {
    if questions.is_empty() {
        return None;
    }
    let count = questions.len() as f64;
    let sum = |of: &dyn Fn(&Expectation) -> f64| questions.iter().map(of).sum::<f64>() / count;
    let mean = sum(&Expectation::score);
    let outcomes = sum(&|question| question.score() * (1.0 - question.score())) / count;
    // What a point of recall, or of prior knowledge, is worth in points of the score.
    let seen = sum(&|question| if question.seen { 1.0 - question.guess } else { 0.0 });
    let model = (seen * model_doubt(reviews)).powi(2);
    let prior = sum(&|question| {
        let doubt = (question.known * (1.0 - question.known) / (PRIOR_OBSERVATIONS + 1.0)).sqrt();
        if question.seen { 0.0 } else { (1.0 - question.guess) * doubt }
    })
    .powi(2);
    let reach = Z_90 * (outcomes + model + prior).sqrt();
    Some(Score { mean, low: (mean - reach).max(0.0), high: (mean + reach).min(1.0) })
}

/// The standard deviation of the model's recall over all questions at once.
fn model_doubt(reviews: u64) -> f64 {
    let precision = MODEL_DOUBT.powi(-2) + reviews as f64 / REVIEW_VARIANCE;
    precision.powf(-0.5).max(LEAST_DOUBT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(known: f64, seen: bool, guess: f64) -> Expectation {
        Expectation { known, seen, guess }
    }

    #[test]
    fn the_score_is_the_mean_of_knowledge_and_luck() {
        // 0.9 + 0.1·0.2 = 0.92, and g + (1 − g)·prior = 0.2 + 0.8·0.3 = 0.44.
        let score = score(&[question(0.9, true, 0.2), question(0.3, false, 0.2)], 0).expect("a score");
        assert!((score.mean - 0.68).abs() < 1e-12);
    }

    #[test]
    fn the_interval_by_hand() {
        // 100 seen questions at 0.8 without luck: outcomes 0.16 / 100, the model 0.05².
        let score = score(&[question(0.8, true, 0.0); 100], 0).expect("a score");
        let reach = 1.645 * (0.0016_f64 + 0.0025).sqrt();
        assert!((score.high - score.mean - reach).abs() < 1e-12 && (score.mean - score.low - reach).abs() < 1e-12);
    }

    #[test]
    fn more_reviews_and_more_questions_make_it_surer() {
        let width = |count, reviews| {
            let score = score(&vec![question(0.7, true, 0.25); count], reviews).expect("a score");
            score.high - score.low
        };
        assert!(width(50, 0) > width(50, 200) && width(50, 200) > width(500, 200));
        assert_eq!(width(50, 1_000_000), width(50, 2_000_000), "never surer than a point");
        assert_eq!(score(&[], 5), None);
    }
}
