//! The look of a piece of text, without colours.

use ratatui::style::{Modifier, Style};

use crate::ui::theme::Theme;

/// A set of looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct TextFace(u16);

impl TextFace {
    pub(super) const PLAIN: TextFace = TextFace(0);
    pub(super) const STRONG: TextFace = TextFace(1);
    pub(super) const EMPHASIS: TextFace = TextFace(1 << 1);
    pub(super) const STRUCK: TextFace = TextFace(1 << 2);
    /// Code within a line.
    pub(super) const CODE: TextFace = TextFace(1 << 3);
    pub(super) const LINK: TextFace = TextFace(1 << 4);
    pub(super) const DIM: TextFace = TextFace(1 << 5);
    pub(super) const UNDER: TextFace = TextFace(1 << 6);
    /// Superscript and subscript; removed when a paragraph is finished.
    pub(super) const SUP: TextFace = TextFace(1 << 7);
    pub(super) const SUB: TextFace = TextFace(1 << 8);
    pub(super) const HEADING: TextFace = TextFace(1 << 9);
    /// A line of a block of code, and the roles of its pieces.
    pub(super) const BLOCK: TextFace = TextFace(1 << 10);
    pub(super) const KEYWORD: TextFace = TextFace(1 << 11);
    pub(super) const STRING: TextFace = TextFace(1 << 12);
    pub(super) const NUMBER: TextFace = TextFace(1 << 13);
    pub(super) const COMMENT: TextFace = TextFace(1 << 14);

    pub(super) fn with(self, other: TextFace) -> TextFace {
        TextFace(self.0 | other.0)
    }

    pub(super) fn without(self, other: TextFace) -> TextFace {
        TextFace(self.0 & !other.0)
    }

    pub(super) fn has(self, other: TextFace) -> bool {
        self.0 & other.0 == other.0
    }

    /// The style in a theme, over that of the text around it.
    pub(super) fn style(self, theme: &Theme, base: Style) -> Style {
        let mut style = base;
        for (face, role) in [
            (TextFace::HEADING, theme.heading),
            (TextFace::CODE, theme.code),
            (TextFace::LINK, theme.link),
            (TextFace::DIM, theme.dim),
            (TextFace::EMPHASIS, theme.emphasis),
            (TextFace::STRONG, theme.strong),
            (TextFace::UNDER, Style::new().add_modifier(Modifier::UNDERLINED)),
            (TextFace::STRUCK, theme.struck),
            (TextFace::KEYWORD, theme.keyword),
            (TextFace::STRING, theme.string),
            (TextFace::NUMBER, theme.number),
            (TextFace::COMMENT, theme.comment),
        ] {
            if self.has(face) {
                style = style.patch(role);
            }
        }
        // Strong within strong would be invisible.
        if self.has(TextFace::STRONG) && base.add_modifier.contains(Modifier::BOLD) {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        style
    }
}
