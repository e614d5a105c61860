//! The state of the screen that only the screen needs.

use tui_input::Input;

use super::keys::KeyMap;
use crate::session::{Form, GivenAnswer, Paper, Showing};

/// The page that is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Page {
    #[default]
    Question,
    /// The keys.
    Help,
    /// A line for the note of a flag.
    Note,
    /// The question, where the next letter is a command (after Escape).
    Commands,
    /// The list of the questions of an exam.
    List,
    /// Whether to leave an exam.
    Leave,
}

/// The part of the body that is visible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct VisibleLines {
    /// The index of the first visible line.
    pub(super) top: u16,
    /// The lines that fit.
    pub(super) height: u16,
    /// The first and the last line of the choice under the cursor, by index; `None` without one.
    pub(super) chosen: Option<(usize, usize)>,
}

/// Where the person is on the screen.
#[derive(Clone, Debug, Default)]
pub(super) struct ScreenPlace {
    pub(super) page: Page,
    /// The choice under the cursor.
    pub(super) cursor: usize,
    /// The choice whose letter was pressed once, if the person is asked how sure they are.
    pub(super) held: Option<usize>,
    /// The picked choices, in the order picked, if several may be picked.
    pub(super) picked: Vec<usize>,
    /// The struck-out choices.
    pub(super) struck: Vec<usize>,
    /// For pairs, the half given to each choice so far.
    pub(super) halves: Vec<Option<usize>>,
    /// The typed answer.
    pub(super) line: Input,
    /// The typed note.
    pub(super) note: Input,
    /// The first visible line; `None` if the screen follows the cursor.
    pub(super) scroll: Option<u16>,
    /// Whether the choices are hidden until the answer is recalled.
    pub(super) hidden: bool,
    /// The letters of the commands.
    pub(super) keys: KeyMap,
    /// Whether questions are read aloud.
    pub(super) aloud: bool,
    /// In the list of an exam, the index of the question under the cursor.
    pub(super) row: usize,
    /// The digits typed there so far.
    pub(super) digits: String,
    /// What the last key did, where that may surprise.
    pub(super) remark: String,
}

impl ScreenPlace {
    /// The state at the beginning of a question. In an exam, an answer given before is as it was given.
    pub(super) fn at(showing: &Showing) -> Self {
        let count = showing.choices.len();
        let mut place = Self { hidden: showing.recall_first, halves: vec![None; count], ..Self::default() };
        match &showing.given {
            Some(GivenAnswer::Picked(picked)) => {
                place.cursor = picked.first().copied().filter(|at| *at < count).unwrap_or(0);
                place.picked.clone_from(picked);
            }
            Some(GivenAnswer::Paired(pairs)) => {
                for &(choice, half) in pairs {
                    if let Some(slot) = place.halves.get_mut(choice) {
                        *slot = Some(half);
                    }
                }
            }
            Some(GivenAnswer::Typed(text)) => place.line = Input::new(text.clone()),
            Some(GivenAnswer::Revealed | GivenAnswer::LeftOpen) | None => {}
        }
        place
    }

    /// The same, with what was done to the question before the person went elsewhere. An answer that was given wins over what was picked.
    pub(super) fn with_draft(showing: &Showing, draft: Option<Self>) -> Self {
        match draft {
            Some(draft) if showing.given.is_none() => Self { page: Page::Question, scroll: None, ..draft },
            Some(draft) => Self { struck: draft.struck, ..Self::at(showing) },
            None => Self::at(showing),
        }
    }

    /// The state of the list of an exam, with the cursor at the question where the person is.
    pub(super) fn in_list(paper: &Paper) -> Self {
        Self { row: paper.at(), ..Self::default() }
    }

    /// The answer on the screen, where it is one that is kept when the person goes elsewhere. The cursor alone is no answer.
    pub(super) fn draft(&self, showing: &Showing) -> Option<GivenAnswer> {
        let at_once = matches!(showing.form, Form::Pick { several: false } | Form::Reveal { .. });
        (!at_once && self.is_ready(showing)).then(|| self.given(showing))
    }

    /// Scrolls by some lines, from `now` if the screen followed the cursor.
    pub(super) fn scroll_by(&mut self, lines: i32, now: u16) {
        let to = i32::from(self.scroll.unwrap_or(now)) + lines;
        self.scroll = Some(u16::try_from(to.max(0)).unwrap_or(u16::MAX));
    }

    /// What is in sight: the first line, if the screen does not follow the cursor, and whether the choices are.
    pub(super) fn view(&self) -> (Option<u16>, bool) {
        (self.scroll, self.hidden)
    }

    /// Whether the last key brought something else into sight.
    pub(super) fn moved_on(&self, before: (Option<u16>, bool)) -> bool {
        let (scroll, hidden) = before;
        (self.scroll.is_some() && self.scroll != scroll) || self.hidden != hidden
    }

    /// Moves the cursor by one choice, past struck-out ones.
    pub(super) fn step(&mut self, count: usize, down: bool) {
        self.scroll = None;
        self.held = None;
        for _ in 0..count {
            self.cursor = if down { (self.cursor + 1) % count } else { (self.cursor + count - 1) % count };
            if !self.struck.contains(&self.cursor) {
                break;
            }
        }
    }

    /// Picks a choice, or unpicks it, if several may be picked.
    pub(super) fn toggle(&mut self, at: usize) {
        toggle(&mut self.picked, at);
        self.struck.retain(|struck| *struck != at);
    }

    /// Strikes out a choice, or undoes that. It says so, because Caps Lock does it too; `label` is its letter.
    pub(super) fn strike(&mut self, at: usize, label: &str) {
        toggle(&mut self.struck, at);
        self.remark = if self.struck.contains(&at) {
            format!("{label} is struck out (Shift or Caps Lock); a small {} picks it", label.to_lowercase())
        } else {
            format!("{label} is no longer struck out")
        };
        self.picked.retain(|picked| *picked != at);
        self.held = self.held.filter(|held| *held != at);
    }

    /// The answer on the screen.
    pub(super) fn given(&self, showing: &Showing) -> GivenAnswer {
        match showing.form {
            Form::Pick { several: false } => GivenAnswer::Picked(vec![self.cursor]),
            Form::Pick { several: true } | Form::Order => GivenAnswer::Picked(self.picked.clone()),
            Form::Pair { .. } => {
                let pairs = self.halves.iter().enumerate();
                GivenAnswer::Paired(pairs.filter_map(|(choice, half)| Some((choice, (*half)?))).collect())
            }
            Form::Type { .. } => GivenAnswer::Typed(self.line.value().to_owned()),
            Form::Reveal { .. } => GivenAnswer::Revealed,
        }
    }

    /// Whether the answer on the screen is complete.
    pub(super) fn is_ready(&self, showing: &Showing) -> bool {
        match self.given(showing) {
            GivenAnswer::Picked(places) if showing.form == Form::Order => places.len() == showing.choices.len(),
            GivenAnswer::Picked(places) => !places.is_empty(),
            GivenAnswer::Paired(pairs) => pairs.len() == showing.choices.len(),
            GivenAnswer::Typed(text) => !text.trim().is_empty(),
            GivenAnswer::Revealed => true,
            GivenAnswer::LeftOpen => false,
        }
    }
}

fn toggle(places: &mut Vec<usize>, at: usize) {
    match places.iter().position(|place| *place == at) {
        Some(known) => drop(places.remove(known)),
        None => places.push(at),
    }
}
