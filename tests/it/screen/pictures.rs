//! Pictures of questions, from the bank to the screen of the real program.

use std::io::Cursor;

use crate::fixture::program::Program;
use crate::fixture::pty::{Pty, is_given_back, shell_line};
use crate::fixture::study::Study;
use image::{ImageFormat, Rgb, RgbImage};

const BANK: &str =
    "## Which country has this flag?\n\n![three fields](figures/flag.png)\n\n- [x] France\n- [ ] Italy\n";

/// A trainer whose one question has a picture in this file.
fn with_picture(bytes: &[u8]) -> Program {
    let program = Program::new();
    program.file("figures/flag.png", bytes);
    program.file("bank.md", BANK);
    program.ok(&["import", "bank.md"]);
    program
}

fn flag() -> Vec<u8> {
    let picture = RgbImage::from_fn(300, 200, |x, _| match x / 100 {
        0 => Rgb([0, 85, 164]),
        1 => Rgb([255, 255, 255]),
        _ => Rgb([239, 65, 53]),
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).expect("a picture is written");
    bytes.into_inner()
}

/// What a review with this environment shows until `sign` was seen; then it is left.
fn reviewed(program: &Program, environment: &str, sign: &str) -> String {
    let line = format!("env -u TMUX -u TERM_PROGRAM -u COLORTERM {environment} {}", shell_line("review"));
    let mut pty = Pty::run(program, &line);
    crate::fixture::pty::wait(|| pty.shown().contains(sign));
    pty.types("q");
    pty.types_last("x");
    pty.end()
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn every_way_writes_what_its_terminals_understand() {
    let program = with_picture(&flag());
    for (environment, sign) in [
        ("RETAIN_IMAGES=kitty", "\u{1b}_Gq=2,"),
        ("TERM=xterm-kitty", "\u{10EEEE}"),
        ("RETAIN_IMAGES=iterm2", "\u{1b}]1337;File=inline=1;"),
        ("LC_TERMINAL=iTerm2", "\u{1b}]1337;File=inline=1;"),
        ("RETAIN_IMAGES=sixel", "\u{1b}P"),
        ("COLORTERM=truecolor", "\u{1b}[38;2;0;85;164"),
        ("RETAIN_IMAGES=blocks", "\u{1b}[38;5;"),
    ] {
        let shown = reviewed(&program, environment, sign);
        let (screen, _) = shown.split_once("ended 0").unwrap_or_else(|| panic!("{environment}: no end"));
        assert!(is_given_back(screen), "{environment}");
        assert!(screen.contains("[image: three fields]"), "{environment}: the words stay");
    }
    program.is_sound();
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn the_words_stand_where_no_picture_can() {
    let signs = ["\u{1b}_G", "\u{1b}]1337", "\u{1b}P", "38;2;", "▀", "▄"];
    let missing = with_picture(&flag());
    std::fs::remove_dir_all(missing.db().with_file_name("media")).expect("the media are lost");
    for (program, environment) in [
        (&with_picture(&flag()), "RETAIN_IMAGES=off"),
        (&with_picture(&flag()), "NO_COLOR=1"),
        (&with_picture(b"\x89PNG\r\n\x1a\nbroken"), "RETAIN_IMAGES=sixel"),
        (&missing, "RETAIN_IMAGES=kitty"),
    ] {
        let shown = reviewed(program, environment, "[image: three fields]");
        assert!(shown.contains("ended 0"), "{environment}: {shown:?}");
        assert!(!signs.iter().any(|sign| shown.contains(sign)), "{environment}: {shown:?}");
    }
}

#[test]
fn words_are_said_in_lines_and_the_text_is_given_in_json() {
    let study = Study::new();
    study.file("figures/flag.png", flag()).file("bank.md", BANK).import_file("bank.md");
    let plain = study.plain("");
    assert!(plain.contains("[image: three fields]") && !plain.contains('\u{1b}'), "{plain}");
    let json = study.json_lines("");
    assert!(json.contains("![three fields](figures/flag.png)"), "{json}");
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "drives a terminal with `script` of util-linux")]
fn a_way_that_does_not_exist_is_told_before_the_screen_comes() {
    let program = with_picture(&flag());
    let pty = Pty::run(&program, &format!("env RETAIN_IMAGES=chafa {}", shell_line("review")));
    let shown = pty.end();
    assert!(shown.contains("the variable `RETAIN_IMAGES`: `chafa` is not known"), "{shown:?}");
    assert!(shown.contains("ended 1") && !shown.contains("\u{1b}[?1049h"), "{shown:?}");
}
