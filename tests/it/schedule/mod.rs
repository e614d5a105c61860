//! When cards come back: due dates, intervals, load, leeches, settings.

mod backlog;
mod due;
mod folding;
mod foreseen;
mod intervals;
mod leeches;
mod settings;
