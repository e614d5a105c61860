//! Lines of Respondus around the text of a question: `Type: MR` and `Title: …` above it, `~ …` below an option.

use super::super::label::{lettered, question_number};
use super::sheet::Sheet;

/// Names of kinds.
const KINDS: [&str; 12] = ["MC", "TF", "MR", "MA", "E", "ES", "F", "FB", "FMB", "M", "MT", "O"];

/// Removes kinds and titles, and makes a note of the line below an option.
pub(super) fn write(sheet: &mut Sheet<'_>) {
    let kinds = sheet.find(is_kind);
    let headed = kinds.iter().filter(|at| heads(sheet, **at)).count();
    if kinds.is_empty() || headed < kinds.len() {
        return;
    }
    for at in 0..sheet.lines.len() {
        let text = sheet.lines[at].trim();
        if !sheet.is_text(at) {
            continue;
        }
        if is_kind(text) || (is_field(text, "title") && heads(sheet, at)) {
            sheet.leave_out(at);
        } else if let Some(said) = text.strip_prefix('~').filter(|_| below_option(sheet, at)) {
            sheet.lines[at] = format!("    - {}", said.trim());
        }
    }
    let reason = format!("{} lines that name a kind of question", kinds.len());
    sheet.explain("kinds", "as Respondus writes them", reason, &kinds);
}

fn is_field(text: &str, name: &str) -> bool {
    text.split_once(':').is_some_and(|(word, said)| word.eq_ignore_ascii_case(name) && !said.trim().is_empty())
}

fn is_kind(text: &str) -> bool {
    is_field(text.trim(), "type") && text.split_once(':').is_some_and(|(_, kind)| KINDS.contains(&kind.trim()))
}

/// Whether the number of a question, or another such line, is right below.
fn heads(sheet: &Sheet<'_>, at: usize) -> bool {
    sheet.below(at).is_some_and(|below| {
        let text = sheet.lines[below].trim();
        question_number(text).is_some() || is_kind(text) || is_field(text, "title")
    })
}

fn below_option(sheet: &Sheet<'_>, at: usize) -> bool {
    let above = at.checked_sub(1).map(|above| sheet.lines[above].trim().trim_start_matches('*'));
    above.and_then(lettered).is_some()
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};

    #[test]
    fn kinds_are_no_topics_and_notes_belong_to_options() {
        let text = "Title: Milk\nType: MC\n1) What is white?\n*a) milk\n~ Right.\nb) coal\n~ No.\n\nType: TF\n2) Ice is cold.\n*a) True\nb) False\n";
        let bank = read(text.as_bytes(), &ReadOptions::default()).expect("a bank");
        let first = &bank.questions[0];
        assert_eq!((first.stem.as_str(), first.topic.as_deref()), ("What is white?", None));
        let options: Vec<_> =
            first.options.iter().map(|option| (option.text.as_str(), option.feedback.as_deref())).collect();
        assert_eq!(options, [("milk", Some("Right.")), ("coal", Some("No."))]);
        assert_eq!((bank.questions.len(), bank.problems.len()), (2, 0));
    }
}
