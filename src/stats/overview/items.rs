//! Topics, questions and options, and the calibration of predictions.

use serde::Serialize;

use super::Share;
use crate::model::{Markup, StudyDay};

/// A topic of a deck.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TopicFigures {
    /// The name of its deck.
    pub deck: String,
    /// Its name; `None` for questions without a topic.
    pub topic: Option<String>,
    /// All its questions.
    pub questions: usize,
    /// Questions that were answered.
    pub seen: usize,
    /// Cards due today.
    pub due: usize,
    /// Answers that count, practice included.
    pub answers: usize,
    /// The share of right answers, without practice.
    pub accuracy: Option<f64>,
    /// Right answers among the first attempts at its questions.
    pub first_attempts: Share,
    /// The share of answers to cards due for review that were not rated again.
    pub retention: Option<f64>,
    /// The mean probability of recall now of answered cards.
    pub mean_retrievability: Option<f64>,
    /// The expected score on its questions.
    pub expected_score: Option<f64>,
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OptionName {
    /// The letter in the bank.
    pub letter: String,
    /// The text of the option.
    pub text: String,
}

/// A question that is hard for this person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionFigures {
    /// The markup of its texts.
    #[serde(skip)]
    pub markup: Markup,
    /// The UUID of the question.
    pub question: String,
    /// The name of its deck.
    pub deck: String,
    /// The name of its topic.
    pub topic: Option<String>,
    /// Its stem on one line.
    pub stem: String,
    /// Right answers among all, without practice.
    pub right: Share,
    /// The share that the model expected for the same answers.
    pub expected: Option<f64>,
    /// How often it was forgotten.
    pub lapses: usize,
    /// The note of the table `questions`; `None` if nothing is remarkable.
    pub note: Option<String>,
}

/// A wrong option that was picked at least twice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ConfusionFigures {
    /// The markup of its texts.
    #[serde(skip)]
    pub markup: Markup,
    /// The UUID of the question.
    pub question: String,
    /// The name of its deck.
    pub deck: String,
    /// Its stem on one line.
    pub stem: String,
    /// The right options.
    pub right: Vec<OptionName>,
    /// The wrong option.
    pub wrong: OptionName,
    /// How often the wrong option was picked.
    pub times: usize,
    /// All answers to the question, without practice.
    pub answers: usize,
}

/// A question whose right option loses to a wrong one, so that its key may be wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SuspectKey {
    /// The markup of its texts.
    #[serde(skip)]
    pub markup: Markup,
    /// The UUID of the question.
    pub question: String,
    /// The name of its deck.
    pub deck: String,
    /// Its stem on one line.
    pub stem: String,
    /// The right option according to the key.
    pub keyed: OptionName,
    /// How often it was picked without the other.
    pub keyed_times: usize,
    /// The winning option.
    pub other: OptionName,
    /// How often that was picked without the keyed one.
    pub other_times: usize,
}

/// A question with its place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct QuestionName {
    /// The markup of its texts.
    #[serde(skip)]
    pub markup: Markup,
    /// The UUID of the question.
    pub question: String,
    /// The name of its deck.
    pub deck: String,
    /// The name of its topic.
    pub topic: Option<String>,
    /// Its stem on one line.
    pub stem: String,
}

/// How well the person knows what they know.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SurenessFigures {
    /// Right answers among the sure ones, without practice.
    pub sure: Share,
    /// Right answers among the unsure ones.
    pub unsure: Share,
    /// At most ten questions with a card that was answered surely and wrongly on its last day. They come first when they are due again.
    pub first_again: Vec<QuestionName>,
    /// The number of all such questions.
    pub all_first_again: usize,
}

/// Topics, questions and options.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ItemFigures {
    /// Right answers among the first attempts at questions.
    pub first_attempts: Share,
    /// Right answers among those faster than the stem can be read, without practice and answers without a time.
    pub rapid: Share,
    /// The mean chance of luck of the rapid answers.
    pub rapid_chance: Option<f64>,
    /// How well the person knows what they know.
    pub sureness: SurenessFigures,
    /// All topics of all decks, the lowest expected score first.
    pub topics: Vec<TopicFigures>,
    /// At most ten questions with the lowest upper end of the interval of the share of right answers.
    pub hardest: Vec<QuestionFigures>,
    /// The ten most frequent confusions.
    pub confusions: Vec<ConfusionFigures>,
    /// The number of all confusions.
    pub all_confusions: usize,
    /// At most ten questions whose key should be checked.
    pub suspect_keys: Vec<SuspectKey>,
}

/// Answers with similar predictions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct CalibrationBin {
    /// The lower end of the predicted probability of a right answer.
    pub bin_low: f64,
    /// The upper end.
    pub bin_high: f64,
    /// The number of answers.
    pub answers: usize,
    /// The mean prediction.
    pub predicted: f64,
    /// The share of right answers.
    pub actual: f64,
    /// The lower end of its 95 % interval (Wilson).
    pub low_95: f64,
    /// The upper end of the interval.
    pub high_95: f64,
}

/// The quality of one method of prediction.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MethodFigures {
    /// `in use`, `defaults`, `moving average` or `constant`.
    pub method: &'static str,
    /// The mean surprise at an answer, in nats; lower is better, ln 2 is a coin.
    pub log_loss: Option<f64>,
    /// The root mean square difference of predicted and actual shares over bins of similar answers; lower is better.
    pub rmse_bins: Option<f64>,
    /// The probability that a right answer had a higher prediction than a wrong one; 0.5 is chance.
    pub auc: Option<f64>,
}

/// Predicted against actual recall, for answers a day or more after the one before. Each is predicted by the parameters in use when it
/// was given.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CalibrationFigures {
    /// The number of answers.
    pub answers: usize,
    /// The mean predicted probability of a right answer: g + (1 − g)·R.
    pub predicted: Option<f64>,
    /// The share of right answers.
    pub actual: Option<f64>,
    /// The answers by their predictions, the lowest first.
    pub bins: Vec<CalibrationBin>,
    /// The model in use, then the methods that it must beat.
    pub methods: Vec<MethodFigures>,
    /// When the parameters in use were set; `None` for the published ones, or if decks differ.
    #[serde(serialize_with = "super::optional_day")]
    pub parameters_since: Option<StudyDay>,
}
