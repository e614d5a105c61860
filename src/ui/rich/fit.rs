//! Fitting texts of banks to a width, for tables and reports: cleaned, wrapped, cut.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::block::StyledRun;
use super::clean;
use super::face::TextFace;
use super::wrap::{columns, wrap};

/// The text without control characters and with single blanks, in rows of at most `width` columns (at least 2). A number and its per
/// cent sign stay together.
pub fn rows(text: &str, width: usize) -> Vec<String> {
    let runs = [StyledRun { text: clean::line(text).replace(" %", "\u{a0}%"), face: TextFace::PLAIN }];
    wrap(&runs, width.max(2), false)
        .into_iter()
        .map(|row| row.runs.into_iter().map(|run| run.text.replace('\u{a0}', " ")).collect())
        .collect()
}

/// The text without control characters, on one line of at most `width` columns; a longer one ends with `…`.
pub fn cut(text: &str, width: usize) -> String {
    let text = clean::line(text);
    if columns(&text) <= width {
        return text;
    }
    let mut kept = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        used += cluster.width();
        if used + 1 > width {
            break;
        }
        kept.push_str(cluster);
    }
    if width > 0 {
        kept.truncate(kept.trim_end().len());
        kept.push('…');
    }
    kept
}

/// The same in exactly `width` columns.
pub fn pad(text: &str, width: usize) -> String {
    let mut text = cut(text, width);
    let used = columns(&text);
    text.extend(std::iter::repeat_n(' ', width.saturating_sub(used)));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_by_what_the_screen_shows() {
        for (text, width, expected) in [
            ("routing", 7, "routing"),
            ("routing", 6, "routi…"),
            ("one two", 5, "one…"),
            ("操作系统", 5, "操作…"),
            ("操作系统", 4, "操…"),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
            ("👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 3, "👨‍👩‍👧‍👦…"),
            ("a\u{1b}[2J\u{202e}b\nc", 9, "ab c"),
            ("abc", 1, "…"),
            ("abc", 0, ""),
        ] {
            assert_eq!(cut(text, width), expected, "{text}");
        }
        assert_eq!(pad("操作", 6), "操作  ");
        assert_eq!(pad("操作系统", 6), "操作… ");
    }

    #[test]
    fn rows_are_clean_and_fit() {
        assert_eq!(rows("one\r\ntwo \u{1b}[31mthree", 8), ["one two", "three"]);
        assert_eq!(rows("about 85 %, so", 9), ["about", "85 %, so"]);
        assert_eq!(rows("", 8), [""]);
    }
}
