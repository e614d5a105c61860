//! Questions read aloud, by a program that writes down what it was given.

use std::fs;
use std::time::{Duration, Instant};

use crate::fixture::program::Program;
use crate::fixture::pty::{Pty, shell_line, wait};

const BANK: &str = "---\nform: exact\ndeck: Sky\nmarkup: markdown\n---\n\nWhich **planet** is red; $(touch run) `touch run`?\n- A. Mars *\n- B. Venus\nExplanation: Iron oxide.\n";
/// Writes down what it reads.
const WRITES: &str = "sh -c 'cat >> heard; echo == >> heard'";

fn program() -> Program {
    let program = Program::new();
    program.file("sky.txt", BANK);
    program.ok(&["import", "sky.txt"]);
    program
}

fn heard(program: &Program) -> String {
    fs::read_to_string(program.folder().join("heard")).unwrap_or_default()
}

/// What was heard when it is as long as this.
fn wait_for(program: &Program, parts: usize) -> String {
    wait(|| heard(program).matches("==").count() >= parts);
    heard(program)
}

#[test]
fn plain_lines_are_read_aloud_without_their_prompts() {
    let program = program();
    let mut child = program
        .command(&["review", "--plain", "--say", WRITES])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut input = child.stdin.take().expect("its input");
    let mut types = |line: &str| std::io::Write::write_all(&mut input, line.as_bytes()).expect("it reads");
    let question = wait_for(&program, 1);
    assert!(question.starts_with("Which planet is red; $(touch run) touch run?\nA. "), "{question}");
    assert!(!question.contains("Your answer"), "{question}");
    types("repeat\n");
    assert_eq!(wait_for(&program, 2), question.repeat(2));
    let right = if question.contains("A. Mars.") { "A\n" } else { "B\n" };
    types(right);
    let all = wait_for(&program, 3);
    assert!(all[question.len() * 2..].starts_with("Right.\nYou picked "), "{all}");
    assert!(all.contains("\nIron oxide.\n"), "{all}");
    types("quit\n");
    assert!(child.wait().expect("it ends").success());
    assert!(!program.folder().join("run").exists(), "no shell sees the text of a question");
}

#[test]
fn the_text_can_be_an_argument_and_never_an_option() {
    let program = program();
    program.file("minus.txt", "---\nform: exact\n---\n\n-x /etc/passwd is which file?\n- A. users *\n- B. none\n");
    program.ok(&["import", "minus.txt", "--deck", "Minus"]);
    program.file("voice.sh", "#!/bin/sh\nprintf '%s|' \"$@\" > heard\n");
    let mut child = program
        .command(&["review", "Minus", "--plain", "--say", "sh voice.sh -v 'two words' {}"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("it starts");
    // The voice is stopped when the review ends.
    wait(|| !heard(&program).is_empty());
    drop(child.stdin.take());
    assert!(child.wait().expect("it ends").success());
    assert!(heard(&program).starts_with("-v|two words| -x /etc/passwd is which file?\nA. "), "{}", heard(&program));
}

#[test]
fn a_review_goes_on_without_its_voice() {
    let program = program();
    program.ok(&["config", "say", "/no/such/voice"]);
    let output = program.with_input(&["review", "--plain"], "A\n\nA\n\n");
    assert_eq!(output.code, 0, "{}", output.err);
    assert_eq!(output.out.matches("`/no/such/voice` cannot be started").count(), 1, "{}", output.out);
    assert!(output.out.contains("1 answer") || output.out.contains("2 answers"), "{}", output.out);
    // The flag goes before the file, and programs hear nothing.
    let silent = program.with_input(&["review", "--plain", "--cram", "--say", "none"], "A\n\n");
    assert!(!silent.out.contains("cannot be started"), "{}", silent.out);
    assert!(!program.with_input(&["review", "--json"], "").out.contains("voice"));
    assert_eq!(program.run(&["review", "--plain", "--say", "sh -c {}"]).code, 2);
    assert_eq!(program.run(&["review", "--plain", "--say", "'open"]).code, 2);
}

#[test]
fn a_key_stops_the_voice_and_all_that_it_started_in_a_terminal() {
    let program = program();
    let voice = "sh -c \"cat > heard; echo == >> heard; sleep 300; echo late >> heard\"";
    program.ok(&["config", "say", voice]);
    let started = Instant::now();
    let mut screen = Pty::run(&program, &shell_line("review"));
    wait_for(&program, 1);
    let question = heard(&program);
    screen.types_last("\u{12}");
    wait(|| heard(&program) == question);
    screen.types("?");
    screen.types_last("q");
    screen.types_last("q");
    let shown = screen.end();
    assert!(shown.contains("ended 0"), "{shown}");
    assert!(started.elapsed() < Duration::from_secs(100), "nobody waits for the voice");
    assert_eq!(heard(&program), question);
}
