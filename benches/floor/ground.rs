//! The folder in which everything is measured: its files, its databases, and the program itself as a process.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use crate::generator::{BankShape, LogShape, history};

/// After all answers of the histories.
const NOW: &str = "2026-11-23T08:00:00+00:00";

/// How long a command took, and the most memory it held.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    pub took: Duration,
    /// In MB; `None` where the system does not say.
    pub peak: Option<f64>,
}

/// Files of one shape, and databases made of them.
pub struct Ground {
    folder: tempfile::TempDir,
    pub cards: usize,
    pub answers: usize,
}

impl Ground {
    /// A folder with all files.
    pub fn new(shape: BankShape, log: LogShape, cards: usize, answers: usize) -> Self {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        write_files(folder.path(), shape, log, cards, answers);
        Self { folder, cards, answers }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The size of a database with its write-ahead log, in MB.
    pub fn megabytes(&self, database: &str) -> f64 {
        let size = |end: &str| fs::metadata(self.path(&format!("{database}{end}"))).map_or(0, |file| file.len());
        (size("") + size("-wal")) as f64 / 1e6
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_retain"));
        command.env_clear().current_dir(self.folder()).env("RETAIN_DB", "bench.db").args(args);
        // A copy before each bulk change is measured by itself.
        fs::write(self.path("config.toml"), "[backups]\nautomatic = \"off\"\n").unwrap();
        command.env("RETAIN_CONFIG", "config.toml").env("RETAIN_NOW", NOW).env("RETAIN_SEED", "1");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        command
    }

    /// Runs a command, which must succeed.
    pub fn run(&self, args: &[&str]) -> Run {
        let start = Instant::now();
        let mut child = self.command(args).spawn().unwrap();
        let mut peak = None;
        let mut wait = Duration::from_micros(200);
        let status = loop {
            peak = peak_megabytes(&child).or(peak);
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            std::thread::sleep(wait);
            wait = (wait * 2).min(Duration::from_millis(2));
        };
        let took = start.elapsed();
        let mut said = String::new();
        if !status.success() {
            std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
        }
        assert!(status.success(), "{args:?}: {said}");
        Run { took, peak }
    }

    /// Removes a database, so that it is made again.
    pub fn remove(&self, database: &str) {
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(self.path(&format!("{database}{end}")));
        }
    }

    /// Makes a database a copy of another one.
    pub fn copy(&self, from: &str, to: &str) {
        self.remove(to);
        self.run(&["backup", to, "--force", "-q", "--db", from]);
    }

    /// Lets the system forget what it keeps in memory of a file, as far as it can. Whether it can.
    pub fn forget(&self, database: &str) -> bool {
        #[cfg(target_os = "linux")]
        {
            let all =
                ["", "-wal"].into_iter().filter_map(|end| fs::File::open(self.path(&format!("{database}{end}"))).ok());
            all.map(|file| {
                file.sync_all().and_then(|()| {
                    rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed).map_err(std::io::Error::from)
                })
            })
            .all(|done| done.is_ok())
        }
        #[cfg(not(target_os = "linux"))]
        {
            let _ = database;
            false
        }
    }

    /// From the start to the first question.
    pub fn first_question(&self) -> Duration {
        let start = Instant::now();
        let mut talk = Talk::begin(self.command(&["review", "--json", "-q"]));
        talk.wait_for("\"question\"");
        let took = start.elapsed();
        talk.end();
        took
    }

    /// From sending a rating to the next question, this many times: a durable answer each. Every tenth is taken back and given again; how long that took
    /// comes second.
    pub fn answers(&self, count: usize) -> (Vec<Duration>, Vec<Duration>) {
        let mut talk = Talk::begin(self.command(&["review", "--json", "-q", "--more", "100000"]));
        talk.wait_for("\"question\"");
        let (mut answers, mut undos) = (Vec::new(), Vec::new());
        for number in 0..count {
            answers.push(talk.answer());
            if number % 10 == 9 {
                undos.push(talk.timed(r#"{"type":"undo"}"#, "\"question\""));
                talk.answer();
            }
        }
        talk.end();
        (answers, undos)
    }

    /// How often a review syncs for this many answers, beyond those of its start and end, by `strace`; `None` where there is none.
    pub fn syncs(&self, count: usize) -> Option<f64> {
        let total = |answers: usize| {
            let file = self.path("syncs");
            let mut traced = Command::new("strace");
            let review = self.command(&["review", "--json", "-q", "--more", "100000"]);
            traced
                .args(["-f", "-e", "trace=fsync,fdatasync", "-o"])
                .arg(&file)
                .arg(review.get_program())
                .args(review.get_args());
            traced
                .env_clear()
                .envs(review.get_envs().filter_map(|(name, value)| Some((name, value?))))
                .current_dir(self.folder());
            let mut talk = Talk::try_begin(traced)?;
            talk.wait_for("\"question\"");
            for _ in 0..answers {
                talk.answer();
            }
            talk.end();
            Some(fs::read_to_string(file).ok()?.matches("sync(").count())
        };
        let (without, with) = (total(0)?, total(count)?);
        Some(with.saturating_sub(without) as f64 / count as f64)
    }
}

/// Writes the files: `bank.txt`, `table.csv`, `edited.csv`, in which every tenth question is another one, and `history.csv`.
pub fn write_files(folder: &Path, shape: BankShape, log: LogShape, cards: usize, answers: usize) {
    fs::create_dir_all(folder).unwrap();
    let table = shape.table(cards);
    let edited = |(line, text): (usize, &str)| {
        let edited = text.replacen("number", "the new number", 1).replacen("item", "the new item", 1);
        format!("{}\n", if line % 10 == 9 { &edited } else { text })
    };
    fs::write(folder.join("edited.csv"), table.lines().enumerate().map(edited).collect::<String>()).unwrap();
    fs::write(folder.join("table.csv"), table).unwrap();
    fs::write(folder.join("bank.txt"), shape.text(cards)).unwrap();
    fs::write(folder.join("history.csv"), history(log, cards, answers, 320, 7)).unwrap();
}

/// The most memory that a process has held so far, in MB, as Linux says it.
fn peak_megabytes(child: &Child) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1_024.0 / 1e6)
}

/// A review in lines of JSON.
struct Talk {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Talk {
    fn begin(command: Command) -> Self {
        Self::try_begin(command).unwrap()
    }

    fn try_begin(mut command: Command) -> Option<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
        let (input, output) = (child.stdin.take(), BufReader::new(child.stdout.take()?));
        Some(Self { child, input, output })
    }

    fn wait_for(&mut self, wanted: &str) {
        let mut line = String::new();
        while !line.contains(wanted) {
            line.clear();
            assert!(self.output.read_line(&mut line).unwrap() > 0, "the review ended before {wanted}");
        }
    }

    fn send(&mut self, line: &str) {
        writeln!(self.input.as_mut().unwrap(), "{line}").unwrap();
    }

    fn timed(&mut self, line: &str, wanted: &str) -> Duration {
        let start = Instant::now();
        self.send(line);
        self.wait_for(wanted);
        start.elapsed()
    }

    /// How long it took from the rating to the next question.
    fn answer(&mut self) -> Duration {
        self.timed(r#"{"type":"answer","pick":["A"],"ms":10}"#, "\"feedback\"");
        self.timed(r#"{"type":"rate"}"#, "\"question\"")
    }

    fn end(mut self) {
        drop(self.input.take());
        self.child.wait().unwrap();
    }
}
