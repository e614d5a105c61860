//! Profiles of columns: what their cells look like, as evidence if names do not help.

use std::collections::HashSet;

use super::cells::TableRow;

/// What was seen in the cells of one column.
#[derive(Clone, Debug, Default)]
pub(super) struct ColumnProfile {
    /// Cells that are not empty.
    pub(super) filled: usize,
    /// Cells that end as questions do.
    pub(super) asking: usize,
    /// Cells that are whole numbers.
    pub(super) numbers: usize,
    /// How many different texts there are.
    pub(super) different: usize,
    /// Characters of all cells.
    length: usize,
}

impl ColumnProfile {
    /// Of each column of some rows.
    pub(super) fn of_rows(rows: &[TableRow]) -> Vec<Self> {
        let width = rows.iter().map(|(_, row)| row.len()).max().unwrap_or(0);
        (0..width).map(|at| Self::of_cells(rows.iter().filter_map(|(_, row)| row.get(at)))).collect()
    }

    fn of_cells<'c>(cells: impl Iterator<Item = &'c String>) -> Self {
        let mut seen = Self::default();
        let mut texts: HashSet<&str> = HashSet::new();
        for cell in cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) {
            seen.filled += 1;
            seen.asking += usize::from(asks(cell));
            seen.numbers += usize::from(cell.parse::<f64>().is_ok());
            seen.length += cell.chars().count();
            texts.insert(cell);
        }
        seen.different = texts.len();
        seen
    }

    /// How long a cell is on average, in characters.
    pub(super) fn mean(&self) -> usize {
        self.length / self.filled.max(1)
    }

    /// Whether nearly all cells are numbers.
    pub(super) fn counts(&self) -> bool {
        self.filled > 0 && self.numbers * 10 >= self.filled * 9
    }

    /// Whether most cells ask.
    pub(super) fn asks(&self) -> bool {
        self.filled > 0 && self.asking * 2 >= self.filled
    }

    /// How well the column could be the questions of `rows` rows: those that ask before those that are long and differ.
    pub(super) fn as_stem(&self, rows: usize) -> usize {
        if self.filled * 10 < rows * 7 || self.counts() || self.different * 10 < self.filled * 6 {
            return 0;
        }
        // A column that asks wins over one that is longer, such as explanations.
        self.mean().min(400) + 1000 * self.asking / self.filled.max(1)
    }
}

/// Whether a text ends as questions do, or as texts that are to be completed.
pub(super) fn asks(cell: &str) -> bool {
    cell.ends_with(['?', '？', '؟', ':', '：', '…', '_', '；', '）']) || cell.ends_with("...")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_ask_or_are_the_longest() {
        let row = |cells: [&str; 3]| (1, cells.map(str::to_owned).to_vec());
        let rows = [
            row(["1", "What is red?", "Blood is red, because there is iron in it"]),
            row(["2", "What is blue?", "The sky is blue, because short waves are scattered"]),
        ];
        let seen = ColumnProfile::of_rows(&rows);
        let stems: Vec<usize> = seen.iter().map(|seen| seen.as_stem(rows.len())).collect();
        assert!(stems[1] > stems[2] && stems[0] == 0, "{stems:?}");
    }
}
