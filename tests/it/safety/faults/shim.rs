//! The program with `shim.c` before its C library.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::fixture::program::Program;

/// How long a program may wait for what lasts, until a signal ends it, and how long it may take otherwise.
const PATIENCE: Duration = Duration::from_millis(1500);
const LONG_PATIENCE: Duration = Duration::from_secs(60);

/// What happens at a call, and maybe from it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// The process is killed before it.
    Kill,
    /// The process is killed in the middle of it: half of what is to be written is there. Other calls are done.
    Half,
    /// It fails once with an I/O error.
    Io,
    /// It fails with an I/O error, and so do all that follow.
    IoOn,
    /// It fails once, because the disk is full.
    FullOnce,
    /// It and some after it fail, because the disk is full; then somebody makes room.
    Full,
    /// The disk is full from here on: the beginning of a write is there. What makes room works.
    FullOn,
    /// No more may be written by this person, from here on.
    Quota,
    /// This write and some after it write less than they were given, which a system may do.
    Short,
    /// A signal interrupts it.
    Interrupted,
    /// A read, or the opening of a file that is there, fails once with an I/O error. These calls are counted apart.
    Read,
    /// It fails, and so do all reads that follow.
    ReadOn,
}

impl FaultKind {
    pub(super) const ALL: [Self; 12] = [
        Self::Kill,
        Self::Half,
        Self::Io,
        Self::IoOn,
        Self::FullOnce,
        Self::Full,
        Self::FullOn,
        Self::Quota,
        Self::Short,
        Self::Interrupted,
        Self::Read,
        Self::ReadOn,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::Kill => "kill",
            Self::Half => "half",
            Self::Io => "io",
            Self::IoOn => "io-on",
            Self::FullOnce => "full-once",
            Self::Full => "full",
            Self::FullOn => "full-on",
            Self::Quota => "quota",
            Self::Short => "short",
            Self::Interrupted => "interrupted",
            Self::Read => "read",
            Self::ReadOn => "read-on",
        }
    }

    /// Whether the process ends by it.
    pub(super) const fn kills(self) -> bool {
        matches!(self, Self::Kill | Self::Half)
    }

    pub(super) const fn is_of_reads(self) -> bool {
        matches!(self, Self::Read | Self::ReadOn)
    }

    /// Whether the operation has to succeed in spite of it.
    pub(super) const fn is_harmless(self) -> bool {
        matches!(self, Self::Short)
    }

    /// Whether it goes on, so that a review waits until it is ended.
    pub(super) const fn lasts(self) -> bool {
        matches!(self, Self::IoOn | Self::FullOn | Self::Quota | Self::ReadOn)
    }
}

/// A fault at one call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fault {
    /// Counted from 1.
    pub(super) at: usize,
    pub(super) kind: FaultKind,
}

/// How a run ended.
pub(super) struct ShimRun {
    /// None if it was killed.
    pub(super) code: Option<i32>,
    pub(super) out: String,
    pub(super) err: String,
    /// How many calls changed files.
    pub(super) calls: usize,
    /// How many calls read, or opened a file that was there.
    pub(super) reads: usize,
}

/// The library, built once.
fn library() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/safety/faults/shim.c");
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("fault-shim-{}.so", std::process::id()));
        // SQLite was built from C, so there is a compiler.
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".into());
        let built = Command::new(compiler)
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .arg(&library)
            .arg(source)
            .args(["-ldl", "-lpthread"])
            .output()
            .expect("a C compiler");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        library
    })
}

/// Runs a command with the library.
pub(super) fn shimmed(program: &Program, args: &[&str], input: &str, fault: Option<Fault>) -> ShimRun {
    recorded(program, args, input, fault, None)
}

/// Runs a command with the library, which writes what happened into a journal.
pub(super) fn recorded(
    program: &Program,
    args: &[&str],
    input: &str,
    fault: Option<Fault>,
    journal: Option<&Path>,
) -> ShimRun {
    let count = program.folder().join("calls");
    let _ = fs::remove_file(&count);
    let mut command = program.command(args);
    command.env("LD_PRELOAD", library()).env("FAULT_FOLDER", program.folder()).env("FAULT_COUNT", &count);
    command.env("TMPDIR", program.folder().join("tmp"));
    if let Some(Fault { at, kind }) = fault {
        command.env("FAULT_AT", at.to_string()).env("FAULT_KIND", kind.name());
    }
    if let Some(journal) = journal {
        command.env("FAULT_JOURNAL", journal);
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // A program that ends early does not read all of it.
    let _ = child.stdin.take().expect("a pipe").write_all(input.as_bytes());
    let waits = !input.is_empty() && fault.is_some_and(|fault| fault.kind.lasts());
    let patience = if waits { PATIENCE } else { LONG_PATIENCE };
    let id = child.id().to_string();
    let ended = AtomicBool::new(false);
    let output = thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let began = Instant::now();
            while !ended.load(Ordering::Relaxed) && began.elapsed() < patience {
                thread::park_timeout(patience);
            }
            if !ended.load(Ordering::Relaxed) {
                // As a person does who does not want to wait.
                let _ = Command::new("kill").arg(&id).status();
            }
        });
        let output = child.wait_with_output().expect("it ends");
        ended.store(true, Ordering::Relaxed);
        watch.thread().unpark();
        output
    });
    let counted = fs::read_to_string(&count).unwrap_or_default();
    let mut counted = counted.split(' ').map(|number| number.parse().unwrap_or(0));
    ShimRun {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
        calls: counted.next().unwrap_or(0),
        reads: counted.next().unwrap_or(0),
    }
}
