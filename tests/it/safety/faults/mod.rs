//! The crash harness: every operation that writes is killed, or given an error, at the calls by which it reads and changes files; and a power
//! cut loses or tears what was not synced. What was acknowledged is looked for afterwards, and whatever is half done fails the test.
//!
//! `shim.c` is put before the C library of the program. `RETAIN_FAULTS=all` tries every call; without it one call of each operation is tried
//! with each third kind of fault. `RETAIN_FAULTS='an undo'` tries every call of the operation of that name, and of no other one; so does the name of
//! a kind (`Kill`), and several names with `/` between them. Each operation says in a line what was tried. The runs of an operation are shared
//! by all cores.
#![cfg(target_os = "linux")]
#![allow(clippy::print_stdout, reason = "how much was tried is read by people")]

mod operations;
mod power_cut;
mod shim;
mod state;

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use self::operations::{
    BANKS, CARDS, CARE, COPIES, DECKS, GROUPS, OTHER, OperationGroup, PLANS, SITTINGS, WritingOperation,
};
use self::shim::{Fault, FaultKind, ShimRun, shimmed};
use self::state::{Bounds, Content, acknowledged, left_over};
use crate::fixture::program::Program;

/// After which faults the operation is done again, without one.
const AGAIN: usize = 3;

/// A program with a copy of these files, at the time of the operations.
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

/// How many faults, how many answers were looked for, and after how many faults something was wrong.
#[derive(Clone, Copy, Debug, Default)]
struct Tried {
    faults: usize,
    answers: usize,
    failed: usize,
}

impl std::ops::AddAssign for Tried {
    fn add_assign(&mut self, other: Self) {
        self.faults += other.faults;
        self.answers += other.answers;
        self.failed += other.failed;
    }
}

/// How much is tried.
enum Extent {
    /// A call of each operation with each third kind of fault.
    Few,
    /// Every call of every operation.
    All,
    /// Every call of operations and with kinds of faults of these names.
    Only(Vec<String>),
}

impl Extent {
    fn wanted() -> Self {
        match std::env::var("RETAIN_FAULTS") {
            Ok(wanted) if wanted == "all" => Self::All,
            Ok(names) if !names.is_empty() => Self::Only(names.split('/').map(str::to_owned).collect()),
            _ => Self::Few,
        }
    }

    /// Whether an operation or a kind of this name is tried, where there are these names.
    fn includes(&self, name: &str, names: &[String]) -> bool {
        match self {
            Self::Only(wanted) if wanted.iter().any(|wanted| names.contains(wanted)) => {
                wanted.iter().any(|wanted| wanted == name)
            }
            _ => true,
        }
    }

    fn includes_operation(&self, operation: &WritingOperation) -> bool {
        let of_groups =
            GROUPS.iter().flat_map(|group| group.operations.iter().map(|operation| operation.name.to_owned()));
        let names: Vec<String> = of_groups.collect();
        self.includes(operation.name, &names)
    }

    fn includes_kind(&self, kind: &str) -> bool {
        let kinds = FaultKind::ALL.iter().map(|kind| format!("{kind:?}"));
        let names: Vec<String> = kinds.chain([power_cut::CUTS.into(), power_cut::CUTS_AFTER.into()]).collect();
        self.includes(kind, &names)
    }

    /// Whether an operation meets a kind of fault, by the sum of their numbers: a fifth of them, if few are tried.
    const fn meets(&self, number: usize) -> bool {
        !matches!(self, Self::Few) || number.is_multiple_of(5)
    }

    /// The calls that fail, one in each run: all of them, or one that is another one with each operation and kind.
    fn points(&self, calls: usize, seed: usize) -> Vec<usize> {
        match self {
            Self::Few => (calls > 0).then(|| 1 + seed.wrapping_mul(0x9e37_79b9) % calls).into_iter().collect(),
            _ => (1..=calls).collect(),
        }
    }
}

/// Calls `each` for all items, on all cores, and adds up what was tried. What fails is said, and the others are tried, too.
fn on_all_cores<T: Sync>(items: &[T], each: impl Fn(&T) -> Tried + Sync) -> Tried {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut tried = Tried::default();
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            // What a panic leaves half done is thrown away.
            tried +=
                catch_unwind(AssertUnwindSafe(|| each(item))).unwrap_or(Tried { faults: 1, answers: 0, failed: 1 });
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

/// An operation with what is there before it and after it.
struct Rehearsed<'a> {
    operation: &'a WritingOperation,
    base: Program,
    before: Content,
    after: Content,
    /// How many calls change files, and how many read.
    calls: usize,
    reads: usize,
}

impl<'a> Rehearsed<'a> {
    fn new(operation: &'a WritingOperation) -> Self {
        let base = operation.base();
        let before = Content::of(&copied(&base), operation.name);
        let program = copied(&base);
        let run = shimmed(&program, operation.args, operation.input, None);
        assert_eq!(run.code, Some(0), "{}: {}{}", operation.name, run.out, run.err);
        assert!(run.calls > 0, "{}: it writes", operation.name);
        let after = Content::of(&program, operation.name);
        Self { operation, base, before, after, calls: run.calls, reads: run.reads }
    }

    fn bounds(&self) -> Bounds<'_> {
        Bounds { before: &self.before, after: &self.after, in_steps: self.operation.in_steps }
    }

    /// Fails at a call; what was acknowledged is found afterwards, and nothing is half done.
    fn survives(&self, Fault { at, kind }: Fault) -> Tried {
        let about = format!("{}, {kind:?} at call {at}", self.operation.name);
        let program = copied(&self.base);
        let (args, input) = (self.operation.args, self.operation.input);
        let ShimRun { out, err, code, .. } = shimmed(&program, args, input, Some(Fault { at, kind }));
        assert!(!err.contains("panicked") && code != Some(70) && code != Some(101), "{about}: {err}");
        assert!(
            kind.kills() || self.operation.is_talk() && kind.lasts() || code.is_some(),
            "{about}: it was killed: {err}"
        );
        let (rows, answers) = self.bounds().hold(&program, acknowledged(&out), &about);
        if kind.is_harmless() {
            assert_eq!(code, Some(0), "{about}: {err}");
        }
        if kind == FaultKind::FullOn && code.is_some_and(|code| code != 0) {
            let is_said = err.contains("full") || err.contains("No space left");
            assert!(is_said, "{about}: it is not said what is wrong: {err}");
        }
        if kind == FaultKind::FullOn {
            assert_eq!(left_over(&program), [] as [std::path::PathBuf; 0], "{about}");
        }
        if code == Some(0) && !self.operation.in_steps {
            assert!(
                rows == self.after.rows,
                "{about}: it says that all is well: {}",
                rows.difference(&self.after.rows)
            );
        }
        // It can be done afterwards.
        let is_undone = code != Some(0) && rows == self.before.rows && !program.folder().join(OTHER).exists();
        if !self.operation.is_talk() && is_undone && at % AGAIN == 0 {
            let again = program.run(args);
            let about = format!("{about}, and again");
            assert_eq!(again.code, 0, "{about}: {}{}", again.out, again.err);
            self.bounds().hold(&program, acknowledged(&again.out), &about);
            assert!(state::Rows::of(&program.db()) != self.before.rows || rows == self.after.rows, "{about}: not done");
        }
        Tried { faults: 1, answers, failed: 0 }
    }
}

/// Tries all operations of a group.
fn all_survive(group: &OperationGroup) {
    let extent = Extent::wanted();
    let mut all: BTreeMap<String, Tried> = BTreeMap::new();
    let began = Instant::now();
    for (number, operation) in group.operations.iter().enumerate() {
        if !extent.includes_operation(operation) {
            continue;
        }
        let rehearsed = Rehearsed::new(operation);
        for (place, &kind) in FaultKind::ALL.iter().enumerate() {
            if extent.includes_kind(&format!("{kind:?}")) && extent.meets(number + place) {
                let calls = if kind.is_of_reads() { rehearsed.reads } else { rehearsed.calls };
                let points = extent.points(calls, number * FaultKind::ALL.len() + place + 1);
                let tried = on_all_cores(&points, |&at| rehearsed.survives(Fault { at, kind }));
                *all.entry(format!("{kind:?}")).or_default() += tried;
            }
        }
        for (place, kind) in [power_cut::CUTS, power_cut::CUTS_AFTER].into_iter().enumerate() {
            if extent.includes_kind(kind) && extent.meets(number + place) {
                *all.entry(kind.into()).or_default() += rehearsed.survives_cuts(kind, &extent);
            }
        }
        let (calls, reads) = (rehearsed.calls, rehearsed.reads);
        println!("{}: {calls} writes, {reads} reads, after {} s", operation.name, began.elapsed().as_secs());
    }
    let mut failed = 0;
    // Read by whoever brings `docs/durability.md` up to date.
    for (kind, tried) in all {
        let Tried { faults, answers, failed: wrong } = tried;
        println!("tried | {} | {kind} | {faults} faults | {answers} answers looked for | {wrong} failed", group.name);
        failed += wrong;
    }
    assert_eq!(failed, 0, "the messages above say at which calls");
}

#[test]
fn answers_survive() {
    all_survive(&SITTINGS);
}

#[test]
fn banks_survive() {
    all_survive(&BANKS);
}

#[test]
fn cards_survive() {
    all_survive(&CARDS);
}

#[test]
fn decks_survive() {
    all_survive(&DECKS);
}

#[test]
fn plans_survive() {
    all_survive(&PLANS);
}

#[test]
fn copies_survive() {
    all_survive(&COPIES);
}

#[test]
fn care_survives() {
    all_survive(&CARE);
}

#[test]
fn what_is_to_be_tried_is_known() {
    if let Extent::Only(wanted) = Extent::wanted() {
        let operations =
            GROUPS.iter().flat_map(|group| group.operations.iter().map(|operation| operation.name.to_owned()));
        let kinds = FaultKind::ALL.iter().map(|kind| format!("{kind:?}"));
        let names: Vec<_> =
            operations.chain(kinds).chain([power_cut::CUTS.into(), power_cut::CUTS_AFTER.into()]).collect();
        for name in wanted {
            assert!(names.contains(&name), "`{name}` is none of {names:?}");
        }
    }
}

#[test]
fn a_full_disk_does_not_stop_a_search() {
    let operation = CARDS.operations.iter().find(|operation| operation.name == "a search").expect("a search");
    let original = operation.base();
    let args = ["search", "monitoring"];
    let calls = shimmed(&copied(&original), &args, "", None).calls;
    let found = copied(&original).ok(&args).out;
    assert!(found.lines().count() > 1, "{found}");
    for at in 1..=calls {
        for kind in [FaultKind::Full, FaultKind::FullOn] {
            let program = copied(&original);
            let run = shimmed(&program, &args, "", Some(Fault { at, kind }));
            assert_eq!((run.code, &run.out), (Some(0), &found), "{kind:?}, call {at} of {calls}: {}", run.err);
        }
    }
}
