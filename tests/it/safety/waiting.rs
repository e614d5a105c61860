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

#[cfg(unix)]
#[test]
fn nobody_is_asked_where_a_companion_of_the_database_cannot_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let mut program = Program::new();
    program.with_mlops();
    for end in ["-shm", "-wal"] {
        // As a run that was cut off leaves it, in a folder that was copied from a read-only place.
        let file = program.db().with_file_name(format!("retain.db{end}"));
        fs::write(&file, "").expect("a file");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("rights");
        let refused = program.with_input(&["review", "--plain"], "A\n\n");
        assert_eq!((refused.code, refused.out.as_str()), (1, ""), "{}", refused.err);
        assert!(
            refused.err.contains(&format!("retain.db{end}")) && refused.err.contains("chmod u+w"),
            "{}",
            refused.err
        );
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("rights");
        let _ = fs::remove_file(&file);
    }
}
