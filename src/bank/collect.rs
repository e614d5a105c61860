//! What the formats of course systems have in common: each question stands for itself, and nonsense is told.

use std::borrow::Cow;
use std::collections::HashMap;

use super::lines::check::{MOST_OPTIONS, exact};
use super::{BankQuestion, Evidence, Problem, Severity};
use crate::model::phrase::keeps_place;

/// What a reader made of a file, before a declared key is applied.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) questions: Vec<BankQuestion>,
    pub(super) problems: Vec<Problem>,
    pub(super) rejected: usize,
    /// Questions that stand above already, in the same words.
    pub(super) duplicates: Vec<BankQuestion>,
    /// Whether each question has an id, and the same id alone is the same question.
    pub(super) by_id: bool,
    /// The files of an archive, each with the place of its first question.
    pub(super) members: Vec<(usize, String)>,
    /// The deck that the file names in its own way.
    pub(super) deck: Option<String>,
    /// What decided how the file was read.
    pub(super) evidence: Vec<Evidence>,
}

/// Why a question was rejected: code, message, hint.
pub(super) type Rejected = (&'static str, &'static str, &'static str);

/// More answers than this are not kept for one question.
const MOST_ANSWERS: usize = 200;

const EMPTY: Rejected = ("empty-option", "an option without text is left out", "write its text, or remove it");

/// Collects questions and problems.
pub(super) struct Collector<'a> {
    lines: &'a [String],
    /// The file within an archive that the lines are of.
    member: Option<&'a str>,
    read: Read,
}

impl<'a> Collector<'a> {
    pub(super) fn new(lines: &'a [String]) -> Self {
        Self { lines, member: None, read: Read::default() }
    }

    /// For formats that write whole decks, in which each question has an id: the same id is the same question, nothing else.
    pub(super) fn by_id(lines: &'a [String]) -> Self {
        Self { lines, member: None, read: Read { by_id: true, ..Read::default() } }
    }

    /// Goes on with another file of an archive.
    pub(super) fn go_on<'b>(mut self, member: &'b str, lines: &'b [String]) -> Collector<'b> {
        self.read.members.push((self.read.questions.len(), member.to_owned()));
        Collector { lines, member: Some(member), read: self.read }
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
                return self.reject(line, code, message, Some(hint));
            }
        };
        let line = question.line;
        if let Some((code, message, hint)) = odd {
            self.warn(line, code, message, Some(hint));
        }
        if question.kind.has_choices() {
            let phrases = !self.read.by_id;
            question.options.iter_mut().for_each(|option| option.pinned |= phrases && keeps_place(&option.text));
        }
        self.read.questions.push(question);
    }

    /// Tells why something is rejected as a whole.
    pub(super) fn reject(&mut self, line: usize, code: &'static str, message: &str, hint: Option<&str>) {
        self.read.rejected += 1;
        self.tell(line, Severity::Error, code, message.into(), hint);
    }

    /// Tells something that rejects nothing.
    pub(super) fn warn(&mut self, line: usize, code: &'static str, message: &str, hint: Option<&str>) {
        self.tell(line, Severity::Warning, code, message.into(), hint);
    }

    /// Tells a problem; an error rejects the question that has it.
    pub(super) fn problem(&mut self, problem: Problem) {
        self.read.rejected += usize::from(problem.severity == Severity::Error);
        self.read.problems.push(problem);
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
        let message = self.member.map_or_else(|| message.clone(), |member| format!("`{member}`: {message}"));
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

/// `$course$/top/Default for X/Y` is the topic `Default for X::Y`. Two slashes are one within a name, as Moodle has it.
pub(super) fn category(path: &str) -> Option<String> {
    const SLASH: &str = "\u{1}";
    let path = path.replace("//", SLASH);
    let mut names: Vec<&str> = path.split('/').map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.first().is_some_and(|name| name.starts_with('$') && name.ends_with('$')) {
        names.remove(0);
    }
    if names.first() == Some(&"top") {
        names.remove(0);
    }
    let name = names.join("::").replace(SLASH, "/");
    (!name.is_empty()).then_some(name)
}

/// The path of the category that is read as this topic.
pub(super) fn category_path(topic: Option<&str>) -> String {
    let mut path = String::from("$course$/top");
    for name in topic.into_iter().flat_map(|topic| topic.split("::")) {
        // A slash at the end of a name stands apart from the one that parts the names.
        let [before, behind] = [name.starts_with('/'), name.ends_with('/')].map(|apart| if apart { " " } else { "" });
        path.extend(["/", before, &name.replace('/', "//"), behind]);
    }
    path
}
