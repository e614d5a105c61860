//! Numbers on the command line, read as settings are: `60`, `1h 30m`, `70 %`, `2 weeks`.

use crate::model::minutes_of;
use crate::model::setting_value::{days as days_in, real};

/// The most minutes that a limit may have: a day.
const MOST_MINUTES: u32 = 1_440;

type TypedNumber<T> = Result<T, String>;

/// A whole number in a range.
pub(super) fn whole(low: u32, high: u32) -> impl Fn(&str) -> TypedNumber<u32> + Clone + Send + Sync + 'static {
    move |text| {
        let number = text.trim().parse().ok().filter(|number| (low..=high).contains(number));
        number.ok_or_else(|| match high {
            u32::MAX => format!("write a whole number, {low} or more"),
            high => format!("write a whole number from {low} to {high}"),
        })
    }
}

/// Days: a number, or a length of time in whole days.
pub(super) fn days(low: u32, high: u32) -> impl Fn(&str) -> TypedNumber<u32> + Clone + Send + Sync + 'static {
    move |text| {
        days_in(text.trim(), low, high).ok_or_else(|| {
            format!("write days from {low} to {high}, such as `{}` or `{}w`", high.min(30), (high / 7).clamp(1, 2))
        })
    }
}

/// Minutes up to a day: a number, or a length of time.
pub(super) fn minutes(text: &str) -> TypedNumber<u32> {
    minutes_of(text)
        .filter(|minutes| (1..=MOST_MINUTES).contains(minutes))
        .ok_or_else(|| format!("write minutes from 1 to {MOST_MINUTES}, such as `60` or `1h 30m`"))
}

/// A whole percentage, with or without its sign.
pub(super) fn percent(text: &str) -> TypedNumber<u32> {
    match text.trim().trim_end_matches('%').trim_end().parse() {
        Ok(percent) if (1..=100).contains(&percent) => Ok(percent),
        _ => Err("write a percentage from 1 to 100, such as `70` or `70%`".into()),
    }
}

/// A share in a range, as a number or in percent.
pub(super) fn share(low: f64, high: f64) -> impl Fn(&str) -> TypedNumber<f64> + Clone + Send + Sync + 'static {
    move |text| {
        real(text.trim(), low, high)
            .ok_or_else(|| format!("write a number from {low} to {high}, such as `0.9` or `90%`"))
    }
}

/// A number, or `none` for what the settings file says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TypedLimit(pub(super) Option<u32>);

impl TypedLimit {
    /// Minutes, or `none`.
    pub(super) fn minutes(text: &str) -> TypedNumber<Self> {
        Self::parsed(text, minutes)
    }

    /// Answers, or `none`.
    pub(super) fn answers(text: &str) -> TypedNumber<Self> {
        Self::parsed(text, whole(1, u32::MAX))
    }

    fn parsed(text: &str, parse: impl Fn(&str) -> TypedNumber<u32>) -> TypedNumber<Self> {
        if text.trim().eq_ignore_ascii_case("none") {
            return Ok(Self(None));
        }
        parse(text).map(|number| Self(Some(number))).map_err(|why| format!("{why}, or `none`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, expected) in
            [("60", Some(60)), ("1h", Some(60)), ("1h 30m", Some(90)), ("90 min", Some(90)), ("0", None)]
        {
            assert_eq!(minutes(text).ok(), expected, "{text}");
        }
        for (text, expected) in [("70", Some(70)), ("70%", Some(70)), ("70 %", Some(70)), ("0", None), ("7.5", None)] {
            assert_eq!(percent(text).ok(), expected, "{text}");
        }
        for (text, expected) in [("30", Some(30)), ("2w", Some(14)), ("7 days", Some(7)), ("12h", None), ("0", None)] {
            assert_eq!(days(1, 365)(text).ok(), expected, "{text}");
        }
        for (text, expected) in [("0.9", Some(0.9)), ("90%", Some(0.9)), ("0,9", Some(0.9)), ("9", None), ("x", None)] {
            assert_eq!(share(0.7, 0.99)(text).ok(), expected, "{text}");
        }
        for (text, expected) in
            [("5", Some(5)), (" 5 ", Some(5)), ("0", None), ("5.0", None), ("many", None), ("", None)]
        {
            assert_eq!(whole(1, 9)(text).ok(), expected, "{text}");
        }
        assert_eq!(TypedLimit::minutes("NONE"), Ok(TypedLimit(None)));
        assert_eq!(TypedLimit::minutes("2h"), Ok(TypedLimit(Some(120))));
        assert_eq!(TypedLimit::answers("0"), Err("write a whole number, 1 or more, or `none`".into()));
    }
}
