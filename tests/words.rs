//! What commands say: counts, names and hints as a person reads them.

mod trainer;

use trainer::Trainer;

/// A bank with one text that leaves out two things.
fn with_a_text() -> Trainer {
    let trainer = Trainer::new();
    trainer.file(
        "text.txt",
        "---\nform: exact\ndeck: Text\n---\n\nThe {{c1::Tiber}} flows through {{c2::Rome}}.\nKind: cloze\n",
    );
    assert_eq!(trainer.run(&["import", "text.txt"]).code, 0);
    trainer
}

#[test]
fn undo_names_the_card_as_it_was_shown() {
    let trainer = with_a_text();
    trainer.with_input(&["review", "--plain", "--limit", "1"], "\n3\n");
    let said = trainer.run(&["check"]);
    assert_eq!(said.err, "all is well: 2 cards, 1 answer; memory agrees with the log to the bit\n");
    let said = trainer.run(&["undo"]);
    assert!(said.err.starts_with("took back the last answer: Text › The […] flows through Rome.\n"), "{}", said.err);
}
