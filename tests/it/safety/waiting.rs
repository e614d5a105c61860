//! What may pass is waited for: another process that writes, a disk without room. The answer is kept meanwhile.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;

use rusqlite::Connection;
use serde_json::json;

use crate::fixture::program::Program;

fn locked(program: &Program) -> Connection {
    let other = Connection::open(program.db()).expect("the database");
    other.busy_timeout(Duration::from_secs(10)).expect("a timeout");
    other.execute_batch("begin immediate").expect("a lock");
    other
}

#[test]
fn a_lock_of_another_program_does_not_end_a_review() {
    let mut program = Program::new();
    program.with_mlops();
    let mut review = program.session(&[]);
    review.next("question");
    review.send(&json!({"type": "answer", "pick": ["A"], "ms": 100}));
    review.next("feedback");
    let other = locked(&program);
    review.send(&json!({"type": "rate"}));
    let waiting = review.next("waiting");
    assert_eq!(waiting["message"], "not saved yet, trying again: the database is in use by another process");
    other.execute_batch("commit").expect("the lock is released");
    let recorded = review.next("recorded");
    review.send(&json!({"type": "quit"}));
    drop(review);
    assert_eq!(program.table("reviews")[0]["review"], recorded["review"]);
    program.is_sound();
}

#[test]
fn a_review_that_is_ended_while_it_waits_keeps_the_answer() {
    let mut program = Program::new();
    program.with_mlops();
    let mut review = program.session(&[]);
    review.next("question");
    review.send(&json!({"type": "answer", "pick": ["A"], "ms": 100}));
    review.next("feedback");
    let other = locked(&program);
    review.send(&json!({"type": "rate"}));
    review.next("waiting");
    std::process::Command::new("kill").arg(review.child.id().to_string()).status().expect("a signal");
    assert_eq!(review.read(), None);
    drop(review);
    other.execute_batch("commit").expect("the lock is released");
    let names = fs::read_dir(program.folder().join("data")).expect("a folder");
    let rescue = names
        .map(|entry| entry.expect("an entry").path())
        .find(|path| path.extension().is_some_and(|end| end == "jsonl"))
        .expect("a rescue file");
    assert_eq!(fs::read_to_string(rescue).expect("text").lines().count(), 2, "what it is, and the answer");
}

#[test]
fn many_reviews_at_once_lose_nothing_and_alarm_nobody() {
    // Each begins while others end, so that one is often moving the write-ahead log into the database when another one looks at both.
    let program = Program::new();
    let bank: String = (0..200).map(|number| format!("Question {number}?\n- A. x *\n- B. y\n\n")).collect();
    program.file("bank.txt", bank);
    program.ok(&["import", "bank.txt"]);
    program.ok(&["deck", "set", "bank", "new-per-day=999", "reviews-per-day=999", "learning-steps=none"]);
    let turn = "{\"type\":\"answer\",\"pick\":[\"A\"]}\n{\"type\":\"rate\"}\n";
    let one = || -> usize {
        let mut acknowledged = 0;
        for _ in 0..12 {
            let mut command = program.command(&["review", "--json"]);
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut review = command.spawn().expect("it runs");
            // It may end before it has read all.
            let _ = review.stdin.take().expect("an input").write_all(turn.repeat(2).as_bytes());
            let output = review.wait_with_output().expect("an end");
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{said}");
            acknowledged += String::from_utf8_lossy(&output.stdout).matches("\"recorded\"").count();
        }
        acknowledged
    };
    let acknowledged: usize = std::thread::scope(|scope| {
        let reviews: Vec<_> = (0..4).map(|_| scope.spawn(one)).collect();
        reviews.into_iter().map(|review| review.join().expect("no fault")).sum()
    });
    assert_eq!(acknowledged, 4 * 12 * 2);
    assert_eq!(program.table("reviews").len(), acknowledged);
    let folder = program.db().parent().expect("a folder").to_path_buf();
    let names: Vec<String> = std::fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert!(!names.iter().any(|name| name.contains("of-another") || name.contains("rescue")), "{names:?}");
    program.is_sound();
}
