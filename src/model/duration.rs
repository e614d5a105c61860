//! Lengths of time as people write them: `90s`, `10m`, `12h`, `7d`, `2w`.

/// A minute, in milliseconds.
pub const MINUTE_MS: i64 = 60_000;
/// An hour, in milliseconds.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// A day of 24 hours, in milliseconds.
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// `w`
    Week,
    /// `d`
    Day,
    /// `h`
    Hour,
    /// `m`
    Minute,
    /// `s`
    Second,
}

/// The units, the longest first, with their names.
const UNITS: [(TimeUnit, char, i64, &[&str]); 5] = [
    (TimeUnit::Week, 'w', 7 * DAY_MS, &["w", "week", "weeks"]),
    (TimeUnit::Day, 'd', DAY_MS, &["d", "day", "days"]),
    (TimeUnit::Hour, 'h', HOUR_MS, &["h", "hr", "hrs", "hour", "hours"]),
    (TimeUnit::Minute, 'm', MINUTE_MS, &["m", "min", "mins", "minute", "minutes"]),
    (TimeUnit::Second, 's', 1_000, &["s", "sec", "secs", "second", "seconds"]),
];

/// A whole number and its unit: `7d`, `20 min`.
pub fn parse_duration(text: &str) -> Option<(u32, TimeUnit)> {
    match parts(text)?[..] {
        [(count, unit, _)] => Some((count, unit)),
        _ => None,
    }
}

/// Lengths of time in a row, in milliseconds: `1m 10m`, `1m, 10m`, `20 min`. What is written without a gap is one: `1h30m`.
pub(super) fn parse_all_ms(text: &str) -> Option<Vec<i64>> {
    let mut all: Vec<i64> = Vec::new();
    for (count, unit, follows) in parts(text)? {
        let ms = in_ms(count, unit)?;
        match all.last_mut().filter(|_| follows) {
            Some(last) => *last = last.checked_add(ms)?,
            None => all.push(ms),
        }
    }
    Some(all)
}

/// A length of time, in milliseconds: `90s`, `20 min`, `1h 30m`. A smaller unit follows a larger one.
pub(super) fn parse_ms(text: &str) -> Option<i64> {
    let parts = parts(text)?;
    let place = |unit: TimeUnit| UNITS.iter().position(|(known, ..)| *known == unit);
    let sinks = parts.windows(2).all(|pair| place(pair[0].1) < place(pair[1].1));
    let sum = |sum: i64, (count, unit, _)| sum.checked_add(in_ms(count, unit)?);
    parts.into_iter().try_fold(0, sum).filter(|_| sinks)
}

/// Whole minutes: a number, or a length of time such as `20m`, `1h 30m`, `1.5h`, `1h30` or `1:30`.
pub fn minutes_of(text: &str) -> Option<u32> {
    let text = text.trim().to_lowercase().replace(" and ", " ");
    // A part of a minute is not kept, so it is not taken.
    let in_minutes =
        || parse_ms(&text).filter(|ms| ms % MINUTE_MS == 0).and_then(|ms| u32::try_from(ms / MINUTE_MS).ok());
    text.parse().ok().or_else(in_minutes).or_else(|| hours_and_minutes(&text)).or_else(|| decimal_minutes(&text))
}

/// `1:30`, and `1h30`, whose second number is minutes.
fn hours_and_minutes(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once([':', 'h'])?;
    let two = minutes.len() == 2 && minutes.bytes().all(|byte| byte.is_ascii_digit());
    let (hours, minutes): (u32, u32) = (hours.trim().parse().ok()?, minutes.parse().ok()?);
    (two && minutes < 60).then(|| hours.checked_mul(60)?.checked_add(minutes)).flatten()
}

/// `1.5h`, `0,5 hours`, `2.0 min`: what comes to whole minutes.
fn decimal_minutes(text: &str) -> Option<u32> {
    let end = text.find(|char: char| char.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = (text[..end].trim().replacen(',', ".", 1), if end == text.len() { "m" } else { &text[end..] });
    let is_decimal = number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') && number.contains('.');
    let value: f64 = number.parse().ok().filter(|_| is_decimal)?;
    let (_, _, ms, _) = UNITS.into_iter().find(|(.., names)| names.contains(&unit))?;
    let minutes = value * ms as f64 / MINUTE_MS as f64;
    ((minutes - minutes.round()).abs() < 1e-9 && minutes <= f64::from(u32::MAX)).then_some(minutes.round() as u32)
}

fn in_ms(count: u32, unit: TimeUnit) -> Option<i64> {
    let (_, _, ms, _) = UNITS.into_iter().find(|(known, ..)| *known == unit)?;
    i64::from(count).checked_mul(ms)
}

/// Numbers with their units, and whether each follows the one before without a gap; `None` if there is anything else, or nothing.
fn parts(text: &str) -> Option<Vec<(u32, TimeUnit, bool)>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    let mut follows = false;
    while !rest.is_empty() {
        let digits = rest.len() - rest.trim_start_matches(|char: char| char.is_ascii_digit()).len();
        let count = rest[..digits].parse().ok()?;
        let after = rest[digits..].trim_start();
        let letters = after.len() - after.trim_start_matches(|char: char| char.is_ascii_alphabetic()).len();
        let name = after[..letters].to_lowercase();
        let (unit, ..) = UNITS.into_iter().find(|(.., names)| names.contains(&name.as_str()))?;
        found.push((count, unit, follows));
        let gap = &after[letters..];
        let next = gap.trim_start_matches(|char: char| char.is_whitespace() || char == ',');
        follows = next.len() == gap.len();
        // A comma parts two, and ends nothing.
        if next.is_empty() && gap.contains(',') {
            return None;
        }
        rest = next;
    }
    (!found.is_empty()).then_some(found)
}

/// Milliseconds in the longest unit, up to days, that leaves no rest.
pub(super) fn ms_text(ms: i64) -> String {
    if ms == 0 {
        return "0".into();
    }
    let (_, letter, unit, _) = UNITS.into_iter().skip(1).find(|(_, _, unit, _)| ms % unit == 0).unwrap_or(UNITS[4]);
    format!("{}{letter}", ms / unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_is_read() {
        for (text, ms) in
            [("90s", 90_000), ("10m", 600_000), ("12h", 43_200_000), ("7d", 7 * DAY_MS), ("2w", 14 * DAY_MS)]
        {
            assert_eq!(parse_ms(text), Some(ms), "{text}");
        }
        for (text, ms) in [
            ("1 d", DAY_MS),
            ("20 min", 1_200_000),
            ("1h 30m", 5_400_000),
            ("1h30min", 5_400_000),
            ("2 Weeks", 14 * DAY_MS),
        ] {
            assert_eq!(parse_ms(text), Some(ms), "{text}");
        }
        for broken in
            ["", "d", "10", "-1d", "1.5h", "2y", "99999999999d", "30m 1h", "1m 1m", "1m,", ", 1m", "1 d 2", "1½h"]
        {
            assert_eq!(parse_ms(broken), None, "{broken}");
        }
        assert_eq!(parse_all_ms("1m, 10 min 1h30m"), Some(vec![60_000, 600_000, 5_400_000]));
        assert_eq!(parse_all_ms("1m x"), None);
        for (text, minutes) in [
            ("20", 20),
            (" 20 ", 20),
            ("1.5h", 90),
            ("1,5 h", 90),
            ("0.25 hours", 15),
            (".5h", 30),
            ("20.0", 20),
            ("1:30", 90),
            ("0:45", 45),
            ("1h30", 90),
            ("1 Hour and 30 Minutes", 90),
            ("90 mins", 90),
        ] {
            assert_eq!(minutes_of(text), Some(minutes), "{text}");
        }
        for broken in
            ["", "1.23h", "1:5", "1:75", "1.h.5", "-1.5h", "1e3", "1.5", "inf h", "1.5 fortnights", "ten", "1:30:00"]
        {
            assert_eq!(minutes_of(broken), None, "{broken}");
        }
    }

    #[test]
    fn the_longest_unit_up_to_days_is_written() {
        let texts = [0, 1_000, 90_000, 600_000, 36 * HOUR_MS, 14 * DAY_MS].map(ms_text);
        assert_eq!(texts, ["0", "1s", "90s", "10m", "36h", "14d"]);
    }
}
