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

/// The Markdown of a page as somebody reads it who has the program alone: a link to another page says how that is read, other links are
/// their words. `is_page` says which pages there are. Code and pictures stay as they are.
pub fn linked(markdown: &str, is_page: impl Fn(&str) -> bool) -> String {
    let mut text = String::new();
    // The words of a link may go on in the next line.
    let mut paragraph = String::new();
    let mut in_block = false;
    for line in markdown.split_inclusive('\n') {
        let is_fence = line.trim_start().starts_with("```");
        in_block ^= is_fence;
        let is_code = in_block || is_fence;
        if !is_code {
            paragraph += line;
        }
        if is_code || line.trim().is_empty() {
            text += &without_links(&std::mem::take(&mut paragraph), &is_page);
        }
        if is_code {
            text += line;
        }
    }
    text + &without_links(&paragraph, &is_page)
}

fn without_links(text: &str, is_page: impl Fn(&str) -> bool) -> String {
    let (mut read, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once("](") {
        let Some((target, behind)) = after.split_once(')') else { break };
        let file = target.split('#').next().unwrap_or_default();
        let is_link = target.starts_with('#') || file.ends_with(".md");
        // After an odd number of backticks it is code.
        let is_code = (read.matches('`').count() + before.matches('`').count()) % 2 == 1;
        let open = before.rfind('[').filter(|open| is_link && !is_code && !before[..*open].ends_with('!'));
        match open {
            Some(open) => {
                read += &before[..open];
                read += &before[open + 1..];
                if let Some(name) = file.strip_suffix(".md").filter(|name| is_page(name)) {
                    read += &format!(" (`retain help page {name}`)");
                }
            }
            None => read += &format!("{before}]({target})"),
        }
        rest = behind;
    }
    read + rest
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
