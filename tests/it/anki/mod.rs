//! Packages of Anki come in. `packages/` was made by the real Anki (`make.py`), with what Anki says of each card.

mod forged;
mod hostile;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use retain::study::{AnkiImported, Batch, ImportOptions, unwatched};
use serde_json::Value;

use crate::fixture::study::{Study, all_right};

/// After the packages were made.
const NOW: &str = "2026-12-01T08:00:00+00:00";

fn packages() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/anki/packages")
}

fn bring(study: &Study, path: &Path, dry_run: bool) -> retain::error::Result<AnkiImported> {
    let source = path.display().to_string();
    let options = ImportOptions { dry_run, ..ImportOptions::default() };
    study.trainer().import_anki((&source, path), &options, &mut Batch::default(), &mut unwatched)
}

fn brought(study: &Study, name: &str) -> AnkiImported {
    bring(study, &packages().join(name), false).expect("a package")
}

fn expected(folder: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join("expected.json")).expect("what Anki says")).expect("JSON")
}

/// Holds that the cards of the study are as Anki has them, and how many there are.
fn is_as_anki_says(study: &Study, expected: &Value) -> usize {
    let database = rusqlite::Connection::open(study.db()).expect("a database");
    let mut statement = database
        .prepare(
            "select placement.external_id, card.ordinal, stability, difficulty, due_day, suspended, card.id
             from placement join card on card.question = placement.question join memory on memory.card = card.id
             where placement.external_id is not null",
        )
        .expect("a statement");
    type State = (Option<f64>, Option<f64>, Option<i64>, bool, i64);
    let mut ours: HashMap<(String, i64), State> = HashMap::new();
    let mut rows = statement.query([]).expect("rows");
    while let Some(row) = rows.next().expect("a row") {
        let get = |place| row.get(place).expect("a number");
        let state =
            (get(2), get(3), row.get(4).expect("a day"), row.get(5).expect("a flag"), row.get(6).expect("an id"));
        ours.insert((row.get(0).expect("an id"), row.get(1).expect("a place")), state);
    }
    let first = expected["created"].as_i64().expect("a time") / 86_400;
    let cards = expected["cards"].as_object().expect("cards");
    for (key, card) in cards {
        let (guid, ordinal) = key.rsplit_once('/').expect("a key");
        let ordinal: i64 = ordinal.parse().expect("a number");
        let reversed = (format!("{guid}.{}", ordinal + 1), 0);
        let found = ours.get(&(guid.to_owned(), ordinal)).or_else(|| ours.get(&reversed));
        let (stability, difficulty, due, suspended, id) = found.unwrap_or_else(|| panic!("{key} is missing"));
        if let (Some(wanted), Some(hard)) = (card["stability"].as_f64(), card["difficulty"].as_f64()) {
            let (stability, difficulty) = (stability.expect("a memory"), difficulty.expect("a memory"));
            assert!((stability / wanted - 1.0).abs() < 1e-3, "{key}: {stability} is not {wanted}");
            assert!((difficulty - hard).abs() < 1e-3, "{key}: {difficulty} is not {hard}");
        }
        let answers: Vec<i64> = database
            .prepare_cached("select at_ms from live_review where card = ? order by id")
            .and_then(|mut found| found.query_map([id], |row| row.get(0))?.collect())
            .expect("answers");
        let wanted: Vec<i64> = card["answers"].as_array().expect("a list").iter().filter_map(Value::as_i64).collect();
        assert_eq!(answers, wanted, "{key}");
        assert_eq!(*suspended, card["queue"] == -1, "{key}");
        if card["type"] == 2 && !wanted.is_empty() {
            assert_eq!(*due, card["due"].as_i64().map(|due| first + due), "{key}");
        }
    }
    cards.len()
}

#[test]
fn every_generation_brings_cards_answers_and_due_dates_as_anki_has_them() {
    let expected = expected(&packages());
    for name in ["new.apkg", "old.apkg", "all.colpkg"] {
        let study = Study::new();
        study.at(NOW);
        let report = brought(&study, name);
        assert_eq!(Some(report.notes), expected["notes"].as_u64(), "{name}");
        assert_eq!(report.missing_media, ["none.png"], "{name}");
        assert_eq!(report.presets, ["Anki: Default"], "{name}");
        assert!(is_as_anki_says(&study, &expected) > 70, "{name}");
        study.is_sound();
        let flags = study.trainer();
        assert!(flags.check().is_ok() && report.flagged > 0, "{name}");
    }
}

#[test]
fn a_second_import_adds_only_what_is_new() {
    let study = Study::new();
    study.at(NOW);
    let first = brought(&study, "new.apkg");
    assert!(first.answers > 400 && first.known_answers == 0);
    for name in ["new.apkg", "old.apkg", "all.colpkg"] {
        let again = brought(&study, name);
        assert_eq!((again.answers, again.moved, again.resets), (0, 0, 0), "{name}");
        assert!(again.decks.iter().all(|deck| (deck.new, deck.edited) == (0, 0)), "{name}: {:?}", again.decks);
    }
    // What is answered and moved here later stays as it is.
    study.review(all_right);
    let reviews = study.table("reviews").len();
    let dues: Vec<String> = study.table("cards").iter().map(|card| card["due"].to_string()).collect();
    brought(&study, "new.apkg");
    assert_eq!(study.table("reviews").len(), reviews);
    assert_eq!(study.table("cards").iter().map(|card| card["due"].to_string()).collect::<Vec<_>>(), dues);
    study.is_sound();
}

#[test]
fn a_dry_run_says_what_would_come_and_changes_nothing() {
    let study = Study::new();
    study.at(NOW).bank("Own", "1. Own?\nA. x *\nB. y\n");
    let before = fs::read(study.db()).expect("a database");
    let said = bring(&study, &packages().join("new.apkg"), true).expect("a package");
    assert_eq!(fs::read(study.db()).expect("a database"), before);
    assert!(!study.db().with_file_name("media").exists());
    let done = brought(&study, "new.apkg");
    assert_eq!(AnkiImported { dry_run: false, ..said }, done);
}

#[test]
fn undo_takes_the_whole_import_back_and_it_can_come_again() {
    let study = Study::new();
    study.at(NOW).bank("Own", "1. Own?\nA. x *\nB. y\n");
    let expected = expected(&packages());
    brought(&study, "new.apkg");
    study.undo().is_sound();
    let decks = study.trainer().decks().expect("decks");
    let decks: Vec<&str> = decks.in_use().map(|entry| entry.deck.name.as_str()).collect();
    assert_eq!(decks, ["Own"]);
    assert!(study.trainer().presets().expect("presets").iter().all(|it| !it.preset.name.starts_with("Anki")));
    brought(&study, "new.apkg");
    is_as_anki_says(&study, &expected);
    study.is_sound();
}

#[test]
fn notes_of_every_type_are_asked_as_what_they_are() {
    let study = Study::new();
    study.at(NOW);
    brought(&study, "new.apkg");
    let program = study.program();
    let mut printed = String::new();
    for deck in ["Geo", "Sky", "Lang"] {
        printed += &program.ok(&["bank", "print", deck]).out;
    }
    // What Anki makes up anew for each note.
    let guids = expected(&packages())["cards"].as_object().expect("cards").keys().cloned().collect::<Vec<_>>();
    for key in guids {
        let guid = key.rsplit_once('/').map_or("", |(guid, _)| guid);
        printed = printed.replace(guid, "GUID");
    }
    insta::assert_snapshot!(printed);
}

/// A Python that has the real Anki, if `RETAIN_TEST_ANKI=1` asks for it: the one that `RETAIN_ANKI_PYTHON` names, or one of a scratch environment
/// that `pip` fills in this folder.
pub(crate) fn python_with_anki(folder: &Path) -> Option<String> {
    std::env::var_os("RETAIN_TEST_ANKI")?;
    Some(std::env::var("RETAIN_ANKI_PYTHON").unwrap_or_else(|_| {
        let place = folder.join("python");
        let made = Command::new("python3").args(["-m", "venv"]).arg(&place).status();
        assert!(made.is_ok_and(|status| status.success()), "`python3 -m venv` makes an environment");
        let pip = Command::new(place.join("bin/pip")).args(["install", "--quiet", "anki==26.9.3"]).status();
        assert!(pip.is_ok_and(|status| status.success()), "`pip install anki==26.9.3`");
        place.join("bin/python").display().to_string()
    }))
}

/// Makes the packages again with the real Anki, and more cards of them. `RETAIN_TEST_ANKI=1` asks for it (see [`python_with_anki`]).
#[test]
fn the_real_anki_agrees_on_a_thousand_cards() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(python) = python_with_anki(folder.path()) else { return };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/anki/make.py");
    let made = Command::new(python).arg(script).arg(folder.path()).env("CARDS", "1000").status();
    assert!(made.is_ok_and(|status| status.success()), "the script makes packages");
    let expected = expected(folder.path());
    for name in ["new.apkg", "old.apkg", "all.colpkg"] {
        let study = Study::new();
        study.at(NOW);
        bring(&study, &folder.path().join(name), false).expect("a package");
        assert!(is_as_anki_says(&study, &expected) > 1_000);
        study.is_sound();
    }
}

#[test]
fn edits_are_taken_in_whatever_the_file_is_called() {
    use forged::{database, package};
    let folder = tempfile::tempdir().expect("a folder");
    let study = Study::new();
    study.at(NOW);
    let answered = "insert into revlog values (1735804000000, 1, 0, 3, 4, 0, 2500, 1000, 0);
        update cards set type = 2, queue = 2, due = 5, ivl = 4;";
    bring(&study, &package(folder.path(), &[("collection.anki2", &database(answered))]), false).expect("a package");
    let edited = format!(
        "{answered} update notes set flds = 'something else altogether' || char(31) || 'back';
        insert into revlog values (1736204000000, 1, 0, 4, 9, 4, 2500, 1000, 1);"
    );
    let other = tempfile::tempdir().expect("a folder");
    for _ in 0..2 {
        let path = package(other.path(), &[("collection.anki2", &database(&edited))]);
        bring(&study, &path, false).expect("a package");
        let third = other.path().join("third.apkg");
        fs::copy(&path, &third).expect("a copy");
        bring(&study, &third, false).expect("a package");
    }
    assert_eq!(study.table("cards").len(), 1);
    assert_eq!(study.table("reviews").len(), 2);
    assert_eq!(study.card("something else altogether")["deck"], "Default");
    study.is_sound();
}

#[test]
fn a_question_of_ours_that_comes_back_is_the_same() {
    use forged::{database, package};
    let folder = tempfile::tempdir().expect("a folder");
    let study = Study::new();
    study.at(NOW).bank("Own", "Q: front\nA: back\n");
    let id = study.table("questions")[0]["question"].as_str().expect("an identity").to_owned();
    let statement = format!("update notes set guid = '{id}', flds = 'changed' || char(31) || 'back'");
    bring(&study, &package(folder.path(), &[("collection.anki2", &database(&statement))]), false).expect("a package");
    assert_eq!(study.table("cards").len(), 1);
    assert_eq!(study.card("changed")["deck"], "Own");
    study.is_sound();
}
