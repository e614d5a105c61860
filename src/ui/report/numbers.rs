//! How the report writes numbers.

use crate::model::StudyDay;
use crate::stats::overview::Share;
use crate::ui::words;

/// The sign for an unknown value.
pub(super) const NONE: &str = "–";

/// A count with separated thousands: `12,480`.
pub(super) fn number(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + 4);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with its noun: `1 card`, `1,204 answers`.
pub(super) fn count(count: usize, noun: &str) -> String {
    let counted = words::count(count as u64, noun);
    counted.split_once(' ').map_or(counted.clone(), |(_, noun)| format!("{} {noun}", number(count)))
}

/// A share (0–1) as a percentage, or a dash.
pub(super) fn share(share: Option<f64>) -> String {
    share.map_or(NONE.into(), words::share)
}

/// A share with its interval: `88 % (85–90)`.
pub(super) fn sure(share: &Share) -> String {
    match (share.share, share.low_95, share.high_95) {
        (Some(share), Some(low), Some(high)) => format!("{} ({})", words::share(share), range(low, high)),
        _ => NONE.into(),
    }
}

/// Two shares (0–1) as a range of percentages, without the sign: `85–90`.
pub(super) fn range(low: f64, high: f64) -> String {
    format!("{:.0}–{:.0}", low * 100.0, high * 100.0)
}

/// Minutes: `43 min`, `under 1 min`, `3.6 h`.
pub(super) fn minutes(minutes: f64) -> String {
    match minutes {
        minutes if minutes <= 0.0 => "0 min".into(),
        minutes if minutes < 1.0 => "under 1 min".into(),
        minutes if minutes < 119.5 => format!("{minutes:.0} min"),
        minutes => format!("{:.1} h", minutes / 60.0),
    }
}

/// A number with a decimal only if it is small: `0.4`, `28`, `1,204`.
pub(super) fn rough(value: f64) -> String {
    if value < 9.95 { format!("{value:.1}") } else { number(value.round() as usize) }
}

/// A day without its year: `23 Nov`.
pub(super) fn day(day: StudyDay) -> String {
    day.date().format("%-d %b").to_string()
}

/// A day with its year: `23 Nov 2026`.
pub(super) fn date(day: StudyDay) -> String {
    day.date().format("%-d %b %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0, 999, 1_000, 12_480, 1_204_000].map(number), ["0", "999", "1,000", "12,480", "1,204,000"]);
        assert_eq!([1, 2, 1_204].map(|answers| count(answers, "answer")), ["1 answer", "2 answers", "1,204 answers"]);
    }

    #[test]
    fn a_share_says_how_sure_it_is() {
        assert_eq!(sure(&Share::from_counts(713, 811)), "88 % (85–90)");
        assert_eq!([sure(&Share::from_counts(0, 0)), share(None)], [NONE, NONE]);
    }

    #[test]
    fn times_in_the_unit_that_says_most() {
        assert_eq!([0.0, 0.4, 43.2, 119.4, 214.3].map(minutes), ["0 min", "under 1 min", "43 min", "119 min", "3.6 h"]);
        assert_eq!([0.42, 28.0, 1_204.4].map(rough), ["0.4", "28", "1,204"]);
        assert_eq!((day(StudyDay(20_780)), date(StudyDay(20_780))), ("23 Nov".into(), "23 Nov 2026".into()));
    }
}
