//! The meaning of keys, given the phase of the session and the state of the screen.

mod answer;
mod browse;
mod chord;
mod command;
mod home;
mod line;
mod list;
mod map;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::place::{Page, ScreenPlace, VisibleLines};
use crate::session::{Action, Feedback, Paper, Phase, Showing, StatedRating, Turn};
use crate::ui::Wish;
pub(super) use browse::{BrowseCommand, BrowseWish, paste_browse, press_browse};
pub(in crate::ui) use command::ReviewCommand;
pub(super) use command::turn;
pub(super) use home::{HomeWish, home_keys, paste_home, press_home};
pub use map::KeyMap;
pub(in crate::ui) use map::small;

/// The home screen and `browse` have a key that brings back what was taken back. A session has not: it would have to know an answer again.
const REDO: &str = "U does nothing here: leave, and `retain redo` brings it back";

/// The effect of a key beyond the screen.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Pressed {
    Wish(Wish),
    /// Suspend the program until it is continued (Ctrl-Z).
    Suspend,
}

impl From<Action> for Pressed {
    fn from(action: Action) -> Self {
        Pressed::Wish(Wish::Act(action))
    }
}

/// The state in which a key is pressed.
#[derive(Clone, Copy, Debug)]
pub(super) struct KeyContext<'a> {
    pub(super) phase: Phase<'a>,
    pub(super) paused: bool,
    /// The questions of an exam.
    pub(super) paper: Option<&'a Paper>,
    pub(super) visible: VisibleLines,
}

impl<'a> KeyContext<'a> {
    /// The question that is shown, answered or not.
    fn showing(&self) -> Option<&'a Showing> {
        match self.phase {
            Phase::Asking(showing) | Phase::Answered(showing, _) => Some(showing),
            Phase::Between | Phase::Overview(_) | Phase::Finished(_) => None,
        }
    }

    fn exam(&self) -> bool {
        self.paper.is_some()
    }

    /// A page of the body, less a line or two that stay in view.
    fn leap(&self) -> i32 {
        i32::from(self.visible.height.saturating_sub(2).max(1))
    }
}

/// Handles a key: changes the screen at once, and returns any other effect.
pub(super) fn press(place: &mut ScreenPlace, context: &KeyContext<'_>, key: KeyEvent) -> Option<Pressed> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    place.remark.clear();
    match key.code {
        KeyCode::Char('c') if control => return quit(place, context),
        KeyCode::Char('z') if control => return Some(Pressed::Suspend),
        _ => {}
    }
    if context.paused {
        return Some(Action::Pause.into());
    }
    // Where letters are typed, these keys turn the pages of an exam.
    let at_the_end = matches!(context.phase, Phase::Overview(_));
    let turns = control
        && context.exam()
        && place.page == Page::Question
        && (key.code == KeyCode::Char('p') || (key.code == KeyCode::Char('n') && !at_the_end));
    if chord::is_chord(key) && !turns && !is_in_field(place, context) {
        return chorded(place, context, key);
    }
    match (place.page, context.paper) {
        (Page::Note, _) => return line::note(place, key),
        (Page::Help, _) => {
            turn_help(place, context, key.code);
            return None;
        }
        (Page::Leave, _) => return leave(place, context, key.code),
        (Page::List, Some(paper)) => return list::press(place, context, paper, key),
        (_, Some(paper)) if matches!(context.phase, Phase::Overview(_)) => {
            return list::press(place, context, paper, key);
        }
        (Page::Question | Page::Commands | Page::List, _) => {}
    }
    let Some(showing) = context.showing() else { return Some(Action::Quit.into()) };
    if place.page == Page::Commands {
        place.page = Page::Question;
        let KeyCode::Char(letter) = key.code else { return None };
        return by_letter(letter, place, context, showing);
    }
    let command = match key.code {
        KeyCode::Char('n') if turns => Some(ReviewCommand::Next),
        KeyCode::Char(_) if turns => Some(ReviewCommand::Back),
        code => ReviewCommand::of_key(code, context.exam()),
    };
    if let Some(command) = command {
        return obey(command, place, context, showing);
    }
    match key.code {
        KeyCode::PageDown => place.scroll_by(context.leap(), context.visible.top),
        KeyCode::PageUp => place.scroll_by(-context.leap(), context.visible.top),
        KeyCode::Esc => place.page = Page::Commands,
        _ => {
            return match context.phase {
                Phase::Asking(showing) => answer::ask(place, context, showing, key),
                Phase::Answered(showing, feedback) => rate(place, context, showing, feedback, key),
                Phase::Between | Phase::Overview(_) | Phase::Finished(_) => None,
            };
        }
    }
    None
}

/// Whether keys write into a line now.
fn is_in_field(place: &ScreenPlace, context: &KeyContext<'_>) -> bool {
    let types = matches!(context.phase, Phase::Asking(showing) if command::is_typing(showing) && !place.hidden);
    place.page == Page::Note || (place.page == Page::Question && types)
}

/// A key with Control or Alt outside of a field. A terminal sends Escape and a letter that come close together as Alt with the letter, so
/// this is the command that the two are. Everything else does nothing.
fn chorded(place: &mut ScreenPlace, context: &KeyContext<'_>, key: KeyEvent) -> Option<Pressed> {
    let showing = context.showing().filter(|_| matches!(place.page, Page::Question | Page::Commands))?;
    place.page = Page::Question;
    by_letter(chord::letter_after_escape(key)?, place, context, showing)
}

/// Does the command of a letter, if there is one.
fn by_letter(letter: char, place: &mut ScreenPlace, context: &KeyContext<'_>, showing: &Showing) -> Option<Pressed> {
    if place.keys.is_redo(letter) {
        REDO.clone_into(&mut place.remark);
        return None;
    }
    obey(place.keys.command(letter, context.exam())?, place, context, showing)
}

/// Does what a command says.
fn obey(
    command: ReviewCommand,
    place: &mut ScreenPlace,
    context: &KeyContext<'_>,
    showing: &Showing,
) -> Option<Pressed> {
    match (command, context.paper) {
        (ReviewCommand::Quit, _) => quit(place, context),
        (ReviewCommand::List, Some(paper)) => {
            place.row = paper.at();
            command.pressed(place, showing)
        }
        _ => command.pressed(place, showing),
    }
}

/// Ends a review at once. An exam asks first, and the same key again leaves it.
fn quit(place: &mut ScreenPlace, context: &KeyContext<'_>) -> Option<Pressed> {
    if context.exam() && place.page != Page::Leave {
        place.page = Page::Leave;
        return None;
    }
    Some(out(place, context).into())
}

/// Out of the session. What is picked or typed in an exam is kept, as by every other way to another page.
fn out(place: &ScreenPlace, context: &KeyContext<'_>) -> Action {
    match context.showing().filter(|_| context.exam()) {
        Some(showing) => turn(place, showing, Turn::Leave),
        None => Action::Quit,
    }
}

/// A key where the person is asked whether to leave an exam. Any other key stays.
fn leave(place: &mut ScreenPlace, context: &KeyContext<'_>, code: KeyCode) -> Option<Pressed> {
    place.page = Page::Question;
    match code {
        KeyCode::Char('l' | 'L' | 'y' | 'Y') => Some(out(place, context).into()),
        KeyCode::Char('h' | 'H') => context.showing().map(|showing| turn(place, showing, Turn::Overview).into()),
        _ => None,
    }
}

/// Text that was pasted. Returns whether there is a field that takes it.
pub(super) fn paste(place: &mut ScreenPlace, context: &KeyContext<'_>, text: &str) -> bool {
    match place.page {
        _ if context.paused => return false,
        Page::Note => line::paste(&mut place.note, text),
        Page::Question if is_in_field(place, context) => line::paste(&mut place.line, text),
        Page::Question | Page::Help | Page::Commands | Page::List | Page::Leave => return false,
    }
    true
}

fn turn_help(place: &mut ScreenPlace, context: &KeyContext<'_>, code: KeyCode) {
    match code {
        KeyCode::PageDown | KeyCode::Down => place.scroll_by(context.leap(), context.visible.top),
        KeyCode::PageUp | KeyCode::Up => place.scroll_by(-context.leap(), context.visible.top),
        _ => {
            place.page = Page::Question;
            place.scroll = None;
        }
    }
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
        KeyCode::Tab => return Some(Action::Skip.into()),
        KeyCode::Char('o' | 'O') if !showing.form.is_reveal() => return Some(Action::Overrule.into()),
        // The letter that answered is no command for the same question.
        KeyCode::Char(letter) if command::picks(showing, letter) => return None,
        KeyCode::Char(letter) => {
            return by_letter(letter, place, context, showing);
        }
        _ => return None,
    };
    Some(Action::Rate(verdict).into())
}

#[cfg(test)]
mod tests;
