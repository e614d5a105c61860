//! The curve of forgetting of a card, drawn with Braille dots.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::symbols::Marker;
use ratatui::widgets::Widget;
use ratatui::widgets::canvas::{Canvas, Line};
use unicode_width::UnicodeWidthStr;

use super::MARGIN;
use crate::ui::words;

/// The least columns and rows with which a picture says anything.
const LEAST: (usize, usize) = (20, 4);
/// The axis begins here, or at the tenth below the lowest recall. Most curves stay above it.
const USUAL_FLOOR: f64 = 0.8;
const TODAY: &str = "today";

/// Draws recall over time. `points` are days from today (negative in the past) and the probability of recall (0–1), in the order of
/// time. The picture has exactly `height` lines of at most `width` columns, labels included. It is empty if there are no points or
/// less room than 20 columns and 4 lines.
pub fn lines(points: &[(f64, f64)], width: usize, height: usize) -> Vec<String> {
    let (Some(first), Some(last)) = (points.first(), points.last()) else {
        return Vec::new();
    };
    if width < LEAST.0 || height < LEAST.1 {
        return Vec::new();
    }
    let from = first.0.min(0.0);
    let span = (last.0.max(0.0) - from).max(1.0);
    let lowest = points.iter().map(|point| point.1).fold(USUAL_FLOOR, f64::min);
    let floor = ((lowest * 10.0).floor() / 10.0).clamp(0.0, USUAL_FLOOR);
    let (columns, rows) = (width - MARGIN, height - 2);
    let mut text: Vec<String> = picture(points, (from, from + span), floor, columns, rows)
        .into_iter()
        .enumerate()
        .map(|(row, dots)| {
            let label = label(row, rows, floor);
            format!("{label:>5} ┤{dots}").trim_end().to_owned()
        })
        .collect();
    let today = column(-from, span, columns);
    let ruler: String = (0..columns).map(|column| if column == today { '┴' } else { '─' }).collect();
    text.push(format!("{:5} └{ruler}", ""));
    text.push(format!("{:MARGIN$}{}", "", days(from, span, columns, today)).trim_end().to_owned());
    text
}

/// The column of a day on an axis of `span` days.
fn column(days: f64, span: f64, columns: usize) -> usize {
    ((days / span) * (columns - 1) as f64).round().clamp(0.0, (columns - 1) as f64) as usize
}

/// The recall at the top, the middle and the bottom row; empty at others.
fn label(row: usize, rows: usize, floor: f64) -> String {
    if row != 0 && row != rows - 1 && (row != rows / 2 || rows < 5) {
        return String::new();
    }
    let share = 1.0 - row as f64 / (rows - 1).max(1) as f64;
    words::share(floor + (1.0 - floor) * share)
}

fn picture(points: &[(f64, f64)], x: (f64, f64), floor: f64, columns: usize, rows: usize) -> Vec<String> {
    let (columns, rows) = (clamped(columns), clamped(rows));
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    Canvas::default()
        .marker(Marker::Braille)
        .x_bounds([x.0, x.1])
        .y_bounds([floor, 1.0])
        .paint(|context| {
            for pair in points.windows(2) {
                context.draw(&Line { x1: pair[0].0, y1: pair[0].1, x2: pair[1].0, y2: pair[1].1, ..Line::default() });
            }
            if let [only] = points {
                context.draw(&Line { x1: only.0, y1: only.1, x2: only.0, y2: only.1, ..Line::default() });
            }
        })
        .render(area, &mut buffer);
    (0..rows)
        .map(|row| (0..columns).filter_map(|column| buffer.cell((column, row))).map(Cell::symbol).collect())
        .collect()
}

fn clamped(cells: usize) -> u16 {
    u16::try_from(cells).unwrap_or(u16::MAX).min(500)
}

/// The labels below: how long ago it begins, today, and in how many days it ends, as far as they fit.
fn days(from: f64, span: f64, columns: usize, today: usize) -> String {
    let until = from + span;
    let begin = if from < 0.0 { format!("{} ago", words::interval(-from)) } else { String::new() };
    let end = if until > 0.0 { format!("in {}", words::interval(until)) } else { String::new() };
    let at = today.saturating_sub(TODAY.len() / 2).min(columns - TODAY.len());
    let mut text = if begin.width() < at || begin.is_empty() { begin } else { String::new() };
    text += &" ".repeat(at - text.width());
    text += TODAY;
    let room = columns - text.width();
    if end.width() < room {
        text += &format!("{end:>room$}");
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_saw_tooth_shows_each_answer_and_today() {
        let mut points = vec![(-20.0, 1.0)];
        points.extend((1..=10).map(|day| (-20.0 + f64::from(day), 1.0 - 0.02 * f64::from(day))));
        points.push((-10.0, 1.0));
        points.extend((1..=30).map(|day| (-10.0 + f64::from(day), 1.0 - 0.005 * f64::from(day))));
        insta::assert_snapshot!(lines(&points, 60, 9).join("\n"), @r"
        100 % ┤⠑⢄           ⡏⠒⠒⠒⠤⣀⣀⡀
              ┤  ⠑⢄         ⡇      ⠈⠉⠒⠒⠢⠤⣀⣀⡀
              ┤    ⠑⢄       ⡇              ⠈⠉⠒⠒⠢⠤⣀⣀⡀
         90 % ┤      ⠣⣀     ⡇                      ⠈⠉⠒⠤⠤⢄⣀
              ┤        ⠱⡀   ⡇                             ⠉⠉⠑⠒⠤⠤⢄⣀
              ┤         ⠈⠢⣀ ⡇                                     ⠉⠉
         80 % ┤            ⠱⡇
              └──────────────────────────┴──────────────────────────
               20 days ago             today              in 20 days
        ");
    }

    #[test]
    fn without_points_or_room_there_is_no_picture() {
        assert!(lines(&[], 80, 10).is_empty());
        assert!(lines(&[(0.0, 1.0)], 19, 10).is_empty());
        assert!(lines(&[(0.0, 1.0)], 80, 3).is_empty());
        assert_eq!(lines(&[(0.0, 1.0)], 80, 10).len(), 10);
    }

    proptest! {
        #[test]
        fn a_picture_keeps_its_size(
            steps in prop::collection::vec((0.0_f64..2_000.0, 0.0_f64..=1.0), 1..40),
            start in -40_000.0_f64..10.0,
            width in 20_usize..130,
            height in 4_usize..30,
        ) {
            let mut day = start.round();
            let points: Vec<(f64, f64)> = steps.into_iter().map(|(gap, recall)| { day += gap.round(); (day, recall) }).collect();
            let drawn = lines(&points, width, height);
            prop_assert_eq!(drawn.len(), height);
            for line in &drawn {
                prop_assert!(line.width() <= width, "{line:?}");
            }
            let dots = |line: &String| line.chars().any(|char| ('\u{2801}'..='\u{28ff}').contains(&char));
            prop_assert!(drawn.iter().any(dots));
        }
    }
}
