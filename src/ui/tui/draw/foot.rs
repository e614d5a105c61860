//! The footer: the notice and the line of keys.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::Screen;
use super::body::Body;
use super::form::input_line;
use super::paper;
use crate::session::{Feedback, Forecast, Form, Phase, Showing};
use crate::ui::theme::Theme;
use crate::ui::tui::keys::ReviewCommand;
use crate::ui::tui::place::Page;
use crate::ui::words;

/// The lines of the footer. `scrolls`: whether the body is longer than its area.
pub(super) fn lines(screen: &Screen<'_>, area: Rect, scrolls: bool) -> Vec<Line<'static>> {
    let width = usize::from(area.width);
    if screen.place.page == Page::Note {
        let line = input_line("⚑ note: ", &screen.place.note, width.saturating_sub(10), &screen.theme);
        let keys = Line::styled("Enter flags the card · Esc cancels", screen.theme.dim);
        return if area.height >= 2 { vec![line, keys] } else { vec![line] };
    }
    let keys = keys(screen, width, scrolls);
    let mut lines = notice(screen, width);
    match usize::from(area.height) {
        // A single line is for the keys.
        0 | 1 => lines.push(keys),
        height => {
            lines.truncate(height - 1);
            lines.resize(height - 1, Line::default());
            lines.push(keys);
        }
    }
    lines
}

/// The lines that a notice needs beyond a footer of two. A low screen gets few of them.
pub(super) fn more(screen: &Screen<'_>, area: Rect) -> u16 {
    let lines = notice(screen, usize::from(area.width)).len().saturating_sub(1);
    u16::try_from(lines).unwrap_or(u16::MAX).min(area.height / 6)
}

fn notice(screen: &Screen<'_>, width: usize) -> Vec<Line<'static>> {
    if screen.notice.is_empty() || screen.place.page == Page::Note {
        return Vec::new();
    }
    let mut body = Body::new(width);
    body.text(screen.notice, screen.theme.accent);
    body.into_iter().map(|row| row.line).collect()
}

fn keys(screen: &Screen<'_>, width: usize, scrolls: bool) -> Line<'static> {
    let theme = screen.theme;
    if screen.place.page == Page::Leave {
        return Line::styled("l leaves · h hand in · other keys stay", theme.accent);
    }
    if screen.place.page == Page::Commands {
        let keys = screen.place.keys;
        let commands = ReviewCommand::offered(screen.paper.is_some()).iter().map(|command| command.brief(keys));
        return fitting(commands.chain(["Esc back".into()]).collect(), width, theme);
    }
    if screen.paused {
        return Line::styled("any key goes on", theme.dim);
    }
    if paper::listed(screen).is_some() {
        let end = matches!(screen.phase, Phase::Overview(_));
        let back = if end { ["y hands in", "n goes back"] } else { ["h hand in", "Esc back"] };
        let keys = ["Enter goes there", "m mark", "1 2 3 … number"].into_iter().chain(back);
        return fitting(keys.map(String::from).collect(), width, theme);
    }
    match screen.phase {
        Phase::Asking(showing) => fitting(asking(screen, showing, scrolls), width, theme),
        Phase::Answered(showing, feedback) => ratings(showing, feedback, width, theme),
        Phase::Finished(summary) => {
            let all = summary.exam_result().map_or(0, |exam| exam.not_right.len());
            let more = screen.miss.map_or(all > 0, |at| at + 1 < all);
            let keys = match (more, screen.miss) {
                (true, None) => "Enter shows them · q leaves",
                (true, Some(_)) => "Enter shows the next · q leaves",
                (false, _) => "any key leaves",
            };
            Line::styled(keys, theme.dim)
        }
        Phase::Between | Phase::Overview(_) => Line::default(),
    }
}

/// The keys, the most useful first.
fn asking(screen: &Screen<'_>, showing: &Showing, scrolls: bool) -> Vec<String> {
    let mut keys: Vec<&str> = Vec::new();
    // A review has a word of its own for it.
    let strikes = screen.paper.is_some();
    if screen.place.hidden {
        keys.push("Enter shows the choices");
    } else {
        match &showing.form {
            Form::Pick { several: false } if screen.place.held.is_some() => {
                keys.extend(["Enter answers", "same letter: sure"]);
            }
            Form::Pick { several: false } if strikes => keys.push("a picks, ⇧a strikes"),
            Form::Pick { several: false } => keys.push("letter picks"),
            Form::Pair { .. } if !screen.place.is_ready(showing) => keys.push("number gives a match"),
            Form::Pick { several: true } if strikes && !screen.place.is_ready(showing) => {
                keys.push("a picks, ⇧a strikes");
            }
            Form::Pick { several: true } | Form::Order if !screen.place.is_ready(showing) => keys.push("letter picks"),
            Form::Reveal { .. } => keys.push("Enter shows the answer"),
            _ => keys.push("Enter answers"),
        }
        match &showing.form {
            Form::Pick { several: false } => {}
            _ if !showing.ask_sure || !screen.place.is_ready(showing) => {}
            Form::Type { .. } => keys.push("F3: sure"),
            _ => keys.push("!: sure"),
        }
    }
    if scrolls {
        keys.push("PgDn scrolls");
    }
    if screen.paper.is_some() {
        return keys.into_iter().map(String::from).chain(in_exam(screen, showing)).collect();
    }
    if matches!(showing.form, Form::Type { .. }) {
        keys.extend(["F4 undo", "Tab later", "F1 keys", "Ctrl-C quit"]);
        return keys.into_iter().map(String::from).collect();
    }
    let brief = |command: ReviewCommand| format!("{} {}", command.key(screen.place.keys, screen.phase), command.word());
    let undo = brief(ReviewCommand::Undo);
    keys.extend([undo.as_str(), "Tab later"]);
    if matches!(showing.form, Form::Pick { .. }) && !screen.place.hidden {
        keys.push("⇧letter strikes out");
    }
    let quit = brief(ReviewCommand::Quit);
    // Ctrl-C is better known than a function key.
    let quit = if quit.starts_with('F') { "Ctrl-C quit" } else { quit.as_str() };
    let help = brief(ReviewCommand::Help);
    keys.extend([help.as_str(), quit]);
    keys.into_iter().map(String::from).collect()
}

/// The keys of a mock exam, as they work for this question.
fn in_exam(screen: &Screen<'_>, showing: &Showing) -> Vec<String> {
    let typing = matches!(showing.form, Form::Type { .. });
    let key = |command: ReviewCommand| match command {
        ReviewCommand::Next if typing => "Ctrl-N".into(),
        ReviewCommand::Back if typing => "Ctrl-P".into(),
        ReviewCommand::Quit if typing => "Ctrl-C".into(),
        command => command.key(screen.place.keys, screen.phase),
    };
    let marked = screen.paper.and_then(|paper| paper.current()).is_some_and(|question| question.marked);
    let mark = if marked { "unmark" } else { "mark" };
    [
        (ReviewCommand::Next, "next"),
        (ReviewCommand::Back, "previous"),
        (ReviewCommand::List, "list"),
        (ReviewCommand::Mark, mark),
        (ReviewCommand::HandIn, "hand in"),
        (ReviewCommand::Undo, "undo"),
        (ReviewCommand::Help, "keys"),
        (ReviewCommand::Quit, "leave"),
    ]
    .map(|(command, what)| format!("{} {what}", key(command)))
    .to_vec()
}

/// As many keys as fit, but always the last two (help and quit).
pub(super) fn fitting(mut shown: Vec<String>, width: usize, theme: Theme) -> Line<'static> {
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
        ways.push(("1", if reveals { "again" } else { "guessed" }, &ratings.again));
        ways.push(("2", "hard", &ratings.hard));
        ways.push(("3", "good", &ratings.good));
        ways.push(("4", "easy", &ratings.easy));
    }
    let keys = |look: KeyLayout| {
        let mut keys: Vec<(&str, String)> = ways
            .iter()
            .map(|(key, name, forecast)| {
                let interval = if showing.practice { String::new() } else { (look.interval)(forecast.interval_days) };
                let name = if look.names || showing.practice { *name } else { "" };
                (*key, format!("{name} {interval}").trim().to_owned())
            })
            .collect();
        if !reveals && !feedback.right {
            keys.push(("o", "I was right".into()));
        }
        keys
    };
    let wide = |look: KeyLayout| {
        let keys = keys(look);
        let gaps = look.gap * keys.len().saturating_sub(1);
        keys.iter().map(|(key, text)| key.width() + 1 + text.width()).sum::<usize>() + gaps
    };
    let look = KEY_LAYOUTS.into_iter().find(|look| wide(*look) <= width).unwrap_or(KEY_LAYOUTS[KEY_LAYOUTS.len() - 1]);
    let mut spans = Vec::new();
    for (key, text) in keys(look) {
        spans.push(Span::styled(key.to_owned(), theme.strong));
        spans.push(Span::styled(format!(" {text}{}", " ".repeat(look.gap)), theme.dim));
    }
    Line::from(spans)
}

/// A layout of the keys of the ratings.
#[derive(Clone, Copy)]
struct KeyLayout {
    names: bool,
    interval: fn(f64) -> String,
    gap: usize,
}

/// From the widest on. The intervals are kept longest.
const KEY_LAYOUTS: [KeyLayout; 5] = [
    KeyLayout { names: true, interval: words::interval, gap: 3 },
    KeyLayout { names: true, interval: words::interval, gap: 2 },
    KeyLayout { names: true, interval: words::brief, gap: 2 },
    KeyLayout { names: false, interval: words::brief, gap: 2 },
    KeyLayout { names: false, interval: words::brief, gap: 1 },
];
