//! Block elements of Unicode: cells filled by eighths, and shades.

/// Cells filled from the bottom, by eighths.
const RISING: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Cells filled from the left, by eighths; a whole one is [`FULL`].
const GROWING: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
/// Shades, from the lightest to the full block.
pub(in crate::ui) const SHADES: [char; 4] = [LIGHT, '▒', '▓', FULL];
/// A whole cell.
pub(in crate::ui) const FULL: char = '█';
/// The lightest shade.
pub(in crate::ui) const LIGHT: char = '░';

/// The eighths of `cells` cells that show `value`, if `most` fills them all. A value above zero shows at least one eighth.
pub(super) fn eighths(value: f64, most: f64, cells: usize) -> usize {
    if value > 0.0 && most > 0.0 {
        ((value / most * (cells * 8) as f64).round() as usize).clamp(1, cells * 8)
    } else {
        0
    }
}

/// A cell filled from the bottom; more than eight eighths fill it too.
pub(super) fn rising(eighths: usize) -> char {
    RISING[eighths.min(8)]
}

/// A bar from the left, without blanks behind it.
pub(in crate::ui) fn bar(eighths: usize) -> String {
    FULL.to_string().repeat(eighths / 8) + GROWING[eighths % 8]
}

/// A bar of a share (0–1) in exactly `columns` columns.
pub(in crate::ui) fn share_bar(share: f64, columns: usize) -> String {
    let bar = if columns == 0 { String::new() } else { bar(eighths(share, 1.0, columns)) };
    format!("{bar:<columns$}")
}

/// A bar in whole cells, with the rest light.
pub(in crate::ui) fn gauge(filled: usize, columns: usize) -> String {
    FULL.to_string().repeat(filled) + &LIGHT.to_string().repeat(columns - filled)
}

/// A cell for each value, up to `most`; values are rounded up, so that one above zero is always seen.
pub(in crate::ui) fn sparkline(values: &[f64], most: f64) -> String {
    let height = |value: f64| if value > 0.0 && most > 0.0 { (value / most * 8.0).ceil() as usize } else { 0 };
    values.iter().map(|value| rising(height(*value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_have_eighths_of_a_column() {
        assert_eq!(share_bar(0.5, 4), "██  ");
        assert_eq!(share_bar(0.6, 4), "██▍ ");
        assert_eq!(share_bar(1.0, 4), "████");
        assert_eq!(share_bar(0.001, 4), "▏   ");
        let odd = [share_bar(0.0, 2), share_bar(f64::NAN, 2), share_bar(9.0, 2), share_bar(1.0, 0)];
        assert_eq!(odd, ["  ", "  ", "██", ""]);
        assert_eq!(gauge(1, 3), "█░░");
    }

    #[test]
    fn little_is_shown_as_little_and_nothing_as_nothing() {
        assert_eq!(sparkline(&[0.0, 0.01, 4.0, 8.0], 8.0), " ▁▄█");
        assert_eq!(sparkline(&[0.0, 0.0], 0.0), "  ");
    }
}
