//! `retain simulate`: the coming days as sparklines, and as rows of a table.

use super::paint::Paint;
use super::table::{
    self, TextColumn,
    TextColumn::{Left, Right},
};
use super::{chart, words};
use crate::stats::Cell;
use crate::study::{CostByDay, Course, DaysAhead, RetentionCost, SimulatedDay, best_retention};

/// Columns of a sparkline.
const WIDTH: usize = 64;
const COURSES: [TextColumn; 5] = [Left(10), Right(13), Right(11), Right(13), Right(12)];
const RETENTIONS: [TextColumn; 5] = [Left(10), Right(10), Right(11), Right(16), Left(0)];
const BY_DAY: [TextColumn; 4] = [Left(10), Right(10), Right(13), Right(16)];

/// The figure of a day that a sparkline shows.
type Measure = fn(&SimulatedDay) -> f64;

fn mean(course: &Course, measure: Measure) -> f64 {
    course.days.iter().map(measure).sum::<f64>() / course.days.len().max(1) as f64
}

fn most(course: &Course, measure: Measure) -> f64 {
    course.days.iter().map(measure).fold(0.0, f64::max)
}

fn label(course: &Course) -> String {
    course
        .retention
        .map_or_else(|| "as set".into(), |retention| format!("{retention:.3}").trim_end_matches('0').to_owned())
}

/// The outcome as text, readable at 80 columns and without colour.
pub fn text(outlook: &DaysAhead, paint: Paint) -> String {
    let days = outlook.courses.iter().map(|course| course.days.len()).max().unwrap_or(0);
    let mut text = format!(
        "{}: {} ahead, {} ({} not seen yet), {:.0} known today\n\n",
        paint.strong(outlook.deck.as_deref().unwrap_or("all decks")),
        words::count(days as u64, "day"),
        words::count(outlook.cards as u64, "card"),
        outlook.unseen,
        outlook.known
    );
    let head = table::row(&COURSES, 1, ["retention", "reviews a day", "min a day", "longest day", "known then"]);
    text += &format!("{}\n", paint.strong(&head));
    for course in &outlook.courses {
        let cells = [
            label(course),
            format!("{:.1}", mean(course, |day| f64::from(day.reviews))),
            format!("{:.1}", mean(course, |day| day.minutes)),
            format!("{:.0} min", most(course, |day| day.minutes)),
            format!("{:.0}", course.days.last().map_or(0.0, |day| day.known)),
        ];
        text += &(table::row(&COURSES, 1, cells) + "\n");
    }
    let pictures: [(&str, Measure); 3] = [
        ("reviews a day", |day| f64::from(day.reviews)),
        ("minutes a day", |day| day.minutes),
        ("cards known", |day| day.known),
    ];
    for (name, measure) in pictures {
        let columns: Vec<Vec<f64>> = outlook.courses.iter().map(|course| columns(&course.days, measure)).collect();
        let most = columns.iter().flatten().copied().fold(0.0, f64::max);
        text += &format!("\n{name}, up to {most:.0}\n");
        for (course, columns) in outlook.courses.iter().zip(&columns) {
            text += &format!("{:<8} {}\n", label(course), chart::sparkline(columns, most));
        }
    }
    let width = WIDTH.min(days);
    if let Some((first, last)) = outlook.courses.first().and_then(|course| course.days.first().zip(course.days.last()))
    {
        let gap = width.saturating_sub(20).max(1);
        text += &format!("{:<8} {}{}{}\n", "", first.day, " ".repeat(gap), last.day);
    }
    if let Some(exam) = outlook.exam {
        text +=
            &format!("\nUntil the exam on {exam}, cards are asked by what they gain for it, whenever they are due.\n");
    }
    text
}

/// The means of equal stretches of days, as many as fit.
fn columns(days: &[SimulatedDay], measure: Measure) -> Vec<f64> {
    let width = WIDTH.min(days.len());
    (0..width)
        .map(|column| {
            let part = &days[column * days.len() / width..(column + 1) * days.len() / width];
            part.iter().map(measure).sum::<f64>() / part.len().max(1) as f64
        })
        .collect()
}

/// The columns of a simulation.
pub const SIMULATION: &[&str] = &["retention", "study_day", "new", "learning", "reviews", "minutes", "known"];

/// The rows of a simulation, one for each day of each course.
pub fn rows(outlook: &DaysAhead) -> impl Iterator<Item = Vec<Cell>> + '_ {
    outlook.courses.iter().flat_map(|course| {
        course.days.iter().map(|day| {
            vec![
                Cell::share(course.retention),
                Cell::Text(day.day.to_string()),
                Cell::Int(day.new.into()),
                Cell::Int(day.learning.into()),
                Cell::Int(day.reviews.into()),
                Cell::share(Some(day.minutes)),
                Cell::share(Some(day.known)),
            ]
        })
    })
}

/// The columns of a comparison of retentions.
pub const CURVE: &[&str] = &["retention", "minutes_per_day", "longest_day_minutes", "known", "known_per_minute"];

/// The rows of a comparison of retentions.
pub fn curve_rows(points: &[RetentionCost]) -> impl Iterator<Item = Vec<Cell>> + '_ {
    points.iter().map(|point| {
        vec![
            Cell::share(Some(point.retention)),
            Cell::share(Some(point.minutes)),
            Cell::share(Some(point.longest)),
            Cell::share(Some(point.known)),
            Cell::share(point.per_minute),
        ]
    })
}

/// The comparison as text.
pub fn curve_text(points: &[RetentionCost], days: usize, paint: Paint) -> String {
    let best = best_retention(points);
    let most = best.and_then(|point| point.per_minute).unwrap_or(0.0);
    let head = table::row(&RETENTIONS[..4], 1, ["retention", "min a day", "known then", "known per hour"]);
    let mut text = format!("{}\n", paint.strong(&head));
    for point in points {
        let per_minute = point.per_minute.unwrap_or(0.0);
        let width = if most > 0.0 { (per_minute / most * 24.0).round() as usize } else { 0 };
        let mark = if best.is_some_and(|best| best.retention == point.retention) { " most" } else { "" };
        let cells = [
            format!("{:.3}", point.retention),
            format!("{:.1}", point.minutes),
            format!("{:.0}", point.known),
            format!("{:.1}", per_minute * 60.0),
            chart::bar(width * 8) + mark,
        ];
        text += &(table::row(&RETENTIONS, 1, cells) + "\n");
    }
    text.push('\n');
    text += &match best {
        Some(best) => format!(
            "Most knowledge per minute over {}: desired-retention={:.3}.\n\
             It is the lowest that is worth it: a higher one keeps more, but each card costs more time.\n",
            words::count(days as u64, "day"),
            best.retention
        ),
        None => "There is nothing to answer in these days.\n".into(),
    };
    text
}

/// The costs as text.
pub fn by_text(by: &CostByDay, paint: Paint) -> String {
    let mut text = format!(
        "To have seen all {} by {}: {} new a day, and every review.\n\n",
        words::count(by.cards as u64, "card"),
        by.day,
        by.new_per_day
    );
    let head = table::row(&BY_DAY, 1, ["retention", "min a day", "longest day", "known then"]);
    text += &format!("{}\n", paint.strong(&head));
    for point in &by.points {
        let share = if by.cards == 0 { 0.0 } else { point.known / by.cards as f64 };
        // The share is outside the column, because its width varies.
        let cells =
            [format!("{:.3}", point.retention), format!("{:.1}", point.minutes), format!("{:.0} min", point.longest)];
        let known = format!("{:>9.0} ({})", point.known, words::share(share));
        text += &format!("{} {known}\n", table::row(&BY_DAY[..3], 1, cells));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::StudyDay;

    fn course(retention: f64, days: i32) -> Course {
        let day = |number: i32| SimulatedDay {
            day: StudyDay(20_000 + number),
            new: 1,
            learning: 2,
            reviews: number.unsigned_abs(),
            minutes: 0.5 * f64::from(number),
            known: 10.0,
        };
        Course { retention: Some(retention), days: (0..days).map(day).collect() }
    }

    #[test]
    fn a_picture_fits_eighty_columns_and_shows_the_growth() {
        let outlook = DaysAhead {
            deck: Some("MLOps".into()),
            cards: 10,
            unseen: 3,
            known: 6.4,
            exam: None,
            courses: vec![course(0.9, 365), course(0.95, 365)],
        };
        let text = text(&outlook, Paint::new(false));
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
        let row = text.lines().find(|line| line.starts_with("0.9 ") && line.contains('▁')).expect("a picture");
        // The blocks are in the order of their heights in Unicode, and a blank comes before them.
        let heights: Vec<char> = row.chars().skip(9).collect();
        assert_eq!((heights.len(), heights.last()), (WIDTH, Some(&'█')));
        assert!(heights.is_sorted());
    }

    #[test]
    fn columns_are_means_of_days() {
        assert_eq!(columns(&course(0.9, 3).days, |day| day.minutes), [0.0, 0.5, 1.0]);
    }

    #[test]
    fn the_best_retention_gives_most_per_minute() {
        let point =
            |retention, per_minute| RetentionCost { retention, minutes: 1.0, longest: 2.0, known: 3.0, per_minute };
        let points = [point(0.7, Some(0.5)), point(0.8, Some(0.7)), point(0.9, Some(0.6)), point(0.95, None)];
        assert_eq!(best_retention(&points).map(|best| best.retention), Some(0.8));
        assert!(curve_text(&points, 365, Paint::new(false)).contains("desired-retention=0.800"));
    }
}
