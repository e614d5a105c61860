//! All figures that the dashboard, the report and their JSON show: one place, so that they say the same.
//!
//! Shares and probabilities are 0–1, days are study days. What cannot be told (no answers, no cards) is none, never 0 or NaN.

mod activity;
mod cards;
mod items;
mod recall;

use serde::{Serialize, Serializer};

use crate::model::StudyDay;

pub use activity::{Activity, DayFigures, HourFigures, Mix, RetentionFigures, Totals};
pub use cards::{Bin, CardFigures, ExpectedScore, ForecastDay, ForecastFigures, Histogram};
pub use items::{
    CalibrationBin, CalibrationFigures, ConfusionFigures, ItemFigures, MethodFigures, OptionName, QuestionFigures,
    QuestionName, SurenessFigures, SuspectKey, TopicFigures,
};
pub use recall::{Recall, Verdict};

/// A share with how sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Share {
    /// How many.
    pub part: usize,
    /// Of how many.
    pub whole: usize,
    /// The share; none of nothing.
    pub share: Option<f64>,
    /// The lower end of its 95 % interval (Wilson).
    pub low_95: Option<f64>,
    /// The upper end.
    pub high_95: Option<f64>,
}

impl Share {
    /// Of counts.
    pub fn of(part: usize, whole: usize) -> Self {
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

/// A range of study days, both ends among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Period {
    /// The first day; none where it begins with the first answer.
    #[serde(serialize_with = "optional_day")]
    pub from: Option<StudyDay>,
    /// The last day.
    #[serde(serialize_with = "day")]
    pub to: StudyDay,
}

/// What the figures are about.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct About {
    /// The deck, with the decks in it; none for all.
    pub deck: Option<String>,
    /// Only questions of these topics; all where there are none.
    pub topics: Vec<String>,
    /// Only questions with one of these tags; all where there are none.
    pub tags: Vec<String>,
    /// Today.
    #[serde(serialize_with = "day")]
    pub today: StudyDay,
    /// The days of what happened lately: answers, retention, hours, ratings. The last 30 days unless asked otherwise.
    pub period: Period,
    /// The days of what needs many answers: topics, questions, options, calibration. Everything up to today unless asked otherwise.
    pub long_period: Period,
    /// Whether the person asked for these days.
    pub asked: bool,
}

/// All figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overview {
    /// What they are about.
    pub about: About,
    /// What was done.
    pub activity: Activity,
    /// The cards as they stand, and what is to come.
    pub cards: CardFigures,
    /// Topics, questions and options.
    pub items: ItemFigures,
    /// Predicted recall against what happened.
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
