//! Keys: what each means, given where the session stands and where the person is on the screen.

mod answer;
mod line;

pub(super) use answer::is_ready;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::place::{Page, Place};
use crate::session::{Event, Feedback, Form, Phase, Showing, Verdict};
use crate::ui::Wish;

/// What a key comes to, where it does more than move something on the screen.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Pressed {
    /// The person wants something.
    Wish(Wish),
    /// The program is to stop until it is brought back (Ctrl-Z).
    Suspend,
}

impl From<Event> for Pressed {
    fn from(event: Event) -> Self {
        Pressed::Wish(Wish::Event(event))
    }
}

/// What is on the screen when a key is pressed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stand<'a> {
    pub(super) phase: &'a Phase,
    /// Whether the clock stands still.
    pub(super) paused: bool,
    /// Whether it is a mock exam.
    pub(super) exam: bool,
    /// The first line of the body that is seen, and how many are.
    pub(super) top: u16,
    pub(super) height: u16,
}

/// What a key does: moves on the screen are done at once, all else is told.
pub(super) fn press(place: &mut Place, stand: &Stand<'_>, key: KeyEvent) -> Option<Pressed> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    match key.code {
        KeyCode::Char('c' | 'd') if control => return Some(Event::Quit.into()),
        KeyCode::Char('z') if control => return Some(Pressed::Suspend),
        _ => {}
    }
    if stand.paused {
        return Some(Event::Pause.into());
    }
    match place.page {
        Page::Note => return line::note(place, key),
        Page::Help | Page::Question => {}
    }
    let leap = i32::from(stand.height.saturating_sub(2).max(1));
    if place.page == Page::Help {
        match key.code {
            KeyCode::PageDown | KeyCode::Down => place.scroll_by(leap, stand.top),
            KeyCode::PageUp | KeyCode::Up => place.scroll_by(-leap, stand.top),
            _ => {
                place.page = Page::Question;
                place.scroll = None;
            }
        }
        return None;
    }
    match key.code {
        KeyCode::PageDown => place.scroll_by(leap, stand.top),
        KeyCode::PageUp => place.scroll_by(-leap, stand.top),
        KeyCode::F(1) => {
            place.page = Page::Help;
            place.scroll = None;
        }
        KeyCode::F(2) => return about(stand),
        _ => {
            return match stand.phase {
                Phase::Asking(showing) => answer::ask(place, stand, showing, key, control),
                Phase::Answered(showing, feedback) => rate(place, stand, showing, feedback, key),
                Phase::Between | Phase::Finished(_) => Some(Event::Quit.into()),
            };
        }
    }
    None
}

fn about(stand: &Stand<'_>) -> Option<Pressed> {
    (!stand.exam).then_some(Pressed::Wish(Wish::About))
}

fn rate(
    place: &mut Place,
    stand: &Stand<'_>,
    showing: &Showing,
    feedback: &Feedback,
    key: KeyEvent,
) -> Option<Pressed> {
    let rated = feedback.right;
    let verdict = match key.code {
        KeyCode::Enter | KeyCode::Char(' ') => Verdict::GoOn,
        KeyCode::Char('1') if rated => Verdict::Guessed,
        KeyCode::Char('2') if rated => Verdict::Hard,
        KeyCode::Char('3') if rated => Verdict::Good,
        KeyCode::Char('4') if rated => Verdict::Easy,
        KeyCode::Char('1') => Verdict::GoOn,
        KeyCode::Down => {
            place.scroll_by(1, stand.top);
            return None;
        }
        KeyCode::Up => {
            place.scroll_by(-1, stand.top);
            return None;
        }
        KeyCode::Tab => return Some(Event::Skip.into()),
        KeyCode::Char('o' | 'O') if !showing.form.is_reveal() => return Some(Event::Overrule.into()),
        KeyCode::Char(char) => return command(place, stand, showing, char),
        _ => return None,
    };
    Some(Event::Rate(verdict).into())
}

/// What a letter means where it picks nothing.
fn command(place: &mut Place, stand: &Stand<'_>, showing: &Showing, char: char) -> Option<Pressed> {
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
        'i' => return about(stand),
        'e' if !stand.exam => Pressed::Wish(Wish::Edit),
        'p' => Event::Pause.into(),
        'u' => Event::Undo.into(),
        's' => Event::Suspend.into(),
        'b' => Event::Bury.into(),
        'q' => Event::Quit.into(),
        _ => return None,
    })
}

/// Whether letters are typed, and so are no commands.
fn is_typing(showing: &Showing) -> bool {
    matches!(showing.form, Form::Type { .. })
}

#[cfg(test)]
mod tests;
