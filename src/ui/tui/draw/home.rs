//! The home screen: today as a bar, the decks as a tree, exams, and a line of keys.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::body::Body;
use super::foot::fitting;
use super::form::input_line;
use super::{draw_scrollbar, help};
use crate::study::{ExamAhead, IdleReason};
use crate::ui::theme::Theme;
use crate::ui::tui::home::{HomePage, HomePlace, HomeRow};
use crate::ui::tui::keys::{KeyMap, ReviewCommand, home_keys};
use crate::ui::{decks, rich, words};

/// The widest screen: counts far from their names are hard to read.
const WIDEST: u16 = 84;
/// Exams that are shown.
const EXAMS: usize = 3;
/// A narrower screen says the counts in fewer columns.
const NARROW: usize = 50;

/// What of it is visible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ui::tui) struct HomeSeen {
    /// The decks that fit.
    pub(in crate::ui::tui) height: usize,
    /// The lines of a page of text that fit.
    pub(in crate::ui::tui) text_height: u16,
    /// Its first visible line.
    pub(in crate::ui::tui) scroll: u16,
}

/// Draws the screen.
pub(in crate::ui::tui) fn draw_home(frame: &mut Frame<'_>, place: &HomePlace, theme: &Theme) -> HomeSeen {
    let full = frame.area();
    match &place.page {
        HomePage::Help => {
            // Where the help of the other screens is.
            let width = full.width.min(super::WIDEST);
            let area = Rect { x: full.x + (full.width - width) / 2, width, ..full };
            return page(frame, place, full, area, help::page(keys_page(place.keys), theme, usize::from(width)));
        }
        HomePage::Figures(lines) => {
            return page(frame, place, full, full, lines.iter().map(|line| Line::raw(line.clone())).collect());
        }
        HomePage::Decks | HomePage::Path | HomePage::Undo(_) => {}
    }
    let width = full.width.min(WIDEST);
    let area = Rect { x: full.x + (full.width - width) / 2, width, ..full };
    let columns = usize::from(width);
    let is_high = area.height >= 12;
    let mut head = head(place, theme, columns);
    if area.height < 16 {
        head.truncate(1);
    }
    if is_high {
        head.push(Line::default());
    }
    let exams = if is_high { exams(place, theme, columns) } else { Vec::new() };
    // Without decks there is a text, which may be longer than the screen.
    let text = if place.rows.is_empty() { welcome(theme, place.home.idle.as_ref(), columns) } else { Vec::new() };
    let scrolls = text.len() + head.len() + exams.len() + 2 > usize::from(area.height);
    let count = |lines: &[Line<'_>]| u16::try_from(lines.len()).unwrap_or(u16::MAX);
    let foot = foot(place, theme, columns, scrolls, if is_high { 1 + usize::from(area.height / 6) } else { 1 });
    let [top, middle, below, bottom] = Layout::vertical([
        Constraint::Length(count(&head).min(area.height.saturating_sub(2))),
        Constraint::Min(1),
        Constraint::Length(count(&exams)),
        Constraint::Length(count(&foot).min(area.height.saturating_sub(1))),
    ])
    .areas(area);
    frame.render_widget(Paragraph::new(head), top);
    let headed = middle.height >= 5;
    let (lines, height, scroll) = if place.rows.is_empty() {
        let most = u16::try_from(text.len()).unwrap_or(u16::MAX).saturating_sub(middle.height);
        (text, 1, place.scroll.min(most))
    } else {
        let height = usize::from(middle.height);
        (decks(place, theme, columns, height, headed), height - usize::from(headed), 0)
    };
    frame.render_widget(Paragraph::new(lines).scroll((scroll, 0)), middle);
    frame.render_widget(Paragraph::new(exams), below);
    frame.render_widget(Paragraph::new(foot), bottom);
    HomeSeen { height: height.max(1), text_height: middle.height, scroll }
}

/// A page of text that is scrolled, over a line of keys.
fn page(frame: &mut Frame<'_>, place: &HomePlace, full: Rect, area: Rect, lines: Vec<Line<'static>>) -> HomeSeen {
    let [area, foot] =
        Layout::vertical([Constraint::Min(0), Constraint::Length(u16::from(full.height > 3))]).areas(area);
    let most = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_sub(area.height);
    let scroll = place.scroll.min(most);
    frame.render_widget(Paragraph::new(lines).scroll((scroll, 0)), area);
    draw_scrollbar(frame, Rect { width: full.width.saturating_sub(1), ..full }, area, scroll, most);
    let keys = if most > 0 { "↑ ↓ PgUp PgDn scroll · any other key goes back" } else { "any key goes back" };
    frame.render_widget(Line::raw(rich::cut(keys, usize::from(foot.width))), foot);
    HomeSeen { height: 1, text_height: area.height, scroll }
}

/// Today: a bar of what is done, what is left, and the streak.
fn head(place: &HomePlace, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let home = &place.home;
    if home.decks.is_empty() {
        return vec![Line::styled("Welcome to retain.", theme.strong)];
    }
    let left: u64 = home.decks.iter().map(|deck| deck.today).sum();
    let all = home.answered + left;
    let bar = (width / 4).clamp(4, 20);
    let filled = usize::try_from((home.answered * bar as u64).checked_div(all).unwrap_or(bar as u64)).unwrap_or(bar);
    let mut parts = vec![match (left, home.answered) {
        (0, 0) => "nothing is due today".to_owned(),
        (0, answered) => format!("done for today · {}", words::count(answered, "answer")),
        (left, 0) => format!("{} today", words::count(left, "card")),
        (left, answered) => format!("{answered} answered · {left} left"),
    }];
    if left > 0 {
        parts.push(format!("about {:.0} min", home.minutes.max(1.0)));
    }
    if home.streak > 0 {
        parts.push(format!("streak {}", words::count(home.streak, "day")));
    }
    let room = width.saturating_sub(bar + 2);
    while parts.len() > 1 && rich::columns(&parts.join(" · ")) > room {
        parts.pop();
    }
    let mut lines = vec![Line::from(vec![
        Span::styled(format!("{}{}  ", "━".repeat(filled), "─".repeat(bar - filled)), theme.accent),
        Span::raw(rich::cut(&parts.join(" · "), room)),
    ])];
    let left_over: u64 = home.decks.iter().map(|deck| deck.left_over).sum();
    if left_over > 0 {
        let text = format!("{} beyond the limits of today: see `retain catchup`", words::count(left_over, "due card"));
        lines.push(Line::styled(rich::cut(&text, width), theme.dim));
    }
    lines
}

/// The tree, after headings if there is room for them.
fn decks(place: &HomePlace, theme: &Theme, width: usize, height: usize, headed: bool) -> Vec<Line<'static>> {
    let exam = place.rows.iter().any(|row| row.for_exam.is_some()) && width >= NARROW;
    let (heads, columns): ([&str; 4], [usize; 4]) = if width < NARROW {
        (["new", "lrn", "due", ""], [5, 5, 5, 0])
    } else {
        (["new", "learning", "due", "for the exam"], [6, 10, 7, if exam { 14 } else { 0 }])
    };
    let name = width.saturating_sub(columns.iter().sum::<usize>() + 2);
    let counts = |cells: [String; 4]| {
        cells
            .iter()
            .zip(columns)
            .map(|(cell, width)| if width == 0 { String::new() } else { format!("{cell:>width$}") })
            .collect::<String>()
    };
    let mut lines = Vec::new();
    if headed {
        let text = format!("  {}{}", rich::pad("deck", name), counts(heads.map(str::to_owned)));
        lines.push(Line::styled(text, theme.dim));
    }
    let shown = height - usize::from(headed);
    for (at, row) in place.rows.iter().enumerate().skip(place.top).take(shown) {
        let is_current = at == place.cursor;
        let style = match (is_current, row.today) {
            (true, _) => theme.cursor,
            (false, 0) => theme.dim,
            (false, _) => Style::new(),
        };
        // A deck that lies deep keeps some columns for its name.
        let begin = format!("{}{}", " ".repeat((row.depth * 2).min(name / 2)), sign(row));
        let label = format!("{begin}{}", rich::pad(row.label(), name.saturating_sub(rich::columns(&begin))));
        let number = |cards: u64| if cards == 0 { "·".to_owned() } else { cards.to_string() };
        let cells = [number(row.new), number(row.learning), number(row.due), row.for_exam.map_or("·".into(), number)];
        lines.push(Line::from(vec![
            Span::styled(if is_current { "› " } else { "  " }, theme.accent),
            Span::styled(format!("{label}{}", counts(cells)), style),
        ]));
    }
    lines
}

/// Whether decks in it are shown.
fn sign(row: &HomeRow) -> &'static str {
    match row.folded {
        Some(true) => "▸ ",
        Some(false) => "▾ ",
        None => "",
    }
}

/// The exams that are ahead, with the expected score once it is known.
fn exams(place: &HomePlace, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for ExamAhead { deck, day, days } in place.home.exams.iter().take(EXAMS) {
        let score = place.scores.iter().find(|(name, _)| name == deck);
        let expected = match score {
            None => " · expected score …".to_owned(),
            Some((_, None)) => " · too few answers to expect a score".to_owned(),
            Some((_, Some(score))) => format!(
                " · expected score {} ({:.0} to {})",
                words::share(score.mean),
                score.low_90 * 100.0,
                words::share(score.high_90)
            ),
        };
        let days = words::count(*days, "day");
        let mean = score.and_then(|(_, score)| *score).map(|score| format!(" · {}", words::share(score.mean)));
        // The day is on `retain plan` too, and the score says more.
        let brief = format!("{deck} in {days}{}", mean.unwrap_or_default());
        let ways =
            [format!("Exam of {deck} in {days}, on {day}{expected}"), format!("Exam of {deck} in {days}{expected}")];
        let text = ways.into_iter().find(|way| rich::columns(way) <= width).unwrap_or(brief);
        lines.push(Line::styled(rich::cut(&text, width), theme.accent));
    }
    if let Some(more) = place.home.exams.len().checked_sub(EXAMS).filter(|more| *more > 0) {
        lines.push(Line::styled(
            format!("and {}: see `retain plan`", words::count(more as u64, "more exam")),
            theme.dim,
        ));
    }
    lines
}

/// What somebody sees who has no questions, or has put all of them away.
fn welcome(theme: &Theme, idle: Option<&IdleReason>, width: usize) -> Vec<Line<'static>> {
    let mut body = Body::new(width);
    if let Some(reason) = idle.filter(|reason| **reason != IdleReason::NoDecks) {
        body.text(&format!("{}.", words::sentence(&decks::idle(reason))), Style::new());
        return body.into_iter().map(|row| row.line).collect();
    }
    body.text(
        "There are no questions yet. Begin with a bank of your own: press i, and type the path of its file.",
        Style::new(),
    );
    body.text("Press d to try it for three minutes, with questions that come with the program.", Style::new());
    body.blank();
    body.text(
        "A bank is a text file: a question, its options below it as `- A. …`, the right one marked with `*`.",
        theme.dim,
    );
    body.blank();
    body.text("The same in a shell:", theme.dim);
    body.text("  retain review FILE      imports a bank and asks its questions", theme.dim);
    body.text("  retain import FILE…     imports several", theme.dim);
    body.text("  retain demo             three minutes with a database of its own", theme.dim);
    body.text("  retain help banks       how to write a bank", theme.dim);
    body.into_iter().map(|row| row.line).collect()
}

/// A notice of this width. What is behind its last `·` is what the person can do, so the text before it is cut.
fn cut_before_the_end(notice: &str, width: usize) -> String {
    match notice.rsplit_once(" · ") {
        Some((text, end)) if rich::columns(end) + 12 < width => {
            format!("{} · {end}", rich::cut(text, width - rich::columns(end) - 3))
        }
        _ => rich::cut(notice, width),
    }
}

/// The notice, or what is asked, over the keys, in `height` lines at the most; a single line has what is more important.
fn foot(place: &HomePlace, theme: &Theme, width: usize, scrolls: bool, height: usize) -> Vec<Line<'static>> {
    let (first, keys) = match &place.page {
        HomePage::Path => {
            let lead = "import: ";
            let line = input_line(lead, &place.line, width.saturating_sub(rich::columns(lead) + 1), theme);
            let keys = match place.notice.is_empty() {
                true => {
                    fitting(["Tab completes", "Enter imports", "Esc cancels"].map(str::to_owned).into(), width, *theme)
                }
                false => Line::styled(rich::cut(&place.notice, width), theme.dim),
            };
            (vec![line], keys)
        }
        HomePage::Undo(question) => (
            wrapped(question, width, height.saturating_sub(1), theme.accent),
            Line::styled("y yes · any other key: no", theme.accent),
        ),
        _ => {
            (wrapped(&place.notice, width, height.saturating_sub(1), theme.accent), keys(place, width, scrolls, *theme))
        }
    };
    match (height, first.is_empty()) {
        (1, true) => vec![keys],
        (1, false) => first,
        (_, true) => vec![Line::default(), keys],
        (_, false) => first.into_iter().chain([keys]).collect(),
    }
}

/// A notice in `height` lines at the most, and in one at the least. Without one there are none.
fn wrapped(notice: &str, width: usize, height: usize, style: Style) -> Vec<Line<'static>> {
    let height = height.max(1);
    if notice.is_empty() {
        return Vec::new();
    }
    let lines = |text: &str| {
        let mut body = Body::new(width);
        body.text(text, style);
        body.into_iter().map(|row| row.line).collect::<Vec<_>>()
    };
    let whole = lines(notice);
    if whole.len() <= height {
        return whole;
    }
    // A line may end early, before a long word.
    let room = width * height;
    (0..room)
        .step_by(4)
        .map(|spare| lines(&cut_before_the_end(notice, room - spare)))
        .find(|lines| lines.len() <= height)
        .unwrap_or_default()
}

fn keys(place: &HomePlace, width: usize, scrolls: bool, theme: Theme) -> Line<'static> {
    let is_done = place.row().is_none_or(|row| row.today == 0);
    let of = |command: ReviewCommand, word: &str| {
        format!("{} {word}", home_keys(command, place.keys).first().map_or("", String::as_str))
    };
    let (undo, help, quit) =
        (of(ReviewCommand::Undo, "undo"), of(ReviewCommand::Help, "keys"), of(ReviewCommand::Quit, "quit"));
    let more = place.row().is_some_and(|row| row.more);
    let keys: Vec<&str> = match (place.rows.is_empty(), is_done) {
        (true, _) if scrolls => vec!["↑ ↓ scroll", "i import", "d demo", &help, &quit],
        (true, _) => vec!["i import", "d demo", &help, &quit],
        (false, false) => {
            vec!["Enter review", "/ search", "i import", "s statistics", "e exam", &undo, &help, &quit]
        }
        (false, true) => {
            let more = more.then_some("m 20 more");
            more.into_iter()
                .chain(["c practise", "/ search", "s statistics", "i import", "e exam", &help, &quit])
                .collect()
        }
    };
    fitting(keys.into_iter().map(str::to_owned).collect(), width, theme)
}

/// All keys.
fn keys_page(keys: KeyMap) -> Vec<help::KeyRow> {
    let of = |command| home_keys(command, keys).join("  ");
    let quit = home_keys(ReviewCommand::Quit, keys).first().cloned().unwrap_or_default();
    vec![
        help::heading("Decks"),
        help::row("↑ ↓  j k", "another deck; PgUp PgDn, Home End or g G"),
        help::row("← →  h l", "hide or show the decks in it"),
        help::heading("The deck under the cursor, with the decks in it"),
        help::row("Enter", "review what is due"),
        help::row("m", "review 20 more than today's limits allow"),
        help::row("c", "practise all of it; nothing changes in the schedule"),
        help::row("e", "take a mock exam of 50 questions"),
        help::row("s", "statistics"),
        help::row("b", "look through its questions"),
        help::heading("Everything"),
        help::row("/", "search all questions"),
        help::row("i", "import a bank, a folder of banks, or a history"),
        help::row("d", "try it with questions that come with the program"),
        help::row(&of(ReviewCommand::Undo), "take back what you did last"),
        help::row("U", "bring back what was taken back"),
        help::row(&of(ReviewCommand::Help), "this page"),
        help::row(&format!("{quit}  Esc"), "quit; so does Ctrl-C"),
        help::row("Ctrl-Z", "to the shell; `fg` comes back"),
        help::heading("Any other key closes this page."),
    ]
}

#[cfg(test)]
mod tests {
    use super::cut_before_the_end;

    #[test]
    fn the_way_back_stays_in_a_narrow_notice() {
        let notice = "took back: suspended “Which of these is the largest planet of all planets?” · U brings it back";
        let cut = cut_before_the_end(notice, 60);
        assert!(cut.starts_with("took back: suspended “Which") && cut.ends_with("… · U brings it back"), "{cut}");
        assert!(cut.chars().count() <= 60, "{cut}");
        assert_eq!(cut_before_the_end(notice, 200), notice);
        assert_eq!(cut_before_the_end("no way back is said here", 10).chars().count(), 10);
        assert!(cut_before_the_end(notice, 20).chars().count() <= 20);
    }
}
