mod exam;

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use tui_input::{Input, InputRequest};

use super::*;
use crate::model::{Choice, Due, Kind, Markup, StudyDay};
use crate::session::tests::{self, answering, asking, choice, finished, question};
use crate::session::{Feedback, GivenAnswer, Left, Outlook, Showing};
use crate::ui::theme::ThemeName;

const NOW: Moment = Moment { utc_ms: 1_795_420_800_000, offset_minutes: 0 };

fn screen<'a>(phase: Phase<'a>, place: &'a ScreenPlace) -> Screen<'a> {
    Screen {
        phase,
        answered: 2,
        place,
        notice: "",
        theme: Theme::new(false),
        pictures: Box::leak(Box::new(Pictures::none())),
        now: NOW,
        paused: false,
        paper: None,
        ms_left: None,
        miss: None,
    }
}

fn buffer(width: u16, height: u16, screen: &Screen<'_>) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
    terminal
        .draw(|frame| {
            draw(frame, screen);
        })
        .expect("a frame");
    terminal.backend().buffer().clone()
}

fn lines(buffer: &Buffer) -> String {
    let lines: Vec<String> = (0..buffer.area.height)
        .map(|y| {
            let line: String = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol()).collect();
            line.trim_end().to_owned()
        })
        .collect();
    lines.join("\n").trim_end().to_owned()
}

fn frame(width: u16, height: u16, phase: Phase<'_>, place: &ScreenPlace) -> String {
    lines(&buffer(width, height, &screen(phase, place)))
}

/// A question of each kind.
fn of(kind: Kind) -> Showing {
    let pinned = |number, text: &str, correct| Choice { pinned: true, ..choice(number, text, correct) };
    let pair = |number, text: &str, half: &str| Choice { pair: Some(half.into()), ..pinned(number, text, true) };
    let (stem, choices) = match kind {
        Kind::Single => (
            "Why is monitoring a *model* after deployment crucial?",
            vec![
                Choice {
                    feedback: Some("Logos come later.".into()),
                    ..pinned(0, "To design new logos for teams", false)
                },
                pinned(1, "To detect performance issues such as data drift or unexpected predictions", true),
                pinned(2, "To rerun training every day", false),
            ],
        ),
        Kind::Multiple => (
            "Which are prime, where $x^2 \\le 10$?",
            vec![
                pinned(0, "2", true),
                pinned(1, "4", false),
                pinned(2, "3", true),
                pinned(3, "All of the above", false),
            ],
        ),
        Kind::TrueFalse => ("The sun is a star.", vec![pinned(0, "True", true), pinned(1, "False", false)]),
        Kind::Short => ("The capital of France?", vec![pinned(0, "Paris", true)]),
        Kind::Numeric => ("Pi, to two places?", vec![Choice { tolerance: Some(0.01), ..pinned(0, "3.14", true) }]),
        Kind::Match => (
            "Match the capitals.",
            vec![pair(0, "Norway", "Oslo"), pair(1, "Italy", "Rome"), pair(2, "Japan", "Tokyo")],
        ),
        Kind::Order => {
            ("Sort by size.", vec![pinned(0, "Mouse", true), pinned(1, "Cat", true), pinned(2, "Whale", true)])
        }
        Kind::Cloze => ("{{c1::Rome}} is the capital of {{c2::Italy::a country}}.", Vec::new()),
        Kind::Card => ("What is the mitochondrion?", vec![pinned(0, "The **powerhouse** of the cell", true)]),
        Kind::Open => ("Explain drift.", Vec::new()),
    };
    Showing {
        deck: "MLOps".into(),
        topic: Some("Monitoring".into()),
        markup: Markup::Markdown,
        explanation: Some("Because the *world* moves, as B says.".into()),
        left: Left { new: 3, learning: 1, review: 2 },
        ..tests::showing(&question(kind, stem, choices), u32::from(kind == Kind::Cloze))
    }
}

fn answered(showing: Showing, given: &GivenAnswer) -> Phase<'static> {
    let feedback = tests::feedback(&showing, given);
    answering(showing, feedback)
}

fn typed(text: &str) -> Input {
    let mut input = Input::default();
    for char in text.chars() {
        input.handle(InputRequest::InsertChar(char));
    }
    input
}

/// A question of each kind with something done to it, and a wrong answer to it (for what is revealed, any).
fn tried(kind: Kind) -> (Showing, ScreenPlace, GivenAnswer) {
    let showing = of(kind);
    let start = ScreenPlace::at(&showing);
    let (place, given) = match kind {
        Kind::Single | Kind::TrueFalse => (
            ScreenPlace { cursor: 1, struck: vec![0], ..start },
            GivenAnswer::Picked(vec![usize::from(kind == Kind::TrueFalse)]),
        ),
        Kind::Multiple => (ScreenPlace { cursor: 2, picked: vec![0, 2], ..start }, GivenAnswer::Picked(vec![0, 1])),
        Kind::Short => (ScreenPlace { line: typed("Pariss"), ..start }, GivenAnswer::Typed("Pariss".into())),
        Kind::Numeric => (ScreenPlace { line: typed("3.2"), ..start }, GivenAnswer::Typed("3.2".into())),
        Kind::Match => (
            ScreenPlace { cursor: 1, halves: vec![Some(0), None, None], ..start },
            GivenAnswer::Paired(vec![(0, 0), (1, 1), (2, 2)]),
        ),
        Kind::Order => (ScreenPlace { cursor: 1, picked: vec![1, 0], ..start }, GivenAnswer::Picked(vec![1, 0, 2])),
        Kind::Cloze | Kind::Card | Kind::Open => (start, GivenAnswer::Revealed),
    };
    (showing, place, given)
}

const KINDS: [Kind; 10] = [
    Kind::Single,
    Kind::Multiple,
    Kind::TrueFalse,
    Kind::Short,
    Kind::Numeric,
    Kind::Match,
    Kind::Order,
    Kind::Cloze,
    Kind::Card,
    Kind::Open,
];

#[test]
fn every_kind_is_asked_and_answered() {
    for kind in KINDS {
        let (showing, place, given) = tried(kind);
        let asked = frame(80, 24, asking(showing.clone()), &place);
        let said = frame(80, 24, answered(showing, &given), &ScreenPlace::default());
        insta::assert_snapshot!(format!("kind_{kind}"), format!("{asked}\n{}\n{said}", "=".repeat(80)));
    }
}

#[test]
fn small_and_large_screens() {
    for (width, height) in [(40, 12), (80, 24), (120, 40)] {
        let (showing, place, given) = tried(Kind::Single);
        let asked = frame(width, height, asking(showing.clone()), &place);
        let said = frame(width, height, answered(showing, &given), &ScreenPlace::default());
        let rule = "=".repeat(usize::from(width));
        insta::assert_snapshot!(format!("size_{width}x{height}"), format!("{asked}\n{rule}\n{said}"));
    }
}

/// The styles of a frame, run by run, so that a theme can be read.
fn styles(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let mut last = None;
        let mut run = String::new();
        for x in 0..=buffer.area.width {
            let cell = (x < buffer.area.width).then(|| &buffer[(x, y)]);
            let style = cell.map(|cell| (cell.fg, cell.bg, cell.modifier));
            if style != last {
                if let Some((fg, bg, modifier)) = last.filter(|_| !run.trim().is_empty()) {
                    text += &format!("{:<52} {}\n", run.trim_end(), named(fg, bg, modifier));
                }
                (last, run) = (style, String::new());
            }
            run.push_str(cell.map_or("", |cell| cell.symbol()));
        }
    }
    text
}

fn named(fg: Color, bg: Color, modifier: Modifier) -> String {
    let mut named = Vec::new();
    named.extend((fg != Color::Reset).then(|| fg.to_string()));
    named.extend((bg != Color::Reset).then(|| format!("on {bg}")));
    named.extend(modifier.iter_names().map(|(name, _)| name.to_lowercase()));
    if named.is_empty() { "-".into() } else { named.join(" ") }
}

#[test]
fn every_theme_says_what_it_says_without_colour_too() {
    let mut plain = None;
    for (name, theme) in ThemeName::ALL {
        let (showing, _, given) = tried(Kind::Single);
        let phase = answered(Showing { flag: Some("check".into()), ..showing }, &given);
        let place = ScreenPlace::default();
        let buffer = buffer(60, 16, &Screen { theme: Theme::named(theme), ..screen(phase, &place) });
        let said = lines(&buffer).replace('*', "");
        assert_eq!(*plain.get_or_insert_with(|| said.clone()), said, "{name}: the same words and signs");
        insta::assert_snapshot!(format!("theme_{name}"), styles(&buffer));
    }
}

#[test]
fn help_pause_note_and_end_are_pages_of_their_own() {
    let phase = asking(of(Kind::Single));
    let help = ScreenPlace { page: Page::Help, ..ScreenPlace::default() };
    insta::assert_snapshot!("help", frame(80, 24, phase, &help));
    let place = ScreenPlace::default();
    let paused = lines(&buffer(60, 12, &Screen { paused: true, ..screen(phase, &place) }));
    assert!(paused.contains("Press any key to go on") && !paused.contains("monitoring"), "{paused}");
    let note = ScreenPlace { page: Page::Note, note: typed("is B right"), ..ScreenPlace::default() };
    assert!(frame(60, 16, phase, &note).contains("⚑ note: is B right"));
    let outlook = Outlook { next_due: Some(Due::Day(StudyDay(20_784))), left_today: 0, due_tomorrow: 4, new_left: 12 };
    let summary =
        Summary { answered: 9, right: 7, guessed: 1, new: 3, took_ms: 95_000, stopped: false, outlook, exam: None };
    insta::assert_snapshot!("end", frame(60, 14, finished(summary), &ScreenPlace::default()));
}

#[test]
fn the_keys_say_how_to_be_sure_where_it_is_asked() {
    let surely = |kind| asking(Showing { ask_sure: true, ..of(kind) });
    let last = |phase: Phase<'_>, place: &ScreenPlace| frame(80, 20, phase, place).lines().last().map(str::to_owned);
    let single = surely(Kind::Single);
    let held = ScreenPlace { cursor: 1, held: Some(1), ..ScreenPlace::default() };
    assert_eq!(
        last(single, &held).as_deref(),
        Some("Enter answers · same letter: sure · u undo · Tab later · ? keys · q quit")
    );
    assert!(frame(80, 20, single, &held).contains("›● B"));
    assert!(last(single, &ScreenPlace::default()).is_some_and(|keys| keys.starts_with("letter picks · ")));
    let typing = ScreenPlace { line: typed("Oslo"), ..ScreenPlace::default() };
    assert!(last(surely(Kind::Short), &typing).is_some_and(|keys| keys.starts_with("Enter answers · F3: sure")));
    let several = ScreenPlace { picked: vec![0], ..ScreenPlace::default() };
    assert!(last(surely(Kind::Multiple), &several).is_some_and(|keys| keys.starts_with("Enter answers · !: sure")));
    let help = ScreenPlace { page: Page::Help, ..ScreenPlace::default() };
    let page = frame(80, 24, single, &help);
    assert!(page.contains("!  F3      answer, and you are sure") && page.contains("Any other key closes"), "{page}");
    // Who was sure is told so, above all where it was wrong.
    let Phase::Answered(showing, feedback) = answered(of(Kind::Single), &GivenAnswer::Picked(vec![0])) else {
        panic!("an answer");
    };
    let sure = answering(showing.clone(), Feedback { sure: Some(true), ..feedback.clone() });
    assert!(frame(80, 24, sure, &ScreenPlace::default()).contains("you were sure"));
}

#[test]
fn no_rating_is_cut_off_where_intervals_are_long() {
    let (showing, _, _) = tried(Kind::Single);
    let Phase::Answered(showing, feedback) = answered(showing, &GivenAnswer::Picked(vec![1])) else {
        panic!("an answer");
    };
    let mut feedback = feedback.clone();
    for (interval, days) in [(&mut feedback.ratings.hard, 52.0), (&mut feedback.ratings.good, 65.0)] {
        interval.interval_days = days;
    }
    (feedback.ratings.auto.interval_days, feedback.ratings.easy.interval_days) = (65.0, 4_200.0);
    let phase = answering(showing.clone(), feedback);
    let last = |width| frame(width, 14, phase, &ScreenPlace::default()).lines().last().map(str::to_owned);
    let brief = "Enter 2.1mo  1 guessed 10m  2 hard 1.7mo  3 good 2.1mo  4 easy 11.5y";
    assert_eq!(last(80).as_deref(), Some(brief));
    assert_eq!(last(50).as_deref(), Some("Enter 2.1mo  1 10m  2 1.7mo  3 2.1mo  4 11.5y"));
    assert_eq!(last(42).as_deref(), Some("Enter 2.1mo 1 10m 2 1.7mo 3 2.1mo 4 11.5y"));
}

#[test]
fn what_there_is_to_tell_is_told_to_its_end() {
    let (phase, place) = (asking(of(Kind::Single)), ScreenPlace::default());
    let notice = "nothing changed; the text is kept in /home/somebody/.local/share/retain/edit-0223df2c.txt";
    let low = lines(&buffer(60, 18, &Screen { notice, ..screen(phase, &place) }));
    assert!(low.contains("edit-0223df2c.txt\nletter picks"), "{low}");
    let help = ScreenPlace { page: Page::Help, ..ScreenPlace::default() };
    let narrow = frame(40, 40, phase, &help);
    assert!(
        narrow.contains("  A, B, C …  pick a choice; Shift (Caps\n             Lock too) strikes it out\n"),
        "{narrow}"
    );
}

#[test]
fn the_stem_stands_alone_until_the_answer_was_recalled() {
    let phase = asking(of(Kind::Single));
    let hidden = frame(60, 14, phase, &ScreenPlace { hidden: true, ..ScreenPlace::default() });
    assert!(hidden.contains("recall the answer") && !hidden.contains("logos"), "{hidden}");
}

#[test]
fn a_long_stem_is_read_from_its_beginning_and_the_cursor_is_followed() {
    let stem = (0..60).map(|number| format!("word{number}")).collect::<Vec<_>>().join(" ");
    let showing = Showing { stem, ..of(Kind::Single) };
    let phase = asking(showing.clone());
    assert!(frame(40, 12, phase, &ScreenPlace::default()).contains("word0"));
    let down = frame(40, 12, phase, &ScreenPlace { cursor: 2, ..ScreenPlace::default() });
    assert!(down.contains("To rerun training"), "{down}");
    let top = frame(40, 12, phase, &ScreenPlace { cursor: 2, scroll: Some(0), ..ScreenPlace::default() });
    assert!(top.contains("word0"), "{top}");
    let answered = frame(40, 12, answered(showing, &GivenAnswer::Picked(vec![0])), &ScreenPlace::default());
    assert!(answered.contains("To detect"), "the right one is seen: {answered}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_size_and_no_text_panics(
        width in 1_u16..200, height in 1_u16..60, stem in "\\PC{0,200}", text in "\\PC{0,60}", kind in prop::sample::select(KINDS.to_vec()),
        cursor in 0_usize..30, scroll in prop::option::of(any::<u16>()), page in 0..3, hidden: bool, paused: bool,
    ) {
        let (showing, place, given) = tried(kind);
        let feedback = tests::feedback(&showing, &given);
        let showing = Showing { stem, explanation: Some(text.clone()), flag: Some(text.clone()), ..showing };
        let page = [Page::Question, Page::Help, Page::Note][page as usize];
        let place = ScreenPlace { cursor, scroll, page, hidden, line: typed(&text), note: typed(&text), ..place };
        for phase in [asking(showing.clone()), answering(showing, feedback)] {
            let buffer = buffer(width, height, &Screen { paused, notice: &text, ..screen(phase, &place) });
            for cell in &buffer.content {
                prop_assert!(!cell.symbol().chars().any(char::is_control), "{:?}", cell.symbol());
            }
        }
    }
}

mod pictures;
