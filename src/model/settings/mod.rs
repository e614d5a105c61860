//! The settings of a preset: typed, each with its key, default and range.

mod answering;
mod origin;
mod parameters;
mod value;

use std::fmt;

use super::duration::{MINUTE_MS, ms_text};
use super::{DayStart, StudyDay};
use answering::{answering, answering_text};
pub use origin::{SetWhen, SettingOrigin};
pub use parameters::PARAMETER_RANGES;
use parameters::{Outside, outside, parameters, parameters_text};
use value::{
    ahead, easy_days, easy_days_text, on_off, optional, optional_text, parsed, real, steps, steps_text, switch, whole,
};

/// The settings of a deck, merged from its own, its parents' and the defaults.
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
    /// Whether the day within that spread is chosen so that days are alike in work.
    pub load_balance: bool,
    /// How much work each weekday gets in proportion to the others, Monday to Sunday, 0–1.
    pub easy_days: [f64; 7],
    /// Which of the due cards come first.
    pub review_order: ReviewOrder,
    /// Which of the new cards come first.
    pub new_order: NewOrder,
    /// How new cards and reviews are mixed.
    pub mix: Mix,
    /// Whether neighbouring cards have different topics if possible.
    pub interleave_topics: bool,
    /// Whether the other cards of a question wait for another day once one was asked.
    pub bury_siblings: bool,
    /// The number of lapses that makes a card a leech; `None` for never.
    pub leech_threshold: Option<u32>,
    /// What happens to a leech.
    pub leech_action: LeechAction,
    /// The probability that a question was known before it was first asked, 0–0.99.
    pub prior_knowledge: f64,
    /// Whether a right answer counts only as far as luck does not explain it.
    pub luck_aware: bool,
    /// Whether the stem is shown alone until a key is pressed.
    pub recall_first: bool,
    /// Whether the person rates every right answer.
    pub grading: Grading,
    /// Whether the person states their confidence before an answer is judged.
    pub confidence: Sureness,
    /// The day of the exam.
    pub exam: Option<StudyDay>,
    /// The minutes per day for reviews, which exams and plans use.
    pub minutes_per_day: Option<u32>,
    /// Answers before this day are no evidence for today's memory: fits leave them out.
    pub ignore_before: Option<StudyDay>,
    /// The hour at which a study day begins.
    pub day_start: DayStart,
    /// The 21 parameters of FSRS-6; `None` for the defaults.
    pub parameters: Option<Vec<f32>>,
    /// How the person answers, as fits learnt it: prior knowledge, luck, the chances of owning up, of a false alarm and
    /// of a slip, and how often luck is rated. `None` for the usual values.
    pub answering: Option<[f64; 6]>,
    /// Whether the parameters are fitted automatically.
    pub optimize: Optimize,
}

/// When the parameters are fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum Optimize {
    /// At the start of a day, when the answers have doubled.
    Auto,
    /// On request.
    Off,
}

/// How new cards and reviews are mixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum Mix {
    /// New cards spread over the reviews.
    Mixed,
    /// New cards before the reviews.
    NewFirst,
    /// New cards after the reviews.
    NewLast,
}

/// Which of the due cards come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum ReviewOrder {
    /// Those that are most likely forgotten.
    Risk,
    /// Those that are due for longest.
    Due,
    /// Any.
    Random,
    /// The hardest.
    Difficulty,
    /// Deck by deck, each by risk.
    Deck,
    /// Those that are overdue most for their interval.
    Overdue,
}

/// Which of the new cards come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum NewOrder {
    /// In the order of their bank.
    Bank,
    /// Any.
    Random,
    /// Each topic in turn.
    Topics,
}

/// What happens to a leech: a card that is forgotten again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum LeechAction {
    /// It is listed.
    Tag,
    /// It is listed and suspended.
    Suspend,
}

/// Who rates a right answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum Grading {
    /// Enter accepts the rating of the model.
    Auto,
    /// The person, every time.
    Ask,
}

/// Whether the person states their confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString)]
#[strum(serialize_all = "kebab-case")]
pub enum Sureness {
    /// It is not asked.
    Off,
    /// Before every answer is judged.
    Ask,
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
            load_balance: true,
            easy_days: [1.0; 7],
            review_order: ReviewOrder::Risk,
            new_order: NewOrder::Bank,
            mix: Mix::Mixed,
            interleave_topics: true,
            bury_siblings: true,
            leech_threshold: Some(8),
            leech_action: LeechAction::Tag,
            prior_knowledge: 0.3,
            luck_aware: true,
            recall_first: false,
            grading: Grading::Auto,
            confidence: Sureness::Off,
            exam: None,
            minutes_per_day: None,
            ignore_before: None,
            day_start: DayStart::default(),
            parameters: None,
            answering: None,
            optimize: Optimize::Auto,
        }
    }
}

/// Why a setting was refused.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingError {
    /// No setting has this key.
    UnknownKey(String),
    /// The value is not allowed.
    Value {
        /// The key.
        key: &'static str,
        /// The given value.
        value: String,
        /// The allowed values, in words.
        allowed: &'static str,
    },
    /// One of the 21 parameters is outside its range.
    Parameter {
        /// Its place among them, from 0.
        place: usize,
        /// The given value.
        value: f32,
        /// The lowest that is allowed.
        low: f32,
        /// The highest that is allowed.
        high: f32,
    },
}

impl fmt::Display for SettingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SettingError::UnknownKey(key) => write!(f, "no setting is called `{key}`"),
            SettingError::Value { key, value, allowed } => write!(f, "`{key}` cannot be `{value}`: it takes {allowed}"),
            SettingError::Parameter { place, value, low, high } => {
                let number = place + 1;
                write!(
                    f,
                    "`parameters`: number {number} (w{place}) cannot be `{value}`: it takes a number from {low} to {high}"
                )
            }
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
    "learning-steps", "durations such as `1m 10m` (s, m, h, d, w), or `none`", learning_steps, steps, |steps: &Vec<i64>| steps_text(steps);
    "relearning-steps", "durations such as `10m` (s, m, h, d, w), or `none`", relearning_steps, steps, |steps: &Vec<i64>| steps_text(steps);
    "learn-ahead", "a duration from 0 to 12h", learn_ahead, ahead, |ms: &i64| ms_text(*ms);
    "maximum-interval", "a whole number from 1 to 36500 (days)", maximum_interval, |t| whole(t, 1, 36_500), u32::to_string;
    "fuzz", "`on` or `off`", fuzz, switch, on_off;
    "load-balance", "`on` or `off`", load_balance, switch, on_off;
    "easy-days", "seven numbers from 0 to 1, Monday to Sunday, not all 0", easy_days, easy_days, easy_days_text;
    "review-order", "`risk`, `due`, `random`, `difficulty`, `deck` or `overdue`", review_order, parsed, ToString::to_string;
    "new-order", "`bank`, `random` or `topics`", new_order, parsed, ToString::to_string;
    "mix", "`mixed`, `new-first` or `new-last`", mix, parsed, ToString::to_string;
    "interleave-topics", "`on` or `off`", interleave_topics, switch, on_off;
    "bury-siblings", "`on` or `off`", bury_siblings, switch, on_off;
    "leech-threshold", "a whole number from 2 to 99, or `off`", leech_threshold, |t| optional(t, "off", |t| whole(t, 2, 99)), |value| optional_text(value, "off");
    "leech-action", "`tag` or `suspend`", leech_action, parsed, ToString::to_string;
    "prior-knowledge", "a number from 0 to 0.99", prior_knowledge, |t| real(t, 0.0, 0.99), f64::to_string;
    "luck-aware", "`on` or `off`", luck_aware, switch, on_off;
    "recall-first", "`on` or `off`", recall_first, switch, on_off;
    "grading", "`auto` or `ask`", grading, parsed, ToString::to_string;
    "confidence", "`off` or `ask`", confidence, parsed, ToString::to_string;
    "exam", "a date such as `2027-01-15`, or `none`", exam, |t| optional(t, "none", parsed), |day| optional_text(day, "none");
    "minutes-per-day", "a whole number from 1 to 1440, or `none`", minutes_per_day, |t| optional(t, "none", |t| whole(t, 1, 1440)), |value| optional_text(value, "none");
    "ignore-before", "a date such as `2026-01-31`, or `none`", ignore_before, |t| optional(t, "none", parsed), |day| optional_text(day, "none");
    "day-start", "an hour from 0 to 23", day_start, |t: &str| DayStart::new(t.parse().ok()?), |start: &DayStart| start.hour().to_string();
    "parameters", "21 finite numbers, each in its range, or `default`", parameters, parameters, parameters_text;
    "answering", "prior knowledge (0–1), luck (0.5–2), and the chances (0–1) of owning up, a false alarm, a slip and a rated guess, or `default`", answering, answering, answering_text;
    "optimize", "`auto` or `off`", optimize, parsed, ToString::to_string;
};

impl Settings {
    /// The keys, in the order in which they are shown.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        KEYS.iter().map(|key| key.name)
    }

    /// Sets one value from its text.
    ///
    /// # Errors
    /// If no setting has the key, or the value is outside its range; then nothing is changed.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), SettingError> {
        let mut changed = self.clone();
        changed.set_kept(key, value)?;
        let parameters = changed.parameters.as_deref().filter(|_| key == "parameters");
        if let Some(Outside { place, value, low, high }) = parameters.and_then(outside) {
            return Err(SettingError::Parameter { place, value, low, high });
        }
        *self = changed;
        Ok(())
    }

    /// Sets one value from its text as it was kept. Parameters that were set before they had ranges are read as they are: the
    /// model brings them into its own.
    ///
    /// # Errors
    /// If no setting has the key, or the value is not allowed. Then nothing is changed.
    pub fn set_kept(&mut self, key: &str, value: &str) -> Result<(), SettingError> {
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
    /// If no setting has the key.
    pub fn get(&self, key: &str) -> Result<String, SettingError> {
        Ok((find(key)?.get)(self))
    }
}

fn find(key: &str) -> Result<&'static Key, SettingError> {
    KEYS.iter().find(|known| known.name == key).ok_or_else(|| SettingError::UnknownKey(key.into()))
}

#[cfg(test)]
mod tests;
