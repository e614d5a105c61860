//! The share of right answers by the hour.

use super::figure::Figure;
use super::frame::{Axis, Drawing};
use super::ink;
use super::markup::ReportTable;
use super::numbers::{number, sure};
use super::points::{self, IntervalPoint};
use crate::stats::overview::HourFigures;

/// The figure of the hours of the day.
pub(super) fn figure(hours: &[HourFigures]) -> String {
    let figure = Figure::new("hours", "Right answers by the hour");
    let points = points(hours);
    if points.is_empty() {
        return figure.without("There are no answers in this period.");
    }
    let says = "The share of right answers by the hour of the clock, with its 95 % interval. Where intervals overlap much, hours \
                cannot be told apart.";
    figure.with(says, &picture(&points), &[], &table(hours))
}

fn points(hours: &[HourFigures]) -> Vec<IntervalPoint> {
    hours
        .iter()
        .filter_map(|hour| {
            Some(IntervalPoint {
                at: f64::from(hour.hour),
                value: hour.right.share?,
                low: hour.right.low_95?,
                high: hour.right.high_95?,
                size: 3.5,
                hint: format!("{}: {} of {} answers", clock(hour.hour), sure(&hour.right), number(hour.right.whole)),
            })
        })
        .collect()
}

fn picture(points: &[IntervalPoint]) -> Drawing {
    let lowest = points.iter().map(|point| point.low).fold(1.0, f64::min);
    let hours = Axis::numbers(-0.8, 23.8, 3.0, |hour| format!("{hour:02.0}:00"));
    let mut picture = Drawing::framed(hours, Axis::shares(lowest), (44.0, 14.0), 200.0);
    points::upright(&mut picture, points, 0.6, ink::FIRST);
    picture
}

fn table(hours: &[HourFigures]) -> ReportTable {
    let mut table =
        ReportTable::new("Right answers by the hour").short("from").numbers("answers").numbers("right (95 %)");
    for hour in hours.iter().filter(|hour| hour.right.whole > 0) {
        table.row([clock(hour.hour), number(hour.right.whole), sure(&hour.right)]);
    }
    table
}

fn clock(hour: u8) -> String {
    format!("{hour:02}:00")
}
