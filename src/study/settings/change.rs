//! Changes of settings, for decks, presets and the default alike: read as a whole, then made in one transaction with all that
//! follows from them.

use crate::error::{Error, Result};
use crate::model::{Moment, PresetId, SettingError, Settings, StudyDay};
use crate::store::{SettingOwner, Writer};
use crate::study::decks::Decks;
use crate::study::did_you_mean::closest;
use crate::study::progress::unwatched;
use crate::study::rebuild::remake_changed;

/// The word that takes a value back, so that the value below it counts again.
const INHERIT: &str = "inherit";
/// The evidence for a value that a person sets.
const BY_HAND: &str = "set by hand";

/// What to make of one setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SettingChange {
    pub(super) key: String,
    /// As [`Settings::get`] writes it; none takes the value back.
    pub(super) value: Option<String>,
}

/// Reads `key=value …`; `owner` is whose settings they are to be, and `today` is for dates such as `tomorrow`.
///
/// # Errors
/// When a pair is none, no setting has the key, or a value is outside its range.
pub(super) fn parse_changes(pairs: &[String], owner: SettingOwner, today: StudyDay) -> Result<Vec<SettingChange>> {
    let mut settings = Settings::default();
    let mut changes: Vec<SettingChange> = Vec::new();
    for (key, value) in joined(pairs)? {
        let (key, value) = (key.as_str(), value.trim());
        if changes.iter().any(|change| change.key == key) {
            return Err(
                Error::usage(format!("`{key}` is set twice")).hint("say each setting once; nothing was changed")
            );
        }
        if Settings::is_database_wide(key) && owner != SettingOwner::Preset(PresetId::DEFAULT) {
            return Err(Error::person(format!("`{key}` has one value for the whole database"))
                .hint(format!("write `retain deck set --default {key}={value}`")));
        }
        let value = if value.eq_ignore_ascii_case(INHERIT) {
            settings.get(key).map(|_| None)
        } else {
            let value = Settings::dated(key, value, today).map_err(refused)?;
            settings.set(key, &value).and_then(|()| settings.get(key)).map(Some)
        };
        changes.push(SettingChange { key: key.into(), value: value.map_err(refused)? });
    }
    Ok(changes)
}

/// Short names of settings, as people write them.
const SHORT: [(&str, &str); 5] = [
    ("new", "new-per-day"),
    ("reviews", "reviews-per-day"),
    ("retention", "desired-retention"),
    ("minutes", "minutes-per-day"),
    ("leech", "leech-threshold"),
];

/// Whether people call a setting so.
pub fn is_setting(word: &str) -> bool {
    let word = word.to_lowercase().replace('_', "-");
    Settings::allowed(&word).is_ok() || SHORT.iter().any(|(short, _)| *short == word)
}

/// The name of a setting as it is kept.
fn whole_key(name: &str) -> String {
    let name = name.trim().to_lowercase().replace('_', "-");
    SHORT.iter().find(|(short, _)| *short == name).map_or(name.clone(), |(_, full)| (*full).to_owned())
}

/// Keys and values, however the words were divided: `key=value`, `key = value`, and values of several words.
fn joined(words: &[String]) -> Result<Vec<(String, String)>> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut key: Option<&str> = None;
    for (place, word) in words.iter().enumerate() {
        let (name, value) = match (word.split_once('='), key.take()) {
            (Some(("", value)), Some(name)) | (Some((name, value)), None) => (name, value),
            (Some(_), Some(name)) => return Err(no_value(name)),
            // A word without a sign is the key of the next one, or goes on with the value before it.
            (None, name) => {
                let is_key = words.get(place + 1).is_some_and(|next| next.starts_with('='));
                match pairs.last_mut().filter(|_| !is_key && name.is_none()) {
                    Some((_, value)) => *value = format!("{value} {word}").trim_start().to_owned(),
                    None if is_key => key = Some(word),
                    None => return Err(no_value(word)),
                }
                continue;
            }
        };
        pairs.push((whole_key(name), value.to_owned()));
    }
    key.map_or(Ok(pairs), |name| Err(no_value(name)))
}

/// The error for a word that is not `key=value`.
fn no_value(word: &str) -> Error {
    match Settings::allowed(&whole_key(word)) {
        Ok(allowed) => Error::usage(format!("`{word}` has no value here"))
            .hint(format!("write `{word}=VALUE`: it takes {allowed}"))
            .hint(format!("`{word}=inherit` takes a value back")),
        Err(_) => Error::usage(format!("`{word}` is not a setting"))
            .hint("write it as `key=value`, or `key=inherit` to take a value back"),
    }
}

/// Makes the changes. Returns a line for each; `name` is what to call the owner.
pub(super) fn apply(
    writer: &mut Writer<'_>,
    owner: SettingOwner,
    name: &str,
    changes: &[SettingChange],
    now: Moment,
) -> Result<String> {
    let mut told = String::new();
    for SettingChange { key, value } in changes {
        match value {
            Some(value) => {
                let is_new = writer.set(owner, key, value, now.utc_ms, BY_HAND)?;
                told += &format!(
                    "{name}: {key} is {}\n",
                    if is_new { format!("now {value}") } else { format!("{value} already") }
                );
            }
            None if writer.unset(owner, key)? => told += &format!("{name}: {key} is inherited again\n"),
            None => told += &format!("{name}: {key} was inherited already\n"),
        }
    }
    let today = now.study_day(writer.reader().default_settings()?.day_start);
    let exam = changes.iter().rfind(|change| change.key == "exam").and_then(|change| change.value.as_deref());
    if let Some(exam) = exam.and_then(|exam| exam.parse().ok())
        && exam <= today
    {
        told += &past_exam(exam, today);
    }
    Ok(told)
}

/// What an exam changes that is over: nothing. The day of the exam itself is an ordinary one too.
fn past_exam(exam: StudyDay, today: StudyDay) -> String {
    let when = if exam == today { "today" } else { "in the past" };
    format!(
        "the exam of {exam} is {when}, so cards are scheduled as usual\nhint: set `exam` to a day to come, or to `none`\n"
    )
}

/// Does something to settings, decks or presets, and remakes from the log what was made under other parameters than now.
pub(in crate::study) fn with_memory<T>(
    writer: &mut Writer<'_>,
    change: impl FnOnce(&mut Writer<'_>) -> Result<T>,
) -> Result<T> {
    let before = Decks::load(writer.reader())?;
    let done = change(writer)?;
    remake_changed(writer, &before, &mut unwatched)?;
    Ok(done)
}

/// Why a setting was refused, with what to write instead.
pub(in crate::study) fn refused(error: SettingError) -> Error {
    let refused = Error::person(error.to_string());
    match error {
        SettingError::UnknownKey(key) => match closest(&key, Settings::keys()) {
            Some(known) => refused.hint(format!("did you mean `{known}`?")),
            None => refused.hint(format!("the settings are {}", Settings::keys().collect::<Vec<_>>().join(", "))),
        },
        SettingError::TwoDates { key, days: [first, second], .. } => {
            refused.hint(format!("write `{key}={first}` or `{key}={second}`; nothing was changed"))
        }
        SettingError::Value { .. } | SettingError::NoSuchDate { .. } | SettingError::Parameter { .. } => {
            refused.hint("nothing was changed")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(words: &str) -> std::result::Result<String, String> {
        let words: Vec<String> = words.split('|').map(str::to_owned).collect();
        let pairs = joined(&words).map_err(|error| error.message().to_owned())?;
        Ok(pairs.iter().map(|(key, value)| format!("{key}:{value}")).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn settings_are_read_however_their_words_are_divided() {
        for (words, read) in [
            ("new-per-day=5", "new-per-day:5"),
            ("new|=|5", "new-per-day:5"),
            ("new|=5", "new-per-day:5"),
            ("new=|5", "new-per-day:5"),
            ("New_Per_Day=5|fuzz=off", "new-per-day:5 fuzz:off"),
            ("learning-steps=1m|10m|fuzz|=|off", "learning-steps:1m 10m fuzz:off"),
            ("desired-retention=90|%", "desired-retention:90 %"),
            ("easy-days=1|1|1|1|1|0|0", "easy-days:1 1 1 1 1 0 0"),
            ("minutes=20m", "minutes-per-day:20m"),
        ] {
            assert_eq!(pairs(words).as_deref(), Ok(read), "{words}");
        }
        for (words, why) in [
            ("exam", "`exam` has no value here"),
            ("nonsense", "`nonsense` is not a setting"),
            ("exam|fuzz=off", "`exam` has no value here"),
            ("new", "`new` has no value here"),
        ] {
            assert_eq!(pairs(words).err().as_deref(), Some(why), "{words}");
        }
    }

    #[test]
    fn values_are_read_as_people_write_them() {
        let set = |key: &str, value: &str| {
            let mut settings = Settings::default();
            settings.set(key, value).map_err(|error| error.to_string())?;
            settings.get(key).map_err(|error| error.to_string())
        };
        for (key, value, kept) in [
            ("desired-retention", "90 %", "0.9"),
            ("desired-retention", "90%", "0.9"),
            ("desired-retention", "90", "0.9"),
            ("desired-retention", "0,85", "0.85"),
            ("fuzz", "FALSE", "off"),
            ("fuzz", "yes", "on"),
            ("grading", "Ask", "ask"),
            ("minutes-per-day", "20m", "20"),
            ("minutes-per-day", "1h", "60"),
            ("minutes-per-day", "None", "none"),
            ("exam", "15.4.2027", "2027-04-15"),
            ("exam", "NONE", "none"),
            ("minutes-per-day", "20 min", "20"),
            ("minutes-per-day", "1h 30m", "90"),
            ("learning-steps", "1m, 10m", "1m 10m"),
            ("learning-steps", "1 min 10 min 1 day", "1m 10m 1d"),
            ("learn-ahead", "20 minutes", "20m"),
            ("maximum-interval", "365d", "365"),
            ("maximum-interval", "52 weeks", "364"),
            ("easy-days", "1,1,1,1,1,0.5,0", "1 1 1 1 1 0.5 0"),
            ("easy-days", "1 1 1 1 1 0,5 0", "1 1 1 1 1 0.5 0"),
            ("easy-days", "100%, 100%, 100%, 100%, 100%, 50%, 0%", "1 1 1 1 1 0.5 0"),
            ("day-start", "4am", "4"),
            ("day-start", "12 AM", "0"),
            ("day-start", "04:00", "4"),
            ("day-start", "5h", "5"),
            ("exam", "20270415", "2027-04-15"),
            ("learning-steps", "None", "none"),
            ("learning-steps", "off", "none"),
            ("minutes-per-day", "1.5h", "90"),
            ("minutes-per-day", "1:30", "90"),
            ("minutes-per-day", "off", "none"),
            ("desired-retention", "90 percent", "0.9"),
            ("new-per-day", "20 cards a day", "20"),
            ("reviews-per-day", "150/day", "150"),
            ("leech-threshold", "never", "off"),
            ("leech-threshold", "6 lapses", "6"),
            ("maximum-interval", "2 years", "730"),
            ("mix", "New first", "new-first"),
            ("fuzz", "disabled", "off"),
            ("day-start", "midnight", "0"),
            ("day-start", "4:00 am", "4"),
            ("day-start", "5 o'clock", "5"),
            ("exam", "no", "none"),
            ("exam", "Thursday, 15 April 2027", "2027-04-15"),
        ] {
            assert_eq!(set(key, value).as_deref(), Ok(kept), "{key}={value}");
        }
        assert_eq!(
            set("exam", "1.4.2027"),
            Err("`exam` cannot be `1.4.2027`: that is 2027-04-01 or 2027-01-04".to_owned())
        );
        for (key, value) in [
            ("desired-retention", "190 %"),
            ("desired-retention", "%"),
            ("prior-knowledge", "2"),
            ("desired-retention", "NaN"),
            ("new-per-day", "5 %"),
            ("minutes-per-day", "0m"),
            ("minutes-per-day", "2d"),
            ("minutes-per-day", "90s"),
            ("minutes-per-day", "30m 1h"),
            ("maximum-interval", "36h"),
            ("day-start", "4:30"),
            ("day-start", "13pm"),
            ("day-start", "24"),
            ("day-start", "25:00"),
            ("new-per-day", "a few"),
            ("new-per-day", "cards"),
            ("minutes-per-day", "1.23h"),
            ("maximum-interval", "6 months"),
            ("fuzz", "a little"),
            ("mix", "first new"),
            ("desired-retention", "percent"),
            ("exam", "31.2.2027"),
        ] {
            assert!(set(key, value).is_err(), "{key}={value}");
        }
    }
}
