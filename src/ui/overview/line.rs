//! Lines of the dashboard: pieces that are cut to the width before they are painted, so that no figure can break the screen.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::ui::paint::Paint;
use crate::ui::rich::columns;

/// How a piece looks. It is never the look alone that says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// As it is.
    Plain,
    /// Stands out.
    Strong,
    /// Stands back.
    Dim,
    /// Good.
    Good,
    /// Worth a second look.
    Odd,
}

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Line(Vec<(String, Look)>);

impl Line {
    /// Of one piece.
    pub(super) fn of(text: impl Into<String>, look: Look) -> Self {
        Self::default().and(text, look)
    }

    /// Of one piece as it is.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::of(text, Look::Plain)
    }

    /// With another piece behind it.
    pub(super) fn and(mut self, text: impl Into<String>, look: Look) -> Self {
        let text = text.into();
        match self.0.last_mut() {
            Some((last, same)) if *same == look => last.push_str(&text),
            _ => self.0.push((text, look)),
        }
        self
    }

    /// Beside another line, which begins at column `at`, or two columns behind the end of this one.
    pub(super) fn beside(self, other: Self, at: usize) -> Self {
        let gap = at.saturating_sub(self.columns()).max(2);
        other.0.into_iter().fold(self.and(" ".repeat(gap), Look::Plain), |line, (text, look)| line.and(text, look))
    }

    /// Its columns.
    pub(super) fn columns(&self) -> usize {
        self.0.iter().map(|(text, _)| columns(text)).sum()
    }

    /// The line in at most `width` columns, without blanks at its end.
    pub(super) fn painted(&self, paint: Paint, width: usize) -> String {
        let fits = self.columns() <= width;
        let mut left = if fits { width } else { width.saturating_sub(1) };
        let mut kept: Vec<(String, Look)> = Vec::new();
        'pieces: for (text, look) in &self.0 {
            let mut piece = String::new();
            for cluster in text.graphemes(true) {
                match left.checked_sub(cluster.width()) {
                    Some(less) => left = less,
                    None => {
                        kept.push((piece + "…", *look));
                        break 'pieces;
                    }
                }
                piece.push_str(cluster);
            }
            kept.push((piece, *look));
        }
        while let Some((last, _)) = kept.last_mut() {
            last.truncate(last.trim_end().len());
            if !last.is_empty() {
                break;
            }
            kept.pop();
        }
        kept.iter().map(|(text, look)| painted(text, *look, paint)).collect()
    }
}

fn painted(text: &str, look: Look, paint: Paint) -> String {
    match look {
        Look::Plain => text.to_owned(),
        Look::Strong => paint.strong(text),
        Look::Dim => paint.dim(text),
        Look::Good => paint.good(text),
        Look::Odd => paint.odd(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_before_it_is_painted() {
        let line = Line::plain("right ").and("and wrong", Look::Odd).and("   ", Look::Dim);
        assert_eq!(line.painted(Paint::new(false), 80), "right and wrong");
        assert_eq!(line.painted(Paint::new(true), 10), "right \u{1b}[33;1mand…\u{1b}[0m");
        assert_eq!(Line::plain("操作系统").painted(Paint::new(false), 6), "操作…");
        assert_eq!(line.painted(Paint::new(false), 0), "…");
    }

    #[test]
    fn lines_stand_side_by_side() {
        let line = Line::plain("a").beside(Line::of("b", Look::Dim), 4);
        assert_eq!(line.painted(Paint::new(false), 80), "a   b");
        assert_eq!(Line::plain("abcd").beside(Line::plain("e"), 4).painted(Paint::new(false), 80), "abcd  e");
    }
}
