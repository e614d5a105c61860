//! A frame without a terminal: for benchmarks and documents.

use ratatui::Frame;

use super::browse;
use super::draw::{Screen, draw, draw_home};
use super::home::HomePlace;
use super::pictures::Pictures;
use super::place::ScreenPlace;
use crate::error::Result;
use crate::model::Moment;
use crate::session::Phase;
use crate::study::{Home, Trainer};
use crate::ui::theme::Theme;

/// Draws a phase as the review does before any key is pressed: the cursor on the first choice, nothing scrolled, picked or typed.
/// `answered` is the number of answers so far.
///
/// ```
/// use ratatui::{Terminal, backend::TestBackend};
/// use retain::model::Moment;
/// use retain::session::{Phase, Summary};
/// use retain::ui::theme::{Theme, ThemeName};
/// use retain::ui::tui::draw_still;
///
/// let now = Moment { utc_ms: 1_795_420_800_000, offset_minutes: 0 };
/// let mut terminal = Terminal::new(TestBackend::new(40, 12))?;
/// let summary = Summary::default();
/// terminal.draw(|frame| draw_still(frame, Phase::Finished(&summary), 0, Theme::named(ThemeName::None), now))?;
/// assert!(terminal.backend().to_string().contains("Nothing to do"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn draw_still(frame: &mut Frame<'_>, phase: Phase<'_>, answered: usize, theme: Theme, now: Moment) {
    let place = match phase {
        Phase::Asking(showing) => ScreenPlace::at(showing),
        Phase::Overview(paper) => ScreenPlace::in_list(paper),
        Phase::Answered(..) | Phase::Between | Phase::Finished(_) => ScreenPlace::default(),
    };
    let pictures = Pictures::none();
    let screen = Screen {
        phase,
        answered,
        place: &place,
        notice: "",
        theme,
        now,
        paused: false,
        paper: None,
        ms_left: None,
        miss: None,
        pictures: &pictures,
    };
    draw(frame, &screen);
}

/// Draws the home screen as it is before any key is pressed.
pub fn draw_home_still(frame: &mut Frame<'_>, home: Home, theme: Theme) {
    let mut place = HomePlace::default();
    place.show(home);
    draw_home(frame, &place, &theme);
}

/// Searches, and draws the questions that are found as `retain browse WORDS` does at first.
///
/// # Errors
/// If the database cannot be read, or the search cannot be understood.
pub fn draw_browse_still(frame: &mut Frame<'_>, trainer: &mut Trainer, words: &str, theme: Theme) -> Result<()> {
    browse::draw_first(frame, trainer, words, theme)
}
