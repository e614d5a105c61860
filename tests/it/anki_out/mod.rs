//! Packages of Anki go out.

mod real;
mod round_trip;
mod text;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use retain::study::{AnkiExportRequest, AnkiExported, AnkiImported, Batch, ImportOptions, unwatched};

use crate::fixture::study::{Study, all_right};

/// After the packages of `tests/it/anki` were made.
const NOW: &str = "2026-12-01T08:00:00+00:00";
/// Questions with options.
const CHOICES: &str = "1. Which planet is red & <small>?\n- A. Venus\n- B. Mars *\n- C. All of the above\nExplanation: iron\n\n2. Pick primes\n- [x] 2\n- [ ] 4\n- [x] 5\n";
/// Cards.
const CARDS: &str = "Q: front\nA: back\n\nC: [Rome] is in [Italy]\n";

fn export(study: &Study, to: &Path, legacy: bool) -> AnkiExported {
    std::fs::write(to, []).expect("a file");
    let request = AnkiExportRequest { deck: None, legacy };
    study.trainer().export_anki(to, &request, &mut unwatched).expect("a package")
}

fn bring(study: &Study, path: &Path) -> AnkiImported {
    let source = path.display().to_string();
    let options = ImportOptions::default();
    study.trainer().import_anki((&source, path), &options, &mut Batch::default(), &mut unwatched).expect("a package")
}

fn made_by_anki() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/anki/packages/new.apkg")
}

/// What counts of every card: by its stem, deck and place.
fn cards(study: &Study) -> BTreeMap<String, Vec<String>> {
    let database = rusqlite::Connection::open(study.db()).expect("a database");
    let mut statement = database
        .prepare(
            "select deck.name || '/' || question.stem || '/' || card.ordinal, memory.state, due_day, due_ms / 1000,
             round(stability, 3), round(difficulty, 3), repetitions, lapses, suspended, flag.note,
             (select group_concat(at_ms || ':' || rating) from (select * from live_review where card = card.id order by id)
              as answer where answer.card = card.id and practice = 0), question.choices, question.kind
             from card join question on question.id = card.question join memory on memory.card = card.id
             join deck on deck.id = question.deck left join flag on flag.card = card.id where card.place is not null",
        )
        .expect("a statement");
    let mut found = BTreeMap::new();
    let mut rows = statement.query([]).expect("rows");
    while let Some(row) = rows.next().expect("a row") {
        let values = (1..13).map(|place| format!("{:?}", row.get_ref(place).expect("a value"))).collect();
        found.insert(row.get(0).expect("a key"), values);
    }
    found
}

#[test]
fn what_came_from_anki_goes_there_and_comes_back_the_same() {
    let study = Study::new();
    study.at(NOW);
    bring(&study, &made_by_anki());
    let folder = tempfile::tempdir().expect("a folder");
    for legacy in [false, true] {
        let path = folder.path().join(if legacy { "old.apkg" } else { "new.apkg" });
        let report = export(&study, &path, legacy);
        assert_eq!((report.missing_media.len(), report.cards > 70), (0, true), "{report:?}");
        let other = Study::new();
        other.at(NOW);
        let back = bring(&other, &path);
        assert_eq!(back.answers, report.answers, "{back:?}");
        other.is_sound();
        let (before, after) = (cards(&study), cards(&other));
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
        for (key, card) in &before {
            assert_eq!(&after[key], card, "{key}");
        }
        // In the study that it came from, nothing is new.
        let again = bring(&study, &path);
        assert_eq!((again.answers, again.moved, again.resets), (0, 0, 0), "{again:?}");
        assert!(again.decks.iter().all(|deck| (deck.new, deck.edited) == (0, 0)), "{:?}", again.decks);
        study.is_sound();
    }
}

#[test]
fn questions_of_ours_come_back_as_themselves() {
    let study = Study::new();
    study.at(NOW).bank("Sky::Near", CHOICES).bank("Cards", CARDS);
    study.review(all_right);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ours.apkg");
    let report = export(&study, &path, false);
    assert!(report.notes >= 3 && report.answers > 0, "{report:?}");
    let before = study.table("cards").len();
    let again = bring(&study, &path);
    assert_eq!((again.answers, study.table("cards").len()), (0, before), "{again:?}");
    study.is_sound();
    let other = Study::new();
    other.at(NOW);
    let back = bring(&other, &path);
    assert_eq!((back.answers, other.table("cards").len()), (report.answers, before), "{back:?}");
    let decks =
        |study: &Study| -> Vec<String> { study.table("cards").iter().map(|card| card["deck"].to_string()).collect() };
    assert_eq!(decks(&other).iter().filter(|deck| deck.contains("Sky::Near")).count(), 2);
    other.is_sound();
}

#[test]
fn a_package_that_was_taken_back_or_deleted_comes_back() {
    let from = Study::new();
    from.bank("Sea", "One?\n- A. x *\n- B. y\n\nTwo?\n- A. u *\n- B. v\n").days(2, all_right);
    let folder = tempfile::tempdir().expect("a folder");
    let package = folder.path().join("sea.apkg");
    export(&from, &package, false);
    let study = Study::new();
    study.at("2026-11-26");
    let seen = |study: &Study| (cards(study), study.trainer().deck_list(true).expect("decks"));
    bring(&study, &package);
    let whole = seen(&study);
    assert_eq!(whole.1[0].cards, 2);
    study.undo().is_sound();
    bring(&study, &package);
    assert_eq!(seen(&study), whole);
    study.is_sound();
    // Deleted by the person, and imported again: the import gives way first, then the deck that came back with it.
    study.trainer().delete_deck("Sea").expect("a deletion");
    bring(&study, &package);
    assert_eq!(seen(&study), whole);
    study.is_sound().undo();
    assert_eq!(study.trainer().deck_list(true).expect("decks"), []);
    study.is_sound().undo();
    assert_eq!(seen(&study), whole, "the deletion is taken back, too");
    study.is_sound();
}

#[test]
fn a_file_of_somebody_else_is_not_replaced() {
    let study = Study::new();
    study.at(NOW).bank("Own", "Q: front\nA: back\n");
    let program = study.program();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.apkg");
    std::fs::copy(made_by_anki(), &path).expect("a file");
    let name = path.display().to_string();
    let refused = program.run(&["anki", "export", &name]);
    assert!(refused.err.contains("did not write it"), "{}", refused.err);
    program.ok(&["anki", "export", &name, "--force"]);
    // Its own package it replaces.
    program.ok(&["anki", "export", &name, "Own", "--legacy"]);
}
