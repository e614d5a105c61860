//! Keys in, frames out.

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;
use crate::model::StudyDay;
use crate::study::{DeckToday, ExamAhead, Home};
use crate::ui::rich::columns;
use crate::ui::theme::{Theme, ThemeName};
use crate::ui::tui::keys::ReviewCommand;

fn deck(name: &str, new: u64, learning: u64, due: u64) -> DeckToday {
    let today = new + learning + due;
    DeckToday { name: name.into(), new, learning, due, for_exam: None, today, unseen: true, left_over: 0 }
}

fn today() -> Home {
    Home {
        practice: true,
        decks: vec![
            deck("Exam::Networks::IP", 4, 1, 2),
            DeckToday { for_exam: Some(12), ..deck("Exam::Networks", 6, 0, 1) },
            deck("Exam::Storage", 0, 0, 0),
            deck("操作系统", 0, 0, 7),
            DeckToday { left_over: 31, ..deck("Zoo", 20, 0, 0) },
        ],
        minutes: 12.4,
        streak: 5,
        answered: 10,
        exams: vec![ExamAhead { deck: "Exam::Networks".into(), day: StudyDay(20_833), days: 51 }],
        idle: None,
    }
}

fn at(home: Home) -> HomePlace {
    let mut place = HomePlace::default();
    place.show(home);
    place
}

fn frame_as(place: &mut HomePlace, (width, height): (u16, u16), theme: Theme) -> String {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a terminal");
    for _ in 0..2 {
        let mut seen = HomeSeen::default();
        terminal.draw(|frame| seen = draw_home(frame, place, &theme)).expect("a frame");
        place.seen(seen);
    }
    let buffer = terminal.backend().buffer();
    let line = |y| {
        let (mut line, mut x) = (String::new(), 0);
        while x < width {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            // A wide character covers the cell behind it.
            x += u16::try_from(columns(symbol)).unwrap_or(1).max(1);
        }
        line.trim_end().to_owned()
    };
    (0..height).map(line).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

fn frame(place: &mut HomePlace, size: (u16, u16)) -> String {
    frame_as(place, size, Theme::named(ThemeName::None))
}

fn press(place: &mut HomePlace, keys: &str) -> Option<HomeWish> {
    let mut wish = None;
    for char in keys.chars() {
        let code = match char {
            '⏎' => KeyCode::Enter,
            '⎋' => KeyCode::Esc,
            '↓' => KeyCode::Down,
            '↑' => KeyCode::Up,
            '→' => KeyCode::Right,
            '←' => KeyCode::Left,
            '⇥' => KeyCode::Tab,
            char => KeyCode::Char(char),
        };
        wish = press_home(place, KeyEvent::new(code, KeyModifiers::NONE));
    }
    wish
}

#[test]
fn the_letters_of_the_settings_file_are_those_of_the_screen() {
    let mut place = at(today());
    for (command, letter) in [(ReviewCommand::Undo, 'z'), (ReviewCommand::Quit, 'x'), (ReviewCommand::Help, 'h')] {
        place.keys.set(command, letter);
    }
    let shown = frame(&mut place, (80, 24));
    assert!(shown.contains(" · F1 keys · x quit"), "{shown}");
    assert_eq!(press(&mut place, "z"), Some(HomeWish::Undo { sure: false }));
    assert_eq!(press(&mut place, "u"), None, "a letter that is given up does nothing");
    assert_eq!(press(&mut place, "q"), None);
    assert_eq!(press(&mut place, "e"), Some(HomeWish::Exam));
    assert_eq!(press(&mut place, "U"), Some(HomeWish::Redo));
    press(&mut place, "h");
    assert_eq!(place.page, HomePage::Decks, "`h` hides decks here");
    assert_eq!(press(&mut place, "x"), Some(HomeWish::Leave));
    press_home(&mut place, KeyEvent::new(KeyCode::F(1), KeyModifiers::NONE));
    let help = frame(&mut place, (80, 40));
    assert!(help.contains("z  F4") && help.contains("x  Esc") && !help.contains("h  F1"), "{help}");
}

#[test]
fn the_same_script_on_three_screens() {
    for size in [(80, 24), (120, 40), (40, 12)] {
        let rule = format!("\n{}\n", "=".repeat(usize::from(size.0)));
        let mut place = at(today());
        let mut frames = vec![frame(&mut place, size)];
        place.score((
            "Exam::Networks".into(),
            Some(ExpectedScore {
                date: StudyDay(20_833),
                exam: true,
                questions: 40,
                mean: 0.74,
                low_90: 0.68,
                high_90: 0.8,
            }),
        ));
        for keys in ["↓←", "↓↓", "i", "~/ba", "⎋?"] {
            press(&mut place, keys);
            frames.push(format!("[{keys}]\n{}", frame(&mut place, size)));
        }
        let mut empty = at(Home::default());
        frames.push(frame(&mut empty, size));
        insta::assert_snapshot!(format!("script_{}x{}", size.0, size.1), frames.join(&rule));
    }
}

#[test]
fn a_welcome_that_is_longer_than_the_screen_is_scrolled() {
    for size in [(40, 12), (40, 8), (30, 10)] {
        let mut place = at(Home::default());
        let mut seen = frame(&mut place, size);
        assert!(seen.contains("scroll") || size.0 < 40, "{seen}");
        for _ in 0..40 {
            press(&mut place, "↓");
            seen += &frame(&mut place, size);
        }
        assert!(seen.contains("retain help banks"), "{seen}");
        assert!(seen.contains("There are no"), "{seen}");
    }
    let mut place = at(Home::default());
    assert!(!frame(&mut place, (80, 24)).contains("scroll"), "all of it is seen");
}

#[test]
fn the_help_is_in_the_middle_of_a_wide_screen() {
    let mut place = at(today());
    press(&mut place, "?");
    let shown = frame(&mut place, (140, 40));
    assert!(shown.lines().filter(|line| !line.is_empty()).all(|line| line.starts_with("          ")), "{shown}");
}

#[test]
fn decks_are_a_tree_that_folds_and_counts_what_is_in_it() {
    let mut place = at(today());
    let labels = |place: &HomePlace| place.rows.iter().map(|row| row.label().to_owned()).collect::<Vec<_>>();
    assert_eq!(labels(&place), ["all decks", "Exam", "Networks", "IP", "Storage", "操作系统", "Zoo"]);
    let exam = &place.rows[1];
    assert_eq!((exam.new, exam.learning, exam.due, exam.for_exam, exam.today), (10, 1, 3, Some(12), 14));
    press(&mut place, "↓↓↓");
    assert_eq!(place.deck().as_deref(), Some("Exam::Networks::IP"));
    press(&mut place, "←");
    assert_eq!(place.deck().as_deref(), Some("Exam::Networks"), "to the deck around it");
    press(&mut place, "←");
    assert_eq!(labels(&place), ["all decks", "Exam", "Networks", "Storage", "操作系统", "Zoo"]);
    press(&mut place, "←←");
    assert_eq!(labels(&place), ["all decks", "Exam", "操作系统", "Zoo"]);
    assert_eq!(place.rows[1].today, 14, "what is hidden counts");
    press(&mut place, "→→→→");
    assert_eq!(place.deck().as_deref(), Some("Exam::Networks::IP"));
    // New figures leave the person where they are.
    place.show(Home { answered: 11, ..today() });
    assert_eq!(place.deck().as_deref(), Some("Exam::Networks::IP"));
    place.show(Home { decks: vec![deck("Zoo", 1, 0, 0)], ..Home::default() });
    assert_eq!((labels(&place), place.deck().as_deref()), (vec!["Zoo".to_owned()], Some("Zoo")));
}

#[test]
fn keys_lead_where_they_say() {
    let mut place = at(today());
    for (key, wish) in [
        ("⏎", HomeWish::Review),
        ("m", HomeWish::More),
        ("c", HomeWish::Cram),
        ("e", HomeWish::Exam),
        ("d", HomeWish::Demo),
        ("s", HomeWish::Figures),
        ("/", HomeWish::Browse { of_deck: false }),
        ("b", HomeWish::Browse { of_deck: true }),
        ("u", HomeWish::Undo { sure: false }),
        ("U", HomeWish::Redo),
        ("q", HomeWish::Leave),
        ("⎋", HomeWish::Leave),
        ("ibank.txt⏎", HomeWish::Import("bank.txt".into())),
        ("iq s⇥", HomeWish::Complete),
    ] {
        assert_eq!(press(&mut place, key), Some(wish), "{key}");
        place.open(HomePage::Decks);
    }
    assert_eq!(press(&mut place, "i⏎"), None, "no path is no import");
    assert_eq!(press(&mut place, "?q"), None, "a page is closed first");
    place.open(HomePage::Undo("Take back?".into()));
    assert_eq!(press(&mut place, "n"), None);
    place.open(HomePage::Undo("Take back?".into()));
    assert_eq!(press(&mut place, "y"), Some(HomeWish::Undo { sure: true }));
    let mut empty = at(Home::default());
    for key in ["⏎", "/", "s", "e", "m", "c", "b"] {
        assert_eq!(press(&mut empty, key), None, "{key}");
        assert!(empty.notice.contains("i imports some"), "{key}");
    }
}

#[test]
fn pasted_text_is_a_path_or_nothing() {
    let mut place = at(today());
    paste_home(&mut place, "q\ns");
    assert!(place.notice.contains("ignored") && place.page == HomePage::Decks);
    press(&mut place, "i");
    paste_home(&mut place, "'/a b.txt'\n");
    assert_eq!(place.line.value(), "'/a b.txt'");
}

#[test]
fn every_size_has_its_screen() {
    for size in [(20, 6), (1, 1), (2, 3), (30, 5), (200, 60), (100, 3), (13, 13)] {
        for home in [today(), Home::default()] {
            let mut place = at(home);
            for keys in ["", "↓↓↓", "i", "a long path that does not fit into any line", "⎋", "?", "⎋"] {
                press(&mut place, keys);
                let frame = frame(&mut place, size);
                assert!(frame.lines().all(|line| columns(line) <= usize::from(size.0)), "{frame}");
            }
        }
    }
    let mut place = at(today());
    press(&mut place, "G");
    let tiny = frame(&mut place, (20, 6));
    assert!(tiny.contains("› Zoo"), "the cursor is in view: {tiny}");
}

#[test]
fn no_meaning_rests_on_colour() {
    let mut place = at(today());
    let plain = frame(&mut place, (80, 24));
    for (_, theme) in ThemeName::ALL {
        assert_eq!(frame_as(&mut place, (80, 24), Theme::named(theme)), plain);
    }
}

#[test]
fn a_day_says_where_it_is() {
    let says = |home: Home| frame(&mut at(home), (80, 24)).lines().next().map(str::to_owned).unwrap_or_default();
    assert!(says(today()).contains("10 answered · 41 left · about 12 min · streak 5 days"), "{}", says(today()));
    let all = |new, answered| Home { decks: vec![deck("Zoo", new, 0, 0)], answered, ..Home::default() };
    assert!(says(all(1, 0)).ends_with("─  1 card today · about 1 min"), "{}", says(all(1, 0)));
    assert!(says(all(0, 1)).ends_with("━  done for today · 1 answer"), "{}", says(all(0, 1)));
    assert!(says(all(0, 0)).ends_with("nothing is due today"), "{}", says(all(0, 0)));
}
