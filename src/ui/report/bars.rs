//! Upright and lying bars, each of stacked parts.

use super::frame::{Drawing, WordSide};
use super::numbers::{number, share};

/// The share of its place that a lying bar fills.
const LYING: f64 = 0.62;

/// Upright bars at 1, 2, …: the parts of each from the bottom up, one for each colour, and its hint.
pub(super) fn upright(
    picture: &mut Drawing,
    bars: impl ExactSizeIterator<Item = (Vec<usize>, String)>,
    colours: &[&str],
) {
    // Gaps between many bars would only flicker.
    let half = if bars.len() > 100 { 0.5 } else { 0.4 };
    for (place, (parts, hint)) in (1_u32..).zip(bars) {
        let place = f64::from(place);
        picture.hinted(hint, |picture| {
            let mut low = 0;
            for (part, colour) in parts.iter().zip(colours) {
                picture.area((place - half, low as f64), (place + half, (low + part) as f64), colour);
                low += part;
            }
        });
    }
}

/// A lying bar around `at`, of parts from the left: lengths with their colours.
pub(super) fn lying(picture: &mut Drawing, at: f64, parts: &[(f64, &str)]) {
    let mut left = 0.0;
    for (length, colour) in parts {
        picture.area((left, at - LYING / 2.0), (left + length, at + LYING / 2.0), colour);
        left += length;
    }
}

/// A lying bar of counts, with their sum and its share of `all` as text.
pub(super) fn counted(picture: &mut Drawing, at: f64, parts: &[(usize, &str)], all: usize) {
    lying(picture, at, &parts.iter().map(|(count, colour)| (*count as f64, *colour)).collect::<Vec<_>>());
    let sum: usize = parts.iter().map(|(count, _)| count).sum();
    let words = format!("{} ({})", number(sum), share(Some(sum as f64 / all as f64)));
    picture.words((sum as f64, at), (6.0, 4.0), WordSide::Right, &words);
}
