//! Settings of decks, presets and the default: changed as a whole, with what follows from the change.

mod change;
mod consequence;
mod exam;
mod one_day;
mod presets;

pub use change::is_setting;

pub(super) use change::{refused, with_memory};
pub(super) use one_day::short_of_retention;
pub use presets::{PresetChange, PresetSummary, PresetValue};

pub(super) use presets::{all_presets, change_presets, preset_named};

use change::{SettingChange, apply, parse_changes};
use consequence::with_consequences;

use super::decks::Decks;
use super::present::Present;
use crate::error::Result;
use crate::model::DeedKind;
use crate::store::{NewDeed, SettingOwner, Store};

/// Changes settings of a deck and the decks in it, or of the default; all of them or none. Returns what happened, a line each.
pub(super) fn change_settings(
    store: &mut Store,
    deck: Option<&str>,
    pairs: &[String],
    present: Present,
) -> Result<String> {
    let mut writer = store.deed(NewDeed::new(DeedKind::Settings, present.now))?;
    let mut decks = Decks::load(writer.reader())?;
    // A name that only holds other decks gets settings as any other.
    if let Some(name) = deck.and_then(|name| decks.holder_of_others(name)) {
        writer.deck(&name)?;
        decks = Decks::load(writer.reader())?;
    }
    let deck = deck.map(|name| decks.exactly(name)).transpose()?.map(|entry| &entry.deck);
    let owner = SettingOwner::from(deck.map(|deck| deck.id));
    let name = deck.map_or("default", |deck| deck.name.as_str());
    let changes = parse_changes(pairs, owner, present.today)?;
    let whose = deck.map_or("all decks", |deck| deck.name.as_str());
    let said = |change: &SettingChange| match &change.value {
        Some(value) => format!("{}={value}", change.key),
        None => format!("{} inherited", change.key),
    };
    writer.entitle(format!("{whose}: {}", changes.iter().map(said).collect::<Vec<_>>().join(", ")));
    let lines = with_consequences(present, &mut writer, |writer| apply(writer, owner, name, &changes, present.now))?;
    writer.commit()?;
    Ok(lines)
}
