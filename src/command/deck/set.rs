//! `retain deck set`: all of the settings, or none of them.

use crate::command::Context;
use crate::command::consequence::with_consequences;
use crate::command::decks::Decks;
use crate::command::setting_change::{apply, read};
use crate::error::{Done, Error, Result};
use crate::store::SettingOwner;

pub(super) fn run(context: &Context, words: &[String], default: bool) -> Result<Done> {
    let (deck, pairs) = match words {
        pairs if default => (None, pairs),
        [deck, pairs @ ..] => (Some(deck), pairs),
        [] => (None, words),
    };
    if pairs.is_empty() {
        return Err(Error::usage("no setting is named").hint("write `retain deck set DECK desired-retention=0.9`"));
    }
    let mut store = context.store()?;
    let mut writer = store.writer()?;
    let decks = Decks::read(writer.reader())?;
    let deck = deck.map(|name| decks.exactly(name)).transpose()?.map(|entry| &entry.deck);
    let owner = SettingOwner::from(deck.map(|deck| deck.id));
    let name = deck.map_or("default", |deck| deck.name.as_str());
    let changes = read(pairs, owner)?;
    let now = context.clock.now();
    let told = with_consequences(context, &mut writer, |writer| apply(writer, owner, name, &changes, now))?;
    writer.commit()?;
    context.talk(&told)?;
    Ok(Done::Whole)
}
