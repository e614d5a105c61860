//! The list of cards, a line for each.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::BrowseScreen;
use crate::model::search_text::places_found;
use crate::model::{CardState, Markup};
use crate::study::FoundCard;
use crate::ui::card_table::comes_back;
use crate::ui::rich::{self, Text};
use crate::ui::tui::browse::id_of;

/// Columns of the cursor and of marks.
const SIGNS: usize = 2;
/// Columns of the state.
const STATE: usize = 10;
/// Columns of when a card comes back.
const WHEN: usize = 11;
/// Columns between columns.
const GAP: usize = 2;
/// A list that is narrower does not say the state, and one that is narrower still not the deck.
const WITH_STATE: usize = 74;
const WITH_DECK: usize = 48;

/// The widths of the columns: 0 for those that are left out.
struct ListWidths {
    stem: usize,
    deck: usize,
    state: usize,
    when: usize,
}

impl ListWidths {
    fn fit(width: usize, decks: usize) -> Self {
        let when = if width < 28 { 0 } else { WHEN };
        let state = if width < WITH_STATE { 0 } else { STATE };
        let deck = if width < WITH_DECK { 0 } else { decks.clamp(4, width / 4) };
        let gaps = [deck, state, when].iter().filter(|width| **width > 0).count() * GAP;
        Self { stem: width.saturating_sub(SIGNS + deck + state + when + gaps), deck, state, when }
    }

    /// The columns after the stem.
    fn rest(&self, deck: &str, state: &str, when: &str) -> String {
        let cell = |text: &str, width: usize| {
            if width == 0 { String::new() } else { format!("{}{}", " ".repeat(GAP), rich::pad(text, width)) }
        };
        format!("{}{}{}", cell(deck, self.deck), cell(state, self.state), cell(when, self.when))
    }
}

/// The visible lines, after headings if there is room for them.
pub(super) fn lines(screen: &BrowseScreen<'_>, width: usize, height: usize, headed: bool) -> Vec<Line<'static>> {
    let place = screen.place;
    let shown: Vec<(usize, Option<&FoundCard>)> =
        (place.top..place.top + height).map(|at| (at, place.rows.get(at))).collect();
    let decks = shown.iter().filter_map(|(_, card)| *card).map(|card| rich::columns(&card.deck)).max().unwrap_or(0);
    let widths = ListWidths::fit(width, decks);
    let mut lines = Vec::with_capacity(height + 1);
    if headed {
        let rest = widths.rest("deck", "state", "comes back");
        lines.push(Line::styled(format!("  {}{rest}", rich::pad("question", widths.stem)), screen.theme.dim));
    }
    lines.extend(
        shown.into_iter().map(|(at, card)| card.map(|card| line(screen, &widths, at, card)).unwrap_or_default()),
    );
    lines
}

fn line(screen: &BrowseScreen<'_>, widths: &ListWidths, at: usize, card: &FoundCard) -> Line<'static> {
    let (place, theme) = (screen.place, &screen.theme);
    let is_current = at == place.cursor;
    let (cursor, style) = if is_current { ("›", theme.cursor) } else { (" ", Style::new()) };
    let mark = if place.marked.contains_key(&id_of(card)) { "●" } else { " " };
    let mut spans = vec![Span::styled(format!("{cursor}{mark}"), theme.accent)];
    let mut room = widths.stem;
    if card.flagged && room > 4 {
        spans.push(Span::styled("⚑ ", theme.flag));
        room -= 2;
    }
    spans.extend(stem(screen, card, room, style));
    let state = card.memory.as_ref().map_or("draft", |memory| state_name(memory.state));
    let when = comes_back(card.shelf, card.memory.as_ref(), screen.present.now, screen.present.today);
    spans.push(Span::styled(widths.rest(&card.deck, state, &when), if is_current { style } else { theme.dim }));
    Line::from(spans)
}

fn state_name(state: CardState) -> &'static str {
    match state {
        CardState::New => "new",
        state => state.name(),
    }
}

/// The beginning of the stem without its markup, in exactly `width` columns, with what was searched for made strong.
fn stem(screen: &BrowseScreen<'_>, card: &FoundCard, width: usize, style: Style) -> Vec<Span<'static>> {
    // A long text is not read to its end for a line.
    let begin: String = card.stem.chars().take(width * 6 + 200).collect();
    let plain = Text::parse(&begin, card.markup).plain();
    let shown = rich::pad(&plain, width);
    if has_right_to_left(&shown) {
        let line = Text::parse(&shown, Markup::Plain).lines(width, &screen.theme, style).into_iter().next();
        let mut spans = line.map(|line| line.spans).unwrap_or_default();
        let used: usize = spans.iter().map(|span| rich::columns(&span.content)).sum();
        spans.push(Span::raw(" ".repeat(width.saturating_sub(used))));
        return spans;
    }
    let mut spans = Vec::new();
    let mut done = 0;
    for found in places_found(&shown, screen.sought) {
        spans.push(Span::styled(shown[done..found.start].to_owned(), style));
        spans.push(Span::styled(shown[found.clone()].to_owned(), style.patch(screen.theme.strong).underlined()));
        done = found.end;
    }
    spans.push(Span::styled(shown[done..].to_owned(), style));
    spans
}

/// Whether a text has letters that are written from right to left.
fn has_right_to_left(text: &str) -> bool {
    text.chars().any(|char| matches!(char, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'))
}
