//! What answers say of questions and their options: the tables `questions` and `choices`.

use crate::fixture::trainer::{Trainer, label};
use serde_json::{Value, json};

/// A question with a wrong key (Bergen was not asked for), one to pick from, one to type, and one without a key.
const BANK: &str = "---\nform: exact\ndeck: Towns\n---\n\n# North\nWhich town is the capital of Norway?\n- A. Bergen *\n- B. Oslo\n- C. Narvik\n- D. Bodø\nTags: exam\n\n# South\nWhich towns lie in Italy?\n- [x] Rome\n- [x] Milan\n- [ ] Lyon\n- [ ] Nice\n\nName the capital of Italy.\nKind: short\n- Rome\n\n# North\nWhich town lies in Denmark?\n- A. Ribe\n- B. Lund\n";

fn trainer() -> Trainer {
    let mut trainer = Trainer::new();
    trainer.file("towns.txt", BANK);
    trainer.at("2026-01-01T08:00:00+01:00");
    for args in [
        &["import", "towns.txt"][..],
        &["deck", "set", "Towns", "learning-steps=none", "relearning-steps=none", "leech-threshold=off"],
    ] {
        let said = trainer.run(args);
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    }
    trainer
}

/// Answers what is due on the first of a month; `pick` says which texts to pick, or what to type, and how fast.
fn answer(trainer: &mut Trainer, month: u32, pick: impl Fn(&str) -> (&'static [&'static str], u32)) {
    trainer.at(&format!("2026-{month:02}-01T08:00:00+01:00"));
    review(trainer, &[], pick);
}

fn review(trainer: &Trainer, args: &[&str], pick: impl Fn(&str) -> (&'static [&'static str], u32)) {
    let mut session = trainer.session(args);
    while let Some(line) = session.read() {
        match line["type"].as_str() {
            Some("question") => {
                let (texts, ms) = pick(line["stem"].as_str().expect("a stem"));
                session.send(&match line["kind"].as_str() {
                    Some("short") => json!({"type": "answer", "text": texts[0], "ms": ms}),
                    _ => {
                        let labels: Vec<_> = texts.iter().map(|text| label(&line, text)).collect();
                        json!({"type": "answer", "pick": labels, "ms": ms})
                    }
                });
            }
            Some("feedback") => session.send(&json!({"type": "rate"})),
            _ => {}
        }
    }
}

/// What is known of the bank by somebody who knows the towns: Oslo always, one of two towns in Italy, and a shot at the third.
fn knowing(stem: &str) -> (&'static [&'static str], u32) {
    match stem {
        "Which town is the capital of Norway?" => (&["Oslo"], 4_000),
        "Which towns lie in Italy?" => (&["Rome", "Nice"], 6_500),
        _ => (&["Turin"], 100),
    }
}

fn table(trainer: &Trainer, args: &[&str]) -> Vec<Value> {
    let said = trainer.run(&[&["export", "--format", "json"], args].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    said.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn question(trainer: &Trainer, stem: &str, args: &[&str]) -> Value {
    let rows = table(trainer, &[&["questions"], args].concat());
    rows.into_iter().find(|row| row["stem"].as_str().is_some_and(|own| own.contains(stem))).expect("the question")
}

fn options(trainer: &Trainer, question: &Value) -> Vec<Value> {
    table(trainer, &["choices"]).into_iter().filter(|row| row["question"] == question["question"]).collect()
}

#[test]
fn a_wrong_key_is_told_and_a_draft_is_named() {
    let mut trainer = trainer();
    (1..=5).for_each(|month| answer(&mut trainer, month, knowing));
    let norway = question(&trainer, "Norway", &[]);
    assert_eq!(norway["note"], "check the key: B beats A, 5 to 0");
    assert_eq!(
        (&norway["answers"], &norway["right"], &norway["accuracy"], &norway["first_right"], &norway["confusion"]),
        (&5.into(), &0.into(), &0.0.into(), &false.into(), &"B".into())
    );
    assert_eq!((&norway["lapses"], &norway["choices"], &norway["median_seconds"]), (&4.into(), &4.into(), &4.0.into()));
    let shown: Vec<_> = options(&trainer, &norway)
        .into_iter()
        .map(|row| json!([row["choice"], row["text"], row["correct"], row["shown"], row["picked"], row["share"]]))
        .collect();
    assert_eq!(
        shown,
        [
            json!(["A", "Bergen", true, 5, 0, 0.0]),
            json!(["B", "Oslo", false, 5, 5, 1.0]),
            json!(["C", "Narvik", false, 5, 0, 0.0]),
            json!(["D", "Bodø", false, 5, 0, 0.0])
        ]
    );
    let italy = question(&trainer, "lie in Italy", &[]);
    assert_eq!(
        (&italy["note"], &italy["confusion"]),
        (&"check the key: D beats B, 5 to 0; never picked: C".into(), &"D".into())
    );
    let typed = question(&trainer, "Name", &[]);
    assert_eq!((&typed["note"], &typed["choices"]), (&"rapid guesses: 5 of 5 answers, 0 right".into(), &Value::Null));
    assert_eq!((&typed["rapid"], &typed["rapid_right"]), (&5.into(), &0.into()));
    assert!(options(&trainer, &typed).is_empty());
    let draft = question(&trainer, "Denmark", &[]);
    assert_eq!((&draft["note"], &draft["answers"], &draft["accuracy"]), (&"draft".into(), &0.into(), &Value::Null));
    let draft = options(&trainer, &draft);
    assert_eq!((draft.len(), &draft[0]["correct"], &draft[0]["share"]), (2, &Value::Null, &Value::Null));
    trainer.is_sound();
}

#[test]
fn expectations_are_those_of_the_answers() {
    let mut trainer = trainer();
    (1..=3).for_each(|month| answer(&mut trainer, month, knowing));
    let prior = 0.3;
    let reviews = table(&trainer, &["reviews"]);
    for question in table(&trainer, &["questions"]).iter().filter(|row| row["answers"] != 0) {
        let expected: Vec<f64> = reviews
            .iter()
            .filter(|review| review["question"] == question["question"])
            .map(|review| {
                let (guess, recall) = (review["guess_probability"].as_f64(), review["retrievability_before"].as_f64());
                let guess = guess.expect("a chance");
                guess + (1.0 - guess) * recall.unwrap_or(prior)
            })
            .collect();
        let mean = expected.iter().sum::<f64>() / expected.len() as f64;
        let told = question["expected_accuracy"].as_f64().expect("a share");
        assert!((told - mean).abs() <= 5e-5, "{question} {mean}");
    }
}

#[test]
fn a_leech_is_told_while_its_deck_says_so() {
    let mut trainer = trainer();
    (1..=4).for_each(|month| answer(&mut trainer, month, knowing));
    let note = |trainer: &Trainer| question(trainer, "Norway", &[])["note"].clone();
    assert_eq!(note(&trainer), "check the key: B beats A, 4 to 0");
    assert_eq!(trainer.run(&["deck", "set", "Towns", "leech-threshold=3"]).code, 0);
    assert_eq!(note(&trainer), "leech; check the key: B beats A, 4 to 0");
    assert_eq!(trainer.run(&["deck", "set", "Towns", "leech-threshold=4"]).code, 0);
    assert_eq!(note(&trainer), "check the key: B beats A, 4 to 0");
}

#[test]
fn days_topics_and_tags_choose_what_counts() {
    let mut trainer = trainer();
    (1..=3).for_each(|month| answer(&mut trainer, month, knowing));
    let norway = |args: &[&str]| question(&trainer, "Norway", args);
    let late = norway(&["--from", "2026-02-01"]);
    assert_eq!((&late["answers"], &late["first_right"], &late["lapses"]), (&2.into(), &Value::Null, &2.into()));
    let early = norway(&["--to", "2026-01-31"]);
    assert_eq!((&early["answers"], &early["first_right"], &early["lapses"]), (&1.into(), &false.into(), &0.into()));
    let none = norway(&["--from", "2026-12-01"]);
    assert_eq!((&none["answers"], &none["accuracy"], &none["note"]), (&0.into(), &Value::Null, &Value::Null));
    let rows = |args: &[&str]| table(&trainer, args).len();
    assert_eq!((rows(&["questions"]), rows(&["choices"])), (4, 10));
    assert_eq!((rows(&["questions", "--topic", "north"]), rows(&["choices", "--topic", "North"])), (2, 6));
    assert_eq!((rows(&["questions", "--tag", "exam"]), rows(&["choices", "--tag", "EXAM"])), (1, 4));
    assert_eq!(rows(&["questions", "--deck", "towns"]), 4);
    assert_eq!(trainer.run(&["export", "questions", "--deck", "nowhere"]).code, 1);
}

#[test]
fn what_was_taken_back_or_is_practice_tells_nothing_of_a_question() {
    let mut trainer = trainer();
    answer(&mut trainer, 1, knowing);
    review(trainer.at("2026-01-01T20:00:00+01:00"), &["--wrong-since", "2026-01-01"], |stem| match stem {
        "Which town is the capital of Norway?" => (&["Bergen"], 5_000),
        _ => (&["Rome", "Milan"], 5_000),
    });
    let told = question(&trainer, "Name", &[]);
    assert_eq!(
        (&told["answers"], &told["right"], &told["rapid"], &told["accuracy"]),
        (&2.into(), &0.into(), &1.into(), &0.0.into())
    );
    let italy = question(&trainer, "lie in Italy", &[]);
    assert_eq!((&italy["answers"], &italy["median_seconds"]), (&2.into(), &6.5.into()));
    assert_eq!(options(&trainer, &italy).iter().map(|row| &row["picked"]).collect::<Vec<_>>(), [1, 0, 0, 1]);
    while trainer.run(&["undo"]).code == 0 {}
    for row in table(&trainer, &["questions"]) {
        assert_eq!((&row["answers"], &row["first_right"], &row["accuracy"]), (&0.into(), &Value::Null, &Value::Null));
    }
    for row in table(&trainer, &["choices"]) {
        assert_eq!((&row["shown"], &row["picked"], &row["share"]), (&0.into(), &0.into(), &Value::Null));
    }
}

#[test]
fn a_bank_in_two_decks_has_answers_of_its_own_in_each() {
    let mut trainer = trainer();
    answer(&mut trainer, 1, knowing);
    for args in [&["deck", "rename", "Towns", "Old"][..], &["import", "towns.txt", "--deck", "Towns"]] {
        let said = trainer.run(args);
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
    }
    let rows = table(&trainer, &["questions"]);
    let told: Vec<_> = rows.iter().map(|row| (&row["question"], row["deck"].as_str(), &row["answers"])).collect();
    assert_eq!(told.len(), 8);
    assert!(
        told.chunks(2).all(|pair| pair[0].0 == pair[1].0 && pair[0].1 == Some("Old") && pair[1].1 == Some("Towns"))
    );
    assert_eq!(told.iter().filter(|row| *row.2 == 1).count(), 3);
    assert!(told.iter().filter(|row| row.1 == Some("Towns")).all(|row| *row.2 == 0), "{told:?}");
}

#[test]
fn an_empty_database_has_columns_and_no_rows() {
    let trainer = Trainer::new();
    for table in ["questions", "choices"] {
        let said = trainer.run(&["export", table]);
        assert_eq!((said.code, said.out.lines().count()), (0, 1), "{}", said.err);
    }
    let new = self::trainer();
    for table in ["questions", "choices"] {
        let said = new.run(&["export", table]);
        assert!(said.code == 0 && !said.out.contains("NaN") && !said.out.contains("inf"), "{}", said.out);
    }
}

#[test]
fn texts_of_options_run_as_no_formula() {
    let trainer = Trainer::new();
    trainer.file("sums.txt", "-2+3\nWhat is 1 + 1?\n- A. =1+1 *\n- B. 3\n");
    assert_eq!(trainer.run(&["import", "sums.txt", "--deck", "Sums"]).code, 0);
    assert!(trainer.run(&["export", "choices"]).out.contains(",A,'=1+1,true,0,0,\r\n"));
    assert!(trainer.run(&["export", "choices", "--raw"]).out.contains(",A,=1+1,true,0,0,\r\n"));
}
