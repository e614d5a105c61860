//! The body of the screen: rows, each with the choice that it belongs to.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::model::Markup;
use crate::ui::rich::Text;
use crate::ui::tui::theme::Theme;

/// A row of the body.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) line: Line<'static>,
    pub(super) choice: Option<usize>,
}

/// The rows of the body, top down, as they are put together.
#[derive(Clone, Debug)]
pub(super) struct Body {
    rows: Vec<Row>,
    width: usize,
}

impl Body {
    pub(super) fn new(width: usize) -> Self {
        Self { rows: Vec::new(), width }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn into_iter(self) -> impl Iterator<Item = Row> {
        self.rows.into_iter()
    }

    pub(super) fn last_row(&self) -> Option<usize> {
        self.rows.len().checked_sub(1)
    }

    pub(super) fn last_row_of(&self, choice: usize) -> Option<usize> {
        self.rows.iter().rposition(|row| row.choice == Some(choice))
    }

    pub(super) fn blank(&mut self) {
        self.line(Line::default());
    }

    /// A line that is known to fit.
    pub(super) fn line(&mut self, line: Line<'static>) {
        self.rows.push(Row { line, choice: None });
    }

    /// Words of ours, wrapped.
    pub(super) fn text(&mut self, text: &str, style: Style) {
        self.styled(text, Markup::Plain, &Theme::new(false), style);
    }

    /// A text of the bank.
    pub(super) fn styled(&mut self, text: &str, markup: Markup, theme: &Theme, style: Style) {
        let lines = Text::parse(text, markup).lines(self.width, theme, style);
        self.rows.extend(lines.into_iter().map(|line| Row { line, choice: None }));
    }

    /// A text of the bank behind a lead that stands in its first row only.
    pub(super) fn led(&mut self, lead: &str, text: &str, how: Led<'_>) {
        let indent = lead.width();
        let lines = Text::parse(text, how.markup).lines(self.width.saturating_sub(indent).max(8), how.theme, how.style);
        let lines = if lines.is_empty() { vec![Line::default()] } else { lines };
        for (row, line) in lines.into_iter().enumerate() {
            let lead = if row == 0 { lead.to_owned() } else { " ".repeat(indent) };
            let mut spans = vec![Span::styled(lead, how.lead)];
            spans.extend(line.spans);
            self.rows.push(Row { line: Line::from(spans), choice: how.choice });
        }
    }
}

/// How a led text is set.
#[derive(Clone, Copy)]
pub(super) struct Led<'a> {
    pub(super) markup: Markup,
    pub(super) theme: &'a Theme,
    pub(super) style: Style,
    /// The style of the lead.
    pub(super) lead: Style,
    /// The choice that the rows belong to.
    pub(super) choice: Option<usize>,
}
