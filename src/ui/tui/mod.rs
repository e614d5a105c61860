//! The terminal front end: keys in, frames out, over the pure session machine.

mod aside;
mod draw;
mod input;
mod keys;
pub mod pictures;
mod place;
mod terminal;
pub mod theme;

pub use terminal::Tui;
