//! The last year as a calendar: a column for each week, a row for each day of it.

use super::figure::Figure;
use super::frame::{Drawing, WordSide};
use super::ink;
use super::markup::ReportTable;
use super::numbers::{count, date, minutes, number};
use crate::stats::overview::DayActivity;

const LEFT: f64 = 26.0;
const TOP: f64 = 16.0;
/// The distance of days: 54 weeks fit.
const PITCH: f64 = 7.6;
const SIDE: f64 = 6.6;

/// The figure of the days of a year, in order.
pub(super) fn figure(days: &[DayActivity]) -> String {
    let studied = days.iter().filter(|day| day.answers > 0).count();
    let answers: usize = days.iter().map(|day| day.answers).sum();
    let figure = Figure::new("year", "The last year").wide();
    let busiest = days.iter().max_by_key(|day| day.answers).filter(|day| day.answers > 0);
    let Some(busiest) = busiest else {
        return figure.without("There are no answers in the last year.");
    };
    let says = format!(
        "{} on {} of {}; the busiest was {} with {}.",
        count(answers, "answer"),
        number(studied),
        count(days.len(), "day"),
        date(busiest.date),
        count(busiest.answers, "answer"),
    );
    figure.with(&says, &picture(days), &[], &table(days))
}

/// The least answers of each shade above none. Each shade gets about a quarter of the days with answers.
fn shades(days: &[DayActivity]) -> Vec<usize> {
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

fn picture(days: &[DayActivity]) -> Drawing {
    let mut picture = Drawing::empty(TOP + 7.0 * PITCH + 22.0);
    let shades = shades(days);
    let Some(first) = days.first() else { return picture };
    let start = first.date.weekday();
    let mut month = None;
    for (place, day) in days.iter().enumerate() {
        let (column, row) = ((place + start) / 7, (place + start) % 7);
        let corner = (LEFT + column as f64 * PITCH, TOP + row as f64 * PITCH);
        let shade = shades.partition_point(|least| *least <= day.answers);
        // If there are fewer shades, the darkest are used.
        let shade = if shade == 0 { 0 } else { shade + 4 - shades.len() };
        let hint = format!("{}: {}", date(day.date), count(day.answers, "answer"));
        picture.hinted(hint, |picture| square(picture, corner, ink::HEAT[shade]));
        let name = day.date.date().format("%b").to_string();
        if day.date.date().format("%d").to_string() == "01" && month.as_ref() != Some(&name) {
            picture.words((corner.0, TOP - 6.0), (0.0, 0.0), WordSide::Right, &name);
            month = Some(name);
        }
    }
    for (row, name) in [(0, "Mo"), (2, "We"), (4, "Fr")] {
        picture.words((LEFT - 5.0, TOP + f64::from(row) * PITCH + SIDE), (0.0, 0.0), WordSide::Left, name);
    }
    legend(&mut picture, &shades);
    picture
}

fn square(picture: &mut Drawing, (x, y): (f64, f64), colour: &str) {
    picture.area((x, y), (x + SIDE, y + SIDE), colour);
}

/// The legend below the days: each shade with its range of answers.
fn legend(picture: &mut Drawing, shades: &[usize]) {
    let middle = TOP + 7.0 * PITCH + 10.0;
    let mut left = LEFT;
    let mut entry = |colour: &str, words: &str| {
        square(picture, (left, middle - SIDE / 2.0), colour);
        picture.words((left + SIDE + 4.0, middle + 4.0), (0.0, 0.0), WordSide::Right, words);
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

fn table(days: &[DayActivity]) -> ReportTable {
    let mut table = ReportTable::new("The last year by month")
        .short("month")
        .numbers("days with answers")
        .numbers("answers")
        .numbers("new")
        .numbers("reviews")
        .numbers("time");
    let name = |day: &DayActivity| day.date.date().format("%b %Y").to_string();
    for month in days.chunk_by(|one, next| name(one) == name(next)) {
        let sum = |count: fn(&DayActivity) -> usize| number(month.iter().map(count).sum());
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
    use crate::ui::tests::overview::answered;

    fn days(answers: &[usize]) -> Vec<DayActivity> {
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
