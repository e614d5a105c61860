//! The settings of a preset: typed, each with its key, default and range.

mod answering;
mod date;
mod origin;
mod parameters;
mod refusal;
pub mod value;

use super::duration::{MINUTE_MS, ms_text};
use super::{DayStart, StudyDay};
use answering::answering;
use date::{by_today, date, missing, readings};
pub use origin::{SetWhen, SettingOrigin};
pub use parameters::PARAMETER_RANGES;
use parameters::{Outside, outside, parameters};
pub use refusal::SettingError;
use value::{
    ahead, days, easy_days, easy_days_text, hour, minutes, numbers_text, on_off, optional, optional_text, parsed, real,
    steps, steps_text, switch, whole,
};

/// A setting by its key.
struct Key {
    name: &'static str,
    /// Its documentation.
    meaning: &'static str,
    allowed: &'static str,
    set: fn(&mut Settings, &str) -> Option<()>,
    get: fn(&Settings) -> String,
}

impl Key {
    /// Why a value is not allowed.
    fn refusal(&self, value: &str) -> SettingError {
        let value = value.to_owned();
        match readings(&value)[..] {
            [first, second] if self.allowed.starts_with("a date") => {
                SettingError::TwoDates { key: self.name, value, days: [first, second] }
            }
            [] if self.allowed.starts_with("a date") && missing(&value).is_some() => {
                let day = missing(&value).unwrap_or_default();
                SettingError::NoSuchDate { key: self.name, value, day }
            }
            _ => SettingError::Value { key: self.name, value, allowed: self.allowed },
        }
    }
}

/// Each setting: field, type and default; key, allowed values in words, parser and printer.
macro_rules! settings {
    ($($(#[doc = $doc:literal])* $field:ident: $type:ty = $default:expr, $name:literal, $allowed:literal, $parse:expr, $print:expr;)*) => {
        /// The settings of a deck, merged from its own, its parents' and the defaults.
        #[derive(Clone, Debug, PartialEq)]
        pub struct Settings {
            $($(#[doc = $doc])* pub $field: $type,)*
        }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($field: $default,)* }
            }
        }

        const KEYS: &[Key] = &[$(Key {
            name: $name,
            meaning: concat!($($doc),*),
            allowed: $allowed,
            set: |settings, text| { settings.$field = $parse(text)?; Some(()) },
            get: |settings| $print(&settings.$field),
        }),*];
    };
}

settings! {
    /// The recall at which a card is due, 0.70–0.99.
    desired_retention: f64 = 0.9,
        "desired-retention", "a number from 0.70 to 0.99", |t| real(t, 0.70, 0.99), f64::to_string;
    /// New cards shown in a study day.
    new_per_day: u32 = 20,
        "new-per-day", "a whole number from 0 to 9999", |t| whole(t, 0, 9999), u32::to_string;
    /// Reviews shown in a study day.
    reviews_per_day: u32 = 200,
        "reviews-per-day", "a whole number from 0 to 9999", |t| whole(t, 0, 9999), u32::to_string;
    /// Whether new cards come on top of the reviews instead of counting among them.
    new_ignores_review_limit: bool = false,
        "new-ignores-review-limit", "`on` or `off`", switch, on_off;
    /// Waits of the learning steps. (Milliseconds.)
    learning_steps: Vec<i64> = vec![MINUTE_MS, 10 * MINUTE_MS],
        "learning-steps", "durations such as `1m 10m` (s, m, h, d, w), or `none`", steps, |steps: &Vec<i64>| steps_text(steps);
    /// Waits of the steps after a lapse. (Milliseconds.)
    relearning_steps: Vec<i64> = vec![10 * MINUTE_MS],
        "relearning-steps", "durations such as `10m` (s, m, h, d, w), or `none`", steps, |steps: &Vec<i64>| steps_text(steps);
    /// How long before its time a learning card may be shown when nothing else is left. (Milliseconds.)
    learn_ahead: i64 = 20 * MINUTE_MS,
        "learn-ahead", "a duration from 0 to 12h", ahead, |ms: &i64| ms_text(*ms);
    /// The longest interval, in days.
    maximum_interval: u32 = 36_500,
        "maximum-interval", "days from 1 to 36500", |t| days(t, 1, 36_500), u32::to_string;
    /// Whether intervals are spread a little.
    fuzz: bool = true,
        "fuzz", "`on` or `off`", switch, on_off;
    /// Whether the day within that spread is chosen so that days are alike in work.
    load_balance: bool = true,
        "load-balance", "`on` or `off`", switch, on_off;
    /// How much work each weekday gets in proportion to the others, Monday to Sunday, 0–1.
    easy_days: [f64; 7] = [1.0; 7],
        "easy-days", "seven numbers from 0 to 1, Monday to Sunday, not all 0", easy_days, easy_days_text;
    /// Which of the due cards come first.
    review_order: ReviewOrder = ReviewOrder::Risk,
        "review-order", "`risk`, `due`, `random`, `difficulty`, `deck` or `overdue`", parsed, ToString::to_string;
    /// Which of the new cards come first.
    new_order: NewOrder = NewOrder::Bank,
        "new-order", "`bank`, `random` or `topics`", parsed, ToString::to_string;
    /// How new cards and reviews are mixed.
    mix: Mix = Mix::Mixed,
        "mix", "`mixed`, `new-first` or `new-last`", parsed, ToString::to_string;
    /// Whether neighbouring cards have different topics if possible.
    interleave_topics: bool = true,
        "interleave-topics", "`on` or `off`", switch, on_off;
    /// Whether the other cards of a question wait for another day once one was asked.
    bury_siblings: bool = true,
        "bury-siblings", "`on` or `off`", switch, on_off;
    /// The number of lapses that makes a card a leech. (`None` for never.)
    leech_threshold: Option<u32> = Some(8),
        "leech-threshold", "a whole number from 2 to 99, or `off`", |t| optional(t, "off", |t| whole(t, 2, 99)), |value| optional_text(value, "off");
    /// What happens to a leech.
    leech_action: LeechAction = LeechAction::Tag,
        "leech-action", "`tag` or `suspend`", parsed, ToString::to_string;
    /// The probability that a question was known before it was first asked, 0–0.99.
    prior_knowledge: f64 = 0.3,
        "prior-knowledge", "a number from 0 to 0.99", |t| real(t, 0.0, 0.99), f64::to_string;
    /// Whether a right answer counts only as far as luck does not explain it.
    luck_aware: bool = true,
        "luck-aware", "`on` or `off`", switch, on_off;
    /// Whether the stem is shown alone until a key is pressed.
    recall_first: bool = false,
        "recall-first", "`on` or `off`", switch, on_off;
    /// Whether the person rates every right answer.
    grading: Grading = Grading::Auto,
        "grading", "`auto` or `ask`", parsed, ToString::to_string;
    /// Whether the person states their confidence before an answer is judged.
    confidence: Sureness = Sureness::Off,
        "confidence", "`off` or `ask`", parsed, ToString::to_string;
    /// The day of the exam.
    exam: Option<StudyDay> = None,
        "exam", "a date such as `2027-01-15`, or `none`", |t| optional(t, "none", date), |day| optional_text(day, "none");
    /// The minutes per day for reviews, which exams and plans use.
    minutes_per_day: Option<u32> = None,
        "minutes-per-day", "minutes from 1 to 1440, or `none`", |t| optional(t, "none", minutes), |value| optional_text(value, "none");
    /// Answers before this day are no evidence for today's memory: fits leave them out.
    ignore_before: Option<StudyDay> = None,
        "ignore-before", "a date such as `2026-01-31`, or `none`", |t| optional(t, "none", date), |day| optional_text(day, "none");
    /// The hour at which a study day begins.
    day_start: DayStart = DayStart::default(),
        "day-start", "an hour from 0 to 23", |t: &str| DayStart::new(hour(t)?), |start: &DayStart| start.hour().to_string();
    /// The 21 parameters of FSRS-6. (`None` for the defaults.)
    parameters: Option<Vec<f32>> = None,
        "parameters", "21 finite numbers, each in its range, or `default`", parameters, numbers_text;
    /// How the person answers, as fits learnt it: prior knowledge, luck, the chances of owning up, of a false alarm and
    /// of a slip, and how often luck is rated. (`None` for the usual values.)
    answering: Option<[f64; 6]> = None,
        "answering", "prior knowledge (0–1), luck (0.5–2), and the chances (0–1) of owning up, a false alarm, a slip and a rated guess, or `default`", answering, numbers_text;
    /// Whether the parameters are fitted automatically.
    optimize: Optimize = Optimize::Auto,
        "optimize", "`auto` or `off`", parsed, ToString::to_string;
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

/// The settings that hold for the whole database, even if a deck or a preset has a value of its own.
const DATABASE_WIDE: &[&str] = &["day-start"];

impl Settings {
    /// Whether the setting of this key holds for the whole database.
    pub fn is_database_wide(key: &str) -> bool {
        DATABASE_WIDE.contains(&key)
    }

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
        (known.set)(&mut changed, value.trim()).ok_or_else(|| known.refusal(value))?;
        *self = changed;
        Ok(())
    }

    /// The value of a setting as [`Settings::set`] reads it, where a person says a date by today: `tomorrow`, `10 Dec`. Any other text is
    /// as it was.
    ///
    /// # Errors
    /// If the date can mean two days.
    pub fn dated(key: &str, value: &str, today: StudyDay) -> Result<String, SettingError> {
        let Some(known) = KEYS.iter().find(|known| known.name == key && known.allowed.starts_with("a date")) else {
            return Ok(value.to_owned());
        };
        // An exam is to come; what is ignored has been.
        match by_today(value, today, key == "exam")[..] {
            [day] => Ok(day.to_string()),
            [first, second] => {
                Err(SettingError::TwoDates { key: known.name, value: value.into(), days: [first, second] })
            }
            _ => Ok(value.to_owned()),
        }
    }

    /// What a setting means, in a sentence or two.
    ///
    /// # Errors
    /// If no setting has the key.
    pub fn meaning(key: &str) -> Result<&'static str, SettingError> {
        // What is in parentheses at the end is for programmers.
        find(key).map(|known| known.meaning.split_once(" (").map_or(known.meaning, |(meaning, _)| meaning).trim())
    }

    /// What a setting takes, in words.
    ///
    /// # Errors
    /// If no setting has the key.
    pub fn allowed(key: &str) -> Result<&'static str, SettingError> {
        find(key).map(|known| known.allowed)
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
