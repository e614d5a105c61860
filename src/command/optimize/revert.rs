//! `retain optimize --revert`: back to the parameters before the last fit that was adopted.

use crate::command::Context;
use crate::command::decks::Decks;
use crate::command::interrupt::Interrupt;
use crate::command::rebuild::remake_changed;
use crate::error::{Done, Error, Result};

pub(super) fn run(context: &Context, deck: Option<&str>) -> Result<Done> {
    let interrupt = Interrupt::listen()?;
    let mut store = context.store()?;
    let now_ms = context.clock.now().utc_ms;
    let mut writer = store.writer()?;
    let before = Decks::read(writer.reader())?;
    let wanted = deck.map(|name| before.exactly(name)).transpose()?.map(|entry| entry.deck.id);
    let last = writer.reader().fits()?.into_iter().find(|fit| {
        let changed = fit.fitted.is_some() || fit.answering.is_some();
        changed && fit.reverted_ms.is_none() && (deck.is_none() || fit.deck == wanted)
    });
    let Some(fit) = last else {
        return Err(Error::person("no fit was adopted that could be taken back")
            .hint("`retain optimize --history` shows what was tried"));
    };
    let name = match fit.deck {
        Some(deck) => before.of(deck)?.deck.name.clone(),
        None => "all decks".to_owned(),
    };
    if fit.fitted.is_some() && writer.reader().own_parameters(fit.deck)? != fit.fitted {
        return Err(Error::person(format!("the parameters of {name} were changed after the fit"))
            .hint("set them yourself with `retain deck set … parameters=…`; nothing was changed"));
    }
    if fit.fitted.is_some() {
        writer.put_parameters(fit.deck, fit.before.as_deref(), now_ms, "the fit after them was taken back")?;
    }
    writer.put_answering(fit.deck, fit.answering_before.as_deref(), now_ms, "the fit after it was taken back")?;
    writer.mark_fit_reverted(fit.id, now_ms)?;
    remake_changed(&mut writer, &before, context.quiet, || interrupt.check())?;
    writer.commit()?;
    let now = match (&fit.fitted, &fit.before) {
        (None, _) => "how you answer is what it was before the fit",
        (_, Some(_)) => "the parameters are those before the fit again",
        (_, None) => "no parameters of its own again",
    };
    context.talk(&format!("{name}: {now}; due dates stay as they were promised"))?;
    Ok(Done::Whole)
}
