//! Words for numbers: intervals, shares, times.

use unicode_width::UnicodeWidthStr;

use std::time::Duration;

use crate::error::Error;
pub use crate::model::count;
use crate::model::{DayStart, Due, Moment, StudyDay};
use crate::session::Leech;
use crate::stats::overview::RecallVerdict;
use crate::study::ClockBehind;

/// An interval in a fitting unit: `10 min`, `3 days`, `2.5 months`.
pub fn interval(days: f64) -> String {
    let minutes = days * 1_440.0;
    if minutes < 1.5 {
        return "1 min".into();
    }
    if minutes < 59.5 {
        return format!("{minutes:.0} min");
    }
    if days < 0.98 {
        return format!("{:.0} h", (days * 24.0).max(1.0));
    }
    if days < 1.5 {
        return "1 day".into();
    }
    if days < 30.5 {
        return format!("{days:.0} days");
    }
    if days < 365.0 {
        return format!("{:.1} months", days / 30.44);
    }
    format!("{:.1} years", days / 365.25)
}

/// A short form of an interval: `10m`, `6h`, `3d`, `2.5mo`, `2.0y`.
pub fn brief(days: f64) -> String {
    let words = interval(days);
    let Some((number, unit)) = words.split_once(' ') else { return words };
    let unit = match unit {
        "min" => "m",
        "day" | "days" => "d",
        "months" => "mo",
        "years" => "y",
        unit => unit,
    };
    format!("{number}{unit}")
}

/// Milliseconds as a countdown: `4:05`, `1:02:09`.
pub fn clock(ms: i64) -> String {
    let seconds = (ms.max(0) + 999) / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// A moment as a date and a time of the wall clock: `2026-11-23 08:15`.
pub fn date_and_time(moment: Moment) -> String {
    moment.date_time().map_or_else(|| moment.rfc3339(), |time| time.format("%Y-%m-%d %H:%M").to_string())
}

/// The text with its sentences broken between words at a width. Lines that begin with a blank are laid out already, and so are painted ones.
pub fn wrapped(text: &str, width: usize) -> String {
    let mut all = String::new();
    for line in text.split_inclusive('\n') {
        let is_sentence =
            !line.starts_with(char::is_whitespace) && !line.contains(['\u{1b}', '\t']) && !line.contains("  ");
        if !is_sentence || line.trim_end().width() <= width {
            all += line;
            continue;
        }
        let mut column = 0;
        for word in line.trim_end().split(' ') {
            if column > 0 && column + 1 + word.width() > width {
                all.push('\n');
                column = 0;
            } else if column > 0 {
                all.push(' ');
                column += 1;
            }
            all += word;
            column += word.width();
        }
        all += &line[line.trim_end().len()..];
    }
    all
}

/// A clock that is behind the log.
pub fn clock_behind(behind: &ClockBehind) -> String {
    let (now, last) = (date_and_time(behind.now), date_and_time(behind.last));
    format!("the clock says {now}, but the last answer was given {} later, at {last}", count(behind.days, "day"))
}

/// A number of bytes: `0 B`, `812 kB`, `1.4 MB`.
pub fn size(bytes: u64) -> String {
    let mut number = bytes as f64;
    for unit in ["B", "kB", "MB", "GB"] {
        // What would be rounded up to a thousand is one of the next unit.
        if number < 999.5 {
            let digits = usize::from(number < 9.95 && unit != "B");
            return format!("{number:.digits$} {unit}");
        }
        number /= 1_000.0;
    }
    format!("{number:.1} TB")
}

/// How long to wait before something is tried again.
pub const PAUSE: Duration = Duration::from_millis(500);

/// What is waited for, after a failure that may pass.
pub fn waiting(error: &Error) -> String {
    let what = error.message().split(';').next().unwrap_or_default();
    format!("not saved yet, trying again: {what}")
}

/// The words with a capital at the beginning.
pub fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A verdict on recall in words.
pub fn verdict(verdict: RecallVerdict) -> &'static str {
    match verdict {
        RecallVerdict::OnTarget => "recall is on target",
        RecallVerdict::Above => "recall is above the target",
        RecallVerdict::Below => "recall is below the target",
        RecallVerdict::TooFew => "too few reviews to say whether recall is on target",
    }
}

/// A share (0–1) as a percentage.
pub fn share(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// When something is due, relative to now.
pub fn due(due: Due, now: Moment, today: StudyDay) -> String {
    match due {
        Due::At(ms) if ms <= now.utc_ms => "now".into(),
        Due::At(ms) => format!("in {}", interval((ms - now.utc_ms) as f64 / 86_400_000.0)),
        Due::Day(day) => match i64::from(day.0) - i64::from(today.0) {
            ..=0 => "today".into(),
            1 => "tomorrow".into(),
            days => format!("in {days} days, on {day}"),
        },
    }
}

/// A flag with its note, which may be empty.
pub fn flag(note: &str) -> String {
    if note.is_empty() { "flagged".into() } else { format!("flagged: {note}") }
}

/// The notice about a leech.
pub fn leech(leech: Leech) -> String {
    let set_aside = if leech.suspended { ", and suspended now" } else { "" };
    format!("A leech: forgotten {}{set_aside}; `retain leeches` says why", count(leech.lapses, "time"))
}

/// The notice that another process answered or moved the card between its feedback and its rating.
pub fn elsewhere(due: Due, now: Moment) -> String {
    // Only the difference between days is shown, so the default start of the day is enough.
    let today = now.study_day(DayStart::default());
    format!("The card was answered or moved elsewhere meanwhile: it comes back {}", self::due(due, now, today))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_run_down_to_nothing() {
        assert_eq!([0, 1, 61_000, 3_729_000, -5].map(clock), ["0:00", "0:01", "1:01", "1:02:09", "0:00"]);
    }

    #[test]
    fn intervals_in_few_letters() {
        let brief = [0.0007, 0.25, 1.0, 12.0, 60.0, 730.0].map(brief);
        assert_eq!(brief, ["1m", "6h", "1d", "12d", "2.0mo", "2.0y"]);
    }

    #[test]
    fn nouns_are_counted() {
        assert_eq!([0_u32, 1, 2].map(|number| count(number, "card")), ["0 cards", "1 card", "2 cards"]);
        assert_eq!([1_u32, 3].map(|number| count(number, "miss")), ["1 miss", "3 misses"]);
    }

    #[test]
    fn intervals_in_words() {
        for (days, words) in [
            (0.0007, "1 min"),
            (0.00694, "10 min"),
            (0.25, "6 h"),
            (1.0, "1 day"),
            (12.0, "12 days"),
            (60.0, "2.0 months"),
            (730.0, "2.0 years"),
        ] {
            assert_eq!(interval(days), words);
        }
    }

    #[test]
    fn talk_breaks_between_words() {
        assert_eq!(wrapped("one two three\nfour\n", 8), "one two\nthree\nfour\n");
        assert_eq!(wrapped("averyveryverylongword and so on", 10), "averyveryverylongword\nand so on");
        for same in
            ["  laid out in columns already", "a  table", "short", "", "\n\n", "\u{1b}[1mpainted words\u{1b}[0m"]
        {
            assert_eq!(wrapped(same, 8), same);
        }
        assert_eq!(wrapped("在中国 在中国 x", 8), "在中国\n在中国 x");
    }
}
