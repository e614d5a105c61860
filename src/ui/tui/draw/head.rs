//! The header: the progress of the session, and the place and the state of the card.

use ratatui::text::{Line, Span};

use super::{Screen, paper};
use crate::session::{Phase, Showing};
use crate::ui::{rich, words};

/// The lines of the header.
pub(super) fn lines(screen: &Screen<'_>, width: u16) -> Vec<Line<'static>> {
    let theme = screen.theme;
    if let (Phase::Finished(summary), Some(at)) = (screen.phase, screen.miss)
        && let Some(exam) = summary.exam_result()
    {
        let all = exam.not_right.len();
        let title = Span::styled(format!("Not right: {} of {all}", at + 1), theme.strong);
        let question = screen.showing().map(|showing| Span::styled(format!("  {}", place_of(showing)), theme.dim));
        return vec![Line::from_iter(std::iter::once(title).chain(question))];
    }
    if let Some(paper) = paper::listed(screen) {
        return paper::head(screen, paper, width);
    }
    let (Phase::Asking(showing) | Phase::Answered(showing, _)) = screen.phase else {
        return vec![Line::styled("retain", theme.strong)];
    };
    vec![progress(screen, showing, width), card(screen, showing)]
}

fn progress(screen: &Screen<'_>, showing: &Showing, width: u16) -> Line<'static> {
    let theme = screen.theme;
    let left = showing.left;
    if let Some(paper) = screen.paper {
        let mut spans = vec![paper::bar(screen, paper, width)];
        spans.push(Span::raw(format!("question {} of {}", paper.at() + 1, paper.len())));
        let answered = if width < 50 { String::new() } else { format!(" · {} answered", paper.answered()) };
        spans.push(Span::styled(answered, theme.dim));
        if paper.current().is_some_and(|question| question.marked) {
            spans.push(Span::styled(if width < 50 { "  *" } else { "  * marked" }, theme.flag));
        }
        spans.extend(time(screen));
        return Line::from(spans);
    }
    let mut spans = vec![bar(screen, screen.answered, screen.answered + left.total(), width)];
    spans.push(Span::raw(format!("{} left", left.total())));
    // If there is no room for all parts, the sum says more than some of them.
    let states = if width < 50 {
        String::new()
    } else if showing.practice {
        " · practice".into()
    } else {
        format!(" · {} new, {} learning, {} due", left.new, left.learning, left.review)
    };
    spans.push(Span::styled(states, theme.dim));
    spans.extend(time(screen));
    Line::from(spans)
}

/// The bar of what is done.
pub(super) fn bar(screen: &Screen<'_>, done: usize, total: usize, width: u16) -> Span<'static> {
    let bar = usize::from(width / 6).min(16);
    let filled = (done * bar).checked_div(total).unwrap_or(0);
    Span::styled(format!("{}{}  ", "━".repeat(filled), "─".repeat(bar - filled)), screen.theme.accent)
}

/// The time that is left, if it has an end.
pub(super) fn time(screen: &Screen<'_>) -> Option<Span<'static>> {
    let theme = screen.theme;
    let ms = screen.ms_left?;
    let hurry = screen.paper.is_some() && ms < 60_000;
    Some(Span::styled(format!("  {}", words::clock(ms)), if hurry { theme.wrong } else { theme.accent }))
}

/// The deck and the topic.
fn place_of(showing: &Showing) -> String {
    let topic = showing.topic.as_ref().map(|topic| format!(" › {topic}")).unwrap_or_default();
    rich::line(&format!("{}{topic}", showing.deck))
}

fn card(screen: &Screen<'_>, showing: &Showing) -> Line<'static> {
    let theme = screen.theme;
    let mut spans = vec![Span::styled(place_of(showing), theme.dim)];
    if screen.paper.is_none() {
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
