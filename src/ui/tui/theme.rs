//! Colours, in one place. Nothing is said by colour alone.

use ratatui::style::{Color, Modifier, Style};

/// The styles of the screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Theme {
    pub(super) right: Style,
    pub(super) wrong: Style,
    pub(super) accent: Style,
    pub(super) dim: Style,
    pub(super) strong: Style,
    pub(super) cursor: Style,
}

impl Theme {
    pub(super) fn new(color: bool) -> Self {
        let strong = Style::new().add_modifier(Modifier::BOLD);
        if !color {
            let plain = Style::new();
            let cursor = plain.add_modifier(Modifier::REVERSED);
            return Self { right: strong, wrong: strong, accent: strong, dim: plain, strong, cursor };
        }
        Self {
            right: strong.fg(Color::Green),
            wrong: strong.fg(Color::Red),
            accent: Style::new().fg(Color::Cyan),
            dim: Style::new().fg(Color::DarkGray),
            strong,
            cursor: strong.fg(Color::Cyan),
        }
    }
}
