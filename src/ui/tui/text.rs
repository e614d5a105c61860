//! Text for the screen: wrapped to a width in columns, wide characters and long words included.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The lines of `text` at most `width` columns wide. What would steer the terminal is left out.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = Vec::new();
    for line in text.split('\n') {
        let mut current = String::new();
        let mut used = 0;
        for word in line.split_inclusive(' ') {
            let word: String = word.chars().filter(|char| !char.is_control()).collect();
            let wide = word.trim_end().width();
            if used > 0 && used + wide > width {
                lines.push(std::mem::take(&mut current).trim_end().to_owned());
                used = 0;
            }
            if wide > width {
                for char in word.chars() {
                    let wide = char.width().unwrap_or(0);
                    if used + wide > width && used > 0 {
                        lines.push(std::mem::take(&mut current));
                        used = 0;
                    }
                    current.push(char);
                    used += wide;
                }
            } else {
                used += word.width();
                current.push_str(&word);
            }
        }
        lines.push(current.trim_end().to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_kept_whole_where_they_fit() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("操作系统", 5), ["操作", "系统"]);
        assert_eq!(wrap("a\n\nb", 5), ["a", "", "b"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide(text in "\\PC{0,80}", width in 2_usize..40) {
            for line in wrap(&text, width) {
                prop_assert!(line.width() <= width, "{line:?}");
            }
        }
    }
}
