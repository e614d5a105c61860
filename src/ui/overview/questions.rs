//! Single questions: the hardest, confusions, keys to check, first attempts and rapid guesses.

use super::line::Tone;
use super::panel::{Panel, interval};
use crate::stats::overview::{OptionName, Overview, QuestionFigures, Share};
use crate::ui::words;

/// The most rows of a stem or an option.
pub(super) const STEM_ROWS: usize = 2;
const INDENT: &str = "    ";

/// The hardest questions. `None` if nothing was answered wrong.
pub(super) fn hardest(overview: &Overview, width: usize) -> Option<Panel> {
    let questions = &overview.items.hardest;
    if questions.is_empty() {
        return None;
    }
    let part = Panel::new("the hardest questions", width);
    Some(questions.iter().enumerate().fold(part, |part, (number, question)| {
        let part = part.hang_most(&format!("{:>2}. ", number + 1), &question.stem, Tone::Plain, STEM_ROWS);
        let part = part.hang(INDENT, &figures(question), Tone::Dim);
        match &question.note {
            Some(note) => part.hang(INDENT, note, Tone::Odd),
            None => part,
        }
    }))
}

fn figures(question: &QuestionFigures) -> String {
    let mut parts = vec![format!("{} of {} right", question.right.part, question.right.whole)];
    parts.extend(question.expected.map(|share| format!("{} expected", words::share(share))));
    match question.lapses {
        0 => {}
        1 => parts.push("forgotten once".into()),
        lapses => parts.push(format!("forgotten {lapses} times")),
    }
    parts.push(match &question.topic {
        Some(topic) => format!("{topic} · {}", question.deck),
        None => question.deck.clone(),
    });
    parts.join(", ")
}

/// Wrong options that were picked again. `None` if there are none.
pub(super) fn confusions(overview: &Overview, width: usize) -> Option<Panel> {
    let items = &overview.items;
    if items.confusions.is_empty() {
        return None;
    }
    let mut part = Panel::new("what gets confused", width);
    for (number, confusion) in items.confusions.iter().enumerate() {
        part = part.hang_most(&format!("{:>2}. ", number + 1), &confusion.stem, Tone::Plain, STEM_ROWS);
        for option in &confusion.right {
            part = part.hang_most(&format!("{INDENT}{:<20}", "right"), &lettered(option), Tone::Good, STEM_ROWS);
        }
        let times = format!("picked {} of {} times", confusion.times, confusion.answers);
        part = part.hang_most(&format!("{INDENT}{times:<19} "), &lettered(&confusion.wrong), Tone::Plain, STEM_ROWS);
    }
    let more = items.all_confusions.saturating_sub(items.confusions.len());
    Some(if more > 0 { part.say(&format!("and {more} more: `retain export choices`")) } else { part })
}

fn lettered(option: &OptionName) -> String {
    format!("{}. {}", option.letter, option.text)
}

/// Questions whose key may be wrong. `None` if there are none.
pub(super) fn keys(overview: &Overview, width: usize) -> Option<Panel> {
    let suspects = &overview.items.suspect_keys;
    if suspects.is_empty() {
        return None;
    }
    let label = |name: &str, times: usize| {
        let times = format!("{name}, {}", words::count(times as u64, "time"));
        format!("{INDENT}{times:<19} ")
    };
    let mut part = Panel::new("keys to check", width);
    for (number, suspect) in suspects.iter().enumerate() {
        part = part
            .hang_most(&format!("{:>2}. ", number + 1), &suspect.stem, Tone::Plain, STEM_ROWS)
            .hang_most(&label("key", suspect.keyed_times), &lettered(&suspect.keyed), Tone::Plain, STEM_ROWS)
            .hang_most(&label("other", suspect.other_times), &lettered(&suspect.other), Tone::Odd, STEM_ROWS);
    }
    Some(part.says(
        "The other option was picked much more often than the one that the key calls right: is the key wrong?",
        Tone::Dim,
    ))
}

/// First attempts and rapid guesses, a line each. `None` if there are neither.
pub(super) fn attempts(overview: &Overview, width: usize) -> Option<Panel> {
    let items = &overview.items;
    if items.first_attempts.whole == 0 && items.rapid.whole == 0 {
        return None;
    }
    let mut part = Panel::new("first attempts and rapid guesses", width);
    if items.first_attempts.whole > 0 {
        part = part.hang("first attempts  ", &right_of(&items.first_attempts), Tone::Plain);
    }
    if items.rapid.whole > 0 {
        let luck = items.rapid_chance.map(|chance| format!("; luck alone gives {}", words::share(chance)));
        let right = format!("{}{}", right_of(&items.rapid), luck.unwrap_or_default());
        part = part
            .hang("rapid guesses   ", &right, Tone::Plain)
            .says("Rapid guesses came faster than the stem can be read.", Tone::Dim);
    }
    Some(part)
}

/// A share in words: `9 of 31 right (29 %, 16–47 %)`.
pub(super) fn right_of(share: &Share) -> String {
    let known = share.share.zip(interval(share.low_95, share.high_95));
    let figures = known.map(|(share, range)| format!(" ({}, {range})", words::share(share)));
    format!("{} of {} right{}", share.part, share.whole, figures.unwrap_or_default())
}
