//! A power cut: of what was written and not synced yet, anything may be lost, and the last write may be torn.
//!
//! Names of files (made, moved, removed) are taken as durable in their order, as file systems with a journal keep them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::shim::{Fault, FaultKind, recorded};
use super::state::acknowledged;
use super::{Extent, Rehearsed, Tried, copied, on_all_cores};
use crate::fixture::program::Program;

/// Power cuts at all moments of an operation, and after a sync that failed.
pub(super) const CUTS: &str = "PowerCut";
pub(super) const CUTS_AFTER: &str = "PowerCutAfterFailedSync";
/// What a disk writes at once, in bytes.
const SECTOR: usize = 512;
/// At how many moments of an operation there are cuts, if not at all.
const FEW: usize = 4;
/// How many disks are in memory at once.
const AT_ONCE: usize = 32;

/// Something that happened to a file, by its name in the folder.
#[derive(Clone, Debug)]
enum DiskEvent {
    Made(PathBuf),
    Wrote(PathBuf, usize, Vec<u8>),
    Cut(PathBuf, usize),
    /// At this call.
    Synced(PathBuf, usize),
    /// It could not be synced: what was written since the last time may never reach the disk.
    Unsynced(PathBuf),
    Removed(PathBuf),
    Renamed(PathBuf, PathBuf),
    Linked(PathBuf, PathBuf),
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
    /// The other ones are.
    OtherHoles,
}

const ALL_CUTS: [Cut; 4] = [Cut::Lost, Cut::Torn, Cut::Holes, Cut::OtherHoles];

/// What a program did in its folder.
fn read_journal(bytes: &[u8], folder: &Path) -> Vec<DiskEvent> {
    let mut rest = bytes;
    let mut next = |length: usize| {
        let (taken, left) = rest.split_at(length);
        rest = left;
        taken
    };
    let number =
        |bytes: &[u8]| usize::try_from(u64::from_le_bytes(bytes.try_into().expect("eight bytes"))).expect("a number");
    let within = |path: &[u8]| {
        let path = PathBuf::from(String::from_utf8(path.to_vec()).expect("a path"));
        path.strip_prefix(folder).map_or_else(|_| PathBuf::from("elsewhere").join(&path), Path::to_path_buf)
    };
    let mut events = Vec::new();
    let mut left = bytes.len();
    while left > 0 {
        let what = next(1)[0];
        let size = number(next(8));
        let path = within(next(size));
        let offset = number(next(8));
        let length = number(next(8));
        let written = next(length);
        left -= 1 + 8 + size + 8 + 8 + length;
        events.push(match what {
            b'o' => DiskEvent::Made(path),
            b'w' => DiskEvent::Wrote(path, offset, written.to_vec()),
            b't' => DiskEvent::Cut(path, offset),
            b's' => DiskEvent::Synced(path, offset),
            b'f' => DiskEvent::Unsynced(path),
            b'u' => DiskEvent::Removed(path),
            b'r' => DiskEvent::Renamed(path, within(written)),
            b'l' => DiskEvent::Linked(path, within(written)),
            b'a' => DiskEvent::Said(String::from_utf8_lossy(written).into_owned()),
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

/// The files of a disk while events happen. A file may have several names.
#[derive(Clone, Default)]
struct Disk {
    names: BTreeMap<PathBuf, usize>,
    files: Vec<DiskFile>,
    said: String,
}

impl Disk {
    fn of_folder(folder: &Path) -> Self {
        let mut disk = Self::default();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(inner) = folders.pop() {
            for entry in fs::read_dir(inner).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(folder).expect("a file of the folder");
                    disk.file(name).certain = fs::read(&path).expect("a file");
                }
            }
        }
        disk
    }

    /// The file of this name; a new one if there is none.
    fn file(&mut self, name: &Path) -> &mut DiskFile {
        let next = self.files.len();
        let number = *self.names.entry(name.to_path_buf()).or_insert(next);
        if number == next {
            self.files.push(DiskFile::default());
        }
        &mut self.files[number]
    }

    fn happens(&mut self, event: &DiskEvent) {
        match event {
            DiskEvent::Made(name) => drop(self.file(name)),
            DiskEvent::Wrote(name, ..) | DiskEvent::Cut(name, _) => self.file(name).waiting.push(event.clone()),
            DiskEvent::Synced(name, _) => {
                if let Some(&number) = self.names.get(name) {
                    let file = &mut self.files[number];
                    for event in std::mem::take(&mut file.waiting) {
                        apply(&mut file.certain, &event, usize::MAX);
                    }
                }
            }
            DiskEvent::Unsynced(name) => {
                if let Some(&number) = self.names.get(name) {
                    self.files[number].waiting.clear();
                }
            }
            DiskEvent::Removed(name) => drop(self.names.remove(name)),
            DiskEvent::Renamed(from, to) => {
                // A folder is moved with all that is in it.
                let moved: Vec<_> = self.names.keys().filter(|name| name.starts_with(from)).cloned().collect();
                for name in moved {
                    let number = self.names.remove(&name).expect("a file");
                    let inner = name.strip_prefix(from).expect("a file of the folder");
                    let to = if inner.as_os_str().is_empty() { to.clone() } else { to.join(inner) };
                    self.names.insert(to, number);
                }
            }
            DiskEvent::Linked(from, to) => {
                if let Some(&number) = self.names.get(from) {
                    self.names.insert(to.clone(), number);
                }
            }
            DiskEvent::Said(text) => self.said += text,
        }
    }

    /// Writes what a power cut leaves. The index of the write-ahead log lives in memory only.
    fn leave(&self, cut: Cut, to: &Path) {
        for (name, &number) in &self.names {
            if name.to_string_lossy().ends_with("-shm") {
                continue;
            }
            let file = &self.files[number];
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
                    Cut::OtherHoles if place % 2 == 0 => {}
                    Cut::Torn | Cut::Holes | Cut::OtherHoles => apply(&mut content, event, usize::MAX),
                }
            }
            let target = to.join(name);
            fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
            fs::write(target, content).expect("a file");
        }
    }
}

impl Rehearsed<'_> {
    /// Cuts the power at moments of an operation; what was acknowledged is found afterwards, and nothing is half done.
    pub(super) fn survives_cuts(&self, kind: &str, extent: &Extent) -> Tried {
        let events = self.events(None);
        let syncs: Vec<usize> = events
            .iter()
            .filter_map(|event| if let DiskEvent::Synced(_, call) = event { Some(*call) } else { None })
            .collect();
        if kind == CUTS {
            let step = if matches!(extent, Extent::Few) { (events.len() / FEW).max(1) } else { 1 };
            return self.cut_at(&events, "", |place, event| {
                // What was just said is the promise that matters most.
                place % step == 0 || matches!(event, DiskEvent::Said(_))
            });
        }
        let mut tried = Tried::default();
        for place in extent.points(syncs.len(), events.len()) {
            let at = syncs[place - 1];
            let events = self.events(Some(Fault { at, kind: FaultKind::Io }));
            let about = format!("the sync at call {at} fails, ");
            tried += self.cut_at(&events, &about, |place, event| {
                place + 1 == events.len() || matches!(event, DiskEvent::Said(_))
            });
        }
        tried
    }

    /// What happens in an operation.
    fn events(&self, fault: Option<Fault>) -> Vec<DiskEvent> {
        let program = copied(&self.base);
        let journal = program.folder().join("journal");
        recorded(&program, self.operation.args, self.operation.input, fault, Some(&journal));
        read_journal(&fs::read(&journal).expect("a journal"), program.folder())
    }

    /// Cuts the power after the events that are chosen.
    fn cut_at(&self, events: &[DiskEvent], cause: &str, is_chosen: impl Fn(usize, &DiskEvent) -> bool) -> Tried {
        let look_at = |(place, disk): &(usize, Disk)| {
            let mut tried = Tried::default();
            for cut in ALL_CUTS {
                let left = Program::new();
                disk.leave(cut, left.folder());
                let (name, all) = (self.operation.name, events.len());
                let about = format!("{name}, {cause}a power cut ({cut:?}) after event {place} of {all}");
                let (_, answers) = self.bounds().hold(&left, acknowledged(&disk.said), &about);
                tried += Tried { faults: 1, answers, failed: 0 };
            }
            tried
        };
        let mut tried = Tried::default();
        let mut disk = Disk::of_folder(self.base.folder());
        let mut disks: Vec<(usize, Disk)> = Vec::new();
        for (place, event) in events.iter().enumerate() {
            disk.happens(event);
            if is_chosen(place, event) {
                disks.push((place, disk.clone()));
            }
            if disks.len() == AT_ONCE {
                tried += on_all_cores(&std::mem::take(&mut disks), look_at);
            }
        }
        tried += on_all_cores(&disks, look_at);
        tried
    }
}

#[test]
fn a_copy_of_a_disk_is_the_disk() {
    let base = super::SITTINGS.operations[0].base();
    let disk = Disk::of_folder(base.folder());
    let to = Program::new();
    disk.leave(Cut::Lost, to.folder());
    let answers = |program: &Program| super::state::logged(&super::state::trainer_of(&program.db()));
    assert_eq!(answers(&copied(&to)), answers(&base));
}
