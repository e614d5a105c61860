//! How good predictions are: pure functions of predicted probabilities and outcomes.

use std::collections::BTreeMap;

use super::predict::Prediction;

/// Probabilities are clamped this far from 0 and 1, so that no surprise is infinite.
const EPSILON: f64 = 1e-6;

/// The surprise at one answer, in nats: −ln of the probability that was predicted for the outcome.
pub fn surprise(probability: f64, right: bool) -> f64 {
    let probability = probability.clamp(EPSILON, 1.0 - EPSILON);
    if right { -probability.ln() } else { -(1.0 - probability).ln() }
}

/// The mean surprise, in nats; lower is better, ln 2 is a coin. `None` without predictions.
pub fn log_loss(predictions: &[Prediction]) -> Option<f64> {
    mean(predictions.iter().map(|prediction| surprise(prediction.probability, prediction.right)))
}

/// The root of the mean squared difference between predicted and actual share of right answers, over bins of answers that are
/// alike in days elapsed, length of history and lapses, each weighted by its answers. 0–1, lower is better. As the open SRS
/// benchmark has it. `None` without predictions.
pub fn rmse_bins(predictions: &[Prediction]) -> Option<f64> {
    let mut bins: BTreeMap<_, (f64, f64)> = BTreeMap::new();
    for prediction in predictions {
        let (sum, count) = bins.entry(prediction.bin).or_default();
        *sum += prediction.probability - f64::from(u8::from(prediction.right));
        *count += 1.0;
    }
    let squared: f64 = bins.values().map(|(sum, count)| sum * sum / count).sum();
    (!predictions.is_empty()).then(|| (squared / predictions.len() as f64).sqrt())
}

/// The probability that a right answer was given a higher prediction than a wrong one (ties count half): 0.5 is chance, 1 separates
/// them. `None` if all answers are right, or all wrong.
pub fn auc(predictions: &[Prediction]) -> Option<f64> {
    let answers: Vec<(f64, bool)> =
        predictions.iter().map(|prediction| (prediction.probability, prediction.right)).collect();
    auc_of(&answers)
}

/// The same for probabilities (0–1) with whether the answers were right.
pub fn auc_of(answers: &[(f64, bool)]) -> Option<f64> {
    // Nonnegative floats have the order of their bits, and integers sort faster than pairs.
    let mut sorted: Vec<u64> =
        answers.iter().map(|(probability, right)| (probability.max(0.0).to_bits() << 1) | u64::from(*right)).collect();
    sorted.sort_unstable();
    let (mut below, mut wins) = (0.0, 0.0);
    for same in sorted.chunk_by(|a, b| a >> 1 == b >> 1) {
        let right = same.iter().filter(|key| *key & 1 == 1).count() as f64;
        let wrong = same.len() as f64 - right;
        wins += right * (below + wrong / 2.0);
        below += wrong;
    }
    let right = sorted.len() as f64 - below;
    (right > 0.0 && below > 0.0).then(|| wins / (right * below))
}

/// A moving average of right answers: on a logistic scale, each answer moves it by 0.3 times its surprise (open SRS benchmark).
#[derive(Clone, Copy, Debug)]
pub struct MovingAverage {
    logit: f64,
}

impl MovingAverage {
    /// The start and the speed, in logits (open SRS benchmark).
    const BEGIN: f64 = 1.2;
    const SPEED: f64 = 0.3;

    /// The prediction for the next answer, which then moves it.
    pub fn predict_then_update(&mut self, right: bool) -> f64 {
        let probability = 1.0 / (1.0 + (-self.logit).exp());
        self.logit += Self::SPEED * (f64::from(u8::from(right)) - probability);
        probability
    }
}

impl Default for MovingAverage {
    fn default() -> Self {
        Self { logit: Self::BEGIN }
    }
}

/// A group of answers with similar predictions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// The mean prediction, 0–1.
    pub predicted: f64,
    /// The share of right answers, 0–1.
    pub actual: f64,
    /// How many answers it has.
    pub answers: usize,
    /// The mean chance of luck, 0–1.
    pub luck: f64,
}

/// The answers in the order of their predictions, in at most `groups` groups of equal size.
pub fn calibration(predictions: &[Prediction], groups: usize) -> Vec<Calibration> {
    let mut sorted: Vec<&Prediction> = predictions.iter().collect();
    // Equal predictions stay in the order of time (stable sort), so that right answers do not gather in one group.
    sorted.sort_by(|a, b| a.probability.total_cmp(&b.probability));
    let groups = groups.clamp(1, sorted.len().max(1));
    (0..groups)
        .map(|group| &sorted[sorted.len() * group / groups..sorted.len() * (group + 1) / groups])
        .filter(|answers| !answers.is_empty())
        .map(|answers| {
            let count = answers.len() as f64;
            Calibration {
                predicted: answers.iter().map(|answer| answer.probability).sum::<f64>() / count,
                actual: answers.iter().filter(|answer| answer.right).count() as f64 / count,
                answers: answers.len(),
                luck: answers.iter().map(|answer| answer.luck).sum::<f64>() / count,
            }
        })
        .collect()
}

/// How far predictions are off, in recall. A point of right answers is 1 / (1 − g) points of recall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Honesty {
    /// The mean distance of predicted and actual recall over the groups, weighted by answers, 0–1.
    pub off: f64,
    /// That distance by chance alone if the predictions were true, 0–1.
    pub chance: f64,
    /// The distance by chance alone is below this 9 times in 10, 0–1.
    pub chance_90: f64,
    /// Predicted minus actual recall over all answers: above 0, less is remembered than predicted.
    pub bias: f64,
}

/// How far predictions are off over groups of a calibration; `None` without groups.
pub fn honesty(groups: &[Calibration]) -> Option<Honesty> {
    let all = groups.iter().map(|group| group.answers).sum::<usize>() as f64;
    let weighted = |value: &dyn Fn(&Calibration) -> f64| {
        groups.iter().map(|group| group.answers as f64 * value(group) / (1.0 - group.luck)).sum::<f64>() / all
    };
    // The mean distance of a normal variable from its mean is √(2/π) of its deviation.
    let chance = |group: &Calibration| {
        (2.0 / std::f64::consts::PI * group.predicted * (1.0 - group.predicted) / group.answers as f64).sqrt()
    };
    // The deviation of such a distance is √(π/2 − 1) of its mean, and the mean of n groups deviates less by √n.
    let spread = (std::f64::consts::FRAC_PI_2 - 1.0).sqrt() / (groups.len() as f64).sqrt();
    (all > 0.0).then(|| Honesty {
        off: weighted(&|group| (group.predicted - group.actual).abs()),
        chance: weighted(&chance),
        chance_90: weighted(&chance) * (1.0 + 1.282 * spread),
        bias: weighted(&|group| group.predicted - group.actual),
    })
}

/// How much less the surprise at the same answers is under `after` than under `before`: the mean, and its standard error. `None`
/// for fewer than two answers.
pub fn gain(before: &[Prediction], after: &[Prediction]) -> Option<(f64, f64)> {
    let gains = || {
        before.iter().zip(after).map(|(before, after)| {
            surprise(before.probability, before.right) - surprise(after.probability, after.right)
        })
    };
    let count = before.len().min(after.len()) as f64;
    let mean = mean(gains())?;
    let squares: f64 = gains().map(|gain| (gain - mean).powi(2)).sum();
    (count > 1.0).then(|| (mean, (squares / (count - 1.0) / count).sqrt()))
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    (count > 0.0).then(|| sum / count)
}

#[cfg(test)]
#[path = "metrics/tests.rs"]
mod tests;
