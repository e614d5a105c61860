//! Banks as text: one printer a format, whose output the readers read back as the same questions.
//!
//! What a format cannot say is never printed wrong: the question is left out, or printed without that part, and told as a [`Loss`].

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

/// A bank in a format, and what the format could not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrintedBank {
    /// The bank.
    pub text: String,
    /// What is not in it, in the order in which it was met.
    pub losses: Vec<Loss>,
}

/// A printer of one format.
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

/// Prints the questions of a bank, and its deck where the format names one; none where no format of this name can be printed.
///
/// Control characters, which no text of a bank can hold, are left out and told; line ends are `\n`.
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
pub(super) fn exact_text(bank: &Bank) -> String {
    print(bank, "text").map(|printed| printed.text).unwrap_or_default()
}

/// Characters that some format cannot hold, in any way of writing: control characters and the two that are no characters.
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
