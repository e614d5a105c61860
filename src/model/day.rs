//! Moments and study days.
//!
//! A study day begins at a fixed hour of the wall clock (04:00 by default), so that a session after midnight belongs to
//! the evening before. It is computed from the wall clock of the place where the answer was given. This makes it safe
//! over changes of summer time and over journeys.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, SecondsFormat};

use super::{DAY_MS, HOUR_MS, MINUTE_MS};

/// The year 1990, UTC milliseconds: nobody kept a log of answers before, so a clock that says less is wrong.
pub const FIRST_MS: i64 = 631_152_000_000;
/// The year 2300, UTC milliseconds: nobody answers later, so a clock that says more is wrong, and so is such a date in a file.
pub const LATEST_MS: i64 = 10_413_792_000_000;
/// The last moment that a calendar has, UTC milliseconds: the end of the year 9999, all but a second.
pub const LAST_MS: i64 = 253_402_300_799_000;
/// The last day that is ever said: what is promised at the end of the calendar is a little beyond it.
pub const LAST_DAY: i32 = 3_000_000;
/// No wall clock is further from UTC, in minutes.
pub const WIDEST_OFFSET: i32 = 24 * 60 - 1;

/// A point in time together with the offset of the wall clock that read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub utc_ms: i64,
    /// Minutes by which the wall clock was ahead of UTC (negative west of Greenwich).
    pub offset_minutes: i32,
}

impl Moment {
    /// The nearest moment that a calendar and a wall clock have. What is written in a file may be any number.
    pub fn within_calendar(utc_ms: i64, offset_minutes: i64) -> Self {
        let offset_minutes = i32::try_from(offset_minutes.clamp(-i64::from(WIDEST_OFFSET), WIDEST_OFFSET.into()));
        Self { utc_ms: utc_ms.clamp(-LAST_MS, LAST_MS), offset_minutes: offset_minutes.unwrap_or(0) }
    }

    /// The study day that this moment belongs to.
    pub fn study_day(self, start: DayStart) -> StudyDay {
        let day = self.wall_ms().saturating_sub(i64::from(start.hour()) * HOUR_MS).div_euclid(DAY_MS);
        StudyDay(i32::try_from(day).unwrap_or(if day < 0 { i32::MIN } else { i32::MAX }))
    }

    /// The hour of the wall clock, 0–23.
    pub fn hour(self) -> u8 {
        u8::try_from(self.wall_ms().rem_euclid(DAY_MS) / HOUR_MS).unwrap_or(0)
    }

    fn wall_ms(self) -> i64 {
        self.utc_ms.saturating_add(i64::from(self.offset_minutes) * MINUTE_MS)
    }

    /// When a study day begins on this wall clock, UTC milliseconds.
    pub fn start_of(self, day: StudyDay, start: DayStart) -> i64 {
        i64::from(day.0) * DAY_MS + i64::from(start.hour()) * HOUR_MS - i64::from(self.offset_minutes) * MINUTE_MS
    }

    /// The same wall clock, `ms` milliseconds later (earlier if negative).
    pub fn plus_ms(self, ms: i64) -> Self {
        Self { utc_ms: self.utc_ms.saturating_add(ms), ..self }
    }

    /// RFC 3339 with milliseconds and offset, as `2026-11-23T08:15:00.000+01:00`.
    pub fn rfc3339(self) -> String {
        match self.date_time() {
            Some(time) => time.to_rfc3339_opts(SecondsFormat::Millis, false),
            None => format!("{} ms", self.utc_ms),
        }
    }

    /// The date and time on the wall clock; `None` outside the years that chrono supports.
    pub fn date_time(self) -> Option<DateTime<FixedOffset>> {
        let offset = FixedOffset::east_opt(self.offset_minutes.checked_mul(60)?)?;
        Some(DateTime::from_timestamp_millis(self.utc_ms)?.with_timezone(&offset))
    }
}

impl From<DateTime<FixedOffset>> for Moment {
    fn from(time: DateTime<FixedOffset>) -> Self {
        Self { utc_ms: time.timestamp_millis(), offset_minutes: time.offset().local_minus_utc() / 60 }
    }
}

/// The hour of the wall clock at which a study day begins, 0–23.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayStart(u8);

impl DayStart {
    /// `None` if `hour` is over 23.
    pub fn new(hour: u8) -> Option<Self> {
        (hour < 24).then_some(Self(hour))
    }

    /// The hour, 0–23.
    pub fn hour(self) -> u8 {
        self.0
    }
}

impl Default for DayStart {
    fn default() -> Self {
        Self(4)
    }
}

/// A study day, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StudyDay(pub i32);

impl StudyDay {
    /// The nearest day that a calendar has. What is written in a file may be any number.
    pub fn within_calendar(day: i64) -> Self {
        Self(i32::try_from(day.clamp(-i64::from(LAST_DAY), LAST_DAY.into())).unwrap_or(LAST_DAY))
    }

    /// The calendar date that names the day; the last one or the first one for a day that is outside of the calendar.
    pub fn date(self) -> NaiveDate {
        let end = if self.0 < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
        NaiveDate::default().checked_add_signed(Duration::days(i64::from(self.0))).unwrap_or(end)
    }

    /// The day of the week, from 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> usize {
        // 1970-01-01 was a Thursday.
        (i64::from(self.0) + 3).rem_euclid(7) as usize
    }

    /// The day `days` later.
    pub fn plus(self, days: u32) -> Self {
        Self(self.0.saturating_add(i32::try_from(days).unwrap_or(i32::MAX)))
    }

    /// Whole days from `earlier` to this day; 0 if the clock was set back.
    pub fn since(self, earlier: StudyDay) -> u32 {
        u32::try_from(i64::from(self.0) - i64::from(earlier.0)).unwrap_or(0)
    }
}

impl From<NaiveDate> for StudyDay {
    fn from(date: NaiveDate) -> Self {
        let days = date.signed_duration_since(NaiveDate::default()).num_days();
        Self(i32::try_from(days).unwrap_or(0))
    }
}

impl fmt::Display for StudyDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.date().format("%Y-%m-%d").to_string())
    }
}

/// A text that names no day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchDay;

impl fmt::Display for NoSuchDay {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("there is no such day: days are written as 2026-11-23")
    }
}

impl std::error::Error for NoSuchDay {}

impl FromStr for StudyDay {
    type Err = NoSuchDay;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Self::from).map_err(|_| NoSuchDay)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        DateTime::parse_from_rfc3339(text).expect("a time").into()
    }

    #[test]
    fn a_study_day_begins_at_four() {
        let start = DayStart::default();
        assert_eq!(moment("2026-11-23T03:59:59.999+01:00").study_day(start).to_string(), "2026-11-22");
        assert_eq!(moment("2026-11-23T04:00:00+01:00").study_day(start).to_string(), "2026-11-23");
    }

    #[test]
    fn a_study_day_follows_the_wall_clock_over_the_end_of_summer_time() {
        let start = DayStart::default();
        // 2026-10-25 03:00 CEST becomes 02:00 CET: 04:00 CET is an hour of UTC later than 04:00 CEST was.
        assert_eq!(moment("2026-10-25T02:30:00+02:00").study_day(start).to_string(), "2026-10-24");
        assert_eq!(moment("2026-10-25T03:59:00+01:00").study_day(start).to_string(), "2026-10-24");
        assert_eq!(moment("2026-10-25T04:00:00+01:00").study_day(start).to_string(), "2026-10-25");
    }

    #[test]
    fn a_study_day_begins_where_the_one_before_ends() {
        for (text, hour) in
            [("2026-11-23T08:15:00+01:00", 4), ("2026-11-23T00:15:00-03:30", 4), ("1969-12-31T23:00:00Z", 23)]
        {
            let (now, start) = (moment(text), DayStart::new(hour).expect("an hour"));
            let day = now.study_day(start);
            let begins = now.start_of(day, start);
            assert_eq!(Moment { utc_ms: begins, ..now }.study_day(start), day, "{text}");
            assert_eq!(Moment { utc_ms: begins - 1, ..now }.study_day(start), StudyDay(day.0 - 1), "{text}");
            assert_eq!(now.start_of(day.plus(1), start) - begins, DAY_MS);
        }
    }

    #[test]
    fn no_number_is_too_large_for_a_calculation() {
        let start = DayStart::default();
        for utc_ms in [i64::MIN, -1, 0, i64::MAX] {
            for offset_minutes in [i32::MIN, -1_000_000, 0, i32::MAX] {
                let odd = Moment { utc_ms, offset_minutes };
                let _ = (odd.study_day(start), odd.hour(), odd.rfc3339(), odd.plus_ms(i64::MAX), odd.date_time());
                let near = Moment::within_calendar(utc_ms, offset_minutes.into());
                assert!(near.date_time().is_some(), "{near:?}");
            }
        }
        for day in [i32::MIN, -1, i32::MAX].map(StudyDay) {
            let _ = (day.date(), day.to_string(), day.weekday(), day.plus(u32::MAX), day.since(StudyDay(i32::MIN)));
        }
        assert_eq!(StudyDay::within_calendar(i64::MAX), StudyDay(LAST_DAY));
    }

    #[test]
    fn the_hour_is_that_of_the_wall_clock() {
        for (text, hour) in
            [("2026-11-23T23:59:59+01:00", 23), ("1969-12-31T23:30:00Z", 23), ("2026-11-23T00:15:00-03:30", 0)]
        {
            assert_eq!(moment(text).hour(), hour, "{text}");
        }
    }

    #[test]
    fn a_clock_that_went_back_counts_as_no_days() {
        assert_eq!(StudyDay(10).since(StudyDay(12)), 0);
        assert_eq!(StudyDay(12).since(StudyDay(10)), 2);
    }

    #[test]
    fn weekdays_are_those_of_the_calendar() {
        use chrono::Datelike;
        for day in [-20_000, -1, 0, 1, 20_775, 20_781].map(StudyDay) {
            assert_eq!(day.weekday(), day.date().weekday().num_days_from_monday() as usize, "{day}");
        }
    }

    #[test]
    fn moments_print_with_milliseconds_and_offset() {
        assert_eq!(moment("2026-11-23T08:15:00.25-03:30").rfc3339(), "2026-11-23T08:15:00.250-03:30");
    }
}
