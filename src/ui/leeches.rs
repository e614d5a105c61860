//! Leeches, for people and as JSON Lines.

use serde_json::json;

use super::{json_line, words};
use crate::error::Result;
use crate::study::LeechReport;

/// What to do about leeches.
pub const WAYS_OUT: &str = "ways out: look at what it is confused with, then edit or split the question with\n\
    `retain card edit CARD`; start over with `retain card reset CARD`; or set it aside with `retain card suspend CARD`\n";

/// Leeches as JSON Lines.
pub fn json(leeches: &[LeechReport]) -> Result<String> {
    let line = |leech: &LeechReport| {
        let confusions = leech
            .confusions
            .iter()
            .map(|wrong| json!({"letter": wrong.letter, "text": wrong.text, "times": wrong.times}));
        let places = leech.places.iter().map(|(path, line)| format!("{path}:{line}"));
        json_line(&json!({
            "card": leech.card.to_string(), "deck": leech.deck, "topic": leech.topic, "stem": leech.stem,
            "lapses": leech.lapses, "answers": leech.answers, "wrong": leech.wrong, "guessed": leech.guessed,
            "suspended": leech.suspended, "confusions": confusions.collect::<Vec<_>>(),
            "places": places.collect::<Vec<_>>(),
        }))
    };
    leeches.iter().map(line).collect()
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
