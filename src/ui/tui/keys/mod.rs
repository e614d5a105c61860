//! The meaning of keys, given the phase of the session and the state of the screen.

mod answer;
mod line;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::place::{Page, ScreenPlace, VisibleLines};
use crate::session::{Event, Feedback, Form, Phase, Showing, StatedRating};
use crate::ui::Wish;

/// The effect of a key beyond the screen.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Pressed {
    Wish(Wish),
    /// Suspend the program until it is continued (Ctrl-Z).
    Suspend,
}

impl From<Event> for Pressed {
    fn from(event: Event) -> Self {
        Pressed::Wish(Wish::Event(event))
    }
}

/// The state in which a key is pressed.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeyContext<'a> {
    pub(super) phase: &'a Phase,
    pub(super) paused: bool,
    pub(super) exam: bool,
    pub(super) visible: VisibleLines,
}

/// Handles a key: changes the screen at once, and returns any other effect.
pub(super) fn press(place: &mut ScreenPlace, context: &KeyContext<'_>, key: KeyEvent) -> Option<Pressed> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Char('c' | 'd') if control => return Some(Event::Quit.into()),
        KeyCode::Char('z') if control => return Some(Pressed::Suspend),
        _ => {}
    }
    if context.paused {
        return Some(Event::Pause.into());
    }
    match place.page {
        Page::Note => return line::note(place, key),
        Page::Help | Page::Question => {}
    }
    let leap = i32::from(context.visible.height.saturating_sub(2).max(1));
    if place.page == Page::Help {
        match key.code {
            KeyCode::PageDown | KeyCode::Down => place.scroll_by(leap, context.visible.top),
            KeyCode::PageUp | KeyCode::Up => place.scroll_by(-leap, context.visible.top),
            _ => {
                place.page = Page::Question;
                place.scroll = None;
            }
        }
        return None;
    }
    match key.code {
        KeyCode::PageDown => place.scroll_by(leap, context.visible.top),
        KeyCode::PageUp => place.scroll_by(-leap, context.visible.top),
        KeyCode::F(1) => {
            place.page = Page::Help;
            place.scroll = None;
        }
        KeyCode::F(2) => return about(context),
        _ => {
            return match context.phase {
                Phase::Asking(showing) => answer::ask(place, context, showing, key, control),
                Phase::Answered(showing, feedback) => rate(place, context, showing, feedback, key),
                Phase::Between | Phase::Finished(_) => Some(Event::Quit.into()),
            };
        }
    }
    None
}

fn about(context: &KeyContext<'_>) -> Option<Pressed> {
    (!context.exam).then_some(Pressed::Wish(Wish::About))
}

fn rate(
    place: &mut ScreenPlace,
    context: &KeyContext<'_>,
    showing: &Showing,
    feedback: &Feedback,
    key: KeyEvent,
) -> Option<Pressed> {
    let rated = feedback.right;
    let verdict = match key.code {
        KeyCode::Enter | KeyCode::Char(' ') => StatedRating::GoOn,
        KeyCode::Char('1') if rated => StatedRating::Guessed,
        KeyCode::Char('2') if rated => StatedRating::Hard,
        KeyCode::Char('3') if rated => StatedRating::Good,
        KeyCode::Char('4') if rated => StatedRating::Easy,
        KeyCode::Char('1') => StatedRating::GoOn,
        KeyCode::Down => {
            place.scroll_by(1, context.visible.top);
            return None;
        }
        KeyCode::Up => {
            place.scroll_by(-1, context.visible.top);
            return None;
        }
        KeyCode::Tab => return Some(Event::Skip.into()),
        KeyCode::Char('o' | 'O') if !showing.form.is_reveal() => return Some(Event::Overrule.into()),
        KeyCode::Char(char) => return command(place, context, showing, char),
        _ => return None,
    };
    Some(Event::Rate(verdict).into())
}

/// The command of a letter that picks nothing.
fn command(place: &mut ScreenPlace, context: &KeyContext<'_>, showing: &Showing, char: char) -> Option<Pressed> {
    Some(match char.to_ascii_lowercase() {
        '?' => {
            place.page = Page::Help;
            place.scroll = None;
            return None;
        }
        'f' if showing.flag.is_some() => Event::Flag(None).into(),
        'f' => {
            place.page = Page::Note;
            place.note.reset();
            return None;
        }
        'i' => return about(context),
        'e' if !context.exam => Pressed::Wish(Wish::Edit),
        'p' => Event::Pause.into(),
        'u' => Event::Undo.into(),
        's' => Event::Suspend.into(),
        'b' => Event::Bury.into(),
        'q' => Event::Quit.into(),
        _ => return None,
    })
}

/// Whether letters are typed, so that they are no commands.
fn is_typing(showing: &Showing) -> bool {
    matches!(showing.form, Form::Type { .. })
}

#[cfg(test)]
mod tests;
