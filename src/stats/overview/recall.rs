//! Recall without what luck gives, and whether it is what was aimed at.

use serde::Serialize;

use super::Share;

/// Recall is on target only where its whole interval lies so near, in ten-thousandths.
const NEAR: i64 = 500;

/// What answers to cards that were due say of recall.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Recall {
    /// The right ones, guesses among them.
    pub right: Share,
    /// The mean chance of luck, g; none without answers.
    pub guess: Option<f64>,
    /// (accuracy − g) / (1 − g), not clamped. None without answers, and where luck alone is always right.
    pub corrected: Option<f64>,
    /// The lower end of its 95 % interval: that of the share of right answers, corrected in the same way, and not below 0.
    pub corrected_low_95: Option<f64>,
    /// The upper end.
    pub corrected_high_95: Option<f64>,
}

impl Recall {
    /// Of counts. `guess_sum` is the sum of the chances of luck.
    pub fn of(right: usize, answers: usize, guess_sum: f64) -> Self {
        let right = Share::of(right, answers);
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

/// Whether recall is what was aimed at, as far as that can be said.
///
/// A verdict is wrong only where the interval misses the true recall, so for about one person in twenty at the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The interval holds the target, and no part of it is more than 5 points away.
    OnTarget,
    /// The whole interval lies above the target.
    Above,
    /// The whole interval lies below the target.
    Below,
    /// Anything else: the interval is too wide.
    TooFew,
}

impl Verdict {
    /// On recall, held against the desired retention (0–1).
    pub fn of(target: f64, recall: &Recall) -> Self {
        let Some((low, high)) = recall.interval() else { return Verdict::TooFew };
        // With 4 decimals, as figures are written: nobody is to read that 0.9000 is below 0.9000.
        let [low, high, target] = [low, high, target].map(|value| (value * 10_000.0).round() as i64);
        if high < target {
            Verdict::Below
        } else if low > target {
            Verdict::Above
        } else if target - low <= NEAR && high - target <= NEAR {
            Verdict::OnTarget
        } else {
            Verdict::TooFew
        }
    }
}

#[cfg(test)]
mod tests;
