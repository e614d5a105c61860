//! Moodle XML: `<quiz>` with its questions, each of a type, below their categories.

mod calculated;
mod file;
mod formula;
mod select;

use roxmltree::Node;

use crate::bank::collect::{Collected, Collector, category};
use crate::bank::defect::Defect;
use crate::bank::xml::{Xml, child, some};
use crate::bank::{BankOption, BankQuestion, Refusal, Source};
use crate::model::cloze::{self, GapKind};
use crate::model::{KeyOrigin, Kind, Markup};

/// Whether the text is Moodle's.
pub(in crate::bank) fn explains(text: &str) -> bool {
    let start = text.trim_start();
    let head = &start[..start.floor_char_boundary(4096)];
    // A `<quiz>` of others has questions without a type.
    let typed = || !head.contains("<question") || text.contains("<question type=") || text.contains("<question  type=");
    start.starts_with('<')
        && (head.contains("<question type=") || ((head.contains("<quiz>") || head.contains("<quiz ")) && typed()))
}

/// Reads the document. Fails when it is not well-formed.
pub(in crate::bank) fn read_moodle(source: &Source<'_>) -> Result<Collected, Refusal> {
    let xml = Xml::open(&source.text, "export the questions from Moodle again")?;
    let mut collector = Collector::new(source.lines());
    let mut filed: Option<String> = None;
    let mut hinted: Option<usize> = None;
    // A file may be a single question; one within another is none.
    let root = xml.document.root_element();
    let alone = root.has_tag_name("question").then_some(root);
    let listed = root.children().filter(|node| alone.is_none() && node.has_tag_name("question"));
    for node in alone.into_iter().chain(listed) {
        let line = xml.line(node);
        let kind = node.attribute("type").unwrap_or_default();
        if kind == "category" {
            filed = Some(texts(node, "category"));
            continue;
        }
        let mut question = question(node, kind, line, filed.as_deref());
        if let Ok(question) = &mut question {
            if file::attach(question, node) {
                collector.note(line, "media", "a file of this question is broken", Some("export the question again"));
            }
            note_losses(&mut collector, question, node, kind);
            if node.children().any(|child| child.has_tag_name("hint") && !content(child).is_empty()) {
                hinted.get_or_insert(line);
            }
        }
        collector.add(line, question);
    }
    if let Some(line) = hinted {
        let hint = Some("move what matters to the feedback");
        collector.note(line, "hints", "hints before the answer are left out", hint);
    }
    Ok(Collected { deck: instruction(root, "retain-deck"), ..collector.finish() })
}

/// What the names of types begin with whose numbers are calculated.
const CALCULATED: &str = "calculated";

fn note_losses(collector: &mut Collector<'_>, question: &BankQuestion, node: Node<'_, '_>, kind: &str) {
    let line = question.line;
    if child(node, "units").is_some() {
        let hint = Some("name the unit in the question");
        collector.note(line, "units", "the units of this answer are left out", hint);
    }
    let strict = child(node, "usecase").is_some_and(|counts| content(counts) == "1");
    if strict && question.options.iter().any(|option| option.text.chars().any(char::is_uppercase)) {
        collector.warn(line, &Defect::LettersCount);
    }
    if kind.starts_with(CALCULATED) {
        let what = "the numbers of this question change; it is asked with the first of each";
        collector.note(line, "first-numbers", what, None);
    }
}

/// The text of an element. HTML that is not escaped, as it should be, is kept as it is.
fn content(node: Node<'_, '_>) -> String {
    let (first, last) = (node.first_child(), node.last_child());
    match first.zip(last) {
        Some((first, last)) if node.children().any(|child| child.is_element()) => {
            let text = node.document().input_text();
            text.get(first.range().start..last.range().end).unwrap_or_default().trim().to_owned()
        }
        _ => own(node).trim().to_owned(),
    }
}

/// The text of an element itself.
fn own(node: Node<'_, '_>) -> String {
    node.children().filter(Node::is_text).filter_map(|text| text.text()).collect()
}

/// The `<text>` within a child, without files and the like next to it.
fn texts(node: Node<'_, '_>, name: &str) -> String {
    child(node, name).map_or_else(String::new, text)
}

/// What the `<text>` within an element says, or else the element itself.
fn text(node: Node<'_, '_>) -> String {
    child(node, "text").map_or_else(|| own(node).trim().to_owned(), content)
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

fn question(node: Node<'_, '_>, kind: &str, line: usize, filed: Option<&str>) -> Result<BankQuestion, Defect> {
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
        "multichoice" | "calculatedmulti" => {
            let single =
                child(node, "single").is_none_or(|single| !matches!(content(single).as_str(), "false" | "0" | ""));
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
            // Exports in other languages name their words; the first of them is true.
            let named = question.options.iter().any(|option| option.text.eq_ignore_ascii_case("true"));
            if named {
                question.options.sort_by_key(|option| !option.text.eq_ignore_ascii_case("true"));
            }
            if question.options.len() != 2 {
                return Err(Defect::NotTwo);
            }
            for (option, word) in question.options.iter_mut().zip(["True", "False"]) {
                option.text = word.into();
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
        "calculated" | "calculatedsimple" => question.kind = Kind::Numeric,
        "gapselect" | "ddwtos" => {
            question.kind = Kind::Cloze;
            question.stem = select::stem(&question.stem, node)?;
        }
        "cloze" | "multianswer" => {
            check_gaps(&question.stem)?;
            question.kind = Kind::Cloze;
        }
        "essay" | "description" => question.options.clear(),
        _ => {
            return Err(Defect::KindNotRead { name: kind.to_owned(), hint: "ask it as another type, or leave it out" });
        }
    }
    if kind.starts_with(CALCULATED) {
        calculated::settle(&mut question, node)?;
    }
    // The rule that declared the key, in an instruction of our own that Moodle passes over: `<?retain-declared --key first?>`.
    if let Some(rule) = instruction(node, "retain-declared") {
        (question.key, question.key_rule) = (KeyOrigin::Declared, Some(rule));
    }
    check(&question)?;
    Ok(question)
}

/// What an instruction of this name within an element says.
fn instruction(node: Node<'_, '_>, name: &str) -> Option<String> {
    let mut instructions = node.children().filter_map(|child| child.pi());
    let value = instructions.find(|instruction| instruction.target == name)?.value?;
    some(value.trim().to_owned())
}

/// What Moodle's own types must hold besides what every question must.
fn check(question: &BankQuestion) -> Result<(), Defect> {
    let right = question.options.iter().any(|option| option.correct);
    match question.kind {
        Kind::Open | Kind::Cloze | Kind::Match => Ok(()),
        _ if question.options.is_empty() => Err(Defect::NoOptions("give it some answers")),
        _ if !right && question.options.len() > 1 => Err(Defect::NoAnswer("give one the fraction 100")),
        kind if !right && !kind.has_choices() => Err(Defect::NoAnswer("give one the fraction 100")),
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
                feedback: some(texts(answer, "feedback")),
                weight: Some(weight),
                ..BankOption::new(text(answer), weight >= 1.0)
            }
        })
        .collect()
}

fn pairs(node: Node<'_, '_>) -> Vec<BankOption> {
    let pairs = node.children().filter(|child| child.has_tag_name("subquestion"));
    pairs
        .map(|pair| BankOption::paired(child(pair, "text").map(content).unwrap_or_default(), texts(pair, "answer")))
        .collect()
}

fn tags(node: Node<'_, '_>) -> Vec<String> {
    let tags = ["tags", "coursetags"].into_iter().filter_map(|name| child(node, name)).flat_map(|tags| tags.children());
    tags.filter(|tag| tag.has_tag_name("tag")).filter_map(|tag| some(text(tag))).collect()
}

/// Checks the gaps in the text of a cloze question: each has a right answer.
pub(in crate::bank) fn check_gaps(stem: &str) -> Result<(), Defect> {
    let (_, gaps) = cloze::split(stem);
    if gaps.is_empty() {
        return Err(Defect::NoGaps);
    }
    for gap in &gaps {
        let most = gap.answers.iter().map(|answer| answer.weight).fold(0.0, f64::max);
        let right = if gap.kind == GapKind::Choices { most > 0.0 } else { most >= 1.0 };
        if !right {
            return Err(Defect::GapWithoutAnswer);
        }
        if matches!(gap.kind, GapKind::Choice | GapKind::Choices) && gap.answers.len() < 2 {
            return Err(Defect::GapOfOne);
        }
        if gap.kind == GapKind::Numeric
            && gap.answers.iter().any(|answer| answer.tolerance.is_none() && answer.text != "*")
        {
            return Err(Defect::GapWithoutNumber);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
