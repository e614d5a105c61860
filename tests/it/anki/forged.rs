//! Packages that are made here, of members and statements.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use zip::write::SimpleFileOptions;

/// The tables of schema 11, with a deck, a note type and a note with a card.
const OLD: &str = r#"
create table col (id integer primary key, crt integer, mod integer, scm integer, ver integer, dty integer, usn integer, ls integer,
    conf text, models text, decks text, dconf text, tags text);
create table notes (id integer primary key, guid text, mid integer, mod integer, usn integer, tags text, flds text, sfld integer,
    csum integer, flags integer, data text);
create table cards (id integer primary key, nid integer, did integer, ord integer, mod integer, usn integer, type integer, queue integer,
    due integer, ivl integer, factor integer, reps integer, lapses integer, left integer, odue integer, odid integer, flags integer, data text);
create table revlog (id integer primary key, cid integer, usn integer, ease integer, ivl integer, lastIvl integer, factor integer,
    time integer, type integer);
insert into col values (1, 1735704000, 1735704000000, 0, 11, 0, 0, 0, '{"rollover": 4}',
    '{"7": {"name": "Basic", "type": 0, "flds": [{"name": "Front", "ord": 0}, {"name": "Back", "ord": 1}],
      "tmpls": [{"name": "Card 1", "ord": 0, "qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr id=answer>{{Back}}"}]}}',
    '{"1": {"name": "Default", "conf": 1, "dyn": 0}}', '{"1": {"name": "Default", "leechAction": 1}}', '{}');
insert into notes values (1, 'guid-one', 7, 0, 0, ' a b ', 'front' || char(31) || 'back', 0, 0, 0, '');
insert into cards values (1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, '');
"#;

/// A database of schema 11, after these statements.
pub(super) fn database(statements: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("collection");
    let connection = Connection::open(&path).expect("a database");
    connection.execute_batch(OLD).expect("tables");
    connection.execute_batch(statements).expect("statements");
    drop(connection);
    fs::read(path).expect("a database")
}

/// A package of these members in a folder.
pub(super) fn package(folder: &Path, members: &[(&str, &[u8])]) -> PathBuf {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a member");
        zip.write_all(bytes).expect("bytes");
    }
    let path = folder.join("forged.apkg");
    fs::write(&path, zip.finish().expect("an archive").into_inner()).expect("a file");
    path
}

/// What Zstandard makes of these bytes.
pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).expect("packed bytes")
}
