//! The types `calculated`, `calculatedsimple` and `calculatedmulti`: texts and answers with wildcards such as `{a}` for
//! numbers of a data set. The question is asked with the first number of each.

use std::collections::HashMap;

use roxmltree::Node;

use super::content;
use super::formula::value;
use crate::bank::BankQuestion;
use crate::bank::defect::Defect;
use crate::bank::xml::child;
use crate::model::Kind;

/// More figures than this are not shown of a number that was calculated.
const FIGURES: i32 = 6;

/// Puts numbers for the wildcards of a question, and calculates its answers.
pub(super) fn settle(question: &mut BankQuestion, node: Node<'_, '_>) -> Result<(), Defect> {
    let numbers = numbers(node);
    question.stem = filled(&question.stem, &numbers)?;
    if let Some(explanation) = &mut question.explanation {
        *explanation = filled(explanation, &numbers)?;
    }
    if question.kind.has_choices() {
        for option in &mut question.options {
            option.text = filled(&option.text, &numbers)?;
        }
        return Ok(());
    }
    question.kind = Kind::Numeric;
    let answers = node.children().filter(|child| child.has_tag_name("answer"));
    for (option, answer) in question.options.iter_mut().zip(answers) {
        if option.text.trim() == "*" {
            option.tolerance = Some(0.0);
            continue;
        }
        let number = value(&with_numbers(&option.text, &numbers)?).ok_or(Defect::NoFormula)?;
        option.text = figures(number);
        option.tolerance = Some(tolerance(answer, number));
    }
    Ok(())
}

/// The tolerance of an answer, given as a number, as a share of the answer (the default), or as a geometric factor.
fn tolerance(answer: Node<'_, '_>, number: f64) -> f64 {
    let setting = |name: &str| child(answer, name).map(content).and_then(|setting| setting.parse::<f64>().ok());
    let tolerance = setting("tolerance").unwrap_or(0.0).abs();
    let absolute = setting("tolerancetype").is_some_and(|kind| kind == 2.0);
    let tolerance = if absolute { tolerance } else { (number * tolerance).abs() };
    // What is shown is rounded, so that much may always be off.
    let rounded = figures(number).parse::<f64>().map_or(0.0, |shown| (shown - number).abs());
    tolerance.max(rounded)
}

/// The first number of each data set, by its name.
fn numbers(node: Node<'_, '_>) -> HashMap<String, f64> {
    let sets = child(node, "dataset_definitions").into_iter().flat_map(|sets| sets.children());
    sets.filter(|set| set.has_tag_name("dataset_definition"))
        .filter_map(|set| {
            let name = child(set, "name").map(super::text)?;
            let items = child(set, "dataset_items")?;
            let mut items = items.children().filter(|item| item.has_tag_name("dataset_item"));
            let number = child(items.next()?, "value").map(content)?.parse().ok()?;
            Some((name, number))
        })
        .collect()
}

/// A text with numbers for its wildcards, and what `{=…}` says calculated.
fn filled(text: &str, numbers: &HashMap<String, f64>) -> Result<String, Defect> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{=") {
        filled.push_str(&with_numbers(before, numbers)?);
        let end = closing(after).ok_or(Defect::NoFormula)?;
        let number = value(&with_numbers(&after[..end], numbers)?).ok_or(Defect::NoFormula)?;
        filled.push_str(&figures(number));
        rest = &after[end + 1..];
    }
    filled.push_str(&with_numbers(rest, numbers)?);
    Ok(filled)
}

/// The place of the brace that closes the one before this text.
fn closing(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    text.char_indices().find_map(|(at, char)| match char {
        '{' => {
            open += 1;
            None
        }
        '}' if open == 0 => Some(at),
        '}' => {
            open -= 1;
            None
        }
        _ => None,
    })
}

/// A text with a number for each wildcard; braces around anything else are text.
fn with_numbers(text: &str, numbers: &HashMap<String, f64>) -> Result<String, Defect> {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        written.push_str(before);
        match after.split_once('}') {
            Some((name, after)) if is_name(name) => {
                written.push_str(&figures(*numbers.get(name).ok_or(Defect::NoDataSet)?));
                rest = after;
            }
            _ => {
                written.push('{');
                rest = after;
            }
        }
    }
    written.push_str(rest);
    Ok(written)
}

fn is_name(name: &str) -> bool {
    name.starts_with(|char: char| char.is_alphabetic()) && name.len() < 64 && !name.contains(char::is_control)
}

/// A number with no more figures than people write.
fn figures(number: f64) -> String {
    if number == 0.0 {
        return "0".into();
    }
    let magnitude = number.abs().log10().floor();
    #[expect(clippy::cast_possible_truncation, reason = "the magnitude of a number is between -324 and 308")]
    let places = (FIGURES - 1 - magnitude as i32).clamp(0, 17);
    let written = format!("{number:.*}", usize::try_from(places).unwrap_or(0));
    match written.contains('.') {
        true => written.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => written,
    }
}
