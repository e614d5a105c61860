//! Lines of the dashboard: pieces that are cut to the width before they are painted, so that no figure can break the layout.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::ui::paint::Paint;
use crate::ui::rich::columns;

/// How a piece looks. No meaning rests on the look alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Plain,
    Strong,
    Dim,
    Good,
    /// Worth a second look.
    Odd,
}

/// A line of pieces, each with its tone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PaintedLine(Vec<(String, Tone)>);

impl PaintedLine {
    /// A line of one piece.
    pub(super) fn toned(text: impl Into<String>, look: Tone) -> Self {
        Self::default().and(text, look)
    }

    /// A line of one plain piece.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::toned(text, Tone::Plain)
    }

    /// Adds a piece at the end.
    pub(super) fn and(mut self, text: impl Into<String>, look: Tone) -> Self {
        let text = text.into();
        match self.0.last_mut() {
            Some((last, same)) if *same == look => last.push_str(&text),
            _ => self.0.push((text, look)),
        }
        self
    }

    /// Puts another line on the right, at column `at`, but at least two columns after the end of this one.
    pub(super) fn with_right(self, other: Self, at: usize) -> Self {
        let gap = at.saturating_sub(self.columns()).max(2);
        other.0.into_iter().fold(self.and(" ".repeat(gap), Tone::Plain), |line, (text, look)| line.and(text, look))
    }

    /// Its width in columns.
    pub(super) fn columns(&self) -> usize {
        self.0.iter().map(|(text, _)| columns(text)).sum()
    }

    /// The line cut to at most `width` columns, without trailing blanks.
    pub(super) fn painted(&self, paint: Paint, width: usize) -> String {
        let fits = self.columns() <= width;
        let mut left = if fits { width } else { width.saturating_sub(1) };
        let mut kept: Vec<(String, Tone)> = Vec::new();
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

fn painted(text: &str, look: Tone, paint: Paint) -> String {
    match look {
        Tone::Plain => text.to_owned(),
        Tone::Strong => paint.strong(text),
        Tone::Dim => paint.dim(text),
        Tone::Good => paint.good(text),
        Tone::Odd => paint.odd(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_before_it_is_painted() {
        let line = PaintedLine::plain("right ").and("and wrong", Tone::Odd).and("   ", Tone::Dim);
        assert_eq!(line.painted(Paint::new(false), 80), "right and wrong");
        assert_eq!(line.painted(Paint::new(true), 10), "right \u{1b}[33;1mand…\u{1b}[0m");
        assert_eq!(PaintedLine::plain("操作系统").painted(Paint::new(false), 6), "操作…");
        assert_eq!(line.painted(Paint::new(false), 0), "…");
    }

    #[test]
    fn lines_stand_side_by_side() {
        let line = PaintedLine::plain("a").with_right(PaintedLine::toned("b", Tone::Dim), 4);
        assert_eq!(line.painted(Paint::new(false), 80), "a   b");
        assert_eq!(
            PaintedLine::plain("abcd").with_right(PaintedLine::plain("e"), 4).painted(Paint::new(false), 80),
            "abcd  e"
        );
    }
}
