//! The result of an import, for people and as JSON Lines.

use std::borrow::Cow;

use serde::Serialize;

use super::{json_line, words};
use crate::bank::plan::{ImportPlan, Status};
use crate::bank::{Bank, BankQuestion, Problem, Severity};
use crate::error::Result;
use crate::model::cloze::{self, Gap, GapKind};
use crate::model::{Kind, QuestionId};
use crate::study::TakenBack;

/// Decks that are listed one by one.
const LISTED: usize = 30;

/// The figures of an import; all but the first three are counts of questions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ImportFigures {
    /// The format of the bank.
    pub format: String,
    /// Its encoding.
    pub encoding: String,
    /// The name of the deck; of several the one that most questions are in.
    pub deck: String,
    /// If they are several: each with how many questions of the bank it has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub decks: Vec<(String, usize)>,
    /// All questions that were read.
    pub questions: usize,
    /// Not in the deck yet.
    pub new: usize,
    /// Already in the deck with the same text and key.
    pub unchanged: usize,
    /// With another text.
    pub edited: usize,
    /// With another key.
    pub key_changed: usize,
    /// With another place in the bank.
    pub moved: usize,
    /// In the deck, but no longer in the bank.
    pub missing: usize,
    /// New, and without a key.
    pub drafts: usize,
    /// Repeated in the bank in the same words.
    pub duplicates: usize,
    /// Rejected because of an error.
    pub rejected: usize,
    /// Problems that are warnings.
    pub warnings: usize,
}

impl ImportFigures {
    /// The figures of a bank and its plan.
    pub fn new(bank: &Bank, plan: &ImportPlan, deck: &str) -> Self {
        Self {
            format: bank.format.into(),
            encoding: bank.encoding.clone(),
            deck: deck.into(),
            decks: Vec::new(),
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
pub fn text(file: &str, bank: &Bank, plan: &ImportPlan, figures: &ImportFigures, dry: bool) -> String {
    let mut parts = Vec::new();
    for (number, word) in [
        (figures.new, "new"),
        (figures.unchanged, "unchanged"),
        (figures.edited, "edited (history kept)"),
        (figures.key_changed, "with a changed key (history kept; due now, if answered before)"),
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
    let deck = match figures.decks.len() {
        0 => format!("`{}`", figures.deck),
        decks => words::count(decks as u64, "deck"),
    };
    let mut text = format!("{file}: {what} {verb} {deck}: {}\n", parts.join(", "));
    for (deck, questions) in figures.decks.iter().take(LISTED) {
        text += &format!("  {deck}: {}\n", words::count(*questions as u64, "question"));
    }
    if figures.decks.len() > LISTED {
        text += &format!("  and {} more\n", words::count((figures.decks.len() - LISTED) as u64, "deck"));
    }
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
        (
            taken.answers,
            if taken.answers == 1 { "answer that no longer counts" } else { "answers that no longer count" },
        ),
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
pub fn taken_back_json(taken: &TakenBack) -> Result<String> {
    json_line(&ImportLine::Undone { taken })
}

fn texts(question: &BankQuestion, wanted: bool) -> Vec<&str> {
    question.options.iter().filter(|_| wanted).map(|option| option.text.as_str()).collect()
}

/// The stem. Gaps that hold their answers are `{#1}`, `{#2}` …, numbered as in `gaps`.
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
enum ImportLine<'a> {
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
        figures: &'a ImportFigures,
    },
    Undone {
        #[serde(flatten)]
        taken: &'a TakenBack,
    },
}

/// An import as JSON Lines: each question, each problem, the summary.
pub fn json(bank: &Bank, plan: &ImportPlan, figures: &ImportFigures) -> Result<String> {
    let planned = plan.planned.iter().map(|planned| (&bank.questions[planned.place], planned.status.name()));
    // The second copy of a question changes nothing.
    let twice = bank.duplicates.iter().map(|question| (question, Status::Unchanged.name()));
    let mut all: Vec<_> = planned.chain(twice).collect();
    all.sort_by_key(|(question, _)| question.line);
    let questions = all.into_iter().map(|(question, status)| ImportLine::Question {
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
    let lines = questions.chain(bank.problems.iter().map(problem_line)).chain([ImportLine::Summary { figures }]);
    lines.map(|line| json_line(&line)).collect()
}

/// Problems alone as JSON Lines.
pub fn json_problems(problems: &[Problem]) -> Result<String> {
    problems.iter().map(|problem| json_line(&problem_line(problem))).collect()
}

fn problem_line(problem: &Problem) -> ImportLine<'_> {
    ImportLine::Problem {
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
