//! Questions that are edited by hand: what changes, what stays, and what a bank makes of it later.

use crate::fixture::study::{Study, all_right, pick};
use crate::fixture::views::{plain, refusal};
use retain::bank::ReadOptions;
use retain::bank::plan::Status;
use retain::study::{Imported, ReviewRequest};
use retain::ui::{diagnostics, edits, import_report};
use serde_json::Value;
use uuid::Uuid;

const BANK: &str = "# Seas\nHow deep is the sea?\n- A. deep *\n- B. flat\n- C. dry\n\nHow wide is the sea?\n- A. wide *\n- B. narrow\n";

/// A bank of two questions, answered on two days, so that both cards are in review.
pub(super) fn reviewed() -> Study {
    let study = Study::new();
    study.bank("sea", BANK).deck_settings("sea", "learning-steps=none").review(all_right).at("2026-11-24");
    study
}

/// The identity of the card whose question has these words.
#[track_caller]
pub(super) fn uid(study: &Study, stem: &str) -> Uuid {
    study.card(stem)["card"].as_str().expect("a card").parse().expect("an identity")
}

/// The text that an editor gets.
pub(super) fn text(study: &Study, card: Uuid) -> String {
    study.trainer().question_text(card).expect("a text")
}

/// Edits a card by a text that can be used; what the program says of it.
#[track_caller]
fn edit(study: &Study, card: Uuid, text: &str) -> String {
    let edited = study.trainer().edit_question(card, None, text).expect("an edit").expect("a text that can be used");
    assert!(edited.warnings.is_empty(), "{:?}", edited.warnings);
    edits::words(&edited)
}

/// Edits a card by a text that cannot be used; what the program says of it.
#[track_caller]
fn refused(study: &Study, card: Uuid, text: &str) -> String {
    let refused = study.trainer().edit_question(card, None, text).expect("an edit").expect_err("an unusable text");
    diagnostics::error(&edits::refused(refused, "edited.txt", plain()), plain())
}

/// Imports the bank from this file.
fn import(study: &Study, file: &str, text: &str) -> Imported {
    study.import(file, text, &ReadOptions::default(), Some("sea"))
}

/// How many questions are new, unchanged, edited, and have another key.
fn figures(imported: &Imported) -> [usize; 4] {
    [Status::New, Status::Unchanged, Status::Edited, Status::KeyChanged].map(|status| imported.plan.count(status))
}

/// Takes back the last import; what the program says of it.
fn take_back(study: &Study) -> String {
    let taken = study.trainer().take_back_import(false).expect("an import to take back");
    taken.iter().map(|taken| import_report::taken_back(taken, false)).collect()
}

#[test]
fn an_edit_changes_a_question_and_its_answers_stay() {
    let study = reviewed();
    let (before, id) = (study.card("deep"), uid(&study, "deep"));
    let changed = text(&study, id).replace("How deep is the sea", "How deep is the ocean").replace("C. dry", "C. arid");
    assert_eq!(edit(&study, id, &changed), "the question is changed; its answers stay");
    let after = study.card("deep");
    assert_eq!(after["stem"], "How deep is the ocean?");
    for same in ["card", "question", "topic", "due", "stability", "answers", "last_answer"] {
        assert_eq!(after[same], before[same], "{same}");
    }
    // The picks of the log are numbers of choices, which stay.
    let reviews = study.table("reviews");
    let picked: Vec<&Value> =
        reviews.iter().filter(|review| review["card"] == before["card"]).map(|review| &review["picked"]).collect();
    assert_eq!(picked, ["A"]);
    assert_eq!(edit(&study, id, &changed), "nothing changed");
    study.is_sound();
}

#[test]
fn what_another_process_changed_meanwhile_is_not_overwritten() {
    let study = reviewed();
    let id = uid(&study, "deep");
    let before = text(&study, id);
    edit(&study, id, &before.replace("the sea", "our sea"));
    let mine = before.replace("the sea", "my sea");
    let said = refusal(study.trainer().edit_question(id, Some(&before), &mine));
    assert!(said.contains("error: nothing changed: the question was changed elsewhere meanwhile\nhint: "), "{said}");
    assert_eq!(uid(&study, "our sea"), id);
}

#[test]
fn a_problem_is_told_with_its_place() {
    let study = reviewed();
    let (before, id) = (study.table("cards"), uid(&study, "deep"));
    let said = refused(&study, id, &text(&study, id).replace("- B. flat", "- D. flat"));
    assert_eq!(study.table("cards"), before);
    assert!(said.contains("10 | - D. flat\n   |   ^^"), "{said}");
    assert!(
        said.contains("edited.txt:10:3: error[label-order]: this option is labelled D, but B is due here\n"),
        "{said}"
    );
    assert!(said.contains("error: nothing changed: "), "{said}");
    let said = refused(&study, id, &text(&study, id).replace("- A. deep *", "- A. deep"));
    assert!(said.starts_with("edited.txt:8:1: error[no-answer]: no option is marked as right\n"), "{said}");
}

#[test]
fn another_right_option_makes_the_card_due_today() {
    let study = reviewed();
    let before = study.at("2026-11-23T10:00:00+01:00").card("deep");
    assert_eq!(before["due"], "2026-11-24");
    let id = uid(&study, "deep");
    let said = edit(&study, id, &text(&study, id).replace("deep *\n- B. flat", "deep\n- B. flat *"));
    assert_eq!(said, "another option is right now, so the card is due today; its answers stay");
    let after = study.card("deep");
    assert_eq!(
        (&after["due"], &after["answers"], &after["stability"]),
        (&"2026-11-23".into(), &before["answers"], &before["stability"])
    );
    study.is_sound();
    // The bank did not change, so the key is the person's.
    assert_eq!(figures(&import(&study, "sea.txt", BANK)), [0, 2, 0, 0]);
    let mut desk = study.open();
    let mut sitting = desk.limited_review(&ReviewRequest::default(), Some(1));
    let question = sitting.question().expect("a question");
    sitting.shows(&pick(&question, "flat"));
    assert!(sitting.feedback().expect("feedback").right);
}

#[test]
fn a_bank_that_did_not_change_leaves_an_edit_and_one_that_did_wins() {
    let study = reviewed();
    let id = uid(&study, "deep");
    edit(&study, id, &text(&study, id).replace("How deep is the sea?", "What about the depth of seas?"));
    for _ in 0..2 {
        assert_eq!(figures(&import(&study, "sea.txt", BANK)), [0, 2, 0, 0]);
        assert_eq!(uid(&study, "the depth of seas"), id);
    }
    // Another question of the bank changes: the edit stays.
    let slim = BANK.replace("narrow", "slim");
    assert_eq!(figures(&import(&study, "sea.txt", &slim)), [0, 1, 1, 0]);
    assert_eq!(uid(&study, "the depth of seas"), id);
    // The same bank at another place says nothing new.
    assert_eq!(figures(&import(&study, "copy.txt", &slim)), [0, 2, 0, 0]);
    assert_eq!(uid(&study, "the depth of seas"), id);
    // An explanation is enough for the bank to win, though nothing tells by the fingerprint of stem and options.
    let explained = slim.replace("- C. dry\n", "- C. dry\nExplanation: It is.\n");
    assert_eq!(figures(&import(&study, "sea.txt", &explained)), [0, 1, 1, 0]);
    assert_eq!((uid(&study, "How deep is the sea?"), study.table("cards").len()), (id, 2));
    study.is_sound();
}

#[test]
fn an_import_that_is_taken_back_leaves_a_later_edit() {
    let study = reviewed();
    let id = uid(&study, "deep");
    let changed = BANK.replace("deep is the sea", "deep is our sea").replace("narrow", "slim");
    assert_eq!(figures(&import(&study, "sea.txt", &changed)), [0, 0, 2, 0]);
    edit(&study, id, &text(&study, id).replace("our sea", "my sea"));
    let undone = take_back(&study);
    assert!(undone.contains("1 as before, 1 edited by hand since, so left as they are"), "{undone}");
    assert_eq!(uid(&study, "my sea"), id);
    assert!(study.printed("sea").contains("narrow"));
    study.is_sound();
    // An edit before the import comes back with the import taken back.
    assert_eq!(figures(&import(&study, "sea.txt", &changed)), [0, 0, 2, 0]);
    assert_eq!(uid(&study, "our sea"), id);
    take_back(&study);
    assert_eq!(uid(&study, "my sea"), id);
    study.is_sound();
}

#[test]
fn a_question_is_split_in_two_and_the_first_keeps_the_answers() {
    let study = reviewed();
    let (before, id) = (study.card("deep"), uid(&study, "deep"));
    let split = text(&study, id).replace("How deep is the sea?", "How deep is the North Sea?")
        + "\nHow deep is the South Sea?\n- A. deeper *\n- B. shallower\n";
    let said = edit(&study, id, &split);
    assert_eq!(said, "the question is changed; its answers stay\n1 new question added to the deck");
    let (north, south) = (study.card("North"), study.card("South"));
    assert_eq!(
        (&north["card"], &north["answers"], &north["topic"]),
        (&before["card"], &before["answers"], &"Seas".into())
    );
    assert_eq!((&south["state"], &south["topic"], &south["deck"]), (&"new".into(), &"Seas".into(), &"sea".into()));
    study.is_sound();
    // The bank knows nothing of it, and neither takes it away nor misses anything.
    let imported = import(&study, "sea.txt", BANK);
    assert_eq!((figures(&imported), imported.plan.missing.len()), ([0, 2, 0, 0], 0));
    assert_eq!(study.table("cards").len(), 3);
    // Printed and imported again, both are what they are.
    assert_eq!(figures(&import(&study, "again.txt", &study.printed("sea"))), [0, 3, 0, 0]);
    study.is_sound();
}

#[test]
fn a_draft_gets_its_key_by_the_identity_of_its_question() {
    let (study, unkeyed) = (Study::new(), BANK.replace(" *", ""));
    let imported = import(&study, "sea.txt", &unkeyed);
    assert_eq!(imported.plan.count(Status::Draft), 2);
    assert!(study.table("cards").is_empty());
    let printed = study.printed("sea");
    let id = printed.split("{#").nth(1).and_then(|rest| rest.split('}').next()).expect("an identity");
    let id = id.parse().expect("an identity");
    let said = edit(&study, id, &text(&study, id).replace("A. deep", "A. deep *"));
    assert_eq!(said, "the question has an answer now, so it is asked from now on");
    assert_eq!(study.card("deep")["state"], "new");
    // The bank knows no more than before.
    let again = import(&study, "sea.txt", &unkeyed);
    assert_eq!((again.plan.count(Status::Unchanged), study.table("cards").len()), (2, 1));
    study.is_sound();
}

#[test]
fn a_question_is_never_deleted() {
    let study = reviewed();
    let said = refused(&study, uid(&study, "deep"), "---\nform: exact\n---\n\n# Seas\n");
    assert_eq!(
        said,
        "error: nothing changed: no question is left\nhint: an edit deletes nothing: `retain card delete CARD` deletes a \
         question, `retain card suspend CARD` puts it away\n"
    );
    assert_eq!(study.table("cards").len(), 2);
}

#[test]
fn a_question_with_answers_that_its_import_is_rid_of_keeps_its_edit() {
    let study = reviewed();
    let (deep, wide) = (uid(&study, "deep"), uid(&study, "wide"));
    edit(&study, deep, &text(&study, deep).replace("deep is", "deep was"));
    study.trainer().flag_card(wide, Some("")).expect("a flag");
    take_back(&study);
    assert_eq!(uid(&study, "How deep was the sea"), deep);
    study.is_sound();
    // What nobody answered goes, with its flag and its edit.
    let fresh = Study::new();
    let deep = uid(fresh.bank("sea", BANK), "deep");
    edit(&fresh, deep, &text(&fresh, deep).replace("deep is", "deep was"));
    fresh.trainer().flag_card(deep, Some("")).expect("a flag");
    take_back(&fresh);
    assert!(fresh.table("cards").is_empty());
    fresh.is_sound();
}
