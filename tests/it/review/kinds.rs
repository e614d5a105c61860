//! Every kind of question through plain lines and JSON Lines.

use std::collections::HashSet;
use std::time::Duration;

use crate::fixture::program::kinds::{KINDS, labels, rightly, study_of_kinds, with_kinds, wrongly};
use crate::fixture::study::Study;
use crate::fixture::study::talk::Talk;
use retain::study::ReviewRequest;
use serde_json::{Value, json};

/// Answers a question that was read, and goes on with this rating.
fn answer(session: &mut Talk, answer: &Value, rate: &Value) -> Value {
    session.send(answer);
    let feedback = session.next("feedback");
    session.send(rate);
    session.next("recorded");
    feedback
}

/// A review that ends after one answer.
fn one(study: &Study) -> Talk {
    study.limited_talk(&ReviewRequest::default(), Some(1))
}

#[test]
fn every_kind_is_answered_rightly_over_json_lines() {
    let study = study_of_kinds();
    let mut session = study.talk();
    let mut told = Vec::new();
    for kind in KINDS {
        let question = session.next("question");
        assert_eq!(question["kind"], kind);
        assert_eq!((question["halves"].is_null(), question["markup"].as_str()), (kind != "match", Some("plain")));
        told.push(answer(&mut session, &rightly(&question), &json!({"type": "rate", "rating": "good"})));
    }
    let done = session.next("done");
    assert_eq!((&done["answered"], &done["right"], done.get("exam")), (&json!(11), &json!(11), None));
    let of = |kind: &str| &told[KINDS.iter().position(|known| *known == kind).expect("a kind")];
    for (kind, right, answer) in [
        ("single", json!(true), Value::Null),
        ("short", json!(true), json!(["Oslo", "Christiania"])),
        ("numeric", json!(true), json!(["1925"])),
        ("match", json!(true), Value::Null),
        ("order", json!(true), Value::Null),
        ("cloze", Value::Null, json!(["Tiber"])),
        ("card", Value::Null, json!(["An old capital of Japan."])),
        ("open", Value::Null, json!(["Power moves."])),
    ] {
        assert_eq!((&of(kind)["right"], &of(kind)["answer"]), (&right, &answer), "{kind}");
    }
    for (kind, hits) in [
        ("single", Value::Null),
        ("multiple", json!({"right": 2, "of": 2, "wrong": 0})),
        ("order", json!({"right": 3, "of": 3, "wrong": 0})),
        ("match", json!({"right": 3, "of": 3, "wrong": 0})),
        ("short", Value::Null),
    ] {
        assert_eq!(of(kind)["hits"], hits, "{kind}");
    }
    drop(session);
    let reviews = study.table("reviews");
    assert!(reviews.iter().all(|row| row["rating"] == 3 && row["right"] == true && row["overruled"] == false));
    let column = |name: &str| reviews.iter().map(|row| row[name].as_str().unwrap_or("").to_owned()).collect::<Vec<_>>();
    assert_eq!(column("typed"), ["", "", "", "oslo", "1924", "", "", "", "", "", ""]);
    assert_eq!(column("picked")[6], "ABC");
    let mut pairs: Vec<char> = column("picked")[5].chars().collect();
    assert!(pairs.chunks(2).all(|pair| pair[0] == pair[1]), "each with its own half: {pairs:?}");
    pairs.dedup();
    assert_eq!(pairs.len(), 3);
    let stems: Vec<_> = study.table("cards").iter().map(|card| card["stem"].to_string()).collect();
    assert!(stems.contains(&"\"The […] flows through Rome.\"".into()), "{stems:?}");
    assert!(stems.contains(&"\"The Tiber flows through […].\"".into()), "{stems:?}");
    study.is_sound();
}

#[test]
fn every_kind_is_answered_wrongly_over_json_lines() {
    let study = study_of_kinds();
    let mut session = study.talk();
    for kind in KINDS {
        let question = session.next("question");
        let wrong = wrongly(&question);
        let feedback = answer(&mut session, &wrong, &json!({"type": "rate", "rating": "again"}));
        match kind {
            "multiple" => assert_eq!(feedback["hits"], json!({"right": 1, "of": 2, "wrong": 1})),
            "order" => {
                assert_eq!(feedback["hits"], json!({"right": 1, "of": 3, "wrong": 2}));
                assert_eq!(feedback["correct"], json!(labels(&question["choices"], &["Tromsø", "Bergen", "Rome"])));
            }
            "match" => {
                assert_eq!(feedback["hits"], json!({"right": 1, "of": 3, "wrong": 2}));
                let halves = labels(&question["halves"], &["Norway", "Italy", "Japan"]);
                let places = labels(&question["choices"], &["Oslo", "Rome", "Kyoto"]);
                for (label, half) in places.iter().zip(halves) {
                    assert_eq!(feedback["halves"][usize::from(label.as_bytes()[0] - b'A')], half);
                }
            }
            "short" => assert_eq!(feedback["typed"]["text"], "Rome"),
            _ => {}
        }
    }
    assert_eq!(session.next("done")["right"], 0);
    drop(session);
    let reviews = study.table("reviews");
    assert!(reviews.iter().all(|row| row["rating"] == 1 && row["right"] == false), "{reviews:?}");
    study.is_sound();
}

/// The names of all fields, also of those within.
fn fields(value: &Value, found: &mut HashSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                found.insert(name.clone());
                self::fields(value, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| fields(value, found)),
        _ => {}
    }
}

#[test]
fn every_field_is_documented() {
    let documentation = include_str!("../../../docs/json-lines.md");
    let study = study_of_kinds();
    let mut session = study.talk();
    let mut found = HashSet::new();
    while let Some(line) = session.read() {
        fields(&line, &mut found);
        match line["type"].as_str() {
            Some("question") => session.send(&rightly(&line)),
            Some("feedback") => session.send(&json!({"type": "rate"})),
            _ => {}
        }
    }
    assert!(found.len() > 40, "{found:?}");
    found.remove("type");
    let missing: Vec<_> = found.iter().filter(|name| !documentation.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn again_after_a_right_answer_is_a_guess_and_is_never_good() {
    let study = study_of_kinds();
    let mut session = one(&study);
    let question = session.next("question");
    answer(&mut session, &rightly(&question), &json!({"type": "rate", "rating": "again"}));
    drop(session);
    let row = &study.table("reviews")[0];
    assert_eq!((&row["rating"], &row["right"], &row["confidence"]), (&json!(1), &json!(true), &json!("guessed")));
}

#[test]
fn bad_lines_are_told_and_the_place_is_kept() {
    let study = study_of_kinds();
    let mut session = study.talk();
    for kind in KINDS {
        let question = session.next("question");
        assert_eq!(question["kind"], kind);
        for (line, why) in [
            (json!({"type": "answer"}), "an answer has one of `pick`, `text` and `pairs`"),
            (json!({"type": "dance"}), "unknown variant `dance`"),
            (json!(["answer"]), "the line cannot be used"),
            (json!({"type": "rate"}), "answer the question first"),
            (json!({"type": "overrule"}), "answer the question first"),
            (json!({"type": "answer", "pick": ["Z"]}), ""),
            (json!({"type": "answer", "pick": []}), ""),
            (json!({"type": "answer", "text": ""}), ""),
            (json!({"type": "answer", "pairs": []}), ""),
        ] {
            session.send(&line);
            let error = session.next("error");
            assert!(error["message"].as_str().expect("words").contains(why), "{kind}: {line}: {error}");
        }
        let refused = match kind {
            "cloze" | "card" | "open" => json!({"type": "answer", "text": "Rome"}),
            _ => json!({"type": "reveal"}),
        };
        session.send(&refused);
        session.next("error");
        session.send(&rightly(&question));
        session.next("feedback");
        session.send(&rightly(&question));
        assert_eq!(session.next("error")["message"], "there is no question to answer now");
        session.send(&json!({"type": "rate"}));
        session.next("recorded");
    }
    assert_eq!(session.next("done")["answered"], 11);
}

#[test]
fn undo_goes_back_over_every_kind_as_it_was_shown() {
    let study = study_of_kinds();
    let mut session = study.talk();
    let mut asked = Vec::new();
    for _ in KINDS.iter().skip(1) {
        let question = session.next("question");
        answer(&mut session, &rightly(&question), &json!({"type": "rate"}));
        asked.push(question);
    }
    session.next("question");
    for before in asked.iter().rev() {
        session.send(&json!({"type": "undo"}));
        session.next("undone");
        let question = session.next("question");
        for field in ["card", "stem", "choices", "halves", "left"] {
            assert_eq!(question[field], before[field], "{field}");
        }
    }
    session.send(&json!({"type": "undo"}));
    let message = session.next("error")["message"].as_str().unwrap_or_default().to_owned();
    let wide = "what you did last was not in this review: changed settings of Kinds: ";
    assert!(message.starts_with(wide) && message.ends_with("; `retain undo` takes it back"), "{message}");
    session.send(&json!({"type": "quit"}));
    assert_eq!(session.next("done")["answered"], 0);
    drop(session);
    assert!(study.table("cards").iter().all(|card| card["state"] == "new"));
    study.is_sound();
}

#[test]
fn an_answer_is_overruled_and_back() {
    let study = study_of_kinds();
    let mut session = one(&study);
    let question = session.next("question");
    session.send(&wrongly(&question));
    let mut told = vec![session.next("feedback")];
    for _ in 0..3 {
        session.send(&json!({"type": "overrule"}));
        told.push(session.next("feedback"));
    }
    let said: Vec<_> = told.iter().map(|feedback| (feedback["right"] == true, feedback["overruled"] == true)).collect();
    assert_eq!(said, [(false, false), (true, true), (false, false), (true, true)]);
    session.send(&json!({"type": "rate"}));
    session.next("recorded");
    drop(session);
    let row = &study.table("reviews")[0];
    assert_eq!((&row["right"], &row["overruled"]), (&json!(true), &json!(true)));
}

#[test]
fn a_pause_is_told_and_ends_with_the_next_line() {
    let study = study_of_kinds();
    let mut session = one(&study);
    let question = session.next("question");
    for told in ["paused", "resumed", "paused"] {
        session.send(&json!({"type": "pause"}));
        session.next(told);
    }
    session.send(&rightly(&question));
    session.next("resumed");
    session.next("feedback");
}

#[test]
fn a_signal_logs_the_answer_that_was_seen() {
    for signal in ["-TERM", "-HUP", "-INT"] {
        let program = with_kinds();
        let mut session = program.session(&[]);
        let question = session.next("question");
        session.send(&rightly(&question));
        session.next("feedback");
        let id = session.child.id().to_string();
        let sent = std::process::Command::new("kill").args([signal, &id]).status().expect("kill");
        assert!(sent.success());
        // The input stays open: it is the signal that ends the session.
        session.next("recorded");
        assert_eq!(session.next("done")["answered"], 1);
        for _ in 0..100 {
            if session.child.try_wait().expect("a child").is_some() {
                break;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        assert_eq!(session.child.try_wait().expect("a child").and_then(|status| status.code()), Some(0), "{signal}");
        assert_eq!(program.table("reviews").len(), 1);
        program.is_sound();
    }
}

/// What was said, with what was typed below each prompt.
fn transcript(said: &str, typed: &str) -> String {
    let mut typed = typed.lines();
    let mut text = String::new();
    for line in said.lines() {
        text += &format!("{}\n", line.trim_end());
        if line.ends_with(' ')
            && let Some(typed) = typed.next()
        {
            text += &format!("> {typed}\n");
        }
    }
    assert_eq!(typed.next(), None, "all that was typed was heeded");
    text
}

#[test]
fn choices_stay_hidden_in_plain_lines_until_the_answer_was_recalled() {
    let study = study_of_kinds();
    study.deck_settings("Kinds", "recall-first=on");
    let said = study.limited_plain(&ReviewRequest::default(), Some(1), "repeat\n\nA\n\n");
    let (hidden, shown) = said.split_once("A. ").expect("the choices");
    assert_eq!(hidden.matches("Which town is the capital of Norway?").count(), 2, "{said}");
    assert_eq!(hidden.matches("Recall the answer, then Enter to see the choices").count(), 2, "{said}");
    assert!(shown.contains("You picked A. "), "{said}");
}

#[test]
fn a_plain_session_through_every_kind() {
    let study = study_of_kinds();
    let typed = "help\nZ\nA\no\no\n\nAC\n\nundo\nab\n2\n:pause\n\n:flags\n:skip\nA\n1\nparis\n:repeat\no\n\nabout\n1926\n\nA1 B3\nA1 B3 C2\n\nCAB\n\n\n4\n\n1\n\n\nbury\n";
    insta::assert_snapshot!(transcript(&study.plain(typed), typed));
    study.is_sound();
}
