//! The terminal is given back, however a review ends or is interrupted: its mode, the screen that was there, and the cursor.

use crate::fixture::program::Program;
use crate::fixture::pty::{Pty, is_cooked, is_given_back, shell_line};

fn with_mlops() -> Program {
    let mut program = Program::new();
    program.with_mlops();
    program
}

/// Where the cursor was put: rows and columns from 1.
fn cursor_places(shown: &str) -> Vec<(u16, u16)> {
    shown
        .split("\u{1b}[")
        .skip(1)
        .filter_map(|part| {
            let (row, column) = part.split_once('H')?.0.split_once(';')?;
            Some((row.parse().ok()?, column.parse().ok()?))
        })
        .collect()
}

/// What the program left behind: it ended with this code, and the terminal is as it was.
fn left_well(shown: &str, code: u8) {
    let (before, after) = shown.split_once(&format!("ended {code}")).unwrap_or_else(|| panic!("no end: {shown:?}"));
    assert!(is_given_back(before), "{before:?}");
    assert!(is_cooked(after), "{after}");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_review_fills_the_terminal_and_follows_its_size() {
    let program = with_mlops();
    let mut pty = Pty::run(&program, &shell_line("review"));
    pty.settle(0);
    let mode = pty.mode();
    assert!(mode.contains("-icanon") && mode.contains("-echo"), "keys come one by one: {mode}");
    pty.types("a");
    pty.types("\r");
    let wide = pty.shown();
    assert!(cursor_places(&wide).iter().any(|(_, column)| *column > 40), "the lines are long: {wide:?}");
    let narrow = pty.resize(40, 12);
    // Columns and rows may change one after the other: what counts is what was drawn last.
    let places = cursor_places(narrow.rsplit("\u{1b}[2J").next().unwrap_or_default());
    assert!(!places.is_empty() && places.iter().all(|(row, column)| *row <= 12 && *column <= 40), "{places:?}");
    pty.types("q");
    pty.types_last("x");
    left_well(&pty.end(), 0);
    assert_eq!(program.table("reviews").len(), 1);
    program.is_sound();
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn signals_and_keys_end_a_review_and_keep_what_was_seen() {
    for how in ["TERM", "HUP", "INT", "\u{3}"] {
        let program = with_mlops();
        let mut pty = Pty::run(&program, &shell_line("review"));
        // The answer is seen, and not yet rated.
        pty.types("a");
        if how.len() > 1 {
            pty.signal(how);
        } else {
            pty.types(how);
            pty.types_last("x");
        }
        left_well(&pty.end(), 0);
        assert_eq!(program.table("reviews").len(), 1, "{how:?}");
        program.is_sound();
    }
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_terminal_that_is_closed_ends_the_review() {
    let program = with_mlops();
    let mut pty = Pty::raw(&program, &shell_line("review"));
    pty.types("a");
    assert!(pty.close(), "the review ends with its terminal");
    assert_eq!(program.table("reviews").len(), 1, "the answer was seen");
    program.is_sound();
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn control_z_gives_the_terminal_to_the_shell_and_coming_back_takes_it() {
    let program = with_mlops();
    let review = shell_line("review");
    // A shell that handles jobs: it goes on where the review stops, and a line brings the review back.
    let line = format!(
        "set -m; {review}; echo \"stopped $?\"; read word; echo \"<$word>\"; fg; echo \"again $?\"; fg; echo \"ended $?\"; stty -a"
    );
    let mut pty = Pty::raw(&program, &line);
    pty.types("a");
    let stopped = pty.types("\u{1a}");
    // 128 and the number of the signal.
    assert!(stopped.contains("stopped 148"), "{stopped:?}");
    assert!(is_given_back(&pty.shown()) && is_cooked(&pty.mode()), "{}", pty.mode());
    let back = pty.types("hello\r");
    assert!(back.contains("<hello>"), "the shell hears what is typed: {back:?}");
    let (_, drawn) = back.split_once("\u{1b}[?1049h").unwrap_or_else(|| panic!("no screen: {back:?}"));
    assert!(drawn.contains("Enter"), "all is drawn again, where it was: {drawn:?}");
    assert!(!is_cooked(&pty.mode()), "{}", pty.mode());
    pty.types("\r");
    // The shell brings it back at once.
    let again = pty.types("\u{1a}");
    assert!(again.contains("again 148") && again.ends_with("\u{1b}[?25l\u{1b}[?2026l"), "{again:?}");
    pty.types_last("q");
    left_well(&pty.end(), 0);
    assert_eq!(program.table("reviews").len(), 1);
    program.is_sound();
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_database_that_breaks_meanwhile_is_told_on_the_screen_that_was_there() {
    let program = with_mlops();
    let mut pty = Pty::run(&program, &shell_line("review"));
    pty.types("a");
    let length = std::fs::metadata(program.db()).expect("a database").len() as usize;
    std::fs::write(program.db(), vec![0x5a; length]).expect("noise");
    let _ = std::fs::remove_file(program.db().with_extension("db-wal"));
    pty.types_last("\r");
    let shown = pty.end();
    let (screen, words) = shown.split_once("error").unwrap_or_else(|| panic!("no word of it: {shown:?}"));
    assert!(is_given_back(screen), "{shown:?}");
    assert!(
        words.contains("was moved, deleted or replaced while it was in use") && words.contains("hint"),
        "{words:?}"
    );
    assert!(words.contains("`retain restore ") && words.contains(" enters it, once"), "the answer is kept: {words:?}");
    assert!(words.contains("ended 1") && is_cooked(words), "{words:?}");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_panic_is_told_on_the_screen_that_was_there() {
    let program = Program::new();
    let this = std::env::current_exe().expect("this program");
    let line = format!(
        "'{}' --exact {} --ignored --nocapture",
        this.display(),
        "screen::given_back::a_screen_whose_program_panics"
    );
    let pty = Pty::run(&program, &line);
    let shown = pty.end();
    let (screen, words) = shown.split_once("on purpose").unwrap_or_else(|| panic!("no word of it: {shown:?}"));
    assert!(is_given_back(screen), "{shown:?}");
    assert!(!words.contains("ended 0") && is_cooked(words), "{words:?}");
}

#[test]
#[ignore = "takes the terminal and panics: another test runs it in one of its own"]
fn a_screen_whose_program_panics() {
    let _screen = retain::ui::tui::Tui::new(retain::ui::theme::Theme::new(true), || retain::model::Moment {
        utc_ms: 0,
        offset_minutes: 0,
    })
    .expect("a terminal");
    panic!("on purpose");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_stop_from_outside_ends_with_the_whole_screen() {
    let program = with_mlops();
    for signal in ["TSTP", "STOP"] {
        let line = format!("set -m; {}; echo \"stopped $?\"; fg; echo \"ended $?\"; stty -a", shell_line("review"));
        let mut pty = Pty::raw(&program, &line);
        pty.types("a");
        let before = pty.settle(0);
        pty.signal(signal);
        pty.settle(before);
        let back = pty.shown()[before..].to_owned();
        let (_, drawn) = back.rsplit_once("\u{1b}[?1049h").unwrap_or_else(|| panic!("{signal}, no screen: {back:?}"));
        assert!(drawn.contains("Enter"), "{signal}, all is drawn again: {drawn:?}");
        assert!(!is_cooked(&pty.mode()), "{signal}: {}", pty.mode());
        pty.types_last("q");
        left_well(&pty.end(), 0);
    }
    program.is_sound();
}
