//! Notes in plain text, both ways.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use super::NOW;
use super::real::{PAST, asked};
use super::round_trip::every_kind;
use crate::anki::python_with_anki;
use crate::fixture::study::Study;

/// A bank with a question of each kind of note.
const BANK: &str = "1. Which planet is red & <small>?\n- A. Venus\n- B. Mars *\nExplanation: iron\n\n2. Pick primes\n- [x] 2\n- [ ] 4\n- [x] 5\n";
const CARDS: &str = "Q: front\nA: back\n\nC: [Rome] is in [Italy]\n";
/// Notes as Anki writes them, after a spreadsheet had them.
const NOTES: &str = "#separator:Comma,,,,,\n#html:true,,,,,\n#guid column:1,,,,,\n#notetype column:2,,,,,\n#deck column:3,,,,,\n#tags column:6,,,,,\n\
    \"#g:1\",Basic,Lang::German,Haus,<b>house</b>,a b\ng2,Basic (and reversed card),Lang::German,Hund,dog,\ng3,Cloze,Geo,{{c1::Rome}} is a city,,x\n\
    g4,Basic,,no deck,here,\ng5,Basic,Geo,Haus,<b>house</b>,\n";

fn decks(study: &Study) -> BTreeSet<(String, String)> {
    let pair = |row: &Value| {
        let text = |name: &str| row[name].as_str().expect("a text").to_owned();
        (text("deck"), text("stem"))
    };
    study.table("cards").iter().map(pair).collect()
}

#[test]
fn a_column_of_decks_names_decks() {
    let study = Study::new();
    let program = study.program();
    program.file("notes.txt", NOTES);
    let dry = program.ok(&["import", "notes.txt", "--dry-run"]);
    let done = program.ok(&["import", "notes.txt"]);
    assert_eq!(dry.err.replace("would go into", "in"), done.err);
    assert!(done.err.contains("6 questions in 3 decks: 6 new"), "{}", done.err);
    assert!(done.err.contains("Lang::German: 3 questions"), "{}", done.err);
    for (deck, stem) in [("Lang::German", "Haus"), ("Geo", "is a city"), ("notes", "no deck")] {
        let cards = program.table("cards");
        let is_there =
            |card: &Value| card["deck"] == deck && card["stem"].as_str().is_some_and(|own| own.contains(stem));
        assert!(cards.iter().any(is_there), "{deck}: {cards:?}");
    }
    // Notes go back as what they are in Anki.
    program.ok(&["anki", "export", "back.txt"]);
    let back = std::fs::read_to_string(program.folder().join("back.txt")).expect("a file");
    for row in
        ["\"#g:1\"\tBasic\tLang::German\tHaus\t", "\ng2.2\tBasic\tLang::German\tdog\tHund\t", "\ng3\tCloze\tGeo\t"]
    {
        assert!(back.contains(row), "{row}: {back}");
    }
    // Again, from another order and with another deck: what is here stays where it is.
    program.file("notes.txt", NOTES.replace("Lang::German,Hund", "Elsewhere,Hund"));
    let again = program.ok(&["import", "notes.txt"]);
    assert!(again.err.contains("6 unchanged") && !again.err.contains("Elsewhere"), "{}", again.err);
    let lines = program.ok(&["import", "notes.txt", "--json", "--dry-run"]).out;
    let summary: Value = serde_json::from_str(lines.lines().last().expect("a line")).expect("JSON");
    assert_eq!(summary["decks"], serde_json::json!([["Geo", 2], ["Lang::German", 3], ["notes", 1]]));
    program.ok(&["undo", "--yes"]);
    assert!(program.ok(&["deck", "list"]).out.lines().all(|line| !line.contains("German")));
    // All of them within another one.
    program.ok(&["import", "notes.txt", "--deck", "All"]);
    assert!(program.ok(&["deck", "list"]).out.contains("All::Geo"));
}

#[test]
fn notes_in_plain_text_go_out_and_come_back() {
    let study = Study::new();
    study.at(NOW).bank("Sky::Near", BANK).bank("Cards", CARDS);
    let program = study.program();
    let said = program.ok(&["anki", "export", "notes.txt"]);
    assert!(
        said.err.contains("4 notes with 5 cards of 2 decks") && said.err.contains("2 questions of other kinds"),
        "{}",
        said.err
    );
    let text = std::fs::read_to_string(program.folder().join("notes.txt")).expect("a file");
    assert!(
        text.starts_with("#separator:tab\n#html:true\n")
            && text.contains("\tCloze\tCards\t{{c1::Rome}} is in {{c2::Italy}}\t"),
        "{text}"
    );
    // Nothing of it is an edit here, and a text that was edited makes no card of a question with options.
    let again = program.ok(&["import", "notes.txt"]);
    assert!(again.err.contains("4 notes are here as they are there"), "{}", again.err);
    program.file("edited.txt", text.replace("back", "another back").replace("Venus", "Pluto"));
    let edited = program.ok(&["import", "edited.txt"]);
    assert!(edited.err.contains("1 edited question of other kinds stay"), "{}", edited.err);
    assert!(edited.err.contains("1 edited (history kept)"), "{}", edited.err);
    assert!(program.table("cards").len() == 5);
    // A text of ours is replaced, another one is not.
    program.ok(&["anki", "export", "notes.txt", "Cards"]);
    program.file("mine.txt", "words");
    assert!(program.run(&["anki", "export", "mine.txt"]).err.contains("did not write it"));
    assert!(program.run(&["anki", "export", "new.txt", "--legacy"]).err.contains("no older form"));
    assert!(program.run(&["anki", "export", "new.txt", "Nowhere"]).err.contains("Nowhere"));
}

#[test]
fn a_folder_with_packages_is_imported_whole() {
    let study = Study::new();
    study.at(NOW).bank("Own", CARDS);
    let other = Study::new();
    let (from, program) = (study.program(), other.program());
    from.ok(&["anki", "export", "own.apkg"]);
    std::fs::create_dir(program.folder().join("all")).expect("a folder");
    program.file("all/bank.txt", "1. Which?\n- A. x *\n- B. y\n");
    program.file("all/broken.apkg", "no package");
    std::fs::copy(from.folder().join("own.apkg"), program.folder().join("all/own.APKG")).expect("a copy");
    let done = program.run(&["import", "all"]);
    assert_eq!(done.code, 3, "{}", done.err);
    assert!(done.err.contains("bank.txt") && done.err.contains("own.APKG: brought 2 questions"), "{}", done.err);
    assert!(
        done.err.contains("broken.apkg") && done.err.contains("1 of 3 files could not be imported"),
        "{}",
        done.err
    );
}

#[test]
fn the_real_anki_reads_our_text_and_we_read_its() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(python) = python_with_anki(folder.path()) else { return };
    let study = every_kind(PAST);
    let path = folder.path().join("notes.txt");
    let mut text = Vec::new();
    let mut sink = |bytes: &[u8]| {
        text.extend_from_slice(bytes);
        Ok(())
    };
    let report = study
        .trainer()
        .export_anki_text(&Default::default(), &mut sink, &mut retain::study::unwatched)
        .expect("a text");
    std::fs::write(&path, &text).expect("a file");
    let said = asked(&python, &[Path::new("text"), &path]);
    assert_eq!(said["sound"], true, "{}", said["problems"]);
    assert_eq!(said["counts"][0], said["counts"][1], "a second import makes no second note");
    assert_eq!(said["counts"][0][0].as_u64(), Some(report.notes));
    assert_eq!(said["counts"][0][1].as_u64(), Some(report.cards));
    let cards = said["cards"].as_object().expect("cards");
    let known: BTreeSet<String> =
        study.table("questions").iter().map(|row| row["question"].as_str().expect("an id").to_owned()).collect();
    for (key, card) in cards {
        let (guid, _) = key.rsplit_once('/').expect("a key");
        assert!(known.contains(guid) && card["deck"].as_str().is_some_and(|deck| deck != "Default"), "{key}: {card}");
    }
    // A package goes in, and Anki writes it as text: options are options, decks are decks.
    let study = Study::new();
    study.at(PAST).bank("Sky::Near", BANK).bank("Cards", CARDS);
    let package = folder.path().join("ours.apkg");
    super::export(&study, &package, false);
    let text = folder.path().join("theirs.txt");
    asked(&python, &[Path::new("as_text"), &package, &text]);
    let other = Study::new();
    other.at(PAST);
    let bank = std::fs::read(&text).expect("a file");
    let mut bank = retain::bank::read(&bank, &Default::default()).expect("a bank");
    let options = Default::default();
    let source = ("theirs.txt", Path::new("theirs.txt"));
    other
        .trainer()
        .import_bank(&mut bank, source, &options, &mut Default::default(), &mut retain::study::unwatched)
        .expect("an import");
    let found = decks(&other);
    assert_eq!(found.len(), 5, "{found:?}");
    assert_eq!(found.iter().filter(|(deck, _)| deck == "Sky::Near").count(), 2, "{found:?}");
    let red = bank.questions.iter().find(|question| question.stem.contains("red")).expect("a question");
    assert_eq!((red.options.len(), red.explanation.as_deref(), red.correct()), (2, Some("iron"), vec![1]));
}
