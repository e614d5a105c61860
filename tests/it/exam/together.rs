//! Two mock exams at once on one database.

use super::sitting::{answers, exam_of, exams, study};
use retain::model::ExamEnding;
use retain::session::Action;

#[test]
fn two_exams_at_once_are_both_handed_in() {
    let study = study(8);
    let (mut one, mut two) = (study.open(), study.open());
    // The second begins before anything was answered in the first, which is not forgotten for that.
    let mut first = one.exam(exam_of(3));
    let mut second = two.exam(exam_of(2));
    assert!(exams(&study).is_empty(), "only begun");
    answers(&mut first, "right");
    answers(&mut second, "wrong");
    let endings = || exams(&study).iter().map(|exam| (exam.ending, exam.answered)).collect::<Vec<_>>();
    assert_eq!(endings(), [(None, 1), (Some(ExamEnding::Left), 1)]);
    answers(&mut first, "right");
    assert_eq!(endings(), [(Some(ExamEnding::Left), 1), (None, 2)], "the one that was answered last");
    second.hands_in();
    first.hands_in();
    let result = first.summary().and_then(|summary| summary.exam_result()).expect("a result");
    assert_eq!((result.questions, result.answered, result.right), (3, 2, 2));
    assert_eq!(endings(), [(Some(ExamEnding::HandedIn), 1), (Some(ExamEnding::HandedIn), 2)]);
    study.is_sound();
}

#[test]
fn one_exam_in_two_windows_keeps_the_last_answers() {
    let study = study(8);
    let mut one = study.open();
    let mut first = one.exam(exam_of(3));
    answers(&mut first, "wrong");
    let mut two = study.open();
    let mut second = two.resumed_exam();
    answers(&mut second, "right");
    answers(&mut first, "wrong");
    second.hands_in();
    first.does(Action::Quit);
    let [exam] = &exams(&study)[..] else { panic!("one exam") };
    assert_eq!((exam.ending, exam.answered, exam.right), (Some(ExamEnding::HandedIn), 2, 0));
    study.is_sound();
}

#[test]
fn an_exam_that_nobody_answered_is_forgotten_a_day_later() {
    let study = study(8);
    let begin = |day: &str, answered: bool| {
        study.at(day);
        let mut desk = study.open();
        let mut sitting = desk.exam(exam_of(2));
        if answered {
            answers(&mut sitting, "right");
        }
    };
    // Killed before its first answer. Nobody sees it, and another one is the first in the list.
    begin("2026-11-23", false);
    assert!(exams(&study).is_empty());
    assert!(study.trainer().unfinished_exam().expect("exams").is_none());
    begin("2026-11-25", true);
    assert_eq!(exams(&study).iter().map(|exam| exam.id).collect::<Vec<_>>(), [1], "its number is free again");
    study.is_sound();
}
