//! Texts of questions for the eye and the ear: plain text, Markdown and HTML to blocks, and blocks to lines of the terminal
//! or to words.
//!
//! ```
//! use ratatui::style::Style;
//! use retain::model::Markup;
//! use retain::ui::rich::Text;
//! use retain::ui::tui::theme::{Name, Theme};
//!
//! let text = Text::parse("What is **$x^2$** for `x = 3`?", Markup::Markdown);
//! assert_eq!(text.plain(), "What is x² for x = 3?");
//! let lines = text.lines(12, &Theme::named(Name::None), Style::new());
//! assert_eq!(lines[0].to_string(), "What is x²");
//! ```

mod bidi;
mod block;
mod builder;
mod clean;
mod dollars;
mod face;
mod fit;
mod flat;
mod highlight;
mod html;
mod lay;
mod markdown;
mod maths;
mod say;
mod table;
mod wrap;

use ratatui::style::Style;
use ratatui::text::Line;

use crate::model::Markup;
use crate::ui::tui::theme::Theme;

pub use block::Image;
pub use clean::{line, lines as harmless};
pub use fit::{cut, pad, rows};
pub use wrap::columns;

/// A text of a question, understood: paragraphs, lists, tables, code, images. It is read once and can be laid out for every frame.
///
/// Reading takes time linear in the text, whatever is in it, and what would steer a terminal (control characters, overrides
/// of the direction) is left out.
#[derive(Clone, Debug, Default)]
pub struct Text {
    blocks: Vec<block::Block>,
    images: Vec<Image>,
}

/// A text as lines of a terminal.
#[derive(Clone, Debug, Default)]
pub struct Laid {
    /// The lines, top down.
    pub lines: Vec<Line<'static>>,
    /// Where images stand, top down.
    pub images: Vec<Stand>,
}

/// Where an image stands: the words `[image: …]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// Which image of [`Text::images`] it is.
    pub image: usize,
    /// The index of the first line of its words.
    pub line: usize,
    /// How many lines they take.
    pub lines: usize,
    /// The column in which they begin: what is left of it are signs of lists and quotes, and indents.
    pub column: usize,
}

impl Text {
    /// Reads a text. Every text can be read: what is broken is shown as it is.
    pub fn parse(text: &str, markup: Markup) -> Self {
        let text = clean::lines(text);
        match markup {
            Markup::Plain => flat::parse(&text),
            Markup::Markdown => markdown::parse(&text),
            Markup::Html => html::parse(&text),
        }
    }

    /// The lines, at most `width` columns wide (2 at least), in the styles of `theme` over `base`.
    pub fn lines(&self, width: usize, theme: &Theme, base: Style) -> Vec<Line<'static>> {
        self.lay(width, theme, base).lines
    }

    /// The lines as [`Text::lines`] gives them, and where the images stand.
    pub fn lay(&self, width: usize, theme: &Theme, base: Style) -> Laid {
        lay::lay(&self.blocks, &self.images, width.max(2), theme, base)
    }

    /// The text in words, for a screen reader or a pipe: no signs of markup, one thing a line.
    pub fn plain(&self) -> String {
        say::say(&self.blocks, &self.images)
    }

    /// The images, in the order of the text.
    pub fn images(&self) -> impl Iterator<Item = &Image> {
        self.images.iter()
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}

#[cfg(test)]
mod tests;
