//! Leeches, for people and as JSON Lines.

use serde::Serialize;

use super::{json_line, words};
use crate::error::Result;
use crate::study::LeechReport;

/// What to do about leeches.
pub const WAYS_OUT: &str = "ways out: look at what it is confused with, then edit or split the question with\n\
    `retain card edit CARD`; begin anew with `retain card reset CARD`; or set it aside with `retain card suspend CARD`\n";

/// A card that was forgotten too often.
#[derive(Serialize)]
struct LeechLine<'a> {
    card: String,
    deck: &'a str,
    topic: Option<&'a str>,
    stem: &'a str,
    lapses: u32,
    answers: u32,
    wrong: u32,
    guessed: u32,
    suspended: bool,
    confusions: Vec<ConfusionLine<'a>>,
    places: Vec<String>,
}

/// A wrong option that was picked.
#[derive(Serialize)]
struct ConfusionLine<'a> {
    letter: &'a str,
    text: &'a str,
    times: u32,
}

/// Leeches as JSON Lines.
///
/// # Errors
/// When they cannot be written as JSON, which is a fault of the program.
pub fn json(leeches: &[LeechReport]) -> Result<String> {
    leeches.iter().map(|leech| json_line(&line(leech))).collect()
}

fn line(leech: &LeechReport) -> LeechLine<'_> {
    LeechLine {
        card: leech.card.to_string(),
        deck: &leech.deck,
        topic: leech.topic.as_deref(),
        stem: &leech.stem,
        lapses: leech.lapses,
        answers: leech.answers,
        wrong: leech.wrong,
        guessed: leech.guessed,
        suspended: leech.suspended,
        confusions: leech
            .confusions
            .iter()
            .map(|confusion| ConfusionLine { letter: &confusion.letter, text: &confusion.text, times: confusion.times })
            .collect(),
        places: leech.places.iter().map(|(path, line)| format!("{path}:{line}")).collect(),
    }
}

/// Leeches for people.
pub fn text(leeches: &[LeechReport]) -> String {
    leeches.iter().map(leech_text).collect::<Vec<_>>().join("\n")
}

fn leech_text(leech: &LeechReport) -> String {
    let topic = leech.topic.as_ref().map(|topic| format!(" › {topic}")).unwrap_or_default();
    let mut text = format!(
        "{} in {}{}\n  {}{topic}\n  {}\n",
        words::count(leech.lapses, "lapse"),
        words::count(leech.answers, "answer"),
        if leech.suspended { ", suspended" } else { "" },
        leech.deck,
        leech.stem,
    );
    for confusion in &leech.confusions {
        text += &format!("  picked {}: {}. {}\n", times(confusion.times), confusion.letter, confusion.text);
    }
    if leech.guessed > 0 {
        text += &format!("  guessed {}\n", times(leech.guessed));
    }
    for (path, line) in &leech.places {
        text += &format!("  in {path}:{line}\n");
    }
    text + &format!("  card {}\n", leech.card)
}

fn times(times: u32) -> String {
    match times {
        1 => "once".into(),
        2 => "twice".into(),
        times => format!("{times} times"),
    }
}
