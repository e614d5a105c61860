//! Files that are safe: outputs, databases that are absent or read-only, where things are, and clocks.

mod absent;
mod clocks;
mod outputs;
mod read_only;
mod whereabouts;
