//! Keys in the list of the questions of an exam, and at its end, which shows the list too.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::command::{ReviewCommand, turn};
use super::{KeyContext, Pressed, REDO, quit};
use crate::session::{Action, ExamAction, Paper, Phase, Turn};
use crate::ui::tui::place::{Page, ScreenPlace};

/// The effect of a key in the list.
pub(super) fn press(
    place: &mut ScreenPlace,
    context: &KeyContext<'_>,
    paper: &Paper,
    key: KeyEvent,
) -> Option<Pressed> {
    let at_the_end = matches!(context.phase, Phase::Overview(_));
    let digits = std::mem::take(&mut place.digits);
    let last = paper.len().saturating_sub(1);
    let leap = usize::from(context.visible.height.saturating_sub(2).max(1));
    place.scroll = None;
    match key.code {
        KeyCode::Down => place.row = (place.row + 1).min(last),
        KeyCode::Up => place.row = place.row.saturating_sub(1),
        KeyCode::PageDown => place.row = (place.row + leap).min(last),
        KeyCode::PageUp => place.row = place.row.saturating_sub(leap),
        KeyCode::Home => place.row = 0,
        KeyCode::End => place.row = last,
        KeyCode::Char(digit) if digit.is_ascii_digit() => number(place, digits, digit, paper),
        KeyCode::Backspace => {
            place.digits = digits;
            place.digits.pop();
        }
        KeyCode::Enter => return Some(go(place, context, Turn::To(place.row))),
        KeyCode::Char('y' | 'Y') if at_the_end => return Some(Action::Exam(ExamAction::HandIn).into()),
        KeyCode::Char('n' | 'N') | KeyCode::Esc if at_the_end => return Some(go(place, context, Turn::Previous)),
        KeyCode::Esc => place.page = Page::Question,
        KeyCode::Char(letter) if place.keys.is_redo(letter) => REDO.clone_into(&mut place.remark),
        code => {
            let command = match code {
                KeyCode::Char(letter) => place.keys.command(letter, true),
                code => ReviewCommand::of_key(code, true),
            };
            return command.and_then(|command| obey(command, place, context, at_the_end));
        }
    }
    None
}

/// Does what a command says, as far as it is of use in the list.
fn obey(
    command: ReviewCommand,
    place: &mut ScreenPlace,
    context: &KeyContext<'_>,
    at_the_end: bool,
) -> Option<Pressed> {
    match command {
        ReviewCommand::Quit => return quit(place, context),
        ReviewCommand::Help => place.page = Page::Help,
        ReviewCommand::Undo => return Some(Action::Undo.into()),
        ReviewCommand::Mark => return Some(Action::Exam(ExamAction::Mark(Some(place.row))).into()),
        ReviewCommand::HandIn if !at_the_end => return Some(go(place, context, Turn::Overview)),
        ReviewCommand::List if !at_the_end => place.page = Page::Question,
        ReviewCommand::Back if at_the_end => return Some(go(place, context, Turn::Previous)),
        _ => {}
    }
    None
}

/// Goes to a page, and keeps what is picked or typed in the question below the list.
fn go(place: &mut ScreenPlace, context: &KeyContext<'_>, to: Turn) -> Pressed {
    place.page = Page::Question;
    match context.showing() {
        Some(showing) => turn(place, showing, to).into(),
        None => Action::Exam(ExamAction::Turn { to, given: None }).into(),
    }
}

/// Moves the cursor to the question whose number is typed, digit by digit.
fn number(place: &mut ScreenPlace, digits: String, digit: char, paper: &Paper) {
    let found = |digits: &str| digits.parse::<usize>().ok()?.checked_sub(1).filter(|row| *row < paper.len());
    let longer = format!("{digits}{digit}");
    // A number that is none any more begins again with this digit.
    let typed = if found(&longer).is_some() { longer } else { digit.to_string() };
    if let Some(row) = found(&typed) {
        place.row = row;
        place.digits = typed;
    }
}
