//! Typed cells of tables, so that CSV and JSON Lines agree.

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// No value.
    Empty,
    /// A text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A number as its text: rounded as the column asks, or the shortest that reads back to the same value.
    Number(String),
}

impl Cell {
    /// A text, or an empty cell.
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Cell::Empty, |text| Cell::Text(text.into()))
    }

    /// A whole number.
    pub fn count(count: usize) -> Self {
        Cell::Int(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A probability, with 4 decimals.
    pub fn share(value: Option<f64>) -> Self {
        Self::finite(value, |value| format!("{value:.4}"))
    }

    /// A number that is never rounded: the shortest text that reads back to the same value.
    pub fn exact(value: Option<f64>) -> Self {
        Self::finite(value, |value| value.to_string())
    }

    /// A single-precision number that is never rounded.
    pub fn exact32(value: Option<f32>) -> Self {
        value.filter(|value| value.is_finite()).map_or(Cell::Empty, |value| Cell::Number(value.to_string()))
    }

    fn finite(value: Option<f64>, print: impl Fn(f64) -> String) -> Self {
        value.filter(|value| value.is_finite()).map_or(Cell::Empty, |value| Cell::Number(print(value)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn single_precision_reads_back_to_the_same_bits(bits: u32) {
            let value = f32::from_bits(bits);
            prop_assume!(value.is_finite());
            let Cell::Number(text) = Cell::exact32(Some(value)) else { panic!("a number") };
            prop_assert_eq!(text.parse::<f32>().expect("a number").to_bits(), bits);
        }
    }
}
