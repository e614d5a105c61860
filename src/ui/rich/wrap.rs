//! Paragraphs to rows of a width: by grapheme clusters, broken where Unicode (UAX 14) allows it.

use unicode_linebreak::linebreaks;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::bidi::Order;
use super::block::Run;
use super::face::Face;

/// A row of the screen.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) runs: Vec<Run>,
    /// In columns.
    pub(super) width: usize,
    /// Whether it belongs to the right end of the line.
    pub(super) right: bool,
}

impl Row {
    /// Adds a piece of text; what looks the same is one run.
    fn add(&mut self, text: &str, width: usize, face: Face) {
        self.width += width;
        match self.runs.last_mut() {
            Some(last) if last.face == face => last.text.push_str(text),
            _ => self.runs.push(Run { text: text.to_owned(), face }),
        }
    }
}

/// A grapheme cluster of a line: never divided, unless it is wider than a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cluster {
    pub(super) start: usize,
    pub(super) end: usize,
    width: usize,
    face: Face,
    blank: bool,
    /// Whether a row may begin with it.
    breaks: bool,
}

/// The columns of a text, as the screen sets it: cluster by cluster.
pub fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(UnicodeWidthStr::width).sum() }
}

/// The rows of a paragraph, at most `width` columns wide (2 at least). An indent at the begin of a line is that of its other
/// rows, too. `reorder` puts right-to-left rows in the order of display.
pub(super) fn wrap(runs: &[Run], width: usize, reorder: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    for (line, faces) in lines(runs) {
        wrap_line(&line, &faces, width, reorder, &mut rows);
    }
    rows
}

/// The columns of the longest line and of the longest piece that cannot be broken.
pub(super) fn extent(runs: &[Run]) -> (usize, usize) {
    let (mut longest, mut widest) = (0, 0);
    for (line, faces) in lines(runs) {
        let clusters = clusters(&line, &faces, usize::MAX);
        longest = longest.max(clusters.iter().map(|cluster| cluster.width).sum());
        // A row may not end at every blank: before a closing bracket it does not.
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

/// The rows of a line of code: cut where the width ends.
pub(super) fn cut(runs: &[Run], width: usize) -> Vec<Row> {
    let mut rows = vec![Row::default()];
    for (line, faces) in lines(runs) {
        for cluster in clusters(&line, &faces, width) {
            if let Some(row) = rows.last()
                && row.width + cluster.width > width
            {
                rows.push(Row::default());
            }
            if let Some(row) = rows.last_mut() {
                row.add(&line[cluster.start..cluster.end], cluster.width, cluster.face);
            }
        }
    }
    rows
}

/// The lines between hard breaks, with where each look begins.
fn lines(runs: &[Run]) -> Vec<(String, Vec<(usize, Face)>)> {
    let mut lines = vec![(String::new(), Vec::new())];
    for run in runs {
        for (number, part) in run.text.split('\n').enumerate() {
            if number > 0 {
                lines.push((String::new(), Vec::new()));
            }
            if let Some((line, faces)) = lines.last_mut() {
                faces.push((line.len(), run.face));
                line.push_str(part);
            }
        }
    }
    lines
}

fn clusters(line: &str, faces: &[(usize, Face)], most: usize) -> Vec<Cluster> {
    let mut breaks = linebreaks(line).map(|(at, _)| at).peekable();
    let mut faces = faces.iter().peekable();
    let mut face = Face::PLAIN;
    let mut clusters: Vec<Cluster> = Vec::with_capacity(line.len());
    for (start, text) in line.grapheme_indices(true) {
        while let Some((_, next)) = faces.next_if(|(from, _)| *from <= start) {
            face = *next;
        }
        while breaks.next_if(|at| *at < start).is_some() {}
        let allowed = breaks.peek() == Some(&start);
        let mut add = |start: usize, text: &str, width: usize, allowed: bool| {
            let blank = matches!(text, " " | "\u{200b}");
            let breaks = allowed && clusters.last().is_some_and(|last| last.blank || parts(line, *last, face, width));
            clusters.push(Cluster { start, end: start + text.len(), width, face, blank, breaks });
        };
        let width = text.width();
        if width <= most {
            add(start, text, width, allowed);
        } else {
            for (at, char) in text.char_indices() {
                let char = &text[at..at + char.len_utf8()];
                add(start + at, char, char.width(), allowed && at == 0);
            }
        }
    }
    clusters
}

/// Whether a row may end after `last`, which is no blank, where Unicode allows it. Options of commands and paths stay whole, and
/// code is broken at blanks and between wide characters only.
fn parts(line: &str, last: Cluster, face: Face, width: usize) -> bool {
    let wide = last.width == 2 || width == 2;
    if face.has(Face::CODE) {
        return wide;
    }
    let before = || line[..last.start].chars().next_back().is_some_and(char::is_alphanumeric);
    wide || !matches!(&line[last.start..last.end], "-" | "/") || before()
}

fn wrap_line(line: &str, faces: &[(usize, Face)], width: usize, reorder: bool, rows: &mut Vec<Row>) {
    let clusters = clusters(line, faces, 2);
    let order = if reorder { Order::of(line) } else { None };
    let right = order.as_ref().is_some_and(Order::is_right);
    let lead = clusters.iter().take_while(|cluster| cluster.blank).count();
    let clusters = &clusters[lead..];
    let lead = lead.min(width / 2);
    let indent = if width - lead < 2 { 0 } else { lead };
    let limit = width - indent;
    let mut emit = |from: usize, to: usize| {
        let row = &clusters[from..to];
        let row = &row[..row.len() - row.iter().rev().take_while(|cluster| cluster.blank).count()];
        let mut set = Row { right, ..Row::default() };
        if indent > 0 && !row.is_empty() {
            set.add(&" ".repeat(indent), indent, Face::PLAIN);
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
    // Where the row may end, and the columns up to there.
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
        let runs = [Run { text: text.to_owned(), face: Face::PLAIN }];
        let shown = |row: &Row| row.runs.iter().map(|run| run.text.as_str()).collect();
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
        let runs = [Run { text: "f(a,b)-c d".into(), face: Face::CODE }];
        let rows = wrap(&runs, 9, false);
        assert_eq!(rows.iter().map(|row| row.width).collect::<Vec<_>>(), [8, 1]);
    }

    #[test]
    fn the_extent_of_a_text() {
        assert_eq!(extent(&[Run { text: "one three\nx".into(), face: Face::PLAIN }]), (9, 5));
        assert_eq!(extent(&[Run { text: "(one )".into(), face: Face::PLAIN }]), (6, 6));
    }
}
