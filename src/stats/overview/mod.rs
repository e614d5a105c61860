//! All figures of the dashboard, the report and their JSON. One source, so that they agree.
//!
//! Shares and probabilities are 0–1, days are study days. Unknown figures (no answers, no cards) are `None`, never 0 or NaN.

mod activity;
mod cards;
mod items;
mod recall;

use serde::{Serialize, Serializer};

use crate::model::StudyDay;

pub use activity::{Activity, DayActivity, HourFigures, RatingMix, RetentionFigures, Totals};
pub use cards::{CardFigures, ExpectedScore, ForecastDay, ForecastFigures, Histogram, HistogramBin};
pub use items::{
    CalibrationBin, CalibrationFigures, ConfusionFigures, ItemFigures, MethodFigures, OptionName, QuestionFigures,
    QuestionName, SurenessFigures, SuspectKey, TopicFigures,
};
pub use recall::{Recall, RecallVerdict};

/// A share with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// The counted ones.
    pub part: usize,
    /// All of them.
    pub whole: usize,
    /// The share; `None` if `whole` is 0.
    pub share: Option<f64>,
    /// The lower end of its 95 % interval (Wilson).
    pub low_95: Option<f64>,
    /// The upper end.
    pub high_95: Option<f64>,
}

impl Share {
    /// The share of `part` in `whole`, with its interval.
    pub fn from_counts(part: usize, whole: usize) -> Self {
        let interval = super::wilson(part, whole);
        Self {
            part,
            whole,
            share: (whole > 0).then(|| part as f64 / whole as f64),
            low_95: interval.map(|(low, _)| low),
            high_95: interval.map(|(_, high)| high),
        }
    }
}

/// A range of study days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The first day; `None` if it begins with the first answer.
    #[serde(serialize_with = "optional_day")]
    pub from: Option<StudyDay>,
    /// The last day.
    #[serde(serialize_with = "day")]
    pub to: StudyDay,
}

/// The scope of the figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct About {
    /// The deck with its subdecks; `None` for all decks.
    pub deck: Option<String>,
    /// Only questions of these topics; empty for all.
    pub topics: Vec<String>,
    /// Only questions with one of these tags; empty for all.
    pub tags: Vec<String>,
    /// The current study day.
    #[serde(serialize_with = "day")]
    pub today: StudyDay,
    /// The days of recent activity: answers, retention, hours, ratings. By default the last 30 days.
    pub period: Period,
    /// The days of figures that need many answers: topics, questions, options, calibration. By default all up to today.
    pub long_period: Period,
    /// Whether the person asked for these days.
    pub asked: bool,
}

/// All figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overview {
    /// Their scope.
    pub about: About,
    /// What was done.
    pub activity: Activity,
    /// The current state of the cards, and the coming work.
    pub cards: CardFigures,
    /// Topics, questions and options.
    pub items: ItemFigures,
    /// Predicted against actual recall.
    pub calibration: CalibrationFigures,
}

pub(crate) fn day<S: Serializer>(day: &StudyDay, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

pub(crate) fn optional_day<S: Serializer>(day: &Option<StudyDay>, serializer: S) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => serializer.collect_str(day),
        None => serializer.serialize_none(),
    }
}
