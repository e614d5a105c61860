//! Leeches: cards that are forgotten again and again, which cost more than they teach.

/// Whether a card with this many lapses is a leech.
pub fn is_leech(lapses: u32, threshold: u32) -> bool {
    lapses >= threshold
}

/// Whether a card is reported as a leech at this lapse: the threshold, and every half of it (rounded
/// up) again, as in Anki.
pub fn called_leech(lapses: u32, threshold: u32) -> bool {
    is_leech(lapses, threshold) && (lapses - threshold).is_multiple_of(threshold.div_ceil(2).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leech_is_called_at_the_threshold_and_every_half_of_it_again() {
        let called = |threshold| (0..25).filter(|lapses| called_leech(*lapses, threshold)).collect::<Vec<_>>();
        assert_eq!(called(8), [8, 12, 16, 20, 24]);
        assert_eq!(called(5), [5, 8, 11, 14, 17, 20, 23]);
        assert_eq!(called(2)[..3], [2, 3, 4]);
    }
}
