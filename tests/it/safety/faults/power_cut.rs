//! A power cut: of what was written and not synced yet, anything may be lost, and the last write may be torn.
//!
//! Names of files (made, moved, removed) are taken as durable in their order, as file systems with a journal keep them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::shim::{data, recorded};
use super::{
    ANSWERS, Extent, Tried, acknowledged, copied, copy_folder, is_whole, logged, on_all_cores, prepared, trainer,
};
use crate::fixture::program::Program;

/// What a disk writes at once, in bytes.
const SECTOR: usize = 512;
/// How many cuts of each kind there are for an operation, if not all are tried.
const FEW: usize = 15;
/// How many disks are in memory at once.
const AT_ONCE: usize = 32;

/// Something that happened to a file.
#[derive(Clone, Debug)]
enum DiskEvent {
    Made(PathBuf),
    Wrote(PathBuf, usize, Vec<u8>),
    Cut(PathBuf, usize),
    Synced(PathBuf),
    Removed(PathBuf),
    Renamed(PathBuf, PathBuf),
    /// This was printed.
    Said(String),
}

/// A file: what is on the disk for certain, and what was written since.
#[derive(Clone, Default)]
struct DiskFile {
    certain: Vec<u8>,
    waiting: Vec<DiskEvent>,
}

/// What becomes of what is not synced.
#[derive(Clone, Copy, Debug)]
enum Cut {
    /// All of it is lost.
    Lost,
    /// All of it is there but the last write, of which only half of the sectors are.
    Torn,
    /// Every second write is there.
    Holes,
}

fn read_journal(bytes: &[u8]) -> Vec<DiskEvent> {
    let mut rest = bytes;
    let mut take = |length: usize| {
        let (taken, left) = rest.split_at(length);
        rest = left;
        taken
    };
    let number =
        |bytes: &[u8]| usize::try_from(u64::from_le_bytes(bytes.try_into().expect("eight bytes"))).expect("a number");
    let mut events = Vec::new();
    let mut left = bytes.len();
    while left > 0 {
        let what = take(1)[0];
        let size = number(take(8));
        let path = PathBuf::from(String::from_utf8(take(size).to_vec()).expect("a path"));
        let offset = number(take(8));
        let length = number(take(8));
        let written = take(length).to_vec();
        left -= 1 + 8 + size + 8 + 8 + length;
        events.push(match what {
            b'o' => DiskEvent::Made(path),
            b'w' => DiskEvent::Wrote(path, offset, written),
            b't' => DiskEvent::Cut(path, offset),
            b's' => DiskEvent::Synced(path),
            b'u' => DiskEvent::Removed(path),
            b'r' => DiskEvent::Renamed(path, PathBuf::from(String::from_utf8(written).expect("a path"))),
            b'a' => DiskEvent::Said(String::from_utf8_lossy(&written).into_owned()),
            other => panic!("a record `{other}`"),
        });
    }
    events
}

fn apply(content: &mut Vec<u8>, event: &DiskEvent, sectors: usize) {
    match event {
        DiskEvent::Wrote(_, offset, data) => {
            let data = &data[..data.len().min(sectors.saturating_mul(SECTOR))];
            if content.len() < offset + data.len() {
                content.resize(offset + data.len(), 0);
            }
            content[*offset..offset + data.len()].copy_from_slice(data);
        }
        DiskEvent::Cut(_, length) => content.resize(*length, 0),
        _ => {}
    }
}

/// The files of a disk while events happen.
#[derive(Clone, Default)]
struct Disk {
    files: BTreeMap<PathBuf, DiskFile>,
    said: String,
}

impl Disk {
    fn of_folder(folder: &Path) -> Self {
        let mut disk = Self::default();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let certain = fs::read(&path).expect("a file");
                    disk.files.insert(path, DiskFile { certain, waiting: Vec::new() });
                }
            }
        }
        disk
    }

    fn happens(&mut self, event: &DiskEvent) {
        match event {
            DiskEvent::Made(path) => {
                self.files.entry(path.clone()).or_default();
            }
            DiskEvent::Wrote(path, ..) | DiskEvent::Cut(path, _) => {
                self.files.entry(path.clone()).or_default().waiting.push(event.clone());
            }
            DiskEvent::Synced(path) => {
                if let Some(file) = self.files.get_mut(path) {
                    for event in std::mem::take(&mut file.waiting) {
                        apply(&mut file.certain, &event, usize::MAX);
                    }
                }
            }
            DiskEvent::Removed(path) => {
                self.files.remove(path);
            }
            DiskEvent::Renamed(from, to) => {
                if let Some(file) = self.files.remove(from) {
                    self.files.insert(to.clone(), file);
                }
            }
            DiskEvent::Said(text) => self.said += text,
        }
    }

    /// Writes what a power cut leaves. The index of the write-ahead log lives in memory only.
    fn leave(&self, cut: Cut, from: &Path, to: &Path) {
        for (path, file) in &self.files {
            let name = path.strip_prefix(from).expect("a file of the folder");
            if name.to_string_lossy().ends_with("-shm") {
                continue;
            }
            let mut content = file.certain.clone();
            let last = file.waiting.len().saturating_sub(1);
            for (place, event) in file.waiting.iter().enumerate() {
                match cut {
                    Cut::Lost => {}
                    Cut::Torn if place == last => {
                        let length = if let DiskEvent::Wrote(_, _, data) = event { data.len() } else { 0 };
                        apply(&mut content, event, length.div_ceil(SECTOR) / 2);
                    }
                    Cut::Holes if place % 2 == 1 => {}
                    Cut::Torn | Cut::Holes => apply(&mut content, event, usize::MAX),
                }
            }
            let target = to.join(name);
            fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
            fs::write(target, content).expect("a file");
        }
    }
}

/// Cuts the power after events of an operation; an image of the disk counts as a fault.
fn survives_cuts(args: &[&str], input: &str, extent: &Extent) -> Tried {
    let base = prepared(false);
    let before = logged(&trainer(&base));
    let program = copied(&base);
    let journal = program.folder().join("journal");
    let run = recorded(&program, args, input, None, Some(&journal));
    assert_eq!(run.code, Some(0), "{args:?}: {}{}", run.out, run.err);
    let events = read_journal(&fs::read(&journal).expect("a journal"));
    assert!(events.iter().any(|event| matches!(event, DiskEvent::Synced(_))), "{args:?}: it syncs");
    // The files before the operation, under the names that they had in it.
    let again: Program = copied(&base);
    let mut disk = Disk::of_folder(&data(&again));
    let renamed = |path: &PathBuf| data(&program).join(path.strip_prefix(data(&again)).expect("a file"));
    disk.files = std::mem::take(&mut disk.files).into_iter().map(|(path, file)| (renamed(&path), file)).collect();
    let step = if matches!(extent, Extent::Few) { (events.len() / FEW).max(1) } else { 1 };
    let look_at = |(place, disk): &(usize, Disk)| {
        let mut tried = Tried::default();
        for cut in [Cut::Lost, Cut::Torn, Cut::Holes] {
            let left = Program::new();
            fs::create_dir_all(data(&left)).expect("a folder");
            disk.leave(cut, &data(&program), &data(&left));
            let mut wanted: BTreeSet<String> = acknowledged(&disk.said);
            wanted.extend(before.iter().cloned());
            is_whole(
                &left,
                &wanted,
                &format!("{args:?}, a power cut ({cut:?}) after event {place} of {}", events.len()),
            );
            tried += Tried { faults: 1, answers: wanted.len() };
        }
        tried
    };
    let mut tried = Tried::default();
    let mut disks: Vec<(usize, Disk)> = Vec::new();
    for (place, event) in events.iter().enumerate() {
        disk.happens(event);
        // What was just said is the promise that matters most.
        if place % step == 0 || matches!(event, DiskEvent::Said(_)) {
            disks.push((place, disk.clone()));
        }
        if disks.len() == AT_ONCE {
            tried += on_all_cores(&std::mem::take(&mut disks), look_at);
        }
    }
    tried += on_all_cores(&disks, look_at);
    tried
}

#[test]
fn a_power_cut_loses_nothing_that_was_acknowledged() {
    let extent = Extent::wanted();
    let mut tried = Tried::default();
    for (name, args, input) in [
        ("answers", &["review", "--json"][..], ANSWERS),
        ("an undo", &["undo", "--yes"], ""),
        ("an import", &["import", "more.txt"], ""),
        ("a deletion", &["card", "delete", "--search", "monitoring", "--yes"], ""),
        ("a rebuild", &["rebuild"], ""),
    ] {
        if extent.includes(name) {
            let of_operation = survives_cuts(args, input, &extent);
            println!("power cuts, {name}: {} images", of_operation.faults);
            tried += of_operation;
        }
    }
    println!("power cuts: {} images, {} answers looked for, 0 lost", tried.faults, tried.answers);
    assert!(tried.faults >= 100 || !matches!(extent, Extent::Few | Extent::All));
}

#[test]
fn a_copy_of_a_disk_is_the_disk() {
    let base = prepared(false);
    let disk = Disk::of_folder(base.folder());
    let to = Program::new();
    disk.leave(Cut::Lost, base.folder(), to.folder());
    let copy = Program::new();
    copy_folder(to.folder(), copy.folder());
    assert_eq!(logged(&trainer(&copy)), logged(&trainer(&base)));
}
