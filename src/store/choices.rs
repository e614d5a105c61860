//! The choices of a question as its row keeps them: a JSON array in the order of their numbers, retired ones too.

use std::borrow::Cow;
use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::fault::nonsense;
use crate::error::{Error, Result};
use crate::model::Choice;

/// A question can have this many choices: their numbers are bytes.
const MAX_CHOICES: usize = 256;

/// A choice as it is stored. Absent fields have their usual values.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredChoice<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "is_false")]
    right: bool,
    /// Its place in the bank, if that is not its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<u8>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    feedback: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "is_false")]
    pinned: bool,
    #[serde(default, skip_serializing_if = "is_false")]
    retired: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    weight: Option<f64>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pair: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tolerance: Option<f64>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// What a choice should say from now on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChoiceChange<'a> {
    /// Its number within the question; `None` for a new choice.
    pub number: Option<u8>,
    /// Its text.
    pub text: &'a str,
    /// Whether picking it is right.
    pub correct: bool,
    /// Shown to a person who picked it.
    pub feedback: Option<&'a str>,
    /// Whether it keeps its place.
    pub pinned: bool,
    /// The share of the mark, 1 for all of it; `None` if there is only right and wrong.
    pub weight: Option<f64>,
    /// The other half, if it is one half of a pair.
    pub pair: Option<&'a str>,
    /// How far a number may be off.
    pub tolerance: Option<f64>,
}

fn parse(json: &str) -> Result<Vec<StoredChoice<'_>>> {
    serde_json::from_str(json).map_err(|_| nonsense("the choices of a question"))
}

/// The choices in use, in the bank's order.
pub(super) fn in_use(json: &str) -> Result<Vec<Choice>> {
    let mut choices: Vec<Choice> = (0..=u8::MAX)
        .zip(parse(json)?)
        .filter(|(_, stored)| !stored.retired)
        .map(|(number, stored)| Choice {
            number,
            position: stored.at.unwrap_or(number),
            text: stored.text.into_owned(),
            correct: stored.right,
            feedback: stored.feedback.map(Cow::into_owned),
            pinned: stored.pinned,
            weight: stored.weight,
            pair: stored.pair.map(Cow::into_owned),
            tolerance: stored.tolerance,
        })
        .collect();
    choices.sort_by_key(|choice| choice.position);
    Ok(choices)
}

/// Calls `visit` with the text, the other half and the feedback of each choice in use.
pub(super) fn each_text(json: &str, mut visit: impl FnMut(&str, Option<&str>, Option<&str>)) -> Result<()> {
    for stored in parse(json)?.iter().filter(|stored| !stored.retired) {
        visit(&stored.text, stored.pair.as_deref(), stored.feedback.as_deref());
    }
    Ok(())
}

/// How many choices are in use.
pub(super) fn count(json: &str) -> Result<usize> {
    Ok(parse(json)?.iter().filter(|stored| !stored.retired).count())
}

/// The place in the bank of every choice, by number; retired ones too, which the log may name.
pub(super) fn positions(json: &str) -> Result<Vec<u8>> {
    Ok((0..=u8::MAX).zip(parse(json)?).map(|(number, stored)| stored.at.unwrap_or(number)).collect())
}

/// The choices of `json` after a change: a choice that the change does not name is retired, a new one gets the next number.
pub(super) fn changed(json: &str, changes: &[ChoiceChange<'_>]) -> Result<String> {
    let mut stored = parse(json)?;
    stored.iter_mut().for_each(|choice| choice.retired = true);
    for (position, change) in changes.iter().enumerate() {
        let number = change.number.map_or(stored.len(), usize::from);
        if number >= MAX_CHOICES || position >= MAX_CHOICES {
            return Err(Error::person("a question was edited so often that it has more than 256 choices")
                .hint("give it another id in the bank, so that it becomes a new question"));
        }
        let choice = StoredChoice {
            text: change.text.into(),
            right: change.correct,
            at: u8::try_from(position).ok().filter(|at| usize::from(*at) != number),
            feedback: change.feedback.map(Cow::from),
            pinned: change.pinned,
            retired: false,
            weight: change.weight,
            pair: change.pair.map(Cow::from),
            tolerance: change.tolerance,
        };
        match number.cmp(&stored.len()) {
            Ordering::Less => stored[number] = choice,
            Ordering::Equal => stored.push(choice),
            Ordering::Greater => return Err(nonsense("the number of a choice")),
        }
    }
    serde_json::to_string(&stored).map_err(|_| nonsense("the choices of a question"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(number: Option<u8>, text: &str) -> ChoiceChange<'_> {
        ChoiceChange {
            number,
            text,
            correct: text == "b",
            feedback: None,
            pinned: false,
            weight: None,
            pair: None,
            tolerance: None,
        }
    }

    #[test]
    fn numbers_are_given_once_and_places_follow_the_bank() {
        let first = changed("[]", &[change(None, "a"), change(None, "b")]).expect("choices");
        assert_eq!(first, r#"[{"text":"a"},{"text":"b","right":true}]"#);
        let second = changed(&first, &[change(None, "c"), change(Some(1), "b")]).expect("choices");
        assert_eq!(second, r#"[{"text":"a","retired":true},{"text":"b","right":true},{"text":"c","at":0}]"#);
        let told: Vec<_> = in_use(&second)
            .expect("choices")
            .into_iter()
            .map(|choice| (choice.number, choice.position, choice.text))
            .collect();
        assert_eq!(told, [(2, 0, "c".into()), (1, 1, "b".into())]);
        assert_eq!((count(&second).expect("a count"), positions(&second).expect("places")), (2, vec![0, 1, 0]));
    }

    #[test]
    fn nonsense_is_an_error_and_never_a_default() {
        for json in ["", "{}", "[{}]", r#"[{"text":1}]"#, r#"[{"text":"a","wrong":true}]"#] {
            assert!(in_use(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_question_never_has_more_choices_than_numbers() {
        let many: Vec<ChoiceChange<'_>> = (0..=MAX_CHOICES).map(|_| change(None, "a")).collect();
        assert!(changed("[]", &many).is_err());
        assert!(changed("[]", &many[..MAX_CHOICES]).is_ok());
    }
}
