//! The events of the terminal, read in a thread: reading a closed terminal may never return, but the session must end.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use ratatui::crossterm::event::{self, Event as Input};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM};

/// How often to look for a signal and at the clock while waiting for a key.
const PATIENCE: Duration = Duration::from_millis(50);

/// The result of waiting for input.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Came {
    Input(Input),
    /// Nothing, for a moment.
    Nothing,
    /// The program goes on after a stop. The terminal may be as another program left it.
    Continued,
    /// A signal that ends the session, or the end of the terminal.
    End,
}

/// The events of the terminal.
pub(super) struct Inputs {
    inputs: Receiver<Input>,
    ended: Arc<AtomicBool>,
    continued: Arc<AtomicBool>,
    /// Whether another program reads the keys for now.
    lent: Arc<AtomicBool>,
    idle: Receiver<()>,
}

impl Inputs {
    /// Starts reading.
    pub(super) fn new() -> io::Result<Self> {
        let ended = Arc::new(AtomicBool::new(false));
        for signal in [SIGTERM, SIGHUP, SIGINT] {
            signal_hook::flag::register(signal, Arc::clone(&ended))?;
        }
        let [continued, lent] = [(); 2].map(|()| Arc::new(AtomicBool::new(false)));
        signal_hook::flag::register(SIGCONT, Arc::clone(&continued))?;
        let (sender, inputs) = mpsc::channel();
        let (rest, idle) = mpsc::channel();
        let flag = Arc::clone(&lent);
        std::thread::Builder::new().name("keys".into()).spawn(move || read_events(&sender, &flag, &rest))?;
        Ok(Self { inputs, ended, continued, lent, idle })
    }

    /// Whether a signal asked the session to end.
    pub(super) fn is_over(&self) -> bool {
        self.ended.load(Ordering::Relaxed)
    }

    /// The next input, or nothing after a moment; `soon` makes the moment shorter.
    pub(super) fn next(&self, soon: bool) -> Came {
        if self.is_over() {
            return Came::End;
        }
        if self.continued.swap(false, Ordering::Relaxed) {
            return Came::Continued;
        }
        match self.inputs.recv_timeout(if soon { PATIENCE / 10 } else { PATIENCE }) {
            Ok(input) => Came::Input(input),
            Err(RecvTimeoutError::Timeout) => Came::Nothing,
            Err(RecvTimeoutError::Disconnected) => Came::End,
        }
    }

    /// Becomes true when a signal asks the session to end.
    pub(super) fn ended(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.ended)
    }

    /// What was typed and not yet looked at, without waiting.
    pub(super) fn waiting(&self) -> Option<Input> {
        self.inputs.try_recv().ok()
    }

    /// Leaves the keys to another program. Returns once this one has stopped reading.
    pub(super) fn lend(&self) {
        while self.idle.try_recv().is_ok() {}
        self.lent.store(true, Ordering::SeqCst);
        // A thread that hangs on a closed terminal reads nothing either.
        let _ = self.idle.recv_timeout(PATIENCE * 20);
    }

    /// Reads again. Keys that were typed meanwhile were not meant for the session.
    pub(super) fn take_back(&self) {
        while self.inputs.try_recv().is_ok() {}
        self.continued.store(false, Ordering::Relaxed);
        self.lent.store(false, Ordering::SeqCst);
    }
}

fn read_events(sender: &Sender<Input>, lent: &AtomicBool, rest: &Sender<()>) {
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
