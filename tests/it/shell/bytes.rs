//! Arguments that are no text in UTF-8.
#![cfg(unix)]

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;

use crate::fixture::program::Program;

#[test]
fn a_text_that_is_not_utf_8_is_refused_in_words() {
    let mut program = Program::new();
    program.with_mlops();
    let lines: [&[&[u8]]; 12] = [
        &[b"\xfc"],
        &[b"search", b"caf\xe9"],
        &[b"card", b"flag", b"1", b"--note", b"\x9b"],
        &[b"deck", b"create", b"\xfc"],
        &[b"due", b"--format", b"\xff{due}"],
        &[b"review", b"--say", b"\xfc"],
        &[b"review", b"--topic", b"\xfc"],
        &[b"config", b"theme", b"\xfc"],
        &[b"card", b"list", b"--search", b"-\xfc"],
        &[b"deck", b"set", b"\xfc=1"],
        &[b"\xfc", b"review"],
        &[b"--\xfc"],
    ];
    for line in lines {
        let output = program.run_bytes(line);
        assert_eq!(output.code, 2, "{line:?}: {}", output.err);
        assert!(output.err.starts_with("error: ") && !output.err.contains("fault"), "{line:?}: {}", output.err);
    }
    let output = program.run_bytes(&[b"search", b"caf\xe9"]);
    assert!(output.err.contains("is not text in UTF-8\nhint: "), "{}", output.err);
}

#[test]
fn a_path_may_be_any_bytes() {
    let program = Program::new();
    let name = OsStr::from_bytes(b"M\xfc.txt");
    std::fs::write(program.folder().join(name), "What?\n- A. one *\n- B. two\n").expect("a bank");
    let output = program.run_bytes(&[b"review", b"M\xfc.txt", b"--plain"]);
    assert_eq!(output.code, 0, "{}", output.err);
    assert_eq!(program.table("cards").len(), 1);
    let output = program.run_bytes(&[b"review", b"N\xfc.txt"]);
    assert_eq!(output.code, 1, "{}", output.err);
    assert!(output.err.contains("there is no file `N\u{fffd}.txt`"), "{}", output.err);
    assert_eq!(program.run_bytes(&[b"import", b"M\xfc.txt"]).code, 0);
    assert_eq!(program.run_bytes(&[b"export", b"cards", b"-o", b"\xfc.csv"]).code, 0);
}
