//! The checks of the options of a question, and of its answers.

use std::borrow::Cow;

use super::block::{QuestionBlock, RawOption};
use super::checker::Checker;
use super::marks::MarkReading;
use super::order::{self, LabelSequence};
use crate::bank::defect::{Defect, MOST_OPTIONS, exact};
use crate::bank::{BankOption, Problem};
use crate::model::letter;

impl Checker<'_> {
    pub(super) fn check_options(
        &self,
        line: usize,
        options: &[RawOption],
        labels: &LabelSequence,
    ) -> Result<(), Box<Problem>> {
        if options.len() == 1 {
            return Err(self.defect(options[0].line, Defect::OneOption));
        }
        if options.len() > MOST_OPTIONS {
            let message = format!("the question has {} options", options.len());
            return Err(self.error(line, "many-options", &message, "52 are the most"));
        }
        for (place, option) in options.iter().enumerate().filter(|_| *labels != LabelSequence::Apart) {
            if let Some(label) = option.place.filter(|label| *label != place) {
                let message = format!("this option is labelled {}, but {} is due here", letter(label), letter(place));
                return Err(self.error(option.line, "label-order", &message, "label the options in order, each once"));
            }
        }
        Ok(())
    }

    /// Warns of marks that are used elsewhere in the file, if another mark of the question decides.
    pub(super) fn stray_marks(&mut self, options: &[RawOption], reading: &MarkReading) {
        for (place, sign) in &reading.stray {
            let message = format!("{sign} is not what marks this question; it is read as text");
            self.warn(options[*place].line, "stray-mark", &message, "take it off, or see which option is right");
        }
    }

    /// An empty option that is wrong is left out if others remain to choose from.
    pub(super) fn empty_options(
        &mut self,
        raw: &[RawOption],
        options: &[BankOption],
    ) -> Result<Vec<usize>, Box<Problem>> {
        let empty = |option: &BankOption| option.text.trim().is_empty();
        let Some(first) = options.iter().position(empty) else { return Ok(Vec::new()) };
        let (line, message, hint) = (raw[first].line, "this option is empty", "write its text behind the label");
        let keyed = options.iter().any(|option| option.correct);
        let left = options.iter().filter(|option| !empty(option)).count();
        if !keyed || left < 2 || options.iter().any(|option| empty(option) && option.correct) {
            return Err(self.error(line, "empty-option", message, hint));
        }
        self.warn(line, "empty-option", "this option is empty; it is left out", hint);
        Ok((0..options.len()).filter(|place| empty(&options[*place])).collect())
    }

    /// Of options with the same text one copy remains: the right one, else the first. Without a key the copies cannot
    /// be distinguished.
    pub(super) fn equal_options(
        &mut self,
        raw: &[RawOption],
        options: &[BankOption],
    ) -> Result<Vec<usize>, Box<Problem>> {
        let texts: Vec<Cow<'_, str>> = options.iter().map(|option| exact(&option.text)).collect();
        let keyed = options.iter().any(|option| option.correct);
        // A question has 52 options at most.
        let stays = |place: usize| {
            let mut equal = (0..options.len()).filter(|other| texts[*other] == texts[place]);
            let first = equal.clone().next();
            equal.find(|other| options[*other].correct).or(first) == Some(place)
        };
        let copies: Vec<usize> =
            (0..options.len()).filter(|place| !texts[*place].is_empty() && !stays(*place)).collect();
        let line = |place: usize| raw[place].line;
        let (message, hint) = ("this option says the same as another", "make them differ, or remove one");
        let others = texts.iter().filter(|text| !text.is_empty()).count() - copies.len();
        if let Some(copy) = copies.first().filter(|_| !keyed || others < 2) {
            return Err(self.error(line(*copy), "equal-options", message, hint));
        }
        for copy in &copies {
            self.warn(line(*copy), "equal-options", &format!("{message}; one copy stays"), hint);
        }
        Ok(copies)
    }

    /// The places of the right options, by marks, answer line and list, which must agree; and the further text of the
    /// answers.
    pub(super) fn answers(
        &mut self,
        block: &QuestionBlock,
        marked: &[usize],
        options: &[BankOption],
        listed: &[(usize, String)],
    ) -> Result<(Vec<usize>, Vec<String>), Box<Problem>> {
        let mut more = Vec::new();
        let texts: Vec<&str> = options.iter().map(|option| option.text.as_str()).collect();
        let mut said: Vec<(usize, Vec<usize>)> = Vec::new();
        if let Some(first) = marked.first() {
            said.push((block.options[*first].line, marked.to_vec()));
        }
        for (line, answer) in block.answers.iter().chain(listed) {
            let read = order::read_answer(answer, &block.options, &texts, self.convention.labels, self.naming);
            let message = || format!("`{answer}` names no option of this question");
            let hint = "name its letter, or repeat its text";
            let read = read.ok_or_else(|| self.error(*line, "no-such-option", &message(), hint))?;
            if let ([place], Some(other)) = (&read.places[..], read.differs) {
                let message =
                    format!("the answer is {}, but says `{other}`, which that option does not", letter(*place));
                self.warn(*line, "key-text-differs", &message, "see which option is meant");
            }
            more.extend(read.more.map(str::to_owned));
            said.push((*line, read.places));
        }
        let mut agreed: Option<Vec<usize>> = None;
        for (line, mut places) in said {
            places.sort_unstable();
            places.dedup();
            if let Some(place) = places.iter().find(|place| **place >= options.len()) {
                let message =
                    format!("the answer is {}, but the options end at {}", letter(*place), letter(options.len() - 1));
                return Err(self.error(line, "no-such-option", &message, "name one of the options"));
            }
            match &agreed {
                Some(other) if *other != places => {
                    let message = "this answer contradicts another mark of the question";
                    return Err(self.error(line, "answer-conflict", message, "leave one of them"));
                }
                _ => agreed = Some(places),
            }
        }
        Ok((agreed.unwrap_or_default(), more))
    }
}
