//! A trainer in an empty folder, with its own clock, seed and environment.
#![allow(dead_code, unreachable_pub, reason = "each test binary uses its part of the fixture")]

pub mod kinds;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

pub struct Trainer {
    folder: TempDir,
    now: String,
    seed: Option<u64>,
}

/// What a command said.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Trainer {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), now: "2026-11-23T08:00:00+01:00".into(), seed: Some(1) }
    }

    pub fn at(&mut self, now: &str) -> &mut Self {
        self.now = now.into();
        self
    }

    pub fn seed(&mut self, seed: u64) -> &mut Self {
        self.seed = Some(seed);
        self
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn db(&self) -> PathBuf {
        self.folder().join("data").join("retain.db")
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        let path = self.folder().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, content).expect("a file");
        name.into()
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_retain"));
        command.env_clear().current_dir(self.folder()).args(args);
        command.env("RETAIN_DB", self.db()).env("RETAIN_NOW", &self.now).env("TZ", "UTC");
        if let Some(seed) = self.seed {
            command.env("RETAIN_SEED", seed.to_string());
        }
        command.stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Said {
        said(self.command(args).output().expect("the program runs"))
    }

    pub fn with_input(&self, args: &[&str], input: &str) -> Said {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads");
        said(child.wait_with_output().expect("it ends"))
    }

    /// Imports the bank that ships with the project.
    pub fn with_mlops(&mut self) -> &mut Self {
        let bank = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/decks/mlops.txt")).expect("the bank");
        self.file("mlops.txt", bank);
        assert_eq!(self.run(&["import", "mlops.txt"]).code, 0);
        self
    }

    pub fn session(&self, args: &[&str]) -> Session {
        let mut all = vec!["review", "--json"];
        all.extend(args);
        self.talk(&all)
    }

    /// A command that speaks JSON Lines.
    pub fn talk(&self, args: &[&str]) -> Session {
        let mut child =
            self.command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("a pipe"));
        Session { child, input, output }
    }

    /// Reviews everything that is due; `pick` says which label to pick.
    pub fn review(&self, mut pick: impl FnMut(&Value) -> String) -> Vec<Value> {
        let mut session = self.session(&[]);
        let mut told = Vec::new();
        while let Some(line) = session.read() {
            match line["type"].as_str() {
                Some("question") => session.send(&json!({"type": "answer", "pick": [pick(&line)], "ms": 3000})),
                Some("feedback") => session.send(&json!({"type": "rate"})),
                _ => {}
            }
            told.push(line);
        }
        told
    }

    /// The rows of a table as JSON.
    pub fn table(&self, table: &str) -> Vec<Value> {
        let said = self.run(&["export", table, "--format", "json"]);
        assert_eq!(said.code, 0, "{}", said.err);
        said.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    pub fn is_sound(&self) {
        let said = self.run(&["check"]);
        assert_eq!(said.code, 0, "{}", said.err);
    }
}

/// A review over JSON Lines.
pub struct Session {
    pub child: Child,
    pub input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Session {
    pub fn read(&mut self) -> Option<Value> {
        let mut line = String::new();
        let read = self.output.read_line(&mut line).unwrap_or(0);
        (read > 0 && line.ends_with('\n')).then(|| serde_json::from_str(&line).expect("JSON"))
    }

    pub fn send(&mut self, line: &Value) {
        if let Some(input) = &mut self.input {
            // The program may have ended meanwhile, which the next read tells.
            let _ = writeln!(input, "{line}");
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.wait();
    }
}

fn said(output: Output) -> Said {
    Said {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// The label of the choice with this text.
pub fn label(question: &Value, text: &str) -> String {
    let choices = question["choices"].as_array().expect("choices");
    choices.iter().find(|choice| choice["text"] == text).expect("the choice")["label"].as_str().expect("a label").into()
}

/// The right options of the bank that ships, by stem.
pub fn mlops_key() -> std::collections::HashMap<String, String> {
    let bank = fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/decks/mlops.txt")).expect("the bank");
    let bank = retain::bank::read(&bank, &retain::bank::ReadOptions::default()).expect("a bank");
    bank.questions.into_iter().map(|question| (question.stem, question.options[0].text.clone())).collect()
}
