//! Recall without luck, and whether it meets the target.

use serde::Serialize;

use super::Share;

/// Recall is on target only if its whole interval is at most this far from it, in ten-thousandths.
const NEAR: i64 = 500;

/// Recall, estimated from answers to cards that were due.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Recall {
    /// Right answers, guesses included.
    pub right: Share,
    /// The mean chance of luck, g; `None` without answers.
    pub guess: Option<f64>,
    /// (accuracy − g) / (1 − g), not clamped. `None` without answers, or if luck alone is always right.
    pub corrected: Option<f64>,
    /// The lower end of its 95 % interval: that of the share of right answers, corrected in the same way, at least 0.
    pub corrected_low_95: Option<f64>,
    /// The upper end of the interval.
    pub corrected_high_95: Option<f64>,
}

impl Recall {
    /// Recall from counts. `guess_sum` is the sum of the chances of luck.
    pub fn from_counts(right: usize, answers: usize, guess_sum: f64) -> Self {
        let right = Share::from_counts(right, answers);
        let guess = (answers > 0).then(|| guess_sum / answers as f64);
        let corrected = |share: Option<f64>| {
            let (share, guess) = (share?, guess?);
            (guess < 1.0).then(|| (share - guess) / (1.0 - guess))
        };
        Self {
            right,
            guess,
            corrected: corrected(right.share),
            corrected_low_95: corrected(right.low_95).map(|low| low.clamp(0.0, 1.0)),
            corrected_high_95: corrected(right.high_95).map(|high| high.clamp(0.0, 1.0)),
        }
    }

    /// The 95 % interval of corrected recall.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.corrected_low_95.zip(self.corrected_high_95)
    }
}

/// Whether recall meets the target, as far as that can be said.
///
/// A verdict is wrong only if the interval misses the true recall: for at most about one person in twenty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RecallVerdict {
    /// The interval contains the target, and no part of it is more than 5 points away.
    OnTarget,
    /// The whole interval is above the target.
    Above,
    /// The whole interval is below the target.
    Below,
    /// The interval is too wide for a verdict.
    TooFew,
}

impl RecallVerdict {
    /// Compares recall with the desired retention (0–1).
    pub fn judge(target: f64, recall: &Recall) -> Self {
        let Some((low, high)) = recall.interval() else { return RecallVerdict::TooFew };
        // With 4 decimals, as figures are printed, so that nobody reads that 0.9000 is below 0.9000.
        let [low, high, target] = [low, high, target].map(|value| (value * 10_000.0).round() as i64);
        if high < target {
            RecallVerdict::Below
        } else if low > target {
            RecallVerdict::Above
        } else if target - low <= NEAR && high - target <= NEAR {
            RecallVerdict::OnTarget
        } else {
            RecallVerdict::TooFew
        }
    }
}

#[cfg(test)]
mod tests;
