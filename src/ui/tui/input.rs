//! The events of the terminal, read apart from the session: where a terminal is closed under the program, reading it may never
//! return, and the session has to end all the same.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use ratatui::crossterm::event::{self, Event as Input};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};

/// How long to wait for a key before looking for a signal, and at the clock.
const PATIENCE: Duration = Duration::from_millis(50);

/// What came.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Came {
    /// An event of the terminal.
    Input(Input),
    /// Nothing, for a moment.
    Nothing,
    /// A signal that ends the session, or the end of the terminal.
    End,
}

/// The events of the terminal.
pub(super) struct Inputs {
    inputs: Receiver<Input>,
    ended: Arc<AtomicBool>,
    /// Whether the keys belong to another program for now.
    lent: Arc<AtomicBool>,
    idle: Receiver<()>,
}

impl Inputs {
    /// Begins to read.
    ///
    /// # Errors
    /// When signals cannot be heard, or no thread can be made.
    pub(super) fn new() -> io::Result<Self> {
        let ended = Arc::new(AtomicBool::new(false));
        for signal in [SIGTERM, SIGHUP, SIGINT] {
            signal_hook::flag::register(signal, Arc::clone(&ended))?;
        }
        let lent = Arc::new(AtomicBool::new(false));
        let (sender, inputs) = mpsc::channel();
        let (rest, idle) = mpsc::channel();
        let flag = Arc::clone(&lent);
        std::thread::Builder::new().name("keys".into()).spawn(move || read(&sender, &flag, &rest))?;
        Ok(Self { inputs, ended, lent, idle })
    }

    /// Whether a signal asked the session to end.
    pub(super) fn is_over(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }

    /// What comes next, or nothing after a moment, which is short where something else is expected soon.
    pub(super) fn next(&self, soon: bool) -> Came {
        if self.is_over() {
            return Came::End;
        }
        match self.inputs.recv_timeout(if soon { PATIENCE / 10 } else { PATIENCE }) {
            Ok(input) => Came::Input(input),
            Err(RecvTimeoutError::Timeout) => Came::Nothing,
            Err(RecvTimeoutError::Disconnected) => Came::End,
        }
    }

    /// Leaves the keys to another program. Returns once nothing is read any more.
    pub(super) fn lend(&self) {
        while self.idle.try_recv().is_ok() {}
        self.lent.store(true, Ordering::SeqCst);
        // A reader that hangs on a terminal that is gone reads nothing either.
        let _ = self.idle.recv_timeout(PATIENCE * 20);
    }

    /// Reads again. What was typed meanwhile was not meant for the session.
    pub(super) fn take_back(&self) {
        while self.inputs.try_recv().is_ok() {}
        self.lent.store(false, Ordering::SeqCst);
    }
}

fn read(sender: &Sender<Input>, lent: &AtomicBool, rest: &Sender<()>) {
    loop {
        if lent.load(Ordering::SeqCst) {
            if rest.send(()).is_err() {
                return;
            }
            std::thread::sleep(PATIENCE);
            continue;
        }
        match event::poll(PATIENCE) {
            Ok(false) => {}
            Ok(true) => match event::read() {
                Ok(input) => {
                    if sender.send(input).is_err() {
                        return;
                    }
                }
                Err(_) => return,
            },
            Err(_) => return,
        }
    }
}
