//! The list of the questions of an exam, its end, and the page that asks whether to leave.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Screen;
use super::body::{Body, BodyRow};
use crate::session::{Paper, Phase};
use crate::ui::tui::place::Page;
use crate::ui::{exam_score, rich, words};

/// The questions, if the screen lists them.
pub(super) fn listed<'a>(screen: &Screen<'a>) -> Option<&'a Paper> {
    match (screen.place.page, screen.phase) {
        (Page::Leave | Page::Help, _) => None,
        (_, Phase::Overview(paper)) => Some(paper),
        (Page::List, _) => screen.paper,
        _ => None,
    }
}

/// The list; at the end of the exam, below the question whether to hand in.
pub(super) fn body(screen: &Screen<'_>, paper: &Paper, width: usize) -> Body {
    let theme = screen.theme;
    let mut body = Body::new(width);
    if matches!(screen.phase, Phase::Overview(_)) && paper.open().next().is_some() {
        body.text("Open questions count as wrong.", Style::new());
        body.blank();
    }
    let digits = paper.len().to_string().len();
    for (index, question) in paper.questions().iter().enumerate() {
        let (cursor, style) = if index == screen.place.row { ('›', theme.cursor) } else { (' ', Style::new()) };
        let answered = if question.answer.is_some() { '●' } else { '○' };
        let marked = if question.marked { '*' } else { ' ' };
        let lead = format!("{cursor} {:>digits$} {answered} {marked} ", index + 1);
        let text = rich::cut(&exam_score::stem(question), width.saturating_sub(rich::columns(&lead)));
        let spans = vec![Span::styled(lead, style), Span::styled(text, style)];
        body.rows.push(BodyRow { line: Line::from(spans), choice: Some(index), ..BodyRow::default() });
    }
    body
}

/// Whether to leave the exam, with how far it is.
pub(super) fn leave(screen: &Screen<'_>, paper: &Paper, width: usize) -> Body {
    let theme = screen.theme;
    let mut body = Body::new(width);
    body.text("Leave the exam?", theme.strong);
    body.blank();
    let time = screen.ms_left.map(|ms| format!(", {} left", words::clock(ms))).unwrap_or_default();
    body.text(
        &format!("{} of {} answered, {}{time}", paper.answered(), paper.len(), exam_score::counts(paper)),
        Style::new(),
    );
    body.blank();
    // What has no answer is not kept.
    let resumed = if paper.answered() > 0 { ": `retain exam --resume` continues it" } else { "" };
    body.text(&format!("l  leave it{resumed}"), Style::new());
    body.text("h  hand it in", Style::new());
    body.text("Any other key: back to the question.", theme.dim);
    body
}

/// How far the exam is, above the list.
pub(super) fn head(screen: &Screen<'_>, paper: &Paper, width: u16) -> Vec<Line<'static>> {
    let theme = screen.theme;
    let mut spans = vec![bar(screen, paper, width), Span::raw(words::count(paper.len() as u64, "question"))];
    spans.extend(super::head::time(screen));
    let second = if matches!(screen.phase, Phase::Overview(_)) {
        Line::styled(format!("Hand in? [y/n]  {}", exam_score::counts(paper)), theme.strong)
    } else {
        let (open, marked) = (paper.open().count(), paper.marked().count());
        Line::styled(format!("● {} answered · ○ {open} open · * {marked} marked", paper.answered()), theme.dim)
    };
    vec![Line::from(spans), second]
}

/// The bar of the answered questions.
pub(super) fn bar(screen: &Screen<'_>, paper: &Paper, width: u16) -> Span<'static> {
    super::head::bar(screen, paper.answered(), paper.len(), width)
}
