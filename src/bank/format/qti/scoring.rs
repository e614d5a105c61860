//! What the response processing of version 1.2 says: which answers earn marks, and which feedback they get.

use roxmltree::Node;

use crate::bank::xml::content;

/// One condition and what follows from it.
#[derive(Debug, Default)]
pub(super) struct Condition {
    /// The marks that it earns, if it sets any.
    pub(super) score: Option<f64>,
    /// The answers that it wants, each with the response that it is about.
    pub(super) wanted: Vec<(String, String)>,
    /// Whether it wants some answers not to be given.
    pub(super) excludes: bool,
    /// The least and the greatest number that it takes.
    pub(super) range: [Option<f64>; 2],
    /// Whether it says of itself that it is for the right answer.
    correct: bool,
    /// The feedback that it shows.
    pub(super) feedback: Vec<String>,
}

impl Condition {
    pub(super) fn earns(&self) -> bool {
        self.score.is_some_and(|score| score > 0.0)
    }

    fn is_about_an_answer(&self) -> bool {
        !self.wanted.is_empty() || self.range.iter().any(Option::is_some)
    }
}

/// The conditions of an item. If none earns marks, as in Blackboard's, those earn one that call themselves right or
/// show the feedback for the right answer.
pub(super) fn conditions(item: Node<'_, '_>) -> Vec<Condition> {
    let mut conditions: Vec<Condition> =
        item.descendants().filter(|node| node.has_tag_name("respcondition")).map(condition).collect();
    if !conditions.iter().any(Condition::earns) {
        for condition in conditions.iter_mut().filter(|condition| condition.correct && condition.is_about_an_answer()) {
            condition.score = Some(1.0);
        }
    }
    conditions
}

/// What the feedback for the right answer is called.
const RIGHT: [&str; 3] = ["correct", "correct_fb", "general_correct_fb"];

fn condition(node: Node<'_, '_>) -> Condition {
    let says = |name: &str, value: &str| node.attribute(name).is_some_and(|found| found.eq_ignore_ascii_case(value));
    let mut condition =
        Condition { correct: says("correctanswer", "yes") || says("title", "correct"), ..Condition::default() };
    for inner in node.descendants() {
        match inner.tag_name().name() {
            "setvar" => condition.score = Some(condition.score.unwrap_or(0.0) + marks(inner)),
            "displayfeedback" => condition.feedback.extend(inner.attribute("linkrefid").map(str::to_owned)),
            "varequal" | "varsubset" if negated(inner) => condition.excludes = true,
            "varequal" | "varsubset" => {
                let about = inner.attribute("respident").unwrap_or_default().to_owned();
                condition.wanted.push((about, content(inner)));
            }
            "vargte" | "vargt" if !negated(inner) => condition.range[0] = content(inner).parse().ok(),
            "varlte" | "varlt" if !negated(inner) => condition.range[1] = content(inner).parse().ok(),
            _ => {}
        }
    }
    condition.correct |= condition.feedback.iter().any(|shown| RIGHT.contains(&shown.to_lowercase().as_str()));
    condition
}

/// The marks that a `setvar` adds. The name of the maximum stands for 1.
fn marks(setvar: Node<'_, '_>) -> f64 {
    let written = content(setvar);
    let all = if written.to_ascii_lowercase().contains("max") { 1.0 } else { 0.0 };
    let marks = written.parse().ok().filter(|marks: &f64| marks.is_finite()).unwrap_or(all);
    if setvar.attribute("action").is_some_and(|action| action.eq_ignore_ascii_case("subtract")) {
        -marks
    } else {
        marks
    }
}

fn negated(node: Node<'_, '_>) -> bool {
    let above = node.ancestors().skip(1).take_while(|above| !above.has_tag_name("conditionvar"));
    above.filter(|above| above.has_tag_name("not")).count() % 2 == 1
}

/// Which options are right, and the share of the mark of each if the item gives shares.
///
/// If several may be picked, either one condition names all right options, or each option earns its share. If one may
/// be picked, the one that earns most is right.
pub(super) fn right_options(conditions: &[Condition], idents: &[&str], several: bool) -> Vec<(bool, Option<f64>)> {
    let wants = |condition: &Condition, ident: &str| condition.wanted.iter().any(|(_, wanted)| wanted == ident);
    if several {
        let whole = conditions
            .iter()
            .filter(|condition| condition.earns() && !condition.wanted.is_empty())
            .filter(|condition| condition.excludes || condition.wanted.len() > 1)
            .max_by(|a, b| a.score.unwrap_or(0.0).total_cmp(&b.score.unwrap_or(0.0)));
        if let Some(whole) = whole {
            return idents.iter().map(|ident| (wants(whole, ident), None)).collect();
        }
    }
    let earned = |ident: &str| {
        let scores =
            conditions.iter().filter(|condition| wants(condition, ident)).filter_map(|condition| condition.score);
        if several { scores.reduce(|all, score| all + score) } else { scores.reduce(f64::max) }
    };
    let scores: Vec<Option<f64>> = idents.iter().map(|ident| earned(ident)).collect();
    let positive = || scores.iter().flatten().copied().filter(|score| *score > 0.0);
    let all = if several { positive().sum() } else { positive().fold(0.0, f64::max) };
    if all <= 0.0 {
        return vec![(false, None); idents.len()];
    }
    let shared = several || scores.iter().flatten().any(|score| *score != 0.0 && *score < all);
    let one = |score: &Option<f64>| {
        let score = score.unwrap_or(0.0);
        let right = if several { score > 0.0 } else { score >= all };
        (right, shared.then_some(score / all))
    };
    scores.iter().map(one).collect()
}
