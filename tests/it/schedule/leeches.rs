//! Cards that are forgotten again and again: told when it happens, suspended where the settings say so, listed with why.

use crate::fixture::trainer::{Trainer, label};
use serde_json::{Value, json};

fn trainer() -> Trainer {
    let mut trainer = Trainer::new();
    trainer.file("bank.txt", "Facts\nWhat?\n- A. yes *\n- B. no\n- C. never\n");
    trainer.at("2026-01-01T08:00:00+01:00");
    for args in [
        &["import", "bank.txt", "--deck", "A"][..],
        &["deck", "set", "A", "learning-steps=none", "relearning-steps=none", "leech-threshold=3"],
    ] {
        let said = trainer.run(args);
        assert_eq!(said.code, 0, "{}", said.err);
    }
    answer(&trainer, "yes", "good");
    trainer
}

/// One answer; returns the line that records it.
fn answer(trainer: &Trainer, text: &str, rating: &str) -> Value {
    let mut session = trainer.session(&["--limit", "1"]);
    let question = session.read().expect("a line");
    assert_eq!(question["type"], "question", "{question}");
    session.send(&json!({"type": "answer", "pick": [label(&question, text)]}));
    session.read();
    session.send(&json!({"type": "rate", "rating": rating}));
    session.read().expect("a line")
}

/// Forgets the card once a month, from February on.
fn forget(trainer: &mut Trainer, answers: &[(&str, &str)]) -> Vec<(bool, bool)> {
    let mut told = Vec::new();
    for (month, (text, rating)) in (2..).zip(answers) {
        trainer.at(&format!("2026-{month:02}-01T08:00:00+01:00"));
        let line = answer(trainer, text, rating);
        told.push((line["leech"] == true, line["suspended"] == true));
    }
    told
}

fn leeches(trainer: &Trainer, args: &[&str]) -> Vec<Value> {
    let said = trainer.run(&[&["leeches", "--json"], args].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    said.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_leech_is_told_at_the_threshold_and_again_and_listed_with_why() {
    let mut trainer = trainer();
    let told = forget(
        &mut trainer,
        &[("no", "again"), ("never", "again"), ("no", "again"), ("yes", "guessed"), ("no", "again")],
    );
    assert_eq!(told, [(false, false), (false, false), (true, false), (false, false), (true, false)]);
    let listed = leeches(&trainer, &[]);
    assert_eq!(listed.len(), 1);
    let leech = &listed[0];
    assert_eq!((&leech["lapses"], &leech["wrong"], &leech["guessed"]), (&5.into(), &4.into(), &1.into()));
    assert_eq!(
        leech["confusions"],
        json!([{"letter": "B", "text": "no", "times": 3}, {"letter": "C", "text": "never", "times": 1}])
    );
    let places = leech["places"].as_array().expect("places");
    assert!(places.len() == 1 && places[0].as_str().expect("a place").ends_with("bank.txt:2"), "{places:?}");
    let said = trainer.run(&["leeches", "a"]);
    assert!(said.out.contains("picked 3 times: B. no") && said.err.contains("retain card reset"), "{}", said.out);
    assert_eq!(trainer.run(&["leeches", "nowhere"]).code, 1);

    assert_eq!(trainer.run(&["deck", "set", "A", "leech-threshold=6"]).code, 0);
    assert_eq!(leeches(&trainer, &[]).len(), 0);
    assert_eq!(trainer.run(&["deck", "set", "A", "leech-threshold=off"]).code, 0);
    assert_eq!(leeches(&trainer, &[]).len(), 0);
    assert_eq!(trainer.run(&["deck", "set", "A", "leech-threshold=2"]).code, 0);
    let card = leeches(&trainer, &["A"])[0]["card"].as_str().expect("a card").to_owned();
    assert_eq!(trainer.run(&["card", "reset", &card]).code, 0);
    assert_eq!(leeches(&trainer, &[]).len(), 0, "a card that begins anew is no leech");
    trainer.is_sound();
}

#[test]
fn a_leech_is_suspended_where_the_settings_say_so_until_its_lapse_is_taken_back() {
    let mut trainer = trainer();
    assert_eq!(trainer.run(&["deck", "set", "A", "leech-action=suspend", "relearning-steps=10m"]).code, 0);
    let told = forget(&mut trainer, &[("no", "again")]);
    assert_eq!(told, [(false, false)]);
    assert_eq!(trainer.run(&["deck", "set", "A", "relearning-steps=none", "leech-threshold=2"]).code, 0);
    trainer.at("2026-02-01T09:00:00+01:00");
    answer(&trainer, "yes", "good");
    trainer.at("2026-04-01T09:00:00+01:00");
    let line = answer(&trainer, "no", "again");
    assert_eq!((&line["leech"], &line["suspended"]), (&true.into(), &true.into()));
    assert_eq!(trainer.table("cards")[0]["suspended"], true);
    assert_eq!(leeches(&trainer, &[])[0]["suspended"], true);
    trainer.is_sound();
    assert_eq!(trainer.run(&["undo"]).code, 0);
    assert_eq!((&trainer.table("cards")[0]["suspended"], leeches(&trainer, &[]).len()), (&false.into(), 0));
    trainer.is_sound();
}

#[test]
fn plain_lines_tell_a_leech() {
    let mut trainer = trainer();
    forget(&mut trainer, &[("no", "again"), ("no", "again")]);
    trainer.at("2026-06-01T08:00:00+01:00");
    let question = trainer.session(&[]).read().expect("a question");
    let said = trainer.with_input(&["review", "--plain"], &format!("{}\n\n", label(&question, "no")));
    assert!(said.out.contains("A leech: forgotten 3 times; `retain leeches` says why."), "{}", said.out);
}
