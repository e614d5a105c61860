//! What may pass is waited for: another process that writes, a disk without room. The answer is kept meanwhile.

use std::fs;
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
