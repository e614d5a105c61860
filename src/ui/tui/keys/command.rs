//! Commands: each has a letter, where no choice has it, and a function key, which works for every question.

use ratatui::crossterm::event::KeyCode;

use super::{KeyMap, Pressed};
use crate::session::{Action, ExamAction, Form, Phase, Showing, Turn};
use crate::ui::Wish;
use crate::ui::tui::place::{Page, ScreenPlace};

/// What a person can do besides answering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ui) enum ReviewCommand {
    Undo,
    Bury,
    Suspend,
    Flag,
    Edit,
    About,
    Pause,
    Quit,
    Help,
    /// The others are of a mock exam.
    Next,
    Back,
    Mark,
    List,
    HandIn,
}

impl ReviewCommand {
    /// Those of a review, which the settings file may give other letters.
    pub(in crate::ui) const IN_REVIEW: [Self; 9] = [
        Self::Undo,
        Self::Bury,
        Self::Suspend,
        Self::Flag,
        Self::Edit,
        Self::About,
        Self::Pause,
        Self::Quit,
        Self::Help,
    ];
    const IN_EXAM: [Self; 9] =
        [Self::Next, Self::Back, Self::Mark, Self::List, Self::HandIn, Self::Undo, Self::Flag, Self::Quit, Self::Help];

    /// The commands of a review, or those of an exam.
    pub(in crate::ui) fn offered(exam: bool) -> &'static [Self] {
        if exam { &Self::IN_EXAM } else { &Self::IN_REVIEW }
    }

    /// Its usual letter and its function key.
    pub(super) fn keys(self) -> (char, u8) {
        match self {
            Self::Undo => ('u', 4),
            Self::Bury => ('b', 7),
            Self::Suspend => ('s', 8),
            Self::Flag => ('f', 5),
            Self::Edit => ('e', 6),
            Self::About => ('i', 2),
            Self::Pause => ('p', 9),
            Self::Quit => ('q', 10),
            Self::Help => ('?', 1),
            // Where a review has commands that an exam has not.
            Self::Next => ('n', 8),
            Self::Back => ('p', 7),
            Self::Mark => ('m', 9),
            Self::List => ('l', 6),
            Self::HandIn => ('h', 2),
        }
    }

    /// What it does, in a word. The settings file names it by this.
    pub(in crate::ui) fn name(self) -> &'static str {
        match self {
            Self::Undo => "undo",
            Self::Bury => "bury",
            Self::Suspend => "suspend",
            Self::Flag => "flag",
            Self::Edit => "edit",
            Self::About => "about",
            Self::Pause => "pause",
            Self::Quit => "quit",
            Self::Help => "help",
            Self::Next => "next",
            Self::Back => "previous",
            Self::Mark => "mark",
            Self::List => "list",
            Self::HandIn => "hand in",
        }
    }

    /// What it does, in the word that the screen has for it.
    pub(in crate::ui::tui) fn word(self) -> &'static str {
        if self == Self::Help { "keys" } else { self.name() }
    }

    /// Its letter, and what it does in a word.
    pub(in crate::ui::tui) fn brief(self, keys: KeyMap) -> String {
        format!("{} {}", keys.letter(self), self.word())
    }

    /// What it does, in words.
    pub(in crate::ui) fn what(self) -> &'static str {
        match self {
            Self::Undo => "take back what you did last",
            Self::Bury => "bury the card until tomorrow",
            Self::Suspend => "suspend the card",
            Self::Flag => "flag it with a note, or remove the flag",
            Self::Edit => "edit the question",
            Self::About => "what is known of the card",
            Self::Pause => "pause: the clock stops",
            Self::Quit => "stop: every answer is kept",
            Self::Help => "this page",
            Self::Next => "the next question; what is picked or typed is kept",
            Self::Back => "the question before",
            Self::Mark => "mark the question to come back to, or remove the mark",
            Self::List => "the list of all questions: go to any of them",
            Self::HandIn => "to the end, which asks whether to hand in",
        }
    }

    /// The key that gives the command for what is shown: its letter, or its function key if the letter answers.
    pub(in crate::ui::tui) fn key(self, keys: KeyMap, phase: Phase<'_>) -> String {
        let (letter, (_, number)) = (keys.letter(self), self.keys());
        let answers = match phase {
            Phase::Asking(showing) => is_typing(showing) || picks(showing, letter),
            Phase::Answered(showing, _) => picks(showing, letter),
            Phase::Between | Phase::Overview(_) | Phase::Finished(_) => false,
        };
        if answers { format!("F{number}") } else { letter.to_string() }
    }

    /// The command of a function key.
    pub(super) fn of_key(code: KeyCode, exam: bool) -> Option<Self> {
        let KeyCode::F(number) = code else { return None };
        Self::known(exam).find(|command| command.keys().1 == number)
    }

    /// The commands that are known: in an exam those of a review too, which are refused there with a reason.
    pub(super) fn known(exam: bool) -> impl Iterator<Item = Self> {
        let refused = Self::IN_REVIEW.into_iter().filter(move |_| exam);
        Self::offered(exam).iter().copied().chain(refused)
    }

    /// What follows from the command.
    pub(super) fn pressed(self, place: &mut ScreenPlace, showing: &Showing) -> Option<Pressed> {
        Some(match self {
            Self::Help => {
                place.page = Page::Help;
                place.scroll = None;
                return None;
            }
            Self::Flag if showing.flag.is_some() => Action::Flag(None).into(),
            Self::Flag => {
                place.page = Page::Note;
                place.note.reset();
                return None;
            }
            Self::About => Pressed::Wish(Wish::About),
            Self::Edit => Pressed::Wish(Wish::Edit),
            Self::Pause => Action::Pause.into(),
            Self::Undo => Action::Undo.into(),
            Self::Suspend => Action::Suspend.into(),
            Self::Bury => Action::Bury.into(),
            Self::Quit => Action::Quit.into(),
            Self::Next => turn(place, showing, Turn::Next).into(),
            Self::Back => turn(place, showing, Turn::Previous).into(),
            Self::HandIn => turn(place, showing, Turn::Overview).into(),
            Self::Mark => Action::Exam(ExamAction::Mark(None)).into(),
            // It begins at the question that is shown.
            Self::List => {
                place.page = Page::List;
                place.scroll = None;
                place.digits.clear();
                return None;
            }
        })
    }
}

/// Goes to another page of an exam, and keeps what is picked or typed.
pub(in crate::ui::tui) fn turn(place: &ScreenPlace, showing: &Showing, to: Turn) -> Action {
    Action::Exam(ExamAction::Turn { to, given: place.draft(showing) })
}

/// Whether letters are typed, so that they are no commands.
pub(super) fn is_typing(showing: &Showing) -> bool {
    matches!(showing.form, Form::Type { .. })
}

/// Whether the letter is that of a choice.
pub(super) fn picks(showing: &Showing, letter: char) -> bool {
    let label = letter.to_uppercase().to_string();
    showing.choices.iter().any(|choice| choice.label == label)
}
