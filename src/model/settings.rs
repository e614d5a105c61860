//! The settings of a preset: typed, each with its key, default and range.

use std::fmt;

use super::DayStart;

const MINUTE_MS: i64 = 60_000;

/// What a deck is scheduled by, after its own settings, its parents' and the defaults were laid over each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The recall at which a card is due, 0.70–0.99.
    pub desired_retention: f64,
    /// New cards shown in a study day.
    pub new_per_day: u32,
    /// Reviews shown in a study day.
    pub reviews_per_day: u32,
    /// Whether new cards come on top of the reviews instead of counting among them.
    pub new_ignores_review_limit: bool,
    /// Waits of the learning steps, in milliseconds.
    pub learning_steps: Vec<i64>,
    /// Waits of the steps after a lapse, in milliseconds.
    pub relearning_steps: Vec<i64>,
    /// How long before its time a learning card may be shown when nothing else is left, in milliseconds.
    pub learn_ahead: i64,
    /// The longest interval, in days.
    pub maximum_interval: u32,
    /// Whether intervals are spread a little.
    pub fuzz: bool,
    /// How new cards and reviews are mixed.
    pub mix: Mix,
    /// Whether neighbouring cards are of different topics where possible.
    pub interleave_topics: bool,
    /// The probability that a question was known before it was first asked, 0–0.99.
    pub prior_knowledge: f64,
    /// Whether a right answer counts only as far as luck does not explain it.
    pub luck_aware: bool,
    /// The hour at which a study day begins.
    pub day_start: DayStart,
    /// The 21 parameters of FSRS-6; none for the defaults.
    pub parameters: Option<Vec<f32>>,
}

/// How new cards and reviews are mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mix {
    /// New cards spread over the reviews.
    Mixed,
    /// New cards before the reviews.
    NewFirst,
    /// New cards after the reviews.
    NewLast,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            desired_retention: 0.9,
            new_per_day: 20,
            reviews_per_day: 200,
            new_ignores_review_limit: false,
            learning_steps: vec![MINUTE_MS, 10 * MINUTE_MS],
            relearning_steps: vec![10 * MINUTE_MS],
            learn_ahead: 20 * MINUTE_MS,
            maximum_interval: 36_500,
            fuzz: true,
            mix: Mix::Mixed,
            interleave_topics: true,
            prior_knowledge: 0.3,
            luck_aware: true,
            day_start: DayStart::default(),
            parameters: None,
        }
    }
}

/// Why a setting was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingError {
    /// No setting has this key.
    UnknownKey(String),
    /// The value is outside what the setting allows.
    Value {
        /// The key.
        key: &'static str,
        /// What was given.
        value: String,
        /// What is allowed, in words.
        allowed: &'static str,
    },
}

impl fmt::Display for SettingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SettingError::UnknownKey(key) => write!(f, "no setting is called `{key}`"),
            SettingError::Value { key, value, allowed } => write!(f, "`{key}` cannot be `{value}`: it takes {allowed}"),
        }
    }
}

impl std::error::Error for SettingError {}

struct Key {
    name: &'static str,
    allowed: &'static str,
    set: fn(&mut Settings, &str) -> Option<()>,
    get: fn(&Settings) -> String,
}

macro_rules! keys {
    ($($name:literal, $allowed:literal, $field:ident, $parse:expr, $print:expr;)*) => {
        &[$(Key {
            name: $name,
            allowed: $allowed,
            set: |settings, text| { settings.$field = $parse(text)?; Some(()) },
            get: |settings| $print(&settings.$field),
        }),*]
    };
}

const KEYS: &[Key] = keys! {
    "desired-retention", "a number from 0.70 to 0.99", desired_retention, |t| real(t, 0.70, 0.99), f64::to_string;
    "new-per-day", "a whole number from 0 to 9999", new_per_day, |t| whole(t, 0, 9999), u32::to_string;
    "reviews-per-day", "a whole number from 0 to 9999", reviews_per_day, |t| whole(t, 0, 9999), u32::to_string;
    "new-ignores-review-limit", "`on` or `off`", new_ignores_review_limit, switch, on_off;
    "learning-steps", "durations such as `1m 10m` (s, m, h, d), or `none`", learning_steps, steps, |steps: &Vec<i64>| steps_text(steps);
    "relearning-steps", "durations such as `10m` (s, m, h, d), or `none`", relearning_steps, steps, |steps: &Vec<i64>| steps_text(steps);
    "learn-ahead", "a duration from 0 to 12h", learn_ahead, ahead, |ms: &i64| duration_text(*ms);
    "maximum-interval", "a whole number from 1 to 36500 (days)", maximum_interval, |t| whole(t, 1, 36_500), u32::to_string;
    "fuzz", "`on` or `off`", fuzz, switch, on_off;
    "mix", "`mixed`, `new-first` or `new-last`", mix, mix, mix_text;
    "interleave-topics", "`on` or `off`", interleave_topics, switch, on_off;
    "prior-knowledge", "a number from 0 to 0.99", prior_knowledge, |t| real(t, 0.0, 0.99), f64::to_string;
    "luck-aware", "`on` or `off`", luck_aware, switch, on_off;
    "day-start", "an hour from 0 to 23", day_start, |t: &str| DayStart::new(t.parse().ok()?), |start: &DayStart| start.hour().to_string();
    "parameters", "21 finite numbers, or `default`", parameters, parameters, parameters_text;
};

impl Settings {
    /// The keys, in the order in which they are shown.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        KEYS.iter().map(|key| key.name)
    }

    /// Sets one value from its text.
    ///
    /// # Errors
    /// When no setting has the key, or the value is outside its range; then nothing is changed.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), SettingError> {
        let known = find(key)?;
        let mut changed = self.clone();
        (known.set)(&mut changed, value.trim()).ok_or_else(|| SettingError::Value {
            key: known.name,
            value: value.into(),
            allowed: known.allowed,
        })?;
        *self = changed;
        Ok(())
    }

    /// One value as text that [`Settings::set`] reads back.
    ///
    /// # Errors
    /// When no setting has the key.
    pub fn get(&self, key: &str) -> Result<String, SettingError> {
        Ok((find(key)?.get)(self))
    }
}

fn find(key: &str) -> Result<&'static Key, SettingError> {
    KEYS.iter().find(|known| known.name == key).ok_or_else(|| SettingError::UnknownKey(key.into()))
}

fn real(text: &str, low: f64, high: f64) -> Option<f64> {
    // A NaN is in no range.
    text.parse().ok().filter(|value| (low..=high).contains(value))
}

fn whole(text: &str, low: u32, high: u32) -> Option<u32> {
    text.parse().ok().filter(|value| (low..=high).contains(value))
}

fn switch(text: &str) -> Option<bool> {
    match text {
        "on" => Some(true),
        "off" => Some(false),
        _ => None,
    }
}

fn on_off(value: &bool) -> String {
    if *value { "on" } else { "off" }.into()
}

const UNITS: [(char, i64); 4] = [('d', 86_400_000), ('h', 3_600_000), ('m', MINUTE_MS), ('s', 1_000)];
/// A year: a longer wait is no learning step.
const LONGEST_STEP_MS: i64 = 365 * 86_400_000;

fn duration(text: &str) -> Option<i64> {
    let unit = text.chars().next_back()?;
    let (_, ms) = UNITS.into_iter().find(|(letter, _)| *letter == unit)?;
    let number: u32 = text[..text.len() - unit.len_utf8()].parse().ok()?;
    i64::from(number).checked_mul(ms)
}

fn duration_text(ms: i64) -> String {
    if ms == 0 {
        return "0".into();
    }
    let (letter, unit) = UNITS.into_iter().find(|(_, unit)| ms % unit == 0).unwrap_or(('s', 1_000));
    format!("{}{letter}", ms / unit)
}

fn steps(text: &str) -> Option<Vec<i64>> {
    if text == "none" {
        return Some(Vec::new());
    }
    let steps: Vec<i64> = text
        .split_whitespace()
        .map(|step| duration(step).filter(|ms| (1_000..=LONGEST_STEP_MS).contains(ms)))
        .collect::<Option<_>>()?;
    (1..=20).contains(&steps.len()).then_some(steps)
}

fn steps_text(steps: &[i64]) -> String {
    if steps.is_empty() {
        return "none".into();
    }
    steps.iter().map(|ms| duration_text(*ms)).collect::<Vec<_>>().join(" ")
}

fn ahead(text: &str) -> Option<i64> {
    if text == "0" {
        return Some(0);
    }
    duration(text).filter(|ms| *ms <= 12 * 3_600_000)
}

fn mix(text: &str) -> Option<Mix> {
    match text {
        "mixed" => Some(Mix::Mixed),
        "new-first" => Some(Mix::NewFirst),
        "new-last" => Some(Mix::NewLast),
        _ => None,
    }
}

fn mix_text(mix: &Mix) -> String {
    match mix {
        Mix::Mixed => "mixed",
        Mix::NewFirst => "new-first",
        Mix::NewLast => "new-last",
    }
    .into()
}

fn parameters(text: &str) -> Option<Option<Vec<f32>>> {
    if text == "default" {
        return Some(None);
    }
    let numbers: Vec<f32> = text
        .trim_matches(['[', ']'])
        .split([',', ' '])
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok().filter(|number: &f32| number.is_finite()))
        .collect::<Option<_>>()?;
    (numbers.len() == 21).then_some(Some(numbers))
}

fn parameters_text(parameters: &Option<Vec<f32>>) -> String {
    match parameters {
        None => "default".into(),
        Some(numbers) => numbers.iter().map(f32::to_string).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_reads_back() {
        let defaults = Settings::default();
        for key in Settings::keys() {
            let mut settings = Settings::default();
            let text = defaults.get(key).expect("a known key");
            settings.set(key, &text).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(settings, defaults, "{key}");
        }
    }

    #[test]
    fn values_outside_the_range_are_refused_and_change_nothing() {
        for (key, value) in [
            ("desired-retention", "1"),
            ("desired-retention", "0.69"),
            ("desired-retention", "NaN"),
            ("desired-retention", "inf"),
            ("new-per-day", "-1"),
            ("new-per-day", "10000"),
            ("reviews-per-day", "ten"),
            ("learning-steps", ""),
            ("learning-steps", "10"),
            ("learning-steps", "1m 0s"),
            ("learn-ahead", "13h"),
            ("maximum-interval", "0"),
            ("luck-aware", "yes"),
            ("prior-knowledge", "1"),
            ("day-start", "24"),
            ("parameters", "1, 2, 3"),
        ] {
            let mut settings = Settings::default();
            let error = settings.set(key, value).expect_err(value);
            assert!(matches!(error, SettingError::Value { .. }), "{key}={value}: {error}");
            assert_eq!(settings, Settings::default());
        }
        assert!(matches!(Settings::default().set("colour", "blue"), Err(SettingError::UnknownKey(_))));
    }

    #[test]
    fn durations_print_as_they_are_read() {
        let mut settings = Settings::default();
        settings.set("learning-steps", "90s 1h 1d").expect("steps");
        assert_eq!(settings.learning_steps, [90_000, 3_600_000, 86_400_000]);
        assert_eq!(settings.get("learning-steps").expect("a key"), "90s 1h 1d");
        settings.set("learning-steps", "none").expect("no steps");
        assert_eq!(settings.learning_steps, Vec::<i64>::new());
    }
}
