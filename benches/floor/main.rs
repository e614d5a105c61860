//! The fast floor: what people and machines wait for, at a size and in a shape of your choice.
//!
//! `cargo bench --bench floor` (100,000 cards and 1,000,000 answers), or with `-- CARDS ANSWERS`. `--shape NAME` chooses the questions
//! (`even`, `decks`, `short`, `long`, `html`), `--log NAME` the learner (`steady`, `bursts`, `lapses`). `--keep` keeps the figures in
//! `benches/floor/kept`, and a row that takes over a fifth more of its bare limit than the kept figures is shown. `--growth` measures three sizes up to the
//! one that is named, and draws the cost over the size. `--files FOLDER` writes the files and measures nothing: for a program that is measured beside
//! this one (`benches/peer`).
//!
//! All are whole processes, in medians of several runs. The bare limits are measured in the same run. The most memory is looked at every two milliseconds.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops where something is off")]
#![allow(unreachable_pub, reason = "the parts of a benchmark")]

mod bare;
#[path = "../generator/mod.rs"]
#[allow(dead_code, reason = "each benchmark uses its part of the generator")]
mod generator;
mod ground;
mod growth;
mod record;

use std::path::PathBuf;
use std::time::Duration;

use bare::Bare;
use generator::{BankShape, LogShape};
use ground::{Ground, Run};
use record::{Record, several};

/// How often a short row and a long one are measured.
const SHORT: usize = 9;
const LONG: usize = 3;

/// What was asked for on the command line.
struct Wanted {
    cards: usize,
    answers: usize,
    shape: BankShape,
    log: LogShape,
    keep: bool,
    growth: bool,
    files: Option<PathBuf>,
}

impl Wanted {
    fn parse() -> Self {
        let words: Vec<String> = std::env::args().skip(1).collect();
        let after = |flag: &str| words.iter().position(|word| word == flag).and_then(|at| words.get(at + 1));
        let sizes: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
        let shape =
            after("--shape").map(|name| BankShape::named(name).unwrap_or_else(|| panic!("no shape is called {name}")));
        let log = after("--log").map(|name| {
            LogShape::ALL
                .into_iter()
                .find(|log| log.name() == name)
                .unwrap_or_else(|| panic!("no learner is called {name}"))
        });
        Self {
            cards: sizes.first().copied().unwrap_or(100_000),
            answers: sizes.get(1).copied().unwrap_or(1_000_000),
            shape: shape.unwrap_or(BankShape::Decks),
            log: log.unwrap_or(LogShape::Steady),
            keep: words.iter().any(|word| word == "--keep"),
            growth: words.iter().any(|word| word == "--growth"),
            files: after("--files").map(PathBuf::from),
        }
    }
}

/// The median time of a command, and the most memory of all its runs.
fn repeated(times: usize, mut run: impl FnMut() -> Run) -> Run {
    let runs: Vec<Run> = (0..times).map(|_| run()).collect();
    let mut took: Vec<Duration> = runs.iter().map(|run| run.took).collect();
    took.sort();
    let peak = runs
        .iter()
        .filter_map(|run| run.peak)
        .fold(None, |most: Option<f64>, peak| Some(most.map_or(peak, |most| most.max(peak))));
    Run { took: took[took.len() / 2], peak }
}

/// The rows of a run.
struct Rows<'a> {
    ground: &'a Ground,
    bare: Bare,
    record: Record,
}

impl Rows<'_> {
    /// A command, how long it may take, its bare limit, and how much memory it may hold.
    fn command(
        &mut self,
        row: &str,
        times: usize,
        args: &[&str],
        hold_ms: Option<f64>,
        bare: Duration,
        hold_mb: Option<f64>,
    ) {
        self.made(row, times, hold_ms, bare, hold_mb, |ground| ground.run(args));
    }

    fn made(
        &mut self,
        row: &str,
        times: usize,
        hold_ms: Option<f64>,
        bare: Duration,
        hold_mb: Option<f64>,
        run: impl Fn(&Ground) -> Run,
    ) {
        let ground = self.ground;
        let done = repeated(times, || run(ground));
        self.record.time(row, done.took, hold_ms, bare);
        self.record.count(&format!("  memory of {row}"), done.peak, "MB", hold_mb);
    }

    fn imports(&mut self) {
        let bare = self.bare;
        self.record.section("imports");
        let into = |name: &'static str, file: &'static str| {
            move |ground: &Ground| {
                ground.remove(name);
                ground.run(&["import", file, "--db", name, "--yes", "-q"])
            }
        };
        self.made("import of the table", LONG, Some(600.0), bare.questions, Some(150.0), into("table.db", "table.csv"));
        self.command(
            "the same again",
            LONG,
            &["import", "table.csv", "--db", "table.db", "--yes", "-q"],
            Some(300.0),
            bare.questions,
            None,
        );
        self.made("a tenth of it edited", LONG, None, bare.questions, None, |ground| {
            ground.copy("table.db", "edited.db");
            std::fs::copy(ground.path("edited.csv"), ground.path("swap.csv")).unwrap();
            std::fs::rename(ground.path("table.csv"), ground.path("kept.csv")).unwrap();
            std::fs::rename(ground.path("swap.csv"), ground.path("table.csv")).unwrap();
            let run = ground.run(&["import", "table.csv", "--db", "edited.db", "--yes", "-q"]);
            std::fs::rename(ground.path("kept.csv"), ground.path("table.csv")).unwrap();
            run
        });
        self.made("import of loose text", LONG, Some(800.0), bare.questions, None, into("bench.db", "bank.txt"));
        self.command(
            "the same text again",
            LONG,
            &["import", "bank.txt", "--yes", "-q"],
            Some(500.0),
            bare.questions,
            None,
        );
        self.ground.copy("bench.db", "fresh.db");
        self.made("import of the history", 1, Some(3_000.0), bare.log, Some(300.0), |ground| {
            ground.run(&["import", "history.csv", "--yes", "-q"])
        });
        self.record.count("database", Some(self.ground.megabytes("bench.db")), "MB", Some(70.0));
    }

    fn a_day(&mut self) {
        let bare = self.bare;
        self.record.section("a day of a person");
        let ground = self.ground;
        self.record.time(
            "start to the first question",
            several(SHORT, || ground.first_question()),
            Some(10.0),
            bare.start,
        );
        if ground.forget("bench.db") {
            ground.run(&["due", "-q"]);
            let cold = several(LONG, || {
                ground.forget("bench.db");
                ground.first_question()
            });
            self.record.time("  the same, its file read from the disk", cold, None, bare.start);
        }
        let (mut answers, undos) = ground.answers((ground.cards / 20).clamp(10, 1_000));
        answers.sort();
        self.record.time("an answer, durable, and the next question", answers[answers.len() / 2], Some(0.5), bare.sync);
        self.record.time("  the slowest in a hundred", answers[answers.len() * 99 / 100], Some(2.0), bare.sync);
        self.record.time(
            "undo, and the question again",
            several(undos.len(), {
                let mut undos = undos.into_iter();
                move || undos.next().unwrap()
            }),
            None,
            bare.sync,
        );
        self.record.count("  syncs of an answer", ground.syncs((ground.cards / 50).clamp(5, 100)), "syncs", Some(1.0));
        self.command("home", SHORT, &["-q"], Some(10.0), bare.start, Some(25.0));
        self.command("due", SHORT, &["due", "-q"], Some(10.0), bare.start, None);
        self.command(
            "first search, which fills the index",
            1,
            &["search", "voltage", "-q"],
            None,
            bare.questions,
            None,
        );
        self.command("search for a word", SHORT, &["search", "voltage", "-q"], Some(5.0), bare.start, None);
        self.command(
            "search for the beginning of words",
            SHORT,
            &["search", "volt*", "-q"],
            Some(5.0),
            bare.start,
            None,
        );
    }

    fn figures(&mut self) {
        let bare = self.bare;
        self.record.section("figures and memory");
        self.command("stats", LONG, &["stats", "-q"], Some(150.0), bare.states, Some(60.0));
        self.command("stats --html", LONG, &["stats", "--html", "report.html", "-q"], Some(150.0), bare.states, None);
        self.command("rebuild", LONG, &["rebuild", "-q"], Some(600.0), bare.states, None);
        self.command("check", LONG, &["check", "-q"], Some(1_000.0), bare.states, None);
        self.command("evaluate", 1, &["evaluate", "-q"], Some(1_000.0), bare.states, None);
        self.command("optimize", 1, &["optimize", "-q"], Some(2_000.0), bare.states, Some(300.0));
        self.command("export reviews", LONG, &["export", "reviews", "-q"], Some(4_000.0), bare.states, Some(60.0));
        self.command("backup", LONG, &["backup", "copy.db", "--force", "-q"], None, bare.questions, None);
    }

    fn packages(&mut self) {
        let bare = self.bare.questions + self.bare.log;
        self.record.section("packages of Anki");
        self.command(
            "package out",
            LONG,
            &["anki", "export", "all.apkg", "--force", "-q"],
            Some(3_000.0),
            bare,
            Some(300.0),
        );
        self.made("package in", LONG, Some(3_000.0), bare, Some(300.0), |ground| {
            ground.remove("package.db");
            ground.run(&["anki", "import", "all.apkg", "--db", "package.db", "-q"])
        });
        self.command(
            "package in again",
            1,
            &["anki", "import", "all.apkg", "--db", "package.db", "-q"],
            Some(3_000.0),
            bare,
            Some(300.0),
        );
    }
}

fn main() {
    let wanted = Wanted::parse();
    if wanted.growth {
        return growth::draw(wanted.shape, wanted.log, wanted.cards, wanted.answers);
    }
    if let Some(folder) = &wanted.files {
        return ground::write_files(folder, wanted.shape, wanted.log, wanted.cards, wanted.answers);
    }
    let name = format!("{}-{}-{}-{}", wanted.shape.name(), wanted.log.name(), wanted.cards, wanted.answers);
    println!(
        "{} cards, {} answers, questions `{}`, learner `{}`",
        wanted.cards,
        wanted.answers,
        wanted.shape.name(),
        wanted.log.name()
    );
    let ground = Ground::new(wanted.shape, wanted.log, wanted.cards, wanted.answers);
    let bare = Bare::measure(&ground);
    let mut rows = Rows { ground: &ground, bare, record: Record::new(&name) };
    rows.record.section("bare limits");
    for (row, took) in [
        ("one fdatasync of 4 KiB", bare.sync),
        ("the program says its version", bare.start),
        ("rows of as many questions", bare.questions),
        ("rows of as many answers", bare.log),
        ("as many `next_states`", bare.states),
    ] {
        println!("{row:<46} {:>7.2} ms", took.as_secs_f64() * 1_000.0);
    }
    rows.imports();
    rows.a_day();
    rows.figures();
    rows.packages();
    rows.record.end(wanted.keep);
}
