//! The fast floor: import, start to the first question, one durable answer, replay of the log, at a size of your choice.
//!
//! `cargo bench --bench floor` (100,000 cards and 1,000,000 answers), or with `-- CARDS ANSWERS`. Medians of several runs; the
//! bare limits are measured in the same run.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops where something is off")]

mod generator;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const NOW: &str = "2026-11-23T08:00:00+00:00";

fn retain(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_retain"));
    command.env_clear().current_dir(folder).env("RETAIN_DB", "bench.db").args(args).arg("-q");
    command.env("RETAIN_NOW", NOW).env("RETAIN_SEED", "1").stdin(Stdio::null()).stdout(Stdio::null());
    command
}

fn run(folder: &Path, args: &[&str]) -> Duration {
    let start = Instant::now();
    let status = retain(folder, args).status().unwrap();
    assert!(status.success(), "{args:?}");
    start.elapsed()
}

/// The most memory that a command held, in MB, as Linux tells it; none elsewhere. It is looked at often, but not at the very end.
fn peak_megabytes(folder: &Path, args: &[&str]) -> Option<f64> {
    let mut child = retain(folder, args).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        let kilobytes: Option<f64> = line.split_whitespace().next().and_then(|number| number.parse().ok());
        peak = kilobytes.map(|kilobytes| kilobytes * 1_024.0 / 1e6).or(peak);
        std::thread::sleep(Duration::from_millis(2));
    }
    peak
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn several(times: usize, mut measure: impl FnMut() -> Duration) -> Duration {
    median((0..times).map(|_| measure()).collect())
}

fn row(what: &str, took: Duration, hold_ms: f64) {
    let ms = took.as_secs_f64() * 1_000.0;
    println!("{what:<44} {ms:>10.2} ms   {:>6.2} of what is to be held ({hold_ms} ms)", ms / hold_ms);
}

fn first_question(folder: &Path) -> Duration {
    let start = Instant::now();
    let mut child = retain(folder, &["review", "--json"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let took = start.elapsed();
    assert!(line.contains("\"question\""), "{line}");
    drop(child.stdin.take());
    child.wait().unwrap();
    took
}

/// From sending the rating to the next question: the time of a durable answer.
fn answers(folder: &Path, count: usize) -> Vec<Duration> {
    let mut child = retain(folder, &["review", "--json"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = |wanted: &str| loop {
        let line = lines.next().unwrap().unwrap();
        if line.contains(wanted) {
            break;
        }
    };
    next("\"question\"");
    let mut times = Vec::new();
    for _ in 0..count {
        writeln!(input, r#"{{"type":"answer","pick":["A"],"ms":10}}"#).unwrap();
        next("\"feedback\"");
        let start = Instant::now();
        writeln!(input, r#"{{"type":"rate"}}"#).unwrap();
        next("\"question\"");
        times.push(start.elapsed());
    }
    drop(input);
    child.wait().unwrap();
    times
}

fn bare_fdatasync(folder: &Path) -> Duration {
    let mut file = File::create(folder.join("sync")).unwrap();
    several(200, || {
        let start = Instant::now();
        file.write_all(&[7; 4096]).unwrap();
        file.sync_data().unwrap();
        start.elapsed()
    })
}

/// What the database alone takes for a question with its card, place and memory: four rows and three entries of indexes.
fn bare_rows(folder: &Path, questions: usize) -> Duration {
    let file = folder.join("rows.db");
    let mut connection = rusqlite::Connection::open(&file).unwrap();
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())).unwrap();
    connection
        .execute_batch(
            "create table a (id integer primary key, u blob, deck integer, text text);
             create index a_deck on a (deck);
             create table b (q integer, s integer, x integer, y integer, z integer, primary key (q, s)) without rowid;
             create table c (id integer primary key, u blob, q integer, o integer, unique (q, o));
             create table d (id integer primary key, deck integer, topic integer, state integer);
             create index d_queue on d (deck, state, topic);",
        )
        .unwrap();
    let start = Instant::now();
    let transaction = connection.transaction().unwrap();
    {
        let mut a = transaction.prepare("insert into a (u, deck, text) values (?, 1, ?)").unwrap();
        let mut b = transaction.prepare("insert into b values (?, 1, ?1, ?1, ?1)").unwrap();
        let mut c = transaction.prepare("insert into c (u, q, o) values (?, ?, 0)").unwrap();
        let mut d = transaction.prepare("insert into d (deck, topic, state) values (1, ?, 0)").unwrap();
        let text = "x".repeat(330);
        for number in 0..questions as i64 {
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

/// What the database alone takes for so many answers: sorted rows at the end of the log, and an index over them that is made last.
fn bare_log(folder: &Path, answers: usize, cards: usize) -> Duration {
    let mut connection = rusqlite::Connection::open(folder.join("log.db")).unwrap();
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(())).unwrap();
    connection
        .execute_batch(
            "create table log (id blob primary key, card integer, at integer, day integer, rating integer, kind integer,
             took integer, due integer) without rowid",
        )
        .unwrap();
    let start = Instant::now();
    let transaction = connection.transaction().unwrap();
    {
        let mut log = transaction.prepare("insert into log values (?, ?, ?, 20000, 3, 2, 5000, 20010)").unwrap();
        for number in 0..answers as u64 {
            let mut id = [7; 16];
            id[..8].copy_from_slice(&number.to_be_bytes());
            // In no order of the cards.
            let card = number.wrapping_mul(0x9e37_79b9) % cards.max(1) as u64;
            log.execute((id, card as i64, number as i64)).unwrap();
        }
    }
    transaction.execute_batch("create index log_card on log (card)").unwrap();
    transaction.commit().unwrap();
    start.elapsed()
}

fn bare_next_states(answers: usize) -> Duration {
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

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let (cards, count) = (sizes.first().copied().unwrap_or(100_000), sizes.get(1).copied().unwrap_or(1_000_000));
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let folder = folder.path();
    fs::write(folder.join("bank.txt"), generator::bank(cards)).unwrap();
    fs::write(folder.join("history.csv"), generator::history(cards, count, 320, 7)).unwrap();
    println!("{cards} cards, {count} answers\n");
    fs::write(folder.join("table.csv"), generator::table(cards)).unwrap();
    let table = || {
        for name in ["table.db", "table.db-wal", "table.db-shm"] {
            let _ = fs::remove_file(folder.join(name));
        }
        run(folder, &["import", "table.csv", "--db", "table.db"])
    };
    row("import of a table", several(5, table), 800.0);
    row("import of the table again", several(5, || run(folder, &["import", "table.csv", "--db", "table.db"])), 500.0);
    let bare_questions = bare_rows(folder, cards);
    println!("{:<44} {:>10.2} ms", "  as many rows, written and synced bare", bare_questions.as_secs_f64() * 1_000.0);
    row("import of the bank", run(folder, &["import", "bank.txt"]), 800.0);
    row("import of the bank again", run(folder, &["import", "bank.txt"]), 500.0);
    println!(
        "{:<44} {:>10.2} ms",
        "import of the history",
        run(folder, &["import", "history.csv"]).as_secs_f64() * 1_000.0
    );
    let size = |name: &str| fs::metadata(folder.join(name)).map_or(0, |file| file.len());
    println!("{:<44} {:>10.1} MB   of 80", "database", (size("bench.db") + size("bench.db-wal")) as f64 / 1e6);
    row("start to the first question", several(9, || first_question(folder)), 15.0);
    let mut times = answers(folder, 150);
    times.sort();
    row("answer, durable, and the next question", times[times.len() / 2], 1.0);
    row("  the slowest in a hundred", times[times.len() * 99 / 100], 4.0);
    println!("{:<44} {:>10.2} ms", "  one bare fdatasync of 4 KiB", bare_fdatasync(folder).as_secs_f64() * 1_000.0);
    row("check: replay, compared with the cache", several(3, || run(folder, &["check"])), 800.0);
    row("rebuild: replay, and the cache written anew", several(3, || run(folder, &["rebuild"])), 800.0);
    row("export of a package of Anki", several(3, || run(folder, &["anki", "export", "all.apkg"])), 4_000.0);
    let package = || {
        for name in ["package.db", "package.db-wal", "package.db-shm"] {
            let _ = fs::remove_file(folder.join(name));
        }
        run(folder, &["anki", "import", "all.apkg", "--db", "package.db"])
    };
    row("import of that package", several(3, package), 4_000.0);
    let bare = bare_questions + bare_log(folder, count, cards);
    println!("{:<44} {:>10.2} ms", "  its rows, written and synced bare", bare.as_secs_f64() * 1_000.0);
    println!("{:<44} {:>10.2} ms", "  as many bare `next_states`", bare_next_states(count).as_secs_f64() * 1_000.0);
    row("stats", several(5, || run(folder, &["stats"])), 500.0);
    row("stats --html", several(3, || run(folder, &["stats", "--html", "report.html"])), 500.0);
    row("export reviews", several(3, || run(folder, &["export", "reviews"])), 4_000.0);
    let _ = fs::remove_file(folder.join("package.db"));
    let (into, out) = (["anki", "import", "all.apkg", "--db", "package.db"], ["anki", "export", "all.apkg"]);
    let held = [(["export", "reviews"].as_slice(), "of 60"), (&["stats"], ""), (&into, "of 300"), (&out, "of 300")];
    for (args, hold) in held {
        match peak_megabytes(folder, args) {
            Some(peak) => println!("{:<44} {peak:>10.1} MB   {hold}", format!("  memory of {}", args.join(" "))),
            None => println!("  memory of {}: no `/proc` tells", args.join(" ")),
        }
    }
    row("home", several(5, || run(folder, &[])), 15.0);
}
