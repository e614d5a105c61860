//! Numbers that carry their derivatives (forward accumulation).
//!
//! Code over [`Number`] computes plain values with `f64`. With [`Sloped`] it computes the same values and their derivatives by all that
//! a fit learns.

use std::ops::{Add, Div, Mul, Sub};

/// What a fit learns: the 21 parameters of FSRS-6, then how the person answers ([`super::Answering`]).
pub(in crate::memory) const DIMENSIONS: usize = 26;

/// A real number, with or without its slopes.
pub(in crate::memory) trait Number:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    /// A constant.
    fn fixed(value: f64) -> Self;

    /// The variable of this dimension.
    fn learned(value: f64, dimension: usize) -> Self;

    /// The number without its slopes.
    fn value(self) -> f64;

    /// A function of other numbers and of variables, by the chain rule: its value, its derivatives by the numbers, and by dimensions.
    fn chain(value: f64, by: &[(f64, Self)], direct: &[(usize, f64)]) -> Self;

    fn exp(self) -> Self {
        let value = self.value().exp();
        Self::chain(value, &[(value, self)], &[])
    }

    fn ln(self) -> Self {
        Self::chain(self.value().ln(), &[(1.0 / self.value(), self)], &[])
    }
}

impl Number for f64 {
    fn fixed(value: f64) -> Self {
        value
    }

    fn learned(value: f64, _: usize) -> Self {
        value
    }

    fn value(self) -> f64 {
        self
    }

    fn chain(value: f64, _: &[(f64, Self)], _: &[(usize, f64)]) -> Self {
        value
    }
}

/// A number with its derivatives by all dimensions.
#[derive(Clone, Copy, Debug)]
pub(in crate::memory) struct Sloped {
    pub(in crate::memory) value: f64,
    pub(in crate::memory) slopes: [f64; DIMENSIONS],
}

impl Number for Sloped {
    fn fixed(value: f64) -> Self {
        Self { value, slopes: [0.0; DIMENSIONS] }
    }

    fn learned(value: f64, dimension: usize) -> Self {
        let mut number = Self::fixed(value);
        number.slopes[dimension] = 1.0;
        number
    }

    fn value(self) -> f64 {
        self.value
    }

    fn chain(value: f64, by: &[(f64, Self)], direct: &[(usize, f64)]) -> Self {
        let mut number = Self::fixed(value);
        for (derivative, of) in by {
            for (slope, inner) in number.slopes.iter_mut().zip(&of.slopes) {
                *slope += derivative * inner;
            }
        }
        for (dimension, derivative) in direct {
            number.slopes[*dimension] += derivative;
        }
        number
    }
}

impl Add for Sloped {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::chain(self.value + other.value, &[(1.0, self), (1.0, other)], &[])
    }
}

impl Sub for Sloped {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self::chain(self.value - other.value, &[(1.0, self), (-1.0, other)], &[])
    }
}

impl Mul for Sloped {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        Self::chain(self.value * other.value, &[(other.value, self), (self.value, other)], &[])
    }
}

impl Div for Sloped {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        let value = self.value / other.value;
        Self::chain(value, &[(1.0 / other.value, self), (-value / other.value, other)], &[])
    }
}
