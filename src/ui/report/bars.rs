//! Bars that stand or lie side by side, each of parts.

use super::frame::Picture;

/// The part of its place that a lying bar takes.
const LYING: f64 = 0.62;

/// Upright bars at 1, 2, …, each of parts that are stacked from the bottom up, in the colour of their place, and what a pointer
/// brings up.
pub(super) fn upright(
    picture: &mut Picture,
    bars: impl ExactSizeIterator<Item = (Vec<usize>, String)>,
    colours: &[&str],
) {
    // Of many, gaps would only flicker.
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

/// A lying bar around `at`, of parts that are stacked from the left: lengths with their colours.
pub(super) fn lying(picture: &mut Picture, at: f64, parts: &[(f64, &str)]) {
    let mut left = 0.0;
    for (length, colour) in parts {
        picture.area((left, at - LYING / 2.0), (left + length, at + LYING / 2.0), colour);
        left += length;
    }
}
