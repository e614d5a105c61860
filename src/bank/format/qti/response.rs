//! What an item of version 2 or 3 declares about a response: the right answers and their shares of the mark.

use std::collections::{HashMap, HashSet};

use roxmltree::Node;

use super::markup::{attribute, is, within};
use crate::bank::xml::content;

#[derive(Debug, Default)]
pub(super) struct Declaration {
    pub(super) ident: String,
    /// Whether several answers are given.
    pub(super) several: bool,
    /// Whether a number is given.
    pub(super) number: bool,
    /// The correct response: choices, pairs such as `A P`, or what is typed.
    pub(super) correct: Vec<String>,
    /// Other answers, and what each is worth.
    pub(super) mapped: Vec<(String, f64)>,
    /// The tolerance of a number, and whether it is in percent.
    tolerance: Option<(f64, bool)>,
}

pub(super) fn declarations(item: Node<'_, '_>) -> Vec<Declaration> {
    let mut tolerances = HashMap::new();
    for equal in within(item, "equal").chain(within(item, "equalRounded")) {
        let about = within(equal, "variable").find_map(|variable| attribute(variable, "identifier"));
        if let Some((about, tolerance)) = about.zip(tolerance(equal)) {
            tolerances.entry(about).or_insert(tolerance);
        }
    }
    let declarations = item.children().filter(|node| is(*node, "responseDeclaration"));
    declarations.map(|node| declaration(node, &tolerances)).collect()
}

fn declaration(node: Node<'_, '_>, tolerances: &HashMap<&str, (f64, bool)>) -> Declaration {
    let ident = attribute(node, "identifier").unwrap_or_default();
    let correct = node.children().filter(|inner| is(*inner, "correctResponse"));
    let entries = within(node, "mapEntry").filter_map(|entry| {
        let worth = attribute(entry, "mappedValue")?.parse().ok().filter(|worth: &f64| worth.is_finite())?;
        Some((attribute(entry, "mapKey")?.to_owned(), worth))
    });
    Declaration {
        ident: ident.to_owned(),
        several: matches!(attribute(node, "cardinality"), Some("multiple" | "ordered")),
        number: matches!(attribute(node, "baseType"), Some("integer" | "float")),
        correct: correct.flat_map(|correct| within(correct, "value")).map(content).collect(),
        mapped: entries.collect(),
        tolerance: tolerances.get(ident).copied(),
    }
}

/// `tolerance="0.1"` or `tolerance="0.1 0.2"`; of two, the smaller is kept on both sides.
fn tolerance(equal: Node<'_, '_>) -> Option<(f64, bool)> {
    if let Some(figures) = attribute(equal, "figures") {
        // Rounded to this many decimal places.
        let places: i32 = figures.parse().ok().filter(|places| (0..=15).contains(places))?;
        let decimal = attribute(equal, "roundingMode") == Some("decimalPlaces");
        return decimal.then(|| (0.5 / 10_f64.powi(places), false));
    }
    let numbers = attribute(equal, "tolerance")?.split_whitespace().filter_map(|number| number.parse::<f64>().ok());
    let tolerance = numbers.map(f64::abs).filter(|number| number.is_finite()).reduce(f64::min)?;
    match attribute(equal, "toleranceMode") {
        Some("absolute") => Some((tolerance, false)),
        Some("relative") => Some((tolerance, true)),
        _ => None,
    }
}

impl Declaration {
    /// Whether an answer is right: it is declared so, or, without a declaration, it earns as much as any.
    pub(super) fn is_right(&self, answer: &str) -> bool {
        if !self.correct.is_empty() {
            return self.correct.iter().any(|correct| correct == answer);
        }
        let worth = self.worth(answer).unwrap_or(0.0);
        worth > 0.0 && (self.several || worth >= self.best())
    }

    /// The share of the mark, if the item gives the worth of answers.
    pub(super) fn share(&self, answer: &str) -> Option<f64> {
        let positive = || self.mapped.iter().map(|(_, worth)| *worth).filter(|worth| *worth > 0.0);
        let all = if self.several { positive().sum() } else { self.best() };
        (all > 0.0).then(|| self.worth(answer).unwrap_or(0.0) / all)
    }

    fn worth(&self, answer: &str) -> Option<f64> {
        self.mapped.iter().find(|(known, _)| known == answer).map(|(_, worth)| *worth)
    }

    fn best(&self) -> f64 {
        self.mapped.iter().map(|(_, worth)| *worth).fold(0.0, f64::max)
    }

    /// What may be typed: the correct response, then what else earns marks, each with its share of the mark.
    pub(super) fn accepted(&self) -> Vec<(String, f64)> {
        let best = self.best();
        let known: HashSet<&String> = self.correct.iter().collect();
        let mut accepted: Vec<(String, f64)> =
            self.correct.iter().filter(|answer| !answer.is_empty()).map(|answer| (answer.clone(), 1.0)).collect();
        for (answer, worth) in self.mapped.iter().filter(|(_, worth)| *worth > 0.0) {
            if !known.contains(answer) {
                accepted.push((answer.clone(), worth / best));
            }
        }
        accepted
    }

    /// How far a number may be off.
    pub(super) fn tolerance_of(&self, number: f64) -> f64 {
        match self.tolerance {
            Some((percent, true)) => super::rounded((number * percent / 100.0).abs()),
            Some((tolerance, false)) => tolerance,
            None => 0.0,
        }
    }

    /// The pairs that are right, each as its two names.
    pub(super) fn pairs(&self) -> Vec<(&str, &str)> {
        let declared = self.correct.iter().map(String::as_str);
        let mapped = self.mapped.iter().filter(|(_, worth)| *worth > 0.0).map(|(pair, _)| pair.as_str());
        let pairs: Vec<&str> = if self.correct.is_empty() { mapped.collect() } else { declared.collect() };
        pairs.into_iter().filter_map(|pair| pair.trim().split_once(char::is_whitespace)).collect()
    }
}
