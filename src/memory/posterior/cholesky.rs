//! Symmetric, positive definite matrices of the size of a fit.

use super::scale::ScalePoint;
use crate::memory::belief::DIMENSIONS;

/// A symmetric matrix; only the lower triangle is read.
pub(super) type Matrix = [[f64; DIMENSIONS]; DIMENSIONS];

pub(super) const ZERO: Matrix = [[0.0; DIMENSIONS]; DIMENSIONS];

/// The lower triangle L with L·Lᵀ = the matrix.
#[derive(Clone, Debug)]
pub(super) struct Cholesky(Box<Matrix>);

impl Cholesky {
    /// `None` if the matrix is not positive definite.
    pub(super) fn decompose(matrix: &Matrix) -> Option<Self> {
        let mut lower = Box::new(ZERO);
        for row in 0..DIMENSIONS {
            for column in 0..=row {
                let sum: f64 = (0..column).map(|at| lower[row][at] * lower[column][at]).sum();
                let rest = matrix[row][column] - sum;
                lower[row][column] = match row == column {
                    true if rest > 0.0 && rest.is_finite() => rest.sqrt(),
                    true => return None,
                    false => rest / lower[column][column],
                };
            }
        }
        Some(Self(lower))
    }

    /// x with L·x = the vector.
    fn forward(&self, vector: &ScalePoint) -> ScalePoint {
        let mut solved = *vector;
        for row in 0..DIMENSIONS {
            let sum: f64 = (0..row).map(|at| self.0[row][at] * solved[at]).sum();
            solved[row] = (solved[row] - sum) / self.0[row][row];
        }
        solved
    }

    /// x with Lᵀ·x = the vector.
    pub(super) fn backward(&self, vector: &ScalePoint) -> ScalePoint {
        let mut solved = *vector;
        for row in (0..DIMENSIONS).rev() {
            let sum: f64 = (row + 1..DIMENSIONS).map(|at| self.0[at][row] * solved[at]).sum();
            solved[row] = (solved[row] - sum) / self.0[row][row];
        }
        solved
    }

    /// x with matrix·x = the vector.
    pub(super) fn solve(&self, vector: &ScalePoint) -> ScalePoint {
        self.backward(&self.forward(vector))
    }

    /// The inverse of the matrix.
    pub(super) fn inverse(&self) -> Box<Matrix> {
        let mut inverse = Box::new(ZERO);
        for column in 0..DIMENSIONS {
            let mut unit = [0.0; DIMENSIONS];
            unit[column] = 1.0;
            let solved = self.solve(&unit);
            for row in 0..DIMENSIONS {
                inverse[row][column] = solved[row];
            }
        }
        inverse
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solving_undoes_multiplying() {
        let unit = |row: usize, column: usize| f64::from(u8::from(row == column));
        let of = |row: usize, column: usize| 1.0 / (1.0 + row as f64 + column as f64) + unit(row, column);
        let mut matrix: Matrix = std::array::from_fn(|row| std::array::from_fn(|column| of(row, column)));
        let wanted: ScalePoint = std::array::from_fn(|at| (at as f64).sin());
        let product: ScalePoint =
            std::array::from_fn(|row| (0..DIMENSIONS).map(|column| matrix[row][column] * wanted[column]).sum());
        let cholesky = Cholesky::decompose(&matrix).expect("positive definite");
        for (found, wanted) in cholesky.solve(&product).iter().zip(&wanted) {
            assert!((found - wanted).abs() < 1e-12);
        }
        let inverse = cholesky.inverse();
        for (row, numbers) in matrix.iter().enumerate() {
            for column in 0..DIMENSIONS {
                let product: f64 =
                    numbers.iter().zip(inverse.iter()).map(|(number, other)| number * other[column]).sum();
                assert!((product - unit(row, column)).abs() < 1e-12);
            }
        }
        matrix[3][3] = -1.0;
        assert!(Cholesky::decompose(&matrix).is_none());
    }
}
