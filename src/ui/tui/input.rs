//! The events of the terminal, read in a thread: reading a closed terminal may never return, but the session must end.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use ratatui::crossterm::event::{self, Event as Input, KeyCode, KeyEventKind, KeyModifiers};
use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM};

/// How often to look for a signal and at the clock while waiting for a key.
const PATIENCE: Duration = Duration::from_millis(50);

/// The result of waiting for input.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Came {
    Input(Input),
    /// Nothing, for a moment.
    Nothing,
    /// The program goes on after a stop, or Ctrl-L was pressed. The terminal may be as another program left it.
    Continued,
    /// A signal that ends the session, or the end of the terminal.
    End,
}

/// What signals asked for. A process has one of these, however many screens it opens one after the other.
struct ScreenSignals {
    ended: Arc<AtomicBool>,
    continued: Arc<AtomicBool>,
    /// Whether no screen is open: then signals do what they usually do.
    closed: Arc<AtomicBool>,
}

impl ScreenSignals {
    fn listen() -> io::Result<&'static Self> {
        static ONLY: OnceLock<ScreenSignals> = OnceLock::new();
        if let Some(signals) = ONLY.get() {
            return Ok(signals);
        }
        let [ended, continued, closed] = [(); 3].map(|()| Arc::new(AtomicBool::new(false)));
        for signal in [SIGTERM, SIGHUP, SIGINT] {
            signal_hook::flag::register_conditional_default(signal, Arc::clone(&closed))?;
            signal_hook::flag::register(signal, Arc::clone(&ended))?;
        }
        signal_hook::flag::register(SIGCONT, Arc::clone(&continued))?;
        Ok(ONLY.get_or_init(|| Self { ended, continued, closed }))
    }
}

/// The events of the terminal.
pub(super) struct Inputs {
    inputs: Receiver<Input>,
    signals: &'static ScreenSignals,
    thread: Arc<KeyThread>,
    idle: Receiver<()>,
}

/// What the thread that reads the keys is told.
#[derive(Default)]
struct KeyThread {
    /// Another program reads the keys for now.
    lent: AtomicBool,
    /// The screen is closed. Another one may read already.
    over: AtomicBool,
}

impl Drop for Inputs {
    fn drop(&mut self) {
        self.thread.over.store(true, Ordering::SeqCst);
        self.signals.closed.store(true, Ordering::SeqCst);
    }
}

impl Inputs {
    /// Starts reading.
    pub(super) fn new() -> io::Result<Self> {
        let signals = ScreenSignals::listen()?;
        for flag in [&signals.closed, &signals.ended, &signals.continued] {
            flag.store(false, Ordering::SeqCst);
        }
        let (sender, inputs) = mpsc::channel();
        let (rest, idle) = mpsc::channel();
        let thread = Arc::new(KeyThread::default());
        let own = Arc::clone(&thread);
        std::thread::Builder::new().name("keys".into()).spawn(move || read_events(&sender, &own, &rest))?;
        Ok(Self { inputs, signals, thread, idle })
    }

    /// Whether a signal asked the session to end.
    pub(super) fn is_over(&self) -> bool {
        self.signals.ended.load(Ordering::Relaxed)
    }

    /// The next input, or nothing after a moment; `soon` makes the moment shorter.
    pub(super) fn next(&self, soon: bool) -> Came {
        if self.is_over() {
            return Came::End;
        }
        if self.signals.continued.swap(false, Ordering::Relaxed) {
            return Came::Continued;
        }
        match self.inputs.recv_timeout(if soon { PATIENCE / 10 } else { PATIENCE }) {
            Ok(input) if is_redraw(&input) => Came::Continued,
            Ok(input) => Came::Input(input),
            Err(RecvTimeoutError::Timeout) => Came::Nothing,
            Err(RecvTimeoutError::Disconnected) => Came::End,
        }
    }

    /// Becomes true when a signal asks the session to end.
    pub(super) fn ended(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.signals.ended)
    }

    /// What was typed and not yet looked at, without waiting.
    pub(super) fn waiting(&self) -> Option<Input> {
        self.inputs.try_recv().ok()
    }

    /// Leaves the keys to another program. Returns once this one has stopped reading.
    pub(super) fn lend(&self) {
        while self.idle.try_recv().is_ok() {}
        self.thread.lent.store(true, Ordering::SeqCst);
        // A thread that hangs on a closed terminal reads nothing either.
        let _ = self.idle.recv_timeout(PATIENCE * 20);
    }

    /// Reads again. Keys that were typed meanwhile were not meant for the session.
    pub(super) fn take_back(&self) {
        while self.inputs.try_recv().is_ok() {}
        self.signals.continued.store(false, Ordering::Relaxed);
        self.thread.lent.store(false, Ordering::SeqCst);
    }
}

/// Whether it is the key that has every program draw its screen again.
fn is_redraw(input: &Input) -> bool {
    let Input::Key(key) = input else { return false };
    key.code == KeyCode::Char('l') && key.modifiers == KeyModifiers::CONTROL
}

/// Whether a signal asked the last screen to end: then the program ends, too.
pub fn ended_by_signal() -> bool {
    ScreenSignals::listen().is_ok_and(|signals| signals.ended.load(Ordering::Relaxed))
}

/// Waits for a key without a screen. False if it is one that quits, or a signal came.
///
/// # Errors
/// If the terminal cannot be used.
pub fn goes_on() -> io::Result<bool> {
    enable_raw_mode()?;
    let answer = Inputs::new().and_then(|inputs| {
        loop {
            match inputs.next(false) {
                Came::End => return Ok(false),
                Came::Input(Input::Key(key)) if key.kind == KeyEventKind::Press => {
                    let control = key.modifiers.contains(KeyModifiers::CONTROL);
                    return Ok(!matches!(
                        (key.code, control),
                        (KeyCode::Char('q'), false) | (KeyCode::Char('c' | 'd'), true)
                    ));
                }
                Came::Input(_) | Came::Nothing => {}
                // A shell has set the terminal to its own mode.
                Came::Continued => disable_raw_mode().and_then(|()| enable_raw_mode())?,
            }
        }
    });
    disable_raw_mode()?;
    answer
}

fn read_events(sender: &Sender<Input>, thread: &KeyThread, rest: &Sender<()>) {
    loop {
        if thread.lent.load(Ordering::SeqCst) {
            if rest.send(()).is_err() {
                return;
            }
            std::thread::sleep(PATIENCE);
            continue;
        }
        let is_there = event::poll(PATIENCE);
        // What came since is for the next screen.
        if thread.over.load(Ordering::SeqCst) {
            return;
        }
        match is_there {
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
