//! GIFT for Moodle and our own reader: each text in one line, with its special characters escaped.

use std::fmt::Write;

use super::loss::{LossCounter, one_line};
use super::share::{self, Asks};
use crate::bank::collect::category_path;
use crate::bank::format::exact::attribute::percent;
use crate::bank::{Bank, BankOption, BankQuestion, decode};
use crate::model::{KeyOrigin, Kind, Markup};

/// Signs that mean something; `\n` is a line end.
const SIGNS: [char; 7] = ['~', '=', '#', '{', '}', ':', '\\'];
const FORMATS: [&str; 4] = ["[html]", "[markdown]", "[plain]", "[moodle]"];

pub(super) fn print(bank: &Bank, losses: &mut LossCounter) -> String {
    let mut out = String::new();
    if let Some(deck) = &bank.front.deck {
        let _ = writeln!(out, "//{}\n", note("deck", deck));
    }
    let mut topic: Option<&str> = None;
    for question in &bank.questions {
        let Some(answers) = losses.made(answers(question)) else { continue };
        if question.topic.as_deref() != topic {
            topic = question.topic.as_deref();
            let _ = writeln!(out, "$CATEGORY: {}\n", category_path(topic.map(one_line).as_deref()));
        }
        count_losses(question, losses);
        let notes = notes(question);
        if !notes.is_empty() {
            let _ = writeln!(out, "//{notes}");
        }
        let _ = writeln!(out, "{}{}{{{answers}}}\n", format(question.markup), escaped(&question.stem));
    }
    out
}

fn count_losses(question: &BankQuestion, losses: &mut LossCounter) {
    share::count_losses(question, false, losses);
    // Lines are cleaned before they are read, and GIFT has no escape for a space.
    let cleaned = question.texts().any(|text| decode::clean(text) != text.trim_end());
    losses.without(cleaned, "tabs, non-breaking and invisible spaces, which become plain ones or none");
}

/// ` [id:q7] [tag:wet]`, which Moodle reads from comments, and ` [declared:--key first]`, which it does not.
fn notes(question: &BankQuestion) -> String {
    let id = question.id.iter().map(|id| note("id", id));
    let declared = question.key_rule.iter().filter(|_| question.key == KeyOrigin::Declared);
    id.chain(question.tags.iter().map(|tag| note("tag", tag)))
        .chain(declared.map(|rule| note("declared", rule)))
        .collect()
}

fn note(name: &str, value: &str) -> String {
    let value = one_line(value).replace(']', "\\]");
    // A backslash before the bracket that ends the note would escape it.
    format!(" [{name}:{value}{}]", if value.ends_with('\\') { " " } else { "" })
}

fn format(markup: Markup) -> &'static str {
    match markup {
        Markup::Plain => "[plain]",
        Markup::Markdown => "[markdown]",
        Markup::Html => "[html]",
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for char in text.chars() {
        match char {
            '\n' => out.push_str("\\n"),
            sign if SIGNS.contains(&sign) => out.extend(['\\', sign]),
            char => out.push(char),
        }
    }
    out
}

/// A text within an answer. If it begins like a format, it is given one.
fn inner(question: &BankQuestion, text: &str) -> String {
    let named = FORMATS.iter().any(|format| text.starts_with(format));
    format!("{}{}", if named { format(question.markup) } else { "" }, escaped(text))
}

fn feedback(question: &BankQuestion, text: Option<&String>) -> String {
    text.map(|text| format!("#{}", inner(question, text))).unwrap_or_default()
}

/// The text between the braces, or why there is none.
fn answers(question: &BankQuestion) -> Result<String, &'static str> {
    let shares = share::shares(question);
    let typed = matches!(question.kind, Kind::Short | Kind::Numeric);
    if typed && !question.options.is_empty() && !shares.iter().any(|share| *share >= 1.0) {
        return Err("none of their answers earns the full mark");
    }
    let mut out = match question.kind {
        _ if share::is_true_false(question) && share::asks(question, &shares).is_some() => true_false(question),
        Kind::Single | Kind::Multiple | Kind::TrueFalse => choices(question, &shares)?,
        Kind::Short => {
            let parts = |option: &BankOption| {
                option.text.contains("->") || option.feedback.as_ref().is_some_and(|text| text.contains("->"))
            };
            if question.options.iter().all(parts) {
                return Err("GIFT takes short answers with `->` for pairs");
            }
            if question.options.iter().zip(&shares).any(|(option, share)| option.correct != (*share >= 1.0)) {
                return Err("their shares of the mark contradict their right answers");
            }
            lines(question, |place| sign(shares[place], true, &question.options[place].text))
        }
        Kind::Numeric => numbers(question, &shares)?,
        Kind::Match => pairs(question)?,
        Kind::Open => String::new(),
        Kind::Order | Kind::Cloze | Kind::Card => return Err("GIFT has no such kind of question"),
    };
    if question.stem.is_empty() && question.kind.has_choices() {
        return Err("they have no words");
    }
    if let Some(explanation) = &question.explanation {
        out.push_str(if out.is_empty() { "####" } else { "\n####" });
        out.push_str(&inner(question, explanation));
        out.push('\n');
    } else if out.contains('\n') {
        out.push('\n');
    }
    Ok(out)
}

/// `{TRUE#feedback of the wrong answer#feedback of the right one}`
fn true_false(question: &BankQuestion) -> String {
    let right = usize::from(!question.options[0].correct);
    let said = [1 - right, right].map(|place| question.options[place].feedback.as_ref());
    let mut out = String::from(if right == 0 { "TRUE" } else { "FALSE" });
    if said[0].is_some() || said[1].is_some() {
        let wrong = feedback(question, said[0]);
        out.push_str(if wrong.is_empty() { "#" } else { &wrong });
        out.push_str(&feedback(question, said[1]));
    }
    out
}

/// An answer on each line: its sign, text and feedback.
fn lines(question: &BankQuestion, before: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for (place, option) in question.options.iter().enumerate() {
        let said = feedback(question, option.feedback.as_ref());
        let _ = write!(out, "\n{}{}{said}", before(place), inner(question, &option.text));
    }
    out
}

/// `=`, `~` or a share of the mark. A text that begins with a percent sign needs an explicit share.
fn sign(share: f64, right: bool, text: &str) -> String {
    let sign = if right { '=' } else { '~' };
    if share == f64::from(u8::from(right)) && !text.trim_start().starts_with('%') {
        sign.to_string()
    } else {
        format!("{sign}%{}%", percent(share))
    }
}

fn choices(question: &BankQuestion, shares: &[f64]) -> Result<String, &'static str> {
    match share::asks(question, shares) {
        _ if question.correct().is_empty() => Err("GIFT has no questions without a right answer"),
        Some(Asks::One) => {
            Ok(lines(question, |place| sign(shares[place], shares[place] >= 1.0, &question.options[place].text)))
        }
        Some(Asks::Several) => Ok(lines(question, |place| format!("~%{}%", percent(shares[place])))),
        None => Err("their shares of the mark contradict their right answers"),
    }
}

fn numbers(question: &BankQuestion, shares: &[f64]) -> Result<String, &'static str> {
    let number = |text: &str| text == "*" || text.parse::<f64>().is_ok_and(f64::is_finite);
    if question.options.is_empty() || !question.options.iter().all(|option| number(&option.text)) {
        return Err("GIFT takes nothing but numbers for the answer of a numeric question");
    }
    if question.options.iter().zip(shares).any(|(option, share)| option.correct != (*share >= 1.0)) {
        return Err("their shares of the mark contradict their right answers");
    }
    let mut out = String::from("#");
    for (option, share) in question.options.iter().zip(shares) {
        let _ = write!(out, "\n{}{}", sign(*share, true, ""), option.text);
        if let Some(tolerance) = option.tolerance.filter(|tolerance| *tolerance != 0.0 && option.text != "*") {
            let _ = write!(out, ":{tolerance}");
        }
        out.push_str(&feedback(question, option.feedback.as_ref()));
    }
    Ok(out)
}

fn pairs(question: &BankQuestion) -> Result<String, &'static str> {
    let mut out = String::new();
    if question.options.len() < 2 {
        return Err("one pair alone cannot be matched");
    }
    for option in &question.options {
        let Some(other) = &option.pair else {
            return Err("an answer is no pair");
        };
        // `->` parts the halves, and nothing escapes it.
        if option.text.contains("->") || option.text.ends_with('-') || other.is_empty() {
            return Err("GIFT cannot tell the halves of a pair with `->` apart");
        }
        let _ = write!(out, "\n={} -> {}", inner(question, &option.text), inner(question, other));
    }
    Ok(out)
}
