//! Building showings of cards and feedback on answers.

use super::form::{SetOut, set_out};
use super::grade::{Graded, grade};
use super::{
    Answer, EarlierAnswer, Feedback, Forecast, Form, GivenAnswer, Left, Loaded, Ratings, Showing, ShownChoice,
    StatedRating,
};
use crate::model::{Due, LONGEST_ANSWER_MS, Moment};

/// The answer to be logged, and its feedback. The effects of the ratings are not known yet.
pub(super) fn answered(
    showing: &Showing,
    graded: Graded,
    took_ms: u32,
    sure: Option<bool>,
    exam: bool,
) -> (Answer, Feedback) {
    let nothing = Forecast { interval_days: 0.0, due: Due::At(0) };
    let ratings = Ratings {
        auto: nothing.clone(),
        again: nothing.clone(),
        hard: nothing.clone(),
        good: nothing.clone(),
        easy: nothing,
    };
    let typed = match &graded.given {
        GivenAnswer::Typed(text) => Some(text.clone()),
        GivenAnswer::Picked(_) | GivenAnswer::Paired(_) | GivenAnswer::Revealed | GivenAnswer::LeftOpen => None,
    };
    // A person who is asked and says nothing is not sure.
    let sure = sure.or(showing.ask_sure.then_some(false));
    let answer = Answer {
        card: showing.card,
        right: graded.right,
        overruled: false,
        sure,
        verdict: StatedRating::GoOn,
        picked: graded.picked,
        shown: graded.shown,
        typed,
        exam,
        practice: showing.practice,
        order_seed: showing.order_seed,
        took_ms: took_ms.min(LONGEST_ANSWER_MS),
        guess: graded.guess,
    };
    let feedback = Feedback {
        right: graded.right,
        overruled: false,
        sure,
        given: graded.given,
        correct: showing.right_places(),
        hits: graded.hits,
        typed: graded.typed,
        comment: graded.comment,
        ratings,
        known_probability: None,
    };
    (answer, feedback)
}

/// The showing of a card. The order of its choices depends on the number of its answers.
pub(super) fn show(loaded: Loaded, left: Left, now: Moment, seed: u64) -> Showing {
    let Loaded {
        card,
        uid,
        deck,
        question,
        place,
        media,
        memory,
        practised,
        ahead,
        recall_first,
        ask_rating,
        ask_sure,
        practice,
        flag,
        earlier,
    } = loaded;
    // Whoever comes back to a question of an exam finds its choices where they were.
    let order_seed =
        earlier.as_ref().map_or(memory.repetitions.saturating_add(practised), |earlier| earlier.order_seed);
    let SetOut { stem, choices, form } = set_out(&question, place, uid, order_seed, seed);
    let given = earlier.and_then(|earlier| given_earlier(&choices, &form, &earlier));
    Showing {
        card,
        uid,
        deck,
        topic: question.topic,
        question: question.id,
        kind: question.kind,
        markup: question.markup,
        media,
        stem,
        // Typed and revealed answers are recalled anyway.
        recall_first: recall_first && matches!(form, Form::Pick { .. } | Form::Order | Form::Pair { .. }),
        choices,
        form,
        explanation: question.explanation,
        state: memory.state,
        left,
        key: question.key,
        key_rule: question.key_rule,
        order_seed,
        ahead,
        ask_rating,
        ask_sure,
        practice,
        flag,
        given,
        shown_ms: now.utc_ms,
    }
}

/// The earlier answer as it looks in this showing; `None` if the question no longer has what was picked.
fn given_earlier(choices: &[ShownChoice], form: &Form, earlier: &EarlierAnswer) -> Option<GivenAnswer> {
    let choice = |number: u8| choices.iter().position(|choice| choice.number == number);
    match form {
        Form::Pick { .. } | Form::Order => {
            earlier.picked.iter().map(|number| choice(*number)).collect::<Option<Vec<_>>>().map(GivenAnswer::Picked)
        }
        Form::Pair { halves } => {
            let half = |number: u8| halves.iter().position(|half| half.number == number);
            let pairs = earlier.picked.chunks_exact(2).map(|pair| Some((choice(pair[0])?, half(pair[1])?)));
            pairs.collect::<Option<Vec<_>>>().map(GivenAnswer::Paired)
        }
        Form::Type { .. } => earlier.typed.clone().map(GivenAnswer::Typed),
        Form::Reveal { .. } => None,
    }
}

/// The feedback on a question that was open at the end of a mock exam: what would have been right.
pub(super) fn feedback_on_open(showing: &Showing) -> Feedback {
    answered(showing, Graded::new(false, GivenAnswer::LeftOpen), 0, None, true).1
}

/// The feedback on an earlier answer, which keeps its grade. Of a question that was changed since, it says nothing more.
pub(super) fn feedback_on_earlier(showing: &Showing, earlier: &EarlierAnswer) -> Feedback {
    let given = showing.given.clone().unwrap_or(GivenAnswer::Picked(Vec::new()));
    let graded = grade(showing, &given).unwrap_or_else(|_| Graded::new(earlier.right, given));
    let (_, feedback) = answered(showing, graded, 0, None, true);
    Feedback { right: earlier.right, ..feedback }
}
