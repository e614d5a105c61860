//! Topics, questions and options; and how well recall was predicted.

use serde::Serialize;

use super::Share;
use crate::model::{Markup, StudyDay};

/// A topic of a deck.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TopicFigures {
    /// The deck.
    pub deck: String,
    /// The topic; none for questions without one.
    pub topic: Option<String>,
    /// Its questions.
    pub questions: usize,
    /// Those that were answered.
    pub seen: usize,
    /// Cards due today.
    pub due: usize,
    /// Answers that count, practice among them.
    pub answers: usize,
    /// The share of right ones, practice aside.
    pub accuracy: Option<f64>,
    /// First attempts at its questions, and the right ones.
    pub first_attempts: Share,
    /// Of answers to cards due for review, the share not rated again.
    pub retention: Option<f64>,
    /// The mean probability of recall now, of cards that were answered.
    pub mean_retrievability: Option<f64>,
    /// The score that is expected on it: the weaker, the lower.
    pub expected_score: Option<f64>,
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OptionName {
    /// The bank's own letter.
    pub letter: String,
    /// What it says.
    pub text: String,
}

/// A question that is hard for this person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionFigures {
    /// How its texts are written.
    #[serde(skip)]
    pub markup: Markup,
    /// Its identity.
    pub question: String,
    /// Its deck.
    pub deck: String,
    /// Its topic.
    pub topic: Option<String>,
    /// Its stem.
    pub stem: String,
    /// Answers, practice aside, and the right ones.
    pub right: Share,
    /// The share that the model expected of the same answers.
    pub expected: Option<f64>,
    /// How often it was forgotten.
    pub lapses: usize,
    /// What the analysis says of it, as the table `questions` does; none where nothing stands out.
    pub note: Option<String>,
}

/// A wrong option that was picked at least twice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConfusionFigures {
    /// How its texts are written.
    #[serde(skip)]
    pub markup: Markup,
    /// The identity of the question.
    pub question: String,
    /// Its deck.
    pub deck: String,
    /// Its stem.
    pub stem: String,
    /// The right options.
    pub right: Vec<OptionName>,
    /// The wrong one.
    pub wrong: OptionName,
    /// How often the wrong one was picked.
    pub times: usize,
    /// In how many answers to the question, practice aside.
    pub answers: usize,
}

/// A question whose right option loses to another one, so that its key may be wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SuspectKey {
    /// How its texts are written.
    #[serde(skip)]
    pub markup: Markup,
    /// The identity of the question.
    pub question: String,
    /// Its deck.
    pub deck: String,
    /// Its stem.
    pub stem: String,
    /// The option that the key calls right.
    pub keyed: OptionName,
    /// How often it was picked, and the other was not.
    pub keyed_times: usize,
    /// The option that wins.
    pub other: OptionName,
    /// How often that was picked, and the keyed one was not.
    pub other_times: usize,
}

/// A question by name.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionName {
    /// How its texts are written.
    #[serde(skip)]
    pub markup: Markup,
    /// Its identity.
    pub question: String,
    /// Its deck.
    pub deck: String,
    /// Its topic.
    pub topic: Option<String>,
    /// Its stem.
    pub stem: String,
}

/// How well the person knows what they know.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SurenessFigures {
    /// Answers that they were sure of, practice aside, and the right ones.
    pub sure: Share,
    /// Answers that they were not sure of.
    pub unsure: Share,
    /// Questions with a card that was answered surely and wrongly on the last day on which it was asked, at most ten: they come first
    /// when they are due again.
    pub first_again: Vec<QuestionName>,
    /// All of them, shown or not.
    pub all_first_again: usize,
}

/// Topics, questions and options.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemFigures {
    /// First attempts at questions, and the right ones.
    pub first_attempts: Share,
    /// Answers faster than the stem can be read (practice, and answers without a time, aside), and the right ones among them.
    pub rapid: Share,
    /// The mean chance of luck of these rapid answers: what pure guessing would give.
    pub rapid_chance: Option<f64>,
    /// How well the person knows what they know.
    pub sureness: SurenessFigures,
    /// Every topic of every deck, the weakest (lowest expected score) first.
    pub topics: Vec<TopicFigures>,
    /// The hardest questions, at most ten: the lowest upper ends of the interval of the share of right answers come first.
    pub hardest: Vec<QuestionFigures>,
    /// The most frequent confusions, at most ten.
    pub confusions: Vec<ConfusionFigures>,
    /// All confusions, shown or not.
    pub all_confusions: usize,
    /// Questions whose key should be checked, at most ten.
    pub suspect_keys: Vec<SuspectKey>,
}

/// Answers with similar predictions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CalibrationBin {
    /// The lower end of the predicted probability of a right answer.
    pub bin_low: f64,
    /// The upper end.
    pub bin_high: f64,
    /// How many answers.
    pub answers: usize,
    /// The mean prediction.
    pub predicted: f64,
    /// The share of right answers.
    pub actual: f64,
    /// The lower end of its 95 % interval (Wilson).
    pub low_95: f64,
    /// The upper end.
    pub high_95: f64,
}

/// How well one way to predict does.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MethodFigures {
    /// `in use`, `defaults`, `moving average` or `constant`.
    pub method: &'static str,
    /// Mean surprise at an answer, in nats; lower is better, ln 2 is a coin.
    pub log_loss: Option<f64>,
    /// The root of the mean squared difference of predicted and actual shares over bins of similar answers; lower is better.
    pub rmse_bins: Option<f64>,
    /// The probability that a right answer had the higher prediction: 0.5 is chance.
    pub auc: Option<f64>,
}

/// Predicted recall against what happened, at answers a day or more after the one before. Each is predicted by the parameters
/// that were in use when it was given, which could not know it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CalibrationFigures {
    /// How many answers.
    pub answers: usize,
    /// The mean predicted probability of a right answer: g + (1 − g)·R.
    pub predicted: Option<f64>,
    /// The share of right answers.
    pub actual: Option<f64>,
    /// In bins of the prediction, from the lowest on.
    pub bins: Vec<CalibrationBin>,
    /// The model in use, then what it must beat.
    pub methods: Vec<MethodFigures>,
    /// When the parameters in use were set; none for the published ones, and where decks differ.
    #[serde(serialize_with = "super::optional_day")]
    pub parameters_since: Option<StudyDay>,
}
