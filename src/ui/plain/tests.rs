use std::io::Cursor;
use std::sync::Arc;

use super::*;
use crate::model::{Choice, Kind};
use crate::session::tests::{choice, feedback, question, showing};
use crate::session::{ExamOutcome, ExamResult, GivenAnswer, TopicScore};
use crate::ui::tests::session::{NOW, examined, silent};

fn front(input: &str) -> Plain<Vec<u8>> {
    let lines = InputLines::new(Cursor::new(input.to_owned().into_bytes()), Arc::default()).expect("a reader");
    Plain::new(lines, Vec::new(), false)
}

fn said(front: &mut Plain<Vec<u8>>) -> String {
    String::from_utf8(std::mem::take(&mut front.output)).expect("UTF-8")
}

#[test]
fn a_text_is_typed_anew_line_by_line() {
    let mut front = front("One?\n- A. x *\n  > good \n.\n:cancel\nleft open\n");
    assert_eq!(front.edit("One", None).expect("a text"), Some("One?\n- A. x *\n  > good\n".into()));
    assert_eq!(front.edit("One?\n", Some("error: what\n")).expect("a text"), None);
    assert_eq!(front.edit("One", None).expect("a text"), None, "an input that ends changes nothing");
    let said = said(&mut front);
    assert!(said.starts_with("The question, as a bank has it:\nOne\nType it again"), "{said}");
    assert!(said.contains("error: what\nThis is what you typed:\nOne?\nType it again"), "{said}");
}

fn exam() -> ExamResult {
    let answered = |showing: Showing, given: &GivenAnswer| {
        let feedback = feedback(&showing, given);
        (showing, feedback)
    };
    let mut short = showing(&question(Kind::Short, "Which town?", vec![choice(0, "Oslo", true)]), 0);
    short.topic = Some("Towns".into());
    short.explanation = Some("It lies on a fjord.".into());
    let single = showing(&question(Kind::Single, "Which?", vec![choice(0, "a", true), choice(1, "b", false)]), 0);
    let wrong = GivenAnswer::Picked(vec![1 - single.right_places()[0]]);
    let not_right = vec![answered(short, &GivenAnswer::Typed("Rome".into())), answered(single, &wrong)];
    let topic = |topic: Option<&str>, right, answers, questions| TopicScore {
        topic: topic.map(String::from),
        right,
        answers,
        questions,
    };
    let topics = vec![topic(Some("Towns"), 0, 1, 1), topic(None, 1, 2, 3)];
    ExamResult {
        questions: 4,
        answered: 3,
        right: 1,
        pass_mark: 70,
        lasted_ms: 90_000,
        allowed_ms: Some(90_000),
        time_up: true,
        topics,
        not_right,
    }
}

fn handed_in() -> Summary {
    Summary { exam: Some(ExamOutcome::Over(exam())), ..Summary::default() }
}

#[test]
fn the_end_of_an_exam() {
    let mut front = front("\n\n");
    front.finish(&handed_in(), NOW).expect("told");
    insta::assert_snapshot!(said(&mut front).replace(" \n", "\n"), @r"

    Score: 1 of 4 right (25 %).
    Not passed: the pass mark is 70 %.
    Answered: 3 of 4, in 1 minute of 1 minute.
    1 question was left open and counts as wrong.
    By topic, the weakest first:
    Towns: 0 of 1 right (0 %).
    Without a topic: 1 of 3 right (33 %).
    No cards are waiting.
    Enter shows the 2 questions that were not right, or quit:

    Not right: 1 of 2.
    Topic: Towns.
    Which town?
    You typed: Rome
    Accepted: Oslo
    It lies on a fjord.
    Enter shows the next one, or quit:

    Not right: 2 of 2.
    Which?
    You picked B. b
    The answer is A. a
    ");
}

#[test]
fn an_exam_counts_down_and_its_time_ends_the_wait() {
    let question = question(Kind::Single, "Which?", vec![choice(0, "a", true), choice(1, "b", false)]);
    for (ms, told) in [
        (90 * 60_000, "90 minutes left."),
        (119_999, "1 minute left."),
        (59_999, "59 seconds left."),
        (1_500, "1 second left."),
    ] {
        let session = examined(question.clone(), 3, Some(ms));
        let mut front = front("A\n");
        front.act(&session, NOW).expect("a wish");
        let said = said(&mut front);
        assert!(said.starts_with(&format!("\nQuestion 1 of 3.\n{told}\nDeck: A.\nFlagged: odd\nWhich?\n")), "{said}");
    }
    let (_open, input) = silent();
    let mut front = Plain::new(InputLines::new(input, Arc::default()).expect("a reader"), Vec::new(), true);
    let session = examined(question, 3, Some(20));
    assert_eq!(front.act(&session, NOW).expect("a wish"), Wish::Act(Action::Tick));
    assert!(said(&mut front).ends_with("help): \n"), "the prompt does not stay open");
}

#[test]
fn nobody_has_to_go_through_the_misses() {
    let mut end = front("quit\n");
    end.finish(&handed_in(), NOW).expect("told");
    assert!(!said(&mut end).contains("Not right: 1"));
    let mut over = front("");
    over.finish(&handed_in(), NOW).expect("told");
    assert!(said(&mut over).contains("Not right: 2 of 2."), "without input nothing is waited for");
}

#[test]
fn controls_in_a_bank_are_left_out() {
    let mut single = showing(&question(Kind::Single, "a\u{1b}[2Jb\tc", vec![choice(0, "x\u{7}", true)]), 0);
    single.explanation = Some("\u{9b}2J".into());
    assert_eq!(say::words(&single.stem, single.markup), "ab  c");
    assert_eq!(say::choices(&single), "A. x\n");
    let text = verdict::verdict(&single, &feedback(&single, &GivenAnswer::Picked(vec![0])));
    assert!(!text.contains(|char: char| char.is_control() && char != '\n'), "{text:?}");
}

#[test]
fn the_letters_of_the_bank_are_told_where_they_may_be_named() {
    let choices = (0..3).map(|number| Choice { feedback: None, ..choice(number, "x", number == 0) }).collect();
    let mut single = showing(&question(Kind::Single, "Which?", choices), 0);
    assert!(single.choices.iter().any(|choice| choice.label != choice.bank_letter), "shuffled");
    let answered = feedback(&single, &GivenAnswer::Picked(vec![0]));
    for (explanation, told) in
        [("Not B.", true), ("see c)", true), ("Because of abc.", false), ("Bees buzz", false), ("(a) holds", true)]
    {
        single.explanation = Some(explanation.into());
        assert_eq!(verdict::reasons(&single, &answered).contains("In the bank,"), told, "{explanation}");
    }
}
