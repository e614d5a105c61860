//! Help for people who do not know the program yet.

use crate::fixture::program::Program;

#[test]
fn help_is_in_groups_and_ends_with_examples() {
    let program = Program::new();
    let help = program.ok(&["--help"]).out;
    let headings = ["Every day:", "Decks and questions:", "Exam:", "Understand:", "Care:", "Options of every command:"];
    let places: Vec<Option<usize>> = headings.iter().map(|heading| help.find(heading)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{help}");
    let deck = program.ok(&["deck", "set", "--help"]).out;
    assert!(
        deck.contains("desired-retention  (default: 0.9)") && deck.contains("Examples:\n  retain deck set"),
        "{deck}"
    );
    assert_eq!(program.ok(&["help", "deck", "set"]).out, deck, "the same by another way");
}

#[test]
fn all_settings_are_listed_with_what_they_take() {
    let listed = Program::new().ok(&["help", "settings"]).out;
    for key in retain::model::Settings::keys() {
        assert!(listed.contains(&format!("\n{key}  (default: ")), "{key}");
    }
    assert_eq!(listed.matches("\n  Takes ").count(), retain::model::Settings::keys().count());
}

#[test]
fn pages_come_with_the_program() {
    let program = Program::new();
    for (page, words) in [("banks", "Question banks"), ("Glossary", "Glossary"), ("json-lines", "JSON Lines")] {
        let text = program.ok(&["help", page]).out;
        assert!(text.contains(words) && !text.contains("\n# ") && !text.contains("|---"), "{page}: {text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{page} fits 80 columns");
    }
    // A command of the same name comes first, and the page is a word away.
    assert!(program.ok(&["help", "review"]).out.contains("Usage: retain review"));
    assert!(program.ok(&["help", "page", "review"]).out.starts_with("Reviewing"));
    for (slip, hint) in [
        (&["help", "bank"][..], ""),
        (&["help", "glosary"], "did you mean `retain help glossary`?"),
        (&["help", "deck", "sett"], "did you mean `retain help deck set`?"),
        (&["help", "new-per-day"], "see `retain help settings`"),
        (&["help", "keys.undo"], "see `retain config keys.undo`"),
        (&["deck", "help", "fly"], "`retain help deck` lists what there is"),
    ] {
        let answer = program.run(slip);
        assert!(answer.err.contains(hint), "{slip:?}: {}", answer.err);
    }
    let deck = program.ok(&["help", "DECK", "Set"]).out;
    assert_eq!(program.ok(&["deck", "help", "set"]).out, deck);
    assert!(program.ok(&["card", "help"]).out.contains("Usage: retain card"));
    let nothing = program.run(&["help", "cooking"]);
    assert!(nothing.code == 2 && nothing.err.contains("hint: there are `retain help COMMAND`"), "{}", nothing.err);
}

#[test]
fn a_command_that_does_not_exist_is_answered_by_its_meaning() {
    let program = Program::new();
    for (word, hint) in [
        ("study", "`retain review` asks what is due"),
        ("delete", "`retain card delete CARD` deletes a question"),
        ("reveiw", "did you mean `retain review`?"),
        ("cooking", "`retain --help` lists the commands"),
    ] {
        let answer = program.run(&[word]);
        assert_eq!(answer.code, 2, "{}", answer.err);
        assert!(
            answer.err.starts_with(&format!("error: there is no command `{word}`\nhint: {hint}")),
            "{}",
            answer.err
        );
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let program = Program::new();
    program.ok(&["man", "--out", "pages"]);
    for page in ["retain.1", "retain-review.1", "retain-deck-set.1", "retain-undo.1"] {
        let text = std::fs::read_to_string(program.folder().join("pages").join(page)).expect(page);
        assert!(
            text.contains(".TH") && (text.contains(".SH EXAMPLES\n.nf\n  retain ") || page == "retain.1"),
            "{page}"
        );
    }
    assert!(!program.folder().join("pages/retain-__complete.1").exists());
    assert!(program.ok(&["man"]).out.contains(".TH"));
    // Again over its own pages.
    program.ok(&["man", "--out", "pages"]);
}

#[cfg(unix)]
#[test]
fn manual_pages_are_written_over_nothing_else() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let mut program = Program::new();
    program.with_mlops();
    let pages = program.folder().join("pages");
    std::fs::create_dir(&pages).expect("a folder");
    symlink(program.db(), pages.join("retain-stats.1")).expect("a link");
    for arguments in [&["man", "--out", "pages"][..], &["man", "--out", "pages", "--force"]] {
        let refused = program.run(arguments);
        assert_eq!(refused.code, 1, "{}", refused.err);
        assert!(refused.err.contains("pages/retain-stats.1: "), "{}", refused.err);
        assert!(!pages.join("retain.1").exists(), "nothing is written if one page cannot be");
    }
    program.is_sound();
    std::fs::remove_file(pages.join("retain-stats.1")).expect("the link");
    std::fs::write(pages.join("retain-stats.1"), "my notes").expect("a file");
    let refused = program.run(&["man", "--out", "pages"]);
    assert!(refused.err.contains("this command did not write it"), "{}", refused.err);
    program.ok(&["man", "--out", "pages", "--force"]);
    let rights = std::fs::metadata(pages.join("retain.1")).expect("a page").permissions().mode();
    assert_eq!(rights & 0o777, 0o644, "manual pages are for everybody");
}
