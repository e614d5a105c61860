//! Why a value of a setting is refused.

use std::fmt;

use crate::model::StudyDay;

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
    /// The date can mean two days.
    TwoDates {
        /// The key.
        key: &'static str,
        /// The given value.
        value: String,
        /// The days: with the day first, and with the month first.
        days: [StudyDay; 2],
    },
    /// No calendar has the date.
    NoSuchDate {
        /// The key.
        key: &'static str,
        /// The given value.
        value: String,
        /// The date in words.
        day: String,
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
            SettingError::TwoDates { key, value, days: [first, second] } => {
                write!(f, "`{key}` cannot be `{value}`: that is {first} or {second}")
            }
            SettingError::NoSuchDate { key, value, day } => {
                write!(f, "`{key}` cannot be `{value}`: there is no {day}")
            }
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
