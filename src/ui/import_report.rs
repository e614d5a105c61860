//! What an import did, for people and as JSON Lines.

use std::borrow::Cow;

use serde::Serialize;

use super::words;
use crate::bank::plan::{ImportPlan, Status};
use crate::bank::{Bank, BankQuestion, Problem, Severity};
use crate::model::cloze::{self, Gap, GapKind};
use crate::model::{Kind, QuestionId};
use crate::study::TakenBack;

/// The figures of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// The format of the bank.
    pub format: String,
    /// Its encoding.
    pub encoding: String,
    /// The deck.
    pub deck: String,
    /// Questions that were read.
    pub questions: usize,
    /// New ones.
    pub new: usize,
    /// Ones that the deck has as they are.
    pub unchanged: usize,
    /// Ones whose text changed.
    pub edited: usize,
    /// Ones whose key changed.
    pub key_changed: usize,
    /// Ones that moved.
    pub moved: usize,
    /// Ones that the bank no longer has.
    pub missing: usize,
    /// New ones without a key.
    pub drafts: usize,
    /// Ones that stand above in the same words.
    pub duplicates: usize,
    /// Ones that were rejected.
    pub rejected: usize,
    /// Warnings.
    pub warnings: usize,
}

impl Figures {
    /// Of a bank and its plan.
    pub fn new(bank: &Bank, plan: &ImportPlan, deck: &str) -> Self {
        Self {
            format: bank.format.into(),
            encoding: bank.encoding.clone(),
            deck: deck.into(),
            questions: bank.questions.len() + bank.duplicates.len(),
            new: plan.count(Status::New),
            unchanged: plan.count(Status::Unchanged),
            edited: plan.count(Status::Edited),
            key_changed: plan.count(Status::KeyChanged),
            moved: plan.count(Status::Moved),
            missing: plan.missing.len(),
            drafts: plan.count(Status::Draft),
            duplicates: bank.duplicates.len(),
            rejected: bank.rejected,
            warnings: bank.problems.iter().filter(|problem| problem.severity == Severity::Warning).count(),
        }
    }
}

/// An import in words.
pub fn text(file: &str, bank: &Bank, plan: &ImportPlan, figures: &Figures, dry: bool) -> String {
    let mut parts = Vec::new();
    for (number, word) in [
        (figures.new, "new"),
        (figures.unchanged, "unchanged"),
        (figures.edited, "edited (history kept)"),
        (figures.key_changed, "with a changed key (history kept, due now)"),
        (figures.moved, "moved"),
        (figures.drafts, if figures.drafts == 1 { "draft" } else { "drafts" }),
        (figures.missing, "missing from the bank (kept)"),
        (figures.duplicates, "twice in the bank"),
        (figures.rejected, "rejected"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {word}"));
        }
    }
    let verb = if dry { "would go into" } else { "in" };
    let what = words::count(figures.questions as u64, "question");
    let mut text = format!("{file}: {what} {verb} `{}`: {}\n", figures.deck, parts.join(", "));
    let known = |id: &QuestionId| plan.texts.get(id).map_or("", |question| question.stem.as_str());
    let stem = |stem: &str| stem.lines().next().unwrap_or_default().chars().take(70).collect::<String>();
    for planned in &plan.planned {
        let question = &bank.questions[planned.place];
        let word = match planned.status {
            Status::Edited => "edited",
            Status::KeyChanged => "key changed",
            _ => continue,
        };
        text += &format!("  {word}: {file}:{}: {}\n", question.line, stem(&question.stem));
    }
    for id in &plan.missing {
        text += &format!("  missing: {}\n", stem(known(id)));
    }
    for (place, id, score) in &plan.maybe_same {
        let question = &bank.questions[*place];
        text += &format!(
            "  maybe the same ({}): {file}:{}: {} / {}\n",
            words::share(*score),
            question.line,
            stem(&question.stem),
            stem(known(id))
        );
    }
    text
}

/// The taking back of an import in words.
pub fn taken_back(taken: &TakenBack, dry: bool) -> String {
    let parts: Vec<String> = [
        (taken.removed, "removed"),
        (taken.restored, "as before"),
        (taken.edited, "edited by hand since, so left as they are"),
        (taken.kept, "answered since, so kept and suspended"),
        (taken.rescheduled, "due as before"),
        (taken.answers, "answers that no longer count"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, word)| format!("{number} {word}"))
    .collect();
    let verb = if dry { "would take back" } else { "took back" };
    let what = if parts.is_empty() { "nothing was changed by it".into() } else { parts.join(", ") };
    let deck = if taken.deck.is_empty() { String::new() } else { format!(" into `{}`", taken.deck) };
    format!("{verb} the import of {}{deck}: {what}", taken.path)
}

/// The taking back of an import as a line of JSON.
///
/// # Errors
/// When a text cannot be written as JSON, which no text is known to cause.
pub fn taken_back_json(taken: &TakenBack) -> serde_json::Result<String> {
    Ok(serde_json::to_string(&Line::Undone { taken })? + "\n")
}

fn texts(question: &BankQuestion, wanted: bool) -> Vec<&str> {
    question.options.iter().filter(|_| wanted).map(|option| option.text.as_str()).collect()
}

/// The stem; gaps that hold their answers are `{#1}`, `{#2}` …, as in `gaps`.
fn stem(question: &BankQuestion) -> Cow<'_, str> {
    match question.kind {
        Kind::Cloze => Cow::Owned(cloze::split(&question.stem).0),
        _ => Cow::Borrowed(&question.stem),
    }
}

fn gaps(question: &BankQuestion) -> Vec<Gap> {
    if question.kind == Kind::Cloze { cloze::split(&question.stem).1 } else { Vec::new() }
}

#[derive(Serialize)]
struct GapLine {
    kind: &'static str,
    accept: Vec<String>,
    weights: Vec<f64>,
    feedback: Vec<Option<String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tolerance: Vec<Option<f64>>,
}

impl From<Gap> for GapLine {
    fn from(gap: Gap) -> Self {
        let tolerance = match gap.kind {
            GapKind::Numeric => gap.answers.iter().map(|answer| answer.tolerance).collect(),
            _ => Vec::new(),
        };
        let weights = gap.answers.iter().map(|answer| answer.weight).collect();
        let (accept, feedback) = gap.answers.into_iter().map(|answer| (answer.text, answer.feedback)).unzip();
        Self { kind: gap.kind.name(), accept, weights, feedback, tolerance }
    }
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
#[expect(clippy::large_enum_variant, reason = "lines are written one at a time and never kept")]
enum Line<'a> {
    Question {
        line: usize,
        id: Option<&'a str>,
        kind: String,
        topic: Option<&'a str>,
        stem: Cow<'a, str>,
        options: Vec<&'a str>,
        correct: Vec<usize>,
        explanation: Option<&'a str>,
        feedback: Vec<Option<&'a str>>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        weights: Vec<f64>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        accept: Vec<&'a str>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        tolerance: Vec<Option<f64>>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pairs: Vec<(&'a str, &'a str)>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        gaps: Vec<GapLine>,
        markup: &'static str,
        status: &'static str,
    },
    Problem {
        line: usize,
        column: usize,
        severity: &'static str,
        code: &'a str,
        message: &'a str,
        hint: Option<&'a str>,
    },
    Summary {
        #[serde(flatten)]
        figures: &'a Figures,
    },
    Undone {
        #[serde(flatten)]
        taken: &'a TakenBack,
    },
}

/// An import as JSON Lines: each question, each problem, the summary.
///
/// # Errors
/// When a text cannot be written as JSON, which no text is known to cause.
pub fn json(bank: &Bank, plan: &ImportPlan, figures: &Figures) -> serde_json::Result<String> {
    let planned = plan.planned.iter().map(|planned| (&bank.questions[planned.place], planned.status.name()));
    // What stands twice in a bank is unchanged the second time.
    let twice = bank.duplicates.iter().map(|question| (question, Status::Unchanged.name()));
    let mut all: Vec<_> = planned.chain(twice).collect();
    all.sort_by_key(|(question, _)| question.line);
    let questions = all.into_iter().map(|(question, status)| Line::Question {
        line: question.line,
        id: question.id.as_deref(),
        kind: question.kind.to_string(),
        topic: question.category.as_deref().or(question.topic.as_deref()),
        stem: stem(question),
        options: texts(question, question.kind.has_choices() || question.kind == Kind::Order),
        weights: question.options.iter().filter_map(|option| option.weight).collect(),
        accept: texts(question, matches!(question.kind, Kind::Short | Kind::Numeric | Kind::Card)),
        tolerance: match question.kind {
            Kind::Numeric => question.options.iter().map(|option| option.tolerance).collect(),
            _ => Vec::new(),
        },
        pairs: question
            .options
            .iter()
            .filter_map(|option| Some((option.text.as_str(), option.pair.as_deref()?)))
            .collect(),
        gaps: gaps(question).into_iter().map(GapLine::from).collect(),
        correct: if question.kind.has_choices() { question.correct() } else { Vec::new() },
        explanation: question.explanation.as_deref(),
        feedback: question.options.iter().map(|option| option.feedback.as_deref()).collect(),
        markup: question.markup.name(),
        status,
    });
    let mut text = String::new();
    for line in questions.chain(bank.problems.iter().map(problem_line)).chain([Line::Summary { figures }]) {
        text += &serde_json::to_string(&line)?;
        text.push('\n');
    }
    Ok(text)
}

/// Problems alone as JSON Lines.
///
/// # Errors
/// When a text cannot be written as JSON, which no text is known to cause.
pub fn json_problems(problems: &[Problem]) -> serde_json::Result<String> {
    problems.iter().map(|problem| Ok(serde_json::to_string(&problem_line(problem))? + "\n")).collect()
}

fn problem_line(problem: &Problem) -> Line<'_> {
    Line::Problem {
        line: problem.line,
        column: problem.column,
        severity: match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        code: problem.code,
        message: &problem.message,
        hint: problem.hint.as_deref(),
    }
}
