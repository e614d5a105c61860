//! The score of a mock exam in one line, to look back at or to keep.

use super::words;
use crate::session::ExamResult;

/// `35 of 50 right (70 %), 3 not answered, 41 minutes`. The share is of all drawn questions, answered or not.
pub fn line(exam: &ExamResult) -> String {
    let mut parts = Vec::new();
    let share = if exam.questions == 0 { 0.0 } else { exam.right() as f64 / exam.questions as f64 };
    parts.push(format!("{} of {} right ({})", exam.right(), exam.questions, words::share(share)));
    match exam.questions.saturating_sub(exam.answers.len()) {
        0 => {}
        left => parts.push(format!("{left} not answered")),
    }
    let minutes = (exam.lasted_ms.max(0) as f64 / 60_000.0).round() as u64;
    parts.push(if minutes == 0 { "less than a minute".into() } else { words::count(minutes, "minute") });
    if exam.time_up {
        parts.push("the time was up".into());
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;
    use crate::session::GivenAnswer;
    use crate::session::tests::{choice, feedback, question, showing};

    fn exam(right: usize, wrong: usize, questions: usize) -> ExamResult {
        let choices = vec![choice(0, "a", true), choice(1, "b", false)];
        let showing = showing(&question(Kind::Single, "What?", choices), 0);
        let place = |right: bool| showing.choices.iter().position(|choice| choice.correct == right).expect("a choice");
        let answer = |right| (showing.clone(), feedback(&showing, &GivenAnswer::Picked(vec![place(right)])));
        let answers = (0..right).map(|_| answer(true)).chain((0..wrong).map(|_| answer(false))).collect();
        ExamResult { questions, lasted_ms: 41 * 60_000 + 3_000, time_up: false, answers }
    }

    #[test]
    fn a_score_is_a_share_of_what_was_drawn() {
        assert_eq!(line(&exam(35, 15, 50)), "35 of 50 right (70 %), 41 minutes");
        assert_eq!(line(&exam(35, 12, 50)), "35 of 50 right (70 %), 3 not answered, 41 minutes");
        let short = ExamResult { lasted_ms: 60_000, time_up: true, ..exam(0, 0, 2) };
        assert_eq!(line(&short), "0 of 2 right (0 %), 2 not answered, 1 minute, the time was up");
        assert_eq!(line(&ExamResult::default()), "0 of 0 right (0 %), less than a minute");
    }
}
