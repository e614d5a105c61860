//! Points with their intervals.

use super::frame::Drawing;

/// A value with its interval.
pub(super) struct IntervalPoint {
    /// The place on the other axis.
    pub(super) at: f64,
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    /// The radius in units of the drawing.
    pub(super) size: f64,
    /// The text for a pointer.
    pub(super) hint: String,
}

/// Points with upright intervals, whose ends are `cap` wide on the other axis.
pub(super) fn upright(picture: &mut Drawing, points: &[IntervalPoint], cap: f64, colour: &str) {
    for point in points {
        draw(picture, point, cap, colour, |at, value| (at, value));
    }
}

/// Points with lying intervals, whose ends are `cap` high on the other axis.
pub(super) fn lying(picture: &mut Drawing, points: &[IntervalPoint], cap: f64, colour: &str) {
    for point in points {
        draw(picture, point, cap, colour, |at, value| (value, at));
    }
}

fn draw(picture: &mut Drawing, point: &IntervalPoint, cap: f64, colour: &str, place: fn(f64, f64) -> (f64, f64)) {
    let IntervalPoint { at, value, low, high, size, .. } = *point;
    picture.hinted(point.hint.clone(), |picture| {
        if low < high {
            picture.line(place(at, low), place(at, high), colour);
            for end in [low, high] {
                picture.line(place(at - cap / 2.0, end), place(at + cap / 2.0, end), colour);
            }
        }
        picture.disc(place(at, value), size, colour);
    });
}
