//! Cards listed, flagged, put off, and shown with all that is known of them.

use crate::fixture::program::{Program, label};
use serde_json::Value;

fn program() -> Program {
    let mut program = Program::new();
    program.file(
        "sea.txt",
        "# Seas\nHow deep is the sea? {#deep}\n- A. deep *\n- B. flat\nTags: Water\n\n# Hills\nHow high is a hill?\n- A. high *\n- B. low\n",
    );
    program.ok(&["import", "sea.txt"]);
    program.ok(&["deck", "set", "sea", "learning-steps=none"]);
    program.at("2026-11-24T08:00:00+01:00");
    program
}

/// One answer to a card whose options these are.
fn answer(program: &Program, options: [&str; 2]) {
    let mut session = program.session(&["--limit", "1"]);
    let question = session.read().expect("a question");
    let texts = question["choices"].to_string();
    let wanted = options.into_iter().find(|option| texts.contains(&format!("\"{option}\""))).expect("the option");
    session.send(&serde_json::json!({"type": "answer", "pick": [label(&question, wanted)], "ms": 4200}));
    session.read();
    session.send(&serde_json::json!({"type": "rate"}));
    assert_eq!(session.read().expect("a line")["type"], "recorded");
}

fn list(program: &Program, args: &[&str]) -> Vec<Value> {
    let said = program.ok(&[&["card", "list", "--json"], args].concat());
    said.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn stems(program: &Program, args: &[&str]) -> Vec<String> {
    list(program, args).iter().map(|card| card["stem"].as_str().expect("a stem").to_owned()).collect()
}

fn uid(program: &Program, topic: &str) -> String {
    list(program, &["--topic", topic])[0]["card"].as_str().expect("a card").to_owned()
}

fn show(program: &Program, card: &str) -> Value {
    let said = program.ok(&["card", "show", card, "--json"]);
    serde_json::from_str(&said.out).expect("JSON")
}

#[test]
fn cards_are_listed_by_deck_state_topic_tag_and_flag() {
    let program = program();
    let (deep, high) = ("How deep is the sea?", "How high is a hill?");
    assert_eq!(stems(&program, &[]), [deep, high]);
    assert_eq!(stems(&program, &["SEA", "--topic", "hills"]), [high]);
    assert_eq!(stems(&program, &["--tag", "water"]), [deep]);
    assert!(stems(&program, &["--tag", "fire"]).is_empty());
    assert_eq!(program.run(&["card", "list", "nowhere"]).code, 1);
    assert_eq!(program.run(&["card", "list", "--state", "old"]).code, 2);
    let card = uid(&program, "Seas");
    program.ok(&["card", "suspend", &card]);
    assert_eq!(stems(&program, &["--state", "suspended"]), [deep]);
    assert_eq!(stems(&program, &["--state", "review,new"]), [deep, high]);
    answer(&program, ["high", "deep"]);
    assert_eq!(stems(&program, &["--state", "review"]), [high]);
    let said = program.run(&["card", "list", "--state", "new"]);
    assert!(said.out.contains(&card) && said.out.contains("suspended") && !said.out.contains(high), "{}", said.out);
    assert_eq!(said.err, "1 card\n");
    let none = program.run(&["card", "list", "--flagged"]);
    assert_eq!((none.code, none.out.as_str(), none.err.as_str()), (0, "", "no card is like that\n"));
}

#[test]
fn a_flag_is_set_replaced_listed_exported_and_taken_off() {
    let program = program();
    let card = uid(&program, "Seas");
    let said = program.run(&["card", "flag", &card]);
    assert_eq!((said.code, said.err), (0, format!("{card} is flagged\n")));
    let row = |program: &Program| {
        let rows = program.table("cards");
        let row = rows.iter().find(|row| row["card"] == card.as_str()).expect("the card").clone();
        (row["flagged"].clone(), row["note"].clone())
    };
    assert_eq!(row(&program), (true.into(), Value::Null));
    program.ok(&["card", "flag", &card, "--note", " ask the teacher, \"today\" "]);
    assert_eq!(row(&program), (true.into(), "ask the teacher, \"today\"".into()));
    let listed = list(&program, &["--flagged"]);
    assert_eq!((listed.len(), &listed[0]["note"]), (1, &"ask the teacher, \"today\"".into()));
    assert!(program.run(&["card", "list"]).out.contains("  flagged: ask the teacher, \"today\"\n"));
    assert_eq!(show(&program, &card)["flag"]["at"], "2026-11-24T08:00:00.000+01:00");
    assert!(program.run(&["card", "show", &card]).out.contains("flagged: ask the teacher, \"today\"\n"));
    let csv = program.run(&["export", "cards"]).out;
    assert!(csv.lines().next().expect("a header").ends_with(",suspended,flagged,note"), "{csv}");
    assert!(csv.contains("true,\"ask the teacher, \"\"today\"\"\"\r\n"), "{csv}");
    // A flag is no part of the schedule.
    assert_eq!(program.table("cards")[0]["state"], "new");
    program.ok(&["rebuild"]);
    assert_eq!(row(&program).0, true);
    assert!(program.run(&["card", "unflag", &card]).err.ends_with("is no longer flagged\n"));
    let again = program.run(&["card", "unflag", &card]);
    assert_eq!((again.code, again.err), (0, format!("{card} is not flagged\n")));
    assert_eq!((row(&program), list(&program, &["--flagged"]).len()), ((false.into(), Value::Null), 0));
    let said = program.run(&["card", "flag", "00000000-0000-0000-0000-000000000000"]);
    assert_eq!(said.code, 1);
    assert!(said.err.contains("hint: `retain card list` lists all cards"), "{}", said.err);
    program.is_sound();
}

#[test]
fn a_card_is_put_off_until_tomorrow() {
    let mut program = program();
    let card = uid(&program, "Seas");
    let said = program.run(&["card", "bury", &card]);
    assert_eq!((said.code, said.err), (0, format!("{card} is put off until tomorrow\n")));
    assert_eq!(stems(&program, &["--state", "buried"]), ["How deep is the sea?"]);
    assert!(program.run(&["card", "show", &card]).out.contains("put off until 2026-11-25"));
    let asked = |program: &Program| {
        let told = program.review(|question| question["choices"][0]["label"].as_str().expect("a label").into());
        told.iter().any(|line| line["type"] == "question" && line["stem"] == "How deep is the sea?")
    };
    assert!(!asked(&program));
    program.at("2026-11-25T08:00:00+01:00");
    assert!(stems(&program, &["--state", "buried"]).is_empty());
    assert!(asked(&program));
    program.is_sound();
}

#[test]
fn a_card_is_shown_with_its_answers_and_its_curve() {
    let mut program = program();
    let card = uid(&program, "Seas");
    program.ok(&["card", "suspend", &uid(&program, "Hills")]);
    let new = program.run(&["card", "show", &card]).out;
    let source = program.folder().canonicalize().expect("a folder").join("sea.txt");
    let expected = format!(
        "sea › Seas\nHow deep is the sea?\n * A. deep\n   B. flat\nin {}:2, called `deep` there\n\
         state new, 0 answers, 0 lapses\ncard {card}\n",
        source.display()
    );
    assert_eq!(new, expected);
    answer(&program, ["deep", "high"]);
    program.at("2026-11-28T08:00:00+01:00");
    answer(&program, ["flat", "low"]);
    answer_undone(&mut program);
    let shown = show(&program, &card);
    let rows = program.table("cards");
    let row = rows.iter().find(|row| row["card"] == card.as_str()).expect("the card");
    for (name, column) in
        [("state", "state"), ("due", "due"), ("stability", "stability"), ("retrievability", "retrievability")]
    {
        assert_eq!(shown[name], row[column], "{name}");
    }
    let answers = shown["answers"].as_array().expect("answers");
    let reviews: Vec<Value> =
        program.table("reviews").into_iter().filter(|review| review["card"] == card.as_str()).collect();
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
    let text = program.run(&["card", "show", &card]).out;
    assert!(text.contains("2026-11-28  review      again    B        75 %"), "{text}");
    assert!(text.contains("  taken back\n") && text.contains("100 % ┤") && text.contains("8 days ago"), "{text}");
    let narrow = text.lines().skip_while(|line| !line.starts_with("day ")).all(|line| line.chars().count() <= 80);
    assert!(narrow, "{text}");
    program.is_sound();
}

/// One more answer on 2026-12-02, taken back.
fn answer_undone(program: &mut Program) {
    program.at("2026-12-02T08:00:00+01:00");
    answer(program, ["deep", "high"]);
    program.ok(&["undo"]);
}
