//! Presets of Anki, as far as ours hold what they set.

use std::collections::{BTreeMap, HashMap};

use super::work::PackageWork;
use crate::anki::collection::Collection;
use crate::anki::messages::PresetConfig;
use crate::error::Result;
use crate::memory::{Fsrs6, Model};
use crate::model::{DeckId, PresetId, Settings};
use crate::store::SettingOwner;
use crate::study::import::ANKI_PRESETS;

/// Where the values come from, as `retain preset show` says it.
const EVIDENCE: &str = "from Anki";

/// Makes the presets of new decks, where they differ from what holds here already.
pub(super) fn bring(
    work: &mut PackageWork<'_, '_>,
    collection: &Collection,
    decks: &BTreeMap<String, (i64, Option<f32>)>,
    before: &[DeckId],
) -> Result<()> {
    let mut made: HashMap<i64, Option<PresetId>> = HashMap::new();
    let usual = work.writer.reader().default_settings()?;
    for (name, (preset, own_retention)) in decks {
        let Some(deck) = work.writer.reader().deck_named(name)?.filter(|deck| !before.contains(deck)) else { continue };
        let Some(known) = collection.presets.get(preset) else { continue };
        let assigned = match made.get(preset) {
            Some(assigned) => *assigned,
            None => {
                let values = values(&known.config, &usual);
                let assigned = if values.is_empty() { None } else { Some(preset_named(work, &known.name, &values)?) };
                made.insert(*preset, assigned);
                assigned
            }
        };
        if assigned.is_some() {
            work.writer.assign_preset(deck, assigned)?;
            work.changed = true;
        }
        if let Some(own) = own_retention.and_then(retention) {
            work.writer.set(SettingOwner::Deck(deck), "desired-retention", &own, work.present.now.utc_ms, EVIDENCE)?;
        }
    }
    Ok(())
}

/// The preset of this name; it is made with these values if it is not there.
fn preset_named(work: &mut PackageWork<'_, '_>, name: &str, values: &[(&'static str, String)]) -> Result<PresetId> {
    let bare: String = name.chars().filter(|char| !char.is_control() && *char != '=').take(100).collect();
    let name = format!("{ANKI_PRESETS}{}", bare.trim());
    let wanted = name.to_lowercase();
    if let Some(known) = work.writer.reader().presets()?.into_iter().find(|known| known.name.to_lowercase() == wanted) {
        return Ok(known.id);
    }
    let preset = work.writer.add_preset(&name)?;
    for (key, value) in values {
        work.writer.set(preset, key, value, work.present.now.utc_ms, EVIDENCE)?;
    }
    work.report.presets.push(name);
    Ok(preset)
}

fn retention(value: f32) -> Option<String> {
    let rounded = (f64::from(value) * 1e4).round() / 1e4;
    (rounded > 0.0).then(|| rounded.clamp(0.7, 0.99).to_string())
}

/// What a preset sets, in our words, where it differs from what holds here.
fn values(config: &PresetConfig, usual: &Settings) -> Vec<(&'static str, String)> {
    let minutes = |steps: &[f32]| -> String {
        let parts: Vec<String> = steps
            .iter()
            .filter(|step| **step > 0.0)
            .map(|step| format!("{}s", (f64::from(*step) * 60.0).round()))
            .collect();
        if parts.is_empty() { "none".into() } else { parts.join(" ") }
    };
    let parameters =
        [&config.fsrs_params_6, &config.fsrs_params_5, &config.fsrs_params_4].into_iter().find(|list| !list.is_empty());
    // Those of older versions are converted.
    let parameters = parameters.and_then(|list| Fsrs6::new(list).ok()).map(|model| model.parameters().to_vec());
    let mut wanted: Vec<(&'static str, String)> = Vec::new();
    wanted.extend(retention(config.desired_retention).map(|value| ("desired-retention", value)));
    if let Some(parameters) = parameters {
        wanted.push(("parameters", parameters.iter().map(f32::to_string).collect::<Vec<_>>().join(", ")));
    }
    wanted.push(("new-per-day", config.new_per_day.min(9_999).to_string()));
    wanted.push(("reviews-per-day", config.reviews_per_day.min(9_999).to_string()));
    wanted.push(("learning-steps", minutes(&config.learn_steps)));
    wanted.push(("relearning-steps", minutes(&config.relearn_steps)));
    wanted.push(("maximum-interval", config.maximum_review_interval.clamp(1, 36_500).to_string()));
    wanted.push((
        "leech-threshold",
        if config.leech_threshold == 0 { "off".into() } else { config.leech_threshold.clamp(2, 99).to_string() },
    ));
    wanted.push(("leech-action", if config.leech_action == 0 { "suspend" } else { "tag" }.into()));
    wanted.push(("bury-siblings", if config.bury_new || config.bury_reviews { "on" } else { "off" }.into()));
    if config.easy_days_percentages.len() == 7 && config.easy_days_percentages.iter().any(|share| *share < 1.0) {
        let shares = config
            .easy_days_percentages
            .iter()
            .map(|share| (f64::from(*share).clamp(0.0, 1.0) * 100.0).round() / 100.0);
        wanted.push(("easy-days", shares.map(|share| share.to_string()).collect::<Vec<_>>().join(" ")));
    }
    if config.ignore_revlogs_before_date.as_str() > "1970-01-01" {
        wanted.push(("ignore-before", config.ignore_revlogs_before_date.clone()));
    }
    let mut values = Vec::new();
    for (key, value) in wanted {
        let mut changed = usual.clone();
        // What ours does not allow is left as it is.
        if changed.set_kept(key, &value).is_ok() && changed != *usual {
            let kept = changed.get(key).unwrap_or(value);
            values.push((key, kept));
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_carried_in_our_words() {
        let usual = Settings::default();
        let config = PresetConfig {
            desired_retention: 0.85,
            learn_steps: vec![1.0, 10.0],
            relearn_steps: vec![10.0],
            new_per_day: 30,
            reviews_per_day: 200,
            maximum_review_interval: 36_500,
            leech_threshold: 8,
            leech_action: 1,
            bury_new: true,
            fsrs_params_5: vec![
                0.4, 1.2, 3.1, 15.7, 7.2, 0.5, 1.5, 0.01, 1.5, 0.2, 1.0, 1.9, 0.1, 0.3, 2.3, 0.2, 3.0, 0.5, 0.6,
            ],
            ..PresetConfig::default()
        };
        let values = values(&config, &usual);
        let keys: Vec<&str> = values.iter().map(|(key, _)| *key).collect();
        assert_eq!(keys, ["desired-retention", "parameters", "new-per-day"]);
        assert_eq!((values[0].1.as_str(), values[2].1.as_str()), ("0.85", "30"));
        assert!(values[1].1.ends_with("0, 0.5"), "{}", values[1].1);
    }
}
