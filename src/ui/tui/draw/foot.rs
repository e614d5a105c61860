//! The line of keys, and what there is to tell.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::Screen;
use super::form::input_line;
use crate::model::Markup;
use crate::session::{Feedback, Forecast, Form, Phase, Showing};
use crate::ui::rich::Text;
use crate::ui::tui::keys::is_ready;
use crate::ui::tui::place::Page;
use crate::ui::tui::theme::Theme;
use crate::ui::words;

/// The lines of the footer. `scrolls` says whether not all of the body is seen.
pub(super) fn lines(screen: &Screen<'_>, area: Rect, scrolls: bool) -> Vec<Line<'static>> {
    let width = usize::from(area.width);
    if screen.place.page == Page::Note {
        let line = input_line("⚑ note: ", &screen.place.note, width.saturating_sub(10), screen);
        let keys = Line::styled("Enter flags the card · Esc does not", screen.theme.dim);
        return if area.height >= 2 { vec![line, keys] } else { vec![line] };
    }
    let keys = keys(screen, width, scrolls);
    let mut notice = notice(screen, area.width);
    match area.height {
        2.. => {
            notice.truncate(usize::from(area.height) - 1);
            notice.push(keys);
            notice
        }
        _ if screen.notice.is_empty() => vec![keys],
        _ => notice,
    }
}

/// The lines of what there is to tell, one at least.
pub(super) fn notice(screen: &Screen<'_>, width: u16) -> Vec<Line<'static>> {
    let lines = Text::parse(screen.notice, Markup::Plain).lines(usize::from(width), &screen.theme, screen.theme.accent);
    if lines.is_empty() { vec![Line::default()] } else { lines }
}

fn keys(screen: &Screen<'_>, width: usize, scrolls: bool) -> Line<'static> {
    let theme = screen.theme;
    if screen.paused {
        return Line::styled("any key goes on", theme.dim);
    }
    match screen.phase {
        Phase::Asking(showing) => fitting(&asking(screen, showing, scrolls), width, theme),
        Phase::Answered(showing, feedback) => ratings(showing, feedback, width, theme),
        Phase::Finished(summary) => {
            let misses = summary.exam.as_ref().map_or(0, |exam| exam.misses().count());
            let more = screen.miss.map_or(misses > 0, |at| at + 1 < misses);
            Line::styled(if more { "Enter goes on · q leaves" } else { "any key leaves" }, theme.dim)
        }
        Phase::Between => Line::default(),
    }
}

/// The keys that help most, those that matter least last.
fn asking(screen: &Screen<'_>, showing: &Showing, scrolls: bool) -> Vec<&'static str> {
    let mut keys = Vec::new();
    if screen.place.hidden {
        keys.push("Enter shows the choices");
    } else {
        match &showing.form {
            Form::Pick { several: false } => keys.push("letter picks"),
            Form::Pair { .. } if !is_ready(screen.place, showing) => keys.push("number gives a half"),
            Form::Pick { several: true } | Form::Order if !is_ready(screen.place, showing) => keys.push("letter picks"),
            Form::Reveal { .. } => keys.push("Enter shows the answer"),
            _ => keys.push("Enter answers"),
        }
    }
    if scrolls {
        keys.push("PgDn scrolls");
    }
    if matches!(showing.form, Form::Type { .. }) {
        keys.extend(["Ctrl-U undo", "Tab later", "F1 keys", "Ctrl-C quit"]);
        return keys;
    }
    keys.extend(["u undo", "Tab later"]);
    if matches!(showing.form, Form::Pick { .. }) && !screen.place.hidden {
        keys.push("⇧letter strikes out");
    }
    keys.extend(["? keys", "q quit"]);
    keys
}

/// As many as fit, the last two (help and quit) always.
fn fitting(keys: &[&'static str], width: usize, theme: Theme) -> Line<'static> {
    let mut shown = keys.to_vec();
    while shown.join(" · ").width() > width && shown.len() > 2 {
        shown.remove(shown.len() - 3);
    }
    Line::styled(shown.join(" · "), theme.dim)
}

fn ratings(showing: &Showing, feedback: &Feedback, width: usize, theme: Theme) -> Line<'static> {
    let ratings = &feedback.ratings;
    let reveals = showing.form.is_reveal();
    let mut ways: Vec<(&str, &str, &Forecast)> = Vec::new();
    if !(feedback.right && showing.ask_rating) {
        ways.push(("Enter", "", &ratings.auto));
    }
    if feedback.right {
        ways.push(("1", if reveals { "again " } else { "guessed " }, &ratings.again));
        ways.push(("2", "hard ", &ratings.hard));
        ways.push(("3", "good ", &ratings.good));
        ways.push(("4", "easy ", &ratings.easy));
    }
    let written = |name: &str, forecast: &Forecast| {
        if showing.practice {
            name.trim_end().to_owned()
        } else {
            format!("{name}{}", words::interval(forecast.interval_days))
        }
    };
    let long: usize = ways.iter().map(|(key, name, forecast)| key.width() + 4 + written(name, forecast).width()).sum();
    let gap = if long > width { "  " } else { "   " };
    let mut spans = Vec::new();
    for (key, name, forecast) in ways {
        spans.push(Span::styled(key.to_owned(), theme.strong));
        spans.push(Span::styled(format!(" {}{gap}", written(name, forecast)), theme.dim));
    }
    if !reveals && !feedback.right {
        spans.push(Span::styled("o", theme.strong));
        spans.push(Span::styled(" I was right", theme.dim));
    }
    Line::from(spans)
}
