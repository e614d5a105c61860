//! The lines of the output.

mod exam;

use serde::Serialize;

use crate::model::Moment;
use crate::session::{
    ComparedSpan, Difference, ExamOutcome, Feedback, Forecast, Form, GivenAnswer, Hits, LeftExam, Paper, Session,
    Showing, Summary, Typed,
};

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum OutputMessage<'a> {
    Question {
        card: String,
        deck: &'a str,
        topic: Option<&'a str>,
        stem: &'a str,
        kind: String,
        choices: Vec<LabelledText<'a>>,
        /// The other halves, if pairs are asked for.
        halves: Option<Vec<LabelledText<'a>>>,
        markup: &'static str,
        state: &'static str,
        left: OutLeft,
        /// Hide the choices until the person has recalled the answer.
        recall_first: bool,
        /// Ask the person how sure they are.
        ask_sure: bool,
        /// The answer changes neither memory nor due date.
        practice: bool,
        /// The person's note, if the card is flagged.
        flag: Option<&'a str>,
        /// Until the time of the session is over, if it has a limit.
        ms_left: Option<i64>,
        /// Where it is in a mock exam.
        #[serde(flatten)]
        place: Option<exam::ExamPlace<'a>>,
    },
    Feedback {
        /// `None` if the person has to decide.
        right: Option<bool>,
        overruled: bool,
        /// Whether the person was sure; `None` if nobody asked.
        sure: Option<bool>,
        correct: Vec<&'a str>,
        answer: Option<Vec<&'a str>>,
        halves: Option<Vec<Option<&'a str>>>,
        hits: Option<OutHits>,
        typed: Option<OutTyped<'a>>,
        said: Option<&'a str>,
        explanation: Option<&'a str>,
        feedback: Vec<Option<&'a str>>,
        bank_letters: Vec<&'a str>,
        known_probability: Option<f64>,
        /// A rating is required: just going on is refused.
        ask_rating: bool,
        ratings: OutRatings,
    },
    Recorded {
        review: String,
        due: Option<String>,
        leech: bool,
        suspended: bool,
        elsewhere: bool,
    },
    Undone {
        review: String,
    },
    /// Something else than an answer was taken back.
    #[serde(rename = "undone")]
    DeedUndone {
        deed: &'static str,
        card: String,
    },
    Paused,
    Resumed,
    /// The last request cannot be done yet, and is tried again.
    Waiting {
        message: String,
    },
    Flagged {
        note: &'a str,
    },
    Unflagged,
    /// The details of the card, as `retain card show --json` prints them.
    About {
        #[serde(flatten)]
        card: &'a serde_json::Value,
    },
    Edited {
        message: &'a str,
    },
    Text {
        text: &'a str,
        problems: Option<&'a str>,
    },
    #[serde(rename = "time_up")]
    TimeUp,
    Marked {
        number: usize,
        marked: bool,
    },
    List {
        questions: Vec<exam::ListedQuestion<'a>>,
    },
    /// The end of a mock exam: whether to hand it in.
    Overview(exam::OverviewMessage),
    /// A mock exam was left, and can be gone on with.
    Left(exam::LeftMessage),
    Done {
        answered: usize,
        /// `None` in a mock exam that was left: it would reveal what was right.
        right: Option<usize>,
        next_due: Option<String>,
        left_today: usize,
        #[serde(skip_serializing_if = "Option::is_none")]
        exam: Option<exam::ExamMessage<'a>>,
    },
    Error {
        message: String,
    },
}

#[derive(Serialize)]
pub(super) struct LabelledText<'a> {
    label: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
pub(super) struct OutLeft {
    new: usize,
    learning: usize,
    review: usize,
}

#[derive(Serialize)]
pub(super) struct OutHits {
    right: usize,
    of: usize,
    wrong: usize,
}

impl From<Hits> for OutHits {
    fn from(Hits { right, of, wrong }: Hits) -> Self {
        Self { right, of, wrong }
    }
}

/// The typed text, compared with the accepted answers.
#[derive(Serialize)]
pub(super) struct OutTyped<'a> {
    text: &'a str,
    /// The nearest accepted answer; `None` for numbers.
    nearest: Option<String>,
    /// Whether it would be right if accents did not count.
    accents_only: bool,
    /// Both lines in pieces; empty for numbers.
    pieces: Vec<OutPiece<'a>>,
    nearest_pieces: Vec<OutPiece<'a>>,
}

/// A piece of a line, compared with the other line: `same`, `wrong`, `extra` or `missing`.
#[derive(Serialize)]
pub(super) struct OutPiece<'a> {
    text: &'a str,
    is: &'static str,
}

impl<'a> OutPiece<'a> {
    fn all(spans: &'a [ComparedSpan]) -> Vec<Self> {
        let piece = |span: &'a ComparedSpan| Self {
            text: &span.text,
            is: match span.difference {
                Difference::Same => "same",
                Difference::Wrong => "wrong",
                Difference::Extra => "extra",
                Difference::Missing => "missing",
            },
        };
        spans.iter().map(piece).collect()
    }
}

impl<'a> OutTyped<'a> {
    fn new(text: &'a str, compared: Option<&'a Typed>) -> Self {
        let nearest = compared.filter(|typed| typed.nearest.is_some());
        Self {
            text,
            nearest: nearest.map(|typed| typed.accepted.iter().map(|span| span.text.as_str()).collect()),
            accents_only: compared.is_some_and(|typed| typed.accents_only),
            pieces: compared.map(|typed| OutPiece::all(&typed.typed)).unwrap_or_default(),
            nearest_pieces: compared.map(|typed| OutPiece::all(&typed.accepted)).unwrap_or_default(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct OutRatings {
    auto: OutForecast,
    again: OutForecast,
    hard: OutForecast,
    good: OutForecast,
    easy: OutForecast,
}

#[derive(Serialize)]
struct OutForecast {
    interval_days: f64,
    due: String,
}

impl OutForecast {
    fn new(forecast: &Forecast, now: Moment) -> Self {
        Self { interval_days: forecast.interval_days, due: forecast.due.text(now) }
    }
}

impl<'a> OutputMessage<'a> {
    pub(super) fn question(showing: &'a Showing, session: &Session, now: Moment) -> Self {
        let halves = match &showing.form {
            Form::Pair { halves } => {
                Some(halves.iter().map(|half| LabelledText { label: &half.label, text: &half.text }).collect())
            }
            _ => None,
        };
        let choices = showing.choices.iter().map(|choice| LabelledText { label: &choice.label, text: &choice.text });
        OutputMessage::Question {
            card: showing.uid.to_string(),
            deck: &showing.deck,
            topic: showing.topic.as_deref(),
            stem: &showing.stem,
            kind: showing.kind.to_string(),
            choices: choices.collect(),
            halves,
            markup: showing.markup.name(),
            state: showing.state.name(),
            left: OutLeft { new: showing.left.new, learning: showing.left.learning, review: showing.left.review },
            recall_first: showing.recall_first,
            ask_sure: showing.ask_sure,
            practice: showing.practice,
            flag: showing.flag.as_deref(),
            ms_left: session.ms_left(now),
            place: session.paper().map(|paper| exam::ExamPlace::new(showing, paper)),
        }
    }

    pub(super) fn list(paper: &'a Paper) -> Self {
        OutputMessage::List { questions: exam::ListedQuestion::all(paper) }
    }

    pub(super) fn overview(paper: &Paper) -> Self {
        OutputMessage::Overview(exam::OverviewMessage::new(paper))
    }

    pub(super) fn left(left: &LeftExam) -> Self {
        OutputMessage::Left(exam::LeftMessage::new(left))
    }

    pub(super) fn feedback(showing: &'a Showing, feedback: &'a Feedback, now: Moment) -> Self {
        let ratings = &feedback.ratings;
        OutputMessage::Feedback {
            right: (!showing.form.is_reveal()).then_some(feedback.right),
            overruled: feedback.overruled,
            sure: feedback.sure,
            correct: labels(showing, &feedback.correct),
            answer: answer(showing),
            halves: right_halves(showing),
            hits: feedback.hits.map(OutHits::from),
            typed: match &feedback.given {
                GivenAnswer::Typed(text) => Some(OutTyped::new(text, feedback.typed.as_ref())),
                GivenAnswer::Picked(_) | GivenAnswer::Paired(_) | GivenAnswer::Revealed | GivenAnswer::LeftOpen => None,
            },
            said: feedback.comment.as_deref(),
            explanation: showing.explanation.as_deref(),
            feedback: showing.choices.iter().map(|choice| choice.feedback.as_deref()).collect(),
            bank_letters: showing.choices.iter().map(|choice| choice.bank_letter.as_str()).collect(),
            known_probability: feedback.known_probability,
            ask_rating: showing.ask_rating && feedback.right,
            ratings: OutRatings {
                auto: OutForecast::new(&ratings.auto, now),
                again: OutForecast::new(&ratings.again, now),
                hard: OutForecast::new(&ratings.hard, now),
                good: OutForecast::new(&ratings.good, now),
                easy: OutForecast::new(&ratings.easy, now),
            },
        }
    }

    pub(super) fn done(summary: &'a Summary, now: Moment) -> Self {
        OutputMessage::Done {
            answered: summary.answered,
            right: (!matches!(summary.exam, Some(ExamOutcome::Left(_)))).then_some(summary.right),
            next_due: summary.outlook.next_due.map(|due| due.text(now)),
            left_today: summary.outlook.left_today,
            exam: summary.exam_result().map(exam::ExamMessage::new),
        }
    }
}

/// The labels of these places, in this order.
fn labels<'a>(showing: &'a Showing, places: &[usize]) -> Vec<&'a str> {
    places.iter().filter_map(|&place| Some(showing.choices.get(place)?.label.as_str())).collect()
}

/// The texts that may be typed or are revealed; `None` for other forms.
fn answer(showing: &Showing) -> Option<Vec<&str>> {
    matches!(showing.form, Form::Type { .. } | Form::Reveal { .. }).then(|| showing.right_texts())
}

/// For each choice the label of its half; `None` if no pairs are asked for.
fn right_halves(showing: &Showing) -> Option<Vec<Option<&str>>> {
    let Form::Pair { halves } = &showing.form else { return None };
    let label = |text: &String| halves.iter().find(|half| half.text == *text).map(|half| half.label.as_str());
    Some(showing.choices.iter().map(|choice| choice.pair.as_ref().and_then(label)).collect())
}
