//! Pools as Blackboard wrote them before QTI: `QUESTION_…` elements, each with its answers and with which of them are right.

use roxmltree::Node;

use super::QtiItem;
use crate::bank::defect::Defect;
use crate::bank::xml::{child, content, some};
use crate::bank::{BankOption, BankQuestion};
use crate::model::{Kind, Markup};

/// What the name of a question's element begins with.
const PREFIX: &str = "QUESTION_";

/// Whether an element is a question of a pool.
pub(super) fn is_question(node: Node<'_, '_>) -> bool {
    node.tag_name().name().starts_with(PREFIX)
        && node.parent().is_some_and(|parent| parent.has_tag_name("POOL") || parent.has_tag_name("ASSESSMENT"))
}

pub(super) fn title(node: Node<'_, '_>) -> Option<String> {
    let named = node.has_tag_name("POOL") || node.has_tag_name("ASSESSMENT");
    some(child(node, "TITLE").filter(|_| named)?.attribute("value")?.trim().to_owned())
}

pub(super) fn read_pool_question(node: Node<'_, '_>) -> Result<QtiItem, Defect> {
    let body = child(node, "BODY");
    let html = body.is_some_and(|body| {
        body.descendants().any(|flag| flag.has_tag_name("ISHTML") && flag.attribute("value") == Some("true"))
    });
    let feedback = |name: &str| child(node, "GRADABLE").and_then(|gradable| child(gradable, name)).map(content);
    let mut question = BankQuestion {
        id: node.attribute("id").map(str::to_owned).and_then(some),
        stem: body.and_then(|body| child(body, "TEXT")).map(content).unwrap_or_default(),
        explanation: feedback("FEEDBACK_WHEN_CORRECT").and_then(some),
        markup: if html { Markup::Html } else { Markup::Plain },
        ..BankQuestion::default()
    };
    let mut unread = None;
    question.kind = match &node.tag_name().name()[PREFIX.len()..] {
        "MULTIPLECHOICE" | "EITHEROR" => Kind::Single,
        "TRUEFALSE" => Kind::TrueFalse,
        "MULTIPLEANSWER" => Kind::Multiple,
        "FILLINBLANK" => Kind::Short,
        "ORDER" => Kind::Order,
        "MATCH" => Kind::Match,
        "ESSAY" => Kind::Open,
        _ => {
            unread = Some("other");
            Kind::Open
        }
    };
    question.options = match question.kind {
        Kind::Open => Vec::new(),
        Kind::Match => pairs(node),
        Kind::Order => in_order(node),
        kind => answers(node, kind),
    };
    Ok(QtiItem { question, unread })
}

/// The answers, in the order in which they are shown.
fn answers(node: Node<'_, '_>, kind: Kind) -> Vec<BankOption> {
    let right = right(node, "answer_id");
    let listed = node.children().filter(|inner| inner.has_tag_name("ANSWER"));
    listed
        .map(|answer| {
            let named = answer.attribute("id").is_some_and(|id| right.contains(&id));
            // Every accepted text is right.
            BankOption::new(text(answer), kind == Kind::Short || named)
        })
        .collect()
}

/// Answers to be put in order: `CORRECTANSWER` gives the place of each.
fn in_order(node: Node<'_, '_>) -> Vec<BankOption> {
    let places = node.descendants().filter(|inner| inner.has_tag_name("CORRECTANSWER"));
    let places: Vec<(&str, usize)> = places
        .filter_map(|right| Some((right.attribute("answer_id")?, right.attribute("order")?.parse().ok()?)))
        .collect();
    let place = |id: &str| places.iter().find(|(known, _)| *known == id).map(|(_, place)| *place);
    let answers = node.children().filter(|inner| inner.has_tag_name("ANSWER"));
    super::ordered(answers.map(|answer| (place(answer.attribute("id").unwrap_or_default()), text(answer))))
}

/// Each answer with the choice that belongs to it; choices of no answer are there to mislead.
fn pairs(node: Node<'_, '_>) -> Vec<BankOption> {
    let named = |name: &'static str| node.children().filter(move |inner| inner.has_tag_name(name));
    let by_id = |name: &'static str, id: &str| named(name).find(|inner| inner.attribute("id") == Some(id)).map(text);
    let joined = node.descendants().filter(|inner| inner.has_tag_name("CORRECTANSWER"));
    let mut pairs: Vec<BankOption> = joined
        .filter_map(|right| {
            let text = by_id("ANSWER", right.attribute("answer_id")?)?;
            let pair = by_id("CHOICE", right.attribute("choice_id")?)?;
            Some(BankOption::paired(text, pair))
        })
        .collect();
    let used = right(node, "choice_id");
    let others = named("CHOICE").filter(|choice| choice.attribute("id").is_none_or(|id| !used.contains(&id)));
    pairs.extend(others.map(|choice| BankOption { pair: Some(text(choice)), ..BankOption::default() }));
    pairs
}

fn right<'a>(node: Node<'a, '_>, name: &str) -> Vec<&'a str> {
    let named = node.descendants().filter(|inner| inner.has_tag_name("CORRECTANSWER"));
    named.filter_map(|right| right.attribute(name)).collect()
}

fn text(node: Node<'_, '_>) -> String {
    child(node, "TEXT").map(content).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::bank::{ReadOptions, read};
    use crate::model::Kind;

    const POOL: &str = "<?xml version='1.0'?>\n<POOL><TITLE value='Boats'/>\n\
        <QUESTION_EITHEROR id='a'><BODY><TEXT>Does cork float?</TEXT></BODY><ANSWER id='y'><TEXT>yes</TEXT></ANSWER>\
        <ANSWER id='n'><TEXT>no</TEXT></ANSWER><GRADABLE><FEEDBACK_WHEN_CORRECT>It does.</FEEDBACK_WHEN_CORRECT>\
        <CORRECTANSWER answer_id='y'/></GRADABLE></QUESTION_EITHEROR>\n\
        <QUESTION_ORDER id='b'><BODY><TEXT>Small to large</TEXT></BODY><ANSWER id='1'><TEXT>ship</TEXT></ANSWER>\
        <ANSWER id='2'><TEXT>raft</TEXT></ANSWER><GRADABLE><CORRECTANSWER answer_id='2' order='1'/>\
        <CORRECTANSWER answer_id='1' order='2'/></GRADABLE></QUESTION_ORDER>\n\
        <QUESTION_MATCH id='c'><BODY><TEXT>Match</TEXT></BODY><ANSWER id='1'><TEXT>port</TEXT></ANSWER>\
        <ANSWER id='2'><TEXT>starboard</TEXT></ANSWER><CHOICE id='x'><TEXT>left</TEXT></CHOICE>\
        <CHOICE id='y'><TEXT>right</TEXT></CHOICE><CHOICE id='z'><TEXT>up</TEXT></CHOICE><GRADABLE>\
        <CORRECTANSWER answer_id='1' choice_id='x'/><CORRECTANSWER answer_id='2' choice_id='y'/></GRADABLE></QUESTION_MATCH>\n\
        <QUESTION_FILLINBLANK id='d'><BODY><TEXT>Name a rope</TEXT></BODY><ANSWER><TEXT>halyard</TEXT></ANSWER>\
        <ANSWER><TEXT>sheet</TEXT></ANSWER></QUESTION_FILLINBLANK>\n</POOL>\n";

    #[test]
    fn every_kind_of_a_pool_is_read() {
        let bank = read(POOL.as_bytes(), &ReadOptions::default()).expect("a bank");
        let said: Vec<_> = bank
            .questions
            .iter()
            .map(|question| {
                let options = question.options.iter();
                let options = options.map(|option| (option.text.as_str(), option.pair.as_deref(), option.correct));
                (question.kind, question.topic.as_deref(), options.collect::<Vec<_>>())
            })
            .collect();
        let boats = Some("Boats");
        let expected = [
            (Kind::Single, boats, vec![("yes", None, true), ("no", None, false)]),
            (Kind::Order, boats, vec![("raft", None, true), ("ship", None, true)]),
            (
                Kind::Match,
                boats,
                vec![("port", Some("left"), true), ("starboard", Some("right"), true), ("", Some("up"), false)],
            ),
            (Kind::Short, boats, vec![("halyard", None, true), ("sheet", None, true)]),
        ];
        assert_eq!(said, expected);
        assert_eq!(bank.questions[0].explanation.as_deref(), Some("It does."));
    }
}
