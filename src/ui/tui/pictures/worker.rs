//! A thread that reads and encodes pictures, because a large one takes longer than a key press should.

use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Once};
use std::thread;

use ratatui::layout::Size;

use super::Means;
use super::encode::Encoded;
use super::fit::{PictureRoom, fit};
use super::read::open;

/// The name of the thread, which identifies its panics.
const NAME: &str = "pictures";

/// A requested picture.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct PictureRequest {
    /// The name of its file in the folder.
    pub(super) file: String,
    pub(super) room: PictureRoom,
}

/// News of a picture.
pub(super) enum PictureNews {
    /// Its size in cells.
    Size(Size),
    /// The encoded picture; `None` if it cannot be shown.
    Whole(Option<Encoded>),
}

struct Job {
    wanted: PictureRequest,
    path: PathBuf,
    means: Means,
    turn: u64,
}

/// The thread and its channels.
pub(super) struct Worker {
    jobs: Sender<Job>,
    known: Receiver<(u64, PictureRequest, PictureNews)>,
    /// Requests of earlier turns are obsolete.
    turn: Arc<AtomicU64>,
}

impl Worker {
    /// Starts the thread. `None` if that fails.
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
    pub(super) fn ask(&self, wanted: PictureRequest, path: PathBuf, means: Means) {
        let turn = self.turn.load(Ordering::Relaxed);
        // If the thread is gone, the description stays.
        let _ = self.jobs.send(Job { wanted, path, means, turn });
    }

    /// Drops all requests so far.
    pub(super) fn forget(&self) {
        self.turn.fetch_add(1, Ordering::Relaxed);
    }

    /// The news of the current turn.
    pub(super) fn known(&self) -> impl Iterator<Item = (PictureRequest, PictureNews)> {
        let now = self.turn.load(Ordering::Relaxed);
        self.known.try_iter().filter(move |(turn, ..)| *turn == now).map(|(_, wanted, known)| (wanted, known))
    }
}

fn work(todo: &Receiver<Job>, done: &Sender<(u64, PictureRequest, PictureNews)>, now: &AtomicU64) {
    for (number, Job { wanted, path, means, turn }) in (1..).zip(todo) {
        if turn != now.load(Ordering::Relaxed) {
            continue;
        }
        let send = |known: PictureNews| done.send((turn, wanted.clone(), known)).is_ok();
        // A decoder may panic on a broken file. That must not end the review.
        let made = panic::catch_unwind(AssertUnwindSafe(|| make(&path, wanted.room, means, number, &send)));
        if !send(PictureNews::Whole(made.ok().flatten())) {
            return;
        }
    }
}

fn make(
    path: &Path,
    room: PictureRoom,
    means: Means,
    number: u32,
    send: &impl Fn(PictureNews) -> bool,
) -> Option<Encoded> {
    let opened = open(path)?;
    let (size, pixels) = fit(opened.pixels, means.cell, room)?;
    send(PictureNews::Size(size));
    Encoded::new(opened.scaled(pixels)?, size, means, number)
}

/// Keeps panics of the thread from the hook that restores the terminal and prints a message: they are caught.
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
