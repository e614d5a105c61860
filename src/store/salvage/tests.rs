use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::page::{self, PageKind};
use super::pages::PageFile;
use super::record::{values_in, varint};
use super::*;

/// A value in words, so that values can be in order.
fn words(value: &Value) -> String {
    match value {
        Value::Real(number) => format!("real {:x}", number.to_bits()),
        other => format!("{other:?}"),
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        prop_oneof![any::<i64>(), -3_i64..3, -40_000_i64..40_000, (0_u32..63).prop_map(|bits| 1 << bits)]
            .prop_map(Value::Integer),
        any::<f64>().prop_filter("SQLite has no NaN", |number| !number.is_nan()).prop_map(Value::Real),
        "\\PC{0,40}".prop_map(Value::Text),
        proptest::collection::vec(any::<u8>(), 0..60).prop_map(Value::Blob),
        (any::<u8>(), 0_usize..20_000).prop_map(|(byte, length)| Value::Blob(vec![byte; length])),
    ]
}

/// All rows that are in the pages of a file, without the schema.
fn rows(path: &Path, kind: PageKind) -> BTreeSet<Vec<String>> {
    let file = PageFile::open(path).expect("a file");
    let mut found = BTreeSet::new();
    for place in 0..file.count() {
        let (page, is_first) = file.at(place).expect("a page");
        if is_first {
            continue;
        }
        for cell in page::cells(&page, is_first).unwrap_or_default().into_iter().filter(|cell| cell.kind == kind) {
            let record = file.record(&page, &cell).expect("a whole record");
            let values = values_in(&record).expect("a record");
            let number = (kind == PageKind::Rows).then(|| cell.rowid.to_string());
            found.insert(number.into_iter().chain(values.iter().map(words)).collect());
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn rows_that_sqlite_wrote_are_found(
        cells in proptest::collection::vec((any_value(), any_value(), any_value()), 1..40),
        size in proptest::sample::select(&[512_u32, 1_024, 4_096, 65_536][..]),
        keyed in any::<bool>(),
        in_wal in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.db");
        let connection = Connection::open(&path).expect("a database");
        connection.pragma_update(None, "page_size", size).expect("a size");
        connection.pragma_update(None, "synchronous", "off").expect("no power is cut here");
        if in_wal {
            connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())).expect("a log");
            connection.pragma_update_and_check(None, "wal_autocheckpoint", 0, |_| Ok(())).expect("a log that stays");
        }
        let ending = if keyed { "without rowid" } else { "" };
        connection.execute_batch(&format!("create table t (k integer primary key, a, b, c) {ending}")).expect("a table");
        let mut expected = BTreeSet::new();
        for (number, (a, b, c)) in (1_i64..).zip(cells) {
            let key = number * 1_000_003 % 90_001;
            connection
                .execute("insert into t values (?, ?, ?, ?)", params_from_iter([&Value::Integer(key), &a, &b, &c]))
                .expect("a row");
            let first = if keyed { vec![words(&Value::Integer(key))] } else { vec![key.to_string(), words(&Value::Null)] };
            expected.insert(first.into_iter().chain([&a, &b, &c].map(words)).collect::<Vec<_>>());
        }
        let kind = if keyed { PageKind::Entries } else { PageKind::Rows };
        prop_assert_eq!(&rows(&path, kind), &expected);
        if in_wal {
            // The write-ahead log alone has them, too, also if its header or one of its frames is damaged.
            let wal = companion_of(&path);
            prop_assert_eq!(&rows(&wal, kind), &expected);
            let mut bytes = fs::read(&wal).expect("a log");
            bytes[..32].fill(0x5a);
            let alone = folder.path().join("b.db-wal");
            fs::write(&alone, bytes).expect("a file");
            prop_assert_eq!(&rows(&alone, kind), &expected);
        }
    }

    #[test]
    fn noise_is_no_panic(
        bytes in proptest::collection::vec(any::<u8>(), 0..3_000),
        kind in proptest::sample::select(&[0x0d_u8, 0x0a, 0x02][..]),
        name in proptest::sample::select(&["a.db", "a.db-wal"][..]),
    ) {
        let mut bytes = bytes;
        if let Some(first) = bytes.first_mut() {
            *first = kind;
        }
        for cell in page::cells(&bytes, false).unwrap_or_default() {
            prop_assert!(cell.end <= bytes.len());
        }
        let _ = (values_in(&bytes), varint(&bytes));
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(name);
        fs::write(&path, &bytes).expect("a file");
        if let Ok(found) = Salvage::open(&path) {
            prop_assert!(found.each(|_| Ok(())).is_err());
        }
    }
}

fn companion_of(path: &Path) -> PathBuf {
    crate::store::database_file::companion(path, "-wal")
}

#[test]
fn numbers_of_every_length_are_read() {
    assert_eq!(varint(&[0x7f]), Some((0x7f, 1)));
    assert_eq!(varint(&[0x81, 0x00]), Some((0x80, 2)));
    assert_eq!(varint(&[0xff; 9]), Some((u64::MAX, 9)));
    assert_eq!(varint(&[0xff; 8]), None);
    assert_eq!(varint(&[]), None);
    // A header of 8 bytes: null, -2 in one byte, 0, 1, a real, a text, a blob.
    let record = [8, 0, 1, 8, 9, 7, 15, 14, 0xfe, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0, b'a', 0xff];
    let values = values_in(&record).expect("a record");
    let expected = [
        Value::Null,
        Value::Integer(-2),
        Value::Integer(0),
        Value::Integer(1),
        Value::Real(1.5),
        Value::Text("a".into()),
        Value::Blob(vec![0xff]),
    ];
    assert_eq!(values, expected);
    assert_eq!(values_in(&record[..record.len() - 1]), None, "it ends too early");
    assert_eq!(values_in(&[2, 10]), None, "no value has this type");
}

#[test]
fn a_damaged_frame_does_not_hide_those_after_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.db");
    let connection = Connection::open(&path).expect("a database");
    connection
        .execute_batch(
            "pragma journal_mode = wal; create table t (a integer primary key, b);
             insert into t values (1, 'one'); insert into t values (2, 'two'); insert into t values (3, 'three');
             begin; insert into t values (4, 'four');",
        )
        .expect("rows");
    let mut bytes = fs::read(companion_of(&path)).expect("a log");
    let (size, frames) = super::wal::frames(&bytes);
    assert_eq!((size, frames.len()), (4_096, 5));
    // The last but one is damaged, and the one after it still holds the rows before.
    bytes[frames[3].place.start + 4_000] ^= 1;
    let alone = folder.path().join("b-wal");
    fs::write(&alone, bytes).expect("a file");
    assert_eq!(super::wal::frames(&fs::read(&alone).expect("a log")).1.len(), 4);
    assert_eq!(rows(&alone, PageKind::Rows).len(), 3);
}

#[test]
#[cfg(target_os = "linux")]
fn what_was_never_written_is_passed_over() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("sparse.db");
    let database = Connection::open(&path).expect("a database");
    database.execute_batch("create table a (b); insert into a values (zeroblob(9000))").expect("a table");
    drop(database);
    let written = fs::metadata(&path).expect("a file").len();
    fs::OpenOptions::new().write(true).open(&path).and_then(|file| file.set_len(1 << 36)).expect("64 GB of nothing");
    let file = PageFile::open(&path).expect("a file");
    let (mut looked_at, mut place) = (0, file.written_from(0));
    while place < file.count() {
        looked_at += 1;
        place = file.written_from(place + 1);
    }
    // A file system gives room in pieces of its own size.
    assert!((written / 4_096..1_000).contains(&looked_at), "{looked_at} pages of {}", file.count());
    assert_eq!(file.written_from(file.count() - 1), file.count());
}
