//! The screen: a header, the question or the feedback, and a line of keys.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Clear, Paragraph};

use super::keys::Place;
use super::text::wrap;
use super::theme::Theme;
use crate::model::{KeyOrigin, Kind, Moment};
use crate::session::{Feedback, Forecast, Phase, Showing, Summary};
use crate::ui::{plain, words};

/// Text is set no wider than this: longer lines are hard to read.
const WIDEST: u16 = 92;

/// What is drawn.
pub(super) struct Screen<'a> {
    pub(super) phase: &'a Phase,
    pub(super) answered: usize,
    pub(super) place: &'a Place,
    pub(super) notice: &'a str,
    pub(super) theme: Theme,
    pub(super) now: Moment,
}

/// Draws the screen. Returns how far the body can be scrolled.
pub(super) fn draw(frame: &mut Frame<'_>, screen: &Screen<'_>) -> u16 {
    let full = frame.area();
    let width = full.width.min(WIDEST);
    let area = Rect { x: full.x + (full.width - width) / 2, width, ..full };
    // A very low screen gives all it has to the question.
    let (head, foot) = match area.height {
        12.. => (3, 2),
        8.. => (2, 2),
        height => (1, u16::from(height >= 4)),
    };
    let [header, body, footer] =
        Layout::vertical([Constraint::Length(head), Constraint::Min(0), Constraint::Length(foot)]).areas(area);
    frame.render_widget(Paragraph::new(head_lines(screen, header.width)), header);
    let lines = body_lines(screen, usize::from(body.width));
    let most = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_sub(body.height);
    let scroll = screen.place.scroll.max(follow(screen, &lines, body.height)).min(most);
    frame.render_widget(
        Paragraph::new(lines.into_iter().map(|(line, _)| line).collect::<Vec<_>>()).scroll((scroll, 0)),
        body,
    );
    frame.render_widget(Paragraph::new(foot_lines(screen, footer)), footer);
    if screen.place.help {
        frame.render_widget(Clear, area);
        let lines: Vec<Line<'_>> = HELP.iter().map(|line| Line::from(*line)).collect();
        frame.render_widget(Paragraph::new(lines), area);
    }
    most
}

/// Lines with the choice that each belongs to.
type Body<'a> = Vec<(Line<'a>, Option<usize>)>;

const HELP: [&str; 17] = [
    "Keys",
    "",
    "  A, B, C …   pick a choice (or show them, where they are hidden at first)",
    "  ↑ ↓         move, then Enter or Space",
    "  Enter       go on: the model says how much luck may explain",
    "  1           it was a guess",
    "  2 3 4       hard, good, easy: you knew it",
    "",
    "  u           take back the last answer",
    "  Tab         show this card later",
    "  b           bury it until tomorrow",
    "  s           suspend it",
    "  q           stop: every answer is kept",
    "",
    "  PgUp PgDn   scroll               Ctrl with a letter is always a command",
    "",
    "Any key closes this page.",
];

/// Where the body must stand for the choice under the cursor, or after the answer the right one, to be seen.
fn follow(screen: &Screen<'_>, lines: &Body<'_>, height: u16) -> u16 {
    let cursor = match screen.phase {
        Phase::Asking(_) if screen.place.cursor > 0 => Some(screen.place.cursor),
        Phase::Answered(_, feedback) => feedback.correct.first().copied(),
        _ => None,
    };
    let last = cursor.and_then(|cursor| lines.iter().rposition(|(_, choice)| *choice == Some(cursor)));
    last.map_or(0, |last| u16::try_from(last + 1).unwrap_or(u16::MAX).saturating_sub(height))
}

fn head_lines<'a>(screen: &Screen<'_>, width: u16) -> Vec<Line<'a>> {
    let theme = screen.theme;
    let (Phase::Asking(showing) | Phase::Answered(showing, _)) = screen.phase else {
        return vec![Line::styled("retain", theme.strong)];
    };
    let left = showing.left;
    let total = screen.answered + left.total();
    let bar = usize::from(width / 6).min(16);
    let filled = (screen.answered * bar).checked_div(total).unwrap_or(0);
    let state = if showing.ahead { "ahead" } else { showing.state.name() };
    let progress = Line::from(vec![
        Span::styled(format!("{}{}  ", "━".repeat(filled), "─".repeat(bar - filled)), theme.accent),
        Span::raw(format!("{} left", left.total())),
        Span::styled(format!(" · {} new, {} learning, {} due", left.new, left.learning, left.review), theme.dim),
    ]);
    let topic = showing.topic.as_ref().map(|topic| format!(" › {topic}")).unwrap_or_default();
    let deck = Line::from(vec![
        Span::styled(format!("{}{topic}", showing.deck), theme.dim),
        Span::styled(format!("  {state}"), theme.accent),
    ]);
    vec![progress, deck]
}

fn body_lines<'a>(screen: &Screen<'_>, width: usize) -> Body<'a> {
    match screen.phase {
        Phase::Asking(showing) => question(screen, showing, None, width),
        Phase::Answered(showing, feedback) => {
            let mut lines = question(screen, showing, Some(feedback), width);
            lines.extend(verdict(screen.theme, showing, feedback, width));
            lines
        }
        Phase::Finished(summary) => closing(screen, summary, width),
        Phase::Between => Vec::new(),
    }
}

fn add(lines: &mut Body<'_>, text: &str, style: Style, width: usize) {
    lines.extend(wrap(text, width).into_iter().map(|line| (Line::styled(line, style), None)));
}

fn question<'a>(screen: &Screen<'_>, showing: &Showing, feedback: Option<&Feedback>, width: usize) -> Body<'a> {
    let theme = screen.theme;
    let mut lines = Vec::new();
    add(&mut lines, &showing.stem, theme.strong, width);
    if screen.place.hidden && feedback.is_none() {
        lines.push((Line::default(), None));
        add(&mut lines, "recall the answer, then Enter shows the choices", theme.dim, width);
        return lines;
    }
    if showing.kind == Kind::Multiple {
        add(&mut lines, "pick all that apply, then Enter", theme.dim, width);
    }
    lines.push((Line::default(), None));
    for (at, choice) in showing.choices.iter().enumerate() {
        let (sign, style) = match feedback {
            None => {
                let picked = screen.place.picked.contains(&at);
                let sign = match (at == screen.place.cursor, picked) {
                    (true, true) => "›●",
                    (true, false) => "› ",
                    (false, true) => " ●",
                    (false, false) => "  ",
                };
                (sign, if at == screen.place.cursor { theme.cursor } else { Style::new() })
            }
            Some(feedback) => match (feedback.correct.contains(&at), feedback.picked().contains(&at)) {
                (true, true) => ("✓›", theme.right),
                (true, false) => ("✓ ", theme.right),
                (false, true) => ("✗›", theme.wrong),
                (false, false) => ("  ", theme.dim),
            },
        };
        let bank = feedback
            .filter(|_| showing.explanation.is_some())
            .map(|_| format!("  ({} in the bank)", choice.bank_letter));
        let text = format!("{}{}", choice.text, bank.unwrap_or_default());
        let indent = 5 + choice.label.len().saturating_sub(1);
        for (row, part) in wrap(&text, width.saturating_sub(indent)).into_iter().enumerate() {
            let lead = if row == 0 { format!("{sign} {}  ", choice.label) } else { " ".repeat(indent + 1) };
            lines.push((Line::from(vec![Span::styled(lead, style), Span::styled(part, style)]), Some(at)));
        }
        let told = feedback.filter(|feedback| feedback.picked().contains(&at) || feedback.correct.contains(&at));
        if let (Some(said), Some(_)) = (&choice.feedback, told) {
            add(&mut lines, &format!("      {said}"), theme.dim, width);
        }
    }
    lines
}

fn verdict<'a>(theme: Theme, showing: &Showing, feedback: &Feedback, width: usize) -> Body<'a> {
    let mut lines = vec![(Line::default(), None)];
    if feedback.right {
        let known = feedback.known_probability.filter(|known| *known < 1.0);
        let known = known.map(|known| format!("  counted as known with {}", words::share(known))).unwrap_or_default();
        lines.push((Line::from(vec![Span::styled("✓ Right", theme.right), Span::styled(known, theme.dim)]), None));
    } else {
        lines.push((Line::styled("✗ Wrong", theme.wrong), None));
    }
    if let Some(explanation) = &showing.explanation {
        lines.push((Line::default(), None));
        add(&mut lines, explanation, Style::new(), width);
    }
    if let Some(rule) = showing.key_rule.as_ref().filter(|_| showing.key == KeyOrigin::Declared) {
        add(&mut lines, &format!("the key is declared ({rule})"), theme.dim, width);
    }
    lines
}

fn closing<'a>(screen: &Screen<'_>, summary: &Summary, width: usize) -> Body<'a> {
    let title = if summary.answered == 0 {
        "Nothing to do"
    } else if summary.stopped {
        "Until later"
    } else {
        "Done"
    };
    let mut lines = Vec::new();
    add(&mut lines, title, screen.theme.strong, width);
    lines.push((Line::default(), None));
    add(&mut lines, &plain::closing(summary, screen.now), Style::new(), width);
    if summary.took_ms > 0 {
        add(&mut lines, &format!("It took {:.1} minutes.", summary.took_ms as f64 / 60_000.0), screen.theme.dim, width);
    }
    lines
}

fn foot_lines<'a>(screen: &Screen<'_>, area: Rect) -> Vec<Line<'a>> {
    let theme = screen.theme;
    let keys = match screen.phase {
        Phase::Asking(_) if screen.place.hidden => {
            Line::styled("Enter shows the choices · u undo · Tab later · ? keys · q quit", theme.dim)
        }
        Phase::Asking(_) => {
            Line::styled("letter picks · u undo · Tab later · b bury · s suspend · ? keys · q quit", theme.dim)
        }
        Phase::Answered(showing, feedback) => ratings(showing, feedback, theme),
        Phase::Finished(_) => Line::styled("any key leaves", theme.dim),
        Phase::Between => Line::default(),
    };
    let notice = Line::styled(screen.notice.to_owned(), theme.accent);
    if area.height >= 2 { vec![notice, keys] } else { vec![if screen.notice.is_empty() { keys } else { notice }] }
}

fn ratings<'a>(showing: &Showing, feedback: &Feedback, theme: Theme) -> Line<'a> {
    let ratings = &feedback.ratings;
    let mut spans = Vec::new();
    let mut add = |key: &str, name: &str, forecast: &Forecast| {
        spans.push(Span::styled(key.to_owned(), theme.strong));
        spans.push(Span::styled(format!(" {name}{}   ", words::interval(forecast.interval_days)), theme.dim));
    };
    if !(feedback.right && showing.ask_rating) {
        add("Enter", "", &ratings.auto);
    }
    if feedback.right {
        add("1", "guessed ", &ratings.again);
        add("2", "hard ", &ratings.hard);
        add("3", "good ", &ratings.good);
        add("4", "easy ", &ratings.easy);
    }
    Line::from(spans)
}

#[cfg(test)]
mod tests;
