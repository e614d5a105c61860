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
    key: String,
    /// As [`Settings::get`] writes it; none takes the value back.
    value: Option<String>,
}

/// Reads `key=value …`; `owner` is whose settings they are to be.
///
/// # Errors
/// When a pair is none, no setting has the key, or a value is outside its range.
pub(super) fn parse_changes(pairs: &[String], owner: SettingOwner) -> Result<Vec<SettingChange>> {
    let mut settings = Settings::default();
    let mut changes: Vec<SettingChange> = Vec::new();
    for pair in pairs {
        let Some((key, value)) = pair.split_once('=') else {
            return Err(Error::usage(format!("`{pair}` is no setting"))
                .hint("write it as `key=value`, or `key=inherit` to take a value back"));
        };
        let (key, value) = (key.trim(), value.trim());
        if key == "day-start" && owner != SettingOwner::Preset(PresetId::DEFAULT) {
            return Err(Error::person("the day begins at one hour for the whole database")
                .hint(format!("write `retain deck set --default day-start={value}`")));
        }
        let value = if value == INHERIT {
            settings.get(key).map(|_| None)
        } else {
            settings.set(key, value).and_then(|()| settings.get(key)).map(Some)
        };
        changes.push(SettingChange { key: key.into(), value: value.map_err(refused)? });
    }
    Ok(changes)
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
                writer.set(owner, key, value, now.utc_ms, BY_HAND)?;
                told += &format!("{name}: {key} is now {value}\n");
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
    let when = if exam == today { "today" } else { "over" };
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
        SettingError::Value { .. } | SettingError::Parameter { .. } => refused.hint("nothing was changed"),
    }
}
