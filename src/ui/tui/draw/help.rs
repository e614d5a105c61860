//! The page of keys.

use ratatui::text::{Line, Span};

use super::Screen;

/// Keys and what they do; a line without keys is a heading, an empty one a gap.
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

/// The lines of the page.
pub(super) fn lines(screen: &Screen<'_>) -> Vec<Line<'static>> {
    let theme = screen.theme;
    KEYS.iter()
        .map(|(keys, what)| {
            if keys.is_empty() {
                return Line::styled(*what, theme.strong);
            }
            Line::from(vec![Span::styled(format!("  {keys:<11}"), theme.accent), Span::raw(*what)])
        })
        .collect()
}
