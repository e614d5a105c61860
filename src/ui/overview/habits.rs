//! Right answers by the hour, and the ratings.

use super::line::{PaintedLine, Tone};
use super::panel::{Panel, interval};
use crate::ui::chart::{self, Bar, ColumnChart};
use crate::ui::chart::{SHADES, shared_out};

use crate::stats::overview::{HourFigures, Overview};
use crate::ui::words;

const HOURS: &str = "right answers by the hour";
const ROWS: usize = 4;
/// Hours with fewer answers are drawn lightly and not compared.
const FEW: usize = 10;
/// The tones of the ratings in their bar.
const TONES: [Tone; 4] = [Tone::Odd, Tone::Plain, Tone::Good, Tone::Good];

/// The share of right answers in each hour, once an hour has enough of them. `None` without answers.
pub(super) fn hours(overview: &Overview, width: usize) -> Option<Panel> {
    let hours = &overview.activity.hours;
    if hours.iter().all(|hour| hour.right.whole == 0) {
        return None;
    }
    if hours.iter().all(|hour| hour.right.whole < FEW) {
        return Some(Panel::new(HOURS, width).say(&extremes(hours)));
    }
    let bar = |hour: &HourFigures| {
        // No right answer is drawn as a little; only an hour without answers is drawn as nothing.
        let share = hour.right.share.map_or(0.0, |share| share.max(1e-6));
        if hour.right.whole < FEW { Bar { full: 0.0, light: share } } else { Bar::full(share) }
    };
    let chart = ColumnChart {
        bars: hours.iter().map(bar).collect(),
        top: 1.0,
        label: words::share,
        ticks: hours.iter().enumerate().step_by(3).map(|(place, hour)| (place, hour.hour.to_string())).collect(),
        rows: ROWS,
        width,
    };
    let mut panel = Panel::new(HOURS, width).chart(&chart);
    if hours.iter().any(|hour| (1..FEW).contains(&hour.right.whole)) {
        let legend = format!("{} fewer than {FEW} answers", chart::LIGHT);
        panel = panel.hang(&" ".repeat(chart::MARGIN), &legend, Tone::Dim);
    }
    Some(panel.say(&extremes(hours)))
}

/// The best and the worst hour, if their intervals do not overlap.
fn extremes(hours: &[HourFigures]) -> String {
    let counted = || hours.iter().filter(|hour| hour.right.whole >= FEW);
    let share = |hour: &&HourFigures| hour.right.share.unwrap_or(0.0);
    let best = counted().max_by(|a, b| share(a).total_cmp(&share(b)));
    let worst = counted().min_by(|a, b| share(a).total_cmp(&share(b)));
    let words = |hour: &HourFigures| {
        let range = interval(hour.right.low_95, hour.right.high_95).unwrap_or_default();
        format!("{}:00 ({}, {range})", hour.hour, words::share(hour.right.share.unwrap_or(0.0)))
    };
    match best.zip(worst) {
        None => format!("No hour has {FEW} answers yet."),
        Some((best, worst)) if best.right.low_95 > worst.right.high_95 => {
            format!("Best from {}, worst from {}.", words(best), words(worst))
        }
        Some(_) => "No hour is better than another beyond chance.".into(),
    }
}

/// The ratings as one bar. `None` without answers.
pub(super) fn ratings(overview: &Overview, width: usize) -> Option<Panel> {
    let mix = &overview.activity.ratings;
    let counts = [mix.again, mix.hard, mix.good, mix.easy];
    let all: usize = counts.iter().sum();
    if all == 0 {
        return None;
    }
    let parts = shared_out(&counts, width);
    let bar = SHADES.iter().zip(TONES).zip(parts).fold(PaintedLine::default(), |line, ((shade, tone), columns)| {
        line.and(shade.to_string().repeat(columns), tone)
    });
    let names = ["again", "hard", "good", "easy"];
    let legend: Vec<String> = names
        .iter()
        .zip(counts)
        .zip(SHADES)
        .map(|((name, count), shade)| format!("{shade} {name} {count} ({})", words::share(count as f64 / all as f64)))
        .collect();
    let part = Panel::new("ratings", width).line(bar).list("", &legend, "   ", Tone::Plain);
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
        HourFigures { hour, right: Share::from_counts(part, whole) }
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
