//! What the screens of a review cost: texts, whole frames, and from a key to the frame that follows.
//!
//! `cargo bench --bench frames`, or a part of it with `-- texts`, `-- screens`, `-- keys`, `-- lists`. A frame has 5 ms; a key has 16 ms to its
//! frame, in a terminal, with 100,000 cards and 1,000,000 answers in the database and the answer durable. What does not hold fails
//! the bench.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops where something is off")]
#![allow(unreachable_pub, reason = "the parts of a benchmark")]

#[path = "../generator/mod.rs"]
#[allow(dead_code, reason = "each benchmark uses its part of the generator")]
mod generator;
mod keys;
mod lists;
mod measure;
mod screens;
mod texts;

use std::process::ExitCode;

/// A measurement: whether what is to be held holds.
type Measure = fn() -> bool;

fn main() -> ExitCode {
    let parts: [(&str, &[Measure]); 4] = [
        ("texts", &[texts::stems_fit, texts::nasty_ones_are_linear]),
        ("screens", &[screens::frames_hold]),
        ("keys", &[keys::keys_hold]),
        ("lists", &[lists::lists_hold]),
    ];
    let words: Vec<String> = std::env::args().skip(1).collect();
    let named = |name: &str| words.iter().any(|word| word == name);
    let all = !parts.iter().any(|(name, _)| named(name));
    let wanted = parts.iter().filter(|(name, _)| all || named(name)).flat_map(|(_, measures)| *measures);
    // All of them are measured, whatever the first comes to.
    let held: Vec<bool> = wanted.map(|measure| measure()).collect();
    if held.into_iter().all(|held| held) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
