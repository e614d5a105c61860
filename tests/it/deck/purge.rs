//! What was deleted is erased for good, after a backup; the log stays.

use std::fs;

use crate::fixture::program::Program;
use crate::fixture::study::{Study, all_right};

const BANK: &str = "1. Which zwoelfzeh is red?\nA. Venus\nB. Mars *\nExplanation: qqexplained\nTags: qqtag\n\n\
                    2. Which planet is large?\nA. Jupiter *\nB. Mercury\n";

/// Whether any file of the database, its companions included, has these bytes.
fn is_in_a_file(study: &Study, words: &str) -> bool {
    let folder = study.db().parent().expect("a folder").to_path_buf();
    let files = fs::read_dir(folder).expect("files").map(|file| file.expect("a file").path());
    files
        .filter(|path| path.is_file())
        .any(|path| fs::read(path).expect("bytes").windows(words.len()).any(|window| window == words.as_bytes()))
}

#[test]
fn texts_leave_the_file_and_answers_stay() {
    let study = Study::new();
    study.settings("learning-steps=none").bank("Planets", BANK).review(all_right);
    let before = study.table("reviews");
    let uid = study.card("zwoelfzeh")["card"].as_str().expect("a card").parse().expect("an identity");
    let mut trainer = study.trainer();
    // What a deed or an import kept of it goes too.
    let text = trainer.question_text(uid).expect("a text");
    drop(trainer.edit_question(uid, None, &text.replace("Venus", "qqvenus")).expect("an edit"));
    // The title of a deed on several cards quotes the first.
    let large = study.card("large")["card"].as_str().expect("a card").parse().expect("an identity");
    trainer.retag_cards(&[uid, large], &["both".into()], &[]).expect("tags");
    trainer.delete_cards(&[uid]).expect("a deletion");
    let plan = trainer.plan_purge().expect("a plan");
    assert_eq!((plan.erasable.questions, plan.erasable.answers), (1, 1));
    assert!(is_in_a_file(&study, "zwoelfzeh"));
    trainer.purge(&plan).expect("a purge");
    for words in ["zwoelfzeh", "qqexplained", "qqvenus", "qqtag"] {
        assert!(!is_in_a_file(&study, words), "{words}");
    }
    assert!(trainer.plan_purge().expect("a plan").is_empty());
    assert!(trainer.undo().expect("an undo").is_none(), "nothing before it is taken back");
    assert!(trainer.redo().expect("a redo").is_none());
    assert!(trainer.last_deeds(20).expect("deeds").iter().all(|past| !past.about().contains("zwoelfzeh")));
    assert_eq!(trainer.restore_cards(&[uid]).expect("no restoration"), 0);
    assert!(trainer.cards_sought("is:deleted", true).expect("cards").is_empty());
    drop(trainer);
    assert_eq!(study.table("reviews"), before);
    study.is_sound();
    // The bank still has the question, and it is a new one now.
    study.bank("Planets", BANK);
    assert_eq!(study.card("zwoelfzeh")["answers"], 0);
    study.rebuild().is_sound();
}

#[test]
fn pictures_go_that_no_other_question_needs() {
    let program = Program::new();
    let picture = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    let bytes = |end: &str| [picture.as_bytes(), end.as_bytes()].concat();
    program.file("own.png", bytes("own"));
    program.file("shared.png", bytes("shared"));
    program.file(
        "bank.md",
        "---\nform: exact\nmarkup: markdown\n---\n\nWhat is ![this](own.png) and ![that](shared.png)?\n- A. a *\n- B. b\n\nAnd ![that](shared.png)?\n- A. a *\n- B. b\n",
    );
    program.ok(&["import", "bank.md"]);
    let media = || fs::read_dir(program.db().with_file_name("media")).expect("media").count();
    assert_eq!(media(), 2);
    program.ok(&["card", "delete", "what is"]);
    let looked = program.ok(&["purge", "--dry-run"]).all();
    assert_eq!(media(), 2);
    let refused = program.run(&["purge"]).err;
    let done = program.ok(&["purge", "--yes"]).all();
    let again = program.ok(&["purge", "--yes"]).all();
    assert_eq!(media(), 1);
    let hidden = |text: String| {
        let at = text.find("is in ").map_or(0, |at| at + 6);
        let end = text[at..].find(": it").map_or(at, |end| at + end);
        if at == 0 { text } else { format!("{}[a path]{}", &text[..at], &text[end..]) }
    };
    insta::assert_snapshot!([looked, refused, hidden(done), again].join("---\n"));
    program.is_sound();
}

#[test]
fn a_bank_of_an_erased_deck_is_imported_without_words_about_nothing() {
    let program = Program::new();
    program.file("Planets.txt", BANK);
    program.ok(&["import", "Planets.txt"]);
    program.ok(&["deck", "delete", "Planets"]);
    program.ok(&["purge", "--yes"]);
    let said = program.ok(&["import", "Planets.txt"]).err;
    assert!(said.contains("the deck Planets was deleted: it is back\n") && !said.contains("0 questions"), "{said}");
}
