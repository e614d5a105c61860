//! Where the person is among the questions: what only the screen needs.

use std::collections::BTreeMap;

use tui_input::Input;
use uuid::Uuid;

use super::rows::{BrowseRows, id_of};
use crate::study::{CardPreview, FoundCard};
use crate::ui::CardPage;
use crate::ui::tui::draw::BrowseSeen;
use crate::ui::tui::keys::{BrowseCommand, KeyMap};

/// What takes the keys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::ui::tui) enum BrowseFocus {
    /// The search is typed.
    #[default]
    Search,
    /// Letters are commands on the cards.
    List,
}

/// The page that is open over the list.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::ui::tui) enum BrowsePage {
    #[default]
    List,
    /// The question alone, on the whole screen.
    Reading,
    /// The keys.
    Help,
    /// A line is typed: the note of a flag, or what else a command needs.
    Line(BrowseCommand),
    /// A command that asks first, with its question.
    Ask(BrowseCommand, String),
    /// What is known of a card.
    About(Box<CardPage>),
}

/// Where the person is.
#[derive(Clone, Debug, Default)]
pub(in crate::ui::tui) struct BrowsePlace {
    pub(in crate::ui::tui) focus: BrowseFocus,
    pub(in crate::ui::tui) page: BrowsePage,
    /// The letters of commands, by the settings file.
    pub(in crate::ui::tui) keys: KeyMap,
    /// The search.
    pub(in crate::ui::tui) field: Input,
    /// A line that a command needs.
    pub(in crate::ui::tui) line: Input,
    pub(in crate::ui::tui) rows: BrowseRows,
    /// Why the list is empty, if the search cannot be understood.
    pub(in crate::ui::tui) refusal: Option<String>,
    /// Whether a question is read on the whole screen; other pages are open over it.
    pub(in crate::ui::tui) reads: bool,
    /// The question that is read, if it is no longer in the list.
    pub(in crate::ui::tui) held: Option<FoundCard>,
    /// The card under the cursor, by its place in the list.
    pub(in crate::ui::tui) cursor: usize,
    /// The first visible card.
    pub(in crate::ui::tui) top: usize,
    /// The cards that are visible, as drawn last.
    pub(in crate::ui::tui) height: usize,
    /// The marked cards, with their questions.
    pub(in crate::ui::tui) marked: BTreeMap<Uuid, String>,
    /// The first visible line of a page of text.
    pub(in crate::ui::tui) scroll: u16,
    /// The lines of text that fit, as drawn last.
    pub(in crate::ui::tui) text_height: u16,
    pub(in crate::ui::tui) notice: String,
    /// The card under the cursor with its question.
    pub(in crate::ui::tui) preview: Option<(Uuid, CardPreview)>,
}

impl BrowsePlace {
    /// The beginning: with a search, its findings are looked at; without one, it is typed.
    pub(in crate::ui::tui) fn new(words: &str) -> Self {
        let focus = if words.trim().is_empty() { BrowseFocus::Search } else { BrowseFocus::List };
        Self { focus, field: Input::new(words.to_owned()), height: 1, text_height: 1, ..Self::default() }
    }

    /// The card that is read, or that is under the cursor.
    pub(in crate::ui::tui) fn current(&self) -> Option<&FoundCard> {
        self.held.as_ref().or_else(|| self.rows.get(self.cursor))
    }

    /// Whether keys go into the search.
    pub(in crate::ui::tui) fn is_typing(&self) -> bool {
        self.page == BrowsePage::List && self.focus == BrowseFocus::Search
    }

    /// Begins the list of another search.
    pub(in crate::ui::tui) fn begin_list(&mut self) {
        (self.rows, self.preview, self.held) = (BrowseRows::default(), None, None);
        (self.cursor, self.top, self.scroll) = (0, 0, 0);
        // A deed is never done to what is out of sight.
        if !self.marked.is_empty() {
            self.notice = "the marks are gone with the search before".into();
            self.marked.clear();
        }
    }

    /// Keeps what was drawn.
    pub(in crate::ui::tui) fn seen(&mut self, seen: BrowseSeen) {
        (self.height, self.text_height, self.scroll) = (seen.height.max(1), seen.text_height.max(1), seen.scroll);
    }

    /// Moves the cursor by some cards. Whether there are so many is seen when they are looked for.
    pub(in crate::ui::tui) fn step(&mut self, by: isize) {
        let mut by = by;
        if self.held.is_some() {
            if self.rows.total() == Some(0) {
                return;
            }
            // The cursor is where the question that is read was: the next one is there now.
            (self.held, by) = (None, if by > 0 { by - 1 } else { by });
        }
        self.cursor = self.cursor.saturating_add_signed(by);
        self.scroll = 0;
    }

    /// Brings the cursor into the list, and the list to the cursor.
    pub(in crate::ui::tui) fn settle(&mut self) {
        if let Some(total) = self.rows.total() {
            self.cursor = self.cursor.min(total.saturating_sub(1));
            // No empty lines at the end while there are cards above.
            self.top = self.top.min(total.saturating_sub(self.height));
        }
        self.top = self.top.clamp(self.cursor.saturating_sub(self.height.max(1) - 1), self.cursor);
    }

    /// Marks the card under the cursor, or takes its mark away, and goes on to the next.
    pub(in crate::ui::tui) fn mark(&mut self) {
        let Some(card) = self.current() else { return };
        let (id, stem) = (id_of(card), card.stem.clone());
        if self.marked.remove(&id).is_none() {
            self.marked.insert(id, stem);
        }
        self.step(1);
    }

    /// The cards that a command is about: the marked ones, else the one under the cursor.
    pub(in crate::ui::tui) fn targets(&self) -> Vec<Uuid> {
        if self.marked.is_empty() {
            return self.current().map(id_of).into_iter().collect();
        }
        self.marked.keys().copied().collect()
    }

    /// Scrolls a page of text.
    pub(in crate::ui::tui) fn scroll_by(&mut self, lines: i32) {
        let to = i32::from(self.scroll) + lines;
        self.scroll = u16::try_from(to.max(0)).unwrap_or(u16::MAX);
    }

    /// Opens a page from its beginning.
    pub(in crate::ui::tui) fn open(&mut self, page: BrowsePage) {
        match page {
            BrowsePage::List => (self.reads, self.held) = (false, None),
            BrowsePage::Reading => self.reads = true,
            _ => {}
        }
        self.page = page;
        self.scroll = 0;
    }

    /// Closes a page: the question that was read is there again, else the list.
    pub(in crate::ui::tui) fn close(&mut self) {
        self.open(if self.reads { BrowsePage::Reading } else { BrowsePage::List });
    }

    /// Whether the person is asked something about the cards they chose, so that these must not change.
    pub(in crate::ui::tui) fn is_asked(&self) -> bool {
        matches!(self.page, BrowsePage::Line(_) | BrowsePage::Ask(..))
    }
}
