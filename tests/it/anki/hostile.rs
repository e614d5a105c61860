//! Packages that are damaged, or made to hurt: a clear error, and nothing changed.

use std::fs;
use std::path::Path;

use super::forged::{database, package, packed};
use super::{NOW, bring, packages};
use crate::fixture::program::Program;
use crate::fixture::study::Study;

/// Holds that a package is refused with these words, and that nothing is left of it.
#[track_caller]
fn is_refused(members: &[(&str, &[u8])], words: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    is_refused_at(&package(folder.path(), members), words);
}

#[track_caller]
fn is_refused_at(path: &Path, words: &str) {
    let study = Study::new();
    study.at(NOW).bank("Own", "1. Own?\nA. x *\nB. y\n");
    let before = fs::read(study.db()).expect("a database");
    let error = bring(&study, path, false).expect_err("it is refused");
    assert!(error.to_string().contains(words), "{error}");
    assert!(!error.hints().is_empty(), "{error}");
    assert_eq!(fs::read(study.db()).expect("a database"), before);
    let left = fs::read_dir(study.db().parent().expect("a folder")).expect("a folder");
    let names: Vec<String> = left.map(|it| it.expect("a file").file_name().to_string_lossy().into_owned()).collect();
    assert!(names.iter().all(|name| !name.starts_with(".retain-") && name != "media"), "{names:?}");
}

/// The metadata of a generation.
fn meta(version: u8) -> Vec<u8> {
    vec![8, version]
}

#[test]
fn what_is_no_package_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.apkg");
    let whole = fs::read(packages().join("new.apkg")).expect("a package");
    for (bytes, words) in [
        (&b"hello"[..], "no ZIP archive"),
        (&whole[..whole.len() / 2], "no ZIP archive, or cut off"),
        (&whole[..whole.len() - 10], "no ZIP archive, or cut off"),
    ] {
        fs::write(&path, bytes).expect("a file");
        is_refused_at(&path, words);
    }
    is_refused(&[("a.txt", b"text")], "holds no collection");
    is_refused(&[("collection.anki2", b"")], "is empty");
    is_refused(&[("collection.anki2", b"no database at all")], "is no database");
}

#[test]
fn the_metadata_decides_and_not_the_first_file() {
    let (old, new) = (database(""), database("update notes set flds = 'dummy' || char(31) || 'x'"));
    // The newest is stated, and missing: the dummy beside it is not read.
    is_refused(&[("meta", &meta(3)), ("collection.anki2", &new)], "`collection.anki21b` is missing");
    is_refused(&[("meta", &meta(9)), ("collection.anki2", &old)], "newer Anki");
    is_refused(&[("meta", &[0xff; 20]), ("collection.anki2", &old)], "`meta` in it is damaged");
    let folder = tempfile::tempdir().expect("a folder");
    let study = Study::new();
    study.at(NOW);
    let path = package(folder.path(), &[("collection.anki2", &new), ("collection.anki21", &old), ("media", b"{}")]);
    bring(&study, &path, false).expect("a package");
    assert_eq!(study.card("front")["state"], "new");
}

#[test]
fn damaged_and_swollen_databases_are_refused() {
    let whole = packed(&database(""));
    is_refused(&[("meta", &meta(3)), ("collection.anki21b", &whole[..whole.len() / 2])], "cannot be unpacked");
    is_refused(&[("meta", &meta(3)), ("collection.anki21b", b"\x28\xb5\x2f\xfdrubbish")], "cannot be unpacked");
    let mut torn = database("");
    let length = torn.len();
    torn[4_096..length].fill(0xaa);
    is_refused(&[("collection.anki2", &torn)], "damaged");
    let mut bomb = b"SQLite format 3\0".to_vec();
    bomb.resize(300 << 20, 0);
    is_refused(&[("meta", &meta(3)), ("collection.anki21b", &packed(&bomb))], "which no collection does");
    is_refused(&[("collection.anki2", &bomb)], "which no collection does");
}

#[test]
fn nothing_in_a_database_is_run() {
    is_refused(
        &[("collection.anki2", &database("alter table notes rename to n; create view notes as select * from n"))],
        "`notes` is no plain table",
    );
    is_refused(
        &[("collection.anki2", &database("drop table revlog; create virtual table revlog using fts5(id, cid)"))],
        "`revlog` is no plain table",
    );
    is_refused(
        &[("collection.anki2", &database("alter table cards add column x integer as (ord + 1) virtual"))],
        "`cards` is no plain table",
    );
    is_refused(&[("collection.anki2", &database("drop table cards"))], "`cards` is missing");
    // Triggers run nothing where nothing is written.
    let folder = tempfile::tempdir().expect("a folder");
    let study = Study::new();
    study.at(NOW);
    let trigger = "create trigger t after insert on notes begin delete from cards; end";
    let path = package(folder.path(), &[("collection.anki2", &database(trigger))]);
    assert_eq!(bring(&study, &path, false).expect("a package").notes, 1);
}

#[test]
fn older_newer_and_senseless_collections_are_refused() {
    is_refused(&[("collection.anki2", &database("update col set ver = 19"))], "newer Anki");
    is_refused(&[("collection.anki2", &database("update col set ver = 3"))], "older than any");
    is_refused(&[("collection.anki2", &database("update col set models = 'x'"))], "note types are damaged");
    is_refused(&[("collection.anki2", &database("delete from col"))], "damaged");
    is_refused(&[("collection.anki2", &database("")), ("media", b"[1")], "list of media is damaged");
}

#[test]
fn names_of_media_lead_nowhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let study = Study::new();
    study.at(NOW);
    let fields = "update notes set flds = '<img src=\"../../evil.png\"><img src=\"/tmp/evil.png\"><img src=\"good.png\">' || char(31) || 'x'";
    let path = package(
        folder.path(),
        &[
            ("collection.anki2", &database(fields)),
            ("media", br#"{"0": "../../evil.png", "1": "/tmp/evil.png", "2": "good.png", "../3": "good.png"}"#),
            ("0", b"evil"),
            ("1", b"evil"),
            ("2", b"good"),
        ],
    );
    let report = bring(&study, &path, false).expect("a package");
    assert_eq!((report.media, report.missing_media.len()), (1, 2));
    let media = study.db().with_file_name("media");
    let kept: Vec<Vec<u8>> =
        fs::read_dir(media).expect("a folder").map(|it| fs::read(it.expect("a file").path()).expect("bytes")).collect();
    assert_eq!(kept, [b"good"]);
    assert!(report.left_out.iter().any(|notice| notice.count == 3 && notice.what.contains("names of files")));
}

#[test]
fn odd_notes_and_cards_are_kept_or_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let study = Study::new();
    study.at(NOW);
    let odd = "
        insert into notes select 2, 'two', 99, 0, 0, '', 'no type', 0, 0, 0, '';
        insert into cards select 2, 2, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, '';
        insert into notes select 3, 'three', 7, 0, 0, '', 'no card', 0, 0, 0, '';
        insert into notes select 4, 'four', 7, 0, 0, '', '' || char(31) || '', 0, 0, 0, '';
        insert into cards select 4, 4, 77, 9, 0, 0, 2, 2, -99999999999, 0, 0, 0, 0, 0, 0, 0, 255, '{\"s\":1,\"d\":1}';
        insert into notes select 5, 'five', 7, 0, 0, '', 'a' || char(0) || char(27) || '[31mb' || char(31) || 'c', 0, 0, 0, '';
        insert into cards select 5, 5, 1, 0, 0, 0, 2, -1, 10, 5, 0, 0, 0, 0, 0, 0, 0, 'no json';
        insert into revlog values (1735804000000, 5, 0, 3, 99999999999, 0, 2500, -5, 0);
        insert into revlog values (-5, 5, 0, 3, 1, 0, 2500, 1000, 1);
        insert into revlog values (1735804000001, 12345, 0, 3, 1, 0, 2500, 1000, 1);
    ";
    let path = package(folder.path(), &[("collection.anki2", &database(odd))]);
    let report = bring(&study, &path, false).expect("a package");
    assert_eq!(report.notes, 5);
    let told: Vec<&str> = report.left_out.iter().map(|notice| notice.what.as_str()).collect();
    for part in ["of a type that", "without a card", "not in the package"] {
        assert!(told.iter().any(|what| what.contains(part)), "{part}: {told:?}");
    }
    study.is_sound();
}

#[test]
fn a_damaged_package_makes_no_database() {
    let program = Program::new();
    program.file("bad.apkg", b"PK\x03\x04 and nothing that follows");
    for command in [&["anki", "import", "bad.apkg"][..], &["import", "bad.apkg"]] {
        assert_eq!(program.run(command).code, 1);
        assert!(!program.db().exists());
    }
}
