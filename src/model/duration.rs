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

/// The units, the longest first.
const UNITS: [(TimeUnit, char, i64); 5] = [
    (TimeUnit::Week, 'w', 7 * DAY_MS),
    (TimeUnit::Day, 'd', DAY_MS),
    (TimeUnit::Hour, 'h', HOUR_MS),
    (TimeUnit::Minute, 'm', MINUTE_MS),
    (TimeUnit::Second, 's', 1_000),
];

/// A whole number and its unit.
pub fn parse_duration(text: &str) -> Option<(u32, TimeUnit)> {
    let (unit, letter, _) = UNITS.into_iter().find(|(_, letter, _)| text.ends_with(*letter))?;
    Some((text.strip_suffix(letter)?.parse().ok()?, unit))
}

/// A whole number and its unit, in milliseconds.
pub(super) fn parse_ms(text: &str) -> Option<i64> {
    let (count, unit) = parse_duration(text)?;
    let (.., ms) = UNITS.into_iter().find(|(known, ..)| *known == unit)?;
    i64::from(count).checked_mul(ms)
}

/// Milliseconds in the longest unit, up to days, that leaves no rest.
pub(super) fn ms_text(ms: i64) -> String {
    if ms == 0 {
        return "0".into();
    }
    let (_, letter, unit) = UNITS.into_iter().skip(1).find(|(.., unit)| ms % unit == 0).unwrap_or(UNITS[4]);
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
        for broken in ["", "d", "10", "-1d", "1.5h", "1 d", "2y", "99999999999d"] {
            assert_eq!(parse_ms(broken), None, "{broken}");
        }
    }

    #[test]
    fn the_longest_unit_up_to_days_is_written() {
        let texts = [0, 1_000, 90_000, 600_000, 36 * HOUR_MS, 14 * DAY_MS].map(ms_text);
        assert_eq!(texts, ["0", "1s", "90s", "10m", "36h", "14d"]);
    }
}
