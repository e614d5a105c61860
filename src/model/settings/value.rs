//! The values of settings as text, and back.

use std::str::FromStr;

use crate::model::duration::{DAY_MS, HOUR_MS, minutes_of, ms_text, parse_all_ms, parse_ms};

/// A value that knows its own text: one of several names, in any case.
pub(super) fn parsed<T: FromStr>(text: &str) -> Option<T> {
    // `new first` is `new-first`.
    let words = text.to_lowercase().replace('_', " ");
    words.split_whitespace().collect::<Vec<_>>().join("-").parse().ok()
}

/// Words for a setting that is not set.
const WITHOUT: [&str; 4] = ["none", "off", "no", "never"];

/// A value; `without` is the text of `None`.
pub(super) fn optional<T>(text: &str, without: &str, parse: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    let is_without = text.eq_ignore_ascii_case(without) || WITHOUT.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is_without { Some(None) } else { parse(text).map(Some) }
}

pub(super) fn optional_text<T: ToString>(value: &Option<T>, without: &str) -> String {
    value.as_ref().map_or_else(|| without.to_owned(), T::to_string)
}

/// Numbers with commas between them; `default` if there are none.
pub(super) fn numbers_text<T: ToString>(numbers: &Option<impl AsRef<[T]>>) -> String {
    let text = |numbers: &[T]| numbers.iter().map(T::to_string).collect::<Vec<_>>().join(", ");
    numbers.as_ref().map_or_else(|| "default".into(), |numbers| text(numbers.as_ref()))
}

pub(super) fn easy_days(text: &str) -> Option<[f64; 7]> {
    let parted = |between: fn(char) -> bool| -> Option<Vec<f64>> {
        text.split(between).map(str::trim).filter(|part| !part.is_empty()).map(|part| real(part, 0.0, 1.0)).collect()
    };
    // A comma parts numbers, unless it is a decimal one.
    let shares = parted(char::is_whitespace).filter(|shares| shares.len() == 7);
    let shares = shares.or_else(|| parted(|char| char == ',' || char == ';' || char.is_whitespace()))?;
    let shares: [f64; 7] = shares.try_into().ok()?;
    shares.iter().any(|share| *share > 0.0).then_some(shares)
}

pub(super) fn easy_days_text(shares: &[f64; 7]) -> String {
    shares.map(|share| share.to_string()).join(" ")
}

/// A number in a range, with a decimal point or comma. A share (up to 1) may be given in percent: `90 %`, or `90` from ten on.
pub fn real(text: &str, low: f64, high: f64) -> Option<f64> {
    let text = text.to_lowercase();
    let text = text.strip_suffix("percent").map_or(text.clone(), |number| format!("{number}%"));
    let number = text.trim_end_matches('%').trim_end();
    let percent = number.len() < text.len();
    let value: f64 = number.replacen(',', ".", 1).parse().ok()?;
    let is_percent = high <= 1.0 && (percent || value >= 10.0);
    // A quotient is the nearest number, where a product with 0.01 is not.
    let value = if is_percent { value / 100.0 } else { value };
    // A NaN is in no range.
    ((low..=high).contains(&value) && (is_percent || !percent)).then_some(value)
}

/// Words after a number that say what is counted anyway.
const COUNTED: [&str; 12] = [
    "per day",
    "a day",
    "each day",
    "every day",
    "daily",
    "/day",
    "/ day",
    "new",
    "cards",
    "reviews",
    "lapses",
    "times",
];

/// A whole number, also with what it counts: `20 cards a day`.
pub(super) fn whole(text: &str, low: u32, high: u32) -> Option<u32> {
    let text = text.to_lowercase();
    let mut number = text.trim();
    while let Some(shorter) = COUNTED.iter().find_map(|word| number.strip_suffix(word)) {
        number = shorter.trim_end();
    }
    number.parse().ok().filter(|value| (low..=high).contains(value))
}

pub(super) fn switch(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "on" | "true" | "yes" | "y" | "1" | "enabled" => Some(true),
        "off" | "false" | "no" | "n" | "0" | "disabled" | "none" => Some(false),
        _ => None,
    }
}

pub(super) fn on_off(value: &bool) -> String {
    if *value { "on" } else { "off" }.into()
}

/// Minutes of a day: a number, or a duration such as `20m` or `1h`.
pub(super) fn minutes(text: &str) -> Option<u32> {
    minutes_of(text).filter(|minutes| (1..=1_440).contains(minutes))
}

/// Days: a number, or a duration in whole days such as `365d`, `52 weeks` or `2 years`.
pub fn days(text: &str, low: u32, high: u32) -> Option<u32> {
    let in_days = || parse_ms(text).filter(|ms| ms % DAY_MS == 0).and_then(|ms| u32::try_from(ms / DAY_MS).ok());
    let in_years = || {
        let text = text.to_lowercase();
        let number = ["years", "year", "y"].iter().find_map(|unit| text.strip_suffix(unit))?;
        number.trim().parse::<u32>().ok()?.checked_mul(365)
    };
    text.parse().ok().or_else(in_days).or_else(in_years).filter(|days| (low..=high).contains(days))
}

/// An hour of the day: `4`, `04:00`, `4am`, `4 h`.
pub(super) fn hour(text: &str) -> Option<u8> {
    let text = text.to_lowercase().replace("o'clock", "").replace('.', ":");
    let text = text.trim();
    match text {
        "midnight" => return Some(0),
        "noon" => return Some(12),
        _ => {}
    }
    let (number, afternoon) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(number), _) => (number, Some(false)),
        (_, Some(number)) => (number, Some(true)),
        _ => (text.strip_suffix('h').unwrap_or(text), None),
    };
    let number = number.trim();
    let hour: u8 = number.strip_suffix(":00").unwrap_or(number).parse().ok()?;
    match afternoon {
        None => Some(hour),
        Some(later) => (1..=12).contains(&hour).then(|| hour % 12 + if later { 12 } else { 0 }),
    }
}

/// A year: a longer wait is no learning step.
const LONGEST_STEP_MS: i64 = 365 * DAY_MS;

pub(super) fn steps(text: &str) -> Option<Vec<i64>> {
    if WITHOUT.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return Some(Vec::new());
    }
    let steps = parse_all_ms(text)?;
    let fits = steps.iter().all(|ms| (1_000..=LONGEST_STEP_MS).contains(ms));
    (fits && (1..=20).contains(&steps.len())).then_some(steps)
}

pub(super) fn steps_text(steps: &[i64]) -> String {
    if steps.is_empty() {
        return "none".into();
    }
    steps.iter().map(|ms| ms_text(*ms)).collect::<Vec<_>>().join(" ")
}

pub(super) fn ahead(text: &str) -> Option<i64> {
    if text == "0" {
        return Some(0);
    }
    parse_ms(text).filter(|ms| *ms <= 12 * HOUR_MS)
}
