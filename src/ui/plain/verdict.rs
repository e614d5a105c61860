//! The feedback on an answer in words.

use super::say::{choice, half, words};
use crate::model::KeyOrigin;
use crate::session::{Feedback, Forecast, Form, GivenAnswer, Hits, KnownAnswer, Showing, StatedRating};
use crate::ui::words as say;

/// The feedback on an answer.
pub(super) fn verdict(showing: &Showing, feedback: &Feedback) -> String {
    let mut text = match (showing.form.is_reveal(), feedback.right, feedback.overruled) {
        (true, ..) => String::new(),
        (_, true, false) => "Right.\n".into(),
        (_, false, false) => "Wrong.\n".into(),
        (_, true, true) => "Right, as you say.\n".into(),
        (_, false, true) => "Wrong, as you say.\n".into(),
    };
    if feedback.sure == Some(true) {
        text += "You were sure.\n";
    }
    text += &answers(showing, feedback);
    text += &reasons(showing, feedback);
    if showing.key == KeyOrigin::Declared
        && let Some(rule) = &showing.key_rule
    {
        text += &format!("The key is declared ({rule}).\n");
    }
    if let Some(known) = feedback.known_probability.filter(|known| *known < 1.0) {
        text += &format!("{} likely that you knew it.\n", say::share(known));
    }
    text + &ways(showing, feedback)
}

/// The given and the right answer.
pub(in crate::ui) fn answers(showing: &Showing, feedback: &Feedback) -> String {
    let mut text = String::new();
    if let Some(Hits { right, of, wrong }) = feedback.hits
        && (right < of || wrong > 0)
    {
        text += &format!("{right} of {of} right, {wrong} wrong.\n");
    }
    match (&feedback.given, &showing.form) {
        (GivenAnswer::LeftOpen, _) => text += &answer_to_open(showing, feedback),
        (GivenAnswer::Picked(places), Form::Pick { several: true }) => {
            for &place in places {
                let how = if showing.choices[place].correct { "Rightly" } else { "Wrongly" };
                text += &format!("{how} picked: {}\n", choice(showing, place));
            }
            for place in feedback.correct.iter().filter(|place| !places.contains(place)) {
                text += &format!("Missed: {}\n", choice(showing, *place));
            }
        }
        (GivenAnswer::Picked(places), Form::Order) => {
            if *places != feedback.correct {
                text += &format!("Your order: {}\n", letters(showing, places));
            }
            text += &right_order(showing, feedback);
        }
        (GivenAnswer::Picked(places), _) => {
            for &place in places {
                text += &format!("You picked {}\n", choice(showing, place));
            }
            for &place in feedback.correct.iter().filter(|place| !places.contains(place)) {
                text += &format!("The answer is {}\n", choice(showing, place));
            }
        }
        (GivenAnswer::Paired(pairs), _) => {
            // Halves are shown by their texts, because several choices may share one.
            for (&(place, given), right) in pairs.iter().zip(showing.right_halves()) {
                text += &format!("{} goes with {}\n", choice(showing, place), half(showing, right));
                if given != right {
                    text += &format!("You said {}\n", half(showing, given));
                }
            }
        }
        (GivenAnswer::Typed(typed), Form::Type { known, .. }) => {
            text += &format!("You typed: {typed}\n");
            if feedback.typed.as_ref().is_some_and(|typed| typed.accents_only) {
                text += "Only the accents differ.\n";
            }
            text += &all_accepted(showing, known);
        }
        (GivenAnswer::Revealed, Form::Reveal { answer }) if !answer.is_empty() => {
            for answer in answer {
                text += &format!("The answer: {}\n", words(answer, showing.markup));
            }
        }
        (GivenAnswer::Revealed, _) => text += "The bank holds no answer.\n",
        (GivenAnswer::Typed(_), _) => {}
    }
    text
}

fn right_order(showing: &Showing, feedback: &Feedback) -> String {
    let mut text = format!("The right order: {}\n", letters(showing, &feedback.correct));
    for &place in &feedback.correct {
        text += &format!("{}\n", choice(showing, place));
    }
    text
}

fn all_accepted(showing: &Showing, known: &[KnownAnswer]) -> String {
    let right = known.iter().filter(|known| known.right);
    right.map(|known| format!("Accepted: {}\n", accepted(showing, known))).collect()
}

/// What would have been right where nothing was answered.
fn answer_to_open(showing: &Showing, feedback: &Feedback) -> String {
    let right = match &showing.form {
        Form::Pick { .. } => {
            feedback.correct.iter().map(|place| format!("The answer is {}\n", choice(showing, *place))).collect()
        }
        Form::Order => right_order(showing, feedback),
        Form::Pair { .. } => {
            let halves = showing.right_halves().into_iter().enumerate();
            halves.map(|(at, right)| format!("{} goes with {}\n", choice(showing, at), half(showing, right))).collect()
        }
        Form::Type { known, .. } => all_accepted(showing, known),
        Form::Reveal { .. } => String::new(),
    };
    format!("Not answered.\n{right}")
}

/// The answer given before in a mock exam, in the form in which it is typed.
pub(super) fn given(showing: &Showing, given: &GivenAnswer) -> String {
    let answer = match (given, &showing.form) {
        (GivenAnswer::Picked(places), _) => letters(showing, places),
        (GivenAnswer::Paired(pairs), Form::Pair { halves }) => {
            let pair = |&(place, half): &(usize, usize)| {
                let label = showing.choices.get(place).map_or("", |choice| choice.label.as_str());
                format!("{label}{}", halves.get(half).map_or("", |half| half.label.as_str()))
            };
            pairs.iter().map(pair).collect::<Vec<_>>().join(" ")
        }
        (GivenAnswer::Typed(text), _) => text.clone(),
        (GivenAnswer::Paired(_) | GivenAnswer::Revealed | GivenAnswer::LeftOpen, _) => return String::new(),
    };
    format!("Your answer so far: {answer}\n")
}

fn letters(showing: &Showing, places: &[usize]) -> String {
    let labels: Vec<&str> = places.iter().map(|&place| showing.choices[place].label.as_str()).collect();
    labels.join(" ")
}

fn accepted(showing: &Showing, known: &KnownAnswer) -> String {
    let text = words(&known.text, showing.markup);
    match text.trim() {
        "*" => "anything".into(),
        text if known.tolerance > 0.0 => format!("{text}, give or take {}", known.tolerance),
        text => text.into(),
    }
}

/// The bank's feedback on the answer, and the explanation.
pub(in crate::ui) fn reasons(showing: &Showing, feedback: &Feedback) -> String {
    let mut text = String::new();
    for place in feedback.picked() {
        let choice = &showing.choices[place];
        if let Some(feedback) = &choice.feedback {
            text += &format!("{}: {}\n", choice.label, words(feedback, showing.markup));
        }
    }
    if let Some(comment) = &feedback.comment {
        text += &format!("{}\n", words(comment, showing.markup));
    }
    let Some(explanation) = &showing.explanation else { return text };
    let explanation = words(explanation, showing.markup);
    text += &format!("{explanation}\n");
    let moved = showing.choices.iter().any(|choice| choice.label != choice.bank_letter);
    if moved && showing.choices.iter().any(|choice| names(&explanation, &choice.bank_letter)) {
        let letters: Vec<String> =
            showing.choices.iter().map(|choice| format!("{} is {}", choice.label, choice.bank_letter)).collect();
        text += &format!("In the bank, {}.\n", letters.join(", "));
    }
    text
}

/// Whether a text may name the choice with this letter: `B`, or `b)`.
fn names(text: &str, letter: &str) -> bool {
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        rest = &rest[start..];
        let end = rest.find(|char: char| !char.is_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if word == letter || after.starts_with(')') && word.eq_ignore_ascii_case(letter) {
            return true;
        }
        rest = after;
    }
    false
}

/// When the card comes back, for each rating.
fn ways(showing: &Showing, feedback: &Feedback) -> String {
    if showing.practice {
        return "It was for practice: the card comes back when it would have.\n".into();
    }
    let ratings = &feedback.ratings;
    let after = |forecast: &Forecast| say::interval(forecast.interval_days);
    let mut ways = Vec::new();
    if !(feedback.right && showing.ask_rating) {
        ways.push(after(ratings.forecast(StatedRating::GoOn)));
    }
    if feedback.right {
        let again = if showing.form.is_reveal() { "again" } else { "guessed" };
        let [first, hard, good, easy] =
            [StatedRating::Guessed, StatedRating::Hard, StatedRating::Good, StatedRating::Easy]
                .map(|verdict| after(ratings.forecast(verdict)));
        ways.push(format!("{again} {first}, hard {hard}, good {good}, easy {easy}"));
    }
    format!("Comes back in {}.\n", ways.join("; "))
}

/// The prompt after the feedback.
pub(super) fn prompt(showing: &Showing, feedback: &Feedback) -> String {
    let first = if showing.form.is_reveal() { "1 again" } else { "1 guessed" };
    let ratings = format!("{first}, 2 hard, 3 good, 4 easy");
    match (showing.form.is_reveal(), feedback.right, showing.ask_rating) {
        (true, _, true) => format!("How was it: {ratings} (or undo, skip, bury, suspend, quit, help)? "),
        (true, _, false) => format!("How was it: {ratings}, Enter good (or undo, skip, bury, suspend, quit, help)? "),
        (false, true, true) => format!("How was it: {ratings}, o a slip (or undo, bury, suspend, quit, help)? "),
        (false, true, false) => {
            format!("Enter to go on, or {ratings}, o a slip (or undo, bury, suspend, quit, help): ")
        }
        (false, false, _) => "Enter to go on, or o I was right (or undo, bury, suspend, quit, help): ".into(),
    }
}

/// The help after the feedback.
pub(super) fn help(showing: &Showing) -> String {
    let rating = if showing.form.is_reveal() {
        "Say how well you knew it: 1 again, 2 hard, 3 good, 4 easy.\n"
    } else {
        "Enter goes on with what the program makes of the answer. After a right one 1 to 4 say it yourself.\n\
         o or overrule says that the answer was graded wrongly; again, that it was graded rightly after all.\n"
    };
    format!("{rating}{}", super::say::COMMANDS)
}
