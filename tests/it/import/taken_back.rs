//! The last import can be taken back, and nothing of the log is lost by it.

use crate::fixture::program::Program;

const FIRST: &str =
    "# Seas\nHow deep is the sea?\n- A. deep *\n- B. flat\n\nHow wide is the sea?\n- A. wide *\n- B. narrow\n";
const SECOND: &str = "# Oceans\nHow deep is this sea?\n- A. deep\n- B. flat *\n\nHow wide is the sea?\n- A. wide *\n- B. narrow\n\nHow old is the sea?\n- A. old *\n- B. young\n";

const CHANGED: &str = "\"new\":1,\"unchanged\":0,\"edited\":0,\"key_changed\":1,\"moved\":1";

/// All that a deck says, without what only names rows.
fn said(program: &Program) -> Vec<String> {
    let cards = program.table("cards");
    cards
        .iter()
        .map(|card| {
            format!("{} {} {} {} {}", card["card"], card["topic"], card["stem"], card["due"], card["suspended"])
        })
        .collect()
}

fn review_all(program: &Program) -> usize {
    let told = program.review(|question| question["choices"][0]["label"].as_str().expect("a label").into());
    told.iter().filter(|line| line["type"] == "recorded").count()
}

#[test]
fn an_edited_bank_is_what_it_was() {
    let mut program = Program::new();
    program.file("sea.txt", FIRST);
    program.ok(&["import", "sea.txt"]);
    assert!(review_all(&program) >= 2);
    program.at("2026-11-25T08:00:00+01:00");
    let before = (said(&program), program.table("reviews"));
    program.file("sea.txt", SECOND);
    let imported = program.run(&["import", "sea.txt", "--json"]);
    assert!(imported.out.contains(CHANGED), "{}", imported.out);
    assert_ne!(said(&program), before.0);
    // A look first changes nothing.
    let dry = program.run(&["import", "--undo", "--dry-run"]);
    assert_eq!((dry.code, dry.out.as_str()), (0, ""));
    assert!(dry.err.contains("would take back the import of"), "{}", dry.err);
    let undone = program.ok(&["import", "--undo"]);
    assert!(undone.err.contains("1 removed, 2 as before, 1 due as before"), "{}", undone.err);
    assert_eq!((said(&program), program.table("reviews")), before);
    program.is_sound();
    // And the same import comes again.
    let again = program.run(&["import", "sea.txt", "--json"]);
    assert!(again.out.contains(CHANGED), "{}", again.out);
    program.is_sound();
}

#[test]
fn a_first_import_leaves_nothing_behind() {
    let program = Program::new();
    let nothing = program.run(&["import", "--undo"]);
    assert_eq!(nothing.code, 1);
    assert!(nothing.err.contains("there is no import to take back"), "{}", nothing.err);
    program.file("sea.txt", FIRST);
    program.file("more/a.txt", SECOND);
    program.file("more/b.txt", FIRST);
    program.run(&["import", "sea.txt"]);
    let decks = program.run(&["deck", "list"]).out;
    // A folder is one import.
    program.ok(&["import", "more"]);
    assert_ne!(program.run(&["deck", "list"]).out, decks);
    let undone = program.run(&["import", "--undo", "--json"]);
    assert_eq!(undone.out.lines().filter(|line| line.contains("\"type\":\"undone\"")).count(), 2, "{}", undone.out);
    assert_eq!(program.run(&["deck", "list"]).out, decks);
    // The same bank again changes nothing, so the import before it is the last.
    program.run(&["import", "sea.txt"]);
    program.ok(&["import", "--undo"]);
    assert_eq!(program.run(&["deck", "list"]).out, "");
    assert_eq!(program.run(&["import", "--undo"]).code, 1);
    program.is_sound();
}

#[test]
fn what_was_answered_since_stays_with_its_history() {
    let mut program = Program::new();
    program.file("sea.txt", FIRST);
    program.run(&["import", "sea.txt"]);
    let answered = review_all(&program);
    let undone = program.run(&["import", "--undo"]);
    assert!(undone.err.contains("2 answered since, so kept and suspended"), "{}", undone.err);
    assert_eq!(program.table("reviews").len(), answered);
    assert!(program.table("cards").iter().all(|card| card["suspended"] == true));
    program.is_sound();
    // The bank brings them back, with their history.
    program.at("2026-11-24T08:00:00+01:00");
    let again = program.run(&["import", "sea.txt", "--json"]);
    assert!(again.out.contains("\"unchanged\":2"), "{}", again.out);
    assert!(program.table("cards").iter().all(|card| card["suspended"] == false));
}

#[test]
fn a_draft_that_got_its_key_is_a_draft_again() {
    let program = Program::new();
    program.file("sea.txt", FIRST.replace(" *", ""));
    program.run(&["import", "sea.txt", "--drafts"]);
    assert_eq!(program.table("cards").len(), 0);
    program.file("sea.txt", FIRST);
    program.run(&["import", "sea.txt"]);
    assert_eq!(program.table("cards").len(), 2);
    program.ok(&["import", "--undo"]);
    assert_eq!(program.table("cards").len(), 0);
    program.is_sound();
}

#[test]
fn a_history_is_taken_back_and_comes_again() {
    let program = Program::new();
    program.file("sea.txt", FIRST.replace("sea?", "sea? {#s}").replacen("{#s}", "{#one}", 1).replace("{#s}", "{#two}"));
    program.run(&["import", "sea.txt"]);
    program.file(
        "log.csv",
        "card_id,review_time,review_rating,review_state,review_duration\none,1763800000000,3,0,4000\ntwo,1763800100000,1,0,4000\n",
    );
    program.ok(&["import", "log.csv"]);
    let before = program.table("cards");
    let undone = program.run(&["import", "--undo"]);
    assert!(undone.err.contains("2 answers that no longer count"), "{}", undone.err);
    assert_eq!(program.table("revlog").len(), 0);
    assert!(program.table("reviews").iter().all(|review| review["undone"] == true));
    let again = program.run(&["import", "log.csv"]);
    assert!(again.err.contains("2 answers entered the log, 0 were there already"), "{}", again.err);
    assert!(program.run(&["import", "log.csv"]).err.contains("0 answers entered the log, 2 were there already"));
    assert_eq!(program.table("cards"), before);
    program.is_sound();
}

#[test]
fn a_key_that_was_changed_and_is_taken_back_leaves_new_cards_and_steps_alone() {
    let program = Program::new();
    program.file("sea.txt", FIRST);
    program.run(&["import", "sea.txt"]);
    // One card in a learning step, one never seen.
    let mut session = program.session(&[]);
    session.read().expect("a question");
    session.send(&serde_json::json!({"type": "answer", "pick": ["A"], "ms": 1000}));
    session.read().expect("feedback");
    session.send(&serde_json::json!({"type": "rate"}));
    session.read().expect("recorded");
    session.send(&serde_json::json!({"type": "quit"}));
    drop(session);
    let before = said(&program);
    program.file("sea.txt", FIRST.replace("deep *", "deep").replace("flat", "flat *"));
    assert!(program.run(&["import", "sea.txt", "--json"]).out.contains("\"key_changed\":1"));
    assert_eq!(said(&program), before, "what is new or in a step comes soon as it is");
    program.ok(&["import", "--undo"]);
    assert_eq!(said(&program), before);
    program.is_sound();
}

#[test]
fn what_a_person_suspended_stays_so_through_missing_and_back() {
    let program = Program::new();
    program.file("sea.txt", FIRST);
    program.run(&["import", "sea.txt"]);
    let card = program.table("cards")[1]["card"].as_str().expect("an id").to_owned();
    program.ok(&["card", "suspend", &card]);
    let wide = FIRST.find("How wide").expect("a question");
    program.file("sea.txt", &FIRST[..wide]);
    program.ok(&["import", "sea.txt", "--retire-missing"]);
    program.file("sea.txt", FIRST);
    program.run(&["import", "sea.txt"]);
    assert_eq!(program.table("cards")[1]["suspended"], true);
}
