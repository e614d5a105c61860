//! The questions of a quiz, line by line.

use super::line::{admonition, dedent, heading, indent, lettered, numbered, opens_fold, plain, ticked};
use super::roles::{LineRole, roles};
use super::tail::{settle_tail, unlabel};
use crate::bank::format::tags::without_tags;
use crate::bank::lines::alphabet::Labels;
use crate::bank::lines::block::{Blocks, QuestionBlock, RawOption, StemLine, Stray};
use crate::bank::lines::key::{NamedLine, answer_and_more, is_key, named};
use crate::bank::lines::label::bullet;
use crate::bank::lines::tidy::Tidy;
use crate::bank::lines::{answer, mark};

/// The questions so far, and the one that is open.
#[derive(Default)]
pub(super) struct MarkdownScanner<'a> {
    lines: &'a [String],
    /// Their numbers in the file.
    numbers: &'a [usize],
    roles: Vec<LineRole>,
    pub(super) blocks: Blocks,
    open: Option<QuestionBlock>,
    /// Lines behind the last option that belong to it or to the explanation.
    tail: Vec<(usize, String)>,
    folded: Option<Vec<(usize, String)>>,
    /// The indentation of an admonition.
    noted: Option<usize>,
    summary: bool,
    topic: Option<String>,
    apart: bool,
    boxes: bool,
}

impl<'a> MarkdownScanner<'a> {
    pub(super) fn new(tidy: &'a Tidy) -> Self {
        let (lines, numbers) = (&tidy.lines[..], &tidy.numbers[..]);
        let boxes = lines.iter().any(|line| ticked(line).is_some());
        Self { lines, numbers, roles: roles(lines, 0), apart: true, boxes, ..Self::default() }
    }

    pub(super) fn line(&mut self, at: usize) {
        let (line, role) = (&self.lines[at], self.roles[at]);
        if role == LineRole::Asks {
            self.begin(at);
            return;
        }
        if self.fold(at, role) {
            return;
        }
        match role {
            LineRole::Heading if !self.is_inner_heading(line) => {
                self.end_question();
                let (level, text) = heading(line).unwrap_or((1, line));
                // The title of a document is no topic, unless it is a list of quizzes with boxes.
                let topic = level > 1 || self.boxes;
                self.topic = (topic && !text.is_empty()).then(|| plain(text).to_owned());
            }
            LineRole::Option if self.open.is_some() => self.option(at),
            _ => self.other(at, role),
        }
    }

    /// A heading below the options says something of the question (`#### Answer: D`).
    fn is_inner_heading(&self, line: &str) -> bool {
        let text = heading(line).map_or(line, |(_, text)| text);
        self.open.as_ref().is_some_and(|open| !open.options.is_empty()) && named(text).is_some()
    }

    fn begin(&mut self, at: usize) {
        self.end_question();
        let line = self.lines[at].trim();
        let text = heading(line).map_or(line, |(_, text)| text);
        let text = bullet(text).unwrap_or(text);
        let bare = mark::bold(text).unwrap_or(text);
        let (number, stem) = numbered(bare).map_or((None, bare), |(number, rest)| (Some(number), rest));
        let mut block = QuestionBlock {
            number,
            heading: self.topic.clone(),
            topic: self.topic.clone(),
            ..QuestionBlock::default()
        };
        if !stem.is_empty() {
            block.stem.push(StemLine { number: self.numbers[at], text: stem.to_owned(), apart: false });
        }
        self.open = Some(block);
        self.apart = false;
    }

    fn option(&mut self, at: usize) {
        self.noted = None;
        let line = &self.lines[at];
        let Some(block) = &mut self.open else { return };
        let due = block.options.len();
        let found = ticked(line)
            .map(|(right, text)| (right, None, text))
            .or_else(|| lettered(line, due).map(|text| (false, Some(due), text)))
            .or_else(|| bullet(line.trim()).map(|text| (false, None, text)));
        let Some((right, place, text)) = found else { return };
        if let Some(last) = block.options.last_mut() {
            let more = self.tail.drain(..).map(|(_, line)| line).collect::<Vec<_>>().join("\n");
            if !more.trim().is_empty() {
                last.text = format!("{}\n{}", last.text, more.trim_end()).trim().to_owned();
            }
        }
        self.tail.clear();
        // The check decides about bold options: they are right if nothing else marks any.
        block.options.push(RawOption::new(self.numbers[at], place, text.trim(), right));
    }

    fn other(&mut self, at: usize, role: LineRole) {
        let line = &self.lines[at];
        let blank = line.trim().is_empty();
        let Some(block) = &mut self.open else {
            if !blank && role != LineRole::Code {
                let stray = StemLine { number: self.numbers[at], text: line.trim().to_owned(), apart: true };
                let asks = stray.text.ends_with('?') && bullet(&stray.text).is_none();
                if asks && !self.blocks.questions.is_empty() {
                    self.blocks.stray.push(Stray { lines: vec![stray], preamble: false });
                }
            }
            return;
        };
        if block.options.is_empty() {
            if blank && role != LineRole::Code {
                self.apart = !block.stem.is_empty();
                return;
            }
            let text = if role == LineRole::Code { line.clone() } else { line.trim().to_owned() };
            block.stem.push(StemLine { number: self.numbers[at], text, apart: self.apart });
            self.apart = false;
        } else {
            self.tail.push((self.numbers[at], line.clone()));
        }
    }

    /// Takes a line of a folded part. Says whether it was one.
    fn fold(&mut self, at: usize, role: LineRole) -> bool {
        let line = &self.lines[at];
        if self.open.is_none() {
            return false;
        }
        if self.folded.is_none() && role != LineRole::Code {
            if opens_fold(line) {
                self.folded = Some(Vec::new());
            } else if admonition(line) {
                self.noted = Some(indent(line));
                self.folded = Some(Vec::new());
                return true;
            }
        }
        if self.folded.is_none() {
            return false;
        }
        if let Some(outer) = self.noted {
            if !line.trim().is_empty() && indent(line) <= outer {
                self.noted = None;
                self.unfold();
                return false;
            }
            let text = line.get(outer + 4..).unwrap_or_else(|| line.trim_start()).to_owned();
            self.folded.get_or_insert_default().push((self.numbers[at], text));
            return true;
        }
        let closes = line.to_ascii_lowercase().contains("</details>");
        let text = if role == LineRole::Code { Some(line.clone()) } else { self.bare(line) };
        if let Some(text) = text {
            self.folded.get_or_insert_default().push((self.numbers[at], text));
        }
        if closes {
            self.unfold();
        }
        true
    }

    /// The line without the tags of the fold; `None` if nothing is left.
    fn bare(&mut self, line: &str) -> Option<String> {
        let mut rest = line.to_owned();
        let lower = rest.to_ascii_lowercase();
        if let Some(from) = lower.find("<summary") {
            match lower.find("</summary>") {
                Some(to) if to > from => rest.replace_range(from..to + "</summary>".len(), ""),
                _ => {
                    rest.truncate(from);
                    self.summary = true;
                }
            }
        } else if self.summary {
            let to = lower.find("</summary>")?;
            self.summary = false;
            rest.replace_range(..to + "</summary>".len(), "");
        }
        let is_fold = |inner: &str| {
            let end = inner.find(['>', ' ', '/']).unwrap_or(0);
            ["details", "p", "div", "br", "hr", "blockquote"].iter().any(|tag| inner[..end].eq_ignore_ascii_case(tag))
        };
        rest = without_tags(&rest, is_fold);
        (line.trim().is_empty() || !rest.trim().is_empty()).then_some(rest)
    }

    fn unfold(&mut self) {
        let lines = self.folded.take().unwrap_or_default();
        self.summary = false;
        let Some(block) = &mut self.open else { return };
        self.tail.clear();
        let mut explanation = Vec::new();
        for (number, line) in lines {
            let text = heading(&line).map_or(line.trim(), |(_, text)| text);
            let first = explanation.iter().all(|line: &String| line.trim().is_empty());
            match named(text) {
                Some(NamedLine::Answer(answer)) if block.answers.is_empty() => {
                    let (answer, more) = answer_and_more(answer);
                    explanation.extend(more.map(str::to_owned));
                    block.answers.push((number, unadorned(answer).to_owned()));
                }
                Some(NamedLine::Explanation(rest)) if first => explanation.push(rest.to_owned()),
                _ => match folded_answer(text, heading(&line).is_some(), &block.options) {
                    Some(answer) if first && block.answers.is_empty() => block.answers.push((number, answer)),
                    _ => explanation.push(line),
                },
            }
        }
        block.explanation.push(dedent(&explanation));
    }

    pub(super) fn end_question(&mut self) {
        if self.folded.is_some() {
            self.noted = None;
            self.unfold();
        }
        let tail = std::mem::take(&mut self.tail);
        let Some(mut block) = self.open.take() else { return };
        if block.options.is_empty() {
            if block.number.is_some() || block.stem.iter().any(|line| line.text.ends_with(['?', '？'])) {
                self.blocks.stray.push(Stray { lines: asking(block.stem), preamble: false });
            }
            return;
        }
        let explanation = settle_tail(&mut block, tail);
        if block.explanation.is_empty() {
            block.explanation = explanation;
        } else {
            block.explanation.splice(0..0, explanation);
        }
        unlabel(&mut block.options);
        self.blocks.questions.push(block);
    }
}

/// The answer that begins a folded part without a known word: a heading that ends in a letter, in any language
/// (`#### Vastaus: D`), the letter of an option alone, or an option repeated.
fn folded_answer(text: &str, heading: bool, options: &[RawOption]) -> Option<String> {
    let answer_text = match text.rsplit_once([':', '：']) {
        Some((word, answer_text)) if heading && word.chars().count() < 40 => answer_text,
        _ => text,
    };
    let answer_text = answer_text.trim().trim_matches(['*', '_', '`', ' ']);
    let texts: Vec<&str> = options.iter().map(|option| option.text.as_str()).collect();
    let read = answer::read_answer(answer_text, &texts, Labels::Letters)?;
    // `**B** - it grows`, `B. It grows`
    let behind = answer_text.trim_start_matches(['(', '[']).get(1..).unwrap_or_default();
    let set_off = behind.starts_with([')', ']', '*', '.', ':', ','])
        || [" - ", " – ", " — "].iter().any(|sign| behind.starts_with(sign));
    let whole = (read.more.is_none() || set_off) && read.differs.is_none() && !answer_text.ends_with(['?', '!']);
    (whole && read.places.iter().all(|place| *place < texts.len())).then(|| answer_text.to_owned())
}

/// An answer without bold type; what follows a key keeps its full stop.
fn unadorned(answer: &str) -> &str {
    let bare = answer.trim_matches(['*', '_', '`', ' ']);
    if is_key(bare) { bare.trim_end_matches('.') } else { bare }
}

/// A question without options is reported once, by its first line.
fn asking(stem: Vec<StemLine>) -> Vec<StemLine> {
    let first = stem.into_iter().next();
    first.map(|line| StemLine { text: line.text.trim_end_matches('?').to_owned() + "?", ..line }).into_iter().collect()
}
