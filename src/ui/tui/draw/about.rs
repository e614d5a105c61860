//! The details of a card.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;
use ratatui::widgets::Paragraph;

use super::WIDEST;
use super::body::Body;
use crate::ui::CardPage;
use crate::ui::chart::curve;
use crate::ui::theme::Theme;
use crate::ui::tui::place::VisibleLines;

/// The height of the curve, in lines.
const CURVE: usize = 11;

/// Draws the page from its line `top` on.
pub(in crate::ui::tui) fn draw_about(frame: &mut Frame<'_>, about: &CardPage, theme: Theme, top: u16) -> VisibleLines {
    let full = frame.area();
    let width = full.width.min(WIDEST);
    let [area, foot] = [
        Rect { x: full.x + (full.width - width) / 2, width, height: full.height.saturating_sub(1), ..full },
        Rect {
            x: full.x + (full.width - width) / 2,
            y: full.y + full.height.saturating_sub(1),
            width,
            height: full.height.min(1),
        },
    ];
    let mut body = Body::new(usize::from(width));
    for line in about.facts.lines() {
        body.text(line, Style::new());
    }
    if about.curve.len() > 1 {
        body.blank();
        for line in curve::lines(&about.curve, usize::from(width), CURVE) {
            body.line(Line::styled(line, theme.accent));
        }
    }
    body.blank();
    for (number, line) in about.answers.lines().enumerate() {
        body.line(Line::styled(line.to_owned(), if number == 0 { theme.dim } else { Style::new() }));
    }
    let rows = body.into_iter().map(|row| row.line).collect::<Vec<_>>();
    let most = u16::try_from(rows.len()).unwrap_or(u16::MAX).saturating_sub(area.height);
    let top = top.min(most);
    frame.render_widget(Paragraph::new(rows).scroll((top, 0)), area);
    let keys = if most > 0 { "↑ ↓ scroll · any other key goes back" } else { "any key goes back" };
    frame.render_widget(Line::styled(keys, theme.dim), foot);
    VisibleLines { top, height: area.height, chosen: None }
}
