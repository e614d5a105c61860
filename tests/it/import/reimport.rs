//! Banks that are edited and imported again: histories stay with their questions.

use std::collections::BTreeMap;

use crate::fixture::study::import::{ImportedFile, into_deck};
use crate::fixture::study::{Study, pick};
use retain::session::Showing;
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
fn histories(study: &Study) -> BTreeMap<String, (Value, Value, Value)> {
    let row = |card: Value| {
        let stem = card["stem"].as_str().expect("a stem").to_owned();
        (stem, (card["card"].clone(), card["answers"].clone(), card["last_answer"].clone()))
    };
    study.table("cards").into_iter().map(row).collect()
}

/// Somebody who has answered the questions on two days.
fn reviewed() -> Study {
    let study = Study::new();
    study.file("bank.txt", text(&written())).import_file("bank.txt");
    let right = |question: &Showing| {
        let (_, options) = BANK.iter().find(|(known, _)| *known == question.stem).expect("a question");
        pick(question, options[0])
    };
    study.review(right).at("2026-11-24").review(right);
    study
}

/// Imports the edited bank; all that is not deleted keeps its card and its answers.
fn import(edit: impl FnOnce(&mut Vec<WrittenQuestion>)) -> ImportedFile {
    let study = reviewed();
    let before = histories(&study);
    assert!(before.values().all(|(_, answers, _)| answers.as_i64() > Some(0)));
    let mut bank = written();
    edit(&mut bank);
    let imported = study.file("bank.txt", text(&bank)).import_file("bank.txt");
    let after = histories(&study);
    for question in &bank {
        let Some((old, _)) = BANK.get(question.origin) else { continue };
        assert_eq!(after.get(&question.stem), before.get(*old), "{}", question.stem);
    }
    study.is_sound();
    imported
}

#[test]
fn mended_typos_keep_every_history() {
    let imported = import(|bank| {
        for question in bank.iter_mut().take(4) {
            question.stem = question.stem.replacen("h", "hh", 1);
            question.options[1].push('s');
        }
        bank[4].options[2] = "Lead floats, too.".into();
        bank[5].options[0] = "A fire burns.".into();
    });
    imported.assert_figures(&[("edited", 6), ("new", 0), ("missing", 0), ("key_changed", 0)]);
}

#[test]
fn shuffled_and_relabelled_options_keep_every_history() {
    let imported = import(|bank| {
        for question in bank.iter_mut() {
            question.options.rotate_left(1);
            question.right = 2;
        }
    });
    imported.assert_figures(&[("moved", 6), ("edited", 0), ("new", 0), ("missing", 0)]);
}

#[test]
fn options_come_and_go() {
    let imported = import(|bank| {
        for question in bank.iter_mut().take(3) {
            question.options.push("something else".into());
        }
        for question in bank.iter_mut().skip(3) {
            question.options.truncate(2);
        }
    });
    imported.assert_figures(&[("edited", 6), ("new", 0), ("missing", 0), ("key_changed", 0)]);
}

#[test]
fn questions_move_and_topics_split() {
    let imported = import(|bank| {
        bank.reverse();
        for question in bank.iter_mut().take(3) {
            question.topic = "Something";
        }
    });
    imported.assert_figures(&[("moved", 3), ("unchanged", 3), ("new", 0), ("missing", 0)]);
}

#[test]
fn deleted_questions_are_kept_and_new_ones_inherit_nothing() {
    let imported = import(|bank| {
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
    imported.assert_figures(&[("unchanged", 4), ("new", 1), ("missing", 2), ("edited", 0)]);
}

#[test]
fn a_corrected_key_keeps_the_history_and_is_called_out() {
    let imported = import(|bank| {
        bank[1].right = 1;
        bank[4].right = 2;
    });
    imported.assert_figures(&[("key_changed", 2), ("unchanged", 4), ("new", 0), ("missing", 0)]);
}

#[test]
fn the_same_bank_as_a_table_is_the_same_bank() {
    let study = reviewed();
    let before = histories(&study);
    let mut bank = written();
    bank.rotate_left(2);
    let imported = study.file("bank.csv", csv(&bank)).import_file_as("bank.csv", &into_deck("bank"));
    imported.assert_figures(&[("questions", 6), ("unchanged", 6), ("new", 0), ("missing", 0)]);
    assert_eq!(histories(&study), before);
    // And edited there, it goes on.
    bank[0].stem = bank[0].stem.replace("primary", "main");
    bank[3].options[2].push('!');
    study.file("bank.csv", csv(&bank)).import_file("bank.csv");
    let after = histories(&study);
    assert_eq!(after.len(), before.len());
    assert_eq!(after.get(&bank[0].stem), before.get(BANK[2].0));
    study.is_sound();
}

#[test]
fn what_may_be_the_same_is_listed() {
    let study = reviewed();
    let mut bank = written();
    bank[0].stem = "Which layer routes the packets between two networks?".into();
    bank[0].options = ["the third", "the fourth", "the fifth"].map(str::to_owned).into();
    let words = study.file("bank.txt", text(&bank)).import_file("bank.txt").words();
    assert!(words.contains("1 new, 5 unchanged, 1 missing"), "{words}");
    assert!(words.contains("maybe the same") && words.contains(BANK[0].0), "{words}");
}
