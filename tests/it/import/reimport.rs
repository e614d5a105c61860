//! Banks that are edited and imported again: histories stay with their questions.

use std::collections::BTreeMap;

use crate::fixture::program::{Program, label};
use serde_json::Value;

/// The questions: stem, options (the first is right).
const BANK: [(&str, [&str; 3]); 6] = [
    ("Which layer routes packets between networks?", ["network", "transport", "session"]),
    ("Which layer of these keeps packets in order?", ["transport", "network", "physical"]),
    ("Which of these colours is a primary colour of light?", ["red", "brown", "black"]),
    ("Which of these colours is not a primary colour of light?", ["black", "red", "green"]),
    ("Which of these is true?", ["Ice floats.", "Iron floats.", "Lead floats."]),
    ("Which of these is true", ["Fire burns.", "Water burns.", "Sand burns."]),
];

/// A question on its way into a file.
#[derive(Clone)]
struct WrittenQuestion {
    /// The place that it had at first.
    origin: usize,
    topic: &'static str,
    stem: String,
    options: Vec<String>,
    right: usize,
}

fn written() -> Vec<WrittenQuestion> {
    let of = |(origin, (stem, options)): (usize, &(&str, [&str; 3]))| WrittenQuestion {
        origin,
        topic: "Everything",
        stem: (*stem).into(),
        options: options.map(str::to_owned).into(),
        right: 0,
    };
    BANK.iter().enumerate().map(of).collect()
}

fn text(bank: &[WrittenQuestion]) -> String {
    let mut text = String::new();
    for question in bank {
        text += &format!("Topic: {}\n{}\n", question.topic, question.stem);
        for (place, option) in question.options.iter().enumerate() {
            let letter = char::from(b'A' + place as u8);
            let mark = if place == question.right { " *" } else { "" };
            text += &format!("- {letter}. {option}{mark}\n");
        }
        text.push('\n');
    }
    text
}

fn csv(bank: &[WrittenQuestion]) -> String {
    let mut text = "topic,question,option 1,option 2,option 3,correct answer\n".to_owned();
    for question in bank {
        let options = question.options.join(",");
        text += &format!("{},{},{options},{}\n", question.topic, question.stem, question.options[question.right]);
    }
    text
}

/// Card, answers, and when the last was, by stem.
fn histories(program: &Program) -> BTreeMap<String, (Value, Value, Value)> {
    let row = |card: Value| {
        let stem = card["stem"].as_str().expect("a stem").to_owned();
        (stem, (card["card"].clone(), card["answers"].clone(), card["last_answer"].clone()))
    };
    program.table("cards").into_iter().map(row).collect()
}

/// A trainer that has answered the questions on two days.
fn reviewed() -> Program {
    let mut program = Program::new();
    program.file("bank.txt", text(&written()));
    program.ok(&["import", "bank.txt"]);
    let right = |question: &Value| {
        let stem = question["stem"].as_str().expect("a stem");
        let (_, options) = BANK.iter().find(|(known, _)| *known == stem).expect("a question");
        label(question, options[0])
    };
    program.review(right);
    program.at("2026-11-24T08:00:00+01:00").review(right);
    program
}

/// Imports the edited bank and says what became of it; all that is not `deleted` keeps its card and its answers.
fn import(edit: impl FnOnce(&mut Vec<WrittenQuestion>)) -> Value {
    let program = reviewed();
    let before = histories(&program);
    assert!(before.values().all(|(_, answers, _)| answers.as_i64() > Some(0)));
    let mut bank = written();
    edit(&mut bank);
    program.file("bank.txt", text(&bank));
    let said = program.ok(&["import", "bank.txt", "--json"]);
    let after = histories(&program);
    for question in &bank {
        let Some((old, _)) = BANK.get(question.origin) else { continue };
        assert_eq!(after.get(&question.stem), before.get(*old), "{}", question.stem);
    }
    program.is_sound();
    said.summary()
}

fn figures(summary: &Value, names: [&str; 4]) -> [i64; 4] {
    names.map(|name| summary[name].as_i64().expect("a figure"))
}

#[test]
fn mended_typos_keep_every_history() {
    let summary = import(|bank| {
        for question in bank.iter_mut().take(4) {
            question.stem = question.stem.replacen("h", "hh", 1);
            question.options[1].push('s');
        }
        bank[4].options[2] = "Lead floats, too.".into();
        bank[5].options[0] = "A fire burns.".into();
    });
    assert_eq!(figures(&summary, ["edited", "new", "missing", "key_changed"]), [6, 0, 0, 0]);
}

#[test]
fn shuffled_and_relabelled_options_keep_every_history() {
    let summary = import(|bank| {
        for question in bank.iter_mut() {
            question.options.rotate_left(1);
            question.right = 2;
        }
    });
    assert_eq!(figures(&summary, ["moved", "edited", "new", "missing"]), [6, 0, 0, 0]);
}

#[test]
fn options_come_and_go() {
    let summary = import(|bank| {
        for question in bank.iter_mut().take(3) {
            question.options.push("something else".into());
        }
        for question in bank.iter_mut().skip(3) {
            question.options.truncate(2);
        }
    });
    assert_eq!(figures(&summary, ["edited", "new", "missing", "key_changed"]), [6, 0, 0, 0]);
}

#[test]
fn questions_move_and_topics_split() {
    let summary = import(|bank| {
        bank.reverse();
        for question in bank.iter_mut().take(3) {
            question.topic = "Something";
        }
    });
    assert_eq!(figures(&summary, ["moved", "unchanged", "new", "missing"]), [3, 3, 0, 0]);
}

#[test]
fn deleted_questions_are_kept_and_new_ones_inherit_nothing() {
    let summary = import(|bank| {
        bank.remove(5);
        bank.remove(2);
        bank.push(WrittenQuestion {
            origin: 9,
            topic: "Everything",
            stem: "Which of these is true?".into(),
            options: ["Gas sinks.", "Gas rises.", "Gas rests."].map(str::to_owned).into(),
            right: 1,
        });
    });
    assert_eq!(figures(&summary, ["unchanged", "new", "missing", "edited"]), [4, 1, 2, 0]);
}

#[test]
fn a_corrected_key_keeps_the_history_and_is_called_out() {
    let summary = import(|bank| {
        bank[1].right = 1;
        bank[4].right = 2;
    });
    assert_eq!(figures(&summary, ["key_changed", "unchanged", "new", "missing"]), [2, 4, 0, 0]);
}

#[test]
fn the_same_bank_as_a_table_is_the_same_bank() {
    let program = reviewed();
    let before = histories(&program);
    let mut bank = written();
    bank.rotate_left(2);
    program.file("bank.csv", csv(&bank));
    let said = program.ok(&["import", "bank.csv", "--deck", "bank", "--json"]);
    let summary = said.summary();
    assert_eq!(figures(&summary, ["questions", "unchanged", "new", "missing"]), [6, 6, 0, 0]);
    assert_eq!(histories(&program), before);
    // And edited there, it goes on.
    bank[0].stem = bank[0].stem.replace("primary", "main");
    bank[3].options[2].push('!');
    program.file("bank.csv", csv(&bank));
    program.ok(&["import", "bank.csv"]);
    let after = histories(&program);
    assert_eq!(after.len(), before.len());
    assert_eq!(after.get(&bank[0].stem), before.get(BANK[2].0));
    program.is_sound();
}

#[test]
fn what_may_be_the_same_is_listed() {
    let program = reviewed();
    let mut bank = written();
    bank[0].stem = "Which layer routes the packets between two networks?".into();
    bank[0].options = ["the third", "the fourth", "the fifth"].map(str::to_owned).into();
    program.file("bank.txt", text(&bank));
    let said = program.ok(&["import", "bank.txt"]);
    assert!(said.err.contains("1 new, 5 unchanged, 1 missing"), "{}", said.err);
    assert!(said.err.contains("maybe the same") && said.err.contains(BANK[0].0), "{}", said.err);
}
