//! Pages to read: Markdown as text of a width, for a terminal or a pipe.

use ratatui::style::{Modifier, Style};
use ratatui::text::Line;

use super::paint::Paint;
use super::rich::Text;
use super::theme::{Theme, ThemeName};
use crate::model::Markup;

/// The widest lines: longer ones are hard to read.
const WIDEST: usize = 100;

/// A page of this width.
pub fn text(markdown: &str, width: usize, paint: Paint) -> String {
    // Bold and dim are enough to find one's way; they are left out where colours are.
    let theme = Theme::named(ThemeName::Contrast);
    let lines = Text::parse(markdown, Markup::Markdown).lines(width.clamp(20, WIDEST), &theme, Style::new());
    let mut text = String::new();
    for line in &lines {
        text += &painted(line, paint);
        text.push('\n');
    }
    text
}

fn painted(line: &Line<'_>, paint: Paint) -> String {
    let plain = line.to_string();
    let end = plain.trim_end().len();
    let mut at = 0;
    let mut text = String::new();
    for span in &line.spans {
        let content = &span.content[..span.content.len().min(end.saturating_sub(at))];
        at += span.content.len();
        let modifier = line.style.patch(span.style).add_modifier;
        text += &match content {
            "" => String::new(),
            content if modifier.contains(Modifier::BOLD) => paint.strong(content),
            content if modifier.contains(Modifier::DIM) => paint.dim(content),
            content => content.to_owned(),
        };
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_laid_out_in_its_width() {
        let markdown = "# A page\n\nSome **strong** words that go on and on until the line is full.\n\n\
                        | name | what |\n|---|---|\n| `a` | the first |\n\n```sh\nretain due\n```\n\n- one\n- two [link](x.md)\n";
        insta::assert_snapshot!("page", text(markdown, 40, Paint::OFF));
        assert!(text(markdown, 40, Paint::new(true)).contains("\u{1b}[1mstrong\u{1b}[0m"));
        let wide = text(&"word ".repeat(100), 500, Paint::OFF);
        assert!(wide.lines().all(|line| line.len() <= WIDEST && line == line.trim_end()));
    }
}
