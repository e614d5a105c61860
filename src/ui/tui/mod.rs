//! The terminal front end: keys in, frames out, over the pure session machine.

mod draw;
mod input;
mod keys;
mod place;
mod suspend;
mod terminal;
pub mod theme;

pub use terminal::Tui;
