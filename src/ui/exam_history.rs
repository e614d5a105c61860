//! Earlier mock exams, for people and as JSON Lines.

use serde_json::json;

use super::json_line;
use super::rich;
use super::table::{
    self,
    TextColumn::{Cut, Left, Right},
};
use super::words;
use crate::error::Result;
use crate::model::ExamEnding;
use crate::study::PastExam;

/// The columns of a table without the name of the deck and the time.
const FIXED: usize = 16 + 10 + 5 + 11 + 4 * 2;
/// The columns of the time.
const TIME: usize = 13 + 2;
/// The fewest columns that leave something of the name of a deck.
const NAME: usize = 8;

/// Exams as JSON Lines, the newest first.
pub fn json(exams: &[PastExam]) -> Result<String> {
    let minutes = |ms: i64| (ms as f64 / 600.0).round() / 100.0;
    let line = |exam: &PastExam| {
        json_line(&json!({
            "exam": exam.id, "began": exam.began.rfc3339(), "deck": exam.deck, "narrowed": exam.narrowed,
            "questions": exam.questions, "answered": exam.answered, "right": right(exam), "score": score(exam),
            "pass_mark": exam.pass_mark, "passed": exam.is_passed(), "ended": exam.ending.map(ExamEnding::name),
            "minutes": minutes(exam.used_ms), "minutes_allowed": exam.allowed_ms.map(minutes),
            "taken_back": exam.taken_back,
        }))
    };
    exams.iter().map(line).collect()
}

/// The questions that were answered rightly. Of an exam that can be resumed that is not known before its end.
fn right(exam: &PastExam) -> Option<usize> {
    exam.ending.map(|_| exam.right)
}

/// The share of all questions that were answered rightly, 0–1.
fn score(exam: &PastExam) -> Option<f64> {
    right(exam).map(|right| right as f64 / exam.questions.max(1) as f64)
}

/// Exams for people, the newest first, within this width.
pub fn text(exams: &[PastExam], width: usize) -> String {
    let mut text = if width >= FIXED + NAME { wide(exams, width) } else { narrow(exams, width) };
    if exams.iter().any(|exam| exam.taken_back > 0) {
        for row in rich::rows("* answers were taken back since, and no longer count", width) {
            text += &(row + "\n");
        }
    }
    text
}

fn wide(exams: &[PastExam], width: usize) -> String {
    let timed = width >= FIXED + NAME + TIME;
    let names = exams.iter().map(|exam| rich::columns(&name(exam))).max().unwrap_or(0);
    let room = width - FIXED - if timed { TIME } else { 0 };
    let columns = [Left(16), Cut(names.clamp(4, room)), Right(10), Right(5), Left(11), Left(0)];
    let columns = if timed { &columns[..] } else { &columns[..5] };
    let row = |cells: [String; 6]| table::row(columns, 2, cells).trim_end().to_owned() + "\n";
    let mut text = row(["began", "deck", "right", "", "result", "time"].map(String::from));
    for exam in exams {
        text += &row([
            words::date_and_time(exam.began),
            name(exam),
            count(exam),
            score(exam).map_or_else(String::new, words::share),
            result(exam).into(),
            time(exam),
        ]);
    }
    text
}

/// Two lines for each exam.
fn narrow(exams: &[PastExam], width: usize) -> String {
    let lines = |exam: &PastExam| {
        let first = format!("{} {}", words::date_and_time(exam.began), name(exam));
        let score = score(exam).map_or_else(String::new, |score| format!("{}, ", words::share(score)));
        let second = format!("{}, {score}{}", count(exam), result(exam));
        format!("{}\n  {}\n", rich::cut(&first, width), rich::cut(&second, width.saturating_sub(2)))
    };
    exams.iter().map(lines).collect()
}

/// The deck, with the topics and tags that were asked for.
fn name(exam: &PastExam) -> String {
    let deck = exam.deck.as_deref().unwrap_or("all decks");
    exam.narrowed.as_ref().map_or_else(|| deck.to_owned(), |narrowed| format!("{deck}: {narrowed}"))
}

/// How many questions were answered rightly.
fn count(exam: &PastExam) -> String {
    let right = right(exam).map_or_else(|| "–".to_owned(), |right| right.to_string());
    format!("{right}{} of {}", if exam.taken_back > 0 { "*" } else { "" }, exam.questions)
}

fn result(exam: &PastExam) -> &'static str {
    match (exam.is_passed(), exam.ending) {
        (Some(true), _) => "passed",
        (Some(false), _) => "not passed",
        (None, None) => "unfinished",
        (None, Some(_)) => "left",
    }
}

fn time(exam: &PastExam) -> String {
    let minutes = |ms: i64| (ms as f64 / 60_000.0).round();
    let allowed = exam.allowed_ms.map(|ms| format!(" of {}", minutes(ms))).unwrap_or_default();
    format!("{}{allowed} min", minutes(exam.used_ms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Moment;

    fn exams() -> Vec<PastExam> {
        let exam = PastExam {
            id: 3,
            began: Moment { utc_ms: 1_795_420_800_000, offset_minutes: 60 },
            deck: Some("Certification::Networks and Storage".into()),
            narrowed: Some("Law, #hard".into()),
            allowed_ms: Some(3_600_000),
            used_ms: 2_463_000,
            pass_mark: 70,
            ending: Some(ExamEnding::HandedIn),
            questions: 50,
            answered: 48,
            right: 35,
            taken_back: 0,
        };
        vec![
            PastExam {
                ending: None,
                right: 3,
                answered: 12,
                deck: None,
                narrowed: None,
                allowed_ms: None,
                ..exam.clone()
            },
            PastExam { right: 34, taken_back: 1, narrowed: None, deck: Some("操作系统".into()), ..exam.clone() },
            PastExam { ending: Some(ExamEnding::Left), ..exam.clone() },
            exam,
        ]
    }

    #[test]
    fn a_table_fits_the_width() {
        for width in [20, 40, 58, 60, 80, 120] {
            let text = text(&exams(), width);
            assert!(text.lines().all(|line| rich::columns(line) <= width), "{width}:\n{text}");
        }
        insta::assert_snapshot!(text(&exams(), 80));
        insta::assert_snapshot!(text(&exams(), 40));
    }

    #[test]
    fn a_line_of_json_says_all() {
        let line = json(&exams()[1..2]).expect("JSON");
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&line).expect("JSON"),
            json!({
                "exam": 3, "began": "2026-11-23T09:00:00.000+01:00", "deck": "操作系统", "narrowed": null, "questions": 50,
                "answered": 48, "right": 34, "score": 0.68, "pass_mark": 70, "passed": false, "ended": "handed-in",
                "minutes": 41.05, "minutes_allowed": 60.0, "taken_back": 1,
            })
        );
        let line: serde_json::Value = serde_json::from_str(&json(&exams()[..1]).expect("JSON")).expect("JSON");
        assert_eq!((&line["ended"], &line["right"], &line["score"]), (&json!(null), &json!(null), &json!(null)));
    }
}
