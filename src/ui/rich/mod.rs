//! Texts of questions: plain text, Markdown and HTML to blocks, and blocks to lines of the terminal or to spoken words.
//!
//! ```
//! use ratatui::style::Style;
//! use retain::model::Markup;
//! use retain::ui::rich::Text;
//! use retain::ui::theme::{ThemeName, Theme};
//!
//! let text = Text::parse("What is **$x^2$** for `x = 3`?", Markup::Markdown);
//! assert_eq!(text.plain(), "What is x² for x = 3?");
//! let lines = text.lines(12, &Theme::named(ThemeName::None), Style::new());
//! assert_eq!(lines[0].to_string(), "What is x²");
//! ```

mod bidi;
mod block;
mod builder;
mod clean;
mod cluster;
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
use crate::ui::theme::Theme;

pub use block::Image;
pub use clean::{harmless, line};
pub use fit::{cut, pad, rows};
pub use wrap::columns;

/// The parsed text of a question: paragraphs, lists, tables, code, images. It is parsed once and laid out for every frame.
///
/// Parsing takes linear time for every text. Characters that control the terminal or the direction of text are left out.
#[derive(Clone, Debug, Default)]
pub struct Text {
    blocks: Vec<block::RichBlock>,
    images: Vec<Image>,
}

/// A text as lines of a terminal.
#[derive(Clone, Debug, Default)]
pub struct Laid {
    /// The lines, top down.
    pub lines: Vec<Line<'static>>,
    /// The places of images, top down.
    pub images: Vec<ImagePlace>,
}

/// The place of an image, that is of its description `[image: …]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImagePlace {
    /// The index of the image in [`Text::images`].
    pub image: usize,
    /// The index of the first line of its description.
    pub line: usize,
    /// The lines of the description.
    pub lines: usize,
    /// Its first column, after indents and the signs of lists and quotes.
    pub column: usize,
}

impl Text {
    /// Parses a text. Every text can be parsed; broken markup is shown as text.
    pub fn parse(text: &str, markup: Markup) -> Self {
        let text = clean::lines(text);
        match markup {
            Markup::Plain => flat::parse(&text),
            Markup::Markdown => markdown::parse(&text),
            Markup::Html => html::parse(&text),
        }
    }

    /// The lines, at most `width` columns wide (at least 2), in the styles of `theme` over `base`.
    pub fn lines(&self, width: usize, theme: &Theme, base: Style) -> Vec<Line<'static>> {
        self.lay(width, theme, base).lines
    }

    /// The same lines, and the places of the images.
    pub fn lay(&self, width: usize, theme: &Theme, base: Style) -> Laid {
        lay::lay(&self.blocks, &self.images, width.max(2), theme, base)
    }

    /// The text in words, for a screen reader or a pipe: without markup, one thing a line.
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
