//! The crash harness: every operation that writes is killed, or given an error, at the calls by which it changes files; and a power cut
//! loses or tears what was not synced. What was acknowledged is looked for afterwards.
//!
//! `shim.c` is put before the C library of the program. `RETAIN_FAULTS=all` tries every call; without it a few of each operation are tried.
//! `RETAIN_FAULTS='an undo'` tries every call of the operation of that name, and of no other one. Each operation says in a line what was
//! tried. The runs of an operation are shared by all cores.
#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout, reason = "how much was tried is read by people")]

mod power_cut;
mod shim;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use retain::clock::Clock;
use retain::model::Moment;
use retain::study::Trainer;

use self::shim::{Fault, FaultKind, ShimRun, shimmed};
use crate::fixture::program::Program;

/// How many calls of an operation fail, one in each run, if not all of them.
const FEW: usize = 6;

/// A command that writes, with what is typed.
struct WritingOperation {
    name: &'static str,
    args: &'static [&'static str],
    input: &'static str,
    /// Whether the database is made by it.
    first: bool,
}

const ANSWERS: &str = "{\"type\":\"answer\",\"pick\":[\"A\"],\"ms\":100}\n{\"type\":\"rate\"}\n\
    {\"type\":\"answer\",\"pick\":[\"B\"],\"ms\":100}\n{\"type\":\"rate\"}\n{\"type\":\"undo\"}\n\
    {\"type\":\"answer\",\"pick\":[\"A\"],\"ms\":100}\n{\"type\":\"rate\"}\n";

/// The database that is made of an export of everything.
const OTHER: &str = "data/other.db";

const fn writing(name: &'static str, args: &'static [&'static str], input: &'static str) -> WritingOperation {
    WritingOperation { name, args, input, first: false }
}

const OPERATIONS: &[WritingOperation] = &[
    WritingOperation { first: true, ..writing("the first import", &["import", "mlops.txt"], "") },
    writing("answers", &["review", "--json"], ANSWERS),
    writing(
        "answers of an exam",
        &["exam", "--json", "-n", "3"],
        "{\"type\":\"answer\",\"pick\":[\"A\"],\"ms\":100}\n{\"type\":\"answer\",\"pick\":[\"B\"],\"ms\":100}\n",
    ),
    writing("an undo", &["undo", "--yes"], ""),
    writing("an import", &["import", "more.txt"], ""),
    writing("an import again", &["import", "mlops.txt"], ""),
    writing("a setting", &["deck", "set", "MLOps", "new-per-day=7"], ""),
    writing("a new name", &["deck", "rename", "MLOps", "Other"], ""),
    writing("a suspended card", &["card", "suspend", "monitoring", "--yes"], ""),
    writing("a deletion", &["card", "delete", "--search", "monitoring", "--yes"], ""),
    writing("a rebuild", &["rebuild"], ""),
    writing("a new question", &["add", "MLOps", "--file", "more.txt"], ""),
    writing("a vacation", &["vacation", "2026-12-01", "2026-12-05", "--yes"], ""),
    writing("a backup", &["backup", "copy.db"], ""),
    writing("a check", &["check", "--mend"], ""),
    writing("everything", &["export", "everything", "-o", "all"], ""),
    writing("a restore", &["restore", "kept.db", "--yes"], ""),
    writing("everything back", &["--db", OTHER, "import", "text"], ""),
];

/// A program with two days of answers; another with nothing.
fn prepared(first: bool) -> Program {
    let mut program = Program::new();
    program.file("more.txt", "1. Three?\nA. e *\nB. f\n\n2. Four?\nA. g *\nB. h\n");
    let bank = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/decks/mlops.txt")).expect("the bank");
    program.file("mlops.txt", bank);
    if !first {
        program.ok(&["import", "mlops.txt"]);
        program.with_input(&["review", "--json", "--limit", "6"], ANSWERS);
        program.at("2026-11-24T08:00:00+01:00");
        program.with_input(&["review", "--json", "--limit", "3"], ANSWERS);
        program.at("2026-11-25T08:00:00+01:00");
        program.ok(&["backup", "kept.db"]);
        program.ok(&["export", "everything", "-o", "text"]);
    }
    program
}

/// A program with a copy of these files.
fn copied(of: &Program) -> Program {
    let mut program = Program::new();
    program.at("2026-11-25T08:00:00+01:00");
    copy_folder(of.folder(), program.folder());
    program
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry").path();
        let target = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy_folder(&entry, &target);
        } else {
            fs::copy(&entry, &target).expect("a copy");
        }
    }
}

/// The application on the database of a program, at the time of the operations.
fn trainer(program: &Program) -> Trainer {
    trainer_of(&program.db())
}

fn trainer_of(db: &Path) -> Trainer {
    // 2026-11-25T09:00:00+01:00
    let now = Moment { utc_ms: 1_795_593_600_000, offset_minutes: 60 };
    Trainer::open_existing(db, Clock::fixed(now), Some(1)).unwrap_or_else(|error| panic!("{error}"))
}

/// The identities of all answers in the log.
fn logged(trainer: &Trainer) -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    trainer
        .reader()
        .each_loose_entry(|entry| {
            ids.extend(entry.identity());
            Ok(())
        })
        .expect("the log");
    ids
}

/// The identities of answers that were acknowledged on standard output.
fn acknowledged(out: &str) -> BTreeSet<String> {
    out.lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter(|line| line["type"] == "recorded")
        .filter_map(|line| line["review"].as_str().map(str::to_owned))
        .collect()
}

/// How many faults, and how many answers were looked for.
#[derive(Clone, Copy, Debug, Default)]
struct Tried {
    faults: usize,
    answers: usize,
}

impl std::ops::AddAssign for Tried {
    fn add_assign(&mut self, other: Self) {
        self.faults += other.faults;
        self.answers += other.answers;
    }
}

/// The database is sound, and has all that was there before and all that was acknowledged.
fn is_whole(program: &Program, wanted: &BTreeSet<String>, about: &str) {
    if wanted.is_empty() && !program.db().exists() {
        return;
    }
    // A first start that was cut off leaves an empty file, or none.
    if wanted.is_empty() && fs::metadata(program.db()).is_ok_and(|file| file.len() == 0) {
        return;
    }
    let trainer = trainer(program);
    let health = trainer.check().unwrap_or_else(|error| panic!("{about}: {error}"));
    assert_eq!(health.problems, [], "{about}");
    let found = logged(&trainer);
    let missing: Vec<_> = wanted.difference(&found).collect();
    assert!(missing.is_empty(), "{about}: {missing:?} are lost");
}

/// How much is tried.
enum Extent {
    /// A few calls of each operation.
    Few,
    /// Every call of every operation.
    All,
    /// Every call of the operation of this name.
    Only(String),
}

impl Extent {
    fn wanted() -> Self {
        match std::env::var("RETAIN_FAULTS") {
            Ok(wanted) if wanted == "all" => Self::All,
            Ok(name) if !name.is_empty() => Self::Only(name),
            _ => Self::Few,
        }
    }

    fn includes(&self, operation: &str) -> bool {
        !matches!(self, Self::Only(name) if name != operation)
    }

    /// The calls that fail, one in each run: all of them, or a few that lie evenly.
    fn points(&self, calls: usize) -> Vec<usize> {
        if !matches!(self, Self::Few) {
            return (1..=calls).collect();
        }
        let mut points: Vec<usize> = (0..FEW).map(|step| 1 + step * calls.saturating_sub(1) / (FEW - 1)).collect();
        points.dedup();
        points
    }
}

/// Calls `each` for all items, on all cores, and adds up what was tried. A failure of one ends the test.
fn on_all_cores<T: Sync>(items: &[T], each: impl Fn(&T) -> Tried + Sync) -> Tried {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut tried = Tried::default();
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            tried += each(item);
        }
        tried
    };
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let mut tried = Tried::default();
        for worker in workers {
            tried += worker.join().unwrap_or_else(|cause| std::panic::resume_unwind(cause));
        }
        tried
    })
}

/// Fails at calls of an operation; what was acknowledged is found afterwards, and nothing is half done.
fn survives(operation: &WritingOperation, kind: FaultKind, extent: &Extent) -> Tried {
    let base = prepared(operation.first);
    let before = if operation.first { BTreeSet::new() } else { logged(&trainer(&base)) };
    let whole = copied(&base);
    let calls = shimmed(&whole, operation.args, operation.input, None);
    assert_eq!(calls.code, Some(0), "{}: {}{}", operation.name, calls.out, calls.err);
    assert!(calls.calls > 0, "{}: it writes", operation.name);
    on_all_cores(&extent.points(calls.calls), |&at| {
        let about = format!("{}, {kind:?} at call {at} of {}", operation.name, calls.calls);
        let program = copied(&base);
        let ShimRun { out, err, code, .. } =
            shimmed(&program, operation.args, operation.input, Some(Fault { at, kind }));
        assert!(!err.contains("panicked") && code != Some(70) && code != Some(101), "{about}: {err}");
        assert!(kind == FaultKind::Kill || code.is_some(), "{about}: it was killed: {err}");
        let mut wanted = acknowledged(&out);
        wanted.extend(before.iter().cloned());
        is_whole(&program, &wanted, &about);
        let other = program.folder().join(OTHER);
        if other.exists() {
            let other = trainer_of(&other);
            assert_eq!(other.check().unwrap_or_else(|error| panic!("{about}: {error}")).problems, [], "{about}");
            assert_eq!(logged(&other), before, "{about}: a new database is whole");
        }
        Tried { faults: 1, answers: wanted.len() }
    })
}

fn all_survive(kind: FaultKind) {
    let extent = Extent::wanted();
    let mut tried = Tried::default();
    let began = Instant::now();
    for operation in OPERATIONS.iter().filter(|operation| extent.includes(operation.name)) {
        let of_operation = survives(operation, kind, &extent);
        println!("{kind:?}, {}: {} faults after {} s", operation.name, of_operation.faults, began.elapsed().as_secs());
        tried += of_operation;
    }
    // Read by whoever brings `docs/durability.md` up to date.
    println!("{kind:?}: {} faults, {} answers looked for, 0 lost", tried.faults, tried.answers);
    assert!(tried.faults > 0, "there is no operation of this name");
}

#[test]
fn a_kill_at_any_call_loses_nothing() {
    all_survive(FaultKind::Kill);
}

#[test]
fn an_error_of_the_disk_at_any_call_loses_nothing() {
    all_survive(FaultKind::Io);
}

#[test]
fn a_full_disk_at_any_call_loses_nothing() {
    all_survive(FaultKind::Full);
}

#[test]
fn a_full_disk_does_not_stop_a_search() {
    let original = prepared(false);
    let args = ["search", "monitoring"];
    let calls = shimmed(&copied(&original), &args, "", None).calls;
    let found = copied(&original).ok(&args).out;
    assert!(found.lines().count() > 1, "{found}");
    for at in 1..=calls {
        let program = copied(&original);
        let run = shimmed(&program, &args, "", Some(Fault { at, kind: FaultKind::Full }));
        assert_eq!((run.code, &run.out), (Some(0), &found), "call {at} of {calls}: {}", run.err);
    }
}
