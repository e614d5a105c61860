//! Mock exams over JSON Lines and in plain lines.

use super::sitting::study;
use crate::fixture::program::{JsonSession, Program, label};
use serde_json::{Value, json};

fn answer(question: &Value, text: &str) -> Value {
    json!({"type": "answer", "pick": [label(question, text)], "ms": 3000})
}

/// Sends a line; the question that follows.
#[track_caller]
fn question_after(session: &mut JsonSession, line: &Value) -> Value {
    session.send(line);
    session.next("question")
}

#[test]
fn a_program_that_only_answers_sees_what_it_always_saw() {
    let program = study(5).program();
    let mut session = program.talk(&["exam", "--json", "-n", "3"]);
    for number in 1..=3 {
        let question = session.next("question");
        assert_eq!(
            (&question["number"], &question["questions"], &question["given"]),
            (&json!(number), &json!(3), &json!(null))
        );
        session.send(&answer(&question, "right"));
        session.next("recorded");
    }
    let done = session.next("done");
    assert_eq!((&done["answered"], &done["right"], &done["exam"]["passed"]), (&json!(3), &json!(3), &json!(true)));
    assert_eq!(session.read(), None);
    // What is skipped comes after the others, and `quit` gives the score of what was answered.
    let mut session = program.talk(&["exam", "--json", "-n", "3"]);
    let first = session.next("question");
    let second = question_after(&mut session, &json!({"type": "skip"}));
    session.send(&answer(&second, "wrong"));
    session.next("recorded");
    let third = session.next("question");
    session.send(&answer(&third, "right"));
    session.next("recorded");
    assert_eq!(session.next("question")["card"], first["card"]);
    session.send(&json!({"type": "quit"}));
    let done = session.next("done");
    assert_eq!(
        (&done["right"], &done["exam"]["answered"], &done["exam"]["questions"]),
        (&json!(1), &json!(2), &json!(3))
    );
    program.is_sound();
}

#[test]
fn a_program_goes_back_and_forth_marks_and_hands_in() {
    let program = study(5).program();
    let mut session = program.talk(&["exam", "--json", "-n", "3", "--pass", "60"]);
    let first = session.next("question");
    session.send(&answer(&first, "wrong"));
    session.next("recorded");
    session.next("question");
    let again = question_after(&mut session, &json!({"type": "previous"}));
    assert_eq!((&again["card"], &again["choices"]), (&first["card"], &first["choices"]), "in the same order");
    assert_eq!(again["given"], json!({"pick": [label(&first, "wrong")]}));
    session.send(&json!({"type": "mark"}));
    assert_eq!(session.next("marked"), json!({"type": "marked", "number": 1, "marked": true}));
    session.send(&json!({"type": "mark", "question": 1, "marked": true}));
    assert_eq!(session.next("marked")["marked"], true, "it is marked already");
    let third = question_after(&mut session, &json!({"type": "goto", "question": "3"}));
    assert_eq!((&third["number"], &third["marked"]), (&json!(3), &json!(false)));
    for (line, word) in [
        (json!({"type": "goto", "question": 4}), "no question 4"),
        (json!({"type": "goto", "question": 0}), "no question 0"),
        (json!({"type": "mark", "question": 9}), "no question 9"),
        (json!({"type": "goto", "question": -1}), "no question -1"),
        (json!({"type": "goto", "question": "x"}), "no question x"),
        (json!({"type": "goto"}), "question"),
        (json!({"type": "rate"}), "no feedback"),
    ] {
        session.send(&line);
        let error = session.next("error");
        assert!(error["message"].as_str().is_some_and(|message| message.contains(word)), "{error}");
    }
    session.send(&json!({"type": "list"}));
    let list = session.next("list");
    let rows: Vec<_> = list["questions"].as_array().expect("rows").iter().collect();
    assert_eq!(
        rows.iter().map(|row| (&row["answered"], &row["marked"])).collect::<Vec<_>>(),
        [(&json!(true), &json!(true)), (&json!(false), &json!(false)), (&json!(false), &json!(false)),]
    );
    session.send(&json!({"type": "next"}));
    let overview = session.next("overview");
    assert_eq!(overview, json!({"type": "overview", "questions": 3, "answered": 1, "open": [2, 3], "marked": [1]}));
    let second = question_after(&mut session, &json!({"type": "goto", "question": 2}));
    session.send(&answer(&second, "right"));
    session.next("recorded");
    let third = session.next("question");
    session.send(&answer(&third, "right"));
    session.next("recorded");
    assert_eq!(session.next("overview")["open"], json!([]), "it is not handed in by itself");
    session.send(&json!({"type": "hand_in"}));
    let done = session.next("done");
    assert_eq!(
        (&done["right"], &done["exam"]["pass_mark"], &done["exam"]["passed"]),
        (&json!(2), &json!(60), &json!(true))
    );
    assert_eq!(done["exam"]["misses"][0]["picked"], json!([label(&first, "wrong")]));
    program.is_sound();
}

#[test]
fn leaving_says_how_far_it_is_and_nothing_of_what_was_right() {
    let program = study(5).program();
    let mut session = program.talk(&["exam", "--json", "-n", "3", "--minutes", "10"]);
    let first = session.next("question");
    session.send(&answer(&first, "right"));
    session.next("recorded");
    session.next("question");
    session.send(&json!({"type": "leave"}));
    assert_eq!(
        session.next("left"),
        json!({"type": "left", "questions": 3, "answered": 1, "minutes": 0.0, "ms_left": 600_000})
    );
    let done = session.next("done");
    assert_eq!((&done["right"], &done["answered"], &done["exam"]), (&json!(null), &json!(1), &json!(null)));
    // The end of the input leaves it, too.
    let said = program.with_input(&["exam", "--resume", "--json"], "");
    assert_eq!(said.code, 0);
    assert!(said.out.contains(r#""type":"left""#), "{}", said.out);
    let review = program.with_input(&["review", "--json"], "{\"type\":\"next\"}\n{\"type\":\"hand_in\"}\n");
    assert_eq!(review.out.matches("that is for mock exams").count(), 2, "{}", review.out);
}

/// What a plain exam says to these lines.
fn plain(program: &Program, args: &[&str], typed: &[&str]) -> String {
    program.with_input(&[&["exam", "--plain"], args].concat(), &(typed.join("\n") + "\n")).all()
}

#[test]
fn a_plain_exam_says_where_it_is_and_asks_before_it_ends() {
    let program = study(5).program();
    let said = plain(
        &program,
        &["-n", "3", "--minutes", "10"],
        &[
            "A", "back", "mark", "goto 7", "list", "next", "next", "next", "repeat", "maybe", "3", "B", "hand in",
            "no", "quit", "", "quit", "later",
        ],
    );
    for words in [
        "Question 1 of 3.\n10 minutes left.",
        "Question 2 of 3.\n",
        "Question 1 of 3, answered.\n",
        "Your answer so far: A\n",
        "Marked: come back to it.",
        "There is no question `7`: the exam has 3.",
        "1, answered, marked, here. What is number",
        "2, open. What is number",
        "The end of the exam: 1 of 3 answered.\nOpen, and counted as wrong if you hand in: 2, 3.\nMarked: 1.\n",
        "Hand in? (yes, no, the number of a question, list, or help): ",
        "`maybe` is no answer here.",
        "Leave the exam?",
        "The exam is not finished: 2 of 3 answered, 10 min left; `retain exam --resume` continues it.",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    assert!(!said.contains("Score"), "{said}");
    let said = plain(&program, &["--resume"], &["C", "yes", "quit"]);
    assert!(said.contains("The end of the exam: 3 of 3 answered.\nMarked: 1.\nHand in?"), "{said}");
    assert!(said.contains("Score: ") && said.contains("passed: the pass mark is 70 %"), "{said}");
    program.is_sound();
}

#[test]
fn words_are_answers_where_an_answer_is_typed() {
    let program = Program::new();
    program.file("bank.txt", "---\nform: exact\n---\n\nWhat comes after this?\nKind: short\n- next\n\nAnd what ends it?\nKind: short\n- quit\n");
    program.ok(&["import", "bank.txt"]);
    let said = plain(&program, &[], &["next", ":back", ":next", "quit", "yes", "quit"]);
    assert!(said.contains("Your answer so far: next") && said.contains("(or :next, :back, :mark"), "{said}");
    assert!(said.contains("2 of 2 answered"), "{said}");
}

#[test]
fn a_number_below_the_list_goes_to_a_question_and_answers_none() {
    let program = study(5).program();
    let said =
        plain(&program, &["-n", "5"], &["A", "list", "5", "list", "9", "list", "", "list", "B", "quit", "later"]);
    assert!(said.contains("Which question? (a number goes there, Enter shows this question again"), "{said}");
    assert!(said.contains("5, open. What is") && said.contains("\nQuestion 5 of 5.\n"), "{said}");
    assert!(said.contains("There is no question `9`: the exam has 5."), "{said}");
    assert_eq!(said.matches("\nQuestion 5 of 5.\n").count(), 2, "Enter says it again: {said}");
    assert!(said.contains("The exam is not finished: 2 of 5 answered"), "a letter answers: {said}");
    // Where a number is the answer, it is that of a question below the list, and only there.
    let program = Program::new();
    program.file(
        "bank.txt",
        "---\nform: exact\n---\n\nHow many bones?\nKind: numeric\n- 2\n\nHow many eyes?\nKind: numeric\n- 2\n",
    );
    program.ok(&["import", "bank.txt"]);
    let said = plain(&program, &[], &[":list", "2", "two", ":back", "2", ":quit", "hand in", "yes", "", ""]);
    assert!(said.contains("this question takes a number") && said.contains("Score: 1 of 2 right"), "{said}");
    assert!(said.contains("Not right: 1 of 1.") && said.contains("Not answered.\nAccepted: 2\n"), "{said}");
    program.is_sound();
}

#[test]
fn what_was_not_right_can_be_seen_after_the_exam() {
    let program = study(5).program();
    let mut session = program.talk(&["exam", "--json", "-n", "3"]);
    let first = session.next("question");
    session.send(&answer(&first, "wrong"));
    session.next("recorded");
    let second = session.next("question");
    session.send(&json!({"type": "hand_in"}));
    let exam = session.next("done")["exam"].clone();
    let stems =
        |list: &str| exam[list].as_array().expect("a list").iter().map(|row| row["stem"].clone()).collect::<Vec<_>>();
    assert_eq!((stems("misses").len(), stems("unanswered").len()), (1, 2));
    assert_eq!(stems("unanswered")[0], second["stem"]);
    let open = &exam["unanswered"][0];
    assert_eq!((&open["picked"], &open["text"], &open["pairs"]), (&json!([]), &json!(null), &json!(null)));
    assert_eq!(open["correct"].as_array().map(Vec::len), Some(1));
    let said = plain(&program, &["-n", "2"], &["hand in", "yes", "", "", ""]);
    assert!(said.contains("Enter shows the 2 questions that were not right, or quit: "), "{said}");
    assert!(
        said.contains("Not right: 2 of 2.") && said.matches("Not answered.\nThe answer is ").count() == 2,
        "{said}"
    );
}

#[test]
fn decks_that_are_archived_or_deleted_are_said_to_be() {
    let program = study(3).program();
    let reviewed = |words: &str| {
        for args in [&["review", "--plain"][..], &["exam", "--plain"], &["review", "--json"]] {
            let said = program.with_input(args, "");
            assert_eq!(said.code, 0, "{args:?}");
            assert!(said.err.contains(words), "{args:?}: {}", said.err);
        }
    };
    program.ok(&["deck", "archive", "Bank"]);
    reviewed("all decks with cards are archived: `retain deck unarchive \"Bank\"` brings Bank back");
    let named = program.with_input(&["review", "Bank", "--plain"], "");
    assert!(named.out.contains("Question 1"), "named, it is asked: {}", named.all());
    program.ok(&["deck", "create", "Empty"]);
    reviewed("all decks with cards are archived");
    program.ok(&["deck", "unarchive", "Bank"]);
    program.ok(&["card", "delete", "--search", "number", "--yes"]);
    reviewed("all questions were deleted: `retain undo` brings back");
    program.ok(&["undo", "--yes"]);
    program.ok(&["deck", "delete", "Bank"]);
    program.ok(&["deck", "delete", "Empty"]);
    reviewed("all decks were deleted: `retain deck restore");
    program.ok(&["deck", "restore", "Bank"]);
    let said = program.with_input(&["review", "--plain"], "");
    assert!(said.err.is_empty() && said.out.contains("Question 1"), "{}", said.all());
}
