//! What the formats of course systems have in common: each question stands for itself, nonsense and what stands twice is told,
//! and kinds that cannot be asked yet are kept.

use std::borrow::Cow;
use std::collections::HashMap;

use super::identity::{Fingerprint, normalise};
use super::text::Read;
use super::text::check::{MOST_OPTIONS, exact, is_pinned};
use super::{BankQuestion, Problem, Severity};

/// Why a question was rejected: code, message, hint.
pub(super) type Rejected = (&'static str, &'static str, &'static str);

/// More answers than this are not kept for one question.
const MOST_ANSWERS: usize = 200;

const EMPTY: Rejected = ("empty-option", "an option without text is left out", "write its text, or remove it");

/// Collects questions and problems.
pub(super) struct Collector<'a> {
    lines: &'a [String],
    read: Read,
    /// The line of each question and what it says is right, by its fingerprint.
    seen: HashMap<u64, (usize, Vec<String>)>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(lines: &'a [String]) -> Self {
        Self { lines, read: Read::default(), seen: HashMap::new() }
    }

    /// Takes a question, or says why it is rejected.
    pub(super) fn take(&mut self, line: usize, question: Result<BankQuestion, Rejected>) {
        let checked = question.and_then(|mut question| {
            let answers = question.options.len();
            if question.kind.has_choices() {
                // An empty field of a form is no option.
                question.options.retain(|option| option.correct || !option.text.trim().is_empty());
            }
            let odd = check(&question)?;
            let emptied = question.options.len() < answers;
            Ok((question, if emptied { Some(EMPTY) } else { odd }))
        });
        let (mut question, odd) = match checked {
            Ok(checked) => checked,
            Err((code, message, hint)) => {
                self.read.rejected += 1;
                return self.tell(line, Severity::Error, code, message.into(), Some(hint));
            }
        };
        let (print, line) = (Fingerprint::of_bank(&question).whole, question.line);
        let mut right: Vec<String> =
            question.correct().into_iter().map(|place| normalise(&question.options[place].text)).collect();
        right.sort_unstable();
        if let Some((first, said)) = self.seen.get(&print) {
            let (code, message, hint) = if *said == right {
                ("duplicate", format!("the same question stands in line {first}; this one is left out"), None)
            } else {
                let message =
                    format!("the same question stands in line {first} with another answer; this one is left out");
                ("conflicting-keys", message, Some("see which of the two answers is right"))
            };
            self.tell(line, Severity::Warning, code, message, hint);
            self.read.duplicates.push(question);
            return;
        }
        self.seen.insert(print, (line, right));
        if let Some((code, message, hint)) = odd {
            self.warn(line, code, message, hint);
        }
        if question.kind.has_choices() {
            for option in &mut question.options {
                option.pinned |= is_pinned(&bare(&option.text));
            }
        } else {
            let message = format!("{} questions are kept, but cannot be asked yet", question.kind);
            self.tell(line, Severity::Warning, "kind-not-asked", message, None);
        }
        self.read.questions.push(question);
    }

    /// Warns of something in a line.
    pub(super) fn warn(&mut self, line: usize, code: &'static str, message: &str, hint: &str) {
        self.tell(line, Severity::Warning, code, message.to_owned(), Some(hint));
    }

    /// What was collected.
    pub(super) fn finish(self) -> Read {
        self.read
    }

    fn tell(&mut self, line: usize, severity: Severity, code: &'static str, message: String, hint: Option<&str>) {
        let text = self.lines.get(line.saturating_sub(1)).map_or("", |line| line.trim());
        let excerpt: String = text.chars().take(200).collect();
        let width = excerpt.chars().count().clamp(1, 160);
        let hint = hint.map(str::to_owned);
        self.read.problems.push(Problem { line, column: 1, width, severity, code, message, hint, excerpt });
    }
}

/// Refuses options that cannot be picked from; what is only odd is returned.
fn check(question: &BankQuestion) -> Result<Option<Rejected>, Rejected> {
    let options = &question.options;
    if options.len() > MOST_ANSWERS {
        return Err(("many-options", "the question has more than 200 answers", "200 are the most"));
    }
    if !question.kind.has_choices() {
        return Ok(None);
    }
    if options.len() > MOST_OPTIONS {
        return Err(("many-options", "the question has more than 52 options", "52 are the most"));
    }
    if options.iter().any(|option| option.text.trim().is_empty()) {
        return Err(("empty-option", "the right option of this question is empty", "write its text"));
    }
    if options.len() < 2 {
        return Err(("one-option", "the question has one option only", "give it at least two"));
    }
    let mut seen: HashMap<Cow<'_, str>, bool> = HashMap::new();
    let mut odd = None;
    for option in options {
        let twin = seen.insert(exact(&option.text), option.correct);
        let equal = ("equal-options", "two options of this question say the same", "make them differ, or remove one");
        match twin {
            Some(right) if right || option.correct => return Err(equal),
            Some(_) => odd = Some(equal),
            None => {}
        }
    }
    Ok(odd)
}

/// The text without the elements of HTML around and within it.
fn bare(text: &str) -> String {
    let mut bare = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        bare.push_str(before);
        rest = after.split_once('>').map_or("", |(_, after)| after);
    }
    bare + rest
}

/// `$course$/top/Default for X/Y` is the topic `Default for X::Y`; a slash within a name is written twice.
pub(super) fn category(path: &str) -> Option<String> {
    let path = path.replace("//", "\0");
    let place = |name: &str| name == "top" || (name.starts_with('$') && name.ends_with('$'));
    let names = path
        .split('/')
        .map(|name| name.replace('\0', "/").trim().to_owned())
        .filter(|name| !name.is_empty() && !place(name));
    let name = names.collect::<Vec<_>>().join("::");
    (!name.is_empty()).then_some(name)
}
