//! The parts of the overview, from what was counted.

use super::cards::SurveyCards;
use super::score;
use super::{AHEAD, Basis};
use crate::error::Result;
use crate::stats::overview::{
    Activity, CardFigures, ExpectedScore, RecallVerdict, RetentionFigures, Share, TopicFigures,
};
use crate::stats::{Survey, TopicStanding, forecast_figures};
use crate::study::score::Foresight;

/// What was done.
pub(super) fn activity(basis: &Basis<'_>, cards: &SurveyCards, survey: &Survey) -> Result<Activity> {
    let (year, days) = survey.days();
    let lately = &survey.of_period;
    let recall = survey.recall.all().figures();
    let target = survey.recall.target().map_or_else(|| target(basis, cards), Ok)?;
    Ok(Activity {
        today: (&survey.of_today).into(),
        period: lately.into(),
        streak: basis.reader.streak(basis.present.today, basis.present.day_start)?,
        year,
        days,
        retention: RetentionFigures {
            target,
            raw: lately.kept(),
            recall,
            verdict: RecallVerdict::judge(target, &recall),
            young: survey.recall.young.figures(),
            mature: survey.recall.mature.figures(),
            predicted: lately.predicted(),
        },
        hours: survey.hours(),
        ratings: lately.into(),
    })
}

/// The desired retention if there is no answer yet: the mean of the decks with cards.
fn target(basis: &Basis<'_>, cards: &SurveyCards) -> Result<f64> {
    let targets: Vec<f64> = cards.decks_with_cards(basis).map(|entry| entry.settings.desired_retention).collect();
    if targets.is_empty() {
        return Ok(basis.reader.default_settings()?.desired_retention);
    }
    Ok(targets.iter().sum::<f64>() / targets.len() as f64)
}

/// The states of cards, the forecast, and the topics, the weakest first.
pub(super) fn cards_and_topics(
    basis: &Basis<'_>,
    mut cards: SurveyCards,
    survey: &Survey,
    foresight: &Foresight,
) -> Result<(CardFigures, Vec<TopicFigures>)> {
    let forecast = forecast_figures(&cards.forecasts, basis.present.today, AHEAD, basis.pace()?);
    let [intervals, stability, difficulty, retrievability] = cards.standings.histograms();
    let counts = cards.standings.counts;
    let mut standings = std::mem::take(&mut cards.standings).finish();
    let expected = score::expected(basis, &cards, foresight, &mut standings);
    let figures = CardFigures {
        cards: counts.cards,
        new: counts.new,
        learning: counts.learning,
        review: counts.review,
        suspended: counts.suspended,
        leeches: counts.leeches,
        forecast,
        intervals,
        stability,
        difficulty,
        retrievability,
        score: expected.score.map(|score| ExpectedScore {
            date: expected.day,
            exam: expected.exam,
            questions: expected.questions,
            mean: score.mean,
            low_90: score.low,
            high_90: score.high,
        }),
    };
    Ok((figures, topics(basis, &cards.topics, &standings, survey, expected.score.is_some())))
}

fn topics(
    basis: &Basis<'_>,
    names: &[(usize, Option<String>)],
    standings: &[TopicStanding],
    survey: &Survey,
    tells: bool,
) -> Vec<TopicFigures> {
    let mut found: Vec<TopicFigures> = names
        .iter()
        .zip(standings)
        .zip(&survey.topics)
        .map(|(((deck, topic), standing), count)| TopicFigures {
            deck: basis.decks.all()[*deck].deck.name.clone(),
            topic: topic.clone(),
            questions: standing.questions,
            seen: standing.seen,
            due: standing.due,
            answers: count.tally.answers,
            accuracy: count.tally.accuracy(),
            first_attempts: Share::from_counts(count.first_right, count.first),
            retention: count.tally.retention(),
            mean_retrievability: standing.mean_recall(),
            expected_score: standing.expected_score().filter(|_| tells),
        })
        .collect();
    let weakness = |topic: &TopicFigures| topic.expected_score.unwrap_or(f64::INFINITY);
    found.sort_by(|a, b| {
        weakness(a).total_cmp(&weakness(b)).then_with(|| (&a.deck, &a.topic).cmp(&(&b.deck, &b.topic)))
    });
    found
}
