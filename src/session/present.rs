//! Building showings of cards and feedback on answers.

use super::form::{SetOut, set_out};
use super::grade::Graded;
use super::{Answer, Feedback, Forecast, Form, GivenAnswer, Left, Loaded, Ratings, Showing, StatedRating};
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
        GivenAnswer::Picked(_) | GivenAnswer::Paired(_) | GivenAnswer::Revealed => None,
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
    } = loaded;
    let order_seed = memory.repetitions.saturating_add(practised);
    let SetOut { stem, choices, form } = set_out(&question, place, uid, order_seed, seed);
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
        shown_ms: now.utc_ms,
    }
}
