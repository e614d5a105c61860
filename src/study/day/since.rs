//! `--wrong-since`: from when on misses are looked for.

use std::fmt;

use crate::error::{Error, Result};
use crate::model::{DAY_MS, HOUR_MS, MINUTE_MS, Moment, StudyDay, TimeUnit, parse_duration};
use crate::store::MissesSince;

/// A duration back from now, or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// Study days before today, from the beginning of that day.
    Days(u32),
    /// Milliseconds ago.
    Ago(i64),
    /// From the beginning of this study day.
    Day(StudyDay),
}

/// The longest duration, in days.
const MOST_DAYS: u32 = 36_500;

/// Reads `7d`, `2w`, `12h`, `30m` or a date. Days and weeks count whole study days, so that a retake that is begun again later on
/// the day asks for the same cards.
pub fn parse_since(text: &str) -> std::result::Result<Since, String> {
    if let Ok(day) = text.parse::<StudyDay>() {
        return Ok(Since::Day(day));
    }
    let (number, unit) =
        parse_duration(text).ok_or("say how long ago, such as `7d`, `2w` or `12h`, or a date such as `2026-11-20`")?;
    let ago = |each: i64| match i64::from(number) * each {
        0 => Err("the duration must be longer than 0".to_owned()),
        ms if ms > i64::from(MOST_DAYS) * DAY_MS => Err(too_long()),
        ms => Ok(Since::Ago(ms)),
    };
    let days = |each: u32| match number.checked_mul(each) {
        Some(days) if days <= MOST_DAYS => Ok(Since::Days(days)),
        _ => Err(too_long()),
    };
    match unit {
        TimeUnit::Second => ago(1_000),
        TimeUnit::Minute => ago(MINUTE_MS),
        TimeUnit::Hour => ago(HOUR_MS),
        TimeUnit::Day => days(1),
        TimeUnit::Week => days(7),
    }
}

fn too_long() -> String {
    format!("at the most {MOST_DAYS} days ago")
}

impl Since {
    /// From when on, as seen from now. A later day is refused.
    pub(super) fn resolve(self, now: Moment, today: StudyDay) -> Result<MissesSince> {
        match self {
            Since::Day(day) if day > today => Err(Error::person(format!("`{day}` is in the future"))
                .hint("say a day up to today, or how long ago, such as `7d`")),
            Since::Day(day) => Ok(MissesSince::Day(day)),
            Since::Days(days) => {
                Ok(MissesSince::Day(StudyDay(today.0.saturating_sub(i32::try_from(days).unwrap_or(i32::MAX)))))
            }
            Since::Ago(ms) => Ok(MissesSince::Moment(now.utc_ms.saturating_sub(ms))),
        }
    }
}

impl fmt::Display for Since {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Since::Days(days) => write!(f, "{days}d"),
            Since::Ago(ms) if ms % MINUTE_MS == 0 => write!(f, "{}m", ms / MINUTE_MS),
            Since::Ago(ms) => write!(f, "{}s", ms / 1_000),
            Since::Day(day) => day.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn times_ago_and_dates_are_understood() {
        assert_eq!(parse_since("7d"), Ok(Since::Days(7)));
        assert_eq!(parse_since("2w"), Ok(Since::Days(14)));
        assert_eq!(parse_since("0d"), Ok(Since::Days(0)));
        assert_eq!(parse_since("12h"), Ok(Since::Ago(12 * HOUR_MS)));
        assert_eq!(parse_since("90s"), Ok(Since::Ago(90_000)));
        assert_eq!(parse_since("90m"), Ok(Since::Ago(90 * MINUTE_MS)));
        let day: StudyDay = "2026-11-20".parse().expect("a day");
        assert_eq!(parse_since("2026-11-20"), Ok(Since::Day(day)));
    }

    #[test]
    fn a_day_to_come_is_refused() {
        let now = Moment { utc_ms: 100 * 86_400_000, offset_minutes: 0 };
        assert_eq!(Since::Days(7).resolve(now, StudyDay(100)).expect("a day"), MissesSince::Day(StudyDay(93)));
        assert_eq!(Since::Ago(1).resolve(now, StudyDay(100)).expect("a moment"), MissesSince::Moment(now.utc_ms - 1));
        assert!(Since::Day(StudyDay(100)).resolve(now, StudyDay(100)).is_ok());
        assert!(Since::Day(StudyDay(101)).resolve(now, StudyDay(100)).is_err());
    }

    proptest! {
        #[test]
        fn anything_else_is_refused(text in "\\PC{0,12}") {
            prop_assume!(!["s", "m", "h", "d", "w"].iter().any(|unit| text.ends_with(unit)));
            prop_assume!(text.parse::<StudyDay>().is_err());
            prop_assert!(parse_since(&text).is_err());
        }

        #[test]
        fn what_is_understood_is_said_again(number in 1_u32..5_000, unit in prop::sample::select(vec!["s", "m", "h", "d", "w"])) {
            let since = parse_since(&format!("{number}{unit}")).expect("a time");
            prop_assert_eq!(parse_since(&since.to_string()), Ok(since));
        }
    }
}
