//! Editing a question by hand: its text in the exact form, and what the edited text makes of it.

use super::plan::revised;
use super::print::exact_text;
use super::{Bank, BankQuestion, Problem, ReadOptions, Refusal, Severity, read};
use crate::model::{KeyOrigin, Question};

/// Part of the front matter, where the exact form has room for comments.
const HELP: &str = "\
# ` *` behind an option marks it as right; a text goes on in lines that are indented by two spaces.
# A second question below makes two of it: the first keeps the answers, the other is new.
";

/// The result of an edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// The question that keeps the history.
    pub first: BankQuestion,
    /// Questions that are new.
    pub others: Vec<BankQuestion>,
    /// Oddities that did not keep the text from being read.
    pub warnings: Vec<Problem>,
}

/// The text of a question, to be edited: the exact form, without its identity, which an edit does not change.
pub fn text(question: &Question) -> String {
    let bank = Bank { questions: vec![BankQuestion::of_known(question.clone(), None)], ..Bank::default() };
    let printed = exact_text(&bank);
    match printed.split_once("form: exact\n") {
        Some((before, after)) => format!("{before}form: exact\n{HELP}{after}"),
        None => printed,
    }
}

/// Reads the edited text of `old`.
///
/// # Errors
/// If no question is left, one has a problem, or the first lost its right option, changed its kind or would move to
/// another deck. All problems are reported at once.
pub fn revise(text: &str, old: &Question) -> Result<Revision, Refusal> {
    if is_bare(text) {
        return Err(Refusal::new(
            "no question is left",
            "an edit deletes nothing: `retain card delete CARD` deletes a question, `retain card suspend CARD` puts it away",
        ));
    }
    let options = ReadOptions { format: Some("exact".into()), ..ReadOptions::default() };
    // The general message of a refused bank does not fit an edited text; its problems do.
    let bank = read::once(text.as_bytes(), &options)
        .map_err(|refusal| if refusal.problems.is_empty() { refusal } else { refused(refusal.problems) })?;
    let lines: Vec<&str> = text.lines().collect();
    let mut problems: Vec<Problem> = bank.problems;
    let mut error = |line: usize, code, message: String, hint: &str| {
        let text = lines.get(line.saturating_sub(1)).map_or("", |line| line.trim_end());
        problems.push(Problem::of_line(line, text, Severity::Error, code, message, hint));
    };
    if let Some(deck) = bank.front.deck {
        let line = lines.iter().position(|line| line.trim_start().starts_with("deck")).map_or(1, |place| place + 1);
        let hint = "take the line out; a bank says which deck its questions belong in";
        error(line, "deck-changed", format!("an edit does not move a question to `{deck}`"), hint);
    }
    let mut questions = bank.questions;
    for (place, question) in questions.iter_mut().enumerate() {
        let asked = question.kind.has_choices();
        if asked && question.key == KeyOrigin::Missing && old.key != KeyOrigin::Missing {
            let message = "no option is marked as right".into();
            error(question.line, "no-answer", message, "write ` *` behind the right one");
        }
        if place == 0 && question.kind != old.kind && !(asked && old.kind.has_choices()) {
            let message = format!("a `{}` question cannot become a `{}` one", old.kind, question.kind);
            let hint = "its answers would mean nothing; write the other below it, as a question of its own";
            error(question.line, "kind-changed", message, hint);
        }
        if question.key == KeyOrigin::Declared
            && question.key_rule == old.key_rule
            && (place > 0 || revised(question, old))
        {
            // No rule chose this option: a person did.
            (question.key, question.key_rule) = (KeyOrigin::Marked, None);
        }
    }
    problems.sort_by_key(|problem| (problem.line, problem.column));
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let mut questions = questions.into_iter();
    match questions.next() {
        Some(first) if errors == 0 => Ok(Revision { first, others: questions.collect(), warnings: problems }),
        _ => Err(refused(problems)),
    }
}

fn refused(problems: Vec<Problem>) -> Refusal {
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let message = if errors == 1 { "the text has a problem".into() } else { format!("the text has {errors} problems") };
    Refusal { message, hint: None, problems }
}

/// Whether the text holds nothing but front matter, headings and empty lines.
fn is_bare(text: &str) -> bool {
    let mut lines =
        text.trim_start_matches('\u{feff}').lines().map(str::trim).skip_while(|line| line.is_empty()).peekable();
    if lines.next_if(|line| *line == "---").is_some() {
        lines.by_ref().find(|line| *line == "---");
    }
    lines.all(|line| line.is_empty() || line == "#" || line.starts_with("# "))
}

#[cfg(test)]
mod tests;
