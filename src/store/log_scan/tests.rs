use std::path::Path;

use super::*;
use crate::model::{CardId, Due, Move, MoveKind, StudyDay};
use crate::store::{CountedLog, LogColumns, Store};

/// So many answers to one card, at moments that are far apart and close together; every ninth was taken back.
fn store(file: &Path, answers: i64) -> Store {
    let store = Store::open(file, 0, None).expect("a store");
    store
        .connection
        .execute_batch(
            "insert into deck (id, name) values (1, 'A');
             insert into question (id, uid, deck, kind, stem, key_origin, choices) values (1, zeroblob(16), 1, 0, 'q', 0, '[]');
             insert into card (id, uid, question, ordinal) values (1, zeroblob(16), 1, 0);
             insert into device (id, name) values (1, 'here');",
        )
        .expect("a card");
    for number in 0..answers {
        let at_ms = number * number * 1_000 + number % 7;
        let id = crate::store::log_id::floor(at_ms).0.as_u128() + number.unsigned_abs() as u128;
        let (id, right) = (Uuid::from_u128(id), number % 3 != 0);
        store
            .connection
            .execute(
                "insert into review (id, card, at_ms, day, offset_minutes, rating, kind, confidence, right, picked, shown,
                 order_seed, guess_ways, took_ms, device, due_day, due_ms, sure)
                 values (?1, 1, ?2, ?3, -90, iif(?4, 3, 1), ?3 % 6, ?3 % 2, ?4, ?5, x'000102', 0, 5, ?3, 1,
                 iif(?4, ?3 + ?3 % 43, null), iif(?4, null, 9), nullif(?3 % 4, 2) % 2)",
                (id.as_bytes(), at_ms, number, right, vec![7_u8; number as usize % 12]),
            )
            .expect("an answer");
        if number % 9 == 0 {
            store
                .connection
                .execute(
                    "insert into undo (id, review, at_ms, day, offset_minutes, device) values (randomblob(16), ?, 0, 0, 0, 1)",
                    [id.as_bytes()],
                )
                .expect("an undo");
        }
    }
    store
}

fn span(reader: &Reader<'_>) -> LogSpan {
    let end = |sql| reader.connection.query_row(sql, [], |row| row.get::<_, LogId>(0)).expect("an end");
    end("select min(id) from review")..=end("select max(id) from review")
}

#[test]
fn peers_read_what_one_reader_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(&folder.path().join("a.db"), 700);
    let reader = store.reader();
    let devices = reader.devices().expect("devices");
    let mut alone = Vec::new();
    let mut keep = |review| {
        alone.push(review);
        Ok(())
    };
    reader.scan(Detail::Whole, |review, _| keep(review)).expect("a scan");
    assert_eq!(alone.len(), 700);
    let (peers, snapshot) = peers::connect(reader.connection, 2).expect("no failure").expect("peers");
    let mut together = Vec::new();
    let keep = |review| {
        together.push(review);
        Ok(())
    };
    peers::scan(peers, &span(&reader), Detail::Whole, &devices, keep).expect("a scan");
    assert_eq!(together, alone);
    // Within a transaction there is no help: others would not see what it wrote.
    assert!(peers::connect(reader.connection, 2).expect("no failure").is_none());
    drop(snapshot);
    let (peers, _snapshot) = peers::connect(reader.connection, 2).expect("no failure").expect("peers");
    let stop = |_| Err(crate::error::Error::person("enough"));
    assert!(peers::scan(peers, &span(&reader), Detail::Fold, &devices, stop).is_err(), "whoever takes them may stop");
}

#[test]
fn what_is_counted_is_what_was_logged() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = store(&folder.path().join("a.db"), 700);
    let reader = store.reader();
    let (log, seen) = reader.counted_log(LogColumns::Figures, || Ok(7)).expect("a log");
    assert_eq!(seen, 7);
    let (peers, _snapshot) = peers::connect(reader.connection, 2).expect("no failure").expect("peers");
    let undone = reader.undone_in_order().expect("undos");
    let decode =
        |peer: &Connection, piece: &LogSpan| crate::store::counted::decode(peer, LogColumns::Memory, piece, &undone);
    let (pieces, ()) = peers::collect(peers, &span(&reader), decode, || Ok(())).expect("pieces");
    assert!(pieces.len() > 100);
    let mut logged = Vec::new();
    reader
        .scan(Detail::Count, |review, undone| {
            if !undone {
                logged.push(review);
            }
            Ok(())
        })
        .expect("a scan");
    assert_eq!(logged.len(), 700 - 78);
    // A change before the first answer, one just after each tenth, and one after the last.
    let change = |id| Move {
        id,
        card: CardId(1),
        at: logged[0].at,
        day: StudyDay(0),
        kind: MoveKind::Forget,
        why: String::new(),
    };
    let after = |review: &Review| change(LogId(Uuid::from_u128(review.id.0.as_u128() + 1)));
    let moves: Vec<Move> = [change(LogId(Uuid::nil()))]
        .into_iter()
        .chain(logged.iter().step_by(10).map(after))
        .chain([change(LogId(Uuid::max()))])
        .collect();
    let whole = CountedLog::new(LogColumns::Memory, pieces, moves);
    assert_eq!(whole.answers, log.answers);
    for (before, change) in &whole.moves {
        assert_eq!(*before as usize, logged.iter().filter(|review| review.id < change.id).count());
    }
    for (place, logged) in logged.iter().enumerate() {
        let (mut counted, mut with_due) = (Review::EMPTY, Review::EMPTY);
        log.unpack(place, &mut counted).expect("an answer");
        whole.unpack(place, &mut with_due).expect("an answer");
        assert_eq!(with_due, *logged);
        let kind = |review: &Review| match review.due {
            Due::Day(day) => Some(day.0 - review.day.0 >= 21),
            Due::At(_) => None,
        };
        assert_eq!(kind(&counted), kind(logged));
        assert_eq!(Review { due: logged.due, id: logged.id, ..counted }, *logged);
    }
}
