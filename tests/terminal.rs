//! The real program in a pseudo-terminal (util-linux `script` makes one): the screen comes and goes, and the terminal is given back.
#![cfg(target_os = "linux")]

mod trainer;

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use trainer::Trainer;

/// Runs `review` in a pseudo-terminal, types the keys one after the other, and returns what the terminal showed. None where the
/// machine has no `script`.
fn typed(trainer: &Trainer, keys: &[&str]) -> Option<String> {
    let program = env!("CARGO_BIN_EXE_retain");
    let line = format!("stty cols 80 rows 24; '{program}' review; echo \"ended $?\"; stty -a");
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
    let Some(shown) = typed(&trainer, &["a", "\r", "b", "q", "x"]) else {
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
