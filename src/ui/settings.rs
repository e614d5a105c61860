//! Settings of decks and presets, for people and as JSON Lines.

use serde_json::{Value, json};

use super::table::{
    self, TextColumn,
    TextColumn::{Cut, Left},
};
use super::{json_line, words};
use crate::error::Result;
use crate::model::{Moment, PresetId, SetWhen, SettingOrigin, Settings};
use crate::study::{DeckSettings, PresetSummary};

/// The key, the value (the 21 parameters are cut) and the origin.
const COLUMNS: [TextColumn; 3] = [Left(26), Cut(24), Left(0)];

/// All settings, with what they mean, what they take, and what holds if nobody sets them.
pub fn all() -> String {
    let defaults = Settings::default();
    let mut text = String::from(
        "Settings of decks: `retain deck set DECK KEY=VALUE`, or `retain deck set --default KEY=VALUE` for all decks.\n\
         `KEY=inherit` takes a value back. `retain deck show DECK` shows what holds, and where it comes from.\n",
    );
    for key in Settings::keys() {
        let (Ok(meaning), Ok(allowed), Ok(default)) =
            (Settings::meaning(key), Settings::allowed(key), defaults.get(key))
        else {
            continue;
        };
        text += &format!("\n{key}  (default: {default})\n  {meaning}\n  Takes {allowed}.\n");
    }
    text
}

/// The settings of a deck as JSON Lines.
pub fn deck_lines(settings: &DeckSettings, now: Moment) -> Result<String> {
    let line = |(key, value): &(&str, String)| {
        let origin = settings.origins.get(*key).unwrap_or(&SettingOrigin::Program);
        json_line(&setting(&settings.name, key, value, origin, now))
    };
    settings.values.iter().map(line).collect()
}

/// The settings of a deck for people.
pub fn deck_text(settings: &DeckSettings, now: Moment) -> String {
    let mut text = format!("{}\n", settings.name);
    if let Some(days) = settings.days_to_exam {
        text += &format!("  the exam is in {}: see `retain plan`\n", words::count(days, "day"));
    }
    if let Some(line) = &settings.short_of_retention {
        text += &format!("  {line}\n");
    }
    for (key, value) in &settings.values {
        let origin = settings.origins.get(*key).unwrap_or(&SettingOrigin::Program);
        text += &line([key, value, &origin_words(&settings.name, origin, now)]);
    }
    text
}

/// All presets as JSON Lines.
pub fn preset_lines(presets: &[PresetSummary]) -> Result<String> {
    let line = |summary: &PresetSummary| {
        json_line(&json!({"preset": summary.preset.name, "decks": summary.decks, "settings": summary.values.len()}))
    };
    presets.iter().map(line).collect()
}

/// All presets for people.
pub fn preset_list(presets: &[PresetSummary]) -> String {
    let line = |summary: &PresetSummary| {
        let decks = match &summary.decks[..] {
            _ if summary.preset.id == PresetId::DEFAULT => "all decks".into(),
            [] => "no deck".into(),
            decks => decks.join(", "),
        };
        format!("{} ({} set): {decks}\n", summary.preset.name, summary.values.len())
    };
    presets.iter().map(line).collect()
}

/// What a preset sets, as JSON Lines.
pub fn preset_values(summary: &PresetSummary, now: Moment) -> Result<String> {
    let lines = summary.values.iter().map(|value| {
        json_line(&json!({
            "preset": summary.preset.name, "key": value.key, "value": value.value,
            "set": Moment { utc_ms: value.set.at_ms, ..now }.rfc3339(), "evidence": value.set.evidence,
        }))
    });
    lines.collect()
}

/// What a preset sets, for people.
pub fn preset_text(summary: &PresetSummary, now: Moment) -> String {
    let mut text = format!("{}\n", summary.preset.name);
    for deck in &summary.decks {
        text += &format!("  of deck {deck}\n");
    }
    for value in &summary.values {
        text += &line([&value.key, &value.value, &set_when(&value.set, now)]);
    }
    text
}

fn setting(deck: &str, key: &str, value: &str, origin: &SettingOrigin, now: Moment) -> Value {
    // The source is the preset or the deck with the value, and a preset is assigned to the deck `through`.
    let (from, source, through) = match origin {
        SettingOrigin::Program | SettingOrigin::Default(_) => ("default", None, None),
        SettingOrigin::Preset { name, deck, .. } => ("preset", Some(name), Some(deck)),
        SettingOrigin::Deck { name, .. } if name == deck => ("deck", Some(name), None),
        SettingOrigin::Deck { name, .. } => ("parent", Some(name), None),
    };
    let set = origin.set();
    json!({
        "deck": deck, "key": key, "value": value, "from": from, "source": source, "through": through,
        "set": set.map(|set| Moment { utc_ms: set.at_ms, ..now }.rfc3339()), "evidence": set.map(|set| &set.evidence),
    })
}

/// Where a value of this deck comes from, for people.
fn origin_words(deck: &str, origin: &SettingOrigin, now: Moment) -> String {
    match origin {
        SettingOrigin::Program => "default".into(),
        SettingOrigin::Default(set) => format!("default, {}", set_when(set, now)),
        SettingOrigin::Preset { name, deck: of, set } if of == deck => format!("preset {name}, {}", set_when(set, now)),
        SettingOrigin::Preset { name, deck: of, set } => {
            format!("preset {name} of parent deck {of}, {}", set_when(set, now))
        }
        SettingOrigin::Deck { name, set } if name == deck => format!("this deck, {}", set_when(set, now)),
        SettingOrigin::Deck { name, set } => format!("parent deck {name}, {}", set_when(set, now)),
    }
}

/// When and on what evidence a value was set, for people.
fn set_when(set: &SetWhen, now: Moment) -> String {
    let at = Moment { utc_ms: set.at_ms, ..now }.rfc3339();
    // The day is enough; `--json` has the moment.
    format!("{} on {}", set.evidence, at.get(..10).unwrap_or(&at))
}

/// A line of a table of settings.
fn line([key, value, origin]: [&str; 3]) -> String {
    format!("  {}\n", table::row(&COLUMNS, 1, [key, value, &format!(" {origin}")]))
}
