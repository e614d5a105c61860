//! All figures of the overview, from one look at the cards and one at the log.

mod cards;
mod count;
mod figures;
mod questions;
mod request;
mod score;
mod subject;

use std::sync::mpsc::channel;

use super::parameter_history::{self, ParameterHistory};
use super::present::Present;
use super::score::Foresight;
use super::walked::{KeepingRules, KeptLog, WholeWalk};
use crate::error::Result;
use crate::model::StudyDay;
use crate::stats::overview::{About, ItemFigures, Overview, Period};
use crate::stats::{CalibrationBins, DeckForecast, Foretold, Survey, calibration_figures};
use crate::store::Reader;
use cards::SurveyCards;
use count::{DeckPrediction, SurveyCount, SurveyDays};
pub(super) use request::Basis;
pub use request::StatsRequest;
use subject::LaterSubjects;

/// The days of what happened lately.
const MONTH: i32 = 30;
/// The days that are looked ahead.
pub(super) const AHEAD: usize = 30;

/// All figures.
///
/// # Errors
/// When there is no such deck, topic or tag, or the database fails.
pub(super) fn overview(
    reader: Reader<'_>,
    asked: &StatsRequest<'_>,
    present: Present,
    rules: KeepingRules,
) -> Result<Overview> {
    let basis = Basis::new(reader, asked, present)?;
    let about = about(&basis, asked);
    let days = SurveyDays { today: about.today, period: about.period, long_period: about.long_period };
    let (mut cards, Counted { survey, told, foresight, histories }) = counted(&basis, days, true, rules)?;
    let told: Vec<Foretold> = told.into_iter().map(|told| told.foretold).collect();
    let mut calibration = calibration_figures(&told);
    calibration.parameters_since = cards.parameters_since(&basis, &histories);
    let activity = figures::activity(&basis, &cards, &survey)?;
    let items = questions::figures(&basis, &cards, &survey)?;
    basis.let_in(&cards.waiting, &mut cards.forecasts)?;
    let foresight = foresight.map_or_else(|| Foresight::load(reader, &basis.decks), Ok)?;
    let (cards, topics) = figures::cards_and_topics(&basis, cards, &survey, &foresight)?;
    Ok(Overview { about, activity, cards, items: ItemFigures { topics, ..items }, calibration })
}

/// What was counted of the log.
struct Counted {
    survey: Survey,
    told: Vec<DeckPrediction>,
    /// If it was wanted and there was time for it.
    foresight: Option<Foresight>,
    histories: Vec<ParameterHistory>,
}

/// Counts the log: from a walk that was kept, if there is one that can be used; otherwise through the whole log, and then that is kept.
fn counted(basis: &Basis<'_>, days: SurveyDays, foresee: bool, rules: KeepingRules) -> Result<(SurveyCards, Counted)> {
    let (reader, now_ms) = (basis.reader, basis.present.now.utc_ms);
    let histories = parameter_history::of_all(reader, &basis.decks, now_ms)?;
    let mut foresight = None;
    if let Some(kept) = KeptLog::find(reader, rules)? {
        let (decks, middle) = (&basis.decks, reader.middle_question()?);
        let (sender, rest) = channel();
        let beside = |peer: Reader<'_>| {
            // If nobody waits for it, the other thread has failed.
            drop(sender.send(LaterSubjects::load(peer, middle)));
            foresee.then(|| Foresight::load(peer, decks)).transpose()
        };
        let load = |is_beside: bool| {
            let later = is_beside.then_some(LaterSubjects { middle, rest });
            let load = || SurveyCards::load(basis, later);
            let (kept, cards) = kept.load(reader, &histories, now_ms, load, |cards| &cards.decks)?;
            let mut count = SurveyCount::new(basis, &cards, days);
            let counts = |kept: &KeptLog| kept.each(|answers| count.add(answers));
            let kept = kept.filter(counts);
            let SurveyCount { survey, told, .. } = count;
            Ok((kept, cards, survey, told))
        };
        let (foreseen, (kept, cards, survey, told)) = reader.side_by_side(beside, load)?;
        foresight = foreseen;
        if let Some(kept) = kept {
            kept.keep(reader, &cards.decks, &histories);
            return Ok((cards, Counted { survey, told, foresight, histories }));
        }
    }
    let extent = WholeWalk::extent_to_keep(reader, now_ms, rules)?;
    let (walk, cards) = WholeWalk::load(reader, &histories, || SurveyCards::load(basis, None), |cards| &cards.decks)?;
    let mut count = SurveyCount::new(basis, &cards, days);
    walk.each(|answers| count.add(answers))?;
    let SurveyCount { survey, told, .. } = count;
    if let Some(extent) = extent {
        walk.keep(reader, &cards.decks, &histories, extent);
    }
    Ok((cards, Counted { survey, told, foresight, histories }))
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
    let long_period = Period { from: basis.scope.from, to: basis.scope.to.unwrap_or(StudyDay(i32::MAX)) };
    let period = Period { from: Some(StudyDay(i32::MAX)), to: StudyDay(i32::MIN) };
    let days = SurveyDays { today: basis.present.today, period, long_period };
    let (_, Counted { told, .. }) = counted(basis, days, false, KeepingRules::USUAL)?;
    for told in told {
        bins[told.deck].add(&told.foretold);
    }
    Ok(bins)
}

/// What is due day by day, by deck (in the order of the decks), and whether it has cards in scope.
///
/// # Errors
/// When the database fails.
pub(super) fn forecast(basis: &Basis<'_>, days: usize) -> Result<(Vec<DeckForecast>, Vec<bool>)> {
    let mut cards = SurveyCards::looking_ahead(basis, days, None)?;
    basis.let_in(&cards.waiting, &mut cards.forecasts)?;
    Ok((cards.forecasts, cards.used))
}
