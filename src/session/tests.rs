//! Questions and showings for tests.

use uuid::Uuid;

use super::form::{SetOut, set_out};
use super::{
    ExamSession, ExamStart, Feedback, Forecast, GivenAnswer, Left, Paper, PaperAnswer, PaperQuestion, Phase, Ratings,
    Showing, Summary,
};
use crate::model::{CardId, CardState, Choice, Due, KeyOrigin, Kind, LogId, Markup, Question, QuestionId, StudyDay};

/// A choice.
pub(crate) fn choice(number: u8, text: &str, correct: bool) -> Choice {
    Choice { number, position: number, text: text.into(), correct, ..Choice::default() }
}

/// A question.
pub(crate) fn question(kind: Kind, stem: &str, choices: Vec<Choice>) -> Question {
    Question {
        id: QuestionId(1),
        uid: Uuid::nil(),
        kind,
        stem: stem.into(),
        explanation: None,
        topic: None,
        tags: Vec::new(),
        key: KeyOrigin::Marked,
        key_rule: None,
        markup: Markup::Plain,
        choices,
    }
}

/// The showing of its card that asks for this place.
pub(crate) fn showing(question: &Question, place: u32) -> Showing {
    let SetOut { stem, choices, form } = set_out(question, place, Uuid::nil(), 0, 7);
    Showing {
        card: CardId(1),
        uid: Uuid::nil(),
        deck: "A".into(),
        topic: None,
        question: question.id,
        kind: question.kind,
        markup: question.markup,
        media: Vec::new(),
        stem,
        choices,
        form,
        explanation: None,
        state: CardState::New,
        left: Left::default(),
        key: question.key,
        key_rule: None,
        order_seed: 0,
        ahead: false,
        recall_first: false,
        ask_rating: false,
        ask_sure: false,
        practice: false,
        flag: None,
        given: None,
        shown_ms: 0,
    }
}

/// The feedback to an answer.
pub(crate) fn feedback(showing: &Showing, given: &GivenAnswer) -> Feedback {
    let forecast = |days| Forecast { interval_days: days, due: Due::Day(StudyDay(1)) };
    let ratings = Ratings {
        auto: forecast(3.0),
        again: forecast(1.0 / 144.0),
        hard: forecast(2.0),
        good: forecast(3.0),
        easy: forecast(8.0),
    };
    if *given == GivenAnswer::LeftOpen {
        return super::present::feedback_on_open(showing);
    }
    let graded = super::grade::grade(showing, given).unwrap_or_else(|why| panic!("{why}"));
    let (_, feedback) = super::present::answered(showing, graded, 0, None, false);
    Feedback { ratings, known_probability: feedback.right.then_some(0.68), ..feedback }
}

/// A phase that shows this question, for the rest of the test.
pub(crate) fn asking(showing: Showing) -> Phase<'static> {
    Phase::Asking(Box::leak(Box::new(showing)))
}

/// A phase that shows this feedback, for the rest of the test.
pub(crate) fn answering(showing: Showing, feedback: Feedback) -> Phase<'static> {
    Phase::Answered(Box::leak(Box::new(showing)), Box::leak(Box::new(feedback)))
}

/// A phase that shows this summary, for the rest of the test.
pub(crate) fn finished(summary: Summary) -> Phase<'static> {
    Phase::Finished(Box::leak(Box::new(summary)))
}

/// A mock exam of so many questions: those of these indices are answered, those marked, and the person is at one of them.
pub(crate) fn paper(count: u32, answered: &[u32], marked: &[u32], at: u32) -> &'static Paper {
    let question = |position: u32| PaperQuestion {
        position,
        card: CardId(i64::from(position) + 1),
        uid: Uuid::from_u128(position.into()),
        stem: match position % 3 {
            0 => "Why is monitoring a *model* after deployment crucial, and what follows if nobody looks at it?".into(),
            1 => "Which port does `ssh` use?".into(),
            _ => "操作系统 and the kernel: which of these belong together?\nPick two.".into(),
        },
        markup: Markup::Markdown,
        topic: None,
        state: CardState::New,
        marked: marked.contains(&position),
        answer: answered.contains(&position).then(|| PaperAnswer {
            review: LogId(Uuid::from_u128(position.into())),
            right: true,
            took_ms: 1_000,
        }),
    };
    let start = ExamStart { questions: (0..count).map(question).collect(), position: at, ..ExamStart::default() };
    let exam = ExamSession::new(start, StudyDay(1), 0);
    Box::leak(Box::new(exam.paper().clone()))
}
