//! Moodle XML: `<quiz>` with its questions, each of a type, below their categories.

use roxmltree::Node;

use super::collect::{Collector, Rejected, category};
use super::text::Read;
use super::xml::{Xml, child, content, some};
use super::{BankOption, BankQuestion, Refusal};
use crate::model::{KeyOrigin, Kind, Markup};

/// Whether the text is Moodle's.
pub(super) fn explains(text: &str) -> bool {
    let start = text.trim_start();
    let head = &start[..start.floor_char_boundary(4096)];
    start.starts_with('<') && (head.contains("<quiz>") || head.contains("<quiz ") || head.contains("<question type="))
}

/// Reads the document.
///
/// # Errors
/// When it is not well-formed.
pub(super) fn read(text: &str, lines: &[String]) -> Result<Read, Refusal> {
    let xml = Xml::open(text, "export the questions from Moodle again")?;
    let mut collector = Collector::new(lines);
    let mut filed: Option<String> = None;
    for node in xml.document.descendants().filter(|node| node.has_tag_name("question")) {
        let line = xml.line(node);
        match node.attribute("type") {
            Some("category") => filed = Some(texts(node, "category")),
            kind => collector.take(line, question(node, kind.unwrap_or_default(), line, filed.as_deref())),
        }
    }
    Ok(collector.finish())
}

/// What the `<text>` within a child says; files and the like beside it are no part of it.
fn texts(node: Node<'_, '_>, name: &str) -> String {
    child(node, name).map_or_else(String::new, |inner| content(child(inner, "text").unwrap_or(inner)))
}

fn number(node: Node<'_, '_>, name: &str) -> Option<f64> {
    content(child(node, name)?).parse().ok().filter(|number: &f64| number.is_finite())
}

/// The format of the question's text; Moodle's own and the missing one are HTML.
fn markup(node: Node<'_, '_>) -> Markup {
    match child(node, "questiontext").and_then(|text| text.attribute("format")) {
        Some("markdown") => Markup::Markdown,
        Some("plain_text") => Markup::Plain,
        _ => Markup::Html,
    }
}

fn question(node: Node<'_, '_>, kind: &str, line: usize, filed: Option<&str>) -> Result<BankQuestion, Rejected> {
    let mut question = BankQuestion {
        line,
        id: some(texts(node, "idnumber")),
        kind: Kind::Open,
        topic: filed.and_then(category),
        category: filed.map(str::to_owned),
        stem: texts(node, "questiontext"),
        options: answers(node),
        key: KeyOrigin::Marked,
        explanation: some(texts(node, "generalfeedback")),
        tags: tags(node),
        markup: markup(node),
        ..BankQuestion::default()
    };
    match kind {
        "multichoice" => {
            let single =
                child(node, "single").is_none_or(|single| matches!(content(single).as_str(), "true" | "1" | ""));
            let right =
                |option: &BankOption| option.weight.unwrap_or(0.0) >= if single { 1.0 } else { f64::MIN_POSITIVE };
            for option in &mut question.options {
                option.correct = right(option);
            }
            question.kind = if single && question.correct().len() < 2 { Kind::Single } else { Kind::Multiple };
            // "Do not shuffle" pins every option.
            if child(node, "shuffleanswers").is_some_and(|shuffle| matches!(content(shuffle).as_str(), "false" | "0")) {
                question.options.iter_mut().for_each(|option| option.pinned = true);
            }
        }
        "truefalse" => {
            question.kind = Kind::TrueFalse;
            question.options.sort_by_key(|option| !option.text.eq_ignore_ascii_case("true"));
            for option in &mut question.options {
                option.text = if option.text.eq_ignore_ascii_case("true") { "True".into() } else { "False".into() };
                option.weight = None;
            }
        }
        "shortanswer" => question.kind = Kind::Short,
        "numerical" => {
            question.kind = Kind::Numeric;
            let answers = node.children().filter(|child| child.has_tag_name("answer"));
            for (option, answer) in question.options.iter_mut().zip(answers) {
                option.tolerance = Some(number(answer, "tolerance").unwrap_or(0.0).abs());
            }
        }
        "matching" => {
            question.kind = Kind::Match;
            question.options = pairs(node);
        }
        "cloze" => question.kind = cloze(&question.stem)?,
        "essay" | "description" => question.options.clear(),
        _ => {
            return Err((
                "kind-not-read",
                "questions of this type are not read",
                "known are the types of Moodle's core",
            ));
        }
    }
    if let Some(rule) = declared(node) {
        (question.key, question.key_rule) = (KeyOrigin::Declared, Some(rule));
    }
    check(&question)?;
    Ok(question)
}

/// The rule that declared the key, in an instruction of our own that Moodle passes over: `<?retain-declared --key first?>`.
fn declared(node: Node<'_, '_>) -> Option<String> {
    let mut instructions = node.children().filter_map(|child| child.pi());
    let rule = instructions.find(|instruction| instruction.target == "retain-declared")?.value?;
    some(rule.trim().to_owned())
}

fn check(question: &BankQuestion) -> Result<(), Rejected> {
    let right = question.options.iter().filter(|option| option.correct).count();
    match question.kind {
        _ if question.stem.is_empty() && question.kind.has_choices() => {
            Err(("no-stem", "these answers have no question", "write the question's text"))
        }
        Kind::Open | Kind::Cloze => Ok(()),
        Kind::Match if question.options.len() < 2 => {
            Err(("few-pairs", "one pair alone cannot be matched", "give it at least two"))
        }
        _ if question.options.is_empty() => Err(("no-options", "the question has no answers", "give it some")),
        _ if question.kind.has_choices() && question.options.len() < 2 => {
            Err(("one-option", "the question has one option only", "give it at least two"))
        }
        _ if right == 0 => Err(("no-answer", "no answer of this question is right", "give one the fraction 100")),
        _ => Ok(()),
    }
}

fn answers(node: Node<'_, '_>) -> Vec<BankOption> {
    let answers = node.children().filter(|child| child.has_tag_name("answer"));
    answers
        .map(|answer| {
            let fraction = answer.attribute("fraction").and_then(|fraction| fraction.trim().parse::<f64>().ok());
            let weight = fraction.filter(|fraction| fraction.is_finite()).unwrap_or(0.0) / 100.0;
            BankOption {
                text: content(child(answer, "text").unwrap_or(answer)),
                correct: weight >= 1.0,
                feedback: some(texts(answer, "feedback")),
                weight: Some(weight),
                ..BankOption::default()
            }
        })
        .collect()
}

fn pairs(node: Node<'_, '_>) -> Vec<BankOption> {
    let pairs = node.children().filter(|child| child.has_tag_name("subquestion"));
    pairs
        .map(|pair| BankOption {
            text: child(pair, "text").map(content).unwrap_or_default(),
            pair: Some(texts(pair, "answer")),
            correct: true,
            ..BankOption::default()
        })
        .collect()
}

fn tags(node: Node<'_, '_>) -> Vec<String> {
    let tags = child(node, "tags").into_iter().flat_map(|tags| tags.children());
    tags.filter(|tag| tag.has_tag_name("tag")).filter_map(|tag| some(content(tag))).collect()
}

/// The gaps of a cloze question stand in its text, as `{1:SHORTANSWER:=a~b}`.
pub(super) fn cloze(stem: &str) -> Result<Kind, Rejected> {
    let mut gaps = 0;
    for open in stem.split('{').skip(1) {
        let inside = open.split('}').next().unwrap_or_default();
        let Some((kind, answers)) = inside.split_once(':').and_then(|(_, rest)| rest.split_once(':')) else {
            continue;
        };
        let choices = kind.starts_with("MULTI") || kind.starts_with("MC");
        let right = answers.contains('=') || answers.contains("%100%");
        if !right || (choices && !answers.contains('~')) {
            return Err(("no-answer", "a gap of this question has no right answer", "begin the right one with `=`"));
        }
        if kind.starts_with("NUM") || kind == "NM" {
            let value = answers.split('=').nth(1).unwrap_or_default();
            let value = value.split([':', '~', '#']).next().unwrap_or_default().trim();
            if value != "*" && value.replace(',', ".").parse::<f64>().is_err() {
                return Err((
                    "no-number",
                    "a gap of this question asks for a number and has none",
                    "write `=3.14:0.01`",
                ));
            }
        }
        gaps += 1;
    }
    if gaps == 0 {
        return Err(("no-gaps", "this question has no gaps", "write them as `{1:SHORTANSWER:=answer}`"));
    }
    Ok(Kind::Cloze)
}

#[cfg(test)]
mod tests {
    use crate::bank::{Bank, ReadOptions, read};
    use crate::model::Kind;

    fn quiz(inner: &str) -> String {
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n{inner}\n</quiz>\n")
    }

    fn bank(inner: &str) -> Bank {
        let bank = read(quiz(inner).as_bytes(), &ReadOptions::default()).expect("a bank");
        assert_eq!(bank.format, "moodle-xml");
        bank
    }

    fn of(kind: &str, inner: &str) -> String {
        format!(
            "<question type=\"{kind}\"><questiontext format=\"html\"><text><![CDATA[<p>What?</p>]]></text></questiontext>{inner}</question>\n"
        )
    }

    fn answer(fraction: &str, text: &str) -> String {
        format!(
            "<answer fraction=\"{fraction}\"><text>{text}</text><feedback><text>on {text}</text></feedback></answer>"
        )
    }

    #[test]
    fn every_type_becomes_its_kind() {
        let tolerant = "<answer fraction=\"100\"><text>3.1</text><tolerance>0.05</tolerance></answer>";
        let subs = "<subquestion><text>a</text><answer><text>1</text></answer></subquestion><subquestion><text>b</text><answer><text>2</text></answer></subquestion>";
        for (kind, inner, expected) in [
            ("multichoice", answer("100", "a &amp; b") + &answer("-50", "c"), Kind::Single),
            (
                "multichoice",
                "<single>false</single>".to_owned() + &answer("50", "a") + &answer("50", "c") + &answer("0", "d"),
                Kind::Multiple,
            ),
            ("truefalse", answer("0", "false") + &answer("100", "true"), Kind::TrueFalse),
            ("shortanswer", answer("100", "a"), Kind::Short),
            ("numerical", tolerant.to_owned(), Kind::Numeric),
            ("matching", subs.to_owned(), Kind::Match),
            ("essay", String::new(), Kind::Open),
        ] {
            let bank = bank(&of(kind, &inner));
            assert_eq!((bank.questions[0].kind, bank.questions[0].stem.as_str()), (expected, "<p>What?</p>"), "{kind}");
        }
    }

    #[test]
    fn what_surrounds_a_question_is_kept() {
        let bank = bank(
            &("<question type=\"category\"><category><text>$course$/top/Sea/Deep</text></category></question>\n"
                .to_owned()
                + &of(
                    "multichoice",
                    &(answer("100", "a")
                        + &answer("25", "b")
                        + "<idnumber>q7</idnumber><tags><tag><text>wet</text></tag></tags><generalfeedback><text>So.</text></generalfeedback>"),
                )),
        );
        let question = &bank.questions[0];
        assert_eq!(
            (question.topic.as_deref(), question.id.as_deref(), question.line),
            (Some("Sea::Deep"), Some("q7"), 4)
        );
        assert_eq!((question.explanation.as_deref(), question.tags.join(" ")), (Some("So."), "wet".into()));
        assert_eq!((question.correct(), question.options[1].weight), (vec![0], Some(0.25)));
        assert_eq!(question.options[0].feedback.as_deref(), Some("on a"));
    }

    #[test]
    fn nonsense_is_told() {
        let bank = bank(
            &(of("multichoice", &(answer("100", "a") + &answer("0", "b")))
                + &of("multichoice", &(answer("0", "a") + &answer("50", "b")))
                + &of("gapselect", "")
                + &of("truefalse", &(answer("100", "true") + &answer("0", "false")))),
        );
        let told: Vec<_> = bank.problems.iter().map(|problem| (problem.line, problem.code)).collect();
        assert_eq!(told, [(4, "no-answer"), (5, "kind-not-read")]);
        let refusal = read(b"<quiz>\n<question type=\"essay\">\n</quiz>", &ReadOptions::default()).expect_err("open");
        assert!(refusal.message.starts_with("line 3, column 1: this is no well-formed XML"), "{}", refusal.message);
    }
}
