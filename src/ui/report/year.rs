//! The last year as a calendar: a column for each week, a row for each day of it.

use super::frame::{Picture, Side};
use super::ink;
use super::markup::{Figure, Table};
use super::numbers::{count, date, minutes, number};
use crate::stats::overview::DayFigures;

const LEFT: f64 = 26.0;
const TOP: f64 = 16.0;
/// From one day to the next: 54 weeks have room.
const PITCH: f64 = 7.6;
const SIDE: f64 = 6.6;

/// The figure of the days of a year, in order.
pub(super) fn figure(days: &[DayFigures]) -> String {
    let studied = days.iter().filter(|day| day.answers > 0).count();
    let answers: usize = days.iter().map(|day| day.answers).sum();
    let mut figure = Figure { id: "year", heading: "The last year", says: String::new(), wide: true };
    let busiest = days.iter().max_by_key(|day| day.answers).filter(|day| day.answers > 0);
    let Some(busiest) = busiest else {
        figure.says = "There are no answers in the last year.".into();
        return figure.without();
    };
    figure.says = format!(
        "{} on {} of {}; the busiest was {} with {}.",
        count(answers, "answer"),
        number(studied),
        count(days.len(), "day"),
        date(busiest.date),
        count(busiest.answers, "answer"),
    );
    figure.with(&picture(days), &[], &table(days))
}

/// The least answers of each shade above none: quarters of the days with answers are about as many.
fn shades(days: &[DayFigures]) -> Vec<usize> {
    let mut answers: Vec<usize> = days.iter().map(|day| day.answers).filter(|answers| *answers > 0).collect();
    answers.sort_unstable();
    let mut least: Vec<usize> =
        (0..4).filter_map(|quarter| answers.get(answers.len() * quarter / 4).copied()).collect();
    if let Some(first) = least.first_mut() {
        *first = 1;
    }
    least.dedup();
    least
}

fn picture(days: &[DayFigures]) -> Picture {
    let mut picture = Picture::empty(TOP + 7.0 * PITCH + 22.0);
    let shades = shades(days);
    let Some(first) = days.first() else { return picture };
    let start = first.date.weekday();
    let mut month = None;
    for (place, day) in days.iter().enumerate() {
        let (column, row) = ((place + start) / 7, (place + start) % 7);
        let corner = (LEFT + column as f64 * PITCH, TOP + row as f64 * PITCH);
        let shade = shades.partition_point(|least| *least <= day.answers);
        // Of fewer shades, the darkest are kept.
        let shade = if shade == 0 { 0 } else { shade + 4 - shades.len() };
        let hint = format!("{}: {}", date(day.date), count(day.answers, "answer"));
        picture.hinted(hint, |picture| square(picture, corner, ink::HEAT[shade]));
        let name = day.date.date().format("%b").to_string();
        if day.date.date().format("%d").to_string() == "01" && month.as_ref() != Some(&name) {
            picture.words((corner.0, TOP - 6.0), (0.0, 0.0), Side::Right, &name);
            month = Some(name);
        }
    }
    for (row, name) in [(0, "Mo"), (2, "We"), (4, "Fr")] {
        picture.words((LEFT - 5.0, TOP + f64::from(row) * PITCH + SIDE), (0.0, 0.0), Side::Left, name);
    }
    legend(&mut picture, &shades);
    picture
}

fn square(picture: &mut Picture, (x, y): (f64, f64), colour: &str) {
    picture.area((x, y), (x + SIDE, y + SIDE), colour);
}

/// Below the days: each shade with the answers that it stands for.
fn legend(picture: &mut Picture, shades: &[usize]) {
    let middle = TOP + 7.0 * PITCH + 10.0;
    let mut left = LEFT;
    let mut entry = |colour: &str, words: &str| {
        square(picture, (left, middle - SIDE / 2.0), colour);
        picture.words((left + SIDE + 4.0, middle + 4.0), (0.0, 0.0), Side::Right, words);
        left += SIDE + 20.0 + words.chars().count() as f64 * 6.5;
    };
    entry(ink::HEAT[0], "none");
    for (place, least) in shades.iter().enumerate() {
        let words = match shades.get(place + 1) {
            Some(next) if next - 1 == *least => number(*least),
            Some(next) => format!("{}–{}", number(*least), number(next - 1)),
            None => format!("{} or more", number(*least)),
        };
        entry(ink::HEAT[place + 5 - shades.len()], &words);
    }
}

fn table(days: &[DayFigures]) -> Table {
    let mut table = Table::new("The last year by month")
        .short("month")
        .numbers("days with answers")
        .numbers("answers")
        .numbers("new")
        .numbers("reviews")
        .numbers("time");
    let name = |day: &DayFigures| day.date.date().format("%b %Y").to_string();
    for month in days.chunk_by(|one, next| name(one) == name(next)) {
        let sum = |of: fn(&DayFigures) -> usize| number(month.iter().map(of).sum());
        table.row([
            name(&month[0]),
            number(month.iter().filter(|day| day.answers > 0).count()),
            sum(|day| day.answers),
            sum(|day| day.new),
            sum(|day| day.reviews),
            minutes(month.iter().map(|day| day.minutes).sum()),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::StudyDay;
    use crate::ui::overview_example::answered;

    fn days(answers: &[usize]) -> Vec<DayFigures> {
        answered(StudyDay(20_000), answers)
    }

    #[test]
    fn shades_hold_about_as_many_days_each() {
        assert_eq!(shades(&days(&[0, 3, 10, 20, 30, 40, 50, 60, 70])), [1, 20, 40, 60]);
        assert_eq!(shades(&days(&[5, 5, 5, 0])), [1, 5]);
        assert_eq!(shades(&days(&[1, 0])), [1]);
        assert_eq!(shades(&days(&[0])), [] as [usize; 0]);
    }

    #[test]
    fn every_day_has_its_square() {
        let element = picture(&days(&[1; 365])).element("year", "a", "b");
        assert_eq!(element.matches("1 answer</title>").count(), 365);
        assert!(element.contains("24 Oct 2024"), "{element}");
    }
}
