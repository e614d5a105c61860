//! A pseudo-terminal of its own for the real program (util-linux `script` makes it), and what it looks like from outside.
#![allow(dead_code, unreachable_pub, reason = "each test binary uses its part of the fixture")]

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::trainer::Trainer;

/// A terminal of 80 columns and 24 rows in which a shell runs.
pub struct Pty {
    child: Child,
    input: ChildStdin,
    shown: Arc<Mutex<Vec<u8>>>,
    reader: JoinHandle<()>,
    folder: PathBuf,
}

/// A line for the shell: the program in a process of its own, whose number is in the file `pid`.
pub fn program(args: &str) -> String {
    format!("sh -c 'echo $$ > pid; exec \"$0\" {args}' '{}'", env!("CARGO_BIN_EXE_retain"))
}

impl Pty {
    /// Runs a line in a shell; at its end it says how it ended and what the terminal's mode is. None where the machine has no
    /// `script`.
    pub fn run(trainer: &Trainer, line: &str) -> Option<Self> {
        Self::raw(trainer, &format!("{line}; echo \"ended $?\"; stty -a"))
    }

    /// Runs a line in a shell, and nothing else.
    pub fn raw(trainer: &Trainer, line: &str) -> Option<Self> {
        let mut command = Command::new("script");
        let line = format!("stty cols 80 rows 24; tty > tty; {line}");
        command.args(["-q", "-e", "-c", &line, "/dev/null"]).current_dir(trainer.folder());
        command.env("RETAIN_DB", trainer.db()).env("RETAIN_NOW", "2026-11-23T08:00:00+01:00");
        command.env("TERM", "xterm-256color").env("SHELL", "/bin/sh").env_remove("NO_COLOR");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let input = child.stdin.take()?;
        let mut output = child.stdout.take()?;
        let shown = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&shown);
        let reader = thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(read @ 1..) = output.read(&mut chunk) {
                seen.lock().expect("the output").extend_from_slice(&chunk[..read]);
            }
        });
        Some(Self { child, input, shown, reader, folder: trainer.folder().into() })
    }

    /// What the terminal was sent so far.
    pub fn shown(&self) -> String {
        String::from_utf8_lossy(&self.shown.lock().expect("the output")).into_owned()
    }

    fn length(&self) -> usize {
        self.shown.lock().expect("the output").len()
    }

    /// Waits until the terminal was sent more than `before` bytes and is still then, however slow the machine is; how many by then.
    pub fn settle(&self, before: usize) -> usize {
        wait(|| self.length() > before);
        let mut last = 0;
        wait(|| {
            let still = self.length() == last;
            last = self.length();
            still
        });
        last
    }

    /// Waits for the terminal to be still, types, and waits for the answer; what the terminal was sent since.
    pub fn types(&mut self, keys: &str) -> String {
        let before = self.settle(0);
        let _ = self.input.write_all(keys.as_bytes());
        let _ = self.input.flush();
        self.settle(before);
        self.shown()[before..].to_owned()
    }

    /// Types without waiting for an answer.
    pub fn types_last(&mut self, keys: &str) {
        self.settle(0);
        let _ = self.input.write_all(keys.as_bytes());
        let _ = self.input.flush();
    }

    /// The mode of the terminal, as `stty -a` says it.
    pub fn mode(&self) -> String {
        let said = Command::new("stty").args(["-a", "-F", &self.word("tty")]).output().expect("a mode");
        String::from_utf8_lossy(&said.stdout).into_owned()
    }

    /// Makes the terminal larger or smaller; what it was sent since.
    pub fn resize(&self, columns: u16, rows: u16) -> String {
        let before = self.settle(0);
        let (columns, rows) = (columns.to_string(), rows.to_string());
        let tty = self.word("tty");
        let resized = Command::new("stty").args(["-F", &tty, "cols", &columns, "rows", &rows]).status();
        assert!(resized.is_ok_and(|status| status.success()), "{tty} is resized");
        self.settle(before);
        self.shown()[before..].to_owned()
    }

    /// Sends a signal to the program.
    pub fn signal(&self, name: &str) {
        self.settle(0);
        let sent = Command::new("kill").args([&format!("-{name}"), &self.word("pid")]).status();
        assert!(sent.is_ok_and(|status| status.success()), "the program is there to be told");
    }

    /// Closes the terminal under the program, and waits until that is gone, for half a minute at the most; whether it is.
    pub fn close(mut self) -> bool {
        self.settle(0);
        let process = PathBuf::from("/proc").join(self.word("pid"));
        assert!(process.exists(), "the program runs");
        self.child.kill().expect("the terminal is closed");
        self.child.wait().expect("it is gone");
        wait(|| !process.exists());
        !process.exists()
    }

    /// What the shell wrote into a file.
    fn word(&self, file: &str) -> String {
        std::fs::read_to_string(self.folder.join(file)).expect("a word").trim().to_owned()
    }

    /// Waits for the end; all that the terminal was sent.
    pub fn end(mut self) -> String {
        self.child.wait().expect("an end");
        self.reader.join().expect("the output");
        String::from_utf8_lossy(&self.shown.lock().expect("the output")).into_owned()
    }
}

/// Waits until something is so, for half a minute at the most.
pub fn wait(mut is: impl FnMut() -> bool) {
    for _ in 0..100 {
        thread::sleep(Duration::from_millis(300));
        if is() {
            return;
        }
    }
}

/// Whether a terminal in this mode takes lines and echoes them, as a shell wants it.
pub fn is_cooked(mode: &str) -> bool {
    let words: Vec<&str> = mode.split([' ', ';', '\n', '\r']).collect();
    words.contains(&"icanon") && words.contains(&"echo") && words.contains(&"isig")
}

/// Whether the alternate screen was left and the cursor is shown after all that the terminal was sent.
pub fn is_given_back(shown: &str) -> bool {
    let last = |on: &str, off: &str| (shown.rfind(on), shown.rfind(off));
    let left = matches!(last("\u{1b}[?1049h", "\u{1b}[?1049l"), (Some(on), Some(off)) if off > on);
    let visible = match last("\u{1b}[?25l", "\u{1b}[?25h") {
        (Some(hidden), shown) => shown.is_some_and(|shown| shown > hidden),
        (None, _) => true,
    };
    left && visible
}
