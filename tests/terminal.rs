//! The real program in a pseudo-terminal (util-linux `script` makes one): the screen comes and goes, and the terminal is given back.
#![cfg(target_os = "linux")]

mod trainer;

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use trainer::Trainer;

/// Runs a command in a pseudo-terminal, types the keys one after the other, and returns what the terminal showed. None where the
/// machine has no `script`.
fn typed(trainer: &Trainer, command: &str, keys: &[&str]) -> Option<String> {
    let program = env!("CARGO_BIN_EXE_retain");
    let line = format!("stty cols 80 rows 24; '{program}' {command}; echo \"ended $?\"; stty -a");
    let mut command = Command::new("script");
    command.args(["-q", "-e", "-c", &line, "/dev/null"]).current_dir(trainer.folder());
    command.env("RETAIN_DB", trainer.db()).env("RETAIN_NOW", "2026-11-23T08:00:00+01:00").env("TERM", "xterm-256color");
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut input = child.stdin.take()?;
    let mut output = child.stdout.take()?;
    let shown = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&shown);
    let reader = thread::spawn(move || {
        let mut chunk = [0; 4096];
        while let Ok(read @ 1..) = output.read(&mut chunk) {
            seen.lock().expect("the output").extend_from_slice(&chunk[..read]);
        }
    });
    let length = || shown.lock().expect("the output").len();
    let mut before = 0;
    for key in keys {
        // However slow the machine is: the screen answers the key before, and then is still.
        wait(|| length() > before);
        let mut last = 0;
        wait(|| {
            let still = length() == last;
            last = length();
            still
        });
        before = length();
        let _ = input.write_all(key.as_bytes());
        let _ = input.flush();
    }
    child.wait().ok()?;
    drop(input);
    reader.join().ok()?;
    let shown = shown.lock().expect("the output");
    Some(String::from_utf8_lossy(&shown).into_owned())
}

/// Waits until something is so, for half a minute at the most.
fn wait(mut is: impl FnMut() -> bool) {
    for _ in 0..100 {
        thread::sleep(Duration::from_millis(300));
        if is() {
            return;
        }
    }
}

#[test]
fn answers_typed_in_a_terminal_are_logged_and_the_terminal_is_given_back() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    let Some(shown) = typed(&trainer, "review", &["a", "\r", "b", "q", "x"]) else {
        return;
    };
    assert!(
        shown.contains("\u{1b}[?1049h") && shown.contains("\u{1b}[?1049l"),
        "the alternate screen comes and goes: {shown:?}"
    );
    assert!(shown.contains("ended 0"), "{shown:?}");
    let settings = shown.split("ended 0").last().unwrap_or_default();
    assert!(settings.contains(" icanon") && settings.contains(" echo ") && !settings.contains("-icanon"), "{settings}");
    // The second answer was seen, though not rated, before the person stopped.
    assert_eq!(trainer.table("reviews").len(), 2);
    trainer.is_sound();
}

#[test]
fn a_plan_asks_before_it_moves_anything() {
    let trainer = Trainer::new();
    trainer.file("bank.txt", "One? {#q1}\n- A. x *\n- B. y\n\nTwo? {#q2}\n- A. u *\n- B. v\n");
    trainer.file(
        "history.csv",
        "card_id,review_time,review_rating,review_state,review_duration\nq1,1790000000000,4,0,4000\nq2,1790000001000,4,0,2000\n",
    );
    for args in [&["import", "bank.txt"][..], &["import", "history.csv"], &["deck", "set", "bank", "reviews-per-day=1"]]
    {
        assert_eq!(trainer.run(args).code, 0);
    }
    let due_tomorrow = || trainer.table("cards").iter().filter(|card| card["due"] == "2026-11-24").count();
    for (keys, moved) in [("n\r", 0), ("\r", 0), ("y\r", 1)] {
        let Some(shown) = typed(&trainer, "catchup", &[keys]) else {
            return;
        };
        assert!(shown.contains("move 1 card? [y/N]") && shown.contains("ended 0"), "{shown:?}");
        assert_eq!(due_tomorrow(), moved, "{shown:?}");
    }
    trainer.is_sound();
}

#[test]
fn a_terminal_that_is_closed_ends_the_review() {
    let mut trainer = Trainer::new();
    trainer.with_mlops();
    let program = env!("CARGO_BIN_EXE_retain");
    let line = format!("stty cols 80 rows 24; echo $$ > pid; exec '{program}' review");
    let mut command = Command::new("script");
    command.args(["-q", "-c", &line, "/dev/null"]).current_dir(trainer.folder());
    command.env("RETAIN_DB", trainer.db()).env("RETAIN_NOW", "2026-11-23T08:00:00+01:00").env("TERM", "xterm-256color");
    let Ok(mut child) = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn() else {
        return;
    };
    let mut output = child.stdout.take().expect("a pipe");
    let mut chunk = [0; 4096];
    assert!(output.read(&mut chunk).is_ok_and(|read| read > 0), "the screen is drawn");
    thread::sleep(Duration::from_millis(500));
    let pid = std::fs::read_to_string(trainer.folder().join("pid")).expect("a number").trim().to_owned();
    let process = std::path::PathBuf::from("/proc").join(&pid);
    assert!(process.exists(), "the review runs");
    child.kill().expect("the terminal is closed");
    child.wait().expect("it is gone");
    drop(output);
    wait(|| !process.exists());
    assert!(!process.exists(), "the review ends with its terminal");
    trainer.is_sound();
}
