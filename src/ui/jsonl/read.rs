//! What a line of the input means.

use serde::Deserialize;

use crate::session::{Event, Form, Given, Half, Phase, Showing, ShownChoice, Verdict};
use crate::ui::Wish;

type Read<T> = std::result::Result<T, String>;

/// What a line of the input says.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum In {
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
        rating: Option<Said>,
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
}

/// A text; a number is what it looks like.
#[derive(Debug, Deserialize)]
#[serde(untagged, expecting = "expected a string or a number")]
pub(super) enum Word {
    Text(String),
    Number(serde_json::Number),
}

impl Word {
    fn into_text(self) -> String {
        match self {
            Word::Text(text) => text,
            Word::Number(number) => number.to_string(),
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Said {
    Again,
    Guessed,
    Hard,
    Good,
    Easy,
}

/// Reads a line; why it cannot be used, where it cannot.
pub(super) fn parse(line: &str) -> Read<In> {
    serde_json::from_str(line.trim_start_matches('\u{feff}'))
        .map_err(|error| format!("the line cannot be used: {error}"))
}

/// What a line means where the session stands, or why it means nothing there.
pub(super) fn wish(line: In, phase: &Phase) -> Read<Wish> {
    Ok(Wish::Event(match line {
        In::Answer { pick, text, pairs, ms, sure } => {
            let given = match (pick, text, pairs) {
                (Some(labels), None, None) => Given::Picked(picked(&labels, phase)?),
                (None, Some(text), None) => Given::Typed(text.into_text()),
                (None, None, Some(pairs)) => Given::Paired(paired(pairs, phase)?),
                _ => return Err("an answer has one of `pick`, `text` and `pairs`".into()),
            };
            Event::Answer { given, took_ms: took(ms), sure }
        }
        In::Reveal { ms, sure } => Event::Answer { given: Given::Revealed, took_ms: took(ms), sure },
        In::Rate { rating } => Event::Rate(verdict(rating.as_ref(), phase)),
        In::Overrule => Event::Overrule,
        In::Pause => Event::Pause,
        In::Flag { note } => Event::Flag(Some(note.unwrap_or_default())),
        In::Unflag => Event::Flag(None),
        In::About => return Ok(Wish::About),
        In::Edit { text: None } => return Ok(Wish::Edit),
        In::Edit { text: Some(_) } => return Err("ask for the text first: `edit` without `text`".into()),
        In::Cancel => return Err("nothing is being edited".into()),
        In::Undo => Event::Undo,
        In::Skip => Event::Skip,
        In::Bury => Event::Bury,
        In::Suspend => Event::Suspend,
        In::Quit => Event::Quit,
    }))
}

fn took(ms: Option<f64>) -> Option<u32> {
    ms.map(|ms| ms.round() as u32)
}

/// `again` says that it was not known; a wrong answer is rated so by just going on.
fn verdict(rating: Option<&Said>, phase: &Phase) -> Verdict {
    let wrong = matches!(phase, Phase::Answered(_, feedback) if !feedback.right);
    match rating {
        None => Verdict::GoOn,
        Some(Said::Again) if wrong => Verdict::GoOn,
        Some(Said::Again | Said::Guessed) => Verdict::Guessed,
        Some(Said::Hard) => Verdict::Hard,
        Some(Said::Good) => Verdict::Good,
        Some(Said::Easy) => Verdict::Easy,
    }
}

/// The places of these labels. Where the question takes no labels, the session says so, whatever they are.
fn picked(labels: &[String], phase: &Phase) -> Read<Vec<usize>> {
    match phase {
        Phase::Asking(Showing { form: Form::Pick { .. } | Form::Order, choices, .. }) => {
            labels.iter().map(|label| choice_at(label, choices)).collect()
        }
        _ => Ok(Vec::new()),
    }
}

fn paired(pairs: Vec<(Word, Word)>, phase: &Phase) -> Read<Vec<(usize, usize)>> {
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

fn choice_at(label: &str, choices: &[ShownChoice]) -> Read<usize> {
    let wanted = label.trim().to_uppercase();
    let place = choices.iter().position(|choice| choice.label == wanted);
    place.ok_or_else(|| format!("there is no choice `{label}` now"))
}

fn half_at(label: &str, halves: &[Half]) -> Read<usize> {
    let place = halves.iter().position(|half| half.label == label.trim());
    place.ok_or_else(|| format!("there is no half `{label}` now"))
}

#[cfg(test)]
mod tests;
