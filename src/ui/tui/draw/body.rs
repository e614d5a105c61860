//! The body of the screen: rows, each with the choice that it belongs to.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::hang::Piece;
use crate::model::Markup;
use crate::ui::rich::Text;
use crate::ui::tui::theme::Theme;

/// A row of the body.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub(super) line: Line<'static>,
    pub(super) choice: Option<usize>,
    /// The image whose words begin in this row.
    pub(super) words: Option<Words>,
    /// What of a picture stands in this row.
    pub(super) piece: Option<Piece>,
}

/// The words of an image, `[image: …]`.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// What it shows; empty where the bank does not say.
    pub(super) alt: String,
    /// Its file, as the bank names it.
    pub(super) name: String,
    /// The rows that the words take.
    pub(super) rows: usize,
    /// The column in which they begin.
    pub(super) column: usize,
}

/// The rows of the body, top down, as they are put together.
#[derive(Clone, Debug)]
pub(super) struct Body {
    pub(super) rows: Vec<Row>,
    pub(super) width: usize,
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
        self.rows.push(Row { line, ..Row::default() });
    }

    /// Words of ours, wrapped.
    pub(super) fn text(&mut self, text: &str, style: Style) {
        self.styled(text, Markup::Plain, &Theme::new(false), style);
    }

    /// A text of the bank.
    pub(super) fn styled(&mut self, text: &str, markup: Markup, theme: &Theme, style: Style) {
        self.rows.extend(rows(text, self.width, markup, theme, style));
    }

    /// A text of the bank behind a lead that stands in its first row only.
    pub(super) fn led(&mut self, lead: &str, text: &str, how: Led<'_>) {
        let indent = lead.width();
        let mut rows = rows(text, self.width.saturating_sub(indent).max(8), how.markup, how.theme, how.style);
        if rows.is_empty() {
            rows.push(Row::default());
        }
        for (number, mut row) in rows.into_iter().enumerate() {
            let lead = if number == 0 { lead.to_owned() } else { " ".repeat(indent) };
            row.line.spans.insert(0, Span::styled(lead, how.lead));
            row.choice = how.choice;
            if let Some(words) = &mut row.words {
                words.column += indent;
            }
            self.rows.push(row);
        }
    }
}

/// A text of the bank as rows.
fn rows(text: &str, width: usize, markup: Markup, theme: &Theme, style: Style) -> Vec<Row> {
    let text = Text::parse(text, markup);
    let laid = text.lay(width, theme, style);
    let mut rows: Vec<Row> = laid.lines.into_iter().map(|line| Row { line, ..Row::default() }).collect();
    for stand in laid.images {
        if let (Some(row), Some(image)) = (rows.get_mut(stand.line), text.images().nth(stand.image)) {
            let (alt, name) = (image.alt.clone(), image.name.clone());
            row.words = Some(Words { alt, name, rows: stand.lines, column: stand.column });
        }
    }
    rows
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
