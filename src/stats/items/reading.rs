//! The time for reading a stem.

use unicode_width::UnicodeWidthChar;

/// For each character: some 400 words a minute. Most people read 238 (Brysbaert 2019, doi:10.1016/j.jml.2019.104047).
const CHARACTER_MS: u32 = 30;
/// For a wide character, which is worth a part of a word.
const WIDE_MS: u32 = 100;
/// For noticing the question and pressing a key.
const LEAST_MS: u32 = 250;

/// The least milliseconds that nearly everybody needs to read a stem: 30 for each character that is not white space, 100 for a wide one
/// (two columns, as in Chinese), and at least 250. A faster answer was given without reading.
pub fn reading_ms(stem: &str) -> u32 {
    let time = |character: char| match character.width() {
        Some(2) => WIDE_MS,
        _ => CHARACTER_MS,
    };
    stem.chars().filter(|character| !character.is_whitespace()).map(time).fold(0, u32::saturating_add).max(LEAST_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_takes_no_time_and_wide_characters_take_more() {
        for (stem, ms) in [
            ("", 250),
            ("What?", 250),
            ("123456789", 270),
            (" 1 2 3\t4 5\n6 7 8\u{3000}9 ", 270),
            ("Welche Stadt ist größer?", 21 * 30),
            ("中国的首都", 500),
            ("中国 ab", 260),
        ] {
            assert_eq!(reading_ms(stem), ms, "{stem}");
        }
    }
}
