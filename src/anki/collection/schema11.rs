//! Schema 11: decks, presets, note types and settings are JSON in the one row of `col`.

use serde_json::Value;

use super::damage::damaged;
use super::part::{AnkiDeck, AnkiPreset, CardTemplate, NoteType};
use super::reading::{Collection, text};
use super::schema18::east;
use crate::anki::messages::PresetConfig;
use crate::anki::package::broken;
use crate::error::Result;

/// Loads what is not in tables.
pub(super) fn load(collection: &mut Collection) -> Result<()> {
    let texts: [String; 4] = collection
        .connection
        .query_row("select conf, decks, dconf, models from col limit 1", [], |row| {
            Ok([text(row, 0)?, text(row, 1)?, text(row, 2)?, text(row, 3)?])
        })
        .map_err(|error| damaged(&error))?;
    let [conf, decks, presets, note_types] = texts.map(|text| serde_json::from_str::<Value>(&text));
    let object = |value: serde_json::Result<Value>, what: &str| match value {
        Ok(Value::Object(map)) => Ok(map),
        _ => Err(broken(&format!("its {what} are damaged"))),
    };
    let conf = object(conf, "settings")?;
    if let Some(rollover) = conf.get("rollover").and_then(Value::as_u64).filter(|hour| *hour < 24) {
        collection.rollover = rollover as u8;
    }
    collection.offset_minutes = conf.get("creationOffset").and_then(Value::as_i64).and_then(east);
    for (id, deck) in object(decks, "decks")? {
        let Ok(id) = id.parse() else { continue };
        let is_filtered = deck.get("dyn").and_then(Value::as_i64).unwrap_or(0) != 0;
        collection.decks.insert(
            id,
            AnkiDeck {
                name: words(&deck, "name").replace('\u{1f}', "::"),
                preset: if is_filtered { None } else { deck.get("conf").and_then(Value::as_i64) },
                desired_retention: deck
                    .get("desiredRetention")
                    .and_then(Value::as_f64)
                    .map(|percent| if percent > 1.0 { percent / 100.0 } else { percent } as f32),
            },
        );
    }
    for (id, preset) in object(presets, "presets")? {
        let Ok(id) = id.parse() else { continue };
        collection.presets.insert(id, AnkiPreset { name: words(&preset, "name"), config: config(&preset) });
    }
    for (id, note_type) in object(note_types, "note types")? {
        let Ok(id) = id.parse() else { continue };
        collection.note_types.insert(id, kind(&note_type));
    }
    Ok(())
}

fn words(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The parts of a list in the order that they state.
fn in_order<'v>(value: &'v Value, key: &str) -> Vec<&'v Value> {
    let mut parts: Vec<&Value> = value.get(key).and_then(Value::as_array).into_iter().flatten().collect();
    parts.sort_by_key(|part| part.get("ord").and_then(Value::as_i64).unwrap_or(0));
    parts
}

fn kind(value: &Value) -> NoteType {
    let template = |part: &Value| CardTemplate {
        name: words(part, "name"),
        front: words(part, "qfmt"),
        back: words(part, "afmt"),
    };
    NoteType {
        name: words(value, "name"),
        cloze: value.get("type").and_then(Value::as_i64) == Some(1),
        occlusion: value.get("originalStockKind").and_then(Value::as_i64) == Some(6),
        fields: in_order(value, "flds").into_iter().map(|part| words(part, "name")).collect(),
        templates: in_order(value, "tmpls").into_iter().map(template).collect(),
    }
}

/// A preset of the old form in the words of the new one, as far as an import asks for it.
fn config(value: &Value) -> PresetConfig {
    let part = |group: &str, key: &str| value.get(group).and_then(|group| group.get(key));
    let floats = |found: Option<&Value>| -> Vec<f32> {
        let list = found.and_then(Value::as_array).into_iter().flatten();
        list.filter_map(Value::as_f64).map(|number| number as f32).collect()
    };
    let whole = |found: Option<&Value>, usual: u64| found.and_then(Value::as_u64).unwrap_or(usual).min(1 << 30) as u32;
    let on = |found: Option<&Value>| found.and_then(Value::as_bool).unwrap_or(false);
    let old = floats(value.get("fsrsWeights"));
    PresetConfig {
        learn_steps: floats(part("new", "delays")),
        relearn_steps: floats(part("lapse", "delays")),
        fsrs_params_4: old,
        fsrs_params_5: floats(value.get("fsrsParams5")),
        fsrs_params_6: floats(value.get("fsrsParams6")),
        easy_days_percentages: floats(value.get("easyDaysPercentages")),
        new_per_day: whole(part("new", "perDay"), 20),
        reviews_per_day: whole(part("rev", "perDay"), 200),
        maximum_review_interval: whole(part("rev", "maxIvl"), 36_500),
        leech_threshold: whole(part("lapse", "leechFails"), 8),
        leech_action: whole(part("lapse", "leechAction"), 0) as i32,
        bury_new: on(part("new", "bury")),
        bury_reviews: on(part("rev", "bury")),
        desired_retention: value.get("desiredRetention").and_then(Value::as_f64).unwrap_or(0.9) as f32,
        ignore_revlogs_before_date: words(value, "ignoreRevlogsBeforeDate"),
        ..PresetConfig::default()
    }
}
