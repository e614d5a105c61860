//! The program with `shim.c` before its C library.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use crate::fixture::program::Program;

/// What happens at a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// The process is killed before it.
    Kill,
    /// It fails once with an I/O error.
    Io,
    /// It and some after it fail, because the disk is full; then somebody makes room.
    Full,
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
    command.env("LD_PRELOAD", library()).env("FAULT_FOLDER", data(program)).env("FAULT_COUNT", &count);
    if let Some(Fault { at, kind }) = fault {
        let kind = match kind {
            FaultKind::Kill => "kill",
            FaultKind::Io => "io",
            FaultKind::Full => "full",
        };
        command.env("FAULT_AT", at.to_string()).env("FAULT_KIND", kind);
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
    let output = child.wait_with_output().expect("it ends");
    let calls = fs::read_to_string(&count).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    ShimRun {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
        calls,
    }
}

/// The folder in which faults happen.
pub(super) fn data(program: &Program) -> PathBuf {
    program.db().parent().expect("a folder").to_path_buf()
}
