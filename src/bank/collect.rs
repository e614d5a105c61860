//! What the formats of course systems share: each question is independent, and broken ones are reported.

use super::defect::{Defect, check};
use super::{BankQuestion, Decision, Problem, Severity};
use crate::model::phrase::keeps_place;

/// What a reader made of a file, before a declared key is applied.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) questions: Vec<BankQuestion>,
    pub(super) problems: Vec<Problem>,
    pub(super) rejected: usize,
    /// Questions that are above already, in the same words.
    pub(super) duplicates: Vec<BankQuestion>,
    /// Whether each question has an id, and the same id alone is the same question.
    pub(super) by_id: bool,
    /// The files of an archive, each with the place of its first question.
    pub(super) members: Vec<(usize, String)>,
    /// The deck that the file names in its own way.
    pub(super) deck: Option<String>,
    /// The decisions on how the file was read.
    pub(super) evidence: Vec<Decision>,
}

impl Collected {
    /// What was read of two parts of a file.
    pub(super) fn joined(mut self, other: Self) -> Self {
        self.questions.extend(other.questions);
        self.duplicates.extend(other.duplicates);
        self.problems.extend(other.problems);
        self.rejected += other.rejected;
        self.evidence.extend(other.evidence);
        Self { deck: self.deck.or(other.deck), ..self }
    }
}

/// Collects questions and problems.
pub(super) struct Collector<'a> {
    lines: &'a [String],
    member: Option<&'a str>,
    read: Collected,
}

impl<'a> Collector<'a> {
    pub(super) fn new(lines: &'a [String]) -> Self {
        Self { lines, member: None, read: Collected::default() }
    }

    /// For formats that write whole decks, in which each question has an id: the same id is the same question, nothing else.
    pub(super) fn by_id(lines: &'a [String]) -> Self {
        Self { lines, member: None, read: Collected { by_id: true, ..Collected::default() } }
    }

    /// Continues with another file of an archive.
    pub(super) fn go_on<'b>(mut self, member: &'b str, lines: &'b [String]) -> Collector<'b> {
        self.read.members.push((self.read.questions.len(), member.to_owned()));
        Collector { lines, member: Some(member), read: self.read }
    }

    /// Adds a question, or reports why it is rejected.
    pub(super) fn add(&mut self, line: usize, question: Result<BankQuestion, Defect>) {
        let checked = question.and_then(|mut question| {
            let answers = question.options.len();
            if question.kind.has_choices() {
                // An empty field of a form is not an option.
                question.options.retain(|option| option.correct || !option.text.trim().is_empty());
            }
            let odd = check(&question)?;
            let emptied = question.options.len() < answers;
            Ok((question, if emptied { Some(Defect::EmptyOption) } else { odd }))
        });
        let (mut question, odd) = match checked {
            Ok(checked) => checked,
            Err(defect) => return self.reject(line, &defect),
        };
        let line = question.line;
        if let Some(odd) = odd {
            self.warn(line, &odd);
        }
        if question.kind.has_choices() {
            let phrases = !self.read.by_id;
            question.options.iter_mut().for_each(|option| option.pinned |= phrases && keeps_place(&option.text));
        }
        self.read.questions.push(question);
    }

    /// Reports why something is rejected as a whole.
    pub(super) fn reject(&mut self, line: usize, defect: &Defect) {
        self.read.rejected += 1;
        self.report(line, Severity::Error, defect.code(), defect.message().into_owned(), defect.hint());
    }

    /// Reports a defect that rejects nothing.
    pub(super) fn warn(&mut self, line: usize, defect: &Defect) {
        self.report(line, Severity::Warning, defect.code(), defect.message().into_owned(), defect.hint());
    }

    /// Reports an oddity of the file, which is not a defect of a question.
    pub(super) fn note(&mut self, line: usize, code: &'static str, message: &str, hint: Option<&str>) {
        self.report(line, Severity::Warning, code, message.into(), hint);
    }

    /// Rejects a file of an archive.
    pub(super) fn refuse(&mut self, refusal: &super::Refusal) {
        self.read.rejected += 1;
        self.report(1, Severity::Error, "unreadable-file", refusal.message.clone(), refusal.hint.as_deref());
    }

    /// Reports a problem; an error rejects the question that has it.
    pub(super) fn problem(&mut self, problem: Problem) {
        self.read.rejected += usize::from(problem.severity == Severity::Error);
        self.read.problems.push(problem);
    }

    pub(super) fn finish(self) -> Collected {
        self.read
    }

    fn report(&mut self, line: usize, severity: Severity, code: &'static str, message: String, hint: Option<&str>) {
        let text = self.lines.get(line.saturating_sub(1)).map_or("", |line| line.trim());
        let message = self.member.map_or_else(|| message.clone(), |member| format!("`{member}`: {message}"));
        self.read.problems.push(Problem::of_line(line, text, severity, code, message, hint.unwrap_or_default()));
    }
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
        // A slash at the end of a name is apart from the one that parts the names.
        let [before, behind] = [name.starts_with('/'), name.ends_with('/')].map(|apart| if apart { " " } else { "" });
        path.extend(["/", before, &name.replace('/', "//"), behind]);
    }
    path
}
