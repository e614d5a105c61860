//! Killed at random moments, and two at once: nothing that was acknowledged is lost.

mod trainer;

use std::collections::HashSet;
use std::thread;
use std::time::Duration;

use serde_json::json;
use trainer::Trainer;

/// Answers as fast as it can until the program ends; returns the identities that were acknowledged.
fn answer_all(session: &mut trainer::Session, most: usize) -> HashSet<String> {
    let mut recorded = HashSet::new();
    while let Some(line) = session.read() {
        match line["type"].as_str() {
            Some("question") if recorded.len() < most => {
                session.send(&json!({"type": "answer", "pick": ["A"], "ms": 100}));
            }
            Some("question") => session.send(&json!({"type": "quit"})),
            Some("feedback") => session.send(&json!({"type": "rate"})),
            Some("recorded") => {
                recorded.insert(line["review"].as_str().expect("an id").to_owned());
            }
            _ => {}
        }
    }
    recorded
}

fn logged(trainer: &Trainer) -> HashSet<String> {
    trainer.table("reviews").iter().map(|row| row["review"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    let mut all = HashSet::new();
    for round in 0_u64..40 {
        // Each round on a later day, so that there is always something to answer.
        let month = 1 + round % 12;
        trainer.at(&format!("20{:02}-{month:02}-11T09:00:00Z", 27 + round / 12));
        let mut session = trainer.session(&[]);
        let id = session.child.id();
        let killer = thread::spawn(move || {
            thread::sleep(Duration::from_micros(2_000 + (round * 7_919) % 100_000));
            std::process::Command::new("kill").args(["-9", &id.to_string()]).status()
        });
        all.extend(answer_all(&mut session, usize::MAX));
        drop(session);
        let _ = killer.join();
    }
    assert!(all.len() > 10, "only {} answers were given", all.len());
    assert!(all.is_subset(&logged(&trainer)));
    trainer.is_sound();
}

#[test]
fn two_processes_lose_nothing() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    let (a, b) = thread::scope(|scope| {
        let review = || answer_all(&mut trainer.session(&[]), 40);
        let (a, b) = (scope.spawn(review), scope.spawn(review));
        (a.join().expect("a review"), b.join().expect("a review"))
    });
    assert!(!a.is_empty() && !b.is_empty() && a.is_disjoint(&b));
    let both: HashSet<String> = a.union(&b).cloned().collect();
    assert_eq!(logged(&trainer), both);
    trainer.is_sound();
}

#[test]
fn first_starts_at_once_all_succeed() {
    let trainer = Trainer::new();
    trainer.file("bank.txt", "One?\n- A. x *\n- B. y\n");
    thread::scope(|scope| {
        let starts: Vec<_> = (0..6).map(|_| scope.spawn(|| trainer.run(&["import", "bank.txt"]))).collect();
        for start in starts {
            let said = start.join().expect("a start");
            assert_eq!(said.code, 0, "{}", said.err);
        }
    });
    assert_eq!(trainer.table("cards").len(), 1);
    trainer.is_sound();
}
