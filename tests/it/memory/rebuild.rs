//! A rebuild puts right what is cached wrongly.

use retain::study::unwatched;
use rusqlite::Connection;

use crate::fixture::study::Study;
use crate::undo::sequences::{Step, begun, perform};

/// What is cached, cell by cell.
fn cached(study: &Study) -> Vec<String> {
    let connection = Connection::open(study.db()).expect("the database");
    let mut rows = Vec::new();
    for sql in ["select * from memory order by card", "select * from load order by day"] {
        let mut statement = connection.prepare(sql).expect("a table");
        let columns = statement.column_count();
        let mut found = statement.query([]).expect("rows");
        while let Some(row) = found.next().expect("a row") {
            rows.push(format!("{:?}", (0..columns).map(|at| row.get_ref(at).expect("a cell")).collect::<Vec<_>>()));
        }
    }
    rows
}

#[test]
fn every_wrong_cell_is_put_right() {
    let study = begun();
    let mut trainer = study.trainer();
    for (card, right) in [(1, true), (3, false), (2, true)] {
        perform(&mut trainer, &Step::Answer(card, right));
    }
    drop(trainer);
    let right = cached(&study);
    for wrong in [
        "update memory set stability = stability * 1.0000001 where card = 1",
        "update memory set difficulty = difficulty + 0.001 where card = 2",
        "update memory set state = 2, due_day = 20000 where card = 4",
        "update memory set due_ms = due_ms + 1",
        "update memory set lapses = -1 where card = 3",
        "update memory set step = 9 where card = 3",
        "update memory set repetitions = repetitions + 1 where card = 1",
        "update memory set last_ms = last_ms + 1, last_day = last_day + 1 where card = 1",
        "update memory set suspended = 1 where card = 2",
        "update memory set buried_until = 30000 where card = 2",
        "update memory set through = zeroblob(16) where card = 1",
        "update memory set parameters = 7 where card = 4",
        "update memory set question = 2 where card = 1",
        "update memory set topic = 99 where card = 1",
        "update memory set deck = 99 where card = 1",
        "delete from memory where card = 2",
        "delete from memory",
        "update memory set card = 1000 where card = 3",
        "insert into load (day, cards) values (5, 7)",
    ] {
        Connection::open(study.db()).expect("the database").execute_batch(wrong).expect("a change");
        assert_ne!(cached(&study), right, "{wrong}");
        study.trainer().rebuild(&mut unwatched).expect("a rebuild");
        assert_eq!(cached(&study), right, "{wrong}");
    }
}
