//! What the machine takes at least, measured in the same run: the limits that nobody gets below.

use std::fs::File;
use std::io::Write;
use std::process::Command;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use crate::ground::Ground;
use crate::record::several;

/// The bare limits of a run.
#[derive(Clone, Copy, Debug)]
pub struct Bare {
    /// One `fdatasync` of 4 KiB at the end of a file.
    pub sync: Duration,
    /// Starting the program, to say its version.
    pub start: Duration,
    /// Rows of as many questions with their cards, written and synced.
    pub questions: Duration,
    /// Rows of as many answers, with an index over their cards.
    pub log: Duration,
    /// As many `next_states` of the `fsrs` crate.
    pub states: Duration,
}

impl Bare {
    /// Measures them for the size of a ground.
    pub fn measure(ground: &Ground) -> Self {
        Self {
            sync: sync(ground),
            start: several(15, || {
                let start = Instant::now();
                Command::new(env!("CARGO_BIN_EXE_retain")).arg("--version").output().unwrap();
                start.elapsed()
            }),
            questions: questions(ground),
            log: log(ground),
            states: states(ground.answers),
        }
    }
}

fn sync(ground: &Ground) -> Duration {
    let mut file = File::create(ground.path("sync")).unwrap();
    several(200, || {
        let start = Instant::now();
        file.write_all(&[7; 4096]).unwrap();
        file.sync_data().unwrap();
        start.elapsed()
    })
}

fn database(ground: &Ground, name: &str, schema: &str) -> Connection {
    ground.remove(name);
    let connection = Connection::open(ground.path(name)).unwrap();
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())).unwrap();
    connection.execute_batch(schema).unwrap();
    connection
}

/// A question with its card, place and memory: four rows and three entries of indexes.
fn questions(ground: &Ground) -> Duration {
    let mut connection = database(
        ground,
        "rows.db",
        "create table a (id integer primary key, u blob, deck integer, text text);
         create index a_deck on a (deck);
         create table b (q integer, s integer, x integer, y integer, z integer, primary key (q, s)) without rowid;
         create table c (id integer primary key, u blob, q integer, o integer, unique (q, o));
         create table d (id integer primary key, deck integer, topic integer, state integer);
         create index d_queue on d (deck, state, topic);",
    );
    let start = Instant::now();
    let transaction = connection.transaction().unwrap();
    {
        let mut a = transaction.prepare("insert into a (u, deck, text) values (?, 1, ?)").unwrap();
        let mut b = transaction.prepare("insert into b values (?, 1, ?1, ?1, ?1)").unwrap();
        let mut c = transaction.prepare("insert into c (u, q, o) values (?, ?, 0)").unwrap();
        let mut d = transaction.prepare("insert into d (deck, topic, state) values (1, ?, 0)").unwrap();
        let text = "x".repeat(330);
        for number in 0..ground.cards as i64 {
            let id = [0_u8; 16];
            a.execute((id, &text)).unwrap();
            b.execute([number]).unwrap();
            c.execute((id, number)).unwrap();
            d.execute([number % 50]).unwrap();
        }
    }
    transaction.commit().unwrap();
    start.elapsed()
}

/// Sorted rows at the end of the log, and an index over them that is made last.
fn log(ground: &Ground) -> Duration {
    let mut connection = database(
        ground,
        "log.db",
        "create table log (id blob primary key, card integer, at integer, day integer, rating integer, kind integer,
         took integer, due integer) without rowid",
    );
    let start = Instant::now();
    let transaction = connection.transaction().unwrap();
    {
        let mut log = transaction.prepare("insert into log values (?, ?, ?, 20000, 3, 2, 5000, 20010)").unwrap();
        for number in 0..ground.answers as u64 {
            let mut id = [7; 16];
            id[..8].copy_from_slice(&number.to_be_bytes());
            // In no order of the cards.
            let card = number.wrapping_mul(0x9e37_79b9) % ground.cards.max(1) as u64;
            log.execute((id, card as i64, number as i64)).unwrap();
        }
    }
    transaction.execute_batch("create index log_card on log (card)").unwrap();
    transaction.commit().unwrap();
    start.elapsed()
}

fn states(answers: usize) -> Duration {
    let model = fsrs::FSRS::default();
    let start = Instant::now();
    let mut state = None;
    for answer in 0..answers {
        let next = model.next_states(if answer % 10 == 0 { None } else { state }, 0.9, 7).unwrap();
        state = Some(next.good.memory);
    }
    std::hint::black_box(state);
    start.elapsed()
}
