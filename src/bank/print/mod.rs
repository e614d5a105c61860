//! Banks as text: one printer per format. The readers read its output back as the same questions.
//!
//! What a format cannot express is never printed wrong. The question is left out, or printed without that part, and
//! reported as a [`Loss`].

mod aiken;
mod csv;
mod exact;
mod gift;
mod json;
mod loss;
mod moodle;
mod share;

use std::borrow::Cow;

use super::{Bank, BankQuestion};
pub use loss::Loss;
use loss::LossCounter;

pub(super) use share::meant as meant_share;

/// A printed bank, and what the format could not express.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrintedBank {
    /// The bank.
    pub text: String,
    /// The losses, in the order in which they occurred.
    pub losses: Vec<Loss>,
}

struct Printer {
    /// The format, as `--format` names it.
    name: &'static str,
    print: fn(&Bank, &mut LossCounter) -> String,
}

const PRINTERS: [Printer; 7] = [
    Printer { name: "text", print: |bank, _| exact::print(bank, exact::Flavour::Text) },
    Printer { name: "markdown", print: |bank, _| exact::print(bank, exact::Flavour::Markdown) },
    Printer { name: "csv", print: |bank, _| csv::print(bank) },
    Printer { name: "json", print: json::print },
    Printer { name: "gift", print: gift::print },
    Printer { name: "aiken", print: aiken::print },
    Printer { name: "moodle-xml", print: moodle::print },
];

/// The formats that can be printed, as `--format` names them.
pub fn formats() -> impl Iterator<Item = &'static str> {
    PRINTERS.iter().map(|printer| printer.name)
}

/// The format that the end of a file's name means, such as `md`; `None` if it means none of them.
pub fn format_of_ending(ending: &str) -> Option<&'static str> {
    Some(match ending.to_lowercase().as_str() {
        "txt" | "text" => "text",
        "md" | "markdown" => "markdown",
        "csv" => "csv",
        "json" => "json",
        "gift" => "gift",
        "aiken" => "aiken",
        "xml" => "moodle-xml",
        _ => return None,
    })
}

/// Prints the questions of a bank, and its deck if the format has a place for it; `None` if no such format can be
/// printed.
///
/// Control characters, which no text of a bank may hold, are left out and reported. Line ends are `\n`.
pub fn print(bank: &Bank, format: &str) -> Option<PrintedBank> {
    let printer = PRINTERS.iter().find(|printer| printer.name == format)?;
    let mut bank = Cow::Borrowed(bank);
    let mut losses = LossCounter::default();
    let odd = |question: &BankQuestion| question.texts().any(|text| text.contains(unprintable));
    if bank.questions.iter().any(odd) {
        for question in &mut bank.to_mut().questions {
            losses.without(question.texts().any(|text| text.contains(lost)), "the control characters in them");
            without_controls(question);
        }
    }
    let text = (printer.print)(&bank, &mut losses);
    Some(PrintedBank { text, losses: losses.found })
}

/// Prints a bank in the exact form of loose text, which holds everything.
pub fn exact_text(bank: &Bank) -> String {
    print(bank, "text").map(|printed| printed.text).unwrap_or_default()
}

/// Characters that some format cannot hold in any way: control characters and the two noncharacters.
fn unprintable(char: char) -> bool {
    (char.is_control() && char != '\n' && char != '\t') || matches!(char, '\u{fffe}' | '\u{ffff}')
}

/// Control characters that are more than another way to end a line.
fn lost(char: char) -> bool {
    unprintable(char) && char != '\r'
}

fn without_controls(question: &mut BankQuestion) {
    let clean = |text: &mut String| {
        if text.contains(unprintable) {
            *text = text.replace("\r\n", "\n").replace('\r', "\n").replace(unprintable, "").trim().to_owned();
        }
    };
    clean(&mut question.stem);
    question.tags.iter_mut().for_each(clean);
    let around = [&mut question.id, &mut question.topic, &mut question.explanation, &mut question.key_rule];
    around.into_iter().flatten().for_each(clean);
    for option in &mut question.options {
        clean(&mut option.text);
        [&mut option.feedback, &mut option.pair].into_iter().flatten().for_each(clean);
    }
}

#[cfg(test)]
mod tests;
