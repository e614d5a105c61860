//! A card, its answers and the forgetting curve.

use std::path::Path;

use super::card_json::CardLine;
use super::chart::curve;
use super::paint::Paint;
use super::rich::harmless;
use super::{CardPage, json_line, words};
use crate::error::{Error, Result};
use crate::model::{Due, Moment, Question, Rating, letter};
use crate::stats::CardAnswer;
use crate::study::CardDetails;

/// The picture, in columns and lines: it fits a terminal of 80 columns.
const PICTURE: (usize, usize) = (78, 13);

/// The card as a line of JSON.
pub fn json(details: &CardDetails, now: Moment) -> Result<String> {
    json_line(&CardLine::new(details, now))
}

/// The card for people; `media` is the folder of the pictures and sounds.
pub fn text(details: &CardDetails, media: &Path, now: Moment, paint: Paint) -> String {
    let mut text = question(details);
    for (name, file) in &details.media {
        text += &format!("media {name}: {}\n", media.join(file).display());
    }
    text += &facts(details, now);
    let history = &details.history;
    if !history.answers.is_empty() {
        text += &format!("\n{}", answers(&history.answers, &details.card.question, paint));
        for line in curve::lines(&history.curve, PICTURE.0, PICTURE.1) {
            text += &format!("{line}\n");
        }
    }
    text
}

/// What a session shows of a card.
pub fn about(details: &CardDetails, now: Moment) -> Result<CardPage> {
    Ok(CardPage {
        facts: facts(details, now),
        answers: answers(&details.history.answers, &details.card.question, Paint::new(false)),
        curve: details.history.curve.clone(),
        json: serde_json::to_value(CardLine::new(details, now))
            .map_err(|error| Error::fault(format!("cannot write JSON: {error}")))?,
    })
}

fn question(details: &CardDetails) -> String {
    let CardDetails { card, .. } = details;
    let question = &card.question;
    let topic = question.topic.as_ref().map(|topic| format!(" › {topic}")).unwrap_or_default();
    let mut text = format!("{}{topic}\n{}\n", card.deck_name, harmless(&question.stem));
    for choice in &question.choices {
        let mark = if choice.correct { "*" } else { " " };
        text += &format!(" {mark} {}. {}\n", letter(usize::from(choice.position)), harmless(&choice.text));
    }
    if let Some(rule) = &question.key_rule {
        text += &format!("the right option is declared, not marked ({rule})\n");
    }
    text
}

/// Where it comes from, its state, and its flag.
fn facts(details: &CardDetails, now: Moment) -> String {
    let CardDetails { card, history, today, .. } = details;
    let mut text = String::new();
    if let Some((path, line)) = &history.source {
        text += &format!("in {path}:{line}");
        text += &history.bank_id.as_ref().map(|id| format!(", called `{id}` there")).unwrap_or_default();
        text.push('\n');
    }
    let memory = &history.memory;
    text += &format!("state {}", memory.state.name());
    if let Some(due) = memory.due {
        let day = match due {
            Due::Day(_) => due.text(now),
            Due::At(utc_ms) => words::date_and_time(Moment { utc_ms, ..now }),
        };
        text += &format!(", due {day} ({})", words::due(due, now, *today));
    }
    if let Some(state) = memory.memory {
        text += &format!(", stability {:.2} days, difficulty {:.2}", state.stability, state.difficulty);
    }
    if let Some(recall) = history.retrievability {
        text += &format!(", recall today {}", words::share(recall));
    }
    text += &format!(", {}, {}", words::count(memory.repetitions, "answer"), words::count(memory.lapses, "lapse"));
    if details.deleted {
        text += ", deleted";
    } else if memory.suspended {
        text += ", suspended";
    }
    if let Some(until) = memory.buried_until.filter(|until| until > today) {
        text += &format!(", put off until {until}");
    }
    text.push('\n');
    if let Some(flag) = &history.flag {
        text += &format!("{}\n", words::flag(&flag.note));
    }
    text + &format!("card {}\n", card.uid)
}

/// A line for each answer.
fn answers(answers: &[CardAnswer], question: &Question, paint: Paint) -> String {
    if answers.is_empty() {
        return "no answers yet\n".into();
    }
    let header = "day         answered    rating   picked recall stability difficulty  next";
    let mut text = format!("{}\n", paint.dim(header));
    for answer in answers {
        let number = |value: Option<f32>| value.map_or_else(|| "–".into(), |value| format!("{value:.2}"));
        let line = format!(
            "{}  {:<10}  {:<7}  {:<6} {:>6} {:>9} {:>10}  {}",
            answer.day,
            answer.kind.name(),
            rating(answer),
            bank_letters(&answer.picked, question),
            answer.retrievability_before.map_or_else(|| "–".into(), words::share),
            number(answer.after.map(|state| state.stability)),
            number(answer.after.map(|state| state.difficulty)),
            if answer.undone { "taken back".into() } else { words::interval(answer.interval_days) },
        );
        text += &if answer.undone { format!("{}\n", paint.dim(&line)) } else { line + "\n" };
    }
    text
}

/// The rating as a person knows it: a right answer that was called a guess is one.
fn rating(answer: &CardAnswer) -> String {
    let guessed = answer.right && answer.rating == Rating::Again;
    if guessed { "guessed".into() } else { answer.rating.to_string() }
}

/// The letters that the bank has now; an option that is no longer there has none.
fn bank_letters(picked: &[u8], question: &Question) -> String {
    let letter_of = |number: &u8| {
        let choice = question.choices.iter().find(|choice| choice.number == *number);
        choice.map_or_else(|| "–".into(), |choice| letter(usize::from(choice.position)))
    };
    picked.iter().map(letter_of).collect::<Vec<_>>().join(" ")
}
