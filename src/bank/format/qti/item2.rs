//! Items of versions 2.1, 2.2 and 3.0: XHTML with interactions in it.

use std::collections::HashMap;

use roxmltree::Node;

use super::markup::{Keep, attribute, bare, inner, is, is_any, within};
use super::response::{Declaration, declarations};
use super::{MOST_ANSWERS, QtiItem, true_or_false};
use crate::bank::defect::Defect;
use crate::bank::{BankOption, BankQuestion};
use crate::model::{Kind, Markup};

/// Interactions that are gaps in the text; the names of all others end in `Interaction` as well.
const GAPS: [&str; 3] = ["textEntryInteraction", "inlineChoiceInteraction", "gapMatchInteraction"];
/// Elements whose content is part of the stem.
const INSIDE: [&str; 7] = [
    "gapMatchInteraction",
    "hottextInteraction",
    "hottext",
    "prompt",
    "contentBody",
    "templateInline",
    "templateBlock",
];
/// Elements that are no part of the stem.
const LEFT_OUT: [&str; 7] =
    ["gapText", "gapImg", "feedbackBlock", "feedbackInline", "modalFeedback", "stylesheet", "endAttemptInteraction"];
/// A single gap.
const GAP: &str = "_____";

pub(super) fn read_item2(node: Node<'_, '_>, source: &str) -> Result<QtiItem, Defect> {
    let body = node.children().find(|inner| is(*inner, "itemBody"));
    let body = body.ok_or(Defect::NoStem)?;
    let asked: Vec<Node<'_, '_>> = body.descendants().filter(|inner| is_interaction(*inner)).collect();
    let answers = body.descendants().filter(|inner| attribute(*inner, "identifier").is_some()).count();
    if asked.len() > MOST_ANSWERS || answers > MOST_ANSWERS * 4 {
        return Err(Defect::ManyOptions);
    }
    let feedback = Item2Feedback::from_item(node, body, source);
    let mut question = BankQuestion {
        id: attribute(node, "identifier").filter(|id| !id.is_empty()).map(str::to_owned),
        kind: Kind::Open,
        stem: stem(body, source, asked.len()),
        explanation: feedback.explanation.clone(),
        markup: Markup::Html,
        ..BankQuestion::default()
    };
    // A text that is generated for each person has no single right answer.
    let math =
        |node: &Node<'_, '_>| is(*node, "templateDeclaration") && attribute(*node, "mathVariable") == Some("true");
    if within(body, "printedVariable").next().is_some() || node.children().any(|inner| math(&inner)) {
        return Ok(QtiItem { question, unread: Some("generated") });
    }
    let reader = InteractionReader { source, declared: declarations(node), feedback };
    let unread = match &asked[..] {
        [] => None,
        [one] => reader.one(*one, &mut question),
        several if several.iter().all(|one| is_any(*one, &GAPS)) => {
            question.kind = Kind::Cloze;
            several.iter().for_each(|one| reader.gaps(*one, &mut question));
            None
        }
        _ => Some("composite"),
    };
    Ok(QtiItem { question, unread })
}

fn is_interaction(node: Node<'_, '_>) -> bool {
    let name = node.tag_name().name();
    // A button that asks for a hint or ends the attempt asks for nothing.
    node.is_element()
        && (name.ends_with("Interaction") || name.ends_with("-interaction"))
        && !is(node, "endAttemptInteraction")
}

/// The text of the body, with what is asked within it.
fn stem(body: Node<'_, '_>, source: &str, asked: usize) -> String {
    let stem = inner(body, source, &|node| around(node, source, asked));
    let stem = stem.replace("<p> </p>", "").replace("<p></p>", "");
    // If nothing visible is left, the title is used.
    let seen =
        !bare(&stem).is_empty() || ["<img", "<object", "<audio", "<video", "<svg"].iter().any(|tag| stem.contains(tag));
    if seen { stem.trim().to_owned() } else { String::new() }
}

fn around(node: Node<'_, '_>, source: &str, asked: usize) -> Keep {
    let gap = |name: Option<&str>| match asked {
        1 => GAP.to_owned(),
        _ => format!("[{}]", name.unwrap_or_default()),
    };
    let nothing = || Keep::Instead(String::new());
    if is(node, "rubricBlock") {
        // What is meant for those who mark, not for those who answer.
        let candidate =
            attribute(node, "view").is_none_or(|views| views.split_whitespace().any(|view| view == "candidate"));
        return if candidate { Keep::Inside } else { nothing() };
    }
    if is_any(node, &["textEntryInteraction", "inlineChoiceInteraction"]) {
        return Keep::Instead(gap(attribute(node, "responseIdentifier")));
    }
    if is_any(node, &["gap", "printedVariable"]) {
        return Keep::Instead(format!("[{}]", attribute(node, "identifier").unwrap_or_default()));
    }
    if is_any(node, &INSIDE) {
        return Keep::Inside;
    }
    if is_interaction(node) {
        let prompt = node.children().find(|inner| is(*inner, "prompt"));
        let prompt =
            prompt.map_or_else(String::new, |prompt| inner(prompt, source, &|node| around(node, source, asked)));
        return Keep::Instead(format!(" {prompt} "));
    }
    if is_any(node, &LEFT_OUT) { nothing() } else { Keep::Whole }
}

struct InteractionReader<'a> {
    source: &'a str,
    declared: Vec<Declaration>,
    feedback: Item2Feedback,
}

impl InteractionReader<'_> {
    fn declared(&self, interaction: Node<'_, '_>) -> Option<&Declaration> {
        let ident = attribute(interaction, "responseIdentifier").unwrap_or_default();
        self.declared.iter().find(|declared| declared.ident == ident)
    }

    /// The text of a choice, without the feedback in it.
    fn text(&self, node: Node<'_, '_>) -> String {
        inner(node, self.source, &|node| around(node, self.source, 0))
    }

    /// Reads the only interaction of an item; returns the name of its kind if that is not supported.
    fn one(&self, asked: Node<'_, '_>, question: &mut BankQuestion) -> Option<&'static str> {
        let nothing = Declaration::default();
        let declared = self.declared(asked).unwrap_or(&nothing);
        let named = |names: &[&str]| is_any(asked, names);
        if named(&["choiceInteraction"]) {
            self.choice(asked, "simpleChoice", declared, question);
        } else if named(&["inlineChoiceInteraction"]) {
            self.choice(asked, "inlineChoice", declared, question);
        } else if named(&["hottextInteraction"]) {
            self.choice(asked, "hottext", declared, question);
        } else if named(&["orderInteraction"]) {
            question.kind = Kind::Order;
            question.options = self.ordered(asked, declared);
        } else if named(&["matchInteraction", "associateInteraction"]) {
            question.kind = Kind::Match;
            question.options = self.matched(asked, declared);
        } else if named(&["gapMatchInteraction"]) {
            question.kind = Kind::Cloze;
            self.gaps(asked, question);
        } else if named(&["textEntryInteraction", "sliderInteraction"]) {
            typed(declared, question);
        } else if named(&["extendedTextInteraction"]) {
            let model = declared.correct.iter().find(|text| !text.is_empty());
            question.explanation = question.explanation.take().or_else(|| model.cloned());
        } else {
            return Some(match () {
                () if named(&["uploadInteraction"]) => "file upload",
                () if named(&["drawingInteraction"]) => "drawing",
                () if named(&["mediaInteraction"]) => "media",
                () if named(&["customInteraction", "portableCustomInteraction"]) => "custom",
                () => "picture",
            });
        }
        None
    }

    fn choice(&self, asked: Node<'_, '_>, name: &str, declared: &Declaration, question: &mut BankQuestion) {
        let choices: Vec<Node<'_, '_>> = within(asked, name).collect();
        let fixed = |choice: &Node<'_, '_>| attribute(*choice, "fixed") == Some("true");
        let all_fixed = choices.iter().all(fixed);
        for choice in &choices {
            let ident = attribute(*choice, "identifier").unwrap_or_default();
            let own =
                within(*choice, "feedbackInline").map(|feedback| self.text(feedback)).collect::<Vec<_>>().join(" ");
            let own = Some(own).filter(|text| !text.is_empty());
            question.options.push(BankOption {
                weight: declared.share(ident),
                feedback: own.or_else(|| self.feedback.of_answers.get(ident).cloned()),
                pinned: fixed(choice) && !all_fixed,
                ..BankOption::new(self.text(*choice), declared.is_right(ident))
            });
        }
        let one = attribute(asked, "maxChoices").is_none_or(|most| most == "1") && !declared.several;
        question.kind = match question.correct().len() {
            0 | 1 if one && true_or_false(&question.options) => Kind::TrueFalse,
            0 | 1 if one => Kind::Single,
            _ => Kind::Multiple,
        };
        if question.kind != Kind::Multiple {
            for option in question.options.iter_mut().filter(|option| option.feedback.is_none()) {
                option.feedback = self.feedback.of_outcomes[usize::from(option.correct)].clone();
            }
        }
    }

    /// The options in their right order.
    fn ordered(&self, asked: Node<'_, '_>, declared: &Declaration) -> Vec<BankOption> {
        let place = |ident: &str| declared.correct.iter().position(|correct| correct == ident);
        let choices = within(asked, "simpleChoice");
        super::ordered(
            choices.map(|choice| (place(attribute(choice, "identifier").unwrap_or_default()), self.text(choice))),
        )
    }

    /// The pairs, then what belongs to nothing.
    fn matched(&self, asked: Node<'_, '_>, declared: &Declaration) -> Vec<BankOption> {
        let choices: HashMap<&str, String> = within(asked, "simpleAssociableChoice")
            .filter_map(|choice| Some((attribute(choice, "identifier")?, self.text(choice))))
            .collect();
        let pairs = declared.pairs();
        let halves = pairs.iter().filter_map(|(left, right)| Some((choices.get(*left)?, choices.get(*right)?)));
        let mut options: Vec<BankOption> =
            halves.map(|(left, right)| BankOption::paired(left.clone(), right.clone())).collect();
        let sets: Vec<Node<'_, '_>> = within(asked, "simpleMatchSet").collect();
        for choice in within(asked, "simpleAssociableChoice") {
            let ident = attribute(choice, "identifier").unwrap_or_default();
            if pairs.iter().any(|(left, right)| *left == ident || *right == ident) {
                continue;
            }
            let text = self.text(choice);
            let right = sets.get(1).is_some_and(|right| choice.parent() == Some(*right));
            let (text, pair) = if right { (String::new(), Some(text)) } else { (text, None) };
            options.push(BankOption { text, pair, ..BankOption::default() });
        }
        options
    }

    /// What goes into the gaps of an interaction: each answer with the name of its gap.
    fn gaps(&self, asked: Node<'_, '_>, question: &mut BankQuestion) {
        let Some(declared) = self.declared(asked) else { return };
        let gap = Some(declared.ident.clone());
        if is(asked, "textEntryInteraction") {
            let accepted = declared.accepted().into_iter().map(|(text, weight)| BankOption {
                weight: Some(weight),
                pair: gap.clone(),
                ..BankOption::new(text, weight >= 1.0)
            });
            question.options.extend(accepted);
        } else if is(asked, "inlineChoiceInteraction") {
            let choices = within(asked, "inlineChoice").map(|choice| BankOption {
                pair: gap.clone(),
                ..BankOption::new(
                    self.text(choice),
                    declared.is_right(attribute(choice, "identifier").unwrap_or_default()),
                )
            });
            question.options.extend(choices);
        } else {
            let pairs = declared.pairs();
            for choice in asked.children().filter(|node| is_any(*node, &["gapText", "gapImg"])) {
                let ident = attribute(choice, "identifier").unwrap_or_default();
                // Some write the gap first.
                let of = |(one, other): &(&str, &str)| match () {
                    () if *one == ident => Some((*other).to_owned()),
                    () if *other == ident => Some((*one).to_owned()),
                    () => None,
                };
                let gaps: Vec<String> = pairs.iter().filter_map(of).collect();
                let text = self.text(choice);
                if gaps.is_empty() {
                    question.options.push(BankOption::new(text, false));
                } else {
                    question.options.extend(gaps.into_iter().map(|gap| BankOption::paired(text.clone(), gap)));
                }
            }
        }
    }
}

fn typed(declared: &Declaration, question: &mut BankQuestion) {
    question.kind = if declared.number { Kind::Numeric } else { Kind::Short };
    for (text, weight) in declared.accepted() {
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        if declared.number && number.is_none() {
            continue;
        }
        question.options.push(BankOption {
            tolerance: number.filter(|_| declared.number).map(|number| declared.tolerance_of(number)),
            weight: Some(weight),
            ..BankOption::new(text, weight >= 1.0)
        });
    }
    if declared.correct.is_empty() && declared.mapped.is_empty() {
        // What is typed is marked by a program or a person, and the item does not say the answer.
        question.kind = Kind::Open;
    }
}

#[derive(Debug, Default)]
struct Item2Feedback {
    /// To those who gave the answer of this name.
    of_answers: HashMap<String, String>,
    /// To those who were wrong, and to those who were right.
    of_outcomes: [Option<String>; 2],
    /// To everybody.
    explanation: Option<String>,
}

impl Item2Feedback {
    fn from_item(item: Node<'_, '_>, body: Node<'_, '_>, source: &str) -> Self {
        let mut feedback = Self::default();
        let choices: Vec<&str> = body.descendants().filter_map(|node| attribute(node, "identifier")).collect();
        let modal = item.children().filter(|node| is(*node, "modalFeedback"));
        for node in modal.chain(within(body, "feedbackBlock")) {
            let ident = attribute(node, "identifier").unwrap_or_default();
            let text = inner(node, source, &|node| around(node, source, 0));
            if text.is_empty() || attribute(node, "showHide") == Some("hide") {
                continue;
            }
            let name = ident.to_ascii_lowercase();
            let about = |words: &[&str]| words.iter().any(|word| name.contains(word));
            if is(node, "modalFeedback") && choices.contains(&ident) {
                feedback.of_answers.entry(ident.to_owned()).or_insert(text);
            } else if about(&["incorrect", "wrong"]) {
                feedback.of_outcomes[0].get_or_insert(text);
            } else if about(&["correct", "right"]) {
                feedback.of_outcomes[1].get_or_insert(text);
            } else if about(&["solution", "general", "explanation", "rationale"]) {
                feedback.explanation.get_or_insert(text);
            }
        }
        feedback
    }
}
