//! The memory model: known answers of FSRS, fits, and a rebuild.

mod fit;
mod rebuild;
mod vectors;
