//! The last import can be taken back, and nothing of the log is lost by it.

use crate::fixture::trainer::Trainer;

const FIRST: &str =
    "# Seas\nHow deep is the sea?\n- A. deep *\n- B. flat\n\nHow wide is the sea?\n- A. wide *\n- B. narrow\n";
const SECOND: &str = "# Oceans\nHow deep is this sea?\n- A. deep\n- B. flat *\n\nHow wide is the sea?\n- A. wide *\n- B. narrow\n\nHow old is the sea?\n- A. old *\n- B. young\n";

const CHANGED: &str = "\"new\":1,\"unchanged\":0,\"edited\":0,\"key_changed\":1,\"moved\":1";

/// All that a deck says, without what only names rows.
fn said(trainer: &Trainer) -> Vec<String> {
    let cards = trainer.table("cards");
    cards
        .iter()
        .map(|card| {
            format!("{} {} {} {} {}", card["card"], card["topic"], card["stem"], card["due"], card["suspended"])
        })
        .collect()
}

fn review_all(trainer: &Trainer) -> usize {
    let told = trainer.review(|question| question["choices"][0]["label"].as_str().expect("a label").into());
    told.iter().filter(|line| line["type"] == "recorded").count()
}

#[test]
fn an_edited_bank_is_what_it_was() {
    let mut trainer = Trainer::new();
    trainer.file("sea.txt", FIRST);
    assert_eq!(trainer.run(&["import", "sea.txt"]).code, 0);
    assert!(review_all(&trainer) >= 2);
    trainer.at("2026-11-25T08:00:00+01:00");
    let before = (said(&trainer), trainer.table("reviews"));
    trainer.file("sea.txt", SECOND);
    let imported = trainer.run(&["import", "sea.txt", "--json"]);
    assert!(imported.out.contains(CHANGED), "{}", imported.out);
    assert_ne!(said(&trainer), before.0);
    // A look first changes nothing.
    let dry = trainer.run(&["import", "--undo", "--dry-run"]);
    assert_eq!((dry.code, dry.out.as_str()), (0, ""));
    assert!(dry.err.contains("would take back the import of"), "{}", dry.err);
    let undone = trainer.run(&["import", "--undo"]);
    assert_eq!(undone.code, 0, "{}", undone.err);
    assert!(undone.err.contains("1 removed, 2 as before, 1 due as before"), "{}", undone.err);
    assert_eq!((said(&trainer), trainer.table("reviews")), before);
    trainer.is_sound();
    // And the same import comes again.
    let again = trainer.run(&["import", "sea.txt", "--json"]);
    assert!(again.out.contains(CHANGED), "{}", again.out);
    trainer.is_sound();
}

#[test]
fn a_first_import_leaves_nothing_behind() {
    let trainer = Trainer::new();
    let nothing = trainer.run(&["import", "--undo"]);
    assert_eq!(nothing.code, 1);
    assert!(nothing.err.contains("there is no import to take back"), "{}", nothing.err);
    trainer.file("sea.txt", FIRST);
    trainer.file("more/a.txt", SECOND);
    trainer.file("more/b.txt", FIRST);
    trainer.run(&["import", "sea.txt"]);
    let decks = trainer.run(&["deck", "list"]).out;
    // A folder is one import.
    assert_eq!(trainer.run(&["import", "more"]).code, 0);
    assert_ne!(trainer.run(&["deck", "list"]).out, decks);
    let undone = trainer.run(&["import", "--undo", "--json"]);
    assert_eq!(undone.out.lines().filter(|line| line.contains("\"type\":\"undone\"")).count(), 2, "{}", undone.out);
    assert_eq!(trainer.run(&["deck", "list"]).out, decks);
    // The same bank again changes nothing, so the import before it is the last.
    trainer.run(&["import", "sea.txt"]);
    assert_eq!(trainer.run(&["import", "--undo"]).code, 0);
    assert_eq!(trainer.run(&["deck", "list"]).out, "");
    assert_eq!(trainer.run(&["import", "--undo"]).code, 1);
    trainer.is_sound();
}

#[test]
fn what_was_answered_since_stays_with_its_history() {
    let mut trainer = Trainer::new();
    trainer.file("sea.txt", FIRST);
    trainer.run(&["import", "sea.txt"]);
    let answered = review_all(&trainer);
    let undone = trainer.run(&["import", "--undo"]);
    assert!(undone.err.contains("2 answered since, so kept and suspended"), "{}", undone.err);
    assert_eq!(trainer.table("reviews").len(), answered);
    assert!(trainer.table("cards").iter().all(|card| card["suspended"] == true));
    trainer.is_sound();
    // The bank brings them back, with their history.
    trainer.at("2026-11-24T08:00:00+01:00");
    let again = trainer.run(&["import", "sea.txt", "--json"]);
    assert!(again.out.contains("\"unchanged\":2"), "{}", again.out);
    assert!(trainer.table("cards").iter().all(|card| card["suspended"] == false));
}

#[test]
fn a_draft_that_got_its_key_is_a_draft_again() {
    let trainer = Trainer::new();
    trainer.file("sea.txt", FIRST.replace(" *", ""));
    trainer.run(&["import", "sea.txt", "--drafts"]);
    assert_eq!(trainer.table("cards").len(), 0);
    trainer.file("sea.txt", FIRST);
    trainer.run(&["import", "sea.txt"]);
    assert_eq!(trainer.table("cards").len(), 2);
    assert_eq!(trainer.run(&["import", "--undo"]).code, 0);
    assert_eq!(trainer.table("cards").len(), 0);
    trainer.is_sound();
}

#[test]
fn a_history_is_taken_back_and_comes_again() {
    let trainer = Trainer::new();
    trainer.file("sea.txt", FIRST.replace("sea?", "sea? {#s}").replacen("{#s}", "{#one}", 1).replace("{#s}", "{#two}"));
    trainer.run(&["import", "sea.txt"]);
    trainer.file(
        "log.csv",
        "card_id,review_time,review_rating,review_state,review_duration\none,1763800000000,3,0,4000\ntwo,1763800100000,1,0,4000\n",
    );
    assert_eq!(trainer.run(&["import", "log.csv"]).code, 0);
    let before = trainer.table("cards");
    let undone = trainer.run(&["import", "--undo"]);
    assert!(undone.err.contains("2 answers that no longer count"), "{}", undone.err);
    assert_eq!(trainer.table("revlog").len(), 0);
    assert!(trainer.table("reviews").iter().all(|review| review["undone"] == true));
    let again = trainer.run(&["import", "log.csv"]);
    assert!(again.err.contains("2 answers entered the log, 0 were there already"), "{}", again.err);
    assert!(trainer.run(&["import", "log.csv"]).err.contains("0 answers entered the log, 2 were there already"));
    assert_eq!(trainer.table("cards"), before);
    trainer.is_sound();
}

#[test]
fn a_key_that_was_changed_and_is_taken_back_leaves_new_cards_and_steps_alone() {
    let trainer = Trainer::new();
    trainer.file("sea.txt", FIRST);
    trainer.run(&["import", "sea.txt"]);
    // One card in a learning step, one never seen.
    let mut session = trainer.session(&[]);
    session.read().expect("a question");
    session.send(&serde_json::json!({"type": "answer", "pick": ["A"], "ms": 1000}));
    session.read().expect("feedback");
    session.send(&serde_json::json!({"type": "rate"}));
    session.read().expect("recorded");
    session.send(&serde_json::json!({"type": "quit"}));
    drop(session);
    let before = said(&trainer);
    trainer.file("sea.txt", FIRST.replace("deep *", "deep").replace("flat", "flat *"));
    assert!(trainer.run(&["import", "sea.txt", "--json"]).out.contains("\"key_changed\":1"));
    assert_eq!(said(&trainer), before, "what is new or in a step comes soon as it is");
    assert_eq!(trainer.run(&["import", "--undo"]).code, 0);
    assert_eq!(said(&trainer), before);
    trainer.is_sound();
}

#[test]
fn what_a_person_suspended_stays_so_through_missing_and_back() {
    let trainer = Trainer::new();
    trainer.file("sea.txt", FIRST);
    trainer.run(&["import", "sea.txt"]);
    let card = trainer.table("cards")[1]["card"].as_str().expect("an id").to_owned();
    assert_eq!(trainer.run(&["card", "suspend", &card]).code, 0);
    let wide = FIRST.find("How wide").expect("a question");
    trainer.file("sea.txt", &FIRST[..wide]);
    assert_eq!(trainer.run(&["import", "sea.txt", "--retire-missing"]).code, 0);
    trainer.file("sea.txt", FIRST);
    trainer.run(&["import", "sea.txt"]);
    assert_eq!(trainer.table("cards")[1]["suspended"], true);
}
