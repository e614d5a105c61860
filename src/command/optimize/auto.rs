//! A fit without being asked: at the start of a day, when the answers have doubled.

use super::suggest::is_time;
use super::{Origin, Scope, attempt, keep};
use crate::command::Context;
use crate::command::decks::{DeckEntry, Decks};
use crate::command::histories;
use crate::command::interrupt::Interrupt;
use crate::error::Result;
use crate::memory::Fsrs6;
use crate::model::{Moment, Optimize};
use crate::store::{FitRow, Reader, Store};
use crate::ui::words;

/// More answers take longer to read than somebody wants to wait for: then a fit is suggested only.
const MOST: u64 = 50_000;

/// Fits the default parameters where it is time, and tells what was changed. Gives the decks as they are then.
///
/// # Errors
/// When the database fails.
pub(in crate::command) fn at_the_start_of_a_day(context: &Context, store: &mut Store, decks: Decks) -> Result<Decks> {
    let settings = store.reader().default_settings()?;
    let now = context.clock.now();
    let Some((last, ..)) = store.reader().last_answer()? else { return Ok(decks) };
    let answered = Moment { utc_ms: last.utc_ms(), ..now }.study_day(settings.day_start);
    if settings.optimize == Optimize::Off || answered >= now.study_day(settings.day_start) {
        return Ok(decks);
    }
    let reader = store.reader();
    let (log, fits) = (reader.review_count()?, reader.fits()?);
    // What a person has set by hand, or said no to for a deck, stays.
    let kept = decks.all().iter().any(|entry| entry.settings.optimize == Optimize::Off) || by_hand(reader, &fits)?;
    if log > MOST || kept || !is_time(log, &fits) {
        return Ok(decks);
    }
    let interrupt = Interrupt::listen()?;
    let all: Vec<&DeckEntry> = decks.all().iter().collect();
    let past = histories::read(context, reader, &all, &interrupt)?;
    let scope = Scope {
        deck: None,
        name: "all decks".into(),
        before: Fsrs6::or_default(settings.parameters.as_deref()),
        origin: Origin::of(settings.parameters.as_deref(), &fits),
    };
    let tried = [attempt(context, scope, &past, &past.histories, &interrupt)?];
    if tried[0].verdict.is_err() {
        return Ok(decks);
    }
    keep(context, store, &decks, &tried, &interrupt)?;
    let answers = words::count(log, "answer");
    let what = match tried[0].adopted() {
        Some(_) => "the model of memory was fitted to",
        None => "how you answer was learnt, and the model of memory stays as it was, from",
    };
    context.talk(&format!("{what} your {answers}; `retain optimize --revert` goes back"))?;
    Decks::read(store.reader())
}

/// Whether the default's parameters, or how the person answers, were set by somebody and not by a fit.
fn by_hand(reader: Reader<'_>, fits: &[FitRow]) -> Result<bool> {
    let by_hand = |own: Option<String>, of: fn(&FitRow) -> &Option<String>| {
        own.is_some() && !fits.iter().any(|fit| *of(fit) == own)
    };
    Ok(by_hand(reader.own_parameters(None)?, |fit| &fit.fitted)
        || by_hand(reader.own_answering(None)?, |fit| &fit.answering))
}
