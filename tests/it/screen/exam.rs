//! Mock exams in a terminal: cut off in any way, they are gone on with.

use crate::fixture::program::Program;
use crate::fixture::pty::{Pty, is_cooked, is_given_back, shell_line};

fn with_mlops() -> Program {
    let mut program = Program::new();
    program.with_mlops();
    program
}

fn answers(program: &Program) -> usize {
    program.table("reviews").iter().filter(|row| row["undone"] == false).count()
}

/// The words of the whole screen, which is drawn again for this width.
fn screen(pty: &Pty, width: u16) -> String {
    let drawn = pty.resize(width, 24);
    let drawn = drawn.rsplit("\u{1b}[2J").next().unwrap_or_default();
    // A blank in no style is a step of the cursor.
    let pieces = drawn.split('\u{1b}').map(|piece| match piece.strip_prefix('[') {
        Some(sequence) => sequence.split_once(|char: char| char.is_ascii_alphabetic()).map_or("", |(_, text)| text),
        None => piece,
    });
    pieces.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn an_exam_that_is_killed_is_gone_on_with_and_finished() {
    let program = with_mlops();
    let mut pty = Pty::run(&program, &shell_line("exam -n 4 --minutes 30"));
    pty.types("a");
    pty.types("b");
    // Back to the first question, which shows its answer, and another answer to it.
    pty.types("p");
    pty.types("p");
    pty.types("m");
    let back = screen(&pty, 81);
    assert!(back.contains("question 1 of 4") && back.contains("●") && back.contains("marked"), "{back}");
    pty.types("c");
    pty.signal("KILL");
    pty.end();
    assert_eq!(answers(&program), 2);
    assert_eq!(program.table("reviews").len(), 3, "the first answer is in the log, taken back");
    // Asked whether to go on; Enter is a yes.
    let mut pty = Pty::run(&program, &shell_line("exam"));
    pty.settle(0);
    assert!(
        pty.shown().contains("(2 of 4 answered, 30 min left) is not finished")
            && pty.shown().contains("continue it? [Y/n]"),
        "{:?}",
        pty.shown()
    );
    pty.types("\r");
    let shown = screen(&pty, 81);
    assert!(shown.contains("question 3 of 4") && shown.contains("30:00"), "{shown}");
    pty.types("a");
    pty.types("b");
    let end = screen(&pty, 82);
    assert!(end.contains("Hand in? [y/n] all answered, 1 marked"), "{end}");
    pty.types("y");
    let score = screen(&pty, 83);
    assert!(score.contains("of 4 right") && score.contains("the pass mark is 70 %"), "{score}");
    pty.types_last("q");
    let shown = pty.end();
    let (screen, after) = shown.split_once("ended 0").unwrap_or_else(|| panic!("no end: {shown:?}"));
    let (_, stays) = screen.rsplit_once("\u{1b}[?1049l").unwrap_or_else(|| panic!("no screen: {shown:?}"));
    assert!(stays.contains(" of 4 right (") && stays.contains("less than a minute of 30"), "{stays:?}");
    assert!(is_given_back(screen) && is_cooked(after), "{shown:?}");
    assert_eq!(answers(&program), 4);
    program.is_sound();
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn signals_and_a_closed_terminal_leave_an_exam_to_be_gone_on_with() {
    for how in ["TERM", "HUP", "INT", "q", "closed"] {
        let program = with_mlops();
        let mut pty = if how == "closed" {
            Pty::raw(&program, &shell_line("exam -n 3"))
        } else {
            Pty::run(&program, &shell_line("exam -n 3"))
        };
        pty.types("a");
        match how {
            "closed" => assert!(pty.close(), "the exam ends with its terminal"),
            "q" => {
                pty.types("q");
                let asked = screen(&pty, 81);
                assert!(asked.contains("Leave the exam?") && asked.contains("1 of 3 answered"), "{asked}");
                pty.types_last("l");
                let shown = pty.end();
                assert!(
                    shown.contains("`retain exam --resume` continues it") && shown.contains("ended 0"),
                    "{shown:?}"
                );
            }
            signal => {
                pty.signal(signal);
                let shown = pty.end();
                assert!(
                    shown.contains("`retain exam --resume` continues it") && shown.contains("ended 0"),
                    "{shown:?}"
                );
                assert!(!shown.contains(" right ("), "nothing is said of what was right: {shown:?}");
            }
        }
        let exams = program.json(&["exam", "--history", "--json"]);
        assert_eq!((exams[0]["ended"].is_null(), exams[0]["answered"].as_u64()), (true, Some(1)), "{how}");
        program.is_sound();
    }
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_no_begins_another_exam() {
    let program = with_mlops();
    program.with_input(&["exam", "-n", "3", "--json"], "{\"type\":\"answer\",\"pick\":[\"A\"]}\n");
    let mut pty = Pty::run(&program, &shell_line("exam -n 2"));
    pty.types("n\r");
    let shown = screen(&pty, 81);
    assert!(shown.contains("question 1 of 2"), "{shown}");
    // The list: to the second question by its number.
    pty.types("l");
    let list = screen(&pty, 82);
    assert!(list.contains("2 questions") && list.contains("○ 2 open"), "{list}");
    pty.types("2\r");
    let second = screen(&pty, 83);
    assert!(second.contains("question 2 of 2"), "{second}");
    pty.types("q");
    pty.types_last("l");
    let shown = pty.end();
    assert!(shown.contains("nothing was answered") && shown.contains("ended 0"), "{shown:?}");
    let endings: Vec<_> =
        program.json(&["exam", "--history", "--json"]).iter().map(|exam| exam["ended"].clone()).collect();
    assert_eq!(endings, [serde_json::Value::Null], "one without an answer leaves nothing behind, and ends no other");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn what_is_typed_is_kept_by_every_end() {
    for how in ["TERM", "HUP", "INT", "twice", "closed"] {
        let program = Program::new();
        let question = |name: &str| format!("How many bones has {name}?\nKind: numeric\n- 206\n\n");
        program.file("bank.txt", format!("---\nform: exact\n---\n\n{}{}", question("a man"), question("a woman")));
        program.ok(&["import", "bank.txt"]);
        let line = shell_line("exam -n 2");
        let mut pty = if how == "closed" { Pty::raw(&program, &line) } else { Pty::run(&program, &line) };
        pty.types("206");
        match how {
            "closed" => assert!(pty.close(), "the exam ends with its terminal"),
            "twice" => {
                pty.types("\u{3}");
                pty.types_last("\u{3}");
                pty.end();
            }
            signal => {
                pty.signal(signal);
                pty.end();
            }
        }
        let exams = program.json(&["exam", "--history", "--json"]);
        assert_eq!((exams[0]["ended"].is_null(), exams[0]["answered"].as_u64()), (true, Some(1)), "{how}");
        assert!(exams[0]["right"].is_null(), "it can be gone on with, so nothing is said of what was right");
        program.is_sound();
    }
}
