//! Where the person is on the screen: what no one but the screen needs to know.

use tui_input::Input;

use crate::session::{Form, Given, Showing};

/// What lies over the question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Page {
    /// Nothing.
    #[default]
    Question,
    /// The keys.
    Help,
    /// A line for the note of a flag.
    Note,
}

/// Where the person is on the screen.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// What lies over the question.
    pub(super) page: Page,
    /// The choice under the cursor.
    pub(super) cursor: usize,
    /// The choice whose letter was pressed once, where the person is asked how sure they are.
    pub(super) held: Option<usize>,
    /// Choices picked so far, where several may be, in the order picked.
    pub(super) picked: Vec<usize>,
    /// Choices struck out.
    pub(super) struck: Vec<usize>,
    /// Of pairs, the half given to each choice so far.
    pub(super) halves: Vec<Option<usize>>,
    /// What is typed.
    pub(super) line: Input,
    /// The note that is typed.
    pub(super) note: Input,
    /// Lines scrolled past; none where the screen follows the cursor.
    pub(super) scroll: Option<u16>,
    /// Whether the choices are hidden until the answer was recalled.
    pub(super) hidden: bool,
}

impl Place {
    /// At the beginning of a question.
    pub(super) fn at(showing: &Showing) -> Self {
        Self { hidden: showing.recall_first, halves: vec![None; showing.choices.len()], ..Self::default() }
    }

    /// Scrolls by so many lines from where the screen stands at `now`.
    pub(super) fn scroll_by(&mut self, lines: i32, now: u16) {
        let to = i32::from(self.scroll.unwrap_or(now)) + lines;
        self.scroll = Some(u16::try_from(to.max(0)).unwrap_or(u16::MAX));
    }

    /// Moves the cursor by one choice, past those that are struck out.
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

    /// Picks a choice where several may be, or puts it back.
    pub(super) fn toggle(&mut self, at: usize) {
        match self.picked.iter().position(|picked| *picked == at) {
            Some(known) => {
                self.picked.remove(known);
            }
            None => self.picked.push(at),
        }
        self.struck.retain(|struck| *struck != at);
    }

    /// Strikes a choice out, or takes that back.
    pub(super) fn strike(&mut self, at: usize) {
        match self.struck.iter().position(|struck| *struck == at) {
            Some(known) => {
                self.struck.remove(known);
            }
            None => self.struck.push(at),
        }
        self.picked.retain(|picked| *picked != at);
        self.held = self.held.filter(|held| *held != at);
    }

    /// The answer as it stands on the screen.
    pub(super) fn given(&self, showing: &Showing) -> Given {
        match showing.form {
            Form::Pick { several: false } => Given::Picked(vec![self.cursor]),
            Form::Pick { several: true } | Form::Order => Given::Picked(self.picked.clone()),
            Form::Pair { .. } => {
                let pairs = self.halves.iter().enumerate();
                Given::Paired(pairs.filter_map(|(choice, half)| Some((choice, (*half)?))).collect())
            }
            Form::Type { .. } => Given::Typed(self.line.value().to_owned()),
            Form::Reveal { .. } => Given::Revealed,
        }
    }
}
