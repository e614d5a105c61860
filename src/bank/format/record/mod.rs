//! Records: rows of tables and objects of data, a question each. How the key is written (letters, places from 0 or from
//! 1, the text of the option, flags) is decided once for the file, never for a row.

pub(in crate::bank) mod header;
pub(in crate::bank) mod inline;
pub(in crate::bank) mod key;
pub(in crate::bank) mod list;
pub(in crate::bank) mod markup;
pub(in crate::bank) mod table;
pub(in crate::bank) mod whole;

use key::decide;

use crate::bank::collect::Collected;
use crate::bank::lines::alphabet::Labels;
use crate::bank::lines::block::{QuestionBlock, RawOption, StemLine};
use crate::bank::lines::checker::Checker;
use crate::bank::lines::convention::Convention;
use crate::bank::lines::label::label;
use crate::bank::lines::verdict::verdict;
use crate::bank::{BankOption, BankQuestion, KeyBase, Problem, Refusal, Severity, Source};
use crate::model::{KeyOrigin, Kind};

/// A question as a record has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::bank) struct Record {
    /// The line or row, from 1.
    pub(in crate::bank) line: usize,
    pub(in crate::bank) id: Option<String>,
    pub(in crate::bank) stem: String,
    pub(in crate::bank) options: Vec<RecordOption>,
    /// The answer as it is written; empty without one, or if the options are flagged.
    pub(in crate::bank) answer: Vec<String>,
    pub(in crate::bank) explanation: String,
    pub(in crate::bank) topic: Option<String>,
    pub(in crate::bank) tags: Vec<String>,
}

impl Record {
    /// A question of this kind, whose options the record does not list itself.
    pub(in crate::bank::format) fn question(self, kind: Kind, options: Vec<BankOption>) -> BankQuestion {
        BankQuestion {
            line: self.line,
            id: self.id,
            kind,
            topic: self.topic,
            stem: self.stem,
            options,
            key: KeyOrigin::Marked,
            explanation: Some(self.explanation).filter(|text| !text.is_empty()),
            tags: self.tags,
            ..BankQuestion::default()
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::bank) struct RecordOption {
    pub(in crate::bank) text: String,
    /// Whether the record itself says that it is right.
    pub(in crate::bank) flagged: bool,
    pub(in crate::bank) feedback: Option<String>,
}

impl RecordOption {
    pub(in crate::bank) fn new(text: &str, flagged: bool) -> Self {
        Self { text: text.trim().to_owned(), flagged, feedback: None }
    }
}

/// Makes questions of records. `hinted`: the numbers that the names of the option columns begin with.
pub(in crate::bank) fn questions(
    mut records: Vec<Record>,
    source: &Source<'_>,
    hinted: Option<KeyBase>,
) -> Result<Collected, Refusal> {
    for record in &mut records {
        unlabel(&mut record.options);
    }
    by_digits(&mut records);
    let keyed: Vec<&Record> = records.iter().filter(|record| !record.answer.is_empty()).collect();
    let unkeyed = keyed.is_empty();
    let base = if unkeyed { KeyBase::Text } else { decide(&keyed, source.options.key_base, hinted)? };
    // Without keys and flags, options may have marks (`*text`, `text (correct)`).
    let marks = unkeyed && !records.iter().any(|record| record.options.iter().any(|option| option.flagged));
    let text = |line: usize| source.line(line);
    let mut checker = Checker::new(&text, convention(marks), false);
    for record in records {
        if record.options.is_empty() {
            match typed(&record, base) {
                Some(question) => checker.keep(question),
                None => checker.reject(no_options(&record, source)),
            }
            continue;
        }
        let flagged = record.options.iter().any(|option| option.flagged);
        let places = if record.answer.is_empty() { Some(Vec::new()) } else { base.places(&record) };
        match places.or_else(|| flagged.then(Vec::new)) {
            Some(places) => checker.add(block(record, &places), &[]),
            None => checker.reject(no_such_option(&record, source)),
        }
    }
    Ok(checker.finish())
}

/// Keys with a digit for each option (`0101`) flag the right ones, if all keys have this form and none equals an
/// option.
fn by_digits(records: &mut [Record]) {
    let digits = |record: &Record| {
        let [answer] = &record.answer[..] else { return false };
        answer.len() == record.options.len()
            && answer.len() > 1
            && answer.contains('1')
            && answer.bytes().all(|digit| b"01".contains(&digit))
            && record.options.iter().all(|option| option.text != *answer)
    };
    let mut keyed = records.iter().filter(|record| !record.answer.is_empty()).peekable();
    if keyed.peek().is_none() || !keyed.all(digits) {
        return;
    }
    for record in records {
        let Some(answer) = record.answer.pop() else { continue };
        record.options.iter_mut().zip(answer.bytes()).for_each(|(option, digit)| option.flagged |= digit == b'1');
    }
}

/// A question without options whose answer says itself what is right: a verdict, or what is to be typed. A letter or a place refers
/// to options that are lost.
fn typed(record: &Record, base: KeyBase) -> Option<BankQuestion> {
    let [answer] = &record.answer[..] else { return None };
    let refers = answer.chars().count() == 1 || base != KeyBase::Text && answer.parse::<f64>().is_ok();
    let lettered =
        base == KeyBase::Letter && answer.chars().all(|char| char.is_ascii_uppercase() || !char.is_alphanumeric());
    if record.stem.is_empty() || refers || lettered {
        return None;
    }
    let (kind, options) = match verdict(answer).filter(|verdict| verdict.worded) {
        Some(verdict) => (Kind::TrueFalse, BankOption::verdicts(verdict.words, verdict.holds)),
        None => (Kind::Short, vec![BankOption::new(answer, true)]),
    };
    Some(record.clone().question(kind, options))
}

/// How the options of records are read; with `marks` they have marks of their own.
pub(in crate::bank) fn convention(marks: bool) -> Convention {
    Convention { labels: Labels::Bullets, parted: true, lower: None, marks }
}

/// The problem of an answer that names none of the options.
pub(in crate::bank) fn no_such_option(record: &Record, source: &Source<'_>) -> Problem {
    let message = format!("the answer `{}` names no option of this question", record.answer.join(", "));
    rejected(
        record,
        source,
        "no-such-option",
        message,
        "name one of its options in the way that the rest of the file does",
    )
}

/// A record has nothing to pick from.
pub(in crate::bank) fn no_options(record: &Record, source: &Source<'_>) -> Problem {
    let message = "the question has no options".to_owned();
    rejected(record, source, "no-options", message, "give it a list of options, or columns for them")
}

fn rejected(record: &Record, source: &Source<'_>, code: &'static str, message: String, hint: &str) -> Problem {
    let line = source.line(record.line);
    let text = if line.is_empty() { &record.stem } else { line };
    trimmed(Problem::of_line(record.line, text, Severity::Error, code, message, hint))
}

/// A problem as wide as the text of its line.
fn trimmed(problem: Problem) -> Problem {
    let width = problem.excerpt.trim().chars().count().clamp(1, 160);
    Problem { width, ..problem }
}

/// A record with options as a block, which is checked like those of lines.
pub(in crate::bank) fn block(record: Record, right: &[usize]) -> QuestionBlock {
    let line = record.line;
    let mut block = QuestionBlock {
        id: record.id,
        topic: record.topic.clone(),
        heading: record.topic,
        tags: record.tags,
        explanation: vec![record.explanation],
        ..QuestionBlock::default()
    };
    block.stem.push(StemLine { number: line, text: record.stem, apart: false });
    let options = record.options.into_iter().enumerate().map(|(place, RecordOption { text, flagged, feedback })| {
        RawOption { feedback, ..RawOption::new(line, None, text, flagged || right.contains(&place)) }
    });
    block.options = options.collect();
    block
}

/// Takes labels off options that all have theirs (`(A) …`, `B. …`).
pub(in crate::bank) fn unlabel(options: &mut [RecordOption]) {
    let labelled = |(place, option): (usize, &RecordOption)| {
        label(&option.text)
            .is_some_and(|label| label.place == place && !label.number && label.set_off && !label.rest.is_empty())
    };
    if options.len() > 1 && options.iter().enumerate().all(labelled) {
        for option in options {
            option.text = label(&option.text).map_or_else(String::new, |label| label.rest.to_owned());
        }
    }
}

#[cfg(test)]
mod tests;
