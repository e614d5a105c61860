//! The meaning of a line of the input.

use serde::Deserialize;

use crate::session::{Action, Form, GivenAnswer, Half, Phase, Showing, ShownChoice, StatedRating};
use crate::ui::Wish;

type Parsed<T> = std::result::Result<T, String>;

/// A line of the input.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", expecting = "an object with a `type`")]
pub(super) enum InputMessage {
    Answer {
        pick: Option<Vec<String>>,
        text: Option<Word>,
        pairs: Option<Vec<(Word, Word)>>,
        ms: Option<f64>,
        sure: Option<bool>,
    },
    Reveal {
        ms: Option<f64>,
        sure: Option<bool>,
    },
    Rate {
        rating: Option<RatingName>,
    },
    Overrule,
    Pause,
    Flag {
        note: Option<String>,
    },
    Unflag,
    About,
    Edit {
        text: Option<String>,
    },
    Cancel,
    Undo,
    Skip,
    Bury,
    Suspend,
    Quit,
    /// The following are of a mock exam.
    Next,
    Previous,
    Goto {
        question: Word,
    },
    Mark {
        question: Option<Word>,
        marked: Option<bool>,
    },
    List,
    Overview,
    #[serde(rename = "hand_in")]
    HandIn,
    Leave,
}

/// A text; a number counts as its text.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "expected a string or a number")]
pub(super) enum Word {
    Text(String),
    Number(serde_json::Number),
}

impl Word {
    pub(super) fn into_text(self) -> String {
        match self {
            Word::Text(text) => text,
            Word::Number(number) => number.to_string(),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum RatingName {
    Again,
    Guessed,
    Hard,
    Good,
    Easy,
}

/// Parses a line. The error says why it cannot be used.
pub(super) fn parse(line: &str) -> Parsed<InputMessage> {
    serde_json::from_str(line.trim_start_matches('\u{feff}'))
        .map_err(|error| format!("the line cannot be used: {error}"))
}

/// The request of a line in this phase, or why it makes no sense there.
pub(super) fn wish(line: InputMessage, phase: Phase<'_>) -> Parsed<Wish> {
    Ok(Wish::Act(match line {
        InputMessage::Answer { pick, text, pairs, ms, sure } => {
            let given = match (pick, text, pairs) {
                (Some(labels), None, None) => GivenAnswer::Picked(picked(&labels, phase)?),
                (None, Some(text), None) => GivenAnswer::Typed(text.into_text()),
                (None, None, Some(pairs)) => GivenAnswer::Paired(paired(pairs, phase)?),
                _ => return Err("an answer has one of `pick`, `text` and `pairs`".into()),
            };
            Action::Answer { given, took_ms: took(ms), sure }
        }
        InputMessage::Reveal { ms, sure } => Action::Answer { given: GivenAnswer::Revealed, took_ms: took(ms), sure },
        InputMessage::Rate { rating } => Action::Rate(verdict(rating.as_ref(), phase)),
        InputMessage::Overrule => Action::Overrule,
        InputMessage::Pause => Action::Pause,
        InputMessage::Flag { note } => Action::Flag(Some(note.unwrap_or_default())),
        InputMessage::Unflag => Action::Flag(None),
        InputMessage::About => return Ok(Wish::About),
        InputMessage::Edit { text: None } => return Ok(Wish::Edit),
        InputMessage::Edit { text: Some(_) } => return Err("ask for the text first: `edit` without `text`".into()),
        InputMessage::Cancel => return Err("nothing is being edited".into()),
        InputMessage::Undo => Action::Undo,
        InputMessage::Skip => Action::Skip,
        InputMessage::Bury => Action::Bury,
        InputMessage::Suspend => Action::Suspend,
        InputMessage::Quit => Action::Quit,
        InputMessage::Next
        | InputMessage::Previous
        | InputMessage::Goto { .. }
        | InputMessage::Mark { .. }
        | InputMessage::List
        | InputMessage::Overview
        | InputMessage::HandIn
        | InputMessage::Leave => return Err("that is for mock exams".into()),
    }))
}

fn took(ms: Option<f64>) -> Option<u32> {
    ms.map(|ms| ms.round() as u32)
}

/// `again` means not known; a wrong answer is rated so by just going on.
fn verdict(rating: Option<&RatingName>, phase: Phase<'_>) -> StatedRating {
    let wrong = matches!(phase, Phase::Answered(_, feedback) if !feedback.right);
    match rating {
        None => StatedRating::GoOn,
        Some(RatingName::Again) if wrong => StatedRating::GoOn,
        Some(RatingName::Again | RatingName::Guessed) => StatedRating::Guessed,
        Some(RatingName::Hard) => StatedRating::Hard,
        Some(RatingName::Good) => StatedRating::Good,
        Some(RatingName::Easy) => StatedRating::Easy,
    }
}

/// The places of these labels. If the question takes no labels, the session refuses the answer.
fn picked(labels: &[String], phase: Phase<'_>) -> Parsed<Vec<usize>> {
    match phase {
        Phase::Asking(Showing { form: Form::Pick { .. } | Form::Order, choices, .. }) => {
            labels.iter().map(|label| choice_at(label, choices)).collect()
        }
        _ => Ok(Vec::new()),
    }
}

fn paired(pairs: Vec<(Word, Word)>, phase: Phase<'_>) -> Parsed<Vec<(usize, usize)>> {
    match phase {
        Phase::Asking(Showing { form: Form::Pair { halves }, choices, .. }) => {
            let places = |(choice, half): (Word, Word)| {
                Ok((choice_at(&choice.into_text(), choices)?, half_at(&half.into_text(), halves)?))
            };
            pairs.into_iter().map(places).collect()
        }
        _ => Ok(Vec::new()),
    }
}

fn choice_at(label: &str, choices: &[ShownChoice]) -> Parsed<usize> {
    let wanted = label.trim().to_uppercase();
    let place = choices.iter().position(|choice| choice.label == wanted);
    place.ok_or_else(|| format!("there is no choice `{label}` now"))
}

fn half_at(label: &str, halves: &[Half]) -> Parsed<usize> {
    let place = halves.iter().position(|half| half.label == label.trim());
    place.ok_or_else(|| format!("there is no match `{label}` now"))
}

#[cfg(test)]
mod tests;
