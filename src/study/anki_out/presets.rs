//! Settings of decks as presets of Anki.

use crate::anki::messages::PresetConfig;
use crate::anki::out::OutPreset;
use crate::memory::{Fsrs6, Model};
use crate::model::{LeechAction, Settings};
use crate::study::decks::DeckEntry;
use crate::study::import::ANKI_PRESETS;

/// The numbers of presets begin here, and their names give the rest.
const FIRST_ID: i64 = 1_600_000_000_000;
/// How many numbers there are.
const IDS: u64 = 100_000_000_000;

/// The preset of each of these decks; decks with equal settings share one.
pub(super) fn presets(decks: &[&DeckEntry], name_of: impl Fn(&DeckEntry) -> String) -> (Vec<OutPreset>, Vec<i64>) {
    let mut made: Vec<OutPreset> = Vec::new();
    let mut ids = Vec::new();
    for entry in decks {
        let config = config(&entry.settings);
        let id = match made.iter().find(|known| known.config == config) {
            Some(known) => known.id,
            None => {
                let mut name = name_of(entry);
                if let Some(own) = name.strip_prefix(ANKI_PRESETS) {
                    name = own.to_owned();
                }
                while made.iter().any(|known| known.name.to_lowercase() == name.to_lowercase()) {
                    name = format!("{name}: {}", entry.deck.name);
                }
                // The same name has the same number in each package.
                let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
                });
                let id = FIRST_ID + (hash % IDS).cast_signed();
                made.push(OutPreset { id, name, config });
                id
            }
        };
        ids.push(id);
    }
    (made, ids)
}

fn config(settings: &Settings) -> PresetConfig {
    let minutes = |steps: &[i64]| steps.iter().map(|ms| (*ms as f64 / 60_000.0) as f32).collect();
    let easy = settings.easy_days;
    PresetConfig {
        learn_steps: minutes(&settings.learning_steps),
        relearn_steps: minutes(&settings.relearning_steps),
        fsrs_params_6: Fsrs6::or_default(settings.parameters.as_deref()).parameters().to_vec(),
        easy_days_percentages: easy.iter().map(|share| *share as f32).collect(),
        new_per_day: settings.new_per_day,
        reviews_per_day: settings.reviews_per_day,
        initial_ease: 2.5,
        easy_multiplier: 1.3,
        hard_multiplier: 1.2,
        interval_multiplier: 1.0,
        maximum_review_interval: settings.maximum_interval,
        minimum_lapse_interval: 1,
        graduating_interval_good: 1,
        graduating_interval_easy: 4,
        leech_action: i32::from(settings.leech_action == LeechAction::Tag),
        leech_threshold: settings.leech_threshold.unwrap_or(0),
        cap_answer_time_to_secs: 60,
        bury_new: settings.bury_siblings,
        bury_reviews: settings.bury_siblings,
        bury_interday_learning: settings.bury_siblings,
        desired_retention: settings.desired_retention as f32,
        historical_retention: 0.9,
        wait_for_audio: true,
        ignore_revlogs_before_date: settings.ignore_before.map(|day| day.to_string()).unwrap_or_default(),
        ..PresetConfig::default()
    }
}
