//! The header: the progress of the session, and the place and the state of the card.

use ratatui::text::{Line, Span};

use super::Screen;
use crate::session::{Phase, Showing};
use crate::ui::{rich, words};

/// The lines of the header.
pub(super) fn lines(screen: &Screen<'_>, width: u16) -> Vec<Line<'static>> {
    let theme = screen.theme;
    if let (Phase::Finished(summary), Some(at)) = (screen.phase, screen.miss)
        && let Some(exam) = &summary.exam
    {
        let misses = exam.misses().count();
        return vec![Line::styled(format!("Miss {} of {misses}", at + 1), theme.strong)];
    }
    let (Phase::Asking(showing) | Phase::Answered(showing, _)) = screen.phase else {
        return vec![Line::styled("retain", theme.strong)];
    };
    vec![progress(screen, showing, width), card(screen, showing)]
}

fn progress(screen: &Screen<'_>, showing: &Showing, width: u16) -> Line<'static> {
    let theme = screen.theme;
    let left = showing.left;
    let total = screen.answered + left.total();
    let bar = usize::from(width / 6).min(16);
    let filled = (screen.answered * bar).checked_div(total).unwrap_or(0);
    let mut spans = vec![Span::styled(format!("{}{}  ", "━".repeat(filled), "─".repeat(bar - filled)), theme.accent)];
    if screen.exam {
        spans.push(Span::raw(format!("question {} of {total}", screen.answered + 1)));
    } else {
        spans.push(Span::raw(format!("{} left", left.total())));
        // If there is no room for all parts, the sum says more than some of them.
        let states = if width < 50 {
            String::new()
        } else {
            format!(" · {} new, {} learning, {} due", left.new, left.learning, left.review)
        };
        spans.push(Span::styled(states, theme.dim));
    }
    if let Some(ms) = screen.ms_left {
        let hurry = screen.exam && ms < 60_000;
        spans.push(Span::styled(format!("  {}", words::clock(ms)), if hurry { theme.wrong } else { theme.accent }));
    }
    Line::from(spans)
}

fn card(screen: &Screen<'_>, showing: &Showing) -> Line<'static> {
    let theme = screen.theme;
    let topic = showing.topic.as_ref().map(|topic| format!(" › {topic}")).unwrap_or_default();
    let place = rich::line(&format!("{}{topic}", showing.deck));
    let mut spans = vec![Span::styled(place, theme.dim)];
    if !screen.exam {
        let state = match (showing.practice, showing.ahead) {
            (true, _) => "practice",
            (false, true) => "ahead",
            (false, false) => showing.state.name(),
        };
        spans.push(Span::styled(format!("  {state}"), theme.accent));
    }
    if let Some(note) = &showing.flag {
        spans.push(Span::styled(format!("  ⚑ {}", rich::line(note)), theme.flag));
    }
    Line::from(spans)
}
