//! How a person answers, as text: six numbers.

/// The range of each number: prior knowledge, luck, the chances of owning up, of a false alarm and of a slip, and how often luck is
/// rated.
const RANGES: [(f64, f64); 6] = [(0.0, 1.0), (0.5, 2.0), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0), (0.0, 1.0)];

pub(super) fn answering(text: &str) -> Option<Option<[f64; 6]>> {
    if text == "default" {
        return Some(None);
    }
    let mut words = text.split([',', ' ']).filter(|word| !word.is_empty());
    let mut numbers = [0.0; 6];
    for (number, (low, high)) in numbers.iter_mut().zip(RANGES) {
        *number = words.next()?.parse().ok().filter(|value| (low..=high).contains(value))?;
    }
    words.next().is_none().then_some(Some(numbers))
}

#[cfg(test)]
mod tests {
    use super::super::value::numbers_text;
    use super::*;

    #[test]
    fn six_numbers_in_their_ranges() {
        let some = Some([0.3, 1.1, 0.5, 0.01, 0.002, 0.0]);
        assert_eq!(answering("0.3, 1.1, 0.5, 0.01, 0.002, 0"), Some(some));
        assert_eq!(answering(&numbers_text(&some)), Some(some));
        assert_eq!(answering("default"), Some(None));
        for wrong in ["", "0.3", "0.3 1 0 0 0 0 0", "1.3 1 0 0 0 0", "0.3 0.4 0 0 0 0", "0.3 1 0 0 0 NaN"] {
            assert_eq!(answering(wrong), None, "{wrong}");
        }
    }
}
