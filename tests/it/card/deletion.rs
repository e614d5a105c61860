//! Questions deleted, restored, moved to other decks and tagged; one by one, and all that a search finds.

use uuid::Uuid;

use crate::fixture::program::Program;
use crate::fixture::study::{Study, all_right};
use crate::fixture::views::refusal;
use retain::model::MoveKind;
use retain::study::{ReviewRequest, StatsRequest, unwatched};

const BANK: &str = "1. Which planet is red?\nA. Venus\nB. Mars *\nTags: sky, old\n\n2. Which planet is large?\nA. Jupiter *\nB. Mercury\nTags: sky\n\n\
                    3. Which planet has rings?\nA. Saturn *\nB. Mars\n";

fn study() -> Study {
    let study = Study::new();
    study
        .settings("learning-steps=none")
        .bank("Planets", BANK)
        .bank("Moons", "1. Which moon is ours?\nA. Luna *\nB. Io\n");
    study
}

fn uid(study: &Study, stem: &str) -> Uuid {
    study.card(stem)["card"].as_str().expect("a card").parse().expect("an identity")
}

#[test]
fn a_deleted_question_is_nowhere_and_comes_back_as_it_was() {
    let study = study();
    study.review(all_right);
    let (red, before) = (uid(&study, "red"), study.card("red"));
    let reviews = study.table("reviews");
    let mut trainer = study.trainer();
    assert_eq!(trainer.delete_cards(&[red]).expect("a deletion"), 1);
    assert_eq!(trainer.delete_cards(&[red]).expect("no deletion"), 0);
    assert!(study.table("cards").iter().all(|card| card["card"] != before["card"]));
    assert_eq!(study.table("reviews"), reviews);
    assert!(study.table("questions").iter().all(|item| !item["stem"].as_str().expect("a stem").contains("red")));
    let (_, bank) = trainer.printed_bank("Planets").expect("a bank");
    assert_eq!(bank.questions.len(), 2);
    assert!(trainer.search("red", 9, &mut unwatched).expect("a search").cards.is_empty());
    for done in [
        refusal(trainer.move_cards(&[red], MoveKind::Unsuspend, "by hand")),
        refusal(trainer.flag_card(red, Some("x"))),
        refusal(trainer.question_text(red)),
        refusal(trainer.transfer_cards(&[red], "Moons")),
        refusal(trainer.retag_cards(&[red], &["x".into()], &[])),
    ] {
        assert!(done.contains("this question was deleted") && done.contains("retain card restore"), "{done}");
    }
    study.at("2027-06-01T10:00:00+01:00");
    let asked = study.asked(&ReviewRequest::default(), all_right);
    assert!(!asked.is_empty() && asked.iter().all(|question| question.uid != red));
    assert_eq!(trainer.restore_cards(&[red]).expect("a restoration"), 1);
    assert_eq!(study.card("red")["due"], before["due"], "its due date is a promise");
    assert_eq!(study.card("red")["suspended"], false);
    study.is_sound();
}

#[test]
fn figures_of_cards_leave_out_what_was_deleted_or_archived() {
    let study = study();
    study.review(all_right);
    let cards = |study: &Study| {
        let figures = study.figures(&StatsRequest::default());
        (figures["cards"]["suspended"].clone(), figures["cards"]["review"].clone())
    };
    assert_eq!(cards(&study), (0.into(), 4.into()));
    study.trainer().delete_cards(&[uid(&study, "red")]).expect("a deletion");
    assert_eq!(cards(&study), (0.into(), 3.into()));
    study.is_sound();
}

#[test]
fn what_was_suspended_before_stays_suspended() {
    let study = study();
    let red = uid(&study, "red");
    let mut trainer = study.trainer();
    trainer.move_cards(&[red], MoveKind::Suspend, "by hand").expect("a move");
    trainer.delete_cards(&[red]).expect("a deletion");
    trainer.restore_cards(&[red]).expect("a restoration");
    assert_eq!(study.card("red")["suspended"], true);
    study.is_sound();
}

#[test]
fn its_bank_does_not_bring_it_back() {
    let study = study();
    let red = uid(&study, "red");
    study.trainer().delete_cards(&[red]).expect("a deletion");
    study.bank("Planets", BANK);
    study.bank("Planets", BANK.replace("Venus", "Venus itself"));
    assert_eq!(study.table("cards").len(), 3);
    study.is_sound();
    study.trainer().restore_cards(&[red]).expect("a restoration");
    assert!(study.trainer().question_text(red).expect("a text").contains("Venus itself"), "it followed its bank");
    assert_eq!(study.table("cards").len(), 4);
    study.is_sound();
}

#[test]
fn a_text_with_deletions_goes_as_a_whole() {
    let study = Study::new();
    study.bank("Cloze", "---\nform: exact\n---\n\nThe {{c1::sun}} is {{c2::hot}}.\nKind: cloze\n");
    let mut trainer = study.trainer();
    let first = trainer.cards(&Default::default()).expect("cards")[0].uid;
    trainer.delete_cards(&[first]).expect("a deletion");
    assert!(trainer.cards(&Default::default()).expect("cards").is_empty());
    trainer.restore_cards(&[first]).expect("a restoration");
    let cards = trainer.cards(&Default::default()).expect("cards");
    assert!(cards.len() == 2 && cards.iter().all(|card| card.asked && !card.memory.suspended));
    study.is_sound();
}

#[test]
fn a_question_goes_to_another_deck_and_its_bank_follows() {
    let study = study();
    study.review(all_right).deck_settings("Moons", "desired-retention=0.8");
    let (red, due) = (uid(&study, "red"), study.due("red"));
    let (deck, count) = study.trainer().transfer_cards(&[red], "moons").expect("a transfer");
    assert_eq!((deck.as_str(), count), ("Moons", 1));
    let card = study.card("red");
    assert_eq!(
        (card["deck"].as_str(), card["due"].as_str(), &card["answers"]),
        (Some("Moons"), Some(&*due), &1.into())
    );
    study.is_sound();
    study.bank("Planets", BANK.replace("Venus", "Venus itself"));
    assert_eq!(study.table("cards").len(), 4, "its bank updates it where it is");
    assert_eq!(study.card("red")["deck"], "Moons");
    assert_eq!(study.trainer().transfer_cards(&[red], "Moons").expect("nothing").1, 0);
    assert!(study.trainer().question_text(red).expect("a text").contains("Venus itself"));
    assert!(refusal(study.trainer().transfer_cards(&[red], "Monos")).contains("did you mean `Moons`?"));
    study.is_sound();
}

#[test]
fn tags_are_added_and_taken_off() {
    let study = study();
    let (red, large) = (uid(&study, "red"), uid(&study, "large"));
    let mut trainer = study.trainer();
    let tags = |of: &str| study.trainer().cards_sought(&format!("tag:{of}"), true).expect("cards").len();
    assert_eq!(trainer.retag_cards(&[red, large], &["Größe".into()], &["SKY".into()]).expect("tags"), 2);
    assert_eq!(tags("größe"), 2);
    assert!(refusal(trainer.cards_sought("tag:sky", true)).contains("no tag is called"));
    assert_eq!(trainer.retag_cards(&[red], &["Größe".into()], &[]).expect("tags"), 0, "it has it");
    for tag in ["", " ", "a,b", "a\nb"] {
        assert!(refusal(trainer.retag_cards(&[red], &[tag.into()], &[])).contains("a tag cannot be"), "{tag}");
    }
    trainer.undo().expect("an undo");
    assert_eq!(tags("sky"), 2);
    study.is_sound();
}

#[test]
fn what_changes_nothing_is_no_deed() {
    let study = study();
    let red = uid(&study, "red");
    let mut trainer = study.trainer();
    assert_eq!(trainer.move_cards(&[red], MoveKind::Suspend, "by hand").expect("a move"), [red]);
    let deeds = trainer.last_deeds(20).expect("deeds").len();
    assert!(trainer.move_cards(&[red], MoveKind::Suspend, "by hand").expect("nothing").is_empty());
    assert!(trainer.move_cards(&[red], MoveKind::Unbury, "by hand").expect("nothing").is_empty());
    assert_eq!(trainer.last_deeds(20).expect("deeds").len(), deeds);
}

#[test]
fn the_commands_take_a_search() {
    let mut program = Program::new();
    let program = program.at("2026-03-01T10:00:00+01:00");
    program.file("Planets.txt", BANK);
    program.ok(&["import", "Planets.txt"]);
    program.ok(&["deck", "create", "Stars"]);
    let mut talk = String::new();
    for command in [
        &["card", "suspend", "--search", "tag:sky"][..],
        &["card", "suspend", "--search", "tag:sky", "--yes"],
        &["card", "suspend", "--search", "tag:sky", "--yes"],
        &["card", "unsuspend", "--search", "red"],
        &["card", "flag", "--search", "is:new", "--note", "look", "--yes"],
        &["card", "tag", "--search", "tag:old", "--remove", "old", "--add", "mars"],
        &["card", "tag", "red"],
        &["card", "move", "red", "large", "--to", "Stars"],
        &["card", "move", "red", "--to", "Stars"],
        &["card", "delete", "rings"],
        &["card", "delete", "--search", "deck:Stars", "--yes"],
        &["card", "list"],
        &["card", "restore", "--search", "red"],
        &["card", "restore", "--search", "red"],
        &["card", "delete"],
        &["card", "delete", "--search", "nothing like it"],
        &["import", "Planets.txt"],
    ] {
        let output = program.run(command);
        talk += &format!("$ retain {}\n{}{}\n", command.join(" "), output.out, output.err);
    }
    insta::assert_snapshot!(talk);
    program.is_sound();
}

#[test]
fn a_deleted_card_is_named_by_its_words_and_an_erased_one_is_gone() {
    let program = Program::new();
    program.file(
        "planets.txt",
        "1. Which planet is red?\nA. Venus\nB. Mars *\n\n2. Which planet is large?\nA. Jupiter *\nB. Io\n",
    );
    program.ok(&["import", "planets.txt"]);
    program.ok(&["card", "delete", "planet is red"]);
    let gone = program.run(&["card", "show", "planet is red"]);
    assert!(
        gone.err.starts_with("error: the card that asks `planet is red` was deleted\nhint: `retain card restore "),
        "{}",
        gone.err
    );
    let other = program.run(&["card", "restore", "planet is large"]);
    assert!(other.err.contains("no deleted card asks `planet is large`"), "{}", other.err);
    assert_eq!(program.ok(&["card", "restore", "planet is red"]).err, "restored “Which planet is red?”\n");
    let id = program.json(&["card", "list", "--json"])[0]["card"].as_str().expect("an id").to_owned();
    program.ok(&["card", "delete", &id]);
    program.ok(&["purge", "--yes"]);
    let erased = program.run(&["card", "restore", &id]);
    assert_eq!(erased.err, "nothing changed: `retain purge` erased this question\n");
}
