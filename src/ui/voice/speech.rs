//! A run of the program that reads aloud.

use std::io::{self, Write};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use super::SLOT;

/// The longest text as an argument, in bytes: systems limit what an argument may hold.
const LONGEST_ARGUMENT: usize = 30_000;
/// How often and how long to wait at the end for a program that was told to stop.
const WAITS: u32 = 10;
const WAIT: Duration = Duration::from_millis(20);

/// A program that is reading.
#[derive(Debug)]
pub(super) struct Speech {
    child: Child,
}

impl Speech {
    /// Starts the program with the text, and does not wait for it. It is in a process group of its own, because it may start others (a
    /// script with `piper` and `aplay`), and all are stopped together.
    pub(super) fn start(words: &[String], text: &str) -> io::Result<Self> {
        let (program, arguments) = words.split_first().ok_or(io::ErrorKind::NotFound)?;
        let mut command = Command::new(program);
        let slots = arguments.iter().any(|word| is_slot(word));
        for word in arguments {
            if is_slot(word) {
                command.arg(word.replacen(SLOT, &argument(text, word == SLOT), 1));
            } else {
                command.arg(word);
            }
        }
        command.stdin(if slots { Stdio::null() } else { Stdio::piped() });
        // It must not write over the screen.
        command.stdout(Stdio::null()).stderr(Stdio::null());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        if let Some(mut input) = child.stdin.take() {
            let text = format!("{text}\n");
            // A slow reader must not hold up the review, and one that reads nothing is no failure.
            let write = move || drop(input.write_all(text.as_bytes()));
            thread::Builder::new().name("voice".into()).spawn(write)?;
        }
        Ok(Self { child })
    }

    /// `None` while it runs; then its failure, if it failed.
    pub(super) fn ended(&mut self) -> Option<Option<String>> {
        match self.child.try_wait() {
            Ok(None) => None,
            Ok(Some(status)) if status.success() => Some(None),
            Ok(Some(status)) => Some(Some(status.to_string())),
            Err(error) => Some(Some(error.to_string())),
        }
    }

    /// Asks it to stop.
    pub(super) fn stop(&mut self) {
        self.signal(false);
    }

    /// Ends what was asked to stop and did not. Whether it is gone.
    pub(super) fn kill(&mut self) -> bool {
        if self.ended().is_none() {
            self.signal(true);
            let _ = self.child.wait();
        }
        true
    }

    /// Gives it a moment to stop, then ends it.
    pub(super) fn wait_or_kill(&mut self) {
        for _ in 0..WAITS {
            if self.ended().is_some() {
                return;
            }
            thread::sleep(WAIT);
        }
        self.kill();
    }

    #[cfg(unix)]
    fn signal(&mut self, at_once: bool) {
        use rustix::process::{Pid, Signal, kill_process_group};
        let signal = if at_once { Signal::KILL } else { Signal::TERM };
        // If it is gone meanwhile, there is nothing to stop.
        let _ = kill_process_group(Pid::from_child(&self.child), signal);
    }

    #[cfg(not(unix))]
    fn signal(&mut self, _at_once: bool) {
        // If it is gone meanwhile, there is nothing to stop.
        let _ = self.child.kill();
    }
}

/// Whether the text takes a place in this word: `{}`, or an option such as `--text={}`.
pub(super) fn is_slot(word: &str) -> bool {
    word == SLOT || (word.starts_with('-') && word.ends_with("={}"))
}

/// The text as an argument. It is never taken for an option.
fn argument(text: &str, whole: bool) -> String {
    let end = (0..=text.len().min(LONGEST_ARGUMENT)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let text = text[..end].replace('\0', " ");
    if whole && text.starts_with('-') { format!(" {text}") } else { text }
}
