//! From a key to the frame that follows: the real program in a pseudo-terminal (util-linux `script` makes it), over a large database.

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use crate::generator::{BankShape, LogShape, history};
use crate::measure::{KEY, ROUND, hold};

pub const CARDS: usize = 100_000;
const ANSWERS: usize = 1_000_000;
/// All that a day asks for.
const QUESTIONS: usize = 2 * ROUND;
/// A frame is whole once the terminal was sent nothing for so long.
const STILL: Duration = Duration::from_millis(40);
const PATIENCE: Duration = Duration::from_secs(30);
const ENTER: &str = "\r";
const DOWN: &str = "\u{1b}[B";

/// Whether the frames that follow a move of the cursor, an answer, and a rating come in time. The rating writes the answer durably
/// and loads the next question.
pub fn keys_hold() -> bool {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let folder = folder.path();
    fill(folder);
    let Some(mut screen) = Screen::open(folder, "review") else {
        println!("no `script` makes a pseudo-terminal here: keys are not measured");
        return true;
    };
    println!("\nfrom a key to its frame, in a terminal of 80x24: {CARDS} cards, {ANSWERS} answers at most");
    let (mut moves, mut answers, mut ratings) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..QUESTIONS {
        moves.push(screen.press(DOWN));
        answers.push(screen.press(ENTER));
        ratings.push(screen.press(ENTER));
    }
    screen.close();
    let logged =
        "select count(*) from review join device on device.id = review.device where device.name not like 'import: %'";
    let connection = rusqlite::Connection::open(folder.join("bench.db")).unwrap();
    let logged: i64 = connection.query_row(logged, [], |row| row.get(0)).unwrap();
    assert_eq!(logged, QUESTIONS as i64, "every rating wrote its answer");
    let mut held = hold("the cursor moves", moves, KEY);
    held &= hold("an answer, judged, and its feedback", answers, KEY);
    held & hold("a rating, durable, and the next question", ratings, KEY)
}

pub fn fill(folder: &Path) {
    std::fs::write(folder.join("bank.txt"), BankShape::Even.text(CARDS)).unwrap();
    std::fs::write(folder.join("history.csv"), history(LogShape::Steady, CARDS, ANSWERS, 320, 7)).unwrap();
    for file in ["bank.txt", "history.csv"] {
        let mut import = Command::new(env!("CARGO_BIN_EXE_retain"));
        import.args(["import", file, "-q", "--db", "bench.db"]).current_dir(folder);
        assert!(import.stdout(Stdio::null()).status().unwrap().success(), "{file}");
    }
}

/// The screen of the program.
pub struct Screen {
    child: Child,
    keys: ChildStdin,
    sent: Receiver<Instant>,
}

impl Screen {
    /// Runs a command and waits for its first frame; none where the machine has no `script`.
    pub fn open(folder: &Path, command: &str) -> Option<Self> {
        let line = format!("stty cols 80 rows 24; exec '{}' {command} --db bench.db", env!("CARGO_BIN_EXE_retain"));
        let mut command = Command::new("script");
        command.args(["-q", "-e", "-c", &line, "/dev/null"]).current_dir(folder);
        command.env("RETAIN_NOW", "2026-11-23T08:00:00+00:00").env("RETAIN_SEED", "1");
        command.env("TERM", "xterm-256color").env("SHELL", "/bin/sh").env_remove("NO_COLOR");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let keys = child.stdin.take()?;
        let mut output = child.stdout.take()?;
        let (sender, sent) = mpsc::channel();
        std::thread::spawn(move || {
            let mut chunk = [0; 65_536];
            while let Ok(1..) = output.read(&mut chunk) {
                if sender.send(Instant::now()).is_err() {
                    return;
                }
            }
        });
        let screen = Self { child, keys, sent };
        screen.settled();
        Some(screen)
    }

    /// Presses a key; how long until the last piece of its frame was sent.
    pub fn press(&mut self, key: &str) -> Duration {
        let start = Instant::now();
        self.keys.write_all(key.as_bytes()).unwrap();
        self.keys.flush().unwrap();
        self.settled() - start
    }

    /// When the last piece of a frame was sent.
    fn settled(&self) -> Instant {
        let mut last = self.sent.recv_timeout(PATIENCE).unwrap();
        while let Ok(sent) = self.sent.recv_timeout(STILL) {
            last = sent;
        }
        last
    }

    /// Leaves the screen.
    pub fn close(mut self) {
        self.keys.write_all(b"\x03").unwrap();
        self.settled();
        self.child.wait().unwrap();
    }
}
