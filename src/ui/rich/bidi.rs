//! The visual order of lines with right-to-left scripts (UAX 9), for terminals that set every line from left to right.

use unicode_bidi::{BidiClass, LevelRun, ParagraphBidiInfo, bidi_class};

use super::cluster::Cluster;

/// The directions within a line between hard breaks.
pub(super) struct VisualOrder<'a> {
    info: ParagraphBidiInfo<'a>,
}

impl<'a> VisualOrder<'a> {
    /// `None` if everything goes from left to right.
    pub(super) fn new(line: &'a str) -> Option<Self> {
        let right =
            |char: char| char >= '\u{590}' && matches!(bidi_class(char), BidiClass::R | BidiClass::AL | BidiClass::AN);
        line.contains(right).then(|| Self { info: ParagraphBidiInfo::new(line, None) })
    }

    /// Whether the line as a whole goes from right to left.
    pub(super) fn is_right(&self) -> bool {
        self.info.paragraph_level.is_rtl()
    }

    /// The clusters of a row in visual order, from left to right, with mirrored brackets.
    pub(super) fn shown<'b>(&self, line: &'b str, row: &[Cluster]) -> Vec<(Cluster, &'b str)> {
        let (Some(first), Some(last)) = (row.first(), row.last()) else { return Vec::new() };
        let (levels, runs) = self.info.visual_runs(first.start..last.end);
        let mut shown = Vec::with_capacity(row.len());
        for LevelRun { start, end } in runs {
            let from = row.partition_point(|cluster| cluster.start < start);
            let to = row.partition_point(|cluster| cluster.start < end);
            let right = levels.get(start).is_some_and(unicode_bidi::Level::is_rtl);
            let text = |cluster: &Cluster| (*cluster, mirrored(&line[cluster.start..cluster.end], right));
            if right {
                shown.extend(row[from..to].iter().rev().map(text));
            } else {
                shown.extend(row[from..to].iter().map(text));
            }
        }
        // The marks of direction are no longer needed.
        shown.retain(|(_, text)| !matches!(*text, "\u{200e}" | "\u{200f}" | "\u{61c}"));
        shown
    }
}

fn mirrored(text: &str, right: bool) -> &str {
    const PAIRS: [(&str, &str); 9] =
        [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("«", "»"), ("‹", "›"), ("≤", "≥"), ("∈", "∋"), ("⟨", "⟩")];
    if !right {
        return text;
    }
    let other = PAIRS.iter().find_map(|(open, close)| match text {
        _ if text == *open => Some(*close),
        _ if text == *close => Some(*open),
        _ => None,
    });
    other.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::super::block::StyledRun;
    use super::super::face::TextFace;
    use super::super::wrap::wrap;

    fn rows(text: &str, width: usize, reorder: bool) -> Vec<(String, bool)> {
        let runs = [StyledRun { text: text.to_owned(), face: TextFace::PLAIN }];
        let rows = wrap(&runs, width, reorder);
        rows.iter().map(|row| (row.runs.iter().map(|run| run.text.as_str()).collect(), row.right)).collect()
    }

    #[test]
    fn right_to_left_is_reordered_by_row() {
        for (text, width, reorder, expected) in [
            ("שלום עולם", 20, true, &[("םלוע םולש", true)][..]),
            ("שלום עולם", 20, false, &[("שלום עולם", false)]),
            // The first word stays in the first row.
            ("שלום עולם", 5, true, &[("םולש", true), ("םלוע", true)]),
            ("what is שלום (x)?", 30, true, &[("what is םולש (x)?", false)]),
            ("שלום (א) 12", 30, true, &[("12 (א) םולש", true)]),
            ("plain", 30, true, &[("plain", false)]),
        ] {
            let expected: Vec<(String, bool)> =
                expected.iter().map(|(row, right)| ((*row).to_owned(), *right)).collect();
            assert_eq!(rows(text, width, reorder), expected, "{text}");
        }
    }
}
