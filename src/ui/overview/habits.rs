//! Right answers by the hour, and how answers were rated.

use super::chart::{self, Bar, Chart};
use super::line::{Line, Look};
use super::part::{Part, interval};
use super::scale::shared_out;
use crate::stats::overview::{HourFigures, Overview};
use crate::ui::words;

const HOURS: &str = "right answers by the hour";
const ROWS: usize = 4;
/// An hour with fewer answers says little.
const FEW: usize = 10;
/// Ratings as a bar, the better the darker.
const SHADES: [char; 4] = ['░', '▒', '▓', '█'];
const LOOKS: [Look; 4] = [Look::Odd, Look::Plain, Look::Good, Look::Good];

/// The share of right answers in each hour, once an hour has enough of them; none where there are no answers.
pub(super) fn hours(overview: &Overview, width: usize) -> Option<Part> {
    let hours = &overview.activity.hours;
    if hours.iter().all(|hour| hour.right.whole == 0) {
        return None;
    }
    if hours.iter().all(|hour| hour.right.whole < FEW) {
        return Some(Part::new(HOURS, width).say(&extremes(hours)));
    }
    let bar = |hour: &HourFigures| {
        // None right is shown as little, for an hour without answers is shown as nothing.
        let share = hour.right.share.map_or(0.0, |share| share.max(1e-6));
        if hour.right.whole < FEW { Bar { full: 0.0, light: share } } else { Bar::full(share) }
    };
    let picture = Chart {
        bars: hours.iter().map(bar).collect(),
        top: 1.0,
        label: words::share,
        ticks: hours.iter().enumerate().step_by(3).map(|(place, hour)| (place, hour.hour.to_string())).collect(),
        rows: ROWS,
        width,
    };
    let part = Part::new(HOURS, width).draw(picture.lines());
    let few = hours.iter().any(|hour| (1..FEW).contains(&hour.right.whole));
    let part = if few {
        part.hang(&" ".repeat(chart::MARGIN), &format!("{} fewer than {FEW} answers", chart::LIGHT), Look::Dim)
    } else {
        part
    };
    Some(part.say(&extremes(hours)))
}

/// The best and the worst hour, where they can be told apart.
fn extremes(hours: &[HourFigures]) -> String {
    let told = || hours.iter().filter(|hour| hour.right.whole >= FEW);
    let share = |hour: &&HourFigures| hour.right.share.unwrap_or(0.0);
    let best = told().max_by(|a, b| share(a).total_cmp(&share(b)));
    let worst = told().min_by(|a, b| share(a).total_cmp(&share(b)));
    let said = |hour: &HourFigures| {
        let range = interval(hour.right.low_95, hour.right.high_95).unwrap_or_default();
        format!("{}:00 ({}, {range})", hour.hour, words::share(hour.right.share.unwrap_or(0.0)))
    };
    match best.zip(worst) {
        None => format!("No hour has {FEW} answers yet."),
        Some((best, worst)) if best.right.low_95 > worst.right.high_95 => {
            format!("Best from {}, worst from {}.", said(best), said(worst))
        }
        Some(_) => "No hour is better than another beyond chance.".into(),
    }
}

/// The ratings as one bar; none where there are no answers.
pub(super) fn ratings(overview: &Overview, width: usize) -> Option<Part> {
    let mix = &overview.activity.ratings;
    let counts = [mix.again, mix.hard, mix.good, mix.easy];
    let all: usize = counts.iter().sum();
    if all == 0 {
        return None;
    }
    let parts = shared_out(&counts, width);
    let bar = SHADES
        .iter()
        .zip(LOOKS)
        .zip(parts)
        .fold(Line::default(), |line, ((shade, look), columns)| line.and(shade.to_string().repeat(columns), look));
    let names = ["again", "hard", "good", "easy"];
    let legend: Vec<String> = names
        .iter()
        .zip(counts)
        .zip(SHADES)
        .map(|((name, count), shade)| format!("{shade} {name} {count} ({})", words::share(count as f64 / all as f64)))
        .collect();
    let part = Part::new("ratings", width).line(bar).list("", &legend, "   ", Look::Plain);
    Some(match mix.guessed {
        0 => part,
        1 => part.say("1 of those rated again was a right guess."),
        guessed => part.say(&format!("{guessed} of those rated again were right guesses.")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::overview::Share;

    fn hour(hour: u8, part: usize, whole: usize) -> HourFigures {
        HourFigures { hour, right: Share::of(part, whole) }
    }

    #[test]
    fn hours_are_compared_only_where_they_can_be_told_apart() {
        assert_eq!(extremes(&[hour(7, 3, 5)]), "No hour has 10 answers yet.");
        let alike = [hour(7, 18, 20), hour(8, 15, 20)];
        assert_eq!(extremes(&alike), "No hour is better than another beyond chance.");
        let apart = [hour(7, 95, 100), hour(8, 0, 3), hour(23, 60, 100)];
        assert_eq!(extremes(&apart), "Best from 7:00 (95 %, 89–98 %), worst from 23:00 (60 %, 50–69 %).");
    }
}
