//! All figures of the overview, from one look at the cards and one at the log.

mod cards;
mod count;
mod figures;
mod ground;
mod questions;
mod score;

use super::Context;
use super::foresight::Foresight;
use crate::error::Result;
use crate::memory::{Elapsed, Model};
use crate::model::{CardMemory, StudyDay};
use crate::stats::overview::{About, ItemFigures, Overview, Period};
use crate::stats::{CalibrationBins, DeckForecast, Foretold, calibration_figures};
use crate::store::Reader;
use cards::Cards;
pub(super) use cards::exam_of;
use count::{Days, count};
pub(super) use ground::{Asked, Ground};

/// The days of what happened lately.
const MONTH: i32 = 30;
/// The days that are looked ahead.
pub(super) const AHEAD: usize = 30;

/// All figures.
///
/// # Errors
/// When there is no such deck, topic or tag, or the database fails.
pub(super) fn overview(context: &Context, reader: Reader<'_>, asked: &Asked<'_>) -> Result<Overview> {
    let ground = Ground::new(context, reader, asked)?;
    let about = about(&ground, asked);
    let (log, mut cards) = reader.counted_log(|| Cards::read(&ground))?;
    let days = Days { today: about.today, period: about.period, long_period: about.long_period };
    let (survey, told) = count(&ground, &cards, &log, days)?;
    // Nothing asks for it any more, and it is large.
    drop(log);
    let told: Vec<Foretold> = told.into_iter().map(|told| told.foretold).collect();
    let mut calibration = calibration_figures(&told);
    calibration.parameters_since = cards.parameters_since(&ground);
    let activity = figures::activity(&ground, &cards, &survey)?;
    let items = questions::figures(&ground, &cards, &survey)?;
    ground.let_in(&cards.waiting, &mut cards.forecasts)?;
    let foresight = Foresight::read(reader, &ground.decks)?;
    let (cards, topics) = figures::cards_and_topics(&ground, cards, &survey, &foresight)?;
    Ok(Overview { about, activity, cards, items: ItemFigures { topics, ..items }, calibration })
}

fn about(ground: &Ground<'_>, asked: &Asked<'_>) -> About {
    let today = ground.today;
    let to = asked.to.unwrap_or(today).min(today);
    let by_person = asked.from.is_some() || asked.to.is_some();
    let month = Some(StudyDay(today.0 - MONTH + 1));
    About {
        deck: asked.deck.map(str::to_owned),
        topics: ground.scope.about.topics.clone(),
        tags: ground.scope.about.tags.clone(),
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
pub(super) fn calibration(ground: &Ground<'_>) -> Result<Vec<CalibrationBins>> {
    let mut bins = vec![CalibrationBins::default(); ground.decks.all().len()];
    let (log, cards) = ground.reader.counted_log(|| Cards::read(ground))?;
    let long_period = Period { from: ground.scope.from, to: ground.scope.to.unwrap_or(StudyDay(i32::MAX)) };
    let period = Period { from: Some(StudyDay(i32::MAX)), to: StudyDay(i32::MIN) };
    let (_, told) = count(ground, &cards, &log, Days { today: ground.today, period, long_period })?;
    for told in told {
        bins[told.deck as usize].add(&told.foretold);
    }
    Ok(bins)
}

/// What is due day by day, by deck (in the order of the decks), and whether it has cards in scope.
///
/// # Errors
/// When the database fails.
pub(super) fn forecast(ground: &Ground<'_>, days: usize) -> Result<(Vec<DeckForecast>, Vec<bool>)> {
    let mut cards = Cards::looking_ahead(ground, days)?;
    ground.let_in(&cards.waiting, &mut cards.forecasts)?;
    Ok((cards.forecasts, cards.used))
}

/// The recall of a card on a day; none where it is new.
pub(super) fn recall(model: &impl Model, memory: &CardMemory, day: StudyDay) -> Option<f64> {
    memory.memory.map(|state| model.retrievability(state, Elapsed::whole_days(memory.elapsed_days(day))))
}
