//! A thread that reads and encodes pictures, because a large one takes longer than a key may.

use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Once};
use std::thread;

use ratatui::layout::Size;

use super::Means;
use super::encode::Encoded;
use super::fit::{Room, fit};
use super::read::open;

/// The name of the thread, by which a panic in it is known.
const NAME: &str = "pictures";

/// A picture that is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Wanted {
    /// The name of its file in the folder.
    pub(super) file: String,
    /// What it is fitted into.
    pub(super) room: Room,
}

/// What is known of a picture by now.
pub(super) enum Known {
    /// The cells that it takes.
    Size(Size),
    /// All of it; none where it cannot be shown.
    Whole(Option<Encoded>),
}

struct Job {
    wanted: Wanted,
    path: PathBuf,
    means: Means,
    turn: u64,
}

/// The thread, and the ways to it and back.
pub(super) struct Worker {
    jobs: Sender<Job>,
    known: Receiver<(u64, Wanted, Known)>,
    /// What was wanted in an earlier turn is not wanted any more.
    turn: Arc<AtomicU64>,
}

impl Worker {
    /// Starts the thread. None where the system has none to give.
    pub(super) fn start() -> Option<Self> {
        let (jobs, todo) = mpsc::channel();
        let (done, known) = mpsc::channel();
        let turn = Arc::new(AtomicU64::new(0));
        let now = Arc::clone(&turn);
        quiet();
        thread::Builder::new().name(NAME.into()).spawn(move || work(&todo, &done, &now)).ok()?;
        Some(Self { jobs, known, turn })
    }

    /// Asks for a picture.
    pub(super) fn ask(&self, wanted: Wanted, path: PathBuf, means: Means) {
        let turn = self.turn.load(Ordering::Relaxed);
        // Where the thread is gone, the words stand.
        let _ = self.jobs.send(Job { wanted, path, means, turn });
    }

    /// Nothing that was asked for so far is wanted any more.
    pub(super) fn forget(&self) {
        self.turn.fetch_add(1, Ordering::Relaxed);
    }

    /// What came to be known.
    pub(super) fn known(&self) -> impl Iterator<Item = (Wanted, Known)> {
        let now = self.turn.load(Ordering::Relaxed);
        self.known.try_iter().filter(move |(turn, ..)| *turn == now).map(|(_, wanted, known)| (wanted, known))
    }
}

fn work(todo: &Receiver<Job>, done: &Sender<(u64, Wanted, Known)>, now: &AtomicU64) {
    for (number, Job { wanted, path, means, turn }) in (1..).zip(todo) {
        if turn != now.load(Ordering::Relaxed) {
            continue;
        }
        let tell = |known: Known| done.send((turn, wanted.clone(), known)).is_ok();
        // What a decoder makes of a broken file is its own affair, not the end of the review.
        let made = panic::catch_unwind(AssertUnwindSafe(|| make(&path, wanted.room, means, number, &tell)));
        if !tell(Known::Whole(made.ok().flatten())) {
            return;
        }
    }
}

fn make(path: &Path, room: Room, means: Means, number: u32, tell: &impl Fn(Known) -> bool) -> Option<Encoded> {
    let opened = open(path)?;
    let (size, pixels) = fit(opened.pixels, means.cell, room)?;
    tell(Known::Size(size));
    Encoded::new(opened.scaled(pixels)?, size, means, number)
}

/// A panic in the thread is caught there, so the hook that gives the terminal back and prints a message is not for it.
fn quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if thread::current().name() != Some(NAME) {
                before(info);
            }
        }));
    });
}
