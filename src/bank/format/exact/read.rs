//! Reads the exact form: each line is what it begins with, and nothing is guessed.

use super::attribute;
use super::draft::{Draft, ExactLine, finished};
use super::guard::{self, Keyword};
use crate::bank::collect::{Collected, Collector};
use crate::bank::{BankOption, BankQuestion, Front, Problem, Severity, Source, decode};
use crate::model::{KeyOrigin, Kind, Markup, letter};

/// Reads the lines below the front matter.
pub(in crate::bank) fn read_exact(source: &Source<'_>) -> Collected {
    let mut reader = ExactReader {
        collector: Collector::by_id(source.lines()),
        front: &source.front,
        topic: None,
        draft: None,
        at: IndentTarget::Nothing,
        blanks: 0,
        apart: true,
    };
    for (number, line) in (1..).zip(decode::lines(&source.text)).skip(source.skip) {
        let line = ExactLine { number, text: line };
        if line.text.trim().is_empty() {
            reader.blanks += 1;
        } else if line.text.starts_with(char::is_whitespace) {
            reader.goes_on(line);
        } else {
            reader.begins(line);
            reader.blanks = 0;
        }
    }
    reader.close();
    reader.collector.finish()
}

/// The text that an indented line continues.
#[derive(Clone, Copy, PartialEq, Eq)]
enum IndentTarget {
    Nothing,
    Stem,
    Option,
    Feedback,
    Pair,
    Explanation,
}

struct ExactReader<'a, 'l> {
    collector: Collector<'l>,
    front: &'a Front,
    topic: Option<String>,
    draft: Option<Draft<'a>>,
    at: IndentTarget,
    /// Empty lines since the last line.
    blanks: usize,
    /// Whether a question may begin: below a heading, at the top.
    apart: bool,
}

impl<'a> ExactReader<'a, '_> {
    /// A line that is not indented begins something.
    fn begins(&mut self, line: ExactLine<'a>) {
        if let Some((level, rest)) = guard::heading(line.text) {
            self.close();
            self.apart = true;
            match level {
                1 => self.topic = Some(guard::first(rest).to_owned()).filter(|_| !rest.trim().is_empty()),
                _ => self.question(line, rest),
            }
        } else if let Some(rest) = guard::behind(line.text, "-") {
            self.option(line, rest);
        } else if let Some((name, rest)) = guard::named(line.text) {
            self.named(line, name, rest);
        } else if self.blanks == 0 && !self.apart {
            let message = "this line is neither part of the text above it nor apart from it";
            let hint =
                "indent it by two spaces if it continues that text; put an empty line above it if a question begins";
            self.bad(line.problem(line.text, Severity::Error, "stray-text", message, hint));
        } else {
            self.close();
            self.question(line, line.text);
        }
    }

    fn question(&mut self, line: ExactLine<'a>, rest: &str) {
        let rest = rest.trim();
        let (stem, id) = match guard::braced(rest).and_then(|(stem, inner)| Some((stem, inner.strip_prefix('#')?))) {
            Some((stem, id)) => (stem.trim_end(), Some(attribute::id(id.trim()))),
            None => (rest, None),
        };
        let question = BankQuestion {
            line: line.number,
            id: id.filter(|id| !id.is_empty()),
            topic: self.topic.clone(),
            stem: guard::first(stem).to_owned(),
            key: KeyOrigin::Marked,
            markup: self.front.markup.unwrap_or_default(),
            ..BankQuestion::default()
        };
        self.draft = Some(Draft { line, question, kind: None, options: Vec::new(), bad: None });
        self.at = IndentTarget::Stem;
        self.apart = false;
    }

    fn option(&mut self, line: ExactLine<'a>, rest: &str) {
        let Some(draft) = &mut self.draft else {
            let (message, hint) = ("this option has no question", "write the question above them");
            return self.collector.problem(line.problem(line.text, Severity::Error, "no-stem", message, hint));
        };
        let place = draft.options.len();
        let (ticked, rest) = match guard::boxed(rest.trim_start()) {
            Some((ticked, rest)) => (Some(ticked), rest),
            None => (None, rest),
        };
        let mut text = rest.trim();
        if let Some((label, rest)) = guard::lettered(text) {
            if label != letter(place) && draft.bad.is_none() {
                let message = format!("this option is labelled {label}, but {} is due here", letter(place));
                let hint = "label the options in order, or write a backslash before what is no label";
                draft.bad = Some(line.problem(text, Severity::Error, "label-order", &message, hint));
            }
            text = rest.trim();
        }
        let (mut star, mut attributes) = (false, None);
        loop {
            if let Some(rest) = guard::starred(text).filter(|_| !star && ticked.is_none()) {
                (star, text) = (true, rest.trim_end());
            } else if let Some((rest, found)) = guard::braced(text)
                .and_then(|(rest, inner)| Some((rest, attribute::parse(inner)?)))
                .filter(|_| attributes.is_none())
            {
                (attributes, text) = (Some(found), rest.trim_end());
            } else {
                break;
            }
        }
        let mut attributes = attributes.unwrap_or_default();
        attributes.right = if star || ticked == Some(true) { Some(true) } else { attributes.right };
        draft.question.options.push(BankOption {
            text: guard::first(text).to_owned(),
            weight: attributes.weight,
            tolerance: attributes.tolerance,
            ..BankOption::default()
        });
        draft.options.push((line, attributes));
        self.at = IndentTarget::Option;
    }

    fn named(&mut self, line: ExactLine<'a>, name: Keyword, rest: &str) {
        let Some(draft) = &mut self.draft else {
            let message = "this is below no question";
            let hint = "write it below the question that it belongs to";
            return self.collector.problem(line.problem(line.text, Severity::Warning, "stray-text", message, hint));
        };
        let question = &mut draft.question;
        let value = rest.trim();
        let (mut unknown, mut at) = (None, IndentTarget::Nothing);
        match name {
            Keyword::Explanation => {
                question.explanation = Some(guard::first(value).to_owned());
                at = IndentTarget::Explanation;
            }
            Keyword::Tags => question.tags.extend(attribute::list(value)),
            Keyword::Declared => {
                question.key = KeyOrigin::Declared;
                question.key_rule = Some(value.to_owned());
            }
            Keyword::Kind => match Kind::from_name(value) {
                Some(kind) => draft.kind = Some(kind),
                None => {
                    unknown = Some((
                        "unknown-kind",
                        "kind",
                        "`single`, `multiple`, `truefalse`, `short`, `numeric`, `match`, `order`, `cloze`, `card` and `open`",
                    ));
                }
            },
            Keyword::Markup => match Markup::from_name(value) {
                Some(markup) => question.markup = markup,
                None => unknown = Some(("unknown-markup", "markup", "`plain`, `markdown` and `html`")),
            },
        }
        self.at = at;
        if let Some((code, what, known)) = unknown {
            let message = format!("no {what} is called `{value}`");
            self.bad(line.problem(rest, Severity::Error, code, &message, &format!("known are {known}")));
        }
    }

    /// An indented line continues the text above it, or adds feedback or a pair to the option above it.
    fn goes_on(&mut self, line: ExactLine<'a>) {
        let body = outdented(line.text);
        let blanks = std::mem::take(&mut self.blanks);
        let within = matches!(self.at, IndentTarget::Option | IndentTarget::Feedback | IndentTarget::Pair);
        let deeper =
            matches!(self.at, IndentTarget::Feedback | IndentTarget::Pair) && body.starts_with(char::is_whitespace);
        let sign = [(">", IndentTarget::Feedback), ("->", IndentTarget::Pair)]
            .into_iter()
            .filter(|_| within && !deeper)
            .find_map(|(sign, at)| guard::behind(body, sign).map(|rest| (at, rest)));
        let Some(draft) = &mut self.draft else {
            return self.strays(line);
        };
        let question = &mut draft.question;
        let option = question.options.last_mut();
        if let Some((at, rest)) = sign {
            let value = Some(guard::first(rest.trim()).to_owned());
            match option {
                Some(option) if at == IndentTarget::Feedback => option.feedback = value,
                Some(option) => option.pair = value,
                None => {}
            }
            self.at = at;
            return;
        }
        let (text, more) = match (self.at, option) {
            (IndentTarget::Stem, _) => (Some(&mut question.stem), guard::later(body, false)),
            (IndentTarget::Explanation, _) => (question.explanation.as_mut(), guard::later(body, false)),
            (IndentTarget::Option, Some(option)) => (Some(&mut option.text), guard::later(body, true)),
            (IndentTarget::Feedback, Some(option)) if deeper => {
                (option.feedback.as_mut(), guard::later(outdented(body), false))
            }
            (IndentTarget::Pair, Some(option)) if deeper => {
                (option.pair.as_mut(), guard::later(outdented(body), false))
            }
            _ => (None, body),
        };
        match text {
            Some(text) => {
                text.extend(std::iter::repeat_n('\n', blanks + 1));
                text.push_str(more);
            }
            None => self.strays(line),
        }
    }

    fn strays(&mut self, line: ExactLine<'a>) {
        let hint = "indent lines that continue a text by two spaces more than its first line";
        self.bad(line.problem(line.text, Severity::Error, "stray-text", "this line continues no text", hint));
    }

    /// Rejects the open question; a line outside of a question only gets a warning.
    fn bad(&mut self, problem: Problem) {
        match &mut self.draft {
            Some(draft) => {
                draft.bad.get_or_insert(problem);
            }
            None => self.collector.problem(Problem { severity: Severity::Warning, ..problem }),
        }
    }

    fn close(&mut self) {
        self.at = IndentTarget::Nothing;
        let Some(draft) = self.draft.take() else { return };
        let line = draft.line.number;
        match finished(draft, self.front) {
            Ok((question, odd)) => {
                odd.into_iter().for_each(|problem| self.collector.problem(problem));
                self.collector.add(line, Ok(question));
            }
            Err(problem) => self.collector.problem(*problem),
        }
    }
}

/// The line without one step of indentation: two spaces, a tab, or any single white space.
fn outdented(line: &str) -> &str {
    let first = line.chars().next().map_or(0, char::len_utf8);
    line.strip_prefix("  ").unwrap_or(&line[first..])
}

#[cfg(test)]
mod tests;
