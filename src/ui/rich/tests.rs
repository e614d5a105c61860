//! Texts laid out: tables of texts and lines, and what must hold for every text.

use proptest::prelude::*;
use ratatui::style::Style;

use super::wrap::columns;
use super::*;
use crate::ui::tui::theme::Name;

fn shown(text: &str, markup: Markup, width: usize) -> Vec<String> {
    let lines = Text::parse(text, markup).lines(width, &Theme::named(Name::Dark), Style::new());
    lines.iter().map(ToString::to_string).collect()
}

proptest! {
    #[test]
    fn every_text_fits_and_steers_nothing(text in "(?s).{0,120}", width in 2_usize..90) {
        for markup in [Markup::Plain, Markup::Markdown, Markup::Html] {
            for line in shown(&text, markup, width) {
                prop_assert!(columns(&line) <= width, "{line:?}");
                prop_assert!(!line.contains(char::is_control), "{line:?}");
            }
        }
    }
}
