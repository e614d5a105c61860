//! The values of settings as text, and back.

use crate::model::StudyDay;

/// A minute, in milliseconds.
pub(super) const MINUTE_MS: i64 = 60_000;

/// A value that is one of several names.
pub(super) trait Named: Copy + PartialEq + 'static {
    /// Each value with its name.
    const NAMES: &'static [(Self, &'static str)];

    /// Its name.
    fn name(&self) -> String {
        Self::NAMES.iter().find(|(value, _)| value == self).map_or_else(String::new, |(_, name)| (*name).to_owned())
    }
}

/// The value of this name.
pub(super) fn named<T: Named>(text: &str) -> Option<T> {
    T::NAMES.iter().find(|(_, name)| *name == text).map(|(value, _)| *value)
}

/// A value, or none under the name `without`.
pub(super) fn optional<T>(text: &str, without: &str, parse: impl Fn(&str) -> Option<T>) -> Option<Option<T>> {
    if text == without { Some(None) } else { parse(text).map(Some) }
}

pub(super) fn optional_text(value: &Option<u32>, without: &str) -> String {
    value.map_or_else(|| without.to_owned(), |value| value.to_string())
}

pub(super) fn date(text: &str) -> Option<StudyDay> {
    text.parse().ok()
}

pub(super) fn date_text(day: &Option<StudyDay>) -> String {
    day.map_or_else(|| "none".to_owned(), |day| day.to_string())
}

pub(super) fn easy_days(text: &str) -> Option<[f64; 7]> {
    let shares: Vec<f64> = text.split_whitespace().map(|part| real(part, 0.0, 1.0)).collect::<Option<_>>()?;
    let shares: [f64; 7] = shares.try_into().ok()?;
    shares.iter().any(|share| *share > 0.0).then_some(shares)
}

pub(super) fn easy_days_text(shares: &[f64; 7]) -> String {
    shares.map(|share| share.to_string()).join(" ")
}

pub(super) fn real(text: &str, low: f64, high: f64) -> Option<f64> {
    // A NaN is in no range.
    text.parse().ok().filter(|value| (low..=high).contains(value))
}

pub(super) fn whole(text: &str, low: u32, high: u32) -> Option<u32> {
    text.parse().ok().filter(|value| (low..=high).contains(value))
}

pub(super) fn switch(text: &str) -> Option<bool> {
    match text {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

pub(super) fn on_off(value: &bool) -> String {
    if *value { "on" } else { "off" }.into()
}

const UNITS: [(char, i64); 4] = [('d', 86_400_000), ('h', 3_600_000), ('m', MINUTE_MS), ('s', 1_000)];
/// A year: a longer wait is no learning step.
const LONGEST_STEP_MS: i64 = 365 * 86_400_000;

pub(super) fn duration(text: &str) -> Option<i64> {
    let unit = text.chars().next_back()?;
    let (_, ms) = UNITS.into_iter().find(|(letter, _)| *letter == unit)?;
    let number: u32 = text[..text.len() - unit.len_utf8()].parse().ok()?;
    i64::from(number).checked_mul(ms)
}

pub(super) fn duration_text(ms: i64) -> String {
    if ms == 0 {
        return "0".into();
    }
    let (letter, unit) = UNITS.into_iter().find(|(_, unit)| ms % unit == 0).unwrap_or(('s', 1_000));
    format!("{}{letter}", ms / unit)
}

pub(super) fn steps(text: &str) -> Option<Vec<i64>> {
    if text == "none" {
        return Some(Vec::new());
    }
    let steps: Vec<i64> = text
        .split_whitespace()
        .map(|step| duration(step).filter(|ms| (1_000..=LONGEST_STEP_MS).contains(ms)))
        .collect::<Option<_>>()?;
    (1..=20).contains(&steps.len()).then_some(steps)
}

pub(super) fn steps_text(steps: &[i64]) -> String {
    if steps.is_empty() {
        return "none".into();
    }
    steps.iter().map(|ms| duration_text(*ms)).collect::<Vec<_>>().join(" ")
}

pub(super) fn ahead(text: &str) -> Option<i64> {
    if text == "0" {
        return Some(0);
    }
    duration(text).filter(|ms| *ms <= 12 * 3_600_000)
}
