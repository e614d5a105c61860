//! Who may name whom: `docs/architecture.md`.

use std::fs;
use std::path::{Path, PathBuf};

const ROOMS: [&str; 12] =
    ["model", "bank", "memory", "schedule", "session", "stats", "store", "study", "ui", "command", "cli", "clock"];

/// The rooms that each room may name. `error` and `chance` are open to all.
fn allowed(room: &str) -> &'static [&'static str] {
    match room {
        "bank" | "memory" | "session" | "store" => &["model"],
        "schedule" | "stats" => &["model", "memory"],
        "study" => &["model", "bank", "memory", "schedule", "session", "stats", "store", "clock"],
        "ui" => &["model", "bank", "session", "stats", "study"],
        "clock" => &["model"],
        "command" => &["model", "bank", "session", "stats", "study", "ui", "clock"],
        "cli" => &["command"],
        _ => &[],
    }
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

fn all() -> Vec<(PathBuf, String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    sources(&root, &mut found);
    found
        .into_iter()
        .map(|path| {
            let inner = path.strip_prefix(&root).expect("below src");
            let room = inner
                .components()
                .next()
                .expect("a room")
                .as_os_str()
                .to_string_lossy()
                .trim_end_matches(".rs")
                .to_owned();
            let code = fs::read_to_string(&path).expect("a source");
            // What only tests name does not count.
            let code = code.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            (inner.to_owned(), room, code)
        })
        .filter(|(path, ..)| !path.ends_with("tests.rs"))
        .collect()
}

/// Lines without comments, which may name anything.
fn lines(code: &str) -> impl Iterator<Item = &str> {
    code.lines().map(|line| line.split("//").next().unwrap_or_default())
}

#[test]
fn rooms_name_only_the_rooms_they_may() {
    let mut wrong = Vec::new();
    let sources = all();
    assert!(sources.len() > 50, "the sources were found");
    for (path, room, code) in &sources {
        for line in lines(code) {
            for named in ROOMS.iter().filter(|named| **named != room && line.contains(&format!("crate::{named}"))) {
                if !allowed(room).contains(named) {
                    wrong.push(format!("{}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn some_crates_have_one_room() {
    let mut wrong = Vec::new();
    for (path, room, code) in all() {
        for (named, owner) in [
            ("fsrs", "memory"),
            ("rusqlite", "store"),
            ("rusqlite_migration", "store"),
            ("ratatui", "ui"),
            ("ratatui_image", "ui"),
            ("image", "ui"),
            ("kuva", "ui"),
            ("clap", "command"),
        ] {
            let names = |line: &str| {
                line.contains(&format!("{named}::"))
                    && !line.contains(&format!("_{named}::"))
                    && !line.contains(&format!("{named}_"))
            };
            let cli = named == "clap" && room == "cli" || path == Path::new("main.rs");
            if room != owner && !cli && lines(&code).any(names) {
                wrong.push(format!("{} names {named}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_log_is_written_in_one_place() {
    for (path, _, code) in all() {
        for verb in ["append_review(", "append_undo("] {
            let named = path == Path::new("store/log.rs") || path == Path::new("study/ledger.rs");
            assert!(named || !code.contains(verb), "{} writes to the log", path.display());
        }
    }
}

#[test]
fn every_file_is_one_idea() {
    for (path, _, code) in all() {
        assert!(code.lines().count() <= 450, "{} is crowded", path.display());
    }
}
