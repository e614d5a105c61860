//! The interval of a share.

/// A standard normal is within this distance of its mean with 95 %.
const Z_95: f64 = 1.959_963_984_540_054;

/// The 95 % interval of a share of `part` in `whole` by Wilson (1927), which is valid also for small counts and for shares near 0 and 1.
/// `None` if `whole` is 0.
pub fn wilson(part: usize, whole: usize) -> Option<(f64, f64)> {
    if whole == 0 {
        return None;
    }
    let (part, whole) = (part as f64, whole as f64);
    let (share, square) = (part / whole, Z_95 * Z_95);
    let middle = (share + square / (2.0 * whole)) / (1.0 + square / whole);
    let reach = Z_95 / (1.0 + square / whole) * (share * (1.0 - share) / whole + square / (4.0 * whole * whole)).sqrt();
    // Rounding may exceed the ends.
    let low = if part == 0.0 { 0.0 } else { middle - reach };
    let high = if part >= whole { 1.0 } else { middle + reach };
    Some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_of_newcombe() {
        // Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81/263, 15/148, 0/20, 1/29.
        for (part, whole, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let found = wilson(part, whole).expect("an interval");
            assert!((found.0 - low).abs() < 5e-5 && (found.1 - high).abs() < 5e-5, "{part}/{whole}: {found:?}");
        }
        assert_eq!(wilson(0, 0), None);
        assert_eq!(wilson(5, 5).map(|(_, high)| high), Some(1.0));
    }
}
