//! Questions of ours go to Anki and come back word for word; what was edited there is taken in.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use retain::bank::{BankQuestion, ReadOptions};
use retain::model::cloze::Cloze;
use retain::model::{KeyOrigin, Kind};
use retain::study::{AnkiImported, ReviewRequest};
use rusqlite::Connection;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{NOW, bring, export};
use crate::fixture::study::{Study, all_right};
use crate::import::readers::BANKS;

/// What the sample banks do not have: many options, equal texts, an order, all of the above in the middle, Markdown with formulas.
const ODD: &str = r#"---
form: exact
markup: markdown
---
# Top::ic one

Many **options**, $x^2 < y$? {#many}
- A. 1
- B. 2
- C. 3
- D. 4 *
- E. 5
- F. 6
- G. 7
- H. 8
- I. 9
- J. 10
- K. 11
- L. 12
- M. 13
- N. 14

Which `<b>`? {#which}
- A. all of the above
- B. x & y *
  > *Yes*
- C. z {50 %}
Explanation: because
Tags: a b, c

When? {#when}
Kind: numeric
- 1822 {± 5}

Name it. {#name}
Kind: short
- Rome
- Roma

Sort. {#sort}
Kind: order
- one
- two
- three

Pairs. {#pairs}
Kind: match
- a
  -> 1
- b
  -> 2
- c
  -> 3

Say something. {#say}
Kind: open
Explanation: anything
"#;

/// A study with a deck of each format.
pub(super) fn every_kind(now: &str) -> Study {
    let study = Study::new();
    study.at(now).settings("new-per-day=500 new-ignores-review-limit=on").settings("learning-steps=none");
    for (format, text) in BANKS {
        study.bank(&format!("Kinds::{format}"), text);
    }
    study.bank("Odd", ODD).mlops().bank("Demo", include_bytes!("../../../decks/demo.txt"));
    study
}

/// The questions that are asked, deck by deck, as `bank print` has them.
fn questions(study: &Study) -> Vec<(String, Vec<BankQuestion>)> {
    let trainer = study.trainer();
    let decks = trainer.decks().expect("decks");
    let mut names: Vec<String> = decks.in_use().map(|entry| entry.deck.name.clone()).collect();
    names.sort();
    let asked = |question: &BankQuestion| {
        question.key != KeyOrigin::Missing
            && (question.kind != Kind::Cloze || !Cloze::parse(&question.stem).places().is_empty())
    };
    let bank = |name: String| {
        let mut questions = trainer.printed_bank(&name).map(|(_, bank)| bank.questions).unwrap_or_default();
        questions.retain(asked);
        (!questions.is_empty()).then_some((name, questions))
    };
    names.into_iter().filter_map(bank).collect()
}

/// The answers that count: card, second and rating. Anki has room for one answer in each millisecond.
fn answers(study: &Study) -> BTreeSet<(String, i64, i64)> {
    let database = Connection::open(study.db()).expect("a database");
    let sql = "select hex(card.uid), at_ms / 1000, rating from live_review join card on card.id = live_review.card where practice = 0";
    let mut statement = database.prepare(sql).expect("a statement");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).expect("rows");
    rows.collect::<rusqlite::Result<_>>().expect("answers")
}

/// Reviews deck after deck, so that not all answers are of one millisecond.
fn review_bit_by_bit(study: &Study) {
    let start = study.now().utc_ms;
    for (minute, (deck, _)) in (0..).zip(questions(study)) {
        let now = chrono::DateTime::from_timestamp_millis(start + minute * 60_000).expect("a time");
        study.at(&now.to_rfc3339());
        study.asked(&ReviewRequest { deck: Some(deck), ..ReviewRequest::default() }, all_right);
    }
}

#[track_caller]
fn brings_nothing(study: &Study, path: &Path) {
    let again = bring(study, path);
    assert_eq!((again.answers, again.moved, again.resets), (0, 0, 0), "{again:?}");
    assert!(again.decks.iter().all(|deck| (deck.new, deck.edited) == (0, 0)), "{:?}", again.decks);
}

#[track_caller]
pub(super) fn assert_same(here: &Study, there: &Study) {
    for ((deck, ours), (other, theirs)) in questions(here).into_iter().zip(questions(there)) {
        assert_eq!(deck, other);
        assert_eq!(ours.len(), theirs.len(), "{deck}");
        for (our, their) in ours.iter().zip(&theirs) {
            assert_eq!(our, their, "{deck}");
        }
    }
    assert_eq!(questions(here).len(), questions(there).len());
    assert_eq!(answers(here), answers(there));
}

/// Holds that a study comes back whole from packages of both generations.
fn comes_back(study: &Study) {
    let folder = tempfile::tempdir().expect("a folder");
    let later = "2026-12-02T08:00:00+00:00";
    study.at(later);
    for legacy in [false, true] {
        let path = folder.path().join(if legacy { "old.apkg" } else { "new.apkg" });
        let report = export(study, &path, legacy);
        let other = Study::new();
        other.at(later);
        let back = bring(&other, &path);
        assert_eq!((back.answers, back.rejected), (report.answers, 0), "{back:?}");
        assert_same(study, &other);
        other.is_sound();
        brings_nothing(&other, &path);
        brings_nothing(study, &path);
        // What comes from the copy is the same package again.
        let second = folder.path().join("second.apkg");
        export(&other, &second, legacy);
        brings_nothing(study, &second);
        brings_nothing(&other, &second);
        assert_same(study, &other);
    }
    study.is_sound();
}

#[test]
fn every_kind_of_question_comes_back_word_for_word() {
    let study = every_kind(NOW);
    review_bit_by_bit(&study);
    assert!(answers(&study).len() > 60, "{}", answers(&study).len());
    let kinds: BTreeSet<&str> =
        questions(&study).into_iter().flat_map(|(_, all)| all).map(|question| question.kind.name()).collect();
    assert_eq!(kinds.len(), 10, "{kinds:?}");
    comes_back(&study);
}

/// A sixth of the banks; `RETAIN_BANKS=all` tries all of them, which takes minutes.
#[test]
#[ignore = "needs the sample banks next to the project; `.ci/run` runs it"]
fn real_banks_come_back_from_anki_word_for_word() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/banks");
    let step = if std::env::var("RETAIN_BANKS").is_ok_and(|which| which == "all") { 1 } else { 6 };
    let (mut folders, mut files, mut count) = (vec![root], 0, 0);
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        let mut paths: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.extend(Some(path).filter(|path| !path.ends_with("expected")));
                continue;
            }
            files += 1;
            if files % step > 0 {
                continue;
            }
            let bytes = fs::read(&path).expect("a file");
            let Ok(bank) = retain::bank::read(&bytes, &ReadOptions::default()) else { continue };
            if (1..=300).contains(&bank.questions.len()) {
                count += 1;
                let study = Study::new();
                study.at(NOW).bank("Bank", &bytes);
                let package = study.db().with_file_name("a.apkg");
                export(&study, &package, false);
                let other = Study::new();
                bring(other.at(NOW), &package);
                assert_same(&study, &other);
                brings_nothing(&other, &package);
                brings_nothing(&study, &package);
            }
        }
    }
    assert!(count > 100 / step, "{count} banks");
}

/// A package of the older generation after these statements, as if somebody had worked in Anki.
fn after(package: &Path, statements: &str) {
    let mut members: Vec<(String, Vec<u8>)> = Vec::new();
    let mut archive = ZipArchive::new(Cursor::new(fs::read(package).expect("a file"))).expect("an archive");
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).expect("a member");
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).expect("bytes");
        members.push((member.name().expect("a name").into_owned(), bytes));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("collection");
    let collection = members.iter_mut().find(|(name, _)| name == "collection.anki21").expect("a collection");
    fs::write(&path, &collection.1).expect("a file");
    Connection::open(&path).and_then(|database| database.execute_batch(statements)).expect("statements");
    collection.1 = fs::read(&path).expect("a file");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(name, SimpleFileOptions::default()).expect("a member");
        zip.write_all(&bytes).expect("bytes");
    }
    fs::write(package, zip.finish().expect("an archive").into_inner()).expect("a file");
}

/// What a study makes of a bank that went to Anki, and of these statements there: in the study that it is of, and in an empty one. Both are the
/// same.
fn edited_in_anki(bank: &str, statements: &str) -> (Vec<BankQuestion>, AnkiImported) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.apkg");
    let study = Study::new();
    study.at(NOW).bank("Own", bank);
    export(&study, &path, true);
    after(&path, statements);
    let other = Study::new();
    other.at(NOW);
    bring(&other, &path);
    let report = bring(&study, &path);
    let printed = |study: &Study| questions(study).into_iter().flat_map(|(_, all)| all).collect::<Vec<_>>();
    assert_eq!(printed(&study), printed(&other));
    brings_nothing(&study, &path);
    study.is_sound();
    other.is_sound();
    (printed(&study), report)
}

/// A statement that writes other words into the visible fields.
fn replace(from: &str, to: &str) -> String {
    format!(
        "update notes set flds = replace(substr(flds, 1, instr(flds, '{{\"retain\"') - 1), '{from}', '{to}')
         || substr(flds, instr(flds, '{{\"retain\"'));"
    )
}

fn named<'q>(questions: &'q [BankQuestion], id: &str) -> &'q BankQuestion {
    questions.iter().find(|question| question.id.as_deref() == Some(id)).expect("a question")
}

#[test]
fn an_edit_in_anki_is_taken_in_and_the_rest_stays() {
    let (before, _) = edited_in_anki(ODD, "");
    for (id, from, to, change) in [
        (
            "many",
            "options",
            "choices",
            Box::new(|q: &mut BankQuestion| q.stem = q.stem.replace("options", "choices"))
                as Box<dyn Fn(&mut BankQuestion)>,
        ),
        ("which", "x &amp; y", "x or y", Box::new(|q| q.options[1].text = "x or y".into())),
        ("which", "because", "<b>so</b>", Box::new(|q| q.explanation = Some("**so**".into()))),
        ("when", "1822", "1823", Box::new(|q| q.options[0].text = "1823".into())),
        ("when", "When?", "When \\(x\\)?", Box::new(|q| q.stem = "When $x$?".into())),
        ("name", "Rome", "Athens", Box::new(|q| q.options[0].text = "Athens".into())),
        ("sort", "two", "2.", Box::new(|q| q.options[1].text = "2\\.".into())),
        ("pairs", "<li>b &rarr; 2</li>", "<li>b → 7</li>", Box::new(|q| q.options[1].pair = Some("7".into()))),
        ("say", "anything", "nothing", Box::new(|q| q.explanation = Some("nothing".into()))),
    ] {
        let (after, report) = edited_in_anki(ODD, &replace(from, to));
        for question in &before {
            let mut wanted = question.clone();
            if question.id.as_deref() == Some(id) {
                change(&mut wanted);
            }
            let found = named(&after, question.id.as_deref().expect("an id"));
            assert_eq!(*found, wanted, "{id}: {from} {to}");
        }
        assert_eq!(report.left_out, [], "{id}");
    }
}

#[test]
fn what_an_edit_loses_is_said() {
    for (id, statement, said) in
        [("when", replace("When?", "<u>When</u>?"), "Markdown"), ("when", replace("1822", "long ago"), "tolerance")]
    {
        let (after, report) = edited_in_anki(ODD, &statement);
        assert!(after.iter().all(|question| !question.stem.is_empty()));
        assert!(report.left_out.iter().any(|notice| notice.what.contains(said)), "{id}: {:?}", report.left_out);
    }
    let (after, _) = edited_in_anki(ODD, &replace("When?", "<u>When</u>?"));
    let when = named(&after, "when");
    assert_eq!((when.kind, when.stem.as_str(), when.options[0].tolerance), (Kind::Numeric, "<u>When</u>?", Some(5.0)));
}

#[test]
fn if_the_words_cannot_be_read_the_shown_fields_count() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.apkg");
    let study = Study::new();
    study.at(NOW).bank("Own", ODD);
    for statement in [
        "update notes set flds = replace(flds, '{\"retain\":1', '{\"retain\":9')",
        "update notes set flds = replace(flds, '\"kind\":\"', '\"kind\":\"odd')",
        "update notes set flds = replace(flds, '\"questions\":', '\"questions\":[[[[')",
        "update notes set flds = flds || hex(zeroblob(4300000))",
    ] {
        export(&study, &path, true);
        after(&path, statement);
        let other = Study::new();
        other.at(NOW);
        let report = bring(&other, &path);
        let said = report.left_out.iter().find(|notice| notice.what.contains("`retain`"));
        assert_eq!(said.map(|said| said.count), Some(7), "{statement}: {:?}", report.left_out);
        assert_eq!(other.table("questions").len(), 7);
        brings_nothing(&other, &path);
        other.is_sound();
    }
}

#[test]
fn tags_of_anki_come_and_go() {
    let (after, _) = edited_in_anki(ODD, "update notes set tags = ' leech ' where tags like '% c %';");
    let which = named(&after, "which");
    assert_eq!((which.tags.as_slice(), which.topic.as_deref()), (&["leech".to_owned()][..], None));
    assert_eq!(named(&after, "when").topic.as_deref(), Some("Top::ic one"));
}

#[test]
fn a_copy_that_was_made_in_anki_is_a_question_of_its_own() {
    let copy = "insert into notes select id + 1, 'copied', mid, mod, usn, tags, flds, sfld, csum, flags, data from notes;
        insert into cards select id + 1, nid + 1, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags,
        data from cards;";
    let (after, report) = edited_in_anki("1. Which?\n- A. x *\n- B. y\n", copy);
    assert_eq!(after.len(), 2, "{report:?}");
    assert_eq!(after[0].stem, after[1].stem);
    assert_ne!(after[0].id, after[1].id);
}

#[test]
fn nobody_takes_the_identity_of_another_question() {
    let study = Study::new();
    study.at(NOW).bank("Own", "Q: one\nA: a\n\nQ: two\nA: b\n");
    let ids: Vec<String> =
        study.table("questions").iter().map(|row| row["question"].as_str().expect("an id").to_owned()).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.apkg");
    export(&study, &path, true);
    // The first note says to be the second question, and both say to be one.
    for statement in [
        format!("update notes set guid = 'abc', flds = replace(replace(flds, '{0}', '{1}'), '\"guid\":\"{1}\"', '\"guid\":\"abc\"')
                 where guid = '{0}'", ids[0], ids[1]),
        format!("update notes set flds = replace(flds, '\"uid\":\"{0}\"', '\"uid\":\"{1}\"') where guid = '{0}'", ids[0], ids[1]),
    ] {
        export(&study, &path, true);
        after(&path, &statement);
        for there in [&study, Study::new().at(NOW)] {
            bring(there, &path);
            there.is_sound();
            brings_nothing(there, &path);
            let stems: BTreeSet<String> = there.table("questions").iter().map(|row| row["stem"].to_string()).collect();
            assert_eq!(stems.len(), 2);
        }
    }
}

#[test]
fn what_was_changed_here_since_stays() {
    let study = Study::new();
    study.at(NOW).bank("Own", "Q: front\nA: back\n");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.apkg");
    export(&study, &path, true);
    study.at("2026-12-02T08:00:00+00:00").bank("Own", "Q: front\nA: another back\n");
    bring(&study, &path);
    assert_eq!(questions(&study)[0].1[0].options[0].text, "another back");
    // What somebody edits in Anki counts.
    after(&path, &replace("back", "third"));
    bring(&study, &path);
    assert_eq!(questions(&study)[0].1[0].options[0].text, "third");
    study.is_sound();
}
