//! A question in the exact form, from its first line to its check.

use std::collections::HashSet;

use super::attribute::Attributes;
use crate::bank::defect::MOST_OPTIONS;
use crate::bank::lines::checker::kind_of;
use crate::bank::{BankQuestion, Front, Problem, Severity};
use crate::model::phrase::keeps_place;
use crate::model::{KeyOrigin, Kind};

#[derive(Clone, Copy)]
pub(super) struct ExactLine<'a> {
    pub(super) number: usize,
    pub(super) text: &'a str,
}

impl ExactLine<'_> {
    /// A problem with the rest of this line, `rest`.
    pub(super) fn problem(
        self,
        rest: &str,
        severity: Severity,
        code: &'static str,
        message: &str,
        hint: &str,
    ) -> Problem {
        let before = self.text.len().saturating_sub(rest.trim_start().len());
        Problem {
            line: self.number,
            column: self.text.get(..before).map_or(0, |before| before.chars().count()) + 1,
            width: rest.trim().chars().count().clamp(1, 160),
            severity,
            code,
            message: message.into(),
            hint: (!hint.is_empty()).then(|| hint.to_owned()),
            excerpt: self.text.trim_end().chars().take(200).collect(),
        }
    }
}

/// A question that is being read.
pub(super) struct Draft<'a> {
    pub(super) line: ExactLine<'a>,
    pub(super) question: BankQuestion,
    pub(super) kind: Option<Kind>,
    pub(super) options: Vec<(ExactLine<'a>, Attributes)>,
    /// The first problem, which rejects it.
    pub(super) bad: Option<Problem>,
}

/// A question, and what is odd about it.
type Finished = (BankQuestion, Option<Problem>);

/// The question with its kind and its right options, and what is odd about it.
pub(super) fn finished(draft: Draft<'_>, front: &Front) -> Result<Finished, Box<Problem>> {
    let Draft { line, mut question, kind, options, bad } = draft;
    if let Some(problem) = bad {
        return Err(Box::new(problem));
    }
    let error = |line: ExactLine<'_>, code, message: &str, hint| {
        Err(Box::new(line.problem(line.text, Severity::Error, code, message, hint)))
    };
    let marked = options.iter().filter(|(_, attributes)| attributes.right == Some(true)).count();
    question.kind = match kind {
        Some(kind) => kind,
        None if options.is_empty() => {
            let hint = "write its options below it, as `- A. …`, or say what it is, as `Kind: open`";
            return error(line, "no-options", "the question has no options", hint);
        }
        None => kind_of(marked),
    };
    for (option, (_, attributes)) in question.options.iter_mut().zip(&options) {
        option.pinned = attributes.pinned.unwrap_or_else(|| question.kind.has_choices() && keeps_place(&option.text));
        option.correct = attributes.right.unwrap_or_else(|| by_default(question.kind, attributes.weight));
    }
    if !question.kind.has_choices() {
        return Ok((question, None));
    }
    match &options[..] {
        [] => {
            return error(line, "no-options", "the question has no options", "write its options below it, as `- A. …`");
        }
        [(only, _)] => return error(*only, "one-option", "the question has one option only", "give it at least two"),
        _ if options.len() > MOST_OPTIONS => {
            let message = format!("the question has {} options", options.len());
            return error(line, "many-options", &message, "52 are the most");
        }
        _ => {}
    }
    if let Some(place) = question.options.iter().position(|option| option.text.trim().is_empty()) {
        return error(options[place].0, "empty-option", "this option is empty", "write its text behind the label");
    }
    if marked > 1 && question.kind != Kind::Multiple {
        let second = options
            .iter()
            .filter(|(_, attributes)| attributes.right == Some(true))
            .nth(1)
            .map_or(line, |(line, _)| *line);
        let hint = "leave one mark, or make it `Kind: multiple`";
        return error(second, "several-answers", "a second answer is marked in a question that has one", hint);
    }
    if marked == 0 {
        (question.key, question.key_rule) = (KeyOrigin::Missing, None);
    } else if let (KeyOrigin::Marked, Some(rule)) = (question.key, &front.declared) {
        (question.key, question.key_rule) = (KeyOrigin::Declared, Some(rule.clone()));
    }
    let mut seen = HashSet::new();
    let twice = question.options.iter().position(|option| !seen.insert(option.text.as_str()));
    let odd = twice.map(|place| {
        let (line, message) = (options[place].0, "this option says the same as another");
        line.problem(line.text, Severity::Warning, "equal-options", message, "make them differ, or remove one")
    });
    Ok((question, odd))
}

/// Whether an option without a mark is right: never in a choice, otherwise unless it earns only a part of the mark.
pub(in crate::bank) fn by_default(kind: Kind, weight: Option<f64>) -> bool {
    !kind.has_choices() && weight.is_none_or(|weight| weight >= 1.0)
}
