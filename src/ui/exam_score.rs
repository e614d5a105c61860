//! Mock exams in words: the score in one line to look back at or to keep, and how far one is.

use super::rich::Text;
use super::words::{self, count};
use crate::session::{ExamResult, LeftExam, Paper, PaperQuestion};
use crate::study::PastExam;

/// `35 of 50 right (70 %), passed, 3 not answered, 41 of 60 minutes`. The share is of all questions, answered or not.
pub fn line(exam: &ExamResult) -> String {
    let mut parts = vec![format!("{} of {} right ({})", exam.right, exam.questions, share(exam)), verdict(exam).into()];
    match exam.open() {
        0 => {}
        left => parts.push(format!("{left} not answered")),
    }
    parts.push(time(exam.lasted_ms, exam.allowed_ms));
    if exam.time_up {
        parts.push("the time was up".into());
    }
    parts.join(", ")
}

/// The share of all questions that were answered rightly.
pub(super) fn share(exam: &ExamResult) -> String {
    words::share(exam.right as f64 / exam.questions.max(1) as f64)
}

/// Whether it is passed, in words.
fn verdict(exam: &ExamResult) -> &'static str {
    if exam.is_passed() { "passed" } else { "not passed" }
}

/// Whether it is passed, with the pass mark: `passed: the pass mark is 70 %`.
pub(super) fn passed(exam: &ExamResult) -> String {
    format!("{}: the pass mark is {} %", verdict(exam), exam.pass_mark)
}

/// What open questions count as; `None` without any.
pub(super) fn unanswered(exam: &ExamResult) -> Option<String> {
    match exam.open() {
        0 => None,
        1 => Some("1 question was left open and counts as wrong".into()),
        open => Some(format!("{open} questions were left open and count as wrong")),
    }
}

/// How the questions that were not right are announced: `the 8 questions that were not right`; `None` without any.
pub(super) fn not_right(exam: &ExamResult) -> Option<String> {
    match exam.not_right.len() {
        0 => None,
        1 => Some("the question that was not right".into()),
        several => Some(format!("the {several} questions that were not right")),
    }
}

/// An answer that was not kept when the page was turned.
pub(super) fn not_kept(number: usize, why: &str) -> String {
    let why = why.strip_prefix("this question ").map_or_else(|| why.to_owned(), |does| format!("it {does}"));
    format!("the answer to question {number} is not kept: {why}")
}

/// The time used, of the time allowed: `41 of 60 minutes`.
pub(super) fn time(used_ms: i64, allowed_ms: Option<i64>) -> String {
    let minutes = |ms: i64| (ms.max(0) as f64 / 60_000.0).round() as u64;
    match (minutes(used_ms), allowed_ms.map(minutes)) {
        (0, None) => "less than a minute".into(),
        (0, Some(allowed)) => format!("less than a minute of {allowed}"),
        (used, None) => count(used, "minute"),
        (used, Some(allowed)) => format!("{used} of {}", count(allowed, "minute")),
    }
}

/// Whole minutes that are left; below a minute, seconds.
fn left(ms: i64) -> String {
    if ms < 60_000 { format!("{} s left", ms / 1_000) } else { format!("{} min left", ms / 60_000) }
}

/// How far an exam is that was left: `12 of 50 answered, 20 min left`.
pub fn progress(answered: usize, questions: usize, ms_left: Option<i64>) -> String {
    let time = ms_left.map(|ms| format!(", {}", left(ms))).unwrap_or_default();
    format!("{answered} of {questions} answered{time}")
}

/// What was left, and how to continue.
pub fn left_exam(exam: &LeftExam) -> String {
    if !exam.stays {
        return "nothing was answered: the next exam asks the same questions".into();
    }
    let far = progress(exam.answered, exam.questions, exam.ms_left);
    format!("the exam is not finished: {far}; `retain exam --resume` continues it")
}

/// The exam that can be continued: `the exam on MLOps of 2026-11-23 08:00 (12 of 50 answered, 20 min left)`.
pub fn unfinished(exam: &PastExam) -> String {
    let deck = exam.deck.as_ref().map(|deck| format!(" on {}", super::rich::line(deck))).unwrap_or_default();
    let far = progress(exam.answered, exam.questions, exam.ms_left());
    format!("the exam{deck} of {} ({far})", words::date_and_time(exam.began))
}

/// How many questions are open and marked: `3 open, 2 marked`.
pub(super) fn counts(paper: &Paper) -> String {
    match (paper.open().count(), paper.marked().count()) {
        (0, 0) => "all answered".into(),
        (0, marked) => format!("all answered, {marked} marked"),
        (open, marked) => format!("{open} open, {marked} marked"),
    }
}

/// What a question asks, on one line.
pub(super) fn stem(question: &PaperQuestion) -> String {
    super::rich::line(&Text::parse(&question.stem, question.markup).plain())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exam(right: usize, answered: usize, questions: usize) -> ExamResult {
        ExamResult {
            questions,
            answered,
            right,
            pass_mark: 70,
            lasted_ms: 41 * 60_000 + 3_000,
            ..ExamResult::default()
        }
    }

    #[test]
    fn a_score_is_a_share_of_all_questions() {
        assert_eq!(line(&exam(35, 50, 50)), "35 of 50 right (70 %), passed, 41 minutes");
        assert_eq!(line(&exam(34, 47, 50)), "34 of 50 right (68 %), not passed, 3 not answered, 41 minutes");
        let timed = ExamResult { allowed_ms: Some(3_600_000), ..exam(35, 50, 50) };
        assert_eq!(line(&timed), "35 of 50 right (70 %), passed, 41 of 60 minutes");
        let short = ExamResult { lasted_ms: 60_000, allowed_ms: Some(60_000), time_up: true, ..exam(0, 0, 2) };
        assert_eq!(line(&short), "0 of 2 right (0 %), not passed, 2 not answered, 1 of 1 minute, the time was up");
        assert_eq!(line(&ExamResult::default()), "0 of 0 right (0 %), not passed, less than a minute");
    }

    #[test]
    fn an_answer_that_is_not_kept_names_its_question() {
        let said = not_kept(3, "this question takes a number");
        assert_eq!(said, "the answer to question 3 is not kept: it takes a number");
        assert_eq!(not_kept(1, "type an answer"), "the answer to question 1 is not kept: type an answer");
    }

    #[test]
    fn an_exam_that_was_left_says_how_far_it_is() {
        let left = |answered, ms_left| {
            left_exam(&LeftExam { questions: 50, answered, stays: answered > 0, used_ms: 0, ms_left })
        };
        let goes_on = "`retain exam --resume` continues it";
        assert_eq!(left(12, None), format!("the exam is not finished: 12 of 50 answered; {goes_on}"));
        assert_eq!(
            left(12, Some(20 * 60_000)),
            format!("the exam is not finished: 12 of 50 answered, 20 min left; {goes_on}")
        );
        assert!(left(1, Some(59_999)).contains("59 s left"));
        assert!(left(0, None).contains("the same questions"));
        let all_taken_back = LeftExam { questions: 50, answered: 0, stays: true, used_ms: 9, ms_left: None };
        assert_eq!(
            left_exam(&all_taken_back),
            "the exam is not finished: 0 of 50 answered; `retain exam --resume` continues it"
        );
    }
}
