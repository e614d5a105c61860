//! Data: JSON, JSON Lines, YAML, TOML and XML, in the shapes that quizzes, cards and benchmarks have. Names of fields are hints; what
//! a field holds is decided by the values of the whole file.

mod choice;
mod detect;
mod item;
mod keys;
mod learned;
pub(in crate::bank) mod line;
mod made;
mod name;
mod near;
mod notation;
mod option;
mod pairs;
mod parse;
mod question;
mod refuse;
mod rows;
mod strict;
mod value;
mod view;
mod visitor;
mod vocabulary;
mod walk;
mod written;
mod xml;

pub(in crate::bank) use detect::{is_broken, notation};
pub(in crate::bank) use notation::Notation;

use learned::{Learned, learn};
use question::{AnswerShape, DataItem};
use serde_json::Value;
use walk::Walk;

use super::record;
use crate::bank::collect::Collected;
use crate::bank::defect::Defect;
use crate::bank::lines::checker::Checker;
use crate::bank::{Problem, Refusal, Severity, Source};
use crate::model::Markup;

/// Reads the questions of a text. Fails when it cannot be parsed, holds no questions, or its keys can be read in two
/// ways.
pub(in crate::bank) fn read_data(source: &Source<'_>, notation: Notation) -> Result<Collected, Refusal> {
    let documents = parse::documents(&source.text, notation)?;
    let mut learned = Learned::default();
    let mut items = walk(&documents.values, &learned);
    if answered(&items) * 2 < items.len() || items.is_empty() {
        let found = learn(documents.values.iter().map(|(_, value)| value));
        let again = if found.options.is_some() { walk(&documents.values, &found) } else { Vec::new() };
        if answered(&again) > answered(&items) {
            (items, learned) = (again, found);
        } else if !items.iter().any(|item| item.shape.asks()) {
            return Err(refuse::no_questions(notation, documents.values.iter().map(|(_, value)| value), &found));
        }
    }
    place(&mut items, &source.text);
    let mut evidence: Vec<_> = learned.evidence().into_iter().collect();
    evidence.extend(keys::settle(&mut items, source.options.key_base)?);
    let mut read = questions(items, source);
    for (line, why) in documents.broken {
        read.rejected += 1;
        read.problems.push(problem(source, line, ("bad-record", &why, "correct the line")));
    }
    read.problems.sort_by_key(|problem| (problem.line, problem.column));
    read.evidence.extend(evidence);
    read.deck = documents.values.iter().find_map(|(_, value)| value.get("deck")?.as_str().map(str::to_owned));
    Ok(read)
}

/// The questions of documents, each with the line of its document if that is known.
fn walk(documents: &[(Option<usize>, Value)], learned: &Learned) -> Vec<DataItem> {
    let mut walk = Walk::new(learned);
    for (line, value) in documents {
        let before = walk.items.len();
        walk.document(value);
        // A line of JSON Lines among others is a record, as an object of a list is.
        if let Some(line) = line {
            if walk.items.len() == before {
                walk.items.push(DataItem { shape: AnswerShape::Unknown, ..DataItem::default() });
            }
            walk.items[before..].iter_mut().for_each(|item| item.record.line = *line);
        }
    }
    if !walk.items.iter().any(|item| item.shape.asks()) {
        walk.items.retain(|item| !matches!(item.shape, AnswerShape::Unknown));
    }
    walk.items
}

/// How many items have an answer.
fn answered(items: &[DataItem]) -> usize {
    let answered = |item: &&DataItem| match &item.shape {
        AnswerShape::Choice { answers, .. } => {
            !answers.is_empty() || item.record.options.iter().any(|option| option.flagged)
        }
        shape => shape.asks(),
    };
    items.iter().filter(answered).count()
}

/// Finds the lines of items without a line.
fn place(items: &mut [DataItem], text: &str) {
    if items.iter().all(|item| item.record.line > 0) {
        return;
    }
    let lines = line::lines(text, items.iter().map(|item| item.anchor.as_str()));
    items.iter_mut().zip(lines).for_each(|(item, line)| item.record.line = line);
}

/// Makes questions of items, in the order of the file.
fn questions(items: Vec<DataItem>, source: &Source<'_>) -> Collected {
    let text = |line: usize| source.line(line);
    let flagged = |item: &DataItem| item.record.options.iter().any(|option| option.flagged);
    let keyed = items.iter().any(|item| matches!(item.shape, AnswerShape::Choice { .. }) && flagged(item));
    let mut checker = Checker::new(&text, record::convention(!keyed), false);
    for item in items {
        let line = item.record.line;
        match &item.shape {
            AnswerShape::Choice { .. } if item.record.options.is_empty() => {
                checker.reject(record::no_options(&item.record, source));
            }
            AnswerShape::Choice { .. } => checker.add(record::block(item.record, &[]), &[]),
            AnswerShape::Broken(Defect::NoSuchOption) => checker.reject(record::no_such_option(&item.record, source)),
            AnswerShape::Broken(why) => checker.reject(fault(source, line, why)),
            AnswerShape::Unknown => {
                let hint = "name its fields as the other questions name theirs";
                checker.warn(line, "left-out", "this is among questions and is none; it is left out", hint);
            }
            shape => {
                if matches!(shape, AnswerShape::Order { written: true }) {
                    let hint = "name the right order, as `correct_order`, if it is another";
                    checker.warn(line, "order-as-written", "the order is taken to be right as it is written", hint);
                }
                match made::question(item) {
                    Ok(question) => checker.keep(question),
                    Err(why) => checker.reject(fault(source, line, &why)),
                }
            }
        }
    }
    let mut read = checker.finish();
    // Texts that are paragraphs of HTML are shown as such.
    let set = |text: &str| text.starts_with("<p") || text.starts_with("<div") || text.starts_with("<span");
    let html = read.questions.iter().filter(|question| set(&question.stem) && question.stem.ends_with('>')).count();
    if html * 2 > read.questions.len() {
        read.questions.iter_mut().for_each(|question| question.markup = Markup::Html);
    }
    read
}

fn fault(source: &Source<'_>, line: usize, fault: &Defect) -> Problem {
    problem(source, line, (fault.code(), &fault.message(), fault.hint().unwrap_or_default()))
}

fn problem(source: &Source<'_>, line: usize, why: (&'static str, &str, &str)) -> Problem {
    let (code, message, hint) = why;
    Problem::of_line(line, source.line(line).trim(), Severity::Error, code, message, hint)
}

#[cfg(test)]
mod tests;
