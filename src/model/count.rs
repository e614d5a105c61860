//! Counts with their nouns.

/// A count with its noun: `1 card`, `2 cards`, `2 misses`.
pub fn count(number: impl Into<u64>, noun: &str) -> String {
    let number = number.into();
    match number {
        1 => format!("1 {noun}"),
        _ if noun.ends_with('s') => format!("{number} {noun}es"),
        _ => format!("{number} {noun}s"),
    }
}
