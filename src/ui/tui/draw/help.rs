//! The page of keys.

use ratatui::style::Style;
use ratatui::text::Line;

use super::Screen;
use super::body::{Body, Led};
use crate::model::Markup;
use crate::session::{Form, Phase, Showing};
use crate::ui::theme::Theme;
use crate::ui::tui::keys::ReviewCommand;
use crate::ui::tui::place::ScreenPlace;

/// A key and its effect. A row without a key is a heading.
pub(super) type KeyRow = (String, &'static str);

pub(super) fn heading(words: &'static str) -> KeyRow {
    (String::new(), words)
}

pub(super) fn row(keys: &str, what: &'static str) -> KeyRow {
    (keys.into(), what)
}

/// The keys that answer this question.
fn answering(showing: &Showing) -> Vec<KeyRow> {
    let mut rows = vec![heading("Answer")];
    match &showing.form {
        Form::Pick { several: false } => {
            rows.push(row("A, B, C …", "pick a choice; Shift (Caps Lock too) strikes it out"));
            rows.push(row("↑ ↓", "move, then Enter or Space"));
        }
        Form::Pick { several: true } => {
            rows.push(row("A, B, C …", "pick a choice or leave it; Shift (Caps Lock too) strikes out"));
            rows.push(row("↑ ↓ Space", "move, and pick"));
            rows.push(row("Enter", "answer with what is picked"));
        }
        Form::Order => {
            rows.push(row("A, B, C …", "pick in the right order; Backspace takes the last one away"));
            rows.push(row("Enter", "answer"));
        }
        Form::Pair { .. } => {
            rows.push(row("1, 2, 3 …", "give the match; ← → turn it, Backspace clears"));
            rows.push(row("↑ ↓", "move to another choice"));
            rows.push(row("Enter", "answer"));
        }
        Form::Type { .. } => {
            rows.push(row("Enter", "answer with what is typed"));
            rows.push(row("← →", "move in the line; all keys of a shell edit it: Ctrl-A E U K W …"));
        }
        Form::Reveal { .. } => rows.push(row("Enter", "show the answer")),
    }
    if showing.ask_sure {
        rows.push(match &showing.form {
            Form::Pick { several: false } => row("!  F3", "answer, and you are sure; so does a letter pressed twice"),
            Form::Type { .. } => row("F3", "answer, and you are sure"),
            _ => row("!  F3", "answer, and you are sure"),
        });
    }
    rows
}

/// The keys that rate an answer.
fn rating(showing: &Showing) -> Vec<KeyRow> {
    let mut rows = vec![heading("Rate")];
    rows.push(row("Enter", "go on: the model says how much luck may explain"));
    rows.push(row("1", if showing.form.is_reveal() { "not known" } else { "it was a guess" }));
    rows.push(row("2 3 4", "hard, good, easy: you knew it"));
    if !showing.form.is_reveal() {
        rows.push(row("o", "overrule: a slip of the finger, or graded wrongly"));
    }
    rows
}

fn rows(place: &ScreenPlace, phase: Phase<'_>, exam: bool) -> Vec<KeyRow> {
    let mut rows = match phase {
        Phase::Asking(showing) => answering(showing),
        Phase::Answered(showing, _) => rating(showing),
        Phase::Overview(_) => vec![
            heading("The end of the exam"),
            row("y", "hand in"),
            row("n  Esc", "go back to the questions"),
            row("↑ ↓  1 2 3 …", "choose a question; Enter goes there"),
        ],
        Phase::Between | Phase::Finished(_) => Vec::new(),
    };
    rows.push(heading("Any time (or Esc, then the letter)"));
    for command in ReviewCommand::offered(exam) {
        rows.push((command.key(place.keys, phase), command.what()));
    }
    if exam {
        rows.push(row("Ctrl-N", "the next question, also while you type; Ctrl-P the one before"));
    }
    rows.push(row("Tab", if exam { "the next question without an answer" } else { "show this card later" }));
    rows.push(row("PgUp PgDn", "scroll"));
    if place.aloud {
        rows.push(row("Ctrl-R", "read it aloud again; any key stops it"));
    }
    rows.push(row("Ctrl-C", if exam { "leave, and continue another time" } else { "stop: every answer is kept" }));
    rows.push(row("Ctrl-Z", "to the shell; `fg` comes back"));
    rows.push(heading("Any other key closes this page."));
    rows
}

/// The lines of the page.
pub(super) fn lines(screen: &Screen<'_>, width: usize) -> Vec<Line<'static>> {
    page(rows(screen.place, screen.phase, screen.paper.is_some()), &screen.theme, width)
}

/// A page of keys. A long effect is wrapped in its own column.
pub(super) fn page(rows: Vec<KeyRow>, theme: &Theme, width: usize) -> Vec<Line<'static>> {
    let mut body = Body::new(width);
    for (keys, what) in rows {
        if keys.is_empty() {
            body.text(what, theme.strong);
        } else {
            let how = Led { markup: Markup::Plain, theme, style: Style::new(), lead: theme.accent, choice: None };
            body.led(&format!("  {keys:<11}"), what, how);
        }
    }
    body.into_iter().map(|row| row.line).collect()
}
