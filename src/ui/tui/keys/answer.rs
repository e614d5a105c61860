//! Keys while a question is asked.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::command::{is_typing, picks};
use super::{KeyContext, Pressed, by_letter, line};
use crate::session::{Action, Form, Half, Showing};
use crate::ui::tui::place::{Page, ScreenPlace, VisibleLines};

/// The effect of a key on the shown question.
pub(super) fn ask(
    place: &mut ScreenPlace,
    context: &KeyContext<'_>,
    showing: &Showing,
    key: KeyEvent,
) -> Option<Pressed> {
    if key.code == KeyCode::Tab {
        // In an exam, what is picked or typed is the answer then, and the next open question comes in any case.
        let draft = place.draft(showing).filter(|_| context.exam());
        let answered = draft.map(|given| Action::Answer { given, took_ms: None, sure: None });
        return Some(answered.unwrap_or(Action::Skip).into());
    }
    if place.hidden {
        return recall(place, context, showing, key);
    }
    if showing.ask_sure && key.code == KeyCode::F(3) {
        return Some(submit(place, showing, true));
    }
    if is_typing(showing) {
        return type_in(place, context, showing, key);
    }
    if matches!(key.code, KeyCode::Enter | KeyCode::Char(' ')) && toward_choice(place, context) {
        return None;
    }
    let count = showing.choices.len();
    match key.code {
        KeyCode::Down if count > 0 => place.step(count, true),
        KeyCode::Up if count > 0 => place.step(count, false),
        KeyCode::Down => place.scroll_by(1, context.visible.top),
        KeyCode::Up => place.scroll_by(-1, context.visible.top),
        KeyCode::Enter => return Some(submit(place, showing, false)),
        KeyCode::Char(char) => return letter(place, context, showing, char, key.modifiers),
        KeyCode::Backspace => undo_last(place, showing),
        KeyCode::Left => turn(place, showing, false),
        KeyCode::Right => turn(place, showing, true),
        _ => {}
    }
    None
}

/// Scrolls toward the choice that would be answered with, if it is out of sight. Returns whether it was.
fn toward_choice(place: &mut ScreenPlace, context: &KeyContext<'_>) -> bool {
    let VisibleLines { top, height, chosen } = context.visible;
    let Some((first, last)) = chosen else { return false };
    let below = first >= usize::from(top) + usize::from(height);
    let above = last < usize::from(top);
    if below || above {
        place.scroll_by(if below { context.leap() } else { -context.leap() }, top);
    }
    below || above
}

/// While the choices are hidden, a key shows them. The letter of a choice is never a command here, so that a habit buries no card.
fn recall(place: &mut ScreenPlace, context: &KeyContext<'_>, showing: &Showing, key: KeyEvent) -> Option<Pressed> {
    match key.code {
        KeyCode::Char(char) => {
            if char == ' ' || picks(showing, char) {
                place.hidden = false;
                return None;
            }
            let pressed = by_letter(char, place, context, showing);
            place.hidden &= pressed.is_some() || place.page != Page::Question;
            return pressed;
        }
        KeyCode::Enter | KeyCode::Down => place.hidden = false,
        _ => {}
    }
    None
}

/// While an answer is typed, all letters belong to it, and those with Control edit it.
fn type_in(place: &mut ScreenPlace, context: &KeyContext<'_>, showing: &Showing, key: KeyEvent) -> Option<Pressed> {
    place.scroll = None;
    match key.code {
        KeyCode::Enter => return Some(submit(place, showing, false)),
        KeyCode::Down => place.scroll_by(1, context.visible.top),
        KeyCode::Up => place.scroll_by(-1, context.visible.top),
        _ => line::edit(&mut place.line, key),
    }
    None
}

fn letter(
    place: &mut ScreenPlace,
    context: &KeyContext<'_>,
    showing: &Showing,
    char: char,
    modifiers: KeyModifiers,
) -> Option<Pressed> {
    if char == ' ' {
        return if showing.form.is_reveal() {
            Some(submit(place, showing, false))
        } else {
            pick(place, showing, place.cursor)
        };
    }
    if char == '!' && showing.ask_sure {
        return Some(submit(place, showing, true));
    }
    if let Form::Pair { halves } = &showing.form
        && let Some(half) = half_of(halves, char)
    {
        give(place, half);
        return None;
    }
    let Some(at) = choice_of(showing, char) else {
        return by_letter(char, place, context, showing);
    };
    place.scroll = None;
    let shifted = modifiers.contains(KeyModifiers::SHIFT) || char.is_uppercase();
    if shifted && matches!(showing.form, Form::Pick { .. }) {
        place.strike(at, &showing.choices[at].label);
        return None;
    }
    pick(place, showing, at)
}

/// Answers at once; if several may be picked, toggles the choice. If the person is asked how sure they are, the first press picks and
/// the second means that they are sure.
fn pick(place: &mut ScreenPlace, showing: &Showing, at: usize) -> Option<Pressed> {
    place.cursor = at;
    match showing.form {
        Form::Pick { several: false } if showing.ask_sure && place.held != Some(at) => place.held = Some(at),
        Form::Pick { several: false } => return Some(submit(place, showing, showing.ask_sure)),
        Form::Pick { several: true } | Form::Order if at < showing.choices.len() => place.toggle(at),
        _ => {}
    }
    None
}

fn submit(place: &ScreenPlace, showing: &Showing, sure: bool) -> Pressed {
    Action::Answer { given: place.given(showing), took_ms: None, sure: sure.then_some(true) }.into()
}

/// Gives a half to the choice under the cursor, and moves to the next choice without one.
fn give(place: &mut ScreenPlace, half: usize) {
    let count = place.halves.len();
    if let Some(slot) = place.halves.get_mut(place.cursor) {
        *slot = Some(half);
    }
    let next = (1..=count).map(|ahead| (place.cursor + ahead) % count).find(|at| place.halves[*at].is_none());
    place.cursor = next.unwrap_or(place.cursor);
    place.scroll = None;
}

/// The next or the previous half for the choice under the cursor.
fn turn(place: &mut ScreenPlace, showing: &Showing, on: bool) {
    let Form::Pair { halves } = &showing.form else { return };
    let count = halves.len();
    if let Some(slot) = place.halves.get_mut(place.cursor).filter(|_| count > 0) {
        *slot = Some(match (*slot, on) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(at), true) => (at + 1) % count,
            (Some(at), false) => (at + count - 1) % count,
        });
    }
}

fn undo_last(place: &mut ScreenPlace, showing: &Showing) {
    match showing.form {
        Form::Pick { several: true } | Form::Order => {
            place.picked.pop();
        }
        Form::Pair { .. } => {
            if let Some(slot) = place.halves.get_mut(place.cursor) {
                *slot = None;
            }
        }
        _ => {}
    }
}

fn choice_of(showing: &Showing, char: char) -> Option<usize> {
    let label = char.to_uppercase().to_string();
    showing.choices.iter().position(|choice| choice.label == label)
}

fn half_of(halves: &[Half], char: char) -> Option<usize> {
    let label = char.to_string();
    halves.iter().position(|half| half.label == label)
}
