//! What is read aloud.

use crate::session::{Feedback, Showing};
use crate::ui::plain::{answers, choices, reasons, words};

/// The question: its stem, its options, or both.
pub(super) fn question(showing: &Showing, stem: bool, options: bool) -> String {
    let mut text = String::new();
    if stem {
        text += &words(&showing.stem, showing.markup);
        text.push('\n');
    }
    if options {
        text += &choices(showing);
    }
    sentences(&text)
}

/// The feedback on an answer.
pub(super) fn feedback(showing: &Showing, feedback: &Feedback) -> String {
    let verdict = match (showing.form.is_reveal(), feedback.right) {
        (true, _) => "",
        (_, true) => "Right.\n",
        (_, false) => "Wrong.\n",
    };
    sentences(&format!("{verdict}{}{}", answers(showing, feedback), reasons(showing, feedback)))
}

/// A sentence a line: programs that speak pause at full stops, not at the ends of lines. Gaps are a pause, too.
fn sentences(text: &str) -> String {
    let mut spoken = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mut line: String = line.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
        while let Some(start) = line.find("__") {
            let end = line[start..].find(|char| char != '_').map_or(line.len(), |at| start + at);
            line.replace_range(start..end, "…");
        }
        spoken += &line;
        if line.ends_with(|char: char| char.is_alphanumeric() || [')', ']', '"', '\'', '%', '”', '»'].contains(&char))
        {
            spoken.push('.');
        }
        spoken.push('\n');
    }
    spoken.trim_end().to_owned()
}
