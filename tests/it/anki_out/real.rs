//! The real Anki reads our packages, and we read what it makes of them. `RETAIN_TEST_ANKI=1` asks for it (see [`python_with_anki`]).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::Command;

use rusqlite::Connection;
use serde_json::Value;

use super::round_trip::{assert_same, every_kind};
use super::{CARDS, CHOICES, bring, export, made_by_anki};
use crate::anki::python_with_anki;
use crate::fixture::study::{Study, all_right};

/// Anki refuses answers of the future, and its clock is the real one.
pub(super) const PAST: &str = "2026-11-20T08:00:00+00:00";

/// What the oracle says.
pub(super) fn asked(python: &str, arguments: &[&Path]) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/anki_out/oracle.py");
    let said = Command::new(python).arg(script).args(arguments).output().expect("the script");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    serde_json::from_slice(&said.stdout).expect("JSON")
}

/// A card as Anki should have it.
struct ExpectedCard {
    deck: String,
    state: i64,
    due_day: Option<i64>,
    due_ms: Option<i64>,
    last_day: Option<i64>,
    memory: Option<(f64, f64)>,
    counts: (i64, i64),
    suspended: bool,
    flag: i64,
    tags: Vec<String>,
    /// Moment, button, interval, milliseconds; button 0 for moves.
    log: Vec<(i64, i64, i64, i64)>,
}

/// Every card that is exported, from the tables of the database alone.
fn expected(study: &Study) -> BTreeMap<String, ExpectedCard> {
    let database = Connection::open(study.db()).expect("a database");
    let mut logs: HashMap<i64, Vec<(i64, i64, i64, i64)>> = HashMap::new();
    let sql = "select card, at_ms, rating, iif(due_day is null, -max((due_ms - at_ms) / 1000, 1), max(due_day - day, 1)), took_ms, id
         from live_review union all
         select card, at_ms, 0, iif(kind = 5, 0, max(until_day - day, 1)), 0, id from live_move where kind in (4, 5)
         order by 2, 6";
    let mut statement = database.prepare(sql).expect("a statement");
    let mut rows = statement.query([]).expect("rows");
    while let Some(row) = rows.next().expect("a row") {
        let get = |place| row.get::<_, i64>(place).expect("a number");
        logs.entry(get(0)).or_default().push((get(1), get(2), get(3), get(4)));
    }
    let sql = "select (select external_id from placement join source on source.id = placement.source
             where placement.question = question.id and source.path like '%.apkg'), lower(hex(question.uid)), card.place, deck.name,
         state, due_day, due_ms, last_day, stability, difficulty, repetitions, lapses, suspended, ifnull(flag.note, '-'), topic.name,
         (select group_concat(tag, '\n') from question_tag where question_tag.question = question.id), card.id
         from card join question on question.id = card.question join memory on memory.card = card.id
         join deck on deck.id = question.deck left join flag on flag.card = card.id left join topic on topic.id = question.topic
         where card.place is not null";
    let mut found = BTreeMap::new();
    let mut statement = database.prepare(sql).expect("a statement");
    let mut rows = statement.query([]).expect("rows");
    while let Some(row) = rows.next().expect("a row") {
        let text = |place| row.get::<_, Option<String>>(place).expect("a text");
        let number = |place| row.get::<_, Option<i64>>(place).expect("a number");
        let (mut guid, mut place) = (text(0), number(2).unwrap_or(0));
        if let Some((base, card)) = guid.as_deref().and_then(|guid| guid.rsplit_once('.'))
            && let Ok(card) = card.parse::<i64>()
        {
            (guid, place) = (Some(base.to_owned()), card - 1);
        }
        let guid = guid
            .unwrap_or_else(|| uuid::Uuid::parse_str(&text(1).expect("an identity")).expect("an identity").to_string());
        let joined = |tag: &str| tag.split_whitespace().collect::<Vec<_>>().join("_");
        let mut tags: Vec<String> = text(15).iter().flat_map(|tags| tags.lines()).map(joined).collect();
        tags.extend(text(14).map(|topic| format!("topic::{}", joined(&topic))));
        tags.sort();
        let flags = ["red", "orange", "green", "blue", "pink", "turquoise", "purple"];
        let note = text(13).expect("a note");
        let card = ExpectedCard {
            deck: text(3).expect("a deck"),
            state: number(4).expect("a state"),
            due_day: number(5),
            due_ms: number(6),
            last_day: number(7),
            memory: row.get::<_, Option<f64>>(8).expect("a number").zip(row.get(9).expect("a number")),
            counts: (number(10).expect("a count"), number(11).expect("a count")),
            suspended: number(12) == Some(1),
            flag: flags.iter().position(|flag| *flag == note).map_or(i64::from(note != "-"), |at| at as i64 + 1),
            tags,
            log: logs.remove(&number(16).expect("a card")).unwrap_or_default(),
        };
        assert!(found.insert(format!("{guid}/{place}"), card).is_none());
    }
    found
}

fn is_as_expected(key: &str, card: &ExpectedCard, found: &Value) {
    assert_eq!(found["deck"], *card.deck, "{key}");
    assert_eq!(found["type"], card.state, "{key}");
    let queue = match card.state {
        _ if card.suspended => -1,
        3 => 1,
        state => state,
    };
    assert_eq!(found["queue"], queue, "{key}");
    match card.state {
        2 => {
            assert_eq!(found["due"].as_i64(), card.due_day, "{key}");
            let interval = card.due_day.zip(card.last_day).map(|(due, last)| (due - last).max(1));
            assert_eq!(found["interval"].as_i64(), interval, "{key}");
        }
        1 | 3 => assert_eq!(found["due"].as_i64(), card.due_ms.map(|due| (due + 999).div_euclid(1_000)), "{key}"),
        _ => {}
    }
    let near = |found: &Value, wanted: Option<f64>, by: f64| match (found.as_f64(), wanted) {
        (Some(found), Some(wanted)) => (found - wanted).abs() <= by,
        (found, wanted) => found.is_none() && wanted.is_none(),
    };
    let memory = card.memory.filter(|_| card.state > 0);
    let stability = memory.map(|(stability, _)| stability);
    assert!(near(&found["stability"], stability, stability.unwrap_or(0.0) * 1e-3), "{key}: {stability:?} {found}");
    assert!(near(&found["difficulty"], memory.map(|(_, difficulty)| difficulty), 1e-3), "{key}: {found}");
    assert_eq!((found["reps"].as_i64(), found["lapses"].as_i64()), (Some(card.counts.0), Some(card.counts.1)), "{key}");
    assert_eq!(found["flag"].as_i64(), Some(card.flag), "{key}");
    assert_eq!(found["tags"], serde_json::json!(card.tags), "{key}");
    let log = found["log"].as_array().expect("a log");
    assert_eq!(log.len(), card.log.len(), "{key}: {log:?} {:?}", card.log);
    let mut before = 0;
    for (row, (at, ease, interval, took)) in log.iter().zip(&card.log) {
        let number = |place: usize| row[place].as_i64().expect("a number");
        // There is room for one entry in each millisecond.
        assert!((0..1_000).contains(&(number(0) - at)), "{key}: {row} {at}");
        assert_eq!((number(1), number(2), number(3), number(5)), (*ease, *interval, before, *took), "{key}: {row}");
        assert_eq!(number(6) == 4, *ease == 0, "{key}: {row}");
        if !(number(6) == 3 && number(4) == 0) {
            before = *interval;
        }
    }
}

#[test]
fn the_real_anki_has_every_card_as_it_is_here() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(python) = python_with_anki(folder.path()) else { return };
    let study = Study::new();
    study.at(PAST).bank("Sky::Near", CHOICES).bank("Cards", CARDS).deck_settings("Sky::Near", "desired-retention=0.85");
    study.review(all_right);
    bring(&study, &made_by_anki());
    let wanted = expected(&study);
    for legacy in [false, true] {
        let path = folder.path().join(if legacy { "old.apkg" } else { "new.apkg" });
        let report = export(&study, &path, legacy);
        let said = asked(&python, &[Path::new("look"), &path]);
        assert_eq!(said["sound"], true, "{}", said["problems"]);
        assert_eq!(said["counts"][0], said["counts"][1], "a second import adds nothing");
        let found = said["cards"].as_object().expect("cards");
        assert_eq!((found.len() as u64, found.len()), (report.cards, wanted.len()));
        for (key, card) in &wanted {
            is_as_expected(key, card, found.get(key).unwrap_or_else(|| panic!("{key} is missing")));
            let retention = found[key]["retention"].as_f64();
            let set = if card.deck.starts_with("Sky::Near") { 0.85 } else { 0.9 };
            let is_set = retention.is_none_or(|it| (it - set).abs() < 1e-3 || (it - 0.87).abs() < 1e-3);
            assert!(
                is_set && (retention.is_some() == (card.state > 0 && card.memory.is_some())),
                "{key}: {retention:?}"
            );
        }
        for card in found.values() {
            for side in ["front", "back"] {
                assert!(!card[side].as_str().expect("a side").contains("{\"retain\""), "{card}");
            }
        }
    }
}

#[test]
fn a_second_program_reads_our_packages() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(python) = python_with_anki(folder.path()) else { return };
    let study = every_kind(PAST);
    study.review(all_right);
    let path = folder.path().join("new.apkg");
    let report = export(&study, &path, false);
    let mut archive = zip::ZipArchive::new(Cursor::new(fs::read(&path).expect("a file"))).expect("an archive");
    let mut packed = Vec::new();
    archive.by_name("collection.anki21b").expect("a collection").read_to_end(&mut packed).expect("bytes");
    let database = folder.path().join("collection.anki2");
    fs::write(&database, zstd::decode_all(packed.as_slice()).expect("a database")).expect("a file");
    let said = asked(&python, &[Path::new("second"), &database]);
    let notes = said["notes"].as_object().expect("notes");
    assert_eq!((notes.len() as u64, said["found"].as_u64()), (report.notes, Some(report.notes)));
    assert_eq!(said["cards"].as_u64(), Some(report.cards));
    let theirs = asked(&python, &[Path::new("look"), &path]);
    for (key, card) in theirs["cards"].as_object().expect("cards") {
        let (guid, _) = key.rsplit_once('/').expect("a key");
        let mut tags: Vec<&str> = notes[guid][1].as_array().expect("tags").iter().filter_map(Value::as_str).collect();
        tags.sort_unstable();
        assert_eq!((&card["kind"], &card["fields"]), (&notes[guid][0], &notes[guid][2]), "{key}");
        assert_eq!(card["tags"], serde_json::json!(tags), "{key}");
    }
}

#[test]
fn what_went_through_the_real_anki_is_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(python) = python_with_anki(folder.path()) else { return };
    let study = every_kind(PAST);
    study.review(all_right);
    for legacy in [false, true] {
        let path = folder.path().join("ours.apkg");
        export(&study, &path, legacy);
        let said = asked(&python, &[Path::new("rework"), &path, folder.path()]);
        assert_eq!(said["sound"], true, "{}", said["problems"]);
        let wanted = expected(&study);
        let found = said["cards"].as_object().expect("cards");
        assert_eq!(found.len(), wanted.len());
        for (key, card) in &wanted {
            is_as_expected(key, card, &found[key]);
        }
        for name in ["new.apkg", "old.apkg", "all.colpkg"] {
            let other = Study::new();
            other.at(PAST);
            let back = bring(&other, &folder.path().join(name));
            assert_eq!(back.rejected, 0, "{name}: {back:?}");
            let said: Vec<&str> = back.left_out.iter().map(|notice| notice.what.as_str()).collect();
            assert!(said.iter().all(|what| !what.contains("edited") && !what.contains("`retain`")), "{name}: {said:?}");
            assert_same(&study, &other);
            other.is_sound();
        }
    }
}

/// What Anki's own notes are after they were here, in a collection that is empty: what both sides know.
#[test]
fn notes_of_anki_come_back_to_it_with_all_that_both_know() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(python) = python_with_anki(folder.path()) else { return };
    let before = asked(&python, &[Path::new("look"), &made_by_anki()]);
    let study = Study::new();
    study.at(PAST);
    bring(&study, &made_by_anki());
    for legacy in [false, true] {
        let path = folder.path().join("back.apkg");
        let report = export(&study, &path, legacy);
        assert!(report.left_out.iter().any(|notice| notice.what.contains("note types")), "{:?}", report.left_out);
        let after = asked(&python, &[Path::new("look"), &path]);
        let (before, after) = (before["cards"].as_object().expect("cards"), after["cards"].as_object().expect("cards"));
        let keys = |cards: &serde_json::Map<String, Value>| cards.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(keys(before), keys(after), "guids and cards");
        for (key, was) in before {
            let is = &after[key];
            for same in ["deck", "tags", "flag", "queue", "type", "due"] {
                assert!(
                    was[same] == is[same] || was["type"] == 0 && same == "due",
                    "{key}: {same}: {} {}",
                    was[same],
                    is[same]
                );
            }
            let count = |card: &Value| card["log"].as_array().expect("a log").iter().filter(|row| row[1] != 0).count();
            assert!(count(is) <= count(was) && (count(was) == 0 || count(is) > 0), "{key}");
        }
    }
}
