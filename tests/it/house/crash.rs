//! Killed at random moments, and two at once: nothing that was acknowledged is lost.

use std::collections::HashSet;
use std::thread;
use std::time::Duration;

use crate::fixture::program::{JsonSession, Program, label};
use crate::fixture::study::Study;
use crate::fixture::study::talk::Talk;
use serde_json::json;

/// Answers as fast as it can until the program ends; returns the identities that were acknowledged.
fn answer_all(session: &mut JsonSession, most: usize) -> HashSet<String> {
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

fn logged(program: &Program) -> HashSet<String> {
    program.table("reviews").iter().map(|row| row["review"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let mut program = Program::new();
    program.with_mlops();
    let mut all = HashSet::new();
    // On a machine that is busy, a session is killed before its first question. Then it gets more time.
    let mut round: u64 = 0;
    while round < 40 || (round < 200 && all.len() <= 10) {
        // Each round on a later day, so that there is always something to answer.
        let month = 1 + round % 12;
        program.at(&format!("20{:02}-{month:02}-11T09:00:00Z", 27 + round / 12));
        let mut session = program.session(&[]);
        let id = session.child.id();
        let killer = thread::spawn(move || {
            thread::sleep(Duration::from_micros(2_000 + (round * 7_919) % (100_000 * (1 + round / 40))));
            std::process::Command::new("kill").args(["-9", &id.to_string()]).status()
        });
        all.extend(answer_all(&mut session, usize::MAX));
        drop(session);
        let _ = killer.join();
        round += 1;
    }
    assert!(all.len() > 10, "only {} answers were given", all.len());
    assert!(all.is_subset(&logged(&program)));
    program.is_sound();
}

#[test]
fn two_processes_lose_nothing() {
    let mut program = Program::new();
    program.with_mlops();
    let (a, b) = thread::scope(|scope| {
        let review = || answer_all(&mut program.session(&[]), 40);
        let (a, b) = (scope.spawn(review), scope.spawn(review));
        (a.join().expect("a review"), b.join().expect("a review"))
    });
    assert!(!a.is_empty() && !b.is_empty() && a.is_disjoint(&b));
    let both: HashSet<String> = a.union(&b).cloned().collect();
    assert_eq!(logged(&program), both);
    program.is_sound();
}

#[test]
fn an_answer_to_a_card_that_another_process_answered_meanwhile_is_told_as_such() {
    let study = Study::new();
    study.bank("bank", "One?\n- A. x *\n- B. y\n\nTwo?\n- A. x *\n- B. y\n");
    let answer = |session: &mut Talk| {
        let question = session.next("question");
        session.send(&json!({"type": "answer", "pick": [label(&question, "x")]}));
        session.next("feedback");
    };
    // Each has a database of its own open, as two processes have.
    let mut first = study.talk();
    answer(&mut first);
    let mut second = study.at("2026-11-23T08:05:00+01:00").talk();
    answer(&mut second);
    second.send(&json!({"type": "rate", "rating": "easy"}));
    assert_eq!(second.next("recorded")["elsewhere"], false);
    first.send(&json!({"type": "rate"}));
    let late = first.next("recorded");
    assert_eq!(late["elsewhere"], true, "what the feedback promised does not hold");
    drop((first, second));
    // Both answers are facts; the later one is one to a card that was in review by then.
    let answers = study.table("reviews");
    let said: Vec<_> = answers.iter().map(|row| (row["kind"].as_str(), row["rating"].as_u64())).collect();
    assert_eq!(said, [(Some("new"), Some(4)), (Some("ahead"), Some(3))]);
    assert_eq!(answers[1]["due"], late["due"]);
    study.is_sound();
    // What is said of it in words.
    let mut plain = study.plain_talk();
    plain.types("A");
    while !plain.line().expect("a line").starts_with("Enter to go on") {}
    let said = study.plain("A\n\nquit\n");
    assert!(!said.contains("elsewhere"), "{said}");
    plain.types("");
    let rest = plain.rest();
    assert!(rest.contains("The card was answered or moved elsewhere meanwhile: it comes back in "), "{rest}");
    drop(plain);
    study.is_sound();
}

#[test]
fn first_starts_at_once_all_succeed() {
    let program = Program::new();
    program.file("bank.txt", "One?\n- A. x *\n- B. y\n");
    thread::scope(|scope| {
        let starts: Vec<_> = (0..6).map(|_| scope.spawn(|| program.run(&["import", "bank.txt"]))).collect();
        for start in starts {
            let said = start.join().expect("a start");
            assert_eq!(said.code, 0, "{}", said.err);
        }
    });
    assert_eq!(program.table("cards").len(), 1);
    program.is_sound();
}
