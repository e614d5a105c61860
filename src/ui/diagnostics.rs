//! Problems and failures for people: file, line, column, the line itself with a caret, and what to do.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use super::paint::Paint;
use crate::bank::{Problem, Severity};
use crate::error::Error;

/// At most `most` problems as text, and how many are left out.
pub fn problems(file: &str, problems: &[Problem], most: usize, paint: Paint) -> String {
    let mut text: String = problems.iter().take(most).map(|problem| self::problem(file, problem, paint)).collect();
    if problems.len() > most {
        text += &format!("… and {} more\n", problems.len() - most);
    }
    text
}

/// One problem as text.
pub fn problem(file: &str, problem: &Problem, paint: Paint) -> String {
    let kind = match problem.severity {
        Severity::Error => paint.bad(&format!("error[{}]", problem.code)),
        Severity::Warning => paint.odd(&format!("warning[{}]", problem.code)),
    };
    let mut text = format!("{file}:{}:{}: {kind}: {}\n", problem.line, problem.column, problem.message);
    let number = problem.line.to_string();
    let gutter = " ".repeat(number.len());
    let excerpt: String = problem.excerpt.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    if !excerpt.trim().is_empty() {
        let before: String = excerpt.chars().take(problem.column - 1).collect();
        let marked: String = excerpt.chars().skip(problem.column - 1).take(problem.width).collect();
        // A wide character takes two columns, and so does its caret.
        let carets = "^".repeat(marked.width().max(1));
        let bar = paint.dim("|");
        text += &format!("{gutter} {bar}\n{} {bar} {}\n", paint.dim(&number), excerpt.trim_end());
        text += &format!("{gutter} {bar} {}{}\n", " ".repeat(before.width()), paint.bad(&carets));
    }
    if let Some(hint) = &problem.hint {
        text += &format!("{gutter} {} hint: {hint}\n", paint.dim("="));
    }
    text
}

/// A failure as text.
pub fn error(error: &Error, paint: Paint) -> String {
    let mut text = error.report().map(str::to_owned).unwrap_or_default();
    text += &format!("{}: {}\n", paint.bad("error"), on_one_line(&without_numbers(error.message())));
    for hint in error.hints() {
        text += &format!("{}: {}\n", paint.strong("hint"), on_one_line(hint));
    }
    text
}

/// A message in one line: a name in it that holds the end of a line would make a line that looks like one of ours.
pub fn on_one_line(message: &str) -> Cow<'_, str> {
    if message.contains('\n') { message.replace('\n', " ").into() } else { message.into() }
}

/// A message without the numbers of the system, which say nothing to a person.
fn without_numbers(message: &str) -> String {
    const BEGIN: &str = " (os error ";
    let mut parts = message.split(BEGIN);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(')') {
            Some((number, rest)) if number.bytes().all(|byte| byte.is_ascii_digit()) => text += rest,
            _ => text += &format!("{BEGIN}{part}"),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_the_system_are_not_shown() {
        for (message, shown) in [
            ("a: No such file or directory (os error 2)", "a: No such file or directory"),
            ("File exists (os error 17): b (os error 3), c", "File exists: b, c"),
            ("none (os error", "none (os error"),
            ("a (os error x)", "a (os error x)"),
        ] {
            assert_eq!(without_numbers(message), shown);
        }
    }

    #[test]
    fn a_problem_stands_under_its_line() {
        let shown = Problem {
            line: 12,
            column: 3,
            width: 4,
            severity: Severity::Error,
            code: "no-options",
            message: "the question has no options".into(),
            hint: Some("write its options below it".into()),
            excerpt: "什么wide? And".into(),
        };
        assert_eq!(
            problem("a.txt", &shown, Paint::new(false)),
            "a.txt:12:3: error[no-options]: the question has no options\n   |\n12 | 什么wide? And\n   |     ^^^^\n   = hint: write its options below it\n"
        );
    }

    #[test]
    fn a_failure_says_what_to_do() {
        let failure = Error::person("no deck is called `x`").hint("try `y`");
        assert_eq!(error(&failure, Paint::new(false)), "error: no deck is called `x`\nhint: try `y`\n");
        let failure = Error::person("no deck is called `x\nerror: z`").hint("try `y\nhint: z`");
        assert_eq!(
            error(&failure, Paint::new(false)),
            "error: no deck is called `x error: z`\nhint: try `y hint: z`\n"
        );
    }
}
