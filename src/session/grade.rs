//! Grading answers.

use super::compare::{Typed, compare};
use super::form::{Form, GivenAnswer, KnownAnswer};
use super::number::{accepted_number, readings};
use super::showing::{Hits, Showing};
use crate::model::Guess;

/// A graded answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Graded {
    pub(super) right: bool,
    /// The answer, without repetitions.
    pub(super) given: GivenAnswer,
    /// The numbers of the picked choices, as logged; for pairs, of a choice and its half in turn.
    pub(super) picked: Vec<u8>,
    /// The numbers of the shown choices; for pairs, followed by those of the halves.
    pub(super) shown: Vec<u8>,
    pub(super) guess: Guess,
    pub(super) hits: Option<Hits>,
    pub(super) typed: Option<Typed>,
    /// The bank's feedback on the typed answer.
    pub(super) comment: Option<String>,
}

/// Grades an answer. An answer of several parts is right only if all parts are right and nothing else is given. The error says why this
/// is no answer to this question.
pub(super) fn grade(showing: &Showing, given: &GivenAnswer) -> Result<Graded, &'static str> {
    match (&showing.form, given) {
        (Form::Pick { several }, GivenAnswer::Picked(places)) => pick(showing, *several, places),
        (Form::Order, GivenAnswer::Picked(places)) => order(showing, places),
        (Form::Pair { .. }, GivenAnswer::Paired(pairs)) => pair(showing, pairs),
        (Form::Type { number: false, known }, GivenAnswer::Typed(text)) => short(text, known),
        (Form::Type { number: true, known }, GivenAnswer::Typed(text)) => numeric(text, known),
        (Form::Reveal { .. }, GivenAnswer::Revealed) => Ok(Graded::new(true, GivenAnswer::Revealed)),
        (Form::Pick { several: false }, _) => Err("this question takes one choice"),
        (Form::Pick { several: true }, _) => Err("this question takes choices"),
        (Form::Order, _) => Err("this question takes its choices in an order"),
        (Form::Pair { .. }, _) => Err("this question takes pairs"),
        (Form::Type { number: true, .. }, _) => Err("this question takes a number"),
        (Form::Type { .. }, _) => Err("this question takes a text"),
        (Form::Reveal { .. }, _) => Err("this question is answered in your head: reveal the answer"),
    }
}

impl Graded {
    pub(super) fn new(right: bool, given: GivenAnswer) -> Self {
        let (picked, shown) = (Vec::new(), Vec::new());
        Self { right, given, picked, shown, guess: Guess::NONE, hits: None, typed: None, comment: None }
    }
}

/// The indices without repetitions, in the order given.
fn distinct(showing: &Showing, places: &[usize]) -> Result<Vec<usize>, &'static str> {
    let mut distinct = Vec::with_capacity(places.len());
    for &place in places {
        if place >= showing.choices.len() {
            return Err("there is no such choice");
        }
        if !distinct.contains(&place) {
            distinct.push(place);
        }
    }
    Ok(distinct)
}

fn picked(showing: &Showing, right: bool, places: Vec<usize>, hits: Option<Hits>) -> Graded {
    Graded {
        picked: places.iter().map(|&place| showing.choices[place].number).collect(),
        shown: showing.choices.iter().map(|choice| choice.number).collect(),
        guess: Guess::for_kind(showing.kind, showing.choices.len()),
        hits,
        ..Graded::new(right, GivenAnswer::Picked(places))
    }
}

fn pick(showing: &Showing, several: bool, places: &[usize]) -> Result<Graded, &'static str> {
    let places = distinct(showing, places)?;
    if places.is_empty() {
        return Err("pick at least one choice");
    }
    if !several && places.len() > 1 {
        return Err("this question takes one choice");
    }
    let right = (0..showing.choices.len()).all(|place| showing.choices[place].correct == places.contains(&place));
    let hits = several.then(|| {
        let right = places.iter().filter(|&&place| showing.choices[place].correct).count();
        let of = showing.choices.iter().filter(|choice| choice.correct).count();
        Hits { right, of, wrong: places.len() - right }
    });
    Ok(picked(showing, right, places, hits))
}

fn order(showing: &Showing, places: &[usize]) -> Result<Graded, &'static str> {
    let places = distinct(showing, places)?;
    if places.len() != showing.choices.len() {
        return Err("put all of them in an order");
    }
    let wanted = showing.right_places();
    let right = places.iter().zip(&wanted).filter(|(place, wanted)| place == wanted).count();
    let hits = Hits { right, of: wanted.len(), wrong: wanted.len() - right };
    Ok(picked(showing, places == wanted, places, Some(hits)))
}

fn pair(showing: &Showing, pairs: &[(usize, usize)]) -> Result<Graded, &'static str> {
    let Form::Pair { halves } = &showing.form else { return Err("this question takes pairs") };
    let mut chosen: Vec<Option<usize>> = vec![None; showing.choices.len()];
    for &(choice, half) in pairs {
        if half >= halves.len() {
            return Err("there is no such match");
        }
        *chosen.get_mut(choice).ok_or("there is no such choice")? = Some(half);
    }
    if chosen.iter().any(Option::is_none) {
        return Err("give every choice its match");
    }
    let pairs: Vec<(usize, usize)> =
        chosen.iter().enumerate().filter_map(|(choice, half)| Some((choice, (*half)?))).collect();
    let fits = |&(choice, half): &(usize, usize)| showing.choices[choice].pair.as_ref() == Some(&halves[half].text);
    let right = pairs.iter().filter(|pair| fits(pair)).count();
    let numbers = |&(choice, half): &(usize, usize)| [showing.choices[choice].number, halves[half].number];
    let shown = showing.choices.iter().map(|choice| choice.number).chain(halves.iter().map(|half| half.number));
    Ok(Graded {
        picked: pairs.iter().flat_map(numbers).collect(),
        shown: shown.collect(),
        guess: Guess::for_kind(showing.kind, halves.len().max(pairs.len())),
        hits: Some(Hits { right, of: pairs.len(), wrong: pairs.len() - right }),
        ..Graded::new(right == pairs.len(), GivenAnswer::Paired(pairs))
    })
}

fn short(text: &str, known: &[KnownAnswer]) -> Result<Graded, &'static str> {
    if text.trim().is_empty() {
        return Err("type an answer");
    }
    let accepted: Vec<&str> = known.iter().filter(|known| known.right).map(|known| known.text.as_str()).collect();
    let typed = compare(text, &accepted);
    // The feedback is that of the first matching answer; `*` matches any other.
    let comment =
        known.iter().find(|known| compare(text, &[&known.text]).right).and_then(|known| known.feedback.clone());
    let right = typed.right;
    Ok(Graded { typed: Some(typed), comment, ..Graded::new(right, GivenAnswer::Typed(text.trim().to_owned())) })
}

fn numeric(text: &str, known: &[KnownAnswer]) -> Result<Graded, &'static str> {
    let accepted: Vec<(&str, f64)> = known.iter().map(|known| (known.text.as_str(), known.tolerance)).collect();
    let found = accepted_number(text, &accepted).map(|place| &known[place]);
    if readings(text).is_empty() && found.is_none_or(|known| known.text.trim() == "*") {
        return Err("this question takes a number");
    }
    Ok(Graded {
        comment: found.and_then(|known| known.feedback.clone()),
        ..Graded::new(found.is_some_and(|known| known.right), GivenAnswer::Typed(text.trim().to_owned()))
    })
}

#[cfg(test)]
mod tests;
