//! The last import can be taken back, and nothing of the log is lost by it.

use crate::fixture::study::import::refusal;
use crate::fixture::study::{Reply, Study};
use retain::model::MoveKind;
use retain::session::GivenAnswer;
use retain::study::{Batch, DeckSummary, EnteredHistory, ImportOptions, ReviewRequest};
use retain::ui::import_report::{taken_back, taken_back_json};
use uuid::Uuid;

const FIRST: &str =
    "# Seas\nHow deep is the sea?\n- A. deep *\n- B. flat\n\nHow wide is the sea?\n- A. wide *\n- B. narrow\n";
const SECOND: &str = "# Oceans\nHow deep is this sea?\n- A. deep\n- B. flat *\n\nHow wide is the sea?\n- A. wide *\n- B. narrow\n\nHow old is the sea?\n- A. old *\n- B. young\n";

/// What an import of the second bank over the first one changes.
const CHANGED: [(&str, usize); 5] = [("new", 1), ("unchanged", 0), ("edited", 0), ("key_changed", 1), ("moved", 1)];

/// All that a deck says, without what only names rows.
fn deck(study: &Study) -> Vec<String> {
    let cards = study.table("cards");
    cards
        .iter()
        .map(|card| {
            format!("{} {} {} {} {}", card["card"], card["topic"], card["stem"], card["due"], card["suspended"])
        })
        .collect()
}

fn decks(study: &Study) -> Vec<DeckSummary> {
    study.trainer().deck_list(false).expect("decks")
}

/// Picks the first choice of all that is due; how many answers that were.
fn review_all(study: &Study) -> usize {
    study.asked(&ReviewRequest::default(), |_| Reply::given(GivenAnswer::Picked(vec![0]))).len()
}

/// Takes back the last import of one file; what is said of it.
#[track_caller]
fn taken(study: &Study) -> String {
    let all = study.take_back_import();
    assert_eq!(all.len(), 1, "{all:?}");
    taken_back(&all[0], false)
}

#[test]
fn an_edited_bank_is_what_it_was() {
    let study = Study::new();
    study.file("sea.txt", FIRST).import_file("sea.txt");
    assert!(review_all(&study) >= 2);
    study.at("2026-11-25");
    let before = (deck(&study), study.table("reviews"));
    study.file("sea.txt", SECOND).import_file("sea.txt").assert_figures(&CHANGED);
    let after = deck(&study);
    assert_ne!(after, before.0);
    // A look first changes nothing.
    let dry = study.trainer().take_back_import(true).expect("an import");
    assert!(taken_back(&dry[0], true).contains("would take back the import of"), "{dry:?}");
    assert_eq!(deck(&study), after);
    let words = taken(&study);
    assert!(words.contains("1 removed, 2 as before, 1 due as before"), "{words}");
    assert_eq!((deck(&study), study.table("reviews")), before);
    study.is_sound();
    // And the same import comes again.
    study.import_file("sea.txt").assert_figures(&CHANGED);
    study.is_sound();
}

#[test]
fn a_first_import_leaves_nothing_behind() {
    let study = Study::new();
    let (code, text) = refusal(study.trainer().take_back_import(false));
    assert!(code == 1 && text.contains("there is no import to take back"), "{text}");
    study.file("sea.txt", FIRST).file("more/a.txt", SECOND).file("more/b.txt", FIRST).import_file("sea.txt");
    let before = decks(&study);
    // Two files of one command are one import.
    let mut batch = Batch::default();
    for file in ["more/a.txt", "more/b.txt"] {
        study.import_in(&mut batch, file);
    }
    assert_ne!(decks(&study), before);
    let undone = study.take_back_import();
    let lines: String = undone.iter().map(|one| taken_back_json(one).expect("JSON")).collect();
    assert_eq!(lines.lines().filter(|line| line.contains("\"type\":\"undone\"")).count(), 2, "{lines}");
    assert_eq!(decks(&study), before);
    // The same bank again changes nothing, so the import before it is the last.
    study.import_file("sea.txt");
    study.take_back_import();
    assert_eq!(decks(&study), []);
    assert_eq!(refusal(study.trainer().take_back_import(false)).0, 1);
    study.is_sound();
}

#[test]
fn what_was_answered_since_stays_with_its_history() {
    let study = Study::new();
    study.file("sea.txt", FIRST).import_file("sea.txt");
    let answered = review_all(&study);
    let words = taken(&study);
    assert!(words.contains("2 answered since, so kept and suspended"), "{words}");
    assert_eq!(study.table("reviews").len(), answered);
    assert!(study.table("cards").iter().all(|card| card["suspended"] == true));
    study.is_sound();
    // The bank brings them back, with their history.
    study.at("2026-11-24").import_file("sea.txt").assert_figures(&[("unchanged", 2)]);
    assert!(study.table("cards").iter().all(|card| card["suspended"] == false));
}

#[test]
fn a_draft_that_got_its_key_is_a_draft_again() {
    let study = Study::new();
    study.file("sea.txt", FIRST.replace(" *", "")).import_file("sea.txt").assert_figures(&[("drafts", 2)]);
    assert_eq!(study.table("cards").len(), 0);
    study.file("sea.txt", FIRST).import_file("sea.txt");
    assert_eq!(study.table("cards").len(), 2);
    study.take_back_import();
    assert_eq!(study.table("cards").len(), 0);
    study.is_sound();
}

#[test]
fn a_history_is_taken_back_and_comes_again() {
    let study = Study::new();
    study.file("sea.txt", FIRST.replace("sea?", "sea? {#s}").replacen("{#s}", "{#one}", 1).replace("{#s}", "{#two}"));
    study.import_file("sea.txt");
    study.file(
        "log.csv",
        "card_id,review_time,review_rating,review_state,review_duration\none,1763800000000,3,0,4000\ntwo,1763800100000,1,0,4000\n",
    );
    let entered = |new, known| EnteredHistory { new, known, ..EnteredHistory::default() };
    assert_eq!(study.import_history_file("log.csv"), entered(2, 0));
    let before = study.table("cards");
    let words = taken(&study);
    assert!(words.contains("2 answers that no longer count"), "{words}");
    assert_eq!(study.table("revlog").len(), 0);
    assert!(study.table("reviews").iter().all(|review| review["undone"] == true));
    assert_eq!(study.import_history_file("log.csv"), entered(2, 0));
    assert_eq!(study.import_history_file("log.csv"), entered(0, 2));
    assert_eq!(study.table("cards"), before);
    study.is_sound();
}

#[test]
fn a_key_that_was_changed_and_is_taken_back_leaves_new_cards_and_steps_alone() {
    let study = Study::new();
    study.file("sea.txt", FIRST).import_file("sea.txt");
    // One card in a learning step, one never seen.
    study
        .open()
        .limited_review(&ReviewRequest::default(), Some(1))
        .answer_all(|_| Reply::given(GivenAnswer::Picked(vec![0])).in_ms(1_000));
    let before = deck(&study);
    study.file("sea.txt", FIRST.replace("deep *", "deep").replace("flat", "flat *"));
    study.import_file("sea.txt").assert_figures(&[("key_changed", 1)]);
    assert_eq!(deck(&study), before, "what is new or in a step comes soon as it is");
    study.take_back_import();
    assert_eq!(deck(&study), before);
    study.is_sound();
}

#[test]
fn what_a_person_suspended_stays_so_through_missing_and_back() {
    let study = Study::new();
    study.file("sea.txt", FIRST).import_file("sea.txt");
    let card: Uuid = study.table("cards")[1]["card"].as_str().expect("an id").parse().expect("an identity");
    study.trainer().move_card(card, MoveKind::Suspend, "by hand").expect("a move");
    let wide = FIRST.find("How wide").expect("a question");
    study.file("sea.txt", &FIRST[..wide]);
    study.import_file_as("sea.txt", &ImportOptions { retire_missing: true, ..ImportOptions::default() });
    study.file("sea.txt", FIRST).import_file("sea.txt");
    assert_eq!(study.table("cards")[1]["suspended"], true);
}
