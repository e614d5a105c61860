//! Cards listed, flagged, put off, and shown with all that is known of them.

use crate::fixture::trainer::{Trainer, label};
use serde_json::Value;

fn trainer() -> Trainer {
    let mut trainer = Trainer::new();
    trainer.file(
        "sea.txt",
        "# Seas\nHow deep is the sea? {#deep}\n- A. deep *\n- B. flat\nTags: Water\n\n# Hills\nHow high is a hill?\n- A. high *\n- B. low\n",
    );
    assert_eq!(trainer.run(&["import", "sea.txt"]).code, 0);
    assert_eq!(trainer.run(&["deck", "set", "sea", "learning-steps=none"]).code, 0);
    trainer.at("2026-11-24T08:00:00+01:00");
    trainer
}

/// One answer to a card whose options these are.
fn answer(trainer: &Trainer, options: [&str; 2]) {
    let mut session = trainer.session(&["--limit", "1"]);
    let question = session.read().expect("a question");
    let texts = question["choices"].to_string();
    let wanted = options.into_iter().find(|option| texts.contains(&format!("\"{option}\""))).expect("the option");
    session.send(&serde_json::json!({"type": "answer", "pick": [label(&question, wanted)], "ms": 4200}));
    session.read();
    session.send(&serde_json::json!({"type": "rate"}));
    assert_eq!(session.read().expect("a line")["type"], "recorded");
}

fn list(trainer: &Trainer, args: &[&str]) -> Vec<Value> {
    let said = trainer.run(&[&["card", "list", "--json"], args].concat());
    assert_eq!(said.code, 0, "{}", said.err);
    said.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn stems(trainer: &Trainer, args: &[&str]) -> Vec<String> {
    list(trainer, args).iter().map(|card| card["stem"].as_str().expect("a stem").to_owned()).collect()
}

fn uid(trainer: &Trainer, topic: &str) -> String {
    list(trainer, &["--topic", topic])[0]["card"].as_str().expect("a card").to_owned()
}

fn show(trainer: &Trainer, card: &str) -> Value {
    let said = trainer.run(&["card", "show", card, "--json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    serde_json::from_str(&said.out).expect("JSON")
}

#[test]
fn cards_are_listed_by_deck_state_topic_tag_and_flag() {
    let trainer = trainer();
    let (deep, high) = ("How deep is the sea?", "How high is a hill?");
    assert_eq!(stems(&trainer, &[]), [deep, high]);
    assert_eq!(stems(&trainer, &["SEA", "--topic", "hills"]), [high]);
    assert_eq!(stems(&trainer, &["--tag", "water"]), [deep]);
    assert!(stems(&trainer, &["--tag", "fire"]).is_empty());
    assert_eq!(trainer.run(&["card", "list", "nowhere"]).code, 1);
    assert_eq!(trainer.run(&["card", "list", "--state", "old"]).code, 2);
    let card = uid(&trainer, "Seas");
    assert_eq!(trainer.run(&["card", "suspend", &card]).code, 0);
    assert_eq!(stems(&trainer, &["--state", "suspended"]), [deep]);
    assert_eq!(stems(&trainer, &["--state", "review,new"]), [deep, high]);
    answer(&trainer, ["high", "deep"]);
    assert_eq!(stems(&trainer, &["--state", "review"]), [high]);
    let said = trainer.run(&["card", "list", "--state", "new"]);
    assert!(said.out.contains(&card) && said.out.contains("suspended") && !said.out.contains(high), "{}", said.out);
    assert_eq!(said.err, "1 card\n");
    let none = trainer.run(&["card", "list", "--flagged"]);
    assert_eq!((none.code, none.out.as_str(), none.err.as_str()), (0, "", "no card is like that\n"));
}

#[test]
fn a_flag_is_set_replaced_listed_exported_and_taken_off() {
    let trainer = trainer();
    let card = uid(&trainer, "Seas");
    let said = trainer.run(&["card", "flag", &card]);
    assert_eq!((said.code, said.err), (0, format!("{card} is flagged\n")));
    let row = |trainer: &Trainer| {
        let rows = trainer.table("cards");
        let row = rows.iter().find(|row| row["card"] == card.as_str()).expect("the card").clone();
        (row["flagged"].clone(), row["note"].clone())
    };
    assert_eq!(row(&trainer), (true.into(), Value::Null));
    assert_eq!(trainer.run(&["card", "flag", &card, "--note", " ask the teacher, \"today\" "]).code, 0);
    assert_eq!(row(&trainer), (true.into(), "ask the teacher, \"today\"".into()));
    let listed = list(&trainer, &["--flagged"]);
    assert_eq!((listed.len(), &listed[0]["note"]), (1, &"ask the teacher, \"today\"".into()));
    assert!(trainer.run(&["card", "list"]).out.contains("  flagged: ask the teacher, \"today\"\n"));
    assert_eq!(show(&trainer, &card)["flag"]["at"], "2026-11-24T08:00:00.000+01:00");
    assert!(trainer.run(&["card", "show", &card]).out.contains("flagged: ask the teacher, \"today\"\n"));
    let csv = trainer.run(&["export", "cards"]).out;
    assert!(csv.lines().next().expect("a header").ends_with(",suspended,flagged,note"), "{csv}");
    assert!(csv.contains("true,\"ask the teacher, \"\"today\"\"\"\r\n"), "{csv}");
    // A flag is no part of the schedule.
    assert_eq!(trainer.table("cards")[0]["state"], "new");
    assert_eq!(trainer.run(&["rebuild"]).code, 0);
    assert_eq!(row(&trainer).0, true);
    assert!(trainer.run(&["card", "unflag", &card]).err.ends_with("is no longer flagged\n"));
    let again = trainer.run(&["card", "unflag", &card]);
    assert_eq!((again.code, again.err), (0, format!("{card} is not flagged\n")));
    assert_eq!((row(&trainer), list(&trainer, &["--flagged"]).len()), ((false.into(), Value::Null), 0));
    let said = trainer.run(&["card", "flag", "00000000-0000-0000-0000-000000000000"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("hint: `retain card list` lists all cards"), "{}", said.err);
    trainer.is_sound();
}

#[test]
fn a_card_is_put_off_until_tomorrow() {
    let mut trainer = trainer();
    let card = uid(&trainer, "Seas");
    let said = trainer.run(&["card", "bury", &card]);
    assert_eq!((said.code, said.err), (0, format!("{card} is put off until tomorrow\n")));
    assert_eq!(stems(&trainer, &["--state", "buried"]), ["How deep is the sea?"]);
    assert!(trainer.run(&["card", "show", &card]).out.contains("put off until 2026-11-25"));
    let asked = |trainer: &Trainer| {
        let told = trainer.review(|question| question["choices"][0]["label"].as_str().expect("a label").into());
        told.iter().any(|line| line["type"] == "question" && line["stem"] == "How deep is the sea?")
    };
    assert!(!asked(&trainer));
    trainer.at("2026-11-25T08:00:00+01:00");
    assert!(stems(&trainer, &["--state", "buried"]).is_empty());
    assert!(asked(&trainer));
    trainer.is_sound();
}

#[test]
fn a_card_is_shown_with_its_answers_and_its_curve() {
    let mut trainer = trainer();
    let card = uid(&trainer, "Seas");
    assert_eq!(trainer.run(&["card", "suspend", &uid(&trainer, "Hills")]).code, 0);
    let new = trainer.run(&["card", "show", &card]).out;
    let source = trainer.folder().canonicalize().expect("a folder").join("sea.txt");
    let expected = format!(
        "sea › Seas\nHow deep is the sea?\n * A. deep\n   B. flat\nin {}:2, called `deep` there\n\
         state new, 0 answers, 0 lapses\ncard {card}\n",
        source.display()
    );
    assert_eq!(new, expected);
    answer(&trainer, ["deep", "high"]);
    trainer.at("2026-11-28T08:00:00+01:00");
    answer(&trainer, ["flat", "low"]);
    answer_undone(&mut trainer);
    let shown = show(&trainer, &card);
    let rows = trainer.table("cards");
    let row = rows.iter().find(|row| row["card"] == card.as_str()).expect("the card");
    for (name, column) in
        [("state", "state"), ("due", "due"), ("stability", "stability"), ("retrievability", "retrievability")]
    {
        assert_eq!(shown[name], row[column], "{name}");
    }
    let answers = shown["answers"].as_array().expect("answers");
    let reviews: Vec<Value> =
        trainer.table("reviews").into_iter().filter(|review| review["card"] == card.as_str()).collect();
    assert_eq!(answers.len(), 3);
    for (answer, review) in answers.iter().zip(&reviews) {
        for name in [
            "at",
            "study_day",
            "kind",
            "rating",
            "right",
            "seconds",
            "retrievability_before",
            "stability_after",
            "interval_days",
            "undone",
        ] {
            assert_eq!(answer[name], review[name], "{name}");
        }
    }
    assert_eq!((&answers[1]["right"], &answers[2]["undone"]), (&false.into(), &true.into()));
    let curve: Vec<(f64, f64)> = serde_json::from_value(shown["curve"].clone()).expect("points");
    assert_eq!(curve.first().map(|point| point.0), Some(-8.0));
    assert!(curve.iter().filter(|point| point.1 == 1.0).count() == 2 && curve.iter().any(|point| point.0 > 0.0));
    assert_eq!(shown["source"]["line"], 2);
    let text = trainer.run(&["card", "show", &card]).out;
    assert!(text.contains("2026-11-28  review      again    B        75 %"), "{text}");
    assert!(text.contains("  taken back\n") && text.contains("100 % ┤") && text.contains("8 days ago"), "{text}");
    let narrow = text.lines().skip_while(|line| !line.starts_with("day ")).all(|line| line.chars().count() <= 80);
    assert!(narrow, "{text}");
    trainer.is_sound();
}

/// One more answer on 2026-12-02, taken back.
fn answer_undone(trainer: &mut Trainer) {
    trainer.at("2026-12-02T08:00:00+01:00");
    answer(trainer, ["deep", "high"]);
    assert_eq!(trainer.run(&["undo"]).code, 0);
}
