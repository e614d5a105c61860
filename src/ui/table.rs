//! Rows of text in columns. A table states its widths once, so that its header and its rows cannot differ.
//!
//! The crates for tables choose widths, borders and wrapping themselves. Ours are fixed in documents and tests, and this is all it takes.

use super::rich;

/// A column with its width on the screen. A wider text pushes the columns after it, unless it is cut.
#[derive(Clone, Copy, Debug)]
pub(super) enum TextColumn {
    Left(usize),
    /// Set to the left, and cut to its width.
    Cut(usize),
    Right(usize),
}

/// A row with a cell for each column and `gap` blanks between columns.
pub(super) fn row<S: AsRef<str>>(columns: &[TextColumn], gap: usize, cells: impl IntoIterator<Item = S>) -> String {
    let cell = |(column, cell): (&TextColumn, S)| {
        let cell = cell.as_ref();
        let blanks = |width: &usize| " ".repeat(width.saturating_sub(rich::columns(cell)));
        match column {
            TextColumn::Left(width) => format!("{cell}{}", blanks(width)),
            TextColumn::Cut(width) => rich::pad(cell, *width),
            TextColumn::Right(width) => format!("{}{cell}", blanks(width)),
        }
    };
    columns.iter().zip(cells).map(cell).collect::<Vec<_>>().join(&" ".repeat(gap))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_set_by_what_the_screen_shows() {
        let columns = [TextColumn::Cut(6), TextColumn::Right(5), TextColumn::Left(4), TextColumn::Left(0)];
        assert_eq!(row(&columns, 1, ["操作系统", "12", "a", "end"]), "操作…     12 a    end");
        assert_eq!(row(&columns, 2, ["a", "123456", "b", ""]), "a       123456  b     ");
    }
}
