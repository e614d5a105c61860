//! The exact form of loose text (see [`crate::bank::format::exact`]), looking like plain text or like Markdown.

use std::fmt::Write;

use super::loss::one_line;
use crate::bank::format::exact::attribute::{self, Attributes};
use crate::bank::format::exact::{by_default, guard};
use crate::bank::front::front_value;
use crate::bank::lines::checker::kind_of;
use crate::bank::{Bank, BankOption, BankQuestion, decode};
use crate::model::phrase::keeps_place;
use crate::model::{KeyOrigin, Markup, letter};

/// The look of the printed bank. Both are read by the same rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flavour {
    /// `- A. right *`
    Text,
    /// `- [x] right`, below headings.
    Markdown,
}

/// The settings that all questions share, for the front matter.
struct Shared<'a> {
    markup: Markup,
    declared: Option<&'a str>,
}

pub(super) fn print(bank: &Bank, flavour: Flavour) -> String {
    let shared = Shared { markup: markup(&bank.questions), declared: declared(&bank.questions) };
    let mut out = String::from("---\nform: exact\n");
    if let Some(deck) = &bank.front.deck {
        line(&mut out, "deck: ", &front_value(deck));
    }
    if shared.markup != Markup::Plain {
        line(&mut out, "markup: ", shared.markup.name());
    }
    if let Some(rule) = shared.declared {
        line(&mut out, "declared: ", &front_value(rule));
    }
    out.push_str("---\n");
    let mut topic = None;
    for question in &bank.questions {
        out.push('\n');
        let here = question.topic.as_deref().map(one_line);
        if here != topic {
            match &here {
                Some(topic) => line(&mut out, "# ", &guard::guard_first(topic)),
                None => out.push_str("#\n"),
            }
            if flavour == Flavour::Markdown {
                out.push('\n');
            }
            topic = here;
        }
        print_question(&mut out, question, flavour, &shared);
    }
    out
}

fn line(out: &mut String, lead: &str, text: &str) {
    out.push_str(lead);
    out.push_str(text);
    out.push('\n');
}

/// The markup that most questions have.
fn markup(questions: &[BankQuestion]) -> Markup {
    let count = |markup: &Markup| questions.iter().filter(|question| question.markup == *markup).count();
    [Markup::Html, Markup::Markdown, Markup::Plain].into_iter().max_by_key(count).unwrap_or_default()
}

/// The rule that declared the key of every question, if there is one.
fn declared(questions: &[BankQuestion]) -> Option<&str> {
    let mut keyed =
        questions.iter().filter(|question| question.kind.has_choices() && question.key != KeyOrigin::Missing);
    let rule = keyed.next()?.key_rule.as_deref()?;
    // Front matter is read without quotation marks and invisible characters.
    let fit = !rule.is_empty() && decode::clean(rule).trim_matches(['"', ' ']) == rule && !rule.contains('\n');
    let all = questions
        .iter()
        .filter(|question| question.kind.has_choices() && question.key != KeyOrigin::Missing)
        .all(|question| question.key == KeyOrigin::Declared && question.key_rule.as_deref() == Some(rule));
    (fit && all).then_some(rule)
}

fn print_question(out: &mut String, question: &BankQuestion, flavour: Flavour, shared: &Shared<'_>) {
    let markdown = flavour == Flavour::Markdown;
    let id = question.id.as_ref().map(|id| format!(" {{#{}}}", attribute::print_id(&one_line(id)))).unwrap_or_default();
    flow(out, if markdown { "## " } else { "" }, &question.stem, &id, "  ", false);
    let marked = question.options.iter().filter(|option| option.correct).count();
    let choices = question.kind.has_choices();
    if question.options.is_empty() || kind_of(marked) != question.kind {
        let _ = writeln!(out, "Kind: {}", question.kind);
    }
    if question.markup != shared.markup {
        line(out, "Markup: ", question.markup.name());
    }
    if markdown {
        out.push('\n');
    }
    for (place, option) in question.options.iter().enumerate() {
        let right = option.correct && question.key != KeyOrigin::Missing;
        let (label, mark) = match flavour {
            _ if !choices => ("- ".to_owned(), ""),
            Flavour::Text => (format!("- {}. ", letter(place)), if right { " *" } else { "" }),
            Flavour::Markdown => (if right { "- [x] " } else { "- [ ] " }.to_owned(), ""),
        };
        let attributes = attributes(question, option).print();
        flow(out, &label, &option.text, &format!("{mark}{attributes}"), "  ", true);
        if let Some(pair) = &option.pair {
            flow(out, "  -> ", pair, "", "    ", false);
        }
        if let Some(feedback) = &option.feedback {
            flow(out, "  > ", feedback, "", "    ", false);
        }
    }
    if markdown && !question.options.is_empty() && (question.explanation.is_some() || !question.tags.is_empty()) {
        out.push('\n');
    }
    if let Some(explanation) = &question.explanation {
        flow(out, "Explanation: ", explanation, "", "  ", false);
    }
    if !question.tags.is_empty() {
        line(out, "Tags: ", &one_line(&attribute::print_list(&question.tags)));
    }
    if let Some(rule) = question.key_rule.as_deref().filter(|_| question.key == KeyOrigin::Declared)
        && !(choices && shared.declared == Some(rule))
    {
        line(out, "Declared: ", &one_line(rule));
    }
}

fn attributes(question: &BankQuestion, option: &BankOption) -> Attributes {
    let choices = question.kind.has_choices();
    let differs = |said: bool, follows: bool| (said != follows).then_some(said);
    Attributes {
        pinned: differs(option.pinned, choices && keeps_place(&option.text)),
        right: differs(option.correct, by_default(question.kind, option.weight)).filter(|_| !choices),
        weight: option.weight,
        tolerance: option.tolerance,
    }
}

/// A text of one or several lines after `lead`, with marks at the end of its first line.
fn flow(out: &mut String, lead: &str, text: &str, marks: &str, indent: &str, option: bool) {
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or_default();
    // An identity alone is a question without words.
    let first = guard::guard_first(first);
    out.extend([lead, &first, marks, "\n"]);
    for later in lines {
        if !later.is_empty() {
            out.extend([indent, &guard::guard_later(later, option)]);
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests;
