//! Adds lines to the blocks that they belong to.

use super::block::{Blocks, QuestionBlock, RawOption, StemLine, Stray, push_line};
use super::convention::Convention;
use super::key::{NamedLine, answer_and_more};
use super::line::{BankLine, LineKind, OptionLine, below};
use super::verdict::verdict;

#[derive(Clone, Copy, PartialEq, Eq)]
enum OpenPart {
    Options,
    Answer,
    /// Below `Answer:`, where the answer is due.
    AnswerDue,
    /// Right below the answer of a question without options, which may continue.
    Answered,
    Explanation,
}

pub(super) struct Gatherer {
    pub(super) blocks: Blocks,
    convention: Convention,
    pending: QuestionBlock,
    open: Option<(QuestionBlock, OpenPart)>,
    blank: bool,
    heading: Option<String>,
    pub(super) list_from: usize,
    /// Whether topics are below the questions that they are of.
    topics_below: bool,
    /// The indentation of the whole file. Only deeper lines continue the line above.
    base: usize,
}

/// More lines of an answer are not looked through for the next question.
const LONGEST_ANSWER: usize = 12;

/// Whether the line begins another question: an answer follows it, before a blank line does.
fn asks_again(lines: &[BankLine<'_>], at: usize) -> bool {
    let ends = |line: &&BankLine<'_>| {
        !matches!(line.what, LineKind::Blank | LineKind::Numbered(..) | LineKind::Heading(_) | LineKind::Rule)
    };
    let mut below = lines[at + 1..].iter().take(LONGEST_ANSWER).take_while(ends);
    below.any(|line| matches!(line.what, LineKind::Named(NamedLine::Answer(_)) | LineKind::Option(_)))
}

impl Gatherer {
    pub(super) fn new(lines: &[BankLine<'_>], convention: Convention, topics_below: bool) -> Self {
        let indents = lines.iter().filter(|line| !matches!(line.what, LineKind::Blank)).map(|line| line.indent);
        Self {
            blocks: Blocks::default(),
            convention,
            pending: QuestionBlock::default(),
            open: None,
            blank: true,
            heading: None,
            list_from: 0,
            topics_below,
            base: indents.min().unwrap_or(0),
        }
    }

    pub(super) fn add(&mut self, lines: &[BankLine<'_>], at: usize) {
        let (line, next, before) = (&lines[at], lines.get(at + 1), at.checked_sub(1).map(|before| &lines[before]));
        if self.answer_due(line) {
            return;
        }
        let ended = matches!((&line.what, &self.open), (LineKind::Text(_), Some((_, OpenPart::Answered))))
            && (self.blank || asks_again(lines, at) || self.is_answered(lines, at));
        if let Some((_, at_answer @ OpenPart::Answered)) = self.open.as_mut().filter(|_| ended) {
            *at_answer = OpenPart::Answer;
        }
        match &line.what {
            LineKind::Blank => {
                self.blank = true;
                if let Some((_, at @ (OpenPart::Explanation | OpenPart::Answered))) = &mut self.open {
                    *at = OpenPart::Answer;
                }
                return;
            }
            LineKind::Rule => self.close(),
            LineKind::Aside => self.blocks.asides.push(line.number),
            LineKind::Option(option) => self.option(line, option),
            LineKind::Named(named) => self.named(line, named),
            LineKind::Code(text) => self.code(line, text),
            LineKind::Heading(text) => {
                self.close();
                let asks = next.is_some_and(|next| matches!(next.what, LineKind::Option(_)));
                // A heading above questions is their topic, even if it asks something.
                let heads = || {
                    below(lines, at)
                        .is_some_and(|line| matches!(line.what, LineKind::Numbered(..) | LineKind::Heading(_)))
                };
                if asks || text.ends_with('?') && !heads() {
                    self.stem(line.number, text);
                } else {
                    self.flush();
                    self.heading = Some((*text).to_owned());
                }
            }
            LineKind::Numbered(number, text) => {
                let asks = next.is_some_and(|next| matches!(next.what, LineKind::Option(_)));
                self.numbered(line, number.filter(|_| !asks), *number, text);
            }
            LineKind::More(text) => self.more(line, text),
            LineKind::Note(text) => self.note(line, text),
            LineKind::Text(text) => {
                let rule = |line: Option<&BankLine<'_>>| line.is_some_and(|line| matches!(line.what, LineKind::Rule));
                if rule(next) && (rule(before) || self.blank) {
                    self.close();
                    self.flush();
                    self.heading = Some(text.trim().to_owned());
                } else {
                    self.text(line, text);
                }
            }
        }
        self.blank = false;
    }

    /// Whether the line cannot continue the answer above: that is a verdict, or the line is a title right above a
    /// question.
    fn is_answered(&self, lines: &[BankLine<'_>], at: usize) -> bool {
        let Some((QuestionBlock { answers, .. }, OpenPart::Answered)) = &self.open else { return false };
        let (Some((_, said)), LineKind::Text(text)) = (answers.last(), &lines[at].what) else { return false };
        let above = below(lines, at).is_none_or(|line| matches!(line.what, LineKind::Numbered(..)));
        let title = super::title::is_title_text(text) && !text.starts_with(char::is_lowercase);
        let ended = said.split_whitespace().count() < 5 && !said.ends_with([',', ';', ':', '，', '；', '：', '-']);
        verdict(said).is_some() || (above && title && ended)
    }

    /// Adds the line below `Answer:`.
    fn answer_due(&mut self, line: &BankLine<'_>) -> bool {
        let Some((block, at @ OpenPart::AnswerDue)) = &mut self.open else { return false };
        let said = match &line.what {
            LineKind::Blank => return false,
            LineKind::Text(text) => text,
            // `- blood` repeats an option; `B. blood` names one.
            LineKind::Option(option) if option.place.is_none() => option.text,
            LineKind::Option(option) => option.whole,
            LineKind::Code(text) if block.options.is_empty() => text,
            _ => "",
        };
        *at = if block.options.is_empty() { OpenPart::Answered } else { OpenPart::Answer };
        if said.is_empty() {
            return false;
        }
        block.answers.push((line.number, said.trim().to_owned()));
        true
    }

    fn option(&mut self, line: &BankLine<'_>, option: &OptionLine<'_>) {
        let expected = match &self.open {
            Some((block, OpenPart::Options)) if self.pending.stem.is_empty() => block.options.len(),
            _ => 0,
        };
        // `e.g. this` begins no option unless an E is due.
        if !option.sure && (option.place != Some(expected) || (expected == 0 && !option.usual)) {
            return self.text(line, option.whole);
        }
        let starts = match &self.open {
            None => true,
            Some((_, OpenPart::Options)) => {
                let again = option.place == Some(0) && expected > 1 && self.blank && self.begun_with_first();
                !self.pending.stem.is_empty() || again
            }
            Some(_) => true,
        };
        if starts {
            self.close();
            self.leave_unanswered();
            let mut block = std::mem::take(&mut self.pending);
            block.heading.clone_from(&self.heading);
            self.open = Some((block, OpenPart::Options));
        }
        if let Some((block, _)) = &mut self.open {
            let raw = RawOption::new(line.number, option.place, option.text, option.right);
            block.options.push(RawOption { bold: option.bold, ..raw });
        }
    }

    /// Whether the open question has its first option already.
    fn begun_with_first(&self) -> bool {
        self.open.as_ref().is_some_and(|(block, _)| block.options.iter().any(|option| option.place == Some(0)))
    }

    fn named(&mut self, line: &BankLine<'_>, named: &NamedLine<'_>) {
        if let NamedLine::Topic(topic) = named {
            if let Some((block, at)) = self.open.as_mut().filter(|_| self.topics_below && self.pending.stem.is_empty())
            {
                block.own_topic = Some((*topic).to_owned());
                *at = OpenPart::Answer;
                return;
            }
            self.close();
            self.flush();
            self.pending.topic = Some((*topic).to_owned());
            return;
        }
        if matches!(named, NamedLine::Answer(_)) && !self.pending.stem.is_empty() {
            self.begin_without_options();
        }
        let Some((block, at)) = self.open.as_mut().filter(|_| self.pending.stem.is_empty()) else {
            // `Note: …` before any options is a line of a stem.
            let text = match named {
                NamedLine::Answer(text) => format!("Answer: {text}"),
                NamedLine::Explanation(text)
                | NamedLine::Tags(text)
                | NamedLine::Topic(text)
                | NamedLine::List(text)
                | NamedLine::Question(text) => (*text).to_owned(),
            };
            return self.stem(line.number, &text);
        };
        match named {
            NamedLine::Answer("") => *at = OpenPart::AnswerDue,
            NamedLine::Answer(text) => {
                let (text, more) = answer_and_more(text);
                block.explanation.extend(more.map(str::to_owned));
                block.answers.push((line.number, text.to_owned()));
                *at = if block.options.is_empty() { OpenPart::Answered } else { OpenPart::Answer };
            }
            NamedLine::Explanation(text) => {
                block.explanation.push((*text).to_owned());
                *at = OpenPart::Explanation;
            }
            NamedLine::Tags(text) => {
                block.tags.extend(text.split(',').map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()));
                *at = OpenPart::Answer;
            }
            NamedLine::Topic(_) | NamedLine::List(_) | NamedLine::Question(_) => {}
        }
    }

    /// Begins a question that has an answer but no options: the text above its answer line.
    fn begin_without_options(&mut self) {
        self.close();
        let mut block = std::mem::take(&mut self.pending);
        // Paragraphs above the one that is answered do not belong to a question without a number. A single line may be
        // its title.
        let last = block.stem.iter().rposition(|line| line.apart).filter(|_| block.numbered_at.is_none()).unwrap_or(0);
        if last > 1 {
            let lines: Vec<StemLine> = block.stem.drain(..last).collect();
            self.blocks.stray.push(Stray { lines, preamble: self.blocks.questions.is_empty() });
        }
        block.heading.clone_from(&self.heading);
        self.open = Some((block, OpenPart::Answer));
    }

    /// `listed`: the number, if the line may belong to a list within a stem.
    fn numbered(&mut self, line: &BankLine<'_>, listed: Option<usize>, number: Option<usize>, text: &str) {
        // A numbered list within a stem: `Which are true?` / `1. …` / `2. …`
        let asking = self.pending.stem.last().is_some_and(|last| last.text.ends_with(['?', ':', '？', '：']));
        let listing = self.pending.number.is_none() || number != self.pending.number.map(|number| number + 1);
        if let Some(number) = listed.filter(|_| listing && asking && !self.blank && self.open.is_none()) {
            return self.stem(line.number, &format!("{number}. {text}"));
        }
        self.close();
        if self.pending.numbered_at.is_some() {
            self.flush();
        }
        self.pending.number = number;
        self.pending.worded = number.is_none();
        self.pending.numbered_at = Some(self.pending.stem.len());
        if !text.is_empty() {
            self.stem(line.number, text);
        }
    }

    /// Code continues the text right above it.
    fn code(&mut self, line: &BankLine<'_>, text: &str) {
        match &mut self.open {
            Some((block, OpenPart::Options)) if self.pending.stem.is_empty() => {
                let due = !self.blank || block.options.iter().any(|option| option.text.contains("\n"));
                if let Some(option) = block.options.last_mut().filter(|_| due) {
                    return push_line(&mut option.text, text);
                }
            }
            Some((block, OpenPart::Explanation)) if self.pending.stem.is_empty() => {
                return block.explanation.push(text.to_owned());
            }
            Some((block, OpenPart::Answered)) if self.pending.stem.is_empty() => return block.answer_more(text),
            _ => {}
        }
        self.close();
        self.stem(line.number, text);
    }

    fn text(&mut self, line: &BankLine<'_>, text: &str) {
        let goes_on = match &self.open {
            Some((_, OpenPart::Options)) if self.pending.stem.is_empty() && !self.blank => {
                self.convention.parted || line.indent > self.base + 1
            }
            Some((block, OpenPart::Explanation)) if self.pending.stem.is_empty() && !self.blank => {
                self.convention.parted
                    || text.starts_with(char::is_lowercase)
                    || line.indent >= 2
                    || block.explains_below()
            }
            Some((_, OpenPart::Answered)) => self.pending.stem.is_empty(),
            _ => false,
        };
        match &mut self.open {
            Some((block, OpenPart::Options)) if goes_on => {
                if let Some(option) = block.options.last_mut() {
                    push_line(&mut option.text, text.trim());
                }
            }
            Some((block, OpenPart::Answered)) if goes_on => block.answer_more(text.trim()),
            Some((block, _)) if goes_on => block.explanation.push(text.trim().to_owned()),
            _ => {
                self.close();
                self.stem(line.number, text);
            }
        }
    }

    /// A line that continues the option above it.
    fn more(&mut self, line: &BankLine<'_>, text: &str) {
        match self.open.as_mut().and_then(|(block, _)| block.options.last_mut()) {
            Some(option) if self.pending.stem.is_empty() => push_line(&mut option.text, text.trim()),
            _ => self.text(line, text),
        }
    }

    /// A note on the option above it, or on the answer.
    fn note(&mut self, line: &BankLine<'_>, text: &str) {
        match &mut self.open {
            Some((block, OpenPart::Options)) if self.pending.stem.is_empty() && !block.options.is_empty() => {
                if let Some(option) = block.options.last_mut() {
                    let feedback = option.feedback.get_or_insert_default();
                    feedback.push_str(if feedback.is_empty() { "" } else { "\n" });
                    feedback.push_str(text.trim());
                }
            }
            Some((block, _)) if self.pending.stem.is_empty() => block.explanation.push(text.trim().to_owned()),
            _ => self.text(line, line.text),
        }
    }

    fn stem(&mut self, number: usize, text: &str) {
        self.pending.stem.push(StemLine { number, text: text.trim_end().to_owned(), apart: self.blank });
    }

    pub(super) fn close(&mut self) {
        if let Some((block, _)) = self.open.take() {
            self.blocks.questions.push(block);
        }
    }

    /// A paragraph with a question, above another one, is a question of its own without options.
    fn leave_unanswered(&mut self) {
        let asks = |line: &StemLine| line.text.trim_end().ends_with(['?', '？', '؟']);
        let stem = &self.pending.stem;
        let Some(last) = stem.iter().rposition(|line| line.apart).filter(|last| stem[*last..].last().is_some_and(asks))
        else {
            return;
        };
        let Some(end) = stem[..last].iter().rposition(asks).filter(|_| self.pending.number.is_none()) else {
            return;
        };
        let lines: Vec<StemLine> = self.pending.stem.drain(..=end).collect();
        self.blocks.stray.push(Stray { lines, preamble: self.blocks.questions.is_empty() });
    }

    /// Ends a text without options. A numbered one may be a question that a list answers.
    pub(super) fn flush(&mut self) {
        let mut block = std::mem::take(&mut self.pending);
        if block.numbered_at.is_some_and(|at| at < block.stem.len()) {
            block.heading.clone_from(&self.heading);
            self.blocks.questions.push(block);
        } else if !block.stem.is_empty() {
            self.blocks.stray.push(Stray { lines: block.stem, preamble: self.blocks.questions.is_empty() });
        }
    }
}
