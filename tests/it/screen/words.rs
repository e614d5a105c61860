//! What commands say: counts, names and hints as a person reads them.

use crate::fixture::program::Program;
use crate::fixture::study::Study;
use retain::study::CardFilter;
use retain::ui::card;
use retain::ui::card_table::{self, ListView};
use retain::ui::paint::Paint;

/// A bank with one text that leaves out two things.
fn with_a_text() -> Program {
    let program = Program::new();
    program.file(
        "text.txt",
        "---\nform: exact\ndeck: Text\n---\n\nThe {{c1::Tiber}} flows through {{c2::Rome}}.\nKind: cloze\n",
    );
    program.ok(&["import", "text.txt"]);
    program
}

#[test]
fn undo_names_the_card_as_it_was_shown() {
    let program = with_a_text();
    program.ok(&["undo", "--yes"]);
    let none = program.run(&["undo"]);
    assert_eq!((none.code, none.err.starts_with("error: there is nothing to take back")), (1, true), "{}", none.err);
    program.ok(&["redo"]);
    program.with_input(&["review", "--plain", "--limit", "1"], "\n3\n");
    let said = program.run(&["check"]);
    assert_eq!(said.err, "OK: 2 cards, 1 answer; the schedule agrees with the answer log\n");
    let said = program.run(&["undo"]);
    assert!(said.err.starts_with("undone: answered “The […] flows through Rome.”\n"), "{}", said.err);
}

#[test]
fn what_a_bank_says_steers_no_terminal_in_a_list() {
    let study = Study::new();
    study.bank("A", "Who \u{202e}wrote it?\n- A. \u{2066}she *\n- B. he\n");
    let trainer = study.trainer();
    let cards = trainer.cards(&CardFilter::default()).expect("cards");
    let today = trainer.present().expect("the present").today;
    let view = ListView { now: study.now(), today, width: 80, paint: Paint::new(false), sought: &[] };
    let list = card_table::text(&cards, view);
    assert!(list.contains("Who wrote it?"), "{list}");
    let row = study.table("cards").remove(0);
    let details = trainer.card(row["card"].as_str().expect("an id").parse().expect("an identity")).expect("a card");
    let shown = card::text(&details, study.folder(), study.now(), Paint::new(false));
    assert!(shown.contains("\nWho wrote it?\n * A. she\n"), "{shown}");
    // The data itself stays as it was written.
    assert!(row["stem"].as_str().expect("a stem").contains('\u{202e}'));
}

#[test]
fn a_card_that_is_misspelt_is_told_where_to_look() {
    let said = with_a_text().run(&["card", "show", "the first"]);
    assert_eq!(said.code, 1);
    assert!(
        said.err.starts_with("error: no card asks `the first`\nhint: name a card by the first letters"),
        "{}",
        said.err
    );
}
