//! Undo in a review and between reviews: the last thing that was done, whatever it was.

use retain::model::DeedKind;
use retain::session::{Action, Notice};
use retain::study::ReviewRequest;

use crate::fixture::study::{Study, all_right};

const BANK: &str =
    "1. Which planet is red?\nA. Venus\nB. Mars *\n\n2. Which planet is large?\nA. Jupiter *\nB. Mercury\n";

fn study() -> Study {
    let study = Study::new();
    study.bank("Planets", BANK).settings("new-order=bank");
    study
}

#[test]
fn a_suspended_card_comes_back_and_the_answer_before_stays() {
    let study = study();
    let mut desk = study.open();
    let mut sitting = desk.review(&ReviewRequest::default());
    let first = sitting.question().expect("a question");
    sitting.answer(&all_right(&first));
    let second = sitting.question().expect("a question");
    assert_eq!(sitting.does(Action::Suspend), [Notice::Suspended]);
    let told = sitting.does(Action::Undo);
    assert!(matches!(&told[..], [Notice::DeedUndone { kind: DeedKind::Suspend, .. }]), "{told:?}");
    assert_eq!(sitting.question().map(|question| question.card), Some(second.card));
    drop(desk);
    assert_eq!(study.table("reviews").iter().filter(|row| row["undone"] == false).count(), 1);
    assert!(study.table("cards").iter().all(|card| card["suspended"] == false));
    study.is_sound();
}

#[test]
fn answer_suspend_undo_undo_asks_the_card_as_it_was() {
    let study = study();
    let mut desk = study.open();
    let mut sitting = desk.review(&ReviewRequest::default());
    let first = sitting.question().expect("a question");
    // The answer is shown with its feedback, and the card is suspended there.
    sitting.shows(&all_right(&first));
    sitting.does(Action::Suspend);
    sitting.does(Action::Undo);
    let next = sitting.question().expect("a question");
    assert_ne!(next.card, first.card, "it was just answered, and waits for the end of its step");
    sitting.does(Action::Undo);
    let again = sitting.question().expect("a question");
    assert_eq!((again.card, again.state), (first.card, first.state), "and as new as it was");
    drop(desk);
    assert!(study.table("cards").iter().all(|card| card["suspended"] == false));
    study.is_sound();
}

#[test]
fn what_was_done_outside_a_review_is_taken_back_in_turn() {
    let study = study();
    let before = study.card("red");
    study.review(all_right).settings("new-per-day=3");
    let mut trainer = study.trainer();
    let uid = uuid::Uuid::parse_str(before["card"].as_str().expect("an id")).expect("an id");
    trainer.flag_card(uid, Some("check")).expect("a flag");
    trainer.rename_deck("Planets", "Sky").expect("a name");
    let kinds: Vec<DeedKind> =
        std::iter::from_fn(|| trainer.undo().expect("an undo")).map(|undone| undone.past.deed.kind).collect();
    assert_eq!(kinds[..3], [DeedKind::Rename, DeedKind::Flag, DeedKind::Settings]);
    assert_eq!(kinds[3..5], [DeedKind::Answer, DeedKind::Answer]);
    assert_eq!(kinds[kinds.len() - 2..], [DeedKind::Settings, DeedKind::Import], "to the very first");
    // The log names these cards, so they stay; nobody is asked them.
    assert!(
        study.table("cards").iter().all(|card| card["suspended"] == true && card["answers"] == 0),
        "{:?}",
        study.table("cards")
    );
    assert!(trainer.undo().expect("an undo").is_none(), "nothing is left");
    for _ in 0..kinds.len() {
        assert!(trainer.redo().expect("a redo").is_some());
    }
    assert!(trainer.redo().expect("a redo").is_none());
    assert_eq!(study.card("red")["deck"], "Sky");
    study.is_sound();
}

#[test]
fn a_review_leaves_alone_what_is_wider_than_a_card() {
    let study = study();
    let mut desk = study.open();
    let mut sitting = desk.review(&ReviewRequest::default());
    let told = sitting.does(Action::Undo);
    assert!(matches!(&told[..], [Notice::TooWideToUndo { kind: DeedKind::Settings, .. }]), "{told:?}");
    assert!(sitting.question().is_some(), "the question is still there");
}

#[test]
fn what_another_change_touched_since_is_not_overwritten() {
    let study = study();
    study.settings("new-per-day=3");
    // A change that is no deed, as a fit that comes by itself makes.
    let connection = rusqlite::Connection::open(study.db()).expect("the database");
    connection.execute("update setting set value = '9' where key = 'new-per-day'", []).expect("a change");
    let error = study.trainer().undo().expect_err("a conflict");
    assert!(error.message().contains("something else changed"), "{error}");
    assert_eq!(study.trainer().reader().default_settings().expect("settings").new_per_day, 9);
}
