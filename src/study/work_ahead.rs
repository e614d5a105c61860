//! What the coming days ask for, for a calendar.

use super::ReviewRequest;
use super::day::{self, Work};
use super::present::Present;
use super::survey::{self, Basis, StatsRequest};
use super::today::{ExamAhead, exam_ahead};
use crate::error::Result;
use crate::stats::forecast_figures;
use crate::stats::overview::ForecastDay;
use crate::store::Reader;

/// What the coming days ask for, as cards are scheduled now.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkAhead {
    /// The deck, by its whole name; `None` for all.
    pub deck: Option<String>,
    /// The days, today first.
    pub days: Vec<ForecastDay>,
    /// Exams that are ahead.
    pub exams: Vec<ExamAhead>,
}

/// What this many days ask of a deck and the decks in it, or of all.
pub(super) fn work_ahead(reader: Reader<'_>, deck: Option<&str>, days: u32, present: Present) -> Result<WorkAhead> {
    let basis = Basis::new(reader, &StatsRequest { deck, ..StatsRequest::default() }, present)?;
    let (forecasts, _) = survey::forecast(&basis, days as usize)?;
    let named = basis.decks.named(deck)?;
    let inner: Vec<_> = basis
        .decks
        .all()
        .iter()
        .zip(forecasts)
        .filter(|(entry, _)| named.iter().any(|named| named.deck.id == entry.deck.id))
        .map(|(_, forecast)| forecast)
        .collect();
    let mut days = forecast_figures(&inner, present.today, days as usize, basis.pace()?).days;
    // Of a question with several cards, a day asks one; today it is known which.
    if let Some(today) = days.first_mut() {
        let request = ReviewRequest { deck: deck.map(str::to_owned), ..ReviewRequest::default() };
        let work: Work = day::count_day(reader, &basis.decks, &request, present)?.work.into_values().sum();
        today.new = today.new.min(usize::try_from(work.new).unwrap_or(usize::MAX));
    }
    let exams = named.iter().filter_map(|entry| exam_ahead(&basis.decks, entry, present.today)).collect();
    let deck = deck.map(|deck| basis.decks.whole_name(deck)).transpose()?;
    Ok(WorkAhead { deck, days, exams })
}
