//! The page of keys.

use ratatui::style::Style;
use ratatui::text::Line;

use super::Screen;
use super::body::{Body, Led};
use crate::model::Markup;
use crate::session::Phase;

/// Keys and their effects. A line without keys is a heading, an empty one a gap.
const KEYS: [(&str, &str); 24] = [
    ("", "Answer"),
    ("A, B, C …", "pick a choice; Shift strikes it out"),
    ("↑ ↓", "move, then Enter or Space"),
    ("1, 2, 3 …", "of pairs: the half; ← → turn it, Backspace clears"),
    ("Enter", "answer, or show the choices or the answer"),
    ("", "Rate"),
    ("Enter", "go on: the model says how much luck may explain"),
    ("1", "it was a guess, or not known"),
    ("2 3 4", "hard, good, easy: you knew it"),
    ("o", "overrule: a slip of the finger, or graded wrongly"),
    ("", "Any time (with Ctrl where a letter picks or is typed)"),
    ("u", "take back the last answer"),
    ("Tab", "show this card later"),
    ("b  s", "bury it until tomorrow; suspend it"),
    ("f", "flag it with a note, or take the flag away"),
    ("e", "edit the question"),
    ("i  F2", "what is known of the card"),
    ("p", "pause: the clock stands still"),
    ("PgUp PgDn", "scroll"),
    ("Ctrl-Z", "to the shell; `fg` comes back"),
    ("q  Ctrl-C", "stop: every answer is kept"),
    ("?  F1", "this page"),
    ("", ""),
    ("", "Any other key closes this page."),
];

/// The index of the row after the key that answers.
const BELOW: usize = 5;

/// Shown if the person is asked how sure they are, after the key that answers, and instead of the gap.
const SURE: (&str, &str) = ("!  F3", "answer, and you are sure; so does a letter pressed twice");

/// The lines of the page. A long effect is wrapped in its own column.
pub(super) fn lines(screen: &Screen<'_>, width: usize) -> Vec<Line<'static>> {
    let theme = screen.theme;
    let mut body = Body::new(width);
    let asked = matches!(screen.phase, Phase::Asking(showing) | Phase::Answered(showing, _) if showing.ask_sure);
    let mut rows = KEYS.to_vec();
    if asked {
        rows.retain(|(_, what)| !what.is_empty());
        rows.insert(BELOW, SURE);
    }
    for (keys, what) in rows {
        if what.is_empty() {
            body.blank();
        } else if keys.is_empty() {
            body.text(what, theme.strong);
        } else {
            let how =
                Led { markup: Markup::Plain, theme: &theme, style: Style::new(), lead: theme.accent, choice: None };
            body.led(&format!("  {keys:<11}"), what, how);
        }
    }
    body.into_iter().map(|row| row.line).collect()
}
