//! Blocks become questions, or problems with line, column and what to do.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Read;
use super::block::{Block, Blocks, KeyList, RawOption, StemLine, Stray};
use super::convention::{Convention, Labels};
use super::{key, mark};
use crate::bank::identity::{Fingerprint, normalise};
use crate::bank::{BankOption, BankQuestion, Problem, Severity};
use crate::model::{KeyOrigin, Kind, letter};

/// More options are no multiple choice.
pub(in crate::bank) const MOST_OPTIONS: usize = 52;

/// Checks every block; all problems are told at once.
pub(in crate::bank) fn questions(blocks: Blocks, lines: &[String], convention: Convention, single: bool) -> Read {
    let mut checker = Checker { lines, read: Read::default(), seen: HashMap::new() };
    let mut answers = keyed(&blocks, &mut checker);
    for stray in &blocks.stray {
        checker.stray(stray);
    }
    for (place, block) in blocks.questions.into_iter().enumerate() {
        let listed = std::mem::take(&mut answers[place]);
        match checker.question(block, &listed, convention, single) {
            Ok(Some(question)) => checker.read.questions.push(question),
            Ok(None) => {}
            Err(problem) => {
                checker.read.rejected += 1;
                checker.read.problems.push(*problem);
            }
        }
    }
    checker.read.problems.sort_by_key(|problem| (problem.line, problem.column));
    checker.read
}

/// The answers that lists give to questions, by number where the questions are numbered, else in their order.
fn keyed(blocks: &Blocks, checker: &mut Checker<'_>) -> Vec<Vec<(usize, Vec<usize>)>> {
    let mut answers = vec![Vec::new(); blocks.questions.len()];
    for KeyList { line, pairs, from, to, in_order } in &blocks.keys {
        let scope = &blocks.questions[*from..*to];
        let numbered = !in_order && scope.iter().any(|block| block.number.is_some());
        if pairs.is_empty() {
            checker.warn(*line, "empty-key", "the list of answers is empty", "write lines such as `1. B`");
        }
        let mut place_of: HashMap<usize, usize> = HashMap::new();
        for (place, number) in (0..).zip(scope).filter_map(|(place, block)| Some((place, block.number?))) {
            place_of.entry(number).or_insert(place);
        }
        for (line, number, places) in pairs {
            let found = if numbered {
                place_of.get(number).copied()
            } else {
                number.checked_sub(1).filter(|place| *place < scope.len())
            };
            match found {
                Some(place) => answers[from + place].push((*line, places.clone())),
                None => checker.warn(
                    *line,
                    "no-such-question",
                    &format!("the list of answers names question {number}, which is not there"),
                    "check the numbers of the questions",
                ),
            }
        }
    }
    answers
}

struct Checker<'a> {
    lines: &'a [String],
    read: Read,
    /// What was read, by its fingerprint: line and right places.
    seen: HashMap<u64, (usize, Vec<String>)>,
}

impl Checker<'_> {
    fn problem(&self, line: usize, severity: Severity, code: &'static str, message: &str, hint: &str) -> Problem {
        let text = self.lines.get(line.saturating_sub(1)).map_or("", String::as_str);
        let column = text.chars().take_while(|char| *char == ' ').count() + 1;
        let width = text.trim().chars().count().clamp(1, 160);
        let excerpt = text.chars().take(200).collect();
        let hint = (!hint.is_empty()).then(|| hint.to_owned());
        Problem { line, column, width, severity, code, message: message.into(), hint, excerpt }
    }

    fn error(&self, line: usize, code: &'static str, message: &str, hint: &str) -> Box<Problem> {
        Box::new(self.problem(line, Severity::Error, code, message, hint))
    }

    fn warn(&mut self, line: usize, code: &'static str, message: &str, hint: &str) {
        let problem = self.problem(line, Severity::Warning, code, message, hint);
        self.read.problems.push(problem);
    }

    fn stray(&mut self, stray: &Stray) {
        let asking = |line: &&StemLine| line.text.trim_end().ends_with(['?', '？', '؟']);
        let asks: Vec<usize> = stray.lines.iter().filter(asking).map(|line| line.number).collect();
        for line in &asks {
            self.read.rejected += 1;
            let hint = "write its options below it, as `- A. …`";
            let problem = self.error(*line, "no-options", "the question has no options", hint);
            self.read.problems.push(*problem);
        }
        let first = stray.lines.first().map_or(1, |line| line.number);
        match (asks.is_empty(), stray.preamble) {
            (false, _) => {}
            (true, true) => self.warn(first, "preamble", "text before the first question is left out", ""),
            (true, false) => self.warn(first, "stray-text", "text that belongs to no question is left out", ""),
        }
    }

    fn question(
        &mut self,
        block: Block,
        listed: &[(usize, Vec<usize>)],
        convention: Convention,
        single: bool,
    ) -> Result<Option<BankQuestion>, Box<Problem>> {
        let first_option = block.options.first().map_or(1, |option| option.line);
        let line = block.stem.first().map_or(first_option, |line| line.number);
        let (stem, id) = stem_of(&block);
        if stem.trim().is_empty() {
            return Err(self.error(
                first_option,
                "no-stem",
                "these options have no question",
                "write the question above them",
            ));
        }
        self.check_options(line, &block.options, convention)?;
        let mut options = texts(&block.options, convention);
        let right = self.answers(&block, &mut options, listed, convention)?;
        let marked: Vec<usize> = (0..options.len()).filter(|place| right.contains(place)).collect();
        if single && marked.len() > 1 {
            let second = block.answers.first().map_or(block.options[marked[1]].line, |(line, _)| *line);
            return Err(self.error(
                second,
                "several-answers",
                "a second answer is marked, but the bank says `kind: single`",
                "leave one mark, or take `kind: single` out of the front matter",
            ));
        }
        for place in &marked {
            options[*place].correct = true;
        }
        self.check_equal(&block.options, &options)?;
        let kind = kind_of(&options, marked.len());
        let explanation = block.explanation.join("\n").trim().to_owned();
        let question = BankQuestion {
            line,
            id: block.id.or(id),
            kind,
            topic: block.topic.filter(|topic| !topic.is_empty()),
            stem,
            options,
            key: if marked.is_empty() { KeyOrigin::Missing } else { KeyOrigin::Marked },
            explanation: (!explanation.is_empty()).then_some(explanation),
            tags: block.tags,
            ..BankQuestion::default()
        };
        Ok(self.once(question))
    }

    /// The question, unless the same one stands above.
    fn once(&mut self, question: BankQuestion) -> Option<BankQuestion> {
        let print = Fingerprint::of_bank(&question);
        let mut right: Vec<String> =
            question.correct().into_iter().map(|place| normalise(&question.options[place].text)).collect();
        right.sort_unstable();
        match self.seen.entry(print.whole) {
            Entry::Vacant(free) => {
                free.insert((question.line, right));
                Some(question)
            }
            Entry::Occupied(above) => {
                let (line, said) = above.get();
                let (code, message, hint) = if *said == right {
                    ("duplicate", format!("the same question stands in line {line}; this one is left out"), "")
                } else {
                    let message =
                        format!("the same question stands in line {line} with another answer; this one is left out");
                    ("conflicting-keys", message, "see which of the two answers is right")
                };
                self.warn(question.line, code, &message, hint);
                self.read.duplicates.push(question);
                None
            }
        }
    }

    fn check_options(&self, line: usize, options: &[RawOption], convention: Convention) -> Result<(), Box<Problem>> {
        if options.len() == 1 {
            return Err(self.error(
                options[0].line,
                "one-option",
                "the question has one option only",
                "give it at least two",
            ));
        }
        if options.len() > MOST_OPTIONS {
            return Err(self.error(
                line,
                "many-options",
                &format!("the question has {} options", options.len()),
                "52 are the most",
            ));
        }
        for (place, option) in options.iter().enumerate() {
            if let Some(label) = option.place.filter(|label| *label != place) {
                let message = format!("this option is labelled {}, but {} is due here", letter(label), letter(place));
                return Err(self.error(option.line, "label-order", &message, "label the options in order, each once"));
            }
        }
        let shown = texts(options, convention);
        for (option, shown) in options.iter().zip(&shown) {
            if shown.text.trim().is_empty() {
                return Err(self.error(
                    option.line,
                    "empty-option",
                    "this option is empty",
                    "write its text behind the label",
                ));
            }
        }
        Ok(())
    }

    /// Two options that say the same are an error where one of them is right, else only odd.
    fn check_equal(&mut self, raw: &[RawOption], options: &[BankOption]) -> Result<(), Box<Problem>> {
        let mut seen: HashMap<Cow<'_, str>, usize> = HashMap::new();
        let keyed = options.iter().any(|option| option.correct);
        for (place, option) in options.iter().enumerate() {
            let Some(first) = seen.insert(exact(&option.text), place) else { continue };
            let (message, hint) = ("this option says the same as another", "make them differ, or remove one");
            if !keyed || option.correct || options[first].correct {
                return Err(self.error(raw[place].line, "equal-options", message, hint));
            }
            self.warn(raw[place].line, "equal-options", message, hint);
        }
        Ok(())
    }

    /// The places of the right options, by marks, by an answer line and by a list; they must agree.
    fn answers(
        &self,
        block: &Block,
        options: &mut [BankOption],
        listed: &[(usize, Vec<usize>)],
        convention: Convention,
    ) -> Result<Vec<usize>, Box<Problem>> {
        let texts: Vec<String> = options.iter().map(|option| option.text.clone()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let mut said: Vec<(usize, Vec<usize>)> = Vec::new();
        let marked = marked(&block.options, convention);
        if let Some(first) = marked.first() {
            said.push((block.options[*first].line, marked.clone()));
        }
        for (line, answer) in &block.answers {
            let places = key::resolve(answer, &texts, convention.labels == Labels::Numbers).ok_or_else(|| {
                self.error(
                    *line,
                    "no-such-option",
                    &format!("`{answer}` names no option of this question"),
                    "name its letter, or repeat its text",
                )
            })?;
            said.push((*line, places));
        }
        said.extend(listed.iter().cloned());
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
                    return Err(self.error(
                        line,
                        "answer-conflict",
                        "this answer contradicts another mark of the question",
                        "leave one of them",
                    ));
                }
                _ => agreed = Some(places),
            }
        }
        Ok(agreed.unwrap_or_default())
    }
}

fn stem_of(block: &Block) -> (String, Option<String>) {
    let mut stem = String::new();
    for (place, line) in block.stem.iter().enumerate() {
        if place > 0 {
            stem.push_str(if line.apart { "\n\n" } else { "\n" });
        }
        // Code keeps its indentation.
        stem.push_str(if place == 0 { line.text.trim() } else { &line.text });
    }
    let bare = mark::bold(&stem).unwrap_or(&stem).to_owned();
    match bare.trim_end().strip_suffix('}').and_then(|open| open.rsplit_once("{#")) {
        Some((stem, id)) if !id.is_empty() && !id.contains(char::is_whitespace) => {
            (stem.trim_end().into(), Some(id.into()))
        }
        _ => (bare, None),
    }
}

/// Bold type marks nothing where every option is bold.
fn bold_counts(options: &[RawOption]) -> bool {
    !options.iter().all(|option| option.bold || mark::take(&option.text).bold)
}

fn marked(options: &[RawOption], convention: Convention) -> Vec<usize> {
    if !convention.marks {
        return (0..options.len()).filter(|&place| options[place].right).collect();
    }
    let bold = bold_counts(options);
    let is_marked = |option: &RawOption| {
        let taken = mark::take(&option.text);
        option.right || (option.bold && bold) || (taken.right && (bold || !taken.bold))
    };
    (0..options.len()).filter(|&place| is_marked(&options[place])).collect()
}

fn texts(options: &[RawOption], convention: Convention) -> Vec<BankOption> {
    options
        .iter()
        .map(|option| {
            let text = if convention.marks { mark::take(&option.text).text } else { option.text.trim() }.to_owned();
            BankOption {
                pinned: is_pinned(&text),
                text,
                correct: false,
                feedback: option.feedback.clone(),
                ..BankOption::default()
            }
        })
        .collect()
}

/// What tells two options of one question apart: case and marks may ("`List`" and "`list`"), white space may not.
pub(in crate::bank) fn exact(text: &str) -> Cow<'_, str> {
    if text.contains("  ") || text.contains('\n') {
        Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(text.trim())
    }
}

/// A longer option is no phrase such as "all of the above", in bytes.
const LONGEST_PHRASE: usize = 40;

/// "All of the above" and the like keep their place when options are shuffled.
pub(in crate::bank) fn is_pinned(text: &str) -> bool {
    if text.len() > LONGEST_PHRASE {
        return false;
    }
    let text = normalise(text);
    const PHRASES: [&str; 8] = [
        "all of the above",
        "none of the above",
        "all of these",
        "none of these",
        "all the above",
        "none of the options",
        "all of the options",
        "all of the above options",
    ];
    let pair = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        matches!(words[..], [a, "and", b] | ["both", a, "and", b] if a.len() == 1 && b.len() == 1)
    };
    PHRASES.contains(&text.as_str()) || pair(&text)
}

fn kind_of(options: &[BankOption], marked: usize) -> Kind {
    if marked > 1 {
        return Kind::Multiple;
    }
    if options.len() != 2 {
        return Kind::Single;
    }
    let mut words: Vec<String> = options.iter().map(|option| normalise(&option.text)).collect();
    words.sort_unstable();
    if words == ["false", "true"] { Kind::TrueFalse } else { Kind::Single }
}
