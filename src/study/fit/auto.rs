//! A fit without being asked: at the start of a day, when the answers have doubled.

use super::suggest::is_time;
use super::training_data::training_data;
use super::{Candidate, FitAttempt, FitOrigin, attempt, keep};
use crate::error::Result;
use crate::memory::Fsrs6;
use crate::model::{Moment, Optimize};
use crate::store::{FitRow, Reader, Store};
use crate::study::decks::{DeckEntry, Decks};
use crate::study::present::Present;
use crate::study::progress::Watch;

/// More answers take longer to read than somebody wants to wait for: then a fit is only suggested.
const MOST: u64 = 50_000;

/// Whether it is time to fit the default parameters: at the first use of a day, if nobody set them by hand or switched fits off.
pub(in crate::study) fn is_time_to_fit(reader: Reader<'_>, present: Present) -> Result<bool> {
    let settings = reader.default_settings()?;
    let Some((last, ..)) = reader.last_answer()? else { return Ok(false) };
    let answered = Moment { utc_ms: last.utc_ms(), ..present.now }.study_day(settings.day_start);
    if settings.optimize == Optimize::Off || answered >= present.today {
        return Ok(false);
    }
    let (log, fits) = (reader.review_count()?, reader.fits()?);
    let decks = Decks::load(reader)?;
    // What a person has set by hand, or said no to for a deck, stays.
    let kept = decks.all().iter().any(|entry| entry.settings.optimize == Optimize::Off) || by_hand(reader, &fits)?;
    Ok(log <= MOST && !kept && is_time(log, &fits).is_some())
}

/// Fits the default parameters; `None` if there are too few answers after all.
pub(in crate::study) fn fit_default(
    store: &mut Store,
    present: Present,
    watch: &mut Watch<'_>,
) -> Result<Option<FitAttempt>> {
    let reader = store.reader();
    let (decks, settings) = (Decks::load(reader)?, reader.default_settings()?);
    let all: Vec<&DeckEntry> = decks.all().iter().collect();
    let data = training_data(reader, &all, watch)?;
    let candidate = Candidate {
        deck: None,
        name: "all decks".into(),
        before: Fsrs6::or_default(settings.parameters.as_deref()),
        origin: FitOrigin::of_parameters(settings.parameters.as_deref(), &reader.fits()?),
    };
    let [tried] = [attempt(candidate, &data, &data.histories, watch)?];
    if tried.verdict.is_none() {
        return Ok(None);
    }
    keep(store, &decks, std::slice::from_ref(&tried), false, present, watch)?;
    Ok(Some(tried))
}

/// Whether the default's parameters, or how the person answers, were set by somebody and not by a fit.
fn by_hand(reader: Reader<'_>, fits: &[FitRow]) -> Result<bool> {
    let by_hand = |own: Option<String>, fitted: fn(&FitRow) -> &Option<String>| {
        own.is_some() && !fits.iter().any(|fit| *fitted(fit) == own)
    };
    Ok(by_hand(reader.own_parameters(None)?, |fit| &fit.fitted)
        || by_hand(reader.own_answering(None)?, |fit| &fit.answering))
}
