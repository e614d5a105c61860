//! Items of version 1.2, as course systems and Common Cartridges write them.

use std::collections::HashMap;

use roxmltree::Node;

use super::markup::bare;
use super::presentation::{Presentation, Response, ResponseLabel, ResponseShape};
use super::scoring::{Condition, conditions, right_options};
use super::{MOST_ANSWERS, QtiItem, interval, true_or_false};
use crate::bank::defect::Defect;
use crate::bank::xml::{child, content, some};
use crate::bank::{BankOption, BankQuestion};
use crate::model::{Kind, Markup};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Declared {
    TrueFalse,
    Typed,
    Blanks,
    Dropdowns,
    Match,
    Numeric,
    Open,
    /// A kind that is not read, and what it is called.
    Unread(&'static str),
}

pub(super) fn read_item12(node: Node<'_, '_>, source: &str) -> Result<QtiItem, Defect> {
    let presentation = Presentation::from_item(node, source);
    // A matching question repeats its labels in each response.
    let labels = presentation.responses.iter().map(|response| response.labels.len());
    if presentation.responses.len() > MOST_ANSWERS || labels.sum::<usize>() > MOST_ANSWERS * MOST_ANSWERS / 4 {
        return Err(Defect::ManyOptions);
    }
    let feedback = Item12Feedback::from_item(node, source, &presentation);
    let question = BankQuestion {
        id: node
            .attribute("ident")
            .map(str::to_owned)
            .or_else(|| first_content(node, "bbmd_asi_object_id"))
            .and_then(some),
        kind: Kind::Open,
        stem: presentation.stem(),
        explanation: feedback.explanation(),
        markup: if presentation.html { Markup::Html } else { Markup::Plain },
        ..BankQuestion::default()
    };
    let conditions = conditions(node);
    let mut reader = ResponseReader { item: QtiItem { question, unread: None }, presentation, conditions, feedback };
    reader.answers(declared(node));
    Ok(reader.item)
}

/// The kind, as Canvas, Common Cartridge and Blackboard name it.
fn declared(item: Node<'_, '_>) -> Option<Declared> {
    let field = |name: &str| {
        let labels = item.descendants().filter(|node| node.has_tag_name("fieldlabel") && content(*node) == name);
        labels.filter_map(|label| child(label.parent()?, "fieldentry")).map(content).next()
    };
    let name = field("question_type")
        .or_else(|| field("cc_profile"))
        .or_else(|| first_content(item, "bbmd_questiontype"))
        .or_else(|| field("qmd_itemtype"))
        .or_else(|| first_content(item, "qmd_itemtype"))
        .or_else(|| first_content(item, "calculated").map(|_| "Calculated".into()))?;
    Some(match name.as_str() {
        "true_false_question" | "cc.true_false.v0p1" | "True/False" => Declared::TrueFalse,
        "short_answer_question" | "cc.fib.v0p1" | "cc.pattern_match.v0p1" | "Fill in the Blank" => Declared::Typed,
        "fill_in_multiple_blanks_question" | "Fill in the Blank Plus" => Declared::Blanks,
        "multiple_dropdowns_question" => Declared::Dropdowns,
        "matching_question" | "categorization_question" | "Matching" => Declared::Match,
        "numerical_question" | "Numeric" => Declared::Numeric,
        "essay_question" | "cc.essay.v0p1" | "Essay" | "Short Response" | "text_only_question" => Declared::Open,
        "calculated_question" | "Calculated" => Declared::Unread("formula"),
        "file_upload_question" | "File Upload" => Declared::Unread("file upload"),
        "hot_spot_question" | "Hot Spot" => Declared::Unread("hot spot"),
        _ => return None,
    })
}

/// What the first element of this name within an item says.
fn first_content(item: Node<'_, '_>, name: &str) -> Option<String> {
    item.descendants().find(|node| node.has_tag_name(name)).map(content)
}

struct ResponseReader {
    item: QtiItem,
    presentation: Presentation,
    conditions: Vec<Condition>,
    feedback: Item12Feedback,
}

impl ResponseReader {
    fn answers(&mut self, declared: Option<Declared>) {
        let responses = std::mem::take(&mut self.presentation.responses);
        let all =
            |shape: ResponseShape| !responses.is_empty() && responses.iter().all(|response| response.shape == shape);
        let stem = bare(&self.item.question.stem);
        let gaps: Vec<String> = responses.iter().map(|response| gap(response, &stem)).collect();
        // The text contains a gap by its name.
        let in_text = || gaps.iter().all(|gap| stem.contains(&format!("[{gap}]")));
        match (declared, &responses[..]) {
            (Some(Declared::Unread(kind)), _) => self.item.unread = Some(kind),
            (_, []) | (Some(Declared::Open), _) => {}
            (_, [one]) if one.shape == ResponseShape::Picked && one.cardinality == "Ordered" => self.order(one),
            (Some(Declared::Blanks), [one]) if one.shape == ResponseShape::Picked => self.accepted(one),
            (_, [one]) if one.shape == ResponseShape::Picked => self.choice(one, declared),
            (_, [one]) if one.shape == ResponseShape::Typed => self.typed(one, declared),
            (Some(Declared::Match), _) if all(ResponseShape::Picked) => self.pairs(&responses),
            (Some(Declared::Blanks | Declared::Dropdowns), _) if all(ResponseShape::Picked) => {
                self.gaps(&responses, &gaps, declared);
            }
            (_, _) if all(ResponseShape::Picked) && in_text() => self.gaps(&responses, &gaps, declared),
            (_, _) if all(ResponseShape::Picked) => self.pairs(&responses),
            (_, _) if all(ResponseShape::Typed) => self.typed_gaps(&responses),
            (_, _) if all(ResponseShape::Other) => self.item.unread = Some("point or extension"),
            _ => self.item.unread = Some("several answers of different kinds"),
        }
    }

    fn choice(&mut self, response: &Response, declared: Option<Declared>) {
        let several = response.cardinality == "Multiple";
        let idents: Vec<&str> = response.labels.iter().map(|label| label.ident.as_str()).collect();
        let right = right_options(&self.conditions, &idents, several);
        let all_pinned = response.labels.iter().all(|label| label.pinned);
        let question = &mut self.item.question;
        for (label, (correct, weight)) in response.labels.iter().zip(right) {
            question.options.push(BankOption {
                weight,
                pinned: label.pinned && !all_pinned,
                feedback: self.feedback.of_answer(&label.ident, &self.conditions),
                ..BankOption::new(label.text.trim(), correct)
            });
        }
        question.kind = match question.correct().len() {
            0 | 1 if !several => Kind::Single,
            _ => Kind::Multiple,
        };
        if question.kind == Kind::Single {
            if declared == Some(Declared::TrueFalse) || true_or_false(&question.options) {
                question.kind = Kind::TrueFalse;
            }
            // Feedback to every right and every wrong answer.
            for option in question.options.iter_mut().filter(|option| option.feedback.is_none()) {
                option.feedback = self.feedback.of_outcome(option.correct);
            }
        }
        // The prompt of a match is apart from the stem.
        let named = bare(&response.prompt);
        let stem = bare(&question.stem);
        if !named.is_empty() && named != stem && !stem.contains(&format!("[{named}]")) {
            let prompt = response.prompt.trim();
            question.stem += &if self.presentation.html { format!(" <p>{prompt}</p>") } else { format!("\n{prompt}") };
        }
    }

    fn order(&mut self, response: &Response) {
        let best = self.conditions.iter().filter(|condition| condition.earns());
        let best = best.max_by_key(|condition| condition.wanted.len());
        let wanted = best.map_or(&[][..], |best| &best.wanted[..]);
        let place = |label: &ResponseLabel| wanted.iter().position(|(_, ident)| *ident == label.ident);
        let texts = response.labels.iter().map(|label| (place(label), label.text.trim().to_owned()));
        self.item.question.options = super::ordered(texts);
        self.item.question.kind = Kind::Order;
    }

    /// Labels that are no choices, but what may be typed into the one gap.
    fn accepted(&mut self, response: &Response) {
        self.item.question.kind = Kind::Short;
        let accepted = response.labels.iter().map(|label| BankOption {
            feedback: self.feedback.of_answer(&label.ident, &self.conditions),
            ..BankOption::new(label.typed.clone(), true)
        });
        self.item.question.options = accepted.collect();
    }

    fn typed(&mut self, response: &Response, declared: Option<Declared>) {
        let number = declared == Some(Declared::Numeric) || (response.number && declared != Some(Declared::Typed));
        let best = self.conditions.iter().filter_map(|condition| condition.score).fold(0.0, f64::max);
        for condition in self.conditions.iter().filter(|condition| condition.earns()) {
            let feedback = condition.feedback.iter().find_map(|ident| self.feedback.own(ident));
            let weight = condition.score.map(|score| score / best);
            let correct = weight.is_some_and(|weight| weight >= 1.0);
            let option = BankOption { correct, weight, feedback: feedback.clone(), ..BankOption::default() };
            if number {
                let exact = condition.wanted.iter().find_map(|(_, wanted)| wanted.parse().ok());
                let [low, high] = condition.range;
                if let Some((text, tolerance)) = interval(exact, low, high) {
                    self.item.question.options.push(BankOption { text, tolerance: Some(tolerance), ..option });
                }
                continue;
            }
            for (_, wanted) in condition.wanted.iter().filter(|(_, wanted)| !wanted.is_empty()) {
                let feedback = self.feedback.own(&format!("{wanted}_fb")).or_else(|| feedback.clone());
                self.item.question.options.push(BankOption { text: wanted.clone(), feedback, ..option.clone() });
            }
        }
        self.item.question.kind = match self.item.question.options.len() {
            0 if declared != Some(Declared::Typed) && !number => Kind::Open,
            _ if number => Kind::Numeric,
            _ => Kind::Short,
        };
    }

    fn gaps(&mut self, responses: &[Response], gaps: &[String], declared: Option<Declared>) {
        self.item.question.kind = Kind::Cloze;
        for (response, gap) in responses.iter().zip(gaps) {
            let idents: Vec<&str> = response.labels.iter().map(|label| label.ident.as_str()).collect();
            let scored = right_options(&self.conditions, &idents, true);
            for (label, (scored, _)) in response.labels.iter().zip(scored) {
                let typed = match label.given.as_deref() {
                    Some(given) => given == "openEntry",
                    None => declared == Some(Declared::Blanks),
                };
                self.item.question.options.push(BankOption {
                    pair: Some(gap.clone()),
                    feedback: self.feedback.of_answer(&label.ident, &self.conditions),
                    ..BankOption::new(if typed { &label.typed } else { label.text.trim() }, typed || scored)
                });
            }
        }
    }

    fn typed_gaps(&mut self, responses: &[Response]) {
        self.item.question.kind = Kind::Cloze;
        for response in responses {
            for wanted in wanted(&self.conditions, response) {
                let options = &mut self.item.question.options;
                let gap = response.ident.as_str();
                let known = options.iter().any(|option| option.text == wanted && option.pair.as_deref() == Some(gap));
                if !known && options.len() <= MOST_ANSWERS {
                    options.push(BankOption::paired(wanted, gap));
                }
            }
        }
        if self.item.question.options.is_empty() {
            self.item.question.kind = Kind::Open;
        }
    }

    /// Each response is one half, and its right label the other. If one has several right labels, it is a category.
    fn pairs(&mut self, responses: &[Response]) {
        self.item.question.kind = Kind::Match;
        let categories = responses.iter().any(|response| response.cardinality == "Multiple");
        let mut used: Vec<&str> = Vec::new();
        let options = &mut self.item.question.options;
        for response in responses {
            let wanted = wanted(&self.conditions, response);
            let feedback = self.feedback.own(&format!("{}_fb", response.ident.trim_start_matches("response_")));
            for label in response.labels.iter().filter(|label| wanted.contains(&label.ident.as_str())) {
                let halves = (response.prompt.trim().to_owned(), label.text.trim().to_owned());
                if halves.0.is_empty() || halves.1.is_empty() {
                    continue;
                }
                used.extend([label.ident.as_str(), label.text.trim()]);
                let (text, pair) = if categories { (halves.1, halves.0) } else { halves };
                options.push(BankOption { feedback: feedback.clone(), ..BankOption::paired(text, pair) });
            }
        }
        // A label without a partner is a distractor. Blackboard names the same half differently in each response.
        for label in responses.iter().flat_map(|response| &response.labels) {
            if [label.ident.as_str(), label.text.trim()].iter().any(|name| name.is_empty() || used.contains(name)) {
                continue;
            }
            used.extend([label.ident.as_str(), label.text.trim()]);
            let text = label.text.trim().to_owned();
            let (text, pair) = if categories { (text, None) } else { (String::new(), Some(text)) };
            options.push(BankOption { text, pair, ..BankOption::default() });
        }
    }
}

/// What the conditions that earn marks want as the answer to a response.
fn wanted<'c>(conditions: &'c [Condition], response: &Response) -> Vec<&'c str> {
    let wanted = conditions.iter().filter(|condition| condition.earns()).flat_map(|condition| &condition.wanted);
    wanted.filter(|(about, _)| *about == response.ident).map(|(_, wanted)| wanted.as_str()).collect()
}

/// The name by which the text refers to a gap.
fn gap(response: &Response, stem: &str) -> String {
    let named = bare(&response.prompt);
    let own = response.ident.trim_start_matches("response_");
    if !named.is_empty() && stem.contains(&format!("[{named}]")) { named } else { own.to_owned() }
}

/// The feedback of an item, by its names.
struct Item12Feedback(HashMap<String, String>);

impl Item12Feedback {
    fn from_item(item: Node<'_, '_>, source: &str, presentation: &Presentation) -> Self {
        let mut texts: HashMap<String, String> = HashMap::new();
        for feedback in item.children().filter(|node| node.has_tag_name("itemfeedback")) {
            let ident = feedback.attribute("ident").unwrap_or_default();
            for material in feedback.descendants().filter(|node| node.has_tag_name("material")) {
                let above = |name: &str| material.ancestors().any(|above| above.has_tag_name(name));
                // Hints are for before the answer; a solution explains it.
                let ident = match () {
                    () if above("hint") => continue,
                    () if above("solution") => SOLUTION,
                    () => ident,
                };
                let text = presentation.material(material, source);
                let known = texts.entry(ident.to_owned()).or_default();
                *known = format!("{known} {}", text.trim()).trim().to_owned();
            }
        }
        Self(texts)
    }

    fn named(&self, ident: &str) -> Option<String> {
        self.0.get(ident).cloned().and_then(some)
    }

    fn explanation(&self) -> Option<String> {
        self.named("general_fb").or_else(|| self.named(SOLUTION))
    }

    /// Feedback that is about one answer, not about all that are right or wrong.
    fn own(&self, ident: &str) -> Option<String> {
        let general = matches!(ident, "general_fb" | "correct_fb" | "general_incorrect_fb" | "correct" | "incorrect");
        if general { None } else { self.named(ident) }
    }

    /// Of the answer with this name: by the condition that wants it alone.
    fn of_answer(&self, ident: &str, conditions: &[Condition]) -> Option<String> {
        let alone = conditions.iter().filter(|condition| matches!(&condition.wanted[..], [(_, one)] if one == ident));
        let mut shown = alone.filter(|condition| !condition.excludes).flat_map(|condition| &condition.feedback);
        self.own(&format!("{ident}_fb")).or_else(|| shown.find_map(|shown| self.own(shown)))
    }

    fn of_outcome(&self, right: bool) -> Option<String> {
        let names = if right { ["correct_fb", "correct"] } else { ["general_incorrect_fb", "incorrect"] };
        names.iter().find_map(|name| self.named(name))
    }
}

/// The name under which solutions are kept.
const SOLUTION: &str = "\u{0}solution";
