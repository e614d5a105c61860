//! The real program in a pseudo-terminal (util-linux `script` makes one): the screen comes and goes, and the terminal is given back.
#![cfg(target_os = "linux")]

use crate::fixture::pty::{Pty, is_cooked, is_given_back, program};
use crate::fixture::trainer::Trainer;

/// Runs a command in a pseudo-terminal, types the keys one after the other, and returns what the terminal showed. None where the
/// machine has no `script`.
fn typed(trainer: &Trainer, command: &str, keys: &[&str]) -> Option<String> {
    let mut pty = Pty::run(trainer, &program(command))?;
    let (last, first) = keys.split_last()?;
    for key in first {
        pty.types(key);
    }
    pty.types_last(last);
    Some(pty.end())
}

#[test]
fn answers_typed_in_a_terminal_are_logged_and_the_terminal_is_given_back() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    let Some(shown) = typed(&trainer, "review", &["a", "\r", "b", "q", "x"]) else {
        return;
    };
    let (before, after) = shown.split_once("ended 0").unwrap_or_else(|| panic!("no end: {shown:?}"));
    assert!(is_given_back(before), "the alternate screen comes and goes: {before:?}");
    assert!(is_cooked(after), "{after}");
    // The second answer was seen, though not rated, before the person stopped.
    assert_eq!(trainer.table("reviews").len(), 2);
    trainer.is_sound();
}

#[test]
fn a_letter_pressed_twice_is_a_sure_answer() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    assert_eq!(trainer.run(&["deck", "set", "MLOps", "confidence=ask"]).code, 0);
    if typed(&trainer, "review", &["a", "a", "\r", "b", "\r", "\r", "q", "x"]).is_none() {
        return;
    }
    let sure: Vec<_> = trainer.table("reviews").iter().map(|row| row["sure"].clone()).collect();
    assert_eq!(sure, [true, false]);
    trainer.is_sound();
}

#[test]
fn the_score_of_an_exam_stays_when_its_screen_is_gone() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    let Some(shown) = typed(&trainer, "exam -n 2 --minutes 5", &["a", "b", "q", "q"]) else {
        return;
    };
    let (screen, after) = shown.split_once("ended 0").unwrap_or_else(|| panic!("no end: {shown:?}"));
    let (_, stays) = screen.rsplit_once("\u{1b}[?1049l").unwrap_or_else(|| panic!("no screen: {shown:?}"));
    assert!(stays.contains(" of 2 right (") && stays.contains("less than a minute"), "{stays:?}");
    assert!(is_given_back(screen) && is_cooked(after), "{shown:?}");
    let reviews = trainer.table("reviews");
    assert!(reviews.len() == 2 && reviews.iter().all(|row| row["kind"] == "exam"));
    let right = reviews.iter().filter(|row| row["right"] == true).count();
    assert!(stays.contains(&format!("{right} of 2 right")), "{stays:?}");
    trainer.is_sound();
}

#[test]
fn a_card_is_flagged_while_it_is_asked() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    let flagged = || trainer.run(&["card", "list", "--flagged", "--json"]).out;
    assert_eq!(flagged(), "");
    let Some(_) = typed(&trainer, "review", &["f", "look it up", "\r", "a", "\r", "q", "x"]) else {
        return;
    };
    assert!(flagged().lines().count() == 1 && flagged().contains("look it up"), "{}", flagged());
    let Some(_) = typed(&trainer, "undo", &["\r"]) else { return };
    // The same card comes first again, and one key takes the flag away.
    let Some(_) = typed(&trainer, "review", &["f", "q", "x"]) else { return };
    assert_eq!(flagged(), "");
}

#[test]
fn a_plan_asks_before_it_moves_anything() {
    let trainer = Trainer::new();
    trainer.file("bank.txt", "One? {#q1}\n- A. x *\n- B. y\n\nTwo? {#q2}\n- A. u *\n- B. v\n");
    trainer.file(
        "history.csv",
        "card_id,review_time,review_rating,review_state,review_duration\nq1,1790000000000,4,0,4000\nq2,1790000001000,4,0,2000\n",
    );
    for args in [&["import", "bank.txt"][..], &["import", "history.csv"], &["deck", "set", "bank", "reviews-per-day=1"]]
    {
        assert_eq!(trainer.run(args).code, 0);
    }
    let due_tomorrow = || trainer.table("cards").iter().filter(|card| card["due"] == "2026-11-24").count();
    for (keys, moved) in [("n\r", 0), ("\r", 0), ("y\r", 1)] {
        let Some(shown) = typed(&trainer, "catchup", &[keys]) else {
            return;
        };
        assert!(shown.contains("move 1 card? [y/N]") && shown.contains("ended 0"), "{shown:?}");
        assert_eq!(due_tomorrow(), moved, "{shown:?}");
    }
    trainer.is_sound();
}
