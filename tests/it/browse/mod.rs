//! `retain browse`: the screen in a terminal, and plain lines without one.

use crate::fixture::program::Program;
use crate::fixture::pty::{Pty, is_cooked, is_given_back, shell_line};

fn with_mlops() -> Program {
    let mut program = Program::new();
    program.with_mlops();
    program
}

fn suspended(program: &Program) -> usize {
    program.table("cards").iter().filter(|card| card["suspended"] == true).count()
}

#[test]
fn without_a_terminal_it_prints_what_a_search_finds() {
    let program = with_mlops();
    let all = program.ok(&["browse"]);
    assert_eq!(all.out.lines().count(), 11, "{}", all.out);
    assert!(all.err.contains("10 cards"), "{}", all.err);
    for words in ["drift", "is:new", "zebra"] {
        let (browsed, searched) = (program.ok(&["browse", words]), program.ok(&["search", words]));
        assert_eq!((browsed.out, browsed.err), (searched.out, searched.err));
    }
    assert!(program.ok(&["browse", "--limit", "3"]).err.contains("3 of 10 cards"));
    // The numbers of the list name cards.
    program.ok(&["card", "show", "2"]);
    let refused = program.run(&["browse", "deck:nowhere"]);
    assert!(refused.code == 1 && refused.err.contains("hint:"), "{}", refused.err);
    let nothing = Program::new().run(&["browse"]);
    assert!(nothing.code == 1 && nothing.err.contains("there is no database"), "{}", nothing.err);
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_card_is_found_suspended_and_put_back_and_the_terminal_is_given_back() {
    let program = with_mlops();
    let mut pty = Pty::run(&program, &shell_line("browse"));
    let found = pty.types("drift");
    assert!(found.contains("drift"), "{found:?}");
    assert!(pty.shown().contains("\u{1b}[?2026h"), "a frame is shown at once");
    pty.types("\r");
    let told = pty.types("s");
    assert!(told.contains("u takes it back"), "{told:?}");
    assert_eq!(suspended(&program), 1);
    pty.types("u");
    assert_eq!(suspended(&program), 0);
    pty.types_last("q");
    let shown = pty.end();
    let (before, after) = shown.split_once("ended 0").unwrap_or_else(|| panic!("no end: {shown:?}"));
    assert!(is_given_back(before) && is_cooked(after), "{shown:?}");
    program.is_sound();
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn pasted_text_signals_and_sizes_do_no_harm() {
    let program = with_mlops();
    let mut pty = Pty::run(&program, &shell_line("browse"));
    pty.types("\u{1b}[200~model\nsbr\u{1b}[201~");
    pty.types("\u{15}");
    pty.types("\r");
    let told = pty.types("\u{1b}[200~sssbbb\u{1b}[201~");
    assert!(told.contains("ignored"), "{told:?}");
    assert_eq!(suspended(&program), 0);
    for (columns, rows) in [(20, 6), (120, 40), (40, 12)] {
        pty.resize(columns, rows);
    }
    pty.signal("TERM");
    let shown = pty.end();
    let (before, after) = shown.split_once("ended 0").unwrap_or_else(|| panic!("no end: {shown:?}"));
    assert!(is_given_back(before) && is_cooked(after), "{shown:?}");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn the_shell_and_back_and_control_c_leaves() {
    let program = with_mlops();
    let line = format!("set -m; {}; echo \"stopped $?\"; fg; echo \"ended $?\"; stty -a", shell_line("browse model"));
    let mut pty = Pty::raw(&program, &line);
    let back = pty.types("\u{1a}");
    assert!(back.contains("stopped 148"), "{back:?}");
    let (_, drawn) = back.rsplit_once("\u{1b}[?1049h").unwrap_or_else(|| panic!("no screen: {back:?}"));
    assert!(drawn.contains("model"), "all is drawn again: {drawn:?}");
    pty.types_last("\u{3}");
    let shown = pty.end();
    let (before, after) = shown.split_once("ended 0").unwrap_or_else(|| panic!("no end: {shown:?}"));
    assert!(is_given_back(before) && is_cooked(after), "{shown:?}");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_question_is_edited_in_the_editor() {
    let program = with_mlops();
    program.file("editor.sh", "#!/bin/sh\nsed -i 's/model/MODEL/' \"$1\"\n");
    let line = format!("chmod +x editor.sh; env EDITOR=./editor.sh {}", shell_line("browse model"));
    let mut pty = Pty::run(&program, &line);
    let told = pty.types("e");
    assert!(told.contains("the question is changed") && told.contains("u takes it back"), "{told:?}");
    assert!(program.ok(&["bank", "print", "MLOps"]).out.contains("MODEL"));
    pty.types("u");
    assert!(!program.ok(&["bank", "print", "MLOps"]).out.contains("MODEL"));
    pty.types_last("q");
    assert!(pty.end().contains("ended 0"));
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_terminal_that_only_prints_lines_gets_a_list() {
    let program = with_mlops();
    let pty = Pty::run(&program, &format!("env TERM=dumb {}", shell_line("browse")));
    let shown = pty.end();
    assert!(!shown.contains('\u{1b}') && shown.contains("comes back") && shown.contains("ended 0"), "{shown:?}");
}
