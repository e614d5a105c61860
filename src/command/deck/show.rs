//! `retain deck show`: what a deck is scheduled by, and where each value comes from.

use serde::Serialize;

use crate::command::consequence::one_day;
use crate::command::decks::Decks;
use crate::command::setting_change::refused;
use crate::command::{Context, output};
use crate::error::{Done, Result};
use crate::model::{Moment, SetWhen, SettingOrigin, Settings};
use crate::schedule::days_to_exam;

/// A longer value (the 21 parameters) is cut on the screen, in characters.
const WIDEST_VALUE: usize = 24;

#[derive(Serialize)]
struct Row<'a> {
    deck: &'a str,
    key: &'a str,
    value: String,
    from: &'static str,
    /// The preset or the deck that has the value.
    source: Option<&'a str>,
    /// The deck that the preset is assigned to.
    through: Option<&'a str>,
    set: Option<String>,
    evidence: Option<&'a str>,
}

pub(super) fn run(context: &Context, name: &str, json: bool) -> Result<Done> {
    let store = context.store()?;
    let decks = Decks::read(store.reader())?;
    let entry = decks.exactly(name)?;
    let deck = entry.deck.name.as_str();
    let origins = store.reader().setting_origins(&entry.deck)?;
    let now = context.clock.now();
    let mut text = if json { String::new() } else { format!("{deck}\n") };
    if let Some(days) = days_to_exam(&entry.settings, context.today(store.reader())?.1).filter(|_| !json) {
        text += &format!("  the exam is in {}: see `retain plan`\n", crate::ui::words::count(days, "day"));
    }
    if let Some(line) = one_day(&store.reader().reviewing()?, entry).filter(|_| !json) {
        text += &format!("  {line}\n");
    }
    for key in Settings::keys() {
        let value = entry.settings.get(key).map_err(refused)?;
        let origin = origins.get(key).unwrap_or(&SettingOrigin::Program);
        if json {
            text += &output::json_line(&row(deck, key, value, origin, now))?;
        } else {
            text += &format!("  {key:<26} {:<WIDEST_VALUE$}  {}\n", cut(&value), words(deck, origin, now));
        }
    }
    context.print(&text)?;
    Ok(Done::Whole)
}

fn row<'a>(deck: &'a str, key: &'a str, value: String, origin: &'a SettingOrigin, now: Moment) -> Row<'a> {
    let (from, source, through) = match origin {
        SettingOrigin::Program | SettingOrigin::Default(_) => ("default", None, None),
        SettingOrigin::Preset { name, deck, .. } => ("preset", Some(name.as_str()), Some(deck.as_str())),
        SettingOrigin::Deck { name, .. } if name == deck => ("deck", Some(name.as_str()), None),
        SettingOrigin::Deck { name, .. } => ("parent", Some(name.as_str()), None),
    };
    let set = origin.set();
    Row {
        deck,
        key,
        value,
        from,
        source,
        through,
        set: set.map(|set| Moment { utc_ms: set.at_ms, ..now }.rfc3339()),
        evidence: set.map(|set| set.evidence.as_str()),
    }
}

/// Where a value of this deck comes from, for people.
fn words(deck: &str, origin: &SettingOrigin, now: Moment) -> String {
    match origin {
        SettingOrigin::Program => "default".into(),
        SettingOrigin::Default(set) => format!("default, {}", when(set, now)),
        SettingOrigin::Preset { name, deck: of, set } if of == deck => format!("preset {name}, {}", when(set, now)),
        SettingOrigin::Preset { name, deck: of, set } => {
            format!("preset {name} of parent deck {of}, {}", when(set, now))
        }
        SettingOrigin::Deck { name, set } if name == deck => format!("this deck, {}", when(set, now)),
        SettingOrigin::Deck { name, set } => format!("parent deck {name}, {}", when(set, now)),
    }
}

/// When and on what evidence a value was set, for people.
pub(in crate::command) fn when(set: &SetWhen, now: Moment) -> String {
    let at = Moment { utc_ms: set.at_ms, ..now }.rfc3339();
    // The day says enough; `--json` has the moment.
    format!("{} on {}", set.evidence, at.get(..10).unwrap_or(&at))
}

/// A value that fits on a line.
pub(in crate::command) fn cut(value: &str) -> String {
    if value.chars().count() <= WIDEST_VALUE {
        return value.into();
    }
    value.chars().take(WIDEST_VALUE - 1).chain(['…']).collect()
}
