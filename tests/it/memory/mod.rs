//! The memory model: known answers of FSRS, and fits.

mod fit;
mod vectors;
