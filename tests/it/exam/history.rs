//! `retain exam --history`, and whether an unfinished exam is gone on with.

use super::sitting::{exam_of, study};
use crate::fixture::study::pick;
use serde_json::json;

#[test]
fn exams_are_listed_with_what_they_came_to() {
    let study = study(9);
    let none = study.program().ok(&["exam", "--history"]);
    assert!(none.out.is_empty() && none.err.contains("no exam was taken yet"), "{}", none.err);
    study.open().exam(exam_of(4)).answer_all(|question| pick(question, "right"));
    study.at("2026-11-24");
    let mut asked = 0;
    study.open().exam(exam_of(3)).answer_all(|question| {
        asked += 1;
        pick(question, if asked == 1 { "right" } else { "wrong" })
    });
    let mut desk = study.open();
    let mut sitting = desk.exam(exam_of(5));
    let question = sitting.question().expect("a question");
    sitting.answer(&pick(&question, "right"));
    drop(desk);
    let program = study.program();
    assert_eq!(
        program.ok(&["exam", "--history"]).out,
        "began             deck            right         result       time\n\
         2026-11-24 08:00  all decks      – of 5         unfinished   0 min\n\
         2026-11-24 08:00  all decks      1 of 3   33 %  not passed   0 min\n\
         2026-11-23 08:00  all decks      4 of 4  100 %  passed       0 min\n"
    );
    let lines = program.json(&["exam", "--history", "--json"]);
    assert_eq!(
        lines[1],
        json!({
            "exam": 2, "began": "2026-11-24T08:00:00.000+01:00", "deck": null, "narrowed": null, "questions": 3, "answered": 3,
            "right": 1, "score": 1.0 / 3.0, "pass_mark": 70, "passed": false, "ended": "handed-in", "minutes": 0.0,
            "minutes_allowed": null, "taken_back": 0,
        })
    );
    assert_eq!((&lines[0]["ended"], &lines[0]["passed"]), (&json!(null), &json!(null)));
}

#[test]
fn an_exam_that_is_not_finished_is_gone_on_with_or_left() {
    let study = study(9);
    let program = study.program();
    let nothing = program.run(&["exam", "--resume"]);
    assert_eq!(nothing.code, 1);
    assert!(
        nothing.err.contains("there is no unfinished exam") && nothing.err.contains("--history"),
        "{}",
        nothing.err
    );
    let first = "{\"type\":\"answer\",\"pick\":[\"A\"]}\n";
    program.with_input(&["exam", "Bank", "-n", "4", "--minutes", "30", "--json"], first);
    for args in [&["exam"][..], &["exam", "Bank", "-n", "4"]] {
        let refused = program.run(args);
        assert_eq!((refused.code, refused.out.as_str()), (1, ""), "{args:?}");
        let said = "the exam on Bank of 2026-11-23 08:00 (1 of 4 answered, 30 min left) is not finished";
        assert!(refused.err.contains(said), "{}", refused.err);
        assert!(refused.err.contains("`retain exam --resume`") && refused.err.contains("`retain exam --new`"));
    }
    for args in [&["exam", "--resume", "Bank"][..], &["exam", "--resume", "--new"], &["exam", "--history", "-n", "3"]] {
        assert_eq!(program.run(args).code, 2, "{args:?}");
    }
    for (args, range) in
        [(["--pass", "0"], "from 1 to 100"), (["--pass", "101"], "from 1 to 100"), (["--minutes", "soon"], "`1h 30m`")]
    {
        let refused = program.run(&["exam", args[0], args[1]]);
        assert_eq!(refused.code, 2, "{args:?}");
        assert!(refused.err.contains(range), "{}", refused.err);
    }
    let rest = program.with_input(&["exam", "--resume", "--json"], &(first.repeat(3)));
    let lines = rest.json();
    let questions: Vec<_> = lines.iter().filter(|line| line["type"] == "question").collect();
    assert_eq!(questions.iter().map(|line| line["number"].clone()).collect::<Vec<_>>(), [2, 3, 4]);
    let done = &lines[lines.len() - 1];
    assert_eq!(
        (&done["answered"], &done["exam"]["questions"], &done["exam"]["minutes_allowed"]),
        (&json!(4), &json!(4), &json!(30.0))
    );
    // A new one beside an unfinished one leaves that for good.
    program.with_input(&["exam", "-n", "2", "--json"], first);
    // A program that knows nothing of this gets a new exam, as it always did.
    program.with_input(&["exam", "-n", "3", "--pass", "1", "--json"], &first.repeat(3));
    let endings: Vec<_> =
        program.json(&["exam", "--history", "--json"]).iter().map(|line| line["ended"].clone()).collect();
    assert_eq!(endings, ["handed-in", "left", "handed-in"]);
    program.is_sound();
}

#[test]
fn a_deck_is_called_by_its_whole_name_and_may_get_another_one() {
    let study = study(9);
    study.bank("Other", super::sitting::bank(3));
    let program = study.program();
    let answer = "{\"type\":\"answer\",\"pick\":[\"A\"]}\n";
    program.with_input(&["exam", "bank", "-n", "2", "--topic", "t1", "--json"], answer);
    let left = program.run(&["exam"]);
    assert!(left.err.contains("the exam on Bank of"), "{}", left.err);
    program.ok(&["deck", "rename", "Bank", "Vault"]);
    let said = program.with_input(&["exam", "--resume", "--json"], answer);
    assert!(said.code == 0 && said.out.contains(r#""exam":{"score""#), "{}{}", said.out, said.err);
    let exams = program.json(&["exam", "--history", "--json"]);
    assert_eq!((&exams[0]["deck"], &exams[0]["narrowed"]), (&json!("Bank"), &json!("t1")), "as it was called then");
    program.ok(&["deck", "rename", "Vault", "Bank"]);
}

#[test]
fn an_exam_outlives_its_deleted_questions_and_an_exam_that_nobody_answered() {
    let study = study(6);
    let program = study.program();
    let answers = "{\"type\":\"answer\",\"pick\":[\"A\"]}\n".repeat(2);
    program.with_input(&["exam", "-n", "4", "--json"], &answers);
    let history = || program.json(&["exam", "--history", "--json"]);
    assert_eq!((history().len(), &history()[0]["answered"]), (1, &json!(2)));
    // Opened and closed: nothing was answered, so nothing ends.
    program.with_input(&["exam", "-n", "3", "--json"], "");
    assert_eq!((history().len(), &history()[0]["ended"]), (1, &json!(null)));
    program.ok(&["deck", "delete", "Bank"]);
    let refused = program.run(&["exam", "--resume", "--plain"]);
    assert!(refused.code == 1 && refused.err.contains("all questions of this exam were deleted"), "{}", refused.err);
    program.ok(&["undo", "--yes"]);
    assert_eq!((history().len(), &history()[0]["answered"], &history()[0]["ended"]), (1, &json!(2), &json!(null)));
    let rest = program.with_input(&["exam", "--resume", "--json"], &answers);
    assert_eq!(rest.json().last().expect("the end")["answered"], 4);
    program.is_sound();
}
