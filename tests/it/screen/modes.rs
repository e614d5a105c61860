//! The real program in a pseudo-terminal (util-linux `script` makes one): the screen comes and goes, and the terminal is given back.

use crate::fixture::program::Program;
use crate::fixture::pty::{Pty, is_cooked, is_given_back, shell_line};

/// Runs a command in a pseudo-terminal, types the keys one after the other, and returns what the terminal showed.
fn typed(program: &Program, command: &str, keys: &[&str]) -> String {
    let mut pty = Pty::run(program, &shell_line(command));
    let (last, first) = keys.split_last().expect("a key");
    for key in first {
        pty.types(key);
    }
    pty.types_last(last);
    pty.end()
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn answers_typed_in_a_terminal_are_logged_and_the_terminal_is_given_back() {
    let mut program = Program::new();
    program.with_mlops();
    let shown = typed(&program, "review", &["a", "\r", "b", "q"]);
    let (before, after) = shown.split_once("ended 0").unwrap_or_else(|| panic!("no end: {shown:?}"));
    assert!(is_given_back(before), "the alternate screen comes and goes: {before:?}");
    assert!(is_cooked(after), "{after}");
    // The second answer was seen, though not rated, before the person stopped.
    assert_eq!(program.table("reviews").len(), 2);
    program.is_sound();
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_letter_pressed_twice_is_a_sure_answer() {
    let mut program = Program::new();
    program.with_mlops();
    program.ok(&["deck", "set", "MLOps", "confidence=ask"]);
    typed(&program, "review", &["a", "a", "\r", "b", "\r", "\r", "q"]);
    let sure: Vec<_> = program.table("reviews").iter().map(|row| row["sure"].clone()).collect();
    assert_eq!(sure, [true, false]);
    program.is_sound();
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn the_score_of_an_exam_stays_when_its_screen_is_gone() {
    let mut program = Program::new();
    program.with_mlops();
    let shown = typed(&program, "exam -n 2 --minutes 5", &["a", "b", "y", "q"]);
    let (screen, after) = shown.split_once("ended 0").unwrap_or_else(|| panic!("no end: {shown:?}"));
    let (_, stays) = screen.rsplit_once("\u{1b}[?1049l").unwrap_or_else(|| panic!("no screen: {shown:?}"));
    assert!(stays.contains(" of 2 right (") && stays.contains("less than a minute"), "{stays:?}");
    assert!(is_given_back(screen) && is_cooked(after), "{shown:?}");
    let reviews = program.table("reviews");
    assert!(reviews.len() == 2 && reviews.iter().all(|row| row["kind"] == "exam"));
    let right = reviews.iter().filter(|row| row["right"] == true).count();
    assert!(stays.contains(&format!("{right} of 2 right")), "{stays:?}");
    program.is_sound();
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_card_is_flagged_while_it_is_asked() {
    let mut program = Program::new();
    program.with_mlops();
    let flagged = || program.run(&["card", "list", "--flagged", "--json"]).out;
    assert_eq!(flagged(), "");
    typed(&program, "review", &["f", "look it up", "\r", "a", "\r", "q"]);
    assert!(flagged().lines().count() == 1 && flagged().contains("look it up"), "{}", flagged());
    typed(&program, "undo", &["\r"]);
    // The same card comes first again, and one key takes the flag away.
    typed(&program, "review", &["f", "q"]);
    assert_eq!(flagged(), "");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_plan_asks_before_it_moves_anything() {
    let program = Program::new();
    program.file("bank.txt", "One? {#q1}\n- A. x *\n- B. y\n\nTwo? {#q2}\n- A. u *\n- B. v\n");
    program.file(
        "history.csv",
        "card_id,review_time,review_rating,review_state,review_duration\nq1,1790000000000,4,0,4000\nq2,1790000001000,4,0,2000\n",
    );
    for args in [&["import", "bank.txt"][..], &["import", "history.csv"], &["deck", "set", "bank", "reviews-per-day=1"]]
    {
        program.ok(args);
    }
    let due_tomorrow = || program.table("cards").iter().filter(|card| card["due"] == "2026-11-24").count();
    for (keys, moved) in [("n\r", 0), ("\r", 0), ("y\r", 1)] {
        let shown = typed(&program, "catchup", &[keys]);
        assert!(shown.contains("move 1 card? [y/N]") && shown.contains("ended 0"), "{shown:?}");
        assert_eq!(due_tomorrow(), moved, "{shown:?}");
    }
    program.is_sound();
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_terminal_that_only_prints_lines_gets_plain_lines() {
    let mut program = Program::new();
    program.with_mlops();
    let mut pty = Pty::run(&program, &format!("env TERM=dumb {}", shell_line("review")));
    let told = pty.types("a\r");
    assert!(told.contains("Enter to go on"), "{told:?}");
    pty.types_last("quit\r");
    let shown = pty.end();
    assert!(!shown.contains('\u{1b}') && shown.contains("ended 0"), "{shown:?}");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn the_way_back_names_the_key_for_the_question_that_is_shown_next() {
    let program = Program::new();
    let options: String = ('a'..='v')
        .map(|letter| format!("{letter}) option {letter}{}\n", if letter == 'b' { " *" } else { "" }))
        .collect();
    program.file("bank.txt", format!("One?\na) x *\nb) y\n\nTwo?\na) x *\nb) y\n\nMany?\n{options}"));
    program.ok(&["import", "bank.txt"]);
    let mut pty = Pty::run(&program, &shell_line("review"));
    pty.settle(0);
    let told = pty.types("s");
    assert!(told.contains("suspended · u takes it back"), "{told:?}");
    // The next question has an option U.
    let told = pty.types("\u{1b}[18~");
    assert!(told.contains("tomorrow · F4 takes it back"), "{told:?}");
    // Ctrl-L draws all of it again.
    let told = pty.types("\u{c}");
    assert!(told.contains("Many?"), "{told:?}");
    // `q` is an option here, too.
    pty.types_last("\u{3}");
    assert!(pty.end().contains("ended 0"));
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn what_became_of_the_last_card_is_said_with_the_summary() {
    let program = Program::new();
    program.file("bank.txt", "Which two?\na) x *\nb) y *\nc) z\n");
    program.ok(&["import", "bank.txt"]);
    let mut pty = Pty::run(&program, &shell_line("review"));
    pty.settle(0);
    assert!(pty.types("\r").contains("pick at least one choice"));
    pty.types("a");
    // Ctrl-L draws all of it again.
    let told = pty.types("\u{c}");
    assert!(told.contains("Which two?") && !told.contains("pick at least"), "{told:?}");
    pty.types_last("s");
    let shown = pty.end();
    assert!(shown.contains("Suspended: `retain undo` takes it back.") && shown.contains("ended 0"), "{shown:?}");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_terminal_without_a_second_screen_is_cleared() {
    let mut program = Program::new();
    program.with_mlops();
    let mut pty = Pty::run(&program, &shell_line("review"));
    let told = pty.types("");
    pty.types_last("q");
    let shown = format!("{told}{}", pty.end());
    let (taken, rest) = shown.split_once("\u{1b}[?1049h").expect("the second screen");
    assert!(rest.starts_with("\u{1b}[2J"), "{taken:?} {rest:?}");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn pasted_text_answers_nothing_and_a_held_key_answers_nothing() {
    let mut program = Program::new();
    program.with_mlops();
    let mut pty = Pty::run(&program, &shell_line("review"));
    let told = pty.types("\u{1b}[200~abcdefsbbsuq\nabc\u{1b}[201~");
    assert!(told.contains("ignored"), "{told:?}");
    pty.types("a");
    // Each key that comes too early begins the wait again.
    pty.types_last(&"\r".repeat(40));
    pty.types_last("q");
    let shown = pty.end();
    assert!(shown.contains("ended 0"), "{shown:?}");
    assert_eq!(program.table("reviews").len(), 1, "{shown:?}");
    assert!(program.table("cards").iter().all(|card| card["suspended"] == false));
    program.is_sound();
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_held_key_scrolls_and_answers_nothing() {
    let program = Program::new();
    let lines: String = (0..40).map(|line| format!("  Line {line} of a long question.\n")).collect();
    program.file("long.txt", format!("---\nform: exact\n---\n\nWhat is this?\n{lines}- A. one *\n- B. two\n"));
    program.ok(&["import", "long.txt"]);
    for held in [" ", "\r"] {
        let mut pty = Pty::run(&program, &shell_line("review"));
        pty.settle(0);
        std::thread::sleep(std::time::Duration::from_millis(200));
        for _ in 0..40 {
            pty.types_at_once(held);
            std::thread::sleep(std::time::Duration::from_millis(30));
        }
        // Escape and a letter that come together are a command, and a letter with Control is none.
        pty.types_at_once("\u{2}\u{13}\u{6}");
        pty.types_last("\u{1b}q");
        let shown = pty.end();
        assert!(shown.contains("ended 0"), "{shown:?}");
        assert!(program.table("reviews").is_empty(), "{held:?}: {shown:?}");
        assert!(program.table("cards").iter().all(|card| card["suspended"] == false && card["flagged"] == false));
    }
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn what_a_review_came_to_stays_in_the_terminal() {
    let mut program = Program::new();
    program.with_mlops();
    let shown = typed(&program, "review", &["a", "\r", "q"]);
    let (_, stays) = shown.rsplit_once("\u{1b}[?1049l").unwrap_or_else(|| panic!("no screen: {shown:?}"));
    assert!(stays.contains("1 answer, ") && stays.contains("The next card is due"), "{stays:?}");
    assert!(shown.contains("\u{1b}[?2004h") && stays.contains("ended 0"), "{shown:?}");
}
