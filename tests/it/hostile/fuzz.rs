//! The targets of `fuzz/`, each for a bounded number of changed seeds: no panic, and nothing takes long.

use std::fs;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../../../fuzz/src/lib.rs"]
mod targets;

use targets::{Mutator, TARGETS};

/// Inputs are no longer, in bytes.
const MOST: usize = 4096;

/// Runs a target on changed seeds, which follow from numbers: what fails here fails with `drive TARGET 0 NUMBER`, too.
fn drive(name: &str, executions: u64) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
    let mut paths: Vec<_> = fs::read_dir(folder).expect("seeds").map(|entry| entry.expect("a seed").path()).collect();
    paths.sort();
    let seeds: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).expect("a seed")).collect();
    assert!(!seeds.is_empty(), "{name} has seeds");
    for seed in &seeds {
        targets::run(name, seed);
    }
    // By hand: for so many seconds, with other numbers each day.
    let seconds = |name| std::env::var(name).ok().and_then(|text: String| text.parse::<u64>().ok());
    let lasting = seconds("RETAIN_FUZZ_SECONDS").map(Duration::from_secs);
    let first = seconds("RETAIN_FUZZ_FIRST").unwrap_or(0);
    let begin = Instant::now();
    for number in first.. {
        let over = lasting.map_or(number - first >= executions, |lasting| begin.elapsed() >= lasting);
        if over {
            if lasting.is_some() {
                let told = format!("{name}: {} executions in {:?}\n", number - first, begin.elapsed());
                std::io::stderr().write_all(told.as_bytes()).expect("said");
            }
            break;
        }
        let input = Mutator::new(number).input(&seeds, MOST);
        let start = Instant::now();
        let run = catch_unwind(AssertUnwindSafe(|| targets::run(name, &input)));
        assert!(run.is_ok(), "{name} {number} panicked");
        assert!(start.elapsed() < Duration::from_secs(20), "{name} {number} took {:?}", start.elapsed());
    }
}

#[test]
fn every_target_has_seeds_and_a_fuzzer() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    for (name, _) in TARGETS {
        assert!(root.join("fuzz_targets").join(name).with_extension("rs").exists(), "{name}");
        assert!(root.join("seeds").join(name).is_dir(), "{name}");
    }
}

#[test]
fn readers_take_any_bytes() {
    drive("read", 120);
    drive("history", 120);
}

#[test]
fn workbooks_and_packages_take_any_bytes() {
    drive("workbook", 150);
    drive("package", 150);
}

#[test]
fn sessions_take_any_lines_and_actions() {
    drive("json_lines", 60);
    drive("session", 60);
}

#[test]
fn settings_and_searches_take_any_words() {
    drive("settings", 200);
    drive("query", 60);
}

#[test]
fn databases_take_any_bytes() {
    drive("database", 40);
}
