//! Moodle XML.

use std::borrow::Cow;
use std::fmt::Write;

use super::loss::{LossCounter, one_line};
use super::share::{self, Asks};
use crate::bank::collect::category_path;
use crate::bank::format::exact::attribute::percent;
use crate::bank::format::moodle;
use crate::bank::{Bank, BankOption, BankQuestion};
use crate::model::{KeyOrigin, Kind, Markup};

/// The longest name of a question, in characters.
const LONGEST_NAME: usize = 80;

pub(super) fn print(bank: &Bank, losses: &mut LossCounter) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n");
    if let Some(deck) = bank.front.deck.as_deref().filter(|deck| !deck.contains("?>")) {
        let _ = writeln!(out, "<?retain-deck {deck}?>");
    }
    let mut topic: Option<&str> = None;
    for question in &bank.questions {
        let Some((kind, inner)) = losses.made(typed(question)) else { continue };
        if question.topic.as_deref() != topic {
            topic = question.topic.as_deref();
            let path = category_path(topic.map(one_line).as_deref());
            let category = format!("<category><text>{}</text></category>", escaped(&path));
            let _ = writeln!(out, "<question type=\"category\">{category}</question>");
        }
        let all_pinned = question.kind.has_choices() && all_pinned(question);
        share::count_losses(question, all_pinned && !share::is_true_false(question), losses);
        let odd = question.key_rule.as_ref().is_some_and(|rule| rule.contains("?>"));
        losses.without(odd, "the rule that declared their key");
        print_question(&mut out, question, kind, &inner);
    }
    out.push_str("</quiz>\n");
    out
}

fn print_question(out: &mut String, question: &BankQuestion, kind: &str, inner: &str) {
    let format = format(question.markup);
    let name: String = question.stem.lines().next().unwrap_or_default().chars().take(LONGEST_NAME).collect();
    let _ = writeln!(out, "<question type=\"{kind}\">\n<name><text>{}</text></name>", escaped(name.trim()));
    let _ = writeln!(out, "<questiontext format=\"{format}\"><text>{}</text></questiontext>", data(&question.stem));
    if let Some(explanation) = &question.explanation {
        let _ =
            writeln!(out, "<generalfeedback format=\"{format}\"><text>{}</text></generalfeedback>", data(explanation));
    }
    if let Some(id) = &question.id {
        let _ = writeln!(out, "<idnumber>{}</idnumber>", escaped(id));
    }
    let declared = question.key_rule.as_deref().filter(|_| question.key == KeyOrigin::Declared);
    if let Some(rule) = declared.filter(|rule| !rule.contains("?>")) {
        let _ = writeln!(out, "<?retain-declared {rule}?>");
    }
    out.push_str(inner);
    if !question.tags.is_empty() {
        out.push_str("<tags>");
        question.tags.iter().for_each(|tag| out.extend(["<tag><text>", &escaped(tag), "</text></tag>"]));
        out.push_str("</tags>\n");
    }
    out.push_str("</question>\n");
}

fn format(markup: Markup) -> &'static str {
    match markup {
        Markup::Plain => "plain_text",
        Markup::Markdown => "markdown",
        Markup::Html => "html",
    }
}

fn escaped(text: &str) -> Cow<'_, str> {
    html_escape::encode_text(text)
}

/// A text on its own: as it is, or as character data if it needs that.
fn data(text: &str) -> Cow<'_, str> {
    if text.contains(['<', '>', '&']) {
        Cow::Owned(format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>")))
    } else {
        Cow::Borrowed(text)
    }
}

fn all_pinned(question: &BankQuestion) -> bool {
    !question.options.is_empty() && question.options.iter().all(|option| option.pinned)
}

/// The type and its elements, or why there is none.
fn typed(question: &BankQuestion) -> Result<(&'static str, String), &'static str> {
    let shares = share::shares(question);
    let right = question.options.iter().zip(&shares).all(|(option, share)| option.correct == (*share >= 1.0));
    let some = question.options.iter().any(|option| option.correct);
    match question.kind {
        Kind::Single | Kind::Multiple | Kind::TrueFalse if !some => {
            Err("Moodle has no questions without a right answer")
        }
        Kind::Single | Kind::Multiple | Kind::TrueFalse => match share::asks(question, &shares) {
            None => Err("their shares of the mark contradict their right answers"),
            Some(_) if question.stem.is_empty() => Err("they have no words"),
            Some(_) if share::is_true_false(question) => {
                Ok(("truefalse", answers(question, &shares, |option| option.text.to_lowercase())))
            }
            Some(asks) => {
                let mut inner = format!("<single>{}</single>\n", asks == Asks::One);
                let shuffled = !all_pinned(question);
                let _ = writeln!(inner, "<shuffleanswers>{shuffled}</shuffleanswers>");
                Ok(("multichoice", inner + &answers(question, &shares, |option| option.text.clone())))
            }
        },
        Kind::Short | Kind::Numeric if !right || !some => {
            Err("their shares of the mark contradict their right answers")
        }
        Kind::Short => Ok(("shortanswer", answers(question, &shares, |option| option.text.clone()))),
        Kind::Numeric => Ok(("numerical", answers(question, &shares, |option| option.text.clone()))),
        Kind::Match => pairs(question).map(|pairs| ("matching", pairs)),
        Kind::Open => Ok(("essay", String::new())),
        Kind::Cloze if moodle::check_gaps(&question.stem).is_ok() => Ok(("cloze", String::new())),
        Kind::Cloze => Err("their gaps are not written in Moodle's way"),
        Kind::Order | Kind::Card => Err("Moodle has no such kind of question"),
    }
}

fn answers(question: &BankQuestion, shares: &[f64], text: impl Fn(&BankOption) -> String) -> String {
    let mut out = String::new();
    let format = format(question.markup);
    for (option, share) in question.options.iter().zip(shares) {
        let text = text(option);
        let _ =
            write!(out, "<answer fraction=\"{}\" format=\"{format}\"><text>{}</text>", percent(*share), data(&text));
        if let Some(feedback) = &option.feedback {
            let _ = write!(out, "<feedback format=\"{format}\"><text>{}</text></feedback>", data(feedback));
        }
        if let Some(tolerance) = option.tolerance.filter(|_| question.kind == Kind::Numeric) {
            let _ = write!(out, "<tolerance>{tolerance}</tolerance>");
        }
        out.push_str("</answer>\n");
    }
    out
}

fn pairs(question: &BankQuestion) -> Result<String, &'static str> {
    let mut out = String::new();
    if question.options.len() < 2 {
        return Err("one pair alone cannot be matched");
    }
    let format = format(question.markup);
    for option in &question.options {
        let Some(other) = &option.pair else {
            return Err("an answer is no pair");
        };
        let _ = writeln!(
            out,
            "<subquestion format=\"{format}\"><text>{}</text><answer><text>{}</text></answer></subquestion>",
            data(&option.text),
            data(other)
        );
    }
    Ok(out)
}
