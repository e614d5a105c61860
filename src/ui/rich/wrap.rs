//! Paragraphs to rows of a width: by grapheme clusters, broken where Unicode (UAX 14) allows it.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::bidi::VisualOrder;
use super::block::StyledRun;
use super::cluster::{clusters, lines};
use super::face::TextFace;

/// A row of the screen.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct TextRow {
    pub(super) runs: Vec<StyledRun>,
    /// In columns.
    pub(super) width: usize,
    /// Whether it is set to the right.
    pub(super) right: bool,
}

impl TextRow {
    /// Adds a piece of text. Neighbours with the same face are one run.
    fn add(&mut self, text: &str, width: usize, face: TextFace) {
        self.width += width;
        match self.runs.last_mut() {
            Some(last) if last.face == face => last.text.push_str(text),
            _ => self.runs.push(StyledRun { text: text.to_owned(), face }),
        }
    }
}

/// The columns of a text on the screen, cluster by cluster.
pub fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// The rows of a paragraph, at most `width` columns wide (at least 2). All rows of a line keep its indent. `reorder` puts right-to-left
/// rows in visual order.
pub(super) fn wrap(runs: &[StyledRun], width: usize, reorder: bool) -> Vec<TextRow> {
    let mut rows = Vec::new();
    for (line, faces) in lines(runs) {
        wrap_line(&line, &faces, width, reorder, &mut rows);
    }
    rows
}

/// The columns of the longest line and of the longest unbreakable piece.
pub(super) fn extent(runs: &[StyledRun]) -> (usize, usize) {
    let (mut longest, mut widest) = (0, 0);
    for (line, faces) in lines(runs) {
        let clusters = clusters(&line, &faces, usize::MAX);
        longest = longest.max(clusters.iter().map(|cluster| cluster.width).sum());
        // A row may not end at every blank, for example not before a closing bracket.
        let (mut word, mut blanks) = (0, 0);
        for cluster in clusters {
            if cluster.breaks {
                (word, blanks) = (0, 0);
            }
            if cluster.blank {
                blanks += cluster.width;
            } else {
                word += blanks + cluster.width;
                blanks = 0;
            }
            widest = widest.max(word);
        }
    }
    (longest, widest)
}

/// The rows of a line of code, cut at the width.
pub(super) fn cut(runs: &[StyledRun], width: usize) -> Vec<TextRow> {
    let mut rows = vec![TextRow::default()];
    for (line, faces) in lines(runs) {
        for cluster in clusters(&line, &faces, width) {
            if let Some(row) = rows.last()
                && row.width + cluster.width > width
            {
                rows.push(TextRow::default());
            }
            if let Some(row) = rows.last_mut() {
                row.add(&line[cluster.start..cluster.end], cluster.width, cluster.face);
            }
        }
    }
    rows
}

fn wrap_line(line: &str, faces: &[(usize, TextFace)], width: usize, reorder: bool, rows: &mut Vec<TextRow>) {
    let clusters = clusters(line, faces, 2);
    let order = if reorder { VisualOrder::new(line) } else { None };
    let right = order.as_ref().is_some_and(VisualOrder::is_right);
    let lead = clusters.iter().take_while(|cluster| cluster.blank).count();
    let clusters = &clusters[lead..];
    let lead = lead.min(width / 2);
    let indent = if width - lead < 2 { 0 } else { lead };
    let limit = width - indent;
    let mut emit = |from: usize, to: usize| {
        let row = &clusters[from..to];
        let row = &row[..row.len() - row.iter().rev().take_while(|cluster| cluster.blank).count()];
        let mut set = TextRow { right, ..TextRow::default() };
        if indent > 0 && !row.is_empty() {
            set.add(&" ".repeat(indent), indent, TextFace::PLAIN);
        }
        match &order {
            None => {
                for cluster in row {
                    set.add(&line[cluster.start..cluster.end], cluster.width, cluster.face);
                }
            }
            Some(order) => {
                for (cluster, text) in order.shown(line, row) {
                    set.add(text, cluster.width, cluster.face);
                }
            }
        }
        rows.push(set);
    };
    let (mut start, mut used, mut at) = (0, 0, 0);
    // The last place where the row may end, and the columns up to there.
    let mut last: Option<(usize, usize)> = None;
    while let Some(cluster) = clusters.get(at) {
        if cluster.breaks && at > start {
            last = Some((at, used));
        }
        if !cluster.blank && used + cluster.width > limit && at > start {
            let (end, before) = last.take().unwrap_or((at, used));
            emit(start, end);
            (start, used) = (end, used - before);
            continue;
        }
        used += cluster.width;
        at += 1;
    }
    emit(start, clusters.len());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, width: usize) -> Vec<String> {
        let runs = [StyledRun { text: text.to_owned(), face: TextFace::PLAIN }];
        let shown = |row: &TextRow| row.runs.iter().map(|run| run.text.as_str()).collect();
        wrap(&runs, width, true).iter().map(shown).collect()
    }

    #[test]
    fn rows_end_where_they_may() {
        for (text, width, expected) in [
            ("one two three", 8, &["one two", "three"][..]),
            ("one two", 3, &["one", "two"]),
            ("abcdefghij", 4, &["abcd", "efgh", "ij"]),
            ("a abcdefghij", 4, &["a", "abcd", "efgh", "ij"]),
            ("操作系统。好", 5, &["操作", "系", "统。", "好"]),
            ("a\n\nb", 5, &["a", "", "b"]),
            ("  two words", 6, &["  two", "  word", "  s"]),
            ("well-known --dry-run", 10, &["well-known", "--dry-run"]),
            ("well-known", 6, &["well-", "known"]),
            ("100\u{a0}km away", 6, &["100\u{a0}km", "away"]),
            ("a    b", 3, &["a", "b"]),
            ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 3, &["👨‍👩‍👧‍👦", "👨‍👩‍👧‍👦"]),
            ("e\u{301}e\u{301}e\u{301}", 2, &["e\u{301}e\u{301}", "e\u{301}"]),
            ("", 5, &[""]),
        ] {
            assert_eq!(rows(text, width), expected, "{text}");
        }
    }

    #[test]
    fn code_is_broken_at_blanks_only() {
        let runs = [StyledRun { text: "f(a,b)-c d".into(), face: TextFace::CODE }];
        let rows = wrap(&runs, 9, false);
        assert_eq!(rows.iter().map(|row| row.width).collect::<Vec<_>>(), [8, 1]);
    }

    #[test]
    fn the_extent_of_a_text() {
        assert_eq!(extent(&[StyledRun { text: "one three\nx".into(), face: TextFace::PLAIN }]), (9, 5));
        assert_eq!(extent(&[StyledRun { text: "(one )".into(), face: TextFace::PLAIN }]), (6, 6));
    }
}
