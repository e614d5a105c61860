//! The home screen and the screen of questions over a large database: opened, searched letter by letter, looked at from both ends.

use std::path::Path;
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use retain::clock::Clock;
use retain::model::Moment;
use retain::study::{Trainer, unwatched};
use retain::ui::theme::{Theme, ThemeName};
use retain::ui::tui::{draw_browse_still, draw_home_still};

use crate::keys::{CARDS, Screen, fill};
use crate::measure::{FRAME, HOME, KEY, ROUND, hold};

const NOW: Moment = Moment { utc_ms: 1_795_420_800_000, offset_minutes: 0 };
const DOWN: &str = "\u{1b}[B";
const END: &str = "\u{1b}[F";
const BEGIN: &str = "\u{1b}[H";

/// Whether home comes in time with its database opened, and questions while they are searched.
pub fn lists_hold() -> bool {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let folder = folder.path();
    fill(folder);
    let database = folder.join("bench.db");
    println!("\nhome and browse: {CARDS} cards");
    let open = || Trainer::open_existing(&database, Clock::fixed(NOW), Some(1)).unwrap();
    // Fills the index of words, which happens once.
    open().search("the", 1, &mut unwatched).unwrap();
    let mut held = true;
    for size in [(80, 24), (120, 40)] {
        let mut terminal = Terminal::new(TestBackend::new(size.0, size.1)).unwrap();
        let theme = Theme::named(ThemeName::Dark);
        let (mut opened, mut frames) = (Vec::new(), Vec::new());
        for _ in 0..ROUND {
            let begin = Instant::now();
            let home = open().home().unwrap();
            let drawn = Instant::now();
            terminal.draw(|frame| draw_home_still(frame, home, theme)).unwrap();
            frames.push(drawn.elapsed());
            opened.push(begin.elapsed());
        }
        held &= hold(&format!("{}x{}, home, with its database opened", size.0, size.1), opened, HOME);
        held &= hold(&format!("{}x{}, home, the frame", size.0, size.1), frames, FRAME);
        held &= searches(&mut open(), &mut terminal, theme);
    }
    held & typed(folder)
}

/// Searches as they are typed, each with its frame.
fn searches(trainer: &mut Trainer, terminal: &mut Terminal<TestBackend>, theme: Theme) -> bool {
    let mut held = true;
    for words in ["", "it", "ite", "item 77", "statement numb", "1234", "deck:Gen", "is:new"] {
        let mut times: Vec<Duration> = Vec::new();
        for _ in 0..ROUND {
            let begin = Instant::now();
            terminal.draw(|frame| draw_browse_still(frame, trainer, words, theme).unwrap()).unwrap();
            times.push(begin.elapsed());
        }
        held &= hold(&format!("browse `{words}`, found and drawn"), times, KEY);
    }
    held
}

/// Keys in a terminal.
fn typed(folder: &Path) -> bool {
    let Some(mut screen) = Screen::open(folder, "browse") else {
        println!("no `script` makes a pseudo-terminal here: keys are not measured");
        return true;
    };
    let (mut letters, mut moves, mut ends) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUND / 5 {
        letters.extend(["i", "t", "e", "m", " ", "7", "7"].map(|letter| screen.press(letter)));
        screen.press("\u{15}");
    }
    screen.press("\r");
    for _ in 0..ROUND {
        moves.push(screen.press(DOWN));
        ends.push(screen.press(END));
        ends.push(screen.press(BEGIN));
    }
    screen.close();
    let mut held = hold("browse in a terminal: a letter of a search", letters, KEY);
    held &= hold("browse in a terminal: the next question", moves, KEY);
    held & hold("browse in a terminal: the end and the beginning", ends, KEY)
}
