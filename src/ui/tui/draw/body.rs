//! The body of the screen: rows, each with the choice to which it belongs.

use std::rc::Rc;

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::model::Markup;
use crate::ui::rich::Text;
use crate::ui::theme::Theme;
use crate::ui::tui::pictures::PictureRoom;

/// A row of the body.
#[derive(Clone, Debug, Default)]
pub(super) struct BodyRow {
    pub(super) line: Line<'static>,
    pub(super) choice: Option<usize>,
    /// The image whose description begins in this row.
    pub(super) words: Option<ImageWords>,
    /// The line of a picture that this row shows.
    pub(super) piece: Option<PictureSlice>,
}

/// The description of an image, `[image: …]`.
#[derive(Clone, Debug)]
pub(super) struct ImageWords {
    /// The alternative text; empty if the bank has none.
    pub(super) alt: String,
    /// The file, as the bank names it.
    pub(super) name: String,
    /// The rows of the description.
    pub(super) rows: usize,
    /// Its first column.
    pub(super) column: usize,
}

/// A line of a picture.
#[derive(Clone, Debug)]
pub(super) struct PictureSlice {
    pub(super) picture: Rc<Hung>,
    /// The index of the line in the picture.
    pub(super) at: u16,
}

/// A picture with its place in the body.
#[derive(Debug)]
pub(super) struct Hung {
    pub(super) file: String,
    pub(super) room: PictureRoom,
    pub(super) column: u16,
    pub(super) width: u16,
    pub(super) height: u16,
    pub(super) caption: Caption,
    /// The description that is shown until the picture is ready.
    pub(super) words: Line<'static>,
}

/// The place of the caption of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Caption {
    /// A description after other text, such as the letter of an option, stays there, above the picture.
    Above,
    Below,
    /// A description that is only a file name is left out.
    Gone,
}

/// The rows of the body, top down.
#[derive(Clone, Debug)]
pub(super) struct Body {
    pub(super) rows: Vec<BodyRow>,
    pub(super) width: usize,
}

impl Body {
    pub(super) fn new(width: usize) -> Self {
        Self { rows: Vec::new(), width }
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn into_iter(self) -> impl Iterator<Item = BodyRow> {
        self.rows.into_iter()
    }

    pub(super) fn last_row(&self) -> Option<usize> {
        self.rows.len().checked_sub(1)
    }

    /// The first and the last row of a choice.
    pub(super) fn rows_of(&self, choice: usize) -> Option<(usize, usize)> {
        let first = self.rows.iter().position(|row| row.choice == Some(choice))?;
        Some((first, self.last_row_of(choice)?))
    }

    pub(super) fn last_row_of(&self, choice: usize) -> Option<usize> {
        self.rows.iter().rposition(|row| row.choice == Some(choice))
    }

    pub(super) fn blank(&mut self) {
        self.line(Line::default());
    }

    /// A line that is known to fit.
    pub(super) fn line(&mut self, line: Line<'static>) {
        self.rows.push(BodyRow { line, ..BodyRow::default() });
    }

    /// The program's own text, wrapped.
    pub(super) fn text(&mut self, text: &str, style: Style) {
        self.styled(text, Markup::Plain, &Theme::new(false), style);
    }

    /// A text of the bank.
    pub(super) fn styled(&mut self, text: &str, markup: Markup, theme: &Theme, style: Style) {
        self.rows.extend(rows(text, self.width, markup, theme, style));
    }

    /// A text of the bank after a lead; further rows are indented.
    pub(super) fn led(&mut self, lead: &str, text: &str, how: Led<'_>) {
        let indent = lead.width();
        let mut rows = rows(text, self.width.saturating_sub(indent).max(8), how.markup, how.theme, how.style);
        if rows.is_empty() {
            rows.push(BodyRow::default());
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
fn rows(text: &str, width: usize, markup: Markup, theme: &Theme, style: Style) -> Vec<BodyRow> {
    let text = Text::parse(text, markup);
    let laid = text.lay(width, theme, style);
    let mut rows: Vec<BodyRow> = laid.lines.into_iter().map(|line| BodyRow { line, ..BodyRow::default() }).collect();
    for place in laid.images {
        if let (Some(row), Some(image)) = (rows.get_mut(place.line), text.images().nth(place.image)) {
            let (alt, name) = (image.alt.clone(), image.name.clone());
            row.words = Some(ImageWords { alt, name, rows: place.lines, column: place.column });
        }
    }
    rows
}

/// How a text with a lead is set.
#[derive(Clone, Copy)]
pub(super) struct Led<'a> {
    pub(super) markup: Markup,
    pub(super) theme: &'a Theme,
    pub(super) style: Style,
    /// The style of the lead.
    pub(super) lead: Style,
    pub(super) choice: Option<usize>,
}
