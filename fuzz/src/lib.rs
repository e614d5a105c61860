//! What is fuzzed: a function for each target, which takes any bytes and must neither panic nor take long.
//!
//! `cargo +nightly fuzz run TARGET` drives them with libFuzzer, `cargo run --release --bin drive -- TARGET SECONDS` without it, and
//! `cargo test --test it fuzz` for a bounded number of executions.

#![allow(missing_docs, unreachable_pub, reason = "a tool, which the tests of the project include as a module")]

mod database;
mod files;
mod mutate;
mod talk;

pub use mutate::Mutator;

/// A target: its name, which is also that of its folder of seeds, and what is done with the bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[
    ("read", files::read),
    ("workbook", files::workbook),
    ("package", files::package),
    ("history", files::history),
    ("json_lines", talk::json_lines),
    ("session", talk::session),
    ("settings", talk::settings),
    ("query", talk::query),
    ("database", database::database),
];

/// The target of this name.
pub fn target(name: &str) -> Option<fn(&[u8])> {
    TARGETS.iter().find(|(known, _)| *known == name).map(|(_, run)| *run)
}

/// Runs the target of this name.
pub fn run(name: &str, bytes: &[u8]) {
    if let Some(target) = target(name) {
        target(bytes);
    }
}
