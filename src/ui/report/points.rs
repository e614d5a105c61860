//! Points with how sure they are.

use super::frame::Picture;

/// A value at a place, with the ends of its interval.
pub(super) struct Point {
    /// Where on the other axis.
    pub(super) at: f64,
    /// The value.
    pub(super) value: f64,
    /// The lower end of its interval.
    pub(super) low: f64,
    /// The upper end.
    pub(super) high: f64,
    /// The radius in units of the picture.
    pub(super) size: f64,
    /// What a pointer brings up.
    pub(super) hint: String,
}

/// Points whose values go upwards, with upright intervals whose ends are `cap` of the other axis wide.
pub(super) fn upright(picture: &mut Picture, points: &[Point], cap: f64, colour: &str) {
    for point in points {
        draw(picture, point, cap, colour, |at, value| (at, value));
    }
}

/// Points whose values go to the right, with lying intervals whose ends are `cap` of the other axis high.
pub(super) fn lying(picture: &mut Picture, points: &[Point], cap: f64, colour: &str) {
    for point in points {
        draw(picture, point, cap, colour, |at, value| (value, at));
    }
}

fn draw(picture: &mut Picture, point: &Point, cap: f64, colour: &str, place: fn(f64, f64) -> (f64, f64)) {
    let Point { at, value, low, high, size, .. } = *point;
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
