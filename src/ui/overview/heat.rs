//! The last year as a calendar: a column for each week, a row for each weekday, shades for answers.

use chrono::Datelike;

use super::line::{PaintedLine, Tone};
use super::panel::Panel;
use crate::stats::overview::{DayActivity, Overview};
use crate::ui::{chart, words};

/// Columns of the names of weekdays.
const MARGIN: usize = 3;
const WEEKDAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];
/// No answers, then quarters of the days that have some, from those with the fewest.
const SIGNS: [char; 5] = ['·', chart::SHADES[0], chart::SHADES[1], chart::SHADES[2], chart::SHADES[3]];

/// The calendar. `None` if the year has no answer.
pub(super) fn panel(overview: &Overview, width: usize) -> Option<Panel> {
    let year = &overview.activity.year;
    let studied = year.iter().filter(|day| day.answers > 0).count();
    let busiest = year.iter().max_by_key(|day| day.answers).filter(|day| day.answers > 0)?;
    let weeks = weeks(year);
    let shown = weeks.len().min(width.saturating_sub(MARGIN)).max(1);
    let cell = if MARGIN + weeks.len() * 2 <= width { 2 } else { 1 };
    let weeks = &weeks[weeks.len() - shown..];
    let heading = if shown * 7 < year.len() { format!("the last {shown} weeks") } else { "the last year".to_owned() };
    let answers: usize = year.iter().map(|day| day.answers).sum();
    let answers = words::count(answers as u64, "answer");
    let days = match studied {
        1 => format!("{answers}, on {}.", busiest.date),
        _ => format!(
            "{answers} on {studied} of the last {} days, {} on the busiest, {}.",
            year.len(),
            busiest.answers,
            busiest.date
        ),
    };
    let part = Panel::new(&heading, width).line(months(weeks, cell)).draw(rows(weeks, &Shades::new(year), cell));
    Some(part.list(&" ".repeat(MARGIN), &legend(year), "  ", Tone::Dim).say(&days))
}

/// A week from Monday on; days outside the year are `None`.
type Week<'a> = [Option<&'a DayActivity>; 7];

fn weeks(year: &[DayActivity]) -> Vec<Week<'_>> {
    let mut weeks: Vec<Week<'_>> = Vec::new();
    for day in year {
        let weekday = day.date.weekday();
        match weeks.last_mut() {
            Some(week) if weekday > 0 => week[weekday] = Some(day),
            _ => {
                let mut week: Week<'_> = [None; 7];
                week[weekday] = Some(day);
                weeks.push(week);
            }
        }
    }
    weeks
}

/// The answers of the days that have some, in order. The place of a day among them gives its shade.
struct Shades(Vec<usize>);

impl Shades {
    fn new(year: &[DayActivity]) -> Self {
        let mut answers: Vec<usize> = year.iter().map(|day| day.answers).filter(|answers| *answers > 0).collect();
        answers.sort_unstable();
        Self(answers)
    }

    /// The quarter of the last day with this many answers, so that equal days look alike.
    fn shade(&self, answers: usize) -> char {
        let place = self.0.partition_point(|other| *other <= answers);
        SIGNS[if answers == 0 { 0 } else { (place * 4).div_ceil(self.0.len().max(1)).min(4) }]
    }
}

fn rows(weeks: &[Week<'_>], shades: &Shades, cell: usize) -> Vec<PaintedLine> {
    WEEKDAYS
        .iter()
        .enumerate()
        .map(|(weekday, name)| {
            weeks.iter().fold(PaintedLine::toned(format!("{name:<MARGIN$}"), Tone::Dim), |line, week| {
                match week.get(weekday).copied().flatten() {
                    None => line.and(" ".repeat(cell), Tone::Plain),
                    Some(day) => {
                        let (char, blank) = (shades.shade(day.answers), day.answers == 0);
                        let text = if blank { format!("{char:<cell$}") } else { char.to_string().repeat(cell) };
                        line.and(text, if blank { Tone::Dim } else { Tone::Good })
                    }
                }
            })
        })
        .collect()
}

/// The names of months above the weeks in which they begin.
fn months(weeks: &[Week<'_>], cell: usize) -> PaintedLine {
    let mut text = " ".repeat(MARGIN);
    for (number, week) in weeks.iter().enumerate() {
        let Some(day) = week.iter().flatten().find(|day| day.date.date().day() == 1) else { continue };
        let (used, at) = (text.chars().count(), MARGIN + number * cell);
        if at + 3 <= MARGIN + weeks.len() * cell {
            text += &" ".repeat(at.saturating_sub(used));
            text += &day.date.date().format("%b").to_string();
        }
    }
    PaintedLine::toned(text, Tone::Dim)
}

/// What the shades mean, in answers a day.
fn legend(year: &[DayActivity]) -> Vec<String> {
    let shades = Shades::new(year);
    let mut signs = vec!["answers a day:".to_owned(), format!("{} none", SIGNS[0])];
    for sign in SIGNS.into_iter().skip(1) {
        let answers = || year.iter().map(|day| day.answers).filter(|answers| shades.shade(*answers) == sign);
        match (answers().min(), answers().max()) {
            (Some(least), Some(most)) if least == most => signs.push(format!("{sign} {least}")),
            (Some(least), Some(most)) => signs.push(format!("{sign} {least}–{most}")),
            _ => {}
        }
    }
    signs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::paint::Paint;
    use crate::ui::tests::overview::{nothing, studied};

    fn cells(text: &str) -> usize {
        let rows = text.lines().filter(|line| WEEKDAYS.iter().any(|name| line.starts_with(name)));
        rows.flat_map(|row| row.chars().skip(MARGIN)).filter(|char| SIGNS.contains(char)).count()
    }

    #[test]
    fn a_year_has_a_cell_for_each_day() {
        let overview = studied();
        let text = panel(&overview, 80).expect("a year").text(Paint::new(false));
        assert_eq!(cells(&text), 365);
        // Today, a Monday, begins the last week.
        assert_eq!(
            text.lines().find(|line| line.starts_with("Mo")).map(|line| line.chars().count()),
            Some(MARGIN + 53)
        );
        let narrow = panel(&overview, 40).expect("a year").text(Paint::new(false));
        assert_eq!(cells(&narrow), 36 * 7 + 1);
        assert!(narrow.starts_with("the last 37 weeks\n"), "{narrow}");
    }

    #[test]
    fn a_year_without_answers_is_not_drawn() {
        assert!(panel(&nothing(), 80).is_none());
    }

    #[test]
    fn days_alike_have_one_shade() {
        let shades = Shades(vec![1, 2, 3, 4]);
        assert_eq!([0, 1, 2, 3, 4].map(|answers| shades.shade(answers)), SIGNS);
        let shades = Shades(vec![5, 5, 5, 9]);
        assert_eq!([5, 9].map(|answers| shades.shade(answers)), ['▓', '█']);
        assert_eq!(Shades(vec![7]).shade(7), '█');
    }
}
