//! Where the person is on the home screen, and the decks as a tree.

use std::collections::BTreeSet;

use tui_input::Input;

use super::paths::{self, Completion};
use crate::stats::overview::ExpectedScore;
use crate::study::{DeckToday, ExamAhead, Home};
use crate::ui::tui::draw::HomeSeen;
use crate::ui::tui::keys::KeyMap;

/// What separates a deck from the decks in it.
const WITHIN: &str = "::";

/// The page that is open over the decks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::ui::tui) enum HomePage {
    #[default]
    Decks,
    /// The keys.
    Help,
    /// The path of a bank is typed.
    Path,
    /// The statistics, as lines.
    Figures(Vec<String>),
    /// The question before something that is about many cards is taken back.
    Undo(String),
}

/// A line of the tree: a deck with all decks in it, or all decks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::ui::tui) struct HomeRow {
    /// The whole name; `None` for all decks.
    pub(in crate::ui::tui) name: Option<String>,
    /// How deep it lies.
    pub(in crate::ui::tui) depth: usize,
    /// Whether the decks in it are hidden; `None` if it has none.
    pub(in crate::ui::tui) folded: Option<bool>,
    pub(in crate::ui::tui) new: u64,
    pub(in crate::ui::tui) learning: u64,
    pub(in crate::ui::tui) due: u64,
    /// `None` if no deck in it has an exam ahead.
    pub(in crate::ui::tui) for_exam: Option<u64>,
    /// All cards that today asks for.
    pub(in crate::ui::tui) today: u64,
    /// Whether there are cards beyond that.
    pub(in crate::ui::tui) more: bool,
}

impl HomeRow {
    fn new(name: Option<String>, depth: usize) -> Self {
        Self { name, depth, ..Self::default() }
    }

    fn add(&mut self, deck: &DeckToday) {
        self.new += deck.new;
        self.learning += deck.learning;
        self.due += deck.due;
        self.today += deck.today;
        self.more |= deck.has_more();
        if let Some(cards) = deck.for_exam {
            *self.for_exam.get_or_insert(0) += cards;
        }
    }

    /// The last part of the name.
    pub(in crate::ui::tui) fn label(&self) -> &str {
        let Some(name) = &self.name else { return "all decks" };
        name.rsplit(WITHIN).next().filter(|last| !last.trim().is_empty()).unwrap_or(name)
    }
}

/// Where the person is. It outlives the screen, so that they come back to the same deck.
#[derive(Clone, Debug, Default)]
pub struct HomePlace {
    pub(in crate::ui::tui) home: Home,
    pub(in crate::ui::tui) rows: Vec<HomeRow>,
    folded: BTreeSet<String>,
    pub(in crate::ui::tui) cursor: usize,
    pub(in crate::ui::tui) top: usize,
    /// The decks that are visible, as drawn last.
    height: usize,
    pub(in crate::ui::tui) page: HomePage,
    /// The letters of commands, by the settings file.
    pub(in crate::ui::tui) keys: KeyMap,
    pub(in crate::ui::tui) line: Input,
    pub(in crate::ui::tui) notice: String,
    pub(in crate::ui::tui) scroll: u16,
    pub(in crate::ui::tui) text_height: u16,
    /// The expected score of each deck with an exam, and after how many answers it was computed.
    pub(in crate::ui::tui) scores: Vec<(String, Option<ExpectedScore>)>,
    scored_at: Option<(u64, Vec<String>)>,
}

impl HomePlace {
    /// Shows the decks as they are now. The same deck stays under the cursor.
    pub(in crate::ui::tui) fn show(&mut self, home: Home) {
        self.home = home;
        self.lay_out();
    }

    fn lay_out(&mut self) {
        let current = self.row().map(|row| row.name.clone());
        self.rows = tree(&self.home.decks, &self.folded);
        let same = current.and_then(|name| self.rows.iter().position(|row| row.name == name));
        self.cursor = same.unwrap_or(self.cursor).min(self.rows.len().saturating_sub(1));
        self.settle();
    }

    /// The line under the cursor.
    pub(in crate::ui::tui) fn row(&self) -> Option<&HomeRow> {
        self.rows.get(self.cursor)
    }

    /// The deck under the cursor; `None` for all decks.
    pub(in crate::ui::tui) fn deck(&self) -> Option<String> {
        self.row().and_then(|row| row.name.clone())
    }

    pub(in crate::ui::tui) fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
        self.settle();
    }

    /// A page of decks, less one that stays in view.
    pub(in crate::ui::tui) fn leap(&self) -> isize {
        isize::try_from(self.height.saturating_sub(1).max(1)).unwrap_or(1)
    }

    fn settle(&mut self) {
        self.top = self.top.min(self.rows.len().saturating_sub(self.height.max(1)));
        self.top = self.top.clamp(self.cursor.saturating_sub(self.height.max(1) - 1), self.cursor);
    }

    /// Hides the decks in the one under the cursor; of one that has none, goes to the deck around it.
    pub(in crate::ui::tui) fn fold(&mut self) {
        let Some(HomeRow { name: Some(name), folded, .. }) = self.row().cloned() else { return };
        if folded == Some(false) {
            self.folded.insert(name);
            self.lay_out();
        } else if let Some((around, _)) = name.rsplit_once(WITHIN)
            && let Some(at) = self.rows.iter().position(|row| row.name.as_deref() == Some(around))
        {
            self.cursor = at;
            self.settle();
        }
    }

    /// Shows the decks in the one under the cursor; of one that shows them, goes to the first.
    pub(in crate::ui::tui) fn unfold(&mut self) {
        let Some(HomeRow { name: Some(name), folded: Some(folded), .. }) = self.row().cloned() else { return };
        if folded {
            self.folded.remove(&name);
            self.lay_out();
        } else {
            self.step(1);
        }
    }

    /// Keeps what was drawn; whether another frame is to be drawn, because the decks have another height than was thought.
    pub(in crate::ui::tui) fn seen(&mut self, seen: HomeSeen) -> bool {
        let top = self.top;
        (self.height, self.text_height, self.scroll) = (seen.height, seen.text_height.max(1), seen.scroll);
        self.settle();
        self.top != top
    }

    /// Whether the expected scores are to be computed: for these exams, after these answers, they were not yet.
    pub(in crate::ui::tui) fn wants_scores(&self) -> bool {
        !self.home.exams.is_empty() && self.scored_at.as_ref() != Some(&self.scored())
    }

    fn scored(&self) -> (u64, Vec<String>) {
        let exam = |exam: &ExamAhead| format!("{} {}", exam.deck, exam.day);
        (self.home.answered, self.home.exams.iter().map(exam).collect())
    }

    /// Notes that the scores are being computed; the decks.
    pub(in crate::ui::tui) fn begin_scores(&mut self) -> Vec<String> {
        self.scored_at = Some(self.scored());
        let decks: Vec<String> = self.home.exams.iter().map(|exam| exam.deck.clone()).collect();
        self.scores.retain(|(deck, _)| decks.contains(deck));
        decks
    }

    /// Keeps a score.
    pub(in crate::ui::tui) fn score(&mut self, (deck, score): (String, Option<ExpectedScore>)) {
        self.scores.retain(|(other, _)| *other != deck);
        self.scores.push((deck, score));
    }

    /// Completes the path that is typed, as far as it is certain.
    pub(in crate::ui::tui) fn complete(&mut self) {
        let Completion { text, notice } = paths::complete(self.line.value());
        self.line = Input::new(text);
        self.notice = notice;
    }

    pub(in crate::ui::tui) fn scroll_by(&mut self, lines: i32) {
        self.scroll = u16::try_from((i32::from(self.scroll) + lines).max(0)).unwrap_or(u16::MAX);
    }

    pub(in crate::ui::tui) fn open(&mut self, page: HomePage) {
        self.page = page;
        self.scroll = 0;
    }
}

/// The lines of the tree: decks that only hold others too, and all decks first if there are several.
fn tree(decks: &[DeckToday], folded: &BTreeSet<String>) -> Vec<HomeRow> {
    let mut rows: Vec<HomeRow> = Vec::new();
    for deck in decks {
        let parts: Vec<&str> = deck.name.split(WITHIN).collect();
        for depth in 0..parts.len() {
            let name = parts[..=depth].join(WITHIN);
            let at = rows.iter().rposition(|row| row.name.as_ref() == Some(&name));
            let at = at.unwrap_or_else(|| {
                rows.push(HomeRow::new(Some(name.clone()), depth));
                rows.len() - 1
            });
            rows[at].add(deck);
            if depth + 1 < parts.len() {
                rows[at].folded = Some(folded.contains(&name));
            }
        }
    }
    let is_hidden = |row: &HomeRow| {
        let name = row.name.as_deref().unwrap_or_default();
        name.match_indices(WITHIN).any(|(at, _)| folded.contains(&name[..at]))
    };
    rows.retain(|row| !is_hidden(row));
    if rows.iter().filter(|row| row.depth == 0).count() > 1 {
        let mut all = HomeRow::new(None, 0);
        decks.iter().for_each(|deck| all.add(deck));
        rows.insert(0, all);
    }
    rows
}
