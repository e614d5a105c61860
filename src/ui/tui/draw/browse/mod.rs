//! The screen of questions: the search, the list, the question under the cursor, and a line of keys.

mod list;
mod preview;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use super::about::draw_about;
use super::body::Body;
use super::foot::fitting;
use super::form::input_line;
use super::{draw_scrollbar, help};
use crate::model::search_text::Sought;
use crate::study::Present;
use crate::ui::rich;
use crate::ui::theme::Theme;
use crate::ui::tui::browse::{BrowseFocus, BrowsePage, BrowsePlace};
use crate::ui::tui::keys::{BrowseCommand, KeyMap};

/// From this width on the question is beside the list.
const WIDE: u16 = 100;
/// From this height on the question is below the list.
const HIGH: u16 = 14;
/// From this height on the columns of the list have headings.
const HEADED: u16 = 10;

/// What is to be drawn.
#[derive(Clone, Copy)]
pub(in crate::ui::tui) struct BrowseScreen<'a> {
    pub(in crate::ui::tui) place: &'a BrowsePlace,
    pub(in crate::ui::tui) theme: Theme,
    pub(in crate::ui::tui) present: Present,
    /// The words that were searched for.
    pub(in crate::ui::tui) sought: &'a [Sought],
    /// What is being done, if it takes long.
    pub(in crate::ui::tui) busy: Option<&'a str>,
}

/// What of it is visible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ui::tui) struct BrowseSeen {
    /// The cards that fit.
    pub(in crate::ui::tui) height: usize,
    /// The lines of a page of text that fit.
    pub(in crate::ui::tui) text_height: u16,
    /// The first visible line of a page of text.
    pub(in crate::ui::tui) scroll: u16,
}

/// Draws the screen.
pub(in crate::ui::tui) fn draw_browse(frame: &mut Frame<'_>, screen: &BrowseScreen<'_>) -> BrowseSeen {
    let area = frame.area();
    let place = screen.place;
    match &place.page {
        BrowsePage::Help => {
            return draw_page(frame, screen, area, |width| help::page(keys_page(place.keys), &screen.theme, width));
        }
        BrowsePage::About(about) => {
            let seen = draw_about(frame, about, screen.theme, place.scroll);
            return BrowseSeen { height: place.height, text_height: seen.height, scroll: seen.top };
        }
        BrowsePage::Reading | BrowsePage::Line(_) | BrowsePage::Ask(..) if place.reads => {
            let [text, foot] =
                Layout::vertical([Constraint::Min(0), Constraint::Length(foot_height(screen, area))]).areas(area);
            let seen = draw_page(frame, screen, text, |width| preview::lines(screen, width));
            frame.render_widget(Paragraph::new(foot_lines(screen, foot)), foot);
            return seen;
        }
        BrowsePage::List | BrowsePage::Reading | BrowsePage::Line(_) | BrowsePage::Ask(..) => {}
    }
    let foot = foot_height(screen, area);
    let [head, middle, foot] = Layout::vertical([
        Constraint::Length(1),
        Constraint::Min(0),
        Constraint::Length(foot.min(area.height.saturating_sub(2))),
    ])
    .areas(area);
    draw_head(frame, screen, head);
    let (cards, text) = split(middle);
    let height = draw_list(frame, screen, cards);
    let mut scroll = place.scroll;
    if let Some((rule, text)) = text {
        draw_rule(frame, rule, &screen.theme);
        let lines = preview::lines(screen, usize::from(text.width));
        let most = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_sub(text.height);
        scroll = scroll.min(most);
        frame.render_widget(Paragraph::new(lines).scroll((scroll, 0)), text);
    }
    frame.render_widget(Paragraph::new(foot_lines(screen, foot)), foot);
    BrowseSeen { height, text_height: text.map_or(1, |(_, text)| text.height), scroll }
}

/// The places of the list, and of a rule and the question if there is room for it.
fn split(area: Rect) -> (Rect, Option<(Rect, Rect)>) {
    if area.width >= WIDE {
        let [cards, rule, text] =
            Layout::horizontal([Constraint::Fill(1), Constraint::Length(3), Constraint::Fill(1)]).areas(area);
        return (cards, Some((Rect { x: rule.x + 1, width: 1, ..rule }, text)));
    }
    if area.height < HIGH {
        return (area, None);
    }
    let [cards, rule, text] =
        Layout::vertical([Constraint::Fill(1), Constraint::Length(1), Constraint::Fill(1)]).areas(area);
    (cards, Some((rule, text)))
}

fn draw_rule(frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
    let lines: Vec<Line<'_>> = if area.height > 1 {
        (0..area.height).map(|_| Line::styled("│", theme.dim)).collect()
    } else {
        vec![Line::styled("─".repeat(usize::from(area.width)), theme.dim)]
    };
    frame.render_widget(Paragraph::new(lines), area);
}

/// The search, and where in the list the cursor is.
fn draw_head(frame: &mut Frame<'_>, screen: &BrowseScreen<'_>, area: Rect) {
    let (place, theme) = (screen.place, &screen.theme);
    let count = position(place);
    let room = usize::from(area.width).saturating_sub(rich::columns(&count) + 3);
    let typing = place.focus == BrowseFocus::Search && place.page == BrowsePage::List;
    let text = place.field.value();
    let line = match (typing, text.is_empty()) {
        (true, true) => Line::from(vec![
            Span::styled("/ ", theme.accent),
            Span::styled(" ", Style::new().reversed()),
            Span::styled(rich::cut("search", room.saturating_sub(2)), theme.dim),
        ]),
        (true, false) => input_line("/ ", &place.field, room, theme),
        (false, true) => Line::styled("/ all questions", theme.dim),
        (false, false) => Line::from(vec![Span::styled("/ ", theme.accent), Span::raw(rich::cut(text, room))]),
    };
    frame.render_widget(line, area);
    let width = u16::try_from(rich::columns(&count)).unwrap_or(area.width).min(area.width);
    frame.render_widget(Line::styled(count, theme.dim), Rect { x: area.x + area.width - width, width, ..area });
}

/// `3 of 120`, and how many are marked.
fn position(place: &BrowsePlace) -> String {
    let marked = match place.marked.len() {
        0 => String::new(),
        marked => format!("{marked} marked · "),
    };
    match place.rows.total() {
        Some(0) => format!("{marked}0 cards"),
        Some(total) => format!("{marked}{} of {total}", place.cursor + 1),
        None => format!("{marked}{} of …", place.cursor + 1),
    }
}

/// Draws the list; how many cards fit.
fn draw_list(frame: &mut Frame<'_>, screen: &BrowseScreen<'_>, area: Rect) -> usize {
    let place = screen.place;
    let headed = area.height >= HEADED;
    let height = usize::from(area.height.saturating_sub(u16::from(headed)));
    let mut lines = list::lines(screen, usize::from(area.width), height, headed);
    if place.rows.total() == Some(0) {
        let mut body = Body::new(usize::from(area.width));
        let none = match (&place.refusal, place.field.value().trim()) {
            (Some(why), _) => why,
            (None, "") => "There are no questions here: `retain import FILE` brings some.",
            (None, _) => "No cards match.",
        };
        body.text(none, screen.theme.dim);
        lines = body.into_iter().map(|row| row.line).collect();
    }
    frame.render_widget(Paragraph::new(lines), area);
    height.max(1)
}

/// A page of text that is scrolled.
fn draw_page(
    frame: &mut Frame<'_>,
    screen: &BrowseScreen<'_>,
    full: Rect,
    lines: impl FnOnce(usize) -> Vec<Line<'static>>,
) -> BrowseSeen {
    let width = full.width.min(super::WIDEST);
    let area = Rect { x: full.x + (full.width - width) / 2, width, ..full };
    let lines = lines(usize::from(width));
    let most = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_sub(area.height);
    let scroll = screen.place.scroll.min(most);
    frame.render_widget(Paragraph::new(lines).scroll((scroll, 0)), area);
    draw_scrollbar(frame, full, area, scroll, most);
    BrowseSeen { height: screen.place.height, text_height: area.height, scroll }
}

/// The lines of the foot. A notice that is too long for a line gets more of them on a high screen.
fn foot_height(screen: &BrowseScreen<'_>, area: Rect) -> u16 {
    if area.height < 12 {
        return 1;
    }
    let (text, most) = match &screen.place.page {
        BrowsePage::Ask(_, question) => (question, area.height / 3),
        _ => (&screen.place.notice, area.height / 6),
    };
    let lines = rich::rows(text, usize::from(area.width)).len();
    1 + u16::try_from(lines).unwrap_or(1).clamp(1, most)
}

/// The notice and the keys; one line has the notice if there is one.
fn foot_lines(screen: &BrowseScreen<'_>, area: Rect) -> Vec<Line<'static>> {
    let (place, theme, width) = (screen.place, &screen.theme, usize::from(area.width));
    let notice = screen.busy.unwrap_or(&place.notice);
    if area.height > 2 && screen.busy.is_none() && matches!(place.page, BrowsePage::List | BrowsePage::Reading) {
        let mut lines: Vec<Line<'static>> =
            rich::rows(notice, width).into_iter().map(|row| Line::styled(row, theme.accent)).collect();
        lines.truncate(usize::from(area.height) - 1);
        lines.push(keys(place, width, *theme));
        return lines;
    }
    let said = (!notice.is_empty()).then(|| Line::styled(rich::cut(notice, width), theme.accent));
    let (first, keys) = match &place.page {
        BrowsePage::Line(command) => {
            let (lead, keys) = match command {
                BrowseCommand::Move => ("to deck: ", ["Enter moves", "Tab completes", "Esc cancels"].as_slice()),
                _ => ("⚑ note: ", ["Enter flags", "Esc cancels"].as_slice()),
            };
            let line = input_line(lead, &place.line, width.saturating_sub(rich::columns(lead) + 1), theme);
            let keys = match place.notice.is_empty() {
                true => fitting(keys.iter().map(|key| (*key).to_owned()).collect(), width, *theme),
                false => Line::styled(rich::cut(&place.notice, width), theme.dim),
            };
            (Some(line), keys)
        }
        BrowsePage::Ask(command, question) => {
            let keys = match command {
                BrowseCommand::Move => "y makes it · any other key: back to the name",
                _ => "y yes · any other key: no",
            };
            let keys = Line::styled(rich::cut(keys, width), theme.accent);
            if area.height > 2 {
                let rows = rich::rows(question, width).into_iter().take(usize::from(area.height) - 1);
                return rows.map(|row| Line::styled(row, theme.accent)).chain([keys]).collect();
            }
            (Some(Line::styled(rich::cut(question, width), theme.accent)), keys)
        }
        _ => (said, keys(place, width, *theme)),
    };
    match (area.height, first) {
        (0, _) => Vec::new(),
        (1, None) => vec![keys],
        (1, Some(first)) => vec![first],
        (_, first) => vec![first.unwrap_or_default(), keys],
    }
}

/// The keys, the most useful first; help and the way out are always there.
fn keys(place: &BrowsePlace, width: usize, theme: Theme) -> Line<'static> {
    let of = |command: BrowseCommand, word: &str| command.brief(word, place.keys);
    let (edit, suspend, flag) =
        (of(BrowseCommand::Edit, "edit"), of(BrowseCommand::Suspend, "suspend"), of(BrowseCommand::Flag, "flag"));
    let (bury, undo, help) =
        (of(BrowseCommand::Bury, "bury"), of(BrowseCommand::Undo, "undo"), of(BrowseCommand::Help, "keys"));
    let history = of(BrowseCommand::About, "history");
    let keys: Vec<String> = match (&place.page, place.focus) {
        (BrowsePage::Reading, _) => {
            let back = of(BrowseCommand::Quit, "back");
            vec!["n next".into(), "p previous".into(), edit, suspend, flag, history, undo, help, back]
        }
        (_, BrowseFocus::Search) => {
            ["type to search", "↓ Enter list", "F4 undo", "F1 keys", "^C leave"].map(str::to_owned).into()
        }
        (_, BrowseFocus::List) if !place.marked.is_empty() => {
            let (to, delete) = (of(BrowseCommand::Move, "move"), of(BrowseCommand::Delete, "delete"));
            vec![suspend, flag, bury, to, delete, "Space mark".into(), undo, help, "Esc no marks".into()]
        }
        (_, BrowseFocus::List) => {
            let (begin, mark, leave) = ("/ search".into(), "Space mark".into(), of(BrowseCommand::Quit, "leave"));
            vec![begin, "Enter read".into(), edit, suspend, flag, history, mark, undo, bury, help, leave]
        }
    };
    fitting(keys, width, theme)
}

/// All keys.
fn keys_page(keys: KeyMap) -> Vec<help::KeyRow> {
    let mut rows = vec![
        help::heading("Search (/ or Tab goes there)"),
        help::row("letters", "type; the list follows. See `retain help search` for filters such as is:due"),
        help::row("↓ Enter", "to the list; Tab, Esc too"),
        help::row("← →", "move in the line; all keys of a shell edit it: Ctrl-A E U K W …"),
        help::heading("List"),
        help::row("↑ ↓  j k", "another card; PgUp PgDn a page, Home End or g G the first and the last"),
        help::row("Enter", "read the question on the whole screen; n p the next and the one before"),
        help::row("Space", "mark the card, or remove the mark; what follows is done to all marked cards"),
        help::heading("Do (letters in the list, function keys everywhere)"),
    ];
    rows.extend(BrowseCommand::ALL.map(|command| (command.shown_keys(keys), command.what())));
    rows.extend([
        help::row("Esc", "remove the marks, else leave"),
        help::row("Ctrl-C", "leave"),
        help::row("Ctrl-Z", "to the shell; `fg` comes back"),
        help::heading("Any other key closes this page."),
    ]);
    rows
}
