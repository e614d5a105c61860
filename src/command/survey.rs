//! All figures of the overview, from one look at the cards and one at the log.

mod cards;
mod count;
mod questions;

use super::Context;
use super::decks::Decks;
use super::facts::Scope;
use super::review::limits;
use super::subjects::meant;
use crate::error::Result;
use crate::memory::{Elapsed, Model};
use crate::model::{CardMemory, DayStart, DeckId, Moment, StudyDay};
use crate::schedule::Allowance;
use crate::stats::overview::{
    About, Activity, CardFigures, ExpectedScore, ItemFigures, Overview, Period, RetentionFigures, Share, TopicFigures,
};
use crate::stats::{CalibrationBins, DeckForecast, Foretold, Pace, calibration_figures, forecast_figures};
use crate::store::Reader;
use cards::Cards;
pub(super) use cards::exam_of;
use count::{Days, count};

/// The days of what happened lately.
const MONTH: i32 = 30;
/// The days that are looked ahead.
pub(super) const AHEAD: usize = 30;
/// So many of the last answers tell how long one takes.
const RECENT: u32 = 2_000;

/// What is asked.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked<'a> {
    pub(super) deck: Option<&'a str>,
    pub(super) topics: &'a [String],
    pub(super) tags: &'a [String],
    pub(super) from: Option<StudyDay>,
    pub(super) to: Option<StudyDay>,
}

/// What a survey reads from.
pub(super) struct Ground<'a> {
    pub(super) reader: Reader<'a>,
    pub(super) decks: Decks,
    pub(super) scope: Scope,
    pub(super) now: Moment,
    pub(super) today: StudyDay,
    pub(super) start: DayStart,
}

impl<'a> Ground<'a> {
    /// Of these decks, topics and tags.
    ///
    /// # Errors
    /// When there are no such, or the database fails.
    pub(super) fn new(context: &Context, reader: Reader<'a>, asked: &Asked<'_>) -> Result<Self> {
        let decks = Decks::read(reader)?;
        let ids: Vec<DeckId> = decks.named(asked.deck)?.iter().map(|entry| entry.deck.id).collect();
        let about = meant(reader, &ids, asked.topics, asked.tags, asked.deck)?;
        let scope = Scope { from: asked.from, to: asked.to, ..Scope::new(&decks, asked.deck)? }.about(reader, about)?;
        let (now, today) = context.today(reader)?;
        let start = reader.default_settings()?.day_start;
        Ok(Self { reader, decks, scope, now, today, start })
    }

    /// How long a card takes.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) fn pace(&self) -> Result<Pace> {
        Ok(Pace::of(&self.reader.timed_answers(RECENT, None)?))
    }

    /// Lets the limits of each day choose among the new cards: `waiting` are those of each deck, `forecasts` what is due.
    ///
    /// # Errors
    /// When the database fails.
    pub(super) fn let_in(&self, waiting: &[usize], forecasts: &mut [DeckForecast]) -> Result<()> {
        let mut limits = limits(self.reader, &self.decks, None, self.now, self.today)?;
        let mut waiting = waiting.to_vec();
        let days = forecasts.iter().map(|forecast| forecast.due.len()).max().unwrap_or(0);
        for day in 0..days {
            let mut allowance = Allowance::new(&limits);
            for (entry, forecast) in self.decks.all().iter().zip(forecasts.iter_mut()) {
                // Reviews have their places before new cards; cards in steps need none.
                (forecast.steps[day]..forecast.due[day])
                    .take_while(|_| allowance.take_review(entry.deck.id))
                    .for_each(drop);
            }
            for (place, entry) in self.decks.all().iter().enumerate() {
                let taken = (0..waiting[place]).take_while(|_| allowance.take_new(entry.deck.id)).count();
                forecasts[place].new[day] = taken;
                waiting[place] -= taken;
            }
            // What was done today is done for today only.
            for limit in &mut limits {
                (limit.new_done, limit.reviews_done) = (0, 0);
            }
        }
        Ok(())
    }
}

/// All figures.
///
/// # Errors
/// When there is no such deck, topic or tag, or the database fails.
pub(super) fn overview(context: &Context, reader: Reader<'_>, asked: &Asked<'_>) -> Result<Overview> {
    let ground = Ground::new(context, reader, asked)?;
    let today = ground.today;
    let to = asked.to.unwrap_or(today).min(today);
    let by_person = asked.from.is_some() || asked.to.is_some();
    let month = Some(StudyDay(today.0 - MONTH + 1));
    let period = Period { from: if by_person { asked.from } else { month }, to };
    let long_period = Period { from: asked.from, to };
    let (log, mut cards) = reader.counted_log(|| Cards::read(&ground))?;
    let (survey, told) = count(&ground, &cards, &log, Days { today, period, long_period })?;
    drop(log);

    let pace = ground.pace()?;
    ground.let_in(&cards.waiting, &mut cards.forecasts)?;
    let forecast = forecast_figures(&cards.forecasts, today, AHEAD, pace);
    let settings = reader.default_settings()?;
    let targets: Vec<f64> = cards.decks_with_cards(&ground).map(|entry| entry.settings.desired_retention).collect();
    let target = if targets.is_empty() {
        settings.desired_retention
    } else {
        targets.iter().sum::<f64>() / targets.len() as f64
    };
    let (year, days) = survey.days();
    let told: Vec<Foretold> = told.into_iter().map(|told| told.foretold).collect();
    let mut calibration = calibration_figures(&told);
    calibration.parameters_since = cards.parameters_since(&ground);
    let items = ItemFigures { topics: Vec::new(), ..questions::figures(&ground, &cards, &survey)? };
    let [intervals, stability, difficulty, retrievability] = cards.standings.histograms();
    let score_day = cards.score_day(&ground);
    let Cards { standings, topics: names, .. } = cards;
    let counts =
        (standings.cards, standings.new, standings.learning, standings.review, standings.suspended, standings.leeches);
    let (topics, questions, score) = standings.finish(survey.reviews, score_day.is_some());
    let mut topic_figures: Vec<TopicFigures> = names
        .iter()
        .zip(topics)
        .zip(&survey.topics)
        .map(|(((deck, topic), standing), count)| TopicFigures {
            deck: ground.decks.all()[*deck].deck.name.clone(),
            topic: topic.clone(),
            questions: standing.questions,
            seen: standing.seen,
            due: standing.due,
            answers: count.tally.answers,
            accuracy: count.tally.accuracy(),
            first_attempts: Share::of(count.first_right, count.first),
            retention: count.tally.retention(),
            mean_retrievability: standing.mean_recall(),
            expected_score: standing.expected_score(),
        })
        .collect();
    let weakness = |topic: &TopicFigures| topic.expected_score.unwrap_or(f64::INFINITY);
    topic_figures.sort_by(|a, b| {
        weakness(a).total_cmp(&weakness(b)).then_with(|| (&a.deck, &a.topic).cmp(&(&b.deck, &b.topic)))
    });
    Ok(Overview {
        about: About {
            deck: asked.deck.map(str::to_owned),
            topics: ground.scope.about.topics.clone(),
            tags: ground.scope.about.tags.clone(),
            today,
            period,
            long_period,
            asked: by_person,
        },
        activity: Activity {
            today: (&survey.of_today).into(),
            period: (&survey.of_period).into(),
            streak: reader.streak(today, ground.start)?,
            year,
            days,
            retention: RetentionFigures {
                target,
                raw: survey.of_period.kept(),
                corrected: survey.of_period.retention_corrected(),
                predicted: survey.of_period.predicted(),
            },
            hours: survey.hours(),
            ratings: (&survey.of_period).into(),
        },
        cards: CardFigures {
            cards: counts.0,
            new: counts.1,
            learning: counts.2,
            review: counts.3,
            suspended: counts.4,
            leeches: counts.5,
            forecast,
            intervals,
            stability,
            difficulty,
            retrievability,
            score: score.map(|score| ExpectedScore {
                date: score_day.unwrap_or(today),
                exam: score_day.is_some(),
                questions,
                mean: score.mean,
                low_90: score.low,
                high_90: score.high,
            }),
        },
        items: ItemFigures { topics: topic_figures, ..items },
        calibration,
    })
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
