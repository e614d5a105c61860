//! The screen: a header, the question or the feedback, and a line of keys.

mod about;
mod answered;
mod body;
mod browse;
mod closing;
mod foot;
mod form;
mod hang;
mod head;
mod help;
mod home;
mod paper;
mod question;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;
use ratatui::widgets::{Paragraph, Scrollbar, ScrollbarOrientation, ScrollbarState};

use super::pictures::Pictures;
use super::place::{Page, ScreenPlace, VisibleLines};
use crate::model::Moment;
use crate::session::{Feedback, Paper, Phase, Showing, Summary};
use crate::ui::theme::Theme;
pub(super) use about::draw_about;
use body::Body;
pub(super) use browse::{BrowseScreen, BrowseSeen, draw_browse};
pub(super) use home::{HomeSeen, draw_home};

/// The widest text: longer lines are hard to read.
const WIDEST: u16 = 92;

/// What is to be drawn.
pub(super) struct Screen<'a> {
    pub(super) phase: Phase<'a>,
    pub(super) answered: usize,
    pub(super) place: &'a ScreenPlace,
    pub(super) notice: &'a str,
    pub(super) theme: Theme,
    pub(super) pictures: &'a Pictures,
    pub(super) now: Moment,
    pub(super) paused: bool,
    /// The questions of a mock exam.
    pub(super) paper: Option<&'a Paper>,
    /// Milliseconds until the time is over.
    pub(super) ms_left: Option<i64>,
    /// After an exam, the index of the question that is shown, among those that were not right.
    pub(super) miss: Option<usize>,
}

impl Screen<'_> {
    /// The question that is shown.
    fn showing(&self) -> Option<&Showing> {
        match self.phase {
            Phase::Asking(showing) | Phase::Answered(showing, _) => Some(showing),
            Phase::Finished(summary) => self.missed(summary).map(|(showing, _)| showing),
            Phase::Between | Phase::Overview(_) => None,
        }
    }

    /// After an exam, the question that is shown.
    fn missed<'s>(&self, summary: &'s Summary) -> Option<&'s (Showing, Feedback)> {
        let (at, exam) = self.miss.zip(summary.exam_result())?;
        exam.not_right.get(at)
    }
}

/// Draws the screen. Returns the visible part of the body.
pub(super) fn draw(frame: &mut Frame<'_>, screen: &Screen<'_>) -> VisibleLines {
    let full = frame.area();
    let width = full.width.min(WIDEST);
    let area = Rect { x: full.x + (full.width - width) / 2, width, ..full };
    // A very low screen leaves all its lines to the question.
    let (head, foot) = match area.height {
        12.. => (3, 2 + foot::more(screen, area)),
        8.. => (2, 2),
        height => (1, u16::from(height >= 4)),
    };
    let [header, body, footer] =
        Layout::vertical([Constraint::Length(head), Constraint::Min(0), Constraint::Length(foot)]).areas(area);
    if screen.place.page == Page::Help {
        return draw_help(frame, screen, area);
    }
    frame.render_widget(Paragraph::new(head::lines(screen, header.width)), header);
    let rows = body_of(screen, usize::from(body.width));
    let is_shown = !screen.paused && !matches!(screen.place.page, Page::List | Page::Leave);
    let media = screen.showing().filter(|_| is_shown).map_or(&[][..], |showing| &showing.media);
    let rows = hang::hang(rows, screen.pictures, media, body.height, &screen.theme);
    let most = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_sub(body.height);
    let top = screen.place.scroll.unwrap_or_else(|| follow(screen, &rows, body.height)).min(most);
    let lines: Vec<Line<'_>> = rows.rows.iter().map(|row| row.line.clone()).collect();
    frame.render_widget(Paragraph::new(lines).scroll((top, 0)), body);
    hang::draw(frame.buffer_mut(), body, &rows.rows, top, screen.pictures, &screen.theme);
    draw_scrollbar(frame, full, body, top, most);
    frame.render_widget(Paragraph::new(foot::lines(screen, footer, most > 0)), footer);
    let chosen = match screen.phase {
        _ if paper::listed(screen).is_some() => rows.rows_of(screen.place.row),
        Phase::Asking(_) if !screen.place.hidden && !screen.paused => rows.rows_of(screen.place.cursor),
        _ => None,
    };
    VisibleLines { top, height: body.height, chosen }
}

fn draw_help(frame: &mut Frame<'_>, screen: &Screen<'_>, area: Rect) -> VisibleLines {
    let lines = help::lines(screen, usize::from(area.width));
    let most = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_sub(area.height);
    let top = screen.place.scroll.unwrap_or(0).min(most);
    frame.render_widget(Paragraph::new(lines).scroll((top, 0)), area);
    VisibleLines { top, height: area.height, chosen: None }
}

/// A scrollbar next to a body that is longer than its area.
fn draw_scrollbar(frame: &mut Frame<'_>, full: Rect, body: Rect, top: u16, most: u16) {
    let x = body.x + body.width;
    if most == 0 || x >= full.x + full.width || body.height < 3 {
        return;
    }
    let mut state = ScrollbarState::new(usize::from(most) + 1)
        .position(usize::from(top))
        .viewport_content_length(usize::from(body.height));
    let bar = Scrollbar::new(ScrollbarOrientation::VerticalRight).begin_symbol(None).end_symbol(None);
    frame.render_stateful_widget(bar, Rect { x, width: 1, ..body }, &mut state);
}

fn body_of(screen: &Screen<'_>, width: usize) -> Body {
    if screen.paused {
        let mut body = Body::new(width);
        body.text("Paused", screen.theme.strong);
        body.blank();
        body.text("The clock is stopped. Press any key to go on.", screen.theme.dim);
        return body;
    }
    if let (Page::Leave, Some(paper)) = (screen.place.page, screen.paper) {
        return paper::leave(screen, paper, width);
    }
    if let Some(paper) = paper::listed(screen) {
        return paper::body(screen, paper, width);
    }
    match screen.phase {
        Phase::Asking(showing) => question::body(screen, showing, None, width),
        Phase::Answered(showing, feedback) => {
            let mut body = question::body(screen, showing, Some(feedback), width);
            answered::verdict(&mut body, screen, showing, feedback);
            body
        }
        Phase::Finished(summary) => finished(screen, summary, width),
        Phase::Between | Phase::Overview(_) => Body::new(width),
    }
}

fn finished(screen: &Screen<'_>, summary: &Summary, width: usize) -> Body {
    match screen.missed(summary) {
        Some((showing, feedback)) => {
            let mut body = question::body(screen, showing, Some(feedback), width);
            answered::verdict(&mut body, screen, showing, feedback);
            body
        }
        None => closing::body(screen, summary, width),
    }
}

/// The scroll position that shows the choice under the cursor, or after the answer the right one.
fn follow(screen: &Screen<'_>, body: &Body, height: u16) -> u16 {
    if paper::listed(screen).is_some() {
        let row = body.last_row_of(screen.place.row).map_or(0, |row| row + 1);
        return u16::try_from(row).unwrap_or(u16::MAX).saturating_sub(height);
    }
    if screen.place.page == Page::Leave {
        return 0;
    }
    let cursor = match screen.phase {
        Phase::Asking(showing) if screen.place.hidden || showing.choices.is_empty() => body.last_row(),
        Phase::Asking(_) if screen.place.cursor > 0 => body.last_row_of(screen.place.cursor),
        Phase::Answered(_, feedback) => feedback.correct.first().and_then(|choice| body.last_row_of(*choice)),
        _ => None,
    };
    // A long stem is read from its beginning, so typing is followed only once something is typed.
    let typed = !screen.place.line.value().is_empty();
    match (screen.phase, cursor) {
        (Phase::Asking(showing), _) if showing.choices.is_empty() && !typed => 0,
        (_, Some(row)) => u16::try_from(row + 1).unwrap_or(u16::MAX).saturating_sub(height),
        (_, None) => 0,
    }
}

#[cfg(test)]
mod tests;
