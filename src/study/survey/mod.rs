//! All figures of the overview, from one look at the cards and one at the log.

mod cards;
mod count;
mod figures;
mod questions;
mod request;
mod score;

use super::present::Present;
use super::score::Foresight;
use crate::error::Result;
use crate::model::StudyDay;
use crate::stats::overview::{About, ItemFigures, Overview, Period};
use crate::stats::{CalibrationBins, DeckForecast, Foretold, calibration_figures};
use crate::store::{LogColumns, Reader};
use cards::SurveyCards;
use count::{SurveyDays, count};
pub(super) use request::Basis;
pub use request::StatsRequest;

/// The days of what happened lately.
const MONTH: i32 = 30;
/// The days that are looked ahead.
pub(super) const AHEAD: usize = 30;

/// All figures.
///
/// # Errors
/// When there is no such deck, topic or tag, or the database fails.
pub(super) fn overview(reader: Reader<'_>, asked: &StatsRequest<'_>, present: Present) -> Result<Overview> {
    let basis = Basis::new(reader, asked, present)?;
    let about = about(&basis, asked);
    let (log, mut cards) = reader.counted_log(LogColumns::Figures, || SurveyCards::load(&basis))?;
    let days = SurveyDays { today: about.today, period: about.period, long_period: about.long_period };
    let (survey, told) = count(&basis, &cards, &log, days)?;
    // Nothing asks for it any more, and it is large.
    drop(log);
    let told: Vec<Foretold> = told.into_iter().map(|told| told.foretold).collect();
    let mut calibration = calibration_figures(&told);
    calibration.parameters_since = cards.parameters_since(&basis);
    let activity = figures::activity(&basis, &cards, &survey)?;
    let items = questions::figures(&basis, &cards, &survey)?;
    basis.let_in(&cards.waiting, &mut cards.forecasts)?;
    let foresight = Foresight::load(reader, &basis.decks)?;
    let (cards, topics) = figures::cards_and_topics(&basis, cards, &survey, &foresight)?;
    Ok(Overview { about, activity, cards, items: ItemFigures { topics, ..items }, calibration })
}

fn about(basis: &Basis<'_>, asked: &StatsRequest<'_>) -> About {
    let today = basis.present.today;
    let to = asked.to.unwrap_or(today).min(today);
    let by_person = asked.from.is_some() || asked.to.is_some();
    let month = Some(StudyDay(today.0 - MONTH + 1));
    About {
        deck: asked.deck.map(str::to_owned),
        topics: basis.scope.about.topics.clone(),
        tags: basis.scope.about.tags.clone(),
        today,
        period: Period { from: if by_person { asked.from } else { month }, to },
        long_period: Period { from: asked.from, to },
        asked: by_person,
    }
}

/// Predicted recall against what happened, by deck (in the order of the decks), on the days of the scope.
///
/// # Errors
/// When the database fails.
pub(super) fn calibration(basis: &Basis<'_>) -> Result<Vec<CalibrationBins>> {
    let mut bins = vec![CalibrationBins::default(); basis.decks.all().len()];
    let (log, cards) = basis.reader.counted_log(LogColumns::Figures, || SurveyCards::load(basis))?;
    let long_period = Period { from: basis.scope.from, to: basis.scope.to.unwrap_or(StudyDay(i32::MAX)) };
    let period = Period { from: Some(StudyDay(i32::MAX)), to: StudyDay(i32::MIN) };
    let (_, told) = count(basis, &cards, &log, SurveyDays { today: basis.present.today, period, long_period })?;
    for told in told {
        bins[told.deck as usize].add(&told.foretold);
    }
    Ok(bins)
}

/// What is due day by day, by deck (in the order of the decks), and whether it has cards in scope.
///
/// # Errors
/// When the database fails.
pub(super) fn forecast(basis: &Basis<'_>, days: usize) -> Result<(Vec<DeckForecast>, Vec<bool>)> {
    let mut cards = SurveyCards::looking_ahead(basis, days)?;
    basis.let_in(&cards.waiting, &mut cards.forecasts)?;
    Ok((cards.forecasts, cards.used))
}
