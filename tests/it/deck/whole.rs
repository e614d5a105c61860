//! Decks made, moved, merged, archived, deleted and restored.

use crate::fixture::program::{CommandOutput, Program};
use crate::fixture::study::{Study, all_right};
use crate::fixture::views::refusal;
use retain::study::{Merged, MoveRequest, ReviewRequest, Shelved};
use retain::ui;

const PLANETS: &str =
    "1. Which planet is red?\nA. Venus\nB. Mars *\n\n2. Which planet is large?\nA. Jupiter *\nB. Mercury\n";
const MOONS: &str = "1. Which moon is ours?\nA. Luna *\nB. Io\n";

fn study() -> Study {
    let study = Study::new();
    study.settings("learning-steps=none").bank("Planets", PLANETS).bank("Moons", MOONS);
    study
}

/// The decks of the list with their cards, archived ones with a star.
fn listed(study: &Study) -> String {
    let decks = study.trainer().deck_list(true).expect("decks").into_iter();
    decks
        .map(|deck| format!("{}{} {}", if deck.archived { "*" } else { "" }, deck.name, deck.cards))
        .collect::<Vec<_>>()
        .join(", ")
}

fn today(study: &Study) -> Vec<String> {
    let asked = study.open().review(&ReviewRequest::default()).answer_all(all_right);
    let mut decks: Vec<String> = asked.into_iter().map(|question| question.deck).collect();
    decks.dedup();
    decks
}

#[test]
fn a_deck_is_made_and_moved_and_comes_back() {
    let study = study();
    let mut trainer = study.trainer();
    assert_eq!(trainer.create_deck(" Sky :: Stars ").expect("a deck"), "Sky::Stars");
    assert!(refusal(trainer.create_deck("sky::stars")).contains("there is a deck `Sky::Stars` already"));
    assert!(refusal(trainer.create_deck("a::")).contains("a deck cannot be called"));
    trainer.move_deck("Planets", Some("Sky")).expect("a move");
    trainer.move_deck("Moons", Some("Sky::Planets")).expect("a move");
    assert_eq!(listed(&study), "Sky::Planets 2, Sky::Planets::Moons 1, Sky::Stars 0");
    assert!(refusal(trainer.move_deck("Sky::Planets", Some("Sky::Planets::Moons"))).contains("into itself"));
    assert!(refusal(trainer.move_deck("Sky::Planets", Some("Sky"))).contains("is there already"));
    assert!(refusal(trainer.move_deck("Nowhere", None)).contains("no deck is called `Nowhere`"));
    trainer.move_deck("Sky::Planets", None).expect("a move");
    assert_eq!(listed(&study), "Planets 2, Planets::Moons 1, Sky::Stars 0");
    for _ in 0..4 {
        trainer.undo().expect("an undo");
    }
    assert_eq!(listed(&study), "Moons 1, Planets 2");
    study.is_sound();
}

#[test]
fn a_merged_deck_takes_its_bank_along() {
    let study = study();
    study.review(all_right).bank("Moons::Far", "1. Which moon is large?\nA. Titan *\nB. Luna\n");
    let merged = study.trainer().merge_decks("Moons", "Planets").expect("a merge");
    assert_eq!(
        merged,
        Merged { from: "Moons".into(), into: vec!["Planets".into(), "Planets::Far".into()], questions: 2 }
    );
    assert_eq!(listed(&study), "Planets 3, Planets::Far 1");
    assert_eq!(study.card("ours")["answers"], 1, "its answers came along");
    assert_eq!(study.table("reviews").len(), 3);
    study.is_sound();
    // The bank is one of the other deck now: its next version updates the question there.
    let changed = MOONS.replace("Io", "Europa");
    let mut bank = retain::bank::read(changed.as_bytes(), &retain::bank::ReadOptions::default()).expect("a bank");
    let source = ("Moons.txt", std::path::Path::new("Moons.txt"));
    let options = retain::study::ImportOptions::default();
    let batch = &mut retain::study::Batch::default();
    let imported = study.trainer().import_bank(&mut bank, source, &options, batch, &mut retain::study::unwatched);
    assert_eq!(imported.expect("an import").deck, "Planets");
    assert_eq!(study.table("cards").len(), 4);
    let ours = study.card("ours")["card"].as_str().expect("a card").parse().expect("an identity");
    assert!(study.trainer().question_text(ours).expect("a text").contains("Europa"));
    assert!(refusal(study.trainer().merge_decks("Planets", "planets::far")).contains("into a deck in it"));
    assert!(refusal(study.trainer().merge_decks("Planets", "Planets")).contains("into itself"));
    study.trainer().undo().expect("the import is taken back");
    study.trainer().undo().expect("the merge is taken back");
    assert_eq!(listed(&study), "Moons 1, Moons::Far 1, Planets 2");
    study.is_sound();
}

#[test]
fn an_archived_deck_is_left_out_until_it_is_named() {
    let study = study();
    study.trainer().archive_deck("Planets").expect("an archive");
    assert_eq!(listed(&study), "Moons 1, *Planets 2");
    assert!(!study.home().contains("Planets"), "{}", study.home());
    assert_eq!(today(&study), ["Moons"]);
    let named = ReviewRequest { deck: Some("Planets".into()), ..ReviewRequest::default() };
    assert_eq!(study.open().review(&named).answer_all(all_right).len(), 2, "whoever names it means it");
    assert_eq!(study.table("reviews").len(), 3, "its answers are in the statistics");
    assert!(refusal(study.trainer().archive_deck("Planets")).contains("is archived already"));
    let found = study.trainer().cards_sought("is:archived", false).expect("cards");
    assert_eq!(found.len(), 2);
    study.trainer().delete_deck("Planets").expect("a deletion");
    study.trainer().restore_deck("Planets").expect("a restoration");
    assert_eq!(listed(&study), "Moons 1, *Planets 2", "archived as before");
    study.trainer().unarchive_deck("Planets").expect("a deck");
    assert_eq!(listed(&study), "Moons 1, Planets 2");
    assert!(refusal(study.trainer().unarchive_deck("Planets")).contains("is not archived"));
    study.is_sound();
}

#[test]
fn a_deleted_deck_is_gone_for_people_and_its_answers_stay() {
    let study = study();
    study.review(all_right);
    let before = study.table("reviews");
    let shelved = study.trainer().delete_deck("planets").expect("a deletion");
    assert_eq!(shelved, Shelved { decks: vec!["Planets".into()], questions: 2 });
    assert_eq!(listed(&study), "Moons 1");
    assert_eq!(study.table("cards").len(), 1);
    assert_eq!(study.table("reviews"), before);
    study.is_sound();
    let told = refusal(study.trainer().rename_deck("Moons", "Planets"));
    assert!(told.contains("a deleted deck is called `Planets`"), "{told}");
    let told = refusal(study.trainer().deck_settings("Planets"));
    assert!(told.contains("`retain deck restore \"Planets\"` brings it back"), "{told}");
    assert!(study.trainer().search("planet", 9, &mut retain::study::unwatched).expect("a search").cards.is_empty());
    assert_eq!(study.trainer().cards_sought("planet is:deleted", true).expect("cards").len(), 2);
    let restored = study.trainer().restore_deck("Planets").expect("a restoration");
    assert_eq!(restored.questions, 2);
    assert_eq!(study.card("red")["answers"], 1);
    assert_eq!(study.table("cards").len(), 3);
    assert!(study.table("cards").iter().all(|card| card["suspended"] == false));
    study.is_sound();
}

#[test]
fn a_bank_imported_into_a_deleted_deck_brings_back_what_it_has() {
    let study = study();
    study.review(all_right);
    study.trainer().delete_deck("Planets").expect("a deletion");
    let one = PLANETS.split("\n\n").next().expect("a question");
    study.bank("Planets", one);
    assert_eq!(listed(&study), "Moons 1, Planets 1", "the other question stays deleted");
    assert_eq!(study.card("red")["answers"], 1);
    assert_eq!(study.card("red")["suspended"], false);
    study.is_sound();
}

/// What a command wrote, whether it succeeded or not.
fn everything(output: &CommandOutput) -> String {
    format!("{}{}", output.out, output.err)
}

#[test]
fn the_commands_say_what_happened() {
    let mut program = Program::new();
    let program = program.at("2026-03-01T10:00:00+01:00");
    program.file("Planets.txt", PLANETS);
    program.file("Moons.txt", MOONS);
    program.ok(&["import", "Planets.txt", "Moons.txt"]);
    let mut talk = String::new();
    for command in [
        &["deck", "create", "Stars"][..],
        &["deck", "move", "Moons", "Planets"],
        &["deck", "merge", "Planets::Moons", "Stars"],
        &["deck", "archive", "Stars"],
        &["deck", "list"],
        &["deck", "list", "--all"],
        &["deck", "unarchive", "Stars"],
        &["deck", "delete", "Planets"],
        &["deck", "list", "--deleted"],
        &["deck", "create", "Planets"],
        &["undo"],
        &["deck", "delete", "Planets"],
        &["deck", "restore", "Planet"],
        &["deck", "restore", "Planets"],
        &["deck", "move", "Planets"],
        &["undo", "--list"],
    ] {
        talk += &format!("$ retain {}\n{}\n", command.join(" "), everything(&program.run(command)));
    }
    insta::assert_snapshot!(talk.replace(&format!("{}/", program.folder().display()), ""));
    program.is_sound();
    assert!(ui::decks::hidden(1).contains("1 archived deck not shown"));
}

#[test]
fn an_archived_deck_is_no_load_and_its_due_dates_stay() {
    let study = Study::new();
    study.settings("learning-steps=none new-per-day=100 fuzz=off");
    let bank = |name: &str| (0..4).map(|n| format!("{}. {name} {n}?\nA. yes *\nB. no\n\n", n + 1)).collect::<String>();
    study.bank("Old", bank("Old")).bank("New", bank("New")).review(all_right);
    let due = study.due("Old 0");
    let load = || -> u64 {
        let request = MoveRequest::Postpone(1.0, Some(3));
        study
            .trainer()
            .plan_moves(&request, None)
            .expect("a plan")
            .figures
            .days
            .iter()
            .map(|(_, (cards, _))| cards)
            .sum()
    };
    assert_eq!(load(), 8);
    study.trainer().archive_deck("Old").expect("an archive");
    assert_eq!(load(), 4, "it asks for nothing");
    study.is_sound();
    study.at(&format!("{due}T10:00:00+01:00"));
    let moved = |deck: Option<&str>| {
        let trainer = study.trainer();
        trainer.plan_moves(&MoveRequest::Postpone(1.0, Some(3)), deck).expect("a plan").figures.moves.len()
    };
    assert_eq!((moved(None), moved(Some("Old"))), (4, 4), "whoever names it means it");
    study.trainer().unarchive_deck("Old").expect("a deck");
    assert_eq!(moved(None), 8);
    study.trainer().archive_deck("Old").expect("an archive");
    study.review(all_right).is_sound().undo().is_sound();
    study.trainer().delete_deck("Old").expect("a deletion");
    study.is_sound();
    study.trainer().restore_deck("Old").expect("a deck");
    study.trainer().unarchive_deck("Old").expect("a deck");
    study.is_sound();
}

#[test]
fn a_deck_that_was_merged_is_not_called_deleted() {
    let program = Program::new();
    for name in ["one", "two"] {
        program.file(&format!("{name}.txt"), format!("What is {name}?\n- A. x *\n- B. y\n"));
        program.ok(&["import", &format!("{name}.txt")]);
    }
    program.ok(&["deck", "merge", "one", "two"]);
    let gone = program.run(&["review", "one"]);
    assert!(gone.err.contains("the deck `one` is gone and has no questions: it was merged"), "{}", gone.err);
    program.ok(&["undo", "--yes"]);
    program.ok(&["deck", "delete", "one"]);
    let gone = program.run(&["review", "one"]);
    assert!(gone.err.contains("`one` was deleted: `retain deck restore \"one\"` brings it back"), "{}", gone.err);
}
