//! One block becomes a question, or a problem with line, column and advice.

use super::block::{QuestionBlock, RawOption, StemLine, Stray};
use super::convention::Convention;
use super::list::Listed;
use super::marks::Marking;
use super::naming::Naming;
use super::verdict::names_both;
use super::{bare, mark, order};
use crate::bank::collect::Collected;
use crate::bank::defect::Defect;
use crate::bank::{BankOption, BankQuestion, Problem, Severity};
use crate::model::phrase::keeps_place;
use crate::model::{KeyOrigin, Kind};

/// Checks blocks one at a time.
pub(in crate::bank) struct Checker<'a> {
    /// The text of a line, from 1.
    text: &'a dyn Fn(usize) -> &'a str,
    pub(super) convention: Convention,
    single: bool,
    /// Whether questions of the bank have options.
    pub(super) choices: bool,
    pub(super) naming: Naming,
    marking: Marking,
    read: Collected,
}

impl<'a> Checker<'a> {
    pub(in crate::bank) fn new(text: &'a dyn Fn(usize) -> &'a str, convention: Convention, single: bool) -> Self {
        let marking = if convention.marks { Marking::any() } else { Marking::boxes() };
        Self { text, convention, single, choices: true, naming: Naming::Texts, marking, read: Collected::default() }
    }

    /// Decides how the file marks its right options.
    pub(super) fn decide_marks(&mut self, questions: &[QuestionBlock], listed: &[Listed]) {
        let resolve = |said: &str, block: &QuestionBlock| {
            let texts: Vec<&str> = block.options.iter().map(|option| option.text.as_str()).collect();
            order::read_answer(said, &block.options, &texts, self.convention.labels, self.naming)
                .map(|said| said.places)
        };
        let (marking, tally) = Marking::decide(questions, listed, &resolve);
        self.read.evidence.push(tally.evidence(&marking.names()));
        self.marking = marking;
    }

    /// Adds a block, with the answers that lists give to it.
    pub(in crate::bank) fn add(&mut self, block: QuestionBlock, listed: &[(usize, String)]) {
        match self.question(block, listed) {
            Ok(question) => self.read.questions.push(question),
            Err(problem) => self.reject(*problem),
        }
    }

    /// Keeps a question that needs no check.
    pub(in crate::bank) fn keep(&mut self, question: BankQuestion) {
        self.read.questions.push(question);
    }

    /// Counts a question that cannot be used.
    pub(in crate::bank) fn reject(&mut self, problem: Problem) {
        self.read.rejected += 1;
        self.read.problems.push(problem);
    }

    /// The result, with the problems in the order of the lines.
    pub(in crate::bank) fn finish(mut self) -> Collected {
        self.read.problems.sort_by_key(|problem| (problem.line, problem.column));
        self.read
    }

    fn problem(&self, line: usize, severity: Severity, code: &'static str, message: &str, hint: &str) -> Problem {
        Problem::of_text(line, (self.text)(line), severity, code, message, hint)
    }

    pub(super) fn defect(&self, line: usize, defect: Defect) -> Box<Problem> {
        self.error(line, defect.code(), &defect.message(), defect.hint().unwrap_or_default())
    }

    pub(super) fn error(&self, line: usize, code: &'static str, message: &str, hint: &str) -> Box<Problem> {
        Box::new(self.problem(line, Severity::Error, code, message, hint))
    }

    pub(in crate::bank) fn warn(&mut self, line: usize, code: &'static str, message: &str, hint: &str) {
        let problem = self.problem(line, Severity::Warning, code, message, hint);
        self.read.problems.push(problem);
    }

    /// Rejects a paragraph that has more or fewer lines than those of the other questions.
    pub(in crate::bank) fn odd_paragraph(&mut self, line: usize, length: usize) {
        let message = format!("this paragraph is no question: those of the others have {length} lines");
        let problem = self.error(line, "odd-paragraph", &message, "write its lines in the order of the others");
        self.reject(*problem);
    }

    pub(super) fn stray(&mut self, stray: &Stray) {
        // `True or false?` above statements is not a question.
        let asking = |line: &&StemLine| line.text.trim_end().ends_with(['?', '？', '؟']) && !names_both(&line.text);
        let asks: Vec<usize> = stray.lines.iter().filter(asking).map(|line| line.number).collect();
        for line in &asks {
            let problem = self.defect(*line, Defect::NoOptions("write its options below it, as `- A. …`"));
            self.reject(*problem);
        }
        let first = stray.lines.first().map_or(1, |line| line.number);
        match (asks.is_empty(), stray.preamble) {
            (false, _) => {}
            (true, true) => self.warn(first, "preamble", "text before the first question is left out", ""),
            (true, false) => self.warn(first, "stray-text", "text that belongs to no question is left out", ""),
        }
    }

    fn question(&mut self, mut block: QuestionBlock, listed: &[(usize, String)]) -> Result<BankQuestion, Box<Problem>> {
        let first_option = block.options.first().map_or(1, |option| option.line);
        let line = block.stem.first().map_or(first_option, |line| line.number);
        let (stem, id) = stem_of(&block);
        if block.stem.iter().all(|line| line.text.trim().is_empty()) {
            let (message, hint) = ("these options have no question", "write the question above them");
            return Err(self.error(first_option, "no-stem", message, hint));
        }
        if block.options.is_empty() {
            return self.without_options(block, listed, stem, id);
        }
        let labels = order::by_label(&mut block.options);
        self.check_options(line, &block.options, &labels)?;
        let answered = !block.answers.is_empty() || !listed.is_empty();
        let reading = self.marking.read_marks(&block.options, answered);
        self.stray_marks(&block.options, &reading);
        let mut options = texts(&mut block.options, reading.texts);
        let (right, more) = self.answers(&block, &reading.right, &options, listed)?;
        let marked: Vec<usize> = (0..options.len()).filter(|place| right.contains(place)).collect();
        if self.single && marked.len() > 1 {
            let second = block.answers.first().map_or(block.options[marked[1]].line, |(line, _)| *line);
            let message = "a second answer is marked, but the bank says `kind: single`";
            let hint = "leave one mark, or take `kind: single` out of the front matter";
            return Err(self.error(second, "several-answers", message, hint));
        }
        for place in &marked {
            options[*place].correct = true;
        }
        let mut left_out = self.empty_options(&block.options, &options)?;
        left_out.extend(self.equal_options(&block.options, &options)?);
        if !left_out.is_empty() {
            let mut places = 0..;
            options.retain(|_| places.next().is_some_and(|place| !left_out.contains(&place)));
        }
        let right = options.iter().filter(|option| option.correct).count();
        let mut kind = kind_of(right);
        if marked.len() == options.len() && marked.len() == block.options.len() {
            let said: Vec<&str> = block.answers.iter().chain(listed).map(|(_, said)| said.as_str()).collect();
            let texts: Vec<&str> = options.iter().map(|option| option.text.as_str()).collect();
            if let Some(sequence) = order::sequence(&said, &block.options, &texts, self.convention.labels, self.naming)
            {
                options = sequence.into_iter().map(|place| options[place].clone()).collect();
                kind = Kind::Order;
            }
        }
        let key = if marked.is_empty() { KeyOrigin::Missing } else { KeyOrigin::Marked };
        let question = BankQuestion { line, id, kind, stem, options, key, ..BankQuestion::default() };
        Ok(completed(question, block, more))
    }

    /// A statement, a short answer, a card, or options without labels.
    fn without_options(
        &self,
        block: QuestionBlock,
        listed: &[(usize, String)],
        stem: String,
        id: Option<String>,
    ) -> Result<BankQuestion, Box<Problem>> {
        let line = block.stem.first().map_or(1, |line| line.number);
        let reject = |defect: Defect| self.defect(line, defect);
        let mut said = block.answers.iter().chain(listed);
        let (_, answer) = said.next().ok_or_else(|| reject(bare::NO_OPTIONS))?;
        if let Some((line, _)) = said.find(|(_, other)| other.trim() != answer.trim()) {
            let message = "this answer contradicts another one of the question";
            return Err(self.error(*line, "answer-conflict", message, "leave one of them"));
        }
        let around = bare::Surroundings { choices: self.choices, labels: self.convention.labels };
        let (question, more) = bare::question(&block, &stem, answer, around).map_err(reject)?;
        Ok(completed(BankQuestion { line, id, ..question }, block, more))
    }
}

/// The question with the rest of its block.
fn completed(question: BankQuestion, block: QuestionBlock, more: impl IntoIterator<Item = String>) -> BankQuestion {
    let explanation = more.into_iter().chain(block.explanation).collect::<Vec<_>>().join("\n").trim().to_owned();
    BankQuestion {
        id: block.id.or(question.id),
        topic: block.topic.filter(|topic| !topic.is_empty()),
        explanation: (!explanation.is_empty()).then_some(explanation),
        tags: block.tags,
        ..question
    }
}

fn stem_of(block: &QuestionBlock) -> (String, Option<String>) {
    let stem = joined(&block.stem);
    let bare = mark::bold(&stem).unwrap_or(&stem).to_owned();
    let above = |stem: &str| match block.passage.is_empty() {
        true => stem.to_owned(),
        false => format!("{}\n\n{stem}", joined(&block.passage)),
    };
    match bare.trim_end().strip_suffix('}').and_then(|open| open.rsplit_once("{#")) {
        Some((stem, id)) if !id.is_empty() && !id.contains(char::is_whitespace) => {
            (above(stem.trim_end()), Some(id.into()))
        }
        _ => (above(&bare), None),
    }
}

/// Lines with their paragraphs.
fn joined(lines: &[StemLine]) -> String {
    let mut text = String::new();
    for (place, line) in lines.iter().enumerate() {
        if place > 0 {
            text.push_str(if line.apart { "\n\n" } else { "\n" });
        }
        // Code keeps its indentation.
        text.push_str(if place == 0 { line.text.trim() } else { &line.text });
    }
    text
}

/// The options without their marks. Texts are moved, and copied only if a mark is removed.
fn texts(options: &mut [RawOption], ranges: Vec<std::ops::Range<usize>>) -> Vec<BankOption> {
    let mut taken = Vec::with_capacity(options.len());
    for (option, range) in options.iter_mut().zip(ranges) {
        let whole = std::mem::take(&mut option.text);
        let text = if range.len() == whole.len() { whole } else { whole.get(range).unwrap_or(&whole).to_owned() };
        let (pinned, feedback) = (keeps_place(&text), option.feedback.take());
        taken.push(BankOption { pinned, feedback, ..BankOption::new(text, false) });
    }
    taken
}

/// The kind of a question with choices, by the number of right ones. "True" and "False" are two options, unless a
/// format has a kind for them.
pub(in crate::bank) fn kind_of(right: usize) -> Kind {
    if right > 1 { Kind::Multiple } else { Kind::Single }
}
