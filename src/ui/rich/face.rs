//! How a piece of a text looks, without saying in which colours.

use ratatui::style::{Modifier, Style};

use crate::ui::tui::theme::Theme;

/// A set of looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Face(u16);

impl Face {
    pub(super) const PLAIN: Face = Face(0);
    pub(super) const STRONG: Face = Face(1);
    pub(super) const EMPHASIS: Face = Face(1 << 1);
    pub(super) const STRUCK: Face = Face(1 << 2);
    /// Code within a line.
    pub(super) const CODE: Face = Face(1 << 3);
    pub(super) const LINK: Face = Face(1 << 4);
    pub(super) const DIM: Face = Face(1 << 5);
    pub(super) const UNDER: Face = Face(1 << 6);
    /// Superscript and subscript: gone when a paragraph is finished.
    pub(super) const SUP: Face = Face(1 << 7);
    pub(super) const SUB: Face = Face(1 << 8);
    pub(super) const HEADING: Face = Face(1 << 9);
    /// A line of a block of code, and what a piece of it is.
    pub(super) const BLOCK: Face = Face(1 << 10);
    pub(super) const KEYWORD: Face = Face(1 << 11);
    pub(super) const STRING: Face = Face(1 << 12);
    pub(super) const NUMBER: Face = Face(1 << 13);
    pub(super) const COMMENT: Face = Face(1 << 14);

    pub(super) fn with(self, other: Face) -> Face {
        Face(self.0 | other.0)
    }

    pub(super) fn without(self, other: Face) -> Face {
        Face(self.0 & !other.0)
    }

    pub(super) fn has(self, other: Face) -> bool {
        self.0 & other.0 == other.0
    }

    /// The style in a theme, over that of the text around it.
    pub(super) fn style(self, theme: &Theme, base: Style) -> Style {
        let mut style = base;
        for (face, role) in [
            (Face::HEADING, theme.heading),
            (Face::CODE, theme.code),
            (Face::LINK, theme.link),
            (Face::DIM, theme.dim),
            (Face::EMPHASIS, theme.emphasis),
            (Face::STRONG, theme.strong),
            (Face::UNDER, Style::new().add_modifier(Modifier::UNDERLINED)),
            (Face::STRUCK, theme.struck),
            (Face::KEYWORD, theme.keyword),
            (Face::STRING, theme.string),
            (Face::NUMBER, theme.number),
            (Face::COMMENT, theme.comment),
        ] {
            if self.has(face) {
                style = style.patch(role);
            }
        }
        // Strong within strong would not be seen.
        if self.has(Face::STRONG) && base.add_modifier.contains(Modifier::BOLD) {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        style
    }
}
