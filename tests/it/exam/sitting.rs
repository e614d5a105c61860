//! Sitting a mock exam: back and forth, changed answers, leaving and going on, and what the log and the database make of it.

use std::collections::HashSet;

use crate::fixture::program::kinds::study_of_kinds;
use crate::fixture::study::{Reply, Sitting, Study, all_right, pick};
use retain::bank::ReadOptions;
use retain::model::{ExamEnding, MoveKind};
use retain::session::{Action, ExamAction, ExamOutcome, GivenAnswer, Notice, Showing, Turn};
use retain::study::{ExamRequest, ExamRules, PastExam, ReviewRequest, unwatched};

/// A bank of so many questions; the choice `right` is right.
pub(super) fn bank(questions: usize) -> String {
    (1..=questions)
        .map(|number| format!("# T{}\n\n{number}. What is number {number}?\n- right *\n- wrong\n- odd\n\n", number % 3))
        .collect()
}

pub(super) fn study(questions: usize) -> Study {
    let study = Study::new();
    study.bank("Bank", bank(questions));
    study
}

pub(super) fn exam_of(questions: u32) -> ExamRequest<'static> {
    ExamRequest { deck: None, questions, topics: &[], tags: &[] }
}

const HOUR: ExamRules = ExamRules { allowed_ms: Some(3_600_000), pass_mark: 70 };

/// Answers the question that is shown.
#[track_caller]
pub(super) fn answers(sitting: &mut Sitting<'_>, text: &str) -> Vec<Notice> {
    let question = sitting.question().expect("a question");
    sitting.answer(&pick(&question, text))
}

/// The text of the answer that the question already has.
fn earlier(question: &Showing) -> Option<&str> {
    let given = question.given.as_ref()?;
    let place = match given {
        retain::session::GivenAnswer::Picked(places) => *places.first()?,
        _ => return None,
    };
    Some(&question.choices[place].text)
}

pub(super) fn exams(study: &Study) -> Vec<PastExam> {
    study.trainer().past_exams().expect("exams")
}

/// The answers in the log: right or not, and whether they count.
fn log(study: &Study) -> Vec<(bool, bool)> {
    let rows = study.table("reviews");
    rows.iter().map(|row| (row["right"] == true, row["undone"] == false)).collect()
}

#[test]
fn an_answer_can_be_changed_until_the_exam_is_handed_in() {
    let study = study(6);
    study.settings("fuzz=off");
    let mut desk = study.open();
    let mut sitting = desk.exam(exam_of(4));
    answers(&mut sitting, "wrong");
    answers(&mut sitting, "right");
    sitting.turns(Turn::To(0));
    let question = sitting.question().expect("the first question again");
    assert_eq!(earlier(&question), Some("wrong"), "it is shown as chosen");
    answers(&mut sitting, "right");
    // The next open question comes, and not one that has its answer.
    assert_eq!(sitting.paper().at(), 2);
    sitting.turns(Turn::Next);
    answers(&mut sitting, "odd");
    sitting.hands_in();
    let result = sitting.summary().and_then(|summary| summary.exam_result()).expect("a result").clone();
    assert_eq!((result.questions, result.answered, result.right, result.misses().count()), (4, 3, 2, 1));
    drop(desk);
    assert_eq!(log(&study), [(false, false), (true, true), (true, true), (false, true)]);
    study.is_sound();
    // What counts for memory is the last answer alone.
    let other = self::study(6);
    other.settings("fuzz=off");
    let mut desk = other.open();
    let mut sitting = desk.exam(exam_of(4));
    for text in ["right", "right"] {
        answers(&mut sitting, text);
    }
    sitting.turns(Turn::To(3));
    answers(&mut sitting, "odd");
    sitting.hands_in();
    drop(desk);
    let memories = |study: &Study| {
        let cards = study.table("cards");
        cards.into_iter().map(|card| (card["stability"].clone(), card["due"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(memories(&study), memories(&other));
    study.rebuild().is_sound();
    assert_eq!(memories(&study), memories(&other), "a replay says the same");
}

#[test]
fn the_answer_before_counts_again_when_a_changed_one_is_taken_back() {
    let study = study(6);
    let mut desk = study.open();
    let mut sitting = desk.exam(exam_of(4));
    answers(&mut sitting, "wrong");
    sitting.turns(Turn::To(0));
    answers(&mut sitting, "right");
    sitting.turns(Turn::To(0));
    answers(&mut sitting, "odd");
    sitting.does(Action::Undo);
    let question = sitting.question().expect("the first question again");
    assert_eq!(earlier(&question), Some("right"), "the answer before the last one");
    sitting.does(Action::Undo);
    assert_eq!(earlier(&sitting.question().expect("the same")), Some("wrong"), "and the one before that");
    sitting.does(Action::Undo);
    assert_eq!(earlier(&sitting.question().expect("the same")), None);
    let told = sitting.does(Action::Undo);
    assert_eq!(told, [Notice::NothingToUndo]);
    answers(&mut sitting, "wrong");
    sitting.turns(Turn::To(0));
    answers(&mut sitting, "right");
    sitting.hands_in();
    let result = sitting.summary().and_then(|summary| summary.exam_result()).expect("a result").clone();
    assert_eq!((result.answered, result.right), (1, 1));
    drop(desk);
    // Back and forth after the exam, too: one of them counts, and the other does not.
    let live =
        |study: &Study| log(study).into_iter().filter(|(_, live)| *live).map(|(right, _)| right).collect::<Vec<_>>();
    assert_eq!(live(&study), [true]);
    for _ in 0..2 {
        study.undo();
        assert_eq!(live(&study), [false]);
        study.rebuild().is_sound();
        study.trainer().redo().expect("a redo").expect("the answer");
        assert_eq!(live(&study), [true]);
        study.rebuild().is_sound();
    }
    assert_eq!(exams(&study)[0].right, 1);
}

#[test]
fn an_exam_that_is_killed_goes_on_where_it_was() {
    let study = study(8);
    let mut texts: Vec<Option<&str>> = vec![None; 6];
    let stems: Vec<String> = {
        let mut desk = study.open();
        let sitting = desk.ruled_exam(exam_of(6), HOUR);
        sitting.paper().questions().iter().map(|question| question.stem.clone()).collect()
    };
    // Killed after every step, in an order that goes back and forth.
    for (step, (to, text)) in
        [(0, "right"), (5, "wrong"), (2, "odd"), (0, "wrong"), (5, "right"), (3, "wrong")].into_iter().enumerate()
    {
        study.at(&format!("2026-11-23T{:02}:00:00+01:00", 9 + step));
        let mut desk = study.open();
        let mut sitting = if step == 0 { desk.ruled_exam(exam_of(6), HOUR) } else { desk.resumed_exam() };
        let paper = sitting.paper();
        assert_eq!(paper.questions().iter().map(|question| question.stem.clone()).collect::<Vec<_>>(), stems);
        assert_eq!(paper.answered(), texts.iter().flatten().count());
        sitting.turns(Turn::To(to));
        assert_eq!(earlier(&sitting.question().expect("a question")), texts[to], "step {step}");
        sitting.does(Action::Exam(ExamAction::Mark(Some(step))));
        answers(&mut sitting, text);
        texts[to] = Some(text);
    }
    let mut desk = study.open();
    let mut sitting = desk.resumed_exam();
    assert_eq!(sitting.paper().at(), 4, "at the question that was shown");
    assert_eq!(sitting.paper().marked().count(), 6);
    sitting.hands_in();
    let result = sitting.summary().and_then(|summary| summary.exam_result()).expect("a result");
    assert_eq!((result.answered, result.right, result.misses().count(), result.open()), (4, 1, 3, 2));
    let missed: HashSet<&str> = result.misses().map(|(showing, _)| showing.stem.as_str()).collect();
    assert_eq!(missed, HashSet::from([stems[0].as_str(), &stems[2], &stems[3]]));
    assert!(result.misses().all(|(showing, feedback)| showing.given.as_ref() == Some(&feedback.given)));
    drop(desk);
    assert_eq!(log(&study).iter().filter(|(_, counts)| *counts).count(), 4);
    study.is_sound();
}

#[test]
fn every_kind_of_question_has_its_earlier_answer_after_a_kill() {
    let study = study_of_kinds();
    let mut given = Vec::new();
    loop {
        let mut desk = study.open();
        let mut sitting = if given.is_empty() { desk.exam(exam_of(50)) } else { desk.resumed_exam() };
        for (index, given) in given.iter().enumerate() {
            sitting.turns(Turn::To(index));
            let question = sitting.question().expect("a question");
            assert_eq!(question.given.as_ref(), Some(given), "{}", question.stem);
        }
        if given.len() == sitting.paper().len() {
            sitting.hands_in();
            let result = sitting.summary().and_then(|summary| summary.exam_result()).expect("a result");
            assert_eq!((result.right, result.questions), (given.len(), given.len()));
            break;
        }
        sitting.turns(Turn::To(given.len()));
        let question = sitting.question().expect("a question");
        let reply: Reply = all_right(&question);
        sitting.answer(&reply);
        given.push(reply.given);
    }
    assert!(given.len() >= 5, "many kinds were asked: {}", given.len());
    study.is_sound();
}

#[test]
fn open_questions_of_every_kind_can_be_looked_at_after_the_exam() {
    let study = study_of_kinds();
    let mut desk = study.open();
    let mut sitting = desk.exam(exam_of(50));
    let question = sitting.question().expect("a question");
    sitting.answer(&all_right(&question));
    let open: Vec<String> = sitting.paper().questions().iter().skip(1).map(|asked| asked.stem.clone()).collect();
    sitting.hands_in();
    let result = sitting.summary().and_then(|summary| summary.exam_result()).expect("a result");
    let seen: Vec<&str> = result.not_right.iter().map(|(showing, _)| showing.stem.as_str()).collect();
    assert_eq!(seen, open, "in the order of the exam");
    for (showing, feedback) in &result.not_right {
        assert_eq!((&feedback.given, feedback.right), (&GivenAnswer::LeftOpen, false));
        assert!(
            !feedback.correct.is_empty() || !showing.right_texts().is_empty() || !showing.right_halves().is_empty()
        );
    }
    drop(desk);
    study.is_sound();
}

#[test]
fn time_away_does_not_count_and_the_end_of_the_time_hands_in() {
    let study = study(5);
    let mut desk = study.open();
    answers(&mut desk.ruled_exam(exam_of(4), HOUR), "right");
    drop(desk);
    let unfinished = study.trainer().unfinished_exam().expect("the exam").expect("an exam");
    assert_eq!((unfinished.used_ms, unfinished.answered), (0, 1), "the clock of this test does not run");
    study.at("2026-11-30");
    let mut desk = study.open();
    let sitting = desk.resumed_exam();
    assert_eq!(sitting.paper().answered(), 1);
    drop(desk);
    // As if it was sat for an hour, and killed then.
    used_meanwhile(&study, 3_600_000);
    let mut desk = study.open();
    let sitting = desk.resumed_exam();
    let result = sitting.summary().and_then(|summary| summary.exam_result()).expect("it is handed in").clone();
    assert_eq!((result.time_up, result.answered, result.right, result.open()), (true, 1, 1, 3));
    assert!(!result.is_passed(), "open questions count as wrong");
    assert_eq!((result.misses().count(), result.unanswered().count()), (0, 3), "they can be looked at");
    drop(desk);
    let [exam] = &exams(&study)[..] else { panic!("one exam") };
    assert_eq!((exam.ending, exam.is_passed()), (Some(ExamEnding::TimeUp), Some(false)));
    study.is_sound();
}

/// Keeps this time as used, by a mark that is set later.
fn used_meanwhile(study: &Study, used_ms: i64) {
    let mut trainer = study.trainer();
    let decks = trainer.decks().expect("decks");
    let sitting = trainer.resume_exam().expect("an exam").expect("one that was left");
    let mut world = trainer.exam_world(&decks, &sitting);
    let request = retain::session::PaperRequest::Mark { position: 0, marked: true, used_ms };
    world.perform(retain::session::Request::Paper(request)).expect("it is kept");
}

#[test]
fn an_exam_is_left_without_a_word_on_what_was_right() {
    let study = study(5);
    let mut desk = study.open();
    let mut sitting = desk.exam(exam_of(4));
    answers(&mut sitting, "right");
    sitting.does(Action::Quit);
    let Some(ExamOutcome::Left(left)) = sitting.summary().and_then(|summary| summary.exam.clone()) else {
        panic!("it is left")
    };
    assert_eq!((left.questions, left.answered), (4, 1));
    drop(desk);
    // Another one leaves it for good, and so does no resume go on with it.
    let mut desk = study.open();
    answers(&mut desk.exam(exam_of(2)), "wrong");
    drop(desk);
    let endings: Vec<_> = exams(&study).iter().map(|exam| (exam.ending, exam.answered, exam.questions)).collect();
    assert_eq!(endings, [(None, 1, 2), (Some(ExamEnding::Left), 1, 4)]);
    let mut desk = study.open();
    assert_eq!(desk.resumed_exam().paper().len(), 2);
    drop(desk);
    study.is_sound();
}

#[test]
fn an_undo_afterwards_opens_the_question_and_changes_the_figures() {
    let study = study(5);
    let mut desk = study.open();
    let mut sitting = desk.exam(exam_of(3));
    for text in ["right", "wrong", "right"] {
        answers(&mut sitting, text);
    }
    drop(desk);
    // By another command, while it is left.
    study.undo();
    let mut desk = study.open();
    let mut sitting = desk.resumed_exam();
    assert_eq!(sitting.paper().open().collect::<Vec<_>>(), [2]);
    assert_eq!(sitting.does(Action::Undo), [Notice::NothingToUndo], "not in this sitting");
    sitting.turns(Turn::To(2));
    assert_eq!(earlier(&sitting.question().expect("a question")), None);
    answers(&mut sitting, "right");
    sitting.hands_in();
    drop(desk);
    let figures = |study: &Study| exams(study).first().map(|exam| (exam.answered, exam.right, exam.taken_back));
    assert_eq!(figures(&study), Some((3, 2, 0)));
    study.undo();
    assert_eq!(figures(&study), Some((2, 1, 1)), "an answer that is taken back no longer counts");
    study.trainer().redo().expect("the log").expect("it comes back");
    assert_eq!(figures(&study), Some((3, 2, 0)));
    study.is_sound().rebuild();
    assert_eq!(figures(&study), Some((3, 2, 0)), "a rebuild leaves exams alone");
}

#[test]
fn a_leech_that_an_answer_made_is_none_when_the_answer_is_changed() {
    let study = study(1);
    study.settings("leech-threshold=2 leech-action=suspend learning-steps=none relearning-steps=none fuzz=off");
    study.review(|question| pick(question, "right"));
    for day in ["2026-12-20", "2027-01-20"] {
        study.at(day).review(|question| pick(question, if day.starts_with("2026") { "wrong" } else { "right" }));
    }
    study.at("2027-03-20");
    let suspended = || study.card("number 1")["suspended"] == true;
    let mut desk = study.open();
    let mut sitting = desk.exam(exam_of(1));
    answers(&mut sitting, "wrong");
    assert!(suspended(), "one lapse too many");
    sitting.turns(Turn::Previous);
    answers(&mut sitting, "right");
    assert!(!suspended());
    sitting.hands_in();
    drop(desk);
    study.is_sound();
}

#[test]
fn questions_that_go_or_change_meanwhile_do_not_break_an_exam() {
    let study = study(4);
    study.import("more.txt", &bank(6).replace("number", "digit"), &ReadOptions::default(), Some("Bank"));
    let mut desk = study.open();
    let mut sitting = desk.exam(exam_of(10));
    let place = |sitting: &Sitting<'_>, word: &str| {
        let found = sitting.paper().questions().iter().position(|question| question.stem.contains(word));
        found.expect("a question")
    };
    for word in ["number 1", "number 4"] {
        let at = place(&sitting, word);
        sitting.turns(Turn::To(at));
        answers(&mut sitting, "wrong");
    }
    drop(desk);
    // The second bank is taken back: none of its questions was answered. A question that was is suspended and edited.
    let gone = study.trainer().take_back_import(false).expect("the import");
    assert_eq!(gone.len(), 1);
    let id = |stem: &str| study.card(stem)["card"].as_str().expect("an id").parse().expect("an id");
    study.trainer().move_card(id("number 2"), MoveKind::Suspend, "by hand").expect("a move");
    assert_eq!(study.trainer().delete_cards(&[id("number 4")]).expect("a deletion"), 1);
    study.bank("Bank", bank(3).replace("What is number 3?", "And what is number 3 now?"));
    study.is_sound();
    let mut desk = study.open();
    let mut sitting = desk.resumed_exam();
    assert_eq!(sitting.paper().len(), 3);
    for word in ["number 2", "number 3"] {
        let at = place(&sitting, word);
        sitting.turns(Turn::To(at));
        answers(&mut sitting, "right");
    }
    sitting.hands_in();
    drop(desk);
    let [exam] = &exams(&study)[..] else { panic!("one exam") };
    assert_eq!((exam.questions, exam.answered, exam.right), (3, 3, 2));
    study.is_sound();
    // Its questions come back with the same cards: what is over stays as it was.
    study.import("more.txt", &bank(6).replace("number", "digit"), &ReadOptions::default(), Some("Bank"));
    assert_eq!(exams(&study)[0].questions, 3);
}

#[test]
fn a_review_between_two_sittings_is_no_part_of_the_exam() {
    let study = study(6);
    study.settings("learning-steps=none");
    let mut desk = study.open();
    answers(&mut desk.exam(exam_of(3)), "right");
    drop(desk);
    study.asked(&ReviewRequest { new: Some(6), ..ReviewRequest::default() }, |question| pick(question, "right"));
    let mut desk = study.open();
    let mut sitting = desk.resumed_exam();
    assert_eq!(sitting.paper().answered(), 1);
    for _ in 0..2 {
        answers(&mut sitting, "right");
    }
    sitting.hands_in();
    drop(desk);
    assert_eq!(exams(&study)[0].right, 3);
    study.is_sound();
    assert!(study.trainer().rebuild(&mut unwatched).is_ok());
}
